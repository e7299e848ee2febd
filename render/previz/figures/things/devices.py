"""Telephones, radios, computers, cameras, clocks."""

from dataclasses import replace

import numpy as np

from render.previz.colours import Finish, shade
from render.previz.figures.things.making import BRASS, DARK, PANE, STEEL, WHITE, Making
from render.previz.solid import Solid


def _screen(m: Making, dark: str = "#14181c") -> Finish:
    """A screen, which shines when the device is on."""
    look = m.part("screen display glass", dark)
    return Finish((0.45, 0.66, 0.85), 0.3, 1.0, part=look.part) if m.lit and not look.glow else replace(look, shine=0.7)


def telephone(m: Making) -> list[Solid]:
    """A telephone with a dial and its receiver across it."""
    body = m.main("#26262a", "", "dial receiver handset cord")
    hand = m.part("receiver handset", body)
    outline = [(-0.10, 0.0), (0.11, 0.0), (0.11, 0.03), (0.0, 0.115), (-0.08, 0.115), (-0.10, 0.06)]
    dial = np.array(((0.065, 0, 0.068), (0.072, 0, 0.076)))
    parts = [
        m.slab(outline, -0.09, 0.09, body),
        m.tube(tuple(dial[0]), tuple(dial[1]), 0.048, m.part("dial", "#d8d2c0"), detail=18),
    ]
    parts.append(m.tube((0.07, 0, 0.074), (0.076, 0, 0.081), 0.02, body, detail=12))
    parts.append(
        m.rope(
            [(-0.045, -0.10, 0.15), (-0.045, -0.05, 0.16), (-0.045, 0.05, 0.16), (-0.045, 0.10, 0.15)], 0.015, hand, 8
        )
    )
    parts += [m.tube((-0.045, y, 0.155), (-0.045, y, 0.118), 0.024, hand, 0.031) for y in (-0.10, 0.10)]
    return parts


def mobile(m: Making) -> list[Solid]:
    """A flat thing with a screen, lying on its back; a wallet has none."""
    if m.says("wallet"):
        look = m.main("#4a2a1a")
        return [
            m.box((0.10, 0.12, 0.012), (0, 0, 0.006), look),
            m.box((0.10, 0.12, 0.010), (0, 0, 0.017), shade(look, 0.85)),
            m.box((0.07, 0.09, 0.006), (0.02, 0, 0.0125), Finish((0.30, 0.40, 0.28))),
        ]
    by = 1.65 if m.says("tablet", "ipad") else 1.0
    body = m.main("#202124", "", "screen")
    parts = [m.box((0.15 * by, 0.074 * by, 0.009), (0, 0, 0.0045), body)]
    if m.says("remote", "calculator", "pager", "gamepad", "controller", "detonator", "tricorder"):
        keys = m.part("buttons keys", "#b9b4a6")
        parts += [
            m.box((0.012, 0.012, 0.003), (x, y, 0.010), keys)
            for x in (-0.055, -0.035, -0.015, 0.005)
            for y in (-0.02, 0.0, 0.02)
        ]
        return [*parts, m.box((0.03, 0.055, 0.002), (0.05, 0, 0.010), _screen(m, "#5f6f5a"))]
    return [
        *parts,
        m.box((0.138 * by, 0.066 * by, 0.001), (0, 0, 0.0095), _screen(m)),
        m.tube((-0.071 * by, 0, 0.009), (-0.071 * by, 0, 0.0102), 0.003, STEEL, detail=8),
    ]


def walkie(m: Making) -> list[Solid]:
    """A handset with an aerial."""
    body = m.main("#2f332f", "", "aerial antenna")
    return [
        m.box((0.036, 0.06, 0.15), (0, 0, 0.075), body),
        *(m.box((0.002, 0.042, 0.004), (0.019, 0, z), DARK) for z in (0.025, 0.037, 0.049, 0.061)),
        m.box((0.002, 0.04, 0.025), (0.019, 0, 0.115), _screen(m, "#6f7f62")),
        m.tube((0, -0.02, 0.15), (0, -0.02, 0.29), 0.007, m.part("aerial antenna", DARK), 0.005, 8),
        m.tube((0, 0.016, 0.15), (0, 0.016, 0.168), 0.009, DARK, detail=8),
    ]


