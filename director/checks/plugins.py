"""Checks from other packages: found by entry point, opened where film.yaml names them."""

import functools
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from director.checks.base import Check
from storyboard.errors import MissingInstall, Problem
from storyboard.yaml_file import did_you_mean

GROUP = "shotgraph.checks"


def open_plugins(named: Iterable[Mapping[str, Any]], folder: Path | None) -> tuple[Check, ...]:
    """The checks of these names, each with its settings; what they name stands in ``folder``, the film's.

    Raises MissingInstall for a name that no installed package has, and what a check raises for its settings.
    """
    return tuple(_opened(each["name"], json.dumps(each.get("params", {}), sort_keys=True), folder) for each in named)


@functools.cache
def _opened(name: str, params: str, folder: Path | None) -> Check:
    there = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in there:
        near = did_you_mean(name, list(there)) if there else ""
        todo = f"{near} Install the package that has it: it must have an entry point {GROUP}.".strip()
        raise MissingInstall(Problem(what=f"there is no check “{name}” here.", todo=todo))
    return there[name].load()(json.loads(params), folder)


def needs_rehearsal(check: Check) -> bool:
    """Whether a check can say nothing of takes that are held against no rehearsal; it says so itself."""
    return bool(getattr(check, "needs_rehearsal", True))
