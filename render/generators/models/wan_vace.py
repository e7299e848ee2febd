"""`wan-vace`: identity images, the rehearsal as control video and a first frame, in one call (Jiang et al. 2025)."""

from typing import TYPE_CHECKING, Any, ClassVar

from render.fit import asked_of, shown_twice
from render.generators.base import Capabilities
from render.generators.models.begun import BegunGenerator
from render.generators.models.keyframe_settings import Keyframe
from render.generators.models.pictures import control_video, references_of
from render.generators.models.settings import GuidedSettings, ModelSettings
from render.generators.models.wan import PRECISE, capable
from render.request import Request

if TYPE_CHECKING:
    from PIL.Image import Image

GUIDES = (0.4, 0.6, 0.8, 1.0, 1.25, 1.5)
"""Strengths of the guide that a reroll may climb to."""
_GREY = (128, 128, 128)  # what says nothing of a frame


class WanVaceSettings(GuidedSettings):
    """`wan-vace` in film.yaml."""

    keyframe: Keyframe = None  # the first frame, and the last; without it both are the model's own


class WanVace(BegunGenerator):
    """WanVACEPipeline: `Wan-AI/Wan2.1-VACE-1.3B-diffusers`, `-14B-`, or a folder of that kind."""

    name = "wan-vace"
    pipeline_class = "WanVACEPipeline"
    settings_class: ClassVar[type[ModelSettings]] = WanVaceSettings
    precise: ClassVar[frozenset[str]] = PRECISE
    velocity: ClassVar[str | None] = "noise_pred"

    @property
    def follows(self) -> bool:
        """Whether the rehearsal is its control video."""
        return self.settings.guide != "none"

    @property
    def guided(self) -> bool:
        return self.follows or super().guided

    def capabilities(self) -> Capabilities:
        share, scale = self._draft
        own = {
            "max_references": self.settings.references,
            "last_frame": True,
            "guided_by": self.settings.guide if self.follows else None,
            "control": tuple(each for each in GUIDES if each > self.settings.control) if self.follows else (),
            "draft": share,
            "draft_scale": scale,
        }
        return capable(self.settings, self.weights.folder, own)

    def prepare(self, request: Request) -> None:
        """Make the control video of a clip beforehand."""
        if self.follows and self.film is not None:
            self._control(request, asked_of(request, self.capabilities()))

    def _control(self, request: Request, frames: int) -> "list[Image]":
        ahead = shown_twice(request, self.capabilities())
        return control_video(request, self.settings.guide, frames, ahead, self.film)

    def told(self, request: Request, frames: int, first: "Image | None", last: "Image | None") -> dict[str, Any]:
        """A control video with an all-white mask; given frames in their places, masked black; references on white."""
        from PIL import Image

        size = (request.width, request.height)
        given = {at: picture for at, picture in ((0, first), (frames - 1, last)) if picture is not None}
        told: dict[str, Any] = {}
        if self.follows or given:
            video = self._control(request, frames) if self.follows else [Image.new("RGB", size, _GREY)] * frames
            masks = [Image.new("L", size, 255)] * frames
            for at, picture in given.items():
                video[at], masks[at] = picture, Image.new("L", size, 0)
            told |= {"video": video, "mask": masks}
        if request.references:  # an empty list is refused by the pipeline, in words that nobody understands
            told["reference_images"] = [references_of(request.references, *size)]
        strength = request.params.get("control", self.settings.control)
        return told | {"conditioning_scale": float(str(strength))}
