"""Harbour, and the deck of a boat at sea. The sea lies to the north (+y)."""

import numpy as np

from render.previz.colours import Finish
from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, paint, patch, sheet, tone
from render.previz.sets.design import DRESSING, GROUND, SetDesign, SpotKind
from render.previz.sets.places.coast import lighthouse, sail, sea_look
from render.previz.solid import Solid, ball, box, skin, tube


def harbour(b: Builder) -> SetDesign:
    """A quay of stone: bollards, crates and nets, boats at their moorings, warehouses behind, a light at the mole."""
    paving = b.look("ground quay pier paving", "#9a958a")
    edge, level = 4.2, -1.6
    b.ground(box((600, 300 + edge, 2.4), (0, edge - (300 + edge) / 2, -1.2), paving, GROUND))
    sea = sea_look(b, "#3f6c7a")
    b.ground(n.sea(level, sea))
    n.waves(b, level, sea, (-70, 8), (70, 110), 50)
    for k in range(-7, 8):
        for row in range(-3, 2):
            if (k + row) % 2:
                b.ground(patch(2.4 * k, 2.4 * row, 2.4, 2.4, 0.006, tone(paving, 0.92)))
    b.ground(box((120, 0.6, 0.1), (0, edge - 0.3, 0.03), tone(paving, 0.75), GROUND))
    iron = paint("#34383b", 0.2)
    for x in (-9, -3.6, 3.4, 9):
        b.add(
            [
                f.rod(x, edge - 0.6, 0, 0.4, 0.16, iron, top=0.13, detail=9),
                f.rod(x, edge - 0.6, 0.4, 0.12, 0.24, iron, detail=9),
            ]
        )
    for x, y, scale, look in (
        (-5.2, 7.0, 1.0, "#3f6b8c"),
        (4.4, 7.4, 1.1, "#a4483a"),
        (12.5, 9.0, 1.2, "#4f7a5a"),
        (-14, 11, 1.2, "#c29a45"),
    ):
        _fishing_boat(b, x, y, level, paint(look, 0.3), scale, 0.1 if x > 0 else np.pi)
    for x, y, s in (
        (-4.4, 2.2, 0.7),
        (-4.2, 1.4, 0.5),
        (-5.2, 2.1, 0.6),
        (5.6, 1.8, 0.8),
        (6.4, 2.4, 0.6),
        (-7, -4.2, 0.8),
        (5.2, -4.8, 0.7),
    ):
        b.put(f.crate(s, paint(b.pick("#a07a4c", "#8c6f48"))), x, y, b.between(-0.3, 0.3))
    for x, y in ((6.9, 1.2), (-6.2, 1.2), (-7.6, -3.2)):
        b.put(f.barrel(paint("#6f5136")), x, y)
    b.add([tube((3.5, 2.8, 0.04), (3.5, 2.8, 0.1), 0.5, paint("#b8a98a"), DRESSING, detail=12)], shade=False)
    b.add(
        [
            ball((0.8, 0.6, 0.32), (2.6, 3.2, 0.0), paint("#5f7a6a"), DRESSING, 7),
            *(
                ball((0.13, 0.13, 0.13), (2.3 + 0.3 * k, 3.0 + 0.2 * (k % 2), 0.3), paint("#d98a3a"), DRESSING, 6)
                for k in range(3)
            ),
        ]
    )
    for k in range(7):
        b.put(
            t.house(
                b,
                8.6,
                8,
                2 + k % 2,
                shop=k % 3 == 1,
                look=paint(b.pick("#a4644a", "#c9b58c", "#8fa3a8", "#b98f72", "#d8ccb2")),
            ),
            -27 + 8.7 * k,
            -13,
            np.pi / 2,
        )
    for x in (-6.5, 6.5):
        t.lamp_post(b, x, 3.4, -np.pi / 2)
    b.add([box((60, 5, 3.2), (38, 46, level + 1.2), tone(paving, 0.8), DRESSING)], radius=0.0)
    lighthouse(b, 12, 46, 1.2, 0.75)
    for side in (-1, 1):
        for k in range(4):
            x, y = side * (110 + 20 * k), 130 - 45 * k
            b.add([ball((50, 34, 16 + 5 * k % 3), (x, y, level - 2), paint("#7d9060"), DRESSING, 8)], radius=0.0)
    sail(b, -26, 80, level)
    n.clouds(b)
    return b.design(inside=False)


