"""What stands in the camera's way: rays to the subject, and things that the lens would be in."""

import functools
from collections.abc import Iterable, Sequence

import numpy as np

from render.previz.camera.path import Framing, View
from render.previz.camera.subject import ALL_ROUND, Body
from render.previz.camera.things import Thing
from render.previz.sets.design import Piece, SetDesign
from render.previz.solid import Solid, join

NEAR = 0.25  # metres: nothing comes nearer to the lens
_TOUCH = 0.02  # metres: what is this near to a point is the point's own surface
_SMALL = 6.0  # metres: larger things are never behind the lens and before it at once
_BEHIND = 0.15  # metres before a wall at which it is taken out


_HELD, _TOP = 0.5, 1.5  # metres: what is this near to who sits, and no higher, is what they sit on, or at


def struck(
    design: SetDesign, framing: Framing, views: Sequence[View], wanted: np.ndarray, perches: Sequence[np.ndarray] = ()
) -> frozenset[int]:
    """Pieces of the set that are not there in this shot, by index: wild walls, and what the lens would be in.

    ``wanted``: points float64[N, 3] that the framing could not help but look at through a thing; that one goes too.
    ``perches``: where people sit, float64[2] each; what stands there stays when its wall goes.
    """
    out = walls_out(design, views)
    gone = {
        index
        for index, piece in enumerate(design.pieces)
        if piece.wall in out and not (piece.areas and _holds(piece, perches))
    }
    around = surroundings(design, out)
    gone |= around.before(framing.view.position, wanted)
    for view in views:
        gone |= around.near(view.position)
    return frozenset(gone)


def _holds(piece: Piece, perches: Sequence[np.ndarray]) -> bool:
    """Whether somebody sits on a piece, or at it."""
    if float(piece.solid.vertices[:, 2].max()) > _TOP:
        return False
    return any(area.clearance(float(x), float(y)) < _HELD for x, y in perches for area in piece.areas)


def walls_out(design: SetDesign, views: Iterable[View]) -> frozenset[int]:
    """Wild walls that a camera on this path is behind, or in: they are taken out for the whole shot."""
    spots = [view.position for view in views]
    return frozenset(
        index
        for index, wall in enumerate(design.walls)
        if any(-(at[0] * wall.normal[0] + at[1] * wall.normal[1]) > wall.distance - _BEHIND for at in spots)
    )


class Mesh:
    """Triangles to be met by rays from one point."""

    def __init__(self, solid: Solid) -> None:
        from embreex.mesh_construction import TriangleMesh
        from embreex.rtcore_scene import EmbreeScene  # type: ignore[attr-defined]

        self._scene = EmbreeScene()
        vertices = np.ascontiguousarray(solid.vertices, np.float32)
        self._mesh = TriangleMesh(self._scene, vertices, np.ascontiguousarray(solid.faces, np.int32))

    def met(self, eye: np.ndarray, rays: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For rays float32[N, 3]: how far off each meets something (inf: nothing), and which face (-1: none)."""
        origins = np.empty_like(rays)
        origins[:] = eye
        face = self._scene.run(origins, rays)
        away = self._scene.run(origins, rays, query="DISTANCE")
        return np.where(face < 0, np.inf, away), face


class Surroundings:
    """A set with some of its walls taken out, to be asked by rays."""

    def __init__(self, design: SetDesign, out: frozenset[int]) -> None:
        kept = [index for index, piece in enumerate(design.pieces) if piece.wall not in out]
        solids = [design.pieces[index].solid for index in kept]
        self._mesh = None
        if solids:
            whole = join(solids)
            self._mesh = Mesh(whole)
            self._piece = np.repeat(kept, [len(solid.faces) for solid in solids])
            corners = whole.vertices[whole.faces]
            self._normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])

    def hidden(self, eye: np.ndarray, points: np.ndarray) -> np.ndarray:
        """bool[N]: which points something stands before."""
        return _hidden(self._mesh, eye, points)

    def before(self, eye: np.ndarray, points: np.ndarray) -> frozenset[int]:
        """The pieces that stand first in the way from ``eye`` to the points."""
        if self._mesh is None:
            return frozenset()
        rays, far = _rays(eye, points)
        away, face = self._mesh.met(eye, rays)
        return frozenset(int(piece) for piece in self._piece[face[away < far - _TOUCH]])

    def near(self, eye: np.ndarray) -> frozenset[int]:
        """The pieces that come too near to the lens, or that it is in."""
        if self._mesh is None:
            return frozenset()
        away, face = self._mesh.met(eye, ALL_ROUND)
        inside = self.around(eye)[1]
        return frozenset(int(piece) for piece in self._piece[face[away < (_SMALL if inside else 0.1)]])

    def around(self, eye: np.ndarray) -> tuple[float, bool]:
        """Metres from the lens to the nearest thing, and whether it is inside one."""
        if self._mesh is None:
            return np.inf, False
        away, face = self._mesh.met(eye, ALL_ROUND)
        near = away < _SMALL
        backs = np.einsum("ij,ij->i", self._normal[face[near]], ALL_ROUND[near]) > 0
        return float(away.min()), int(backs.sum()) > 0.6 * len(ALL_ROUND)


def _rays(eye: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    way = np.asarray(points, float) - eye
    far = np.linalg.norm(way, axis=1)
    return (way / np.maximum(far, 1e-6)[:, None]).astype(np.float32), far


def _hidden(mesh: Mesh | None, eye: np.ndarray, points: np.ndarray) -> np.ndarray:
    if mesh is None or not len(points):
        return np.zeros(len(points), bool)
    rays, far = _rays(eye, points)
    return mesh.met(eye, rays)[0] < far - _TOUCH


class DesignKey:
    """A design as a key: two are alike only if they are one."""

    def __init__(self, design: SetDesign) -> None:
        self.design = design

    def __hash__(self) -> int:
        return id(self.design)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DesignKey) and other.design is self.design


@functools.lru_cache(maxsize=64)
def _surroundings(same: DesignKey, out: frozenset[int]) -> Surroundings:
    return Surroundings(same.design, out)


def surroundings(design: SetDesign, out: frozenset[int]) -> Surroundings:
    """The set without these walls."""
    return _surroundings(DesignKey(design), out)


class Crowd:
    """People, and what else stands on the stage for this shot alone, as what may hide somebody."""

    def __init__(self, bodies: Iterable[Body], things: Iterable[Thing]) -> None:
        solids = [(body.name, body.solid) for body in bodies] + [(thing.name, thing.solid) for thing in things]
        self._mesh = Mesh(join([solid for _, solid in solids])) if solids else None
        self._owner = np.repeat([name for name, _ in solids], [len(solid.faces) for _, solid in solids])

    def hidden(self, eye: np.ndarray, points: np.ndarray, whose: np.ndarray) -> np.ndarray:
        """bool[N]: which points somebody or something stands before whose they are not (``whose``: str[N])."""
        if self._mesh is None or not len(points):
            return np.zeros(len(points), bool)
        rays, far = _rays(eye, points)
        away, face = self._mesh.met(eye, rays)
        return (away < far - _TOUCH) & (self._owner[face] != whose)

    def nearest(self, eye: np.ndarray) -> float:
        """Metres from the lens to the nearest of them."""
        return np.inf if self._mesh is None else float(self._mesh.met(eye, ALL_ROUND)[0].min())
