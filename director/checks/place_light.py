"""The light of a place in a picture: how bright, how hard, and of what colour."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from render.previz.colour_space import lab_of, linear

if TYPE_CHECKING:
    from director.checks.sight import Sight

_LEAST = 200  # pixels
_STEP = 4  # every fourth pixel across and down says enough
_BRIGHTER, _HARDER, _COLOUR = 5.0, 6.0, 4.0  # of Lab: of less, nothing is said


@dataclass(frozen=True)
class PlaceLight:
    """Medians of L*, a* and b*, and ``contrast``: how far the lightest tenth lies above the darkest, in L*."""

    level: float
    red: float
    yellow: float
    contrast: float

    def apart(self, other: "PlaceLight") -> float:
        """How far two lights lie apart: ΔE of the medians, and what more the contrasts do."""
        medians = (self.level - other.level, self.red - other.red, self.yellow - other.yellow)
        return float(np.sqrt(sum(each * each for each in medians) + ((self.contrast - other.contrast) / 2) ** 2))

    def against(self, other: "PlaceLight") -> str:
        """What this light is beside another, in words; empty where they are alike."""
        steps = (
            (self.level - other.level, _BRIGHTER, "brighter", "darker"),
            (self.contrast - other.contrast, _HARDER, "harder", "softer"),
            (self.yellow - other.yellow, _COLOUR, "warmer", "cooler"),
            (self.red - other.red, _COLOUR, "redder", "greener"),
        )
        said = [f"{more if by > 0 else less} by {abs(by):.0f}" for by, least, more, less in steps if abs(by) >= least]
        return ", ".join(said)


def light_of(pixels: np.ndarray) -> PlaceLight | None:
    """The light on pixels uint8[N, 3], sRGB; None where they are too few."""
    if len(pixels) < _LEAST:
        return None
    lab = lab_of(linear(pixels / 255))
    low, high = np.percentile(lab[:, 0], (10, 90))
    level, red, yellow = (float(each) for each in np.median(lab, axis=0))
    return PlaceLight(level, red, yellow, float(high - low))


def light_of_take(sight: "Sight") -> PlaceLight | None:
    """The light on the set, without whoever stands before it, at the looks that can be compared."""
    found = [
        sight.clip[laid.frame, ::_STEP, ::_STEP][((laid.ids <= 0) & laid.known)[::_STEP, ::_STEP]]
        for laid in (sight.laid[index] for index in sight.follows)
    ]
    return light_of(np.concatenate(found)) if found else None


def light_of_pictures(pictures: Iterable[np.ndarray]) -> PlaceLight | None:
    """The light in pictures of a place, uint8[H, W, 3]; each counts alike."""
    steps = [picture[:: max(len(picture) // 90, 1), :: max(picture.shape[1] // 160, 1)] for picture in pictures]
    lights = [light for step in steps if (light := light_of(step.reshape(-1, 3))) is not None]
    if not lights:
        return None
    means = np.mean([(each.level, each.red, each.yellow, each.contrast) for each in lights], axis=0)
    return PlaceLight(*(float(each) for each in means))
