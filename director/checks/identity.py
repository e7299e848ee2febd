"""Identity: whether everybody and everything is who and what the references and the rehearsal show."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from characters.seen import Seen
from director.checks.base import Ruling, Showing, Verdict
from director.checks.eyes import Eye, Finder
from director.checks.ruled import ruled, unjudged

if TYPE_CHECKING:
    from director.checks.recognised import Sighting

_SWAPPED = "identity.swapped"


class Identity:
    """Four questions of everybody and everything that is seen well enough.

    *shape*: whether head, trunk and height have their proportions (see shape.py); *reference*: how like the crop is
    to its references, or without any to its anchor, by colour, surface and details; *swapped*: whether people have
    changed places, by whose pictures they are more like (see recognised.py); *copied*: whether the picture is a
    reference itself, background and all (see copied.py).
    """

    name = "identity"
    version = "5"

    def __init__(self, eye: Eye | None = None, finder: Finder | None = None) -> None:
        self.eye = eye or Eye()
        self.finder = finder

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        from director.checks.shape import shape_of

        sight = showing.sight
        verdicts = [
            self._shape(showing, seen, shape_of(sight, entity)) for entity, seen in enumerate(sight.expected.seen, 1)
        ]
        verdicts += self._recognised(showing)
        verdicts += self._copied(showing)
        return tuple(verdicts) or (unjudged(self, showing, "identity.shape", "nobody and nothing is expected"),)

    def _shape(self, showing: Showing, seen: Seen, found: "tuple[float, int, str] | None") -> Verdict:
        if found is None:
            words = f"{seen.name} is not seen well enough for proportions"
            return unjudged(self, showing, "identity.shape", words, subject=seen.name)
        score, at, words = found
        bad = showing.limit("identity.shape", seen.name).ruling(score) is not Ruling.PASS
        told = f"{seen.name}: {words}" if bad else f"{seen.name}: proportions as rehearsed"
        frame = showing.sight.laid[at].frame
        box = showing.sight.box_of(at, seen.name)
        return ruled(self, showing, "identity.shape", score, told, subject=seen.name, frame=frame, box=box)

    def _recognised(self, showing: Showing) -> Iterable[Verdict]:
        """Binding where the film has a limit of its own: without, nobody knows what is like enough."""
        from characters.likeness.matching import likeness_to
        from director.checks.recognised import sightings
        from director.checks.references import reference_vectors

        everybody = showing.sight.expected.seen
        own = {seen.name: showing.pictures(seen.name) for seen in everybody}
        vectors = {name: reference_vectors(pictures, self.eye) for name, pictures in own.items() if pictures}
        if not vectors:
            return
        known = {name: rows for name, rows in vectors.items() if len(rows)}
        found = sightings(showing, known, self.eye, self.finder)
        taken = self.eye.open().embed([each.crop for each in found.values()]) if found else None
        # Name → whose pictures are how like what stands where the name should.
        kinds = {seen.name: seen.kind for seen in everybody}
        like: dict[str, dict[str, float]] = {}
        for name, vector in zip(found, taken if taken is not None else (), strict=True):
            rivals = (other for other in known if kinds[other] is kinds[name])
            like[name] = {other: float(likeness_to(known[other], vector[None])[0]) for other in rivals}
        for seen in everybody:
            if seen.name in vectors:
                anchored = not any(each.of == seen.name for each in showing.references)
                yield self._reference(showing, seen, found.get(seen.name), like.get(seen.name, {}), anchored=anchored)
        for group in dict.fromkeys(seen.kind for seen in everybody):
            names = [seen.name for seen in everybody if seen.kind is group and like.get(seen.name)]
            names = [name for name in names if found[name].placed and like[name][name] == like[name][name]]
            if len(names) > 1:
                yield from self._swapped(showing, names, found, like)

    def _reference(
        self, showing: Showing, seen: Seen, found: "Sighting | None", like: dict[str, float], *, anchored: bool
    ) -> Verdict:
        import math

        likeness = like.get(seen.name, math.nan)
        if found is None or math.isnan(likeness):
            words = f"{seen.name} is not seen well enough to be recognised"
            if self.finder is not None and found is None:
                words = f"{seen.name} is not found"
            return unjudged(self, showing, "identity.reference", words, subject=seen.name)
        words = f"{seen.name}: {likeness:.2f} like {'its anchor' if anchored else 'the references'}"
        rival = max((name for name in like if name != seen.name), key=lambda name: like[name], default=None)
        if rival is not None and like[rival] > likeness:
            words += f", {like[rival]:.2f} like {rival}'s"
        return ruled(
            self, showing, "identity.reference", 1 - likeness, words, subject=seen.name, measured=f"{likeness:.2f}",
            frame=found.frame, box=found.box,
            advisory=f"identity.reference/{seen.name}" not in showing.limits,
        )  # fmt: skip

    def _swapped(
        self, showing: Showing, names: list[str], found: "dict[str, Sighting]", like: dict[str, dict[str, float]]
    ) -> Iterable[Verdict]:
        """Binding by `appearance`, on which the limit was measured; by other eyes where the film has one of its own."""
        import numpy as np

        from director.checks.recognised import standing

        likeness: np.ndarray = np.array([[like[place][name] for place in names] for name in names])
        for name, (score, place) in zip(names, standing(likeness), strict=True):
            bad = showing.limit(_SWAPPED, name).ruling(score) is not Ruling.PASS
            at = found[names[place]] if bad else found[name]
            words = f"{name} stands where {names[place]} should" if bad else f"{name}: nobody else is in their place"
            yield ruled(
                self, showing, _SWAPPED, score, words, subject=name, frame=at.frame, box=at.box,
                measured=names[place] if bad else "",
                advisory=self.eye.name != Eye.name and not showing.limits.keys() & {_SWAPPED, f"{_SWAPPED}/{name}"},
            )  # fmt: skip

    def _copied(self, showing: Showing) -> Iterable[Verdict]:
        from director.checks.copied import copied

        names = [seen.name for seen in showing.sight.expected.seen]
        references = [each for each in showing.references if each.of in names]
        found = copied(showing.sight, references) if references else {}
        for name in dict.fromkeys(each.of for each in references):
            if name not in found:
                words = f"{name}: no reference shows enough to be copied"
                yield unjudged(self, showing, "identity.copied", words, subject=name)
                continue
            share = found[name].share
            bad = showing.limit("identity.copied", name).ruling(share) is not Ruling.PASS
            words = f"{name}: no copy of a reference"
            if bad:
                words = f"{name}: the picture is the reference itself, background and all ({100 * share:.0f} %)"
            yield ruled(
                self, showing, "identity.copied", share, words, subject=name,
                measured=found[name].file if bad else "", frame=found[name].frame,
            )  # fmt: skip
