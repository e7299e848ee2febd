"""Light from time of day, weather and whether a roof is overhead."""

from dataclasses import dataclass, replace

import numpy as np

from render.previz.colours import linear
from storyboard.screenplay import TimeOfDay


@dataclass(frozen=True)
class Lamp:
    """A point light: place in metres, linear colour times strength, and the distance at which it is halved."""

    at: tuple[float, float, float]
    colour: tuple[float, float, float]
    reach: float = 2.0


@dataclass(frozen=True)
class Light:
    """How a scene is lit. Colours are linear RGB."""

    key_to: tuple[float, float, float]  # unit vector towards the key light
    key: tuple[float, float, float]
    above: tuple[float, float, float]  # ambient from above and from below
    below: tuple[float, float, float]
    zenith: tuple[float, float, float]
    horizon: tuple[float, float, float]
    haze: float  # share of the horizon's colour gained a metre
    window: tuple[float, float, float] = (1.0, 1.0, 1.0)
    lamps: tuple[Lamp, ...] = ()
    exposure: float = 1.0


OFF_SET = (0.006, 0.006, 0.008)
"""What lies beyond a wild wall that was taken out: a dark studio."""


def _sun(azimuth: float, elevation: float) -> tuple[float, float, float]:
    a, e = np.radians(azimuth), np.radians(elevation)
    return float(np.cos(e) * np.cos(a)), float(np.cos(e) * np.sin(a)), float(np.sin(e))


def _rgb(text: str, gain: float = 1.0) -> tuple[float, float, float]:
    red, green, blue = linear(text) * gain
    return float(red), float(green), float(blue)


# time: sun azimuth and elevation, key colour and gain, ambient above and below, zenith, horizon
_SKIES: dict[TimeOfDay, tuple[float, float, str, float, str, str, str, str]] = {
    TimeOfDay.DAWN: (200, 11, "#ffc79a", 1.55, "#7f90b8", "#6a5a58", "#6d86ad", "#f3c7a6"),
    TimeOfDay.MORNING: (215, 28, "#ffe6bf", 2.1, "#9db6d6", "#7d7466", "#6c9ccb", "#dfe7ea"),
    TimeOfDay.DAY: (235, 50, "#fff3dc", 2.5, "#a9c4e2", "#8a8272", "#4f8cc6", "#cfe2ee"),
    TimeOfDay.AFTERNOON: (305, 36, "#ffe9c0", 2.35, "#a5bcdc", "#8a7c68", "#5a90c4", "#dfe3df"),
    TimeOfDay.SUNSET: (330, 8, "#ffa45e", 1.8, "#8a8fb4", "#6d5650", "#5c6fa0", "#f5a66a"),
    TimeOfDay.DUSK: (335, 14, "#b9a6d8", 0.75, "#6a7fae", "#46424f", "#33476f", "#c58f86"),
    TimeOfDay.EVENING: (335, 16, "#c9a58c", 0.8, "#62749f", "#453f47", "#2e4068", "#b98a78"),
    TimeOfDay.NIGHT: (225, 42, "#a3b9dc", 0.75, "#51618a", "#2b3044", "#0d1630", "#2a3a5e"),
}


def light_for(time: TimeOfDay, weather: str, *, inside: bool) -> Light:
    """The light of a scene."""
    azimuth, elevation, key, gain, above, below, zenith, horizon = _SKIES[time]
    light = Light(
        key_to=_sun(azimuth, elevation),
        key=_rgb(key, gain),
        above=_rgb(above, 0.95),
        below=_rgb(below, 0.55),
        zenith=_rgb(zenith),
        horizon=_rgb(horizon),
        haze=0.004,
        window=_rgb(horizon, 1.5),
    )
    dark = time in (TimeOfDay.NIGHT, TimeOfDay.DUSK, TimeOfDay.EVENING)
    if inside:
        stage = _indoors(light, dark=dark, dawn=time in (TimeOfDay.DAWN, TimeOfDay.SUNSET))
        return replace(stage, zenith=OFF_SET, horizon=OFF_SET)
    if time is TimeOfDay.NIGHT:
        light = replace(light, exposure=1.7)
    return _weathered(light, weather)


def _indoors(light: Light, *, dark: bool, dawn: bool) -> Light:
    if dark:
        return replace(
            light,
            key_to=_sun(250, 48),
            key=_rgb("#ffeedd", 0.85),
            above=_rgb("#76809c", 0.55),
            below=_rgb("#463c3a", 0.5),
            window=_rgb("#2a3550", 0.8),
            haze=0.0,
            lamps=(Lamp((0.4, 0.9, 2.25), _rgb("#ffe4c6", 1.15), 2.4),),
            exposure=1.15,
        )
    key = _rgb("#ffd2a6", 1.7) if dawn else _rgb("#fff0d8", 1.9)
    return replace(light, key_to=_sun(245, 44), key=key, haze=0.0, exposure=1.0)


def _weathered(light: Light, weather: str) -> Light:
    if not weather:
        return light
    grey = np.array(light.horizon).mean()
    flat = tuple(float(0.35 * c + 0.65 * grey) for c in light.horizon)
    dim = tuple(0.55 * c for c in light.key)
    haze = {"fog": 0.06, "mist": 0.045, "snow": 0.02, "storm": 0.012, "rain": 0.014}.get(weather, 0.01)
    top = tuple(float(0.4 * c + 0.4 * grey) for c in light.zenith)
    return replace(light, key=dim, horizon=flat, zenith=top, haze=haze)  # type: ignore[arg-type]
