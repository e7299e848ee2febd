"""A film as it stands on disk: its settings, screenplay and bible, read and checked together."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from characters.bible import Bible, bible_from
from characters.references import References, load_references
from characters.sheets import Sheets, load_sheets, with_sheets
from director.film import FilmFile
from storyboard.errors import InputError, Problem
from storyboard.paths import inside
from storyboard.reading import read_script
from storyboard.screenplay import Screenplay
from storyboard.yaml_file import Key, YamlFile, build, did_you_mean, read_yaml

SCRIPTS = (".fountain", ".spmd", ".txt")

T = TypeVar("T")


@dataclass(frozen=True)
class Overrides:
    """What the command line or a notebook asks for instead of what the file says. None: as the file says."""

    generator: str | None = None
    seed: int | None = None
    height: int | None = None
    voice: str | None = None


@dataclass(frozen=True)
class Project:
    """Everything a film is made from, read from disk."""

    path: Path  # the film file, absolute
    doc: YamlFile
    film: FilmFile
    screenplay: Screenplay
    bible: Bible
    bible_place: tuple[YamlFile, tuple[Key, ...]]  # the file that the bible stands in, and under which keys
    bible_read: bool  # False: its faults are among the problems, and no name is known
    references: References  # the bible's, and those of the model sheets where it gives none
    sheets: Sheets
    problems: tuple[Problem, ...]  # errors too: the plan refuses them with its own, all at once

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def title(self) -> str:
        return self.film.title or self.screenplay.title or self.path.stem.replace("_", " ").title()


class _Collector:
    """Runs the steps of reading and keeps every problem, so that a person hears of all of them at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def attempt(self, step: Callable[[], T]) -> T | None:
        try:
            return step()
        except InputError as error:
            self.problems += error.problems
            return None


def open_project(path: Path, overrides: Overrides = Overrides()) -> Project:
    """Read a film: a film.yaml, or a .fountain script alone.

    Raises InputError where there is nothing to plan. Other faults are among the project's problems, so that
    the plan can add its own before it refuses them all.
    """
    path = find_film(path)
    alone = path.suffix.lower() in SCRIPTS
    doc = YamlFile(path, {"screenplay": path.name}, {(): 1}) if alone else read_yaml(path)
    if not isinstance(doc.data, dict):
        what = "is empty." if doc.data is None else "is not a film: it holds no keys."
        raise InputError(doc.problem(what, "Begin with “direct new DIR”, which writes a small one."))
    collector = _Collector()
    film = collector.attempt(lambda: build(FilmFile, doc))
    film = collector.attempt(partial(_overridden, film, overrides)) if film is not None else None
    screenplay = collector.attempt(lambda: _screenplay(doc))
    read = collector.attempt(lambda: _bible(doc))
    bible, bible_doc, keys = read or (Bible(), doc, ("bible",))
    if film is None:
        film = _salvaged(doc)
    if film is None or screenplay is None:
        raise InputError(collector.problems)
    references, doubts = collector.attempt(lambda: load_references(bible, folder_of(bible_doc), bible_doc, keys)) or (
        {},
        (),
    )
    collector.problems += doubts
    sheets, faults = load_sheets(path.parent)
    references, lost = with_sheets(references, sheets, path.parent)
    collector.problems += (*faults, *lost)
    collector.problems += _sound_problems(doc, film, screenplay)
    return Project(
        path=path,
        doc=doc,
        film=film,
        screenplay=screenplay,
        bible=bible,
        bible_place=(bible_doc, keys),
        bible_read=read is not None,
        references=references,
        sheets=sheets,
        problems=(*collector.problems, *screenplay.problems),
    )


def find_film(path: Path) -> Path:
    """The film file that a person means by ``path``: the file, or the film.yaml of a folder."""
    path = Path(path).expanduser()
    if path.is_dir():
        path = path / "film.yaml"
    if not path.exists():
        raise InputError(
            Problem(what="there is no such film.", todo="Check the path; “direct new DIR” makes one.", file=path)
        )
    return path.absolute()


def _overridden(film: FilmFile, overrides: Overrides) -> FilmFile:
    changes: dict[str, Any] = {}
    if overrides.generator is not None and overrides.generator != film.generator.name:
        changes["generator"] = {"name": overrides.generator}
    if overrides.seed is not None:
        changes["seed"] = overrides.seed
    if overrides.voice is not None:
        changes["voice"] = overrides.voice
    if overrides.height is not None:
        changes["format"] = {**film.format.model_dump(), "height": overrides.height, "width": None}
    if not changes:
        return film
    given = YamlFile(None, {**film.model_dump(), **changes}, {})
    return build(FilmFile, given)


def folder_of(doc: YamlFile) -> Path:
    """The folder that the paths in ``doc`` are relative to."""
    return doc.path.parent if doc.path is not None else Path.cwd()


def _referenced(doc: YamlFile, written: str, *keys: Key) -> Path:
    """A file that film.yaml names, inside its folder."""
    try:
        path = inside(folder_of(doc), written)
    except ValueError as error:
        raise InputError(doc.problem(f"“{written}” {error}.", "", *keys)) from None
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise InputError(doc.problem(f"the file “{written}” {what}.", "Check its name.", *keys))
    return path


def _screenplay(doc: YamlFile) -> Screenplay | None:
    written = doc.get("screenplay")
    if isinstance(written, str):
        path = _referenced(doc, written, "screenplay")
        if path.suffix.lower() in (".yaml", ".yml", ".json"):
            todo = "Name a .fountain file, or write scenes: in the film file."
            raise InputError(doc.problem(f"“{written}” is no screenplay.", todo, "screenplay"))
        return read_script(path)
    if isinstance(doc.get("scenes"), list):
        from storyboard.yaml_script import screenplay_from_yaml

        return screenplay_from_yaml(doc, "scenes")
    return None


def _bible(doc: YamlFile) -> tuple[Bible, YamlFile, tuple[Key, ...]]:
    written = doc.get("bible")
    if isinstance(written, str):
        bible = read_yaml(_referenced(doc, written, "bible"))
        return bible_from(bible), bible, ()
    if isinstance(written, dict):
        return bible_from(doc, "bible"), doc, ("bible",)
    return Bible(), doc, ("bible",)


def _salvaged(doc: YamlFile) -> FilmFile | None:
    """The film without the keys that are wrong, so that the rest is looked at in the same go."""
    data = dict(doc.data)
    while data:
        try:
            return FilmFile.model_validate(data)
        except ValidationError as error:
            wrong = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]} & set(data)
            if not wrong:
                return None
            data = {key: value for key, value in data.items() if key not in wrong}
    return None


def _sound_problems(doc: YamlFile, film: FilmFile, screenplay: Screenplay) -> list[Problem]:
    problems: list[Problem] = []
    scenes = [scene.number for scene in screenplay.scenes]
    for group, cues in (("music", film.cut.music), ("effects", film.cut.effects)):
        for index, cue in enumerate(cues):
            try:
                _referenced(doc, cue.file, "cut", group, index, "file")
            except InputError as error:
                problems += error.problems
            if cue.scene is not None and cue.scene not in scenes:
                what, todo = f"there is no scene “{cue.scene}”.", did_you_mean(cue.scene, scenes)
                problems.append(doc.problem(what, todo, "cut", group, index, "scene"))
    return problems


def frames_of(seconds: Fraction, rate: Fraction) -> int:
    """The nearest whole number of frames."""
    return round(seconds * rate)
