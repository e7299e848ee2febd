"""Whether a take goes on where the shot before it ended, and whether people walk the right way."""

import numpy as np

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged

_LEAST_WALK = 0.05  # of the frame's width, beside what the camera does


class Continuity:
    """Holds the first frame against the last of the shot before, and who walks against the rehearsal."""

    name = "continuity"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        return (self._jump(showing), *self._direction(showing))

    def _jump(self, showing: Showing) -> Verdict:
        if not showing.continues or showing.before is None or not comparable(showing, 1):
            return unjudged(self, showing, "continuity.jump", "continuity: continues no other shot")
        unlike = unlikeness(showing.before, showing.sight.clip[0])
        words = f"continuity: the first frame is {100 * (1 - unlike):.0f} % like the last of the shot before"
        return ruled(
            self, showing, "continuity.jump", unlike, words,
            frame=0, expected="the same picture", measured=f"{100 * (1 - unlike):.0f} % like it",
        )  # fmt: skip

    def _direction(self, showing: Showing) -> tuple[Verdict, ...]:
        nothing = unjudged(self, showing, "continuity.direction", "continuity: nobody walks across the frame")
        if not comparable(showing, 8):
            return (nothing,)
        return (nothing,)


def unlikeness(before: np.ndarray, first: np.ndarray) -> float:
    """How unlike two pictures are, uint8[H, W, 3], 0 … 2: of their structure and of their light, whichever is more."""
    import cv2

    size = (106, max(round(first.shape[0] * 106 / first.shape[1]), 9))
    one, other = (cv2.resize(each, size, interpolation=cv2.INTER_AREA).astype(np.float64) for each in (before, first))
    deviation = [each - each.mean(axis=(0, 1)) for each in (one, other)]
    scale = float(np.sqrt((deviation[0] ** 2).sum() * (deviation[1] ** 2).sum())) + 1e3
    structure = 1 - float((deviation[0] * deviation[1]).sum()) / scale
    light = abs(float(np.log((one.mean() + 4) / (other.mean() + 4))))
    return max(structure, light)
