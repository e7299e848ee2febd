"""Dolls, umbrellas, hats, clothes laid down, flags and other things."""

import numpy as np

from render.previz.colours import shade
from render.previz.figures.things.making import BRASS, DARK, PANE, STEEL, WHITE, WOOD, Making
from render.previz.solid import Solid


def doll(m: Making) -> list[Solid]:
    """A small figure that stands; a statue is of one stuff, on a plinth."""
    statue = m.says("statue", "statuette", "bust", "idol", "award", "oscar", "totem", "figurine")
    dress = m.main(
        "#c9a13b"
        if m.says("award", "oscar", "idol")
        else "#a9a79e"
        if statue
        else "#8a9199"
        if m.says("robot")
        else "#b0405a",
        "dress body clothes",
        "hair face skin",
    )
    skin = m.part("skin face head", dress if statue or m.says("robot") else "#d8a888")
    hair = m.part("hair hat", dress if statue or m.says("robot") else "#6b4326")
    base = [m.turned([(0, 0.06), (0.035, 0.055)], m.part("base plinth", shade(dress, 0.5)))] if statue else []
    z = 0.035 if statue else 0.0
    body = m.turned(
        [(z + 0.09, 0.055), (z + 0.11, 0.052), (z + 0.17, 0.028), (z + 0.215, 0.034), (z + 0.235, 0.014)],
        dress,
        detail=12,
    )
    limbs = [m.tube((0, s * 0.02, z), (0, s * 0.022, z + 0.10), 0.013, skin, detail=7) for s in (-1, 1)] + [
        m.tube((0, s * 0.033, z + 0.215), (0.01, s * 0.075, z + 0.135), 0.011, skin, detail=7) for s in (-1, 1)
    ]
    head = [
        m.ball((0.034, 0.033, 0.037), (0, 0, z + 0.268), skin, 10),
        m.ball((0.036, 0.037, 0.036), (-0.008, 0, z + 0.276), hair, 10),
    ]
    return [*base, body, *limbs, *head, *(m.ball(0.005, (0.033, s * 0.012, z + 0.27), DARK, 5) for s in (-1, 1))]


def teddy(m: Making) -> list[Solid]:
    """A sitting bear."""
    fur = m.main("#9a6a3a", "fur", "eyes nose ribbon bow")
    pale = m.part("snout paws", shade(fur, 1.6))
    parts = [
        m.ball((0.075, 0.08, 0.09), (0, 0, 0.085), fur, 10),
        m.ball((0.066, 0.07, 0.063), (0.005, 0, 0.215), fur, 10),
        m.ball((0.028, 0.032, 0.025), (0.062, 0, 0.20), pale, 6),
        m.ball((0.010, 0.012, 0.009), (0.089, 0, 0.208), DARK, 6),
    ]
    for s in (-1, 1):
        parts += [
            m.ball((0.015, 0.027, 0.027), (0, s * 0.056, 0.272), fur, 6),
            m.ball(0.008, (0.062, s * 0.026, 0.232), DARK, 5),
            m.ball((0.065, 0.034, 0.033), (0.085, s * 0.062, 0.034), fur, 6),
            m.ball((0.010, 0.027, 0.028), (0.145, s * 0.064, 0.038), pale, 6),
            m.ball((0.03, 0.028, 0.058), (0.035, s * 0.088, 0.115), fur, 6),
        ]
    return parts


def umbrella(m: Making) -> list[Solid]:
    """Open, a round canopy on its stick; closed, a rolled one."""
    canopy, wood = m.main("#b3322c", "canopy cover top cloth", "handle stick"), m.part("handle stick", "#6b4a2e")
    hook = m.rope([(0, 0, 0.12), (0, 0, 0.04), (0.02, 0, 0.008), (0.055, 0, 0.008), (0.07, 0, 0.04)], 0.012, wood)
    if m.seen.state in ("closed", "folded", "shut", "furled"):
        return [
            hook,
            m.tube((0, 0, 0.1), (0, 0, 0.95), 0.008, STEEL, detail=6),
            m.turned([(0.22, 0.03), (0.3, 0.038), (0.6, 0.03), (0.86, 0.012)], canopy, detail=10),
        ]
    rows = [
        (0.66, 0.52),
        (0.74, 0.46),
        (0.84, 0.30),
        (0.90, 0.13),
        (0.92, 0.01),
        (0.895, 0.13),
        (0.83, 0.29),
        (0.735, 0.44),
        (0.662, 0.505),
    ]
    ribs = [
        m.tube((0, 0, 0.70), (0.3 * float(np.cos(a)), 0.3 * float(np.sin(a)), 0.82), 0.004, STEEL, detail=4)
        for a in np.linspace(0, 2 * np.pi, 8, endpoint=False)
    ]
    return [hook, m.tube((0, 0, 0.1), (0, 0, 0.98), 0.009, STEEL, detail=6), m.turned(rows, canopy, detail=8), *ribs]


