"""The grade of a take: what its rendering does to every colour alike, told apart from colours that are wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from render.previz.colour_space import lab_of, linear

if TYPE_CHECKING:
    from director.checks.surfaces import Surface

# How far models' renderings lie apart: standard deviations of what a grade may do, and the value that does nothing.
_NOTHING = np.array((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
_USUAL = np.array((0.05, 0.04, 0.06, 0.12, 0.10, 0.03, 0.16))
_SIGMA = 3.5  # of a surface's own Lab, ΔE: no model repeats a colour better
_WHOLE = 400  # pixels from which on a surface counts in full
_LEVEL = np.array((0.2126, 0.7152, 0.0722))


@dataclass(frozen=True, eq=False)
class Grade:
    """Exposure, balance of red and blue, curve, contrast, lift and saturation of a take against its rehearsal."""

    numbers: np.ndarray

    def applied(self, rgb: np.ndarray) -> np.ndarray:
        """Colours of the rehearsal, float[..., 3] sRGB from 0 to 1, as this take renders them."""
        return _applied(self.numbers, rgb)

    def rendered(self, picture: np.ndarray) -> np.ndarray:
        """A picture of the rehearsal, uint8[..., 3], as this take renders it: a mixture of channels, then a table."""
        import cv2

        mix = _LEVEL + (np.eye(3) - _LEVEL) * np.exp(self.numbers[6])
        levels = np.repeat(np.arange(256)[:, None] / 255, 3, axis=1)
        table = np.round(_curved(self.numbers, levels) * 255).astype(np.uint8)[None]
        return cv2.LUT(cv2.transform(picture, mix.astype(np.float32)), table)


def grade_of(expected: np.ndarray, taken: np.ndarray, weights: np.ndarray) -> Grade:
    """The grade that explains the most of how surfaces float[N, 3] (sRGB, 0 … 1) were to look and how they look.

    A maximum a posteriori fit with a Cauchy loss: a surface of a wrong colour has little to say, and where few
    surfaces are seen, the usual is believed.
    """
    from scipy.optimize import least_squares

    if not len(expected):
        return Grade(_NOTHING.copy())
    aim = lab_of(linear(taken))

    def away(numbers: np.ndarray) -> np.ndarray:
        off = lab_of(linear(_applied(numbers, expected))) - aim
        far = np.sqrt((off * off).sum(axis=1) + 1e-9) / _SIGMA
        # Cauchy by hand, since the prior's residuals are to stay squares.
        eased = np.sqrt(np.log1p(far * far)) / far
        return np.concatenate([(off / _SIGMA * (eased * np.sqrt(weights))[:, None]).ravel(), numbers / _USUAL])

    return Grade(least_squares(away, _NOTHING, method="trf", max_nfev=30).x)


def grade_from(surfaces: "Iterable[Surface]") -> Grade:
    """The grade of a take from its surfaces: each counts once, however often and largely it is seen."""
    groups: dict[tuple[int, ...], list[Surface]] = {}
    for each in surfaces:
        own = (each.entity, each.part)
        # The set in stretches of one colour, so that neither a wall nor a sky decides alone.
        key = own if any(own) else (*own, *(int(level) for level in np.round(each.expected * 6)))
        groups.setdefault(key, []).append(each)
    rows: list[tuple[np.ndarray, np.ndarray, float]] = []
    for group in groups.values():
        pixels = np.array([each.pixels for each in group], float)
        expected = np.average([each.expected for each in group], axis=0, weights=pixels)
        taken = np.average([each.taken for each in group], axis=0, weights=pixels)
        rows.append((expected, taken, min(1.0, float(pixels.mean()) / _WHOLE)))
    if not rows:
        return Grade(_NOTHING.copy())
    expected, taken, weights = (np.array(column) for column in zip(*rows, strict=True))
    return grade_of(expected, taken, weights)


def _applied(numbers: np.ndarray, rgb: np.ndarray) -> np.ndarray:
    rgb = np.asarray(rgb, np.float64)
    grey = (rgb @ _LEVEL)[..., None]
    return _curved(numbers, grey + (rgb - grey) * np.exp(numbers[6]))


def _curved(numbers: np.ndarray, rgb: np.ndarray) -> np.ndarray:
    """What becomes of each channel."""
    exposure, red, blue, curve, contrast, lift = numbers[:6]
    level = np.clip(np.clip(rgb, 1e-4, 1.0) * np.exp(exposure + np.array((red, 0.0, blue))), 1e-4, 1.0) ** np.exp(curve)
    return np.clip(lift + (1 - lift) * (0.5 + (level - 0.5) * np.exp(contrast)), 0.0, 1.0)
