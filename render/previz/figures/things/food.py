"""Food, and what is round."""

import numpy as np

from render.previz.colours import shade
from render.previz.figures.things.making import BRASS, DARK, FLAME, GREEN, WHITE, Making, faceted
from render.previz.solid import Solid, join


def bitten(m: Making) -> bool:
    """Whether a bite is missing."""
    return m.seen.state in ("bitten", "eaten", "half", "half-eaten") or m.says("bitten", "half-eaten")


def bite(solid: Solid, at: tuple[float, float, float], radius: float) -> Solid:
    """The solid with a bite taken out: what lies within ``radius`` of ``at`` is pressed back onto that ball."""
    from dataclasses import replace

    away = solid.vertices - np.asarray(at, np.float32)
    far = np.linalg.norm(away, axis=1, keepdims=True)
    pressed = np.where(far < radius, np.asarray(at, np.float32) + away / np.maximum(far, 1e-6) * radius, solid.vertices)
    return faceted(replace(solid, vertices=pressed.astype(np.float32)))


def burger(m: Making) -> list[Solid]:
    """A sandwich in two halves of bread, or a burger in its bun, with what is between."""
    bread = m.main("#c08a4a", "bread bun roll", "filling lettuce label")
    green, filling = m.part("lettuce salad", GREEN), m.part("filling meat ham cheese", "#a3402f")
    gone = bitten(m)
    if m.word == "sandwich":
        corner = (0.105, 0.0)
        layers = []
        for low, high, look, out in (
            (0.0, 0.022, bread, 0.0),
            (0.022, 0.030, green, 0.006),
            (0.030, 0.040, filling, 0.001),
            (0.040, 0.062, bread, 0.0),
        ):
            half = 0.075 + out
            outline = [(half, -half), (half, half), (-half, half), (-half, -half)]
            if gone:
                turns = np.linspace(np.pi / 2 + 0.05, 3 * np.pi / 2 - 0.05, 9)
                hole = [
                    (
                        corner[0] + 0.10 * float(np.cos(t)),
                        corner[1] - 0.055 * float(np.sin(t)) * (1 + 0.12 * float(np.cos(5 * t))),
                    )
                    for t in turns
                ]
                outline = [
                    (half, -half),
                    *[(min(x, half), y) for x, y in hole],
                    (half, half),
                    *((-half, float(y)) for y in np.linspace(half, -half, 16)),
                ]
            layers.append(m.slab(outline, low, high, look, "z"))
        return layers
    parts = [
        m.turned([(0, 0.06), (0.006, 0.07), (0.026, 0.072), (0.028, 0.06)], bread, detail=18),
        m.turned([(0.026, 0.06), (0.030, 0.079), (0.036, 0.078), (0.038, 0.06)], green, detail=18),
        m.turned(
            [(0.036, 0.06), (0.040, 0.074), (0.056, 0.074), (0.058, 0.06)],
            filling if filling.part else m.part("meat", "#5a2f1c"),
            detail=18,
        ),
        m.turned([(0.056, 0.07), (0.066, 0.074), (0.085, 0.064), (0.100, 0.038), (0.104, 0.01)], bread, detail=18),
    ]
    if m.says("hot dog", "hotdog", "taco", "roll"):
        parts = [
            m.rope([(0, y, 0.028) for y in (-0.09, -0.08, 0.08, 0.09)], [0.012, 0.03, 0.03, 0.012], bread, 9),
            m.rope([(0, y, 0.052) for y in (-0.105, -0.09, 0.09, 0.105)], [0.006, 0.015, 0.015, 0.006], filling, 8),
        ]
    return [bite(join([each]), (0.085, 0, 0.05), 0.05) for each in parts] if gone else parts


