"""Furniture: each a list of solids around the origin, standing on the floor, its front to +x."""

import numpy as np

from render.previz.colours import Finish
from render.previz.sets.builder import Builder, paint, tone
from render.previz.sets.design import DRESSING, PRACTICAL, SpotKind
from render.previz.solid import Solid, ball, box, tube

BOOKS = ("#8c3b32", "#3f5f7a", "#c2a45a", "#4c6b4a", "#d8d0bd", "#6a4a6a", "#a8643c")


def block(x: float, y: float, z: float, dx: float, dy: float, dz: float, look: Finish) -> Solid:
    """A box standing at height ``z``, ``dx`` deep, ``dy`` wide, ``dz`` high."""
    return box((dx, dy, dz), (x, y, z + dz / 2), look, DRESSING)


def rod(
    x: float, y: float, z: float, high: float, radius: float, look: Finish, top: float | None = None, detail: int = 8
) -> Solid:
    """An upright tube."""
    return tube((x, y, z), (x, y, z + high), radius, look, DRESSING, top=top, detail=detail)


def legs(dx: float, dy: float, high: float, look: Finish, thick: float = 0.05) -> list[Solid]:
    """Four legs under a plate of this size."""
    return [
        block(sx * (dx / 2 - thick), sy * (dy / 2 - thick), 0, thick, thick, high, look)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]


def chair(wood: Finish, seat: Finish | None = None) -> list[Solid]:
    """A chair."""
    dark = tone(wood, 0.8)
    return [
        *legs(0.42, 0.42, 0.44, dark, 0.04),
        block(0, 0, 0.43, 0.43, 0.43, 0.04, seat or wood),
        *(block(-0.19, s * 0.18, 0.45, 0.04, 0.04, 0.45, dark) for s in (-1, 1)),
        block(-0.19, 0, 0.68, 0.03, 0.4, 0.2, wood),
    ]


def stool(wood: Finish, high: float = 0.72) -> list[Solid]:
    """A stool with a round seat."""
    return [
        rod(0, 0, high - 0.06, 0.06, 0.18, wood, detail=12),
        rod(0, 0, 0, high - 0.06, 0.035, tone(wood, 0.6)),
        rod(0, 0, 0, 0.03, 0.2, tone(wood, 0.6), detail=12),
    ]


def table(dx: float, dy: float, wood: Finish, high: float = 0.75) -> list[Solid]:
    """A table with four legs."""
    return [block(0, 0, high - 0.045, dx, dy, 0.045, wood), *legs(dx, dy, high - 0.045, tone(wood, 0.75), 0.06)]


def round_table(radius: float, top: Finish, foot: Finish, high: float = 0.74) -> list[Solid]:
    """A round table on one foot."""
    return [
        rod(0, 0, high - 0.035, 0.035, radius, top, detail=16),
        rod(0, 0, 0.03, high - 0.06, 0.035, foot),
        rod(0, 0, 0, 0.03, 0.6 * radius, foot, detail=12),
    ]


def sofa(cloth: Finish, wide: float = 1.9) -> list[Solid]:
    """A sofa, or an armchair where it is narrow."""
    dark, light = tone(cloth, 0.8), tone(cloth, 1.1)
    seats = 3 if wide > 1.7 else 2 if wide > 1.1 else 1
    inner = (wide - 0.32) / seats
    return [
        block(-0.05, 0, 0.08, 0.78, wide, 0.22, dark),
        block(-0.34, 0, 0.2, 0.2, wide, 0.6, cloth),
        *(block(0, s * (wide / 2 - 0.08), 0.1, 0.78, 0.16, 0.5, cloth) for s in (-1, 1)),
        *(block(0.06, (k - (seats - 1) / 2) * inner, 0.3, 0.62, inner - 0.02, 0.13, light) for k in range(seats)),
    ]


