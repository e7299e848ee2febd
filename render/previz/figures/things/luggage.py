"""Suitcases, bags, boxes, barrels, baskets, sacks."""

import numpy as np

from render.previz.colours import shade
from render.previz.figures.mesh import rings_of
from render.previz.figures.things.making import BRASS, DARK, STEEL, Making
from render.previz.solid import Solid, skin


def suitcase(m: Making) -> list[Solid]:
    """A case with straps and corners; a backpack, a handbag and a soft bag have shapes of their own."""
    if m.says("backpack", "rucksack", "knapsack", "schoolbag"):
        cloth = m.main("#4a5a3a", "bag", "strap pocket")
        strap = m.part("strap straps", shade(cloth, 0.6))
        rows = [
            (0, -0.0, 0.085, 0.14),
            (0.02, 0.0, 0.11, 0.165),
            (0.25, 0.0, 0.11, 0.165),
            (0.37, -0.01, 0.085, 0.14),
            (0.43, -0.03, 0.05, 0.09),
            (0.44, -0.03, 0.02, 0.04),
        ]
        return [
            skin(rings_of(rows, 16, 3.0), cloth, m.entity),
            m.box((0.06, 0.22, 0.14), (0.115, 0, 0.12), m.part("pocket", shade(cloth, 0.85))),
            m.box((0.03, 0.26, 0.07), (0.095, 0, 0.33), shade(cloth, 0.8)),
            m.arc((-0.05, 0, 0.42), (0.04, 0.06), 0.008, strap),
            *(
                m.rope(
                    [
                        (-0.09, s * 0.08, 0.38),
                        (-0.16, s * 0.09, 0.28),
                        (-0.15, s * 0.11, 0.12),
                        (-0.10, s * 0.12, 0.04),
                    ],
                    0.014,
                    strap,
                    5,
                )
                for s in (-1, 1)
            ),
        ]
    if (
        m.says(
            "handbag",
            "purse",
            "duffel",
            "holdall",
            "tote",
            "shopping bag",
            "satchel",
            "toolbag",
            "carpetbag",
            "sports bag",
            "doctor's bag",
        )
        or m.word == "bag"
    ):
        cloth = m.main("#6b3a2a", "bag leather", "strap handle clasp")
        by = 0.62 if m.says("handbag", "purse") else 1.0
        rows = [
            (0, 0, 0.09, 0.18),
            (0.015, 0, 0.105, 0.2),
            (0.12, 0, 0.10, 0.2),
            (0.22, 0, 0.05, 0.17),
            (0.25, 0, 0.018, 0.15),
            (0.252, 0, 0.006, 0.14),
        ]
        return [
            skin(rings_of([tuple(by * v for v in row) for row in rows], 18, 3.2), cloth, m.entity),
            *(
                m.arc(
                    (by * x, 0, by * 0.215),
                    (by * 0.09, by * 0.15),
                    by * 0.008,
                    m.part("handle strap", shade(cloth, 0.6)),
                )
                for x in (-0.03, 0.03)
            ),
            m.box((0.02 * by, 0.03 * by, 0.03 * by), (0.03 * by, 0, 0.235 * by), m.part("clasp", BRASS)),
        ]
    body = m.main("#7a4a2a", "suitcase leather", "handle corners")
    trim = m.part("trim straps corners", shade(body, 0.5))
    tall = 0.30 if m.says("briefcase", "attache", "lunchbox", "toolbox", "first aid") else 0.40
    wide, deep = (0.42, 0.10) if tall < 0.4 else (0.58, 0.19)
    parts = [
        m.box((deep, wide, tall), (0, 0, tall / 2), body),
        m.box((deep + 0.004, wide + 0.004, 0.008), (0, 0, 0.58 * tall), shade(body, 0.55)),
        m.arc((0, 0, tall - 0.002), (0.07, 0.045), 0.010, m.part("handle", trim)),
    ]
    parts += [m.box((deep + 0.008, 0.03, tall + 0.008), (0, y, tall / 2), trim) for y in (-0.3 * wide, 0.3 * wide)]
    parts += [
        m.box((deep + 0.010, 0.045, 0.045), (0, s * (wide / 2 - 0.02), z), trim)
        for s in (-1, 1)
        for z in (0.022, tall - 0.022)
    ]
    parts += [m.box((0.012, 0.03, 0.04), (deep / 2, y, 0.58 * tall), BRASS) for y in (-0.3 * wide, 0.3 * wide)]
    if m.says("first aid"):
        cross = m.part("cross", "#c01f1f")
        parts += [
            m.box((deep + 0.012, 0.10, 0.03), (0, 0, tall / 2), cross),
            m.box((deep + 0.012, 0.03, 0.10), (0, 0, tall / 2), cross),
        ]
    return parts


