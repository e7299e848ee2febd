"""Balloons, flowers, plants, stones, skulls, leaves, wood, snowmen."""

import numpy as np

from render.previz.colours import shade
from render.previz.figures.things.making import DARK, GREEN, WHITE, Making, faceted
from render.previz.solid import Solid


def balloon(m: Making) -> list[Solid]:
    """A balloon on its string; balloons are three."""
    skin = m.main("#c0302c", "balloon", "string")
    string = m.part("string ribbon", "#9a9a94")
    several = m.word == "balloons"
    spots = ((0.0, 0.0, 1.0), (0.16, 0.2, 1.14), (-0.1, -0.22, 1.1)) if several else ((0.0, 0.0, 1.0),)
    parts: list[Solid] = []
    for number, (x, y, z) in enumerate(spots):
        look = skin if number == 0 else shade(skin, 1.35 if number == 1 else 0.7)
        rows = [
            (z - 0.20, 0.012),
            (z - 0.185, 0.018),
            (z - 0.14, 0.07),
            (z - 0.04, 0.145),
            (z + 0.05, 0.155),
            (z + 0.12, 0.12),
            (z + 0.16, 0.05),
            (z + 0.168, 0.01),
        ]
        parts += [
            m.turned(rows, look, (x, y), 14),
            m.rope([(0, 0, 0), (0.3 * x + 0.02, 0.3 * y, 0.4 * z), (x, y, z - 0.2)], 0.003, string, 4),
        ]
    return parts


def flower(m: Making) -> list[Solid]:
    """A flower with its leaves; a bouquet has seven in paper."""
    petal = m.main(
        "#c2203a"
        if m.says("rose", "roses")
        else "#e8e4dc"
        if m.says("daisy", "lily")
        else "#e0b21f"
        if m.says("sunflower", "dandelion")
        else "#c2334f",
        "flower flowers petals petal bloom blooms",
        "stem leaves paper ribbon wrapping",
    )
    stem, heart = m.part("stem stems leaves", GREEN), m.part("heart centre center", "#d9a520")

    bunch = m.word in ("flowers", "bouquet", "roses", "posy") or m.says("bunch")

    def bloom(x: float, y: float, z: float, r: float) -> list[Solid]:
        if bunch or m.says("rose", "tulip", "poppy"):
            return [
                m.turned(
                    [
                        (z - r, 0.3 * r),
                        (z - 0.4 * r, 0.95 * r),
                        (z + 0.4 * r, r),
                        (z + 0.8 * r, 0.8 * r),
                        (z + 0.5 * r, 0.6 * r),
                        (z + 0.9 * r, 0.35 * r),
                        (z + 0.7 * r, 0.05 * r),
                    ],
                    petal,
                    (x, y),
                    5 if bunch else 8,
                )
            ]
        ring = [
            m.ball(
                (0.55 * r, 0.55 * r, 0.2 * r),
                (x + 0.8 * r * float(np.cos(a)), y + 0.8 * r * float(np.sin(a)), z),
                petal,
                5,
            )
            for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
        ]
        return [*ring, m.ball((0.5 * r, 0.5 * r, 0.35 * r), (x, y, z + 0.06 * r), heart, 6)]

    if bunch:
        spots = [
            (0.0, 0.0, 0.40),
            *(
                (0.075 * float(np.cos(a)), 0.075 * float(np.sin(a)), 0.365)
                for a in np.linspace(0, 2 * np.pi, 5, endpoint=False)
            ),
        ]
        paper = m.part("paper wrapping ribbon", "#d8cfb8")
        parts = [
            m.turned([(0.0, 0.02), (0.12, 0.028), (0.30, 0.105), (0.29, 0.09)], paper, detail=12),
            m.ring((0, 0, 0.12), 0.03, 0.008, m.part("ribbon", "#8f2a4a"), points=10, detail=4),
        ]
        for x, y, z in spots:
            parts += bloom(x, y, z, 0.034)
        return [
            *parts,
            *(
                m.ball((0.04, 0.02, 0.05), (0.10 * float(np.cos(a)), 0.10 * float(np.sin(a)), 0.32), stem, 5)
                for a in (0.6, 1.9, 3.2, 4.4, 5.6)
            ),
        ]
    big = 2.0 if m.says("sunflower") else 1.0
    return [
        m.tube((0, 0, 0), (0, 0, 0.38), 0.004 * big, stem, detail=6),
        *bloom(0, 0, 0.40, 0.036 * big),
        m.ball((0.05, 0.02, 0.008), (0.045, 0, 0.16), stem, 6),
        m.ball((0.045, 0.02, 0.008), (-0.04, 0.01, 0.22), stem, 6),
    ]


