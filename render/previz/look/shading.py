"""Light on what the rays met: soft key and fill, practical lamps, and what cloth, metal and fur make of them."""

import math
from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.layers import BASE, DEPTH, GLOWS, KEY, NORMAL, NOTHING, SKY, Layers, packed, paint_of
from render.previz.look.light import Light
from render.previz.look.tracer import Faces, Seen
from render.previz.look.weave import FUR, KNIT, METAL, furred, knitted
from render.previz.solid import Solid


def set_layers(
    layers: Layers, face: np.ndarray, faces: Faces, solid: Solid, eye: np.ndarray, rays: np.ndarray, light: Light,
    cover: np.ndarray | None = None,
) -> Layers:  # fmt: skip
    """``layers`` showing the set: ``face`` int32[N] from rays float32[N, 3] out of ``eye``.

    Nothing is shaded beyond ``cover``, float32[N] metres along the ray: people will be laid over it.
    """
    numbers, lamps = packed(light)
    table = _table(
        faces.normal, faces.offset, solid.colour, solid.shine, solid.glow, solid.weave, eye.astype(np.float32), numbers
    )
    _set(
        face, table, faces.round, faces.rounds, solid.entity, faces.plane, faces.paint, solid.part,
        eye.astype(np.float32), rays, numbers, lamps, _UNCOVERED if cover is None else cover,
        layers.light, layers.entity, layers.group, layers.paint, layers.part, layers.lit,
    )  # fmt: skip
    return layers


_UNCOVERED = np.empty(0, np.float32)


def covered(cover: np.ndarray, seen: Seen, solid: Solid, eye: np.ndarray) -> np.ndarray:
    """``cover``, float32[N]: how far away people are along each ray, inf where there are none."""
    cover.fill(np.inf)
    _covered(cover, seen.pixels, seen.face, seen.u, seen.v, solid.vertices, solid.faces, eye.astype(np.float32))
    return cover


def lay_over(
    layers: Layers, seen: Seen, solid: Solid, eye: np.ndarray, rays: np.ndarray, light: Light, footprint: float
) -> np.ndarray:
    """Put people over the set where they are nearer; returns the pixels that they took, int64[N].

    ``footprint``: how wide a pixel is a metre away, metres.
    """
    numbers, lamps = packed(light)
    return _people(
        seen.pixels, seen.face, seen.u, seen.v, solid.vertices, solid.normals, solid.rest, solid.faces,
        solid.colour, solid.shine, solid.glow, solid.weave, solid.entity, solid.part, paint_of(solid),
        eye.astype(np.float32), rays, numbers, lamps, np.float32(footprint),
        layers.light, layers.entity, layers.group, layers.paint, layers.part, layers.lit,
    )  # fmt: skip


