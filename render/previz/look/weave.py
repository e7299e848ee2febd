"""What cloth, metal and fur look like close to: patterns in the surface's own space, so that they move with it.

Every pattern fades out before a pixel becomes too coarse to show it.
"""

import math
from typing import Any

import numpy as np

from render.previz.compiled import compiled

PLAIN, KNIT, METAL, FUR = 0, 1, 2, 3  # as in ``colours.Weave``: numba reads plain numbers

_ZERO, _ONE, _HALF, _TWO = np.float32(0), np.float32(1), np.float32(0.5), np.float32(2)
_ACROSS, _UP, _GIRTH = np.float32(1 / 0.026), np.float32(1 / 0.021), np.float32(0.15)  # a stitch, metres; a tube
_SLANT, _GROOVE, _COLUMN, _LOFT = np.float32(0.85), np.float32(0.42), np.float32(0.30), np.float32(1.14)
_FINE, _COARSE = np.float32(0.016), np.float32(0.006)
_STRAND = np.float32(0.012)


@compiled
def knitted(x: float, y: float, z: float, footprint: float) -> Any:
    """Light on a knit at a place of its surface (metres), as a factor around 1: columns of V-shaped stitches."""
    seen = min(max((_FINE - footprint) / (_FINE - _COARSE), _ZERO), _ONE)
    if seen <= _ZERO:
        return _ONE
    along = np.float32(math.atan2(y, x)) * _GIRTH * _ACROSS
    across = abs(along - np.float32(math.floor(along)) - _HALF) * _TWO  # 0 in the middle of a column, 1 between two
    row = z * _UP + across * _SLANT
    groove = abs(row - np.float32(math.floor(row)) - _HALF) * _TWO
    groove *= groove
    pattern = _LOFT - _GROOVE * groove * groove - _COLUMN * across * across * across
    return _ONE + (pattern - _ONE) * seen


@compiled
def furred(x: float, y: float, z: float, footprint: float) -> Any:
    """Light on fur at a place of its surface, as a factor around 1: strands hanging along z."""
    seen = min(max((_STRAND - footprint) / _STRAND, _ZERO), _ONE)
    angle = np.float32(math.atan2(y, x))
    a = np.float32(math.sin(angle * np.float32(41) + np.float32(3) * np.float32(math.sin(z * np.float32(37)))))
    b = np.float32(math.sin(angle * np.float32(97) + z * np.float32(61)))
    return _ONE + (a * np.float32(0.16) + b * np.float32(0.10)) * seen
