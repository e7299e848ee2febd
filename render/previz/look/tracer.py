"""Rays through embree: what each pixel sees, and whether light reaches it.

The set is flat faces, so where the corners and the middle of a cell of pixels meet one plane, all of it does: a
ray is only traced where they differ. People are traced where a coarser grid of rays found them.
"""

import functools
from dataclasses import dataclass

import numpy as np

from render.previz.camera.path import SENSOR, View
from render.previz.compiled import compiled
from render.previz.look.layers import paint_of
from render.previz.look.smooth import round_faces
from render.previz.look.split import split
from render.previz.solid import Solid

MISS = -1  # face of a ray that met nothing
_ASK = -2  # a pixel that needs a ray of its own
_CELLS = 96  # of the map that the light sees, along each side


@dataclass(frozen=True)
class Seen:
    """What a bundle of rays met: ``pixels`` int64[N], ``face`` int32[N], barycentric ``u``, ``v`` float32[N]."""

    pixels: np.ndarray
    face: np.ndarray
    u: np.ndarray
    v: np.ndarray


class Scene:
    """A solid ready to be traced. One that is ``large``, with long slanted faces, is cut up for it."""

    def __init__(self, solid: Solid, *, large: bool = False) -> None:
        from embreex.mesh_construction import TriangleMesh
        from embreex.rtcore_scene import EmbreeScene  # type: ignore[attr-defined]

        self.solid = solid
        self._scene = EmbreeScene()
        vertices, faces, self._part_of = solid.vertices, solid.faces, None
        if large:
            triangles, self._part_of = split(solid.vertices[solid.faces])
            vertices, faces = triangles.reshape(-1, 3), np.arange(3 * len(triangles)).reshape(-1, 3)
        faces = np.ascontiguousarray(faces, np.int32)
        self._mesh = TriangleMesh(
            self._scene, np.ascontiguousarray(vertices, np.float32), faces if large else _as_tuples(faces.tobytes())
        )
        self._shade: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray] | None = None

    def faces(self, origin: np.ndarray, rays: np.ndarray) -> np.ndarray:
        """int32[N]: the first face on each ray (float32[N, 3], unit length) from one point, or MISS."""
        met = self._scene.run(_from(origin, rays), rays)
        if self._part_of is None:
            return met
        return np.where(met == MISS, np.int32(MISS), self._part_of[met])

    def hits(self, origin: np.ndarray, rays: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The first face on each ray, int32[N] or MISS, and where on it: barycentric ``u``, ``v`` float32[N].

        Not for what is large: its faces are in parts.
        """
        assert self._part_of is None
        found = self._scene.run(_from(origin, rays), rays, output=True)
        return found["primID"], found["u"], found["v"]

    def people(self, origin: np.ndarray, rays: np.ndarray, area: tuple[int, int, int, int], width: int) -> Seen:
        """What the pixels of ``area`` (left, top, right, bottom) see of this solid, misses left out."""
        left, top, right, bottom = area
        step = 4 if bottom - top > 160 else 2
        columns = _steps(left, right, step)
        rows = _steps(top, bottom, step)
        coarse = (rows[:, None] * width + columns[None, :]).reshape(-1)
        met = self.faces(origin, rays[coarse]).reshape(len(rows), len(columns)) != MISS
        pixels = _cells(met, rows, columns, width)
        if not len(pixels):
            return Seen(pixels, *(np.empty(0, kind) for kind in (np.int32, np.float32, np.float32)))
        face, u, v = self.hits(origin, rays[pixels])
        hit = face != MISS
        return Seen(pixels[hit], face[hit], u[hit], v[hit])

    def reached(self, points: np.ndarray, towards: np.ndarray) -> np.ndarray:
        """int64[K]: the points that this solid may keep the light from: those behind something, as the light looks."""
        if self._shade is None or self._shade[0].tobytes() != towards.tobytes():
            across = np.cross(towards, (0.0, 0.0, 1.0) if abs(towards[2]) < 0.9 else (1.0, 0.0, 0.0))
            across /= np.linalg.norm(across)
            axes = np.array((across, np.cross(towards, across), towards), np.float32)
            places = self.solid.vertices @ axes.T
            low, high = places[:, :2].min(axis=0), places[:, :2].max(axis=0)
            bounds = np.concatenate([low, _CELLS / np.maximum(high - low, 1e-3)]).astype(np.float32)
            nearest = np.full((_CELLS, _CELLS), -np.inf, np.float32)
            _shade(places, self.solid.faces, bounds, nearest)
            self._shade = (towards.copy(), axes, nearest, bounds)
        return _behind(points, *self._shade[1:])

    def blocks(self, points: np.ndarray, towards: np.ndarray) -> np.ndarray:
        """bool[N]: whether anything of this solid stands between each point and the light at infinity."""
        if not len(points):
            return np.zeros(0, bool)
        return self._scene.run(points, towards.astype(np.float32).reshape(1, 3), query="OCCLUDED") != MISS


class Faces:
    """The set's faces seen through a grid of rays, each plane known by a number of its own."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        solid = scene.solid
        corners = solid.vertices[solid.faces]
        normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]).astype(np.float64)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
        self.normal = normal.astype(np.float32)
        offset = np.einsum("ij,ij->i", normal, corners[:, 0])
        self.offset = offset.astype(np.float32)
        self.paint = paint_of(solid)
        self.round, self.rounds = round_faces(solid, normal, self.paint)
        looks = np.column_stack([normal, offset, solid.glow, self.paint]).round(3)
        self.plane = np.unique(looks, axis=0, return_inverse=True)[1].astype(np.int32).reshape(-1)

    def met(self, origin: np.ndarray, rays: np.ndarray) -> np.ndarray:
        """int32[N]: the first face on each ray, or MISS."""
        return self._scene.faces(origin, rays)

    def seen(self, origin: np.ndarray, rays: np.ndarray, width: int, height: int) -> np.ndarray:
        """int32[H · W]: the face that each pixel sees, or MISS. ``rays`` is float32[H · W, 3]."""
        step = 4 if height > 240 else 2
        rows, columns = _steps(0, height, step), _steps(0, width, step)
        corners = (rows[:, None] * width + columns[None, :]).reshape(-1)
        middles = (_middles(rows)[:, None] * width + _middles(columns)[None, :]).reshape(-1)
        coarse = np.concatenate([corners, middles])
        face = np.full(width * height, _ASK, np.int32)
        face[coarse] = self._scene.faces(origin, rays[coarse])
        asked = _filled(face.reshape(height, width), self.plane, rows, columns)
        if len(asked):
            face[asked] = self._scene.faces(origin, rays[asked])
        return face


