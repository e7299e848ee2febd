"""Instruments."""

import numpy as np

from render.previz.colours import shade
from render.previz.figures.things.making import BRASS, DARK, STEEL, WHITE, Making
from render.previz.solid import Solid


def guitar(m: Making) -> list[Solid]:
    """A body with a waist, a neck, strings; a violin is small, a racket has a net."""
    wood = m.main("#a8622a", "wood top", "neck strings")
    if m.says("racket", "racquet"):
        ring = m.ring((0, 0, 0.52), 0.13, 0.010, wood, "x", points=20)
        return [
            ring,
            *(m.box((0.002, 0.25, 0.002), (0, 0, z), WHITE) for z in np.linspace(0.43, 0.61, 7)),
            *(m.box((0.002, 0.002, 0.25), (0, y, 0.52), WHITE) for y in np.linspace(-0.09, 0.09, 7)),
            m.tube((0, 0, 0), (0, 0, 0.40), 0.014, DARK),
        ]
    by = (
        0.58
        if m.says("violin", "fiddle", "ukulele", "viola", "mandolin")
        else 1.25
        if m.says("cello", "double bass")
        else 1.0
    )
    t = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    z = 0.24 - 0.24 * np.cos(t)
    wide = 0.185 * np.abs(np.sin(t)) ** 0.6 * (1 - 0.17 * (z / 0.48)) * (1 - 0.30 * np.exp(-(((z - 0.29) / 0.07) ** 2)))
    outline = [(float(by * w * np.sign(np.sin(a))), float(by * h)) for w, h, a in zip(wide, z, t, strict=True)]
    neck = m.part("neck", "#4a2c1a")
    parts = [
        m.slab(outline, -0.045 * by, 0.04 * by, shade(wood, 0.7), "x"),
        m.slab([(0.97 * y, 0.01 * by + 0.96 * h) for y, h in outline], 0.039 * by, 0.046 * by, wood, "x"),
    ]
    parts += [
        m.tube((0.046 * by, 0, 0.30 * by), (0.048 * by, 0, 0.30 * by), 0.045 * by, DARK, detail=16),
        m.box((0.02 * by, 0.10 * by, 0.02 * by), (0.052 * by, 0, 0.13 * by), DARK),
        m.box((0.035 * by, 0.05 * by, 0.48 * by), (0.038 * by, 0, 0.66 * by), neck),
        m.box((0.025 * by, 0.075 * by, 0.15 * by), (0.028 * by, 0, 0.96 * by), neck),
    ]
    parts += [
        m.box((0.001, 0.0016, 0.78 * by), (0.060 * by, y * by, 0.52 * by), STEEL)
        for y in (-0.015, -0.005, 0.005, 0.015)
    ]
    return [
        *parts,
        *(
            m.tube((0.03 * by, s * 0.03 * by, k * by), (0.03 * by, s * 0.06 * by, k * by), 0.007 * by, STEEL, detail=5)
            for s in (-1, 1)
            for k in (0.92, 0.97, 1.02)
        ),
    ]


def drum(m: Making) -> list[Solid]:
    """A drum with its rims and two sticks."""
    shell = m.main("#a32a2a", "shell", "skin rims")
    rim = m.part("rims rim", BRASS)
    return [
        m.turned([(0, 0.17), (0.2, 0.17)], shell, detail=20),
        m.turned([(0.19, 0.172), (0.206, 0.168), (0.207, 0.02)], m.part("skin head", WHITE), detail=20),
        *(m.ring((0, 0, z), 0.174, 0.010, rim, points=20, detail=5) for z in (0.012, 0.195)),
        *(
            m.tube((-0.16, y, 0.216), (0.2, -0.6 * y, 0.216), 0.008, m.part("sticks", "#c9a263"), detail=6)
            for y in (-0.06, 0.06)
        ),
    ]


def trumpet(m: Making) -> list[Solid]:
    """A brass horn with three valves."""
    brass = m.main("#c99a2e")
    tubes = m.rope(
        [
            (-0.24, 0, 0.10),
            (0.12, 0, 0.10),
            (0.16, 0, 0.07),
            (0.12, 0, 0.035),
            (-0.10, 0, 0.035),
            (-0.14, 0, 0.065),
            (-0.10, 0, 0.097),
            (0.16, 0, 0.10),
        ],
        0.008,
        brass,
    )
    return [
        tubes,
        m.tube((0.13, 0, 0.10), (0.20, 0, 0.10), 0.009, brass, 0.02),
        m.tube((0.20, 0, 0.10), (0.26, 0, 0.10), 0.02, brass, 0.062, 16),
        m.tube((-0.26, 0, 0.10), (-0.23, 0, 0.10), 0.013, brass, 0.006),
        *(m.tube((x, 0, 0.02), (x, 0, 0.13), 0.011, brass) for x in (-0.03, 0.0, 0.03)),
        *(m.tube((x, 0, 0.13), (x, 0, 0.145), 0.005, WHITE) for x in (-0.03, 0.0, 0.03)),
    ]


def flute(m: Making) -> list[Solid]:
    """A pipe with holes or keys."""
    look = m.main("#b4babf" if m.says("flute") else "#2b2320")
    if m.says("harmonica", "mouth organ", "whistle"):
        return [
            m.box((0.03, 0.12, 0.02), (0, 0, 0.012), look),
            *(m.box((0.002, 0.006, 0.010), (0.0155, y, 0.012), DARK) for y in np.linspace(-0.05, 0.05, 9)),
        ]
    return [
        m.tube((-0.3, 0, 0.012), (0.3, 0, 0.012), 0.011, look),
        *(m.tube((x, 0, 0.022), (x, 0, 0.0275), 0.006, STEEL, detail=6) for x in np.linspace(-0.1, 0.25, 7)),
        m.tube((-0.30, 0, 0.012), (-0.26, 0, 0.012), 0.014, look),
    ]


def bell(m: Making) -> list[Solid]:
    """A bell with its handle and clapper."""
    brass = m.main("#b5892f", "", "handle")
    return [
        m.turned(
            [(0.0, 0.062), (0.012, 0.058), (0.045, 0.042), (0.085, 0.034), (0.10, 0.018), (0.103, 0.004)],
            brass,
            detail=16,
        ),
        m.tube((0, 0, 0.10), (0, 0, 0.21), 0.010, m.part("handle", "#5a3a22"), 0.013),
        m.ball(0.014, (0, 0, 0.014), DARK, 6),
    ]