def box(m: Making) -> list[Solid]:
    """A crate of boards, a chest with a round lid, a parcel with string, a present with a bow, a safe."""
    if m.says("chest", "trunk", "treasure", "casket", "coffin"):
        wood = m.main("#6b4326", "wood", "bands lock lid")
        iron = m.part("bands metal lock", BRASS if m.says("treasure") else STEEL)
        by = 0.4 if m.says("jewel", "small", "music") else 1.0
        turns = np.linspace(0, np.pi, 9)
        lid = [(by * 0.2 * float(np.cos(t)), by * (0.30 + 0.14 * float(np.sin(t)))) for t in turns]
        band = [(by * 0.206 * float(np.cos(t)), by * (0.30 + 0.148 * float(np.sin(t)))) for t in turns]
        opened = m.seen.state == "open" or m.says("open")
        parts = [m.box((0.4 * by, 0.62 * by, 0.30 * by), (0, 0, 0.15 * by), wood)]
        if opened:
            parts.append(
                m.slab(
                    [
                        (-0.2 * by, 0.30 * by),
                        (-0.2 * by, 0.68 * by),
                        (-0.26 * by, 0.66 * by),
                        (-0.34 * by, 0.5 * by),
                        (-0.26 * by, 0.34 * by),
                    ],
                    -0.31 * by,
                    0.31 * by,
                    m.part("lid", shade(wood, 1.15)),
                )
            )
            parts.append(
                m.box(
                    (0.36 * by, 0.58 * by, 0.01),
                    (0, 0, 0.3 * by),
                    m.part("contents gold", "#d0a030" if m.says("treasure", "gold") else "#1c1410"),
                )
            )
        else:
            parts.append(m.slab(lid, -0.31 * by, 0.31 * by, m.part("lid", shade(wood, 1.15))))
            parts += [m.slab(band, y * by - 0.02 * by, y * by + 0.02 * by, iron) for y in (-0.2, 0.2)]
        parts += [m.box((0.412 * by, 0.04 * by, 0.304 * by), (0, y * by, 0.15 * by), iron) for y in (-0.2, 0.2)]
        return [*parts, m.box((0.03 * by, 0.08 * by, 0.10 * by), (0.2 * by, 0, 0.28 * by), iron)]
    if m.says("crate", "ballot"):
        wood = m.main("#a8814f", "wood boards")
        parts = [m.box((0.44, 0.54, 0.39), (0, 0, 0.20), shade(wood, 0.45))]
        parts += [m.box((0.46, 0.56, 0.105), (0, 0, z), wood) for z in (0.06, 0.20, 0.34)]
        return [
            *parts,
            *(m.box((0.48, 0.06, 0.40), (0, s * 0.24, 0.20), shade(wood, 0.85)) for s in (-1, 1)),
            *(m.box((0.06, 0.58, 0.40), (s * 0.20, 0, 0.20), shade(wood, 0.85)) for s in (-1, 1)),
        ]
    if m.says("safe", "lockbox"):
        steel = m.main("#4a5258")
        return [
            m.box((0.45, 0.48, 0.5), (0, 0, 0.25), steel),
            m.box((0.02, 0.40, 0.42), (0.225, 0, 0.25), shade(steel, 1.3)),
            m.tube((0.23, 0.06, 0.27), (0.26, 0.06, 0.27), 0.055, m.part("dial", BRASS), detail=16),
            m.ring((0.265, -0.08, 0.25), 0.05, 0.009, BRASS, "x"),
        ]
    if m.says("bomb"):
        return [
            m.box((0.12, 0.26, 0.10), (0, 0, 0.05), m.main("#33363a")),
            *(
                m.tube((-0.0, y, 0.14), (0.0, y, 0.06), 0.022, m.part("sticks dynamite", "#b0271f"))
                for y in (-0.06, 0, 0.06)
            ),
            m.box((0.01, 0.10, 0.05), (0.06, 0, 0.06), m.part("display timer light", "#c01a10")),
        ]
    if m.says("brick", "soap", "dice", "cube", "battery", "ice", "block"):
        small = m.says("dice", "soap", "battery")
        look = m.main("#a3472f" if m.says("brick") else "#bcd4de" if m.says("ice") else "#e6e2d6")
        size = (0.05, 0.05, 0.05) if m.says("dice") else (0.06, 0.09, 0.03) if small else (0.10, 0.21, 0.065)
        parts = [m.box(size, (0, 0, size[2] / 2), look)]
        if m.says("dice"):
            parts += [
                m.ball((0.002, 0.005, 0.005), (0.025, y, z), DARK, 5)
                for y, z in ((0, 0.025), (0.014, 0.039), (-0.014, 0.011))
            ] + [m.ball((0.005, 0.005, 0.002), (x, x, 0.05), DARK, 5) for x in (-0.012, 0.012)]
        return parts
    card = m.main(
        "#b08a58" if not m.says("gift", "present") else "#b3322c",
        "box paper wrapping cardboard",
        "ribbon string tape lid",
    )
    ribbon = m.part(
        "ribbon string bow tape",
        "#e6c34a" if m.says("gift", "present") else "#d9c79c" if not m.says("parcel", "package") else "#7a5a34",
    )
    x, y, z = (0.24, 0.32, 0.2) if not m.says("pizza") else (0.34, 0.34, 0.045)
    parts = [m.box((x, y, z), (0, 0, z / 2), card)]
    if m.says("gift", "present", "parcel", "package"):
        wide = 0.03 if m.says("gift", "present") else 0.008
        parts += [
            m.box((x + 0.004, wide, z + 0.004), (0, 0, z / 2), ribbon),
            m.box((wide, y + 0.004, z + 0.004), (0, 0, z / 2), ribbon),
        ]
        return [
            *parts,
            *(m.ring((0, s * 0.04, z + 0.02), 0.03, 0.3 * wide, ribbon, "x", points=12, detail=5) for s in (-1, 1)),
        ]
    return [
        *parts,
        m.box((x + 0.002, 0.05, 0.002), (0, 0, z + 0.0002), ribbon),
        m.box((0.002, 0.05, 0.07), (x / 2, 0, z - 0.035), ribbon),
        m.box((x + 0.001, 0.003, 0.002), (0, 0, z + 0.0015), shade(card, 0.5)),
    ]


