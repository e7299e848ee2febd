"""Whether time runs as it should: at its speed, without frames that stand still or come twice."""

from itertools import pairwise

import numpy as np

from director.checks.base import Showing, Verdict
from director.checks.camera import moves
from director.checks.ruled import comparable, ruled, spans, unjudged
from storyboard.camera import Steadiness

LEAST_POTENTIAL = 0.012  # how much better real time must explain the rehearsal than three quarters of it
_STANDS = 0.15  # of what changes between frames that move: what stands changes less
_SAME = 0.9  # share of pixels that are the same to the bit, where a picture stands
_HAPPENS = 0.012  # change from look to look, of evened luminance, that a frozen picture would hide
_REPEATS = 0.35
_GAP = 4.0
_IN_HAND = (Steadiness.UNSTEADY, Steadiness.VERY_UNSTEADY)


class Tempo:
    """Holds the moments that a take shows against the rehearsal's, and each frame against the one before."""

    name = "tempo"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        measures = ("tempo.speed", "tempo.frozen", "tempo.repeats")
        if not comparable(showing, 6):
            return tuple(unjudged(self, showing, name, "tempo: nothing to hold it against") for name in measures)
        return (self._speed(showing), self._frozen(showing), self._repeats(showing))

    def _speed(self, showing: Showing) -> Verdict:
        pace = showing.sight.pace
        if pace.potential < LEAST_POTENTIAL:
            return unjudged(self, showing, "tempo.speed", "tempo: nothing is rehearsed whose speed could be seen")
        score = pace.gain / (pace.potential + LEAST_POTENTIAL)
        words = f"tempo: runs at {pace.speed:.2f} of the speed asked for" if score > 0.1 else "tempo: in time"
        return ruled(self, showing, "tempo.speed", score, words, expected="1.00", measured=f"{pace.speed:.2f}")

    def _frozen(self, showing: Showing) -> Verdict:
        frames = showing.frames
        best = (0, 0)
        for first, last in frozen(showing):
            if last - first > best[1] - best[0]:
                best = (first, last)
        long = best[1] - best[0]
        score = long / frames
        if not long:
            return ruled(self, showing, "tempo.frozen", 0.0, "tempo: the picture never stands")
        words = f"tempo: the picture stands from frame {best[0]} to {best[1]}, {100 * score:.0f} % of the take"
        return ruled(
            self, showing, "tempo.frozen", score, words,
            frame=best[0], span=best, expected="moving", measured=f"{long} frames stand",
        )  # fmt: skip

    def _repeats(self, showing: Showing) -> Verdict:
        again = repeats(showing.sight.changes[:, 0])
        score = float(np.count_nonzero(again)) / max(len(again), 1)
        first = int(np.flatnonzero(again)[0]) + 1 if again.any() else None
        words = f"tempo: {np.count_nonzero(again)} of {showing.frames} frames show the one before again"
        return ruled(self, showing, "tempo.repeats", score, words, frame=first, measured=f"{100 * score:.0f} %")


def held_still(showing: Showing) -> bool:
    """Whether the camera is held in the hand and asked for no move: what it shakes by is chance."""
    return showing.camera is not None and showing.camera.steadiness in _IN_HAND and not moves(showing.camera)


def frozen(showing: Showing) -> list[tuple[int, int]]:
    """First and last frame of each stretch that stands although it should not."""
    change, same = showing.sight.changes.T
    moving = float(np.percentile(change, 80))
    stands = (same >= _SAME) & (change <= max(_STANDS * moving, 0.02))
    if not stands.any():
        return []
    others = change[~stands]
    found: list[tuple[int, int]] = []
    looks = [look.frame for look in showing.sight.expected.looks]
    pace = showing.sight.pace
    for first, last in spans(list(map(bool, stands))):
        # Grain that goes all at once, while it is there in every frame that is not frozen.
        settled = float(change[min(first + 2, last) : last + 1].max())
        gone = len(others) >= 4 and settled * _GAP + 0.15 < float(others.min()) and settled < 0.05
        # Something that the rehearsal shows from one look to the next, and the take does not.
        within = [number for number, (a, b) in enumerate(pairwise(looks)) if a >= first - 2 and b <= last + 3]
        shown, told = pace.change[within].max(axis=0) if within else (0.0, 0.0)
        happens = float(told) > _HAPPENS + 2 * float(shown)
        if gone or happens:
            found.append((first, last + 1))
    return found


def repeats(change: np.ndarray) -> np.ndarray:
    """Which steps from frame to frame show nothing new between steps that do, bool[F − 1]."""
    count = len(change)
    again = np.zeros(count, bool)
    for index in range(1, count - 1):
        before = float(change[max(index - 2, 0) : index].max())
        after = float(change[index + 1 : index + 3].max())
        again[index] = change[index] < _REPEATS * min(before, after) and min(before, after) > 0.3
    return again
