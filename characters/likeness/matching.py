"""Who is who: several characters matched to several crops."""

from collections.abc import Mapping, Sequence

import numpy as np

from characters.likeness.base import applicable


def likeness_to(references: np.ndarray, crops: np.ndarray) -> np.ndarray:
    """float32[M]: how like each crop (float32[M, D]) is to the reference it is most like (float32[N, D]).

    NaN for a crop that says nothing, and for all of them where no reference says anything.
    """
    known = references[applicable(references)]
    if not len(known):
        return np.full(len(crops), np.nan, np.float32)
    return (crops @ known.T).max(axis=1)


def match(likeness: np.ndarray, least: float | Sequence[float] = -1.0) -> dict[int, int]:
    """Which crop shows which character, so that the likenesses together are greatest: character → crop.

    ``likeness``: float[N characters, M crops]; NaN where it is not applicable, which is then never matched. Whoever
    is not like any crop by ``least`` (one for all, or one each) stays without one, and so may a crop.
    """
    from scipy.optimize import linear_sum_assignment

    if not likeness.size:
        return {}
    floors = np.broadcast_to(np.asarray(least, np.float64), (len(likeness),))
    gain = np.where(np.isnan(likeness), -np.inf, likeness) - floors[:, None]
    worth = np.maximum(gain, -1e-9)  # to stay alone is worth 0, a little more than a match that is not one
    alone = np.zeros((len(likeness), len(likeness)))
    rows, columns = linear_sum_assignment(np.hstack([worth, alone]), maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in pairs if column < likeness.shape[1] and gain[row, column] >= 0}


def margins(likeness: Mapping[str, float], own: str) -> float:
    """How much more like ``own`` a crop is than like whoever else it is most like; NaN where there is nobody else."""
    others = [value for name, value in likeness.items() if name != own and not np.isnan(value)]
    return likeness[own] - max(others) if others else float("nan")
