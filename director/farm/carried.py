"""A task that travels to where the film's folder is not: with the files that it reads, by their content."""

import contextlib
import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from director.farm.base import Preparation, Result, Task, done
from director.farm.depot import Depot
from director.judging import Judging
from director.locks import held
from director.shoot import Job
from director.takes import Take
from storyboard.errors import MachineError
from storyboard.frozen import Frozen
from storyboard.hashing import digest

_PLACES = {"folder", "lock", "home", "rehearsals"}  # folders and locks, not files that are read


class Carried(Frozen):
    """A task, and what to fetch before it is done. What is carried of it are contents, never where they stood."""

    task: Job | Judging
    depot: str
    files: dict[str, str]  # path in the task → SHA-256
    named: dict[str, str] = {}  # file that the generator's settings name, within the film's folder → SHA-256


def carry(task: Task, depot: Depot) -> Carried:
    """Put what a task reads into the depot. Raises DiskError."""
    assert not isinstance(task, Preparation)  # done by who stands beside the film
    files = {str(path): depot.put(path) for path in dict.fromkeys(_paths(task)) if path.is_file()}
    named = {}
    if isinstance(task, Job) and task.home is not None:
        home = task.home.resolve()
        for word in _words(task.params):
            with contextlib.suppress(OSError, ValueError):
                path = (home / word).resolve()
                if path.is_file() and path.is_relative_to(home):
                    named[str(path.relative_to(home))] = depot.put(path)
    return Carried(task=task, depot=depot.url, files=files, named=named)


def done_away(carried: Carried, tell: Callable[[int], None]) -> Result:
    """Do a task in a folder of this machine's own, and leave its take in the depot. Safe to call twice."""
    depot, task, scratch = _depot(carried.depot), carried.task, _scratch()
    if isinstance(task, Judging):
        with _fetched(carried, depot, scratch) as (there, _):
            return done(there.model_copy(update={"rehearsals": scratch / "expected"}), tell)
    with held(scratch / "locks" / f"{task.key}.away.lock"):
        if (made := depot.take(task.key)) is not None:
            return made
        with _fetched(carried, depot, scratch) as (there, home):
            folder = scratch / "takes" / task.key
            lock = scratch / "locks" / f"{task.key}.lock"
            take = done(there.model_copy(update={"folder": folder, "lock": lock, "home": home}), tell)
            assert isinstance(take, Take)
            depot.offer(take, folder)
            shutil.rmtree(folder, ignore_errors=True)
            return take


@contextlib.contextmanager
def _fetched(carried: Carried, depot: Depot, scratch: Path) -> Iterator[tuple[Any, Path | None]]:
    """The task with its files here, for as long as it takes, and a folder that stands for the film's."""
    task = carried.task
    with tempfile.TemporaryDirectory(dir=scratch, prefix="inputs-") as inputs:
        places: dict[Path, Path] = {}
        for path, sha in carried.files.items():
            here = Path(inputs) / sha[:16] / Path(path).name
            depot.get(sha, here)
            places[Path(path)] = here
        home = task.home if isinstance(task, Job) else None
        if home is not None and not home.is_dir():
            # Kept from take to take: a generator may have notes there of what it has begun.
            home = scratch / "films" / digest("home", [carried.depot, str(home)])[:16]
            home.mkdir(parents=True, exist_ok=True)
            for name, sha in carried.named.items():
                depot.get(sha, home / name)
        yield _moved(task, places), home


@functools.lru_cache(maxsize=2)
def _depot(url: str) -> Depot:
    return Depot(url)


def _scratch() -> Path:
    """A folder of this person's on this machine; what a killed worker began is gone on with there."""
    import getpass

    folder = Path(tempfile.gettempdir()) / f"shotgraph-{getpass.getuser()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
        raise MachineError(f"{folder} belongs to somebody else. Set TMPDIR to a folder of your own on the workers.")
    return folder


def _paths(value: Any) -> Iterator[Path]:
    """Every path of a file that a task holds."""
    if isinstance(value, Path):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _PLACES:
                yield from _paths(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _paths(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _paths(item)


def _moved(value: Any, places: Mapping[Path, Path]) -> Any:
    """The same value with the paths of its files changed."""
    if isinstance(value, Path):
        return places.get(value, value)
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields if name not in _PLACES}
        changed = {name: new for name, old in fields.items() if (new := _moved(old, places)) is not old}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        new = {key: _moved(item, places) for key, item in value.items()}
        return new if any(new[key] is not item for key, item in value.items()) else value
    if isinstance(value, tuple | list):
        items = [_moved(item, places) for item in value]
        return type(value)(items) if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def _words(value: Any) -> Iterator[str]:
    """Every text in a generator's settings: some name files."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _words(item)
