"""Whether a take goes on where the shot before it ended, people walk the right way, and a place keeps its light."""

from director.checks.base import Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged


class Continuity:
    """Holds the first frame against the last of the shot before, and who walks against the rehearsal.

    The light of a place is held against its pictures: told, and no reason to reject, since another corner of a room
    may be lit otherwise. What is lit alike from shot to shot is the choice's to find.
    """

    name = "continuity"
    version = "3"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        return (self._jump(showing), *self._directions(showing), self._light(showing))

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

    def _light(self, showing: Showing) -> Verdict:
        from director.checks.place_light import light_of_pictures, light_of_take
        from director.checks.references import picture_of

        name = showing.place.name if showing.place is not None else ""
        own = showing.pictures(name)
        if not own or not comparable(showing, 1):
            return unjudged(
                self, showing, "continuity.light", "continuity: no picture of the place to hold its light to"
            )
        crops = [crop for each in own if (crop := picture_of(str(each.path))) is not None]
        asked, came = light_of_pictures(crop.pixels for crop in crops), light_of_take(showing.sight)
        if asked is None or came is None:
            return unjudged(self, showing, "continuity.light", "continuity: the place is not seen as rehearsed")
        told = came.against(asked)
        words = f"continuity: {name} is {told} than in its pictures" if told else f"continuity: {name} keeps its light"
        return ruled(
            self, showing, "continuity.light", came.apart(asked), words,
            subject=name, expected="the light of its pictures", measured=told or "the same", advisory=True,
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
