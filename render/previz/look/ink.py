"""Lines drawn along edges, and pixels that an edge divides: both to a fraction of a pixel."""

import math
from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.edges import Edges

INK = (26, 22, 34)
"""The colour of a line, sRGB."""


class Inker:
    """Draws; keeps its paper from frame to frame."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        count = width * height
        self._away = np.full((2, count), _FAR, np.float32)
        self._link = np.zeros((2, count), np.int64)
        self._share = np.zeros(count, np.float32)
        self._other = np.zeros(count, np.int64)
        self._touched = np.zeros(count, np.bool_)

    def lines(self, edges: Edges) -> tuple[np.ndarray, np.ndarray]:
        """The pixels that lines touch, int64[M], and how much ink is on each, float32[M] 0 … 1."""
        scale = np.float32(max(self.height / 480, 0.7))
        return _drawn(
            edges.first, edges.down, edges.at, edges.width * scale, edges.dark, self.width, self.height,
            self._away, self._link, self._touched,
        )  # fmt: skip

    def smooth(self, picture: np.ndarray, edges: Edges) -> None:
        """Give each pixel that an edge divides its share of the colour from beyond the edge."""
        _smooth(picture.reshape(-1, 3), edges.first, edges.down, edges.at, self.width, self._share, self._other)


def draw(picture: np.ndarray, pixels: np.ndarray, ink: np.ndarray) -> None:
    """Ink on a picture, uint8[H, W, 3]: what it covers darkens and takes its colour."""
    _draw(picture.reshape(-1, 3), pixels, ink, np.array(INK, np.float32))


_ZERO, _ONE, _HALF, _FAR = np.float32(0), np.float32(1), np.float32(0.5), np.float32(9)
_SHOWS = np.float32(0.14)  # how much of the colour beneath shows through a line


@compiled
def _cover(away: Any, width: Any) -> float:
    """How much of a pixel a line covers whose middle is ``away`` pixels off, ``width`` to either side."""
    return max(min(width + _HALF - away, width + width, _ONE), _ZERO)


@compiled
def _drawn(
    first: np.ndarray, down: np.ndarray, at: np.ndarray, wide: np.ndarray, dark: np.ndarray, width: int, height: int,
    away: np.ndarray, link: np.ndarray, touched: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    pixels = np.empty(width * height, np.int64)
    count = 0
    for index in range(len(first)):
        p, axis = first[index], 1 if down[index] else 0
        y, x = p // width, p % width
        reach = 2 if wide[index] > np.float32(0.9) else 1
        for k in range(-reach, reach + 2):
            place = (y if axis else x) + k
            if place < 0 or place >= (height if axis else width):
                continue
            pixel = p + (k * width if axis else k)
            off = abs(at[index] - np.float32(k))
            cover = _cover(off, wide[index]) * dark[index]
            if cover <= _ZERO:
                continue
            if not touched[pixel]:
                touched[pixel] = True
                pixels[count] = pixel
                count += 1
            if away[axis, pixel] < _FAR:
                old = link[axis, pixel]
                if _cover(away[axis, pixel], wide[old]) * dark[old] >= cover:
                    continue
            away[axis, pixel], link[axis, pixel] = off, index
    ink = np.empty(count, np.float32)
    for index in range(count):
        pixel = pixels[index]
        a, b = away[0, pixel], away[1, pixel]
        if a < _FAR and b < _FAR:
            i, j = link[0, pixel], link[1, pixel]
            # Where an edge crosses the row at a and the column at b, it passes the middle at this distance.
            off = a * b / math.sqrt(a * a + b * b + np.float32(1e-9))
            best = i if dark[i] * wide[i] >= dark[j] * wide[j] else j
        elif a < _FAR:
            off, best = a, link[0, pixel]
        else:
            off, best = b, link[1, pixel]
        ink[index] = _cover(off, wide[best]) * dark[best]
        away[0, pixel], away[1, pixel], touched[pixel] = _FAR, _FAR, False
    return pixels[:count], ink


@compiled
def _smooth(
    picture: np.ndarray, first: np.ndarray, down: np.ndarray, at: np.ndarray, width: int, share: np.ndarray,
    other: np.ndarray,
) -> None:  # fmt: skip
    for index in range(len(first)):
        p = first[index]
        q = p + width if down[index] else p + 1
        over = at[index] - _HALF
        if over < _ZERO:
            pixel, beyond, part = p, q, -over
        else:
            pixel, beyond, part = q, p, over
        if part > share[pixel]:
            share[pixel], other[pixel] = part, beyond
    mixed = np.empty((len(first), 3), np.uint8)
    pixels = np.empty(len(first), np.int64)
    count = 0
    for index in range(len(first)):
        for end in range(2):
            pixel = first[index] + (0 if end == 0 else (width if down[index] else 1))
            part = share[pixel]
            if part <= _ZERO:
                continue
            for channel in range(3):
                here = np.float32(picture[pixel, channel])
                there = np.float32(picture[other[pixel], channel])
                mixed[count, channel] = np.uint8(here + (there - here) * part + _HALF)
            pixels[count] = pixel
            share[pixel] = _ZERO
            count += 1
    for index in range(count):
        for channel in range(3):
            picture[pixels[index], channel] = mixed[index, channel]


@compiled
def _draw(picture: np.ndarray, pixels: np.ndarray, ink: np.ndarray, colour: np.ndarray) -> None:
    for index in range(len(pixels)):
        pixel, share = pixels[index], ink[index]
        for channel in range(3):
            here = np.float32(picture[pixel, channel])
            under = here * _SHOWS + colour[channel] * (_ONE - _SHOWS)
            picture[pixel, channel] = np.uint8(here + (min(under, here) - here) * share + _HALF)
