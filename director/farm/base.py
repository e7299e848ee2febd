"""The family of farms: where takes are shot and judged. One protocol, a farm a file."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol, TypeAlias, cast

from director.checks.base import Verdict
from director.judging import Judging, judge
from director.shoot import Job, prepare, shoot
from director.takes import Take
from storyboard.frozen import Frozen


class Preparation(Frozen):
    """What of a take needs no GPU, done beforehand by somebody who has none."""

    job: Job

    @property
    def key(self) -> str:
        return self.job.key


Task: TypeAlias = Job | Judging | Preparation
Result: TypeAlias = Take | tuple[Verdict, ...]
Progress = Callable[[str, int, int], None]
"""Told (take key, frames done, process) while takes are made."""


class State(Enum):
    """Where a task stands."""

    WAITING = auto()
    AT_WORK = auto()
    DONE = auto()
    FAILED = auto()
    CANCELLED = auto()


@dataclass(eq=False)
class Ticket:
    """A task that was handed in, and what became of it."""

    task: Task
    early: bool = False  # nobody asked for it yet: it has the lowest rank, and nobody hears how it fails
    tries: int = 0
    state: State = State.WAITING
    result: Result | None = None
    error: Exception | None = None

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """What is worked on first: verdicts before takes, the longest first, so that no worker ends a round alone."""
        task = self.task
        if isinstance(task, Judging):
            return self.early, False, -task.take.frames
        return self.early, True, -(task.request if isinstance(task, Job) else task.job.request).frames


class Farm(Protocol):
    """Works on tasks somewhere, in any order. What comes back does not depend on how many workers there are."""

    idles: bool  # whether its workers may have nothing to do while something is asked for

    def submit(self, task: Task, *, early: bool = False) -> Ticket:
        """Hand in a task. A take that is under way already, early, becomes one that is asked for."""
        ...

    def as_completed(self, tickets: Iterable[Ticket], progress: Progress) -> Iterator[tuple[Ticket, Result]]:
        """Yield each task with its result as it is done.

        Raises what the first failing task raised, after what was at work has been yielded; the rest is cancelled.
        """
        ...

    def cancel(self, ticket: Ticket) -> None:
        """A task that was not begun never is. One that was goes on, but for an early take: that is dropped."""
        ...

    def shoot_all(self, jobs: list[Job], progress: Progress) -> Iterator[tuple[Job, Take]]:
        """Yield each job with its take as it is done."""
        ...

    def judge_all(self, jobs: list[Judging]) -> Iterator[tuple[Judging, tuple[Verdict, ...]]]:
        """Yield each take with its verdicts as they are found."""
        ...

    def close(self) -> None:
        """End every worker; who is at work is not waited for. Safe to call twice."""
        ...


class AllAtOnce(ABC):
    """What follows from the protocol's three: all of some tasks."""

    idles = False

    @abstractmethod
    def submit(self, task: Task, *, early: bool = False) -> Ticket: ...

    @abstractmethod
    def as_completed(self, tickets: Iterable[Ticket], progress: Progress) -> Iterator[tuple[Ticket, Result]]: ...

    @abstractmethod
    def cancel(self, ticket: Ticket) -> None: ...

    def shoot_all(self, jobs: list[Job], progress: Progress) -> Iterator[tuple[Job, Take]]:
        yield from self._all(jobs, progress)

    def judge_all(self, jobs: list[Judging]) -> Iterator[tuple[Judging, tuple[Verdict, ...]]]:
        yield from self._all(jobs, lambda *_: None)

    def _all(self, tasks: Iterable[Task], progress: Progress) -> Iterator[tuple[Any, Any]]:
        tickets = [self.submit(task) for task in tasks]
        try:
            for ticket, result in self.as_completed(tickets, progress):
                yield ticket.task, result
        finally:
            for ticket in tickets:
                self.cancel(ticket)


def done(task: Task, tell: Callable[[int], None]) -> Result:
    """Do a task here and now; ``tell`` is told of frames done. Raises what the task raises."""
    if isinstance(task, Preparation):
        prepare(task.job)
        return ()
    return shoot(task, tell) if isinstance(task, Job) else judge(task)


def shot_of(task: Task) -> str:
    """Which take of which shot a task is about, for people."""
    about = cast(Any, task.take if isinstance(task, Judging) else task.job if isinstance(task, Preparation) else task)
    return f"shot {about.shot}, take {about.attempt + 1} ({about.key[:12]})"