def bed(cloth: Finish, wood: Finish, wide: float = 1.5) -> list[Solid]:
    """Its head at −x."""
    white = paint("#ece7dc")
    pillows = 2 if wide > 1.2 else 1
    return [
        block(0, 0, 0.1, 2.05, wide, 0.2, wood),
        block(0.02, 0, 0.3, 2.0, wide - 0.05, 0.18, white),
        block(0.28, 0, 0.34, 1.5, wide + 0.02, 0.17, cloth),
        block(-0.4, 0, 0.47, 0.24, wide + 0.01, 0.05, white),
        block(-1.04, 0, 0, 0.07, wide + 0.1, 1.05, wood),
        block(1.04, 0, 0, 0.06, wide + 0.1, 0.55, wood),
        *(
            block(-0.76, (k - (pillows - 1) / 2) * 0.7, 0.47, 0.36, 0.58, 0.12, tone(white, 1.04))
            for k in range(pillows)
        ),
    ]


def bookcase(
    builder: Builder, wide: float, wood: Finish, rows: int = 5, things: tuple[str, ...] = BOOKS
) -> list[Solid]:
    """Shelves full of books, or of other upright things in these colours."""
    high = 0.1 + 0.4 * rows
    solids = [
        block(-0.15, 0, 0, 0.03, wide, high, tone(wood, 0.6)),
        *(block(0, s * wide / 2, 0, 0.32, 0.04, high + 0.04, wood) for s in (-1, 1)),
    ]
    for row in range(rows + 1):
        solids.append(block(0, 0, 0.08 + 0.4 * row, 0.32, wide, 0.035, wood))
        if row == rows:
            break
        y = -wide / 2 + 0.05
        while y < wide / 2 - 0.16:
            w, h = builder.between(0.09, 0.3), builder.between(0.2, 0.33)
            if builder.chance.random() < 0.86:
                solids.append(
                    block(0.01, y + w / 2, 0.115 + 0.4 * row, 0.22, w - 0.012, h, paint(builder.pick(*things)))
                )
            y += w
    return solids


def rack(builder: Builder, wide: float) -> list[Solid]:
    """Steel shelves with boxes and drums, as in a store."""
    steel = paint("#4f6b7d", 0.2)
    solids = [block(sx * 0.22, sy * wide / 2, 0, 0.05, 0.05, 2.3, steel) for sx in (-1, 1) for sy in (-1, 1)]
    for row in range(4):
        z = 0.12 + 0.62 * row
        solids.append(block(0, 0, z, 0.5, wide, 0.04, tone(steel, 0.8)))
        y = -wide / 2 + 0.08
        while y < wide / 2 - 0.3:
            w, h = builder.between(0.28, 0.6), builder.between(0.22, 0.46)
            w = min(w, wide / 2 - y - 0.04)
            if builder.chance.random() < 0.3:
                solids.append(
                    rod(
                        0,
                        y + 0.15,
                        z + 0.04,
                        h,
                        0.14,
                        paint(builder.pick("#8a8f93", "#b03a30", "#3f6b8c"), 0.3),
                        detail=9,
                    )
                )
                w = 0.3
            elif row < 3 or builder.chance.random() < 0.6:
                card = paint(builder.pick("#b08f60", "#a07a4c", "#c2a274"))
                solids += [
                    block(0, y + w / 2, z + 0.04, 0.4, w - 0.03, h, card),
                    block(0.202, y + w / 2, z + 0.04 + 0.4 * h, 0.005, 0.5 * w, 0.25 * h, paint("#e8e0cc")),
                ]
            y += w + 0.03
    return solids


def cupboard(wide: float, high: float, wood: Finish, deep: float = 0.45, doors: int = 2) -> list[Solid]:
    """A cupboard with doors."""
    solids = [
        block(0, 0, 0.06, deep, wide, high - 0.06, wood),
        block(0, 0, 0, deep - 0.08, wide - 0.08, 0.06, tone(wood, 0.5)),
    ]
    each = wide / doors
    for k in range(doors):
        y = (k - (doors - 1) / 2) * each
        solids.append(block(deep / 2 + 0.005, y, 0.12, 0.02, each - 0.05, high - 0.2, tone(wood, 1.12)))
        knob = y + (each / 2 - 0.08) * (1 if k % 2 == 0 else -1)
        solids.append(block(deep / 2 + 0.025, knob, 0.5 * high, 0.02, 0.03, 0.1, paint("#b5892f", 0.5)))
    return solids


