"""Which moment of the rehearsal a take shows when."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from director.checks.ramp import IN_TIME, SPEEDS, Ramp, explained, ramp_of
from director.checks.registration import _evened
from director.checks.ruled import spans

if TYPE_CHECKING:
    from director.checks.sight import Sight

WIDE = 106  # pixels across at which moments are compared: enough for a step or a turned head
_LATE = 0.17  # seconds that an action may come early or late
_CHANGES = 0.15  # standard deviation over the rehearsal, of luminance against its surroundings
_STANDS = 0.15  # of what changes between frames that move: what stands changes less
_SETTLES, _SETTLED = 8, 0.12  # frames until a codec shows that nothing changes, and what then changes, in levels
_SAME = 0.9  # share of pixels that are the same to the bit, where a picture stands
_HAPPENS = 0.012  # change from look to look, of evened luminance, that a frozen picture would hide
_REPEATS = 0.35
_QUIET = 30  # per cent of a frame show less that is fine
_GAP = 4.0
_QUICK = 0.45  # the same, from one look to the next
_LEAST = 0.004  # share of the frame
_WORST = 1.5  # a difference that is larger says no more


@dataclass(frozen=True, eq=False)
class Pace:
    """The speed at which a take runs through its rehearsal.

    ``speed`` explains the take best; ``gain`` is by how much better than real time does, ``potential`` by how much
    three quarters of the speed would be worse for the rehearsal itself: what little happens tells little. All in mean
    differences of evened luminance where the rehearsal changes. ``change`` float[N − 1, 2]: how much changes from
    look to look, in the take and the rehearsal, over the whole frame. ``ramp``: two speeds that explain it better.
    """

    speed: float
    gain: float
    potential: float
    change: np.ndarray
    ramp: Ramp = IN_TIME


def pace_of(sight: "Sight", moving: bool) -> Pace:
    """Compare each look's frame of the take with each look; ``moving``: the camera is to move."""
    expected = sight.expected
    places = np.array([look.frame for look in expected.looks])
    shown, told = _pictures(sight)
    change = np.stack([abs(np.diff(each, axis=0)).mean(axis=(1, 2)) for each in (shown, told)], axis=1)
    if len(places) < 3:
        return Pace(1.0, 0.0, 0.0, change)
    # Sway and breath are slow, and chance: where only they change the picture, it tells no time.
    quick = abs(np.diff(told, axis=0)).max(axis=0)
    weight = np.where(quick > _QUICK, quick, 0)
    if moving:
        spread = told.std(axis=0)
        weight = np.maximum(weight, np.where(spread > _CHANGES, spread, 0))
    if np.count_nonzero(weight) < _LEAST * weight.size:
        return Pace(1.0, 0.0, 0.0, change)
    where = weight > 0
    weight = weight[where] / weight.sum()
    late = max(round(_LATE * float(sight.showing.rate)), 1)
    taken, rehearsed = (_likeness(each[:, where], told[:, where], weight) for each in (shown, told))
    like, own = (_speeds(each, places, late) for each in (taken, rehearsed))
    at = SPEEDS.index(1.0)
    best = int(np.argmax(like))
    slow = SPEEDS.index(0.75)
    ramp = ramp_of(taken, rehearsed, places, late)
    return Pace(SPEEDS[best], float(like[best] - like[at]), float(own[at] - own[slow]), change, ramp)


def _small(rgb: np.ndarray, matrix: np.ndarray | None) -> np.ndarray:
    """Luminance against its surroundings, float32[h, w]; ``matrix`` lays the picture before."""
    import cv2

    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    if matrix is not None:
        grey = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    size = (WIDE, max(round(height * WIDE / width), 8))
    return cv2.GaussianBlur(_evened(cv2.resize(grey, size, interpolation=cv2.INTER_AREA)), (0, 0), 1.0)


