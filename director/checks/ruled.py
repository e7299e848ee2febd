"""Verdicts out of measures: a score against the film's limit."""

import math
from collections.abc import Sequence
from typing import Any, Protocol

from director.checks.base import Ruling, Showing, Verdict


class Named(Protocol):
    """A check as far as its verdicts name it."""

    name: str
    version: str


def ruled(check: Named, showing: Showing, measure: str, score: float, words: str, **evidence: Any) -> Verdict:
    """What the limit of a measure makes of a score; a score that is no number fails."""
    limit = showing.limit(measure, evidence.get("subject"))
    return Verdict(
        check=check.name,
        version=check.version,
        measure=measure,
        ruling=limit.ruling(score),
        score=score if math.isfinite(score) else 1e9,
        limit=limit.fail,
        words=words.removeprefix(f"{check.name}: "),
        **evidence,
    )


def comparable(showing: Showing, frames: int) -> bool:
    """Whether there is a rehearsal as long as the take, and at least so many frames of both."""
    expected = showing.expected
    return expected is not None and expected.frames == showing.frames >= frames and bool(expected.looks)


def unjudged(
    check: Named,
    showing: Showing,
    measure: str,
    words: str,
    ruling: Ruling = Ruling.NOT_APPLICABLE,
    **evidence: Any,
) -> Verdict:
    """A measure that has nothing to go by, and why."""
    return Verdict(
        check=check.name,
        version=check.version,
        measure=measure,
        ruling=ruling,
        score=0.0,
        limit=showing.limit(measure).fail,
        words=words,
        **evidence,
    )


def spans(marked: "list[bool]") -> list[tuple[int, int]]:
    """First and last index of every run of true."""
    found: list[tuple[int, int]] = []
    for index, true in enumerate(marked):
        if true and found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        elif true:
            found.append((index, index))
    return found


def spoken_for(places: Sequence[int], first: int, last: int, frames: int) -> tuple[int, int]:
    """First and last frame of a take for which the looks ``first`` to ``last`` of those at ``places`` speak.

    Between two looks that is half-way.
    """
    begins = 0 if first == 0 else (places[first - 1] + places[first]) // 2 + 1
    ends = frames - 1 if last == len(places) - 1 else (places[last] + places[last + 1]) // 2
    return begins, ends
