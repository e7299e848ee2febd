"""Land by the sea: cliff and beach. The sea lies to the north (+y)."""

import itertools

import numpy as np

from render.previz.colours import Finish
from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, blot, paint, patch, sheet, tone
from render.previz.sets.design import DRESSING, SetDesign
from render.previz.solid import Solid, ball, box, skin, tube


def sea_look(b: Builder, usual: str = "#3f6f86") -> Finish:
    """How the water looks."""
    return b.look("sea ocean water lake", usual, 0.5)


def lighthouse(b: Builder, x: float, y: float, z: float = 0.0, scale: float = 1.0) -> None:
    """A lighthouse in white with red bands, its lamp lit after dark."""
    white, red, iron = b.look("lighthouse tower", "#e8e4da"), paint("#a23a33"), paint("#33383d")
    s = scale
    rings = [(0.0, 1.75), (2.6, 1.55), (4.8, 1.42), (7.0, 1.28), (9.2, 1.14), (11.0, 1.05)]
    solids = [
        tube((x, y, z + a * s), (x, y, z + c * s), r * s, (white, red)[k % 2], DRESSING, top=q * s, detail=16)
        for k, ((a, r), (c, q)) in enumerate(itertools.pairwise(rings))
    ]
    solids += [
        tube((x, y, z + 11 * s), (x, y, z + 11.25 * s), 1.65 * s, iron, DRESSING, detail=16),
        tube((x, y, z + 11.25 * s), (x, y, z + 13.0 * s), 0.62 * s, b.bulb("#fff0c0"), DRESSING, detail=10),
        *(
            tube(
                (x + 1.0 * s * np.cos(a), y + 1.0 * s * np.sin(a), z + 11.25 * s),
                (x + 1.0 * s * np.cos(a), y + 1.0 * s * np.sin(a), z + 13 * s),
                0.05 * s,
                iron,
                DRESSING,
                detail=4,
            )
            for a in np.arange(8) * np.pi / 4
        ),
        tube((x, y, z + 12.95 * s), (x, y, z + 14.2 * s), 1.25 * s, red, DRESSING, top=0.12 * s, detail=16),
        ball((0.16 * s, 0.16 * s, 0.22 * s), (x, y, z + 14.3 * s), iron, DRESSING, 6),
        *(
            tube(
                (x + 1.6 * s * np.cos(a), y + 1.6 * s * np.sin(a), z + 11.25 * s),
                (x + 1.6 * s * np.cos(a), y + 1.6 * s * np.sin(a), z + 12.1 * s),
                0.03 * s,
                iron,
                DRESSING,
                detail=4,
            )
            for a in np.arange(10) * np.pi / 5
        ),
        *(
            box(
                (0.06, 0.5 * s, 0.9 * s),
                (x - (1.66 - 0.06 * k) * s, y, z + (3.4 + 3.2 * k) * s),
                paint("#3f4a52", 0.3),
                DRESSING,
            )
            for k in range(2)
        ),
        *(
            box(
                (0.5 * s, 0.06, 0.9 * s),
                (x, y - (1.56 - 0.06 * k) * s, z + (3.6 + 3.2 * k) * s),
                paint("#3f4a52", 0.3),
                DRESSING,
            )
            for k in range(2)
        ),
        box((0.9 * s, 0.3, 1.9 * s), (x, y - 1.68 * s, z + 0.95 * s), paint("#5a4232"), DRESSING),
    ]
    b.add(solids)


