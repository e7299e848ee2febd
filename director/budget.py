"""The budget: what may be spent on a shot and on the film, and on which shots it is spent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from director.film import Budget
from storyboard.errors import InputError, Problem
from storyboard.frozen import Frozen


class Cost(Frozen):
    """What an attempt costs: takes and generated seconds, handles included. A draft costs its share of both."""

    takes: Fraction = Fraction(0)
    seconds: Fraction = Fraction(0)

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(takes=self.takes + other.takes, seconds=self.seconds + other.seconds)


@dataclass(frozen=True)
class Bid:
    """A shot that wants a take in this round."""

    place: int  # in film order
    cost: Cost
    first: bool  # it has no take yet that could be cut
    hope: float  # how likely the take is to pass, as far as one can tell


def hope_of(failed: int, asked: int, attempts: int) -> float:
    """How likely another take of a shot is to pass: the share of its best take that did, over its attempts so far.

    Of 20 measures of which one fails after one take: (1 − 1/20) / 2.
    """
    share = failed / asked if asked else 0.0
    return (1.0 - share) / (1.0 + attempts)


class Ledger:
    """What is spent, and what of a film's budget is left."""

    def __init__(self, budget: Budget, price: float | None = None) -> None:
        self.budget = budget
        self.price = Fraction(price or 0)  # of a generated second
        self.spent = Cost()

    def admits(self, cost: Cost, held_back: Cost) -> bool:
        """Whether the film can pay for this, with something held back for what must be shot."""
        would = self.spent + cost + held_back
        budget = self.budget
        if budget.pool is not None and would.takes > budget.pool:
            return False
        if budget.seconds is not None and would.seconds > Fraction(budget.seconds):
            return False
        return not (budget.money is not None and would.seconds * self.price > Fraction(budget.money))

    def refund(self, cost: Cost) -> None:
        """Take back what was entered for a take that was not shot."""
        self.spent = Cost(takes=self.spent.takes - cost.takes, seconds=self.spent.seconds - cost.seconds)

    def granted(self, bids: Sequence[Bid], held_back: Cost) -> list[Bid]:
        """The bids that are paid for, in film order; their cost is entered.

        First takes always; then the bids with the most hope for a second, while there is something left. Ties go
        in film order.
        """
        paid = [bid for bid in bids if bid.first]
        for bid in paid:
            self.spent += bid.cost
        rest = [bid for bid in bids if not bid.first]
        for bid in sorted(rest, key=lambda bid: (-bid.hope / float(bid.cost.seconds or 1), bid.place)):
            if self.admits(bid.cost, held_back):
                self.spent += bid.cost
                paid.append(bid)
        return sorted(paid, key=lambda bid: bid.place)


def refuse_too_little(budget: Budget, price: float | None, firsts: Sequence[Cost], problem: Problem) -> None:
    """Raise InputError where not even one take of each shot can be paid for; ``problem`` says where that is written."""
    ledger = Ledger(budget, price)
    total = sum(firsts, Cost())
    if not ledger.admits(total, Cost()):
        needed = f"{float(total.seconds):.0f} generated seconds in {int(total.takes)} takes"
        what = f"one take of each shot needs {needed}, more than the budget has."
        raise InputError(problem.model_copy(update={"what": what, "todo": "Raise it, or shorten the film."}))
