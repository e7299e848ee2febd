"""`ltx2`: LTX-2 makes video of text, moves a picture, and follows the rehearsal with an IC-LoRA. Its sound is left."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, JsonValue

from render.fit import shown_twice
from render.generators.base import Capabilities
from render.generators.models.begun import BegunGenerator
from render.generators.models.pictures import control_video
from render.generators.models.settings import BegunSettings, ModelSettings
from render.generators.models.weights import config_of
from render.request import Request
from storyboard.errors import InputError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

TOKENS = 1024  # of the text encoder; the pipelines cut what is longer
GUIDES = (0.4, 0.6, 0.8, 1.0)
"""Strengths of the guide that a reroll may climb to; at 1 it is shown without noise."""
LONGEST = 241  # frames: ten seconds at 24 a second
PIXELS = 1280 * 736
_SPATIAL, _TEMPORAL = 32, 8  # pixels and frames for one of the latent video, unless the model says otherwise

Scale = Annotated[float, Field(ge=0, le=50)]


class LTX2Settings(BegunSettings):
    """`ltx2` in film.yaml; the defaults are the pipeline's own, for LTX-2.3 and later."""

    steps: Annotated[int, Field(ge=1, le=1000)] = 30
    guidance: Scale = 3.0
    guide: Literal["depth", "pose", "none"] = "none"  # a pass of the rehearsal, for an IC-LoRA
    control: Annotated[float, Field(ge=0, le=1)] = 1.0  # how clean the model sees it
    guide_scale: Annotated[int, Field(ge=1, le=4)] = 1  # the guide's sides, divided by this; the IC-LoRA says which
    stg: Scale = 1.0  # spatio-temporal guidance: away from what the model makes with a block left out
    stg_blocks: tuple[Annotated[int, Field(ge=0)], ...] = (28,)
    modality: Scale = 3.0  # away from what it makes when picture and sound do not know of each other
    rescale: Annotated[float, Field(ge=0, le=1)] = 0.7  # against overexposure by guidance
    audio_guidance: Scale = 7.0
    audio_stg: Scale = 1.0
    audio_modality: Scale = 3.0
    audio_rescale: Annotated[float, Field(ge=0, le=1)] = 0.7
    cross_timestep: bool = True  # false for LTX-2.0
    crf: Annotated[int, Field(ge=0, le=51)] | None = None  # first and last frames are compressed so; none: the model's