def cliff(b: Builder) -> SetDesign:
    """A path along the edge: the land falls to the sea behind the action, headlands, a lighthouse, hills inland."""
    edge, drop = 3.3, -13.0
    grass = b.look("ground grass", "#75894c")
    stone = b.look("cliff rock", "#857a6c")
    inland = n.rolling(b, 20, 130.0, 15.0)
    wobble = b.chance.uniform(0, 6, 3)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        coast = (
            edge
            + 0.2
            + 9 * np.sin(x / 34 + wobble[0]) * np.clip(np.abs(x) / 40, 0, 1)
            + 26 * np.exp(-(((x - 70) / 24) ** 2))
            + 34 * np.exp(-(((x + 95) / 30) ** 2))
        )
        return np.where(y > coast, drop - 6.0, np.where(y > 0, 0.0, inland(x, np.minimum(y, -1.0))))

    b.ground(n.terrain(b, height, grass, steep=stone, least=drop - 3.0, rows=(3.4, 4.0)))
    sea = sea_look(b)
    b.ground(n.sea(drop, sea))
    n.waves(b, drop, sea, (-90, 20), (90, 130), 60)
    n.blots(b, grass, 34, 12, (0.4, 1.5), north=3.2)
    path = b.look("path", "#b5a27c")
    u = np.linspace(-40, 40, 41)
    points = np.column_stack([u, -0.15 - 0.9 * np.abs(np.sin(0.15 * u)) * np.minimum(np.abs(u) / 6, 1)])
    b.ground(n.ribbon(b, points, 1.9, 0.012, tone(path, 0.84)), n.ribbon(b, points, 1.5, 0.016, path))
    for k in range(15):  # the rim: rocks, and posts with a rope
        x = -28 + 4 * k + b.between(-1, 1)
        n.rock(b, x, edge + 0.5 + b.between(0, 0.6), b.between(0.4, 0.9), stone, -0.3)
    wood = b.look("fence post", "#8a7660")
    for k in range(-6, 7):
        b.add(
            [
                f.rod(3.2 * k, edge - 0.25, 0, 1.05, 0.06, wood, top=0.05, detail=6),
                tube(
                    (3.2 * k, edge - 0.25, 0.9),
                    (3.2 * k + 1.6, edge - 0.25, 0.74),
                    0.018,
                    paint("#b8a98a"),
                    DRESSING,
                    detail=4,
                ),
                tube(
                    (3.2 * k + 1.6, edge - 0.25, 0.74),
                    (3.2 * k + 3.2, edge - 0.25, 0.9),
                    0.018,
                    paint("#b8a98a"),
                    DRESSING,
                    detail=4,
                ),
            ],
            shade=False,
        )
    side = 1 if b.chance.random() < 0.5 else -1
    b.ground(blot(side * 17.0, 5.0, 13.0, 7.0, 0.0, grass, corners=14, chance=b.chance))
    b.add(
        [tube((side * 17.0, 5.0, drop - 1), (side * 17.0, 5.0, -0.05), 15.0, stone, DRESSING, top=10.5, detail=11)],
        radius=0.0,
    )
    lighthouse(b, side * 14.0, 8.0)
    b.put(t.house(b, 7, 5, 1, look=paint("#e4dfd2")), side * 20.5, 6.0, np.radians(-110))
    for x, y, s in ((-6.5, -6.5, 1.2), (5.2, -5.2, 0.8), (9, -8, 1.4), (-3.6, 2.6, 0.35), (4.0, 2.5, 0.45)):
        n.rock(b, x, y, s, stone)
    for _ in range(44):
        x, y = n.around(b, 2.0, 12, 1.3)
        n.tuft(b, x, min(y, 2.9), b.between(0.22, 0.5), tone(paint(b.pick("#8f9a55", "#a3a062", "#75894c")), 1.0))
    for _ in range(8):
        x, y = n.around(b, 2.4, 7, 1.4)
        n.flowers(b, x, min(y, 2.7), ("#c27fa0", "#e8e0d8", "#d9c04a"))
    for _ in range(12):
        x, y = n.around(b, 6, 20, 2.0)
        n.bush(b, x, -abs(y), b.between(0.5, 1.0), paint("#66774a"))
    for k in range(4):  # stacks out in the water
        x, y = -46 + 27 * k + b.between(-6, 6), b.between(46, 90)
        b.add(
            [
                tube(
                    (x, y, drop - 1),
                    (x, y, drop + b.between(6, 13)),
                    b.between(3.5, 6),
                    tone(stone, 0.9),
                    DRESSING,
                    top=2.4,
                    detail=8,
                )
            ]
        )
    for _ in range(5):
        x, y, z = b.between(-18, 18), b.between(12, 34), b.between(3, 11)
        n.gull(b, x, y, z)
    n.clouds(b)
    return b.design(inside=False)


def _shore(b: Builder, sand: Finish, line: float, drop: float) -> None:
    """Land that goes down into the water along the north."""
    inland = n.rolling(b, 13, 90.0, 16.0)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        bay = (
            line
            + 5 * np.sin(x / 60) * np.clip(np.abs(x) / 30, 0, 1)
            + 60 * np.exp(-(((x - 170) / 60) ** 2))
            + 70 * np.exp(-(((x + 190) / 60) ** 2))
        )
        return np.where(y > bay, np.maximum(-0.17 * (y - bay), 3 * drop), inland(x, np.minimum(y, 0.0)))

    b.ground(n.terrain(b, height, sand, least=drop * 2.4))


