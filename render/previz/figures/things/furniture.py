"""Furniture, and what stands about like it. Sizes are those of real rooms."""

import numpy as np

from render.previz.colours import shade
from render.previz.figures.things.making import BRASS, DARK, PANE, STEEL, WHITE, WOOD, Making
from render.previz.solid import Solid


def chair(m: Making) -> list[Solid]:
    """A chair that faces ahead; a stool has no back; a throne is tall; a wheelchair rolls."""
    wood = m.main("#7a4f2a", "wood legs frame", "seat cushion")
    seat = m.part("seat cushion", wood)
    if m.says("wheelchair"):
        parts = [
            m.box((0.44, 0.42, 0.05), (0, 0, 0.5), m.part("seat cushion", "#2a3446")),
            m.box((0.04, 0.42, 0.45), (-0.22, 0, 0.74), m.part("seat cushion", "#2a3446")),
        ]
        for y in (-0.27, 0.27):
            parts += [
                *m.spoked(-0.1, 0.3, 0.02, DARK, 8, y),
                m.tube((0.3, 0.8 * y, 0.08), (0.3, 0.9 * y, 0.08), 0.08, DARK),
                m.rope(
                    [
                        (-0.34, y * 0.8, 0.92),
                        (-0.22, y * 0.8, 0.92),
                        (-0.22, y * 0.8, 0.5),
                        (0.25, y * 0.8, 0.5),
                        (0.3, y * 0.8, 0.1),
                    ],
                    0.012,
                    STEEL,
                    5,
                ),
                m.box((0.3, 0.04, 0.03), (-0.02, y * 0.85, 0.68), DARK),
            ]
        return parts
    if m.says("stool", "barstool"):
        high = 0.72 if m.says("bar") or "bar" in m.word else 0.46
        return [
            m.tube((0, 0, high), (0, 0, high + 0.045), 0.17, seat, detail=16),
            *(
                m.tube((0.17 * i, 0.17 * j, 0), (0.1 * i, 0.1 * j, high), 0.016, wood, detail=6)
                for i in (-1, 1)
                for j in (-1, 1)
            ),
            m.ring((0, 0, 0.5 * high - 0.05), 0.185, 0.010, wood, points=12, detail=5),
        ]
    tall = 1.5 if m.says("throne") else 0.92
    wide = 0.3 if m.says("throne") else 0.2
    parts = [m.box((0.42, 2 * wide + 0.03, 0.04), (0, 0, 0.45), seat), *m.legs(0.18, wide - 0.02, 0.45, 0.02, wood)]
    parts += [
        m.tube((-0.19, s * (wide - 0.015), 0.45), (-0.25, s * (wide - 0.015), tall), 0.018, wood, detail=6)
        for s in (-1, 1)
    ]
    if m.says("throne"):
        return [
            *parts,
            m.box((0.05, 2 * wide - 0.04, 0.95), (-0.215, 0, 0.97), m.part("back cushion", seat)),
            *(m.ball(0.045, (-0.25, s * wide, tall), BRASS, 8) for s in (-1, 1)),
            *(m.box((0.4, 0.06, 0.05), (0, s * wide, 0.68), wood) for s in (-1, 1)),
            *(m.box((0.05, 0.05, 0.24), (0.18, s * wide, 0.56), wood) for s in (-1, 1)),
        ]
    return [
        *parts,
        *(m.box((0.022, 2 * wide - 0.04, 0.06), (-0.205 - 0.06 * k, 0, 0.60 + 0.13 * k), wood) for k in (0, 1)),
        m.box((0.024, 2 * wide, 0.09), (-0.245, 0, 0.87), wood),
    ]


