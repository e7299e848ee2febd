"""The farm on a Ray cluster: the same loop, with actors that hold the model for workers.

Frames never travel: a worker writes the take where the film's folder is shared, or into the depot, and answers with
its key. Ray restarts nothing by itself: a lost actor's place may be gone with its machine, and Ray would wait for it,
while this loop gives the take to whoever is free and asks for another actor.
"""

import contextlib
import logging
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Before Ray is imported: it reads them once.
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")

import ray
from ray.exceptions import RayError

from director.farm.base import Result, Task, Ticket, done
from director.farm.carried import Carried, carry, done_away
from director.farm.depot import Depot
from director.farm.floor import JUDGE, SHOOT, Floor, Hand, Place
from director.farm.worker import Died, Done, Dropped, Event, Failed, Left, Note, Ready, attempted, keep_memory
from director.shoot import Job
from director.takes import Take, standing_take
from storyboard.errors import MachineError

_PULSE = 1.0  # seconds between two questions how far a take is
_SHARED = 30.0  # seconds that a shared folder gets to show what another machine wrote
_KNOCK = 15.0  # seconds that a cluster gets to answer
_THREADS = ("OMP_NUM_THREADS",)  # Ray sets it to the cores of an actor
_STORE = 128 << 20  # bytes of Ray's object store on this machine: nothing large goes through it


@dataclass(frozen=True)
class Needs:
    """What a worker asks of the cluster. Half a GPU: two workers share one."""

    cores: float = 1.0
    gpus: float = 0.0


class Worker:
    """What an actor does. Two threads: one works, one says how far it is."""

    def __init__(self, environment: dict[str, str | None]) -> None:
        for name, value in environment.items():  # as on the film's machine: threads can decide a last digit
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        keep_memory()
        self._heard = (0, 0)
        self._dropped = False

    def number(self) -> int:
        return os.getpid()

    def heard(self) -> tuple[int, int]:
        """How often the take at work told of progress, and how many frames are done."""
        return self._heard

    def drop(self) -> None:
        """Leave the task at work."""
        self._dropped = True

    def work(self, task: Task | Carried) -> Done | Failed | Left:
        """Do a task. Of a take only its key goes back."""
        self._heard, self._dropped = (0, 0), False
        do = done_away if isinstance(task, Carried) else done
        answer = attempted(task, self._tell, do)  # type: ignore[arg-type]
        return Done(answer.result.key) if isinstance(answer, Done) and isinstance(answer.result, Take) else answer

    def _tell(self, frames: int) -> None:
        if self._dropped:
            raise Dropped
        self._heard = (self._heard[0] + 1, frames)


class RayHand(Hand):
    """An actor."""

    def __init__(self, place: Place, actor: Any, depot: Depot | None) -> None:
        super().__init__(place)
        self.actor = actor
        self._depot = depot
        self._number = 0
        self._asked = time.monotonic()
        self._told: tuple[int, int] | None = None
        self.coming: Any = actor.number.remote()  # what is awaited: that it is there, or its answer
        self.pulse: Any = None

    @property
    def number(self) -> int:
        return self._number

    def give(self, task: Task) -> None:
        self._told = None
        self.coming = self.actor.work.remote(carry(task, self._depot) if self._depot is not None else task)

    def drop(self) -> None:
        self.actor.drop.remote()

    def end(self) -> None:
        with contextlib.suppress(RayError, ValueError):
            ray.kill(self.actor, no_restart=True)

    @property
    def awaited(self) -> list[Any]:
        """What it may say next. Who is at work is asked now and then how far it is."""
        if self.ticket is not None and self.pulse is None and time.monotonic() - self._asked >= _PULSE:
            self._asked = time.monotonic()
            self.pulse = self.actor.heard.remote()
        return [each for each in (self.coming, self.pulse) if each is not None]

    def said(self, ready: Any) -> Event | None:
        """What came, as an event."""
        try:
            value: Any = ray.get(ready)
        except RayError as error:
            if ready is self.pulse:
                self.pulse = None
                return None  # if it is dead, its work says so
            self.coming = None
            self.end()
            lines = [line.strip() for line in str(error).splitlines() if line.strip()]
            return Died(f"its actor was lost ({type(error).__name__}: {lines[-1][:200] if lines else ''})")
        if ready is self.pulse:
            self.pulse = None
            news = value != self._told
            self._told = value
            return Note(value[1]) if news else None  # to answer is not to get on
        self.coming = None
        if not self.ready:
            self._number = value
            return Ready()
        return value


