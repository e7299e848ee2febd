"""Who is who: where a take shows everybody, and whom of the pictures that there are each crop is like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from characters.likeness.base import Crop
from characters.likeness.matching import likeness_to, match
from director.checks.eyes import Eye, Finder

if TYPE_CHECKING:
    from characters.likeness.detector import Detection
    from director.checks.base import Showing
    from director.checks.sight import Sight

Box = tuple[int, int, int, int]
_LEAST = 24  # pixels at 424 across, on the short side of the box
_AWAY = -0.35  # cosine: farther turned away than that nobody is recognised
_SHARED = 0.3  # of two boxes together: how much of them a find and the rehearsed box must have in common


@dataclass(frozen=True, eq=False)
class Sighting:
    """Where a take shows somebody best: the frame, the box in its pixels, and the crop.

    ``placed``: they stand where the rehearsal has them; otherwise they were looked for in all of the frame.
    """

    crop: Crop
    frame: int
    box: Box | None
    placed: bool = True


def sightings(
    showing: "Showing", pictures: Mapping[str, np.ndarray], eye: Eye, finder: Finder | None = None
) -> dict[str, Sighting]:
    """Where each of these names is seen; who is not seen well enough, or not found, is left out.

    ``pictures``: name → float32[N, D], what they look like. Without a ``finder`` people are where the rehearsal lies
    over the take. With one they are looked for by their descriptor: near that place, or where the take does not follow
    the rehearsal in all of the frame, and then by whom they look like. Raises MachineError when a model fails.
    """
    sight, found = showing.sight, dict[str, Sighting]()
    expected: dict[int, list[tuple[str, int]]] = {}
    for entity, seen in enumerate(sight.expected.seen, 1):
        if seen.name not in pictures:
            continue
        best = best_seen(sight, entity)
        if finder is None:
            if best is not None:
                index, crop = best
                found[seen.name] = Sighting(crop, sight.laid[index].frame, sight.box_of(index, seen.name))
        elif (index := best[0] if best is not None else _best_rehearsed(sight, entity)) is not None:
            expected.setdefault(index, []).append((seen.name, entity))
    for index, wanted in sorted(expected.items()):
        if finder is not None:
            found |= _looked_for(showing, index, wanted, pictures, eye, finder)
    return found


def _looked_for(
    showing: "Showing",
    index: int,
    wanted: list[tuple[str, int]],
    pictures: Mapping[str, np.ndarray],
    eye: Eye,
    finder: Finder,
) -> dict[str, Sighting]:
    """Those of ``wanted``, by name and entity, whom a detector finds at a look; each find shows one of them at most."""
    from characters.likeness.crops import crop_at

    sight = showing.sight
    frame = sight.laid[index].frame
    pixels = next(iter(showing.read([frame])))
    asked = [sight.expected.of(entity).descriptor or name.lower() for name, entity in wanted]
    finds = finder.open().find(pixels, list(dict.fromkeys(asked)))
    crops = [(each, crop) for each in finds if isinstance(crop := crop_at(pixels, each.box), Crop)]
    if not crops:
        return {}
    fits = np.array([[np.nan if each.text != text else 0.0 for each, _ in crops] for text in asked])
    placed = index in sight.follows
    if placed:
        fits += [[_shared(each, sight.box_of(index, name)) for each, _ in crops] for name, _ in wanted]
    else:
        vectors = eye.open().embed([crop for _, crop in crops])
        fits += [likeness_to(pictures[name], vectors) for name, _ in wanted]
    return {
        wanted[row][0]: Sighting(crops[column][1], frame, crops[column][0].box, placed)
        for row, column in match(fits, _SHARED if placed else -1.0).items()
    }


def _shared(find: "Detection", box: Box | None) -> float:
    """How much of two boxes together they have in common, 0 to 1."""
    if box is None:
        return 0.0
    sides = [
        min(a + wide, b + high) - max(a, b)
        for a, wide, b, high in zip(find.box[:2], find.box[2:], box[:2], box[2:], strict=True)
    ]
    common = max(sides[0], 0) * max(sides[1], 0)
    return common / (find.box[2] * find.box[3] + box[2] * box[3] - common)


def standing(likeness: np.ndarray) -> list[tuple[float, int]]:
    """For each of several names, by how much they are at another's place, and whose; below 0: at their own.

    ``likeness`` float[N, N]: how like name i is what stands where j should. Places are given to names so that all are
    most like together. The score of whoever is elsewhere is the least margin, over all that have changed places with
    each other, by which a crop is more like who stands there than like whose place it is.
    """
    count = len(likeness)
    margin = likeness - np.diag(likeness)[None]
    given = match(likeness)
    found: list[tuple[float, int]] = []
    for name in range(count):
        pairs = [
            (float(min(margin[name, other], margin[other, name])), other) for other in range(count) if other != name
        ]
        best = max((pair for pair in pairs if not np.isnan(pair[0])), default=(-1.0, name))
        place, ring = given.get(name, name), list[float]()
        at = name
        while (to := given.get(at, at)) != at and len(ring) < count:
            ring.append(float(margin[at, to]))
            at = to
            if at == name:
                best = max(best, (min(ring), place))
                break
        found.append(best)
    return found


def best_seen(sight: "Sight", entity: int) -> tuple[int, Crop] | None:
    """The look at which most of somebody is seen, and the take's crop of them."""
    least = _LEAST * sight.expected.width / 424
    found: list[tuple[int, int, Box]] = []
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


def _best_rehearsed(sight: "Sight", entity: int) -> int | None:
    """The look at which the rehearsal shows most of somebody, whatever the take shows."""
    least = _LEAST * sight.expected.width / 424
    found: list[tuple[int, int]] = []
    for index, look in enumerate(sight.expected.looks):
        box = look.box(entity)
        if box is not None and min(box[2:]) >= least and not sight.expected.facing[index][entity] < _AWAY:
            found.append((int((look.ids == entity).sum()), -index))
    return -max(found)[1] if found else None
