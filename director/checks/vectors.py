"""What everybody in a take looks like, and how it is lit, as vectors: for takes to be held against each other."""

from collections.abc import Mapping

import numpy as np

from director.checks.base import Showing
from director.checks.rendering import VERSION as RENDERING
from director.checks.rendering import rendering_of
from director.checks.showing_well import VERSION as CROPS
from director.checks.showing_well import best_crop

LIGHT = "\0light"
"""The name under which stands how a take renders light and colour; nobody in a bible has it."""


def version() -> str:
    """Changes whenever the same take could give other vectors."""
    from characters.likeness.appearance import Appearance

    return f"{Appearance.name}-{Appearance.version}-{CROPS}-light-{RENDERING}"


def vectors_of(showing: Showing) -> Mapping[str, np.ndarray]:
    """Name → float32[D], of length 1, of everybody and everything that the take shows well enough to be known by.

    ``LIGHT`` → the take's ``rendering_of``, in ΔE and not of length 1, where that can be told.
    Raises MachineError where the take cannot be read.
    """
    from characters.likeness.appearance import Appearance
    from characters.likeness.base import Crop, applicable

    expected = showing.expected
    crops: dict[str, Crop] = {}
    for name in expected.names.values() if expected is not None else ():
        best = best_crop(showing, name)
        if best is not None:
            frame, (x, y, width, height), _ = best
            picture = next(iter(showing.read([frame])))
            crops[name] = Crop(np.ascontiguousarray(picture[y : y + height, x : x + width]))
    vectors = Appearance().embed(list(crops.values()))
    said = applicable(vectors)
    found = {name: vector for name, vector, there in zip(crops, vectors, said, strict=True) if there}
    light = rendering_of(showing)
    return found if light is None else {**found, LIGHT: light}
