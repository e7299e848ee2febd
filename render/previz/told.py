"""Reading the bible for what it promises to the eye: the words that tell something, less those that are drawn."""

import itertools
import re
from collections.abc import Iterable
from typing import NamedTuple

from render.previz.colour_names import GLOWS, PATTERNS, said, tokens_of


class Left(NamedTuple):
    """Words of a locked part that the previz cannot draw, and what it draws instead.

    ``part`` is empty where the words say what the thing or the place is.
    """

    part: str
    words: str
    instead: str


def set_of(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


_SMALL = set_of(
    "a an the and or of in on at by to from with without no not never over under above below beneath around "
    "round about his her hers its their it as for but both all each very quite rather slightly somewhat only "
    "just too is are has pair set worn wearing wears carrying holding coloured colored colour color shade "
    "tone"
)
_DENIED = re.compile(r"\b(?:no|without(?: a| an)?|not|never)\s+[\w'-]+")
# What people say of things and rooms that promises nothing to the eye.
VAGUE = set_of(
    "old new ancient antique vintage classic ordinary plain simple usual common regular typical normal standard basic "
    "cheap expensive fine good nice beautiful pretty lovely elegant fancy clean scrubbed neat tidy well-kept well-worn "
    "worn used aged modern traditional old-fashioned sturdy solid real genuine favourite favorite familiar heavy "
    "lightweight warm cold cool cosy cozy comfortable quiet empty handmade home-made homemade hand-made official "
    "local british french german italian english american victorian one single another other same some several "
    "toasted baked cooked fresh sticky soft made thing kind sort piece look looking "
    "bare woven small little looks clearly obviously probably well matching"
)


def telling(words: str) -> list[str]:
    """The words that say something: all but the small ones, and what is denied."""
    return [token for token in tokens_of(_DENIED.sub(" ", words)) if token not in _SMALL]


def surface(text: str, *, patterned: bool) -> set[str]:
    """The words of colour and material that are shown: one colour, or as many as a pattern has."""
    read = said(text)
    several = patterned and read.pattern is not None
    colours = read.colours if several else read.colours[:1]
    shown = {*read.materials, *read.modifiers, *GLOWS}
    for modifiers, name in colours:
        shown |= {*modifiers, *name.split()}
    spoken = " ".join(tokens_of(text.replace("-", " ")))
    for (_, one), (_, other) in itertools.pairwise(read.colours):
        if f"{one} {other}" not in spoken:
            break
        shown |= set(other.split())  # cream white is one colour to who says it
    return shown | set(PATTERNS) if several else shown


def without(told: list[str], shown: Iterable[str]) -> list[str]:
    """The words that are not among those shown, whether of one or of many, whole or in halves."""
    known = {*shown, *(f"{word}s" for word in shown), *(word.removesuffix("s") for word in shown)}
    return [word for word in told if word not in known and not all(half in known for half in word.split("-"))]
