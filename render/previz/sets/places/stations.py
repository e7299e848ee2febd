"""Where trains stop: the hall of a station, and a platform."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, paint, patch, tone
from render.previz.sets.design import DRESSING, GROUND, SetDesign, SpotKind
from render.previz.sets.places.rooms import by_wall, flat_on, shell
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening
from render.previz.solid import ball, box, placed, tube


def station_hall(b: Builder) -> SetDesign:
    """A hall of a station or an airport: a great clock, ticket windows, a board, benches, tall windows."""
    hx, hy, top = 7.0, 5.4, 5.6
    high = tuple(Opening(u, 2.0, 2.6, 2.2, bars=(3, 3)) for u in (-3.2, 0.0, 3.2))
    shell(
        b,
        (hx, hy),
        top=top,
        wall=b.pick("#cbbd9d", "#c4bba8", "#b7bdb8"),
        floor="#b3a890",
        trim="#7d6b52",
        boards=-1.2,
        panel="#8f7a5c",
        windows={NORTH: tuple(Opening(u, 2.2, 2.3, 2.6, bars=(3, 3)) for u in (-4.6, 4.6)), EAST: high},
        doors={WEST: -2.2, SOUTH: 3.0},
        view="town",
    )
    wood = b.look("bench counter furniture wood", "#6d4c32")
    face = Face(b.walls[NORTH])
    kiosk = []
    for u in (-2.0, 0.0, 2.0):
        kiosk += [
            face.box(u, 1.1, 0.15, (1.8, 2.2, 0.3), wood, DRESSING),
            face.box(u, 1.55, 0.31, (1.2, 0.9, 0.03), paint("#c9b27a", 0.3, 4.0), DRESSING),
            face.box(u, 1.0, 0.42, (1.3, 0.06, 0.3), tone(wood, 1.3), DRESSING),
            face.box(u, 2.3, 0.2, (1.8, 0.22, 0.4), tone(wood, 0.6), DRESSING),
            *(
                face.box(u - 0.4 + 0.2 * k, 1.55, 0.33, (0.02, 0.9, 0.02), paint("#b5892f", 0.5), DRESSING)
                for k in range(5)
            ),
        ]
    b.add(kiosk, NORTH, radius=3.2)
    b.spot("ticket window", SpotKind.TABLE, 0, hy - 0.55, 1.03, -np.pi / 2)
    b.add(
        [s.moved(placed(*face.at(0, 4.3, 0.08), face.facing)) for s in f.clock(0, 0, 0, 0.75, paint("#3a3226"))],
        NORTH,
        shade=False,
    )
    flat_on(b, NORTH, 0, 3.05, (4.2, 0.85), paint("#23262a", 0.2), 0.1)
    for r in range(3):
        for c in range(3):
            flat_on(
                b,
                NORTH,
                -1.4 + 1.4 * c,
                2.82 + 0.24 * r,
                (b.between(0.5, 1.1), 0.08),
                paint("#e8b84a", 0.0, 0.25),
                0.105,
            )
    for x, y, facing in (
        (-3.6, 1.6, -np.pi / 2),
        (3.6, 1.6, -np.pi / 2),
        (-4.4, -2.6, np.pi / 2),
        (4.0, -2.8, np.pi / 2),
        (-4.4, -3.3, -np.pi / 2),
        (4.0, -3.5, -np.pi / 2),
    ):
        b.put(f.bench(wood, 2.2), x, y, facing)
        for s in (-0.55, 0.55):
            b.seat("bench", x + s, y, 0.46, float(facing))
    stone = b.look("column", "#b3a687")
    for x in (-5.6, 5.6):
        for y in (-3.9, 0.0, 3.9):
            b.add(
                [
                    box((0.8, 0.8, 0.5), (x, y, 0.25), tone(stone, 0.8), DRESSING),
                    f.rod(x, y, 0.5, top - 1.0, 0.32, stone, detail=14),
                    box((0.9, 0.9, 0.5), (x, y, top - 0.25), stone, DRESSING),
                ]
            )
    for x, y, c in ((-2.6, 2.4, "#7d4a35"), (-2.3, 2.2, "#3f5f6b"), (5.0, -1.6, "#a5825c")):
        b.put(
            [
                f.block(0, 0, 0, 0.24, 0.55, 0.42, paint(c, 0.2)),
                f.block(0, 0, 0.42, 0.04, 0.2, 0.05, tone(paint(c), 0.6)),
            ],
            x,
            y,
            b.between(0, 1),
        )
    kiosk2 = [
        f.block(0, 0, 0, 1.2, 2.0, 1.05, paint("#3f5f55")),
        f.block(-0.5, 0, 1.05, 0.2, 2.0, 1.3, paint("#3f5f55")),
        f.block(0.1, 0, 2.35, 1.5, 2.2, 0.3, paint("#d8c9a0")),
        *(
            f.block(
                0.4,
                -0.8 + 0.32 * k,
                1.05,
                0.3,
                0.26,
                0.06 + 0.03 * (k % 3),
                paint(b.pick("#b03a30", "#e8e2d2", "#3f6b8c", "#d9a534")),
            )
            for k in range(6)
        ),
    ]
    by_wall(b, kiosk2, WEST, 1.8, 1.5)
    for u in (-4, -1, 5.2):
        flat_on(b, SOUTH, u, 2.0, (1.1, 1.5), paint(b.pick("#4f7d8c", "#b0603f", "#8c8a4a")), 0.03)
        flat_on(b, SOUTH, u, 1.85, (0.7, 0.6), paint("#e4d8b4"), 0.035)
    for x in (-3.4, 3.4):
        b.add(
            [
                tube((x, 0, top), (x, 0, 4.2), 0.02, paint("#33302c"), DRESSING, detail=4),
                ball((0.36, 0.36, 0.36), (x, 0, 3.9), b.bulb("#ffeec8"), DRESSING, 12),
            ],
            shade=False,
        )
        b.lamp(x, 0, 3.6, "#ffdfae", 1.7, 3.6)
    b.lamp(0, hy - 0.8, 2.0, "#ffcf90", 0.8, 2.0)
    return b.design(inside=True)


def platform(b: Builder) -> SetDesign:
    """A platform: a train standing behind, a canopy on pillars, benches, a clock, a building, rails to the distance."""
    paving = b.look("platform ground paving", "#a39c90")
    edge = 3.4
    b.ground(box((160, 9.4, 1.1), (0, edge - 4.7, -0.55), paving, GROUND))
    gravel = paint("#7d766c")
    b.ground(box((600, 600, 0.1), (0, 0, -1.15), gravel, GROUND))
    b.ground(
        patch(0, edge - 0.3, 160, 0.5, 0.006, paint("#e4dfd0")),
        patch(0, edge - 0.85, 160, 0.12, 0.006, paint("#d9b53a")),
    )
    for k in range(-9, 10):
        for row in range(3):
            if (k + row) % 2:
                b.ground(patch(2.4 * k, -4.4 + 2.4 * row, 2.4, 2.4, 0.005, tone(paving, 0.92)))
    for y in (edge + 0.55, edge + 2.0, edge + 5.2, edge + 6.65):
        b.add([box((300, 0.08, 0.16), (0, y, -1.0), paint("#8a7f78", 0.4), DRESSING)], radius=0.0)
    for k in range(-26, 27):
        b.ground(patch(1.5 * k, edge + 5.9, 0.3, 2.6, -1.08, paint("#5a4a3c")))
    body, stripe = b.look("train", b.pick("#7d3a34", "#3f5a4a", "#3f5578"), 0.3), paint("#d8cdb0", 0.3)
    glass, dark = paint("#55646c", 0.6, 4.0), paint("#2a2c2f")
    for car in range(-2, 3):
        x, y = 15.4 * car + 3, edge + 1.28
        solids = [
            box((15, 2.5, 2.6), (x, y, 1.3), body, DRESSING),
            box((15, 2.54, 0.3), (x, y, 0.35), tone(body, 0.6), DRESSING),
            box((15, 2.54, 0.14), (x, y, 1.1), stripe, DRESSING),
            box((14.8, 2.2, 0.4), (x, y, 2.75), paint("#8a8d8f", 0.2), DRESSING),
            box((13, 1.8, 0.7), (x, y, -0.4), dark, DRESSING),
        ]
        solids += [box((1.3, 2.56, 0.85), (x - 5.2 + 2.08 * k, y, 1.75), glass, DRESSING) for k in range(6)]
        for s in (-1, 1):
            solids.append(box((0.95, 2.58, 2.05), (x + s * 6.7, y, 1.1), tone(body, 0.8), DRESSING))
            solids.append(box((0.6, 2.6, 0.75), (x + s * 6.7, y, 1.7), glass, DRESSING))
        b.add(solids)
    iron = b.look("pillar canopy", "#3f5a52", 0.2)
    for x in (-12.5, -7.5, -2.5, 2.5, 7.5, 12.5):
        b.add(
            [
                f.rod(x, -3.0, 0, 3.4, 0.1, iron, detail=8),
                f.rod(x, -3.0, 0, 0.5, 0.17, iron, detail=8),
                tube((x, -3.0, 2.7), (x, -1.4, 3.4), 0.05, iron, DRESSING, detail=5),
                tube((x, -3.0, 2.7), (x, -4.4, 3.4), 0.05, iron, DRESSING, detail=5),
            ],
            radius=0.3,
        )
    b.add(
        [
            box((34, 4.6, 0.12), (0, -2.7, 3.5), tone(iron, 0.8), DRESSING),
            *(box((0.5, 0.06, 0.4), (-16.5 + 1.0 * k, -0.42, 3.35), paint("#e4dccb"), DRESSING) for k in range(34)),
        ],
        shade=False,
        radius=0.0,
    )
    for x in (-4.8, 4.8):
        b.put(f.bench(b.look("bench", "#8c6b4a"), 1.8), x, -3.6, np.pi / 2)
        b.seat("bench", x, -3.6, 0.46, np.pi / 2)
        b.add(
            [
                tube((x, -2.6, 3.44), (x, -2.6, 3.1), 0.02, iron, DRESSING, detail=4),
                tube((x, -2.6, 2.95), (x, -2.6, 3.1), 0.16, b.bulb(), DRESSING, top=0.08, detail=10),
            ],
            shade=False,
        )
        b.lamp(x, -2.4, 2.85, "#ffcf92", 2.2, 2.6)
    b.add(
        [
            tube((1.9, -1.0, 3.44), (1.9, -1.0, 2.95), 0.03, iron, DRESSING, detail=4),
            *(
                s.moved(placed(1.9, -1.0 + 0.0, 2.6, a))
                for a in (np.pi / 2, -np.pi / 2)
                for s in f.clock(0.06, 0, 0, 0.36, iron)
            ),
        ],
        shade=False,
    )
    b.put(
        [
            f.block(0, 0, 2.2, 0.08, 2.6, 0.5, paint("#2f4f6b")),
            f.block(0.05, 0, 2.33, 0.02, 1.8, 0.22, paint("#eee8da")),
            *(f.rod(0, s * 1.1, 0, 2.3, 0.05, iron) for s in (-1, 1)),
        ],
        -7.6,
        -1.2,
        0.5,
    )
    t.bin_(b, 2.6, -3.8)
    for x, y, c in ((6.2, -3.4, "#7d4a35"), (6.5, -3.0, "#3f5f6b")):
        b.put([f.block(0, 0, 0, 0.24, 0.6, 0.45, paint(c, 0.2))], x, y, 0.4)
    wall = b.look("building wall", "#a8654c")
    for k in range(-2, 3):
        b.put(t.house(b, 9, 6, 2, look=tone(wall, b.between(0.9, 1.1)), pitched=k != 0), 9.05 * k, -9.6, np.pi / 2, z=0)
    b.ground(box((46, 10, 1.1), (0, -10.8, -0.55), tone(paving, 0.95), GROUND))
    for k in range(7):
        n.broadleaf(b, -30 + 10 * k, 22 + b.between(-3, 3), b.between(6, 8), paint("#5f7d42"), -1.1)
        b.put(t.house(b, 9, 8, 2 + k % 3, cheap=True), -33 + 11 * k, 34, -np.pi / 2, z=-1.1)
    for side in (-1, 1):
        b.add(
            [
                f.rod(side * 40, edge + 7.8, -1.1, 6, 0.1, paint("#4a4d50")),
                box((0.4, 0.3, 1.0), (side * 40, edge + 7.7, 4.6), dark, DRESSING),
                ball((0.14, 0.1, 0.14), (side * 40, edge + 7.5, 4.8), paint("#d03a2a", 0.0, 3.0), DRESSING, 7),
            ]
        )
        b.put(t.tower_block(b, 14, 14, 34), side * 90, 30, 0.0)
        b.add([ball((60, 40, 14), (side * 190, 20, -3), paint("#7d9060"), DRESSING, 8)], radius=0.0)
    n.clouds(b)
    return b.design(inside=False)