def drawers(wide: float, high: float, wood: Finish, deep: float = 0.45, rows: int = 3) -> list[Solid]:
    """A chest of drawers."""
    solids = [block(0, 0, 0, deep, wide, high, wood)]
    for row in range(rows):
        z, tall = 0.06 + (high - 0.08) * row / rows, (high - 0.08) / rows - 0.03
        solids.append(block(deep / 2 + 0.005, 0, z, 0.02, wide - 0.06, tall, tone(wood, 1.12)))
        solids.append(block(deep / 2 + 0.02, 0, z + tall / 2, 0.02, 0.14, 0.03, paint("#3b3630")))
    return solids


def counter(wide: float, front: Finish, top: Finish, high: float = 0.9, deep: float = 0.6) -> list[Solid]:
    """A kitchen's floor units."""
    count = max(1, round(wide / 0.6))
    each = wide / count
    solids = [
        block(0, 0, 0.1, deep, wide, high - 0.14, tone(front, 0.75)),
        block(-0.02, 0, 0, deep - 0.08, wide, 0.1, paint("#3a3733")),
    ]
    for k in range(count):
        y = (k - (count - 1) / 2) * each
        solids.append(block(deep / 2 + 0.005, y, 0.13, 0.02, each - 0.03, high - 0.36, front))
        solids.append(block(deep / 2 + 0.005, y, high - 0.2, 0.02, each - 0.03, 0.14, front))
        solids.append(block(deep / 2 + 0.025, y, high - 0.15, 0.02, 0.14, 0.025, paint("#6b6459", 0.4)))
    solids.append(block(0.02, 0, high - 0.04, deep + 0.04, wide + 0.02, 0.04, top))
    return solids


def stove() -> list[Solid]:
    """A stove with a pan on it."""
    iron, steel = paint("#3b3f43", 0.3), paint("#8a9199", 0.5)
    return [
        block(0, 0, 0, 0.62, 0.62, 0.9, iron),
        block(0.315, 0, 0.22, 0.02, 0.5, 0.4, paint("#22262a", 0.5)),
        block(0.33, 0, 0.66, 0.03, 0.5, 0.03, steel),
        *(rod(sx * 0.15, sy * 0.15, 0.9, 0.015, 0.09, paint("#191b1d"), detail=10) for sx in (-1, 1) for sy in (-1, 1)),
        rod(-0.14, 0.15, 0.92, 0.16, 0.11, paint("#b4693a", 0.6), detail=12),
        tube((0.02, 0.15, 1.04), (0.26, 0.15, 1.08), 0.015, iron, DRESSING, detail=6),
    ]


def fridge(look: Finish) -> list[Solid]:
    """A refrigerator."""
    return [
        block(0, 0, 0.03, 0.62, 0.66, 1.72, look),
        block(0.315, 0, 0.06, 0.02, 0.63, 1.05, tone(look, 1.06)),
        block(0.315, 0, 1.14, 0.02, 0.63, 0.58, tone(look, 1.06)),
        *(block(0.34, 0.25, z, 0.03, 0.03, 0.26, paint("#8a9199", 0.5)) for z in (0.78, 1.2)),
    ]


def basin(look: Finish) -> list[Solid]:
    """A wash basin."""
    steel = paint("#b8bec4", 0.7)
    return [
        block(0, 0, 0.72, 0.44, 0.58, 0.16, look),
        block(0.02, 0, 0.872, 0.3, 0.44, 0.012, tone(look, 0.7)),
        rod(-0.05, 0, 0, 0.72, 0.09, look, detail=10),
        tube((-0.16, 0, 0.88), (-0.04, 0, 1.04), 0.018, steel, DRESSING, detail=6),
    ]


def bath(look: Finish) -> list[Solid]:
    """Along y."""
    return [
        block(0, 0, 0, 0.74, 1.7, 0.1, tone(look, 0.85)),
        *(block(s * 0.34, 0, 0.08, 0.07, 1.7, 0.5, look) for s in (-1, 1)),
        *(block(0, s * 0.815, 0.08, 0.74, 0.07, 0.5, look) for s in (-1, 1)),
        block(0, 0, 0.36, 0.62, 1.56, 0.02, paint("#9fc0c8", 0.4)),
        tube((-0.3, 0.7, 0.55), (-0.12, 0.7, 0.75), 0.02, paint("#b8bec4", 0.7), DRESSING, detail=6),
    ]


