"""The farm of one: everything in this process, one after another. For notebooks, tests and one core."""

import os
from collections.abc import Iterable, Iterator

from director.farm.base import AllAtOnce, Progress, Result, State, Task, Ticket, done
from director.farm.worker import Teller


class InlineFarm(AllAtOnce):
    """Shoots and judges in this process, in the order of asking. It is never idle, so nothing is shot early."""

    def submit(self, task: Task, *, early: bool = False) -> Ticket:
        return Ticket(task, early)

    def as_completed(self, tickets: Iterable[Ticket], progress: Progress) -> Iterator[tuple[Ticket, Result]]:
        for ticket in tickets:
            if ticket.state is State.CANCELLED:
                continue
            key = getattr(ticket.task, "key", "")
            tell = Teller(lambda frames, key=key: progress(key, frames, os.getpid()))
            ticket.result = done(ticket.task, tell)
            ticket.state = State.DONE
            yield ticket, ticket.result

    def cancel(self, ticket: Ticket) -> None:
        if ticket.state is State.WAITING:
            ticket.state = State.CANCELLED

    def close(self) -> None:
        """Nothing is held."""
