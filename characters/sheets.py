"""Model sheets as references: pictures that ``direct cast`` drew, for whom the bible gives none.

They stand in ``cast/`` beside the film file, with ``cast.json``, which says of every picture whom it shows and
from which words it was drawn. They are a part of the film like any reference: a person may look at them, replace
them, or delete them.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from characters.references import References, load_image
from characters.seen import Kind, Reference, Seen
from storyboard.errors import Level, Problem
from storyboard.frozen import Frozen
from storyboard.hashing import digest
from storyboard.paths import inside

FOLDER = "cast"
INDEX = "cast.json"


class Sheet(Frozen):
    """The pictures of one character, prop or place in one look or state; ``files`` are relative to ``cast/``."""

    kind: Kind
    name: str
    variant: str | None = None  # the look or state
    key: str  # of the words it was drawn from
    files: tuple[str, ...]


class Index(Frozen):
    """What ``cast.json`` holds."""

    format: int = 1
    sheets: tuple[Sheet, ...] = ()


Sheets = dict[tuple[Kind, str, str | None], Sheet]


def variant_of(seen: Seen) -> str | None:
    """The look of a character, the state of anything else."""
    return seen.look if seen.kind is Kind.CHARACTER else seen.state


def sheet_key(seen: Seen) -> str:
    """What a sheet is drawn from: all that the bible says of how this looks, references left out."""
    return digest("sheet", seen.model_dump(mode="json", exclude={"references", "never"}))


def load_sheets(folder: Path) -> tuple[Sheets, tuple[Problem, ...]]:
    """The sheets beside a film, by kind, name and variant; and a problem if their index cannot be read."""
    path = folder / FOLDER / INDEX
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}, ()
    except OSError as error:
        return {}, (_unreadable(path, error.strerror or "it cannot be opened"),)
    except UnicodeDecodeError:
        return {}, (_unreadable(path, "it is no text"),)
    try:
        index = Index.model_validate_json(text)
    except ValidationError:
        return {}, (_unreadable(path, "it is not what direct cast writes"),)
    return {(sheet.kind, sheet.name, sheet.variant): sheet for sheet in index.sheets}, ()


def _unreadable(path: Path, why: str) -> Problem:
    todo = "Run direct cast again, or delete the folder."
    return Problem(level=Level.ERROR, file=path, line=1, what=f"the model sheets cannot be used: {why}.", todo=todo)


def with_sheets(references: References, sheets: Sheets, folder: Path) -> tuple[References, tuple[Problem, ...]]:
    """The bible's references, and the sheets' where it gives none; and a problem for every picture that is lost."""
    found: References = dict(references)
    problems: list[Problem] = []
    for (_, name, variant), sheet in sheets.items():
        if (name, variant) in references or (name, None) in references:
            continue
        pictures: list[Reference] = []
        for file in sheet.files:
            written = f"{FOLDER}/{file}"
            try:
                pictures.append(load_image(inside(folder, written), name, variant)[0])
            except ValueError as error:
                what = f"the model sheet picture “{written}” of {name} {error}."
                todo = "Run direct cast again, or delete the folder."
                problems.append(Problem(level=Level.ERROR, file=folder / FOLDER / INDEX, line=1, what=what, todo=todo))
        found[name, variant] = tuple(pictures)
    return found, tuple(problems)


def stale_sheets(sheets: Sheets, seen: Iterable[Seen], folder: Path) -> list[Problem]:
    """A doubt for every sheet whose words have changed since it was drawn."""
    if not sheets:
        return []
    found: list[Problem] = []
    for each in {(s.kind, s.name, variant_of(s)): s for s in seen}.values():
        sheet = sheets.get((each.kind, each.name, variant_of(each)))
        used = any(reference.path.is_relative_to((folder / FOLDER).resolve()) for reference in each.references)
        if sheet is not None and used and sheet.key != sheet_key(each):
            what = f"the model sheet of {each.name} was drawn from other words than the bible has now."
            found.append(
                Problem(
                    level=Level.WARNING,
                    file=folder / FOLDER / INDEX,
                    line=1,
                    what=what,
                    todo="Run direct cast to draw it again.",
                    rule="stale-sheet",
                )
            )
    return found


def index_text(sheets: Iterable[Sheet]) -> str:
    """``cast.json``, for a person too."""
    index = Index(sheets=tuple(sheets)).model_dump(mode="json")
    return json.dumps(index, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def chosen(seen: Sequence[Seen], most: int) -> tuple[Reference, ...]:
    """The references that a shot is shot with, ``most`` at most: the first of everybody before anybody's second."""
    longest = max((len(each.references) for each in seen), default=0)
    dealt = [each.references[turn] for turn in range(longest) for each in seen if turn < len(each.references)]
    return tuple(dealt[:most])
