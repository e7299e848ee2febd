"""Farms: where takes are shot. One protocol; the local farm keeps a process per core."""

import contextlib
import multiprocessing
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from director.checks.base import Verdict
from director.judging import Judging, judge
from director.shoot import Job, shoot
from director.takes import Take
from storyboard.errors import MachineError

J = TypeVar("J")
T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told (take key, frames done, process) while takes are made."""


class Farm(Protocol):
    """Shoots jobs somewhere, in any order. What comes back does not depend on how many workers there are."""

    def shoot_all(self, jobs: list[Job], progress: Progress) -> Iterator[tuple[Job, Take]]:
        """Yield each job with its take as it is done. Raises what the first failing job raised."""
        ...

    def judge_all(self, jobs: list[Judging]) -> Iterator[tuple[Judging, tuple[Verdict, ...]]]:
        """Yield each take with its verdicts as they are found. Raises what the first failing job raised."""
        ...

    def close(self) -> None: ...


def core_count() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class InlineFarm:
    """Shoots in this process, one after another: for notebooks, tests and one worker."""

    def shoot_all(self, jobs: list[Job], progress: Progress) -> Iterator[tuple[Job, Take]]:
        for job in jobs:
            yield job, shoot(job, _teller(job.key, lambda note: progress(*note)))

    def judge_all(self, jobs: list[Judging]) -> Iterator[tuple[Judging, tuple[Verdict, ...]]]:
        for job in jobs:
            yield job, judge(job)

    def close(self) -> None:
        """Nothing is held."""


class LocalFarm:
    """A process a core, started once and kept; a worker dies with its parent."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._context = multiprocessing.get_context("spawn")
        self._notes: Any = self._context.Queue()
        self._pool: ProcessPoolExecutor | None = None
        self._at_work = False

    def _executor(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.workers,
                mp_context=self._context,
                initializer=_start_worker,
                initargs=(self._notes,),
            )
        return self._pool

    def shoot_all(self, jobs: list[Job], progress: Progress) -> Iterator[tuple[Job, Take]]:
        # The longest first, so that no core ends the round alone with a long take.
        yield from self._all(_work, sorted(jobs, key=lambda job: -job.request.frames), progress)

    def judge_all(self, jobs: list[Judging]) -> Iterator[tuple[Judging, tuple[Verdict, ...]]]:
        if len(jobs) == 1 and jobs[0].rehearsed is None:  # a look at eight frames: not worth the way
            yield jobs[0], judge(jobs[0])
            return
        yield from self._all(judge, sorted(jobs, key=lambda job: -job.take.frames), lambda *_: None)

    def _all(self, work: Callable[[J], T], jobs: list[J], progress: Progress) -> Iterator[tuple[J, T]]:
        pool = self._executor()
        pending: dict[Future[T], J] = {pool.submit(work, job): job for job in jobs}
        self._at_work = True
        try:
            while pending:
                done, _ = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
                self._tell(progress)
                for future in done:
                    yield pending.pop(future), future.result()
            self._at_work = False
        except BrokenProcessPool:
            raise MachineError(
                "a worker process died (out of memory, or ended from outside). What was made is kept; run the "
                "same command again, with fewer --workers if memory is short."
            ) from None
        finally:
            for future in pending:
                future.cancel()

    def _tell(self, progress: Progress) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                progress(*self._notes.get_nowait())

    def close(self) -> None:
        if self._pool is None:
            return
        if self._at_work:  # a fault or an interrupt: nobody waits for what is being shot
            for worker in list((self._pool._processes or {}).values()):  # noqa: SLF001
                worker.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def open_farm(workers: int | None) -> Farm:
    """The farm for this many workers; None: one per core."""
    count = workers or core_count()
    return InlineFarm() if count <= 1 else LocalFarm(count)


_worker_notes: Any = None


def _start_worker(notes: Any) -> None:
    global _worker_notes  # noqa: PLW0603
    _worker_notes = notes
    notes.cancel_join_thread()  # what was not told when the work is done need not be told
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    _keep_memory()
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # mallopt(3)


def _keep_memory() -> None:
    """Let glibc keep the pages of a frame for the next one: mapping them anew costs a tenth of a take's time."""
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, 1 << 30)
        mallopt(_TRIM_THRESHOLD, 1 << 30)


def _die_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _work(job: Job) -> Take:
    return shoot(job, _teller(job.key, _worker_notes.put))


def _teller(key: str, tell: Callable[[tuple[str, int, int]], None]) -> Callable[[int], None]:
    """Tell of progress now and then, not for every frame."""

    def progress(done: int) -> None:
        if done % 8 == 0:
            tell((key, done, os.getpid()))

    return progress
