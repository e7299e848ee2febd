"""Solids: triangles with colour, shine, glow and the entity they belong to. Built from trimesh's primitives."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from render.previz.colours import Finish


@dataclass(frozen=True)
class Solid:
    """A coloured triangle mesh. Metres; z is up.

    vertices float32[V, 3]; normals float32[V, 3]; faces int32[F, 3]; colour float32[F, 3] linear RGB;
    shine, glow float32[F]; entity int32[F]; part int32[F], which of the entity's locked words it shows, counted
    from 1 (0: none); weave int32[F], see ``Weave``; rest float32[V, 3], where each vertex was when its primitive was
    made, about the primitive's own axis (z): patterns are drawn there, so that they move with the surface.
    """

    vertices: np.ndarray
    normals: np.ndarray
    faces: np.ndarray
    colour: np.ndarray
    shine: np.ndarray
    glow: np.ndarray
    entity: np.ndarray
    part: np.ndarray
    weave: np.ndarray
    rest: np.ndarray

    def moved(self, matrix: np.ndarray) -> "Solid":
        """The same solid under a rigid 4×4 transform."""
        turn = matrix[:3, :3].astype(np.float32)
        vertices = self.vertices @ turn.T + matrix[:3, 3].astype(np.float32)
        return replace(self, vertices=vertices, normals=self.normals @ turn.T)


def join(solids: Sequence[Solid]) -> Solid:
    """All solids as one."""
    offsets = np.cumsum([0, *(len(solid.vertices) for solid in solids)])
    return Solid(
        np.concatenate([solid.vertices for solid in solids]),
        np.concatenate([solid.normals for solid in solids]),
        np.concatenate([s.faces + start for s, start in zip(solids, offsets, strict=False)]).astype(np.int32),
        np.concatenate([solid.colour for solid in solids]),
        np.concatenate([solid.shine for solid in solids]),
        np.concatenate([solid.glow for solid in solids]),
        np.concatenate([solid.entity for solid in solids]),
        np.concatenate([solid.part for solid in solids]),
        np.concatenate([solid.weave for solid in solids]),
        np.concatenate([solid.rest for solid in solids]),
    )


@functools.lru_cache(maxsize=512)
def _primitive(kind: str, detail: int, shape: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vertices, vertex normals and faces of a primitive."""
    from trimesh import creation

    if kind == "ball":
        mesh = creation.uv_sphere(radius=1.0, count=[detail, detail])
    elif kind == "box":
        mesh = creation.box(extents=(1, 1, 1))
        mesh.unmerge_vertices()
    elif kind == "tube":  # a cone cut off: shape is the ratio of the top radius to the bottom radius
        mesh = creation.cylinder(radius=1.0, height=1.0, sections=detail)
        top = mesh.vertices[:, 2] > 0
        mesh.vertices[top, :2] *= shape[0]
    elif kind == "capsule":  # shape is height over radius
        mesh = creation.capsule(radius=1.0, height=shape[0], count=[detail, detail])
        mesh.apply_translation((0, 0, -mesh.bounds.mean(axis=0)[2]))
    else:
        raise ValueError(kind)
    return (
        np.asarray(mesh.vertices, np.float32),
        np.asarray(mesh.vertex_normals, np.float32),
        np.asarray(mesh.faces, np.int32),
    )


def _solid(
    kind: str,
    size: tuple[float, float, float],
    at: tuple[float, float, float],
    look: Finish,
    entity: int,
    *,
    detail: int = 12,
    shape: tuple[float, ...] = (1.0,),
    turn: np.ndarray | None = None,
) -> Solid:
    vertices, normals, faces = _primitive(kind, detail, shape)
    scale = np.asarray(size, np.float32)
    rest = vertices = vertices * scale
    normals = normals / scale
    normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    if turn is not None:
        vertices, normals = vertices @ turn.T.astype(np.float32), normals @ turn.T.astype(np.float32)
    count = len(faces)
    return Solid(
        (vertices + np.asarray(at, np.float32)).astype(np.float32),
        normals.astype(np.float32),
        faces,
        np.tile(np.asarray(look.colour, np.float32), (count, 1)),
        np.full(count, look.shine, np.float32),
        np.full(count, look.glow, np.float32),
        np.full(count, entity, np.int32),
        np.full(count, look.part, np.int32),
        np.full(count, int(look.weave), np.int32),
        rest,
    )


def ball(
    radii: tuple[float, float, float],
    at: tuple[float, float, float],
    look: Finish,
    entity: int = 0,
    detail: int = 12,
) -> Solid:
    """An ellipsoid with these radii."""
    return _solid("ball", radii, at, look, entity, detail=detail)


def box(
    extents: tuple[float, float, float],
    at: tuple[float, float, float],
    look: Finish,
    entity: int = 0,
    turn: np.ndarray | None = None,
) -> Solid:
    """A box with these full extents, centred at ``at``."""
    return _solid("box", extents, at, look, entity, turn=turn)


