"""What everybody in a take looks like, as vectors: for takes to be held against each other."""

from collections.abc import Mapping

import numpy as np

from director.checks.base import Showing
from director.checks.showing_well import VERSION as CROPS
from director.checks.showing_well import best_crop


def version() -> str:
    """Changes whenever the same take could give other vectors."""
    from characters.likeness.appearance import Appearance

    return f"{Appearance.name}-{Appearance.version}-{CROPS}"


def vectors_of(showing: Showing) -> Mapping[str, np.ndarray]:
    """Name → float32[D], of length 1, of everybody and everything that the take shows well enough to be known by.

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
    return {name: vector for name, vector, there in zip(crops, vectors, said, strict=True) if there}
