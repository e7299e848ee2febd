"""Black frames where the rehearsal shows something."""

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, spans, unjudged


class Black:
    """Looks at the lights of each frame: a night has some, a black frame has none."""

    name = "black"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        if not comparable(showing, 1):
            return (unjudged(self, showing, "black.frames", "black: nothing to hold it against"),)
        from director.checks.light import darkness

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
