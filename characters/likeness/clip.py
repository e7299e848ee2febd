"""`clip`: likeness by CLIP, and how well words fit a crop."""

from typing import Any, ClassVar

from characters.likeness.worded import Worded


class Clip(Worded):
    """CLIP (Radford et al. 2021). Texts are padded to the longest of a batch, and cut where its window ends."""

    name = "clip"
    kinds: ClassVar[tuple[str, ...]] = ("clip",)
    text: ClassVar[dict[str, Any]] = {"padding": True, "truncation": True}