def _fishing_boat(b: Builder, x: float, y: float, level: float, look: Finish, scale: float, facing: float) -> None:
    white, wood = paint("#e8e4da"), paint("#8a6547")
    hull = _hull(look, 6.0, 1.3, 1.5)
    solids = [
        hull,
        f.block(-0.4, 0, 1.0, 5.0, 1.9, 0.06, wood),
        f.block(-1.1, 0, 1.0, 1.7, 1.5, 1.7, white),
        f.block(-1.1, 0, 2.7, 2.0, 1.8, 0.12, look),
        f.block(-0.24, 0, 1.95, 0.04, 1.2, 0.5, paint("#4a565e", 0.6, 4.0)),
        *(f.block(-1.1, s * 0.76, 1.95, 1.2, 0.04, 0.5, paint("#4a565e", 0.6, 4.0)) for s in (-1, 1)),
        f.rod(0.6, 0, 1.0, 4.0, 0.06, wood),
        tube((0.6, 0, 3.8), (-2.4, 0, 2.9), 0.03, wood, DRESSING, detail=4),
        tube((0.6, 0, 4.9), (2.9, 0, 1.6), 0.014, paint("#444444"), DRESSING, detail=3),
    ]
    small = np.eye(4)
    small[:3, :3] *= scale
    b.put([s.moved(small) for s in solids], x, y, facing, z=level - 0.3)


def _hull(look: Finish, long: float, wide: float, high: float) -> Solid:
    rings = []
    for share in np.linspace(0, 1, 8):
        x = (share - 0.5) * long
        w = max(wide * (1 - max(share - 0.45, 0) ** 2 * 3.2), 0.04)
        z = high * (0.86 + 0.5 * max(share - 0.4, 0) ** 2)
        rings.append([(x, -w, z), (x, -0.7 * w, 0.2), (x, 0, 0.0), (x, 0.7 * w, 0.2), (x, w, z)])
    return skin(np.array(rings), look, DRESSING, around=False, ends=(True, True))


