"""Who is there: nobody too many, and nobody missing."""

from dataclasses import replace
from typing import TYPE_CHECKING

from characters.seen import Kind
from director.checks.attributes import worst_stretch
from director.checks.base import Ruling, Showing, Verdict
from director.checks.ruled import ruled, unjudged

if TYPE_CHECKING:
    import numpy as np

    from director.checks.sight import Sight
    from director.checks.strange import Blob

_PERSON = (0.8, 6.0)  # height against width of a patch that may be a person
_CLOSE = 0.02  # of the frame's width: patches no farther apart are one
_LOOKS = 3  # in a row: somebody who is there stays for a while
_GONE = 12.0  # ΔE94
_POSED = 0.9  # somebody who is not there fits badly; who is posed otherwise fits a little


class Cast:
    """Looks for people that nobody asked for, away from everybody who is expected, and for expected ones who lack."""

    name = "cast"
    version = "4"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        sight = showing.sight
        if not sight.follows:
            return (unjudged(self, showing, "cast.stranger", "the picture is not the rehearsed one", Ruling.UNSURE),)
        found = {
            index: [one for one in _joined(sight, index) if _stands(one)] for index in sight.follows if sight.lit[index]
        }
        if not found:
            words = "light falls otherwise than rehearsed, and hides who else may be there"
            return (unjudged(self, showing, "cast.stranger", words, Ruling.UNSURE), *self._missing(showing))
        scores = [(index, max((blob.share for blob in blobs), default=0.0)) for index, blobs in found.items()]
        score, at = worst_stretch(scores, _LOOKS)
        limit = showing.limit("cast.stranger")
        bad = limit.ruling(score) is Ruling.FAIL
        most = max(found[at], key=lambda blob: blob.share, default=None)
        asked = sum(seen.kind is Kind.CHARACTER for seen in sight.expected.seen)
        words = f"somebody who was not asked for ({100 * score:.1f} % of the frame)" if bad else "nobody else is seen"
        frames = [sight.expected.looks[index].frame for index, each in scores if each > limit.fail]
        stranger = ruled(
            self, showing, "cast.stranger", score, words,
            expected=f"{asked}", measured=f"{asked + 1}" if bad else f"{asked}",
            frame=sight.expected.looks[at].frame, box=_box(showing, most),
            span=sight.span(frames) if bad else None,
        )  # fmt: skip
        return (stranger, *self._missing(showing))

    def _missing(self, showing: Showing) -> list[Verdict]:
        """Everybody of whom hardly a pixel is as it should be."""
        sight = showing.sight
        verdicts: list[Verdict] = []
        for entity, seen in enumerate(sight.expected.seen, 1):
            scores: list[tuple[int, float]] = []
            for index in sight.follows:
                mine = (sight.laid[index].ids == entity) & ~_repainted(sight, index, entity)
                if mine.sum() >= 60 and sight.fits(index, entity, _POSED):
                    scores.append((index, float((sight.difference[index][mine] > _GONE).mean())))
            if not scores:
                continue
            score, at = worst_stretch(scores, 2)
            bad = showing.limit("cast.missing", seen.name).ruling(score) is Ruling.FAIL
            words = f"{seen.name} is not there" if bad else f"{seen.name} is there"
            verdicts.append(
                ruled(
                    self,
                    showing,
                    "cast.missing",
                    score,
                    words,
                    subject=seen.name,
                    frame=sight.expected.looks[at].frame,
                    box=sight.box_of(at, seen.name),
                )
            )
        return verdicts


def _repainted(sight: "Sight", look: int, entity: int) -> "np.ndarray":
    """Parts of another colour, bool[h, w]: who wears a pink coat is there. None where no part is as it should be."""
    import numpy as np

    laid = sight.laid[look]
    wrong = {part for at, whose, part in sight.repainted if (at, whose) == (look, entity)}
    mine = laid.ids == entity
    if not wrong or wrong >= {int(each) for each in np.unique(laid.parts[mine]) if each}:
        return np.zeros_like(mine)
    return mine & np.isin(laid.parts, sorted(wrong))


def _joined(sight: "Sight", look: int) -> "list[Blob]":
    """Patches that belong to nobody, put together where they lie close: a grey coat before a grey wall has gaps."""
    near = _CLOSE * sight.expected.width
    groups: list[Blob] = []
    for blob in sorted((b for b in sight.strange if b.look == look and not b.entity), key=lambda b: -b.share):
        for place, other in enumerate(groups):
            if _apart(blob.box, other.box) <= near:
                groups[place] = replace(other, share=other.share + blob.share, box=_around(blob.box, other.box))
                break
        else:
            groups.append(blob)
    return groups


def _apart(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> int:
    """The gap between two boxes, across or down, whichever is wider; 0 where they overlap."""
    ends = ((max(one[a], other[a]), min(one[a] + one[a + 2], other[a] + other[a + 2])) for a in (0, 1))
    return max(0, *(begins - ends for begins, ends in ends))


def _around(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top


def _stands(blob: "Blob") -> bool:
    _, _, across, down = blob.box
    return _PERSON[0] <= down / max(across, 1) <= _PERSON[1]


def _box(showing: Showing, blob: "Blob | None") -> tuple[int, int, int, int] | None:
    if blob is None:
        return None
    across, down = showing.width / showing.sight.expected.width, showing.height / showing.sight.expected.height
    x, y, wide, high = blob.box
    return int(x * across), int(y * down), int(wide * across), int(high * down)
