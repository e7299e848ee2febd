"""Eyes with learned weights, and detectors, as film.yaml names them: opened when a check first needs one."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from characters.likeness.base import Embedder
    from characters.likeness.detector import Detector


@dataclass(frozen=True)
class Eye:
    """An embedder by its name and settings; ``folder`` is the film's, where its models may stand."""

    name: str = "appearance"
    params: str = "{}"
    folder: str = ""

    def open(self) -> "Embedder":
        """The embedder. Raises InputError for an unknown one, MissingInstall for weights that this machine lacks."""
        return _opened(self.name, self.params, self.folder)

    @property
    def identity(self) -> str:
        """What its vectors depend on beside the crops."""
        embedder = self.open()
        return f"{embedder.name}-{embedder.version}-{embedder.revision}"


def eye_of(settings: Mapping[str, Any] | None, which: str, folder: Path | None) -> Eye | None:
    """The eye that film.yaml names under ``which``, or None."""
    named = (settings or {}).get(which)
    if not named:
        return None
    return Eye(named["name"], json.dumps(named.get("params", {}), sort_keys=True), str(folder or ""))


@dataclass(frozen=True)
class Finder:
    """A detector by its name and settings; ``folder`` is the film's, where its model may stand."""

    name: str
    params: str = "{}"
    folder: str = ""

    def open(self) -> "Detector":
        """The detector. Raises InputError for an unknown one, MissingInstall for weights that this machine lacks."""
        return _opened_detector(self.name, self.params, self.folder)

    @property
    def identity(self) -> str:
        """What its finds depend on beside the frame."""
        detector = self.open()
        return f"{detector.name}-{detector.version}-{detector.revision}"


def finder_of(settings: Mapping[str, Any] | None, folder: Path | None) -> Finder | None:
    """The detector that film.yaml names, or None."""
    named = (settings or {}).get("detector")
    if not named:
        return None
    return Finder(named["name"], json.dumps(named.get("params", {}), sort_keys=True), str(folder or ""))


@functools.lru_cache(maxsize=2)
def _opened_detector(name: str, params: str, folder: str) -> "Detector":
    from characters.likeness.detector import open_detector

    return open_detector(name, json.loads(params), Path(folder))


@functools.lru_cache(maxsize=4)
def _opened(name: str, params: str, folder: str) -> "Embedder":
    from characters.likeness.registry import open_embedder

    return open_embedder(name, json.loads(params), Path(folder))
