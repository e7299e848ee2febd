"""Among the stars: the bridge of a ship, a hull, the ground of a moon."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets.builder import Builder, blot, paint, patch, tone
from render.previz.sets.design import DRESSING, GROUND, SetDesign
from render.previz.sets.places.rooms import by_wall, shell, tubes
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening
from render.previz.solid import ball, box, tube


def spaceship(b: Builder) -> SetDesign:
    """The bridge of a ship among the stars: consoles with lights, seats, ribbed walls, wide windows."""
    hx, hy, top = 4.0, 3.1, 2.7
    shell(
        b,
        (hx, hy),
        top=top,
        wall="#8f9aa3",
        floor="#5a626a",
        trim="#3f474f",
        boards=-0.9,
        windows={
            NORTH: (Opening(0, 4.6, 1.3, 0.95, bars=(4, 1)),),
            EAST: (Opening(0, 1.6, 0.8, 1.2, bars=(2, 1)),),
            WEST: (Opening(1.2, 1.2, 0.8, 1.2, bars=(2, 1)),),
        },
        doors={SOUTH: 0.0, WEST: -1.4},
        view="stars",
    )
    steel, dark = b.look("console panel furniture", "#6a747c", 0.3), paint("#23282d", 0.3)
    lights = ("#5fd0c0", "#e8a040", "#d85a4a", "#7fb0f0", "#c8e070")
    for x, wide in ((-2.5, 1.8), (0.0, 2.4), (2.5, 1.8)):
        solids = [
            f.block(0, 0, 0, 0.5, wide, 0.72, steel),
            f.block(0.0, 0, 0.72, 0.62, wide, 0.1, tone(steel, 0.7)),
            f.block(-0.22, 0, 0.8, 0.1, wide, 0.16, dark),
        ]
        solids += [
            f.block(
                -0.02 + 0.18 * r, -wide / 2 + 0.16 + 0.2 * c, 0.82, 0.07, 0.1, 0.015, paint(b.pick(*lights), 0.0, 0.3)
            )
            for r in range(2)
            for c in range(int(wide / 0.2))
        ]
        for c in range(int(wide / 0.6)):
            screen = paint(b.pick("#3f9fb0", "#4f70c0", "#3fa080"), 0.0, 0.28)
            solids += [f.block(-0.165, -wide / 2 + 0.36 + 0.6 * c, 0.82, 0.01, 0.46, 0.12, screen)]
        b.put(solids, x, hy - 0.5, -np.pi / 2, NORTH)
    cloth = b.look("seat chair", "#4a5560")
    for x in (-1.6, 1.6):
        b.put(
            [
                f.rod(0, 0, 0, 0.36, 0.12, dark, detail=10),
                f.block(0, 0, 0.36, 0.54, 0.54, 0.12, cloth),
                f.block(-0.27, 0, 0.4, 0.12, 0.54, 0.85, tone(cloth, 0.85)),
                *(f.block(0, s * 0.3, 0.55, 0.4, 0.07, 0.07, dark) for s in (-1, 1)),
            ],
            x,
            1.75,
            np.pi / 2,
        )
        b.seat("pilot's seat", x, 1.75, 0.48, np.pi / 2)
    for index, places in ((EAST, (-2.4, 2.4)), (WEST, (2.6, 0.0)), (SOUTH, (-3.2, -1.6, 1.6, 3.2))):
        face = Face(b.walls[index])
        for u in places:
            b.add(
                [
                    face.box(u, top / 2, 0.12, (0.22, top, 0.24), tone(steel, 0.8), DRESSING),
                    face.box(u, 1.4, 0.245, (0.08, 1.6, 0.01), b.bulb("#bfe8ff"), DRESSING),
                ],
                index,
                shade=False,
            )
    face = Face(b.walls[SOUTH])
    for u in (-2.4, 2.4):
        panel = [
            face.box(u, 1.2, 0.1, (1.1, 1.7, 0.2), steel, DRESSING),
            face.box(u, 1.55, 0.205, (0.9, 0.6, 0.01), paint("#2f6a78", 0.0, 0.3), DRESSING),
        ]
        panel += [
            face.box(
                u - 0.36 + 0.18 * c,
                0.6 + 0.16 * r,
                0.205,
                (0.1, 0.08, 0.01),
                paint(b.pick(*lights), 0.0, 0.28),
                DRESSING,
            )
            for c in range(5)
            for r in range(4)
        ]
        b.add(panel, SOUTH, radius=0.7)
    by_wall(b, f.cupboard(1.3, 1.2, steel), EAST, -1.4, 0.47)
    tubes(b, (-2.4, 0.0, 2.4), 3.4, colour="#cfe4ff", gain=0.75)
    return b.design(inside=True, always_lit=True, airless=True)


def space(b: Builder) -> SetDesign:
    """Out in space: on the hull of a station, or on the ground of a moon; a planet over the horizon, stars."""
    moon = b.says("moon", "mars", "planet", "asteroid", "crater", "surface")
    if moon:
        dust = b.look("ground dust surface", "#b0603c" if b.says("mars", "red planet") else "#8f8d8a")
        b.ground(n.terrain(b, n.rolling(b, 22, 80.0, 15.0), dust, steep=tone(dust, 0.7)))
        n.blots(b, dust, 30, 14, (0.4, 1.5))
        for _ in range(14):
            x, y = n.around(b, 3.5, 14, 1.5)
            r = b.between(0.5, 1.6)
            b.ground(
                blot(x, y, 1.15 * r, 1.15 * r, 0.014, tone(dust, 1.2), corners=12),
                blot(x, y, r, r, 0.02, tone(dust, 0.68), corners=12),
            )
        for _ in range(44):
            n.rock(b, *n.around(b, 2.6, 16, 1.2), b.between(0.12, 0.8), dust)
        metal = paint("#cfd2d4", 0.4)
        b.put(
            [
                *(
                    tube(
                        (0.9 * np.cos(a), 0.9 * np.sin(a), 1.2),
                        (2.0 * np.cos(a), 2.0 * np.sin(a), 0.05),
                        0.06,
                        metal,
                        DRESSING,
                        detail=5,
                    )
                    for a in np.arange(4) * np.pi / 2 + 0.78
                ),
                tube((0, 0, 1.1), (0, 0, 2.0), 1.3, paint("#c9992b", 0.5), DRESSING, detail=8),
                tube((0, 0, 2.0), (0, 0, 3.4), 1.1, metal, DRESSING, top=0.7, detail=8),
                f.block(1.0, 0, 2.2, 0.2, 0.7, 0.7, paint("#3a4048", 0.5)),
                tube((0, 0, 3.4), (0.3, 0, 4.6), 0.03, metal, DRESSING, detail=4),
            ],
            -7.5,
            7.5,
            -0.8,
        )
        b.add(
            [
                f.rod(4.6, 4.6, 0, 2.2, 0.025, metal),
                box((0.9, 0.02, 0.55), (5.05, 4.6, 1.9), paint("#b8453a"), DRESSING),
            ]
        )
    else:
        hull = b.look("hull ground floor", "#a8adb2", 0.3)
        b.ground(box((26, 15, 0.6), (0, 0, -0.3), hull, GROUND))
        for k in range(-6, 7):
            for row in range(-3, 4):
                b.ground(patch(2.0 * k, 2.0 * row, 1.9, 1.9, 0.008, tone(hull, b.between(0.78, 1.06))))
        dark, gold = paint("#2f353c", 0.3), paint("#b5892f", 0.5)
        for x, y, s in ((-4.5, 3.6, 1.0), (4.8, 3.2, 0.8), (6.2, -3.4, 1.1), (-5.6, -3.8, 0.8), (3.2, 5.4, 0.7)):
            b.add(
                [
                    box((1.4 * s, 1.1 * s, 0.7 * s), (x, y, 0.35 * s), tone(hull, 0.8), DRESSING),
                    box((1.0 * s, 0.7 * s, 0.12), (x, y, 0.72 * s), dark, DRESSING),
                    f.rod(x + 0.4 * s, y, 0.7 * s, 0.8 * s, 0.03, dark),
                ]
            )
        for s in (-1, 1):
            b.add(
                [
                    tube((-11, s * 4.9, 0.55), (11, s * 4.9, 0.55), 0.03, gold, DRESSING, detail=5),
                    *(f.rod(-10 + 2.5 * k, s * 4.9, 0, 0.55, 0.03, gold) for k in range(9)),
                ],
                shade=False,
            )
            for k in range(4):  # solar wings
                b.add(
                    [
                        box((5.6, 3.2, 0.08), (s * (17 + 6.0 * k), 0, 1.4), paint("#2f4470", 0.6), DRESSING),
                        *(
                            box(
                                (0.06, 3.2, 0.1),
                                (s * (15.2 + 6.0 * k + 1.2 * j), 0, 1.42),
                                paint("#8a94a8", 0.4),
                                DRESSING,
                            )
                            for j in range(4)
                        ),
                    ],
                    radius=0.0,
                )
            b.add([tube((s * 12, 0, 1.3), (s * 42, 0, 1.3), 0.12, dark, DRESSING, detail=6)], radius=0.0)
        b.add(
            [
                tube((-1.0, 9.5, 0.0), (-1.0, 9.5, 6.0), 2.4, hull, DRESSING, detail=16),
                tube((-1.0, 9.5, 6.0), (-1.0, 9.5, 7.2), 2.4, tone(hull, 0.8), DRESSING, top=0.8, detail=16),
                *(
                    box((0.7, 0.1, 0.5), (-1.0 + dx, 7.1 + 0.35 * abs(dx), z), paint("#ffe2a8", 0.0, 0.35), DRESSING)
                    for dx in (-1.0, 0.0, 1.0)
                    for z in (2.2, 4.2)
                ),
            ]
        )
        b.add(
            [
                tube((5.5, 7.5, 0), (5.5, 7.5, 3.0), 0.1, dark, DRESSING, detail=6),
                tube((5.5, 7.5, 3.0), (5.8, 6.9, 3.6), 0.2, hull, DRESSING, top=1.5, detail=14),
            ]
        )
        b.add(
            [
                tube((0, -9.5, -1.5), (0, -17, -1.5), 2.2, hull, DRESSING, detail=14),
                *(
                    tube((0, -9.5 - 2 * k, -1.5), (0, -9.8 - 2 * k, -1.5), 2.35, dark, DRESSING, detail=14)
                    for k in range(4)
                ),
            ]
        )
        b.lamp(3.4, 4.0, 2.0, "#ffe2b0", 1.2, 2.4)
    sea, cloud = paint("#4a7fb8"), paint("#e8eef2")
    b.add([ball((90, 90, 90), (70, 300, 40), sea, DRESSING, 26)], shade=False, radius=0.0)
    for k in range(22):
        u, v = b.between(-0.75, 0.75), b.between(-0.7, 0.7)
        if u * u + v * v < 0.7:
            d = np.array((-0.23 + 0.97 * u, -0.97 + 0.23 * u, v))
            d /= np.linalg.norm(d)
            at = np.array((70, 300, 40)) + 87.0 * d
            tint = cloud if k % 2 else paint("#6f8f5a")
            b.add(
                [
                    ball(
                        (b.between(9, 24), 4.5, b.between(1.5, 4.5) if k % 2 else b.between(5, 11)),
                        (float(at[0]), float(at[1]), float(at[2])),
                        tint,
                        DRESSING,
                        9,
                    )
                ],
                shade=False,
                radius=0.0,
            )
    b.add([ball((16, 16, 16), (-150, -280, 90), paint("#b8b4aa"), DRESSING, 14)], shade=False, radius=0.0)
    for _ in range(150):
        d = b.chance.normal(size=3)
        d[2] = abs(d[2]) * 0.9 - 0.12
        d /= np.linalg.norm(d)
        size = b.between(0.5, 1.15)
        b.add(
            [
                box(
                    (size, size, size),
                    (float(360 * d[0]), float(360 * d[1]), float(360 * d[2])),
                    paint(b.pick("#ffffff", "#dfe8ff", "#fff0d8"), 0.0, 0.36),
                    DRESSING,
                )
            ],
            shade=False,
            radius=0.0,
        )  # type: ignore[arg-type]
    return b.design(inside=False, airless=True)
