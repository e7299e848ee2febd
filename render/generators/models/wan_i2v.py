"""`wan-i2v`: Wan moves a picture: the frame that a take goes on from, else a keyframe."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, JsonValue

from render.generators.base import Capabilities
from render.generators.models.begun import BegunGenerator
from render.generators.models.settings import BegunSettings, ModelSettings
from render.generators.models.wan import PRECISE, capable
from render.generators.models.weights import config_of, index_of
from render.request import Request
from storyboard.errors import InputError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image


class WanI2VSettings(BegunSettings):
    """`wan-i2v` in film.yaml."""

    guidance_2: Annotated[float, Field(ge=0, le=50)] | None = None  # of the second transformer; none: guidance


class WanI2V(BegunGenerator):
    """WanImageToVideoPipeline: Wan 2.1 I2V and FLF2V, Wan 2.2 I2V-A14B and TI2V-5B, or a folder of that kind."""

    name = "wan-i2v"
    pipeline_class = "WanImageToVideoPipeline"
    accepts: ClassVar[frozenset[str]] = frozenset({"WanImageToVideoPipeline", "WanPipeline"})
    settings_class: ClassVar[type[ModelSettings]] = WanI2VSettings
    precise: ClassVar[frozenset[str]] = PRECISE
    velocity: ClassVar[str | None] = "noise_pred"

    def __init__(self, params: dict[str, JsonValue], folder: Path | None) -> None:
        super().__init__(params, folder)
        if self.settings.keyframe is None:
            todo = (
                f"Write generator: {{name: {self.name}, keyframe: rehearsal, …}}, or "
                "keyframe: {kind: flux2-klein, model: …} for one that an image model draws with references."
            )
            what = f"the generator {self.name} moves a picture, and needs the setting “keyframe”: where it comes from."
            raise InputError(Problem(what=what, todo=todo))
        self._hold_pictures()
        if self.settings.guidance_2 is not None and self._index.get("boundary_ratio") is None:
            what = f"{self.name}: “guidance_2” is set, and the model in {self.weights.folder} has one transformer."
            raise InputError(Problem(what=what, todo="Leave it out."))

    @property
    def _index(self) -> dict[str, Any]:
        return index_of(self.weights.folder)

    @property
    def _transformer(self) -> dict[str, Any]:
        folder = self.weights.folder
        return config_of(folder, "transformer") or config_of(folder, "transformer_2")

    def _hold_pictures(self) -> None:
        """Raise InputError for a model of the same class that is shown no picture: one of text to video."""
        channels, latent = self._transformer.get("in_channels"), self._transformer.get("out_channels")
        expands = bool(self._index.get("expand_timesteps"))
        if isinstance(channels, int) and isinstance(latent, int) and (channels > latent) == expands:
            what = f"{self.name}: the model in {self.weights.folder} makes video of text, and takes no picture."
            raise InputError(Problem(what=what, todo="Name a model of image to video (I2V, FLF2V, TI2V)."))

        if self._pair and not self.settings.keyframe.last:
            what = f"{self.name}: the model in {self.weights.folder} is always shown a first and a last frame."
            raise InputError(Problem(what=what, todo="Write keyframe: {last: true}."))

    @property
    def _pair(self) -> bool:
        """Whether its image encoder's part takes two pictures and no fewer: FLF2V."""
        return self._transformer.get("pos_embed_seq_len") is not None

    @property
    def ends(self) -> bool:
        """Wan 2.1 I2V sees one picture, FLF2V two; Wan 2.2 A14B fills what is between; TI2V leaves a last one out."""
        if self._index.get("expand_timesteps"):
            return False
        return self._transformer.get("image_dim") is None or self._pair

    def capabilities(self) -> Capabilities:
        share, scale = self._draft
        own = {"max_references": self.references, "last_frame": self.ends, "draft": share, "draft_scale": scale}
        return capable(self.settings, self.weights.folder, own)

    def told(self, request: Request, frames: int, first: "Image | None", last: "Image | None") -> dict[str, Any]:  # noqa: ARG002
        second = self.settings.guidance_2
        told = {"image": first} | ({"last_image": last} if last is not None else {})
        return told | ({"guidance_scale_2": second} if second is not None else {})
