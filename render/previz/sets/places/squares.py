"""A square in a town, with or without a market."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, paint, patch, tone
from render.previz.sets.design import DRESSING, GROUND, SetDesign
from render.previz.solid import ball, box, tube

_REACH = 300.0
_FACADE, _ACROSS = 5.2, -14.5  # metres: the houses behind the pavement, and those over the road


def square(b: Builder) -> SetDesign:
    """A square in a town: a fountain, trees and benches, houses on all four sides, a tower."""
    paving = b.look("paving pavement ground square", b.pick("#b0a48e", "#a5a199"))
    b.ground(box((2 * _REACH, 2 * _REACH, 0.1), (0, 0, -0.05), paving, GROUND))
    for k in range(-7, 8):
        for row in range(-7, 8):
            if (k + row) % 2:
                b.ground(patch(2.6 * k, 2.6 * row, 2.6, 2.6, 0.006, tone(paving, 0.9)))
    stone, water = b.look("fountain statue", "#8f8a80"), paint("#6f97a3", 0.6)
    y = 6.2
    b.add(
        [
            tube((0, y, 0), (0, y, 0.55), 2.2, stone, DRESSING, detail=18),
            tube((0, y, 0.5), (0, y, 0.56), 1.95, water, DRESSING, detail=18),
            f.rod(0, y, 0.5, 1.3, 0.3, stone, top=0.2, detail=10),
            tube((0, y, 1.7), (0, y, 1.95), 0.3, stone, DRESSING, top=1.0, detail=14),
            f.rod(0, y, 1.95, 0.7, 0.16, stone, top=0.1),
            ball((0.22, 0.22, 0.25), (0, y, 2.7), stone, DRESSING, 8),
        ]
    )
    for side, count in enumerate((5, 5, 4, 4)):
        a = side * np.pi / 2 + np.pi / 2
        out = np.array((np.cos(a), np.sin(a)))
        across = np.array((-out[1], out[0]))
        start = -count * 4.2
        for k in range(count):
            wide = 8.3
            at = out * (23.5 + 3.5) + across * (start + 8.4 * (k + 0.5))
            b.put(
                t.house(
                    b,
                    wide,
                    7,
                    int(b.chance.integers(2, 5)),
                    shop=b.chance.random() < 0.5,
                    pitched=b.chance.random() < 0.6,
                ),
                float(at[0]),
                float(at[1]),
                a + np.pi,
            )
    stone2 = paint("#b3a68c")
    b.add(
        [
            box((5, 5, 21), (-15, 36, 10.5), stone2, DRESSING),
            tube((-15, 36, 21), (-15, 36, 31), 3.4, paint("#5f6f6a"), DRESSING, top=0.1, detail=4),
            *[box((1.1, 0.1, 2.2), (-15, 33.45, 16.5), paint("#3a3d42"), DRESSING)],
        ]
    )
    for k in range(4):
        b.put(t.tower_block(b, 13, 13, b.between(22, 36)), 70 * np.cos(1.57 * k + 0.7), 70 * np.sin(1.57 * k + 0.7))
    green = b.look("tree", "#64804a")
    for x, y2 in ((-8, 9), (8.5, 9.5), (-9.5, -7), (10, -8.5), (-16, 2), (16, 1)):
        n.broadleaf(b, x, y2, b.between(5, 6.5), green)
    for x, y2, facing in ((-4.6, 3.4, -0.9), (4.8, 3.4, np.pi + 0.9), (-5.5, -5.5, 0.9), (5.6, -6.0, np.pi - 0.9)):
        b.put(f.bench(b.look("bench", "#8c6b4a")), x, y2, facing)
        b.seat("bench", x, y2, 0.46, float(facing))
    for x, y2 in ((-5.8, 5.6), (6, 5.4), (-6.5, -4.2), (6.8, -4.6)):
        t.lamp_post(b, x, y2, 0.0)
    if b.says("market", "fair", "bazaar"):
        _stalls(b)
    else:
        for x, y2 in ((-12, -13), (-9, -15), (12.5, -13.5)):
            b.put(f.round_table(0.4, paint("#e4dccb"), paint("#33302c")), x, y2)
            b.add(
                [
                    f.rod(x, y2, 0, 2.3, 0.03, paint("#7d5a3c")),
                    tube(
                        (x, y2, 2.1),
                        (x, y2, 2.6),
                        1.3,
                        paint(b.pick("#b0473a", "#d8c9a0", "#3f6b5a")),
                        DRESSING,
                        top=0.05,
                        detail=8,
                    ),
                ]
            )
    t.bin_(b, 3.4, 4.4)
    n.clouds(b)
    return b.design(inside=False)


def _stalls(b: Builder) -> None:
    for k, (x, y, facing) in enumerate(
        (
            (-4.5, 2.6, -np.pi / 2),
            (3.2, 3.0, -np.pi / 2),
            (-8, 1.2, -0.6),
            (7.2, 2.0, np.pi + 0.6),
            (-5, -7, np.pi / 2),
            (1.5, -7.5, np.pi / 2),
            (7, -6.5, np.pi / 2),
        )
    ):
        cloth = paint(("#b0473a", "#3f6b5a", "#c29a45", "#4f6b8c")[k % 4])
        goods = [
            f.block(
                -0.25 + 0.25 * r,
                -0.9 + 0.36 * c,
                0.85,
                0.22,
                0.32,
                0.14,
                paint(b.pick("#c2332c", "#e0a030", "#6f9a3c", "#d9c05a", "#8c4a6a")),
            )
            for r in range(3)
            for c in range(6)
        ]
        roof = [
            box(
                (1.7, 0.4, 0.05),
                (0, -1.0 + 0.4 * c, 2.25),
                cloth if c % 2 else paint("#e6dfcf"),
                DRESSING,
                turn=t.pitched_by(-12),
            )
            for c in range(6)
        ]
        b.put(
            [
                f.block(0, 0, 0.78, 0.85, 2.2, 0.06, paint("#a07a4c")),
                f.block(0.4, 0, 0.05, 0.03, 2.2, 0.74, tone(cloth, 0.8)),
                *(f.rod(sx * 0.6, sy * 1.1, 0, 2.3, 0.03, paint("#7d5a3c")) for sx in (-1, 1) for sy in (-1, 1)),
                *goods,
                *roof,
            ],
            x,
            y,
            facing,
        )