class RayFarm(Floor):
    """Actors on the cluster that RAY_ADDRESS names, or on one that is started here for the film."""

    def __init__(
        self, workers: int | None, needs: Needs, depot: Depot | None = None, stuck: float | None = None
    ) -> None:
        self._needs = needs
        self._depot = depot
        self._ours = not ray.is_initialized()
        if self._ours:
            _join()
        options: dict[str, Any] = {"max_restarts": 0, "max_task_retries": 0, "max_concurrency": 2}
        options |= {"num_cpus": needs.cores, "num_gpus": needs.gpus}
        self._actor: Any = ray.remote(**options)(Worker)
        count = workers or _room(needs)
        super().__init__([Place(frozenset({SHOOT, JUDGE})) for _ in range(count)], stuck)

    def _hire(self, place: Place) -> Hand:
        return RayHand(place, self._actor.remote({name: os.environ.get(name) for name in _THREADS}), self._depot)

    def _listen(self, hands: Sequence[Hand], seconds: float) -> list[tuple[Hand, Event]]:
        by_ref = {ref: hand for hand in hands if isinstance(hand, RayHand) for ref in hand.awaited}
        if not by_ref:
            return []
        ready, _ = ray.wait(list(by_ref), num_returns=1, timeout=seconds)
        heard = [(by_ref[ref], by_ref[ref].said(ref)) for ref in ready]
        return [(hand, event) for hand, event in heard if event is not None]

    def _received(self, ticket: Ticket, result: Result) -> Result:
        """The take of a key: out of the depot, or as soon as the shared folder shows it."""
        job = ticket.task
        if not isinstance(job, Job):
            return result
        if self._depot is not None:
            return self._depot.fetch(job.key, job.folder)
        deadline = time.monotonic() + _SHARED
        while (take := standing_take(job.folder)) is None:
            if time.monotonic() > deadline:
                what = f"a worker made shot {job.shot}, and its take is not to be seen in {job.folder}."
                raise MachineError(f"{what} Share the film's folder among the machines, or use --storage URL.")
            time.sleep(0.1)
        return take

    def close(self) -> None:
        super().close()
        if self._ours and ray.is_initialized():
            ray.shutdown()
            self._ours = False


def _join() -> None:
    """Connect to the cluster that RAY_ADDRESS names, or start one on this machine, without dashboard."""
    address = os.environ.get("RAY_ADDRESS") or "local"
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    logging.getLogger("ray").setLevel(logging.ERROR)  # what is said before it is set up
    alone = {"include_dashboard": False, "object_store_memory": _STORE} if address == "local" else {}
    try:
        _knock(address)
        ray.init(address=address, **quiet, **alone)
    except (RayError, OSError, ConnectionError, RuntimeError, ValueError) as error:
        first = str(error).strip().splitlines()
        what = f"Ray cannot be reached at {address}: {first[0] if first else type(error).__name__}."
        raise MachineError(f"{what} Check RAY_ADDRESS, and that the cluster is up.") from error


def _knock(address: str) -> None:
    """Raise OSError where nobody listens: Ray itself would go on asking for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK).close()


def _room(needs: Needs) -> int:
    """How many such workers the cluster has room for now; at least one."""
    there = ray.cluster_resources()
    rooms = [int(there.get(name, 0) / each) for name, each in (("CPU", needs.cores), ("GPU", needs.gpus)) if each > 0]
    return max(1, min(rooms, default=1))
