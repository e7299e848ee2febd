"""A set as time of day and weather have it: lamps on or off, windows lit, snow lying, ground wet, sun on the floor."""

from dataclasses import replace

import numpy as np

from render.previz.colours import linear
from render.previz.look.light import DARK, Light, light_for
from render.previz.sets.builder import blot, paint
from render.previz.sets.design import CLOUD, GROUND, HOMELY, PRACTICAL, VISTA, SetDesign
from render.previz.sets.shell import Face
from render.previz.solid import Solid, join
from storyboard.screenplay import TimeOfDay

_EMITTED = 2.6  # how much brighter than its colour a glow of 1 is drawn
_SNOW = np.array((0.80, 0.83, 0.88), np.float32)
_WET = ("rain", "storm")
_DAYLIGHT = {  # how bright the world outside a window is, as a share of full day
    TimeOfDay.DAWN: 0.55,
    TimeOfDay.MORNING: 0.9,
    TimeOfDay.DAY: 1.0,
    TimeOfDay.AFTERNOON: 0.92,
    TimeOfDay.SUNSET: 0.5,
    TimeOfDay.DUSK: 0.2,
    TimeOfDay.EVENING: 0.13,
    TimeOfDay.NIGHT: 0.045,
}


def lamps_burn(design: SetDesign, time: TimeOfDay, weather: str) -> bool:
    """Whether somebody would have put the lights on."""
    gloomy = weather == "storm" and not design.inside
    return design.always_lit or time in DARK or gloomy or (design.inside and not design.windows)


def lit_set(design: SetDesign, time: TimeOfDay, weather: str) -> SetDesign:
    """The set at this time in this weather. Its pieces keep their places and their order."""
    light = light_for(time, weather, design)
    weather = "" if design.airless else weather
    burn = lamps_burn(design, time, weather)
    out = "" if design.inside else weather

    def at_hour(solid: Solid, *, floor: bool) -> Solid:
        return _weathered(_settled(solid, light, time, weather, burn=burn), out, floor=floor)

    floor = [at_hour(design.floor, floor=True)]
    if out in _WET:
        floor.append(_puddles(design))
    if design.inside and time not in DARK and not weather:
        floor += _sunlight(design, light)
    return replace(
        design,
        floor=join(floor),
        pieces=tuple(replace(piece, solid=at_hour(piece.solid, floor=False)) for piece in design.pieces),
        ceiling=None if design.ceiling is None else at_hour(design.ceiling, floor=False),
        lamps=design.lamps if burn else (),
    )


def _settled(solid: Solid, light: Light, time: TimeOfDay, weather: str, *, burn: bool) -> Solid:
    """Glows that follow the hour become plain ones."""
    glow, colour, shine = solid.glow.copy(), solid.colour.copy(), solid.shine.copy()
    if not (glow > 2.5).any():
        return solid
    dark = time in DARK
    lamps = glow == PRACTICAL
    glow[lamps] = 0.5 if burn else 0.0
    homes = glow == HOMELY
    glow[homes] = 0.0
    if dark:
        colour[homes], glow[homes] = linear("#ffc069"), 0.36
    vista = solid.glow == VISTA
    if vista.any():
        share = _DAYLIGHT[time] * (0.7 if weather else 1.0)
        veil = {"fog": 0.8, "snow": 0.45, "rain": 0.3, "storm": 0.35}.get(weather, 0.12)
        seen = colour[vista] * 1.25 * share
        colour[vista] = seen + (np.asarray(light.window) - seen) * veil
        glow[vista] = 1.0 / _EMITTED
    clouds = solid.glow == CLOUD
    if clouds.any() and weather:  # one grey: nothing of them is to be seen
        hidden = solid.vertices.copy()
        hidden[np.unique(solid.faces[clouds]), 2] = -900.0
        solid = replace(solid, vertices=hidden)
    elif clouds.any():
        horizon, zenith = np.asarray(light.horizon), np.asarray(light.zenith)
        tint = 0.75 * horizon + 0.25 * zenith + (0.0 if dark else 0.12)
        colour[clouds], glow[clouds] = tint, 1.0 / _EMITTED
    return replace(solid, glow=glow, colour=colour.astype(np.float32), shine=shine)


def _weathered(solid: Solid, weather: str, *, floor: bool) -> Solid:
    """Snow lies on what looks up, and rain darkens it and makes it shine."""
    if weather not in (*_WET, "snow"):
        return solid
    corners = solid.vertices[solid.faces]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    up = across[:, 2] / np.maximum(np.linalg.norm(across, axis=1), 1e-12)
    plain = solid.glow <= 0
    water = (solid.shine >= 0.45) & (corners[..., 2].max(axis=1) < -0.25)
    if weather == "snow":
        share = np.clip((up - 0.3) / 0.4, 0, 1) * (0.94 if floor else 0.9) * plain * ~water
        colour = solid.colour + (_SNOW - solid.colour) * share[:, None]
        return replace(
            solid, colour=colour.astype(np.float32), part=np.where(share > 0.5, 0, solid.part).astype(np.int32)
        )
    wet = (up > 0.6) & plain & ~water
    colour = solid.colour * np.where(wet, 0.62, 0.85 if floor else 0.92)[:, None]
    shine = np.where(wet, np.maximum(solid.shine, 0.75), solid.shine)
    return replace(solid, colour=colour.astype(np.float32), shine=shine.astype(np.float32))


