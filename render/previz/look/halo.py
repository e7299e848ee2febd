"""The halo that a lens and the air draw round what gives light."""

from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.layers import BASE, Layers

NONE = np.zeros((1, 1, 3), np.float32)
"""No halo: nothing in frame gives light."""
_SPREADS = ((0.012, 0.20), (0.045, 0.16))  # how wide, in heights of the picture, and how much of the light
_BRIGHT = np.float32(0.8)  # what is dimmer than this, over the exposure, has none


def halo(layers: Layers, width: int, height: int, step: int, exposure: float) -> np.ndarray:
    """Light round lamps, float32[rows, columns, 3] linear, on the grid of ``step`` pixels; or NONE."""
    import cv2

    given = np.zeros(((height + step - 1) // step, (width + step - 1) // step, 3), np.float32)
    any_ = _given(given, layers.lit, layers.light, width, height, step, np.float32(_BRIGHT / exposure))
    if not any_:
        return NONE
    spread = np.zeros_like(given)
    for wide, share in _SPREADS:
        spread += np.float32(share) * cv2.GaussianBlur(given, (0, 0), wide * height / step)
    return spread


@compiled
def _given(
    given: np.ndarray, lit: np.ndarray, light: np.ndarray, width: int, height: int, step: int, least: Any
) -> bool:
    """The mean of what is given off in each cell, above the least that shows."""
    found = False
    share = np.float32(1) / np.float32(step * step)
    for y in range(height):
        for x in range(width):
            row = y * width + x
            if lit[row] >= np.float32(0):
                continue
            most = max(light[row, BASE], light[row, BASE + 1], light[row, BASE + 2])
            if most <= least:
                continue
            found = True
            for channel in range(3):
                given[y // step, x // step, channel] += light[row, BASE + channel] * share * (most - least) / most
    return found
