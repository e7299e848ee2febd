"""Cups, glasses, bottles, jugs, bowls, pans, jars, buckets."""

from render.previz.colours import Finish, finish, shade
from render.previz.figures.things.making import DARK, STEEL, Making
from render.previz.solid import Solid


def _inside(m: Making, z: float, radius: float, what: str = "#2a211c") -> Solid:
    """What is in it, as a disc a little under its rim."""
    look = m.part("contents drink liquid coffee tea wine soup food inside", what)
    return m.tube((0, 0, z - 0.002), (0, 0, z), radius, look, detail=14)


def cup(m: Making) -> list[Solid]:
    """A mug with its handle to the side."""
    body = m.main("#c9c2b2", "cup mug china enamel")
    handle = m.rope(
        [(0, 0.036, 0.082), (0, 0.058, 0.080), (0, 0.068, 0.058), (0, 0.060, 0.034), (0, 0.036, 0.024)], 0.0055, body
    )
    wall = m.turned([(0, 0.032), (0.006, 0.035), (0.05, 0.039), (0.1, 0.0415), (0.1, 0.037), (0.088, 0.036)], body)
    return [wall, handle, _inside(m, 0.090, 0.0365)]


def goblet(m: Making) -> list[Solid]:
    """A glass: on a stem for wine and prizes, straight for water, beer and whisky."""
    body = m.main("#b4c4c8", "glass bowl", "wine drink")
    body = Finish(body.colour, max(body.shine, 0.8), body.glow, body.weave, body.part)
    drink = "#6b1526" if m.says("wine") else "#c98a1e" if m.says("whisky", "whiskey", "beer", "pint") else "#8fa8ac"
    if m.says("tumbler", "water", "whisky", "whiskey", "beer", "pint", "drink") or m.word == "glass":
        tall = 0.15 if m.says("beer", "pint") else 0.11
        return [
            m.turned([(0, 0.032), (0.012, 0.034), (tall, 0.040), (tall, 0.037), (tall - 0.01, 0.036)], body),
            _inside(m, tall - 0.006, 0.037, drink),
        ]
    rows = [(0, 0.036), (0.005, 0.034), (0.012, 0.007), (0.085, 0.006), (0.100, 0.022), (0.125, 0.040), (0.165, 0.042)]
    if m.says("flute", "champagne"):
        rows = [(0, 0.032), (0.005, 0.03), (0.012, 0.006), (0.075, 0.006), (0.09, 0.018), (0.13, 0.027), (0.21, 0.025)]
    if m.says("martini", "cocktail"):
        rows = [(0, 0.036), (0.005, 0.034), (0.012, 0.006), (0.095, 0.006), (0.10, 0.01), (0.16, 0.058)]
    parts = [m.turned([*rows, (rows[-1][0] - 0.006, 0.9 * rows[-1][1])], body)]
    if m.says("trophy", "grail"):
        gold = body if body.part or m.says("silver") else finish("gold")
        parts = [
            m.turned(
                [(0, 0.05), (0.02, 0.05), (0.03, 0.016), (0.09, 0.014), (0.11, 0.04), (0.2, 0.062), (0.19, 0.055)], gold
            )
        ]
        parts += [
            m.rope([(0, s * 0.05, 0.19), (0, s * 0.09, 0.18), (0, s * 0.085, 0.14), (0, s * 0.045, 0.12)], 0.006, gold)
            for s in (-1, 1)
        ]
        return parts
    return [*parts, _inside(m, rows[-1][0] - 0.016, 0.92 * rows[-1][1], drink)]