def _puddles(design: SetDesign) -> Solid:
    """Water that stands on level ground and shows the sky; where it stands follows from the set alone."""
    chance = np.random.default_rng(len(design.floor.vertices))
    found = []
    heights = design.floor.vertices[np.abs(design.floor.vertices[:, 2]) < 0.3, 2]
    level = float(heights.max()) + 0.004 if len(heights) else 0.0
    for k in range(26):
        x, y = float(chance.uniform(-10, 10)), float(chance.uniform(-8, 8))
        r = float(chance.uniform(0.2, 0.75))
        if design.room(x, y) > 0.3 and _hard(design.floor, x, y):
            look = replace(paint("#b9c6d4", 0.95), colour=(0.15, 0.18, 0.215))
            found.append(
                blot(
                    x,
                    y,
                    r,
                    0.5 * r,
                    level + 0.0004 * k,
                    look,
                    float(chance.uniform(-0.3, 0.3)),
                    corners=12,
                    chance=chance,
                )
            )
    return join(found) if found else blot(0, 0, 0.01, 0.01, -0.3, paint("#888888"))


def _hard(floor: Solid, x: float, y: float) -> bool:
    """Whether level ground lies at a point that water stands on: not grass."""
    corners = floor.vertices[floor.faces]
    level = np.abs(corners[..., 2]).max(axis=1) < 0.3
    flat, green = corners[level][..., :2], floor.colour[level]
    a, b, c = flat[:, 0], flat[:, 1], flat[:, 2]
    p = np.array((x, y))

    def side(s: np.ndarray, e: np.ndarray) -> np.ndarray:
        return (e[:, 0] - s[:, 0]) * (p[1] - s[:, 1]) - (e[:, 1] - s[:, 1]) * (p[0] - s[:, 0])

    signs = np.stack([side(a, b), side(b, c), side(c, a)])
    under = (signs >= -1e-9).all(axis=0) | (signs <= 1e-9).all(axis=0)
    if not under.any():
        return False
    red, tall, blue = green[np.flatnonzero(under)[-1]]
    return bool(tall < 1.05 * red or tall < 1.05 * blue)


def _sunlight(design: SetDesign, light: Light) -> list[Solid]:
    """What the sun draws on the floor through the windows: the floor's own faces there, brighter."""
    sun = np.asarray(light.sun)
    found: list[Solid] = []
    for window in design.windows:
        wall = design.walls[window.wall]
        face = Face(wall)
        into = -float(sun[:2] @ np.array(wall.normal))  # the sun stands outside this wall
        if into < 0.12:
            continue
        w, h = window.size[0] / 2 - 0.04, window.size[1] / 2 - 0.04
        for low, high in ((-h, -0.03), (0.03, h)):
            for left, right in ((-w, -0.03), (0.03, w)):
                corners = np.array(
                    [
                        face.at(window.along + u, window.height + v, -0.06)
                        for u, v in ((left, low), (right, low), (right, high), (left, high))
                    ]
                )
                fallen = corners - sun * (corners[:, 2] / sun[2])[:, None]
                found += _brightened(design, fallen[:, :2])
    return found


def _brightened(design: SetDesign, patch: np.ndarray) -> list[Solid]:
    """The floor within a convex polygon float[N, 2], in a brighter finish."""
    from render.previz.colours import Finish
    from render.previz.sets.builder import sheet

    floor = design.floor
    corners = floor.vertices[floor.faces]
    level = corners[..., 2].max(axis=1) - corners[..., 2].min(axis=1) < 1e-4
    level &= np.abs(corners[..., 2]).max(axis=1) < 0.05
    found = []
    low, high = patch.min(axis=0), patch.max(axis=0)
    near = (corners[..., :2].max(axis=1) > low).all(axis=1) & (corners[..., :2].min(axis=1) < high).all(axis=1)
    for index in np.flatnonzero(level & near):
        triangle = corners[index][:, :2]
        cut = _clip(patch, triangle)
        if len(cut) >= 3:
            r, g, b = (
                float(min(1.9 * c + 0.05 * k, 1.6)) for c, k in zip(floor.colour[index], (1.4, 1.1, 0.6), strict=True)
            )
            z = float(corners[index, :, 2].max()) + 0.0015
            found.append(
                sheet(
                    np.column_stack([cut, np.full(len(cut), z)]),
                    Finish((r, g, b), float(floor.shine[index]), part=int(floor.part[index])),
                    GROUND,
                )
            )
    return found


def _clip(shape: np.ndarray, triangle: np.ndarray) -> np.ndarray:
    """The part of a convex polygon within a triangle (Sutherland and Hodgman 1974)."""
    (ax, ay), (bx, by), (cx, cy) = triangle
    ring = triangle if (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0 else triangle[::-1]
    points = list(shape)
    for start, end in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        way = end - start
        kept: list[np.ndarray] = []
        for k, here in enumerate(points):
            last = points[k - 1]
            inner, before = (way[0] * (p[1] - start[1]) - way[1] * (p[0] - start[0]) for p in (here, last))
            if (inner >= 0) != (before >= 0):
                kept.append(last + (here - last) * (before / (before - inner)))
            if inner >= 0:
                kept.append(here)
        points = kept
        if not points:
            break
    return np.array(points).reshape(-1, 2)
