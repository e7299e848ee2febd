"""Inside what moves: car, railway carriage, aeroplane, cabin of a boat."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, paint, patch, tone
from render.previz.sets.design import DRESSING, GROUND, SetDesign, SpotKind
from render.previz.sets.places.rooms import by_wall, flat_on, shell, tubes
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening
from render.previz.solid import box, tube


def car(b: Builder) -> SetDesign:
    """In a car that faces the usual camera (−y): two seats in front, a bench behind, the street outside."""
    asphalt = paint("#5f6163")
    b.ground(box((600, 600, 0.1), (0, 0, -0.06), asphalt, GROUND))
    body = b.look("car body paint", b.pick("#7d3a34", "#3f5a70", "#4f6650", "#8a8577"), 0.5)
    lining, seat, dark = (
        b.look("lining interior", "#57534e"),
        b.look("seat upholstery", b.pick("#6b4f3a", "#4a4f58", "#7a6a52")),
        paint("#2a2b2d"),
    )
    for x, name in ((0.38, "driver's seat"), (-0.38, "passenger seat")):
        b.add(
            [
                box((0.54, 0.54, 0.18), (x, -0.02, 0.36), seat, DRESSING),
                box((0.54, 0.14, 0.62), (x, 0.3, 0.72), tone(seat, 0.9), DRESSING, turn=_lean(-10)),
                box((0.26, 0.1, 0.2), (x, 0.37, 1.14), tone(seat, 0.8), DRESSING),
                box((0.36, 0.015, 0.4), (x, 0.21, 0.72), tone(seat, 1.2), DRESSING, turn=_lean(-10)),
            ],
            radius=0.3,
        )
        b.seat(name, x, -0.02, 0.45, -np.pi / 2)
    b.add(
        [
            box((1.34, 0.5, 0.2), (0, 1.0, 0.36), seat, DRESSING),
            box((1.34, 0.16, 0.6), (0, 1.32, 0.74), tone(seat, 0.9), DRESSING),
            *(box((0.26, 0.1, 0.16), (x, 1.34, 1.1), tone(seat, 0.8), DRESSING) for x in (-0.4, 0.4)),
        ]
    )
    for x in (0.4, -0.4):
        b.seat("back seat", x, 1.0, 0.46, -np.pi / 2)
    b.ground(patch(0, 0.4, 1.5, 2.9, 0.19, tone(lining, 0.6)))
    for s in (-1, 1):
        for y, wide in ((-0.1, 1.15), (1.05, 0.95)):
            b.add(
                [
                    box((0.08, wide, 0.55), (s * 0.8, y, 0.58), body, DRESSING),
                    box((0.04, wide - 0.06, 0.5), (s * 0.745, y, 0.58), lining, DRESSING),
                    box((0.07, wide - 0.3, 0.06), (s * 0.72, y, 0.66), tone(lining, 0.7), DRESSING),
                    box((0.03, 0.14, 0.03), (s * 0.72, y - 0.3, 0.76), paint("#b8bec4", 0.6), DRESSING),
                ],
                radius=0.4,
            )
        b.add([tube((s * 0.8, 0.5, 0.85), (s * 0.68, 0.55, 1.44), 0.045, lining, DRESSING, detail=5)], radius=0.1)
        b.add(
            [
                tube((s * 0.8, -0.9, 0.86), (s * 0.64, -0.32, 1.44), 0.035, body, DRESSING, detail=5),
                tube((s * 0.78, 1.55, 0.88), (s * 0.66, 1.25, 1.44), 0.06, body, DRESSING, detail=5),
            ],
            radius=0.1,
        )
        b.add(
            [
                box((0.14, 0.1, 0.14), (s * 0.98, -0.72, 0.98), body, DRESSING),
                box((0.11, 0.01, 0.1), (s * 0.98, -0.66, 0.98), paint("#9fb0b8", 0.7), DRESSING),
            ],
            radius=0.1,
        )
        for y in (-1.55, 1.35):
            b.add(
                [
                    tube((s * 0.7, y, 0.33), (s * 0.92, y, 0.33), 0.34, dark, DRESSING, detail=14),
                    tube((s * 0.9, y, 0.33), (s * 0.93, y, 0.33), 0.18, paint("#b8bec4", 0.6), DRESSING, detail=10),
                ]
            )
    b.add(
        [
            box((1.36, 1.75, 0.05), (0, 0.46, 1.46), body, DRESSING),
            box((1.3, 1.7, 0.02), (0, 0.46, 1.43), tone(lining, 1.3), DRESSING),
        ],
        radius=0.3,
    )
    b.add(
        [
            box((1.5, 0.34, 0.16), (0, -0.86, 0.8), tone(lining, 0.55), DRESSING),
            box((1.46, 0.05, 0.3), (0, -0.72, 0.66), tone(lining, 0.75), DRESSING),
            box((0.3, 0.02, 0.12), (0.38, -0.69, 0.72), paint("#1d2124", 0.0), DRESSING),
            *(
                tube(
                    (0.3 + 0.16 * k, -0.688, 0.72),
                    (0.3 + 0.16 * k, -0.68, 0.72),
                    0.05,
                    paint("#d8e4d0", 0.0, 3.0),
                    DRESSING,
                    detail=10,
                )
                for k in range(2)
            ),
            box((0.34, 0.02, 0.12), (-0.05, -0.69, 0.66), paint("#1d2124"), DRESSING),
        ],
        radius=0.3,
    )
    wheel = []
    for k in range(12):
        a0, a1 = 2 * np.pi * k / 12, 2 * np.pi * (k + 1) / 12
        wheel.append(
            tube(
                (0.38 + 0.18 * np.cos(a0), -0.52 - 0.07 * np.sin(a0), 0.76 + 0.16 * np.sin(a0)),
                (0.38 + 0.18 * np.cos(a1), -0.52 - 0.07 * np.sin(a1), 0.76 + 0.16 * np.sin(a1)),
                0.016,
                dark,
                DRESSING,
                detail=5,
            )
        )
    wheel += [
        tube((0.2, -0.52, 0.76), (0.56, -0.52, 0.76), 0.018, dark, DRESSING, detail=5),
        tube((0.38, -0.75, 0.7), (0.38, -0.52, 0.76), 0.03, dark, DRESSING, detail=6),
    ]
    b.add(wheel, radius=0.2)
    b.add(
        [
            box((0.24, 0.03, 0.07), (0, -0.42, 1.34), dark, DRESSING),
            box((0.22, 0.01, 0.05), (0, -0.4, 1.34), paint("#a8b8c0", 0.7), DRESSING),
        ],
        radius=0.1,
    )
    b.add(
        [
            box((1.62, 1.35, 0.08), (0, -1.6, 0.78), body, DRESSING),
            box((1.66, 1.35, 0.44), (0, -1.6, 0.52), tone(body, 0.92), DRESSING),
            box((1.6, 0.08, 0.14), (0, -2.3, 0.36), paint("#b8bec4", 0.6), DRESSING),
            *(box((0.34, 0.05, 0.18), (s * 0.58, -2.29, 0.62), paint("#f2ead2", 0.4, 3.0), DRESSING) for s in (-1, 1)),
            box((1.62, 0.5, 0.5), (0, 1.75, 0.58), body, DRESSING),
        ],
        radius=0.6,
    )
    b.lamp(0.0, -0.35, 1.28, "#ffd9a8", 0.45, 0.7)
    for s in (-1, 1):
        x = -44.0
        while x < 44:
            wide = b.between(6.5, 9.0)
            near = abs(x + 4) < 14
            b.put(
                t.house(
                    b,
                    wide,
                    7,
                    int(b.chance.integers(2, 4)),
                    shop=b.chance.random() < 0.5,
                    cheap=not near,
                    pitched=b.chance.random() < 0.5,
                ),
                s * 11.5,
                x + wide / 2,
                np.pi if s > 0 else 0.0,
            )
            x += wide
        b.ground(box((3.0, 140, 0.14), (s * 6.6, 0, 0.0), paint("#9a958a"), GROUND))
        for y in (-9, 4, 17):
            t.lamp_post(b, s * 5.4, y, np.pi if s > 0 else 0.0, lit=abs(y) < 6)
        for y in (-6, 9.5, 15):
            t.parked(b, s * 4.1, y * s, np.pi / 2)
        n.broadleaf(b, s * 6.5, 7.5, 5.5, paint("#5f7d42"))
        n.broadleaf(b, s * 6.5, -13, 5.5, paint("#65804a"))
        b.put(t.house(b, 12, 8, 3, cheap=True), 0, s * 52, -np.pi / 2 * s)
        b.put(t.tower_block(b, 14, 14, 38), s * 16, s * 80)
    for k in range(-8, 9):
        b.ground(patch(-1.8, 4.2 * k, 0.14, 1.9, 0.004, paint("#d6d2c4")))
    n.clouds(b)
    return b.design(inside=False, seated=True, vista=6.0, cover=((-0.85, -0.95, 0.0), (0.85, 1.6, 1.45)))


def _lean(degrees: float) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array(((1, 0, 0), (0, c, -s), (0, s, c)), float)


def _carriage(b: Builder, *, plane: bool) -> SetDesign:
    hx, hy, top = 6.6, 1.75, 2.35
    windows = tuple(
        Opening(u, 0.42 if plane else 1.25, 0.5 if plane else 0.85, 1.0 if plane else 0.95, bars=(1, 1))
        for u in (np.arange(-5.6, 5.7, 0.8) if plane else np.arange(-4.95, 5.0, 1.65))
    )
    shell(
        b,
        (hx, hy),
        top=top,
        wall="#dcdad2" if plane else "#c9b996",
        floor="#5f6d7a" if plane else "#6f5f50",
        trim="#b8b8b2" if plane else "#6d4c32",
        panel=None if plane else "#7d5a3c",
        windows={NORTH: windows, SOUTH: windows},
        doors={EAST: 0.0, WEST: 0.0},
        view="sky" if plane else "garden",
        boards=0,
    )
    cloth = b.look("seat furniture", b.pick("#3f6078", "#7a3a38", "#4a6650"))
    white = paint("#e4ded0")
    for side in (-1, 1):
        wall = NORTH if side > 0 else SOUTH
        for x in np.arange(-5.2, 5.3, 1.0 if plane else 1.65):
            faces = ((0.0, 0.0),) if plane else ((0.42, 0.0), (-0.42, np.pi))
            for dx, facing in faces:
                at = float(x - dx)
                solids = [
                    f.block(0, 0, 0.2, 0.46, 1.0, 0.26, cloth),
                    f.block(-0.27, 0, 0.2, 0.12, 1.0, 0.96, tone(cloth, 0.85)),
                    *(f.block(-0.2, v, 0.98, 0.05, 0.4, 0.18, white) for v in (-0.25, 0.25)),
                    *(f.block(0, v, 0.46, 0.4, 0.05, 0.18, paint("#3a3c3f")) for v in (-0.52, 0.52)),
                ]
                b.put(solids, at, side * 1.16, facing, wall)
                for v in (-0.25, 0.25):
                    b.seat("seat", at, side * 1.16 + v, 0.47, facing)
            if not plane:
                b.put([f.block(0, 0, 0.66, 0.3, 0.5, 0.04, paint("#8c6b48"))], float(x), side * 1.48, 0, wall)
        b.add(
            [
                box(
                    (2 * hx - 0.4, 0.42, 0.05 if not plane else 0.3),
                    (0, side * (hy - 0.24), 1.98),
                    paint("#b5a88c" if not plane else "#e8e6df"),
                    DRESSING,
                ),
                box((2 * hx - 0.4, 0.03, 0.08), (0, side * (hy - 0.45), 1.98), paint("#8a9199", 0.5), DRESSING),
            ],
            wall,
        )
        if not plane:
            for x in (-4, -1.2, 2.4, 4.6):
                b.add(
                    [
                        box(
                            (b.between(0.5, 0.8), 0.34, 0.26),
                            (x, side * (hy - 0.24), 2.14),
                            paint(b.pick("#7d4a35", "#3f5f6b", "#5a6a4a", "#a5825c")),
                            DRESSING,
                        )
                    ],
                    wall,
                )
    tubes(b, (-4.4, -1.5, 1.5, 4.4), 0.5, colour="#ffeccc", gain=0.6)
    return b.design(inside=True)


def train(b: Builder) -> SetDesign:
    """A railway carriage: bays of seats with tables by the windows, racks with luggage, the land outside."""
    return _carriage(b, plane=False)


def plane(b: Builder) -> SetDesign:
    """The cabin of an aeroplane or a coach: rows of seats, small windows, lockers."""
    return _carriage(b, plane=True)


def cabin(b: Builder) -> SetDesign:
    """A cabin aboard: bunks, portholes over the sea, a chart table, a brass lamp."""
    hx, hy = 2.9, 2.4
    ports = tuple(Opening(u, 0.55, 0.55, 1.25, bars=(1, 1)) for u in (-1.6, 0.0, 1.6))
    shell(
        b,
        (hx, hy),
        top=2.2,
        wall="#9a7450",
        floor="#7d5a3c",
        trim="#5a3f28",
        boards=0.25,
        panel="#7d5836",
        windows={EAST: ports[:2], NORTH: ports},
        doors={WEST: -1.2},
        view="sea",
        beams=True,
    )
    wood, brass = b.look("furniture wood bunk", "#6d4a2e"), paint("#b5892f", 0.6)
    cloth = b.look("blanket bunk", b.pick("#3f5a70", "#7a3a34"))
    for z in (0.42, 1.25):
        by_wall(
            b,
            [
                f.block(0, 0, z - 0.1, 0.78, 1.95, 0.1, wood),
                f.block(0.0, 0, z, 0.74, 1.9, 0.12, paint("#e4ded0")),
                f.block(0.02, 0.2, z + 0.06, 0.76, 1.4, 0.1, cloth),
                f.block(0.0, -0.75, z + 0.1, 0.5, 0.34, 0.1, paint("#f0ece0")),
                f.block(0.37, 0, z, 0.04, 1.95, 0.16, tone(wood, 0.8)),
                *(f.block(0.37, s * 0.96, 0, 0.06, 0.06, 1.5, wood) for s in (-1, 1)),
            ],
            SOUTH,
            1.4,
            0.8,
        )
    b.spot("bunk", SpotKind.BED, -1.4, -hy + 0.45, 0.54, 0.0)
    b.put(f.table(0.75, 1.3, wood), 1.9, 1.2)
    b.spot("chart table", SpotKind.TABLE, 1.9, 1.2, 0.75)
    b.add(
        [
            box((0.6, 0.9, 0.012), (1.9, 1.2, 0.757), paint("#e4d8b4"), DRESSING),
            box((0.3, 0.4, 0.014), (1.8, 1.3, 0.76), paint("#8fb0b8"), DRESSING),
            f.rod(2.1, 0.85, 0.75, 0.06, 0.09, brass, detail=10),
        ]
    )
    b.put(f.stool(wood, 0.5), 1.2, 1.25)
    b.seat("stool", 1.2, 1.25, 0.5, 0.0)
    by_wall(b, f.bookcase(b, 1.2, wood, 3), NORTH, -1.9, 0.34)
    by_wall(b, f.cupboard(1.0, 1.7, wood), WEST, 1.0, 0.47)
    by_wall(b, f.drawers(1.0, 0.8, wood), SOUTH, -1.7, 0.47)
    flat_on(b, SOUTH, -1.7, 1.4, (0.5, 0.36), paint("#c9b58c"))
    for index in (NORTH, EAST):
        face = Face(b.walls[index])
        for u in (-1.6, 0.0, 1.6)[: 2 if index == EAST else 3]:
            b.add(
                [
                    tube(
                        face.at(u + 0.36 * np.cos(a), 1.525 + 0.36 * np.sin(a), 0.02),
                        face.at(u + 0.36 * np.cos(a + 0.53), 1.525 + 0.36 * np.sin(a + 0.53), 0.02),
                        0.035,
                        brass,
                        DRESSING,
                        detail=5,
                    )
                    for a in np.arange(12) * 0.5236
                ],
                index,
                shade=False,
            )
    b.add(
        [
            tube((0.2, 0.5, 2.2), (0.2, 0.5, 1.98), 0.012, brass, DRESSING, detail=4),
            tube((0.2, 0.5, 1.72), (0.2, 0.5, 1.92), 0.08, b.bulb("#ffd890"), DRESSING, detail=10),
            tube((0.2, 0.5, 1.92), (0.2, 0.5, 2.0), 0.11, brass, DRESSING, top=0.03, detail=10),
            tube((0.2, 0.5, 1.68), (0.2, 0.5, 1.72), 0.11, brass, DRESSING, detail=10),
        ],
        shade=False,
    )
    b.lamp(0.2, 0.5, 1.7, "#ffcf90", 1.2, 1.9)
    return b.design(inside=True)
