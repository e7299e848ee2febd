"""Which generators there are, and how one is opened by its name in film.yaml."""

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from render.generators.base import Generator, Needing
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean

GROUP = "shotgraph.generators"


Factory = Callable[[dict[str, Any], Path | None], Generator]
"""Makes a generator from its settings in film.yaml; what they name stands in this folder, the film's."""


def _previz(params: dict[str, JsonValue], _folder: Path | None) -> Generator:
    from render.generators.previz import Previz

    return Previz(params)


def _fake(params: dict[str, JsonValue], folder: Path | None) -> Generator:
    from render.generators.troubled import Troubled

    return Troubled(dict(params), folder)


def _wan_vace(params: dict[str, JsonValue], folder: Path | None) -> Generator:
    from render.generators.models.wan_vace import WanVace

    return WanVace(params, folder)


def _wan_i2v(params: dict[str, JsonValue], folder: Path | None) -> Generator:
    from render.generators.models.wan_i2v import WanI2V

    return WanI2V(params, folder)


def _ltx2(params: dict[str, JsonValue], folder: Path | None) -> Generator:
    from render.generators.models.ltx2 import LTX2

    return LTX2(params, folder)


def _videos_api(params: dict[str, JsonValue], folder: Path | None) -> Generator:
    from render.generators.videos_api import VideosApi

    return VideosApi(params, folder)


def _comfyui(params: dict[str, JsonValue], folder: Path | None) -> Generator:
    from render.generators.comfyui import ComfyUI

    return ComfyUI(params, folder)


_BUILT_IN: dict[str, Factory] = {
    "previz": _previz,
    "fake": _fake,
    "videos-api": _videos_api,
    "comfyui": _comfyui,
    "wan-vace": _wan_vace,
    "wan-i2v": _wan_i2v,
    "ltx2": _ltx2,
}


_MODELS = ("wan-vace", "wan-i2v", "ltx2")


def needs_of(
    name: str, params: dict[str, Any], folder: Path, size: tuple[int, int], *, download: bool = False
) -> list[tuple[str, bool, str]]:
    """What a generator needs of this machine: (part, whether it is there, what was found) each.

    A generator that has ``needs()`` answers itself. Raises InputError for an unknown name or setting.
    """
    if name in _MODELS:
        from render.generators.models.needs import needs

        longest = params.get("max_frames")
        frames = longest if isinstance(longest, int) else 121 if name == "ltx2" else 81
        found = needs(name, params, folder, (*size, frames), download=download)
        return [(part.name, part.ok, part.found) for part in found]
    generator = open_generator(name, params, folder)
    return generator.needs() if isinstance(generator, Needing) else []


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
