"""Light on what the rays met: soft key and fill, practical lamps, haze, ink outlines and a film-like curve.

Pixels travel as a ``Layers``: everything that shading needs to know of each, so that people can be laid over the
set before haze, outlines and exposure.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.light import Light
from render.previz.look.tracer import Faces, Seen
from render.previz.solid import Solid

INK = 0.30  # how dark an outline is, as a share of what it covers
NOTHING = np.float32(1e30)  # depth of the sky
SKY = -(2**30)  # entity of the sky
SHADE = 0.12  # share of the key light that still reaches into a shadow
_DEPTH, _NORMAL, _BASE, _KEY = 0, 1, 4, 7  # columns of Layers.light


@dataclass
class Layers:
    """What every pixel shows.

    light float32[N, 10]: distance along the ray, normal towards the viewer, light that has no shadow, key light;
    entity int32[N]; group int32[N], equal within a plane of the set, and within a person; lit float32[N]: the
    share of the key light that arrives.
    """

    light: np.ndarray
    entity: np.ndarray
    group: np.ndarray
    lit: np.ndarray

    def copy(self) -> "Layers":
        return Layers(self.light.copy(), self.entity.copy(), self.group.copy(), self.lit.copy())


def packed(light: Light) -> tuple[np.ndarray, np.ndarray]:
    """A light as numbers: float32[26] (see ``_lit``) and its lamps, float32[L, 7]."""
    values = (light.key_to, light.key, light.above, light.below, light.window, light.horizon, light.zenith)
    flat = [number for value in values for number in value]
    numbers = np.array([*flat, light.haze, light.exposure], np.float32)
    lamps = [(*lamp.at, *lamp.colour, lamp.reach) for lamp in light.lamps]
    return numbers, np.array(lamps, np.float32).reshape(-1, 7)


def set_layers(face: np.ndarray, faces: Faces, solid: Solid, eye: np.ndarray, rays: np.ndarray, light: Light) -> Layers:
    """The set as seen: ``face`` int32[N] from rays float32[N, 3] out of ``eye``."""
    count = len(face)
    light_of, lit = np.empty((count, 10), np.float32), np.ones(count, np.float32)
    layers = Layers(light_of, np.empty(count, np.int32), np.empty(count, np.int32), lit)
    numbers, lamps = packed(light)
    _set(
        face, faces.normal, faces.offset, solid.colour, solid.shine, solid.glow, solid.entity,
        faces.plane, eye.astype(np.float32), rays, numbers, lamps, layers.light, layers.entity, layers.group,
    )  # fmt: skip
    return layers


def lay_over(layers: Layers, seen: Seen, solid: Solid, eye: np.ndarray, rays: np.ndarray, light: Light) -> np.ndarray:
    """Put people over the set where they are nearer; returns the pixels that they took, int64[N]."""
    numbers, lamps = packed(light)
    return _people(
        seen.pixels, seen.face, seen.u, seen.v, solid.vertices, solid.normals, solid.faces,
        solid.colour, solid.shine, solid.glow, solid.entity,
        eye.astype(np.float32), rays, numbers, lamps, layers.light, layers.entity, layers.group, layers.lit,
    )  # fmt: skip


def lit_points(layers: Layers, pixels: np.ndarray, eye: np.ndarray, rays: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of ``pixels`` that the key light could reach, and their places, float32[M, 3], a little off the surface."""
    return _points(pixels, eye.astype(np.float32), rays, layers.light, layers.entity, layers.lit)


# In single precision throughout: a plain 0.5 would carry every sum of the loop over to double.
_ZERO, _ONE, _HALF, _QUARTER = np.float32(0), np.float32(1), np.float32(0.5), np.float32(0.25)
_THREE_QUARTERS, _TINY = np.float32(0.75), np.float32(1e-6)
_FILL, _WRAP, _UNWRAPPED, _GLOSS = np.float32(0.18), np.float32(0.14), np.float32(0.86), np.float32(0.45)
_OFF = np.float32(0.005)  # metres off the surface, where a shadow ray starts
_OWN_GLOW, _WINDOW, _FAR = np.float32(2.6), np.float32(1.5), np.float32(1e6)


