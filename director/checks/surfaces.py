"""The surfaces of a take: what each locked part and each stretch of the set was to look like, and looks like."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from director.checks.registration import Laid

LEAST = 40  # pixels at 424 across: of less, ink and neighbours make the colour
_SET_COLOURS = 8  # stretches of the set by their colour
_LEAST_OF_SET = 0.01  # of the frame


@dataclass(frozen=True, eq=False)
class Surface:
    """One surface at one look: means over the pixels that show it, float64[3] sRGB 0 … 1.

    ``entity`` and ``part`` as in the expectation; part 0 of entity 0 is the set, in stretches of one colour each.
    """

    look: int
    entity: int
    part: int
    pixels: int
    expected: np.ndarray
    taken: np.ndarray
    off: float  # how badly its neighbourhood fits, 0 … 2


def surfaces_of(look: int, laid: "Laid", frame: np.ndarray) -> list[Surface]:
    """Every surface that one laid look shows in the take's frame, uint8[h, w, 3]."""
    least = LEAST * (frame.shape[1] / 424) ** 2
    label = laid.ids.astype(np.int32) * 256 + laid.parts
    label[~laid.known] = -(2**20)
    # Ink and what is mixed at edges belong to nobody.
    inner = _inner(label)
    found: list[Surface] = []
    flat = np.flatnonzero(inner)
    labels = label.ravel()[flat]
    order = np.argsort(labels, kind="stable")
    flat, labels = flat[order], labels[order]
    starts = np.flatnonzero(np.r_[True, labels[1:] != labels[:-1]])
    expected, taken = laid.rgb.reshape(-1, 3), frame.reshape(-1, 3)
    off = laid.off.ravel()
    for start, end in zip(starts, [*starts[1:], len(labels)], strict=True):
        number, at = int(labels[start]), flat[start:end]
        if number < 0 or len(at) < least:
            continue
        entity, part = divmod(number, 256)
        if entity == 0 and part == 0:
            found += _of_set(look, at, expected, taken, off)
            continue
        found.append(_surface(look, entity, part, at, expected, taken, off))
    return found


def _inner(label: np.ndarray) -> np.ndarray:
    """bool[h, w]: pixels whose neighbours show the same surface."""
    same = np.ones(label.shape, bool)
    for axis in (0, 1):
        equal = np.diff(label, axis=axis) == 0
        low, high = [slice(None)] * 2, [slice(None)] * 2
        low[axis], high[axis] = slice(0, -1), slice(1, None)
        same[tuple(low)] &= equal
        same[tuple(high)] &= equal
    return same


def _surface(
    look: int, entity: int, part: int, at: np.ndarray, expected: np.ndarray, taken: np.ndarray, off: np.ndarray
) -> Surface:
    return Surface(look, entity, part, len(at), _mean(expected[at]), _mean(taken[at]), float(off[at].mean()))


def _mean(pixels: np.ndarray) -> np.ndarray:
    """The mean of pixels uint8[N, 3] without the darkest and brightest tenth, float64[3] 0 … 1."""
    level = pixels.astype(np.int32).sum(axis=1)
    low, high = np.quantile(level, 0.1, method="lower"), np.quantile(level, 0.9, method="higher")
    return pixels[(level >= low) & (level <= high)].mean(axis=0) / 255


def _of_set(look: int, at: np.ndarray, expected: np.ndarray, taken: np.ndarray, off: np.ndarray) -> list[Surface]:
    """Stretches of the set by the colour that they were to have."""
    thin = at[:: max(len(at) // 20000, 1)]
    bins = (expected[thin] >> 5).astype(np.int32) @ np.array((1, 8, 64))
    counts = np.bincount(bins, minlength=512)
    found: list[Surface] = []
    for which in np.argsort(-counts, kind="stable")[:_SET_COLOURS]:
        if counts[which] < _LEAST_OF_SET * len(thin):
            break
        found.append(_surface(look, 0, 0, thin[bins == which], expected, taken, off))
    return found
