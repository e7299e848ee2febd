"""Which generators there are, and how one is opened by its name in film.yaml."""

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from render.generators.base import Generator
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean

GROUP = "shotgraph.generators"


Factory = Callable[[dict[str, Any], Path | None], Generator]
"""Makes a generator from its settings in film.yaml; what they name stands in this folder, the film's."""


def _previz(params: dict[str, JsonValue], _folder: Path | None) -> Generator:
    from render.generators.previz import Previz

    return Previz(params)


def _fake(params: dict[str, JsonValue], _folder: Path | None) -> Generator:
    from render.generators.fake import Fake

    return Fake(dict(params))


_BUILT_IN: dict[str, Factory] = {"previz": _previz, "fake": _fake}


def generator_names() -> list[str]:
    """Every name that film.yaml may use: what ships, and what installed packages add."""
    return sorted({*_BUILT_IN, *(entry.name for entry in entry_points(group=GROUP))})


def open_generator(name: str, params: dict[str, JsonValue], folder: Path | None = None) -> Generator:
    """The generator called ``name``, for a film in ``folder``. Raises InputError for an unknown name or setting."""
    if (factory := _BUILT_IN.get(name)) is None:
        for entry in entry_points(group=GROUP, name=name):
            factory = entry.load()
    if factory is None:
        raise InputError(Problem(what=f"there is no generator “{name}”.", todo=did_you_mean(name, generator_names())))
    return factory(params, folder)
