"""Out in the country: field, road, farm, and open land."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, blot, paint, patch, tone
from render.previz.sets.design import DRESSING, SetDesign, SpotKind
from render.previz.solid import ball, box, tube


def hills(b: Builder, look: str = "#7a9150", high: float = 16.0) -> None:
    """Grass that is level where people act, and hills around it."""
    ground = b.look("ground grass field meadow floor", look)
    b.ground(n.terrain(b, n.rolling(b, high, 150.0), ground, steep=tone(ground, 0.8)))
    n.blots(b, ground, 46, 14, (0.4, 1.6))


def path(b: Builder, look: str = "#b7a27c", wide: float = 1.5, along: str = "x") -> None:
    """A path that winds through the middle."""
    tint = b.look("path track trail", look)
    u = np.linspace(-60, 60, 61)
    v = 0.9 * np.sin(0.35 * u + 1.0) * np.minimum(np.abs(u) / 5, 1) - 0.2
    points = np.column_stack([u, v] if along == "x" else [v, u])[10:51]
    b.ground(n.ribbon(b, points, 1.25 * wide, 0.012, tone(tint, 0.84)), n.ribbon(b, points, wide, 0.016, tint))


def wood_edge(b: Builder, near: float, far: float, count: int, leaf: str = "#56733f") -> None:
    """Trees between two distances, all around."""
    for _ in range(count):
        x, y = n.around(b, near, far)
        (n.broadleaf if b.chance.random() < 0.6 else n.conifer)(b, x, y, b.between(6, 9), paint(leaf))  # type: ignore[operator]


def field(b: Builder) -> SetDesign:
    """A meadow with a fence, hay, a lone tree, a barn, hedges and hills."""
    hills(b)
    wheat = b.says("wheat", "corn", "crop", "barley", "hay")
    grass = b.look("grass meadow", "#8a9a52")
    for _ in range(60):
        x, y = n.around(b, 2.2, 12)
        n.tuft(
            b,
            x,
            y,
            b.between(0.25, 0.5) * (1.7 if wheat else 1.0),
            tone(paint("#c9a653") if wheat else grass, b.between(0.85, 1.15)),
        )
    for _ in range(9):
        n.flowers(b, *n.around(b, 2.4, 8), ("#d9c04a", "#e8e0d8", "#c2556a", "#7f7fc0"))
    fence = b.look("fence", "#8a7358")
    n.fence(b, (-26, 7.5), (26, 8.6), fence)
    n.fence(b, (-24, -11), (24, -12), fence)
    n.broadleaf(b, -5.5, 5.6, 7.5, b.look("tree", "#5f7d42"))
    for x, y in ((4.6, 5.2), (8.0, 11), (-10, -7.5), (12, -6.5), (6.5, -9)):
        b.add([tube((x - 0.6, y, 0.62), (x + 0.6, y + 0.1, 0.62), 0.62, b.look("hay", "#c9a95a"), DRESSING, detail=14)])
    _barn(b, 19, 24)
    for k in range(16):
        a = 2 * np.pi * k / 16
        n.bush(b, 27 * np.cos(a), 27 * np.sin(a), b.between(1.2, 2.0), paint("#5f7a45"))
    for _ in range(22):
        x, y = n.around(b, 32, 70)
        n.broadleaf(b, x, y, b.between(6, 9), paint("#5d7a45"))
    n.clouds(b)
    return b.design(inside=False)


def _barn(b: Builder, x: float, y: float) -> None:
    red = b.look("barn", "#9a4538")
    b.put(
        [
            f.block(0, 0, 0, 7, 10, 4.2, red),
            t.gable(7, 10, 2.6, 4.2, paint("#6a5f58")),
            f.block(3.52, 0, 0, 0.06, 3, 3.2, tone(red, 0.6)),
            *(f.block(3.56, s * 1.5, 0, 0.06, 0.14, 3.2, paint("#e4dccb")) for s in (-1, 0, 1)),
            f.block(3.56, 0, 3.15, 0.06, 3.1, 0.14, paint("#e4dccb")),
        ],
        x,
        y,
        np.radians(235),
    )


def road(b: Builder) -> SetDesign:
    """A country road between fields: posts, verges, a row of poplars, a signpost."""
    hills(b, "#7f9452", 14)
    asphalt = b.look("road asphalt", "#6f6e6a")
    b.ground(
        patch(0, 0, 400, 5.4, 0.015, asphalt),
        *(patch(4.0 * k, 0, 1.8, 0.13, 0.02, paint("#d6d2c4")) for k in range(-16, 17)),
        *(patch(0, s * 2.95, 400, 0.5, 0.012, tone(asphalt, 1.45)) for s in (-1, 1)),
    )
    for k in range(-8, 9):
        for s in (-1, 1):
            b.add(
                [
                    box((0.1, 0.1, 0.9), (6.0 * k + 2, s * 3.4, 0.45), paint("#e2ded2"), DRESSING),
                    box((0.11, 0.11, 0.16), (6.0 * k + 2, s * 3.4, 0.72), paint("#b3322b"), DRESSING),
                ]
            )
    for k in range(9):
        n.conifer(b, -34 + 8.5 * k, 8.5 + b.between(-0.5, 0.5), b.between(7, 10), b.look("tree", "#5a7440"))
    for k in range(7):
        n.broadleaf(b, -30 + 10 * k, -9.5 + b.between(-1, 1), b.between(5, 7), paint("#64804a"))
    for _ in range(44):
        x, y = n.around(b, 4, 13, 3.6)
        n.tuft(b, x, y, b.between(0.25, 0.5), paint("#94985a"))
    n.fence(b, (-40, 6.2), (40, 6.2), paint("#8a7358"))
    t.sign_post(b, 3.8, 3.6, -np.pi / 2, "#c9a23a")
    for k in range(-3, 4):
        b.add(
            [
                f.rod(14 * k + 4, -6, 0, 6.5, 0.1, paint("#6b5844")),
                box((0.1, 1.6, 0.1), (14 * k + 4, -6, 6.1), paint("#6b5844"), DRESSING),
            ]
        )
    b.add(
        [
            tube((-80, -6 + s * 0.6, 6.2), (80, -6 + s * 0.6, 6.2), 0.012, paint("#333333"), DRESSING, detail=3)
            for s in (-1, 1)
        ],
        shade=False,
        radius=0.0,
    )
    _barn(b, -22, 32)
    wood_edge(b, 45, 80, 26)
    n.clouds(b)
    return b.design(inside=False)


def farm(b: Builder) -> SetDesign:
    """A yard between barn, farmhouse and silo; a cart, hay, hens' fence."""
    hills(b, "#8a9a5a", 12)
    yard = b.look("yard", "#b39a72")
    for k in range(16):
        b.ground(
            blot(
                b.between(-8, 8),
                b.between(-4, 4),
                b.between(2, 4),
                b.between(1.4, 2.6),
                0.013 + 0.0008 * k,
                tone(yard, b.between(0.94, 1.05)),
                b.between(0, 3),
                chance=b.chance,
            )
        )
    _barn(b, 9, 12)
    b.put(t.house(b, 10, 7, 2, look=b.look("house", "#d8ccb2")), -9.5, 11, np.radians(-62))
    b.spot("door", SpotKind.DOOR, -7.4, 7.2, 0.0, float(np.radians(-62)))
    b.add(
        [
            f.rod(15.5, 8, 0, 9, 1.7, paint("#a8adab", 0.3), detail=14),
            ball((1.7, 1.7, 1.2), (15.5, 8, 9), paint("#8a9199", 0.3), DRESSING, 10),
        ]
    )
    _barn(b, -16, -14)
    wood = paint("#8c6a45")
    b.put(
        [
            f.block(0, 0, 0.6, 2.6, 1.4, 0.1, wood),
            *(f.block(0, s * 0.7, 0.7, 2.6, 0.06, 0.5, wood) for s in (-1, 1)),
            *(
                tube((0.3, s * 0.75, 0.6), (0.3, s * 0.85, 0.6), 0.6, tone(wood, 0.6), DRESSING, detail=12)
                for s in (-1, 1)
            ),
            tube((1.3, 0, 0.6), (2.8, 0, 0.1), 0.05, wood, DRESSING, detail=5),
        ],
        4.6,
        4.2,
        2.6,
    )
    for x, y in ((-4.2, 4.3), (-3.4, 5.4), (6, -4.6), (-6.4, -4)):
        b.put([f.block(0, 0, 0, 1.1, 0.7, 0.6, paint("#c9a95a"))], x, y, b.between(0, 3))
    n.fence(b, (-20, -6.5), (20, -7.5), paint("#8a7358"))
    n.fence(b, (5, 6), (24, 4), paint("#8a7358"))
    n.broadleaf(b, -3, 9.5, 7, paint("#5f7d42"))
    for _ in range(26):
        n.tuft(b, *n.around(b, 5, 13, 3), b.between(0.25, 0.5), paint("#94985a"))
    b.add(
        [
            f.rod(-5.6, 5.4, 0, 2.4, 0.05, paint("#33302c")),
            ball((0.16, 0.16, 0.18), (-5.6, 5.4, 2.5), b.bulb(), DRESSING, 8),
        ]
    )
    b.lamp(-5.4, 5.2, 2.4, "#ffc987", 2.2, 2.6)
    wood_edge(b, 34, 75, 34)
    n.clouds(b)
    return b.design(inside=False)


def plain(b: Builder) -> SetDesign:
    """Open land that nothing is known of: grass, a path, scattered trees, hills."""
    hills(b)
    path(b)
    for _ in range(40):
        n.tuft(b, *n.around(b, 2.2, 12, 1.2), b.between(0.2, 0.45), paint("#8f9a55"))
    for x, y in ((-5.6, 5.0), (6.5, 7.0), (-8, -6.5), (7.4, -6)):
        n.broadleaf(b, x, y, b.between(5.5, 7.5), b.look("tree", "#5f7d42"))
    for _ in range(10):
        n.rock(b, *n.around(b, 3.2, 12, 1.4), b.between(0.2, 0.6), paint("#85827a"))
        n.bush(b, *n.around(b, 6, 14, 2.0), b.between(0.5, 0.9), paint("#66824a"))
    wood_edge(b, 22, 70, 40)
    n.clouds(b)
    return b.design(inside=False)
