"""Under trees: forest, garden, park."""

from dataclasses import replace

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, blot, paint, patch, tone
from render.previz.sets.design import DRESSING, SetDesign, SpotKind
from render.previz.sets.places.country import hills, path, wood_edge
from render.previz.solid import ball, box, tube


def forest(b: Builder) -> SetDesign:
    """Trees at every distance, undergrowth, fallen trunks, a clearing with a path."""
    ground = b.look("ground floor moss", "#66703f")
    b.ground(n.terrain(b, n.rolling(b, 9, 90.0, 13.0), ground))
    n.blots(b, ground, 40, 13, (0.4, 1.5), (0.75, 0.9, 1.25))
    path(b, "#8a7453", 1.2)
    jungle, pine = b.says("jungle", "rainforest"), b.says("pine", "fir", "conifer", "taiga", "snow")
    leaf = b.look("tree leaves leaf foliage", "#5f7d42")
    lets_light = len(b.pieces)
    rings = ((4.2, 8, 9), (8, 15, 17), (15, 26, 28), (26, 38, 30))
    for near, far, count in rings:
        for _ in range(count):
            x, y = n.around(b, near, far, 2.6 if near < 8 else 0.0)
            tall = b.between(7.5, 12)
            kind = b.chance.random()
            if jungle and kind < 0.4:
                n.palm(b, x, y, 0.7 * tall, leaf)
            elif pine or kind < 0.4:
                n.conifer(b, x, y, tall * 1.25, leaf, skirt=0.34)
            elif kind < 0.62:
                n.birch(b, x, y, tall, leaf)
            else:
                n.broadleaf(b, x, y, tall, leaf)
    for index in range(lets_light, lets_light + 10):  # the nearest trees stand in light, not in each other's shade
        b.pieces[index] = replace(b.pieces[index], blocks_light=False)
    for _ in range(24):
        x, y = n.around(b, 2.8, 12, 1.4)
        n.bush(b, x, y, b.between(0.25, 0.55), tone(leaf, b.between(0.9, 1.5)))
    for _ in range(26):
        x, y = n.around(b, 2.2, 9, 1.1)
        n.tuft(b, x, y, b.between(0.25, 0.45), paint("#7d8f4a"))
    bark = paint("#6a5138")
    b.add(
        [
            tube((2.4, 3.3, 0.26), (5.8, 4.6, 0.3), 0.26, bark, DRESSING, top=0.2, detail=9),
            tube((2.38, 3.29, 0.26), (2.42, 3.31, 0.26), 0.24, paint("#c2a070"), DRESSING, detail=9),
        ]
    )
    b.seat("fallen trunk", 3.4, 3.6, 0.5, -np.pi / 2)
    b.add(
        [
            f.rod(-3.0, 2.6, 0, 0.42, 0.34, bark, top=0.28, detail=10),
            f.rod(-3.0, 2.6, 0.41, 0.02, 0.26, paint("#c2a070"), detail=10),
        ]
    )
    for x, y, s in ((-4.4, -3.0, 0.5), (3.6, -3.4, 0.7), (6.5, 1.0, 0.6)):
        n.rock(b, x, y, s, paint("#7d7b72"))
    return b.design(inside=False)


