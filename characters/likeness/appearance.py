"""`appearance`: likeness by colour, surface and details, with no model to download."""

from collections.abc import Sequence

import numpy as np

from characters.likeness.base import Crop, blank, unit
from characters.likeness.descriptors import colour, details, surface
from characters.likeness.foreground import foreground

SIDE = 160  # pixels on the long side, to which every subject is brought: details are then of one scale
MARGIN = 0.2  # of the subject's long side, kept around it for the filters
WEIGHTS = {"colour": 2.0, "surface": 1.0, "details": 4.0}
"""Of the three likenesses. Two things that are not alike differ by details least, which is why that part is scaled up
most; each part then matters about as much as the others. benchmarks/likeness.py says how little hangs on them."""


class Appearance:
    """Colour, surface and shape of what a crop shows, robust to light, scale and mirroring.

    Vectors are float32[18004]; their dot product is the weighted mean of the likenesses by colour (a soft Lab
    histogram), by surface (mean and covariance of colours, edges and spots) and by details (a SIFT VLAD). Nothing
    in it was learned from photographs. Runs on one core.
    """

    name = "appearance"
    version = "1"
    revision = "built-in"
    size = colour.SIZE + surface.SIZE + details.SIZE

    def embed(self, crops: Sequence[Crop]) -> np.ndarray:
        """float32[N, 18004], rows of length 1; NaN where a crop is too small to say anything."""
        vectors = blank(len(crops), self.size)
        for row, crop in enumerate(crops):
            if crop.readable:
                found = self.parts(crop)
                vectors[row] = unit(np.concatenate([np.sqrt(WEIGHTS[name]) * part for name, part in found.items()]))
        return vectors

    def parts(self, crop: Crop) -> dict[str, np.ndarray]:
        """Each kind of likeness apart: vectors of length 1 (details: zeros where there is no key point)."""
        import cv2

        rgb, mask = _subject(crop)
        lab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
        return {
            "colour": colour.colour(lab, mask),
            "surface": surface.surface(lab, mask),
            "details": details.details(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), mask),
        }


def _subject(crop: Crop) -> tuple[np.ndarray, np.ndarray]:
    """The subject alone, 160 pixels long: uint8[H, W, 3] and its mask, float32[H, W]."""
    import cv2

    mask = foreground(crop.pixels) if crop.mask is None else np.asarray(crop.mask, np.float32)
    rows, columns = np.nonzero(mask > 0.5)
    top, bottom, left, right = 0, mask.shape[0], 0, mask.shape[1]
    if len(rows) >= 50:  # pixels; a few stray ones do not widen the box
        (y0, y1), (x0, x1) = np.percentile(rows, (1, 99)), np.percentile(columns, (1, 99))
        margin = MARGIN * max(y1 - y0, x1 - x0) + 1
        top, bottom = max(0, int(y0 - margin)), min(bottom, int(y1 + margin) + 1)
        left, right = max(0, int(x0 - margin)), min(right, int(x1 + margin) + 1)
    rgb, mask = crop.pixels[top:bottom, left:right], mask[top:bottom, left:right]
    scale = SIDE / max(mask.shape)
    size = max(8, round(mask.shape[1] * scale)), max(8, round(mask.shape[0] * scale))
    rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    mask = cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR)
    if mask.sum() < 16:  # nothing was told apart: all of it counts a little
        mask = np.maximum(mask, np.float32(0.1))
    return rgb, mask
