"""Two speeds in one take: slow at first and running on, or the other way round, although the rehearsal does not."""

from dataclasses import dataclass

import numpy as np

SPEEDS = tuple(round(0.3 + 0.05 * number, 2) for number in range(25))
_BREAKS = (1 / 3, 1 / 2, 2 / 3)  # shares of a take after which its speed may change
_APART = 0.3  # two speeds that lie no farther apart are one
_EASY = ((0.6, 1.4), (1.4, 0.6))  # half-way, what can be told wherever anything can
_NOISE = 0.3  # share of how unlike a frame is to the look nearest to it that no other moment takes away
_OVER = 3.0  # how many times more than over one other speed a ramp must gain over real time for that to count


@dataclass(frozen=True)
class Ramp:
    """The two speeds that explain a take best: ``first`` up to frame ``turn`` of the take, ``then`` from there on.

    ``gain`` is by how much better they do than real time, no more than three times what they gain over the best one
    speed; ``potential`` by how much worse real time would be if the rehearsal itself ran so. Both in mean differences
    of evened luminance.
    """

    first: float = 1.0
    then: float = 1.0
    turn: int = 0
    gain: float = 0.0
    potential: float = 0.0


IN_TIME = Ramp()
"""What nothing was told of."""


def ramp_of(taken: np.ndarray, rehearsed: np.ndarray, places: np.ndarray, late: int) -> Ramp:
    """The best two speeds. ``taken`` and ``rehearsed`` float64[N, N]: how like frames at ``places`` are to each look.

    0 is the same, less is other. ``late``: frames that all of it may come late or early.
    """
    dense = _between(taken, rehearsed, places)
    singles = explained(dense, places, np.array(SPEEDS)[:, None] * places, late)
    pairs = np.array([(a, b) for a in SPEEDS for b in SPEEDS if abs(a - b) >= _APART])
    best, found, turn = -np.inf, pairs[0], 0
    for share in _BREAKS:
        after = share * float(places[-1])
        fits = explained(dense, places, _moments(pairs, after, places), late)
        at = int(np.argmax(fits))
        if fits[at] > best:
            best, found, turn = float(fits[at]), pairs[at], round(after)
    over_one, over_time = best - float(singles.max()), best - float(singles[SPEEDS.index(1.0)])
    gain = max(min(over_time, _OVER * over_one), 0.0)
    return Ramp(float(found[0]), float(found[1]), turn, gain, _potential(rehearsed, places, late))


def _moments(pairs: np.ndarray, turn: float, places: np.ndarray) -> np.ndarray:
    """What moment of the rehearsal two speeds show at these frames, float64[P, N]."""
    return pairs[:, :1] * np.minimum(places, turn) + pairs[:, 1:] * np.maximum(places - turn, 0.0)


def explained(dense: np.ndarray, places: np.ndarray, moments: np.ndarray, late: int) -> np.ndarray:
    """How well moments float64[P, N] explain the frames, float64[P], each with the lateness that suits it best."""
    shifts = np.arange(-late, late + 1)[:, None]
    at = np.clip(np.round(moments[:, None] + shifts), 0, dense.shape[1] - 1).astype(int)
    return dense[np.arange(len(places)), at].mean(axis=2).max(axis=1)


def _between(likeness: np.ndarray, rehearsed: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Likeness to every moment, float64[N, last + 1], though only looks are known.

    A frame from between two looks is unlike both, and like the moment that it shows. How far along the way it is
    follows from how unlike it is to each and they are to each other; from there likeness falls evenly.
    """
    away = -likeness
    found = np.empty((len(likeness), int(places[-1]) + 1))
    for number in range(len(places) - 1):
        begins, ends = int(places[number]), int(places[number + 1])
        near, far = away[:, number, None], away[:, number + 1, None]
        way = max(-(rehearsed[number, number + 1] + rehearsed[number + 1, number]) / 2, 1e-6)
        along = np.clip((near - far + way) / (2 * way), 0.0, 1.0)
        there = np.maximum((near + far - way) / 2, _NOISE * np.minimum(near, far))
        share = (np.arange(begins, ends + 1) - begins)[None] / (ends - begins)
        before = near + (there - near) * share / np.maximum(along, 1e-6)
        after = there + (far - there) * (share - along) / np.maximum(1 - along, 1e-6)
        found[:, begins : ends + 1] = np.where(share < along, before, after)
    return -found


def _potential(rehearsed: np.ndarray, places: np.ndarray, late: int) -> float:
    """By how much real time would explain the rehearsal worse than two speeds if it ran at them."""
    from scipy.interpolate import PchipInterpolator

    last = int(places[-1])
    every = np.arange(last + 1)
    dense = PchipInterpolator(places, rehearsed, axis=1)(every)
    found: list[float] = []
    for moments in _moments(np.array(_EASY), last / 2, places):
        shown = np.empty((len(places), last + 1))
        for row, moment in enumerate(np.clip(moments, 0, last)):
            look = min(int(np.searchsorted(places, moment, "right")) - 1, len(places) - 2)
            before, after = moment - places[look], places[look + 1] - moment
            # A moment between two looks is as like to those around it as they are to those around them.
            one, other = np.interp(every - before, every, dense[look]), np.interp(every + after, every, dense[look + 1])
            shown[row] = (after * one + before * other) / (before + after)
        real = explained(shown, places, np.array(places, float)[None], late)[0]
        found.append(float(explained(shown, places, moments[None], 0)[0] - real))
    return max(min(found), 0.0)
