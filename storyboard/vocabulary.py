"""The camera vocabulary: the table of vocabulary.toml, which parsing, hints, dialects and docs all read."""

import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from storyboard.camera import (
    Angle,
    FocusKind,
    Framing,
    Height,
    LensKind,
    MoveKind,
    Playback,
    ShotSize,
    Speed,
    Steadiness,
)


class Kind(StrEnum):
    """Which part of a camera a term fills; the value is also the key in ``key=value`` notes."""

    SIZE = "size"
    FRAMING = "framing"
    ANGLE = "angle"
    HEIGHT = "height"
    DUTCH = "dutch"
    MOVE = "move"
    TRACKING = "tracking"  # says where a tracking camera goes: "from behind"
    SPEED = "speed"
    STEADINESS = "steadiness"
    LENS = "lens"
    FOCUS = "focus"
    PLAYBACK = "playback"
    RELATIVE = "relative"
    JOIN = "join"


class Relative(StrEnum):
    """How a shot is framed in relation to the shot before it."""

    WIDER = "wider"
    CLOSER = "closer"
    REVERSE = "reverse"
    ACROSS = "across"  # from the other side of the line of action
    NEW_ANGLE = "new-angle"
    BACK = "back"  # back to scene


class JoinWord(StrEnum):
    """What a note says about how its shot joins the one before."""

    CONTINUES = "continues"
    MATCH = "match"


@dataclass(frozen=True, slots=True)
class Term:
    """One value of the vocabulary, and every phrase that means it."""

    kind: Kind
    value: StrEnum | float
    says: str
    phrases: tuple[str, ...]
    unsaid: bool = False  # the phrase leaves out a direction, which is then taken as the usual one

    @property
    def plain(self) -> str:
        """The phrase to show to people."""
        return self.phrases[0]


def _expand(pattern: str) -> Iterator[str]:
    parts = [part[1:-1].split("|") if part.startswith("{") else [part] for part in re.split(r"(\{[^}]*\})", pattern)]
    for choice in itertools.product(*parts):
        yield " ".join("".join(choice).split())


_VALUES: dict[Kind, type[StrEnum] | type[float]] = {
    Kind.SIZE: ShotSize,
    Kind.FRAMING: Framing,
    Kind.ANGLE: Angle,
    Kind.HEIGHT: Height,
    Kind.DUTCH: float,
    Kind.MOVE: MoveKind,
    Kind.TRACKING: MoveKind,
    Kind.SPEED: Speed,
    Kind.STEADINESS: Steadiness,
    Kind.LENS: LensKind,
    Kind.FOCUS: FocusKind,
    Kind.PLAYBACK: Playback,
    Kind.RELATIVE: Relative,
    Kind.JOIN: JoinWord,
}


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# Little words around the phrases, by what they do.
WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _DATA["words"].items()}


def _read_table() -> Iterator[Term]:
    for kind in Kind:
        for entry in _DATA[kind]:
            value = entry["value"] if isinstance(entry["value"], float) else _VALUES[kind](entry["value"])
            phrases = dict.fromkeys(phrase for pattern in entry["phrases"] for phrase in _expand(pattern))
            yield Term(kind, value, entry["says"], tuple(phrases), entry.get("unsaid", False))


TABLE: tuple[Term, ...] = tuple(_read_table())
DUTCH: tuple[Term, ...] = tuple(term for term in TABLE if term.kind is Kind.DUTCH)


@cache
def inflections() -> dict[str, str]:
    """Each inflected form of a camera verb, with the bare verb: ``panning`` → ``pan``."""
    forms: dict[str, str] = {}
    for verb in WORDS["verbs"]:
        doubled = verb + verb[-1] if re.fullmatch(r"(?:pan|jib|crab|whip)", verb) else verb
        stem = verb.removesuffix("e") if verb.endswith("e") else doubled
        third = verb[:-1] + "ies" if verb == "dolly" else verb + ("es" if verb.endswith(("sh", "ch")) else "s")
        past = "dollied" if verb == "dolly" else stem + "ed"
        for form in (third, stem + "ing", past):
            forms[form] = verb
    return forms


@cache
def plain_name(kind: Kind, value: StrEnum | float) -> str:
    """The phrase to show to people for a value: ``close up`` for ``ShotSize.CU``."""
    return next(term.plain for term in TABLE if term.kind is kind and term.value == value and not term.unsaid)
