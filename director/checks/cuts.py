"""Cuts that nobody planned: a shot is one picture that goes on."""

import numpy as np

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged

_AROUND = 3  # frames on either side that a jump is held against: what is fast in all of them is a whip pan
_NOISE = 1.5  # 8-bit levels that a picture changes by without anything happening


class Cuts:
    """Looks for a change of the whole picture that those before and after it do not show."""

    name = "cuts"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        if not comparable(showing, 4):
            return (unjudged(self, showing, "cuts.jump", "cuts: too short to be cut"),)
        jump = jumps(showing.sight.patches[1], showing.sight.dark)
        place = int(np.argmax(jump))
        score, limit = float(jump[place]), showing.limit("cuts.jump")
        if score <= limit.doubt:
            return (ruled(self, showing, "cuts.jump", score, "cuts: none"),)
        words = f"cuts: the picture jumps from frame {place} to {place + 1}, {score:.1f} times as far as around it"
        # What comes after is another picture; if the jump is early, what comes before is.
        early = place + 1 < showing.frames / 2
        span = (0, place) if early else (place + 1, showing.frames - 1)
        return (
            ruled(
                self, showing, "cuts.jump", score, words,
                expected="one shot", measured=f"a cut after frame {place}", frame=place + 1, span=span,
            ),
        )  # fmt: skip


def jumps(changes: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """How far each step to the next frame stands out, float64[F − 1]: 1 is as large as the largest around it.

    ``changes`` float32[F − 1, P] of patches; steps into and out of ``dark`` frames, bool[F], are no cuts.
    """
    whole = np.median(changes, axis=1).astype(np.float64)
    whole[dark[1:] | dark[:-1]] = 0.0
    padded = np.pad(whole, _AROUND)
    others = [np.roll(padded, shift) for shift in range(-_AROUND, _AROUND + 1) if shift]
    around = np.max(others, axis=0)[_AROUND:-_AROUND]
    return whole / (around + _NOISE)
