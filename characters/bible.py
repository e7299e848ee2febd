"""The bible: who and what must look how, as a person writes it."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from characters.seen import Figure, Kind
from storyboard.errors import InputError, Level, Problem
from storyboard.frozen import Frozen
from storyboard.names import Names
from storyboard.yaml_file import YamlFile, build, read_yaml


def _words(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise ValueError("is empty; write what must be seen, or leave the line out")
    return text


Words = Annotated[str, AfterValidator(_words)]


def _metres(value: Any) -> Any:
    """Read ``1.68``, ``1.68 m``, ``168 cm`` or ``5'6"``."""
    if isinstance(value, str):
        text = value.strip().lower().replace(",", ".")
        if match := re.fullmatch(r"([0-9.]+)\s*m?", text):
            return float(match[1])
        if match := re.fullmatch(r"([0-9.]+)\s*cm", text):
            return float(match[1]) / 100
        if match := re.fullmatch(r"([0-9]+)\s*(?:'|ft|′)\s*(?:([0-9]+)\s*(?:\"|″|in|'')?)?", text):
            return round((int(match[1]) * 12 + int(match[2] or 0)) * 0.0254, 3)
        raise ValueError("must be a height such as 1.68 m or 5'6\"")
    return value


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Height = Annotated[float, BeforeValidator(_metres), Field(gt=0.2, le=4.0)]
Texts = Annotated[tuple[Words, ...], BeforeValidator(_one_or_many)]
Build = Literal["slight", "slim", "thin", "average", "broad", "heavy", "stocky"]


class FigureEntry(Frozen):
    """The body of a character."""

    height: Height = Field(default=1.70, description="Metres, centimetres (168 cm) or feet (5'6\").")
    build: Build = "average"
    age: int | None = Field(default=None, ge=0, le=120, description="Years.")


class VoiceEntry(Frozen):
    """How a character's scratch voice sounds."""

    variant: str | None = Field(default=None, pattern=r"^[A-Za-z0-9+_-]{1,40}$", description="As en-us+f3.")
    rate: int | None = Field(default=None, ge=60, le=450, description="Words a minute.")
    pitch: int | None = Field(default=None, ge=0, le=99)


class Look(Frozen):
    """What is different about somebody or something in a look or a state; the rest stays as it was."""

    descriptor: Words | None = None
    locked: dict[str, Words] = {}
    never: Texts = ()
    references: Texts = ()


class Entry(Frozen):
    """What characters, props and places share."""

    aliases: Texts = Field(default=(), description="Other names that the script uses.")
    descriptor: Words | None = Field(default=None, description="Who or what it is, in a few words.")
    locked: dict[str, Words] = Field(default={}, description="Part → words that stand in every prompt.")
    never: Texts = Field(default=(), description="What must not be seen: it goes into the negative prompt.")
    references: Texts = Field(default=(), description="Pictures, inside the film's folder.")


class CharacterEntry(Entry):
    """A character."""

    figure: FigureEntry = FigureEntry()
    voice: VoiceEntry | None = None
    looks: dict[str, Look] = Field(default={}, description="Named looks; a change puts one on.")
    look: str | None = Field(default=None, description="The look at the beginning.")

    @model_validator(mode="after")
    def _begins(self) -> Self:
        return _known_beginning(self, self.look, self.looks, "look")


class PropEntry(Entry):
    """A prop."""

    states: dict[str, Look] = Field(default={}, description="Named states: whole, bitten; lit, unlit.")
    state: str | None = Field(default=None, description="The state at the beginning.")

    @model_validator(mode="after")
    def _begins(self) -> Self:
        return _known_beginning(self, self.state, self.states, "state")


class PlaceEntry(PropEntry):
    """A place; it may have states too (tidy, burnt out)."""


def _known_beginning(entry: Any, named: str | None, known: dict[str, Look], word: str) -> Any:
    if named is not None and named != "default" and named not in known:
        raise ValueError(f"begins in a {word} “{named}” that it does not have; it has {', '.join(known) or 'none'}")
    return entry


class Change(Frozen):
    """From here on somebody has another look, or something another state."""

    at: Words = Field(description="scene 4, shot 5B or day 2.")
    who: str | None = None
    what: str | None = None
    look: str | None = None
    state: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.who is None) == (self.what is None):
            raise ValueError("a change needs one name: who (a character) or what (a prop or place)")
        if (self.look is None) == (self.state is None):
            raise ValueError("a change needs a look or a state")
        if not re.fullmatch(r"(scene|shot|day)\s+\S+", self.at.strip(), re.IGNORECASE):
            raise ValueError("at must be a place in the film: scene 4, shot 5B or day 2")
        return self

    @property
    def name(self) -> str:
        return self.who or self.what or ""

    @property
    def into(self) -> str:
        return self.look or self.state or ""

    @property
    def place(self) -> tuple[str, str]:
        """The kind of place (scene, shot, day) and which."""
        kind, which = self.at.split(None, 1)
        return kind.lower(), which.strip()


