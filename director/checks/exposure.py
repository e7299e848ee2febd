"""Light that changes within a take as it does not in the rehearsal."""

import math
from collections.abc import Sequence

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, spoken_for, unjudged


class Exposure:
    """Holds the light of the place at each look against the rehearsal's, whatever grade a take has on the whole."""

    name = "exposure"
    version = "2"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        if not comparable(showing, 2):
            return (unjudged(self, showing, "exposure.drift", "exposure: nothing to hold it against"),)
        from director.checks.light import lights

        places, light = lights(showing.sight)
        if len(places) < 2:
            return (unjudged(self, showing, "exposure.drift", "exposure: the take does not show what was rehearsed"),)
        low, high = int(light.argmin()), int(light.argmax())
        score = float(light[high] - light[low])
        words, more = "exposure: steady", 100 * (math.exp(score) - 1)
        span, doubt = None, showing.limit("exposure.drift").doubt
        if score > doubt:
            span = outside(steady(light.tolist(), doubt), places, showing.frames)
            words = f"exposure: {more:.0f} % brighter in frame {places[high]} than in {places[low]}"
        return (
            ruled(
                self, showing, "exposure.drift", score, words,
                expected="the light of one place", measured=f"{more:.0f} %",
                frame=places[high], span=span,
            ),
        )  # fmt: skip


def steady(light: Sequence[float], most: float) -> tuple[int, int]:
    """First and last index of the longest stretch in which values lie no farther apart than ``most``."""
    best, first = (0, 0), 0
    for last in range(len(light)):
        while max(light[first : last + 1]) - min(light[first : last + 1]) > most:
            first += 1
        if last - first > best[1] - best[0]:
            best = (first, last)
    return best


def outside(kept: tuple[int, int], places: Sequence[int], frames: int) -> tuple[int, int] | None:
    """First and last frame of what is left of a take beside a stretch of looks at ``places``; None: all of it.

    Between two looks the light changes half-way.
    """
    first, last = kept
    begins, ends = spoken_for(places, first, last, frames)
    if begins == 0 and ends < frames - 1:
        return ends + 1, frames - 1
    if begins > 0 and ends == frames - 1:
        return 0, begins - 1
    return None
