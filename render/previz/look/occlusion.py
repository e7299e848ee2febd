"""Ambient occlusion: how much of what is around a point is hidden by what is near it.

Worked out on a coarse grid from depth and normals (horizon-based, Bavoil and Sainz 2008, in the plain form of
McGuire et al. 2011), smoothed, and spread over the pixels by ``developing`` without crossing the edge of a thing.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.layers import DEPTH, NORMAL, SKY, Layers

RADIUS = 0.55
"""How far away something may be and still darken, metres."""
SAMPLES = 12
STRENGTH = 2.9


@dataclass(frozen=True)
class Around:
    """What ambience reaches the middle of each cell of a grid, ``open`` float32[rows, columns], 1: all of it.

    step: pixels from one point of the grid to the next; depth float32[rows, columns]: how far away they are.
    """

    step: int
    open: np.ndarray
    depth: np.ndarray


EVERYTHING = Around(1, np.ones((1, 1), np.float32), np.ones((1, 1), np.float32))
"""Nothing is hidden."""


def occlusion(layers: Layers, rays: np.ndarray, width: int, height: int, footprint: float) -> Around:
    """The ambient occlusion of a picture. ``footprint``: how wide a pixel is a metre away, metres."""
    step = max(2, 2 * round(height / 240))
    places = _places(layers.light, rays, width, height, step // 2)
    shape = ((height + step - 1) // step, (width + step - 1) // step)
    hidden, depth = np.ones(shape, np.float32), np.empty(shape, np.float32)
    reach = np.float32(RADIUS / footprint * 2 / step)
    _occlusion(hidden, depth, layers.light, layers.entity, places, width, step, reach, _SPIRAL)
    return Around(step, _smoothed(hidden, depth), depth)


def _spiral() -> np.ndarray:
    """Offsets of the samples in units of the radius, float32[4, SAMPLES, 2]: four patterns, turned against another."""
    order = (np.arange(SAMPLES) + 0.6) / SAMPLES
    turns = order * 5 * 2 * np.pi
    patterns = [
        np.stack([order * np.cos(turns + turn), order * np.sin(turns + turn)], -1)
        for turn in np.pi / 2 * np.array((0, 0.5, 0.25, 0.75)) / 5 * 4
    ]
    return np.array(patterns, np.float32)


_SPIRAL = _spiral()
_ZERO, _ONE, _HALF = np.float32(0), np.float32(1), np.float32(0.5)
_BIAS, _CLOSEST, _REACH = np.float32(0.12), np.float32(1.5), np.float32(1 / RADIUS**2)
_SHARE, _DARKEST, _APART = np.float32(STRENGTH / SAMPLES), np.float32(0.25), np.float32(0.06)


@compiled
def _places(light: np.ndarray, rays: np.ndarray, width: int, height: int, step: int) -> np.ndarray:
    """Where every other pixel lies, from the eye, float32[rows, columns, 3]: few enough to stay at hand."""
    rows, columns = height // step, width // step
    places = np.empty((rows, columns, 3), np.float32)
    for i in range(rows):
        for j in range(columns):
            row = i * step * width + j * step
            depth = light[row, DEPTH]
            for axis in range(3):
                places[i, j, axis] = rays[row, axis] * depth
    return places


@compiled
def _occlusion(
    open_: np.ndarray, depths: np.ndarray, light: np.ndarray, entity: np.ndarray, places: np.ndarray, width: int,
    step: int, radius: Any, spiral: np.ndarray,
) -> None:  # fmt: skip
    rows, columns = open_.shape
    half, down, across = step // 2, places.shape[0], places.shape[1]
    most = np.float32(down) * np.float32(0.3)
    for i in range(rows):
        y = min(2 * i + 1, down - 1)
        for j in range(columns):
            x = min(2 * j + 1, across - 1)
            row = y * half * width + x * half
            depth = light[row, DEPTH]
            depths[i, j] = depth
            if entity[row] == SKY:
                continue
            reach = min(radius / depth, most)
            if reach < _CLOSEST:
                continue
            px, py, pz = places[y, x, 0], places[y, x, 1], places[y, x, 2]
            nx, ny, nz = light[row, NORMAL], light[row, NORMAL + 1], light[row, NORMAL + 2]
            pattern = (i % 2) * 2 + j % 2
            hidden = _ZERO
            for sample in range(spiral.shape[1]):
                u = x + math.floor(spiral[pattern, sample, 0] * reach + _HALF)
                v = y + math.floor(spiral[pattern, sample, 1] * reach + _HALF)
                if u < 0 or v < 0 or u >= across or v >= down:
                    continue
                qx, qy, qz = places[v, u, 0] - px, places[v, u, 1] - py, places[v, u, 2] - pz
                square = qx * qx + qy * qy + qz * qz
                fall = _ONE - square * _REACH
                if fall <= _ZERO or square <= _ZERO:
                    continue
                over = (qx * nx + qy * ny + qz * nz) / math.sqrt(square) - _BIAS
                if over > _ZERO:
                    hidden += over * fall
            open_[i, j] = max(_ONE - hidden * _SHARE, _DARKEST)


@compiled
def _smoothed(coarse: np.ndarray, depths: np.ndarray) -> np.ndarray:
    """The grid with each point averaged over its like neighbours: the four patterns come together."""
    rows, columns = coarse.shape
    smooth = np.empty_like(coarse)
    for i in range(rows):
        for j in range(columns):
            own = depths[i, j]
            total, weight = _ZERO, _ZERO
            for v in range(max(i - 1, 0), min(i + 2, rows)):
                for u in range(max(j - 1, 0), min(j + 2, columns)):
                    if abs(depths[v, u] - own) <= _APART * own:
                        share = np.float32((2 - abs(v - i)) * (2 - abs(u - j)))
                        total += coarse[v, u] * share
                        weight += share
            smooth[i, j] = total / weight
    return smooth