def beach(b: Builder) -> SetDesign:
    """Sand, surf, a boat drawn up, umbrellas or driftwood, dunes with grass, a headland."""
    sand = b.look("ground sand beach", "#d9c496")
    _shore(b, sand, 3.0, -0.5)
    sea = sea_look(b, "#4a8a9a")
    b.ground(n.sea(-0.42, sea))
    foam = paint("#eef2f0")
    for k in range(-12, 13):
        y = 4.7 + 0.7 * np.sin(0.8 * k)
        b.ground(blot(3.1 * k, y + 0.95, 2.1, 0.26, -0.4, foam, b.between(-0.1, 0.1), corners=9, chance=b.chance))
        b.ground(blot(3.6 * k + 1, y + 3.4, 2.6, 0.16, -0.4, foam, b.between(-0.06, 0.06), corners=9, chance=b.chance))
        b.ground(
            blot(4.2 * k, y + 7.0, 3.0, 0.18, -0.4, tone(foam, 0.9), b.between(-0.05, 0.05), corners=9, chance=b.chance)
        )
    n.waves(b, -0.42, sea, (-80, 13), (80, 120), 46)
    n.blots(b, sand, 44, 12, (0.4, 1.6), (0.92, 1.05, 0.96), north=2.8)
    wood = b.look("boat", b.pick("#3f6b8c", "#8c4a3a", "#4f7a6a"))
    b.put(_rowing_boat(wood), 4.8, 2.6, 2.5)
    storm = b.says("storm", "winter", "cold", "lonely", "deserted", "wild")
    if not storm:
        for x, y, c in ((-4.6, 2.4, "#c2453a"), (-8.4, -2.8, "#3f7a8c"), (7.6, -3.6, "#d9a534"), (-12, 1, "#e0d8c6")):
            cloth = b.look("umbrella parasol", c)
            b.add(
                [
                    f.rod(x, y, 0, 2.2, 0.03, paint("#d8d0c0")),
                    tube((x, y, 1.95), (x, y, 2.5), 1.25, cloth, DRESSING, top=0.04, detail=10),
                    tube((x, y, 2.08), (x, y, 2.52), 0.95, paint("#eee8da"), DRESSING, top=0.05, detail=10),
                ]
            )
            b.ground(patch(x + 0.9, y - 0.5, 0.85, 1.8, 0.02, tone(cloth, 1.2), 0.3))
        b.put(
            [
                f.block(0, 0, 0.28, 1.5, 0.6, 0.06, paint("#e4dccb")),
                f.block(-0.85, 0, 0.45, 0.1, 0.6, 0.5, paint("#e4dccb")),
                *f.legs(1.4, 0.55, 0.28, paint("#a5825c")),
            ],
            -3.2,
            3.2,
            1.0,
        )
        b.seat("deck chair", -3.2, 3.2, 0.36, 1.0)
    b.add(
        [
            tube((2.6, -3.2, 0.16), (5.4, -3.9, 0.2), 0.17, paint("#a89a84"), DRESSING, top=0.09, detail=7),
            tube((3.6, -3.4, 0.2), (4.0, -2.7, 0.75), 0.08, paint("#a89a84"), DRESSING, top=0.03, detail=6),
        ]
    )
    for _ in range(64):
        x, y = n.around(b, 6, 16)
        n.tuft(b, x, -abs(y) * 0.9 - 2.0, b.between(0.4, 0.8), paint(b.pick("#9aa060", "#b0a866")))
    for _ in range(9):
        n.rock(b, *n.around(b, 6, 15), b.between(0.25, 0.8), paint("#8a857a"))
    for k in range(5):
        b.put(_hut(b), -8.5 + 4.0 * k, -12.5, np.pi / 2)
    for x, y in ((-15, -10), (15, -9), (19, -13)):
        n.palm(b, x, y, 5.5, paint("#6a8a4a")) if b.says("tropic", "palm", "island", "lagoon") else n.conifer(
            b, x, y - 6, 7, paint("#52704a")
        )
    b.add([box((1.6, 0.5, 0.4), (-50, 130, 0.2), paint("#5d6d78"), DRESSING)], shade=False)
    sail(b, 24, 95, -0.4)
    n.clouds(b)
    return b.design(inside=False)


def _hut(b: Builder) -> list[Solid]:
    look = paint(b.pick("#6f9aa8", "#c9a25a", "#b8605a", "#7d9a6a", "#dcd4c2"))
    return [
        f.block(0, 0, 0.15, 2.2, 1.9, 1.9, look),
        t.gable(2.2, 1.9, 0.8, 2.05, paint("#e4dccb"), 0.15),
        f.block(1.13, 0, 0.2, 0.05, 0.8, 1.7, paint("#eee8da")),
    ]


def sail(b: Builder, x: float, y: float, z: float) -> None:
    """A sailing boat far out."""
    p = np.array([(x, y, z + 1.0), (x + 3.2, y, z + 1.0), (x, y, z + 8.0)])
    b.add(
        [sheet(p, paint("#f0ece0"), DRESSING), box((4.4, 1.2, 0.9), (x + 1.0, y, z + 0.4), paint("#8c4a3a"), DRESSING)],
        shade=False,
    )


def _rowing_boat(look: Finish, long: float = 3.4) -> list[Solid]:
    """A small open boat, bow to +x."""
    rings = []
    for share in np.linspace(0, 1, 7):
        x = (share - 0.45) * long
        w = 0.68 * (1 - max(share - 0.35, 0) ** 2 * 2.2) if share > 0.35 else 0.62 + 0.06 * share
        w = max(w, 0.05)
        z = 0.6 + 0.28 * max(share - 0.5, 0) ** 2 * 4
        rings.append([(x, -w, z), (x, -0.6 * w, 0.12), (x, 0, 0.0), (x, 0.6 * w, 0.12), (x, w, z)])
    hull = skin(np.array(rings), look, DRESSING, around=False, ends=(True, True))
    wood = paint("#a5825c")
    return [
        hull,
        *(f.block(dx, 0, 0.4, 0.26, 1.15, 0.04, wood) for dx in (-0.9, 0.0)),
        tube((-1.2, 0.3, 0.62), (1.0, 0.75, 0.66), 0.03, wood, DRESSING, detail=5),
    ]
