"""Props by kind in simple solids, in the bible's colours. Each stands on z = 0 around the origin, facing +x."""

import re

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, finish
from render.previz.solid import Solid, ball, box, join, tube


def prop_text(seen: Seen) -> str:
    """Everything that is said about how a prop looks, in lower case."""
    return " ".join([seen.name, seen.descriptor, *(words for _, words in seen.locked), seen.state or ""]).lower()


def _part(seen: Seen, names: tuple[str, ...], default: str) -> Finish:
    for part, words in seen.locked:
        if part.lower() in names:
            return finish(words, default)
    return finish(" ".join([*(words for _, words in seen.locked), seen.descriptor]), default)


def is_lit(seen: Seen) -> bool:
    """Whether the prop gives light in its state."""
    text = prop_text(seen)
    glows = any(finish(words).glow > 0 for _, words in seen.locked)
    return (glows or seen.state in ("lit", "on", "burning")) and not re.search(r"\bunlit\b", text)


def build_prop(seen: Seen, entity: int) -> tuple[Solid, float]:
    """The prop as one solid, and its height in metres."""
    text = prop_text(seen)

    def says(*words: str) -> bool:
        return any(re.search(rf"\b{word}s?\b", text) for word in words)

    if says("lantern", "lamp"):
        return _lantern(seen, entity)
    if says("umbrella"):
        return _umbrella(seen, entity)
    body = _part(seen, ("body", "cover", "colour", "color", "case"), "#a58b63")
    if says("cup", "mug", "glass", "goblet", "tin", "can", "jar"):
        handle = tube((0, 0.05, 0.05), (0, 0.06, 0.05), 0.025, body, entity)
        return join([tube((0, 0, 0), (0, 0, 0.1), 0.036, body, entity, top=0.042), handle]), 0.1
    if says("bottle", "flask", "thermos"):
        neck = tube((0, 0, 0.19), (0, 0, 0.27), 0.014, body, entity)
        return join([tube((0, 0, 0), (0, 0, 0.19), 0.037, body, entity, top=0.034), neck]), 0.27
    if says("letter", "note", "paper", "photo", "photograph", "map", "ticket", "envelope", "card"):
        page = _part(seen, ("body", "paper"), "#efe7d3")
        ink = Finish((0.08, 0.07, 0.08))
        lines = [box((0.012, 0.12, 0.002), (0.06 - 0.03 * row, 0, 0.006), ink, entity) for row in range(5)]
        return join([box((0.21, 0.15, 0.006), (0, 0, 0.003), page, entity), *lines]), 0.02
    if says("book", "diary", "log", "logbook", "ledger", "notebook", "script"):
        pages = Finish((0.78, 0.74, 0.62))
        return join(
            [
                box((0.22, 0.16, 0.034), (0, 0, 0.02), pages, entity),
                box((0.23, 0.17, 0.006), (0, 0, 0.040), body, entity),
                box((0.23, 0.17, 0.006), (0, 0, 0.003), body, entity),
            ]
        ), 0.045
    if says("key"):
        metal = _part(seen, ("body",), "#b5892f")
        bow = [
            ball((0.012, 0.012, 0.008), (0.03 * np.cos(a) - 0.07, 0.03 * np.sin(a), 0.008), metal, entity, 8)
            for a in np.linspace(0, 6.28, 12, endpoint=False)
        ]
        teeth = [box((0.012, 0.03, 0.01), (x, 0.016, 0.008), metal, entity) for x in (0.055, 0.075)]
        return join([tube((-0.04, 0, 0.008), (0.09, 0, 0.008), 0.008, metal, entity), *bow, *teeth]), 0.02
    if says("phone", "telephone", "radio"):
        return join(
            [
                box((0.10, 0.2, 0.12), (0, 0, 0.06), body, entity),
                tube((-0.02, -0.09, 0.15), (-0.02, 0.09, 0.15), 0.02, body, entity),
            ]
        ), 0.17
    if says("sandwich", "burger", "bread", "cake", "pie"):
        return _food(seen, entity, bitten=seen.state in ("bitten", "eaten", "half"))
    if says("apple", "orange", "ball", "egg", "pumpkin"):
        return ball((0.05, 0.05, 0.05), (0, 0, 0.05), body, entity), 0.1
    if says("balloon"):
        string = tube((0, 0, 0), (0, 0, 0.8), 0.004, Finish((0.6, 0.6, 0.58)), entity)
        return join([string, ball((0.16, 0.16, 0.19), (0, 0, 0.98), body, entity)]), 1.17
    if says("gun", "pistol", "revolver", "knife", "sword", "torch", "flashlight", "telescope", "pen"):
        return join(
            [
                tube((-0.04, 0, 0.03), (0.16, 0, 0.03), 0.014, body, entity),
                box((0.05, 0.024, 0.06), (-0.05, 0, 0.02), Finish((0.05, 0.04, 0.035)), entity),
            ]
        ), 0.07
    if says("suitcase", "bag", "box", "case", "crate", "chest", "trunk", "backpack", "parcel"):
        trim = Finish(tuple(c * 0.5 for c in body.colour))  # type: ignore[arg-type]
        return join(
            [
                box((0.22, 0.42, 0.30), (0, 0, 0.15), body, entity),
                box((0.225, 0.43, 0.02), (0, 0, 0.2), trim, entity),
                box((0.03, 0.14, 0.03), (0, 0, 0.32), trim, entity),
            ]
        ), 0.34
    if says("bicycle", "bike"):
        wheels = [
            tube((x, -0.02, 0.33), (x, 0.02, 0.33), 0.33, Finish((0.04, 0.04, 0.04)), entity) for x in (-0.5, 0.5)
        ]
        frame = [
            tube((-0.5, 0, 0.33), (0.1, 0, 0.8), 0.02, body, entity),
            tube((0.5, 0, 0.33), (0.3, 0, 1.0), 0.02, body, entity),
        ]
        return join([*wheels, *frame]), 1.0
    if says("car", "van", "taxi", "truck"):
        return _car(body, entity)
    if says("chair", "stool"):
        legs = [tube((x, y, 0), (x, y, 0.45), 0.02, body, entity) for x in (-0.18, 0.18) for y in (-0.18, 0.18)]
        back = box((0.03, 0.42, 0.5), (-0.2, 0, 0.72), body, entity)
        return join([box((0.42, 0.42, 0.04), (0, 0, 0.45), body, entity), back, *legs]), 0.95
    return join(
        [
            box((0.16, 0.16, 0.12), (0, 0, 0.06), body, entity),
            ball((0.06, 0.06, 0.05), (0, 0, 0.13), body, entity),
        ]
    ), 0.18


