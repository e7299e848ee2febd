"""Looks and states: whether somebody wears the look, and a thing is in the state, that this shot asks for."""

from typing import TYPE_CHECKING

from characters.seen import Seen
from director.checks.attributes import worst_stretch
from director.checks.base import Ruling, Showing, Verdict
from director.checks.ruled import ruled, unjudged

if TYPE_CHECKING:
    from director.checks.sight import Sight
    from render.previz.expectation import Look

_DIFFERS = 12.0  # ΔE from which on two states can be told apart by a pixel
_FAR = 40.0  # ΔE: farther away is not more wrong
_LEAST = 40  # pixels at 424 across by which two states must differ to be told apart


class State:
    """Asks of every other look and state of who and what is seen whether the take shows that one instead.

    Only pixels by which the two differ are asked, under the take's own grade; the score is by how much the other one
    explains them better, from −1 (as asked for) to 1 (the other).
    """

    name = "state"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        sight = showing.sight
        verdicts: list[Verdict] = []
        for other in sight.expected.others:
            scores: dict[int, list[tuple[int, float]]] = {}
            for look in other.looks:
                index = [each.frame for each in sight.expected.looks].index(look.frame)
                if index in sight.follows:
                    for part, score in _scores(sight, index, look).items():
                        scores.setdefault(part, []).append((index, score))
            verdicts.append(self._judged(showing, other.seen, scores))
        return tuple(verdicts) or (unjudged(self, showing, "state.other", "nobody and nothing has another state"),)

    def _judged(self, showing: Showing, other: Seen, scores: dict[int, list[tuple[int, float]]]) -> Verdict:
        asked = next(
            each for each in (*showing.sight.expected.seen, showing.sight.expected.place) if each.name == other.name
        )
        right, wrong = (each.look or each.state or "as usual" for each in (asked, other))
        if not scores:
            words = f"{other.name}: nothing is seen that would differ in “{wrong}”"
            return unjudged(self, showing, "state.other", words, subject=other.name)
        best = max(scores.values(), key=lambda each: worst_stretch(each, 2)[0])
        score, at = worst_stretch(best, 2)
        limit = showing.limit("state.other", other.name)
        bad = limit.ruling(score) is Ruling.FAIL
        words = f"{other.name} is seen in “{wrong}”, promised “{right}”" if bad else f"{other.name}: “{right}”"
        frames = [showing.sight.expected.looks[look].frame for look, each in best if each > limit.fail]
        return ruled(
            self, showing, "state.other", score, words,
            subject=other.name, expected=right, measured=wrong if bad else right,
            frame=showing.sight.expected.looks[at].frame, box=showing.sight.box_of(at, other.name),
            span=showing.sight.span(frames) if bad else None,
        )  # fmt: skip


def _scores(sight: "Sight", index: int, other: "Look") -> dict[int, float]:
    """Part → by how much the other state explains it better; part 0 is all that differs."""
    import cv2
    import numpy as np

    from director.checks.difference import lab_distance

    laid = sight.laid[index]
    height, width = laid.ids.shape
    frame = sight.clip[laid.frame]
    there, parts = laid.bent(other.rgb), laid.bent(other.parts, nearest=True)
    kernel = np.ones((3, 3), np.uint8)
    differs = lab_distance(laid.rgb, there) > _DIFFERS
    differs = cv2.erode(differs.astype(np.uint8), kernel) > 0
    differs &= laid.known
    least = _LEAST * (width / 424) ** 2
    if differs.sum() < least:
        return {}
    mine = np.minimum(lab_distance(sight.grade.rendered(laid.rgb), frame), _FAR)
    theirs = np.minimum(lab_distance(sight.grade.rendered(there), frame), _FAR)
    found = {0: differs}
    for part in np.unique(np.concatenate([laid.parts[differs], parts[differs]])):
        found[int(part) or -1] = differs & ((laid.parts == part) | (parts == part))
    _ = height
    return {
        part: float((mine[at].mean() - theirs[at].mean()) / (mine[at].mean() + theirs[at].mean() + 1e-6))
        for part, at in found.items()
        if at.sum() >= least
    }
