"""Where people work and learn: office, study, corridor, hospital, classroom."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets.builder import Builder, paint, tone
from render.previz.sets.design import DRESSING, SetDesign, SpotKind
from render.previz.sets.places.rooms import by_wall, flat_on, hanging, picture, rug, shell, standing, tubes
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening
from render.previz.solid import ball, box, tube


def office(b: Builder) -> SetDesign:
    """Desks with screens, filing cabinets, shelves, a wide window over the town, strip lights."""
    hx, hy = 3.5 + b.between(0, 0.4), 3.0
    shell(
        b,
        (hx, hy),
        top=2.75,
        wall=b.pick("#c3c8c6", "#ccc6b8", "#b5bfc8"),
        floor="#6f757a",
        trim="#8a8f92",
        boards=-0.9,
        windows={
            NORTH: (
                Opening(-1.75, 1.55, 1.5, 0.85, bars=(2, 1)),
                Opening(0.0, 1.55, 1.5, 0.85, bars=(2, 1)),
                Opening(1.75, 1.55, 1.5, 0.85, bars=(2, 1)),
            ),
            EAST: (Opening(-0.3, 1.6, 1.5, 0.85, bars=(2, 1)),),
        },
        doors={WEST: -1.6},
        view="town",
    )
    wood = b.look("desk furniture", b.pick("#a5825c", "#cbbfa8", "#7f6249"))
    cloth = b.look("chair furniture", b.pick("#3f5a6b", "#6b3f3f", "#4a4f55"))
    steel = b.look("cabinet", b.pick("#7d878c", "#5f6f66"), 0.3)
    for x, y, facing in ((-2.2, hy - 0.85, np.pi / 2), (2.2, hy - 0.85, np.pi / 2), (hx - 0.95, -0.9, 0.0)):
        b.put(f.desk(b, wood), x, y, facing)
        b.spot("desk", SpotKind.TABLE, x, y, 0.75, facing)
        cx, cy = x - 0.72 * np.cos(facing), y - 0.72 * np.sin(facing)
        b.put(f.office_chair(cloth), cx, cy, facing)
        b.seat("desk chair", cx, cy, 0.5, facing)
    for k in range(3):
        by_wall(b, f.drawers(0.48, 1.32, steel, 0.6, 4), WEST, 0.6 + 0.52 * k, 0.62)
    by_wall(b, f.bookcase(b, 1.8, wood, 5, ("#3f5f7a", "#8c3b32", "#d8d0bd", "#4c6b4a", "#e4ded0")), SOUTH, -1.4, 0.34)
    flat_on(b, SOUTH, 1.2, 1.55, (1.6, 1.0), paint("#e9ece9", 0.3))
    for k in range(5):
        flat_on(
            b,
            SOUTH,
            0.65 + 0.27 * k,
            1.5 + 0.22 * (k % 3) - 0.2,
            (0.16, 0.16),
            paint(b.pick("#e8c95a", "#8fc0a8", "#e09a8a")),
            0.024,
        )
    b.put(f.plant(b, 1.35), -hx + 0.4, hy - 0.4, wall=NORTH)
    b.add(f.clock(-hx + 0.04, -0.2, 2.15, 0.18, paint("#2b2b2d")), WEST, shade=False)
    tubes(b, (-1.8, 0.0, 1.8), 1.6)
    return b.design(inside=True)


def study(b: Builder) -> SetDesign:
    """A library or study: books on every wall, a heavy desk, a reading lamp, a globe."""
    hx, hy = 3.5, 3.0
    shell(
        b,
        (hx, hy),
        top=3.0,
        wall=b.pick("#8a9680", "#96705f", "#7d8c99"),
        floor="#7a5a42",
        trim="#4a3524",
        windows={EAST: (Opening(0.1, 1.2, 1.7, 0.8, bars=(2, 3)),)},
        doors={WEST: -1.5},
        curtains="#6b2f2f",
        view="garden",
    )
    wood = b.look("desk shelf furniture wood", "#7a5236")
    for index, along, wide in (
        (NORTH, -1.9, 2.6),
        (NORTH, 1.6, 2.4),
        (WEST, 1.2, 2.4),
        (SOUTH, -1.6, 2.4),
        (SOUTH, 1.6, 2.2),
    ):
        by_wall(b, f.bookcase(b, wide, wood, 6), index, along, 0.34)
    rug(b, 0, 0.1, 3.2, 2.2, "#6b3a3a")
    b.put(f.desk(b, wood, computer=False), 1.5, 1.75, np.pi / 2)
    b.spot("desk", SpotKind.TABLE, 1.5, 1.75, 0.75)
    f.seated_at(b, "desk chair", 1.5, 1.02, np.pi / 2, wood, paint("#5f2f2a", 0.2))
    b.put(f.table_lamp(b, 0.75, "#c8e0a0"), 1.9, 1.85)
    b.lamp(1.9, 1.7, 1.05, "#ffdc9c", 0.9, 1.5)
    b.put(
        [
            f.rod(0, 0, 0, 0.55, 0.04, wood),
            ball((0.26, 0.26, 0.26), (0, 0, 0.85), paint("#6f8f9c", 0.3), DRESSING, 12),
            tube((0, -0.3, 0.85), (0, 0.3, 0.85), 0.015, paint("#b5892f", 0.6), DRESSING, detail=5),
        ],
        2.9,
        hy - 0.6,
    )
    b.put(f.sofa(b.look("armchair sofa furniture", "#6b3a2f", 0.2), 0.95), -2.5, 1.6, np.radians(-35))
    b.seat("armchair", -2.5, 1.6, 0.43, float(np.radians(-35)))
    standing(b, -hx + 0.75, hy - 0.75)
    hanging(b, 0, 0.4, 2.3, 0.6)
    return b.design(inside=True)


def corridor(b: Builder) -> SetDesign:
    """Long and narrow: doors on both sides, strip lights, a window at one end."""
    hx, hy = 7.0, 1.55
    told = (
        "#b5c4bd"
        if b.says("hospital", "clinic", "ward")
        else "#c4b79c"
        if b.says("hotel")
        else b.pick("#b9bdb2", "#c2b59f", "#aab6bd")
    )
    shell(
        b,
        (hx, hy),
        top=2.6,
        wall=told,
        floor="#8a8f8c" if not b.says("hotel") else "#7d3f3a",
        trim="#5f6f6b",
        boards=-0.78,
        panel="#7d9a93" if b.says("hospital", "school") else "#9c8a6a",
        windows={EAST: (Opening(0, 1.5, 1.5, 0.8),)},
        doors={WEST: 0.0},
        view="town",
    )
    wood = b.look("door", b.pick("#7d5a3c", "#5f7d85", "#8c6b4a"))
    for index in (NORTH, SOUTH):
        for _k, u in enumerate((-5.2, -2.6, 2.2, 4.8) if index == NORTH else (-4.4, -1.4, 1.4, 4.4)):
            face = Face(b.walls[index])
            solids = [
                face.box(u, 1.03, 0.02, (0.92, 2.06, 0.04), wood, DRESSING),
                face.box(u, 2.1, 0.025, (1.08, 0.09, 0.05), tone(wood, 0.6), DRESSING),
            ]
            solids += [
                face.box(u + s * 0.5, 1.05, 0.025, (0.08, 2.1, 0.05), tone(wood, 0.6), DRESSING) for s in (-1, 1)
            ]
            solids += [
                face.box(u, 1.55, 0.043, (0.4, 0.5, 0.008), paint("#a9bcc0", 0.5), DRESSING),
                face.box(u + 0.36, 1.02, 0.06, (0.12, 0.03, 0.05), paint("#8a9199", 0.5), DRESSING),
            ]
            solids.append(
                face.box(u + 0.72, 1.6, 0.012, (0.2, 0.14, 0.02), paint(b.pick("#e9e4d6", "#3f5f7a")), DRESSING)
            )
            b.add(solids, index, shade=False)
            b.spot("door", SpotKind.DOOR, *face.at(u, 0, 0.3), face.facing)
    picture(b, NORTH, -0.3, 1.6, (0.7, 0.5))
    picture(b, SOUTH, 0.0, 1.6, (0.6, 0.45))
    by_wall(b, f.bench(b.look("bench furniture", "#8c6b4a"), 1.4), NORTH, -3.9, 0.55)
    b.seat("bench", -3.9, hy - 0.3, 0.45, -np.pi / 2)
    by_wall(b, f.plant(b, 1.2), NORTH, 6.4, 0.45)
    by_wall(b, [f.rod(0, 0, 0, 0.75, 0.16, paint("#7d8a8f", 0.4), detail=12)], SOUTH, 3.0, 0.36)
    flat_on(b, SOUTH, -2.9, 1.2, (0.3, 0.55), paint("#b03a30"), 0.08)
    tubes(b, (-5.4, -2.7, 0.0, 2.7, 5.4), 1.1)
    return b.design(inside=True)


def hospital(b: Builder) -> SetDesign:
    """A ward: white beds with rails, curtains, drips, a monitor, strip lights."""
    hx, hy = 3.8, 3.0
    shell(
        b,
        (hx, hy),
        top=2.75,
        wall=b.pick("#c9d6d2", "#d3d9d0", "#c3d0d8"),
        floor="#9aa8a5",
        trim="#7d9a93",
        boards=-0.8,
        panel="#8fb0a8",
        windows={EAST: (Opening(0.2, 1.8, 1.4, 0.95),)},
        doors={WEST: -1.4},
        view="town",
    )
    steel, sheet = paint("#aab3b7", 0.5), b.look("bed blanket", "#8fb5bd")
    for x in (-1.7, 1.5):
        frame = [
            f.block(0, 0, 0.4, 2.0, 0.88, 0.08, steel),
            *f.legs(1.9, 0.8, 0.4, steel),
            f.block(0.05, 0, 0.48, 1.9, 0.84, 0.14, paint("#eceeea")),
            f.block(0.3, 0, 0.55, 1.3, 0.87, 0.1, sheet),
            f.block(-0.75, 0, 0.62, 0.36, 0.6, 0.1, paint("#f2f2ec")),
            f.block(-1.0, 0, 0.3, 0.05, 0.9, 0.75, steel),
            f.block(1.0, 0, 0.3, 0.05, 0.9, 0.5, steel),
            *(f.block(-0.2, s * 0.45, 0.68, 0.9, 0.025, 0.05, steel) for s in (-1, 1)),
            *(f.block(-0.2, s * 0.45, 0.82, 0.9, 0.025, 0.03, steel) for s in (-1, 1)),
        ]
        b.put(frame, x, hy - 1.12, -np.pi / 2, NORTH)
        b.spot("bed", SpotKind.BED, x, hy - 1.1, 0.62, -np.pi / 2)
        b.seat("edge of the bed", x + 0.3, hy - 1.2, 0.6, -np.pi / 2)
        b.put(f.drawers(0.45, 0.7, paint("#d8d2c2"), 0.42, 2), x + 0.85, hy - 0.26, -np.pi / 2, NORTH)
        drip = [
            f.rod(0, 0, 0, 1.95, 0.015, steel),
            f.block(0, 0, 0, 0.4, 0.05, 0.04, steel),
            f.block(0, 0, 0, 0.05, 0.4, 0.04, steel),
            f.block(0.0, 0.08, 1.6, 0.06, 0.12, 0.22, paint("#cfe0e4", 0.5)),
        ]
        b.put(drip, x - 0.75, hy - 0.4, 0, NORTH)
        flat_on(b, NORTH, x, 1.75, (1.1, 0.14), paint("#7d8f94"), 0.05)
    folds = [
        box(
            (0.16, 0.03, 1.75),
            (-0.35 + 0.0, hy - 0.2 - 0.15 * k, 1.2),
            paint(("#9fc0b8", "#8fb0a8")[k % 2]),
            DRESSING,
            turn=_quarter(),
        )
        for k in range(12)
    ]
    b.add([*folds, box((0.03, 2.2, 0.03), (-0.35, hy - 1.1, 2.1), steel, DRESSING)], NORTH)
    screen = [
        f.block(0, 0, 0, 0.4, 0.4, 0.9, paint("#cfd4d2")),
        f.block(0, 0, 1.0, 0.12, 0.42, 0.34, paint("#2b3034", 0.3)),
        f.block(0.062, 0, 1.03, 0.01, 0.36, 0.28, paint("#5fd0a0", 0.0, 0.25)),
        f.rod(0, 0, 0.9, 0.12, 0.04, steel),
    ]
    b.put(screen, 0.35, hy - 0.35, -np.pi / 2, NORTH)
    by_wall(b, f.cupboard(1.4, 1.9, paint("#dfe3de")), SOUTH, -1.4, 0.47)
    by_wall(b, f.basin(paint("#eef0ee", 0.5)), SOUTH, 1.0, 0.5)
    flat_on(b, SOUTH, 1.0, 1.55, (0.5, 0.65), paint("#b4c3c9", 0.6))
    by_wall(b, f.chair(paint("#8fa7a8"), paint("#5f8c94")), WEST, 1.2, 0.5)
    b.seat("visitor's chair", -hx + 0.3, 1.2, 0.47, 0.0)
    flat_on(b, WEST, 0.2, 1.6, (0.7, 0.5), paint("#e9ece4"))
    tubes(b, (-1.8, 1.8), 1.8, gain=0.75)
    return b.design(inside=True)


def _quarter() -> np.ndarray:
    return np.array(((0, -1, 0), (1, 0, 0), (0, 0, 1)), float)


def classroom(b: Builder) -> SetDesign:
    """A blackboard, the teacher's desk, rows of desks, tall windows, a map."""
    hx, hy = 4.4, 3.6
    shell(
        b,
        (hx, hy),
        top=3.0,
        wall=b.pick("#d3c9a4", "#b9c9bd", "#c9c4b8"),
        floor="#8f6f50",
        trim="#6d5a44",
        panel="#8fa08a",
        windows={EAST: tuple(Opening(u, 1.3, 1.75, 0.85, bars=(2, 3)) for u in (-2.1, 0.0, 2.1))},
        doors={WEST: 2.4},
        view="garden",
    )
    wood = b.look("desk furniture wood", "#a37c50")
    flat_on(b, NORTH, 0, 1.6, (3.6, 1.25), b.look("blackboard board", "#2f4a40"), 0.025)
    flat_on(b, NORTH, 0, 0.95, (3.7, 0.06), wood, 0.06)
    for u, z, w in ((-1.2, 1.95, 0.8), (-1.05, 1.75, 1.1), (-1.25, 1.55, 0.7), (0.9, 1.8, 0.5), (1.0, 1.5, 0.7)):
        flat_on(b, NORTH, u, z, (w, 0.035), paint("#dfe4dc"), 0.027)
    flat_on(b, NORTH, 3.0, 1.7, (1.0, 0.8), paint("#9fbcc4"))
    for u, z, w in ((2.85, 1.75, 0.4), (3.2, 1.6, 0.3)):
        flat_on(b, NORTH, u, z, (w, 0.3), paint("#9aa86a"), 0.022)
    b.put(f.desk(b, wood, computer=False), -1.7, hy - 1.15, -np.pi / 2)
    b.spot("teacher's desk", SpotKind.TABLE, -1.7, hy - 1.15, 0.75, -np.pi / 2)
    for row in range(2):
        for column in range(4):
            x, y = -2.9 + 1.9 * column, -1.55 - 1.25 * row
            b.put(
                [
                    f.block(0, 0, 0.68, 0.5, 0.95, 0.035, wood),
                    f.block(-0.05, 0, 0.52, 0.36, 0.85, 0.1, tone(wood, 0.8)),
                    *f.legs(0.46, 0.9, 0.68, paint("#4a5f5a"), 0.035),
                ],
                x,
                y,
                np.pi / 2,
            )
            f.seated_at(b, "pupil's chair", x, y - 0.5, np.pi / 2, wood)
    by_wall(b, f.bookcase(b, 2.0, wood, 3), WEST, -0.6, 0.34)
    for k, c in enumerate(("#d98a6a", "#7fa8c4", "#d9c05a", "#8fbf8a")):
        flat_on(b, WEST, -1.3 + 0.5 * k, 1.85, (0.4, 0.3), paint(c))
    for k in range(7):
        flat_on(
            b,
            SOUTH,
            -2.6 + 0.85 * k,
            1.75 - 0.1 * (k % 2),
            (0.6, 0.45),
            paint(b.pick("#d98a6a", "#7fa8c4", "#d9c05a", "#8fbf8a", "#e4ded0")),
        )
    flat_on(b, SOUTH, 0, 1.25, (7.0, 0.06), wood, 0.05)
    b.add(f.clock(-hx + 0.04, 0.2, 2.5, 0.18, paint("#2b2b2d")), WEST, shade=False)
    tubes(b, (-2.4, 0.0, 2.4), 2.0, gain=0.6)
    return b.design(inside=True)
