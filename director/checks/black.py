"""Black frames where the rehearsal shows something."""

from typing import TYPE_CHECKING

import numpy as np

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, spans, unjudged

if TYPE_CHECKING:
    from render.previz.expectation import Expectation

DARK = 0.7  # share of the light that is gone: no grade takes so much
_NOTHING = 14.0  # 8-bit levels: a rehearsal whose lights are no brighter is black itself
_LIGHTS = 98  # per cent of a frame are darker than its lights


class Black:
    """Looks at the lights of each frame: a night has some, a black frame has none."""

    name = "black"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        if not comparable(showing, 1):
            return (unjudged(self, showing, "black.frames", "black: nothing to hold it against"),)
        gone = darkness(showing.sight.grey, showing.sight.expected)
        score = float(gone.max(initial=0.0))
        black = spans([bool(each) for each in gone > showing.limit("black.frames").fail])
        if not black:
            return (ruled(self, showing, "black.frames", score, "black: no frame is"),)
        first, last = max(black, key=lambda span: span[1] - span[0])
        count = sum(b - a + 1 for a, b in black)
        words = f"black: frame {first}" if first == last else f"black: frames {first} to {last}"
        if count > last - first + 1:
            words += f" and {count - (last - first + 1)} others"
        return (
            ruled(
                self, showing, "black.frames", score, words,
                expected="a picture", measured=f"{count} black frames", frame=first, span=(first, last),
            ),
        )  # fmt: skip


def darkness(grey: np.ndarray, expected: "Expectation") -> np.ndarray:
    """How much of the light that the rehearsal has is missing in each frame, float64[F], 0 none … 1 all.

    ``grey`` uint8[F, h, w] is luma. Where the rehearsal is black itself, none is missing.
    """
    told = np.array([np.percentile(_luma(look.rgb[::2, ::2]), _LIGHTS) for look in expected.looks])
    places = [look.frame for look in expected.looks]
    lights = np.interp(np.arange(len(grey)), places, told)
    shown = np.array([np.percentile(frame[::4, ::4], _LIGHTS) for frame in grey])
    return np.where(lights > _NOTHING, np.clip(1 - shown / np.maximum(lights, 1), 0, 1), 0)


def _luma(rgb: np.ndarray) -> np.ndarray:
    return rgb @ np.array((0.299, 0.587, 0.114))
