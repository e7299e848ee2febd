"""Light that goes up and down from frame to frame."""

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, spans, unjudged


class Flicker:
    """Looks at the light of most of the picture: a lamp that flickers in a corner is none of it."""

    name = "flicker"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        from director.checks.light import WINDOW, swings

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
                frame=int(swing.argmax()) + WINDOW // 2, span=(first, min(last, showing.frames - 1)),
            ),
        )  # fmt: skip
