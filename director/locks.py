"""Locks that name their owner: one maker a film, one shooter a take.

The system frees them when a process dies.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from storyboard.errors import DiskError, MachineError


def _owner() -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "host": platform.node(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200],
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def owner_of(path: Path) -> str:
    """Who holds the lock at ``path``, in words."""
    try:
        owner = json.loads(path.with_suffix(".owner").read_text())
        return f"“{owner['command']}” (process {owner['pid']} on {owner['host']}, since {owner['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


@contextmanager
def held(path: Path, *, wait: float = -1, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock at ``path``; wait for its owner, for ``wait`` seconds at most (-1: as long as it takes).

    ``on_wait`` is told once who is waited for. Raises MachineError when the wait is over.
    """
    lock = FileLock(path, thread_local=False)
    tries = 0
    started = time.monotonic()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                lock.acquire(timeout=0.2 if tries else 0)
                break
            except Timeout:
                tries += 1
                # The owner writes its name right after it has the lock: by the second try it stands.
                if tries == 2 and on_wait is not None:
                    on_wait(f"waiting for {owner_of(path)}")
                if 0 <= wait <= time.monotonic() - started:
                    raise MachineError(f"{owner_of(path)} is at work on this film. Wait for it, or end it.") from None
        path.with_suffix(".owner").write_text(json.dumps(_owner()))
    except OSError as error:
        lock.release()
        raise DiskError.from_os(error, "cannot lock") from error
    try:
        yield
    finally:
        lock.release()
