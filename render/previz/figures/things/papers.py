"""Sheets, books, scrolls."""

from render.previz.colours import shade
from render.previz.figures.things.making import DARK, Making
from render.previz.solid import Solid


def sheet(m: Making) -> list[Solid]:
    """A sheet with writing; a photo has a picture, a map its coasts, an envelope its flap, a newspaper columns."""
    page = m.main("#efe7d3", "paper page sheet", "ink picture photo image")
    ink = m.part("ink writing text letters", DARK)
    top = 0.0065
    if m.says("photo", "photograph", "picture", "polaroid", "postcard", "poster", "drawing", "sketch", "tarot"):
        by = 3.0 if m.says("poster") else 1.0
        picture = m.part("picture photo image", "#5b6b73")
        return [
            m.box((0.15 * by, 0.11 * by, 0.006), (0, 0, 0.003), page),
            m.box((0.116 * by, 0.088 * by, 0.001), (0.008 * by, 0, top), picture),
            m.box((0.05 * by, 0.034 * by, 0.0012), (-0.018 * by, 0, top + 0.0006), shade(picture, 0.4)),
            m.tube((0.03 * by, 0, top), (0.03 * by, 0, top + 0.0016), 0.017 * by, shade(picture, 1.8)),
        ]
    if m.says("map", "chart", "blueprint", "plan"):
        land = m.part("land ink", "#8aa06a" if not m.says("blueprint") else "#dfe6ea")
        paper = m.main("#2f5a8a", "paper page") if m.says("blueprint") else page
        parts = [m.box((0.34, 0.46, 0.005), (0, 0, 0.0025), paper)]
        coast = [
            (0.12, 0.02),
            (0.06, 0.10),
            (-0.02, 0.14),
            (-0.10, 0.08),
            (-0.08, -0.02),
            (-0.02, -0.06),
            (0.08, -0.05),
        ]
        if m.says("blueprint", "plan"):
            parts += [m.box((0.004, 0.34, 0.002), (x, 0, 0.006), land) for x in (-0.1, 0.0, 0.12)]
            return [*parts, *(m.box((0.22, 0.004, 0.002), (0.01, y, 0.006), land) for y in (-0.17, -0.05, 0.17))]
        parts.append(m.slab(coast, 0.005, 0.0062, land, "z"))
        parts += [m.box((0.34, 0.002, 0.0006), (0, y, 0.0066), shade(page, 0.6)) for y in (-0.115, 0.0, 0.115)]
        cross = m.part("cross mark", "#b02020")
        return [
            *parts,
            m.box((0.05, 0.008, 0.001), (-0.03, 0.06, 0.0075), cross),
            m.box((0.008, 0.05, 0.001), (-0.03, 0.06, 0.0075), cross),
        ]
    if m.says("envelope", "invitation"):
        seal = m.part("seal stamp", "#9a2323")
        return [
            m.box((0.12, 0.19, 0.006), (0, 0, 0.003), page),
            m.slab([(0.06, 0.094), (0.06, -0.094), (-0.012, 0.0)], 0.006, 0.0072, shade(page, 0.82), "z"),
            m.tube((-0.008, 0, 0.007), (-0.008, 0, 0.010), 0.014, seal),
        ]
    if m.says("banknote", "money", "cash", "cheque", "check", "bill", "ticket", "card", "passport"):
        tint = m.main("#7d9a72" if m.says("banknote", "money", "cash", "bill") else "#e2d3b0", "paper")
        high = 0.012 if m.says("money", "cash") else 0.006
        return [
            m.box((0.075, 0.155, high), (0, 0, high / 2), tint),
            m.box((0.055, 0.13, 0.001), (0, 0, high), shade(tint, 0.72)),
            m.tube((0, 0, high), (0, 0, high + 0.0012), 0.018, shade(tint, 1.25)),
        ]
    if m.says("newspaper"):
        grey = m.main("#d2cdc0", "paper")
        parts = [m.box((0.38, 0.29, 0.012), (0, 0, 0.006), grey), m.box((0.035, 0.25, 0.001), (0.15, 0, 0.0125), ink)]
        parts += [m.box((0.10, 0.13, 0.001), (0.06, 0.06, 0.0125), shade(grey, 0.4))]
        return [
            *parts,
            *(m.box((0.008, 0.12, 0.001), (0.10 - 0.03 * row, -0.07, 0.0125), shade(grey, 0.5)) for row in range(9)),
        ]
    lines = [
        m.box(
            (0.006, 0.11 if row % 4 != 3 else 0.07, 0.001), (0.07 - 0.018 * row, 0 if row % 4 != 3 else 0.02, top), ink
        )
        for row in range(8)
    ]
    parts = [m.box((0.21, 0.15, 0.006), (0, 0, 0.003), page), *lines]
    if any(part.lower() in ("seal", "stamp") for part, _ in m.seen.locked):
        parts.append(m.tube((-0.085, -0.05, 0.006), (-0.085, -0.05, 0.011), 0.013, m.part("seal stamp", "#9a2323")))
    return parts


def book(m: Making) -> list[Solid]:
    """A closed book; an open one shows two pages; a clipboard a sheet."""
    cover = m.main("#6b3a2a", "cover binding leather", "pages")
    pages = m.part("pages paper", "#d9cfae")
    if m.says("clipboard"):
        return [
            m.box((0.31, 0.23, 0.006), (0, 0, 0.003), cover),
            m.box((0.28, 0.20, 0.003), (-0.01, 0, 0.0075), pages),
            m.box((0.025, 0.09, 0.012), (0.142, 0, 0.012), DARK),
        ]
    if m.seen.state == "open" or m.says("open book", "lies open"):
        left = [(0.0, 0.012), (0.02, 0.03), (0.10, 0.028), (0.16, 0.008), (0.16, 0.006), (0.0, 0.006)]
        return [
            m.box((0.23, 0.34, 0.006), (0, 0, 0.003), cover),
            m.slab(left, -0.105, 0.105, pages, "x"),
            m.slab([(-y, z) for y, z in left], -0.105, 0.105, pages, "x"),
        ]
    if m.says("file", "folder", "dossier", "magazine", "comic", "manuscript", "screenplay", "script"):
        thick = 0.016
        return [
            m.box((0.29, 0.21, thick), (0, 0, thick / 2 + 0.002), pages),
            m.box((0.30, 0.22, 0.003), (0, 0, thick + 0.0035), cover),
            m.box((0.30, 0.22, 0.002), (0, 0, 0.001), cover),
        ]
    return [
        m.box((0.22, 0.155, 0.034), (0, 0.004, 0.023), pages),
        m.box((0.235, 0.17, 0.006), (0, 0, 0.043), cover),
        m.box((0.235, 0.17, 0.006), (0, 0, 0.003), cover),
        m.box((0.235, 0.008, 0.046), (0, -0.082, 0.023), cover),
        m.box((0.05, 0.09, 0.001), (0.05, 0.0, 0.0465), m.part("title label", shade(cover, 1.7))),
    ]


def scroll(m: Making) -> list[Solid]:
    """A rolled sheet with a ribbon round it."""
    paper = m.main("#d9c493", "paper parchment", "ribbon seal")
    band = m.part("ribbon seal string", "#8f2020")
    return [
        m.tube((0, -0.16, 0.026), (0, 0.16, 0.026), 0.026, paper, detail=14),
        m.tube((0, -0.163, 0.026), (0, 0.163, 0.026), 0.014, shade(paper, 0.45)),
        m.tube((0, -0.012, 0.0262), (0, 0.012, 0.0262), 0.0275, band, detail=14),
    ]
