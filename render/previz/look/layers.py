"""What every pixel shows, before it is developed: people can be laid over the set before haze, ink and exposure."""

from dataclasses import dataclass

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.light import Light
from render.previz.solid import Solid

NOTHING = np.float32(1e30)  # depth of the sky
SKY = -(2**30)  # entity of the sky
SHADE = 0.12  # share of the key light that still reaches into a shadow
GLOWS = -1.0  # ``lit`` of what gives light itself: neither shadow nor occlusion darkens it
DEPTH, NORMAL, BASE, KEY, COLUMNS = 0, 1, 4, 7, 10  # columns of Layers.light


@dataclass
class Layers:
    """What every pixel shows.

    light float32[N, 10]: distance along the ray, normal towards the viewer, light that has no shadow, key light;
    entity int32[N]; group int32[N], equal within a plane of the set, and within a person; paint int32[N], equal
    where entity, part and colour are; part int32[N], see ``Solid.part``; lit float32[N]: the share of the key
    light that arrives, or GLOWS.
    """

    light: np.ndarray
    entity: np.ndarray
    group: np.ndarray
    paint: np.ndarray
    part: np.ndarray
    lit: np.ndarray

    @classmethod
    def blank(cls, count: int) -> "Layers":
        """Layers of this many pixels, not filled in."""
        a, b, c, d = (np.empty(count, np.int32) for _ in range(4))
        return cls(np.empty((count, COLUMNS), np.float32), a, b, c, d, np.ones(count, np.float32))

    def copy_to(self, other: "Layers") -> "Layers":
        """``other``, now showing the same."""
        for name in ("light", "entity", "group", "paint", "part", "lit"):
            np.copyto(getattr(other, name), getattr(self, name))
        return other


def geometry(layers: Layers, rays: np.ndarray, rotation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Depth along the optical axis, float32[N] metres, inf for the sky; normals in the camera's space, float32[N, 3].

    ``rotation``: float[3, 3], the camera's axes in the world, one a column.
    """
    depth, normals = np.empty(len(rays), np.float32), np.empty((len(rays), 3), np.float32)
    _turned(layers.light, layers.entity, rays, rotation.astype(np.float32), depth, normals)
    return depth, normals


@compiled
def _turned(
    light: np.ndarray, entity: np.ndarray, rays: np.ndarray, axes: np.ndarray, depth: np.ndarray, normals: np.ndarray
) -> None:  # fmt: skip
    for row in range(len(entity)):
        if entity[row] == SKY:
            depth[row] = np.float32(np.inf)
            normals[row, 0], normals[row, 1], normals[row, 2] = np.float32(0), np.float32(0), np.float32(0)
            continue
        ahead = rays[row, 0] * axes[0, 2] + rays[row, 1] * axes[1, 2] + rays[row, 2] * axes[2, 2]
        depth[row] = light[row, DEPTH] * ahead
        x, y, z = light[row, NORMAL], light[row, NORMAL + 1], light[row, NORMAL + 2]
        for axis in range(3):
            normals[row, axis] = x * axes[0, axis] + y * axes[1, axis] + z * axes[2, axis]


def packed(light: Light) -> tuple[np.ndarray, np.ndarray]:
    """A light as numbers: float32[23] (key direction, key, above, below, window, horizon, zenith, haze, exposure).

    And its lamps, float32[L, 7].
    """
    values = (light.key_to, light.key, light.above, light.below, light.window, light.horizon, light.zenith)
    flat = [number for value in values for number in value]
    numbers = np.array([*flat, light.haze, light.exposure], np.float32)
    lamps = [(*lamp.at, *lamp.colour, lamp.reach) for lamp in light.lamps]
    return numbers, np.array(lamps, np.float32).reshape(-1, 7)


def paint_of(solid: Solid) -> np.ndarray:
    """int32[F]: a number for each face, equal where entity, part and colour are (Teschner et al. 2003)."""
    red, green, blue = (solid.colour * 2047).astype(np.int64).T
    mixed = red * 73856093 ^ green * 19349663 ^ blue * 83492791
    mixed ^= solid.entity.astype(np.int64) * 6542989 ^ solid.part.astype(np.int64) * 11400714
    return (mixed & 0x7FFFFFFF).astype(np.int32)