@compiled
def _lit(
    out: np.ndarray, row: int, x: float, y: float, z: float, nx: float, ny: float, nz: float,
    rx: float, ry: float, rz: float, red: float, green: float, blue: float, shine: Any, glow: Any,
    light: np.ndarray, lamps: np.ndarray,
) -> None:  # fmt: skip
    """Write the unshadowed light and the key light of one point into its row."""
    albedo = (red, green, blue)
    if glow > _ZERO:
        for channel in range(3):
            out[row, _BASE + channel] = light[12 + channel] if glow > _WINDOW else albedo[channel] * glow * _OWN_GLOW
            out[row, _KEY + channel] = _ZERO
        return
    upness = _HALF + _HALF * nz
    # A broad fill from the viewer keeps faces readable in the dark.
    fill = _FILL * max(-(nx * rx + ny * ry + nz * rz), _ZERO)
    for channel in range(3):
        above, below = light[6 + channel], light[9 + channel]
        out[row, _BASE + channel] = albedo[channel] * (below + (above - below) * upness + fill * above)
    for lamp in range(len(lamps)):
        wx, wy, wz = lamps[lamp, 0] - x, lamps[lamp, 1] - y, lamps[lamp, 2] - z
        square = wx * wx + wy * wy + wz * wz + _TINY
        facing = (nx * wx + ny * wy + nz * wz) / np.sqrt(square)
        reach = lamps[lamp, 6]
        strength = (_QUARTER + _THREE_QUARTERS * max(facing, _ZERO)) / (_ONE + square / (reach * reach))
        for channel in range(3):
            out[row, _BASE + channel] += albedo[channel] * lamps[lamp, 3 + channel] * strength
    tx, ty, tz = light[0], light[1], light[2]
    # A soft source reaches a little round the edge.
    wrapped = max((nx * tx + ny * ty + nz * tz) * _UNWRAPPED + _WRAP, _ZERO)
    gloss = _ZERO
    if shine > _ZERO:  # Blinn (1977)
        hx, hy, hz = tx - rx, ty - ry, tz - rz
        half = (nx * hx + ny * hy + nz * hz) / np.sqrt(hx * hx + hy * hy + hz * hz + _TINY)
        if half > _ZERO:
            eighth = half * half
            eighth *= eighth
            eighth *= eighth
            gloss = eighth * eighth * eighth * eighth * eighth * shine * _GLOSS
    for channel in range(3):
        out[row, _KEY + channel] = (albedo[channel] * wrapped + gloss) * light[3 + channel]


@compiled
def _set(
    face: np.ndarray, normals: np.ndarray, offsets: np.ndarray, colour: np.ndarray, shine: np.ndarray,
    glow: np.ndarray, entities: np.ndarray, plane: np.ndarray, eye: np.ndarray, rays: np.ndarray,
    light: np.ndarray, lamps: np.ndarray, out: np.ndarray, entity: np.ndarray, group: np.ndarray,
) -> None:  # fmt: skip
    for row in range(len(face)):
        f = face[row]
        rx, ry, rz = rays[row, 0], rays[row, 1], rays[row, 2]
        if f < 0:
            entity[row], group[row] = SKY, -1
            out[row, _DEPTH] = NOTHING
            for column in range(1, 10):
                out[row, column] = _ZERO
            continue
        nx, ny, nz = normals[f, 0], normals[f, 1], normals[f, 2]
        slope = nx * rx + ny * ry + nz * rz
        depth = (offsets[f] - (nx * eye[0] + ny * eye[1] + nz * eye[2])) / slope
        if not _ZERO < depth < _FAR:  # a plane seen edge on
            depth = _FAR
        if slope > _ZERO:
            nx, ny, nz = -nx, -ny, -nz
        out[row, _DEPTH] = depth
        out[row, 1], out[row, 2], out[row, 3] = nx, ny, nz
        entity[row], group[row] = entities[f], plane[f]
        _lit(
            out, row, eye[0] + rx * depth, eye[1] + ry * depth, eye[2] + rz * depth, nx, ny, nz, rx, ry, rz,
            colour[f, 0], colour[f, 1], colour[f, 2], shine[f], glow[f], light, lamps,
        )  # fmt: skip


