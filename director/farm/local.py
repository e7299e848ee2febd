"""The local farm: a process for each GPU or core, started once and kept, so that a model is loaded once."""

import contextlib
import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from director.checks.base import Verdict
from director.farm.base import Task
from director.farm.floor import Floor, Hand, Place
from director.farm.worker import Died, Drop, Event, work
from director.judging import Judging, judge

_FAREWELL = 5.0  # seconds that a process gets to go by itself


class LocalHand(Hand):
    """A worker process. Each has a pipe of its own: what a killed one leaves half said harms no other."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        context = multiprocessing.get_context("spawn")
        mine, its = context.Pipe()
        self.connection: Connection = mine
        self.process: SpawnProcess = context.Process(target=work, args=(its, dict(place.environment)), daemon=True)
        self.process.start()
        its.close()

    @property
    def number(self) -> int:
        return self.process.pid or 0

    def give(self, task: Task) -> None:
        with contextlib.suppress(OSError):  # it is dead: that is heard next
            self.connection.send(task)

    def drop(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.send(Drop())

    def end(self) -> None:
        self.connection.close()  # an idle one goes by itself
        if self.ready and self.ticket is None:
            self.process.join(_FAREWELL)
        self.process.kill()
        self.process.join()

    def said(self) -> list[Event]:
        """What it has said by now; that it died, last."""
        events: list[Event] = []
        try:
            while self.connection.poll():
                events.append(self.connection.recv())
        except (EOFError, OSError):
            self.process.join(_FAREWELL)
            self.process.kill()
            self.process.join()
        if not self.process.is_alive():
            with contextlib.suppress(EOFError, OSError):
                while self.connection.poll():  # said with its last breath
                    events.append(self.connection.recv())
            self.connection.close()
            events.append(Died(f"its process {_ending(self.process.exitcode)}"))
        return events


class LocalFarm(Floor):
    """Processes on this machine. A worker dies with its parent; a dead or stuck one is replaced."""

    def __init__(self, places: Sequence[Place], stuck: float | None = None) -> None:
        super().__init__(places, stuck)

    def judge_all(self, jobs: list[Judging]) -> Iterator[tuple[Judging, tuple[Verdict, ...]]]:
        if len(jobs) == 1 and jobs[0].rehearsed is None:  # a look at eight frames: not worth the way
            yield jobs[0], judge(jobs[0])
            return
        yield from super().judge_all(jobs)

    def _hire(self, place: Place) -> Hand:
        return LocalHand(place)

    def _listen(self, hands: Sequence[Hand], seconds: float) -> list[tuple[Hand, Event]]:
        ours = [hand for hand in hands if isinstance(hand, LocalHand)]
        by_handle = {hand.connection: hand for hand in ours} | {hand.process.sentinel: hand for hand in ours}
        speaking = dict.fromkeys(by_handle[handle] for handle in wait(list(by_handle), seconds))  # type: ignore[index]
        return [(hand, event) for hand in speaking for event in hand.said()]


def _ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None or code >= 0:
        return f"ended with {code}"
    if -code == signal.SIGKILL:
        return "was killed: by somebody, or by the system because memory was short"
    with contextlib.suppress(ValueError):
        return f"crashed ({signal.Signals(-code).name})"
    return f"crashed (signal {-code})"
