"""Where things are sold and made: shop, bar, workshop."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets.builder import Builder, paint, tone
from render.previz.sets.design import DRESSING, SetDesign, SpotKind
from render.previz.sets.places.rooms import by_wall, flat_on, hanging, picture, shell
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening
from render.previz.solid import Solid, box, tube


def shop(b: Builder) -> SetDesign:
    """Shelves of goods, a counter with a till, a shop window on the street, a door with glass."""
    hx, hy = 3.6, 3.0
    clocks = b.says("clock", "watch")
    shell(
        b,
        (hx, hy),
        top=2.9,
        wall=b.pick("#c2b08c", "#a9b59c", "#bca78f"),
        floor="#7d5f45",
        trim="#4f5f55" if not clocks else "#4a3524",
        windows={EAST: (Opening(-0.75, 2.6, 1.75, 0.6, bars=(3, 1)),)},
        doors={EAST: 1.7, SOUTH: 1.9},
        view="town",
    )
    wood = b.look("shelf counter furniture wood", "#6d4a30" if clocks else b.pick("#7d5a3c", "#5f7468", "#8c6b48"))
    goods = ("#b03a30", "#d9a534", "#3f6b8c", "#5f8c5a", "#e4ded0", "#c27d4a", "#7a4a6b")
    if b.says("book"):
        goods = f.BOOKS
    if clocks:
        for index, count in ((NORTH, 11), (WEST, 8), (SOUTH, 7)):
            wide = (hy if index == WEST else hx) - 0.5
            face = Face(b.walls[index])
            for k in range(count):
                u, z = -wide + 2 * wide * (k + 0.5) / count, 1.55 + 0.55 * (k % 2) + b.between(-0.06, 0.06)
                x, y, _ = face.at(u, 0, 0.05)
                radius = b.between(0.16, 0.25)
                case = tone(paint(b.pick("#5a3b26", "#8c6538", "#2f2a26", "#b5892f")), 1.0)
                b.put(f.clock(0, 0, z, radius, case), x, y, face.facing, index)
        for index, u, wide in ((NORTH, 1.2, 1.8), (WEST, 0.2, 2.0), (SOUTH, -0.8, 1.8)):
            by_wall(
                b,
                [
                    *f.cupboard(wide, 0.9, wood, 0.4, 3),
                    *(
                        s.moved(_lifted(y, 0.9))
                        for y in np.arange(-wide / 2 + 0.25, wide / 2, 0.42)
                        for s in _mantel_clock(b)
                    ),
                ],
                index,
                u,
                0.44,
            )
        for index, u in ((NORTH, -2.9), (NORTH, 2.9), (WEST, 2.2)):
            case = [
                f.block(0, 0, 0, 0.34, 0.5, 1.9, wood),
                f.block(0.17, 0, 0.5, 0.02, 0.3, 0.85, paint("#2a2320", 0.4)),
                f.rod(0.19, 0, 0.62, 0.6, 0.012, paint("#b5892f", 0.6)),
                *f.clock(0.18, 0, 1.62, 0.2, paint("#b5892f", 0.5)),
            ]
            by_wall(b, case, index, u, 0.36)
    else:
        for index, along, wide in ((NORTH, -1.7, 2.6), (NORTH, 1.5, 2.6), (WEST, 0.9, 2.4), (SOUTH, -1.3, 3.0)):
            by_wall(b, f.bookcase(b, wide, wood, 5, goods), index, along, 0.34)
    y = hy - 1.15
    b.put(
        [
            f.block(0, 0, 0, 0.55, 2.4, 0.94, wood),
            f.block(0.28, 0, 0.1, 0.02, 2.2, 0.7, tone(wood, 1.2)),
            f.block(0.02, 0, 0.94, 0.66, 2.5, 0.05, tone(wood, 0.6)),
        ],
        -0.6,
        y,
        -np.pi / 2,
    )
    b.spot("counter", SpotKind.TABLE, -0.6, y, 0.99, -np.pi / 2)
    till = [
        f.block(0, 0, 0.99, 0.36, 0.4, 0.16, paint("#3f4a45", 0.3)),
        f.block(-0.1, 0, 1.15, 0.14, 0.36, 0.2, paint("#3f4a45", 0.3)),
        f.block(-0.02, 0, 1.2, 0.02, 0.28, 0.1, paint("#d8e0c8")),
    ]
    b.put(till, -1.2, y, -np.pi / 2)
    b.put([f.rod(0, 0, 0.99, 0.24, 0.09, paint("#c9b58c", 0.4), detail=10)], 0.2, y)
    rack = [f.block(0, 0, 0.35 * k + 0.12, 0.5, 1.0, 0.04, wood) for k in range(3)] + [
        f.block(0, s * 0.5, 0, 0.5, 0.04, 0.9, wood) for s in (-1, 1)
    ]
    rack += [
        f.block(0.0, -0.36 + 0.24 * k, 0.16 + 0.35 * r, 0.3, 0.18, 0.2, paint(b.pick(*goods)))
        for k in range(4)
        for r in range(3)
    ]
    by_wall(b, rack, EAST, -0.75, 0.52)
    hanging(b, -0.6, y + 0.1, 2.1, 0.8)
    hanging(b, 0.9, -0.6, 2.2, 0.8)
    return b.design(inside=True)


def _mantel_clock(b: Builder) -> list[Solid]:
    case = paint(b.pick("#5a3b26", "#8c6538", "#3a2a22", "#7a6a58"))
    return [
        f.block(0, 0, 0, 0.16, 0.3, 0.06, case),
        f.block(0, 0, 0.06, 0.13, 0.22, 0.2, case),
        tube((-0.06, 0, 0.26), (0.065, 0, 0.26), 0.11, case, DRESSING, detail=10),
        tube((0.06, 0, 0.2), (0.075, 0, 0.2), 0.085, paint("#efe9da"), DRESSING, detail=10),
        f.block(0.078, 0, 0.2, 0.006, 0.012, 0.065, paint("#1f2024")),
    ]


def _lifted(y: float, z: float) -> np.ndarray:
    matrix = np.eye(4)
    matrix[1:3, 3] = y, z
    return matrix


def bar(b: Builder) -> SetDesign:
    """A long bar with bottles and stools, booths, low lamps."""
    hx, hy = 4.2, 3.2
    cafe = b.says("cafe", "café", "coffee", "restaurant", "diner", "canteen", "bistro")
    shell(
        b,
        (hx, hy),
        top=2.85,
        wall="#c9b896" if cafe else b.pick("#6f8a80", "#7d8a70", "#667f8f"),
        floor="#8a6a4c" if cafe else "#765a44",
        trim="#54402e",
        panel="#7a5a40" if not cafe else "#7d9a8f",
        windows={EAST: (Opening(0.9, 1.5, 1.4, 0.95, bars=(2, 2)),)},
        doors={EAST: -1.2, SOUTH: 2.8},
        view="town",
    )
    wood = b.look("bar counter furniture wood", "#8c6040")
    dark = tone(wood, 0.6)
    y = hy - 1.35
    b.put(
        [
            f.block(0, 0, 0, 0.5, 5.0, 1.06, wood),
            *(f.block(0.26, -2.1 + 0.84 * k, 0.14, 0.02, 0.68, 0.76, tone(wood, 1.25)) for k in range(6)),
            f.block(0.04, 0, 1.06, 0.66, 5.2, 0.06, dark),
            f.block(0.38, 0, 0.18, 0.04, 5.0, 0.04, paint("#b5892f", 0.6)),
        ],
        -0.6,
        y,
        -np.pi / 2,
    )
    b.spot("bar", SpotKind.TABLE, -0.6, y, 1.12, -np.pi / 2)
    shelf = [box((5.0, 0.04, 1.75), (-0.6, hy - 0.03, 1.65), paint("#51646b", 0.5), DRESSING)]
    for row in range(3):
        shelf.append(box((5.0, 0.24, 0.04), (-0.6, hy - 0.15, 1.15 + 0.42 * row), dark, DRESSING))
        for k in range(17):
            h = b.between(0.2, 0.32)
            colour = b.pick("#3f6b4a", "#8c5a2b", "#7a2f2f", "#c9a24f", "#b8c4c0", "#4a5f7d")
            shelf.append(
                f.rod(
                    -2.95 + 0.29 * k + b.between(-0.04, 0.04),
                    hy - 0.15,
                    1.17 + 0.42 * row,
                    h,
                    0.045,
                    paint(colour, 0.5),
                    top=0.02,
                    detail=6,
                )
            )
    b.add(shelf, NORTH)
    for x in (-2.4, -1.5, 0.4, 1.2):
        b.put(f.stool(b.look("stool chair", "#8c3b32")), x, y - 0.62)
        b.seat("bar stool", x, y - 0.62, 0.72, np.pi / 2)
    for x in (-0.6, -2.2, 1.0):
        b.add(f.pendant(b, x, y, b.top, 1.95, "#ffc880", 0.16), shade=False)
    b.lamp(-1.6, y - 0.2, 1.85, "#ffc488", 1.1, 2.0)
    b.lamp(0.7, y - 0.2, 1.85, "#ffc488", 1.0, 2.0)
    seat = b.look("booth seat furniture", b.pick("#7a2f2f", "#3f5a4a"))
    for x in (-2.9, 0.6):
        b.put(f.table(0.75, 1.0, dark), x, -hy + 0.72, 0, SOUTH)
        for side in (-1, 1):
            bench = [f.block(0, 0, 0, 0.5, 1.1, 0.45, seat), f.block(-0.25, 0, 0.3, 0.12, 1.1, 0.8, tone(seat, 0.85))]
            b.put(bench, x + side * 0.75, -hy + 0.72, np.pi if side > 0 else 0.0, SOUTH)
            b.seat("booth", x + side * 0.72, -hy + 0.72, 0.46, np.pi if side > 0 else 0.0)
        b.add(f.pendant(b, x, -hy + 0.75, b.top, 1.75, "#ffc880", 0.16), SOUTH, shade=False)
    b.lamp(-1.2, -hy + 0.9, 1.7, "#ffbe80", 0.9, 2.2)
    b.put(f.round_table(0.4, wood, paint("#33302c"), 0.74), 3.0, -0.2)
    f.seated_at(b, "chair", 3.0, 0.5, -np.pi / 2, dark)
    for u in (-1.9, 0.0, 1.9):
        picture(b, WEST, u, 1.65, (0.5, 0.6))
    by_wall(
        b,
        f.piano(paint("#231f1d", 0.4)) if b.says("piano", "jazz", "saloon") else f.cupboard(1.1, 1.25, wood),
        WEST,
        0.4,
        0.8 if b.says("piano", "jazz", "saloon") else 0.5,
    )
    if not cafe:
        flat_on(b, SOUTH, -1.2, 1.95, (1.3, 0.34), paint("#e0506a", 0.0, 3.0), 0.03)
    return b.design(inside=True, always_lit=not cafe)


def workshop(b: Builder) -> SetDesign:
    """A warehouse, garage or factory: crates, shelves, a bench with tools, high windows, hanging lamps."""
    hx, hy = 5.5, 4.2
    shell(
        b,
        (hx, hy),
        top=4.2,
        wall=b.pick("#9a8574", "#8f9494", "#a3907a"),
        floor="#86847e",
        trim="#4f5a5f",
        boards=-1.4,
        windows={
            EAST: (Opening(-2.0, 1.8, 1.1, 2.4, bars=(3, 2)), Opening(1.2, 1.8, 1.1, 2.4, bars=(3, 2))),
            NORTH: tuple(Opening(u, 1.8, 1.1, 2.4, bars=(3, 2)) for u in (-3.0, 0.0, 3.0)),
        },
        doors={WEST: -1.5},
        view="town",
        beams=True,
    )
    wood = b.look("crate furniture wood", "#a07a4c")
    for x, y, size, z in (
        (-4.4, 3.3, 1.0, 0),
        (-3.3, 3.4, 0.9, 0),
        (-4.2, 3.3, 0.8, 1.0),
        (4.5, 3.2, 1.0, 0),
        (4.5, 2.1, 0.8, 0),
        (4.4, 3.2, 0.7, 1.0),
        (4.6, -3.2, 1.0, 0),
        (3.5, -3.4, 0.8, 0),
        (-4.5, -3.2, 1.0, 0),
    ):
        b.put(
            f.crate(size, tone(wood, b.between(0.8, 1.15))), x, y, b.between(-0.15, 0.15), NORTH if y > 3 else None, z
        )
    by_wall(
        b,
        [
            f.block(0, 0, 0.86, 0.75, 2.8, 0.07, tone(wood, 0.8)),
            *f.legs(0.7, 2.7, 0.86, tone(wood, 0.6), 0.09),
            f.block(0, -0.9, 0.93, 0.25, 0.4, 0.2, paint("#4f6b7d", 0.3)),
            f.block(0, 0.5, 0.93, 0.4, 0.5, 0.12, paint("#8c3b32")),
            f.rod(0, 1.1, 0.93, 0.22, 0.08, paint("#8a9199", 0.4)),
        ],
        NORTH,
        0.2,
        0.8,
    )
    for k in range(8):
        flat_on(
            b,
            NORTH,
            -0.9 + 0.3 * k,
            1.6,
            (0.06, 0.32 + 0.1 * (k % 3)),
            paint(b.pick("#6f7880", "#8c5a3c", "#3b3f43")),
            0.03,
        )
    for u in (0.8, 2.9):
        by_wall(b, f.rack(b, 1.8), WEST, u, 0.36)
    by_wall(b, [f.rod(0, 0, 0, 0.9, 0.3, paint("#3f6b8c", 0.3), detail=12)], SOUTH, -2.4, 0.62)
    by_wall(b, [f.rod(0, 0, 0, 0.9, 0.3, paint("#a4483a", 0.3), detail=12)], SOUTH, -1.7, 0.62)
    by_wall(b, f.rack(b, 2.4), SOUTH, 1.0, 0.36)
    for x in (-2.4, 2.4):
        hanging(b, x, 0.8, 2.9, 1.2, 3.0)
    return b.design(inside=True)
