"""Behind and above the street: alley and rooftop."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, blot, paint, patch, tone
from render.previz.sets.design import DRESSING, GROUND, HOMELY, SetDesign, SpotKind
from render.previz.solid import box, tube

_REACH = 300.0
_FACADE, _ACROSS = 5.2, -14.5  # metres: the houses behind the pavement, and those over the road


def alley(b: Builder) -> SetDesign:
    """Between two high walls, open at both ends: bins, crates, fire escapes, one lamp."""
    ground = b.look("ground alley paving", "#6a6863")
    b.ground(box((2 * _REACH, 2 * _REACH, 0.1), (0, 0, -0.05), ground, GROUND))
    for k in range(26):
        b.ground(
            blot(
                b.between(-2, 2),
                b.between(-12, 12),
                b.between(0.3, 0.9),
                b.between(0.2, 0.6),
                0.005 + 0.001 * k / 26,
                tone(ground, 0.8 if b.chance.random() < 0.5 else 1.12),
                b.between(0, 3),
                chance=b.chance,
            )
        )
    b.ground(patch(0, 0, 0.4, 26, 0.007, tone(ground, 0.62)))
    brick = b.look("wall brick", b.pick("#8c5a48", "#8a6a55", "#7d6a60"))
    for side in (-1, 1):
        facing = np.pi if side > 0 else 0.0
        y = -13.0
        while y < 13:
            wide, tall = b.between(5.5, 8.0), b.between(8, 12)
            wall = tone(brick, b.between(0.78, 1.15))
            solids = [
                f.block(-2.5, 0, 0, 5.0, wide, tall, wall),
                f.block(0.04, 0, 0, 0.08, wide, 0.5, tone(wall, 0.65)),
                f.block(0.05, 0, 3.3, 0.1, wide, 0.16, tone(wall, 1.25)),
            ]
            for row in range(int(tall / 3.2)):
                for column in range(int(wide / 2.4)):
                    if row == 0 and column != 1:
                        continue
                    v = (column - (int(wide / 2.4) - 1) / 2) * 2.3
                    solids += [
                        t.plate(0.04, v, 1.3 + 3.1 * row, 1.15, 1.5, tone(wall, 1.35)),
                        t.plate(
                            0.06,
                            v,
                            1.38 + 3.1 * row,
                            0.95,
                            1.34,
                            paint("#4f5b64", 0.4, HOMELY if b.chance.random() < 0.4 else 0.0),
                        ),
                    ]
            v = b.between(-1, 1)
            solids += [
                f.block(0.04, wide / 2 - 1.3, 0, 0.08, 1.0, 2.1, paint(b.pick("#5a3f35", "#3f4f4a", "#6b6f73"))),
                tube(
                    (0.12, -wide / 2 + 0.3, 0),
                    (0.12, -wide / 2 + 0.3, tall),
                    0.07,
                    paint("#4a4d50"),
                    DRESSING,
                    detail=6,
                ),
            ]
            b.put(solids, side * 2.6, y + wide / 2, facing)
            y += wide
    iron = paint("#33383b", 0.2)
    for side, y in ((1, 4.5), (-1, -5.0)):  # fire escapes
        solids = []
        for level in range(2):
            z = 3.4 + 3.0 * level
            solids += [
                box((0.95, 2.6, 0.06), (side * 2.1, y, z), iron, DRESSING),
                *(box((0.04, 2.6, 0.04), (side * 1.64, y, z + h), iron, DRESSING) for h in (0.5, 0.95)),
                *(box((0.04, 0.04, 1.0), (side * 1.64, y + 1.3 * k, z + 0.5), iron, DRESSING) for k in (-1, 0, 1)),
            ]
            solids += [tube((side * 2.0, y - 1.2, z), (side * 2.0, y + 1.0, z + 3.0), 0.05, iron, DRESSING, detail=4)]
        b.add(solids)
    for x, y in ((2.15, -2.6), (-2.15, 2.8)):
        b.add(
            [
                box((0.8, 1.5, 1.1), (x, y, 0.6), paint(b.pick("#3f5f4a", "#4a5a6b"), 0.2), DRESSING),
                box((0.85, 1.55, 0.1), (x, y, 1.2), paint("#2f3a33"), DRESSING),
            ]
        )
    for x, y, size in (
        (2.2, 1.5, 0.5),
        (2.2, 1.4, 0.4),
        (-2.2, -2.0, 0.55),
        (-2.15, -3.0, 0.45),
        (2.2, 7, 0.6),
        (-2.2, 8, 0.5),
    ):
        b.put(f.crate(size, paint("#8c6f48")), x, y, 0.2)
    b.add(
        [
            tube((-2.6, 1.6, 3.3), (-1.9, 1.6, 3.45), 0.03, iron, DRESSING, detail=5),
            tube((-1.9, 1.6, 3.2), (-1.9, 1.6, 3.42), 0.22, iron, DRESSING, top=0.06, detail=10),
            tube((-1.9, 1.6, 3.08), (-1.9, 1.6, 3.2), 0.13, b.bulb(), DRESSING, detail=8),
        ]
    )
    b.lamp(-1.8, 1.6, 2.95, "#ffc987", 2.2, 2.2)
    b.add([box((0.3, 0.3, 0.16), (2.3, -6.0, 3.1), b.bulb("#cfe4ff"), DRESSING)])
    b.lamp(1.9, -6.0, 3.0, "#9fc0e0", 0.7, 2.4)
    for z, y in ((6.5, -3), (7.2, 2.5), (6.8, 7)):
        b.add(
            [
                tube((-2.6, y, z), (2.6, y + 0.6, z - 0.2), 0.015, paint("#2a2a2a"), DRESSING, detail=4),
                *(
                    box(
                        (0.42, 0.02, 0.5),
                        (-1.5 + 0.75 * k, y + 0.15 * k, z - 0.4),
                        paint(b.pick("#d8d2c2", "#9fb0c0", "#c27d5f", "#c9b45f")),
                        DRESSING,
                    )
                    for k in range(4)
                ),
            ],
            shade=False,
        )
    for end in (-1, 1):  # the streets at both ends
        for k in range(3):
            b.put(t.house(b, 8, 7, 3, shop=k == 1, cheap=False), -8.2 + 8.2 * k, end * 25.0, -np.pi / 2 * end)
        t.lamp_post(b, 1.9 * end, end * 16.5, 0.0, lit=False)
        b.put(t.car(paint("#4f6b5a", 0.5)), 2.0 * end, end * 18.6, 0.0)
    n.clouds(b)
    return b.design(inside=False)


def rooftop(b: Builder) -> SetDesign:
    """A flat roof with a parapet, chimneys and a water tank; roofs and towers of the town all around and below."""
    deck = b.look("roof floor ground deck", b.pick("#8a8680", "#7d817f"))
    hx, hy, down = 8.5, 6.5, -17.0
    b.ground(box((2 * hx, 2 * hy, 0.4), (0, 0, -0.2), deck, GROUND))
    for k in range(9):
        b.ground(patch(-8.0 + 2.0 * k, 0, 0.07, 2 * hy, 0.005, tone(deck, 0.8)))
    b.ground(box((2 * _REACH, 2 * _REACH, 0.1), (0, 0, down), paint("#6a6a68"), GROUND))
    brick = b.look("wall parapet brick chimney", b.pick("#94614c", "#8f8378"))
    b.add([box((2 * hx, 2 * hy, -down - 0.5), (0, 0, down / 2 - 0.25), tone(brick, 0.9), DRESSING)], radius=0.0)
    for side in (-1, 1):
        b.add(
            [
                box((2 * hx + 0.4, 0.35, 0.85), (0, side * hy, 0.42), brick, DRESSING),
                box((2 * hx + 0.6, 0.5, 0.09), (0, side * hy, 0.89), tone(brick, 1.5), DRESSING),
            ]
        )
        b.add(
            [
                box((0.35, 2 * hy, 0.85), (side * hx, 0, 0.42), brick, DRESSING),
                box((0.5, 2 * hy, 0.09), (side * hx, 0, 0.89), tone(brick, 1.5), DRESSING),
            ]
        )
    b.add(
        [
            box((1.6, 0.7, 2.0), (-4.3, 4.9, 1.0), brick, DRESSING),
            *(f.rod(-4.8 + 0.5 * k, 4.9, 2.0, 0.6, 0.15, paint("#a8603f")) for k in range(3)),
        ]
    )
    b.add([box((0.8, 0.8, 1.8), (6.0, -4.9, 0.9), brick, DRESSING), f.rod(6.0, -4.9, 1.8, 0.6, 0.17, paint("#a8603f"))])
    hut = [
        f.block(0, 0, 0, 2.4, 3.0, 2.7, tone(brick, 1.1)),
        f.block(0, 0, 2.7, 2.7, 3.3, 0.14, paint("#5a5d60")),
        f.block(1.22, 0.4, 0, 0.06, 1.0, 2.1, paint("#4f6b6a")),
        f.block(1.3, 0.4, 2.3, 0.16, 0.3, 0.14, b.bulb()),
    ]
    b.put(hut, 6.2, 4.2, np.radians(200))
    b.spot("door", SpotKind.DOOR, 4.7, 3.6, 0.0, float(np.radians(200)))
    b.lamp(4.75, 3.6, 2.3, "#ffc987", 1.8, 2.0)
    wood = b.look("tank", "#8a6547")
    b.add(
        [
            *(
                tube(
                    (-6.2 + sx * 0.8, -4.2 + sy * 0.8, 0),
                    (-6.2 + sx * 0.75, -4.2 + sy * 0.75, 1.6),
                    0.07,
                    paint("#3a3f42"),
                    DRESSING,
                    detail=5,
                )
                for sx in (-1, 1)
                for sy in (-1, 1)
            ),
            f.rod(-6.2, -4.2, 1.6, 2.0, 1.15, wood, detail=14),
            tube((-6.2, -4.2, 3.6), (-6.2, -4.2, 4.5), 1.25, tone(wood, 0.6), DRESSING, top=0.05, detail=14),
        ]
    )
    for x, y in ((1.2, 4.8), (2.5, 4.9)):
        b.add(
            [
                box((1.0, 0.9, 0.8), (x, y, 0.45), paint("#a8adab", 0.2), DRESSING),
                tube((x, y, 0.84), (x, y, 0.9), 0.32, paint("#3f4446"), DRESSING, detail=12),
            ]
        )
    b.add(
        [
            f.rod(-1.5, 5.6, 0, 3.4, 0.03, paint("#5a5d60")),
            *(
                box((1.2 - 0.2 * k, 0.02, 0.02), (-1.5, 5.6, 3.3 - 0.3 * k), paint("#5a5d60"), DRESSING)
                for k in range(4)
            ),
        ]
    )
    b.add(
        [
            tube((-7.5, 2.0, 2.1), (-2.5, 6.3, 2.2), 0.012, paint("#333333"), DRESSING, detail=4),
            f.rod(-7.5, 2.0, 0, 2.2, 0.04, paint("#5a5d60")),
            *(
                box(
                    (0.5, 0.03, 0.6),
                    (-6.9 + 0.85 * k, 2.5 + 0.73 * k, 1.78),
                    paint(b.pick("#d8d2c2", "#9fb0c0", "#c27d5f")),
                    DRESSING,
                )
                for k in range(5)
            ),
        ]
    )
    b.add(
        [
            box((2.2, 1.4, 0.35), (0.6, -4.6, 0.18), tone(brick, 1.2), DRESSING),
            box((2.0, 1.2, 0.06), (0.6, -4.6, 0.38), paint("#8fa9b4", 0.6, HOMELY), DRESSING),
        ]
    )
    for x, c in ((-3.2, "#c2553a"), (-2.2, "#3f6b8c")):  # deck chairs, and plants in tubs
        b.put(
            [
                f.block(0, 0, 0.3, 0.9, 0.6, 0.05, paint(c)),
                f.block(-0.5, 0, 0.4, 0.08, 0.6, 0.6, paint(c)),
                *f.legs(0.9, 0.55, 0.3, paint("#a5825c"), 0.04),
            ],
            x,
            -4.2,
            np.pi / 2,
        )
        b.seat("deck chair", x, -4.2, 0.36, np.pi / 2)
    for x, y in ((-7.6, 5.6), (-7.4, -1.0), (4.9, -5.7), (7.6, 0.4), (-1.2, -5.8)):
        b.put(f.plant(b, 1.1), x, y)
    b.put(f.crate(0.6, paint("#8c6f48")), 3.4, -4.9, 0.3)
    b.seat("crate", 3.4, -4.9, 0.6, np.pi / 2)
    for k in range(44):
        a = 2 * np.pi * k / 44 + b.between(0, 0.1)
        away = (17, 27, 40, 60)[k % 4] + b.between(0, 7)
        x, y = away * np.cos(a), away * np.sin(a)
        tall = -down + b.between(-9.5, -1.0) if away < 45 else -down + b.between(-3, 10)
        wide = b.between(6, 9) * (1 + away / 90)
        solids = t.house(b, wide, wide, max(2, int(tall / 3)), cheap=True, pitched=k % 3 != 0) if away < 24 else None
        if solids is None:
            look = paint(b.pick("#a08876", "#8f9499", "#b0a08a", "#8a7a70", "#a36f58"))
            solids = [
                f.block(0, 0, 0, wide, wide, tall, look),
                t.gable(wide, wide, 2.5, tall, paint(b.pick("#7d4a3a", "#5f5a58", "#6b4a3f")))
                if k % 3
                else f.block(0, 0, tall, 0.4 * wide, 0.4 * wide, 1.4, tone(look, 0.8)),
            ]
            for c in range(3):
                for r in range(3):
                    solids.append(
                        t.plate(
                            wide / 2 + 0.03,
                            (c - 1) * wide / 3.3,
                            tall - 2.3 - 3 * r,
                            1.1,
                            1.5,
                            paint("#55626c", 0.4, HOMELY if b.chance.random() < 0.45 else 0.0),
                        )
                    )
        b.put(solids, x, y, a + np.pi, z=down)
    for k in range(9):
        a = 2 * np.pi * k / 9 + 0.2
        b.put(t.tower_block(b, 15, 15, b.between(32, 62)), 120 * np.cos(a), 120 * np.sin(a), a, z=down)
    n.clouds(b)
    return b.design(inside=False)
