"""The crops that are judged: where the rehearsal expects a subject, mended to where the take shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from characters.likeness.base import LEAST, Crop
from characters.likeness.foreground import foreground_near
from storyboard.frozen import Frozen

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels; may reach out of the frame."""

SEEN = 0.35  # of a subject's box must be in the frame for it to be judged
REACH = 0.5  # of its box: how far it may stand from where it was expected
LEAST_FILLED = 0.08  # of the expected box: less is no silhouette


@dataclass(frozen=True, eq=False)
class Expected:
    """Where a subject should be in a frame: its box, and its mask (bool[H, W] of the frame) where there is one.

    ``turned_away``: the rehearsal shows its back, so that a face says nothing about it.
    """

    box: Box
    mask: np.ndarray | None = None
    turned_away: bool = False


@dataclass(frozen=True, eq=False)
class Found:
    """What stands there: the crop, its box in the frame, and how far it moved, in sizes of the expected box."""

    crop: Crop
    box: Box
    moved: float


class NotShown(Frozen):
    """Why there is nothing to judge: not applicable, and no fault of the take by itself."""

    why: str


def crops_of(frame: np.ndarray, expected: Mapping[str, Expected], *, face: bool = False) -> dict[str, Found | NotShown]:
    """The crop of every expected subject of a frame, uint8[H, W, 3], or why there is none.

    With ``face``, whoever is turned away has none.
    """
    found: dict[str, Found | NotShown] = {}
    for name, each in expected.items():
        if face and each.turned_away:
            found[name] = NotShown(why="seen from behind")
        else:
            found[name] = find_near(frame, each)
    return found


def find_near(frame: np.ndarray, expected: Expected) -> Found | NotShown:
    """The subject near where it is expected, uint8[H, W, 3]: what differs there from its surroundings.

    It is told apart by its edges and not by its promised colours, so that a coat of the wrong colour is found too and
    then found wanting. Where nothing can be told apart, the crop is the expected box as it is.
    """
    x, y, width, height = expected.box
    inside = _clipped(expected.box, frame)
    if width <= 0 or height <= 0 or inside[2] * inside[3] < SEEN * width * height:
        return NotShown(why="out of frame")
    if min(inside[2:]) < LEAST:
        return NotShown(why="too small to be recognised")
    window = _clipped((x - REACH * width, y - REACH * height, (1 + 2 * REACH) * width, (1 + 2 * REACH) * height), frame)
    mask = foreground_near(_cut(frame, window), _cut(_likely(frame, expected, inside), window))
    own = None
    if mask is not None:
        own = _main_part(mask > 0.5, (inside[0] - window[0], inside[1] - window[1], inside[2], inside[3]))
    if mask is None or own is None or own.sum() < LEAST_FILLED * inside[2] * inside[3]:
        told = None if expected.mask is None else _cut(expected.mask, inside).astype(np.float32)
        return Found(Crop(_cut(frame, inside), told), inside, 0.0)
    rows, columns = np.nonzero(own)
    left, top = int(columns.min()), int(rows.min())
    box = window[0] + left, window[1] + top, int(columns.max()) - left + 1, int(rows.max()) - top + 1
    if min(box[2:]) < LEAST:
        return NotShown(why="too small to be recognised")
    crop = Crop(_cut(frame, box), np.where(_cut_at(own, left, top, box), _cut_at(mask, left, top, box), 0))
    return Found(crop, box, _moved(inside, box))


def crop_at(frame: np.ndarray, box: Box, mask: np.ndarray | None = None) -> Crop | NotShown:
    """The part of a frame in a box, as it is: for a reference picture's box, or one that a detector found."""
    inside = _clipped(box, frame)
    if min(inside[2:]) < LEAST:
        return NotShown(why="too small to be recognised")
    return Crop(_cut(frame, inside), None if mask is None else _cut(mask, inside))


def _likely(frame: np.ndarray, expected: Expected, inside: Box) -> np.ndarray:
    """bool[H, W] of the frame: the expected mask, or an oval in the expected box."""
    if expected.mask is not None and expected.mask.any():
        return expected.mask.astype(bool)
    likely = np.zeros(frame.shape[:2], bool)
    x, y, width, height = inside
    down, right = np.mgrid[:height, :width]
    oval = ((right + 0.5) / width * 2 - 1) ** 2 + ((down + 0.5) / height * 2 - 1) ** 2 < 0.9
    likely[y : y + height, x : x + width] = oval
    return likely


def _main_part(mask: np.ndarray, box: Box) -> np.ndarray:
    """bool[H, W]: the connected part of a mask that shares most with the box, and the parts nearly as large in it."""
    import cv2

    count, labels = cv2.connectedComponents(mask.astype(np.uint8))
    if count <= 1:
        return mask
    x, y, width, height = box
    shared = np.bincount(labels[y : y + height, x : x + width].ravel(), minlength=count)
    shared[0] = 0
    return np.isin(labels, np.flatnonzero(shared >= max(1, shared.max() / 4)))


def _clipped(box: tuple[float, float, float, float], frame: np.ndarray) -> Box:
    """The part of a box that lies in the frame, in whole pixels; sizes may be 0."""
    x, y, width, height = box
    left, top = max(0, int(np.floor(x))), max(0, int(np.floor(y)))
    right, bottom = min(frame.shape[1], int(np.ceil(x + width))), min(frame.shape[0], int(np.ceil(y + height)))
    return left, top, max(0, right - left), max(0, bottom - top)


def _cut(picture: np.ndarray, box: Box) -> np.ndarray:
    x, y, width, height = box
    return np.ascontiguousarray(picture[y : y + height, x : x + width])


def _cut_at(picture: np.ndarray, left: int, top: int, box: Box) -> np.ndarray:
    return picture[top : top + box[3], left : left + box[2]]


def _moved(expected: Box, found: Box) -> float:
    """Distance of the middles, in sizes of the expected box."""
    apart = [found[axis] + found[axis + 2] / 2 - expected[axis] - expected[axis + 2] / 2 for axis in (0, 1)]
    return float(np.hypot(apart[0] / expected[2], apart[1] / expected[3]))