def armchair(m: Making) -> list[Solid]:
    """A padded chair, a sofa of three seats, or a bench of slats."""
    if m.says("bench", "pew"):
        wood = m.main("#6f4a2a", "wood slats", "legs")
        iron = m.part("legs iron frame", "#26282a")
        return [
            *(m.box((0.09, 1.5, 0.03), (x, 0, 0.45), wood) for x in (-0.14, -0.03, 0.08, 0.19)),
            *(m.box((0.03, 1.5, 0.09), (-0.22 - 0.02 * k, 0, 0.60 + 0.13 * k), wood) for k in range(3)),
            *(
                m.rope([(0.2, y, 0), (0.18, y, 0.43), (-0.18, y, 0.43), (-0.26, y, 0.92)], 0.02, iron, 5)
                for y in (-0.6, 0.6)
            ),
            *(m.tube((-0.18, y, 0.43), (-0.22, y, 0), 0.02, iron, detail=5) for y in (-0.6, 0.6)),
        ]
    cloth = m.main("#7a3f34", "cloth fabric leather upholstery", "cushion legs")
    pad = m.part("cushion cushions", shade(cloth, 1.25))
    seats = 1 if m.word == "armchair" else 2 if m.says("loveseat") else 3
    wide = 0.58 * seats
    parts = [
        m.box((0.80, wide + 0.30, 0.26), (0, 0, 0.20), cloth),
        m.box((0.20, wide + 0.28, 0.55), (-0.32, 0, 0.58), cloth),
        *(m.box((0.80, 0.16, 0.36), (0, s * (wide / 2 + 0.07), 0.42), cloth) for s in (-1, 1)),
        *m.legs(0.34, wide / 2 + 0.1, 0.08, 0.025, WOOD),
    ]
    for k in range(seats):
        y = (k - (seats - 1) / 2) * 0.58
        parts += [m.box((0.58, 0.56, 0.13), (0.09, y, 0.39), pad), m.box((0.13, 0.55, 0.36), (-0.18, y, 0.62), pad)]
    return parts


def table(m: Making) -> list[Solid]:
    """A table with four legs; a desk has drawers; a counter is closed."""
    wood = m.main("#7a5230", "wood top", "legs cloth")
    legs = m.part("legs", wood)
    if m.says("counter", "altar", "bar", "stall"):
        return [
            m.box((0.6, 1.8, 1.0), (0, 0, 0.5), m.part("front", shade(wood, 0.8))),
            m.box((0.75, 1.95, 0.06), (0, 0, 1.03), wood),
        ]
    if m.says("nightstand", "bedside"):
        return [
            m.box((0.4, 0.45, 0.42), (0, 0, 0.34), wood),
            *m.legs(0.17, 0.19, 0.14, 0.02, legs),
            m.box((0.02, 0.38, 0.14), (0.2, 0, 0.44), shade(wood, 1.2)),
            m.ball(0.018, (0.215, 0, 0.44), BRASS, 6),
        ]
    high, deep, wide = (0.42, 0.6, 1.1) if m.says("coffee") else (0.75, 0.8, 1.4)
    parts = [
        m.box((deep, wide, 0.04), (0, 0, high - 0.02), wood),
        m.box((deep - 0.1, wide - 0.1, 0.08), (0, 0, high - 0.08), shade(wood, 0.8)),
    ]
    if m.says("desk", "workbench"):
        return [
            *parts,
            *(
                m.box((deep - 0.08, 0.4, high - 0.06), (0, s * (wide / 2 - 0.23), (high - 0.06) / 2), shade(wood, 0.9))
                for s in (-1, 1)
            ),
            *(
                m.box((0.02, 0.34, 0.18), (-(deep / 2 - 0.04), s * (wide / 2 - 0.23), z), wood)
                for s in (-1, 1)
                for z in (0.13, 0.34, 0.55)
            ),
            *(
                m.ball(0.017, (-(deep / 2 - 0.025), s * (wide / 2 - 0.23), z), BRASS, 6)
                for s in (-1, 1)
                for z in (0.13, 0.34, 0.55)
            ),
        ]
    return [*parts, *m.legs(deep / 2 - 0.07, wide / 2 - 0.07, high - 0.04, 0.032, legs)]