def clothes(m: Making) -> list[Solid]:
    """Cloth, folded twice."""
    cloth = m.main("#5a6a7f", "cloth fabric wool")
    if m.says("rug", "carpet"):
        return [
            m.box((1.2, 1.9, 0.015), (0, 0, 0.0075), cloth),
            m.box((0.95, 1.65, 0.004), (0, 0, 0.016), shade(cloth, 0.6)),
            m.box((0.8, 1.5, 0.004), (0, 0, 0.0175), cloth),
        ]
    from render.previz.figures.mesh import rings_of
    from render.previz.solid import skin

    parts = []
    for k, tint in enumerate((0.8, 1.0, 0.9)):
        z = 0.035 * k
        rows = [
            (z, 0, 0.13, 0.17),
            (z + 0.006, 0, 0.145, 0.185),
            (z + 0.028, 0, 0.145, 0.185),
            (z + 0.034, 0, 0.13, 0.17),
        ]
        parts.append(skin(rings_of(rows, 20, 5.0), shade(cloth, tint), m.entity))
    return parts


def hat(m: Making) -> list[Solid]:
    """A hat with its brim; a crown has points; a helmet a shell."""
    if m.says("crown", "tiara"):
        gold = m.main("#d0a030", "", "jewels gems")
        t = np.linspace(0, 2 * np.pi, 8, endpoint=False)
        spikes = [
            m.tube(
                (0.09 * float(np.cos(a)), 0.09 * float(np.sin(a)), 0.05),
                (0.10 * float(np.cos(a)), 0.10 * float(np.sin(a)), 0.12),
                0.026,
                gold,
                0.003,
                6,
            )
            for a in t
        ]
        return [
            m.turned([(0, 0.088), (0.0, 0.094), (0.06, 0.098), (0.06, 0.090), (0.0, 0.088)], gold, detail=20),
            *spikes,
            *(
                m.ball(
                    0.011,
                    (0.101 * float(np.cos(a)), 0.101 * float(np.sin(a)), 0.03),
                    m.part("jewels gems stones", "#a8182c"),
                    5,
                )
                for a in t
            ),
        ]
    look = m.main("#3a2f28", "felt brim", "band ribbon")
    band = m.part("band ribbon", shade(look, 0.4))
    if m.says("helmet", "hard hat"):
        return [
            m.turned([(0, 0.115), (0.05, 0.118), (0.10, 0.098), (0.14, 0.05), (0.15, 0.01)], look, detail=18),
            m.slab(
                [(0.19, 0.03), (0.19, -0.03), (0.12, -0.09), (0.08, -0.09), (0.08, 0.09), (0.12, 0.09)],
                0.002,
                0.012,
                shade(look, 0.8),
                "z",
            ),
        ]
    if m.says("cap", "beanie", "beret", "bonnet"):
        peak = (
            []
            if m.says("beanie", "beret", "bonnet")
            else [
                m.slab(
                    [(0.2, 0.03), (0.2, -0.03), (0.15, -0.085), (0.07, -0.085), (0.07, 0.085), (0.15, 0.085)],
                    0.0,
                    0.010,
                    shade(look, 0.8),
                    "z",
                )
            ]
        )
        return [
            m.turned([(0, 0.098), (0.05, 0.102), (0.09, 0.08), (0.115, 0.03), (0.118, 0.004)], look, detail=16),
            *peak,
        ]
    tall, brim = (0.19, 0.15) if m.says("top hat") else (0.12, 0.20) if m.says("cowboy") else (0.12, 0.155)
    return [
        m.turned(
            [
                (0.0, brim),
                (0.008, brim),
                (0.010, 0.09),
                (tall, 0.092 if tall > 0.15 else 0.078),
                (tall + 0.006, 0.06),
                (tall + 0.004, 0.01),
            ],
            look,
            detail=20,
        ),
        m.turned([(0.010, 0.094), (0.035, 0.093)], band, detail=20),
    ]


def shoes(m: Making) -> list[Solid]:
    """A pair; boots have legs."""
    look, sole = m.main("#4a2c1a", "leather upper", "sole laces"), m.part("sole heel", DARK)
    high = 0.24 if m.says("boot", "boots") else 0.085
    parts: list[Solid] = []
    for s in (-1, 1):
        y = s * 0.065
        parts += [
            m.ball((0.085, 0.042, 0.045), (0.055, y, 0.05), look, 8),
            m.tube((-0.055, y, 0.02), (-0.055, y, high), 0.045, look, 0.042),
            m.box((0.10, 0.08, 0.05), (-0.01, y, 0.045), look),
            m.box((0.25, 0.082, 0.018), (0.015, y, 0.009), sole),
            m.tube((-0.055, y, high - 0.004), (-0.055, y, high + 0.001), 0.033, DARK),
        ]
    return parts


