"""A worker process: does one task after another, tells how far it is, and dies with who started it."""

import multiprocessing
import os
import pickle
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from director.farm.base import Task, done
from storyboard.errors import MachineError

_BEAT = 0.25  # seconds between two notes of progress at least


@dataclass(frozen=True)
class Ready:
    """The worker can be given a task."""


@dataclass(frozen=True)
class Note:
    """It has made so many frames of its take, and is alive."""

    frames: int


@dataclass(frozen=True)
class Done:
    """Its task is done."""

    result: Any


@dataclass(frozen=True)
class Failed:
    """Its task raised this; the worker is well."""

    error: Exception


@dataclass(frozen=True)
class Died:
    """The worker is gone, with what it was doing."""

    words: str


@dataclass(frozen=True)
class Left:
    """It left its task half done, as it was told."""


Event: TypeAlias = Ready | Note | Done | Failed | Left | Died


@dataclass(frozen=True)
class Drop:
    """Told to a worker: nobody wants any more what you are at."""


class Dropped(BaseException):
    """Raised where a task tells of its progress, when nobody wants it any more. No generator is to hold it up."""


class Teller:
    """Passes on how far a take is: the first word at once, then now and then, not for every frame."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell = tell
        self._last = 0.0

    def __call__(self, frames: int) -> None:
        now = time.monotonic()
        if now - self._last >= _BEAT:
            self._last = now
            self._tell(frames)


def attempted(task: Task, tell: Callable[[int], None], do: Callable[..., Any] = done) -> Done | Failed | Left:
    """A task's result, or what it raised, as something that can travel."""
    try:
        return Done(do(task, tell))
    except Dropped:
        return Left()
    except Exception as error:  # noqa: BLE001  # it is raised where the task came from
        return Failed(_portable(error))


def _portable(error: Exception) -> Exception:
    """The same error, or one that says the same, able to go through a pipe."""
    error.__traceback__, error.__cause__, error.__context__ = None, None, None
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # made here
    except Exception:  # noqa: BLE001  # whatever an error of somebody else's library holds
        return MachineError("".join(traceback.format_exception_only(error)).strip())
    return error


def work(connection: Connection, environment: Mapping[str, str]) -> None:
    """Do tasks from the connection until it is closed. The environment is set before anything heavy is imported."""
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    keep_memory()
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_die_with, args=(parent,), daemon=True).start()

    def note(frames: int) -> None:
        if connection.poll() and isinstance(connection.recv(), Drop):
            raise Dropped
        if _takes_more(connection):
            connection.send(Note(frames))

    try:
        connection.send(Ready())
        while True:
            task = connection.recv()
            if isinstance(task, Drop):  # it was done already
                continue
            connection.send(Note(0))
            connection.send(attempted(task, Teller(note)))
    except (EOFError, OSError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)  # what was learnt for the film need not be torn down piece by piece


def _takes_more(connection: Connection) -> bool:
    """Whether a note fits into the pipe: work does not wait for somebody who is not listening."""
    return sys.platform == "win32" or bool(select.select([], [connection], [], 0)[1])


_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # mallopt(3)


def keep_memory() -> None:
    """Let glibc keep the pages of a frame for the next one: mapping them anew costs a tenth of a take's time."""
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, 1 << 30)
        mallopt(_TRIM_THRESHOLD, 1 << 30)


def _die_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
