"""What gives light: lanterns, lamps, candles, torches, matches, bulbs, fires."""

import numpy as np

from render.previz.colours import Finish, shade
from render.previz.figures.things.making import BRASS, DARK, FLAME, STEEL, Making
from render.previz.solid import Solid


def _glass(m: Making, names: str, dark: str, bright: tuple[float, float, float] = (0.95, 0.62, 0.22)) -> Finish:
    """A glass that shines where the prop is lit."""
    glass = m.part(names, dark)
    return Finish(bright, 0.5, 1.0, part=glass.part) if m.lit else Finish(glass.colour, 0.5, 0.0, part=glass.part)


def _flame(m: Making, x: float, y: float, z: float, by: float = 1.0) -> Solid:
    rows = [(0, 0.003), (0.008, 0.008), (0.02, 0.009), (0.035, 0.005), (0.05, 0.0008)]
    part = m.part("flame", FLAME).part
    return m.turned([(z + by * h, by * r) for h, r in rows], Finish(FLAME.colour, 0.0, 1.0, part=part), (x, y), 8)


def lantern(m: Making) -> list[Solid]:
    """A storm lantern: a base, a glass between bars, a cap and a handle."""
    metal = m.main("#b5892f", "frame base metal", "glass light flame globe")
    glass = _glass(m, "glass light flame globe", "#3a4248")
    turns = np.linspace(0.4, 6.68, 4, endpoint=False)
    posts = [(0.062 * float(np.cos(a)), 0.062 * float(np.sin(a))) for a in turns]
    return [
        m.turned([(0, 0.084), (0.006, 0.088), (0.05, 0.076), (0.055, 0.066), (0.075, 0.064)], metal, detail=18),
        m.ball((0.055, 0.055, 0.085), (0, 0, 0.155), glass, 12),
        m.turned(
            [(0.24, 0.078), (0.248, 0.076), (0.285, 0.03), (0.30, 0.028), (0.315, 0.024), (0.322, 0.008)],
            metal,
            detail=18,
        ),
        *(m.tube((x, y, 0.07), (x, y, 0.245), 0.006, metal, detail=6) for x, y in posts),
        m.arc((0, 0, 0.285), (0.076, 0.10), 0.005, metal, points=11),
    ]


def tablelamp(m: Making) -> list[Solid]:
    """A lamp with a shade; a floor lamp stands, a desk lamp bends."""
    base = m.main("#6f5a3c", "base stand", "shade glass light bulb")
    cover = m.part("shade cover", "#d8c79c")
    cover = Finish((0.96, 0.80, 0.48), 0.0, 1.0, part=cover.part) if m.lit else cover
    if m.says("desk lamp", "reading lamp"):
        metal = m.main("#2f5a41", "base stand shade", "light bulb")
        return [
            m.turned([(0, 0.075), (0.012, 0.075), (0.02, 0.05)], metal),
            m.tube((0, 0, 0.02), (-0.08, 0, 0.24), 0.008, STEEL, detail=6),
            m.tube((-0.08, 0, 0.24), (0.08, 0, 0.40), 0.008, STEEL, detail=6),
            m.tube((0.06, 0, 0.41), (0.14, 0, 0.33), 0.022, metal, 0.075, 14),
            m.ball(0.05, (0.135, 0, 0.335), _glass(m, "light bulb glass", "#e6e2d0", (1.0, 0.85, 0.55)), 8),
        ]
    if m.says("lava"):
        glass = _glass(m, "glass light lava", "#a83a5c", (0.95, 0.25, 0.30))
        return [
            m.turned([(0, 0.06), (0.09, 0.035), (0.10, 0.045)], base),
            m.turned([(0.10, 0.045), (0.18, 0.055), (0.33, 0.03)], glass),
            m.turned([(0.33, 0.03), (0.37, 0.022)], base),
        ]
    tall = 1.55 if m.says("floor lamp", "standard lamp") else 0.42
    wide = 1.5 if tall > 1 else 1.0
    foot = [(0, 0.14 if tall > 1 else 0.075), (0.02, 0.13 if tall > 1 else 0.07), (0.03, 0.014)]
    if tall < 1:
        foot += [(0.06, 0.03), (0.12, 0.06), (0.18, 0.045), (0.22, 0.014)]
    return [
        m.turned([*foot, (tall - 0.1, 0.012)], base),
        m.turned(
            [(tall - 0.16 * wide, 0.13 * wide), (tall, 0.08 * wide), (tall - 0.005, 0.07 * wide)], cover, detail=18
        ),
    ]


