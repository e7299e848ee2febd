"""Where a model's weights stand on this machine, and which weights exactly they are. Nothing is downloaded here."""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storyboard.errors import InputError, MissingInstall, Problem
from storyboard.paths import inside

HOME = "SHOTGRAPH_MODELS"
"""The environment variable that names this machine's folder of models."""
HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
COMMIT = re.compile(r"[0-9a-f]{40}")
_READ = {".safetensors", ".json", ".txt", ".model", ".onnx"}


@dataclass(frozen=True)
class Weights:
    """A folder with the files of a model, and its revision: a commit of the hub, or the hash of their content."""

    folder: Path
    revision: str


def models_home() -> Path:
    """This machine's folder of models: $SHOTGRAPH_MODELS, or ~/.cache/shotgraph/models."""
    written = os.environ.get(HOME)
    return Path(written) if written else Path.home() / ".cache" / "shotgraph" / "models"


def local_folder(written: str, film: Path) -> Path | None:
    """The folder ``written`` in the film's folder, or else in this machine's folder of models; None if in neither.

    Raises InputError for a path that leaves them.
    """
    for base in (film, models_home()):
        try:
            path = inside(base, written)
        except ValueError as error:
            todo = f"Name a folder in the film's own folder or in ${HOME} ({models_home()}), or a model of the hub."
            raise InputError(Problem(what=f"the model “{written}” {error}.", todo=todo)) from None
        if path.is_dir():
            return path
    return None


def find_weights(name: str, model: str, revision: str | None, film: Path) -> Weights:
    """The weights that the embedder or detector ``name`` is set to use: a local folder or a model of the hub.

    Only safetensors are taken. Raises InputError for a model of the hub that is not pinned to a commit or a folder
    that holds no model, and MissingInstall, with the line that fetches it, for one that this machine lacks.
    """
    folder = local_folder(model, film)
    if folder is not None:
        _hold_model(name, folder)
        return Weights(folder, content_revision(folder))
    if not HUB_ID.fullmatch(model):
        todo = (
            f"Put a folder with config.json and *.safetensors there or in {models_home()}, or name a model of the hub."
        )
        raise MissingInstall(
            Problem(what=f"`{name}` is set to the model “{model}”, which is no folder here.", todo=todo)
        )
    found = pinned_snapshot(f"`{name}`", model, revision, changing="vectors")
    _hold_model(name, found)
    return Weights(found, str(revision))


def pinned_snapshot(name: str, model: str, revision: str | None, *, changing: str, more: str = "") -> Path:
    """The copy on this machine of a model of the hub at a commit.

    ``changing``: what of ``name`` could change without one; ``more`` is said with the line that fetches it. Raises
    InputError for a model that is not pinned to a commit, MissingInstall for one that this machine lacks.
    """
    if revision is None or not COMMIT.fullmatch(revision):
        here = hub_snapshot(model, "main")
        hint = f" The copy on this machine is {here.name}." if here is not None else ""
        what = f"{name} is set to “{model}” of the hub without a commit, so that its {changing} could change one day."
        raise InputError(Problem(what=what, todo=f"Write `revision:` with the 40 digits of a commit.{hint}"))
    found = hub_snapshot(model, revision)
    if found is None or not any(found.rglob("*.safetensors")):
        todo = f"Fetch it with `hf download {model} --revision {revision}`.{more}"
        raise MissingInstall(Problem(what=f"{name} is set to “{model}”, which this machine lacks.", todo=todo))
    return found


def hub_snapshot(model: str, revision: str) -> Path | None:
    """The folder of a model in the hub's own cache on this machine."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, revision=revision, local_files_only=True))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError):
        return None


def _hold_model(name: str, folder: Path) -> None:
    """Raise InputError unless there is a model in ``folder`` that can be read without running code of its own."""
    if not (folder / "config.json").is_file():
        raise InputError(Problem(what=f"`{name}`: {folder} holds no config.json.", todo="Is it a model's folder?"))
    if not any(folder.glob("*.safetensors")):
        todo = "Only safetensors are read: other formats can hold code. Convert it, or take a revision that has them."
        raise InputError(Problem(what=f"`{name}`: {folder} holds no *.safetensors.", todo=todo))


def content_revision(folder: Path, names: Sequence[str] | None = None) -> str:
    """``sha256:`` and 64 digits over the names and bytes of a model's files, whatever folder they stand in."""
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix in _READ)
    total = hashlib.sha256()
    for path in paths:
        if names is not None and path.name not in names:
            continue
        with path.open("rb") as file:
            total.update(f"{path.name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return f"sha256:{total.hexdigest()}"