def toilet(look: Finish) -> list[Solid]:
    """A toilet."""
    return [
        block(-0.2, 0, 0.36, 0.18, 0.42, 0.38, look),
        tube((0.08, 0, 0), (0.08, 0, 0.38), 0.14, look, DRESSING, top=0.21, detail=12),
        rod(0.08, 0, 0.38, 0.04, 0.22, tone(look, 0.92), detail=12),
    ]


def desk(builder: Builder, wood: Finish, *, computer: bool = True) -> list[Solid]:
    """One sits at −x of it, its modesty panel to +x."""
    solids = [
        block(0, 0, 0.71, 0.76, 1.5, 0.04, wood),
        block(0.28, 0, 0.2, 0.03, 1.36, 0.5, tone(wood, 0.8)),
        block(0, 0.55, 0, 0.6, 0.38, 0.71, tone(wood, 0.85)),
        block(0, -0.7, 0, 0.6, 0.05, 0.71, tone(wood, 0.85)),
    ]
    if computer:
        black = paint("#25282c", 0.3)
        solids += [
            block(0.16, 0.1, 0.75, 0.16, 0.2, 0.02, black),
            block(0.18, 0.1, 0.77, 0.03, 0.05, 0.12, black),
            block(0.18, 0.1, 0.86, 0.03, 0.56, 0.34, black),
            block(0.163, 0.1, 0.88, 0.006, 0.52, 0.3, paint("#7fa3b5", 0.3, 0.22)),
            block(-0.14, 0.1, 0.75, 0.14, 0.42, 0.02, paint("#cfcfca")),
        ]
    solids.append(block(-0.05, -0.45, 0.75, 0.3, 0.22, builder.between(0.03, 0.12), paint("#e9e4d6")))
    solids.append(rod(0.1, 0.55, 0.75, 0.1, 0.04, paint(builder.pick("#a4483a", "#3f6b8c", "#d8c9a0")), detail=8))
    return solids


def office_chair(cloth: Finish) -> list[Solid]:
    """A swivel chair."""
    black = paint("#26282b", 0.2)
    return [
        block(0, 0, 0.03, 0.5, 0.07, 0.05, black),
        block(0, 0, 0.03, 0.07, 0.5, 0.05, black),
        rod(0, 0, 0.05, 0.38, 0.03, black),
        block(0, 0, 0.43, 0.46, 0.46, 0.08, cloth),
        block(-0.22, 0, 0.6, 0.06, 0.44, 0.5, cloth),
    ]


def plant(builder: Builder, high: float = 1.2) -> list[Solid]:
    """A plant in a pot."""
    solids = [rod(0, 0, 0, 0.32, 0.15, paint(builder.pick("#a4603f", "#d8d0c0", "#5a6a70")), top=0.19, detail=10)]
    leaf = paint(builder.pick("#4d7a45", "#5a8450", "#3f6a48"))
    for k in range(6):
        a = 2 * np.pi * k / 6 + 0.3
        reach, up = 0.16 + 0.12 * (k % 2), high * (0.7 + 0.3 * ((k * 5) % 6) / 6)
        solids.append(
            tube(
                (0, 0, 0.3),
                (reach * np.cos(a) * 1.5, reach * np.sin(a) * 1.5, up),
                0.03,
                tone(leaf, 0.85 + 0.06 * k),
                DRESSING,
                top=0.1,
                flat=0.35,
                detail=5,
            )
        )
    return solids


def floor_lamp(builder: Builder, shade: str = "#ffdca0") -> list[Solid]:
    """A standing lamp."""
    iron = paint("#3a3632", 0.2)
    return [
        rod(0, 0, 0, 0.03, 0.16, iron, detail=12),
        rod(0, 0, 0.03, 1.42, 0.015, iron, detail=6),
        rod(0, 0, 1.38, 0.3, 0.24, builder.bulb(shade), top=0.15, detail=14),
    ]


def table_lamp(builder: Builder, z: float, shade: str = "#ffdca0") -> list[Solid]:
    """A lamp that stands on something at height ``z``."""
    return [
        rod(0, 0, z, 0.2, 0.05, paint(builder.pick("#7a5a3c", "#4f6b6a", "#8c4a3f")), top=0.03, detail=8),
        rod(0, 0, z + 0.2, 0.17, 0.15, builder.bulb(shade), top=0.1, detail=12),
    ]


