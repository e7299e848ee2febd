"""What rolls, floats and flies. Metres; the front is +x."""

import numpy as np

from render.previz.colours import Finish, shade
from render.previz.figures.mesh import rings_of
from render.previz.figures.things.making import BRASS, DARK, PANE, RUBBER, STEEL, WHITE, Making
from render.previz.solid import Solid, skin

_LAMP, _REAR = Finish((0.85, 0.82, 0.70), 0.6), Finish((0.45, 0.03, 0.02), 0.5)


def _toy(m: Making, parts: list[Solid], by: float) -> list[Solid]:
    """The same, small, where it is a toy."""
    if not m.says("toy", "model", "paper"):
        return parts
    matrix = np.diag((by, by, by, 1.0))
    from dataclasses import replace

    return [
        replace(p, vertices=(p.vertices @ matrix[:3, :3].T).astype(np.float32), rest=p.rest * np.float32(by))
        for p in parts
    ]


def car(m: Making) -> list[Solid]:
    """A saloon; a taxi has a sign, a police car a bar of lights, a jeep and a convertible no roof."""
    taxi, police = m.says("taxi", "cab"), m.says("police", "patrol")
    body = m.main(
        "#e0b21f" if taxi else "#e4e4e2" if police else "#1c1c1f" if m.says("limousine", "hearse") else "#8a2a24",
        "paint car",
        "glass wheels roof lights",
    )
    glass = m.part("glass windows windscreen", PANE)
    roof = m.part("roof top", body)
    long = 1.35 if m.says("limousine", "hearse") else 1.0
    side = [
        (2.1, 0.30),
        (2.14, 0.55),
        (2.0, 0.78),
        (0.95, 0.90),
        (-1.55, 0.92),
        (-2.05, 0.88),
        (-2.14, 0.60),
        (-2.1, 0.30),
    ]
    cabin = [(0.95, 0.90), (0.30, 1.38), (-0.95, 1.40), (-1.55, 0.92)]
    top = [(0.36, 1.34), (0.26, 1.42), (-0.92, 1.44), (-1.02, 1.36)]
    parts = [m.slab([(x * long, z) for x, z in side], -0.86, 0.86, body)]
    if m.says("jeep", "convertible", "race", "buggy"):
        parts += [
            m.slab([(0.85, 0.90), (0.45, 1.28), (0.42, 1.28), (0.78, 0.90)], -0.74, 0.74, glass),
            *(
                m.box((0.12, 0.55, 0.5), (x, y, 1.02), m.part("seats seat", "#3a2a22"))
                for x in (-0.35, -1.15)
                for y in (-0.38, 0.38)
            ),
        ]
    elif m.says("pickup"):
        parts += [
            m.slab([(0.95, 0.90), (0.40, 1.45), (-0.35, 1.47), (-0.45, 0.92)], -0.76, 0.76, glass),
            m.slab([(0.46, 1.40), (0.38, 1.49), (-0.33, 1.51), (-0.38, 1.42)], -0.78, 0.78, roof),
            m.box((1.5, 1.5, 0.02), (-1.3, 0, 0.93), DARK),
        ]
    else:
        parts += [
            m.slab([(x * long, z) for x, z in cabin], -0.74, 0.74, glass),
            m.slab([(x * long, z) for x, z in top], -0.76, 0.76, roof),
        ]
        parts += [m.box((0.09, 1.53, 0.5), (x * long, 0, 1.15), body) for x in (-0.30,)]
        parts += [
            m.slab(
                [(x * long, z), (x * long + 0.07, z), (u * long + 0.06, 1.39), (u * long, 1.39)], -0.765, 0.765, body
            )
            for x, z, u in ((0.92, 0.9, 0.28), (-1.58, 0.92, -0.98))
        ]
    parts += [m.box((0.008, 1.72, 0.008), (x * long, 0, 0.75), shade(body, 0.4)) for x in (0.9, -1.5)]
    for x in (1.32 * long, -1.32 * long):
        for y in (-0.78, 0.78):
            parts += m.wheel(x, y, 0.33, 0.2)
    parts += [
        m.tube((2.08 * long, y, 0.66), (2.13 * long, y, 0.66), 0.10, Finish(_LAMP.colour, 0.6, 1.0) if m.lit else _LAMP)
        for y in (-0.62, 0.62)
    ]
    parts += [m.box((0.03, 0.24, 0.12), (-2.12 * long, y, 0.68), _REAR) for y in (-0.64, 0.64)]
    parts += [m.box((0.10, 1.76, 0.12), (x * long, 0, 0.40), STEEL) for x in (2.13, -2.13)]
    parts += [m.box((0.02, 0.7, 0.14), (2.13 * long, 0, 0.58), DARK)]
    parts += [m.box((0.12, 0.02, 0.025), (x * long, s * 0.87, 0.80), STEEL) for x in (0.05, -0.85) for s in (-1, 1)]
    if taxi:
        parts.append(m.box((0.16, 0.5, 0.15), (-0.3, 0, 1.51), m.part("sign light", "#f2e6b0")))
        parts += [m.box((3.0, 1.73, 0.07), (-0.2, 0, 0.68), m.part("stripe checker", DARK))]
    if police:
        parts += [
            m.box((2.2, 1.73, 0.22), (-0.3, 0, 0.66), m.part("stripe doors", "#1f3a7a")),
            m.box((0.2, 0.5, 0.12), (-0.3, 0.3, 1.5), Finish((0.05, 0.1, 0.7), 0.5, 1.0 if m.lit else 0.0)),
            m.box((0.2, 0.5, 0.12), (-0.3, -0.3, 1.5), Finish((0.7, 0.03, 0.03), 0.5, 1.0 if m.lit else 0.0)),
        ]
    return _toy(m, parts, 0.06)


