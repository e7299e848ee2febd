"""Progress for a person: a live display on a terminal, plain lines elsewhere, nothing when quiet."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from director.checks.base import Ruling, Verdict
from director.listener import Listener
from storyboard.errors import Level, Problem

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def open_listener(*, quiet: bool) -> Iterator[Listener]:
    """The listener that fits where the output goes."""
    if quiet:
        yield Listener()
    elif sys.stderr.isatty():
        with LiveListener.started() as listener:
            yield listener
    else:
        yield PlainListener()


def _doubts(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level is Level.WARNING]


def _rejections(verdicts: tuple[Verdict, ...]) -> list[str]:
    return [f"{v.check}: {v.words}" for v in verdicts if v.ruling is Ruling.FAIL and not v.advisory]


def _change_words(shot: str, attempt: int, changes: tuple[str, ...], skipped: tuple[str, ...]) -> str:
    words = "; ".join(changes) or "a new seed"
    return f"shot {shot}, take {attempt + 1}: {words}" + "".join(f" (skipped {each})" for each in skipped)


class PlainListener(Listener):
    """A line for each thing that happens, on standard error."""

    def __init__(self) -> None:
        self._shots = 0
        self._shot: set[str] = set()
        self._last_cut = 0.0

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201

    def doubtful(self, problems: list[Problem]) -> None:
        for problem in _doubts(problems):
            self._say(f"warning: {problem}")

    def waiting(self, words: str) -> None:
        self._say(words)

    def begins(self, shots: int, frames: int) -> None:
        self._shots = shots
        self._say(f"{shots} shots, {frames} frames with handles")

    def changing(self, shot: str, attempt: int, changes: tuple[str, ...], skipped: tuple[str, ...]) -> None:
        self._say(_change_words(shot, attempt, changes, skipped))

    def taken(self, shot: str, attempt: int, reused: bool, seconds: float) -> None:
        first = shot not in self._shot
        self._shot.add(shot)
        if not reused:
            again = f", take {attempt + 1}" if attempt else ""
            count = f" ({len(self._shot)} of {self._shots})" if first else ""
            self._say(f"shot {shot}{again}: made in {seconds:.1f} s{count}")

    def judged(self, shot: str, attempt: int, verdicts: tuple[Verdict, ...]) -> None:
        for words in _rejections(verdicts):
            self._say(f"shot {shot}, take {attempt + 1} rejected: {words}")

    def cutting(self, done: int, of: int) -> None:
        if time.monotonic() - self._last_cut > 5 or done == of:
            self._last_cut = time.monotonic()
            self._say(f"cutting: {done} of {of} pieces")


class LiveListener(Listener):
    """Bars on a terminal: shots and frames done, time left, and what each worker does."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._film: TaskID | None = None
        self._cut: TaskID | None = None
        self._workers: dict[int, tuple[TaskID, str]] = {}
        self._frames: dict[tuple[str, int], int] = {}
        self._lengths: dict[tuple[str, int], int] = {}
        self._shots = 0
        self._shot: set[str] = set()

    @classmethod
    @contextmanager
    def started(cls) -> Iterator["LiveListener"]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        progress = Progress(
            TextColumn("{task.description:<28}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[words]:>14}", markup=False),
            TimeRemainingColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, highlight=False),
            transient=True,
        )
        with progress:
            yield cls(progress)

    def doubtful(self, problems: list[Problem]) -> None:
        for problem in _doubts(problems):
            self._progress.console.print(f"warning: {problem}", markup=False)

    def waiting(self, words: str) -> None:
        self._progress.console.print(words, markup=False)

    def begins(self, shots: int, frames: int) -> None:
        self._shots = shots
        self._film = self._progress.add_task("shooting", total=frames, words=f"0 of {shots}")

    def changing(self, shot: str, attempt: int, changes: tuple[str, ...], skipped: tuple[str, ...]) -> None:
        self._progress.console.print(_change_words(shot, attempt, changes, skipped), markup=False)

    def shooting(self, shot: str, attempt: int, frames: int) -> None:
        self._lengths[shot, attempt] = frames
        if attempt and self._film is not None:
            total = self._progress.tasks[self._film].total or 0
            self._progress.update(self._film, total=total + frames)

    def progress(self, shot: str, attempt: int, done: int, worker: int) -> None:
        length = self._lengths.get((shot, attempt), done)
        task, name = self._workers.get(worker) or (self._progress.add_task("", total=length, words=""), "")
        if name != shot:
            number = len(self._workers) + (0 if worker in self._workers else 1)
            self._progress.reset(task, total=length, description=f"  worker {number}: shot {shot}")
        self._workers[worker] = (task, shot)
        self._progress.update(task, completed=done, words=f"{done}/{length}")
        before = self._frames.get((shot, attempt), 0)
        self._frames[shot, attempt] = done
        if self._film is not None:
            self._progress.advance(self._film, done - before)

    def taken(self, shot: str, attempt: int, reused: bool, seconds: float) -> None:  # noqa: ARG002
        self._shot.add(shot)
        if self._film is not None:
            left = self._lengths.get((shot, attempt), 0) - self._frames.get((shot, attempt), 0)
            self._frames[shot, attempt] = self._lengths.get((shot, attempt), 0)
            self._progress.update(self._film, advance=left, words=f"{len(self._shot)} of {self._shots}")

    def judged(self, shot: str, attempt: int, verdicts: tuple[Verdict, ...]) -> None:
        for words in _rejections(verdicts):
            self._progress.console.print(f"shot {shot}, take {attempt + 1} rejected: {words}", markup=False)

    def cutting(self, done: int, of: int) -> None:
        if self._cut is None:
            for task, _ in self._workers.values():
                self._progress.remove_task(task)
            self._workers.clear()
            self._cut = self._progress.add_task("cutting", total=of, words="")
        self._progress.update(self._cut, completed=done, total=of, words=f"{done} of {of}")


@contextmanager
def drawing(*, quiet: bool, what: str = "panels") -> Iterator[Callable[[int, int], None]]:
    """Progress of panels or frames: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _done, _all: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("drawing", total=None)
            yield lambda done, of: bar.update(task, completed=done, total=of)
    else:
        told = 0.0

        def tell(done: int, of: int) -> None:
            nonlocal told
            if done == of or time.monotonic() - told > 10:
                told = time.monotonic()
                print(f"drawing: {done} of {of} {what}", file=sys.stderr, flush=True)  # noqa: T201

        yield tell