def bread(m: Making) -> list[Solid]:
    """A loaf; a baguette and a sausage are long."""
    crust = m.main("#b87a3c" if not m.says("cucumber") else "#3f6a2a", "crust bread")
    if m.says("toast"):
        return [m.box((0.11, 0.11, 0.016), (0, 0, 0.008), crust)]
    long, thick = (
        (0.30, 0.035)
        if m.says("baguette", "french")
        else (0.09, 0.02)
        if m.says("sausage", "corn", "cucumber", "croissant")
        else (0.13, 0.06)
    )
    y = np.linspace(-long, long, 9)
    wave = thick * np.sqrt(np.maximum(1 - (y / long) ** 4, 0.05))
    body = m.rope(np.stack([0 * y, y, 0 * y + thick], -1), list(wave), crust, 10)
    cuts = [
        m.box((0.9 * thick, 0.008, 0.006), (0, each, 1.95 * thick), shade(crust, 1.5))
        for each in np.linspace(-0.6 * long, 0.6 * long, 5)
    ]
    return [bite(body, (0, long, thick), 0.07), *cuts[:4]] if bitten(m) else [body, *cuts]


def cake(m: Making) -> list[Solid]:
    """A cake of layers; a birthday cake has candles; a pizza is flat."""
    icing = m.main("#f0dccb", "icing cake frosting", "filling candles")
    filling = m.part("filling jam", "#9a2f3a")
    if m.says("pizza", "pancake", "waffle", "tart", "quiche", "pie"):
        base = m.main("#c99850", "crust base", "topping cheese")
        top = m.part(
            "topping cheese", "#b8402a" if m.says("pizza") else "#8f4a2a" if m.says("pie", "tart") else "#d8a850"
        )
        parts = [
            m.turned([(0, 0.12), (0.008, 0.145), (0.026, 0.15), (0.022, 0.135)], base, detail=22),
            m.tube((0, 0, 0.01), (0, 0, 0.024), 0.136, top, detail=22),
        ]
        return [
            *parts,
            *(
                m.tube(
                    (0.08 * float(np.cos(a)), 0.08 * float(np.sin(a)), 0.023),
                    (0.08 * float(np.cos(a)), 0.08 * float(np.sin(a)), 0.028),
                    0.022,
                    shade(top, 0.6),
                    detail=8,
                )
                for a in np.linspace(0, 5.2, 6)
            ),
        ]
    by = 0.4 if m.says("cupcake", "muffin") else 1.0
    rows = [(0, 0.115), (0.045, 0.115)]
    parts = [
        m.turned([(by * z, by * r) for z, r in rows], icing, detail=20),
        m.turned([(by * 0.045, by * 0.117), (by * 0.056, by * 0.117)], filling, detail=20),
        m.turned(
            [(by * 0.056, by * 0.115), (by * 0.10, by * 0.115), (by * 0.108, by * 0.108), (by * 0.110, by * 0.02)],
            icing,
            detail=20,
        ),
    ]
    if bitten(m):
        return [bite(each, (0.11, 0, 0.08), 0.075) for each in parts]
    if m.says("birthday"):
        for a in np.linspace(0, 2 * np.pi, 5, endpoint=False):
            x, y = 0.07 * float(np.cos(a)), 0.07 * float(np.sin(a))
            parts += [
                m.tube((x, y, 0.11), (x, y, 0.16), 0.004, m.part("candles", "#5a8fc0"), detail=5),
                m.ball((0.005, 0.005, 0.011), (x, y, 0.172), FLAME, 6),
            ]
    elif m.says("wedding"):
        parts += [
            m.turned([(0.11, 0.08), (0.19, 0.08), (0.195, 0.07)], icing),
            m.turned([(0.195, 0.05), (0.26, 0.05), (0.265, 0.04)], icing),
        ]
    else:
        parts.append(m.ball(0.016 * (by + 0.2), (0, 0, 0.12 * by), m.part("cherry berry", "#b01c2e"), 8))
    return parts


