"""Streets: with shops, before a building, at a bus stop; and a car park."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets import nature as n
from render.previz.sets import town as t
from render.previz.sets.builder import Builder, paint, patch, tone
from render.previz.sets.design import DRESSING, GROUND, HOMELY, SetDesign, SpotKind
from render.previz.solid import box

_REACH = 300.0
_FACADE, _ACROSS = 5.2, -14.5  # metres: the houses behind the pavement, and those over the road


def street(b: Builder) -> SetDesign:
    """A pavement before shops, a road with a parked car, houses over the way, the street closed at both ends."""
    return _street(b)


def _street(b: Builder, front: str = "") -> SetDesign:
    asphalt = b.look("road asphalt street ground", "#5f6163")
    paving = b.look("pavement sidewalk paving ground", b.pick("#a39c90", "#989a98"))
    b.ground(box((2 * _REACH, 2 * _REACH, 0.1), (0, 0, -0.06), asphalt, GROUND))
    b.ground(
        box((130, 7.6, 0.02), (0, 1.5, 0.0), paving, GROUND),
        box((130, 2.6, 0.12), (0, -13.3, 0.02), tone(paving, 0.95), GROUND),
    )
    for k in range(-10, 11):
        for row in range(3):
            if (k + row) % 2:
                b.ground(patch(2.2 * k, -0.8 + 2.3 * row, 2.15, 2.25, 0.014, tone(paving, 0.91 + 0.03 * row)))
    b.ground(box((130, 0.22, 0.14), (0, -2.3, 0.0), tone(paving, 0.72), GROUND))
    for k in range(-8, 9):
        b.ground(patch(4.2 * k, -7.2, 1.9, 0.14, -0.005, paint("#d6d2c4")))
    for k in range(6):
        b.ground(patch(9.0, -3.2 - 1.6 * k, 2.8, 0.7, -0.004, paint("#d0ccbf")))
    _row(b, _FACADE, 1, shops=0.6, front=front)
    _row(b, _ACROSS, -1, shops=0.35)
    for side in (-1, 1):  # the street's ends, and the town beyond them
        for k in range(4):
            b.put(
                t.house(b, 7.5, 7, 3 + k % 2, cheap=True),
                side * (58 + b.between(0, 4)),
                -15 + 8.2 * k,
                np.pi if side > 0 else 0.0,
            )
        b.put(t.tower_block(b, 14, 14, b.between(26, 40)), side * 95, b.between(-14, 10), 0.0)
    for side in (-1, 1):
        for k in range(3):
            b.put(
                t.tower_block(b, 12, 12, b.between(20, 34)),
                -40 + 36 * k + b.between(-8, 8),
                side * b.between(42, 58) + (-8 if side < 0 else 4),
            )
    for x in (-5.2, 4.9):
        t.lamp_post(b, x, -1.75, -np.pi / 2)
    for x in (-24, -14, 15, 25):
        t.lamp_post(b, x, -1.75, -np.pi / 2, lit=False)
    for x in (-10, 0.5, 11):
        t.lamp_post(b, x, -12.4, np.pi / 2, lit=False)
    for x, y, facing in (
        (-8.2, -3.5, 0.0),
        (13.6, -3.5, 0.0),
        (-3.0, -11.2, np.pi),
        (6.2, -11.2, np.pi),
        (-19, -11.2, np.pi),
        (24, -3.5, 0),
    ):
        t.parked(b, x, y, facing)
    for x in (-9.5, 7.2):
        green = paint("#5f7d42")
        n.broadleaf(b, x, -1.2, b.between(4.6, 5.6), green)
    n.broadleaf(b, -12.5, -12.6, 5.4, paint("#5f7d42"))
    n.broadleaf(b, 15.5, -12.6, 5.8, paint("#65804a"))
    t.bin_(b, 3.9, -1.6)
    t.post_box(b, -3.6, 3.9)
    t.hydrant(b, 6.1, -1.5)
    b.put(f.bench(b.look("bench", "#8c6b4a")), 2.8, 4.3, -np.pi / 2)
    b.seat("bench", 2.8, 4.3, 0.46, -np.pi / 2)
    t.sign_post(b, -6.6, -1.8, -np.pi / 2, round_=True)
    if b.says("bus"):
        _shelter(b, -2.6, 3.4)
    n.clouds(b)
    return b.design(inside=False)


def _row(b: Builder, y: float, side: int, *, shops: float, front: str = "") -> None:
    """Houses shoulder to shoulder along the street; the one in the middle may be the place itself."""
    x = -47.0
    facing = -np.pi / 2 if side > 0 else np.pi / 2
    while x < 47:
        near = abs(x + 4) < 20
        wide, floors = b.between(6.0, 9.0), int(b.chance.integers(2, 4))
        if front and -8 < x < 2 and side > 0:
            wide = 13.0
            deep = 8.0
            b.put(_front(b, front, wide, deep), x + wide / 2, y + side * deep / 2, facing)
            b.spot("door", SpotKind.DOOR, x + wide / 2, y - 0.4, 0.0, facing)
            front = ""
        else:
            deep = 7.0
            solids = t.house(
                b, wide, deep, floors, shop=b.chance.random() < shops, pitched=b.chance.random() < 0.5, cheap=not near
            )
            b.put(solids, x + wide / 2, y + side * deep / 2, facing)
            if near and side > 0:
                b.spot("door", SpotKind.DOOR, x + wide / 2, y - 0.4, 0.0, facing)
        x += wide + 0.05


def _front(b: Builder, kind: str, wide: float, deep: float) -> list:
    """The front of a public building: more windows, a wide door with steps, and what tells its kind."""
    look = b.look(
        "house building facade wall",
        {"hospital": "#d5d8d2", "school": "#a8644c", "office": "#8f9aa0", "church": "#a8a092", "hotel": "#b98f72"}.get(
            kind, "#b0a48e"
        ),
    )
    solids = t.house(
        b, wide, deep, 3 if kind != "office" else 5, look=look, pitched=kind in ("school", "house"), entrance=False
    )
    front, white = deep / 2, paint("#e6e0d2")
    solids += [
        f.block(front + 0.4, 0, 0, 0.9, 3.4, 0.16, paint("#9a968e")),
        f.block(front + 0.12, 0, 0.16, 0.2, 2.6, 2.7, white),
        f.block(front + 0.2, 0, 0.16, 0.1, 2.1, 2.35, paint("#4f6068", 0.5, HOMELY)),
        f.block(front + 0.24, 0, 0.16, 0.08, 0.08, 2.35, white),
        f.block(front + 0.6, 0, 2.95, 1.3, 3.4, 0.16, white),
    ]
    if kind == "hospital":
        red = paint("#c2332c", 0.0, 0.0)
        solids += [
            f.block(front + 1.27, 0, 3.05, 0.06, 1.1, 0.9, white),
            t.plate(front + 1.31, 0, 3.4, 0.7, 0.22, red),
            t.plate(front + 1.312, 0, 3.16, 0.22, 0.7, red),
        ]
    elif kind == "school":
        solids += [
            f.block(front + 0.15, 0, 9.2, 0.3, 2.4, 2.0, look),
            *f.clock(front + 0.32, 0.0, 10.2, 0.7, paint("#2b2b2d")),
            *f.clock(front + 1.3, 0.0, 3.45, 0.42, paint("#2b2b2d")),
        ]
    elif kind == "hotel":
        solids += [f.block(front + 0.5, wide / 2 - 1.0, 3.6, 0.9, 0.16, 4.4, paint("#b0473a", 0.0, 3.0))]
    return solids


def building(b: Builder) -> SetDesign:
    """Before a building: the street, with that building's front in the middle of it."""
    kinds = {
        "hospital": ("hospital", "clinic"),
        "school": ("school", "college", "university"),
        "office": ("office", "bank", "police", "courthouse", "headquarters", "embassy"),
        "hotel": ("hotel", "motel", "theatre", "theater", "cinema", "club"),
    }
    return _street(b, next((kind for kind, words in kinds.items() if b.says(*words)), "house"))