def shadowed(
    solid: Scene, lit: np.ndarray, points: np.ndarray, group: np.ndarray, towards: np.ndarray, width: int
) -> np.ndarray:
    """bool[M]: which of the pixels ``lit`` (their places are ``points``) the light does not reach.

    As with faces, a pixel between four of its own ``group`` (int32[H · W]) that agree, agrees with them.
    """
    near = solid.reached(points, towards)
    dark = np.zeros(len(lit), bool)
    if not len(near):
        return dark
    state = np.full(len(group), _ASK, np.int8)
    state[lit] = 0
    coarse, rest = _on_grid(near, lit, state, width)
    _write(state, lit, coarse, solid.blocks(_picked(points, coarse), towards))
    asked = _settled(rest, lit, state, group, width)
    _write(state, lit, asked, solid.blocks(_picked(points, asked), towards))
    _read(dark, state, lit, near)
    return dark


def _from(origin: np.ndarray, rays: np.ndarray) -> np.ndarray:
    return np.broadcast_to(origin.astype(np.float32), rays.shape)


@functools.lru_cache(maxsize=4)
def _as_tuples(faces: bytes) -> np.ndarray:
    """Faces (the bytes of an int32[F, 3]) as an array of tuples, object[F].

    embreex reads faces one by one in Python, tuples in half the time; those of people are the same in every frame.
    """
    rows = np.frombuffer(faces, np.int32).reshape(-1, 3)
    tuples = np.empty(len(rows), object)
    tuples[:] = list(map(tuple, rows.tolist()))
    return tuples


def _steps(start: int, end: int, step: int) -> np.ndarray:
    """Places from ``start`` on, the last pixel before ``end`` always among them."""
    places = np.arange(start, end, step)
    return places if places[-1] == end - 1 else np.append(places, end - 1)


def _middles(places: np.ndarray) -> np.ndarray:
    return (places[:-1] + places[1:]) // 2