def glasses(m: Making) -> list[Solid]:
    """Two lenses, a bridge, temples."""
    frame = m.main("#26221f", "frames rim", "lens lenses")
    lens = m.part("lens lenses glass", "#16181a" if m.says("sunglasses") else PANE)
    parts: list[Solid] = [m.tube((0.062, -0.012, 0.026), (0.062, 0.012, 0.026), 0.0025, frame, detail=5)]
    for s in (-1, 1):
        parts += [
            m.ring((0.06, s * 0.034, 0.023), 0.0215, 0.0028, frame, "x"),
            m.tube((0.059, s * 0.034, 0.023), (0.061, s * 0.034, 0.023), 0.0205, lens, detail=14),
            m.rope([(0.06, s * 0.056, 0.026), (-0.03, s * 0.062, 0.026), (-0.07, s * 0.060, 0.010)], 0.0026, frame, 5),
        ]
    return parts


def flag(m: Making) -> list[Solid]:
    """A flag on its pole."""
    cloth = m.main("#b3322c", "cloth", "pole")
    t = np.linspace(0, 1, 7)
    line = np.stack([0.03 * np.sin(5 * t), 0.02 + 0.62 * t], -1)
    from render.previz.figures.mesh import patch

    rows = np.stack([np.stack([line[:, 0], line[:, 1], 0 * t + z], -1) for z in (1.5, 1.05)])
    return [
        m.tube((0, 0, 0), (0, 0, 1.55), 0.014, m.part("pole stick", WOOD), detail=8),
        m.ball(0.022, (0, 0, 1.56), BRASS, 6),
        patch(rows, cloth, m.entity),
    ]


def cross(m: Making) -> list[Solid]:
    """A cross that stands."""
    look = m.main("#6b4326")
    return [m.box((0.02, 0.03, 0.30), (0, 0, 0.15), look), m.box((0.02, 0.17, 0.03), (0, 0, 0.21), look)]


def wheel(m: Making) -> list[Solid]:
    """A ship's wheel with handles; a record and a shield are discs."""
    if m.says("record", "vinyl", "cd", "disc", "dvd", "coaster", "lid", "reel", "cymbal"):
        r = 0.15 if not m.says("cd", "dvd", "coaster") else 0.06
        return [
            m.tube((0, 0, 0), (0, 0, 0.006), r, m.main("#1b1b1d", "", "label"), detail=24),
            m.tube((0, 0, 0.005), (0, 0, 0.008), 0.33 * r, m.part("label", "#b3322c"), detail=16),
        ]
    if m.says("shield"):
        look = m.main("#7a2a24", "", "rim boss")
        return [
            m.tube((-0.02, 0, 0.32), (0.02, 0, 0.32), 0.31, look, detail=24),
            m.ring((0.0, 0, 0.32), 0.305, 0.022, m.part("rim", STEEL), "x", points=24),
            m.ball((0.07, 0.08, 0.08), (0.02, 0, 0.32), m.part("boss", STEEL), 10),
        ]
    wood = m.main("#6b4326")
    ends = [
        (0.0, 0.46 * float(np.cos(a)), 0.47 + 0.46 * float(np.sin(a))) for a in np.linspace(0, np.pi, 4, endpoint=False)
    ]
    return [
        m.ring((0, 0, 0.47), 0.33, 0.028, wood, "x", points=24),
        m.tube((-0.04, 0, 0.47), (0.04, 0, 0.47), 0.07, BRASS, detail=14),
        *(m.tube(e, (0, -e[1], 0.94 - e[2]), 0.016, wood, detail=6) for e in ends),
    ]


def chess(m: Making) -> list[Solid]:
    """A board of squares with some men on it."""
    dark, pale = m.part("dark", "#4a2c1a"), m.part("board light", "#d8bf8a")
    parts = [
        m.box((0.38, 0.38, 0.02), (0, 0, 0.01), dark),
        *(
            m.box((0.042, 0.042, 0.001), (-0.147 + 0.042 * i, -0.147 + 0.042 * j, 0.0205), pale)
            for i in range(8)
            for j in range(8)
            if (i + j) % 2
        ),
    ]
    return [
        *parts,
        *(
            m.turned(
                [(0.02, 0.015), (0.03, 0.009), (0.055, 0.006), (0.06, 0.010), (0.07, 0.002)],
                WHITE if x > 0 else DARK,
                (x, y),
                6,
            )
            for x in (-0.147, 0.147)
            for y in (-0.105, -0.021, 0.063)
        ),
    ]
