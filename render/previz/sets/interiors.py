"""Rooms: boards, wild walls with windows, and the furniture that the words of the place ask for."""

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, finish
from render.previz.sets.design import DRESSING, GROUND, WALLS, Piece, SetDesign, Wall, look_of, place_text, says
from render.previz.solid import Solid, ball, box, join, tube


def build_interior(place: Seen, chance: np.random.Generator) -> SetDesign:
    """A room for a place."""
    text = place_text(place)
    corridor = says(text, "corridor", "hallway", "stair", "tunnel", "passage")
    hx, hy, top = (5.5, 1.5, 2.7) if corridor else (3.1 + 0.5 * chance.random(), 2.7 + 0.4 * chance.random(), 2.9)
    if says(text, "hall", "church", "stage", "theatre", "warehouse", "station", "ballroom"):
        hx, hy, top = 6.5, 5.0, 5.0
    walls_look = look_of(place, "wall", ("#cfc6b4", "#b9c0bd", "#c8b8a2", "#aeb6c2")[int(chance.integers(4))])
    floor_look = look_of(place, "floor", "#7d6a55" if not says(text, "lamp room", "cellar") else "#7b7a78")
    floor = join(_boards(hx, hy, floor_look))
    walls = (Wall((0, -1), hy), Wall((0, 1), hy), Wall((-1, 0), hx), Wall((1, 0), hx))
    pieces: list[Piece] = []
    round_windows = says(text, "lamp room", "lighthouse", "gallery")
    for index, wall in enumerate(walls):
        pieces += _wall(
            index,
            wall,
            (hx, hy, top),
            walls_look,
            windows=round_windows or index in (0, 2),
            tall=round_windows,
        )
    pieces += _furniture(text, place, chance, hx, hy)
    ceiling = box((2 * hx, 2 * hy, 0.1), (0, 0, top + 0.05), Finish(tuple(0.8 * c for c in walls_look.colour)), WALLS)  # type: ignore[arg-type]
    return SetDesign(floor, tuple(pieces), walls, True, (hx, hy), ceiling, top)


def _boards(hx: float, hy: float, look: Finish) -> list[Solid]:
    """Boards in two tones: seams would be thinner than a pixel a few metres away."""
    count = max(2, round(2 * hy / 0.45))
    wide = 2 * hy / count
    tones = [Finish(tuple(share * c for c in look.colour), look.shine) for share in (1.03, 0.93, 1.0, 0.96)]  # type: ignore[arg-type]
    return [
        box(
            (2 * hx, wide, 0.1),
            (0, -hy + wide * (row + 0.5), -0.05),
            tones[row % 4 if row % 8 < 4 else 3 - row % 4],
            GROUND,
        )
        for row in range(count)
    ]


def _wall(
    index: int, wall: Wall, size: tuple[float, float, float], look: Finish, *, windows: bool, tall: bool
) -> list[Piece]:
    hx, hy, top = size
    nx, ny = wall.normal
    at = (-nx * (wall.distance + 0.06), -ny * (wall.distance + 0.06), top / 2)
    wide = 2 * hy if nx else 2 * hx
    extents = (0.12, wide, top) if nx else (wide, 0.12, top)
    solids = [box(extents, at, look, WALLS)]
    trim = Finish(tuple(0.55 * c for c in look.colour))  # type: ignore[arg-type]
    inner = (-nx * (wall.distance - 0.01), -ny * (wall.distance - 0.01))
    face = (-nx * wall.distance, -ny * wall.distance)
    skirting = (0.008, wide, 0.12) if nx else (wide, 0.008, 0.12)  # too thin for its upper edge to be drawn
    solids.append(box(skirting, (face[0], face[1], 0.06), trim, WALLS))
    if windows:
        count = max(1, int(wide / (1.5 if tall else 3.0)))
        width, height, sill = (1.1, 1.6, 0.8) if tall else (1.2, 1.15, 1.0)
        pane = Finish((0.5, 0.5, 0.5), 0.0, 2.0)  # glow 2: takes the colour of the light outside
        for place in range(count):
            shift = (place - (count - 1) / 2) * wide / count
            spot = (inner[0] + (shift if ny else 0), inner[1] + (shift if nx else 0), sill + height / 2)
            frame = (0.05, width + 0.14, height + 0.14) if nx else (width + 0.14, 0.05, height + 0.14)
            glass = (0.06, width, height) if nx else (width, 0.06, height)
            bar = (0.075, 0.05, height) if nx else (0.05, 0.075, height)
            cross = (0.075, width, 0.05) if nx else (width, 0.075, 0.05)
            solids += [
                box(frame, spot, trim, DRESSING),
                box(glass, spot, pane, DRESSING),
                box(bar, spot, trim, DRESSING),
                box(cross, spot, trim, DRESSING),
            ]
    return [Piece(join(solids), (at[0], at[1], top / 2), wide, index, blocks_light=False)]


