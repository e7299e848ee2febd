"""Rays through embree: what each pixel sees, and whether light reaches it."""

from dataclasses import dataclass

import numpy as np

from render.previz.camera_path import SENSOR, View
from render.previz.solid import Solid

NOTHING = np.float32(1e30)
MISSES = -(2**30)  # entity id of the sky


@dataclass
class Hits:
    """What a bundle of rays met. All arrays have one row a ray.

    depth float32, distance along the ray in metres; normal float32[N, 3] towards the viewer;
    colour float32[N, 3]; shine, glow float32; entity int32; group int32, a number per face group for outlines.
    """

    depth: np.ndarray
    normal: np.ndarray
    colour: np.ndarray
    shine: np.ndarray
    glow: np.ndarray
    entity: np.ndarray


class Scene:
    """A solid ready to be traced."""

    def __init__(self, solid: Solid, *, smooth: bool) -> None:
        from embreex import rtcore_scene
        from embreex.mesh_construction import TriangleMesh

        self.solid = solid
        self.smooth = smooth
        self._scene = rtcore_scene.EmbreeScene()
        self._mesh = TriangleMesh(self._scene, np.ascontiguousarray(solid.vertices[solid.faces], np.float32))

    def trace(self, origin: np.ndarray, rays: np.ndarray) -> Hits:
        """Trace ``rays`` (float32[N, 3], unit length) from one point."""
        origins = np.empty_like(rays)
        origins[:] = origin.astype(np.float32)
        found = self._scene.run(origins, rays, output=True)
        face = found["primID"]
        hit = face >= 0
        safe = np.where(hit, face, 0)
        solid = self.solid
        if self.smooth:
            u, v = found["u"][:, None], found["v"][:, None]
            corners = solid.faces[safe]
            normal = (
                solid.normals[corners[:, 0]] * (1 - u - v)
                + solid.normals[corners[:, 1]] * u
                + solid.normals[corners[:, 2]] * v
            )
        else:
            normal = found["Ng"].copy()
        normal /= np.maximum(np.sqrt(np.einsum("ij,ij->i", normal, normal))[:, None], 1e-9)
        behind = np.einsum("ij,ij->i", normal, rays) > 0
        normal[behind] *= -1
        return Hits(
            depth=np.where(hit, found["tfar"], NOTHING).astype(np.float32),
            normal=normal.astype(np.float32),
            colour=solid.colour[safe],
            shine=solid.shine[safe],
            glow=solid.glow[safe],
            entity=np.where(hit, solid.entity[safe], MISSES).astype(np.int32),
        )

    def shadows(self, points: np.ndarray, towards: np.ndarray) -> np.ndarray:
        """bool[N]: whether anything of this solid stands between each point and the light at infinity."""
        if not len(points):
            return np.zeros(0, bool)
        rays = np.empty_like(points)
        rays[:] = towards
        return self._scene.run(points, rays, query="OCCLUDED") >= 0


def camera_rays(width: int, height: int, focal: float) -> np.ndarray:
    """Unit rays through the pixel centres in camera space (x right, y down, z forward), float32[H, W, 3]."""
    scale = SENSOR / focal / width
    x = (np.arange(width, dtype=np.float32) + 0.5 - width / 2) * scale
    y = (np.arange(height, dtype=np.float32) + 0.5 - height / 2) * scale
    rays = np.empty((height, width, 3), np.float32)
    rays[..., 0], rays[..., 1], rays[..., 2] = x[None, :], y[:, None], 1.0
    rays /= np.sqrt(np.einsum("ijk,ijk->ij", rays, rays))[..., None]
    return rays


def screen_box(vertices: np.ndarray, view: View, width: int, height: int) -> tuple[int, int, int, int] | None:
    """The pixels that a solid can cover: left, top, right, bottom (exclusive), or None when it is out of frame."""
    local = (vertices - view.position.astype(np.float32)) @ view.rotation.astype(np.float32)
    near = local[:, 2] > 0.05
    if not near.any():
        return None
    if not near.all():
        return 0, 0, width, height
    f = view.focal / SENSOR * width
    x = local[:, 0] / local[:, 2] * f + width / 2
    y = local[:, 1] / local[:, 2] * f + height / 2
    left, right = max(int(x.min()) - 1, 0), min(int(x.max()) + 2, width)
    top, bottom = max(int(y.min()) - 1, 0), min(int(y.max()) + 2, height)
    return (left, top, right, bottom) if left < right and top < bottom else None