def radio(m: Making) -> list[Solid]:
    """A radio with a loudspeaker, a dial and an aerial; a record player has a disc, a gramophone a horn."""
    body = m.main("#8a5a32", "", "dial speaker aerial horn record")
    if m.says("gramophone", "record player"):
        parts = [
            m.box((0.34, 0.34, 0.12), (0, 0, 0.06), body),
            m.tube((0, 0, 0.12), (0, 0, 0.13), 0.14, m.part("record", DARK), detail=22),
            m.tube((0, 0, 0.128), (0, 0, 0.132), 0.045, m.part("label", "#a52a2a"), detail=14),
        ]
        if m.says("gramophone"):
            horn = m.part("horn", BRASS)
            return [
                *parts,
                m.rope([(-0.15, 0, 0.12), (-0.16, 0, 0.28), (-0.10, 0, 0.36)], 0.014, horn),
                m.tube((-0.12, 0, 0.34), (0.12, 0, 0.56), 0.018, horn, 0.17, 16),
            ]
        return [*parts, m.rope([(-0.13, -0.13, 0.15), (0.02, -0.12, 0.15), (0.06, -0.06, 0.135)], 0.006, STEEL)]
    if m.says("speaker", "loudspeaker", "amplifier"):
        return [
            m.box((0.2, 0.24, 0.38), (0, 0, 0.19), body),
            m.tube((0.098, 0, 0.14), (0.104, 0, 0.14), 0.09, DARK, detail=18),
            m.tube((0.10, 0, 0.14), (0.107, 0, 0.14), 0.035, STEEL),
            m.tube((0.098, 0, 0.3), (0.104, 0, 0.3), 0.045, DARK, detail=14),
        ]
    dial = m.part("dial display", "#e6d9ac")
    dial = replace(dial, glow=0.8) if m.lit else dial
    return [
        m.box((0.10, 0.30, 0.18), (0, 0, 0.09), body),
        m.tube((0.049, 0.065, 0.085), (0.0525, 0.065, 0.085), 0.068, m.part("speaker grille", "#3a332a"), detail=18),
        m.box((0.004, 0.11, 0.05), (0.051, -0.075, 0.12), dial),
        *(m.tube((0.05, y, 0.05), (0.066, y, 0.05), 0.017, STEEL) for y in (-0.105, -0.045)),
        m.arc((0, 0, 0.178), (0.11, 0.05), 0.006, DARK),
        m.tube((-0.03, 0.14, 0.17), (-0.03, 0.24, 0.42), 0.003, STEEL, detail=5),
    ]


def laptop(m: Making) -> list[Solid]:
    """An open laptop: its screen faces who sits before it; closed, a flat case."""
    body = m.main("#9a9ea3", "lid", "screen keyboard keys")
    keys = m.part("keyboard keys", "#2b2d30")
    if m.word == "keyboard":
        return [
            m.box((0.14, 0.44, 0.02), (0, 0, 0.01), body),
            *(m.box((0.022, 0.40, 0.006), (x, 0, 0.022), keys) for x in (-0.05, -0.024, 0.002, 0.028, 0.052)),
        ]
    base = m.box((0.22, 0.32, 0.014), (0.11, 0, 0.007), body)
    if m.seen.state in ("closed", "shut"):
        return [base, m.box((0.22, 0.32, 0.008), (0.11, 0, 0.018), shade(body, 0.9))]
    lean = 0.22
    turn = np.array(((np.cos(lean), 0, -np.sin(lean)), (0, 1, 0), (np.sin(lean), 0, np.cos(lean))))
    middle = turn @ np.array((0.0, 0, 0.11)) + (-0.0, 0, 0.014)
    face = turn @ np.array((0.005, 0, 0.112)) + (-0.0, 0, 0.014)
    rows = [m.box((0.016, 0.27, 0.002), (0.03 + 0.024 * row, 0, 0.0145), keys) for row in range(5)]
    return [
        base,
        *rows,
        m.box((0.05, 0.09, 0.001), (0.185, 0, 0.0145), shade(body, 0.8)),
        m.box((0.008, 0.32, 0.22), tuple(middle), body, turn),
        m.box((0.002, 0.295, 0.195), tuple(face), _screen(m), turn),
    ]


