"""`siglip`: likeness by SigLIP or SigLIP 2, and how well words fit a crop."""

from typing import Any, ClassVar

from characters.likeness.worded import Worded


class Siglip(Worded):
    """SigLIP (Zhai et al. 2023) and SigLIP 2.

    Texts are always padded to 64 tokens, and the padding is looked at too: it was taught no other way.
    """

    name = "siglip"
    kinds: ClassVar[tuple[str, ...]] = ("siglip", "siglip2")
    text: ClassVar[dict[str, Any]] = {
        "padding": "max_length",
        "max_length": 64,
        "truncation": True,
        "return_attention_mask": False,
    }
