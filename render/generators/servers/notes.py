"""Notes of jobs at servers: written before a job is sent, so that none is ever paid for twice."""

import atexit
import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import ValidationError

from render.generators.servers.deadline import Deadline
from storyboard.errors import DiskError, GeneratorError
from storyboard.frozen import Frozen

KEPT = 24 * 3600.0  # seconds that a note stays after its take was handed over
_DIGITS = 64  # of a digest, by which files are named


class JobNote(Frozen):
    """What is known of one job. ``sending``: it may or may not have arrived; ``delivered``: its frames were given.

    A note outlives the delivery for a day: whoever is killed before the take is on disk finds the job again.
    """

    digest: str  # of all that is sent, and where to
    server: str
    state: Literal["sending", "accepted", "delivered"]
    number: int = 1  # which of the jobs that were sent for the same thing
    id: str | None = None  # the server's own
    tag: str = ""  # ours, drawn anew for each job: an Idempotency-Key, too
    before: tuple[str, ...] | None = None  # jobs that the server had before this one was sent; None: it does not say


class Notes:
    """The notes of a film's jobs, in ``.shotgraph/jobs`` of its folder; without a folder, for this process alone."""

    def __init__(self, film: Path | None) -> None:
        self._film = film
        self._folder: Path | None = None

    @property
    def folder(self) -> Path:
        """Where notes and what is fetched stand; made at first use. Raises DiskError."""
        if self._folder is None:
            try:
                if self._film is None:
                    self._folder = Path(tempfile.mkdtemp(prefix="shotgraph-jobs-"))
                    atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
                else:
                    folder = self._film / ".shotgraph" / "jobs"
                    folder.mkdir(parents=True, exist_ok=True)
                    self._folder = folder
            except OSError as error:
                raise DiskError.from_os(error, "cannot make the folder") from error
        return self._folder

    def path(self, digest: str) -> Path:
        return self.folder / f"{digest}.json"

    @contextlib.contextmanager
    def held(self, name: str, deadline: Deadline) -> Iterator[None]:
        """Hold the lock of this name: no other process has it. Raises GeneratorError when the wait is over."""
        lock = FileLock(self.folder / f"{name}.lock", poll_interval=0.02, thread_local=False)
        try:
            while not lock.is_locked:
                deadline.check("waiting for another process that makes the same take")
                with contextlib.suppress(Timeout):
                    lock.acquire(timeout=min(1.0, deadline.left))
        except OSError as error:
            raise DiskError.from_os(error, "cannot lock") from error
        try:
            yield
        finally:
            lock.release()

    def read(self, digest: str) -> JobNote | None:
        """The note of this job, if there is one. Raises GeneratorError for one that was damaged."""
        path = self.path(digest)
        try:
            return JobNote.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DiskError.from_os(error, "cannot read") from error
        except ValidationError:
            raise GeneratorError(
                f"{path} is damaged: it cannot be known whether that job was sent. Look at the server; to send it "
                "(again), delete the file."
            ) from None

    def write(self, note: JobNote) -> JobNote:
        """Keep a note, whole or not at all."""
        from render.media import write_bytes

        write_bytes(self.path(note.digest), (note.model_dump_json(indent=1) + "\n").encode())
        return note

    def remove(self, digest: str) -> None:
        with contextlib.suppress(OSError):
            self.path(digest).unlink(missing_ok=True)

    def others(self, but: str) -> tuple[set[str], bool]:
        """The ids of the jobs that all notes but one know, and whether one of those is being sent."""
        found = [note for path, note in self._all() if path.stem != but]
        return {note.id for note in found if note.id is not None}, any(note.state == "sending" for note in found)

    def sweep(self) -> None:
        """Remove notes of jobs that were delivered more than a day ago, and what killed runs left behind.

        While somebody still looks for a job all notes stay: they say which jobs are not that one.
        """
        notes = list(self._all())
        sending = any(note.state == "sending" for _, note in notes)
        kept = {path.stem for path, note in notes if sending or note.state != "delivered" or not _old(path)}
        for path in self.folder.iterdir():
            digest = path.name.partition(".")[0]
            if len(digest) == _DIGITS and digest not in kept and _old(path):
                self._sweep(path)

    def _sweep(self, path: Path) -> None:
        with contextlib.suppress(OSError, Timeout):
            if path.suffix != ".lock":
                path.unlink(missing_ok=True)
                return
            with FileLock(path, timeout=0, thread_local=False):  # nobody has it
                path.unlink(missing_ok=True)

    def _all(self) -> Iterator[tuple[Path, JobNote]]:
        for path in self.folder.glob("*.json"):
            with contextlib.suppress(OSError, ValidationError):
                yield path, JobNote.model_validate_json(path.read_bytes())


def _old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - KEPT
    except OSError:
        return False