def bottle(m: Making) -> list[Solid]:
    """A bottle with a neck, a cork and a label; a flask is flat, a thermos straight."""
    body = m.main("#2f4a35", "bottle flask glass", "cork cap label")
    cap = m.part("cork cap stopper lid top", "#8a6a45")
    label = m.part("label sticker", "#d8cfb5")
    if m.says("hip flask") or m.word == "flask":
        steel = m.main("#9aa0a6", "flask", "cap label")
        flat = [
            (-0.045, 0),
            (0.045, 0),
            (0.048, 0.02),
            (0.048, 0.10),
            (0.03, 0.122),
            (-0.03, 0.122),
            (-0.048, 0.10),
            (-0.048, 0.02),
        ]
        return [m.slab(flat, -0.013, 0.013, steel, "x"), m.tube((0, 0, 0.12), (0, 0, 0.142), 0.011, steel)]
    if m.says("thermos"):
        return [
            m.turned([(0, 0.038), (0.004, 0.04), (0.2, 0.04), (0.21, 0.036)], body),
            m.turned([(0.205, 0.037), (0.265, 0.034), (0.27, 0.03)], m.part("cap cup lid", STEEL)),
        ]
    by = 0.45 if m.says("vial", "phial", "perfume", "medicine", "potion") else 1.0
    rows = [
        (0, 0.033),
        (0.004, 0.037),
        (0.17, 0.037),
        (0.20, 0.027),
        (0.222, 0.0135),
        (0.285, 0.0125),
        (0.287, 0.015),
        (0.293, 0.015),
    ]
    return [
        m.turned([(by * z, by * r) for z, r in rows], body),
        m.turned(
            [(by * 0.06, by * 0.0375), (by * 0.061, by * 0.038), (by * 0.139, by * 0.038), (by * 0.14, by * 0.0375)],
            label,
        ),
        m.tube((0, 0, by * 0.29), (0, 0, by * 0.31), by * 0.0115, cap),
    ]


def jug(m: Making) -> list[Solid]:
    """A jug; a kettle and a teapot have a spout and a lid."""
    body = m.main("#b9bec2" if m.says("kettle") else "#c7b79a", "jug pot", "lid")
    if m.says("petrol can", "jerrycan", "jerry can", "gas can"):
        red = m.main("#a3261f")
        return [
            m.box((0.16, 0.3, 0.36), (0, 0, 0.18), red),
            m.box((0.165, 0.2, 0.03), (0, 0, 0.2), shade(red, 0.75)),
            m.arc((0, 0, 0.36), (0.08, 0.05), 0.012, shade(red, 0.7)),
            m.tube((0, 0.11, 0.35), (0, 0.15, 0.42), 0.022, DARK),
        ]
    if m.says("kettle", "teapot", "coffee pot", "watering can", "samovar"):
        return [
            m.turned([(0, 0.075), (0.01, 0.085), (0.08, 0.09), (0.13, 0.07), (0.15, 0.045), (0.152, 0.02)], body),
            m.rope([(0.07, 0, 0.05), (0.11, 0, 0.08), (0.13, 0, 0.13)], [0.02, 0.014, 0.010], body),
            m.ball(0.014, (0, 0, 0.163), m.part("knob lid handle", DARK), 8),
            m.arc((0, 0, 0.12), (0.075, 0.11), 0.008, m.part("handle", DARK), "y")
            if m.says("kettle")
            else m.rope([(-0.07, 0, 0.13), (-0.125, 0, 0.12), (-0.12, 0, 0.06), (-0.08, 0, 0.04)], 0.009, body),
        ]
    return [
        m.turned([(0, 0.055), (0.01, 0.065), (0.08, 0.075), (0.15, 0.05), (0.21, 0.056), (0.205, 0.05)], body),
        m.rope([(-0.05, 0, 0.19), (-0.11, 0, 0.18), (-0.115, 0, 0.10), (-0.07, 0, 0.06)], 0.009, body),
        m.rope([(0.045, 0, 0.19), (0.075, 0, 0.208)], [0.02, 0.008], body),
    ]


def bowl(m: Making) -> list[Solid]:
    """A bowl of something; a plate, a saucer and a tray are flat."""
    body = m.main("#d6d0c2", "bowl plate china", "food contents")
    if m.says("plate", "saucer", "tray", "platter", "ashtray") or m.word in (
        "breakfast",
        "dinner",
        "meal",
        "lunch",
        "supper",
    ):
        wide = 0.07 if m.says("saucer", "ashtray") else 0.13
        parts = [
            m.turned(
                [(0, 0.6 * wide), (0.004, 0.65 * wide), (0.018, wide), (0.02, 0.97 * wide), (0.010, 0.62 * wide)],
                body,
                detail=20,
            )
        ]
        if m.word in ("breakfast", "dinner", "meal", "lunch", "supper"):
            parts += [
                m.ball((0.05, 0.035, 0.02), (0.02, 0.03, 0.018), m.part("food meat", "#6b3f22"), 8),
                m.ball((0.03, 0.03, 0.02), (-0.03, -0.03, 0.016), m.part("greens", "#3f6a2a"), 8),
                m.ball((0.03, 0.025, 0.018), (-0.035, 0.035, 0.016), m.part("potato", "#d8bf6a"), 8),
            ]
        return parts
    full = (
        "#b5651d"
        if m.says("soup", "stew")
        else "#e8dfc8"
        if m.says("rice", "porridge", "noodle", "pasta")
        else "#4f7a35"
        if m.says("salad")
        else "#7a6a58"
    )
    parts = [
        m.turned([(0, 0.04), (0.012, 0.042), (0.03, 0.07), (0.07, 0.09), (0.068, 0.084), (0.05, 0.07)], body, detail=18)
    ]
    return [*parts, _inside(m, 0.056, 0.076, full)]


