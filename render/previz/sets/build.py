"""Sets by the words of a place. One place is one set, in every shot, whichever way the camera looks.

The action is around the origin; people stand along x. Walls are wild, as on a sound stage: one that stands
between the camera and the action is taken out, with what hangs on it.
"""

import functools
from dataclasses import replace

import numpy as np

from characters.seen import Seen
from render.previz.sets.builder import Builder
from render.previz.sets.design import SetDesign
from render.previz.sets.lit_set import lit_set
from render.previz.sets.table import builder_for
from storyboard.hashing import seed_from
from storyboard.screenplay import Interior, TimeOfDay


def build_set(place: Seen, interior: Interior, time: TimeOfDay = TimeOfDay.DAY, weather: str = "") -> SetDesign:
    """The set for a place, as time and weather have it. Seeded by the place's name alone."""
    return _at_hour(place, interior, time, weather)  # type: ignore[arg-type]


@functools.lru_cache(maxsize=64)
def _built(place: Seen, interior: Interior) -> SetDesign:
    row, build, _ = builder_for(place, interior)
    builder = Builder(place, np.random.default_rng(seed_from("set", place.name)))
    return replace(build(builder), kind=row.kind)


@functools.lru_cache(maxsize=64)
def _at_hour(place: Seen, interior: Interior, time: TimeOfDay, weather: str) -> SetDesign:
    return lit_set(_built(place, interior), time, weather)  # type: ignore[arg-type]


def unshown(place: Seen, interior: Interior) -> tuple[str, ...]:
    """The locked parts of a place that no surface of its set shows."""
    design = _built(place, interior)  # type: ignore[arg-type]
    solids = [design.floor, *(piece.solid for piece in design.pieces)]
    if design.ceiling is not None:
        solids.append(design.ceiling)
    shown = {int(part) for solid in solids for part in np.unique(solid.part)}
    return tuple(name for number, (name, _) in enumerate(place.locked, 1) if number not in shown)
