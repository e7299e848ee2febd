"""Scratch voices: engines that say the dialogue, opened by the name that film.yaml gives.

Another engine is a file in this folder, and a line in ``_ENGINES``.
"""

from collections.abc import Callable
from pathlib import Path

from render.cut.voice.base import Spoken, Utterance, Voice
from storyboard.errors import InputError, Problem

__all__ = ["Spoken", "Utterance", "Voice", "open_voice", "voice_names"]


def _espeak(cache: Path) -> Voice:
    from render.cut.voice.espeak import Espeak

    return Espeak(cache)


def _none(cache: Path) -> Voice:
    from render.cut.voice.none import Silence

    return Silence(cache)


_ENGINES: dict[str, Callable[[Path], Voice]] = {"none": _none, "espeak": _espeak}


def voice_names() -> list[str]:
    """Every name that ``voice:`` in film.yaml may have."""
    return list(_ENGINES)


def open_voice(name: str, cache: Path) -> Voice:
    """The engine called ``name``; what it says is kept in ``cache``.

    Raises InputError for an unknown name, and MissingInstall for an engine that is not installed.
    """
    from storyboard.yaml_file import did_you_mean

    if (engine := _ENGINES.get(name)) is None:
        raise InputError(Problem(what=f"there is no voice “{name}”.", todo=did_you_mean(name, voice_names())))
    return engine(cache)
