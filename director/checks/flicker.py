"""Light that goes up and down from frame to frame."""

import numpy as np

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, spans, unjudged

WINDOW = 9  # frames
_FLOOR = 4.0  # 8-bit levels, so that what is black does not flicker


class Flicker:
    """Looks at the light of most of the picture: a lamp that flickers in a corner is none of it."""

    name = "flicker"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        if not comparable(showing, WINDOW + 2):
            return (unjudged(self, showing, "flicker.amount", "flicker: too short to flicker"),)
        swing = swings(showing.sight.patches[0], showing.sight.dark)
        score = float(swing.max())
        stretches = spans([bool(each) for each in swing > showing.limit("flicker.amount").fail])
        if not stretches:
            return (ruled(self, showing, "flicker.amount", score, "flicker: none"),)
        # A stretch flickers once half of it does.
        first, last = stretches[0][0], stretches[-1][1] + WINDOW + 1
        first += WINDOW // 2 if first else 0
        last -= WINDOW // 2 if stretches[-1][1] < len(swing) - 1 else 0
        words = f"flicker: the light goes up and down by {50 * score:.1f} % from frame to frame"
        return (
            ruled(
                self, showing, "flicker.amount", score, words,
                expected="steady light", measured=f"± {50 * score:.1f} %",
                frame=int(np.argmax(swing)) + WINDOW // 2, span=(first, min(last, showing.frames - 1)),
            ),
        )  # fmt: skip


def swings(patches: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """How much light alternates from frame to frame in each stretch of ``WINDOW`` frames, as a share of it.

    ``patches`` float32[F, P] luma; ``dark`` bool[F] frames that are black. float64[F − WINDOW − 1].
    """
    light = np.log(patches.astype(np.float64) + _FLOOR)
    bend = light[1:-1] - (light[:-2] + light[2:]) / 2
    # Of most of the picture: what moves through a part of it is no flicker.
    beat = np.median(bend, axis=1) * np.where(np.arange(len(bend)) % 2, -1, 1)
    black = dark[:-2] | dark[1:-1] | dark[2:]
    beat[black] = 0.0
    views = np.lib.stride_tricks.sliding_window_view(beat, WINDOW)
    # Of most of the stretch: a jump is no flicker.
    return abs(np.median(views, axis=1))