def plant(m: Making) -> list[Solid]:
    """A plant in its pot; a cactus has arms; a bush has none."""
    green = m.main("#3f6a34", "leaves leaf foliage plant", "pot flower")
    pot = m.part("pot flowerpot", "#b5623c")
    if m.says("bush", "shrub", "hedge", "tumbleweed"):
        spots = ((0, 0, 0.32, 0.34), (0.24, 0.1, 0.24, 0.24), (-0.2, 0.18, 0.25, 0.24), (0.02, -0.26, 0.24, 0.25))
        return [faceted(m.ball((r, r, 0.95 * r), (x, y, z), green, 8)) for x, y, z, r in spots]
    parts = [
        m.turned([(0, 0.07), (0.12, 0.095), (0.12, 0.105), (0.15, 0.107), (0.148, 0.09), (0.135, 0.088)], pot),
        m.tube((0, 0, 0.12), (0, 0, 0.138), 0.09, m.part("soil", "#3a2a1c"), detail=12),
    ]
    if m.says("cactus"):
        return [
            *parts,
            m.turned([(0.13, 0.04), (0.2, 0.05), (0.36, 0.05), (0.40, 0.03), (0.41, 0.005)], green, detail=9),
            *(
                m.rope(
                    [(0, s * 0.04, 0.22 + 0.03 * s), (0, s * 0.1, 0.23 + 0.03 * s), (0, s * 0.11, 0.32 + 0.03 * s)],
                    [0.022, 0.026, 0.018],
                    green,
                    7,
                )
                for s in (-1, 1)
            ),
        ]
    for k in range(11):
        a, up = 2.4 * k, 0.28 + 0.022 * k
        out = 0.19 - 0.012 * k
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            m.rope(
                [
                    (0, 0, 0.13),
                    (0.4 * out * c, 0.4 * out * s, 0.6 * up + 0.05),
                    (0.85 * out * c, 0.85 * out * s, up),
                    (1.15 * out * c, 1.15 * out * s, up - 0.03),
                ],
                [0.006, 0.014, 0.028, 0.002],
                shade(green, 0.8 + 0.05 * (k % 5)),
                5,
            )
        )
    return parts


def tree(m: Making) -> list[Solid]:
    """A fir of four storeys, with lights where it is a Christmas tree."""
    green, trunk = m.main("#2f5a34", "needles leaves", "trunk star lights"), m.part("trunk", "#5a3a22")
    parts = [m.tube((0, 0, 0), (0, 0, 0.4), 0.08, trunk)]
    parts += [
        faceted(m.tube((0, 0, z), (0, 0, z + 0.62), r, green, 0.02, 12))
        for z, r in ((0.3, 0.68), (0.68, 0.54), (1.04, 0.40), (1.4, 0.26))
    ]
    if m.says("christmas"):
        tints = ("#c01f2a", "#d9a520", "#3f6ab0")
        parts += [
            m.ball(0.035, (r * float(np.cos(a)), r * float(np.sin(a)), z), m.part("baubles lights", tints[k % 3]), 6)
            for k, (z, r, a) in enumerate(
                (z, r, a + z) for z, r in ((0.34, 0.66), (0.72, 0.52), (1.08, 0.38)) for a in (0.2, 2.2, 4.3)
            )
        ]
        parts.append(m.ball((0.05, 0.05, 0.07), (0, 0, 2.06), m.part("star", "#e6c034"), 5))
    return parts