def van(m: Making) -> list[Solid]:
    """A van; a truck has a load behind its cab, a bus its row of windows, an ambulance a cross."""
    bus = m.says("bus", "coach", "double-decker")
    truck = m.says("truck", "lorry", "tanker", "fire engine", "removal")
    body = m.main(
        "#a81f1a"
        if bus or m.says("fire")
        else "#e4e4de"
        if m.says("ambulance", "ice cream")
        else "#d9a72a"
        if m.says("school")
        else "#3f6a86",
        "paint",
        "glass wheels",
    )
    glass = m.part("glass windows windscreen", PANE)
    if bus:
        high = 4.2 if m.says("double-decker") else 3.0
        parts = [
            m.box((9.0, 2.4, high - 0.45), (0, 0, 0.45 + (high - 0.45) / 2), body),
            *(m.box((8.3, 2.42, 0.75), (-0.2, 0, z), glass) for z in ((1.95,) if high < 4 else (1.75, 3.35))),
            *(m.box((0.10, 2.44, 0.8), (x, 0, 1.95), body) for x in np.linspace(-4.0, 3.6, 7)),
            m.box((0.05, 2.1, 1.15), (4.49, 0, 1.85), glass),
        ]
        axles, r = (2.9, -2.6), 0.48
        front, y0 = 4.5, 1.05
    elif truck:
        cab = [(3.1, 0.5), (3.1, 1.35), (2.85, 2.35), (1.6, 2.45), (1.6, 0.5)]
        parts = [
            m.slab(cab, -1.1, 1.1, body),
            m.slab([(3.115, 1.42), (2.90, 2.22), (2.84, 2.22), (3.0, 1.42)], -0.98, 0.98, glass),
            m.box((0.75, 2.22, 0.6), (2.3, 0, 1.85), glass),
            m.box((6.2, 1.0, 0.3), (0, 0, 0.65), DARK),
        ]
        if m.says("tanker", "tank"):
            parts.append(m.tube((-3.1, 0, 1.75), (1.4, 0, 1.75), 1.05, m.part("tank", STEEL), detail=20))
        else:
            parts += [
                m.box(
                    (4.6, 2.3, 2.0),
                    (-0.85, 0, 1.85),
                    m.part("box load trailer", shade(body, 0.75) if m.says("fire") else "#c9c4b4"),
                )
            ]
        if m.says("fire"):
            parts += [m.box((4.4, 0.10, 0.12), (-0.3, y, 3.0), STEEL) for y in (-0.3, 0.3)] + [
                m.box((0.2, 1.4, 0.2), (2.3, 0, 2.5), Finish((0.05, 0.1, 0.7), 0.5, 1.0 if m.lit else 0.0))
            ]
        axles, r = (2.3, -1.3, -2.4), 0.5
        front, y0 = 3.1, 0.9
    else:
        shape = [(2.4, 0.40), (2.42, 1.0), (1.75, 1.22), (1.25, 2.10), (1.0, 2.2), (-2.35, 2.2), (-2.42, 0.40)]
        parts = [
            m.slab(shape, -0.92, 0.92, body),
            m.slab([(1.80, 1.25), (1.32, 2.05), (1.26, 2.05), (1.70, 1.25)], -0.80, 0.80, glass),
            m.slab([(1.55, 1.28), (1.15, 1.95), (0.45, 1.95), (0.45, 1.28)], -0.93, 0.93, glass),
            *(m.box((0.012, 1.86, 1.6), (x, 0, 1.2), shade(body, 0.4)) for x in (0.35, -0.9)),
        ]
        if m.says("minibus", "camper", "campervan", "caravan", "ambulance"):
            parts.append(m.box((2.0, 1.86, 0.55), (-1.1, 0, 1.65), glass))
        if m.says("ambulance"):
            cross = m.part("cross stripe", "#c01f1f")
            parts += [
                m.box((0.7, 1.88, 0.2), (-0.3, 0, 1.15), cross),
                m.box((0.2, 1.88, 0.7), (-0.3, 0, 1.15), cross),
                m.box((0.2, 1.2, 0.16), (0.9, 0, 2.28), Finish((0.05, 0.1, 0.7), 0.5, 1.0 if m.lit else 0.0)),
            ]
        axles, r = (1.5, -1.5), 0.36
        front, y0 = 2.4, 0.82
    for x in axles:
        for y in (-y0, y0):
            parts += m.wheel(x, y, r, 0.26)
    parts += [
        m.tube(
            (front - 0.02, y, 0.85), (front + 0.06, y, 0.85), 0.13, Finish(_LAMP.colour, 0.6, 1.0) if m.lit else _LAMP
        )
        for y in (-0.8 * y0, 0.8 * y0)
    ]
    return _toy(m, [*parts, m.box((0.12, 2.1 * y0, 0.18), (front + 0.04, 0, 0.5), STEEL)], 0.05)


