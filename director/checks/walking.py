"""Which way people walk across the frame, beside what the camera does."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from characters.seen import Kind

if TYPE_CHECKING:
    from director.checks.sight import Sight

LEAST = 0.06  # widths of the frame that somebody walks to one side in a shot
_STEP = 0.004  # widths of the frame from look to look that is a step
_STANDS = 0.25  # of what is asked
_NEVER = -1.5  # of what is asked: so fast nobody walks the wrong way; it is the place that was followed badly
_POINTS, _FEW = 24, 5


@dataclass(frozen=True)
class Walk:
    """Somebody's way to one side: ``asked`` in widths of the frame, positive to the right, and the ``share`` of it."""

    name: str
    asked: float
    share: float
    frame: int


def walks_of(sight: "Sight") -> tuple[Walk, ...]:
    """The walk of everybody who is to walk across the frame and can be followed in the take."""
    found: list[Walk] = []
    for entity, seen in enumerate(sight.expected.seen, 1):
        if seen.kind is Kind.CHARACTER and (walk := _walk(sight, entity, seen.name)) is not None:
            found.append(walk)
    return tuple(found)


def _walk(sight: "Sight", entity: int, name: str) -> Walk | None:
    looks, laid = sight.expected.looks, sight.laid
    asked = came = 0.0
    steps: list[tuple[float, int]] = []
    for number in range(len(looks) - 1):
        here, there = (_middle(look.ids == entity) for look in looks[number : number + 2])
        if here is None or there is None or not laid[number].follows:
            continue
        first, last = looks[number].frame, looks[number + 1].frame
        place = sight.motion.expected[last, 0] - sight.motion.expected[first, 0]
        way = float((there - here) / sight.expected.width - place)
        if abs(way) >= _STEP:
            steps.append((way, number))
    if abs(sum(way for way, _ in steps)) < LEAST:
        return None
    for way, number in steps:
        first, last = looks[number].frame, looks[number + 1].frame
        shown = _followed(sight.grey, (laid[number].ids == entity) & laid[number].known, first, last)
        if shown is not None:
            place = sight.motion.taken[last, 0] - sight.motion.taken[first, 0]
            gone = shown / sight.expected.width - float(place)
            # Points that stand are those of the place: whoever walks is elsewhere.
            if abs(gone) > _STANDS * abs(way):
                asked += way
                came += gone
    if abs(asked) < LEAST / 2 or came / asked < _NEVER:
        return None
    most = max(steps, key=lambda step: abs(step[0]))
    return Walk(name, asked, came / asked, looks[most[1]].frame)


def _middle(mask: np.ndarray) -> float | None:
    """The middle of a body from left to right, in pixels; None where the frame's edge cuts it."""
    columns = np.flatnonzero(mask.any(axis=0))
    if len(columns) < 4 or columns[0] <= 1 or columns[-1] >= mask.shape[1] - 2:
        return None
    return float(np.average(np.arange(mask.shape[1]), weights=mask.sum(axis=0)))


def _followed(grey: np.ndarray, mask: np.ndarray, first: int, last: int) -> float | None:
    """How far to the right, in pixels, points of a body go."""
    import cv2

    body = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    found = cv2.goodFeaturesToTrack(grey[first], _POINTS, 0.01, 4, mask=body, blockSize=3)
    if found is None or len(found) < _FEW:
        return None
    points = start = found
    for frame in range(first, last):
        points, status, _ = cv2.calcOpticalFlowPyrLK(
            grey[frame], grey[frame + 1], points, points.copy(), winSize=(11, 11), maxLevel=3
        )
        kept = status[:, 0] > 0
        points, start = points[kept], start[kept]
        if len(points) < _FEW:
            return None
    return float(np.median(points[:, 0, 0] - start[:, 0, 0]))
