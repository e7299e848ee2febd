"""Which details a subject has: its SIFT key points, counted against a fixed set of visual words."""

from functools import cache
from pathlib import Path

import numpy as np

from characters.likeness.base import unit

WORDS = Path(__file__).with_name("words.npz")
SIZE = 128 * 128


def details(grey: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """float32[16384] from uint8[H, W] and weights float32[H, W]: length 1, or zeros where there is no key point.

    RootSIFT (Arandjelović and Zisserman 2012), upright, each with its mirror image, as a VLAD (Jégou et al. 2010) over
    128 words. The words come from pictures of random leaves (`leaves.py`), not from photographs of anybody.
    """
    words = _words()
    found, places = key_points(grey)
    if not len(found):
        return np.zeros(SIZE, np.float32)
    height, width = grey.shape
    column = np.clip(places[:, 0].round().astype(int), 0, width - 1)
    row = np.clip(places[:, 1].round().astype(int), 0, height - 1)
    shares = weight[row, column]
    seen = shares > 0.02
    if not seen.any():
        return np.zeros(SIZE, np.float32)
    both = np.concatenate([found[seen], found[seen][:, MIRROR]])
    shares = np.tile(shares[seen], 2)
    nearest = np.argmax(both @ words.T - 0.5 * (words**2).sum(axis=1), axis=1)
    rests = np.zeros(words.shape, np.float32)
    np.add.at(rests, nearest, (both - words[nearest]) * shares[:, None])
    rests = np.sign(rests) * np.sqrt(np.abs(rests))  # a repeated detail is one detail
    lengths = np.linalg.norm(rests, axis=1, keepdims=True)
    return unit(rests / np.sqrt(np.maximum(lengths, 1e-9)))


def key_points(grey: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """RootSIFT float32[N, 128] of uint8[H, W], and where each is, float32[N, 2] as x, y in pixels.

    Upright: what stands on its head in a film is seldom meant, and upright descriptors tell more apart.
    """
    import cv2

    sift = cv2.SIFT_create(contrastThreshold=0.01)  # type: ignore[attr-defined]
    places = {}
    for point in sift.detect(grey, None):
        point.angle = 0.0
        places[point.pt, point.size] = point
    points, found = sift.compute(grey, list(places.values()))
    if found is None or not len(found):
        return np.zeros((0, 128), np.float32), np.zeros((0, 2), np.float32)
    roots = np.sqrt(found / np.maximum(found.sum(axis=1, keepdims=True), 1e-6))
    return roots, np.array([point.pt for point in points], np.float32)


def _mirrored() -> np.ndarray:
    """How SIFT's 4 × 4 cells of 8 directions change places when the picture is mirrored left to right."""
    cells = np.arange(128).reshape(4, 4, 8)  # x and y in either order: the cells are square
    return np.flip(cells, 1)[..., [(4 - turn) % 8 for turn in range(8)]].ravel()


MIRROR = _mirrored()


@cache
def _words() -> np.ndarray:
    """float32[128, 128]: the visual words."""
    with np.load(WORDS) as stored:
        return stored["words"].astype(np.float32) / 255