def bicycle(m: Making) -> list[Solid]:
    """A bicycle with its frame, handlebar, saddle, pedals."""
    paint = m.main("#2f5a7a", "frame paint", "saddle wheels")
    saddle = m.part("saddle seat", "#4a2a1a")
    if m.says("scooter") and not m.says("bike"):
        return [
            *m.wheel(0.4, 0, 0.11, 0.05),
            *m.wheel(-0.4, 0, 0.11, 0.05),
            m.box((0.72, 0.14, 0.04), (-0.05, 0, 0.14), paint),
            m.tube((0.38, 0, 0.12), (0.28, 0, 0.95), 0.018, paint),
            m.tube((0.28, -0.22, 0.95), (0.28, 0.22, 0.95), 0.016, DARK),
        ]
    crank, head, seat = (-0.08, 0, 0.30), (0.36, 0, 0.80), (-0.22, 0, 0.80)
    bars = [
        (crank, head),
        (crank, seat),
        ((-0.20, 0, 0.74), (0.37, 0, 0.76)),
        (crank, (-0.52, 0, 0.34)),
        ((-0.21, 0, 0.76), (-0.52, 0, 0.34)),
        ((0.35, 0, 0.86), (0.52, 0, 0.34)),
    ]
    parts = [m.tube(a, b, 0.017, paint, detail=7) for a, b in bars]
    parts += [*m.spoked(0.52, 0.34, 0.022, RUBBER, 8), *m.spoked(-0.52, 0.34, 0.022, RUBBER, 8)]
    parts += [
        m.rope(
            [(0.30, -0.28, 1.0), (0.40, -0.18, 1.02), (0.36, 0, 0.98), (0.40, 0.18, 1.02), (0.30, 0.28, 1.0)],
            0.013,
            STEEL,
            5,
        ),
        m.tube((0.35, 0, 0.86), (0.36, 0, 0.98), 0.014, STEEL, detail=6),
    ]
    parts += [
        m.ball((0.13, 0.075, 0.035), (-0.23, 0, 0.88), saddle, 8),
        m.tube(seat, (-0.23, 0, 0.88), 0.013, STEEL, detail=6),
        m.tube((-0.08, -0.03, 0.30), (-0.08, 0.03, 0.30), 0.085, STEEL, detail=12),
    ]
    return [
        *parts,
        m.box((0.09, 0.08, 0.02), (0.02, 0.12, 0.18), DARK),
        m.box((0.09, 0.08, 0.02), (-0.18, -0.12, 0.42), DARK),
        m.tube((-0.08, 0.06, 0.3), (0.02, 0.08, 0.18), 0.010, STEEL, detail=5),
        m.tube((-0.08, -0.06, 0.3), (-0.18, -0.08, 0.42), 0.010, STEEL, detail=5),
    ]


