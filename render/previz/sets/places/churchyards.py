"""Round a church: graveyard and churchyard."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, paint, patch, tone
from render.previz.sets.design import DRESSING, SetDesign, SpotKind
from render.previz.sets.places.country import hills, path, wood_edge
from render.previz.solid import Solid, box, tube


def graveyard(b: Builder) -> SetDesign:
    """Stones and crosses in rows, yews, a wall, a church."""
    hills(b, "#6f8550", 9)
    path(b, "#a89c86", 1.2)
    stone = b.look("stone grave", "#8a8880")
    for row, y in enumerate((3.0, 5.2, 7.6, -3.4, -5.8)):
        for k in range(8):
            x = -9.5 + 2.7 * k + b.between(-0.3, 0.3)
            tint, h = tone(stone, b.between(0.8, 1.2)), b.between(0.7, 1.1)
            if (k + row) % 4 == 0:
                solids: list[Solid] = [
                    f.block(0, 0, 0, 0.16, 0.16, 1.3, tint),
                    f.block(0, 0, 0.8, 0.16, 0.8, 0.16, tint),
                ]
            else:
                solids = [
                    f.block(0, 0, 0, 0.16, 0.6, h, tint),
                    tube((-0.08, 0, h), (0.08, 0, h), 0.3, tint, DRESSING, detail=12),
                ]
            b.put(
                [*solids, f.block(0.8, 0, 0, 1.4, 0.7, 0.1, tone(tint, 0.8))], x, y, -np.pi / 2 + b.between(-0.08, 0.08)
            )
    _church(b, 12, 22, np.radians(240))
    for x, y in ((-7, 9.5), (9.5, 8.0), (-10, -8), (8.4, -8), (-14, 3)):
        n.conifer(b, x, y, b.between(6, 8), paint("#35503a"))
    for side in (-1, 1):
        b.add([box((44, 0.4, 1.0), (0, side * 11.5, 0.5), tone(stone, 0.9), DRESSING)])
    t.lamp_post(b, -4.4, 1.8, -np.pi / 2, high=3.2)
    for _ in range(30):
        n.tuft(b, *n.around(b, 2.2, 11, 1.2), b.between(0.2, 0.45), paint("#7f9050"))
    wood_edge(b, 20, 55, 32)
    n.clouds(b)
    return b.design(inside=False)


def _church(b: Builder, x: float, y: float, facing: float) -> None:
    wall, slate = b.look("church wall", "#b8ad98"), b.look("roof", "#565f68")
    solids = [f.block(-4, 0, 0, 14, 8, 6, wall), t.gable(14.2, 8, 0.1, 6, slate)]
    solids += [t.gable(8, 14, 4.4, 6, slate, 0.4).moved(_turned())]
    solids += [
        f.block(5, 0, 0, 4.4, 4.4, 11, tone(wall, 1.05)),
        tube((5, 0, 11), (5, 0, 19), 3.3, slate, DRESSING, top=0.08, detail=4),
        f.block(7.22, 0, 0, 0.08, 1.6, 2.7, paint("#5a4232")),
        f.block(7.22, 0, 7.8, 0.08, 0.9, 1.7, paint("#3a3d42")),
        *(
            f.block(-8 + 3 * k, s * 4.02, 2, 1.0, 0.06, 2.6, paint("#5a6b7d", 0.4, 4.0))
            for k in range(4)
            for s in (-1, 1)
        ),
    ]
    solids += [
        f.block(5, 0, 19, 0.12, 0.12, 1.4, paint("#b5892f", 0.5)),
        f.block(5, 0, 19.8, 0.12, 0.8, 0.12, paint("#b5892f", 0.5)),
    ]
    b.put(solids, x, y, facing)


def _turned() -> np.ndarray:
    matrix = np.eye(4)
    matrix[:2, :2] = ((0, -1), (1, 0))
    matrix[0, 3] = -4.0
    return matrix


def churchyard(b: Builder) -> SetDesign:
    """Before a church: a path to its door, lime trees, graves, a wall."""
    hills(b, "#75904f", 9)
    path(b, "#b0a48c", 2.0)
    _church(b, -1.0, 25.0, -np.pi / 2)
    b.spot("door", SpotKind.DOOR, -1.0, 17.0, 0.0, -np.pi / 2)
    b.ground(patch(-1.0, 8.6, 2.2, 17, 0.02, paint("#b0a48c")))
    for x, y in ((-7, 5), (6.5, 5.5), (-9, -6), (8, -6.5), (-13, 11), (12, 12)):
        n.broadleaf(b, x, y, b.between(6, 8), paint("#5d7d42"))
    stone = paint("#8a8880")
    for _ in range(9):
        x, y = n.around(b, 4.5, 10, 3.2)
        b.put(
            [
                f.block(0, 0, 0, 0.16, 0.6, 0.8, stone),
                tube((-0.08, 0, 0.8), (0.08, 0, 0.8), 0.3, stone, DRESSING, detail=12),
            ],
            x,
            y,
            -np.pi / 2,
        )
    for side in (-1, 1):
        b.add([box((18, 0.5, 1.0), (side * 11.5, -9.5, 0.5), tone(stone, 0.9), DRESSING)])
    for k in range(6):
        b.put(t.house(b, 8, 7, 2, cheap=False), -22 + 9 * k, -21, np.pi / 2)
    t.lamp_post(b, 2.6, 2.4, np.pi, high=3.2)
    b.put(f.bench(paint("#7d5f42")), -3.6, 3.0, -np.pi / 2)
    b.seat("bench", -3.6, 3.0, 0.46, -np.pi / 2)
    wood_edge(b, 30, 65, 30)
    n.clouds(b)
    return b.design(inside=False)