_ROUND = {  # what is round: its radius in metres and its colour
    "apple": (0.04, "#b0251e"),
    "orange": (0.04, "#e07b1a"),
    "egg": (0.025, "#ead9bf"),
    "lemon": (0.033, "#e6c92f"),
    "lime": (0.03, "#6f9a2a"),
    "tomato": (0.037, "#c22a1c"),
    "peach": (0.038, "#e09a6a"),
    "plum": (0.025, "#4a2248"),
    "cherry": (0.012, "#9a1420"),
    "melon": (0.09, "#b9b860"),
    "watermelon": (0.13, "#2f5a2a"),
    "onion": (0.038, "#b07a3a"),
    "potato": (0.035, "#a8875a"),
    "football": (0.11, "#e2e0d8"),
    "soccer": (0.11, "#e2e0d8"),
    "basketball": (0.12, "#c8622a"),
    "tennis": (0.033, "#c6d63a"),
    "snowball": (0.045, "#f0f2f4"),
    "cannonball": (0.07, "#2a2b2d"),
    "orb": (0.07, "#7fa8c8"),
    "crystal": (0.075, "#a8c0cc"),
    "beach": (0.18, "#d8433a"),
    "coconut": (0.06, "#5a3a22"),
    "bowling": (0.108, "#20242c"),
    "marble": (0.009, "#3f7ab0"),
    "pearl": (0.006, "#e8e2d6"),
    "pumpkin": (0.15, "#d9731a"),
    "globe": (0.15, "#3f7a9a"),
    "cabbage": (0.09, "#7a9a5a"),
    "turnip": (0.045, "#c9b0c0"),
    "golf": (0.021, "#ececea"),
    "baseball": (0.037, "#e6e0d2"),
    "pear": (0.038, "#a8b040"),
    "mango": (0.045, "#d99a2f"),
    "bauble": (0.04, "#b0202a"),
    "grapefruit": (0.055, "#e0a050"),
    "eyeball": (0.012, "#e8e4de"),
    "grenade": (0.035, "#4a5534"),
    "pill": (0.006, "#e6e2da"),
    "walnut": (0.018, "#8a6038"),
    "strawberry": (0.018, "#c01f2e"),
    "ball": (0.09, "#c2402f"),
}


def fruit(m: Making) -> list[Solid]:
    """Fruit with its stalk, and balls of every kind; a globe stands on its foot."""
    name = next((key for key in _ROUND if key in m.word), None) or next((key for key in _ROUND if m.says(key)), "ball")
    if name == "ball":
        name = next((key for key in _ROUND if key != "ball" and m.says(key)), "ball")
    r, colour = _ROUND[name]
    skin = m.main(colour, "skin peel leather", "leaf stalk stand")
    if name in ("apple", "pear", "tomato", "pumpkin", "orange", "peach", "plum", "cherry", "onion", "turnip"):
        rows = [
            (0.03, 0.25),
            (0, 0.45),
            (0.12, 0.75),
            (0.45, 0.97),
            (0.9, 1.0),
            (1.4, 0.82),
            (1.72, 0.5),
            (1.75, 0.28),
            (1.62, 0.05),
        ]
        if name == "pear":
            rows = [(0.03, 0.25), (0, 0.45), (0.3, 0.9), (0.8, 1.0), (1.4, 0.7), (2.0, 0.42), (2.3, 0.28), (2.35, 0.05)]
        body = m.turned([(z * r, x * r) for z, x in rows], skin, detail=16)
        top = rows[-1][0] * r
        stalk = m.tube(
            (0, 0, top),
            (0.1 * r, 0.1 * r, top + 0.45 * r),
            0.06 * r + 0.0008,
            m.part("stalk stem", "#4a3a1e"),
            detail=5,
        )
        if bitten(m):
            inside = m.ball((0.75 * r, 0.75 * r, 0.8 * r), (0, 0, 0.9 * r), m.part("flesh", "#efe3b8"), 10)
            return [bite(body, (1.15 * r, 0, 1.0 * r), 0.75 * r), bite(inside, (1.3 * r, 0, 1.0 * r), 0.7 * r), stalk]
        leaf = m.ball((0.3 * r, 0.14 * r, 0.05 * r), (0.3 * r, 0.1 * r, top + 0.35 * r), m.part("leaf", GREEN), 6)
        return [body, stalk, leaf]
    if name in ("lemon", "lime", "mango", "egg", "potato", "melon", "eyeball", "strawberry"):
        return [m.ball((1.25 * r, r, r), (0, 0, r), skin, 12)]
    body = m.ball(r, (0, 0, r), skin, 14)
    if name == "globe":
        wood = m.part("stand foot", "#5a3a22")
        lifted = m.ball(r, (0, 0, r + 0.09), skin, 14)
        land = m.part("land", "#7a9a4a")
        return [
            lifted,
            *(
                m.ball((0.5 * r, 0.5 * r, 0.3 * r), (x * r, y * r, r + 0.09 + z * r), land, 8)
                for x, y, z in ((0.62, 0.2, 0.3), (0.4, -0.5, -0.3), (-0.5, 0.4, 0.1))
            ),
            m.turned([(0, 0.08), (0.015, 0.075), (0.03, 0.015), (0.1, 0.012)], wood),
            m.ring((0, 0, r + 0.09), 1.06 * r, 0.006, BRASS, "y", points=20, detail=5),
        ]
    if name == "grenade":
        return [
            m.ball((r, r, 1.3 * r), (0, 0, 1.3 * r), skin, 10),
            m.tube((0, 0, 2.5 * r), (0, 0, 3.0 * r), 0.35 * r, DARK),
            m.ring((0, 0.9 * r, 2.9 * r), 0.4 * r, 0.07 * r, BRASS, "x"),
        ]
    if name in ("football", "soccer", "beach", "basketball", "tennis", "ball", "baseball"):
        band = m.part("stripe band seams panels", WHITE if name in ("beach", "ball") else shade(skin, 0.3))
        return [
            body,
            m.ring((0, 0, r), 1.0 * r, 0.035 * r, band, "x", points=18, detail=5),
            m.ring((0, 0, r), 1.0 * r, 0.035 * r, band, "y", points=18, detail=5),
        ]
    return [body]


