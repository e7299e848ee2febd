"""The floor: hands tasks to workers, whatever they are, and gives a lost worker's take to another."""

import heapq
import itertools
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from director.farm.base import AllAtOnce, Preparation, Progress, Result, State, Task, Ticket, shot_of
from director.farm.worker import Died, Done, Event, Failed, Left, Note, Ready
from director.shoot import Job
from storyboard.errors import MachineError

TRIES = 3  # of a take whose worker died under it
_LONGEST_LOOK = 1800.0  # seconds that a judge may be silent, at least: a check tells of no progress
_PATIENCE = 1.0  # seconds without news after which somebody looks whether a worker is stuck

SHOOT, JUDGE = "shoot", "judge"


@dataclass(eq=False)
class Place:
    """A place for a worker: what is done there, and what its environment is."""

    does: frozenset[str]
    environment: dict[str, str] = field(default_factory=dict)
    hand: "Hand | None" = None
    stillborn: int = 0  # workers in a row that died here before they could be given anything


class Hand(ABC):
    """A worker at its place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.ready = False
        self.ticket: Ticket | None = None
        self.heard = time.monotonic()
        self._left: Ticket | None = None

    @property
    @abstractmethod
    def number(self) -> int:
        """Its process, for progress."""

    @abstractmethod
    def give(self, task: Task) -> None:
        """Let it begin a task. It need not notice yet that it cannot."""

    def leave(self) -> None:
        """Let it leave its task, said once."""
        if self._left is not self.ticket:
            self._left = self.ticket
            self.drop()

    @abstractmethod
    def drop(self) -> None:
        """Let it leave its task the next time that it tells of progress. It may be too late."""

    @abstractmethod
    def end(self) -> None:
        """End it at once, whatever it is doing."""


def _kind(ticket: Ticket) -> str:
    """Who does it: who shoots, or who looks at takes. These prepare takes too, when there is nothing to look at."""
    return SHOOT if isinstance(ticket.task, Job) else JUDGE


class Floor(AllAtOnce):
    """The loop that all farms with workers share; where the workers come from is the farm's own."""

    idles = True

    def __init__(self, places: Sequence[Place], stuck: float | None) -> None:
        self.places = tuple(places)
        self._stuck = stuck
        self._waiting: dict[str, list[tuple[tuple[bool, bool, int], int, Ticket]]] = {SHOOT: [], JUDGE: []}
        self._count = itertools.count()
        self._shooting: dict[str, Ticket] = {}
        self._prepared: dict[str, Ticket] = {}
        does = {place.does for place in places}
        self._prepares = frozenset({SHOOT}) in does and frozenset({JUDGE}) in does

    # What a farm is.

    @abstractmethod
    def _hire(self, place: Place) -> Hand:
        """Start a worker."""

    @abstractmethod
    def _listen(self, hands: Sequence[Hand], seconds: float) -> list[tuple[Hand, Event]]:
        """What workers say, waited for as long as that at most."""

    def _received(self, ticket: Ticket, result: Result) -> Result:
        """What a worker's answer means here. May raise MachineError."""
        del ticket
        return result

    # The protocol.

    def submit(self, task: Task, *, early: bool = False) -> Ticket:
        known = self._shooting.get(task.key) if isinstance(task, Job) else None
        if known is not None and known.state in (State.WAITING, State.AT_WORK):
            if known.early and not early:
                known.early = False
                if known.state is State.WAITING:
                    self._queue(known)
            return known
        ticket = Ticket(task, early)
        if isinstance(task, Job):
            self._shooting[task.key] = ticket
        self._queue(ticket)
        if isinstance(task, Job) and self._prepares:
            self._prepared[task.key] = ahead = Ticket(Preparation(job=task), early)
            self._queue(ahead)
        return ticket

    def as_completed(self, tickets: Iterable[Ticket], progress: Progress) -> Iterator[tuple[Ticket, Result]]:
        mine = list(dict.fromkeys(tickets))
        failure: Exception | None = None
        while mine:
            self._work(mine, progress)
            for ticket in [each for each in mine if each.state not in (State.WAITING, State.AT_WORK)]:
                mine.remove(ticket)
                if ticket.result is not None:
                    yield ticket, ticket.result
                elif ticket.error is not None and failure is None:
                    failure = ticket.error
                    for other in mine:
                        self.cancel(other)
        if failure is not None:
            raise failure

    def cancel(self, ticket: Ticket) -> None:
        if ticket.state is State.WAITING:
            ticket.state = State.CANCELLED
            if isinstance(ticket.task, Job):
                self._shooting.pop(ticket.task.key, None)
        elif ticket.early:
            for hand in self._hands:
                if hand.ticket is ticket:
                    hand.leave()

    def close(self) -> None:
        for place in self.places:
            if place.hand is not None:
                place.hand.end()
                place.hand = None

    # The loop.

    @property
    def _hands(self) -> list[Hand]:
        return [place.hand for place in self.places if place.hand is not None]

    def _queue(self, ticket: Ticket) -> None:
        heapq.heappush(self._waiting[_kind(ticket)], (ticket.rank, next(self._count), ticket))

    def _next(self, does: frozenset[str]) -> Ticket | None:
        """Take out the task that a worker who does these things begins with."""
        heads: list[tuple[tuple[bool, bool, int], int, Ticket]] = []
        for kind in does:
            waiting = self._waiting[kind]
            while waiting and (waiting[0][2].state is not State.WAITING or waiting[0][0] != waiting[0][2].rank):
                heapq.heappop(waiting)
            heads += waiting[:1]
        if not heads:
            return None
        ticket = min(heads)[2]
        heapq.heappop(self._waiting[_kind(ticket)])
        return ticket

    def _work(self, mine: list[Ticket], progress: Progress) -> None:
        """Give out what waits, hear what is said once, and look who is stuck."""
        self._give_out()
        if all(ticket.state not in (State.WAITING, State.AT_WORK) for ticket in mine):
            return
        told = set(map(id, mine))
        for hand, event in self._listen(self._hands, _PATIENCE):
            hand.heard = time.monotonic()
            if isinstance(event, Note):
                ticket = hand.ticket
                if ticket is not None and isinstance(ticket.task, Job) and id(ticket) in told and event.frames:
                    progress(ticket.task.key, event.frames, hand.number)
            else:
                self._hear(hand, event)
        for hand in self._hands:
            if hand.ticket is not None and (limit := self._limit(hand.ticket)) is not None:
                silent = time.monotonic() - hand.heard
                if silent > limit:
                    hand.end()
                    self._hear(hand, Died(f"it was stuck: nothing was heard of it for {silent:.0f} s"))

    def _limit(self, ticket: Ticket) -> float | None:
        if isinstance(ticket.task, Job) or self._stuck is None:
            return self._stuck
        return max(self._stuck, _LONGEST_LOOK)

    def _give_out(self) -> None:
        for hand in self._hands:
            if hand.ready and hand.ticket is None and (ticket := self._next(hand.place.does)) is not None:
                ticket.state, ticket.tries = State.AT_WORK, ticket.tries + 1
                hand.ticket, hand.heard = ticket, time.monotonic()
                if isinstance(ticket.task, Job) and (ahead := self._prepared.pop(ticket.task.key, None)) is not None:
                    self.cancel(ahead)  # it does that itself now
                try:
                    hand.give(ticket.task)
                except MachineError as error:
                    hand.ticket = None
                    self._failed(ticket, error)
        for kind in (JUDGE, SHOOT):
            waiting = sum(each[2].state is State.WAITING for each in self._waiting[kind])
            coming = sum(not hand.ready and kind in hand.place.does for hand in self._hands)
            for place in self.places:
                if coming >= waiting:
                    break
                if place.hand is None and kind in place.does:
                    place.hand = self._hire(place)
                    coming += 1
            asked = sum(each[2].state is State.WAITING and not each[2].early for each in self._waiting[kind])
            for hand in self._hands:  # what is asked for does not wait for a guess
                if coming >= asked:
                    break
                if hand.ticket is not None and hand.ticket.early and kind in hand.place.does:
                    hand.leave()
                    coming += 1

    def _hear(self, hand: Hand, event: Ready | Done | Failed | Left | Died) -> None:
        ticket = hand.ticket
        if isinstance(event, Ready):
            hand.ready, hand.place.stillborn = True, 0
            return
        hand.ticket = None
        self._hear_of(ticket, hand, event)
        if ticket is not None and ticket.state is not State.WAITING and isinstance(ticket.task, Job):
            self._shooting.pop(ticket.task.key, None)

    def _hear_of(self, ticket: Ticket | None, hand: Hand, event: Done | Failed | Left | Died) -> None:
        place = hand.place
        if isinstance(event, Died):
            place.hand = None
            if ticket is not None:
                self._again(ticket, event.words)
            elif not hand.ready:
                place.stillborn += 1
                if place.stillborn >= TRIES:
                    place.stillborn = 0
                    todo = "A script of your own makes a film under “if __name__ == '__main__':”."
                    raise MachineError(f"a worker cannot be started: {event.words}. {todo}")
        elif ticket is None:
            return
        elif isinstance(event, Failed):
            self._failed(ticket, event.error)
        elif isinstance(event, Left):
            ticket.tries -= 1
            self._again(ticket, "")
        else:
            try:
                ticket.result = self._received(ticket, event.result)
                ticket.state = State.DONE
            except MachineError as error:
                self._failed(ticket, error)

    def _failed(self, ticket: Ticket, error: Exception) -> None:
        ticket.state, ticket.error = State.FAILED, error

    def _again(self, ticket: Ticket, words: str) -> None:
        """A take whose worker is gone is shot again by another; not for ever."""
        if ticket.early:
            ticket.state = State.CANCELLED
        elif ticket.tries < TRIES:
            ticket.state = State.WAITING
            self._queue(ticket)
        else:
            doing = "shot" if isinstance(ticket.task, Job) else "judged"
            what = f"{shot_of(ticket.task)} was {doing} by {TRIES} workers, and none lived to finish it; of the last:"
            todo = "What was made is kept. Fewer workers need less memory; then the same command goes on."
            self._failed(ticket, MachineError(f"{what} {words}. {todo}"))
