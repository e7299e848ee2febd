"""The yield report: what the takes that stand cost, and what rejected them."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from director.checks.base import Ruling
from director.dailies.page import Yield
from director.policy import Attempt

_REASONS = 6


def yield_of(shots: Iterable[tuple[int, list[Attempt]]], rate: Fraction) -> Yield:
    """The yield of shots, each with the frames that it has in the film and its attempts."""
    takes, used, counts, reasons = [], 0, Counter[int](), Counter[str]()
    for frames, attempts in shots:
        if not attempts:
            continue
        used += frames
        counts[len(attempts)] += 1
        takes += attempts
        for attempt in attempts:
            reasons.update({v.check for v in attempt.verdicts if v.ruling is Ruling.FAIL and not v.advisory})
    rejected = [attempt for attempt in takes if attempt.ruling is Ruling.FAIL]
    return Yield(
        takes=len(takes),
        rejected=len(rejected),
        generated=float(sum(attempt.take.frames for attempt in takes) / rate),
        used=float(used / rate),
        making=round(sum(attempt.take.seconds for attempt in takes), 3),
        reshooting=round(sum(attempt.take.seconds for attempt in rejected), 3),
        reasons=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:_REASONS]),
        counts=tuple(sorted(counts.items())),
    )
