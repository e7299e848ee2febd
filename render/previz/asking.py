"""Records what the builders of props and sets ask the bible for, by building everything once. For ``asked.py``."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np

from characters.seen import Kind, Seen
from render.previz.asked import Asked
from render.previz.colours import Finish
from render.previz.figures.things.making import Making
from render.previz.figures.things.table import builder, table
from render.previz.sets.builder import Builder
from render.previz.sets.rows import PLAIN, TABLE
from render.previz.sets.table import set_builder


@dataclass
class _Heard:
    """What was asked, and the one question that is answered with yes whatever the words say."""

    yes: tuple[str, ...] = ()
    parts: set[str] = field(default_factory=set)
    chief: set[str] = field(default_factory=set)
    questions: set[tuple[str, ...]] = field(default_factory=set)
    states: set[str] = field(default_factory=set)

    def take(self, other: "_Heard") -> None:
        self.parts |= other.parts
        self.chief |= other.chief
        self.questions |= other.questions
        self.states |= other.states

    def asked(self) -> Asked:
        words = {word for question in self.questions for word in question}
        return Asked(*(tuple(sorted(each)) for each in (self.parts, self.chief, words, self.states)))


class _State(str):
    """A state that is none of those it is compared with, and remembers them."""

    heard: _Heard

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and other:
            self.heard.states.add(other)
        return False

    __hash__ = str.__hash__


@dataclass(frozen=True)
class _Asking(Making):
    heard: _Heard = field(default_factory=_Heard)

    def says(self, *words: str) -> bool:
        self.heard.questions.add(words)
        return words == self.heard.yes or super().says(*words)

    def part(self, names: str, default: str | Finish) -> Finish:
        self.heard.parts.add(names)
        return super().part(names, default)

    def main(self, default: str, names: str = "", apart: str = "") -> Finish:
        self.heard.chief.add(f"{names}|{apart}")
        return super().main(default, names, apart)


class _AskingSet(Builder):
    def __init__(self, place: Seen, heard: _Heard) -> None:
        super().__init__(place, np.random.default_rng(0))
        self.heard = heard

    def says(self, *words: str) -> bool:
        self.heard.questions.add(words)
        return words == self.heard.yes or super().says(*words)

    def look(self, parts: str, default: str | Finish, shine: float = 0.0, glow: float = 0.0) -> Finish:
        self.heard.parts.add(parts)
        return super().look(parts, default, shine, glow)


def recorded() -> dict[str, Asked]:
    """Every builder's questions: asked of each of its words, then with one question after the other answered yes."""
    found: dict[str, Asked] = {}
    words: dict[str, list[str]] = {}
    for word, (module, name) in table().items():
        words.setdefault(f"things.{module}.{name}", []).append(word)
    for name, known in words.items():
        found[name] = _all(_prop, known)
    answered: set[tuple[str, ...]] = set()
    for name in sorted({each for row in (*TABLE, PLAIN) for each in (row.inside, row.outside) if each}):
        found[f"places.{name}"] = _all(_set, [name], answered)
    return found


def _all(build: Callable[[_Heard, str], None], words: list[str], answered: Collection[tuple[str, ...]] = ()) -> Asked:
    """What is asked in all; a question that is ``answered`` once adds nothing, whoever asks it: all rooms share it."""
    heard = _Heard()
    for word in words:
        build(heard, word)
    for question in sorted(heard.questions - set(answered)):
        further = _Heard(yes=question)
        build(further, words[0])
        if further.parts <= heard.parts and further.questions <= heard.questions and isinstance(answered, set):
            answered.add(question)
        heard.take(further)
    return heard.asked()


def _prop(heard: _Heard, word: str) -> None:
    state = _State("in some state")
    state.heard = heard
    seen = Seen.model_construct(name=word.upper(), kind=Kind.PROP, descriptor="", locked=(), state=state)
    builder(word)(_Asking(seen, 1, word, heard))


def _set(heard: _Heard, name: str) -> None:
    place = Seen(name=name.partition(".")[2].replace("_", " ").upper(), kind=Kind.PLACE)
    set_builder(name)(_AskingSet(place, heard))
