"""What lies on surfaces and on the picture: mottle that sticks to what it is on, and grain."""

from typing import Any

import numpy as np

from render.previz.compiled import compiled

_SIDE = 32  # cells of the lattice, each way


def lattice(seed: int) -> np.ndarray:
    """Values between −1 and 1 at the corners of a cube of cells that repeats, float32[32, 32, 32]."""
    return np.random.default_rng(seed).uniform(-1, 1, (_SIDE, _SIDE, _SIDE)).astype(np.float32)


def mottle(
    picture: np.ndarray, depth: np.ndarray, ids: np.ndarray, extrinsics: np.ndarray, intrinsics: np.ndarray,
    places: np.ndarray, values: np.ndarray, amount: float,
) -> None:  # fmt: skip
    """Darken and brighten a picture uint8[H, W, 3] in place by a noise in space.

    ``depth``, ``ids``, ``extrinsics`` and ``intrinsics`` as in RehearsalFrame. ``places`` float32[E, 5]: for each
    entity x, y, z and cosine and sine of its facing, so that the noise goes along; entity 0 is the set.
    """
    back = np.linalg.inv(extrinsics).astype(np.float32)
    _mottle(picture, depth, ids, back, np.float32(intrinsics[0, 0]), places, values, np.float32(amount))


@compiled
def _mottle(
    picture: np.ndarray, depth: np.ndarray, ids: np.ndarray, back: np.ndarray, focal: Any, places: np.ndarray,
    values: np.ndarray, amount: Any,
) -> None:  # fmt: skip
    height, width = depth.shape
    half_w, half_h = np.float32(0.5) * np.float32(width), np.float32(0.5) * np.float32(height)
    for row in range(height):
        for column in range(width):
            z = depth[row, column]
            if not z < np.float32(200.0):
                continue
            x = (np.float32(column) + np.float32(0.5) - half_w) / focal * z
            y = (np.float32(row) + np.float32(0.5) - half_h) / focal * z
            wx = back[0, 0] * x + back[0, 1] * y + back[0, 2] * z + back[0, 3]
            wy = back[1, 0] * x + back[1, 1] * y + back[1, 2] * z + back[1, 3]
            wz = back[2, 0] * x + back[2, 1] * y + back[2, 2] * z + back[2, 3]
            who = ids[row, column]
            fine = np.float32(3.2)
            if who > 0:
                fine = np.float32(14.0)
                dx, dy = wx - places[who, 0], wy - places[who, 1]
                wz -= places[who, 2]
                wx, wy = dx * places[who, 3] + dy * places[who, 4], dy * places[who, 3] - dx * places[who, 4]
            value = _noise(values, wx * fine, wy * fine, wz * fine)
            # What is finer than two pixels would only shimmer.
            cell = fine * np.float32(3.1)
            if focal > np.float32(2.0) * z * cell:
                value += np.float32(0.6) * _noise(values, wx * cell + np.float32(7.3), wy * cell, wz * cell)
            factor = np.float32(1.0) + amount * value
            for channel in range(3):
                level = np.float32(picture[row, column, channel]) * factor + np.float32(0.5)
                picture[row, column, channel] = np.uint8(min(level, np.float32(255.0)))


@compiled
def _noise(values: np.ndarray, x: Any, y: Any, z: Any) -> Any:
    """Smooth noise between the corners of a lattice (Perlin's value noise)."""
    fx, fy, fz = np.floor(x), np.floor(y), np.floor(z)
    i, j, k = int(fx) & 31, int(fy) & 31, int(fz) & 31
    i2, j2, k2 = (i + 1) & 31, (j + 1) & 31, (k + 1) & 31
    u, v, w = x - fx, y - fy, z - fz
    a = values[i, j, k] + (values[i2, j, k] - values[i, j, k]) * u
    b = values[i, j2, k] + (values[i2, j2, k] - values[i, j2, k]) * u
    c = values[i, j, k2] + (values[i2, j, k2] - values[i, j, k2]) * u
    d = values[i, j2, k2] + (values[i2, j2, k2] - values[i, j2, k2]) * u
    ab, cd = a + (b - a) * v, c + (d - c) * v
    return ab + (cd - ab) * w


class Grain:
    """Film grain: one sheet of noise, laid on elsewhere for every frame."""

    def __init__(self, seed: int, strength: float, width: int, height: int) -> None:
        self._chance = seed
        chance = np.random.default_rng(seed)
        sheet = chance.normal(0, strength, (height + 61, width + 67, 1)) + chance.normal(
            0, 0.35 * strength, (height + 61, width + 67, 3)
        )
        self._sheet = np.clip(np.round(sheet), -127, 127).astype(np.int8)
        self._size = width, height

    def laid_on(self, picture: np.ndarray, frame: int) -> np.ndarray:
        """A picture uint8[H, W, 3] with the grain of this frame."""
        width, height = self._size
        x, y = (frame * 29 + self._chance) % 67, (frame * 37 + self._chance // 67) % 61
        out = np.empty_like(picture)
        _add(picture, self._sheet[y : y + height, x : x + width], out)
        return out


@compiled
def _add(picture: np.ndarray, grain: np.ndarray, out: np.ndarray) -> None:
    height, width = picture.shape[:2]
    for row in range(height):
        for column in range(width):
            for channel in range(3):
                level = np.int32(picture[row, column, channel]) + np.int32(grain[row, column, channel])
                out[row, column, channel] = np.uint8(min(max(level, 0), 255))