def motorbike(m: Making) -> list[Solid]:
    """A motorcycle: tank, seat, engine, exhaust, lamp."""
    paint = m.main("#8a1f1c", "tank paint", "seat wheels")
    parts = [*m.wheel(0.72, 0, 0.32, 0.12), *m.wheel(-0.68, 0, 0.32, 0.16)]
    parts += [
        m.ball((0.30, 0.15, 0.14), (0.12, 0, 0.80), paint, 12),
        m.box((0.62, 0.24, 0.09), (-0.42, 0, 0.77), m.part("seat saddle", "#241c18")),
        m.box((0.36, 0.24, 0.30), (0.06, 0, 0.47), STEEL),
        *(m.box((0.38, 0.28, 0.018), (0.06, 0, z), DARK) for z in (0.42, 0.48, 0.54)),
    ]
    parts += [m.tube((0.72, s * 0.09, 0.32), (0.42, s * 0.09, 0.98), 0.025, STEEL, detail=7) for s in (-1, 1)]
    parts += [m.tube((-0.68, s * 0.12, 0.32), (0.0, s * 0.12, 0.40), 0.025, DARK, detail=6) for s in (-1, 1)] + [
        m.tube((0.1, -0.17, 0.30), (-0.85, -0.19, 0.36), 0.045, STEEL, 0.06)
    ]
    parts += [
        m.rope(
            [(0.22, -0.36, 1.04), (0.38, -0.2, 1.06), (0.42, 0, 1.0), (0.38, 0.2, 1.06), (0.22, 0.36, 1.04)],
            0.016,
            DARK,
            5,
        ),
        m.tube((0.46, 0, 0.90), (0.58, 0, 0.90), 0.07, paint, 0.095, 12),
        m.tube((0.57, 0, 0.90), (0.588, 0, 0.90), 0.085, Finish(_LAMP.colour, 0.6, 1.0 if m.lit else 0.0), detail=12),
    ]
    arcs = [(0.72, 0.36, 0.4, 2.3), (-0.68, 0.37, 0.9, 2.9)]
    for x, r, a, b in arcs:
        line = [(x + r * float(np.cos(t)), 0, 0.32 + r * float(np.sin(t))) for t in np.linspace(a, b, 8)]
        parts.append(m.rope(line, 0.05, paint, 5))
    return [*parts, m.box((0.04, 0.12, 0.08), (-0.98, 0, 0.58), _REAR)]