def pendant(
    builder: Builder, x: float, y: float, top: float, z: float, shade: str = "#ffdca0", radius: float = 0.22
) -> list[Solid]:
    """A lamp hanging from the ceiling, in the world."""
    iron = paint("#33302c")
    return [
        rod(x, y, z + 0.2, top - z - 0.2, 0.012, iron, detail=5),
        rod(x, y, z + 0.06, 0.18, radius, iron, top=0.05, detail=14),
        rod(x, y, z, 0.07, 0.8 * radius, builder.bulb(shade), detail=12),
    ]


def crate(wide: float, wood: Finish) -> list[Solid]:
    """A wooden crate."""
    dark = tone(wood, 0.75)
    solids = [block(0, 0, 0, wide, wide, wide, wood)]
    for s in (-1, 1):
        solids += [
            block(s * wide / 2, 0, 0.02, 0.02, wide, 0.08, dark),
            block(s * wide / 2, 0, wide - 0.1, 0.02, wide, 0.08, dark),
        ]
        solids += [
            block(0, s * wide / 2, 0.02, wide, 0.02, 0.08, dark),
            block(0, s * wide / 2, wide - 0.1, wide, 0.02, 0.08, dark),
        ]
    return solids


def barrel(wood: Finish) -> list[Solid]:
    """A barrel."""
    hoop = paint("#4a4d50", 0.3)
    return [
        rod(0, 0, 0, 0.45, 0.27, wood, top=0.33, detail=12),
        rod(0, 0, 0.45, 0.45, 0.33, wood, top=0.27, detail=12),
        rod(0, 0, 0.2, 0.05, 0.315, hoop, detail=12),
        rod(0, 0, 0.66, 0.05, 0.315, hoop, detail=12),
    ]


def bench(wood: Finish, wide: float = 1.6) -> list[Solid]:
    """A bench with a back."""
    iron = paint("#34383b", 0.2)
    return [
        *(block(0.03 + 0.14 * (k - 1), 0, 0.42, 0.11, wide, 0.035, wood) for k in range(3)),
        *(block(-0.24 - 0.02 * k, 0, 0.58 + 0.14 * k, 0.03, wide, 0.1, wood) for k in range(2)),
        *(block(0, s * (wide / 2 - 0.15), 0, 0.42, 0.05, 0.42, iron) for s in (-1, 1)),
        *(block(-0.26, s * (wide / 2 - 0.15), 0.4, 0.04, 0.05, 0.42, iron) for s in (-1, 1)),
    ]


def pew(wood: Finish, wide: float) -> list[Solid]:
    """A church bench."""
    return [
        block(0, 0, 0.42, 0.4, wide, 0.05, wood),
        block(-0.22, 0, 0, 0.05, wide, 0.92, tone(wood, 0.9)),
        *(block(-0.02, s * wide / 2, 0, 0.48, 0.06, 0.96, tone(wood, 0.75)) for s in (-1, 1)),
    ]


def piano(look: Finish) -> list[Solid]:
    """An upright piano."""
    return [
        block(-0.1, 0, 0, 0.4, 1.45, 1.2, look),
        block(0.2, 0, 0.62, 0.3, 1.45, 0.12, look),
        block(0.22, 0, 0.74, 0.16, 1.25, 0.015, paint("#f0ebdd", 0.3)),
        *(block(0.24, s * 0.66, 0, 0.1, 0.1, 0.62, look) for s in (-1, 1)),
    ]


