"""Which colours a subject has: a soft histogram in CIE Lab."""

import numpy as np

from characters.likeness.base import unit

STEPS = (25.0, 14.0, 14.0)  # Lab units a bin. Wider in lightness, because light changes more than paint does
FIRST = (0.0, -98.0, -98.0)
BINS = (5, 15, 15)
SIZE = BINS[0] * BINS[1] * BINS[2]
POWER = 0.25  # a small red scarf counts nearly as much as a large grey coat


def colour(lab: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """float32[1125], length 1, from Lab float32[H, W, 3] and weights float32[H, W].

    Each pixel is shared among the eight nearest bins, so that a small shift of light moves little. The power
    is the explicit feature map of a power-mean kernel; 0.5 would be Bhattacharyya's (Perronnin, Sánchez and Mensink
    2010 on why it helps).
    """
    seen = weight.ravel() > 0.02
    pixels, weights = lab.reshape(-1, 3)[seen], weight.ravel()[seen]
    places = np.clip((pixels - FIRST) / STEPS, 0, np.array(BINS) - 1.001)
    low = places.astype(np.intp)
    share = places - low
    counts = np.zeros(SIZE)
    for corner in np.ndindex(2, 2, 2):
        part = weights * np.prod(np.where(corner, share, 1 - share), axis=1)
        index = np.ravel_multi_index(tuple((low + corner).T), BINS)
        counts += np.bincount(index, part, minlength=SIZE)
    return unit(counts**POWER)