def rowboat(m: Making) -> list[Solid]:
    """An open boat with thwarts and oars."""
    paint = m.main("#3f6a86", "hull paint wood", "oars inside")
    inside = m.part("inside thwarts seats", "#9a7444")
    by = 0.75 if m.says("canoe", "kayak", "gondola") else 1.0
    xs = np.linspace(-1.9, 2.1, 9)
    half = 0.72 * by * np.sqrt(np.maximum(1 - ((xs + 0.35) / 2.5) ** 2, 0.004))
    half[0] *= 0.95
    sheer = 0.55 + 0.10 * ((xs - 0.0) / 2) ** 2
    a = np.linspace(-1.0, 1.0, 11)
    outer = np.stack(
        [
            np.stack([x + 0 * a, w * np.sign(a) * np.abs(a) ** 0.6, 0.02 + (z - 0.02) * np.abs(a) ** 2.2], -1)
            for x, w, z in zip(xs, half, sheer, strict=True)
        ]
    )
    inner = outer * (0.98, 0.92, 1.0)
    inner[:, :, 2] += 0.05 * (1 - np.abs(a))[None, :]
    hull = skin(outer, paint, m.entity, around=False, ends=(True, True))
    lining = skin(inner[:, ::-1], inside, m.entity, around=False, ends=(False, False))
    rims = [m.rope(outer[:, k], 0.035, m.part("rail gunwale", shade(paint, 0.6)), 5) for k in (0, -1)]
    seats = [
        m.box((0.22, 1.9 * float(np.interp(x, xs, half)) * 0.92, 0.035), (x, 0, 0.40), inside) for x in (-1.1, 0.0, 1.0)
    ]
    oars = [
        m.tube((-0.3, s * 0.25, 0.46), (1.5, s * 0.20, 0.52), 0.022, m.part("oars oar", "#b58f58"), detail=6)
        for s in (-1, 1)
    ]
    if m.says("speedboat", "motorboat", "fishing boat"):
        oars = [m.box((0.06, 1.0, 0.35), (0.45, 0, 0.75), PANE), m.box((0.3, 0.3, 0.5), (-1.95, 0, 0.6), DARK)]
    return [hull, lining, *rims, *seats, *oars]


def ship(m: Making) -> list[Solid]:
    """A sailing boat: hull, deck, mast, two sails."""
    paint = m.main("#e2dfd4", "hull paint", "sail sails deck")
    sail = m.part("sail sails", "#e9e3d0")
    deck = m.part("deck", "#a8814f")
    xs = np.array((-3.0, -2.0, -0.5, 1.0, 2.2, 3.2))
    half, keel = np.array((0.7, 0.95, 1.05, 0.9, 0.5, 0.03)), np.array((0.45, 0.1, 0.0, 0.05, 0.3, 0.95))
    a = np.linspace(-1, 1, 9)
    rings = np.stack(
        [
            np.stack(
                [x + 0 * a, w * np.sign(a) * np.abs(a) ** 0.5, k + (1.1 + 0.03 * x * x * 0.4 - k) * np.abs(a) ** 1.8],
                -1,
            )
            for x, w, k in zip(xs, half, keel, strict=True)
        ]
    )
    top = np.stack([rings[:, 0], rings[:, -1]], 1) * (0.98, 0.97, 1.0) - (0, 0, 0.06)
    parts = [
        skin(rings, paint, m.entity, around=False),
        skin(top[:, ::-1], deck, m.entity, around=False, ends=(False, False)),
        *(m.rope(rings[:, k], 0.05, shade(paint, 0.5), 5) for k in (0, -1)),
    ]
    parts += [
        m.box((1.4, 1.0, 0.4), (-0.9, 0, 1.25), deck),
        m.tube((0.4, 0, 0.8), (0.4, 0, 7.4), 0.07, m.part("mast", "#6b4a2e"), 0.04),
        m.tube((0.4, 0, 1.9), (-2.6, 0, 1.9), 0.05, m.part("mast boom", "#6b4a2e"), detail=6),
    ]
    main = [(0.3, 2.0), (0.3, 7.1), (-0.6, 5.0), (-2.5, 2.05)]
    jib = [(0.55, 6.6), (3.0, 1.35), (0.9, 1.7)]
    return _toy(m, [*parts, m.slab(main, -0.015, 0.015, sail), m.slab(jib, -0.015, 0.015, sail)], 0.05)