def _lantern(seen: Seen, entity: int) -> tuple[Solid, float]:
    metal = _part(seen, ("body", "frame", "case", "base"), "#b5892f")
    glass = _part(seen, ("glass", "light", "flame", "globe"), "#3a4248")
    lit = is_lit(seen)
    glass = Finish(glass.colour if not lit else (0.95, 0.62, 0.22), 0.5, 1.0 if lit else 0.0)
    bars = [
        tube(
            (0.062 * np.cos(a), 0.062 * np.sin(a), 0.07),
            (0.062 * np.cos(a), 0.062 * np.sin(a), 0.24),
            0.006,
            metal,
            entity,
        )
        for a in np.linspace(0.4, 6.68, 4, endpoint=False)
    ]
    handle = [
        ball((0.010, 0.010, 0.010), (0, 0.075 * np.cos(a), 0.30 + 0.085 * np.sin(a)), metal, entity, 6)
        for a in np.linspace(0, np.pi, 11)
    ]
    return join(
        [
            tube((0, 0, 0), (0, 0, 0.055), 0.088, metal, entity, top=0.074, detail=18),
            tube((0, 0, 0.055), (0, 0, 0.075), 0.066, metal, entity, detail=18),
            ball((0.055, 0.055, 0.085), (0, 0, 0.155), glass, entity),
            tube((0, 0, 0.24), (0, 0, 0.29), 0.078, metal, entity, top=0.028, detail=18),
            ball((0.026, 0.026, 0.022), (0, 0, 0.305), metal, entity, 10),
            *bars,
            *handle,
        ]
    ), 0.39


def _umbrella(seen: Seen, entity: int) -> tuple[Solid, float]:
    canopy = _part(seen, ("canopy", "cover", "top"), "#b3322c")
    wood = _part(seen, ("handle", "stick"), "#6b4a2e")
    ribs = [
        tube((0.5 * np.cos(a), 0.5 * np.sin(a), 0.66), (0, 0, 0.9), 0.006, wood, entity)
        for a in np.linspace(0, 6.28, 8, endpoint=False)
    ]
    cover = tube((0, 0, 0.66), (0, 0, 0.9), 0.52, canopy, entity, top=0.03, detail=16)
    return join([tube((0, 0, 0), (0, 0, 0.95), 0.012, wood, entity), cover, *ribs]), 0.95


def _food(seen: Seen, entity: int, *, bitten: bool) -> tuple[Solid, float]:
    bun = _part(seen, ("bread", "bun", "body"), "#c08a4a")
    green, red = Finish((0.13, 0.3, 0.05)), Finish((0.45, 0.05, 0.03))
    parts = [
        tube((0, 0, 0), (0, 0, 0.03), 0.075, bun, entity, top=0.078),
        tube((0, 0, 0.03), (0, 0, 0.042), 0.085, green, entity),
        tube((0, 0, 0.042), (0, 0, 0.062), 0.076, red, entity),
        ball((0.08, 0.08, 0.045), (0, 0, 0.066), bun, entity),
    ]
    if bitten:
        parts = [*parts[:3], ball((0.055, 0.075, 0.04), (-0.03, 0, 0.066), bun, entity)]
    return join(parts), 0.11


def _car(body: Finish, entity: int) -> tuple[Solid, float]:
    rubber, glass = Finish((0.03, 0.03, 0.03)), Finish((0.10, 0.14, 0.17), 0.7)
    wheels = [
        tube((x, y - 0.1, 0.32), (x, y + 0.1, 0.32), 0.32, rubber, entity, detail=16)
        for x in (-1.3, 1.35)
        for y in (-0.78, 0.78)
    ]
    return join(
        [
            box((4.2, 1.72, 0.55), (0, 0, 0.62), body, entity),
            box((2.1, 1.52, 0.52), (-0.25, 0, 1.14), glass, entity),
            box((1.9, 1.56, 0.06), (-0.25, 0, 1.42), body, entity),
            *wheels,
        ]
    ), 1.45