def deck(b: Builder) -> SetDesign:
    """On a boat at sea: planks, bulwarks, a wheelhouse, a mast with rigging; islands on the horizon."""
    wood = b.look("deck floor ground planks", "#a5825c")
    paint_ = b.look("boat hull ship", b.pick("#e4dfd2", "#3f5f7a", "#8c4a3a"))
    level = -1.5
    sea = sea_look(b, "#37667c")
    b.ground(n.sea(level, sea))
    n.waves(b, level, sea, (-60, -60), (60, 60), 120)
    outline = [
        (x, s * 2.5 * max(1 - max(abs(x) - 2.5, 0) ** 2 / (30 if x > 0 else 70), 0.12))
        for x, s in [(v, -1) for v in np.linspace(-6.5, 7.4, 12)] + [(v, 1) for v in np.linspace(7.4, -6.5, 12)]
    ]
    edge = np.array(outline)
    b.ground(sheet(np.column_stack([edge, np.zeros(len(edge))]), wood))
    for k in range(9):
        y = -2.0 + 0.5 * k
        reach = 5.6 - 0.28 * y * y
        b.ground(patch(0.2, y, 2 * reach, 0.05, 0.006, tone(wood, 0.6)))
    for k in range(len(edge)):
        (x0, y0), (x1, y1) = edge[k], edge[(k + 1) % len(edge)]
        quad = np.array([(x0, y0, level - 0.2), (x1, y1, level - 0.2), (x1, y1, 0.72), (x0, y0, 0.72)])
        b.add(
            [
                sheet(quad, paint_, DRESSING),
                tube((x0, y0, 0.74), (x1, y1, 0.74), 0.06, tone(wood, 0.7), DRESSING, detail=5),
            ],
            radius=0.5,
        )
    house = b.look("wheelhouse cabin", "#e8e4da")
    glass = paint("#5a6d78", 0.6, 4.0)
    b.put(
        [
            f.block(0, 0, 0, 2.0, 2.6, 2.15, house),
            f.block(0.1, 0, 2.15, 2.5, 3.0, 0.12, tone(paint_, 0.7)),
            f.block(1.02, 0, 1.2, 0.05, 2.2, 0.65, glass),
            *(f.block(1.04, v, 1.2, 0.06, 0.06, 0.65, house) for v in (-0.37, 0.37)),
            *(f.block(0, s * 1.32, 1.2, 1.5, 0.05, 0.65, glass) for s in (-1, 1)),
            f.block(1.03, -0.8, 0.05, 0.05, 0.75, 1.05, tone(wood, 0.8)),
            f.rod(-0.3, 0, 2.27, 1.3, 0.05, paint("#8a9199", 0.4)),
            f.block(1.1, 0.9, 1.9, 0.12, 0.2, 0.16, b.bulb()),
        ],
        -4.6,
        0,
        0.0,
    )
    b.spot("door", SpotKind.DOOR, -3.3, -0.8, 0.0, 0.0)
    b.lamp(-3.2, 0.7, 1.9, "#ffc987", 1.6, 2.2)
    mast = tone(wood, 0.75)
    b.add(
        [
            f.rod(3.6, 0, 0, 7.5, 0.13, mast, top=0.07, detail=8),
            tube((3.6, 0, 2.3), (-1.6, 0.0, 2.55), 0.07, mast, DRESSING, detail=6),
            tube((3.5, 0.0, 2.5), (-1.5, 0.0, 2.74), 0.17, paint("#d8cdb2"), DRESSING, detail=8),
        ],
        radius=0.3,
    )
    for x, y in ((7.2, 0.0), (-5.6, 0.0), (2.6, 2.3), (2.6, -2.3)):
        b.add([tube((3.6, 0, 7.3), (x, y, 0.75), 0.016, paint("#3a3632"), DRESSING, detail=3)], shade=False, radius=0.0)
    for s in (-1, 1):
        b.add(
            [
                tube((1.5, s * 2.36, 0.4), (1.5, s * 2.42, 0.4), 0.3, paint("#d9622f"), DRESSING, detail=14),
                tube((1.5, s * 2.34, 0.4), (1.5, s * 2.36, 0.4), 0.18, paint_, DRESSING, detail=12),
            ],
            shade=False,
        )
    b.put(f.crate(0.6, tone(wood, 0.9)), -2.6, 1.7, 0.1)
    b.seat("crate", -2.6, 1.7, 0.6, -np.pi / 2)
    b.put(f.barrel(paint("#6f5136")), 5.2, 0.9)
    b.add(
        [
            *(
                tube(
                    (4.9, -1.0, 0.03 + 0.07 * k),
                    (4.9, -1.0, 0.1 + 0.07 * k),
                    0.42 - 0.05 * k,
                    paint("#b8a98a"),
                    DRESSING,
                    detail=12,
                )
                for k in range(3)
            )
        ]
    )
    for k in range(7):
        a = 2 * np.pi * k / 7 + 0.4
        away = b.between(150, 240)
        b.add(
            [
                ball(
                    (b.between(22, 44), b.between(16, 26), b.between(5, 13)),
                    (away * np.cos(a), away * np.sin(a), level - 1),
                    paint(b.pick("#6f8062", "#7d8a70", "#6a7468")),
                    DRESSING,
                    8,
                )
            ],
            radius=0.0,
        )
    sail(b, 34, 70, level)
    sail(b, -52, -60, level)
    for _ in range(5):
        x, y, z = (
            b.between(-14, 14),
            (b.pick("1", "-1") == "1" and b.between(8, 26)) or -b.between(8, 26),
            b.between(3, 9),
        )
        n.gull(b, x, y, z)
    n.clouds(b)
    return b.design(inside=False)