def fireplace(stone: Finish) -> list[Solid]:
    """A hearth with a fire that burns after dark."""
    fire = paint("#ff9a3c", 0.0, PRACTICAL)
    return [
        *(block(0, s * 0.6, 0, 0.36, 0.28, 1.1, stone) for s in (-1, 1)),
        block(0, 0, 0.82, 0.36, 1.48, 0.32, stone),
        block(0.03, 0, 1.14, 0.46, 1.7, 0.07, tone(stone, 0.6)),
        block(-0.1, 0, 0, 0.1, 0.92, 0.82, paint("#1c1a19")),
        *(
            tube(
                (0.02, -0.28 + 0.1 * k, 0.06 + 0.05 * k),
                (0.06, 0.26 - 0.06 * k, 0.09 + 0.04 * k),
                0.05,
                paint("#4f3826"),
                DRESSING,
                detail=6,
            )
            for k in range(3)
        ),
        *(
            tube(
                (0.02, 0.14 * (k - 1), 0.16),
                (0.02, 0.16 * (k - 1), 0.42 + 0.1 * (k == 1)),
                0.08,
                fire,
                DRESSING,
                top=0.01,
                detail=6,
            )
            for k in range(3)
        ),
    ]


def seated_at(
    builder: Builder, name: str, x: float, y: float, facing: float, wood: Finish, seat: Finish | None = None
) -> None:
    """A chair in the set, and the seat that it is."""
    builder.put(chair(wood, seat), x, y, facing)
    builder.seat(name, x, y, 0.47, facing)


def clock(x: float, y: float, z: float, radius: float, look: Finish) -> list[Solid]:
    """A clock face in the plane across x, looking to +x."""
    white, black = paint("#efe9da"), paint("#1f2024")
    return [
        tube((x - 0.04, y, z), (x + 0.01, y, z), radius, look, DRESSING, detail=18),
        tube((x, y, z), (x + 0.02, y, z), 0.86 * radius, white, DRESSING, detail=18),
        block(x + 0.026, y, z, 0.008, 0.07 * radius, 0.7 * radius, black),
        box((0.008, 0.5 * radius, 0.09 * radius), (x + 0.026, y + 0.22 * radius, z), black, DRESSING),
    ]


def table_with_chairs(
    builder: Builder, x: float, y: float, dx: float, dy: float, wood: Finish, seat: Finish, sides: str = "nsew"
) -> None:
    """A table in the set, chairs at these sides of it, and what lies on it."""
    builder.put(table(dx, dy, wood), x, y)
    builder.spot("table", SpotKind.TABLE, x, y, 0.75)
    for side, (ox, oy, facing) in {
        "n": (0, dy / 2 + 0.25, -np.pi / 2),
        "s": (0, -dy / 2 - 0.25, np.pi / 2),
        "e": (dx / 2 + 0.25, 0, np.pi),
        "w": (-dx / 2 - 0.25, 0, 0.0),
    }.items():
        if side in sides:
            seated_at(builder, "chair", x + ox, y + oy, facing, wood, seat)


def things_on(builder: Builder, x: float, y: float, z: float, kind: str = "bowl") -> list[Solid]:
    """Something small on a table, in the world."""
    if kind == "bowl":
        fruit = [
            ball((0.045, 0.045, 0.045), (x + 0.05 * np.cos(a), y + 0.05 * np.sin(a), z + 0.1), paint(c), DRESSING, 7)
            for a, c in ((0, "#c2332c"), (2.1, "#d9a534"), (4.2, "#7a9a3c"))
        ]
        return [rod(x, y, z, 0.07, 0.07, paint("#dcd6c8"), top=0.14, detail=12), *fruit]
    if kind == "vase":
        flowers = [
            ball(
                (0.05, 0.05, 0.05),
                (x + 0.09 * np.cos(a), y + 0.09 * np.sin(a), z + 0.38 + 0.04 * k),
                paint(builder.pick("#d9a534", "#c2556a", "#e8e0d0")),
                DRESSING,
                6,
            )
            for k, a in enumerate((0.2, 1.6, 3.0, 4.5))
        ]
        stems = [
            tube(
                (x, y, z + 0.18),
                (x + 0.08 * np.cos(a), y + 0.08 * np.sin(a), z + 0.38),
                0.008,
                paint("#5a7a45"),
                DRESSING,
                detail=4,
            )
            for a in (0.2, 1.6, 3.0, 4.5)
        ]
        return [rod(x, y, z, 0.2, 0.05, paint("#4f7d8c", 0.4), top=0.035, detail=10), *flowers, *stems]
    return [
        rod(x, y, z, 0.2, 0.035, paint("#3f6b4a", 0.5), detail=8),
        rod(x, y, z + 0.2, 0.08, 0.014, paint("#3f6b4a", 0.5), detail=6),
    ]
