"""The body under the clothes: build, sex, age and posture as numbers that every part of a figure is made by."""

import functools
from dataclasses import dataclass

import numpy as np

from characters.seen import Seen
from render.previz.figures.builds import BUILDS_SAID, STOOPED
from render.previz.figures.wardrobe import has
from render.previz.figures.words import age_of, sex_of, stature, wearing
from storyboard.hashing import seed_from

# How wide, how deep and how thick-limbed a build is, and how far its belly stands out (shares of the height).
_BUILDS: dict[str, tuple[float, float, float, float]] = {
    "slight": (0.90, 0.86, 0.86, 0.000),
    "slim": (0.92, 0.90, 0.90, 0.000),
    "thin": (0.87, 0.82, 0.80, 0.000),
    "average": (1.00, 1.00, 1.00, 0.000),
    "broad": (1.13, 1.08, 1.12, 0.002),
    "heavy": (1.20, 1.24, 1.20, 0.022),
    "stocky": (1.16, 1.18, 1.18, 0.012),
}


@dataclass(frozen=True)
class Shape:
    """A body. Lengths are metres where they say so, else factors on an average grown-up's."""

    h: float  # metres from the soles to the crown
    wide: float
    deep: float
    limb: float
    belly: float  # how far it stands out, a share of the height
    shoulders: float
    hips: float
    bust: float  # shares of the height
    waist: float
    neck: float
    jaw: float
    head: float  # how large the head is for the height
    stoop: float  # how far the head and shoulders come forward, a share of the height
    age: int
    sex: float

    def bend(self, z: float | np.ndarray) -> float | np.ndarray:
        """How far forward the spine stands at height ``z`` (a share of the height), a share of the height."""
        rise = np.clip((np.asarray(z, float) - 0.58) / 0.30, 0.0, 1.0)
        return self.stoop * rise**1.6


@functools.lru_cache(maxsize=256)
def shape_of(seen: Seen) -> Shape:
    """The body that the bible and its words give a figure; what they leave open differs a little from name to name."""
    chance = np.random.default_rng(seed_from("body", seen.name))
    age, sex, text = age_of(seen), sex_of(seen), wearing(seen).said  # type: ignore[arg-type]
    build = (seen.figure.build if seen.figure else "average").lower()
    if build == "average":
        build = next((BUILDS_SAID[word] for word in BUILDS_SAID if has(text, (word,))), build)
    wide, deep, limb, belly = _BUILDS.get(build, _BUILDS["average"])
    own = float(chance.uniform(-0.03, 0.03))
    young = float(np.clip((15 - age) / 12, 0.0, 1.0))
    old = float(np.clip((age - 60) / 25, 0.0, 1.0))
    if age >= 45 and build == "average":
        belly = 0.004
    stoop = 0.040 * old + (0.030 if has(text, STOOPED) else 0.0)
    return Shape(
        h=stature(seen),
        wide=(wide + own) * (1 - 0.06 * young),
        deep=deep + own,
        limb=limb * (1 - 0.06 * old) * (1 + 0.06 * young),
        belly=belly + 0.008 * young * (1 if age < 6 else 0),
        shoulders=1.0 - 0.075 * sex - 0.05 * young - 0.03 * old,
        hips=1.0 + 0.065 * max(sex, 0.0) - 0.02 * max(-sex, 0.0),
        bust=0.016 * max(sex, 0.0) * (1 - young) * (0.8 + 0.2 * wide),
        waist=1.0 - 0.085 * max(sex, 0.0) * (1 - young),
        neck=(1.0 - 0.14 * max(sex, 0.0) + 0.08 * max(-sex, 0.0)) * (0.6 + 0.4 * limb) * (1 - 0.12 * young),
        jaw=1.0 - 0.07 * max(sex, 0.0) + 0.045 * max(-sex, 0.0) - 0.03 * young + 0.25 * (wide - 1.0),
        head=1.0 + 0.34 * young,
        stoop=stoop,
        age=age,
        sex=sex,
    )
