"""`siglip`: likeness by SigLIP or SigLIP 2, and how well words fit a crop."""

from typing import Any, ClassVar

from characters.likeness.worded import Worded


class Siglip(Worded):
    """SigLIP (Zhai et al. 2023) and SigLIP 2. Texts are always padded to 64 tokens: it was taught no other length."""

    name = "siglip"
    kinds: ClassVar[tuple[str, ...]] = ("siglip", "siglip2")
    text: ClassVar[dict[str, Any]] = {"padding": "max_length", "max_length": 64, "truncation": True}