class Bible(Frozen):
    """Everybody and everything that must look the same from shot to shot."""

    style: Words | None = Field(default=None, description="One line that stands in every prompt.")
    characters: dict[str, CharacterEntry] = {}
    props: dict[str, PropEntry] = {}
    places: dict[str, PlaceEntry] = {}
    changes: tuple[Change, ...] = ()

    def names(self) -> Names:
        """Upper-case name or alias → the bible's name, by kind."""
        return Names(characters=_aliases(self.characters), props=_aliases(self.props), places=_aliases(self.places))

    def entry(self, kind: Kind, name: str) -> Entry | None:
        """The entry of this name, or None."""
        return {Kind.CHARACTER: self.characters, Kind.PROP: self.props, Kind.PLACE: self.places}[kind].get(name)


def _aliases(entries: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, entry in entries.items():
        for alias in (name, *entry.aliases):
            found[alias.upper()] = name
    return found


def read_bible(path: Path) -> Bible:
    """Read a bible from a YAML file. Raises InputError with every fault and its line."""
    return bible_from(read_yaml(path))


def bible_from(doc: YamlFile, *keys: str | int) -> Bible:
    """The bible that stands under ``keys``. Raises InputError with every fault and its line."""
    data = doc.get(*keys)
    if data is not None and not isinstance(data, dict):
        raise InputError(doc.problem("is not a bible: it holds no keys.", "Begin with characters:.", *keys))
    doc = _with_empty_entries(doc, *keys)
    bible = build(Bible, doc, *keys)
    problems = [*_twice_claimed(bible, doc, keys), *_unknown_changes(bible, doc, keys)]
    if any(problem.level is Level.ERROR for problem in problems):
        raise InputError(problems)
    return bible


def _with_empty_entries(doc: YamlFile, *keys: str | int) -> YamlFile:
    """``KITCHEN:`` with nothing after it is an entry with nothing said."""
    data = doc.get(*keys)
    if not isinstance(data, dict):
        return doc

    def filled(value: Any, depth: int) -> Any:
        if isinstance(value, dict):
            return {key: filled(item, depth + 1) for key, item in value.items()}
        return {} if value is None and depth == 2 else value

    mended: Any = {
        key: filled(value, 1) if key in ("characters", "props", "places") else value for key, value in data.items()
    }
    mended = {key: ({} if value is None and key != "style" else value) for key, value in mended.items()}
    if "changes" in mended and mended["changes"] == {}:
        mended["changes"] = []
    for key in reversed(keys):
        mended = {key: mended}
    return YamlFile(doc.path, mended, doc.lines)


def _twice_claimed(bible: Bible, doc: YamlFile, keys: tuple[str | int, ...]) -> list[Problem]:
    """Names and aliases that two entries claim, also when they differ only in case."""
    problems: list[Problem] = []
    claimed: dict[str, str] = {}
    groups = {"characters": bible.characters, "props": bible.props, "places": bible.places}
    for group, entries in groups.items():
        for name, entry in entries.items():
            for alias in (name, *entry.aliases):
                owner = claimed.setdefault(alias.upper(), f"{group}.{name}")
                if owner != f"{group}.{name}":
                    what = f"“{alias}” is claimed by {owner} and by {group}.{name}."
                    problems.append(doc.problem(what, "Give each its own name.", *keys, group, name))
    return problems


def _unknown_changes(bible: Bible, doc: YamlFile, keys: tuple[str | int, ...]) -> list[Problem]:
    """Changes of somebody who is not there, or into a look or state that is not there."""
    from storyboard.yaml_file import did_you_mean

    problems: list[Problem] = []
    for index, change in enumerate(bible.changes):
        word = "who" if change.who is not None else "what"
        entry: Any = bible.characters.get(change.name) if change.who is not None else None
        if change.what is not None:
            entry = bible.props.get(change.name) or bible.places.get(change.name)
        at = (*keys, "changes", index)
        if entry is None:
            known = list(bible.characters) if change.who is not None else [*bible.props, *bible.places]
            what = f"{word}: “{change.name}” is not in the bible."
            problems.append(doc.problem(what, did_you_mean(change.name, known), *at, word))
            continue
        known = list(entry.looks) if isinstance(entry, CharacterEntry) else list(entry.states)
        if change.into != "default" and change.into not in known:
            what = f"{change.name} has no look or state “{change.into}”."
            problems.append(doc.problem(what, did_you_mean(change.into, [*known, "default"]), *at))
    return problems


def figure_of(entry: CharacterEntry) -> Figure:
    """The body that an entry describes."""
    return Figure(height=entry.figure.height, build=entry.figure.build, age=entry.figure.age)