def plane(m: Making) -> list[Solid]:
    """An aeroplane with a propeller; a jet has engines; a paper plane is folded."""
    if m.says("paper"):
        page = m.main("#efe7d3")
        return [
            m.slab([(0.14, 0.0), (-0.12, 0.09), (-0.12, -0.09)], 0.05, 0.052, page, "z"),
            m.slab([(0.14, 0.05), (-0.12, 0.05), (-0.12, 0.0)], -0.002, 0.002, shade(page, 0.85)),
        ]
    body = m.main("#d8d8d2" if m.says("jet") else "#b8342a", "paint fuselage", "wings")
    wings = m.part("wings wing", body)
    rows = [
        (-3.4, 0.06, 0.08),
        (-2.6, 0.22, 0.25),
        (-0.6, 0.5, 0.55),
        (1.2, 0.55, 0.6),
        (2.4, 0.48, 0.5),
        (2.9, 0.30, 0.32),
    ]
    a = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    rings = np.stack([np.stack([x + 0 * a, w * np.cos(a), 1.6 + h * np.sin(a)], -1) for x, w, h in rows])
    parts = [
        skin(rings, body, m.entity),
        m.slab([(1.6, 0.0), (1.4, 4.8), (0.6, 5.0), (-0.1, 0.0), (0.6, -5.0), (1.4, -4.8)], 1.28, 1.38, wings, "z"),
        m.slab([(-2.5, 0), (-2.9, 1.5), (-3.4, 1.5), (-3.4, -1.5), (-2.9, -1.5)], 1.62, 1.68, wings, "z"),
        m.slab([(-2.4, 1.7), (-3.2, 2.8), (-3.6, 2.8), (-3.4, 1.6)], -0.04, 0.04, wings),
    ]
    parts += [
        m.ball((0.7, 0.36, 0.42), (0.6, 0, 2.1), PANE, 10),
        *(m.tube((1.0, y, 1.3), (1.0, 1.2 * y, 0.3), 0.05, STEEL, detail=6) for y in (-0.8, 0.8)),
        *(m.tube((1.0, 1.2 * y - 0.1, 0.3), (1.0, 1.2 * y + 0.1, 0.3), 0.3, RUBBER, detail=14) for y in (-0.8, 0.8)),
        m.tube((-3.2, 0, 1.5), (-3.3, 0, 1.25), 0.05, STEEL, detail=5),
    ]
    if m.says("biplane"):
        parts += [
            m.slab([(1.7, 0.0), (1.5, 4.8), (0.7, 5.0), (0.0, 0.0), (0.7, -5.0), (1.5, -4.8)], 2.75, 2.85, wings, "z"),
            *(m.tube((x, y, 1.35), (x, y, 2.78), 0.035, STEEL, detail=5) for x in (0.7, 1.3) for y in (-3.0, 3.0)),
        ]
    if m.says("jet"):
        parts += [m.tube((-0.2, y, 1.0), (1.5, y, 1.0), 0.36, STEEL, detail=14) for y in (-2.0, 2.0)]
    else:
        parts += [
            m.tube((2.85, 0, 1.6), (3.15, 0, 1.6), 0.2, STEEL, 0.05),
            m.box((0.05, 0.16, 2.2), (3.02, 0, 1.6), DARK),
        ]
    return _toy(m, parts, 0.04)


def train(m: Making) -> list[Solid]:
    """A steam locomotive with its cab and chimney."""
    paint = m.main("#26483a", "boiler paint", "wheels chimney")
    trim = m.part("trim dome bands", BRASS)
    parts = [
        m.box((7.0, 2.2, 0.35), (0, 0, 1.1), DARK),
        m.tube((-1.6, 0, 2.15), (3.2, 0, 2.15), 0.85, paint, detail=20),
        m.tube((3.2, 0, 2.15), (3.5, 0, 2.15), 0.87, DARK, detail=20),
        m.box((1.7, 2.4, 2.3), (-2.5, 0, 2.4), paint),
        m.box((2.1, 2.7, 0.14), (-2.5, 0, 3.6), DARK),
        m.box((0.8, 2.42, 0.8), (-2.5, 0, 2.85), PANE),
        m.tube((2.6, 0, 2.9), (2.6, 0, 3.9), 0.22, m.part("chimney", DARK), 0.32, 14),
        m.ball((0.35, 0.35, 0.4), (0.8, 0, 3.0), trim, 10),
        *(m.tube((x, 0, 2.15), (x + 0.08, 0, 2.15), 0.87, trim, detail=20) for x in (-0.6, 0.6, 1.8)),
        m.tube((3.5, 0, 2.9), (3.7, 0, 2.9), 0.18, _LAMP),
    ]
    for x in (-2.6, -1.0, 0.6, 2.4):
        red = m.part("wheels", "#8a1f1c")
        parts += [m.tube((x, y - 0.08, 0.62), (x, y + 0.08, 0.62), 0.62, red, detail=16) for y in (-0.85, 0.85)]
    return _toy(m, [*parts, *(m.box((4.2, 0.06, 0.14), (-0.6, s * 0.98, 0.6), STEEL) for s in (-1, 1))], 0.05)


