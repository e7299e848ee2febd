"""Which embedders there are, and how one is opened by its name in film.yaml."""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean

if TYPE_CHECKING:
    from characters.likeness.base import Embedder

GROUP = "shotgraph.embedders"
Settings = Mapping[str, JsonValue]
M = TypeVar("M", bound=BaseModel)


def _appearance(settings: Settings, film: Path) -> "Embedder":
    from characters.likeness.appearance import Appearance

    _ = film
    if settings:
        what = f"`appearance` has no settings, and {', '.join(f'“{key}”' for key in settings)} is set."
        raise InputError(Problem(what=what, todo="Leave it out."))
    return Appearance()


def _dino(settings: Settings, film: Path) -> "Embedder":
    from characters.likeness.dino import Dino
    from characters.likeness.pretrained import PretrainedSettings

    return Dino(read_settings("dino", PretrainedSettings, settings), film)


def _siglip(settings: Settings, film: Path) -> "Embedder":
    from characters.likeness.pretrained import PretrainedSettings
    from characters.likeness.siglip import Siglip

    return Siglip(read_settings("siglip", PretrainedSettings, settings), film)


def _clip(settings: Settings, film: Path) -> "Embedder":
    from characters.likeness.clip import Clip
    from characters.likeness.pretrained import PretrainedSettings

    return Clip(read_settings("clip", PretrainedSettings, settings), film)


def _face(settings: Settings, film: Path) -> "Embedder":
    from characters.likeness.face import Face, FaceSettings

    return Face(read_settings("face", FaceSettings, settings), film)


_BUILT_IN: dict[str, "Callable[[Settings, Path], Embedder]"] = {
    "appearance": _appearance,
    "dino": _dino,
    "siglip": _siglip,
    "clip": _clip,
    "face": _face,
}


def embedder_names() -> list[str]:
    """Every name that film.yaml may use: what ships, and what installed packages add."""
    return sorted({*_BUILT_IN, *(entry.name for entry in entry_points(group=GROUP))})


def open_embedder(name: str, settings: Settings | None = None, film: Path | None = None) -> "Embedder":
    """The embedder called ``name``; ``film`` is the folder of the film's file, where its models may stand.

    Weights are looked for now and loaded at the first crop. Raises InputError for an unknown name or setting, and
    MissingInstall, with what to do, for weights that this machine lacks.
    """
    factory = _BUILT_IN.get(name)
    if factory is None:
        for entry in entry_points(group=GROUP, name=name):
            factory = entry.load()
    if factory is None:
        raise InputError(Problem(what=f"there is no embedder “{name}”.", todo=did_you_mean(name, embedder_names())))
    return factory(dict(settings or {}), film or Path())


def read_settings(name: str, model: type[M], settings: Settings) -> M:
    """``settings`` as ``model``. Raises InputError that names every setting that cannot be used."""
    try:
        return model.model_validate(dict(settings))
    except ValidationError as error:
        raise InputError(_problem(name, model, fault) for fault in error.errors(include_url=False)) from None


def _problem(name: str, model: type[BaseModel], fault: Mapping) -> Problem:
    key = str(fault["loc"][0]) if fault["loc"] else name
    if fault["type"] == "extra_forbidden":
        return Problem(what=f"`{name}` has no setting “{key}”.", todo=did_you_mean(key, list(model.model_fields)))
    if fault["type"] == "missing":
        return Problem(what=f"`{name}` needs `{key}:`.", todo="Write it beside the embedder's name.")
    return Problem(what=f"`{name}`: `{key}` cannot be {fault['input']!r}: {fault['msg'].lower()}.")
