"""Which exporters a film's edit goes through: those that every film has, and those that it names."""

from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from typing import Any

from pydantic import JsonValue

from render.cut.exporters.base import Exporter
from render.cut.exporters.own import FilmData, Subtitles, Timeline
from storyboard.errors import InputError, MissingInstall, Problem
from storyboard.yaml_file import did_you_mean

GROUP = "shotgraph.exporters"
_OWN: tuple[Exporter, ...] = (Subtitles(), Timeline(), FilmData())


def open_exporters(named: Iterable[tuple[str, Mapping[str, JsonValue]]]) -> tuple[Exporter, ...]:
    """Every film's exporters, then those named, each with its settings.

    Raises MissingInstall for a name that no installed package has, and InputError where two write the same file.
    """
    found: list[Exporter] = list(_OWN)
    for name, settings in named:
        if name in {exporter.name for exporter in found}:
            continue
        exporter = _loaded(name, dict(settings))
        if taken := [other.name for other in found if other.suffix == exporter.suffix]:
            what = f"the exporters {taken[0]} and {name} both write film{exporter.suffix}."
            raise InputError(Problem(what=what, todo="Keep one of them."))
        found.append(exporter)
    return tuple(found)


def _loaded(name: str, settings: dict[str, Any]) -> Exporter:
    there = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in there:
        names = [*(exporter.name for exporter in _OWN), *there]
        todo = f"{did_you_mean(name, names)} Others come with packages that have an entry point {GROUP}."
        raise MissingInstall(Problem(what=f"there is no exporter “{name}” here.", todo=todo))
    exporter: Exporter = there[name].load()(settings)
    if not exporter.suffix.startswith(".") or "/" in exporter.suffix or exporter.suffix == ".mp4":
        raise InputError(Problem(what=f"the exporter {name} would write film{exporter.suffix}.", todo="Mend it."))
    return exporter
