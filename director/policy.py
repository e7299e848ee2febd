"""What to shoot next. Decisions fall in rounds: a round depends only on the verdicts of earlier ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from director.budget import Bid, Cost, Ledger, hope_of
from director.changes import Change, Draft, Keep, Keyframe, Say, read, written
from director.checks.base import Ruling, Verdict
from director.decisions import Decision
from director.film import FilmFile
from director.ladder import Means, Turn, climb
from director.plan import PlannedShot
from director.reroll import kept_of
from director.takes import Take
from director.windows import Window


@dataclass(frozen=True)
class Attempt:
    """One take of a shot and what the checks said of it."""

    number: int  # 0 for the first; a draft has the number of the take that it is a draft of
    take: Take
    verdicts: tuple[Verdict, ...]
    window: Window | None = None  # the stretch that would be cut; None: all of it is judged
    draft: bool = False  # never cut
    asked: bool = False  # by a person, beyond what the policy shot
    skipped: tuple[str, ...] = ()  # what the ladder wanted and the generator cannot do

    @property
    def binding(self) -> tuple[Verdict, ...]:
        """The verdicts that may reject it: not the advisory ones, nor those about frames that are not cut."""
        return tuple(v for v in self.verdicts if not v.advisory and (self.window is None or self.window.holds(v)))

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The verdicts that reject it."""
        return tuple(verdict for verdict in self.binding if verdict.ruling is Ruling.FAIL)

    @property
    def ruling(self) -> Ruling:
        """The worst ruling of the verdicts that may reject."""
        binding = [verdict.ruling for verdict in self.binding]
        for ruling in (Ruling.FAIL, Ruling.UNSURE):
            if ruling in binding:
                return ruling
        return Ruling.PASS


@dataclass
class ShotState:
    """Where a shot stands: its attempts so far, in order."""

    planned: PlannedShot
    attempts: list[Attempt] = field(default_factory=list)
    circled: str | None = None  # key of the take that a person picked
    picked: Attempt | None = None  # that take, if it is none of the attempts
    fixed: Attempt | None = None  # the take that another shot has grown from
    chosen: Attempt | None = None  # the take that fits the other shots' best
    wishes: tuple[Decision, ...] = ()  # rerolls that a person asked for
    closed: bool = False  # nothing more is shot for it: the film's budget is out, or it may not be shot now
    stalled: bool = False  # a take that it is to have is not there, and may not be shot now
    undrafted: bool = False  # the film's budget has nothing left for drafts of it

    @property
    def takes(self) -> list[Attempt]:
        """The attempts that can be cut."""
        cut = [attempt for attempt in self.attempts if not attempt.draft]
        return [*cut, self.picked] if self.picked is not None else cut

    @property
    def circle(self) -> Attempt | None:
        """The take that a person picked, where it is there."""
        return next((attempt for attempt in self.takes if attempt.take.key == self.circled), None)

    @property
    def passing(self) -> bool:
        """Whether there is a take to use: unsure is for a person, and what a person picked is."""
        return self.circle is not None or any(attempt.ruling is not Ruling.FAIL for attempt in self.takes)

    @property
    def rolled(self) -> int:
        """Attempts that the policy made; a draft and its take are one."""
        return len({attempt.number for attempt in self.attempts if not attempt.asked})

    @property
    def granted(self) -> int:
        """Rerolls that a person asked for and got."""
        return sum(attempt.asked for attempt in self.attempts)

    @property
    def next_number(self) -> int:
        return max((attempt.number for attempt in self.attempts), default=-1) + 1

    @property
    def sketched(self) -> Attempt | None:
        """A draft that nothing is wrong with, whose take was not shot yet."""
        last = self.attempts[-1] if self.attempts else None
        return last if last is not None and last.draft and not last.failing else None

    def settled(self, budget: int, passing: int = 1) -> bool:
        """Whether the shot has a take to use (or as many as are wanted), or its budget is out."""
        takes = [attempt for attempt in self.attempts if not attempt.draft]
        if self.closed or sum(attempt.ruling is not Ruling.FAIL for attempt in takes) >= passing:
            return True
        return self.rolled >= budget and self.sketched is None and bool(takes)


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
