"""Writing the dailies: proxies, pictures and the page, each only where it is not there yet."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.attempts import ShotState
from director.dailies.gather import FILM, gather
from director.dailies.page import Page
from director.dailies.proxies import files_of, leftover, make_proxies
from director.early import waste_of
from director.plan import Plan
from director.takes import Store
from storyboard.errors import InputError, Problem
from storyboard.hashing import digest

if TYPE_CHECKING:
    from render.cut.edit import Edit

NAME = "dailies.html"
_VERSION = "1"  # changes whenever the same page would be written otherwise


def write_dailies(
    plan: Plan,
    store: Store,
    states: Iterable[ShotState],
    edit: "Edit",
    out: Path,
    *,
    cut: bool = True,
    inline: bool = False,
    workers: int | None = None,
) -> Path:
    """Write ``dailies.html`` and its proxies into ``out``; returns its path. What is as it was is left alone.

    ``cut``: the film of ``edit`` stands in ``out``. ``inline`` puts it and the proxies into the page too.
    Raises MachineError.
    """
    page = gather(plan, states, edit, cut=cut, early=waste_of(plan, store))
    path = out / NAME
    memory = store.cache / "dailies" / f"{digest('dailies place', str(out.absolute()))}.json"
    embedded = _stamp(out / FILM) if inline else None
    key = digest("dailies", {"version": _VERSION, "sheets": _sheets(), "page": page, "embedded": embedded})
    kept = _remembered(memory)
    if (kept.get("key"), kept.get("stamp")) == (key, _stamp(path)) and _stands(page, out, kept.get("unreadable", [])):
        return path
    from director.dailies.html import to_html
    from director.dailies.stills import make_stills
    from director.farm import core_count
    from render.media import write_bytes

    at_once = workers or core_count()
    unreadable = make_proxies(page, plan, store, out, at_once)
    stills = make_stills(page, plan, store, at_once)
    text = to_html(page, stills, unreadable, out if inline else None)
    write_bytes(path, text.encode())
    told = {"key": key, "stamp": _stamp(path), "unreadable": sorted(unreadable)}
    write_bytes(memory, json.dumps(told).encode())
    return path


def _stands(page: Page, out: Path, unreadable: list[str]) -> bool:
    """Whether the files beside the page are those that it names."""
    wanted = files_of(page) - set(unreadable)
    return all((out / file).exists() for file in wanted) and not leftover(page, out)


def _sheets() -> list[str]:
    """What the page is laid out with."""
    here = Path(__file__).parent
    return [(here / name).read_text("utf-8") for name in ("page.html.jinja", "page.css", "page.js")]


def _stamp(path: Path) -> list[object] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def _remembered(memory: Path) -> dict[str, Any]:
    try:
        kept = json.loads(memory.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def dailies_again(plan: Plan, *, out: Path | None = None, inline: bool = False, workers: int | None = None) -> Path:
    """Write the dailies of the takes that stand; nothing is shot, judged or cut.

    ``out`` is the folder of the cut. Raises InputError where nothing was shot yet, and MachineError.
    """
    from director.choose import choose
    from director.edit import build_edit
    from director.status import states_of

    crew, states = states_of(plan)
    made = [state for state in states if state.takes]
    if not made:
        what = f"nothing of {plan.project.title} is shot yet."
        raise InputError(Problem(what=what, todo="Make the film first: direct FILM."))
    edit = build_edit(plan, crew.store, [(state, choose(state)) for state in made])
    folder = out or plan.project.folder / "cut"
    cut = len(made) == len(states) and _is_cut(edit, folder)
    return write_dailies(plan, crew.store, states, edit, folder, cut=cut, inline=inline, workers=workers)


def _is_cut(edit: "Edit", out: Path) -> bool:
    """Whether the film in ``out`` was cut from this edit."""
    from render.cut.film_json import film_json

    try:
        kept = json.loads((out / "film.json").read_bytes())
    except (OSError, ValueError):
        return False
    return kept == json.loads(json.dumps(film_json(edit))) and (out / FILM).exists()
