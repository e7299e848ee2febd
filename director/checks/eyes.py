"""Eyes with learned weights, and detectors, as film.yaml names them: opened when a check first needs one."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from characters.likeness.base import Embedder
    from characters.likeness.detector import Detector


@dataclass(frozen=True)
class _Learned:
    """What film.yaml names, and its settings; ``folder`` is the film's, where its model may stand."""

    name: str
    params: str = "{}"
    folder: str = ""

    def open(self) -> "Embedder | Detector":
        """Raises InputError for what is unknown, MissingInstall for weights that this machine lacks."""
        raise NotImplementedError

    @property
    def identity(self) -> str:
        """What it says depends on beside the picture."""
        opened = self.open()
        return f"{opened.name}-{opened.version}-{opened.revision}"


@dataclass(frozen=True)
class Eye(_Learned):
    """An embedder."""

    name: str = "appearance"

    def open(self) -> "Embedder":
        """The embedder, as ``_Learned.open``."""
        return _opened(self.name, self.params, self.folder)


@dataclass(frozen=True)
class Finder(_Learned):
    """A detector."""

    def open(self) -> "Detector":
        """The detector, as ``_Learned.open``."""
        return _opened_detector(self.name, self.params, self.folder)


_T = TypeVar("_T", bound=_Learned)


def eye_of(settings: Mapping[str, Any] | None, which: str, folder: Path | None) -> Eye | None:
    """The eye that film.yaml names under ``which``, or None."""
    return _named(Eye, settings, which, folder)


def finder_of(settings: Mapping[str, Any] | None, folder: Path | None) -> Finder | None:
    """The detector that film.yaml names, or None."""
    return _named(Finder, settings, "detector", folder)


def _named(kind: type[_T], settings: Mapping[str, Any] | None, which: str, folder: Path | None) -> _T | None:
    named = (settings or {}).get(which)
    if not named:
        return None
    return kind(named["name"], json.dumps(named.get("params", {}), sort_keys=True), str(folder or ""))


@functools.lru_cache(maxsize=4)
def _opened(name: str, params: str, folder: str) -> "Embedder":
    from characters.likeness.registry import open_embedder

    return open_embedder(name, json.loads(params), Path(folder))


@functools.lru_cache(maxsize=2)
def _opened_detector(name: str, params: str, folder: str) -> "Detector":
    from characters.likeness.detector import open_detector

    return open_detector(name, json.loads(params), Path(folder))