def computer(m: Making) -> list[Solid]:
    """A set with a screen in front; an old television has an aerial, a monitor a foot."""
    body = m.main("#6b4a2e" if m.says("television", "tv") else "#c9c2ae", "", "screen knobs")
    if m.says("microwave", "oven", "toaster"):
        by = 0.5 if m.says("toaster") else 1.0
        return [
            m.box((0.34 * by, 0.48 * by, 0.28 * by), (0, 0, 0.14 * by), m.main("#c4c6c6")),
            m.box((0.01, 0.32 * by, 0.2 * by), (0.17 * by, 0.05 * by, 0.14 * by), _screen(m)),
            m.box((0.012, 0.07 * by, 0.2 * by), (0.17 * by, -0.18 * by, 0.14 * by), DARK),
        ]
    if m.says("aquarium", "fish tank"):
        return [
            m.box((0.3, 0.6, 0.34), (0, 0, 0.2), m.part("water", "#3f8fa8")),
            *(m.box((0.31, 0.61, 0.03), (0, 0, z), m.main("#26282a", "", "water")) for z in (0.015, 0.375)),
            m.ball((0.02, 0.05, 0.03), (0.145, 0.1, 0.2), m.part("fish", "#e0681c"), 8),
        ]
    if m.says("television", "tv", "set"):
        parts = [
            m.box((0.40, 0.58, 0.44), (0, 0, 0.27), body),
            m.box((0.01, 0.40, 0.33), (0.2, 0.06, 0.28), _screen(m)),
            *(m.tube((0.2, -0.215, z), (0.22, -0.215, z), 0.03, STEEL) for z in (0.38, 0.29)),
            *(m.box((0.01, 0.08, 0.006), (0.2, -0.215, z), DARK) for z in (0.12, 0.14, 0.16, 0.18)),
        ]
        parts += [
            m.tube((0.1 * i, 0.2 * j, 0.06), (0.13 * i, 0.24 * j, 0), 0.012, DARK, detail=6)
            for i in (-1, 1)
            for j in (-1, 1)
        ]
        return [*parts, *(m.tube((0, 0, 0.49), (0, s * 0.22, 0.80), 0.004, STEEL, detail=5) for s in (-1, 1))]
    return [
        m.box((0.36, 0.40, 0.34), (-0.03, 0, 0.24), body),
        m.box((0.01, 0.32, 0.25), (0.152, 0, 0.25), _screen(m)),
        m.tube((0, 0, 0.02), (0, 0, 0.08), 0.08, shade(body, 0.8)),
        m.box((0.26, 0.28, 0.02), (0, 0, 0.01), body),
        m.box((0.15, 0.42, 0.025), (0.26, 0, 0.0125), body),
        m.box((0.11, 0.38, 0.008), (0.26, 0, 0.028), m.part("keyboard keys", "#56544c")),
    ]


def typewriter(m: Making) -> list[Solid]:
    """A typewriter with paper in it."""
    body = m.main("#2f4a45", "", "keys paper")
    outline = [(-0.15, 0), (0.17, 0), (0.17, 0.03), (0.03, 0.10), (-0.15, 0.12)]
    keys = [
        m.tube(
            (0.08 + 0.03 * row, y, 0.068 - 0.015 * row),
            (0.08 + 0.03 * row, y, 0.085 - 0.015 * row),
            0.010,
            m.part("keys", WHITE),
            detail=6,
        )
        for row in range(3)
        for y in np.linspace(-0.11, 0.11, 8)
    ]
    return [
        m.slab(outline, -0.16, 0.16, body),
        *keys,
        m.tube((-0.09, -0.19, 0.14), (-0.09, 0.19, 0.14), 0.022, DARK),
        m.box((0.003, 0.21, 0.16), (-0.10, 0, 0.20), m.part("paper", "#efe9d6")),
        m.tube((-0.09, 0.19, 0.15), (-0.05, 0.23, 0.19), 0.005, STEEL, detail=5),
    ]


