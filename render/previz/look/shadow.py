"""Soft edges for shadows: where a shadow ends on a surface, the light comes back over a few pixels."""

from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.layers import DEPTH, SHADE, Layers

PENUMBRA = 0.016
"""How far the edge of a shadow reaches, metres to either side."""


def soften(layers: Layers, width: int, height: int, footprint: float) -> None:
    """Blur ``layers.lit`` along the edges of shadows, never across the edge of a thing.

    ``footprint``: how wide a pixel is a metre away, metres.
    """
    reach = np.float32(PENUMBRA / footprint)
    pixels, soft = _softened(
        layers.lit, layers.light, layers.entity, width, height, reach, max(1, round(4 * height / 480))
    )
    layers.lit[pixels] = soft


_HALF, _ZERO, _ONE = np.float32(0.5), np.float32(0), np.float32(1)
_BETWEEN, _APART = np.float32((1 + SHADE) / 2), np.float32(0.05)


@compiled
def _softened(
    lit: np.ndarray, light: np.ndarray, entity: np.ndarray, width: int, height: int, reach: Any, most: int
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The pixels near the edge of a shadow, and the share of the key light that they get."""
    wide = np.zeros(width * height, np.uint8)  # how far the blur reaches there
    count = 0
    for y in range(height - 1):
        for x in range(width - 1):
            row = y * width + x
            here = lit[row]
            if here < _ZERO:
                continue
            for other in (row + 1, row + width):
                there = lit[other]
                if (here > _BETWEEN) == (there > _BETWEEN) or there < _ZERO or entity[row] != entity[other]:
                    continue
                depth = light[row, DEPTH]
                if abs(depth - light[other, DEPTH]) > _APART * depth:
                    continue
                radius = int(min(max(reach / depth + _HALF, _ONE), np.float32(most)))
                for v in range(max(y - radius, 0), min(y + radius + 1, height)):
                    for u in range(max(x - radius, 0), min(x + radius + 1, width)):
                        if wide[v * width + u] < radius:
                            count += wide[v * width + u] == 0
                            wide[v * width + u] = radius
    pixels = np.empty(count, np.int64)
    soft = np.empty(count, np.float32)
    found = 0
    for y in range(height):
        for x in range(width):
            row = y * width + x
            radius = int(wide[row])
            if radius == 0 or lit[row] < _ZERO:
                continue
            total, weight = _ZERO, _ZERO
            depth, own = light[row, DEPTH], entity[row]
            for v in range(max(y - radius, 0), min(y + radius + 1, height)):
                for u in range(max(x - radius, 0), min(x + radius + 1, width)):
                    other = v * width + u
                    if entity[other] != own or lit[other] < _ZERO:
                        continue
                    if abs(light[other, DEPTH] - depth) > _APART * depth:
                        continue
                    total += lit[other]
                    weight += _ONE
            pixels[found], soft[found] = row, total / weight
            found += 1
    return pixels[:found], soft[:found]