def barrel(m: Making) -> list[Solid]:
    """A barrel of staves with hoops; a drum and a cylinder are straight."""
    if m.says("drum", "cylinder", "gas bottle", "extinguisher", "hydrant", "churn", "tank", "dynamite"):
        body = m.main("#b0281e" if m.says("extinguisher", "hydrant", "dynamite") else "#3a5a7a")
        by = 0.42 if m.says("extinguisher", "churn") else 0.16 if m.says("dynamite") else 1.0
        slim = 1.0 if m.says("drum") else 0.5
        rows = [(0, 0.28), (0.02, 0.29), (0.84, 0.29), (0.88, 0.27), (0.885, 0.05)]
        parts = [m.turned([(z * by, r * by * (slim if by > 0.5 else 0.62)) for z, r in rows], body, detail=18)]
        if slim == 1.0:
            return [
                *parts,
                *(m.ring((0, 0, z), 0.29, 0.010, shade(body, 0.7), points=18, detail=5) for z in (0.28, 0.58)),
            ]
        return [*parts, m.tube((0, 0, 0.88 * by), (0, 0, 1.0 * by), 0.04 * by + 0.004, DARK)]
    wood = m.main("#7a4f2a", "wood staves", "hoops bands")
    iron = m.part("hoops bands metal", "#3f4448")
    parts = [
        m.turned([(0, 0.24), (0.2, 0.295), (0.42, 0.31), (0.64, 0.295), (0.84, 0.24), (0.82, 0.22)], wood, detail=20)
    ]
    return [
        *parts,
        *(
            m.turned(
                [(z - 0.025, r), (z + 0.025, r + s)],
                iron,
                detail=20,
            )
            for z, r, s in ((0.06, 0.255, 0.018), (0.24, 0.305, 0.008), (0.60, 0.312, -0.008), (0.78, 0.27, -0.018))
        ),
    ]


def basket(m: Making) -> list[Solid]:
    """A woven basket with a handle."""
    cane = m.main("#b08d57", "wicker basket", "cloth lid")
    rows = [
        (0, 0, 0.10, 0.15),
        (0.04, 0, 0.12, 0.175),
        (0.08, 0, 0.115, 0.17),
        (0.12, 0, 0.135, 0.195),
        (0.15, 0, 0.13, 0.19),
        (0.18, 0, 0.145, 0.21),
        (0.175, 0, 0.13, 0.195),
    ]
    return [
        skin(rings_of(rows, 18, 2.4), cane, m.entity),
        m.box((0.2, 0.3, 0.02), (0, 0, 0.165), m.part("cloth lid contents", "#a33a34")),
        m.arc((0, 0, 0.16), (0.19, 0.22), 0.010, shade(cane, 0.75), points=12),
    ]


def sack(m: Making) -> list[Solid]:
    """A tied sack; a pillow lies flat."""
    cloth = m.main("#b59a6a" if not m.says("pillow", "cushion") else "#d9d4c8", "cloth sack")
    if m.says("pillow", "cushion", "bean bag", "sandbag"):
        rows = [
            (0, 0, 0.05, 0.12),
            (0.03, 0, 0.19, 0.26),
            (0.07, 0, 0.21, 0.29),
            (0.11, 0, 0.19, 0.26),
            (0.14, 0, 0.05, 0.12),
        ]
        return [skin(rings_of(rows, 20, 3.5), cloth, m.entity)]
    by = 0.35 if m.says("pouch", "purse") else 1.0
    rows = [
        (0, 0.14),
        (0.02, 0.19),
        (0.15, 0.22),
        (0.30, 0.18),
        (0.42, 0.07),
        (0.45, 0.05),
        (0.48, 0.08),
        (0.53, 0.11),
        (0.52, 0.06),
    ]
    return [
        m.turned([(by * z, by * r) for z, r in rows], cloth, detail=14),
        m.ring((0, 0, 0.45 * by), 0.055 * by, 0.012 * by, m.part("string rope tie", "#5a3f22"), points=12),
    ]
