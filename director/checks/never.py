"""Parts too many: what somebody or something wears, holds or has that the rehearsal does not show."""

from typing import TYPE_CHECKING

from characters.seen import Seen
from director.checks.attributes import worst_stretch
from director.checks.base import Ruling, Showing, Verdict
from director.checks.eyes import Eye
from director.checks.ruled import ruled, unjudged
from storyboard.errors import InputError, Problem

if TYPE_CHECKING:
    from characters.likeness.base import Crop
    from director.checks.strange import Blob

_LOOKS = 3  # in a row: what somebody wears stays with them, what a limb uncovers does not
_SAME_PLACE = 0.22  # of its owner's box: how far a patch may move from look to look
_STEADY = 0.04  # the same, of what does not move at all
_SAME_SIZE = 0.7  # of two patches, the smaller against the larger


class Never:
    """Looks for patches on and around people and props that nothing promised.

    The score is their share of the owner's pixels, over the worst three looks in a row. What it is called is open:
    the words say where it is, and name what the bible rules out there.
    """

    name = "never"
    version = "3"

    def __init__(self, eye: Eye | None = None) -> None:
        self.eye = eye

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        from director.checks.strange import recolours

        sight = showing.sight
        verdicts: list[Verdict] = []
        for entity, seen in enumerate(sight.expected.seen, 1):
            looks = [
                index
                for index in sight.follows
                if (sight.laid[index].ids == entity).sum() >= 40 and sight.fits(index, entity)
            ]
            if not looks:
                words = f"{seen.name} is not seen as the rehearsal has them"
                verdicts.append(unjudged(self, showing, "never.extra", words, subject=seen.name))
                continue
            blobs = {index: [b for b in sight.strange if b.look == index and b.entity == entity and not recolours(b)]
                     for index in looks}  # fmt: skip
            scores = [(index, _lasting(blobs, looks, place)) for place, index in enumerate(looks)]
            score, at = worst_stretch(scores, _LOOKS)
            limit = showing.limit("never.extra", seen.name)
            bad = limit.ruling(score) is Ruling.FAIL
            best = max(blobs[at], key=lambda blob: blob.weight, default=None)
            never = f"; never: {', '.join(seen.never)}" if seen.never else ""
            words = f"{seen.name}: nothing that was not promised"
            if bad and best is not None:
                share = 100 * min(score, 1.0)
                words = f"{seen.name}: something {_where(best)} that was not promised ({share:.0f} %{never})"
            frames = [sight.expected.looks[index].frame for index, each in scores if each > limit.fail]
            verdicts.append(
                ruled(
                    self,
                    showing,
                    "never.extra",
                    score,
                    words,
                    subject=seen.name,
                    measured=", ".join(seen.never) if bad else "",
                    frame=sight.expected.looks[at].frame,
                    box=_box(showing, best) or sight.box_of(at, seen.name),
                    span=sight.span(frames) if bad else None,
                )
            )
        if self.eye is not None:
            verdicts += self._worded(showing, self.eye)
        return tuple(verdicts) or (unjudged(self, showing, "never.extra", "nobody and nothing is expected"),)

    def _worded(self, showing: Showing, eye: Eye) -> list[Verdict]:
        """For each word of a never list, how much better the crop fits with it than without.

        Binding where the film has a limit of its own for it.
        """
        from director.checks.recognised import best_seen

        verdicts: list[Verdict] = []
        for entity, seen in enumerate(showing.sight.expected.seen, 1):
            best = best_seen(showing.sight, entity) if seen.never else None
            if best is None:
                continue
            look, crop = best
            scores = fits(eye, crop, seen)
            word = max(scores, key=lambda each: scores[each])
            words = f"{seen.name}: looks like “{word}” by {scores[word]:.3f}"
            verdicts.append(
                ruled(
                    self,
                    showing,
                    "never.words",
                    scores[word],
                    words,
                    subject=seen.name,
                    measured=word,
                    frame=showing.sight.laid[look].frame,
                    box=showing.sight.box_of(look, seen.name),
                    advisory=f"never.words/{seen.name}" not in showing.limits,
                )
            )
        return verdicts


def fits(eye: Eye, crop: "Crop", seen: Seen) -> dict[str, float]:
    """Word of the never list → how much better the crop fits with it than without, a difference of cosines.

    Both are affirmative: such models do not understand “no”. Raises InputError for an eye that knows no words.
    """
    from characters.likeness.base import TextEmbedder

    embedder = eye.open()
    if not isinstance(embedder, TextEmbedder):
        what = f"`checks: {{words: {eye.name}}}` names an embedder that knows no words."
        raise InputError(Problem(what=what, todo="Name clip or siglip."))
    who = seen.descriptor or seen.name.lower()
    texts = embedder.embed_text([who, *(f"{who} with {word}" for word in seen.never)])
    like = texts @ embedder.embed([crop])[0]
    return {word: float(like[place] - like[0]) for place, word in enumerate(seen.never, 1)}


def _lasting(blobs: "dict[int, list[Blob]]", looks: list[int], place: int) -> float:
    """The share of the patches of a look that are there at a look beside it too.

    What is not steady may be a limb that is early or late: less of it counts where its colours stand around anyway.
    """
    beside = [blob for near in (place - 1, place + 1) if 0 <= near < len(looks) for blob in blobs[looks[near]]]
    share = 0.0
    for blob in blobs[looks[place]]:
        others = [other for other in beside if _apart(blob, other) < _SAME_PLACE]
        steady = any(_apart(blob, other) < _STEADY and _alike(blob, other) >= _SAME_SIZE for other in others)
        share += (blob.share if steady else blob.weight) if others else 0.0
    return share


def _apart(one: "Blob", other: "Blob") -> float:
    """How far two patches lie apart in their owner's box, across or down."""
    return max(abs(one.middle[0] - other.middle[0]), abs(one.middle[1] - other.middle[1]))


def _alike(one: "Blob", other: "Blob") -> float:
    return min(one.share, other.share) / max(one.share, other.share, 1e-9)


def _where(blob: "Blob") -> str:
    height = blob.middle[1]
    words = ((0.02, "above the head"), (0.18, "about the head"), (0.5, "about the chest"), (0.75, "about the waist"))
    return next((name for until, name in words if height < until), "about the legs")


def _box(showing: Showing, blob: "Blob | None") -> tuple[int, int, int, int] | None:
    if blob is None:
        return None
    across, down = showing.width / showing.sight.expected.width, showing.height / showing.sight.expected.height
    x, y, wide, high = blob.box
    return int(x * across), int(y * down), int(wide * across), int(high * down)
