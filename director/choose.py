"""Which take of each shot is cut: the best of each shot alone, or the set that fits together best."""

from director.attempts import Attempt, ShotState
from director.checks.base import Ruling

_RANK = {Ruling.PASS: 0, Ruling.NOT_APPLICABLE: 0, Ruling.UNSURE: 1, Ruling.FAIL: 2}


def choose(state: ShotState) -> Attempt:
    """The take of a shot that is cut. Raises ValueError where it has none.

    What a person circled; what another shot has grown from; what was chosen jointly; else pass before unsure before
    fail. Of takes that fail, the one with least trouble; of others, the one that stays furthest below its limits; of
    equals, the earliest.
    """
    if (circled := state.circle) is not None:
        return circled
    if state.fixed is not None:
        return state.fixed
    if state.chosen is not None:
        return state.chosen
    return min(state.takes, key=rank)


def rank(attempt: Attempt) -> tuple[int, float, float, int]:
    """How takes of a shot are ordered, the best first."""
    return _RANK[attempt.ruling], trouble(attempt), unary(attempt), attempt.number


def trouble(attempt: Attempt) -> float:
    """How much is wrong with a take: each failing verdict counts by how far it is above its limit, 1 to 4."""
    found = 0.0
    for verdict in attempt.failing:
        over = verdict.score / verdict.limit if verdict.limit > 0 else 1.0
        found += min(max(over, 1.0), 4.0)
    return found


def unary(attempt: Attempt) -> float:
    """What a take costs by itself, 0 to 1: the mean share of their limits that its binding verdicts reach."""
    told = [v for v in attempt.binding if v.ruling is not Ruling.NOT_APPLICABLE and v.limit > 0]
    shares = [min(max(verdict.score / verdict.limit, 0.0), 1.0) for verdict in told]
    return sum(shares) / len(shares) if shares else 0.0