def camera(m: Making) -> list[Solid]:
    """A camera with its lens ahead; a film camera has reels."""
    body = m.main("#2a2a2c", "", "lens strap")
    glass = m.part("lens glass", PANE)
    if m.says("camcorder", "film camera", "movie camera", "video camera", "projector"):
        reels = (
            []
            if m.says("camcorder", "video camera")
            else [m.tube((x, -0.03, 0.30), (x, 0.03, 0.30), 0.085, shade(body, 1.5), detail=18) for x in (-0.07, 0.10)]
        )
        return [
            m.box((0.28, 0.10, 0.16), (0, 0, 0.14), body),
            *reels,
            m.tube((0.14, 0, 0.15), (0.25, 0, 0.15), 0.035, DARK, 0.045, 14),
            m.tube((0.245, 0, 0.15), (0.2515, 0, 0.15), 0.037, glass, detail=14),
            m.box((0.10, 0.03, 0.05), (-0.16, 0.04, 0.19), DARK),
            m.box((0.05, 0.05, 0.07), (-0.02, 0, 0.035), DARK),
        ]
    return [
        m.box((0.045, 0.135, 0.075), (0, 0, 0.0375), body),
        m.box((0.046, 0.136, 0.014), (0, 0, 0.078), m.part("top metal", STEEL)),
        m.box((0.04, 0.045, 0.022), (0, 0, 0.094), m.part("top metal", STEEL)),
        m.tube((0.022, 0, 0.04), (0.07, 0, 0.04), 0.031, DARK, 0.028, 16),
        m.tube((0.068, 0, 0.04), (0.0705, 0, 0.04), 0.022, glass, detail=14),
        m.tube((0, -0.045, 0.085), (0, -0.045, 0.095), 0.009, STEEL),
        m.tube((0, 0.045, 0.085), (0, 0.045, 0.098), 0.012, STEEL),
    ]


def microphone(m: Making) -> list[Solid]:
    """A microphone upright; an ice cream and a lollipop have its shape; a megaphone its cone."""
    if m.says("ice cream", "icecream"):
        return [
            m.turned([(0, 0.004), (0.12, 0.034)], m.part("cone", "#c08a4a")),
            m.ball(0.042, (0, 0, 0.14), m.main("#e8cfd2", "scoop ice cream", "cone"), 12),
        ]
    if m.says("lollipop"):
        return [
            m.tube((0, 0, 0), (0, 0, 0.10), 0.004, WHITE, detail=6),
            m.tube((-0.008, 0, 0.13), (0.008, 0, 0.13), 0.04, m.main("#c2334f"), detail=18),
        ]
    if m.says("megaphone"):
        return [
            m.tube((-0.12, 0, 0.10), (0.16, 0, 0.10), 0.03, m.main("#d8d4c8"), 0.10, 16),
            m.slab([(-0.08, 0.08), (-0.03, 0.08), (-0.035, 0), (-0.07, 0)], -0.012, 0.012, DARK),
            m.tube((0.155, 0, 0.10), (0.1605, 0, 0.10), 0.095, DARK, detail=16),
        ]
    if m.says("mirror", "magnifying glass"):
        return [
            m.tube((0, 0, 0), (0, 0, 0.12), 0.010, m.main("#6b4326", "handle", "glass"), detail=8),
            m.ring((0, 0, 0.17), 0.052, 0.006, BRASS, "x"),
            m.tube((-0.002, 0, 0.17), (0.002, 0, 0.17), 0.05, m.part("glass lens mirror", "#b8cdd2"), detail=18),
        ]
    return [
        m.tube((0, 0, 0), (0, 0, 0.15), 0.012, m.main("#26262a", "", "head"), 0.017),
        m.ring((0, 0, 0.153), 0.019, 0.005, STEEL),
        m.ball((0.028, 0.028, 0.032), (0, 0, 0.178), m.part("head grille", STEEL), 10),
    ]


def clock(m: Making) -> list[Solid]:
    """An alarm clock with two bells and feet."""
    body = m.main("#b3322c" if not m.says("old", "brass") else "#b5892f", "", "face hands")
    face = m.part("face dial", "#eee9da")
    return [
        m.tube((-0.03, 0, 0.085), (0.03, 0, 0.085), 0.066, body, detail=22),
        m.tube((0.028, 0, 0.085), (0.0325, 0, 0.085), 0.058, face, detail=22),
        m.box((0.002, 0.005, 0.04), (0.0335, 0, 0.102), DARK),
        m.box((0.002, 0.030, 0.005), (0.0335, 0.013, 0.085), DARK),
        *(
            m.box((0.002, 0.004, 0.010), (0.0335, 0.05 * float(np.sin(a)), 0.085 + 0.05 * float(np.cos(a))), DARK)
            for a in np.linspace(0, 2 * np.pi, 12, endpoint=False)
        ),
        *(m.ball((0.024, 0.026, 0.022), (0, s * 0.042, 0.150), BRASS, 8) for s in (-1, 1)),
        *(m.tube((0, s * 0.03, 0.035), (0, s * 0.048, 0), 0.007, DARK, detail=6) for s in (-1, 1)),
        m.arc((0, 0, 0.155), (0.03, 0.034), 0.004, BRASS),
    ]
