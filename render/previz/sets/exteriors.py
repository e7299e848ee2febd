"""Outdoors: a coast, a street, woods and hills, as the words of the place ask for."""

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, finish
from render.previz.sets.design import DRESSING, GROUND, Piece, SetDesign, look_of, place_text, says
from render.previz.solid import Solid, ball, box, join, tube

_COAST = ("cliff", "coast", "beach", "shore", "sea", "pier", "harbour", "harbor", "quay", "island", "headland")
_CITY = (
    *("street", "city", "town", "road", "car park", "parking", "square", "alley", "bus stop", "station", "market"),
    *("rooftop", "roof"),
)
_WOODS = ("forest", "wood", "jungle", "park", "garden", "orchard")
_REACH = 220.0  # metres of ground on each side


def build_exterior(place: Seen, chance: np.random.Generator) -> SetDesign:
    """A landscape for a place."""
    text = place_text(place)
    coast, city, woods = says(text, *_COAST), says(text, *_CITY), says(text, *_WOODS)
    default = "#8c8a84" if city else "#c9b68c" if says(text, "beach", "desert", "dune") else "#6f8a4c"
    ground = look_of(place, "ground", default)
    pieces: list[Piece] = []
    floor = [box((2 * _REACH, 2 * _REACH, 0.1), (0, 0, -0.05), ground, GROUND)]
    if coast:
        floor = _coast(place, text, ground, chance, pieces)
    elif city:
        _city(chance, pieces)
    if woods or not (coast or city):
        _woods(chance, pieces, count=60 if woods else 18, near=4.2 if woods else 9.0)
    return SetDesign(join(floor), tuple(pieces), (), False, None)


def _add(pieces: list[Piece], solids: list[Solid], x: float, y: float, radius: float) -> None:
    pieces.append(Piece(join(solids), (x, y, 1.0), radius))


def _coast(place: Seen, text: str, ground: Finish, chance: np.random.Generator, pieces: list[Piece]) -> list[Solid]:
    """Rocks, a lighthouse, tufts and a path; returns the land and the sea."""
    edge = 5.5  # the land ends behind the action, and the sea begins
    sea = look_of(place, "sea", "#3f6f86")
    sea = Finish(sea.colour, 0.5)
    drop = 0.35 if says(text, "beach", "shore", "harbo", "pier", "quay") else 9.0
    floor = [
        box((2 * _REACH, _REACH + edge, 0.1), (0, edge - (_REACH + edge) / 2, -0.05), ground, GROUND),
        box((4 * _REACH, 4 * _REACH, 0.1), (0, edge + 2 * _REACH, -drop), sea, GROUND),
    ]
    rock = finish("", "#77736c")
    for index in range(16):
        x, y = -30 + 4 * index + 2 * chance.random(), edge + 0.4 + 1.6 * chance.random()
        size = 0.5 + 1.3 * chance.random()
        if abs(x) > 2.6 or index % 2:
            _add(pieces, [ball((size, 0.7 * size, 0.45 * size), (x, y, -0.1), rock, DRESSING, 7)], x, y, size)
    lx = 13.0 if chance.random() < 0.5 else -13.0
    white, red = finish("", "#e8e4da"), finish("", "#a23a33")
    tower = [
        tube((lx, edge + 4, -1), (lx, edge + 4, 9), 1.5, white, DRESSING, top=1.05, detail=18),
        tube((lx, edge + 4, 3.2), (lx, edge + 4, 5.4), 1.36, red, DRESSING, top=1.25, detail=18),
        tube((lx, edge + 4, 9), (lx, edge + 4, 9.25), 1.5, finish("", "#3a3d42"), DRESSING, detail=18),
        tube(
            (lx, edge + 4, 9.25),
            (lx, edge + 4, 10.7),
            0.8,
            Finish((0.95, 0.85, 0.55), 0.4, 0.7),
            DRESSING,
            detail=14,
        ),
        tube((lx, edge + 4, 10.7), (lx, edge + 4, 11.6), 1.0, red, DRESSING, top=0.1, detail=18),
    ]
    _add(pieces, tower, lx, edge + 4, 2.0)
    for index in range(26):
        x, y = float(chance.uniform(-26, 26)), float(chance.uniform(-24, 4))
        if abs(y) > 2.2 or abs(x) > 5:
            tuft = finish("", ("#7f8f4a", "#94975a", "#5f7a42")[index % 3])
            size = 0.18 + 0.3 * chance.random()
            _add(pieces, [ball((size, size, 0.6 * size), (x, y, 0), tuft, DRESSING, 6)], x, y, size)
    for k in range(8):
        _add(
            pieces,
            [
                box(
                    (1.0, 1.5, 0.02),
                    (-7 + 2.0 * k, -0.25 + 0.2 * np.sin(k), 0.0),
                    finish("", "#b5a27c"),
                    GROUND,
                )
            ],
            99.0,
            99.0,
            0.0,
        )
    return floor