def bed(m: Making) -> list[Solid]:
    """A bed with pillow and cover, its head behind; a stretcher and a mattress are bare; a bath is white."""
    if m.says("bath", "bathtub"):
        white = m.main("#e6e6e2")
        rows = [(0.0, 0.5), (0.10, 0.62), (0.5, 0.82), (0.56, 0.86), (0.55, 0.78), (0.45, 0.74)]
        from render.previz.solid import lathe

        return [
            lathe([(z, 0.0, r, 0.45 * r) for z, r in rows], white, m.entity, detail=20),
            m.rope([(0.7, 0, 0.5), (0.72, 0, 0.7), (0.62, 0, 0.68)], 0.02, BRASS),
        ]
    wood = m.main("#6b4326", "wood frame", "cover blanket sheet pillow mattress quilt")
    cover = m.part("cover blanket quilt bedspread", "#4f6a86")
    sheet = m.part("sheet mattress pillow", WHITE)
    if m.says("stretcher", "gurney"):
        return [
            m.box((1.95, 0.6, 0.08), (0, 0, 0.78), sheet),
            *(m.tube((-1.1, s * 0.3, 0.74), (1.1, s * 0.3, 0.74), 0.02, STEEL) for s in (-1, 1)),
            *m.legs(0.8, 0.26, 0.74, 0.018, STEEL),
        ]
    if m.word == "mattress":
        return [m.box((1.9, 0.95, 0.2), (0, 0, 0.1), sheet)]
    by = 0.6 if m.says("cradle", "cot", "crib") else 1.0
    long, wide = 2.0 * by, (1.5 if m.says("double", "king", "four-poster") else 1.0) * by
    parts = [
        m.box((long, wide, 0.14), (0, 0, 0.28), wood),
        m.box((long - 0.06, wide - 0.04, 0.18), (0, 0, 0.43), sheet),
        m.box((long * 0.68, wide, 0.14), (0.14 * long, 0, 0.47), cover),
        m.box((0.32 * by, 0.7 * wide, 0.11), (-long / 2 + 0.24 * by, 0, 0.56), sheet),
    ]
    return [
        *parts,
        m.box((0.06, wide + 0.06, 0.95), (-long / 2 - 0.02, 0, 0.475), wood),
        m.box((0.06, wide + 0.06, 0.60), (long / 2 + 0.02, 0, 0.30), wood),
    ]


