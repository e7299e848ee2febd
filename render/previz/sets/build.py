"""Sets by the words of a place. One place is one set, in every shot, whichever way the camera looks.

The action is around the origin; people stand along x. Walls are wild, as on a sound stage: one that stands
between the camera and the action is taken out, with what hangs on it.
"""

import functools
import re

import numpy as np

from characters.seen import Seen
from render.previz.sets.design import SetDesign, place_text
from render.previz.sets.exteriors import build_exterior
from render.previz.sets.interiors import build_interior
from storyboard.hashing import seed_from
from storyboard.screenplay import Interior


def is_inside(place: Seen, interior: Interior) -> bool:
    """Whether a roof is overhead: as the heading says, else by the name."""
    if interior in (Interior.INT, Interior.EXT):
        return interior is Interior.INT
    return bool(re.search(r"\b(room|kitchen|office|hall|corridor|bar|shop|house|cellar|attic)\b", place_text(place)))


@functools.lru_cache(maxsize=64)
def build_set(place: Seen, interior: Interior) -> SetDesign:
    """The set for a place. Seeded by the place's name alone."""
    chance = np.random.default_rng(seed_from("set", place.name))
    return build_interior(place, chance) if is_inside(place, interior) else build_exterior(place, chance)