def banana(m: Making) -> list[Solid]:
    """A banana lying on its side."""
    t = np.linspace(-0.9, 0.9, 9)
    line = np.stack([0.10 * (1 - np.cos(t)), 0.11 * np.sin(t), 0 * t + 0.018], -1)
    peel = m.main("#e3c22f")
    return [
        m.rope(line, [0.005, 0.012, 0.016, 0.018, 0.018, 0.018, 0.016, 0.012, 0.004], peel, 7),
        m.tube(tuple(line[-1]), (line[-1][0] + 0.012, line[-1][1] + 0.016, 0.018), 0.004, m.part("stalk", "#6a5a20")),
    ]


def carrot(m: Making) -> list[Solid]:
    """A root with its leaves."""
    root = m.main("#d9691a" if not m.says("icicle") else "#bcd4de")
    leaves = (
        []
        if m.says("icicle")
        else [
            m.tube((-0.09, 0, 0.018), (-0.17, y, 0.03 + abs(y) / 2), 0.003, m.part("leaves", GREEN), 0.008, 5)
            for y in (-0.03, 0, 0.03)
        ]
    )
    return [
        m.rope(
            [(0.11, 0, 0.015), (0, 0, 0.017), (-0.08, 0, 0.018), (-0.092, 0, 0.018)],
            [0.001, 0.013, 0.018, 0.009],
            root,
            9,
        ),
        *leaves,
    ]


def donut(m: Making) -> list[Solid]:
    """A ring: iced, or a lifebuoy or a tyre of its own size."""
    if m.says("lifebuoy", "life ring", "lifebelt", "life preserver", "rubber ring"):
        body = m.main("#d8431f")
        return [m.ring((0, 0, 0.37), 0.29, 0.07, body, "x", points=24, detail=9)]
    if m.says("tyre", "tire", "wheel"):
        return [m.ring((0, 0, 0.31), 0.23, 0.08, m.main("#222224"), "x", points=24, detail=9)]
    if m.says("hoop", "wreath"):
        thick = 0.05 if m.says("wreath") else 0.012
        return [
            m.ring(
                (0, 0, 0.40 + thick),
                0.40 if thick < 0.02 else 0.2,
                thick,
                m.main("#2f5a2a" if thick > 0.02 else "#d84f8a"),
                "x",
                points=24,
                detail=7,
            )
        ]
    dough = m.main("#b8793a", "dough", "icing glaze")
    icing = m.part("icing glaze", "#d98aa8")
    parts = [
        m.ring((0, 0, 0.019), 0.034, 0.019, dough, points=18, detail=8),
        m.ring((0, 0, 0.024), 0.034, 0.017, icing, points=18, detail=8),
    ]
    return [bite(each, (0.055, 0, 0.02), 0.028) for each in parts] if bitten(m) else parts
