"""The foreground: free-standing pieces of the set that fill the frame near the lens are moved out of its way."""

import functools
from collections.abc import Iterable, Sequence

import numpy as np

from render.previz.camera.clearance import DesignKey, Mesh
from render.previz.camera.path import SENSOR, Framing, View
from render.previz.sets.design import SetDesign
from render.previz.solid import join

ONE, ALL = 0.15, 0.25  # shares of the frame that one piece, and all of them, may cover so near
_SHARE, _FAR = 0.7, 6.0  # what is nearer to the lens than this share of its way to the subject, and than these metres
_LARGEST, _TALLEST = 6.0, 13.0  # metres: what is larger is a building or ground, and stays
_LOW_TOP = 1.5  # metres: what is at a wall and no higher is furniture
_AT = 0.7  # metres: what stands this near to somebody is what they are at, and stays
_ROWS = 9  # rays down the frame, and as many across as make squares


def crowding(
    design: SetDesign,
    framing: Framing,
    views: Sequence[View],
    gone: frozenset[int],
    people: Iterable[np.ndarray] = (),
    words: str = "",
) -> frozenset[int]:
    """The free-standing pieces that fill too much of the frame somewhere on this path, by index.

    A slim foreground stays, for the parallax; so do walls and ground, what somebody of ``people`` (float64[2] each)
    stands or sits at, and what ``words``, those of the shot, name by the name of a spot on it. ``gone`` are pieces
    that are not there anyway.
    """
    if design.seated:  # a car is all around its lens
        return frozenset()
    low, high = _boxes(DesignKey(design))
    size = high - low
    able = (size[:, :2].max(axis=1) <= _LARGEST) & (size[:, 2] <= _TALLEST)
    # A bench at a wall is moved as a free one is; the wall is not, nor what hangs on it.
    low_ones = high[:, 2] <= _LOW_TOP
    able &= np.array(
        [p.wall is None or (p.blocks_light and low_one) for p, low_one in zip(design.pieces, low_ones, strict=True)]
    )
    able[list(gone)] = False
    for place in people:
        able &= _gap(low, high, place) > _AT
    for spot in design.spots:
        if spot.name.split(" of ")[0] in words:
            able &= _gap(low, high, np.array(spot.at[:2])) > 0.05
    crowded: set[int] = set()
    for view in views[::2]:
        far = min(_SHARE * float(np.linalg.norm(framing.anchor - view.position)), _FAR)
        close = able & (_gap(low, high, view.position) < far)
        crowded |= _filling(design, [int(index) for index in np.flatnonzero(close)], view, framing.aspect, far)
        able[list(crowded)] = False
    return frozenset(crowded)


def _filling(design: SetDesign, near: list[int], view: View, aspect: float, far: float) -> set[int]:
    """Those of the pieces ``near`` that must go from this view: the one that covers most first."""
    rays, out = _rays(view, aspect), set[int]()
    while near:
        solids = [design.pieces[index].solid for index in near]
        away, face = Mesh(join(solids)).met(view.position, rays)
        owner = np.repeat(np.arange(len(near)), [len(solid.faces) for solid in solids])
        shares = np.bincount(owner[face[away < far]], minlength=len(near)) / len(rays)
        if shares.max() <= ONE and shares.sum() <= ALL:
            break
        out.add(near.pop(int(shares.argmax())))
    return out


def _rays(view: View, aspect: float) -> np.ndarray:
    """Unit vectors through the frame, evenly spread on the film, float32[N, 3]."""
    across, half = max(round(_ROWS * aspect), 3), SENSOR / 2 / view.focal
    x = (2 * (np.arange(across) + 0.5) / across - 1) * half
    y = (2 * (np.arange(_ROWS) + 0.5) / _ROWS - 1) * half / aspect
    film = np.stack([np.tile(x, _ROWS), np.repeat(y, across), np.ones(across * _ROWS)], -1)
    rays = film @ view.rotation.T
    return (rays / np.linalg.norm(rays, axis=1, keepdims=True)).astype(np.float32)


def _gap(low: np.ndarray, high: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Metres on the ground from a place to each box, float64[N]."""
    off = np.maximum(np.maximum(low[:, :2] - place[:2], place[:2] - high[:, :2]), 0.0)
    return np.hypot(*off.T)


@functools.lru_cache(maxsize=16)
def _boxes(key: DesignKey) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest corner of every piece, float64[N, 3]."""
    solids = [piece.solid.vertices for piece in key.design.pieces]
    low = np.array([vertices.min(axis=0) for vertices in solids], float).reshape(-1, 3)
    high = np.array([vertices.max(axis=0) for vertices in solids], float).reshape(-1, 3)
    return low, high