def pan(m: Making) -> list[Solid]:
    """A pan with a long handle; a pot and a cauldron have two small ones."""
    body = m.main("#3a3b3d", "pan pot", "handle")
    handle = m.part("handle", DARK)
    if m.says("pot", "saucepan", "cauldron", "casserole"):
        by = 1.8 if m.says("cauldron") else 1.0
        rows = [(0, 0.09), (0.01, 0.1), (0.14, 0.1), (0.14, 0.094), (0.12, 0.092)]
        if m.says("cauldron"):
            rows = [(0, 0.05), (0.03, 0.09), (0.08, 0.11), (0.13, 0.095), (0.15, 0.1), (0.14, 0.09)]
        return [
            m.turned([(by * z, by * r) for z, r in rows], body, detail=18),
            *(
                m.rope(
                    [(0, s * by * 0.095, by * 0.11), (0, s * by * 0.13, by * 0.115), (0, s * by * 0.095, by * 0.12)],
                    0.008 * by,
                    handle,
                )
                for s in (-1, 1)
            ),
            _inside(m, by * 0.125, by * 0.092),
        ]
    return [
        m.turned([(0, 0.10), (0.005, 0.11), (0.045, 0.13), (0.042, 0.122), (0.012, 0.105)], body, detail=18),
        m.rope([(-0.12, 0, 0.035), (-0.2, 0, 0.05), (-0.31, 0, 0.055)], [0.011, 0.011, 0.013], handle),
    ]


def jar(m: Making) -> list[Solid]:
    """A jar with its lid, a tin, or a vase."""
    body = m.main("#9fb0b0", "jar tin can vase glass", "lid label")
    if m.says("vase", "urn", "amphora"):
        return [
            m.turned(
                [
                    (0, 0.04),
                    (0.01, 0.045),
                    (0.08, 0.075),
                    (0.14, 0.07),
                    (0.2, 0.035),
                    (0.23, 0.032),
                    (0.25, 0.045),
                    (0.24, 0.035),
                ],
                body,
            )
        ]
    if m.says("flowerpot"):
        return [
            m.turned(
                [(0, 0.05), (0.1, 0.068), (0.1, 0.076), (0.13, 0.078), (0.128, 0.07), (0.11, 0.065)], m.main("#b5623c")
            )
        ]
    if m.says("can", "soda", "tin"):
        label = m.part("label", body)
        return [
            m.turned([(0, 0.028), (0.006, 0.033), (0.112, 0.033), (0.12, 0.028)], label),
            m.turned([(0.119, 0.029), (0.123, 0.029), (0.120, 0.025)], STEEL),
        ]
    return [
        m.turned([(0, 0.036), (0.006, 0.042), (0.09, 0.042), (0.105, 0.034), (0.11, 0.034)], body),
        m.turned([(0.105, 0.037), (0.108, 0.039), (0.126, 0.039), (0.128, 0.036)], m.part("lid cap", "#a3402f")),
        m.turned([(0.028, 0.0425), (0.029, 0.043), (0.075, 0.043), (0.076, 0.0425)], m.part("label", "#e0d8c0")),
    ]


def bucket(m: Making) -> list[Solid]:
    """A bucket with its handle; a bin has none."""
    body = m.main("#8b9196", "bucket pail", "handle")
    parts = [
        m.turned([(0, 0.10), (0.006, 0.105), (0.26, 0.145), (0.27, 0.15), (0.268, 0.14), (0.2, 0.13)], body, detail=18),
        _inside(m, 0.21, 0.132, "#3c4348"),
    ]
    if m.says("bucket", "pail"):
        parts.append(m.arc((0, 0, 0.262), (0.147, 0.12), 0.004, m.part("handle", STEEL)))
    return parts
