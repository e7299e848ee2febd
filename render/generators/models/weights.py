"""Where a pipeline's weights stand on this machine, and which weights exactly they are. Nothing is downloaded."""

import functools
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from characters.likeness.weights import HOME, HUB_ID, Weights, local_folder, models_home, pinned_snapshot
from storyboard.errors import InputError, MissingInstall, Problem

INDEX = "model_index.json"
_READ = {".safetensors", ".json", ".txt", ".model", ".jinja"}
_CODE = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".py"}


def find_pipeline(name: str, model: str, revision: str | None, film: Path | None) -> Weights:
    """The weights of the pipeline that the generator ``name`` is set to use: a folder, or a model of the hub.

    Raises InputError for a folder that holds none or holds other than safetensors, and for a model of the hub that
    is not pinned to a commit; MissingInstall, with the line that fetches it, for one that this machine lacks.
    """
    if (folder := local_folder(model, film or models_home())) is not None:
        _hold_pipeline(name, folder)
        return Weights(folder, content_revision(folder))
    if not HUB_ID.fullmatch(model):
        todo = f"Put the pipeline's folder there or in {models_home()} (${HOME}), or name a model of the hub."
        raise MissingInstall(Problem(what=f"{name} is set to the model “{model}”, which is no folder here.", todo=todo))
    found = _pinned(name, model, revision)
    _hold_pipeline(name, found)
    return Weights(found, str(revision))


def hold_class(name: str, folder: Path, accepted: Iterable[str]) -> None:
    """Raise InputError unless the pipeline in ``folder`` is one of these classes of diffusers."""
    found = index_of(folder).get("_class_name")
    if found not in (accepted := list(accepted)):
        what = f"{name}: the model in {folder} is a {found or 'pipeline of no class'}, not a {' or '.join(accepted)}."
        raise InputError(Problem(what=what, todo="Name a model of this kind, or the generator that goes with it."))


def find_file(
    name: str, model: str, file: str | None, revision: str | None, film: Path | None, suffix: str = ".safetensors"
) -> Weights:
    """One file of weights, a LoRA or an adapter: in a folder, by its own path, or of a model of the hub.

    The revision is the hash of its bytes. Raises InputError and MissingInstall as ``find_pipeline`` does.
    """
    if file is None and model.endswith(suffix):
        path = PurePosixPath(model)
        model, file = path.parent.as_posix(), path.name
    if PurePosixPath(model).suffix in _CODE:
        todo = "Only safetensors are read: other formats can hold code."
        raise InputError(Problem(what=f"{name}: “{model}” is no *{suffix}.", todo=todo))
    folder = local_folder(model, film or models_home())
    if folder is None and not HUB_ID.fullmatch(model):
        todo = f"Put it there or in {models_home()} (${HOME}), or name a model of the hub."
        raise MissingInstall(Problem(what=f"{name} is set to “{model}”, which is no folder here.", todo=todo))
    if folder is None:
        folder = _pinned(name, model, revision)
    there = sorted(path.relative_to(folder).as_posix() for path in folder.glob(f"*{suffix}"))
    if file is None:
        if len(there) != 1:
            what = f"{name}: {folder} holds {len(there) or 'no'} *{suffix}."
            raise InputError(Problem(what=what, todo=f"Write file: with one of {', '.join(there)}." if there else ""))
        file = there[0]
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or path.suffix != suffix:
        todo = "Only safetensors are read: other formats can hold code."
        raise InputError(Problem(what=f"{name}: “{file}” is no *{suffix} in {folder}.", todo=todo))
    if not (folder / path).is_file():
        todo = f"There {'is' if len(there) == 1 else 'are'} {', '.join(there)}." if there else ""
        raise InputError(Problem(what=f"{name}: {folder} holds no “{file}”.", todo=todo))
    known = _Known()
    digits = known.sha256(folder / path)
    known.save()
    return Weights(folder / path, f"sha256:{digits}")


def _pinned(name: str, model: str, revision: str | None) -> Path:
    """The copy on this machine of a model of the hub at a commit."""
    more = " `direct doctor FILM` says how large it is."
    return pinned_snapshot(name, model, revision, changing="takes", more=more)


def _hold_pipeline(name: str, folder: Path) -> None:
    if not (folder / INDEX).is_file():
        raise InputError(Problem(what=f"{name}: {folder} holds no {INDEX}.", todo="Is it a pipeline's folder?"))
    for part in components(folder):
        files = [path for path in (folder / part).glob("*") if path.suffix in {".safetensors", *_CODE}]
        if files and not any(path.suffix == ".safetensors" for path in files):
            what = f"{name}: {folder / part} holds no *.safetensors."
            todo = "Only safetensors are read: other formats can hold code. Take a revision that has them."
            raise InputError(Problem(what=what, todo=todo))


def components(folder: Path) -> list[str]:
    """The parts of a pipeline that stand in folders of their own. Raises InputError for an index that is none."""
    return [part for part, kind in index_of(folder).items() if isinstance(kind, list) and (folder / part).is_dir()]


def index_of(folder: Path) -> dict[str, Any]:
    """What a pipeline is made of. Raises InputError for an index that is none."""
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        return dict(index.items())
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(Problem(what=f"{folder / INDEX} cannot be read ({error}).", todo="Fetch it again.")) from None


@functools.cache
def config_of(folder: Path, part: str) -> dict[str, object]:
    """The configuration of a part of a pipeline; empty where it has none."""
    for name in ("config.json", "scheduler_config.json"):
        try:
            found = json.loads((folder / part / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        return found if isinstance(found, dict) else {}
    return {}


def weight_bytes(folder: Path) -> dict[str, int]:
    """Bytes of the weights of each part."""
    return {part: sum(path.stat().st_size for path in _weights(folder / part)) for part in components(folder)}


def _weights(folder: Path) -> Iterable[Path]:
    return folder.glob("*.safetensors")


def content_revision(folder: Path) -> str:
    """``sha256:`` and 64 digits over the names and bytes of a pipeline's files, whatever folder they stand in.

    The hash of a large file is remembered by its size and its time of change, so that it is read once.
    """
    known = _Known()
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _READ):
        total.update(f"{path.relative_to(folder).as_posix()}\0{known.sha256(path)}\n".encode())
    known.save()
    return f"sha256:{total.hexdigest()}"


class _Known:
    """Hashes of files that were read before."""

    LARGE = 1 << 20  # bytes; smaller files are read again

    def __init__(self) -> None:
        self._path = models_home().parent / "hashes.json"
        self._fresh = False
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            self._hashes: dict[str, str] = found if isinstance(found, dict) else {}
        except (OSError, ValueError):
            self._hashes = {}

    def sha256(self, path: Path) -> str:
        stat = path.stat()
        name = f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns}"
        if stat.st_size >= self.LARGE and (known := self._hashes.get(name)) is not None:
            return known
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if stat.st_size >= self.LARGE:
            self._hashes[name], self._fresh = found, True
        return found

    def save(self) -> None:
        """Keep what was found; a folder that cannot be written costs a second reading, nothing else."""
        if not self._fresh:
            return
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._hashes, indent=0), encoding="utf-8")
            part.replace(self._path)
        except OSError:
            part.unlink(missing_ok=True)
