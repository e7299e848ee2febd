"""What the models of the Wan family have in common: sizes, lengths and rates, read from their configuration."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from render.generators.base import Capabilities
from render.generators.models.settings import ModelSettings
from render.generators.models.weights import config_of

PRECISE = frozenset({"vae", "image_encoder"})
"""Parts that are to work in float32, as diffusers has it for Wan: the picture loses by less."""
TOKENS = 512  # of the text encoder; the pipelines cut what is longer
_SMALL, _LARGE = 832 * 480, 1280 * 720  # pixels that the small and the large models were trained for
_WIDE = 2000  # units of a transformer's layer; the 1.3B model has 1,536, the 14B model 5,120


def capable(settings: ModelSettings, folder: Path, own: dict[str, Any]) -> Capabilities:
    """The capabilities of a Wan pipeline in ``folder``; ``own`` are those of its kind."""
    part = "transformer" if config_of(folder, "transformer") else "transformer_2"
    transformer, vae = config_of(folder, part), config_of(folder, "vae")
    width = _number(transformer.get("num_attention_heads"), 12) * _number(transformer.get("attention_head_dim"), 128)
    spatial = _number(vae.get("scale_factor_spatial"), 8)
    temporal = _number(vae.get("scale_factor_temporal"), 4)
    patch = transformer.get("patch_size")
    patched = _number(patch[-1], 2) if isinstance(patch, list) and patch else 2
    rate = settings.rate or (24 if spatial == 16 else 16)  # Wan 2.2 TI2V has the finer clock and the coarser VAE
    return Capabilities.model_validate(
        {
            "negative": settings.guidance > 1,
            "first_frame": True,
            "repeats": True,
            "max_frames": settings.max_frames or (121 if spatial == 16 else 81),
            "min_frames": 1 + temporal,
            "step": temporal,
            "base": 1,
            "multiple": spatial * patched,
            "max_pixels": settings.max_pixels or (_SMALL if width < _WIDE else _LARGE),
            "rates": (Fraction(rate),),
            "handles": settings.handles,
            "tokens": TOKENS,
            "price": settings.price,
            **own,
        }
    )


def _number(value: Any, usual: int) -> int:
    return value if isinstance(value, int) else usual
