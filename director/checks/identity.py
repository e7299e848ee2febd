"""Identity: whether everybody and everything is who and what the references show, and nobody else."""

from typing import TYPE_CHECKING

import numpy as np

from characters.seen import Seen
from director.checks.base import Showing, Verdict
from director.checks.ruled import ruled, unjudged

if TYPE_CHECKING:
    from characters.likeness.base import Crop
    from director.checks.sight import Sight

_LOOKS = 3
_LEAST = 24  # pixels at 424 across, on the short side of the box
_AWAY = -0.35  # cosine: farther turned away than that nobody is recognised


class Identity:
    """Compares crops of the take with the same moments of the rehearsal, by colour, surface and details.

    The score is how much less alike they are than the rehearsal is to itself a moment later; the margin, by how much
    somebody else of the film is more like the crop than who should be there.
    """

    name = "identity"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        from characters.likeness.appearance import Appearance

        sight = showing.sight
        embedder = Appearance()
        crops = {entity: _crops(sight, entity) for entity in range(1, len(sight.expected.seen) + 1)}
        own = {entity: embedder.embed([pair[2] for pair in pairs]) for entity, pairs in crops.items() if pairs}
        verdicts: list[Verdict] = []
        for entity, pairs in crops.items():
            seen = sight.expected.of(entity)
            if not pairs:
                words = f"{seen.name} is not seen well enough to be recognised"
                verdicts.append(unjudged(self, showing, "identity.likeness", words, subject=seen.name))
                continue
            shown = embedder.embed([pair[1] for pair in pairs])
            verdicts.append(self._judged(showing, seen, entity, [pair[0] for pair in pairs], shown, own))
        return tuple(verdicts) or (unjudged(self, showing, "identity.likeness", "nobody and nothing is expected"),)

    def _judged(
        self, showing: Showing, seen: Seen, entity: int, looks: list[int], shown: np.ndarray, own: dict[int, np.ndarray]
    ) -> Verdict:
        likeness = np.sum(shown * own[entity], axis=1)
        told = ~np.isnan(likeness)
        if not told.any():
            words = f"{seen.name} is not seen well enough to be recognised"
            return unjudged(self, showing, "identity.likeness", words, subject=seen.name)
        least = np.sort(likeness[told])[: max(1, int(told.sum()) // 2)]
        score = 1 - float(least.mean())
        others = {number: float(np.nanmax(shown @ vectors.T)) for number, vectors in own.items() if number != entity}
        nearest = max(others, key=lambda number: others[number], default=None)
        at = looks[int(np.nanargmin(likeness))]
        words = f"{seen.name}: likeness {1 - score:.2f}"
        if nearest is not None and others[nearest] > float(np.nanmax(likeness)):
            words += f", more like {sight_name(showing, nearest)} ({others[nearest]:.2f})"
        return ruled(
            self, showing, "identity.likeness", score, words, subject=seen.name,
            expected=seen.descriptor or seen.name, measured=f"{1 - score:.2f}",
            frame=showing.sight.expected.looks[at].frame, box=showing.sight.box_of(at, seen.name),
        )  # fmt: skip


def sight_name(showing: Showing, entity: int) -> str:
    """The bible's name of an entity."""
    return showing.sight.expected.of(entity).name


def _crops(sight: "Sight", entity: int) -> "list[tuple[int, Crop, Crop]]":
    """(look, the take's crop, the rehearsal's crop in the take's grade) where somebody is seen best."""
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
    picked = sorted(found, key=lambda one: (-one[0], one[1]))
    spread = sorted(picked[: max(len(picked) // 2, _LOOKS)], key=lambda one: one[1])
    some = sorted({round(i * (len(spread) - 1) / (_LOOKS - 1)) for i in range(_LOOKS)}) if spread else []
    crops: list[tuple[int, Crop, Crop]] = []
    for _, index, (x, y, across, down) in (spread[place] for place in some):
        laid = sight.laid[index]
        margin = max(across, down) // 8
        cut = (
            slice(max(y - margin, 0), y + down + margin),
            slice(max(x - margin, 0), x + across + margin),
        )
        mask = (laid.ids[cut] == entity).astype(np.float32)
        expected = sight.grade.rendered(np.ascontiguousarray(laid.rgb[cut]))
        crops.append((index, Crop(np.ascontiguousarray(sight.clip[laid.frame][cut]), mask), Crop(expected, mask)))
    return crops
