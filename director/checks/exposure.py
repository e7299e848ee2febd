"""Light that changes within a take as it does not in the rehearsal."""

import numpy as np

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged

_FLOOR = 6.0  # 8-bit levels
_LEAST = 60  # patches of a look that can be compared


class Exposure:
    """Holds the light of the place at each look against the rehearsal's, whatever grade a take has on the whole."""

    name = "exposure"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        if not comparable(showing, 2):
            return (unjudged(self, showing, "exposure.drift", "exposure: nothing to hold it against"),)
        places, light = lights(showing)
        if len(places) < 2:
            return (unjudged(self, showing, "exposure.drift", "exposure: the take does not show what was rehearsed"),)
        low, high = int(np.argmin(light)), int(np.argmax(light))
        score = float(light[high] - light[low])
        words = "exposure: steady"
        if score > showing.limit("exposure.drift").doubt:
            words = (
                f"exposure: {100 * (np.exp(score) - 1):.0f} % brighter in frame {places[high]} than in {places[low]}"
            )
        return (
            ruled(
                self, showing, "exposure.drift", score, words,
                expected="the light of one place", measured=f"{100 * (np.exp(score) - 1):.0f} %",
                frame=places[high],
            ),
        )  # fmt: skip


def lights(showing: Showing) -> tuple[list[int], np.ndarray]:
    """Frames, and how bright the place is there against the rehearsal and the take's own grade, as a logarithm."""
    import cv2

    sight = showing.sight
    places: list[int] = []
    pairs: list[np.ndarray] = []
    for laid in sight.laid:
        if not laid.follows or sight.dark[laid.frame]:
            continue
        told = np.log(cv2.cvtColor(laid.rgb[::4, ::4], cv2.COLOR_RGB2GRAY).astype(np.float64) + _FLOOR)
        shown = np.log(sight.grey[laid.frame, ::4, ::4].astype(np.float64) + _FLOOR)
        good = (laid.ids <= 0)[::4, ::4] & laid.known[::4, ::4] & (laid.off < 0.7)[::4, ::4]
        if np.count_nonzero(good) >= _LEAST:
            places.append(laid.frame)
            pairs.append(np.stack([told[good], shown[good]], axis=1))
    if not pairs:
        return [], np.zeros(0)
    # The grade: what levels of the rehearsal come to be in this take, over all of it.
    everything = np.concatenate(pairs)
    marks = np.percentile(everything[:, 0], np.linspace(2, 98, 12))
    band = np.digitize(everything[:, 0], marks)
    grade = np.array(
        [
            np.median(everything[band == b, 1] - everything[band == b, 0]) if (band == b).any() else 0.0
            for b in range(13)
        ]
    )
    light = [float(np.median(pair[:, 1] - pair[:, 0] - grade[np.digitize(pair[:, 0], marks)])) for pair in pairs]
    return places, np.array(light)
