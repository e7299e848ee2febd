"""Which take of each shot is cut."""

from director.checks.base import Ruling
from director.policy import Attempt, ShotState

_RANK = {Ruling.PASS: 0, Ruling.NOT_APPLICABLE: 0, Ruling.UNSURE: 1, Ruling.FAIL: 2}


def choose(state: ShotState) -> Attempt:
    """The best attempt of a shot: pass before unsure before fail, and the earliest among equals."""
    return min(state.attempts, key=lambda attempt: (_RANK[attempt.ruling], attempt.number))
