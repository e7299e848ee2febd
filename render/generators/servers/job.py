"""What jobs at servers share: one note, one job, and frames out of its files."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from render.generators.base import Frames
from render.generators.servers.deadline import Deadline
from render.generators.servers.http import Server
from render.generators.servers.notes import JobNote, Notes
from render.generators.servers.pace import Pace
from render.generators.servers.received import Damaged, Wrong, frames_of, not_conformed
from render.generators.servers.told import Told
from render.request import Request
from storyboard.errors import GeneratorError, ShotgraphError

_FETCHES = 3


class Lost(Exception):
    """The server does not know the job, or no longer has its files."""


class ServerJob(ABC):
    """The job of one order. Its note is held by no other process while this one is at work."""

    def __init__(self, order: Any, server: Server, notes: Notes) -> None:
        self.order, self.server, self.notes = order, server, notes
        self.settings, self.waits = order.settings, order.settings.wait
        self._note = notes.read(order.digest)
        self._files: list[Path] = []

    @abstractmethod
    def cancel(self) -> None:
        """Tell the server that nobody waits any more; in short time, and whatever it says."""

    @abstractmethod
    def _made(self, number: int, progress: Callable[[float], None]) -> list[Path]:
        """The files of the job, or of a new one with this number. Raises Lost or GeneratorError."""

    @abstractmethod
    def _lost(self) -> GeneratorError:
        """What a person can do about a lost job."""

    def files(self, progress: Callable[[float], None]) -> list[Path]:
        """The finished video, or pictures in order; checked. ``progress`` is told the share that is done.

        Raises GeneratorError.
        """
        delivered = self._note is not None and self._note.state == "delivered"
        try:
            return self._made(self._note.number if self._note is not None else 1, progress)
        except Lost:
            if self.settings.paid and not delivered:
                raise self._lost() from None
        # A job that costs nothing, or whose take was handed over before, may be sent anew.
        assert self._note is not None
        number = self._note.number + 1
        self.notes.remove(self.order.digest)
        self._note = None
        try:
            return self._made(number, progress)
        except Lost:
            raise self._lost() from None

    def _fetched_whole(self, fetch: Callable[[], None], who: str, again: str) -> None:
        """Fetch and check; what is damaged or not what was asked for is fetched again first. Raises GeneratorError.

        ``who`` made it, and ``again`` is what a person does to have it made anew, in words.
        """
        wrong: Wrong | None = None
        for _ in range(_FETCHES):
            try:
                return fetch()
            except Wrong as error:
                self.drop()
                if str(error) == str(wrong) and not isinstance(error, Damaged):
                    break
                wrong = error
                self.server.deadline.sleep(self.waits.poll)
        assert wrong is not None
        raise not_conformed(wrong, who, again)

    @property
    def id(self) -> str | None:
        """The server's own name for it."""
        return self._note.id if self._note is not None else None

    def delivered(self) -> None:
        """Every frame was handed over."""
        assert self._note is not None
        self._keep(self._note.model_copy(update={"state": "delivered"}))

    def drop(self) -> None:
        """Remove what was fetched."""
        for path in self._files:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def _keep(self, note: JobNote) -> JobNote:
        self._note = self.notes.write(note)
        return note


def shot(
    kind: type[ServerJob],
    order: Any,
    notes: Notes,
    request: Request,
    progress: Callable[[int], None],
    named: Callable[[str | None], None],
) -> Frames:
    """The frames of an order: its job is sent, waited for and fetched, or found again. ``named`` is told its name.

    What ``progress`` raises, and an interrupt, cancels the job. Raises GeneratorError.
    """
    settings = order.settings
    told = Told(progress, request.frames)
    deadline = Deadline(settings.wait.whole, "whole", told.alive)
    pace = Pace(notes.folder, settings.url, per_second=settings.per_second, concurrent=settings.concurrent)
    notes.sweep()
    with notes.held(order.digest, deadline), Server(settings, pace, deadline) as server:
        job = kind(order, server, notes)
        try:
            with pace.place(deadline):
                try:
                    files = job.files(told.share)
                except ShotgraphError:
                    raise
                except BaseException:  # nobody waits any more: an interrupt, or whoever is told of the progress
                    job.cancel()
                    raise
            named(job.id)
            for frame in frames_of(files, first=order.skipped, count=request.frames):
                told.frame()
                yield frame
            job.delivered()
        finally:
            job.drop()
