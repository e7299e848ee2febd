"""Cuts that nobody planned: a shot is one picture that goes on."""

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged


class Cuts:
    """Looks for a change of the whole picture that those before and after it do not show."""

    name = "cuts"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        if not comparable(showing, 4):
            return (unjudged(self, showing, "cuts.jump", "cuts: too short to be cut"),)
        from director.checks.light import jumps

        jump = jumps(showing.sight.patches[1], showing.sight.dark)
        place = int(jump.argmax())
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
