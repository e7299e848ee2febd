"""Light from time of day, weather, and the set: its windows by day and its lamps by night."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from render.previz.colours import linear
from storyboard.screenplay import TimeOfDay

if TYPE_CHECKING:
    from render.previz.sets.design import SetDesign

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Lamp:
    """A point light: place in metres, linear colour times strength, and the distance at which it is halved."""

    at: Triple
    colour: Triple
    reach: float = 2.0


@dataclass(frozen=True)
class Light:
    """How a scene is lit. Colours are linear RGB."""

    key_to: Triple  # unit vector towards the key light
    key: Triple
    above: Triple  # ambient from above and from below
    below: Triple
    zenith: Triple
    horizon: Triple
    haze: float  # share of the horizon's colour gained a metre
    window: Triple = (1.0, 1.0, 1.0)
    lamps: tuple[Lamp, ...] = ()
    exposure: float = 1.0
    sun: Triple = (0.0, 0.0, 1.0)  # unit vector towards the sun or the moon itself


_STAGED = 24.0  # degrees: the sun stands no lower for a room
OFF_SET = (0.006, 0.006, 0.008)
"""What lies beyond a wild wall that was taken out: a dark studio."""
DARK = frozenset({TimeOfDay.DUSK, TimeOfDay.EVENING, TimeOfDay.NIGHT})
"""When lamps are lit."""


def _towards(azimuth: float, elevation: float) -> Triple:
    a, e = np.radians(azimuth), np.radians(elevation)
    return float(np.cos(e) * np.cos(a)), float(np.cos(e) * np.sin(a)), float(np.sin(e))


def _rgb(text: str, gain: float = 1.0) -> Triple:
    red, green, blue = linear(text) * gain
    return float(red), float(green), float(blue)


def _times(colour: Triple, gain: float) -> Triple:
    return colour[0] * gain, colour[1] * gain, colour[2] * gain


# Azimuth in degrees from east (+x) through north (+y), where the usual camera stands in the south: the sun rises in
# the south-east, is highest in the south, behind that camera, and sets in the south-west.
# time: azimuth and elevation, key colour and gain, ambient above and below, zenith, horizon
_SKIES: dict[TimeOfDay, tuple[float, float, str, float, str, str, str, str]] = {
    TimeOfDay.DAWN: (-32, 9, "#ffbf92", 1.55, "#8493b8", "#6d5c5a", "#6b83ad", "#f6c9a8"),
    TimeOfDay.MORNING: (-52, 27, "#ffe4ba", 2.1, "#9db6d6", "#7d7466", "#5a92c8", "#cfe0ec"),
    TimeOfDay.DAY: (-108, 56, "#fff3dc", 2.3, "#a9c4e2", "#857d6e", "#3f80c2", "#b5d3ec"),
    TimeOfDay.AFTERNOON: (-132, 35, "#ffe7ba", 2.3, "#a5bcdc", "#8a7c68", "#5a90c4", "#e2e4dc"),
    TimeOfDay.SUNSET: (-148, 8, "#ff9e56", 1.85, "#8a8fb4", "#6d5650", "#5c6fa0", "#f8a767"),
    TimeOfDay.DUSK: (-152, 16, "#b9a6d8", 0.7, "#6f82b2", "#484453", "#33476f", "#c98f84"),
    TimeOfDay.EVENING: (-152, 18, "#b8a2b0", 0.6, "#5f719f", "#40405a", "#26396a", "#9d7f86"),
    TimeOfDay.NIGHT: (-128, 44, "#a3b9dc", 0.72, "#5d6e98", "#333850", "#0a1229", "#2b3c62"),
}
# weather: what is left of the key, gain of the ambient, haze, how grey the sky is, how bright it is
_WEATHERS: dict[str, tuple[float, float, float, float, float]] = {
    "rain": (0.34, 0.95, 0.014, 0.8, 0.68),
    "storm": (0.3, 0.84, 0.016, 0.85, 0.5),
    "snow": (0.42, 1.0, 0.022, 0.75, 0.9),
    "fog": (0.3, 1.05, 0.055, 0.9, 1.12),
}


def sun_at(time: TimeOfDay) -> Triple:
    """The unit vector towards the sun, or by night the moon."""
    return _towards(*_SKIES[time][:2])


def light_for(time: TimeOfDay, weather: str, design: "SetDesign") -> Light:
    """The light of a scene in a set, its lamps as they burn in it."""
    azimuth, elevation, key, gain, above, below, zenith, horizon = _SKIES[time]
    sun = _towards(azimuth, elevation)
    light = Light(
        key_to=sun,
        key=_rgb(key, gain),
        above=_rgb(above, 0.95),
        below=_rgb(below, 0.55),
        zenith=_rgb(zenith),
        horizon=_rgb(horizon),
        haze=0.0032,
        lamps=design.lamps,
        sun=sun,
    )
    if time is TimeOfDay.NIGHT:
        light = replace(light, exposure=1.35)
    elif time not in DARK:
        light = replace(light, exposure=0.86)
    if design.airless and not design.inside:
        return _airless(light)
    light = _weathered(light, weather)
    light = replace(light, window=_times(light.horizon, 1.35))
    return _indoors(light, design, time, weather) if design.inside else light


def _weathered(light: Light, weather: str) -> Light:
    """Overcast: a weak key, a flat grey sky, and air that hides what is far."""
    if weather not in _WEATHERS:
        return light
    left, ambient, haze, grey, bright = _WEATHERS[weather]

    def veiled(colour: Triple, level: float) -> Triple:
        red, green, blue = (float(bright * ((1 - grey) * c + grey * level)) for c in colour)
        return red, green, blue

    level = 0.55 * float(np.mean(light.horizon)) + 0.45 * float(np.mean(light.zenith))
    low, high = veiled(light.horizon, level), veiled(light.zenith, level)
    if weather in ("fog", "snow"):
        high = _times(low, 0.94)
    return replace(
        light,
        key=_times(light.key, left),
        above=_times(light.above, ambient * 1.12),
        below=_times(light.below, ambient),
        horizon=low,
        zenith=high,
        haze=haze,
    )


def _airless(light: Light) -> Light:
    """In space: a hard white sun, and black."""
    black = (0.0015, 0.0015, 0.003)
    return replace(
        light,
        key_to=_towards(-118, 34),
        key=_rgb("#fff8ee", 2.7),
        above=_rgb("#6a7a9c", 0.5),
        below=_rgb("#7a88a0", 0.6),
        zenith=black,
        horizon=black,
        haze=0.0,
        exposure=1.0,
    )


def _indoors(light: Light, design: "SetDesign", time: TimeOfDay, weather: str) -> Light:
    """In a room: daylight from its windows, or its lamps."""
    azimuth, elevation = _SKIES[time][:2]
    # A low sun is raised, so that it falls on the floor of the room and not on the wall across.
    sun = _towards(azimuth, max(elevation, _STAGED))
    off = replace(light, zenith=OFF_SET, horizon=OFF_SET, haze=0.0, sun=sun)
    burning = design.always_lit or time in DARK or not design.windows
    if burning:
        night = time in DARK
        main = max(design.lamps, key=lambda lamp: sum(lamp.colour), default=None)
        tint = np.array(main.colour) / max(main.colour) if main else np.array((1.0, 0.93, 0.85))
        red, green, blue = (float(c) for c in 0.85 * (0.55 * tint + 0.45))
        cool = _rgb("#76809c", 0.5 if night else 0.75)
        return replace(
            off,
            key_to=_lamp_key(design),
            key=(red, green, blue),
            above=cool,
            below=_rgb("#5a4d46", 0.62),
            exposure=1.18,
        )
    low = time in (TimeOfDay.DAWN, TimeOfDay.SUNSET)
    dull = {"rain": 0.72, "storm": 0.55, "fog": 0.8, "snow": 0.9}.get(weather, 1.0)
    enters = _sun_enters(sun, design)
    colour = _rgb("#ffcf9c", 1.75) if low and enters else _rgb("#fff0d8", 1.8 if enters else 1.45)
    if low and not enters:
        colour = _rgb("#e8d2cc", 1.25)
    return replace(
        off,
        key_to=sun if enters else _window_key(sun, design),
        key=_times(colour, dull),
        above=_rgb("#b9c2c8" if not low else "#a8a0a8", 0.98 * dull),
        below=_rgb("#a8987f", 0.86 * dull),
        exposure=0.92,
    )


def _lamp_key(design: "SetDesign") -> Triple:
    """Towards the strongest lamp from where people act, not lower than their brows, not straight above."""
    if not design.lamps:
        return _towards(-110, 50)
    main = max(design.lamps, key=lambda lamp: sum(lamp.colour) / (1 + float(np.hypot(*lamp.at[:2]))))
    x, y, z = main.at
    away = float(np.hypot(x, y))
    azimuth = float(np.degrees(np.arctan2(y, x))) if away > 0.25 else -110.0
    if abs(azimuth - 90) < 45:  # from behind everybody, seen from the usual camera: rather from beside
        azimuth = 42.0 if x >= 0 else 138.0
    return _towards(azimuth, float(np.clip(np.degrees(np.arctan2(z - 1.2, max(away, 0.1))), 36, 58)))


def _sun_enters(sun: Triple, design: "SetDesign") -> bool:
    walls = {window.wall for window in design.windows}
    return any(-(sun[0] * design.walls[w].normal[0] + sun[1] * design.walls[w].normal[1]) > 0.3 for w in walls)


def _window_key(sun: Triple, design: "SetDesign") -> Triple:
    """From the windows: those that the sun is nearest to, a little towards the usual camera."""
    outs = [
        (-design.walls[w].normal[0], -design.walls[w].normal[1]) for w in {window.wall for window in design.windows}
    ]
    out = max(sorted(outs), key=lambda o: o[0] * sun[0] + o[1] * sun[1])
    return _towards(float(np.degrees(np.arctan2(out[1] - 0.75, out[0]))), 46.0)
