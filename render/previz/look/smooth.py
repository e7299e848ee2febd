"""Round things of flat faces: normals that go round with the surface, as far as it does not fold."""

import math

import numpy as np

from render.previz.compiled import compiled
from render.previz.solid import Solid

FOLD = 42.0
"""Faces that meet at a wider angle than this are a fold, degrees."""

WIDE = 17  # columns of a round face: u and v as 4 numbers each, from x, y, z; the normals at its corners


def round_faces(solid: Solid, normal: np.ndarray, paint: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which faces are part of something round, and what shading needs of them.

    ``normal`` float[F, 3] of each face. Returns int32[F], each face's row or −1, and float32[R, 17]: the barycentric
    coordinate u at x, y, z is the dot product of its first four numbers with (x, y, z, 1), v that of the next four;
    then the normals at the three corners, whereof the last is what is left of 1 (Gouraud 1971, for normals).
    """
    corners = solid.vertices[solid.faces].astype(np.float64)
    grid = np.round(corners.reshape(-1, 3) * 2000).astype(np.int64)  # half a millimetre
    key = (grid[:, 0] * 73856093) ^ (grid[:, 1] * 19349663) ^ (grid[:, 2] * 83492791)
    order = np.argsort(key, kind="stable")
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    smooth = _smoothed(key, order, normal.astype(np.float64), area, paint, math.cos(math.radians(FOLD)))
    bends = np.einsum("fck,fk->fc", smooth.reshape(-1, 3, 3), normal).min(axis=1) < 0.9998
    row = np.full(len(normal), -1, np.int32)
    row[bends] = np.arange(int(bends.sum()), dtype=np.int32)
    a, b, c = (corners[bends, corner] for corner in range(3))
    up = normal[bends] / np.maximum(area[bends], 1e-12)[:, None]
    table = np.empty((len(a), WIDE), np.float32)
    # u weighs the second corner and v the third, as embree has it.
    for column, (start, along) in enumerate(((a, c - a), (a, b - a))):
        way = np.cross(along, up) if column == 0 else np.cross(up, along)
        table[:, 4 * column : 4 * column + 3] = way
        table[:, 4 * column + 3] = -np.einsum("ij,ij->i", way, start)
    table[:, 8:] = smooth.reshape(-1, 9)[bends]
    return row, table


@compiled
def _smoothed(
    key: np.ndarray, order: np.ndarray, normal: np.ndarray, area: np.ndarray, paint: np.ndarray, least: float
) -> np.ndarray:
    """The normal at each corner of each face, float64[3 · F, 3]: that of all like faces there which do not fold."""
    smooth = np.empty((len(key), 3), np.float64)
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and key[order[end]] == key[order[start]]:
            end += 1
        for i in range(start, end):
            corner = order[i]
            f = corner // 3
            x, y, z = 0.0, 0.0, 0.0
            for j in range(start, end):
                g = order[j] // 3
                turn = normal[f, 0] * normal[g, 0] + normal[f, 1] * normal[g, 1] + normal[f, 2] * normal[g, 2]
                if turn > least and paint[f] == paint[g]:
                    x += normal[g, 0] * area[g]
                    y += normal[g, 1] * area[g]
                    z += normal[g, 2] * area[g]
            length = math.sqrt(x * x + y * y + z * z)
            if length < 1e-12:
                x, y, z, length = normal[f, 0], normal[f, 1], normal[f, 2], 1.0
            smooth[corner, 0], smooth[corner, 1], smooth[corner, 2] = x / length, y / length, z / length
        start = end
    return smooth