def cupboard(m: Making) -> list[Solid]:
    """A tall body with doors; shelves are open; a fridge is white; a phone box is red and glazed."""
    if m.says("phone box", "telephone box", "phone booth"):
        red = m.main("#a81c1c", "", "glass")
        return [
            m.box((0.86, 0.86, 0.12), (0, 0, 0.06), shade(red, 0.6)),
            m.box((0.76, 0.76, 2.1), (0, 0, 1.15), PANE),
            *(m.box((0.10, 0.10, 2.1), (i * 0.38, j * 0.38, 1.15), red) for i in (-1, 1) for j in (-1, 1)),
            *(m.box((0.80, 0.80, 0.035), (0, 0, z), red) for z in (0.45, 0.8, 1.15, 1.5, 1.85)),
            m.box((0.9, 0.9, 0.22), (0, 0, 2.3), red),
            m.box((0.78, 0.78, 0.08), (0, 0, 2.44), red),
        ]
    white = m.says("fridge", "refrigerator", "washing machine", "stove", "oven range")
    body = m.main("#dcdcd6" if white else "#7a5230", "wood doors", "handle")
    x, y, z = (
        (0.6, 0.62, 1.7)
        if m.says("fridge", "refrigerator")
        else (0.6, 0.6, 0.88)
        if white
        else (0.45, 0.9, 0.95)
        if m.says("dresser", "drawer", "sideboard")
        else (0.5, 0.48, 1.3)
        if m.says("filing", "server", "locker")
        else (0.5, 1.1, 1.9)
    )
    if m.says("bookcase", "bookshelf", "shelf", "shelves"):
        parts = [
            m.box((0.02, y, z), (-0.14, 0, z / 2), shade(body, 0.6)),
            *(m.box((0.3, 0.04, z), (0, s * y / 2, z / 2), body) for s in (-1, 1)),
            *(m.box((0.3, y, 0.035), (0, 0, k), body) for k in np.linspace(0.02, z - 0.02, 6)),
        ]
        tints = ("#7a2a24", "#2f4a6a", "#4a5a34", "#b08a4a", "#5a3f5a")
        return [
            *parts,
            *(
                m.box(
                    (0.2, 0.14, 0.24 + 0.02 * (k % 3)),
                    (-0.02, -0.45 + 0.155 * (k % 7), 0.17 + 0.372 * (k // 7)),
                    m.part("books", tints[(3 * k) % 5]),
                )
                for k in range(28)
            ),
        ]
    drawers = m.says("drawer", "filing", "dresser", "server")
    parts = [
        m.box((x, y, z - 0.04), (0, 0, (z - 0.04) / 2 + 0.02), body),
        m.box((x + 0.04, y + 0.04, 0.03), (0, 0, z - 0.015), shade(body, 0.85)),
    ]
    if drawers:
        rows = np.linspace(0.14, z - 0.16, 4)
        return [
            *parts,
            *(m.box((0.02, y - 0.08, (z - 0.14) / 4 - 0.03), (x / 2, 0, k), shade(body, 1.2)) for k in rows),
            *(m.box((0.03, 0.12, 0.016), (x / 2 + 0.015, 0, k), BRASS) for k in rows),
        ]
    if m.says("washing machine"):
        return [
            *parts,
            m.ring((x / 2, 0, 0.42), 0.17, 0.022, STEEL, "x"),
            m.tube((x / 2 - 0.01, 0, 0.42), (x / 2 + 0.01, 0, 0.42), 0.16, PANE, detail=18),
        ]
    halves = 1 if white else 2
    doors = [
        m.box(
            (0.02, y / halves - 0.04, z - 0.14), (x / 2, (k - (halves - 1) / 2) * y / halves, z / 2), shade(body, 1.15)
        )
        for k in range(halves)
    ]
    handles = [
        m.box(
            (0.03, 0.018, 0.14),
            (x / 2 + 0.015, s * (0.05 if halves == 2 else 0.24), 0.55 * z),
            m.part("handle handles", STEEL if white else BRASS),
        )
        for s in ((-1, 1) if halves == 2 else (1,))
    ]
    return [*parts, *doors, *handles]


def mirror(m: Making) -> list[Solid]:
    """What hangs or stands in a frame: a mirror, a painting, a board; a sign stands on its post."""
    frame = m.main("#9a7434", "frame", "glass picture canvas board text")
    if m.says("sign", "placard", "billboard"):
        board = m.part("board", frame if frame.part else m.main("#d8d2bf"))
        return [
            m.tube((0, 0, 0), (0, 0, 1.3), 0.025, m.part("post pole", WOOD)),
            m.box((0.03, 0.6, 0.4), (0.02, 0, 1.1), board),
            *(
                m.box((0.004, w, 0.03), (0.037, 0, z), m.part("text letters", DARK))
                for w, z in ((0.45, 1.2), (0.36, 1.1), (0.42, 1.0))
            ),
        ]
    face = (
        "#b9cdd2"
        if m.says("mirror", "window")
        else "#24382f"
        if m.says("blackboard")
        else "#e8e8e4"
        if m.says("whiteboard")
        else "#5a6a5f"
    )
    look = m.part("glass picture canvas board painting photograph", face)
    by = 0.3 if m.says("photograph") else 1.0
    parts = [
        m.box((0.03 * by, 0.62 * by, 0.80 * by), (0, 0, 0.40 * by), frame),
        m.box((0.032 * by, 0.52 * by, 0.70 * by), (0.002, 0, 0.40 * by), look),
    ]
    if m.says("painting", "portrait", "canvas", "picture", "photograph", "easel"):
        parts += [
            m.box((0.033 * by, 0.52 * by, 0.22 * by), (0.002, 0, 0.16 * by), shade(look, 0.45)),
            m.ball((0.012 * by, 0.10 * by, 0.13 * by), (0.016 * by, 0.02, 0.46 * by), shade(look, 1.9), 8),
        ]
    return parts


def ladder(m: Making) -> list[Solid]:
    """A ladder, upright."""
    wood = m.main("#a8814f")
    return [
        *(m.tube((0, s * 0.2, 0), (0, s * 0.17, 2.2), 0.022, wood, detail=6) for s in (-1, 1)),
        *(m.tube((0, -0.2, z), (0, 0.2, z), 0.016, wood, detail=6) for z in np.linspace(0.25, 2.05, 8)),
    ]


def gravestone(m: Making) -> list[Solid]:
    """A stone with a round head on its plinth."""
    stone = m.main("#84867f", "stone", "text")
    head = [(0.28 * float(np.cos(t)), 0.62 + 0.28 * float(np.sin(t))) for t in np.linspace(0, np.pi, 9)]
    return [
        m.slab([(0.28, 0.1), *head, (-0.28, 0.1)], -0.06, 0.06, stone, "x"),
        m.box((0.26, 0.74, 0.12), (0, 0, 0.06), shade(stone, 0.8)),
        *(
            m.box((0.004, w, 0.02), (0.062, 0, z), shade(stone, 0.4))
            for w, z in ((0.3, 0.66), (0.22, 0.58), (0.26, 0.5))
        ),
    ]