def lit_points(
    layers: Layers, pixels: np.ndarray, eye: np.ndarray, rays: np.ndarray, towards: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Those of ``pixels`` that the key light could reach, and their places, float32[M, 3], a little off the surface."""
    return _points(pixels, eye.astype(np.float32), rays, layers.light, layers.entity, layers.lit, towards)


# In single precision throughout: a plain 0.5 would carry every sum of the loop over to double.
_ZERO, _ONE, _HALF, _QUARTER = np.float32(0), np.float32(1), np.float32(0.5), np.float32(0.25)
_THREE_QUARTERS, _TINY = np.float32(0.75), np.float32(1e-6)
_FILL, _WRAP, _UNWRAPPED, _GLOSS = np.float32(0.18), np.float32(0.12), np.float32(0.88), np.float32(0.45)
_RIM, _FRINGE, _RIMLESS = np.float32(0.22), np.float32(3), np.float32(3.5)
_OFF_SET, _OFF_PEOPLE = np.float32(0.005), np.float32(0.012)  # metres off the surface, where a shadow ray starts
_GRAZING = np.float32(0.08)  # below this cosine a surface is in its own shade, and needs no ray
_CLEAR = np.float32(0.001)  # metres by which people must be nearer for the set behind them not to be shaded
_OWN_GLOW, _WINDOW, _FAR = np.float32(2.6), np.float32(1.5), np.float32(1e6)
_METAL_BASE, _METAL_KEY, _METAL_GLOSS = np.float32(0.55), np.float32(0.62), np.float32(1.5)
_GLOW, _SETTLED = np.float32(GLOWS), np.float32(0.998)  # lit, and no ray need ask
# Columns of the table of faces: normal towards the eye, distance of the eye, albedo, ambience, key, shine, weave, glow.
_N, _OFFSET, _ALBEDO, _AMBIENT, _LIT, _SHINE, _KIND, _GIVES, _WIDE = 0, 3, 4, 7, 10, 13, 14, 15, 16


@compiled
def _lamps(x: float, y: float, z: float, nx: float, ny: float, nz: float, lamps: np.ndarray) -> Any:
    """The light of all lamps at a place, red, green and blue."""
    red, green, blue = _ZERO, _ZERO, _ZERO
    for lamp in range(len(lamps)):
        wx, wy, wz = lamps[lamp, 0] - x, lamps[lamp, 1] - y, lamps[lamp, 2] - z
        square = wx * wx + wy * wy + wz * wz + _TINY
        facing = (nx * wx + ny * wy + nz * wz) / math.sqrt(square)
        reach = lamps[lamp, 6] * lamps[lamp, 6]
        strength = (_QUARTER + _THREE_QUARTERS * max(facing, _ZERO)) * reach / (reach + square)
        red += lamps[lamp, 3] * strength
        green += lamps[lamp, 4] * strength
        blue += lamps[lamp, 5] * strength
    return red, green, blue


@compiled
def _gloss(
    nx: float, ny: float, nz: float, rx: float, ry: float, rz: float, tx: float, ty: float, tz: float, sharp: Any
) -> Any:
    """A highlight of strength 1 (Blinn 1977): exponent 40, or 160 where it is ``sharp``."""
    hx, hy, hz = tx - rx, ty - ry, tz - rz
    half = (nx * hx + ny * hy + nz * hz) / math.sqrt(hx * hx + hy * hy + hz * hz + _TINY)
    if half <= _ZERO:
        return _ZERO
    eighth = half * half
    eighth *= eighth
    eighth *= eighth
    gloss = eighth * eighth * eighth * eighth * eighth
    if sharp:
        gloss *= gloss
        gloss *= gloss
    return gloss


@compiled
def _mirrored(nx: float, ny: float, nz: float, rx: float, ry: float, rz: float) -> Any:
    """What metal mirrors, as a factor on its ambience: bright above, a dark horizon, a dim floor."""
    up = rz - (nx * rx + ny * ry + nz * rz) * nz * np.float32(2)
    if up > _ZERO:
        return np.float32(0.45) + np.float32(2.2) * min(up * np.float32(1.6), _ONE)
    return np.float32(0.45) + np.float32(0.75) * min(-up * np.float32(1.5), _ONE)


@compiled
def _table(
    normals: np.ndarray, offsets: np.ndarray, colour: np.ndarray, shine: np.ndarray, glow: np.ndarray,
    weave: np.ndarray, eye: np.ndarray, light: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """What is the same all over a face of the set, worked out once for each, float32[F, 16]."""
    table = np.empty((len(normals), _WIDE), np.float32)
    for f in range(len(normals)):
        nx, ny, nz = normals[f, 0], normals[f, 1], normals[f, 2]
        offset = offsets[f] - (nx * eye[0] + ny * eye[1] + nz * eye[2])
        if offset > _ZERO:
            nx, ny, nz, offset = -nx, -ny, -nz, -offset
        up = _HALF + _HALF * nz
        key = max((nx * light[0] + ny * light[1] + nz * light[2]) * _UNWRAPPED + _WRAP, _ZERO)
        table[f, 0], table[f, 1], table[f, 2], table[f, _OFFSET] = nx, ny, nz, offset
        metal = weave[f] == METAL
        for channel in range(3):
            albedo, above, below = colour[f, channel], light[6 + channel], light[9 + channel]
            table[f, _ALBEDO + channel] = albedo
            table[f, _AMBIENT + channel] = albedo * (below + (above - below) * up)
            table[f, _LIT + channel] = albedo * key * light[3 + channel] * (_METAL_KEY if metal else _ONE)
            if glow[f] > _ZERO:
                table[f, _ALBEDO + channel] = light[12 + channel] if glow[f] > _WINDOW else albedo * glow[f] * _OWN_GLOW
        table[f, _SHINE], table[f, _KIND], table[f, _GIVES] = shine[f], np.float32(weave[f]), glow[f]
    return table


@compiled
def _stopped(nx: Any, ny: Any, nz: Any, rx: Any, ry: Any, rz: Any) -> tuple[Any, Any, Any]:
    """A normal that goes no farther than a right angle to the ray.

    Where something round goes out of sight, a flat face of it is still seen.
    """
    past = nx * rx + ny * ry + nz * rz
    if past <= _ZERO:
        return nx, ny, nz
    nx, ny, nz = nx - rx * past, ny - ry * past, nz - rz * past
    length = math.sqrt(nx * nx + ny * ny + nz * nz + _TINY)
    return nx / length, ny / length, nz / length


@compiled
def _facing(
    vertices: np.ndarray, a: int, b: int, c: int, nx: Any, ny: Any, nz: Any, rx: Any, ry: Any, rz: Any
) -> tuple[Any, Any, Any]:  # fmt: skip
    """A normal that looks away from the ray: turned round where its face is seen from behind, else stopped."""
    ux, uy, uz = (vertices[b, 0] - vertices[a, 0], vertices[b, 1] - vertices[a, 1], vertices[b, 2] - vertices[a, 2])
    vx, vy, vz = (vertices[c, 0] - vertices[a, 0], vertices[c, 1] - vertices[a, 1], vertices[c, 2] - vertices[a, 2])
    fx, fy, fz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
    if (fx * nx + fy * ny + fz * nz) * (fx * rx + fy * ry + fz * rz) > _ZERO:
        return -nx, -ny, -nz
    return _stopped(nx, ny, nz, rx, ry, rz)


@compiled
def _bent(
    rounds: np.ndarray, r: Any, x: Any, y: Any, z: Any, nx: Any, ny: Any, nz: Any, rx: Any, ry: Any, rz: Any
) -> tuple[Any, Any, Any]:  # fmt: skip
    """The normal of something round at a place of one of its faces, on the side of the face's own (``nx`` …)."""
    u = rounds[r, 0] * x + rounds[r, 1] * y + rounds[r, 2] * z + rounds[r, 3]
    v = rounds[r, 4] * x + rounds[r, 5] * y + rounds[r, 6] * z + rounds[r, 7]
    u, v = min(max(u, _ZERO), _ONE), min(max(v, _ZERO), _ONE)
    w = max(_ONE - u - v, _ZERO)
    a = rounds[r, 8] * w + rounds[r, 11] * u + rounds[r, 14] * v
    b = rounds[r, 9] * w + rounds[r, 12] * u + rounds[r, 15] * v
    c = rounds[r, 10] * w + rounds[r, 13] * u + rounds[r, 16] * v
    length = math.sqrt(a * a + b * b + c * c + _TINY)
    if a * nx + b * ny + c * nz < _ZERO:
        length = -length
    a, b, c = a / length, b / length, c / length
    return _stopped(a, b, c, rx, ry, rz)


@compiled
def _set(  # noqa: PLR0915 (as _people)
    face: np.ndarray, table: np.ndarray, round_: np.ndarray, rounds: np.ndarray, entities: np.ndarray,
    plane: np.ndarray, paints: np.ndarray, parts: np.ndarray, eye: np.ndarray, rays: np.ndarray,
    light: np.ndarray, lamps: np.ndarray, cover: np.ndarray, out: np.ndarray, entity: np.ndarray,
    group: np.ndarray, paint: np.ndarray, part: np.ndarray, lit: np.ndarray,
) -> None:  # fmt: skip
    for row in range(len(face)):
        f = face[row]
        if f < 0:
            entity[row], group[row], paint[row], part[row], lit[row] = SKY, -1, -1, 0, _ONE
            out[row, DEPTH] = NOTHING
            for column in range(1, 10):
                out[row, column] = _ZERO
            continue
        rx, ry, rz = rays[row, 0], rays[row, 1], rays[row, 2]
        nx, ny, nz = table[f, 0], table[f, 1], table[f, 2]
        facing = nx * rx + ny * ry + nz * rz
        depth = table[f, _OFFSET] / facing
        if not _ZERO < depth < _FAR:  # a plane seen edge on
            depth = _FAR
        out[row, DEPTH] = depth
        out[row, 1], out[row, 2], out[row, 3] = nx, ny, nz
        entity[row], group[row], paint[row], part[row] = entities[f], plane[f], paints[f], parts[f]
        if len(cover) > 0 and cover[row] < depth - _CLEAR:
            lit[row] = _GLOW  # no ray need ask for its light
            continue
        red, green, blue = table[f, _ALBEDO], table[f, _ALBEDO + 1], table[f, _ALBEDO + 2]
        if table[f, _GIVES] > _ZERO:
            lit[row] = _GLOW
            out[row, BASE], out[row, BASE + 1], out[row, BASE + 2] = red, green, blue
            out[row, KEY], out[row, KEY + 1], out[row, KEY + 2] = _ZERO, _ZERO, _ZERO
            continue
        lit[row] = _ONE
        # A broad fill from the viewer keeps faces readable in the dark.
        fill = _FILL * max(-facing, _ZERO)
        x, y, z = eye[0] + rx * depth, eye[1] + ry * depth, eye[2] + rz * depth
        ar, ag, ab = table[f, _AMBIENT], table[f, _AMBIENT + 1], table[f, _AMBIENT + 2]
        kr, kg, kb = table[f, _LIT], table[f, _LIT + 1], table[f, _LIT + 2]
        if round_[f] >= 0:
            # A face that looks away shades itself by its normals alone: a ray would show that it is flat.
            if nx * light[0] + ny * light[1] + nz * light[2] <= _GRAZING:
                lit[row] = _SETTLED
            nx, ny, nz = _bent(rounds, round_[f], x, y, z, nx, ny, nz, rx, ry, rz)
            out[row, 1], out[row, 2], out[row, 3] = nx, ny, nz
            up = _HALF + _HALF * nz
            key = max((nx * light[0] + ny * light[1] + nz * light[2]) * _UNWRAPPED + _WRAP, _ZERO)
            key *= _METAL_KEY if table[f, _KIND] == METAL else _ONE
            ar = red * (light[9] + (light[6] - light[9]) * up)
            ag = green * (light[10] + (light[7] - light[10]) * up)
            ab = blue * (light[11] + (light[8] - light[11]) * up)
            kr, kg, kb = red * key * light[3], green * key * light[4], blue * key * light[5]
        lr, lg, lb = _lamps(x, y, z, nx, ny, nz, lamps)
        more, gloss = _ONE, _ZERO
        shine = table[f, _SHINE]
        metal = table[f, _KIND] == METAL
        if shine > _ZERO or metal:
            gloss = _gloss(nx, ny, nz, rx, ry, rz, light[0], light[1], light[2], metal) * shine * _GLOSS
            if metal:
                more = _METAL_BASE * _mirrored(nx, ny, nz, rx, ry, rz)
                gloss *= _METAL_GLOSS
        out[row, BASE] = (ar + red * (fill * light[6] + lr)) * more
        out[row, BASE + 1] = (ag + green * (fill * light[7] + lg)) * more
        out[row, BASE + 2] = (ab + blue * (fill * light[8] + lb)) * more
        out[row, KEY] = kr + gloss * light[3]
        out[row, KEY + 1] = kg + gloss * light[4]
        out[row, KEY + 2] = kb + gloss * light[5]


@compiled
def _covered(
    cover: np.ndarray, pixels: np.ndarray, face: np.ndarray, us: np.ndarray, vs: np.ndarray, vertices: np.ndarray,
    corners: np.ndarray, eye: np.ndarray,
) -> None:  # fmt: skip
    for index in range(len(pixels)):
        f, u, v = face[index], us[index], vs[index]
        w, square = _ONE - u - v, _ZERO
        for axis in range(3):
            off = vertices[corners[f, 0], axis] * w + vertices[corners[f, 1], axis] * u
            off += vertices[corners[f, 2], axis] * v - eye[axis]
            square += off * off
        cover[pixels[index]] = math.sqrt(square)


@compiled
def _pattern(
    rest: np.ndarray, a: int, b: int, c: int, w: float, u: float, v: float, kind: Any, footprint: Any
) -> Any:  # fmt: skip
    """The pattern of a knit or a fur at a place of a triangle, as a factor on its light."""
    x = rest[a, 0] * w + rest[b, 0] * u + rest[c, 0] * v
    y = rest[a, 1] * w + rest[b, 1] * u + rest[c, 1] * v
    z = rest[a, 2] * w + rest[b, 2] * u + rest[c, 2] * v
    if kind == KNIT:
        return knitted(x, y, z, footprint)
    return furred(x, y, z, footprint)


@compiled
def _people(  # noqa: PLR0915 (one loop: a call for each pixel's parts would pass more than it does)
    pixels: np.ndarray, face: np.ndarray, us: np.ndarray, vs: np.ndarray, vertices: np.ndarray,
    vertex_normals: np.ndarray, rest: np.ndarray, corners: np.ndarray, colour: np.ndarray, shine: np.ndarray,
    glow: np.ndarray, weave: np.ndarray, entities: np.ndarray, parts: np.ndarray, paints: np.ndarray,
    eye: np.ndarray, rays: np.ndarray, light: np.ndarray, lamps: np.ndarray, footprint: Any,
    out: np.ndarray, entity: np.ndarray, group: np.ndarray, paint: np.ndarray, part: np.ndarray, lit: np.ndarray,
) -> np.ndarray:  # fmt: skip
    taken = np.empty(len(pixels), np.int64)
    count = 0
    for index in range(len(pixels)):
        row, f, u, v = pixels[index], face[index], us[index], vs[index]
        a, b, c = corners[f, 0], corners[f, 1], corners[f, 2]
        w = _ONE - u - v
        x = vertices[a, 0] * w + vertices[b, 0] * u + vertices[c, 0] * v
        y = vertices[a, 1] * w + vertices[b, 1] * u + vertices[c, 1] * v
        z = vertices[a, 2] * w + vertices[b, 2] * u + vertices[c, 2] * v
        ox, oy, oz = x - eye[0], y - eye[1], z - eye[2]
        depth = math.sqrt(ox * ox + oy * oy + oz * oz)
        if depth >= out[row, DEPTH]:
            continue
        nx = vertex_normals[a, 0] * w + vertex_normals[b, 0] * u + vertex_normals[c, 0] * v
        ny = vertex_normals[a, 1] * w + vertex_normals[b, 1] * u + vertex_normals[c, 1] * v
        nz = vertex_normals[a, 2] * w + vertex_normals[b, 2] * u + vertex_normals[c, 2] * v
        length = math.sqrt(nx * nx + ny * ny + nz * nz + _TINY)
        rx, ry, rz = rays[row, 0], rays[row, 1], rays[row, 2]
        nx, ny, nz = nx / length, ny / length, nz / length
        if nx * rx + ny * ry + nz * rz > _ZERO:
            nx, ny, nz = _facing(vertices, a, b, c, nx, ny, nz, rx, ry, rz)
        out[row, DEPTH] = depth
        out[row, 1], out[row, 2], out[row, 3] = nx, ny, nz
        entity[row], group[row], paint[row], part[row] = entities[f], -2 - entities[f], paints[f], parts[f]
        taken[count] = row
        count += 1
        red, green, blue = colour[f, 0], colour[f, 1], colour[f, 2]
        if glow[f] > _ZERO:
            lit[row] = _GLOW
            gives = glow[f] * _OWN_GLOW
            out[row, BASE], out[row, BASE + 1], out[row, BASE + 2] = red * gives, green * gives, blue * gives
            out[row, KEY], out[row, KEY + 1], out[row, KEY + 2] = _ZERO, _ZERO, _ZERO
            continue
        lit[row] = _ONE
        facing = max(-(nx * rx + ny * ry + nz * rz), _ZERO)
        away = _ONE - facing
        # Light from behind the edge parts a figure from what it stands against.
        rim = _RIM * away * away * away * (_HALF + _HALF * nz)
        kind = weave[f]
        more, gloss, keyed = _ONE, _ZERO, _ONE
        if kind == KNIT or kind == FUR:  # noqa: PLR1714, SIM109 (compiled)
            more = _pattern(rest, a, b, c, w, u, v, kind, depth * footprint)
            keyed = more
            if kind == FUR:
                rim *= _FRINGE
        elif shine[f] > _ZERO or kind == METAL:
            gloss = _gloss(nx, ny, nz, rx, ry, rz, light[0], light[1], light[2], kind == METAL) * shine[f] * _GLOSS
            if kind == METAL:
                more, keyed = _METAL_BASE * _mirrored(nx, ny, nz, rx, ry, rz), _METAL_KEY
                gloss *= _METAL_GLOSS
        up = _HALF + _HALF * nz
        fill = _FILL * facing
        lr, lg, lb = _lamps(x, y, z, nx, ny, nz, lamps)
        # A soft source reaches a little round the edge.
        key = max((nx * light[0] + ny * light[1] + nz * light[2]) * _UNWRAPPED + _WRAP, _ZERO) * keyed
        # A rim of light that is thinner than a pixel would only sparkle along the outline.
        rimless = min(facing * _RIMLESS, _ONE)
        key *= rimless
        gloss *= rimless
        for channel in range(3):
            albedo = red if channel == 0 else (green if channel == 1 else blue)
            lamp = lr if channel == 0 else (lg if channel == 1 else lb)
            above, below = light[6 + channel], light[9 + channel]
            around = below + (above - below) * up + fill * above
            out[row, BASE + channel] = albedo * (around + lamp) * more + rim * above * (_HALF + _HALF * albedo)
            out[row, KEY + channel] = (albedo * key + gloss) * light[3 + channel]
    return taken[:count]


@compiled
def _points(
    pixels: np.ndarray, eye: np.ndarray, rays: np.ndarray, light: np.ndarray, entity: np.ndarray, lit: np.ndarray,
    towards: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    chosen = np.empty(len(pixels), np.int64)
    points = np.empty((len(pixels), 3), np.float32)
    count = 0
    for index in range(len(pixels)):
        row = pixels[index]
        if entity[row] == SKY or lit[row] < _ONE:
            continue
        nx, ny, nz = light[row, NORMAL], light[row, NORMAL + 1], light[row, NORMAL + 2]
        if nx * towards[0] + ny * towards[1] + nz * towards[2] <= _GRAZING:
            continue
        off = _OFF_PEOPLE if entity[row] > 0 else _OFF_SET
        depth = light[row, DEPTH]
        points[count, 0] = eye[0] + rays[row, 0] * depth + nx * off
        points[count, 1] = eye[1] + rays[row, 1] * depth + ny * off
        points[count, 2] = eye[2] + rays[row, 2] * depth + nz * off
        chosen[count] = row
        count += 1
    return chosen[:count], points[:count]