def cart(m: Making) -> list[Solid]:
    """A cart on two big wheels; a wheelbarrow has one, a pram and a trolley four."""
    wood = m.main("#7a5230", "wood body", "wheels")
    if m.says("wheelbarrow", "barrow"):
        rows = [
            (0.28, 0.05, 0.25, 0.18),
            (0.36, 0.05, 0.34, 0.26),
            (0.62, 0.10, 0.46, 0.34),
            (0.60, 0.10, 0.42, 0.30),
            (0.45, 0.08, 0.36, 0.26),
        ]
        return [
            skin(rings_of(rows, 16, 4.0), m.main("#3f6a4a"), m.entity),
            *m.wheel(0.72, 0, 0.19, 0.08),
            *(m.tube((0.72, s * 0.08, 0.2), (-0.75, s * 0.28, 0.55), 0.02, STEEL, detail=6) for s in (-1, 1)),
            *(m.tube((-0.22, s * 0.22, 0.4), (-0.3, s * 0.22, 0), 0.018, STEEL, detail=6) for s in (-1, 1)),
        ]
    if m.says("pram", "stroller", "pushchair"):
        body = m.main("#26374f")
        return [
            *(w for x in (-0.32, 0.32) for y in (-0.24, 0.24) for w in m.spoked(x, 0.17, 0.016, DARK, 4, y)),
            skin(
                rings_of(
                    [(0.38, 0, 0.3, 0.18), (0.45, 0, 0.42, 0.24), (0.66, 0, 0.46, 0.26), (0.64, 0, 0.42, 0.23)], 16, 2.6
                ),
                body,
                m.entity,
            ),
            m.ball((0.28, 0.26, 0.34), (-0.2, 0, 0.66), m.part("hood", shade(body, 0.8)), 12),
            m.rope([(-0.4, -0.2, 0.5), (-0.72, -0.22, 0.95), (-0.72, 0.22, 0.95), (-0.4, 0.2, 0.5)], 0.014, STEEL, 5),
        ]
    if m.says("trolley", "shopping cart"):
        wire = m.main("#9aa0a6")
        levels = [(0.42, 0.36, 0.2), (0.6, 0.40, 0.23), (0.8, 0.44, 0.26), (0.98, 0.47, 0.28)]
        hoops = [
            m.rope([(x, -y, z), (x, y, z), (-x, y, z), (-x, -y, z), (x, -y, z)], 0.010, wire, 4) for z, x, y in levels
        ]
        bars = [
            m.tube((i * 0.36, j * 0.2, 0.42), (i * 0.47, j * 0.28, 0.98), 0.008, wire, detail=4)
            for i in (-1, -0.5, 0, 0.5, 1)
            for j in (-1, 1)
        ]
        return [
            *hoops,
            *bars,
            m.box((0.7, 0.4, 0.012), (0, 0, 0.42), wire),
            *(
                m.tube((x, y - 0.02, 0.06), (x, y + 0.02, 0.06), 0.06, RUBBER)
                for x in (-0.36, 0.36)
                for y in (-0.2, 0.2)
            ),
            *m.legs(0.35, 0.2, 0.42, 0.012, wire),
            m.tube((-0.52, -0.27, 1.02), (-0.52, 0.27, 1.02), 0.018, m.part("handle", "#b8342a")),
        ]
    parts = [
        m.box((1.7, 1.0, 0.08), (0, 0, 0.72), wood),
        *(m.box((1.7, 0.05, 0.32), (0, s * 0.5, 0.9), shade(wood, 0.85)) for s in (-1, 1)),
        *(m.box((0.05, 1.0, 0.32), (s * 0.85, 0, 0.9), shade(wood, 0.85)) for s in (-1, 1)),
        *(m.tube((0.8, s * 0.4, 0.7), (2.0, s * 0.3, 0.75), 0.035, wood, detail=6) for s in (-1, 1)),
    ]
    return [
        *parts,
        *(w for y in (-0.62, 0.62) for w in m.spoked(0, 0.62, 0.045, m.part("wheels", "#4a3220"), 8, y)),
        m.tube((0, -0.62, 0.62), (0, 0.62, 0.62), 0.04, DARK, detail=6),
    ]