def _furniture(text: str, place: Seen, chance: np.random.Generator, hx: float, hy: float) -> list[Piece]:
    wood = look_of(place, "furniture", "#7a5a3c")
    dark = Finish(tuple(0.6 * c for c in wood.colour))  # type: ignore[arg-type]
    cloth = finish("", ("#8c4a3f", "#4f6b6a", "#7b6a8c", "#a08a4f")[int(chance.integers(4))])
    pieces: list[Piece] = []

    def add(solids: list[Solid], x: float, y: float, radius: float, wall: int) -> None:
        pieces.append(Piece(join(solids), (x, y, 0.6), radius, wall))

    if says(text, "lamp room", "lighthouse"):
        brass, lens = finish("brass"), Finish((0.72, 0.8, 0.78), 0.8, 0.35)
        x, y = 0.0, hy - 0.95
        rings = [
            tube(
                (x, y, 1.0 + 0.22 * i),
                (x, y, 1.06 + 0.22 * i),
                0.56 - 0.05 * abs(i - 3),
                brass,
                DRESSING,
                detail=20,
            )
            for i in range(7)
        ]
        add(
            [
                tube((x, y, 0), (x, y, 0.95), 0.42, dark, DRESSING, top=0.34, detail=18),
                ball((0.46, 0.46, 0.78), (x, y, 1.7), lens, DRESSING, 18),
                *rings,
            ],
            x,
            y,
            0.7,
            0,
        )
        add(
            [
                box((0.9, 0.5, 0.06), (-hx + 0.6, -hy + 0.9, 0.8), wood, DRESSING),
                box((0.8, 0.4, 0.8), (-hx + 0.6, -hy + 0.9, 0.4), dark, DRESSING),
            ],
            -hx + 0.6,
            -hy + 0.9,
            0.6,
            2,
        )
        return pieces
    if says(text, "kitchen", "galley", "diner"):
        tile = finish("", "#d9d4c6")
        counter = [
            box((2 * hx - 0.6, 0.6, 0.86), (0, hy - 0.32, 0.43), cloth, DRESSING),
            box((2 * hx - 0.55, 0.66, 0.05), (0, hy - 0.33, 0.9), wood, DRESSING),
            box((0.62, 0.6, 0.95), (hx - 0.9, hy - 0.34, 0.48), finish("", "#3b3f43"), DRESSING),
            box((1.4, 0.32, 0.65), (-hx + 1.2, hy - 0.18, 2.0), tile, DRESSING),
            tube((hx - 0.9, hy - 0.34, 0.96), (hx - 0.9, hy - 0.34, 1.14), 0.12, finish("copper"), DRESSING),
            tube((-0.2, hy - 0.34, 0.93), (-0.2, hy - 0.34, 1.12), 0.06, tile, DRESSING),
        ]
        add(counter, 0, hy - 0.3, 2.0, 0)
        add(
            [box((0.5, 1.2, 1.9), (-hx + 0.28, -hy + 1.2, 0.95), wood, DRESSING)],
            -hx + 0.3,
            -hy + 1.2,
            0.7,
            2,
        )
        return pieces
    if says(text, "office", "study", "library", "shop", "archive"):
        for side, wall in ((1, 0), (-1, 1)):
            shelf = [box((2.4, 0.34, 2.1), (-0.9, side * (hy - 0.2), 1.05), dark, DRESSING)]
            for row in range(4):
                for col in range(12):
                    book = finish("", ("#8c3b32", "#3f5f7a", "#c2a45a", "#4c6b4a", "#d8d0bd")[int(chance.integers(5))])
                    tall = 0.26 + 0.1 * chance.random()
                    shelf.append(
                        box(
                            (0.15, 0.3, tall),
                            (-1.95 + 0.19 * col, side * (hy - 0.36), 0.3 + 0.5 * row + tall / 2),
                            book,
                            DRESSING,
                        )
                    )
            add(shelf, -0.9, side * (hy - 0.2), 1.4, wall)
        add(
            [
                box((1.6, 0.8, 0.05), (hx - 1.1, hy - 1.0, 0.75), wood, DRESSING),
                box((1.4, 0.6, 0.72), (hx - 1.1, hy - 1.0, 0.36), dark, DRESSING),
            ],
            hx - 1.1,
            hy - 1.0,
            0.9,
            0,
        )
        return pieces
    if says(text, "bar", "pub", "saloon", "cafe", "restaurant"):
        bottles = [
            tube(
                (-2 + 0.28 * i, hy - 0.25, 1.5),
                (-2 + 0.28 * i, hy - 0.25, 1.78),
                0.05,
                finish("", ("#3f6b4a", "#8c5a2b", "#7a2f2f")[i % 3]),
                DRESSING,
            )
            for i in range(15)
        ]
        add(
            [
                box((4.6, 0.3, 0.06), (0, hy - 0.25, 1.47), dark, DRESSING),
                box((4.8, 0.5, 1.1), (0, hy - 1.0, 0.55), wood, DRESSING),
                box((5.0, 0.62, 0.06), (0, hy - 1.0, 1.13), dark, DRESSING),
                *bottles,
            ],
            0,
            hy - 0.8,
            2.4,
            0,
        )
        return pieces
    # A room: a sofa, a shelf, a picture, a floor lamp.
    add(
        [
            box((1.9, 0.8, 0.42), (-0.8, hy - 0.55, 0.25), cloth, DRESSING),
            box((1.9, 0.22, 0.5), (-0.8, hy - 0.22, 0.62), cloth, DRESSING),
        ],
        -0.8,
        hy - 0.5,
        1.1,
        0,
    )
    add([box((0.4, 1.3, 1.7), (hx - 0.25, 0.9, 0.85), wood, DRESSING)], hx - 0.25, 0.9, 0.8, 3 - 1)
    add(
        [
            box((1.1, 0.04, 0.75), (0.9, -hy + 0.05, 1.55), cloth, DRESSING),
            box((1.2, 0.03, 0.85), (0.9, -hy + 0.03, 1.55), dark, DRESSING),
        ],
        0.9,
        -hy + 0.05,
        0.7,
        1,
    )
    add(
        [
            tube((hx - 0.6, hy - 0.5, 0), (hx - 0.6, hy - 0.5, 1.45), 0.02, dark, DRESSING),
            tube(
                (hx - 0.6, hy - 0.5, 1.4),
                (hx - 0.6, hy - 0.5, 1.72),
                0.24,
                Finish((0.85, 0.7, 0.45), 0, 0.7),
                DRESSING,
                top=0.15,
            ),
        ],
        hx - 0.6,
        hy - 0.5,
        0.4,
        0,
    )
    return pieces
