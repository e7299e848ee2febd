"""Whether a take goes on where the shot before it ended, and whether people walk the right way."""

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged


class Continuity:
    """Holds the first frame against the last of the shot before, and who walks against the rehearsal."""

    name = "continuity"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        return (self._jump(showing), *self._directions(showing))

    def _jump(self, showing: Showing) -> Verdict:
        from director.checks.light import unlikeness

        if not showing.continues or showing.before is None or not comparable(showing, 1):
            return unjudged(self, showing, "continuity.jump", "continuity: continues no other shot")
        unlike = unlikeness(showing.before, showing.sight.clip[0])
        words = f"continuity: the first frame is {100 * (1 - unlike):.0f} % like the last of the shot before"
        return ruled(
            self, showing, "continuity.jump", unlike, words,
            frame=0, expected="the same picture", measured=f"{100 * (1 - unlike):.0f} % like it",
        )  # fmt: skip

    def _directions(self, showing: Showing) -> tuple[Verdict, ...]:
        from director.checks.walking import walks_of

        walks = walks_of(showing.sight) if comparable(showing, 8) else ()
        if not walks:
            return (unjudged(self, showing, "continuity.direction", "continuity: nobody walks across the frame"),)
        found: list[Verdict] = []
        for walk in walks:
            asked, came = ("right" if each > 0 else "left" for each in (walk.asked, walk.asked * walk.share))
            words = f"continuity: {walk.name} is to walk to the {asked}, and walks to the {came}"
            found.append(
                ruled(
                    self, showing, "continuity.direction", max(-walk.share, 0.0), words,
                    subject=walk.name, expected=f"to the {asked}", measured=f"to the {came}", frame=walk.frame,
                )
            )  # fmt: skip
        return tuple(found)
