"""Arrows that storyboard artists draw for a move of the camera, in shares of the frame (x right, y down)."""

import numpy as np

from storyboard.camera import MoveKind

Polygon = tuple[tuple[float, float], ...]

_WIDTH, _HEAD = 0.022, 0.055  # of the frame's shorter side: half a shaft's width, half a head's width

_LEFT = {MoveKind.PAN_LEFT, MoveKind.TRUCK_LEFT, MoveKind.TRACK_SIDE_LEFT, MoveKind.WHIP_PAN_LEFT}
_RIGHT = {MoveKind.PAN_RIGHT, MoveKind.TRUCK_RIGHT, MoveKind.TRACK_SIDE_RIGHT, MoveKind.WHIP_PAN_RIGHT}
_UP = {MoveKind.TILT_UP, MoveKind.PEDESTAL_UP, MoveKind.CRANE_UP}
_DOWN = {MoveKind.TILT_DOWN, MoveKind.PEDESTAL_DOWN, MoveKind.CRANE_DOWN}
_IN = {MoveKind.DOLLY_IN, MoveKind.ZOOM_IN, MoveKind.DOLLY_ZOOM_IN, MoveKind.TRACK_TAIL}
_OUT = {MoveKind.DOLLY_OUT, MoveKind.ZOOM_OUT, MoveKind.DOLLY_ZOOM_OUT, MoveKind.TRACK_LEAD}
_ROUND_CW = {MoveKind.ARC_CW, MoveKind.ROLL_CW, MoveKind.TRACK_ARC}
_ROUND_CCW = {MoveKind.ARC_CCW, MoveKind.ROLL_CCW}
_FOLLOW = {MoveKind.TRACK_PAN, MoveKind.TRACK_AERIAL}
_ZOOMS = {MoveKind.ZOOM_IN, MoveKind.ZOOM_OUT, MoveKind.DOLLY_ZOOM_IN, MoveKind.DOLLY_ZOOM_OUT}


def arrows_for(kind: MoveKind, aspect: float) -> tuple[Polygon, ...]:
    """The arrows of one move over a frame of this ``aspect`` (width over height); none for a static camera.

    Turns of the camera bend, travel is straight; moves in and out come from or go to the corners.
    """
    if kind in _LEFT or kind in _RIGHT or kind in _FOLLOW:
        sign = -1 if kind in _LEFT else 1
        bend = 0.05 if "pan" in kind.value else 0.0
        whip = kind in (MoveKind.WHIP_PAN_LEFT, MoveKind.WHIP_PAN_RIGHT)
        rows = (0.84, 0.93) if whip else (0.87,)
        return tuple(_arrow(_across(sign, row, bend), aspect) for row in rows)
    if kind in _UP or kind in _DOWN or kind is MoveKind.TRACK_TILT:
        sign = 1 if kind in _DOWN else -1
        bend = 0.03 if "tilt" in kind.value else 0.0
        share = np.linspace(-1, 1, 13)
        path = np.stack([0.90 + bend * (1 - share**2), 0.5 + sign * 0.27 * share], axis=1)
        return (_arrow(path, aspect),)
    if kind in _IN or kind in _OUT:
        return tuple(_arrow(path, aspect) for path in _corners(inward=kind in _IN, long=kind not in _ZOOMS))
    if kind in _ROUND_CW or kind in _ROUND_CCW:
        sign = 1 if kind in _ROUND_CW else -1
        turned = "roll" in kind.value
        angles = np.radians(np.linspace(-150, -30, 17) if turned else np.linspace(160, 20, 17))[::sign]
        if not turned:
            angles = angles[::-1]
        # A roll turns the picture; an arc is a way on the floor round the subject, seen from above its front.
        round_ = 0.36 * min(aspect, 1.0)
        radius = (round_ / aspect, round_) if turned else (0.40, 0.13)
        centre = (0.5, 0.5) if turned else (0.5, 0.80)
        path = np.stack([centre[0] + radius[0] * np.cos(angles), centre[1] + radius[1] * np.sin(angles)], axis=1)
        return (_arrow(path, aspect),)
    return ()


def _across(sign: int, row: float, bend: float) -> np.ndarray:
    share = np.linspace(-1, 1, 13)
    return np.stack([0.5 + sign * 0.24 * share, row + bend * (share**2 - 1)], axis=1)


def _corners(*, inward: bool, long: bool) -> list[np.ndarray]:
    near, far = (0.05, 0.22 if long else 0.15)
    paths = []
    for x in (0, 1):
        for y in (0, 1):
            corner = np.array([(abs(x - near), abs(y - near)), (abs(x - far), abs(y - far))])
            paths.append(corner if inward else corner[::-1])
    return paths


def _arrow(path: np.ndarray, aspect: float) -> Polygon:
    """A shaft along ``path``, float[N, 2], with a head at its end."""
    points = path * (aspect, 1.0)  # square units, so that the width is the same in both directions
    wide, broad = _WIDTH * min(aspect, 1.0), _HEAD * min(aspect, 1.0)
    steps = np.diff(points, axis=0)
    length = float(np.linalg.norm(steps, axis=1).sum())
    head = min(1.9 * broad, 0.6 * length)
    kept = _shortened(points, head)
    ways = np.gradient(kept, axis=0)
    ways /= np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
    beside = np.stack([-ways[:, 1], ways[:, 0]], axis=1)
    last, tip, across = kept[-1], points[-1], beside[-1]
    outline = [
        *(kept + wide * beside),
        last + broad * across,
        tip,
        last - broad * across,
        *(kept - wide * beside)[::-1],
    ]
    return tuple((float(x / aspect), float(y)) for x, y in outline)


def _shortened(points: np.ndarray, by: float) -> np.ndarray:
    """The path without the last ``by`` of its length."""
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    places = np.linspace(0, lengths[-1] - by, max(len(points), 2))
    return np.stack([np.interp(places, lengths, points[:, axis]) for axis in (0, 1)], axis=1)
