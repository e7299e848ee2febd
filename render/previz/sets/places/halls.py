"""High rooms: church, theatre stage, gallery."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets.builder import Builder, paint, patch, tone
from render.previz.sets.design import DRESSING, GROUND, SetDesign, SpotKind
from render.previz.sets.places.rooms import hanging, picture, shell, tubes
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening
from render.previz.solid import ball, box, tube


def church(b: Builder) -> SetDesign:
    """A nave: pews on both sides of the aisle, columns, tall windows of coloured glass, an altar in the north."""
    hx, hy, top = 5.2, 7.0, 6.4
    high = tuple(Opening(u, 1.0, 3.2, 1.7, bars=(2, 4)) for u in (-4.6, -1.6, 1.6, 4.6))
    shell(
        b,
        (hx, hy),
        top=top,
        wall="#d8ccb2",
        floor="#b0a48e",
        trim="#8f8470",
        boards=-1.1,
        windows={EAST: high, WEST: high},
        doors={SOUTH: 0.0},
        view="garden",
        beams=True,
    )
    stone, wood = b.look("column stone", "#b8ad98"), b.look("pew bench furniture wood", "#6f4c30")
    for side in (-1, 1):
        for y in (-4.8, -1.6, 1.6, 4.8):
            x = side * 3.7
            b.add(
                [
                    f.rod(x, y, 0, 0.35, 0.42, stone, detail=10),
                    f.rod(x, y, 0.35, 4.4, 0.29, stone, detail=12),
                    f.rod(x, y, 4.7, 0.4, 0.3, stone, top=0.5, detail=12),
                    box((0.5, 0.5, top - 5.1), (x, y, (top + 5.1) / 2), stone, DRESSING),
                ]
            )
        for k in range(6):
            y = -5.6 + 1.05 * k
            if y < -0.9 or y > 1.2:
                b.put(f.pew(wood, 1.9), side * 2.3, y, np.pi / 2)
                b.seat("pew", side * 2.3, y, 0.47, np.pi / 2)
        for k in range(2):
            b.put(f.pew(wood, 1.5), side * 2.4, 1.3 + 1.05 * k, np.pi / 2)
            b.seat("pew", side * 2.4, 1.3 + 1.05 * k, 0.47, np.pi / 2)
        face = Face(b.walls[EAST if side > 0 else WEST])
        glass = []
        for opening in high:
            for i in range(2):
                for j in range(4):
                    colour = b.pick("#a4403a", "#3f6ba4", "#c9a23a", "#4f8a5a", "#7a4a8c")
                    glass.append(
                        face.box(
                            opening.along - 0.25 + 0.5 * i,
                            2.1 + 0.8 * j,
                            -0.08,
                            (0.46, 0.76, 0.02),
                            paint(colour, 0.3, 5.0),
                            DRESSING,
                        )
                    )
        b.add(glass, EAST if side > 0 else WEST, shade=False)
    red = b.look("carpet runner", "#8c2f2f")
    b.ground(patch(0, 0, 1.3, 2 * hy - 1, 0.008, red))
    for k in range(3):
        b.ground(
            box(
                (6.0 - 0.5 * k, 2.6 - 0.4 * k, 0.12),
                (0, hy - 1.3 + 0.2 * k, 0.06 + 0.12 * k),
                tone(stone, 1.05),
                GROUND,
            )
        )
    b.add(
        [
            box((2.4, 0.9, 1.0), (0, hy - 1.1, 0.86), stone, DRESSING),
            box((2.6, 1.0, 0.06), (0, hy - 1.1, 1.39), paint("#efe9db"), DRESSING),
            box((0.9, 0.02, 0.8), (0, hy - 1.61, 0.95), paint("#a4403a"), DRESSING),
        ],
        NORTH,
    )
    gold = paint("#c9992b", 0.5)
    b.add(
        [
            box((0.14, 0.14, 2.2), (0, hy - 0.2, 3.3), gold, DRESSING),
            box((1.3, 0.14, 0.14), (0, hy - 0.2, 3.75), gold, DRESSING),
            *(f.rod(x, hy - 1.1, 1.42, 0.45, 0.035, paint("#efe9db")) for x in (-1.0, -0.8, 0.8, 1.0)),
            *(
                ball((0.03, 0.03, 0.06), (x, hy - 1.1, 1.92), b.bulb("#ffd890"), DRESSING, 6)
                for x in (-1.0, -0.8, 0.8, 1.0)
            ),
        ],
        NORTH,
    )
    face = Face(b.walls[NORTH])
    rose = [tube(face.at(0, 5.2, 0.0), face.at(0, 5.2, 0.05), 0.95, tone(stone, 0.7), DRESSING, detail=18)]
    for k in range(8):
        a = 2 * np.pi * k / 8
        rose.append(
            tube(
                face.at(0.55 * np.cos(a), 5.2 + 0.55 * np.sin(a), 0.05),
                face.at(0.55 * np.cos(a), 5.2 + 0.55 * np.sin(a), 0.07),
                0.24,
                paint(b.pick("#a4403a", "#3f6ba4", "#c9a23a", "#4f8a5a"), 0.3, 5.0),
                DRESSING,
                detail=10,
            )
        )
    b.add(rose, NORTH, shade=False)
    b.lamp(0, hy - 1.4, 2.1, "#ffcf90", 1.5, 3.2)
    for y in (-3.2, 0.6):
        b.add(
            [
                tube((0, y, top), (0, y, 3.6), 0.012, paint("#33302c"), DRESSING, detail=4),
                tube((0, y, 3.5), (0, y, 3.6), 0.7, paint("#4a3a24", 0.3), DRESSING, detail=14),
                *(
                    ball(
                        (0.06, 0.06, 0.09),
                        (0.62 * np.cos(a), y + 0.62 * np.sin(a), 3.68),
                        b.bulb("#ffd890"),
                        DRESSING,
                        6,
                    )
                    for a in np.arange(6) * np.pi / 3
                ),
            ],
            shade=False,
        )
        b.lamp(0, y, 3.4, "#ffcf90", 1.3, 3.4)
    return b.design(inside=True)


def stage(b: Builder) -> SetDesign:
    """A theatre stage: boards, red curtains, a painted backdrop, footlights; the seats before it."""
    hx, hy, top = 6.4, 6.2, 6.0
    shell(b, (hx, hy), top=top, wall="#4a3a36", floor="#8a6446", trim="#3a2c28", boards=0.34, doors={WEST: -4.6})
    red = b.look("curtain drape", "#8c2530")
    for side in (-1, 1):  # house curtains left and right, legs behind
        for row, (y, reach) in enumerate(((-1.7, 2.5), (1.5, 1.7), (3.6, 1.5))):
            folds = []
            for k in range(int(reach / 0.22)):
                x = side * (hx - 0.1 - 0.22 * k)
                shade = tone(red if row == 0 else tone(red, 0.55), 0.8 + 0.35 * (k % 2))
                folds.append(box((0.22, 0.12 + 0.08 * (k % 2), 4.9), (x, y, 2.5), shade, DRESSING))
            b.add(folds, EAST if side > 0 else WEST)
    b.add(
        [
            box((2 * hx, 0.25, 1.1), (0, -1.75, 5.45), tone(red, 0.9), DRESSING),
            *(box((0.6, 0.06, 0.22), (-6.0 + 0.6 * k, -1.9, 4.85), paint("#c9992b", 0.3), DRESSING) for k in range(21)),
        ],
        shade=False,
        radius=0.0,
    )
    sky = b.look("backdrop", "#86a3b8")
    face = Face(b.walls[NORTH])
    drop = [face.box(0, 2.5, 0.3, (9.0, 4.9, 0.04), sky, DRESSING)]
    for u, w, h, c in ((-3.0, 3.2, 1.5, "#7d8f6a"), (0.4, 4.2, 1.1, "#8f9c70"), (3.2, 2.8, 1.8, "#6f8266")):
        drop.append(face.box(u, h / 2 + 0.1, 0.34, (w, h, 0.02), paint(c), DRESSING))
    drop += [tube(face.at(2.0, 3.7, 0.32), face.at(2.0, 3.7, 0.35), 0.5, paint("#ecd9a0"), DRESSING, detail=16)]
    b.add(drop, NORTH, shade=False)
    for x, y, h, c in ((-3.4, 3.0, 2.6, "#5f7a4a"), (3.6, 2.6, 2.2, "#6a8450")):  # flats of trees
        b.add(
            [
                box((0.3, 0.06, 1.2), (x, y, 0.6), paint("#6a4f38"), DRESSING),
                box((1.4, 0.06, h - 1.0), (x, y, 0.9 + (h - 1) / 2), paint(c), DRESSING),
                box((0.9, 0.06, 0.6), (x + 0.1, y + 0.02, h + 0.2), paint(c), DRESSING),
            ]
        )
    wood = b.look("furniture chair", "#7d5a3c")
    f.seated_at(b, "chair", 2.1, 1.4, -2.4, wood, red)
    b.put(f.table(0.6, 0.6, wood), -2.2, 1.5)
    b.spot("table", SpotKind.TABLE, -2.2, 1.5, 0.75)
    b.ground(box((2 * hx, 0.14, 0.1), (0, -2.05, 0.0), paint("#3a2c28"), GROUND))
    for k in range(11):
        b.add(
            [
                box((0.3, 0.16, 0.12), (-4.5 + 0.9 * k, -2.0, 0.06), paint("#2a2624"), DRESSING),
                box((0.22, 0.04, 0.08), (-4.5 + 0.9 * k, -1.91, 0.08), b.bulb("#ffe6b8"), DRESSING),
            ],
            shade=False,
            radius=0.0,
        )
    seat = b.look("seat", "#8c2f35")
    for row in range(4):
        for k in range(9):
            x, y = -4.4 + 1.1 * k + 0.25 * (row % 2), -2.95 - 0.9 * row
            b.put(
                [f.block(0, 0, 0.1, 0.4, 0.62, 0.34, seat), f.block(-0.24, 0, 0.1, 0.1, 0.62, 0.8, tone(seat, 0.8))],
                x,
                y,
                np.pi / 2,
                z=-0.95,
            )
            b.seat("seat in the house", x, y, -0.5, np.pi / 2)
    b.floor = [solid for solid in b.floor if float(solid.vertices[:, 1].max()) > -2.2]  # the house lies lower
    b.ground(box((2 * hx, hy - 2.1, 0.1), (0, -(hy + 2.1) / 2, -1.0), paint("#5a2a2c"), GROUND))
    b.add([box((2 * hx, 0.1, 1.0), (0, -2.16, -0.55), paint("#5a4232"), DRESSING)], shade=False, radius=0.0)
    for x in (-3.5, -1.2, 1.2, 3.5):
        b.add(
            [
                f.rod(x, -0.9, 4.9, 0.5, 0.18, paint("#26282b"), detail=10),
                tube((x, -0.9, 4.86), (x, -0.9, 4.9), 0.16, b.bulb("#fff0d0"), DRESSING, detail=10),
            ],
            shade=False,
        )
    b.add(
        [tube((-hx, -0.9, 5.5), (hx, -0.9, 5.5), 0.04, paint("#26282b"), DRESSING, detail=5)], shade=False, radius=0.0
    )
    b.lamp(-1.6, -0.9, 4.2, "#ffe2b8", 2.2, 3.4)
    b.lamp(1.6, -0.9, 4.2, "#ffe2b8", 2.2, 3.4)
    b.lamp(0, 3.4, 4.4, "#a8c0e8", 1.2, 3.0)
    return b.design(inside=True, always_lit=True)


def gallery(b: Builder) -> SetDesign:
    """A museum, bank or other large hall: columns, pictures, a bench in the middle distance, light from above."""
    hx, hy, top = 5.6, 4.6, 4.2
    shell(
        b,
        (hx, hy),
        top=top,
        wall=b.pick("#d8d4ca", "#8c4a45", "#5f7068"),
        floor="#a88a62",
        trim="#e6e0d2",
        boards=0.5,
        windows={EAST: (Opening(-1.8, 1.4, 2.2, 1.2, bars=(2, 3)), Opening(1.8, 1.4, 2.2, 1.2, bars=(2, 3)))},
        doors={WEST: -2.4, SOUTH: 0.0},
        view="town",
    )
    for index, places in ((NORTH, (-3.8, -1.4, 1.4, 3.8)), (SOUTH, (-3.6, 2.6)), (WEST, (0.4, 2.8))):
        for k, u in enumerate(places):
            picture(b, index, u, 1.9, (1.5, 1.1) if k % 2 else (1.0, 1.35), "#b5892f")
    for x in (-4.4, 4.4):
        for y in (-3.4, 3.4):
            b.add(
                [
                    box((0.7, 0.7, 0.3), (x, y, 0.15), paint("#b8ad98"), DRESSING),
                    f.rod(x, y, 0.3, top - 0.6, 0.26, paint("#cfc6b4"), detail=12),
                    box((0.7, 0.7, 0.3), (x, y, top - 0.15), paint("#b8ad98"), DRESSING),
                ]
            )
    b.put([f.block(0, 0, 0, 0.6, 1.8, 0.42, b.look("bench furniture", "#4a3a30"))], 0, 2.6, -np.pi / 2)
    b.seat("bench", 0, 2.6, 0.42, -np.pi / 2)
    b.put(
        [
            f.block(0, 0, 0, 0.5, 0.5, 1.05, paint("#e4e0d6")),
            ball((0.17, 0.19, 0.24), (0, 0, 1.42), paint("#b8b0a0"), DRESSING, 10),
            f.rod(0, 0, 1.05, 0.2, 0.12, paint("#b8b0a0")),
        ],
        2.9,
        1.6,
        0,
    )
    tubes(b, (-3.2, 0.0, 3.2), 4.0, colour="#fff4e0", gain=0.9)
    hanging(b, 0.0, -2.6, 3.0, 0.4)
    return b.design(inside=True)
