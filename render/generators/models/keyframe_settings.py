"""How the first frame of a take is made, for models that move one."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from storyboard.frozen import Frozen

Kind = Literal["rehearsal", "qwen-image-edit", "flux2-klein", "flux-kontext", "sdxl-ip"]


class KeyframeSettings(Frozen):
    """The picture that a take begins with: the rehearsal's own, or one that an image model draws with references."""

    kind: Kind = "rehearsal"
    model: str | None = None  # a folder, or a model of the hub
    revision: str | None = None
    adapter: str | None = None  # sdxl-ip: the file of the IP-Adapter, or a folder with one
    image_encoder: str | None = None  # sdxl-ip: the folder of what the adapter sees with; image_encoder beside it
    steps: Annotated[int, Field(ge=1, le=1000)] | None = None  # none: the kind's own
    guidance: Annotated[float, Field(ge=0, le=50)] | None = None
    references: Annotated[int, Field(ge=0, le=8)] = 3  # of whom and what is seen
    layout: bool = True  # the rehearsal's picture is shown to the model too
    strength: Annotated[float, Field(gt=0, le=1)] = 0.8  # sdxl-ip: how far it may leave the rehearsal's picture
    likeness: Annotated[float, Field(ge=0, le=2)] = 0.6  # sdxl-ip: how much the references count
    last: bool = False  # the last frame is drawn as well, where the model can end with one

    @property
    def drawn(self) -> bool:
        """Whether an image model draws it."""
        return self.kind != "rehearsal"

    @model_validator(mode="after")
    def _complete(self) -> "KeyframeSettings":
        if self.drawn and self.model is None:
            raise ValueError(f"{self.kind} needs a model; write keyframe: {{kind: {self.kind}, model: …}}")
        if not self.drawn and self.model is not None:
            raise ValueError("the rehearsal needs no model; name the kind of the image model, such as flux2-klein")
        if self.kind == "sdxl-ip" and self.adapter is None:
            raise ValueError("sdxl-ip needs an IP-Adapter; write adapter: FILE.safetensors, or a folder with one")
        if self.kind != "sdxl-ip" and (self.adapter or self.image_encoder):
            raise ValueError(f"{self.kind} takes no adapter; sdxl-ip does")
        if self.drawn and not self.layout and not self.references and self.kind in {"qwen-image-edit", "flux-kontext"}:
            raise ValueError(f"{self.kind} changes pictures and is shown none; leave layout on, or write references: 3")
        return self


def _spelled_out(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


Keyframe = Annotated[KeyframeSettings | None, BeforeValidator(_spelled_out)]
"""A word alone is the kind."""
