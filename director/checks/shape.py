"""Proportions: how much wider or taller than rehearsed somebody's head or trunk is, by how pixels had to bend."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from director.checks.sight import Sight

_BAND = 0.25  # of the visible height: a head, a chest
_STEP = 0.125
_PIXELS = 80  # of a band, at 424 across
_WHOLE = 90  # pixels of height from which on a slope is trusted in full
_THIN = 0.07  # pixels against the square of the length: a broom has no proportions that could be seen
_LOOKS = 2


def shape_of(sight: "Sight", entity: int) -> tuple[float, int, str] | None:
    """How far the worst band is from its proportions (a logarithm: 0.1 is ten per cent), the look, and words.

    Where the picture as a whole has been laid over the take, what is left of the displacement within somebody is
    their pose and their proportions. Its slope along a band of the figure, by least squares, is how much wider the
    take draws it; the median over all looks leaves poses out. None where too little is seen.
    """
    slopes: list[np.ndarray] = []
    looks: list[int] = []
    heights: list[float] = []
    for index in sight.follows:
        found = _slopes(sight, index, entity)
        if found is not None:
            slopes.append(found[0])
            heights.append(found[1])
            looks.append(index)
    if len(slopes) < _LOOKS:
        return None
    every = np.stack(slopes)
    seen = (~np.isnan(every)).sum(axis=0)
    if not (seen >= _LOOKS).any():
        return None
    middle = np.full(every.shape[1:], np.nan)
    middle[seen >= _LOOKS] = np.nanmedian(every[:, seen >= _LOOKS], axis=0)
    trust = min(1.0, float(np.median(heights)) / (_WHOLE * sight.expected.width / 424))
    amount = np.abs(np.nan_to_num(middle)) * trust
    band, axis = divmod(int(np.argmax(amount)), 2)
    times = float(np.exp(middle[band, axis]))
    away = [abs(float(np.nan_to_num(each[band, axis]))) for each in every]
    where = "as a whole" if band == len(middle) - 1 else _part(band * _STEP)
    way = ("wider" if times > 1 else "narrower") if axis == 0 else ("taller" if times > 1 else "shorter")
    return (
        float(amount.max()),
        looks[int(np.argmax(away))],
        f"{where} {times:.2f} times as {_wide(axis)}, {way} than rehearsed",
    )


def _wide(axis: int) -> str:
    return "wide" if axis == 0 else "tall"


def _part(top: float) -> str:
    return "upper part" if top < 0.2 else "middle" if top < 0.55 else "lower part"


def _slopes(sight: "Sight", index: int, entity: int) -> tuple[np.ndarray, float] | None:
    """Logarithms of the slopes across and down of each band and of the whole, float64[B + 1, 2]; and the height."""
    laid = sight.laid[index]
    mask = laid.ids == entity
    least = _PIXELS * (sight.expected.width / 424) ** 2
    if mask.sum() < 2 * least or not sight.fits(index, entity):
        return None
    rows, columns = np.nonzero(mask)
    if len(rows) < _THIN * max(np.ptp(rows), np.ptp(columns)) ** 2:
        return None
    across, down = laid.source[0][mask], laid.source[1][mask]
    matrix = laid.matrix
    plain_x = matrix[0, 0] * across + matrix[0, 1] * down + matrix[0, 2]
    plain_y = matrix[1, 0] * across + matrix[1, 1] * down + matrix[1, 2]
    top, height = float(down.min()), float(np.ptp(down))
    bands = [(down >= top + at * height) & (down < top + (at + _BAND) * height)
             for at in np.arange(0, 1 - _BAND + 1e-6, _STEP)]  # fmt: skip
    found = np.full((len(bands) + 1, 2), np.nan)
    for place, band in enumerate([*bands, np.ones(len(down), bool)]):
        if band.sum() >= least:
            found[place] = (
                _slope(plain_x[band], plain_y[band], columns[band]),
                _slope(plain_y[band], plain_x[band], rows[band]),
            )
    return found, height


def _slope(along: np.ndarray, aside: np.ndarray, shown: np.ndarray) -> float:
    """Log of d shown / d along, with what goes along with ``aside`` left out (least squares); NaN for a thin band."""
    one, other = along - along.mean(), aside - aside.mean()
    values = np.array(((one @ one, one @ other), (one @ other, other @ other)))
    if np.linalg.det(values) < 1e-3 * max(values[0, 0] * values[1, 1], 1e-9):
        return float("nan")
    slope = np.linalg.solve(values, np.array((one @ (shown - shown.mean()), other @ (shown - shown.mean()))))[0]
    return float(np.log(np.clip(slope, 0.3, 3.0)))
