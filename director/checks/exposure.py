"""Light that changes within a take as it does not in the rehearsal."""

import math

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged


class Exposure:
    """Holds the light of the place at each look against the rehearsal's, whatever grade a take has on the whole."""

    name = "exposure"
    version = "1"

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
        if score > showing.limit("exposure.drift").doubt:
            words = f"exposure: {more:.0f} % brighter in frame {places[high]} than in {places[low]}"
        return (
            ruled(
                self, showing, "exposure.drift", score, words,
                expected="the light of one place", measured=f"{more:.0f} %",
                frame=places[high],
            ),
        )  # fmt: skip
