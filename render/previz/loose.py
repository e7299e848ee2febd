"""What of a set stands about and may stand elsewhere in a take, told from what stands fast."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from render.previz.frames import RehearsalFrame
    from render.previz.rehearsal import Rehearsal

REACH = 1.0  # metres: what reaches farther about its middle, a house or a shelf, stays where it is
_AROUND = 0.08  # metres
_SKY = 150.0  # metres: a cloud stands nowhere


def loose(rehearsal: "Rehearsal", frame: "RehearsalFrame", dressing: np.ndarray) -> np.ndarray:
    """bool[H, W]: where a frame shows small pieces of the set and clouds, of its ``dressing``, bool[H, W]."""
    rows, columns = np.nonzero(dressing)
    found = np.zeros(dressing.shape, bool)
    points = _in_world(frame, rows, columns)
    for index, piece in enumerate(rehearsal.design.pieces):
        if index in rehearsal.struck or piece.wall is not None or piece.radius >= REACH:
            continue
        near = np.square(points - np.array(piece.at)).sum(axis=1) <= (piece.radius + _AROUND) ** 2
        found[rows[near], columns[near]] = True
    return found | (dressing & (frame.depth > _SKY))


def _in_world(frame: "RehearsalFrame", rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Where pixels lie, float64[P, 3] metres."""
    depth = frame.depth[rows, columns].astype(np.float64)
    depth[~np.isfinite(depth)] = 1e6
    pixels = np.stack([columns + 0.5, rows + 0.5, np.ones(len(rows))])
    seen = np.linalg.inv(frame.intrinsics) @ pixels * depth
    return (np.linalg.inv(frame.extrinsics) @ np.vstack([seen, np.ones(len(rows))]))[:3].T
