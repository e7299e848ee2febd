"""Identity: whether everybody and everything is who and what the references and the rehearsal show."""

from typing import TYPE_CHECKING

from characters.seen import Seen
from director.checks.base import Ruling, Showing, Verdict
from director.checks.eyes import Eye
from director.checks.ruled import ruled, unjudged

if TYPE_CHECKING:
    from characters.likeness.base import Crop
    from director.checks.sight import Sight

_LEAST = 24  # pixels at 424 across, on the short side of the box
_AWAY = -0.35  # cosine: farther turned away than that nobody is recognised


class Identity:
    """Two questions of everybody and everything that is seen well enough.

    *shape*: whether head, trunk and height have their proportions (see shape.py); *reference*: how like the crop is
    to its references by colour, surface and details, and whether somebody else's references are more like it.
    """

    name = "identity"
    version = "1"

    def __init__(self, eye: Eye | None = None) -> None:
        self.eye = eye or Eye()

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        from director.checks.shape import shape_of

        sight = showing.sight
        verdicts: list[Verdict] = []
        for entity, seen in enumerate(sight.expected.seen, 1):
            verdicts.append(self._shape(showing, seen, shape_of(sight, entity)))
            if any(each.of == seen.name for each in showing.references):
                verdicts.append(self._reference(showing, entity, seen))
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

    def _reference(self, showing: Showing, entity: int, seen: Seen) -> Verdict:
        """Binding where the film has a limit of its own: without, nobody knows what is like enough."""
        import numpy as np

        from director.checks.references import reference_vectors

        best = best_seen(showing.sight, entity)
        taken = self.eye.open().embed([best[1]])[0] if best is not None else None
        own = reference_vectors(tuple(each for each in showing.references if each.of == seen.name), self.eye)
        if best is None or taken is None or np.isnan(taken).any() or not len(own):
            words = f"{seen.name} is not seen well enough to be recognised"
            return unjudged(self, showing, "identity.reference", words, subject=seen.name)
        likeness = float(np.nanmax(own @ taken))
        rivals: dict[str, float] = {}
        for name in sorted({each.of for each in showing.references} - {seen.name}):
            vectors = reference_vectors(tuple(each for each in showing.references if each.of == name), self.eye)
            if len(vectors):
                rivals[name] = float(np.nanmax(vectors @ taken))
        words = f"{seen.name}: {likeness:.2f} like the references"
        rival = max(rivals, key=lambda name: rivals[name], default=None)
        if rival is not None and rivals[rival] > likeness:
            words += f", {rivals[rival]:.2f} like {rival}'s"
        return ruled(
            self, showing, "identity.reference", 1 - likeness, words, subject=seen.name, measured=f"{likeness:.2f}",
            frame=showing.sight.laid[best[0]].frame, box=showing.sight.box_of(best[0], seen.name),
            advisory=f"identity.reference/{seen.name}" not in showing.limits,
        )  # fmt: skip


def best_seen(sight: "Sight", entity: int) -> "tuple[int, Crop] | None":
    """The look at which most of somebody is seen, and the take's crop of them."""
    import numpy as np

    from characters.likeness.base import Crop

    least = _LEAST * sight.expected.width / 424
    found: list[tuple[int, int, tuple[int, int, int, int]]] = []
    for index in sight.follows:
        facing = sight.expected.facing[index][entity]
        rows, columns = np.nonzero(sight.laid[index].ids == entity)
        if not len(rows) or facing < _AWAY:
            continue
        box = int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1
        if min(box[2:]) >= least:
            found.append((len(rows), index, box))
    if not found:
        return None
    _, index, (x, y, across, down) = max(found, key=lambda one: (one[0], -one[1]))
    laid = sight.laid[index]
    margin = max(across, down) // 8
    cut = (slice(max(y - margin, 0), y + down + margin), slice(max(x - margin, 0), x + across + margin))
    mask = (laid.ids[cut] == entity).astype(np.float32)
    return index, Crop(np.ascontiguousarray(sight.clip[laid.frame][cut]), mask)
