"""The yield report: what the takes that stand cost, and what rejected them."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from director.attempts import Attempt
from director.changes import kept_frames
from director.checks.base import Ruling
from director.dailies.page import Yield

_REASONS = 8


def yield_of(
    shots: Iterable[tuple[int, list[Attempt]]],
    rate: Fraction,
    *,
    draft: float | None = None,
    price: float | None = None,
) -> Yield:
    """The yield of shots, each with the frames that it has in the film and its attempts.

    ``draft`` is the share of a take that a draft costs, ``price`` what a generated second costs.
    """
    takes, used, counts, reasons = [], 0, Counter[int](), Counter[str]()
    for frames, attempts in shots:
        if not attempts:
            continue
        used += frames
        counts[sum(not attempt.draft for attempt in attempts)] += 1
        takes += attempts
        for attempt in attempts:
            reasons.update({verdict.check for verdict in attempt.failing})
    rejected = [attempt for attempt in takes if attempt.ruling is Ruling.FAIL]
    drafts = [attempt for attempt in takes if attempt.draft]
    generated = float(sum(_seconds(attempt, draft) for attempt in takes))
    return Yield(
        takes=len(takes) - len(drafts),
        drafts=len(drafts),
        rejected=sum(not attempt.draft for attempt in rejected),
        abandoned=sum(attempt.draft for attempt in rejected),
        saved=float(sum(_seconds(attempt, 1) - _seconds(attempt, draft) for attempt in rejected if attempt.draft)),
        generated=generated,
        used=float(used / rate),
        making=round(sum(attempt.take.seconds for attempt in takes), 3),
        reshooting=round(sum(attempt.take.seconds for attempt in rejected), 3),
        reasons=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:_REASONS]),
        counts=tuple(sorted(counts.items())),
        money=generated * price if price is not None else None,
    )


def _seconds(attempt: Attempt, draft: float | None) -> Fraction:
    """Generated seconds that a take counts as; a draft counts as its share."""
    share = Fraction(draft or 1) if attempt.draft else Fraction(1)
    made = attempt.take.frames - kept_frames(attempt.take.changes)
    return made / Fraction(attempt.take.rate) * share
