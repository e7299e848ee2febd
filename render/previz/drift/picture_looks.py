"""Looks of the picture: how a model happens to render whatever it shows. A benchmark can hold one out by its name."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class PictureLook:
    """A grade. Levels are shares of white.

    ``gain`` is the white balance, a factor for red, green and blue; ``curve`` bends the middle (1: not at all);
    ``contrast`` turns the levels around middle grey; ``lift`` is what black becomes; ``saturation`` a factor.
    """

    gain: tuple[float, float, float] = (1.0, 1.0, 1.0)
    curve: float = 1.0
    contrast: float = 1.0
    lift: float = 0.0
    saturation: float = 1.0


PICTURE_LOOKS: dict[str, PictureLook] = {
    "plain": PictureLook(),
    "warm": PictureLook(gain=(1.045, 1.0, 0.945), saturation=1.06),
    "cool": PictureLook(gain=(0.955, 1.0, 1.045), saturation=0.95),
    "punchy": PictureLook(contrast=1.13, saturation=1.16),
    "faded": PictureLook(contrast=0.88, lift=0.045, saturation=0.82),
    "dim": PictureLook(curve=1.16, contrast=1.03, saturation=0.97),
    "airy": PictureLook(curve=0.87, lift=0.015, saturation=0.94),
    "silver": PictureLook(gain=(0.985, 1.0, 1.0), contrast=1.10, saturation=0.72),
}


@functools.lru_cache(maxsize=32)
def _tables(name: str) -> "tuple[np.ndarray, np.ndarray]":
    import numpy as np

    look = PICTURE_LOOKS[name]
    level = np.arange(256)[:, None] / 255 * np.array(look.gain)
    level = np.clip(level, 0.0, 1.0) ** look.curve
    level = look.lift + (1.0 - look.lift) * np.clip(0.5 + (level - 0.5) * look.contrast, 0.0, 1.0)
    table = np.round(np.clip(level, 0.0, 1.0) * 255).astype(np.uint8)
    grey = np.tile((0.2126, 0.7152, 0.0722), (3, 1))
    return table[None], (grey + (np.eye(3) - grey) * look.saturation).astype(np.float32)


def graded(picture: "np.ndarray", name: str) -> "np.ndarray":
    """A picture uint8[H, W, 3] in the look of this name."""
    import cv2

    if PICTURE_LOOKS[name] == PictureLook():
        return picture
    table, mix = _tables(name)
    return cv2.LUT(cv2.transform(picture, mix), table)