@compiled
def _people(
    pixels: np.ndarray, face: np.ndarray, us: np.ndarray, vs: np.ndarray, vertices: np.ndarray,
    vertex_normals: np.ndarray, corners: np.ndarray, colour: np.ndarray, shine: np.ndarray, glow: np.ndarray,
    entities: np.ndarray, eye: np.ndarray, rays: np.ndarray, light: np.ndarray, lamps: np.ndarray,
    out: np.ndarray, entity: np.ndarray, group: np.ndarray, lit: np.ndarray,
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
        depth = np.sqrt((x - eye[0]) ** 2 + (y - eye[1]) ** 2 + (z - eye[2]) ** 2)
        if depth >= out[row, _DEPTH]:
            continue
        nx = vertex_normals[a, 0] * w + vertex_normals[b, 0] * u + vertex_normals[c, 0] * v
        ny = vertex_normals[a, 1] * w + vertex_normals[b, 1] * u + vertex_normals[c, 1] * v
        nz = vertex_normals[a, 2] * w + vertex_normals[b, 2] * u + vertex_normals[c, 2] * v
        length = np.sqrt(nx * nx + ny * ny + nz * nz + _TINY)
        rx, ry, rz = rays[row, 0], rays[row, 1], rays[row, 2]
        if nx * rx + ny * ry + nz * rz > _ZERO:
            length = -length
        nx, ny, nz = nx / length, ny / length, nz / length
        out[row, _DEPTH] = depth
        out[row, 1], out[row, 2], out[row, 3] = nx, ny, nz
        entity[row], group[row] = entities[f], -2 - entities[f]
        lit[row] = _ONE
        _lit(
            out, row, x, y, z, nx, ny, nz, rx, ry, rz,
            colour[f, 0], colour[f, 1], colour[f, 2], shine[f], glow[f], light, lamps,
        )  # fmt: skip
        taken[count] = row
        count += 1
    return taken[:count]


@compiled
def _points(
    pixels: np.ndarray, eye: np.ndarray, rays: np.ndarray, light: np.ndarray, entity: np.ndarray, lit: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    chosen = np.empty(len(pixels), np.int64)
    points = np.empty((len(pixels), 3), np.float32)
    count = 0
    for index in range(len(pixels)):
        row = pixels[index]
        key = max(light[row, _KEY], light[row, _KEY + 1], light[row, _KEY + 2])
        if entity[row] == SKY or key <= 0.004 or lit[row] <= 0.5:
            continue
        chosen[count] = row
        for axis in range(3):
            points[count, axis] = eye[axis] + rays[row, axis] * light[row, _DEPTH] + light[row, _NORMAL + axis] * _OFF
        count += 1
    return chosen[:count], points[:count]


def developed(layers: Layers, rays: np.ndarray, light: Light, width: int, height: int) -> np.ndarray:
    """Light → sRGB uint8[H, W, 3]: haze, sky, outlines, a soft shoulder, gamma, edges smoothed.

    The curve is Hable's (2010) in Narkowicz's fit to ACES (2015), which keeps colours when they get bright.
    """
    import cv2

    ink = _ink(layers.light.reshape(height, width, 10), layers.entity.reshape(height, width))
    picture = np.empty((height, width, 3), np.uint8)
    numbers, _ = packed(light)
    _develop(layers.light, layers.entity, layers.lit, rays, ink.reshape(-1), numbers, _GAMMA, picture.reshape(-1, 3))
    soft = cv2.GaussianBlur(picture, (3, 3), 0.7)
    _soften(picture, soft, ink)
    return picture


_DISTANT, _BEND, _BENT, _NEAR = (np.float32(x) for x in (1e4, 0.035, 14.0, 26.0))
_CREASE, _CREASED, _BORDER = (np.float32(x) for x in (0.55, 1.1, 0.85))


@compiled
def _ink(light: np.ndarray, entity: np.ndarray) -> np.ndarray:
    """How much ink covers each pixel, float32[H, W] 0 … 1: from edges of entity, depth and normal."""
    height, width = entity.shape
    ink = np.zeros((height, width), np.float32)
    nearness = np.empty((height, width), np.float32)
    for y in range(height):
        for x in range(width):
            nearness[y, x] = _ONE / min(light[y, x, 0], _DISTANT)
    for y in range(height):
        for x in range(width):
            here = nearness[y, x]
            most = _ZERO
            for axis in range(2):
                if axis == 0:
                    if y == 0 or y == height - 1:
                        continue
                    ay, ax, by, bx = y - 1, x, y + 1, x
                else:
                    if x == 0 or x == width - 1:
                        continue
                    ay, ax, by, bx = y, x - 1, y, x + 1
                # A plane is linear in inverse depth: its second difference is nought.
                bend = abs(nearness[ay, ax] - here - here + nearness[by, bx]) - _BEND * here
                edge = min(max(bend * _BENT / here, _ZERO), _ONE) if bend > _ZERO else _ZERO
                facing = _ZERO
                for k in range(1, 4):
                    facing += light[ay, ax, k] * light[by, bx, k]
                edge = max(edge, min((_CREASE - facing) * _CREASED, _CREASE))
                if entity[ay, ax] != entity[y, x]:
                    edge = max(edge, _BORDER)
                most = max(most, edge)
            ink[y, x] = most * min(max(here * _NEAR, _QUARTER), _ONE)  # thin lines in the distance
    return ink


_EXPOSURE, _RISE, _SUN, _HAZED, _STEPS = (np.float32(x) for x in (0.72, 0.55, 0.22, 400.0, 4095.0))
_A, _B, _C, _D, _E = (np.float32(x) for x in (2.51, 0.03, 2.43, 0.59, 0.14))
_COVER = np.float32(1.0 - INK)
_CHROMA = np.float32(0.78)  # the curve makes colours louder than paint and cloth are
_WEIGHT_R, _WEIGHT_G, _WEIGHT_B = (np.float32(x) for x in (0.2126, 0.7152, 0.0722))


@compiled
def _develop(
    light: np.ndarray, entity: np.ndarray, lit: np.ndarray, rays: np.ndarray, ink: np.ndarray,
    numbers: np.ndarray, gamma: np.ndarray, picture: np.ndarray,
) -> None:  # fmt: skip
    haze, exposure = numbers[21], _EXPOSURE * numbers[22]
    for row in range(len(entity)):
        share, glow = _ZERO, _ZERO
        missed = entity[row] == SKY
        if missed:
            share = min(max(rays[row, 2], _ZERO), _ONE) ** _RISE
            toward = rays[row, 0] * numbers[0] + rays[row, 1] * numbers[1] + rays[row, 2] * numbers[2]
            if toward > _ZERO:
                cube = toward * toward * toward
                cube *= cube
                cube *= cube
                glow = _SUN * cube * cube
        elif haze > _ZERO:
            share = _ONE - np.exp(-haze * min(light[row, _DEPTH], _HAZED))
        dark = _ONE - _COVER * ink[row]
        red, green, blue = _ZERO, _ZERO, _ZERO
        for channel in range(3):
            horizon = numbers[15 + channel]
            if missed:
                value = horizon + (numbers[18 + channel] - horizon) * share + numbers[3 + channel] * glow
            else:
                value = light[row, _BASE + channel] + light[row, _KEY + channel] * lit[row]
                value += (horizon - value) * share
            x = value * exposure
            mapped = min(max(x * (_A * x + _B) / (x * (_C * x + _D) + _E), _ZERO), _ONE)
            if channel == 0:
                red = mapped
            elif channel == 1:
                green = mapped
            else:
                blue = mapped
        grey = _WEIGHT_R * red + _WEIGHT_G * green + _WEIGHT_B * blue
        picture[row, 0] = np.uint8(gamma[int((grey + (red - grey) * _CHROMA) * _STEPS)] * dark)
        picture[row, 1] = np.uint8(gamma[int((grey + (green - grey) * _CHROMA) * _STEPS)] * dark)
        picture[row, 2] = np.uint8(gamma[int((grey + (blue - grey) * _CHROMA) * _STEPS)] * dark)


@compiled
def _soften(picture: np.ndarray, soft: np.ndarray, ink: np.ndarray) -> None:
    height, width = ink.shape
    for y in range(height):
        for x in range(width):
            up, left = max(y - 1, 0), max(x - 1, 0)
            if ink[y, x] > 0.15 or ink[up, x] > 0.15 or ink[y, left] > 0.15 or ink[up, left] > 0.15:
                for channel in range(3):
                    picture[y, x, channel] = soft[y, x, channel]


def _gamma() -> np.ndarray:
    """Linear 0 … 4095 → sRGB 0 … 255 (IEC 61966-2-1), float32[4096]."""
    linear = np.arange(4096) / 4095
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return (srgb * 255).astype(np.float32)


_GAMMA = _gamma()