def tube(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radius: float,
    look: Finish,
    entity: int = 0,
    *,
    top: float | None = None,
    flat: float = 1.0,
    detail: int = 12,
) -> Solid:
    """A tube from ``start`` to ``end``; ``top`` is the radius there, ``flat`` squeezes it along y."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    length = float(np.linalg.norm(b - a))
    ratio = round((radius if top is None else top) / radius, 3)
    middle = (a + b) / 2
    return _solid(
        "tube",
        (radius, radius * flat, max(length, 1e-4)),
        (float(middle[0]), float(middle[1]), float(middle[2])),
        look,
        entity,
        detail=detail,
        shape=(ratio,),
        turn=along(b - a),
    )


def limb(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radius: float,
    look: Finish,
    entity: int = 0,
) -> Solid:
    """A capsule whose end caps are centred on ``start`` and ``end``."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    length = float(np.linalg.norm(b - a))
    middle = (a + b) / 2
    return _solid(
        "capsule",
        (radius, radius, radius),
        (float(middle[0]), float(middle[1]), float(middle[2])),
        look,
        entity,
        detail=8,
        shape=(round(length / radius, 3),),
        turn=along(b - a),
    )


def skin(
    rings: np.ndarray,
    look: Finish,
    entity: int = 0,
    *,
    around: bool = True,
    ends: tuple[bool, bool] = (True, True),
) -> Solid:
    """A smooth skin over ``rings``, float[R, D, 3] metres: R rings of D points each.

    ``around`` joins each ring's last point to its first; ``ends`` closes the first and the last ring.
    """
    count, width = rings.shape[:2]
    vertices = [rings.reshape(-1, 3)]
    columns = np.arange(width if around else width - 1)
    beside = (columns + 1) % width
    rows = np.arange(count - 1)[:, None] * width
    a, b, c, d = rows + columns, rows + beside, rows + width + columns, rows + width + beside
    faces = [np.stack([a, b, d], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)]
    total = count * width
    for closed, ring, turned in ((ends[0], 0, True), (ends[1], count - 1, False)):
        if closed:
            vertices.append(rings[ring].mean(axis=0, keepdims=True))
            first, second = ring * width + columns, ring * width + beside
            pair = (second, first) if turned else (first, second)
            faces.append(np.stack([*pair, np.full_like(columns, total)], -1))
            total += 1
    points, triangles = np.concatenate(vertices), np.concatenate(faces)
    corners = points[triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.zeros_like(points)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], across)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    many = len(triangles)
    return Solid(
        points.astype(np.float32),
        normals.astype(np.float32),
        triangles.astype(np.int32),
        np.tile(np.asarray(look.colour, np.float32), (many, 1)),
        np.full(many, look.shine, np.float32),
        np.full(many, look.glow, np.float32),
        np.full(many, entity, np.int32),
        np.full(many, look.part, np.int32),
        np.full(many, int(look.weave), np.int32),
        points.astype(np.float32),
    )


def lathe(
    profile: Sequence[tuple[float, float, float, float]],
    look: Finish,
    entity: int = 0,
    *,
    detail: int = 16,
    ends: tuple[bool, bool] = (True, True),
) -> Solid:
    """Ellipses one above another: each of ``profile`` is its height, its centre in x, its radii in x and y."""
    turns = 2 * np.pi * np.arange(detail) / detail
    z, x, rx, ry = (column[:, None] for column in np.asarray(profile, float).T)
    rings = np.stack([x + rx * np.cos(turns), ry * np.sin(turns), z + 0 * turns], -1)
    return skin(rings, look, entity, ends=ends)


def taper(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radii: tuple[float, float],
    look: Finish,
    entity: int = 0,
    *,
    detail: int = 9,
) -> Solid:
    """A limb with round ends centred on ``start`` and ``end``, each with a radius of its own."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    length = float(np.linalg.norm(b - a))
    cap = np.radians((80.0, 50.0, 20.0))
    rows = [(-radii[0] * np.sin(tip), radii[0] * np.cos(tip)) for tip in cap]
    rows += [(length + radii[1] * np.sin(tip), radii[1] * np.cos(tip)) for tip in cap[::-1]]
    upright = lathe([(z, 0.0, r, r) for z, r in rows], look, entity, detail=detail)
    turned = np.eye(4)
    turned[:3, :3], turned[:3, 3] = along(b - a), a
    return upright.moved(turned)


def along(direction: np.ndarray) -> np.ndarray:
    """A rotation that takes z to ``direction``."""
    z = direction / max(float(np.linalg.norm(direction)), 1e-9)
    helper = np.array((1.0, 0, 0)) if abs(z[0]) < 0.9 else np.array((0, 1.0, 0))
    y = np.cross(z, helper)
    y /= np.linalg.norm(y)
    return np.stack([np.cross(y, z), y, z], axis=1)


def placed(x: float, y: float, z: float, facing: float = 0.0) -> np.ndarray:
    """A 4×4 transform: turned by ``facing`` radians about z, then moved."""
    c, s = np.cos(facing), np.sin(facing)
    return np.array(((c, -s, 0, x), (s, c, 0, y), (0, 0, 1, z), (0, 0, 0, 1)), np.float64)


def pitched(angle: float, at: tuple[float, float, float]) -> np.ndarray:
    """A 4×4 turn about the y axis through ``at``; positive swings what hangs below it forwards (+x)."""
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array(((c, 0, -s), (0, 1, 0), (s, 0, c)), np.float64)
    matrix = np.eye(4)
    matrix[:3, :3] = turn
    matrix[:3, 3] = np.asarray(at) - turn @ np.asarray(at)
    return matrix
