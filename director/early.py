"""Takes that are shot early: where workers would be idle, those that the policy is likely to order next.

A guess changes no outcome. An early take is marked, stands in the store by its key, and is seen by nobody until the
policy asks for just that key; what it never asks for is waste, and is counted.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from director.attempts import ShotState
from director.budget import Cost
from director.changes import Change, Draft
from director.checks.base import Ruling, Verdict
from director.farm.base import State, Ticket
from director.plan import Plan
from director.policy import Order, Policy
from director.reroll import everybody
from director.takes import Store

if TYPE_CHECKING:
    from director.crew import Crew


@dataclass(frozen=True)
class Waste:
    """Takes that were shot early and never asked for."""

    takes: int = 0
    seconds: float = 0.0  # of picture


def waste_of(plan: Plan, store: Store) -> Waste:
    """What was shot early for the film as it stands, and never asked for."""
    recipes = {planned.recipe for planned in plan.shots}
    takes = [take for take in store.made_early() if take.recipe in recipes]
    return Waste(len(takes), float(sum(take.frames / Fraction(take.rate) for take in takes)))


def speculates(plan: Plan) -> bool:
    """Whether takes of a film are shot early: where it says so, or on GPUs; never where each costs money."""
    film = plan.project.film
    if plan.price is not None or film.budget.money is not None:
        return False
    told = film.farm.speculate
    return told if told is not None else getattr(plan.generator, "device", "cpu") == "gpu"


class Early:
    """Hands guesses to the farm, beside what was asked for."""

    def __init__(self, crew: "Crew", policy: Policy) -> None:
        self._crew = crew
        self._policy = policy
        self._on = speculates(crew.plan) and crew.farm.idles
        self._tickets: dict[str, Ticket] = {}
        self._begun: set[str] = set()

    def made(self, key: str) -> bool:
        """Whether a take was shot early in this run."""
        return key in self._begun or key in self._tickets

    def foresee(self, orders: Iterable[Order], asked: Container[str]) -> None:
        """Let the takes be shot that would follow on these, if workers are idle.

        Earlier guesses are void, but for those that are asked for now: these keys.
        """
        if not self._on:
            return
        self.end(asked)
        orders = list(orders)
        film = Counter(_complaint(verdict) for state in self._crew.states for verdict in _failing(state))
        shot = {_complaint(verdict): verdict for state in self._crew.states for verdict in _failing(state)}
        likely = [shot[complaint] for complaint, _ in film.most_common()]
        for order in sorted(orders, key=lambda order: -order.state.rolled):  # who failed often fails again
            if (guess := self._guess(order, likely)) is not None:
                self._shoot(guess)

    def end(self, asked: Container[str] = ()) -> None:
        """Void the guesses, but for those that are asked for: who is at one leaves it."""
        for key, ticket in self._tickets.items():
            if ticket.early and not (key in asked and ticket.state is State.AT_WORK):
                self._crew.farm.cancel(ticket)
            if ticket.state is State.CANCELLED:
                self._crew.store.mark_early(key, early=False)
            else:
                self._begun.add(key)
        self._tickets.clear()

    def _guess(self, order: Order, likely: list[Verdict]) -> Order | None:
        """The order that most likely follows on this one."""
        state, film = order.state, self._crew.plan.project.film
        if order.asked or state.circle is not None:
            return None
        if order.draft:  # the take that it is a draft of
            return self._affordable(state, order.number, tuple(c for c in order.changes if not isinstance(c, Draft)))
        if order.number + 1 >= film.budget.takes or film.reroll.drafts:
            return None
        passing = sum(attempt.ruling is not Ruling.FAIL for attempt in state.takes)
        if passing + 1 < film.reroll.passing:
            return self._affordable(state, order.number + 1, self._policy.turn(state).changes)
        if state.attempts and len(state.attempts[-1].take.segments) > 1:
            return None  # what is kept of its pieces depends on where it fails
        names = {seen.name for seen in everybody(state.planned)}
        if not likely and any(each.attempts for each in self._crew.states):
            return None  # nothing fails in this film
        last = state.attempts[-1].failing if state.attempts else ()
        fits = [verdict for verdict in likely if verdict.subject is None or verdict.subject in names]
        return self._affordable(state, order.number + 1, self._policy.turn(state, last or fits[:1]).changes)

    def _affordable(self, state: ShotState, number: int, changes: tuple[Change, ...]) -> Order | None:
        cost = self._policy.cost(state)
        return Order(state, number, changes) if self._policy.ledger.admits(cost, Cost()) else None

    def _shoot(self, guess: Order) -> None:
        crew = self._crew
        job = crew.job(guess.state, guess.number, guess.seed, guess.changes)
        if crew.store.find(job.key) is None:
            crew.store.mark_early(job.key)
            self._tickets[job.key] = crew.farm.submit(job, early=True)


def _failing(state: ShotState) -> Iterator[Verdict]:
    for attempt in state.attempts:
        yield from attempt.failing


def _complaint(verdict: Verdict) -> tuple[str, str | None, str | None]:
    return verdict.measure or verdict.check, verdict.subject, verdict.part
