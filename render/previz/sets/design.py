"""What a set is made of, and how its looks are read from the words of a place."""

import re
from dataclasses import dataclass

from characters.seen import Seen
from render.previz.colours import Finish, finish
from render.previz.solid import Solid

GROUND = -1  # entity ids: negative is the set
WALLS = -2
DRESSING = -3


@dataclass(frozen=True)
class Piece:
    """A part of the set that can be taken out: where it is, how far it reaches, and the wall it belongs to."""

    solid: Solid
    at: tuple[float, float, float]
    radius: float
    wall: int | None = None
    blocks_light: bool = True


@dataclass(frozen=True)
class Wall:
    """A wild wall: its inner normal and its distance from the origin along it."""

    normal: tuple[float, float]
    distance: float


@dataclass(frozen=True)
class SetDesign:
    """A whole set. ``half`` is half its size in x and y where it has walls."""

    floor: Solid
    pieces: tuple[Piece, ...]
    walls: tuple[Wall, ...]
    inside: bool
    half: tuple[float, float] | None
    ceiling: Solid | None = None
    top: float = 0.0  # how high the walls are, metres
    vista: float = 14.0  # how far back an establishing shot stands


def place_text(place: Seen) -> str:
    """Everything that is said about a place, in lower case."""
    return " ".join([place.name, place.descriptor, *(words for _, words in place.locked)]).lower()


def look_of(place: Seen, part: str, default: str) -> Finish:
    """The finish of a part of the place, as the bible has it."""
    for name, words in place.locked:
        if part in name.lower():
            return finish(words, default)
    return finish("", default)


def says(text: str, *words: str) -> bool:
    """Whether the text has a word that begins with one of these."""
    return any(re.search(rf"\b{word}", text) for word in words)