def stone(m: Making) -> list[Solid]:
    """A stone with broken sides; a gem is cut."""
    if m.says("gem", "diamond", "crystal", "jewel", "ruby", "emerald", "sapphire"):
        tint = m.main(
            "#b01c34"
            if m.says("ruby")
            else "#1f7a4a"
            if m.says("emerald")
            else "#24489a"
            if m.says("sapphire")
            else "#bcd8e4"
        )
        return [
            faceted(
                m.turned([(0, 0.001), (0.028, 0.032), (0.034, 0.032), (0.044, 0.020), (0.0441, 0.001)], tint, detail=8)
            )
        ]
    look = m.main("#7d7c76" if not m.says("coal") else "#232325", "stone rock")
    by = 6.0 if m.says("boulder", "asteroid") else 1.0
    body = m.ball((0.075 * by, 0.06 * by, 0.05 * by), (0, 0, 0.05 * by), look, 7)
    from dataclasses import replace

    wobble = 1 + 0.13 * np.sin(37 * body.rest[:, :1] / by + 51 * body.rest[:, 1:2] / by + 63 * body.rest[:, 2:] / by)
    middle = np.array((0, 0, 0.05 * by), np.float32)
    return [faceted(replace(body, vertices=((body.vertices - middle) * wobble + middle).astype(np.float32)))]


def skull(m: Making) -> list[Solid]:
    """A skull that looks ahead; a jack-o'-lantern glows."""
    bone = m.main("#ddd2b8", "bone skull")
    return [
        m.ball((0.088, 0.070, 0.072), (-0.012, 0, 0.128), bone, 14),
        m.ball((0.045, 0.048, 0.045), (0.045, 0, 0.085), bone, 10),
        m.box((0.05, 0.062, 0.035), (0.052, 0, 0.030), bone),
        m.box((0.09, 0.012, 0.05), (0.02, 0.038, 0.045), bone),
        m.box((0.09, 0.012, 0.05), (0.02, -0.038, 0.045), bone),
        *(m.ball((0.018, 0.019, 0.020), (0.062, s * 0.028, 0.112), DARK, 8) for s in (-1, 1)),
        m.ball((0.010, 0.009, 0.014), (0.082, 0, 0.083), DARK, 6),
        *(m.box((0.004, 0.008, 0.014), (0.0785, 0.0105 * k, 0.048), WHITE) for k in (-2, -1, 0, 1, 2)),
        m.box((0.003, 0.06, 0.003), (0.0785, 0, 0.0395), DARK),
    ]


def leaf(m: Making) -> list[Solid]:
    """A leaf with its stalk."""
    look = m.main("#b5641f" if m.says("autumn") else "#4f7a34")
    return [
        m.slab(
            [(0.09, 0), (0.04, 0.045), (-0.02, 0.05), (-0.05, 0), (-0.02, -0.05), (0.04, -0.045)],
            0.002,
            0.004,
            look,
            "z",
        ),
        m.tube((-0.10, 0, 0.004), (0.08, 0, 0.0045), 0.002, shade(look, 0.6), detail=5),
    ]


def firewood(m: Making) -> list[Solid]:
    """Six logs in a pile."""
    bark, cut = m.main("#5a3d26"), m.part("cut", "#c9a06a")
    spots = ((0, -0.14, 0.065), (0, 0.0, 0.065), (0, 0.14, 0.065), (0, -0.07, 0.178), (0, 0.07, 0.178), (0, 0, 0.29))
    return [m.tube((-0.22, y, z), (0.22, y, z), 0.065, bark, detail=9) for _, y, z in spots] + [
        m.tube((-0.222, y, z), (0.222, y, z), 0.054, cut, detail=9) for _, y, z in spots
    ]


def snowman(m: Making) -> list[Solid]:
    """Three balls of snow, a carrot, coal, a hat."""
    snow = m.main("#eef0f2", "snow", "hat scarf nose")
    hat, scarf = m.part("hat", DARK), m.part("scarf", "#b3322c")
    balls = [m.ball(r, (0, 0, z), snow, 10) for r, z in ((0.36, 0.33), (0.27, 0.83), (0.19, 1.22))]
    eyes = [m.ball(0.022, (0.165, s * 0.06, 1.28), DARK, 5) for s in (-1, 1)] + [
        m.ball(0.025, (0.26, 0, z), DARK, 5) for z in (0.76, 0.9)
    ]
    return [
        *balls,
        *eyes,
        m.tube((0.17, 0, 1.22), (0.36, 0, 1.20), 0.03, m.part("nose carrot", "#d9691a"), 0.003, 7),
        m.ring((0, 0, 1.05), 0.175, 0.04, scarf, points=10),
        m.tube((0, 0, 1.37), (0, 0, 1.39), 0.24, hat, detail=14),
        m.tube((0, 0, 1.39), (0, 0, 1.62), 0.15, hat, detail=14),
    ]
