"""Far from anybody: mountain and desert."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, blot, paint, tone
from render.previz.sets.design import DRESSING, SetDesign
from render.previz.sets.places.country import path
from render.previz.solid import ball, tube


def mountain(b: Builder) -> SetDesign:
    """An alpine meadow with rocks and firs below peaks with snow."""
    ground = b.look("ground grass", "#7d8c55")
    rock = b.look("rock stone mountain", "#7f7c78")
    rolling, peaks = n.rolling(b, 7, 90.0, 14.0), n.rolling(b, 80, 130.0, 28.0, 1.3)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return rolling(x, y) + peaks(x, y)

    b.ground(n.terrain(b, height, ground, steep=rock, cap=(34.0, paint("#eef0f2"))))
    n.blots(b, ground, 40, 13, (0.4, 1.4))
    path(b, "#a89a80", 1.0)
    for _ in range(34):
        n.rock(b, *n.around(b, 2.8, 14, 1.2), b.between(0.2, 0.95), rock)
    for x, y, s in ((-4.6, 4.6, 1.7), (6.2, 4.2, 1.3), (5.4, -4.8, 1.5), (-6.8, -4.2, 1.2)):
        n.rock(b, x, y, s, rock)
    for _ in range(40):
        x, y = n.around(b, 12, 60)
        n.conifer(b, x, y, b.between(4, 7), b.look("tree", "#4a6642"), float(height(np.array(x), np.array(y))) - 0.2)
    for _ in range(22):
        n.tuft(b, *n.around(b, 2, 9), b.between(0.2, 0.4), paint("#97a060"))
    if b.says("hut", "cabin", "lodge", "chalet"):
        wood = b.look("hut cabin", "#7d5a3c")
        b.put(
            [
                f.block(0, 0, 0, 4, 6, 2.4, wood),
                t.gable(4, 6, 1.9, 2.4, paint("#4f4a48"), 0.5),
                f.block(2.03, -0.9, 0, 0.06, 1, 2.0, tone(wood, 0.6)),
                f.block(2.03, 1.3, 0.9, 0.06, 1.2, 0.9, paint("#55626c", 0.4, 4.0)),
            ],
            -7,
            8,
            -0.9,
        )
    n.clouds(b, 5)
    return b.design(inside=False)


def desert(b: Builder) -> SetDesign:
    """Dunes, mesas far off, cacti, bleached rocks."""
    sand = b.look("ground sand", "#d0ab73")
    b.ground(n.terrain(b, n.rolling(b, 17, 75.0, 14.0), sand, steep=tone(sand, 0.78)))
    n.blots(b, sand, 40, 14, (0.5, 2.0), (0.9, 0.95, 1.06))
    for _ in range(24):
        b.ground(
            blot(
                b.between(-12, 12),
                b.between(-12, 12),
                b.between(1.0, 2.2),
                0.07,
                0.012,
                tone(sand, 0.86),
                b.between(-0.2, 0.2),
            )
        )
    rock = b.look("rock mesa", "#a86a48")
    for k in range(7):
        a = 2 * np.pi * k / 7 + b.between(0, 0.5)
        away, tall, r = b.between(120, 220), b.between(22, 42), b.between(18, 34)
        x, y = away * np.cos(a), away * np.sin(a)
        b.add(
            [
                tube((x, y, -2), (x, y, 0.4 * tall), 1.6 * r, tone(rock, 0.95), DRESSING, top=1.05 * r, detail=9),
                tube((x, y, 0.4 * tall), (x, y, tall), r, rock, DRESSING, top=0.92 * r, detail=9),
            ],
            radius=0.0,
        )
    for x, y, tall in ((-4.6, 4.4, 3.2), (5.6, 6.5, 2.6), (9, -6.5, 3.4), (-8, -5.2, 2.8), (-13, 10, 3.2), (14, 13, 3)):
        n.cactus(b, x, y, tall)
    for _ in range(18):
        n.rock(b, *n.around(b, 2.8, 14), b.between(0.15, 0.7), tone(rock, 1.1))
    for _ in range(20):
        n.tuft(b, *n.around(b, 2.6, 12), b.between(0.3, 0.5), paint("#a59a5f"))
    b.add(
        [
            ball((0.22, 0.15, 0.16), (2.6, -1.9, 0.12), paint("#e9e2d0"), DRESSING, 7),
            *(
                tube(
                    (2.6, -1.9 + s * 0.1, 0.2),
                    (2.75, -1.9 + s * 0.4, 0.34),
                    0.03,
                    paint("#e9e2d0"),
                    DRESSING,
                    top=0.01,
                    detail=5,
                )
                for s in (-1, 1)
            ),
        ]
    )
    return b.design(inside=False)
