"""How many jobs a server has at a time from this film, and how often it is asked: over all processes."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from render.generators.servers.deadline import Deadline
from storyboard.errors import DiskError
from storyboard.hashing import digest

_LOOK = 0.05  # seconds between two looks for a free place


class Pace:
    """Turns and places at one server, kept in a folder that all processes of a film share."""

    def __init__(self, folder: Path, url: str, *, per_second: float | None, concurrent: int | None) -> None:
        self._folder, self._name = folder, f"server-{digest('server', url)[:16]}"
        self._gap, self._places = 1 / per_second if per_second else 0.0, concurrent

    def turn(self, deadline: Deadline) -> None:
        """Wait until the server may be asked again."""
        if not self._gap:
            return
        file = self._folder / f"{self._name}.next"
        try:
            with FileLock(self._folder / f"{self._name}.lock", timeout=deadline.left, thread_local=False):
                now = time.time()
                at = min(max(_number(file), now), now + 60)  # a clock that was set back holds nobody up
                file.write_text(str(at + self._gap))
        except Timeout:
            raise deadline.over("waiting for a turn at the server") from None
        except OSError as error:
            raise DiskError.from_os(error, "cannot write") from error
        deadline.sleep(at - now)

    @contextlib.contextmanager
    def place(self, deadline: Deadline) -> Iterator[None]:
        """Hold one of the places that there are for jobs; wait for a free one."""
        if self._places is None:
            yield
            return
        files = [self._folder / f"{self._name}.{number}.lock" for number in range(self._places)]
        locks = [FileLock(file, thread_local=False) for file in files]
        lock = self._free(locks)
        while lock is None:
            deadline.check("waiting for one of this film's own jobs to end")
            deadline.sleep(_LOOK)
            lock = self._free(locks)
        try:
            yield
        finally:
            lock.release()

    @staticmethod
    def _free(locks: list[FileLock]) -> FileLock | None:
        for lock in locks:
            with contextlib.suppress(Timeout):
                lock.acquire(timeout=0)
                return lock
        return None


def _number(file: Path) -> float:
    try:
        return float(file.read_text())
    except (OSError, ValueError):
        return 0.0