def _pictures(sight: "Sight") -> tuple[np.ndarray, np.ndarray]:
    """Take and rehearsal at each look, laid over each other as at the first, float32[N, h, w].

    At its start a take is on time.
    """
    looks, first = sight.expected.looks, sight.laid[0]
    onto = first.matrix if first.follows else None
    shown = [_small(sight.clip[look.frame], None) for look in looks]
    return np.stack(shown), np.stack([_small(look.rgb, onto) for look in looks])


def _likeness(shown: np.ndarray, told: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """How like each frame is to each look, float64[N, N]: 0 for the same, less for others."""
    return np.stack([-np.minimum(abs(told - frame), _WORST) @ weight for frame in shown]).astype(np.float64)


def _speeds(likeness: np.ndarray, places: np.ndarray, late: int) -> np.ndarray:
    """How well each speed explains the frames, float64[S], each with the lateness that suits it best."""
    from scipy.interpolate import PchipInterpolator

    dense = PchipInterpolator(places, likeness, axis=1)(np.arange(int(places[-1]) + 1))
    return explained(dense, places, np.array(SPEEDS)[:, None] * places, late)


def frozen(sight: "Sight") -> list[tuple[int, int]]:
    """First and last frame of each stretch that stands although it should not."""
    change, same = sight.changes.T
    moving = float(np.percentile(change, 80))
    slow = change <= max(_STANDS * moving, 0.02)
    found: list[tuple[int, int]] = []
    looks = [look.frame for look in sight.expected.looks]
    pace = sight.pace
    for first, last in spans(list(map(bool, slow))):
        # Grain that goes all at once, while it is there in every frame that is not frozen. A codec takes some frames.
        others = np.concatenate([change[: max(first - _SETTLES, 0)], change[last + 2 :]])
        least = float(others.min()) if len(others) >= 4 else 0.0
        end = slice(max(last - 2, first), last + 1)
        settled = float(change[end].max())
        gone = first > 0 and settled < _SETTLED and settled * _GAP + 0.15 < least and bool((same[end] >= _SAME).all())
        # Something that the rehearsal shows from one look to the next, and the take does not.
        within = [number for number, (a, b) in enumerate(pairwise(looks)) if a >= first - 2 and b <= last + 3]
        shown, told = pace.change[within].max(axis=0) if within else (0.0, 0.0)
        late = _LATE * float(sight.showing.rate)
        happens = last + 1 - first > late + 1 and float(told) > _HAPPENS + 2 * float(shown)
        if gone or happens:
            begins = first
            while gone and begins > 0 and change[begins - 1] < 0.5 * least:
                begins -= 1
            found.append((begins, last + 1))
    return found


def beats(sight: "Sight") -> float:
    """How much the sharpness of the picture goes up and down from frame to frame, as a share of it.

    A frame that is mixed of two has less grain and softer edges than one that is not. What the light does is taken
    out, and black frames are left out.
    """
    import cv2

    sharp = np.zeros(len(sight.grey))
    for index, grey in enumerate(sight.grey):
        fine = cv2.convertScaleAbs(cv2.Laplacian(grey, cv2.CV_16S))
        # Of what moves least and shows least.
        patches = cv2.resize(fine.astype(np.float32), (16, 9), interpolation=cv2.INTER_AREA)
        sharp[index] = np.percentile(patches, _QUIET)
    level = np.log(sharp + 0.3)
    light = np.log(sight.patches[0].astype(np.float64) + 4.0)
    bend = level[1:-1] - (level[:-2] + level[2:]) / 2
    bend -= np.median(light[1:-1] - (light[:-2] + light[2:]) / 2, axis=1)
    shown = ~(sight.dark[:-2] | sight.dark[1:-1] | sight.dark[2:])
    return float(np.median(abs(bend[shown]))) if shown.any() else 0.0


def repeats(change: np.ndarray) -> np.ndarray:
    """Which steps from frame to frame show nothing new between steps that do, bool[F − 1]."""
    count = len(change)
    again = np.zeros(count, bool)
    for index in range(1, count - 1):
        before = float(change[max(index - 2, 0) : index].max())
        after = float(change[index + 1 : index + 3].max())
        again[index] = change[index] < _REPEATS * min(before, after) and min(before, after) > 0.3
    return again
