"""Colour and material words → how a surface looks: ``dark green oilskin coat`` is dark green, and shines a little."""

import functools
from dataclasses import dataclass, replace

import numpy as np

from render.previz.colour_names import MATERIALS, MODIFIERS, Weave, hexes_of, names_colour, said
from render.previz.colour_space import ciede2000, lab_of, linear, rgb_of

__all__ = ["Finish", "Weave", "finish", "finishes", "linear", "named", "names_colour", "shade"]

_DARKEST, _LIGHTEST = 13.0, 93.0  # lightness of the blackest cloth and the whitest paint
_AGREE = 18.5  # ΔE00 up to which the two tables are taken to mean one colour
_NEAR = 9.3  # ΔE00 to CSS's colour of the same name, where the two agree
_TAMED = 7.0  # ΔE00 by which paint and cloth may fall short of a colour on a screen


@dataclass(frozen=True)
class Finish:
    """How a surface looks: linear RGB 0 … 1, shine 0 … 1, whether it gives light, what it is made of.

    ``part`` says which of an entity's locked words the surface shows, counted from 1; 0 shows none.
    """

    colour: tuple[float, float, float]
    shine: float = 0.0
    glow: float = 0.0
    weave: Weave = Weave.PLAIN
    part: int = 0


def shade(look: Finish, by: float) -> Finish:
    """The same finish, its light times ``by``: a seam, a fold, a hem."""
    red, green, blue = (min(max(by * channel, 0.0), 0.95) for channel in look.colour)
    return replace(look, colour=(red, green, blue))


@functools.lru_cache(maxsize=2048)
def named(name: str) -> tuple[float, float, float]:
    """CIE Lab of what people call by this name, as loud as paint and cloth are.

    It is the survey's colour, as near to CSS's as ``_NEAR`` where the two mean nearly one; else the survey's alone:
    CSS has a red for brown. Chroma is then lowered as far as ``_TAMED`` lets it.
    """
    tables = [lab_of(linear(value)) for value in hexes_of(name)]
    if len(tables) == 2 and float(ciede2000(tables[0], tables[1])) > _AGREE:
        tables = tables[:1]
    middle = tables[0]
    if len(tables) == 2:
        ways = (tables[0] + (tables[1] - tables[0]) * share for share in np.linspace(0.0, 0.6, 13))
        middle = next((way for way in ways if float(ciede2000(way, tables[1])) <= _NEAR), np.mean(tables, axis=0))
    best = middle
    for chroma in np.linspace(1.0, 0.7, 13):
        tried = middle * (1.0, chroma, chroma)
        tried[0] = np.clip(tried[0], _DARKEST, _LIGHTEST)
        shown = lab_of(np.clip(rgb_of(tried), 0.0, 1.0))
        far = [float(ciede2000(shown, table)) for table in tables]
        if chroma == 1.0 or (far[0] <= _TAMED and max(far) <= _NEAR):
            best = shown
    return float(best[0]), float(best[1]), float(best[2])


def _modified(lab: np.ndarray, words: tuple[str, ...]) -> np.ndarray:
    for word in words:
        change = MODIFIERS[word]
        lab = lab * (change.ratio, change.chroma, change.chroma) + (change.lift, 0.0, 0.0)
    lab[0] = np.clip(lab[0], 7.0, _LIGHTEST + 2)
    return lab


def _finish(lab: np.ndarray, modifiers: tuple[str, ...], shine: float, weave: Weave, *, glows: bool) -> Finish:
    red, green, blue = np.clip(rgb_of(_modified(lab, modifiers)), 0.004, 0.92)
    return Finish((float(red), float(green), float(blue)), shine, 1.0 if glows else 0.0, weave)


@functools.lru_cache(maxsize=4096)
def finishes(words: str, default: str = "#9a9a96") -> tuple[Finish, ...]:
    """The surfaces that ``words`` describe, one for each colour in order; ``default`` (sRGB) where they name none."""
    read = said(words)
    known = [MATERIALS[name] for name in read.materials]
    shine = max((material.shine for material in known), default=0.0)
    if {"matte", "matt"} & set(read.materials):
        shine = 0.0
    weave = next((material.weave for material in known if material.weave), Weave.PLAIN)
    if read.colours:
        return tuple(
            _finish(np.array(named(name)), modifiers, shine, weave, glows=read.glows)
            for modifiers, name in read.colours
        )
    own = next((material.colour for material in known if material.colour), default)
    return (_finish(lab_of(linear(own)), read.modifiers, shine, weave, glows=read.glows),)


def finish(words: str, default: str = "#9a9a96") -> Finish:
    """The surface that ``words`` describe first; ``default`` (sRGB) where they name no colour."""
    return finishes(words, default)[0]
