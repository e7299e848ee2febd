"""Shapes that figures are made of, beside those in solid.py: patches, ribbons, patterned cloth."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from render.previz.colour_names import said
from render.previz.colours import Finish, finishes
from render.previz.solid import Solid, skin

Point = tuple[float, float, float]
Row = tuple[float, float, float, float]  # height, centre in x, half depth, half width


def patch(rows: np.ndarray, look: Finish, entity: int) -> Solid:
    """A sheet through a grid of points, float[R, C, 3]."""
    return skin(rows, look, entity, around=False, ends=(False, False))


def aside(solid: Solid, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Solid:
    """The solid, moved."""
    matrix = np.eye(4)
    matrix[:3, 3] = (x, y, z)
    return solid.moved(matrix)


def mirrored(solid: Solid) -> Solid:
    """The solid on the other side of the body."""
    flip = np.array((1, -1, 1), np.float32)
    return replace(
        solid, vertices=solid.vertices * flip, normals=solid.normals * flip, rest=solid.rest * flip,
        faces=np.ascontiguousarray(solid.faces[:, ::-1]),
    )  # fmt: skip


def rings_of(rows: Sequence[Row], detail: int, square: float = 2.0, bend: np.ndarray | None = None) -> np.ndarray:
    """Rings of superellipses one above another, float[R, detail, 3]; ``square`` 2 is round, more is squarer."""
    turns = 2 * np.pi * np.arange(detail) / detail
    z, x, rx, ry = (column[:, None] for column in np.asarray(rows, float).T)
    power = 2.0 / square
    c = np.sign(np.cos(turns)) * np.abs(np.cos(turns)) ** power
    s = np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** power
    lean = 0.0 if bend is None else bend[:, None]
    return np.stack([x + lean + rx * c, ry * s, z + 0 * turns], -1)


def ribbon(
    points: Sequence[Point] | np.ndarray, width: np.ndarray | float, across: Point, look: Finish, entity: int
) -> Solid:
    """A flat band along ``points``, ``width`` metres wide in the direction ``across``."""
    line = np.asarray(points, float)
    half = np.broadcast_to(np.asarray(width, float) / 2, (len(line),))[:, None] * np.asarray(across, float)
    return patch(np.stack([line - half, line + half]), look, entity)


def rope(points: np.ndarray, radii: np.ndarray | float, look: Finish, entity: int, detail: int = 6) -> Solid:
    """A round cord along ``points`` float[P, 3], closed at its ends."""
    line = np.asarray(points, float)
    sizes = np.broadcast_to(np.asarray(radii, float), (len(line),))
    ways = np.gradient(line, axis=0)
    ways /= np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
    up = np.array((0.0, 0.0, 1.0)) if abs(ways[:, 2]).mean() < 0.8 else np.array((1.0, 0.0, 0.0))
    turns = 2 * np.pi * np.arange(detail) / detail
    rings = []
    for at, way, size in zip(line, ways, sizes, strict=True):
        side = np.cross(way, up)
        side /= max(float(np.linalg.norm(side)), 1e-9)
        above = np.cross(side, way)
        rings.append(at + size * (np.cos(turns)[:, None] * side + np.sin(turns)[:, None] * above))
    return skin(np.stack(rings), look, entity)


def finer(rows: Sequence[Row], most: float) -> list[Row]:
    """The same profile with no two rows further apart than ``most`` metres."""
    found: list[Row] = []
    for low, high in itertools.pairwise(rows):
        steps = max(int(np.ceil(abs(high[0] - low[0]) / most)), 1)
        for step in range(steps):
            share = step / steps
            found.append(tuple(a + (b - a) * share for a, b in zip(low, high, strict=True)))  # type: ignore[arg-type]
    return [*found, rows[-1]]


def pattern_of(text: str) -> str | None:
    """How a cloth's second colour lies on its first, or None."""
    return said(text).pattern


def patterned(solid: Solid, text: str, unit: float, look: Finish, columns: int) -> Solid:
    """A skin of ``columns`` points a ring with a second colour on it where ``text`` names a pattern.

    ``unit`` is how wide a stripe is, metres. A face belongs to its ring, so that edges run straight.
    """
    kind = pattern_of(text)
    if kind is None:
        return solid
    colours = finishes(text)
    pale = sum(look.colour) > 1.2
    other = colours[1].colour if len(colours) > 1 else (0.05, 0.06, 0.10) if pale else (0.78, 0.76, 0.72)
    first = solid.faces[:, 0]
    z = solid.vertices[:, 2]
    rings = len(z) // columns
    row = np.minimum(first // columns, rings - 2)
    height = z[: rings * columns].reshape(rings, columns).mean(axis=1)
    band = np.floor((height[row] + height[row + 1]) / 2 / unit + 1e-6).astype(int)
    column = (first % columns) // max(columns // 18, 1)
    if kind == "stripes":
        on = band % 2 == 0
    elif kind == "pinstripes":
        on = (first % columns) % 3 == 0
    elif kind == "checks":
        on = (band + column) % 2 == 0
    else:
        on = (band % 2 == 0) & ((column + band // 2) % 3 == 0)
    colour = solid.colour.copy()
    colour[on] = (
        other if kind != "pinstripes" else tuple(0.6 * a + 0.4 * b for a, b in zip(look.colour, other, strict=True))
    )
    return replace(solid, colour=colour)