class LTX2(BegunGenerator):
    """LTX2ConditionPipeline, or with a guide LTX2InContextPipeline: `Lightricks/LTX-2` and later, or such a folder."""

    name = "ltx2"
    pipeline_class = "LTX2ConditionPipeline"
    accepts: ClassVar[frozenset[str]] = frozenset(
        {"LTX2Pipeline", "LTX2ConditionPipeline", "LTX2ImageToVideoPipeline", "LTX2InContextPipeline"}
    )
    settings_class: ClassVar[type[ModelSettings]] = LTX2Settings

    def __init__(self, params: dict[str, JsonValue], folder: Path | None) -> None:
        super().__init__(params, folder)
        if self._follows:
            self.pipeline_class = "LTX2InContextPipeline"
            if not self.loras:
                what = f"{self.name}: “guide: {self.settings.guide}” needs an IC-LoRA: without one it means nothing."
                raise InputError(Problem(what=what, todo="Write lora: FOLDER/FILE.safetensors, or guide: none."))
        self._hold_blocks()
        if self.settings.cache is not None:
            what = f"{self.name}: “cache” is set, and no step cache knows the blocks of this model."
            raise InputError(Problem(what=what, todo="Leave it out; fewer steps are faster too."))

    @property
    def _follows(self) -> bool:
        return self.settings.guide != "none"

    @property
    def guided(self) -> bool:
        return self._follows or super().guided

    def _hold_blocks(self) -> None:
        """Raise InputError for blocks that the transformer does not have, or cannot leave out."""
        if not (self.settings.stg or self.settings.audio_stg):
            return
        transformer = config_of(self.weights.folder, "transformer")
        there, blocks = transformer.get("num_layers", 48), self.settings.stg_blocks
        none = "stg: 0 and audio_stg: 0"
        if not transformer.get("perturbed_attn", False):
            what = f"{self.name}: “stg” costs time and changes nothing with this model, an LTX-2.0."
            raise InputError(Problem(what=what, todo=f"Write {none}, or take LTX-2.3."))
        wrong = [block for block in blocks if isinstance(there, int) and block >= there]
        if wrong or not blocks:
            named = f"has no block {wrong[0]}" if wrong else "is told none"
            what = f"{self.name}: the model {named} for “stg_blocks”: its blocks are 0 to {int(str(there)) - 1}."
            raise InputError(Problem(what=what, todo=f"Write stg_blocks: [28] for LTX-2.3, or {none}."))

    def capabilities(self) -> Capabilities:
        share, scale = self._draft
        spatial, temporal = self._compression
        can = {
            "negative": self.settings.guidance > 1,
            "max_references": self.references,
            "first_frame": True,
            "last_frame": True,
            "repeats": True,
            "max_frames": self.settings.max_frames or LONGEST,
            "min_frames": 1 + temporal,
            "step": temporal,
            "base": 1,
            "multiple": spatial * (self.settings.guide_scale if self._follows else 1),
            "max_pixels": self.settings.max_pixels or PIXELS,
            "rates": (self.settings.rate,) if self.settings.rate else (),
            "handles": self.settings.handles,
            "tokens": TOKENS,
            "price": self.settings.price,
            "guided_by": self.settings.guide if self._follows else None,
            "control": tuple(each for each in GUIDES if each > self.settings.control) if self._follows else (),
            "draft": share,
            "draft_scale": scale,
        }
        return Capabilities.model_validate(can)

    @property
    def _compression(self) -> tuple[int, int]:
        """Pixels of a side and frames that one of the latent video stands for; the pipelines want 32 at least."""
        vae = config_of(self.weights.folder, "vae")
        scaling = vae.get("spatio_temporal_scaling")
        halved = 2 ** sum(scaling) if isinstance(scaling, list) else None
        found: list[int] = []
        for axis, patch, usual in (("spatial", "patch_size", _SPATIAL), ("temporal", "patch_size_t", _TEMPORAL)):
            said, patched = vae.get(f"{axis}_compression_ratio"), vae.get(patch)
            if not isinstance(said, int):
                said = patched * halved if isinstance(patched, int) and halved is not None else usual
            found.append(said)
        return max(found[0], _SPATIAL), found[1]

    def told(self, request: Request, frames: int, first: "Image | None", last: "Image | None") -> dict[str, Any]:
        """Pictures are conditions: the first in its place, the last beside the clip."""
        from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

        chosen = self.settings
        given = [
            LTX2VideoCondition(frames=picture, index=index, strength=1.0, crf=chosen.crf)
            for picture, index in ((first, 0), (last, -1))
            if picture is not None
        ]
        told: dict[str, Any] = {
            "conditions": given or None,
            "frame_rate": float(request.rate),
            "stg_scale": chosen.stg,
            "spatio_temporal_guidance_blocks": list(chosen.stg_blocks),
            "modality_scale": chosen.modality,
            "guidance_rescale": chosen.rescale,
            "audio_guidance_scale": chosen.audio_guidance,
            "audio_stg_scale": chosen.audio_stg,
            "audio_modality_scale": chosen.audio_modality,
            "audio_guidance_rescale": chosen.audio_rescale,
            "use_cross_timestep": chosen.cross_timestep,
            "max_sequence_length": TOKENS,
        }
        return told | (self._followed(request, frames) if self._follows else {})

    def _followed(self, request: Request, frames: int) -> dict[str, Any]:
        from diffusers.pipelines.ltx2.pipeline_ltx2_ic_lora import LTX2ReferenceCondition

        ahead = shown_twice(request, self.capabilities())
        video = control_video(request, self.settings.guide, frames, ahead, self.film)
        strength = float(str(request.params.get("control", self.settings.control)))
        return {
            "reference_conditions": [LTX2ReferenceCondition(frames=video, strength=strength)],
            "reference_downscale_factor": self.settings.guide_scale,
        }
