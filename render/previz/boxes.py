"""Boxes around what is seen."""

import numpy as np

from render.previz.compiled import compiled


def boxes_of(ids: np.ndarray) -> dict[int, tuple[int, int, int, int]]:
    """Entity → x, y, width, height in pixels, for every number above 0 that is in ``ids``, int32[H, W]."""
    ends = np.full((max(int(ids.max()), 0) + 1, 4), -1)
    _bounds(ids, ends)
    return {
        entity: (int(left), int(top), int(right - left) + 1, int(bottom - top) + 1)
        for entity, (left, top, right, bottom) in enumerate(ends)
        if left >= 0
    }


@compiled
def _bounds(ids: np.ndarray, ends: np.ndarray) -> None:
    """First column and row, last column and row of each number; left as they are for one that is not there."""
    for row in range(ids.shape[0]):
        for column in range(ids.shape[1]):
            entity = ids[row, column]
            if entity <= 0:
                continue
            if ends[entity, 0] < 0:
                ends[entity, 0], ends[entity, 1] = column, row
            ends[entity, 0] = min(ends[entity, 0], column)
            ends[entity, 2] = max(ends[entity, 2], column)
            ends[entity, 3] = row
