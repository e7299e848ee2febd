"""``direct cast``: a model sheet for everybody and everything in the film, to look at and to shoot with."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from characters.bible import CharacterEntry
from characters.continuity import seen_as
from characters.names import ages_in
from characters.seen import Kind, Seen
from characters.sheets import FOLDER, INDEX, Sheet, index_text, sheet_key, variant_of
from director.plan import Plan
from storyboard.frozen import Frozen
from storyboard.hashing import digest
from storyboard.screenplay import Interior


class CastSheets(Frozen):
    """What ``direct cast`` drew: the folder, and a page for each look and state."""

    folder: Path
    pages: tuple[Path, ...]
    pictures: int


def draw_cast(plan: Plan, progress: Callable[[int, int], None] = lambda _done, _all: None) -> CastSheets:
    """Draw the sheets into ``cast/`` beside the film file. Raises MediaError or DiskError.

    They serve as references where the bible gives none. Pictures that no longer belong to the film are removed.
    """
    from render import media
    from render.boards.model_sheet import sheet_page
    from render.boards.png import to_picture
    from render.previz.model_sheet import draw_views

    folder = plan.project.folder / FOLDER
    wanted = _everybody(plan)
    sheets: list[Sheet] = []
    pages: list[Path] = []
    kept: set[Path] = set()
    for done, (seen, interior) in enumerate(wanted):
        progress(done, len(wanted))
        views = draw_views(seen, interior)
        place = _folder_of(seen, {sheet.files[0].split("/")[0] for sheet in sheets})
        files = tuple(f"{place}/{view.name}.png" for view in views)
        for file, view in zip(files, views, strict=True):
            media.write_image(folder / file, view.pixels)
        variant = variant_of(seen)
        pages.append(folder / place / "sheet.png")
        page = sheet_page(seen, variant, [(view.name, view.pixels) for view in views])
        media.write_image(pages[-1], to_picture(page, 2.0))
        sheets.append(Sheet(kind=seen.kind, name=seen.name, variant=variant, key=sheet_key(seen), files=files))
        kept |= {folder / file for file in files} | {pages[-1]}
    progress(len(wanted), len(wanted))
    media.write_bytes(folder / INDEX, index_text(sheets).encode())
    _clear(folder, kept)
    return CastSheets(folder=folder, pages=tuple(pages), pictures=sum(len(sheet.files) for sheet in sheets))


def _everybody(plan: Plan) -> list[tuple[Seen, Interior]]:
    """Everybody and everything of the film in every look and state, in order of appearance, then the bible's rest."""
    found: dict[tuple[Kind, str, str | None], tuple[Seen, Interior]] = {}
    for planned in plan.shots:
        appearance = planned.appearance
        for seen in (*appearance.cast, *appearance.props, appearance.place):
            found.setdefault((seen.kind, seen.name, variant_of(seen)), (seen, planned.shot.interior))
    for seen in _unseen(plan):
        found.setdefault((seen.kind, seen.name, variant_of(seen)), (seen, Interior.UNSAID))
    order = (Kind.CHARACTER, Kind.PROP, Kind.PLACE)
    return sorted(found.values(), key=lambda each: order.index(each[0].kind))


def _unseen(plan: Plan) -> Iterator[Seen]:
    """The looks and states that the bible has, whether or not a shot shows them."""
    project = plan.project
    bible, ages = project.bible, ages_in(project.screenplay)
    for kind, group in ((Kind.CHARACTER, bible.characters), (Kind.PROP, bible.props), (Kind.PLACE, bible.places)):
        for name, entry in group.items():
            variants = entry.looks if isinstance(entry, CharacterEntry) else getattr(entry, "states", {})
            begins = getattr(entry, "look", None) or getattr(entry, "state", None)
            for variant in dict.fromkeys((begins, *variants)):
                yield seen_as(bible, project.references, kind, name, variant, ages)


def _folder_of(seen: Seen, taken: set[str]) -> str:
    """A folder's name that any file system takes, and that nobody else has."""
    variant = variant_of(seen)
    words = f"{seen.name} {variant}" if variant else seen.name
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    if not name or name in taken:
        name = f"{name}-{digest('folder', [seen.kind.value, seen.name, variant])[:8]}".strip("-")
    return name


def _clear(folder: Path, kept: set[Path]) -> None:
    """Remove sheets of an earlier film: only files that this command names so."""
    from render import media

    for path in folder.glob("*/*.png"):
        if path not in kept and (path.parent / "sheet.png").exists():
            media.drop(path)