def rocket(m: Making) -> list[Solid]:
    """A rocket on its fins, with a round window."""
    body = m.main("#d8d8d4", "hull body", "fins nose")
    fins = m.part("fins nose tip", "#b8241c")
    rows = [(0.5, 0.28), (0.9, 0.5), (1.8, 0.62), (2.8, 0.56), (3.4, 0.42)]
    blade = [(0.45, 1.5), (1.0, 0.6), (1.05, 0.0), (0.85, 0.0), (0.45, 0.7)]
    parts = [
        m.turned(rows, body, detail=18),
        m.turned([(3.4, 0.42), (3.9, 0.2), (4.2, 0.01)], fins, detail=18),
        m.slab(blade, -0.04, 0.04, fins),
        m.slab([(-x, z) for x, z in blade], -0.04, 0.04, fins),
        m.slab(blade, -0.04, 0.04, fins, "x"),
        m.slab([(-x, z) for x, z in blade], -0.04, 0.04, fins, "x"),
        m.turned([(0.3, 0.34), (0.5, 0.26)], DARK),
    ]
    small = 0.12 if m.says("firework", "toy", "missile") else 1.0
    parts += [
        m.ring((0.55, 0, 2.5), 0.2, 0.04, BRASS, "x"),
        m.tube((0.5, 0, 2.5), (0.585, 0, 2.5), 0.19, PANE, detail=14),
    ]
    if small == 1.0:
        return parts
    from dataclasses import replace

    return [replace(p, vertices=p.vertices * np.float32(small), rest=p.rest * np.float32(small)) for p in parts]


def sled(m: Making) -> list[Solid]:
    """A sled on runners; a board lies flat."""
    wood = m.main("#a8743f", "wood deck", "runners wheels")
    if m.says("skateboard", "longboard"):
        return [
            m.box((0.55, 0.2, 0.012), (0, 0, 0.095), wood),
            *(m.ball((0.10, 0.10, 0.02), (s * 0.30, 0, 0.10), wood, 8) for s in (-1, 1)),
            *(
                m.tube((x, y - 0.018, 0.03), (x, y + 0.018, 0.03), 0.03, m.part("wheels", WHITE))
                for x in (-0.2, 0.2)
                for y in (-0.075, 0.075)
            ),
            *(m.box((0.05, 0.13, 0.04), (x, 0, 0.065), STEEL) for x in (-0.2, 0.2)),
        ]
    if m.says("surfboard", "snowboard", "ski", "skis", "plank"):
        long, wide = (0.9, 0.25) if m.says("surfboard") else (0.75, 0.14) if m.says("snowboard") else (0.8, 0.05)
        one = m.ball((long, wide, 0.03), (0, 0, 0.03), wood, 14)
        return [one] if wide > 0.1 else [m.ball((long, wide, 0.015), (0, s * 0.09, 0.02), wood, 10) for s in (-1, 1)]
    run = [(-0.5, 0.0), (0.35, 0.0), (0.5, 0.06), (0.56, 0.16), (0.5, 0.24)]
    return [
        *(m.rope([(x, s * 0.2, z + 0.02) for x, z in run], 0.016, m.part("runners", STEEL), 5) for s in (-1, 1)),
        *(m.box((0.95, 0.075, 0.02), (-0.03, y, 0.22), wood) for y in (-0.17, -0.085, 0.0, 0.085, 0.17)),
        *(m.box((0.04, 0.4, 0.2), (x, 0, 0.12), shade(wood, 0.7)) for x in (-0.35, 0.3)),
    ]
