"""Light over the run of a take: how bright its frames and patches are, against those around and the rehearsal."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from director.checks.sight import Sight
    from render.previz.expectation import Expectation

_NOTHING = 14.0  # 8-bit levels: a rehearsal whose lights are no brighter is black itself
_LIGHTS = 98  # per cent of a frame are darker than its lights
DARK = 0.7  # share of the light that is gone: no grade takes so much
_AROUND = 3  # frames on either side that a jump is held against: what is fast in all of them is a whip pan
_NOISE = 1.5  # 8-bit levels that a picture changes by without anything happening
WINDOW = 9  # frames
_LAMPS = 4.0  # 8-bit levels, so that what is black does not flicker
_SHADE = 6.0  # 8-bit levels
_LEAST = 60  # patches of a look that can be compared


def darkness(grey: np.ndarray, expected: "Expectation") -> np.ndarray:
    """How much of the light that the rehearsal has is missing in each frame, float64[F], 0 none … 1 all.

    ``grey`` uint8[F, h, w] is luma. Where the rehearsal is black itself, none is missing.
    """
    told = np.array([np.percentile(_luma(look.rgb[::2, ::2]), _LIGHTS) for look in expected.looks])
    places = [look.frame for look in expected.looks]
    lights = np.interp(np.arange(len(grey)), places, told)
    shown = np.array([np.percentile(frame[::4, ::4], _LIGHTS) for frame in grey])
    return np.where(lights > _NOTHING, np.clip(1 - shown / np.maximum(lights, 1), 0, 1), 0)


def _luma(rgb: np.ndarray) -> np.ndarray:
    return rgb @ np.array((0.299, 0.587, 0.114))


def jumps(changes: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """How far each step to the next frame stands out, float64[F − 1]: 1 is as large as the largest around it.

    ``changes`` float32[F − 1, P] of patches; steps into and out of ``dark`` frames, bool[F], are no cuts.
    """
    whole = np.median(changes, axis=1).astype(np.float64)
    whole[dark[1:] | dark[:-1]] = 0.0
    padded = np.pad(whole, _AROUND)
    others = [np.roll(padded, shift) for shift in range(-_AROUND, _AROUND + 1) if shift]
    around = np.max(others, axis=0)[_AROUND:-_AROUND]
    return whole / (around + _NOISE)


def swings(patches: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """How much light alternates from frame to frame in each stretch of ``WINDOW`` frames, as a share of it.

    ``patches`` float32[F, P] luma; ``dark`` bool[F] frames that are black. float64[F − WINDOW − 1].
    """
    light = np.log(patches.astype(np.float64) + _LAMPS)
    bend = light[1:-1] - (light[:-2] + light[2:]) / 2
    # Of most of the picture: what moves through a part of it is no flicker.
    beat = np.median(bend, axis=1) * np.where(np.arange(len(bend)) % 2, -1, 1)
    black = dark[:-2] | dark[1:-1] | dark[2:]
    beat[black] = 0.0
    views = np.lib.stride_tricks.sliding_window_view(beat, WINDOW)
    # Of most of the stretch: a jump is no flicker.
    return abs(np.median(views, axis=1))


def lights(sight: "Sight") -> tuple[list[int], np.ndarray]:
    """Frames, and how bright the place is there against the rehearsal and the take's own grade, as a logarithm."""
    import cv2

    places: list[int] = []
    pairs: list[np.ndarray] = []
    for laid in sight.laid:
        if not laid.follows or sight.dark[laid.frame]:
            continue
        told = np.log(cv2.cvtColor(laid.rgb[::4, ::4], cv2.COLOR_RGB2GRAY).astype(np.float64) + _SHADE)
        shown = np.log(sight.grey[laid.frame, ::4, ::4].astype(np.float64) + _SHADE)
        good = (laid.ids <= 0)[::4, ::4] & laid.known[::4, ::4] & (laid.off < 0.7)[::4, ::4]
        if np.count_nonzero(good) >= _LEAST:
            places.append(laid.frame)
            pairs.append(np.stack([told[good], shown[good]], axis=1))
    if not pairs:
        return [], np.zeros(0)
    # The grade: what levels of the rehearsal come to be in this take, over all of it.
    everything = np.concatenate(pairs)
    marks = np.percentile(everything[:, 0], np.linspace(2, 98, 12))
    band = np.digitize(everything[:, 0], marks)
    grade = np.array(
        [
            np.median(everything[band == b, 1] - everything[band == b, 0]) if (band == b).any() else 0.0
            for b in range(13)
        ]
    )
    light = [float(np.median(pair[:, 1] - pair[:, 0] - grade[np.digitize(pair[:, 0], marks)])) for pair in pairs]
    return places, np.array(light)


def unlikeness(before: np.ndarray, first: np.ndarray) -> float:
    """How unlike two pictures are, uint8[H, W, 3], 0 … 2: of their structure and of their light, whichever is more."""
    import cv2

    size = (106, max(round(first.shape[0] * 106 / first.shape[1]), 9))
    one, other = (cv2.resize(each, size, interpolation=cv2.INTER_AREA).astype(np.float64) for each in (before, first))
    deviation = [each - each.mean(axis=(0, 1)) for each in (one, other)]
    scale = float(np.sqrt((deviation[0] ** 2).sum() * (deviation[1] ** 2).sum())) + 1e3
    structure = 1 - float((deviation[0] * deviation[1]).sum()) / scale
    light = abs(float(np.log((one.mean() + 4) / (other.mean() + 4))))
    return max(structure, light)
