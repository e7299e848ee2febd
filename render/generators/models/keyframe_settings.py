"""How the first frame of a take is made, for models that move one."""

from typing import Annotated, Literal

from pydantic import Field

from storyboard.frozen import Frozen


class KeyframeSettings(Frozen):
    """The picture that a take begins with: the rehearsal's own, or one that an image model draws with references."""

    kind: Literal["rehearsal", "qwen-image-edit", "flux2-klein", "flux-kontext", "sdxl-ip"] = "rehearsal"
    model: str | None = None  # a folder, or a model of the hub
    revision: str | None = None
    adapter: str | None = None  # sdxl-ip: the folder of the IP-Adapter
    steps: Annotated[int, Field(ge=1, le=1000)] = 28
    guidance: Annotated[float, Field(ge=0, le=50)] = 4.0
    references: Annotated[int, Field(ge=0, le=8)] = 3  # of whom and what is seen
    layout: bool = True  # the rehearsal's picture is shown to the model too
    last: bool = False  # the last frame is drawn as well, where the model can end with one