def candle(m: Making) -> list[Solid]:
    """A candle on its saucer, with a flame when it burns; a candelabra has three."""
    wax = m.main("#e8dfc4", "wax candle", "stick holder flame")
    metal = m.part("holder stick candlestick", BRASS)
    burns = m.lit or (m.seen.state is None and not m.says("unlit", "out", "extinguished"))
    if m.says("candelabra", "menorah", "candlestick"):
        tops = (-0.11, 0.0, 0.11) if not m.says("candlestick") else (0.0,)
        parts = [
            m.turned([(0, 0.06), (0.012, 0.055), (0.03, 0.012), (0.10, 0.018), (0.2, 0.01), (0.215, 0.022)], metal)
        ]
        for y in tops:
            if y:
                parts.append(m.rope([(0, 0, 0.12), (0, 0.6 * y, 0.12), (0, y, 0.16), (0, y, 0.215)], 0.007, metal, 5))
            parts.append(m.tube((0, y, 0.21), (0, y, 0.33), 0.011, wax, detail=8))
            if burns:
                parts.append(_flame(m, 0, y, 0.335))
        return parts
    parts = [
        m.turned([(0, 0.05), (0.003, 0.052), (0.012, 0.06), (0.008, 0.04)], metal),
        m.turned([(0.006, 0.022), (0.13, 0.021), (0.135, 0.017), (0.132, 0.01)], wax, detail=12),
        m.tube((0, 0, 0.13), (0, 0, 0.146), 0.0015, DARK, detail=4),
        m.ring((-0.066, 0, 0.02), 0.014, 0.003, metal, "y", points=10, detail=4),
    ]
    return [*parts, _flame(m, 0, 0, 0.14)] if burns else parts


def torch(m: Making) -> list[Solid]:
    """A flashlight that points ahead; its lens shines when it is on."""
    body = m.main("#2d2f33", "case", "lens light glass")
    lens = _glass(m, "lens light glass beam", "#8e979a", (1.0, 0.93, 0.70))
    return [
        m.tube((-0.09, 0, 0.032), (0.06, 0, 0.032), 0.017, body),
        m.tube((0.06, 0, 0.032), (0.10, 0, 0.032), 0.017, body, 0.032, 14),
        m.tube((0.10, 0, 0.032), (0.118, 0, 0.032), 0.032, shade(body, 1.5), detail=14),
        m.tube((0.112, 0, 0.032), (0.1195, 0, 0.032), 0.027, lens, detail=14),
        m.box((0.03, 0.012, 0.008), (0.02, 0, 0.050), m.part("switch button", "#a33a2a")),
    ]


def matches(m: Making) -> list[Solid]:
    """A box of matches with one beside it; a lighter; a packet."""
    if m.says("lighter", "zippo"):
        steel = m.main("#a9a9a4", "lighter")
        parts = [
            m.box((0.016, 0.038, 0.045), (0, 0, 0.0225), steel),
            m.box((0.014, 0.016, 0.012), (0, -0.008, 0.051), DARK),
        ]
        return (
            [*parts, _flame(m, 0, 0.008, 0.047, 0.9)]
            if m.lit
            else [*parts, m.box((0.016, 0.02, 0.02), (0, 0.009, 0.055), steel)]
        )
    label = m.main("#b23a2c", "box label")
    wood = m.part("match wood", "#d8bd86")
    if m.word == "match":
        parts = [
            m.tube((-0.03, 0, 0.004), (0.03, 0, 0.004), 0.002, wood, detail=5),
            m.ball(0.004, (0.032, 0, 0.004), label, 6),
        ]
        return [*parts, _flame(m, 0.032, 0, 0.004, 0.8)] if m.lit else parts
    if m.says("cigarette"):
        return [
            m.box((0.088, 0.056, 0.023), (0, 0, 0.0115), m.main("#d9d5ca")),
            m.box((0.03, 0.057, 0.024), (0.03, 0, 0.0118), m.part("stripe lid", "#a32626")),
        ]
    return [
        m.box((0.055, 0.036, 0.016), (0, 0, 0.008), label),
        m.box((0.056, 0.030, 0.010), (0, 0, 0.008), wood),
        m.tube((-0.02, 0.04, 0.003), (0.025, 0.045, 0.003), 0.002, wood, detail=5),
    ]


def bulb(m: Making) -> list[Solid]:
    """A light bulb on its thread."""
    glass = _glass(m, "glass light bulb", "#d9d4bf", (1.0, 0.88, 0.6))
    return [
        m.turned([(0, 0.006), (0.004, 0.013), (0.03, 0.0135)], STEEL, detail=10),
        m.turned([(0.03, 0.0135), (0.05, 0.02), (0.075, 0.03), (0.095, 0.026), (0.107, 0.01)], glass),
    ]


def fire(m: Making) -> list[Solid]:
    """Logs and flames."""
    wood = m.main("#4a2f1c", "wood logs", "flame fire")
    logs = [
        m.tube(
            (0.24 * float(np.cos(a)), 0.24 * float(np.sin(a)), 0.04),
            (0.03 * float(np.cos(a)), 0.03 * float(np.sin(a)), 0.16),
            0.04,
            wood,
            0.035,
            7,
        )
        for a in np.linspace(0, 6.28, 6, endpoint=False)
    ]
    if m.says("unlit", "out", "cold"):
        return logs
    return [
        *logs,
        *(
            _flame(m, x, y, 0.06, by)
            for x, y, by in ((0, 0, 9.0), (0.09, 0.04, 6.0), (-0.07, 0.07, 6.5), (0.0, -0.09, 5.5))
        ),
    ]
