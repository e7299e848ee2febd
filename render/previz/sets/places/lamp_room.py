"""The lamp room of a lighthouse."""

import numpy as np

from render.previz.colours import Finish
from render.previz.sets import furniture as f
from render.previz.sets.builder import Builder, blot, paint, sheet, tone
from render.previz.sets.design import DRESSING, WALLS, SetDesign, SpotKind, Wall
from render.previz.sets.places.rooms import by_wall
from render.previz.sets.shell import Face, Opening, Shell, raise_wall
from render.previz.solid import box, join, tube


def lamp_room(b: Builder) -> SetDesign:
    """The round glass room at the top of a lighthouse: the lens on its stand, low white walls, sea all around."""
    radius, top, count = 3.5, 3.0, 8
    wall, floor = b.look("wall", "#dcd8cc"), b.look("floor ground", "#83817c")
    iron, brass = paint("#4a5a58", 0.3), b.look("brass rail lens", "#b5892f", 0.6)
    angles = [np.pi / 2, -np.pi / 2, 0.0, np.pi, np.pi / 4, 3 * np.pi / 4, -np.pi / 4, -3 * np.pi / 4]
    b.walls = tuple(
        Wall((round(-float(np.cos(a)), 12) + 0.0, round(-float(np.sin(a)), 12) + 0.0), radius) for a in angles
    )
    b.half, b.top = (radius, radius), top
    side = 2 * radius * np.tan(np.pi / count)
    ring = (
        np.array([(np.cos(a), np.sin(a)) for a in (np.arange(count) + 0.5) * 2 * np.pi / count])
        * radius
        / np.cos(np.pi / count)
    )
    b.ground(sheet(np.column_stack([ring, np.zeros(count)]), floor))
    for k in range(count):
        a = 2 * np.pi * k / count
        b.ground(
            blot(1.9 * np.cos(a), 1.9 * np.sin(a), 0.95, 0.62, 0.004, tone(floor, 0.9 if k % 2 else 1.1), a, corners=4)
        )
    b.ground(blot(0, 0, 1.0, 1.0, 0.006, tone(floor, 0.84), corners=12))
    made = Shell((radius, radius), top, wall, floor, iron, view="sea")
    for index in range(count):
        opening = Opening(0.0, side - 0.16, 1.9, 0.82, bars=(2, 2))
        raise_wall(b, index, side, made, (opening,))
        face = Face(b.walls[index])
        rail = [
            face.box(0, 0.86, 0.1, (side - 0.05, 0.05, 0.05), brass, DRESSING),
            face.box(0, 0.3, 0.02, (side - 0.4, 0.4, 0.02), tone(wall, 0.88), DRESSING),
        ]
        out = [face.box(0, z, -1.1, (side + 1.0, 0.04, 0.04), iron, DRESSING) for z in (0.5, 1.0)]
        out += [face.box(u, 0.5, -1.1, (0.04, 1.0, 0.04), iron, DRESSING) for u in (-1.3, 0.0, 1.3)]
        b.add([*rail, *out], index, shade=False)
    peak = np.array([(0, 0, top + 0.9)])
    roof = []
    for k in range(count):
        c, d = np.append(ring[k], top), np.append(ring[(k + 1) % count], top)
        roof.append(sheet(np.array([d, c, peak[0]]), tone(wall, 0.82 if k % 2 else 0.9), WALLS))
        roof.append(tube(tuple(c), tuple(peak[0]), 0.05, iron, WALLS, detail=4))
    b.ceiling = join(roof)
    _lens(b, 0.0, 1.75, iron, brass)
    wood = b.look("furniture cabinet desk", "#7a5a3c")
    for index, solids, deep in (
        (5, f.cupboard(0.9, 0.8, wood, 0.4), 0.42),
        (2, f.drawers(0.9, 0.72, wood, 0.45), 0.47),
        (1, f.cupboard(0.8, 0.75, wood, 0.36), 0.38),
    ):
        by_wall(b, solids, index, 0.3, deep)
    face = Face(b.walls[2])
    hx, hy, _ = face.at(0.3, 0, 0.25)
    b.add(
        [
            f.rod(hx, hy, 0.72, 0.05, 0.12, brass, detail=10),
            f.rod(hx, hy, 0.77, 0.22, 0.02, brass),
            box((0.26, 0.36, 0.03), (hx - 0.05, hy + 0.25, 0.735), paint("#e9e2d0"), DRESSING),
        ],
        2,
    )
    by_wall(b, f.stool(wood, 0.5), 7, 0.4, 0.42)
    sx, sy, _ = Face(b.walls[7]).at(0.4, 0, 0.25)
    b.seat("stool", sx, sy, 0.5, float(np.arctan2(-sy, -sx)))
    hatch = [
        box((0.9, 0.9, 0.05), (-1.9, -1.5, 0.025), tone(wood, 0.7), DRESSING),
        *(box((0.8, 0.02, 0.01), (-1.9, -1.8 + 0.2 * k, 0.055), tone(wood, 0.4), DRESSING) for k in range(4)),
    ]
    b.add(hatch, shade=False)
    b.spot("hatch", SpotKind.DOOR, -1.9, -1.5, 0.0, 0.7)
    return b.design(inside=True)


def _lens(b: Builder, x: float, y: float, iron: Finish, brass: Finish) -> None:
    """The lamp in its lens, on an iron stand."""
    glass = paint("#9fc4ba", 0.8)
    lens = [
        f.rod(x, y, 0, 0.1, 0.7, iron, detail=16),
        f.rod(x, y, 0.1, 0.8, 0.34, iron, top=0.3, detail=12),
        f.rod(x, y, 0.9, 0.08, 0.62, brass, detail=16),
        f.rod(x, y, 1.16, 0.72, 0.2, b.bulb("#fff0c4"), detail=10),
    ]
    for k in range(7):  # a Fresnel lens: rings of glass in a brass cage, widest in the middle
        r, z = 0.56 - 0.045 * (k - 3) ** 2, 0.99 + 0.17 * k
        lens += [tube((x, y, z), (x, y, z + 0.035), r, brass, DRESSING, detail=16)]
        for j in range(8):
            if j % 2 == 0:
                a = 2 * np.pi * j / 8 + 0.39
                at = (x + (r - 0.04) * np.cos(a), y + (r - 0.04) * np.sin(a), z + 0.1)
                lens.append(box((0.05, 0.34 * r / 0.5, 0.12), at, glass, DRESSING, turn=_about(a)))
    lens += [
        tube(
            (x + 0.5 * np.cos(a), y + 0.5 * np.sin(a), 0.98),
            (x + 0.5 * np.cos(a), y + 0.5 * np.sin(a), 2.2),
            0.025,
            brass,
            DRESSING,
            detail=5,
        )
        for a in np.arange(8) * np.pi / 4
    ]
    lens += [
        f.rod(x, y, 2.2, 0.06, 0.5, brass, detail=16),
        f.rod(x, y, 2.26, 0.3, 0.3, brass, top=0.08, detail=12),
        f.rod(x, y, 2.5, 1.2, 0.05, iron, detail=6),
    ]
    b.add(lens, radius=0.75)
    b.lamp(x, y, 1.6, "#ffe2a0", 1.5, 2.4)


def _about(angle: float) -> np.ndarray:
    c, s = np.cos(angle), np.sin(angle)
    return np.array(((c, -s, 0), (s, c, 0), (0, 0, 1)), float)