def _shelter(b: Builder, x: float, y: float) -> None:
    steel, glass = paint("#4a555a", 0.3), paint("#9fb4b8", 0.5)
    b.add(
        [
            *(f.rod(x + s * 1.6, y + 0.5, 0, 2.35, 0.04, steel) for s in (-1, 1)),
            *(f.rod(x + s * 1.6, y - 0.6, 0, 2.35, 0.04, steel) for s in (-1, 1)),
            box((3.5, 1.5, 0.08), (x, y - 0.05, 2.4), steel, DRESSING),
            box((3.1, 0.03, 1.6), (x, y + 0.52, 1.25), glass, DRESSING),
            box((0.03, 1.0, 1.6), (x - 1.6, y, 1.25), glass, DRESSING),
            box((0.06, 1.0, 1.7), (x + 1.62, y, 1.3), paint("#d98a4a"), DRESSING),
            box((2.2, 0.35, 0.06), (x, y + 0.25, 0.45), paint("#a5825c"), DRESSING),
            *(f.rod(x + s * 0.9, y + 0.25, 0, 0.43, 0.04, steel) for s in (-1, 1)),
        ]
    )
    b.seat("bench of the shelter", x, y + 0.2, 0.48, -np.pi / 2)
    t.sign_post(b, x + 2.2, y - 0.7, -np.pi / 2, "#b3322b")


def car_park(b: Builder) -> SetDesign:
    """Bays with cars, lamp posts, a fence, the town behind it."""
    asphalt = b.look("ground asphalt", "#66686a")
    b.ground(box((2 * _REACH, 2 * _REACH, 0.1), (0, 0, -0.05), asphalt, GROUND))
    for y in (5.6, -6.4):
        for k in range(-6, 7):
            b.ground(patch(2.8 * k, y, 0.12, 4.8, 0.006, paint("#d6d2c4")))
            if b.chance.random() < 0.55:
                t.parked(b, 2.8 * k + 1.4, y + b.between(-0.2, 0.2), np.pi / 2 if y > 0 else -np.pi / 2)
    n.blots(b, asphalt, 30, 14, (0.3, 1.1))
    for x, y in ((-6, 3.0), (6, 3.0), (-6, -3.8), (7, -3.8)):
        t.lamp_post(b, x, y, 0.0, high=5.2)
    for side in (-1, 1):
        n.fence(b, (-32, side * 11), (32, side * 11), paint("#6a7075"))
        for k in range(6):
            b.put(
                t.house(b, 9, 8, int(b.chance.integers(2, 5)), cheap=True, pitched=False),
                -27 + 10.5 * k,
                side * 24,
                -np.pi / 2 * side,
            )
        b.put(t.house(b, 16, 9, 4, cheap=True, pitched=False), side * 44, 0, np.pi if side > 0 else 0.0)
        b.put(t.tower_block(b, 14, 14, 38), side * 60, 52 * side)
        n.broadleaf(b, side * 9.5, 10, 5.5, paint("#5f7d42"))
        n.broadleaf(b, side * 12.5, -10, 6, paint("#65804a"))
    t.sign_post(b, 4.0, 2.9, -np.pi / 2, "#2f5f9a")
    n.clouds(b)
    return b.design(inside=False)
