"""What to shoot next. Decisions fall in rounds: a round depends only on the verdicts of earlier ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from director.attempts import Attempt, ShotState
from director.budget import Bid, Cost, Ledger, hope_of
from director.changes import Change, Draft, Keep, Keyframe, Say, read, written
from director.checks.base import Verdict
from director.film import FilmFile
from director.ladder import Means, Turn, climb
from director.reroll import kept_of


@dataclass(frozen=True)
class Order:
    """A take to be shot in this round."""

    state: ShotState
    number: int
    changes: tuple[Change, ...] = ()
    skipped: tuple[str, ...] = ()
    seed: int | None = None  # None: the attempt's own
    asked: bool = False
    draft: bool = False


class Policy:
    """Decides what is shot in each round of a film, from the verdicts of the rounds before."""

    def __init__(
        self,
        film: FilmFile,
        means: Callable[[ShotState], Means],
        *,
        needs_parent: bool = False,
        draft: float | None = None,
        price: float | None = None,
    ) -> None:
        self.film = film
        self.ledger = Ledger(film.budget, price if price is not None else film.budget.price)
        self._means = means
        self._needs_parent = needs_parent
        self._draft = Fraction(draft).limit_denominator(1000) if draft is not None and film.reroll.drafts else None
        self._ladder = film.reroll.steps

    def settled(self, state: ShotState) -> bool:
        """Whether the policy shoots no more of a shot."""
        return state.settled(self.film.budget.takes, self.film.reroll.passing)

    def round(self, states: Sequence[ShotState], waiting: Callable[[ShotState], bool]) -> list[Order]:
        """What is shot in this round, in film order; nothing when all is settled.

        Where the generator grows a shot from the last frame of the one before, that one must be settled first, and
        ``waiting`` says what waits for something else. A shot that the film's budget has nothing left for is closed.
        """
        by_id = {state.planned.shot.id: state for state in states}
        orders: dict[int, Order] = {}
        bids: list[Bid] = []
        for place, state in enumerate(states):
            parent = by_id.get(state.planned.shot.continues or "") if self._needs_parent else None
            if parent is not None and not self.settled(parent):
                continue
            order = self._order(state)
            if order is None or (not state.attempts and waiting(state)):
                continue
            orders[place] = order
            if not order.asked:
                bids.append(self._bid(place, order))
        granted = {bid.place for bid in self.ledger.granted(bids, self._held_back(states))}
        refused = [bid for bid in bids if bid.place not in granted]
        for bid in refused:
            state = states[bid.place]
            if state.takes:
                state.closed = True
            else:
                state.undrafted = True
        turned_away = {bid.place for bid in refused}
        if turned_away == orders.keys() and turned_away:
            return self.round(states, waiting)  # what cannot be drafted is shot
        return [order for place, order in orders.items() if place not in turned_away]

    def refund(self, order: Order) -> None:
        """Give back what an order was to cost that is not carried out. A first take stays paid for: it will be shot."""
        if not order.asked and order.state.takes:
            self.ledger.refund(self.cost(order.state, order.draft, order.changes))

    def _order(self, state: ShotState) -> Order | None:
        if state.stalled:
            return None
        wish = state.wishes[state.granted] if state.granted < len(state.wishes) else None
        if state.sketched is None and wish is not None and (wish.after <= state.next_number or self.settled(state)):
            turn = self.turn(state)
            said = (Say(said=wish.say),) if wish.say else ()
            return Order(state, state.next_number, (*turn.changes, *said), turn.skipped, wish.seed, asked=True)
        if self.settled(state):
            return None
        if (draft := state.sketched) is not None:
            return self._in_full(state, draft)
        if state.rolled >= self.film.budget.takes:  # nothing but drafts, and none of them was good
            return self._in_full(state, min(state.attempts, key=lambda each: (len(each.failing), each.number)))
        turn = self.turn(state)
        last = state.rolled == self.film.budget.takes - 1 and not state.takes
        if self._draft is not None and not last and not state.undrafted:
            return Order(state, state.next_number, (*turn.changes, Draft()), turn.skipped, draft=True)
        return Order(state, state.next_number, (*turn.changes, *self._kept(state, turn)), turn.skipped)

    def _kept(self, state: ShotState, turn: Turn) -> tuple[Change, ...]:
        """What is kept of the last take, if it was made of pieces and the first of them are good."""
        if self._draft is not None or any(isinstance(change, Keyframe) for change in turn.changes):
            return ()
        kept = kept_of(state.attempts)
        return (kept,) if kept is not None else ()

    @staticmethod
    def _in_full(state: ShotState, draft: Attempt) -> Order:
        """The take that a draft is a draft of."""
        changes = tuple(change for text in draft.take.changes if not isinstance(change := read(text), Draft))
        return Order(state, draft.number, changes, draft.skipped)

    def turn(self, state: ShotState, then: Sequence[Verdict] = ()) -> Turn:
        """What the next take of a shot changes, or the one after it if that fails so."""
        failures = [*(attempt.failing for attempt in state.attempts), *([tuple(then)] if then else [])]
        return climb(failures, self._ladder, self._means(state)) if any(failures) else Turn()

    def cost(self, state: ShotState, draft: bool = False, changes: Sequence[Change] = ()) -> Cost:
        """What a take of a shot costs. What it keeps of an earlier one costs nothing."""
        request = state.planned.request
        share = self._draft if draft and self._draft is not None else Fraction(1)
        frames = request.frames - sum(change.frames for change in changes if isinstance(change, Keep))
        return Cost(takes=share * frames / request.frames, seconds=share * frames / request.rate)

    def _bid(self, place: int, order: Order) -> Bid:
        state = order.state
        asked = [len(attempt.binding) for attempt in state.attempts]
        failed = [len(attempt.failing) for attempt in state.attempts]
        best = min(range(len(asked)), key=lambda one: failed[one] / max(asked[one], 1), default=None)
        return Bid(
            place=place,
            cost=self.cost(state, order.draft, order.changes),
            first=not state.takes and not order.draft,
            hope=hope_of(failed[best], asked[best], state.rolled) if best is not None else 1.0,
        )

    def _held_back(self, states: Sequence[ShotState]) -> Cost:
        """What must be left for the first take of every shot that has none."""
        return sum((self.cost(state) for state in states if not state.takes and not state.closed), Cost())


def changes_of(changes: Sequence[Change]) -> tuple[str, ...]:
    """Changes as they stand in the take and in its key."""
    return tuple(written(change) for change in changes)
