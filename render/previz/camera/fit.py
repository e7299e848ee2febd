"""Fitting: from where the camera looks, how far off and how aimed so that points of a subject lie where they must."""

from dataclasses import dataclass

import numpy as np

from render.previz.camera.path import SENSOR, View, looking
from render.previz.camera.sizes import LEAST_HEIGHT

_ROUNDS = 12
_FAR = 400.0  # metres
_NEAR = 0.001  # of the frame's height


@dataclass(frozen=True)
class Need:
    """What must be where in the frame. Points are float64[N, 3] metres.

    The highest of ``tops`` comes ``headroom`` frame heights under the upper edge, the lowest of ``lows`` ``foot``
    frame heights above the lower edge. The middle of ``edges`` (x, y, z, radius) comes ``aside`` frame widths to the
    right of the frame's, as far as they then lie within its width but for ``margin`` (of the width, on each side);
    where the ``whole`` of them must, the frame grows until they do.
    """

    tops: np.ndarray
    lows: np.ndarray
    edges: np.ndarray
    centre: np.ndarray
    headroom: float
    foot: float = 0.0
    margin: float = 0.05
    aside: float = 0.0
    whole: bool = False
    least: float = 0.0  # metres that the frame is high, at least
    kept: np.ndarray | None = None  # points that also stay in frame: it shifts for them, and grows where it must


def focal_for(frame_height: float, distance: float, aspect: float) -> float:
    """The focal length in mm that makes the frame so high at this distance, both in metres."""
    return distance * SENSOR / (frame_height * aspect)


def from_direction(
    need: Need, azimuth: float, pitch: float, focal: float, aspect: float, lens_height: float | None = None
) -> tuple[View, np.ndarray, float]:
    """Stand off in direction ``azimuth``, ``pitch`` up (radians), or with the lens at a height of its own.

    Returns the view, the point in the middle of the frame, and how high the frame is there, in metres.
    """
    high = focal * aspect / SENSOR
    flat = np.array((np.cos(azimuth), np.sin(azimuth)))
    target = need.centre.astype(float).copy()
    height = max(float(np.ptp(np.concatenate([need.tops, need.lows])[:, 2])), 0.3)
    distance = height * high
    view = looking(target + (1.0, 0.0, 0.0), target, 0.0, focal)
    for _ in range(_ROUNDS):
        position = target + np.array((*(flat * np.cos(pitch)), np.sin(pitch))) * distance
        if lens_height is not None:
            drop = lens_height - target[2]
            distance = max(distance, 1.02 * abs(drop))
            position = np.array((*(target[:2] + flat * np.sqrt(distance**2 - drop**2)), lens_height))
        elif position[2] < LEAST_HEIGHT:
            drop = float(np.clip(target[2] - LEAST_HEIGHT, -0.95 * distance, 0.95 * distance))
            position = np.array((*(target[:2] + flat * np.sqrt(distance**2 - drop**2)), LEAST_HEIGHT))
        view = looking(position, target, 0.0, focal)
        grown, across, down = _misfit(need, view, aspect)
        right, below, _ = view.rotation.T
        target = target + (right * across + below * down) * (distance / high)
        distance = min(distance * grown, _FAR)
        if abs(grown - 1) < _NEAR and abs(across) < _NEAR and abs(down) < _NEAR:
            break
    return view, target, distance / high


def from_position(
    need: Need, position: np.ndarray, aspect: float, least: float, longest: float
) -> tuple[View, np.ndarray, float]:
    """Stand at ``position``, and turn and zoom (``least`` to ``longest`` mm). Returns as ``from_direction`` does."""
    target = need.centre.astype(float).copy()
    away = float(np.linalg.norm(target - position))
    height = max(float(np.ptp(np.concatenate([need.tops, need.lows])[:, 2])), 0.3)
    focal = float(np.clip(focal_for(height, away, aspect), least, longest))
    view = looking(position, target, 0.0, focal)
    for _ in range(_ROUNDS):
        view = looking(position, target, 0.0, focal)
        grown, across, down = _misfit(need, view, aspect)
        high = focal * aspect / SENSOR
        right, below, _ = view.rotation.T
        target = target + (right * across + below * down) * (away / high)
        focal = float(np.clip(focal / grown, least, longest))
        if abs(grown - 1) < _NEAR and abs(across) < _NEAR and abs(down) < _NEAR:
            break
    return view, target, away / (focal * aspect / SENSOR)


def on_film(view: View, points: np.ndarray, aspect: float) -> np.ndarray:
    """Where points are in the picture: right and down of its middle, in frame heights; and how far. float64[N, 3]."""
    local = (np.atleast_2d(points)[:, :3] - view.position) @ view.rotation
    depth = np.maximum(local[:, 2], 0.05)
    high = view.focal * aspect / SENSOR
    return np.stack([local[:, 0] / depth * high, local[:, 1] / depth * high, depth], axis=1)


def _misfit(need: Need, view: View, aspect: float) -> tuple[float, float, float]:
    """How much larger the frame must be, and how far it must shift right and down, in frame heights."""
    high = view.focal * aspect / SENSOR
    top = float(on_film(view, need.tops, aspect)[:, 1].min())
    bottom = float(on_film(view, need.lows, aspect)[:, 1].max())
    share = 1.0 - need.headroom - need.foot
    grown = (bottom - top) / share
    x, _, depth = on_film(view, need.edges, aspect).T
    spread = need.edges[:, 3] / depth * high
    left, right = float((x - spread).min()), float((x + spread).max())
    room = aspect * (1.0 - 2 * need.margin)
    if need.whole:
        grown = max(grown, (right - left) / room)
    if need.least:
        away = float(on_film(view, need.centre, aspect)[0, 2])
        grown = max(grown, need.least * high / away)
    grown = float(np.clip(grown, 0.4, 2.5))  # a step at a time
    # The subject stands aside only as far as it stays in frame.
    slack = max(0.0, room * grown - (right - left)) / 2
    across = (left + right) / 2 - float(np.clip(need.aside * aspect * grown, -slack, slack))
    # Where the frame had to grow, the subject keeps its headroom as far as the place under it allows.
    down = top - need.headroom * grown + 0.5 * grown
    spare = grown * share - (bottom - top)
    if spare > 1e-6:
        down -= 0.35 * spare
    if need.kept is not None and len(need.kept):
        x, y, _ = on_film(view, need.kept, aspect).T
        wide, tall = float(np.ptp(x)) / (0.96 * aspect), float(np.ptp(y)) / 0.96
        grown = float(np.clip(max(grown, wide, tall), 0.4, 2.5))
        across = _shifted(across, float(x.min()), float(x.max()), 0.48 * aspect * grown)
        down = _shifted(float(down), float(y.min()), float(y.max()), 0.48 * grown)
    return grown, across, float(down)


def _shifted(shift: float, least: float, most: float, half: float) -> float:
    """The shift of a frame of this half width nearest to ``shift`` that has both in it."""
    return min(max(shift, most - half), least + half)