def garden(b: Builder) -> SetDesign:
    """A lawn, flower beds, a hedge all around, a bench, an arch, the back of the house."""
    lawn = b.look("ground grass lawn", "#7a9a4e")
    b.ground(n.terrain(b, n.rolling(b, 8, 120.0, 20), lawn))
    for k in range(-6, 7):
        if k % 2:
            b.ground(patch(1.6 * k, 0, 1.6, 16, 0.004, tone(lawn, 1.12)))
    for k in range(12):
        b.ground(
            blot(
                -9 + 1.6 * k,
                -2.3 + 0.35 * np.sin(k),
                0.62,
                0.48,
                0.012,
                paint("#b3aa98"),
                b.between(0, 3),
                corners=7,
                chance=b.chance,
            )
        )
    hedge = b.look("hedge", "#4f6b3c")
    for side in (-1, 1):
        b.add(
            [
                box((22, 1.0, 1.7), (0, side * 8.2, 0.85), tone(hedge, 0.95), DRESSING),
                *(
                    ball(
                        (1.0, 0.62, 0.3),
                        (-10 + 2.0 * k, side * 8.2, 1.68),
                        tone(hedge, b.between(0.9, 1.15)),
                        DRESSING,
                        6,
                    )
                    for k in range(11)
                ),
            ]
        )
    b.add(
        [
            box((1.0, 16, 1.7), (-11, 0, 0.85), hedge, DRESSING),
            *(
                ball((0.62, 1.0, 0.3), (-11, -7 + 2.0 * k, 1.68), tone(hedge, b.between(0.9, 1.15)), DRESSING, 6)
                for k in range(8)
            ),
        ]
    )
    for x, y in ((-6.5, 6.2), (-3.2, 6.6), (3.4, 6.5), (6.8, 6.0), (-6, -5.6), (-1, -6.3), (4.6, -6)):
        b.ground(blot(x, y, 1.7, 0.8, 0.01, paint("#6a5138"), corners=10))
        for _ in range(4):
            n.flowers(
                b,
                x + b.between(-1.1, 1.1),
                y + b.between(-0.4, 0.4),
                ("#d9556a", "#e8c94a", "#e8e4e0", "#8f6fc0", "#e08a4a"),
            )
    b.put(f.bench(b.look("bench", "#9a7a55")), -2.4, 4.2, -np.pi / 2)
    b.seat("bench", -2.4, 4.2, 0.46, -np.pi / 2)
    b.put(f.round_table(0.5, paint("#e4e0d4"), paint("#8a9199")), 3.4, 3.4)
    b.spot("table", SpotKind.TABLE, 3.4, 3.4, 0.74)
    for a in (0.4, 2.6):
        f.seated_at(b, "garden chair", 3.4 + 0.85 * np.cos(a), 3.4 + 0.85 * np.sin(a), a + np.pi, paint("#e4e0d4"))
    n.broadleaf(b, -7.6, 2.2, 5.6, b.look("tree", "#64854a"))
    n.broadleaf(b, 7.4, -3.6, 4.8, paint("#6d8c50"))
    arch = paint("#e4e0d4")
    b.add(
        [
            *(f.rod(s * 0.75 + 0.6, 7.4, 0, 2.1, 0.05, arch) for s in (-1, 1)),
            *(
                ball(
                    (0.34, 0.3, 0.3),
                    (0.6 + 0.85 * np.cos(a), 7.4, 2.1 + 0.5 * np.sin(a)),
                    tone(hedge, 1.2),
                    DRESSING,
                    6,
                )
                for a in np.linspace(0.2, 2.94, 6)
            ),
            *(
                ball(
                    (0.08, 0.08, 0.08),
                    (0.6 + 0.9 * np.cos(a), 7.1, 2.1 + 0.6 * np.sin(a)),
                    paint("#d9556a"),
                    DRESSING,
                    5,
                )
                for a in np.linspace(0.2, 2.94, 7)
            ),
        ]
    )
    b.put(t.house(b, 9, 6, 2, look=b.look("house wall", "#d8cbb0")), 15.2, 0.5, np.pi)
    b.spot("door", SpotKind.DOOR, 11.8, 0.5, 0.0, np.pi)
    b.add(
        [
            f.rod(10.2, 2.6, 0, 2.2, 0.04, paint("#33302c")),
            ball((0.16, 0.16, 0.18), (10.2, 2.6, 2.3), b.bulb(), DRESSING, 8),
        ]
    )
    b.lamp(10.0, 2.4, 2.2, "#ffc987", 1.8, 2.4)
    b.lamp(0.6, 6.9, 2.1, "#ffd9a0", 1.3, 1.8)
    wood_edge(b, 19, 50, 26, "#5d7a45")
    n.clouds(b)
    return b.design(inside=False)


def park(b: Builder) -> SetDesign:
    """Lawns and old trees, a path with benches and lamps, a pond, the town over the treetops."""
    hills(b, "#78964e", 5)
    path(b, "#c2b08c", 2.2)
    water = b.look("pond lake water", "#5f8a96", 0.6)
    b.ground(
        blot(4.5, 10.5, 7.2, 3.0, 0.02, tone(paint("#8a8a6a"), 1.0), corners=16),
        blot(4.5, 10.5, 6.7, 2.6, 0.03, water, corners=16),
    )
    for _ in range(9):
        b.ground(blot(b.between(0, 9), b.between(9.2, 11.8), 0.9, 0.06, 0.036, tone(water, 1.4)))
    for x, y, facing in ((-2.9, 2.6, -np.pi / 2), (4.4, 2.4, -np.pi / 2), (-3.5, -3.6, np.pi / 2)):
        b.put(f.bench(b.look("bench", "#7d5f42")), x, y, facing)
        b.seat("bench", x, y, 0.46, float(facing))
    for x, y in ((-5.2, 2.2), (6.6, 2.0), (0.8, -3.4), (-12, -2.4)):
        t.lamp_post(b, x, y, -np.pi / 2 if y > 0 else np.pi / 2, high=3.4)
    leaf = b.look("tree leaves", "#5d7d42")
    for x, y in ((-7.5, 5.5), (-3.5, 9.0), (10.5, 5.0), (-8.5, -5.2), (5.2, -6.4), (10.5, -4.4), (-1.5, -9.5)):
        n.broadleaf(b, x, y, b.between(6.5, 8.5), leaf)
    wood_edge(b, 15, 42, 44)
    for _ in range(20):
        n.flowers(b, *n.around(b, 3.5, 9, 2.0), ("#d9c04a", "#e8e0d8", "#c2556a"))
    for _ in range(12):
        n.bush(b, *n.around(b, 8, 14, 3.0), b.between(0.5, 0.9), tone(leaf, b.between(0.9, 1.2)))
    t.bin_(b, -1.5, 2.4)
    for k in range(9):
        a = 2 * np.pi * k / 9
        b.put(t.tower_block(b, 13, 13, b.between(26, 46)), 125 * np.cos(a), 125 * np.sin(a), a)
    n.clouds(b)
    return b.design(inside=False)