def _city(chance: np.random.Generator, pieces: list[Piece]) -> None:
    """Houses on both sides, kerbs and lamp posts."""
    for side in (1, -1):
        x = -34.0
        while x < 34:
            wide, tall = float(chance.uniform(5, 9)), float(chance.uniform(6, 15))
            look = finish("", ("#b98f72", "#a8a49a", "#8f9aa3", "#c9bda4", "#97705f")[int(chance.integers(5))])
            y = side * (9.0 + 3 * chance.random())
            solids = [box((wide, 6, tall), (x + wide / 2, y + side * 3, tall / 2), look, DRESSING)]
            pane = Finish((0.25, 0.3, 0.36), 0.4)
            for row in range(int(tall / 3)):
                for col in range(int(wide / 2)):
                    spot = (x + 1.1 + 2 * col, y - side * 0.02, 1.9 + 3 * row)
                    solids.append(box((1.0, 0.12, 1.5), spot, pane, DRESSING))
            pieces.append(Piece(join(solids), (x + wide / 2, y + side * 3, 1.0), max(wide / 2, 3.0)))
            x += wide + 0.3
    kerb = finish("", "#b7b3aa")
    for side in (1, -1):
        _add(pieces, [box((90, 3.2, 0.14), (0, side * 7.2, 0.05), kerb, GROUND)], 99, 99, 0)
    for x in (-12, 12):
        post = finish("", "#33373b")
        _add(
            pieces,
            [
                tube((x, 5.4, 0), (x, 5.4, 4.2), 0.06, post, DRESSING),
                ball((0.2, 0.2, 0.16), (x, 5.4, 4.3), Finish((0.95, 0.85, 0.6), 0, 0.9), DRESSING),
            ],
            x,
            5.4,
            0.4,
        )


def _woods(chance: np.random.Generator, pieces: list[Piece], *, count: int, near: float) -> None:
    """Trees around the action, and hills behind them."""
    for index in range(count):
        angle, distance = (
            float(chance.uniform(0, 2 * np.pi)),
            near + float(chance.uniform(0, 1)) ** 0.7 * 30,
        )
        x, y = distance * np.cos(angle), distance * np.sin(angle)
        tall = 3.5 + 4 * float(chance.random())
        leaf = finish("", ("#4d6b39", "#5f7a3e", "#6d7f45", "#3f5d3a")[index % 4])
        crown = [
            tube(
                (x, y, tall * (0.25 + 0.22 * k)),
                (x, y, tall * (0.62 + 0.2 * k)),
                1.25 - 0.33 * k,
                leaf,
                DRESSING,
                top=0.1,
                detail=9,
            )
            for k in range(3)
        ]
        _add(
            pieces,
            [
                tube((x, y, 0), (x, y, tall * 0.4), 0.14, finish("", "#5b4531"), DRESSING, detail=7),
                *crown,
            ],
            x,
            y,
            1.2,
        )
    for index in range(10):
        angle = 2 * np.pi * index / 10 + 0.3
        hill = finish("", ("#7d9358", "#6f8752", "#8a9a63")[index % 3])
        _add(
            pieces,
            [
                ball(
                    (38, 26, 7 + 5 * chance.random()),
                    (120 * np.cos(angle), 120 * np.sin(angle), -1),
                    hill,
                    DRESSING,
                    12,
                )
            ],
            120 * np.cos(angle),
            120 * np.sin(angle),
            30,
        )