@compiled
def _filled(face: np.ndarray, plane: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Fill in cells whose corners and middle meet one plane; returns the pixels that need a ray."""
    height, width = face.shape
    asked = np.empty(height * width, np.int64)
    count = 0
    for i in range(len(rows) - 1):
        top, bottom = rows[i], rows[i + 1]
        for j in range(len(columns) - 1):
            left, right = columns[j], columns[j + 1]
            first = face[top, left]
            own = plane[first] if first >= 0 else -1
            alike = True
            for other in (
                face[top, right], face[bottom, left], face[bottom, right],
                face[(top + bottom) // 2, (left + right) // 2],
            ):  # fmt: skip
                if (plane[other] if other >= 0 else -1) != own:
                    alike = False
            for y in range(top, bottom + (1 if i == len(rows) - 2 else 0)):
                for x in range(left, right + (1 if j == len(columns) - 2 else 0)):
                    if face[y, x] == _ASK:
                        if alike:
                            face[y, x] = first
                        else:
                            asked[count] = y * width + x
                            count += 1
    return asked[:count]


@compiled
def _on_grid(near: np.ndarray, lit: np.ndarray, state: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Which of ``near`` (places in ``lit``) stand in even rows and columns, and the others; all are to be asked."""
    coarse, rest = np.empty(len(near), np.int64), np.empty(len(near), np.int64)
    count = 0
    for index in range(len(near)):
        pixel = lit[near[index]]
        state[pixel] = _ASK
        if (pixel // width) % 2 == 0 and (pixel % width) % 2 == 0:
            coarse[count] = near[index]
            count += 1
        else:
            rest[index - count] = near[index]
    return coarse[:count], rest[: len(near) - count]


@compiled
def _picked(points: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    found = np.empty((len(chosen), 3), np.float32)
    for index in range(len(chosen)):
        for axis in range(3):
            found[index, axis] = points[chosen[index], axis]
    return found


@compiled
def _write(state: np.ndarray, lit: np.ndarray, chosen: np.ndarray, blocked: np.ndarray) -> None:
    for index in range(len(chosen)):
        state[lit[chosen[index]]] = blocked[index]


@compiled
def _read(dark: np.ndarray, state: np.ndarray, lit: np.ndarray, near: np.ndarray) -> None:
    for index in range(len(near)):
        dark[near[index]] = state[lit[near[index]]] == 1


@compiled
def _settled(rest: np.ndarray, lit: np.ndarray, state: np.ndarray, group: np.ndarray, width: int) -> np.ndarray:
    """Give pixels the shadow of their neighbours where those agree; returns the places of the others."""
    height = len(group) // width
    asked = np.empty(len(rest), np.int64)
    count = 0
    for index in range(len(rest)):
        pixel = lit[rest[index]]
        y, x = pixel // width, pixel % width
        top, left = y - y % 2, x - x % 2
        bottom = min(top + 2, (height - 1) - (height - 1) % 2) if y % 2 else top
        right = min(left + 2, (width - 1) - (width - 1) % 2) if x % 2 else left
        first = state[top * width + left]
        alike = first >= 0
        for corner in (top * width + left, top * width + right, bottom * width + left, bottom * width + right):
            if state[corner] != first or group[corner] != group[pixel]:
                alike = False
        if alike:
            state[pixel] = first
        else:
            asked[count] = rest[index]
            count += 1
    return asked[:count]


@compiled
def _cells(met: np.ndarray, rows: np.ndarray, columns: np.ndarray, width: int) -> np.ndarray:
    """The pixels of every cell of the coarse grid that has a corner which met something."""
    total = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    pixels = np.empty(total, np.int64)
    count = 0
    down, along = met.shape
    for i in range(max(down - 1, 1)):
        below = min(i + 1, down - 1)
        bottom = rows[below] + (1 if below == down - 1 else 0)
        for j in range(max(along - 1, 1)):
            beside = min(j + 1, along - 1)
            if met[i, j] or met[below, j] or met[i, beside] or met[below, beside]:
                right = columns[beside] + (1 if beside == along - 1 else 0)
                for y in range(rows[i], bottom):
                    for x in range(columns[j], right):
                        pixels[count] = y * width + x
                        count += 1
    return pixels[:count]


@compiled
def _shade(places: np.ndarray, faces: np.ndarray, bounds: np.ndarray, nearest: np.ndarray) -> None:
    """What the light sees: the nearest that anything comes to it in each cell of ``nearest``, float32[C, C].

    ``places`` float32[V, 3], across, down and towards the light; ``bounds``: where the map begins, and cells a
    metre. A shadow map (Williams 1978), made wide enough never to miss.
    """
    cells = len(nearest)
    for f in range(len(faces)):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        most = max(places[a, 2], places[b, 2], places[c, 2])
        left = min(places[a, 0], places[b, 0], places[c, 0])
        right = max(places[a, 0], places[b, 0], places[c, 0])
        top = min(places[a, 1], places[b, 1], places[c, 1])
        bottom = max(places[a, 1], places[b, 1], places[c, 1])
        first, last = int((left - bounds[0]) * bounds[2]), int((right - bounds[0]) * bounds[2])
        for i in range(
            max(int((top - bounds[1]) * bounds[3]) - 1, 0), min(int((bottom - bounds[1]) * bounds[3]) + 2, cells)
        ):
            for j in range(max(first - 1, 0), min(last + 2, cells)):
                nearest[i, j] = max(nearest[i, j], most)


@compiled
def _behind(points: np.ndarray, axes: np.ndarray, nearest: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Points that lie behind something that the light sees."""
    chosen = np.empty(len(points), np.int64)
    count, cells = 0, len(nearest)
    most = np.float32(cells)
    for index in range(len(points)):
        x, y, z = points[index, 0], points[index, 1], points[index, 2]
        across = (x * axes[0, 0] + y * axes[0, 1] + z * axes[0, 2] - bounds[0]) * bounds[2]
        down = (x * axes[1, 0] + y * axes[1, 1] + z * axes[1, 2] - bounds[1]) * bounds[3]
        if across < np.float32(-1) or down < np.float32(-1) or across > most or down > most:
            continue
        i, j = min(max(int(down), 0), cells - 1), min(max(int(across), 0), cells - 1)
        if x * axes[2, 0] + y * axes[2, 1] + z * axes[2, 2] < nearest[i, j]:
            chosen[count] = index
            count += 1
    return chosen[:count]


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
