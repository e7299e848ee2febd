"""Locked attributes: the colour of each locked part against the promised one, under the take's own grade."""

from typing import TYPE_CHECKING

from director.checks.base import Ruling, Showing, Verdict

if TYPE_CHECKING:
    import numpy as np

    from director.checks.surfaces import Surface

_FITS = 0.6  # how badly a neighbourhood may fit for its pixels to be taken for the part that should be there
_POSED = 0.45  # a wrong colour fits worse than a right one, a wrong pose worse than both
_LIGHT = 0.6  # weight of lightness: a little more sun is no other coat
_MIDDLE, _MOST = 0.08, 3.0  # linear: dark surfaces are compared as if they were so light, brightened no more than this
_PLAIN = 2.0  # limits away: so wrong that one look is enough
_WHOLE = 120  # pixels at 424 across: of fewer, ink and neighbours have their share in the colour
_LOOKS = 2  # in a row: what is seen at one look alone may be a limb that is early or late


class Attributes:
    """Measures ΔE00 of every locked part that is seen; the worst stretch counts, not the mean."""

    name = "attributes"
    version = "4"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        sight = showing.sight
        groups: dict[tuple[int, int], list[Surface]] = {}
        # A bald head where hair should be fits as badly as a wrong pose; but all of the part is another colour.
        gone = sight.repainted
        for each in sight.surfaces:
            posed = sight.fits(each.look, each.entity, _POSED) if each.entity > 0 else sight.lit[each.look]
            if each.part and posed and (each.off <= _FITS or (each.look, each.entity, each.part) in gone):
                groups.setdefault((each.entity, each.part), []).append(each)
        verdicts: list[Verdict] = []
        for (entity, part), group in sorted(groups.items()):
            seen = sight.expected.of(entity)
            if part <= len(seen.locked):
                verdicts.append(self._judged(showing, seen.name, seen.locked[part - 1], group))
        return tuple(verdicts) or (self._nothing(),)

    def _judged(self, showing: Showing, subject: str, locked: tuple[str, str], group: "list[Surface]") -> Verdict:
        from director.checks.paint import colour_words

        part, words = locked
        sight = showing.sight
        found: list[tuple[int, float, np.ndarray]] = []
        for each in group:
            away, offset = off_by(sight.grade.applied(each.expected), each.taken)
            trust = min(1.0, each.pixels / (_WHOLE * (sight.expected.width / 424) ** 2))
            found.append((each.look, trust * away, offset))
        score, at = worst_stretch([(look, away) for look, away, _ in found], _LOOKS)
        limit = showing.limit("attribute.colour", subject)
        ruling = limit.ruling(score)
        if len(found) < _LOOKS and ruling is Ruling.FAIL and score < _PLAIN * limit.fail:
            ruling = Ruling.UNSURE  # one look may be one limb
        measured = colour_words(words, next(offset for look, _, offset in found if look == at))
        frames = [sight.expected.looks[look].frame for look, away, _ in found if away > limit.fail]
        told = f"{subject}’s {part}: {measured}, promised {words}, ΔE {score:.0f}" if ruling is not Ruling.PASS else (
            f"{subject}’s {part}: as promised, {words}, ΔE {score:.0f}"
        )  # fmt: skip
        return Verdict(
            check=self.name,
            version=self.version,
            measure="attribute.colour",
            ruling=ruling,
            score=round(score, 2),
            limit=limit.fail,
            words=told,
            subject=subject,
            part=part,
            expected=words,
            measured=measured,
            frame=sight.expected.looks[at].frame,
            box=sight.box_of(at, subject),
            span=sight.span(frames) if ruling is Ruling.FAIL else None,
        )

    def _nothing(self) -> Verdict:
        return Verdict(
            check=self.name,
            version=self.version,
            measure="attribute.colour",
            ruling=Ruling.NOT_APPLICABLE,
            score=0.0,
            limit=0.0,
            words="no locked part is seen where the rehearsal has it",
        )


def off_by(promised: "np.ndarray", shown: "np.ndarray") -> "tuple[float, np.ndarray]":
    """How far a surface is from what was promised, both float[3] sRGB: ΔE00 with lightness eased, and the way in Lab.

    At dusk brown and grey are both nearly black to the number, and not to the eye, which is used to the dark: dark
    surfaces are compared as if more light fell on them.
    """
    from render.previz.colour_space import ciede2000, lab_of, linear

    one, other = linear(promised), linear(shown)
    gain = min(max(_MIDDLE / max(float(one.mean()), 1e-6), 1.0), _MOST)
    one, other = lab_of(gain * one), lab_of(gain * other)
    eased = other.copy()
    eased[0] = one[0] + _LIGHT * (other[0] - one[0])
    return float(ciede2000(one, eased)), other - one


def worst_stretch(scores: "list[tuple[int, float]]", looks: int) -> tuple[float, int]:
    """The highest score that holds for this many looks in a row, and the look at which it is worst.

    ``scores`` are (look, score) in order. With fewer looks than asked for, the lowest of them.
    """
    if len(scores) < looks:
        look, score = min(scores, key=lambda one: one[1])
        return score, look
    best, at = -1.0, scores[0][0]
    for start in range(len(scores) - looks + 1):
        stretch = scores[start : start + looks]
        least = min(score for _, score in stretch)
        if least > best:
            best, at = least, max(stretch, key=lambda one: one[1])[0]
    return best, at
