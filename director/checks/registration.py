"""A rehearsal laid over a take: where in the take's frame each thing of the rehearsal is to be looked for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from render.previz.expectation import Look

FOLLOWS = 0.55
"""Correlation with the rehearsal from which on a take is said to show it; two shots of one place reach 0.4."""

_ITERATIONS, _CLOSE = 40, 1e-4
_NARROW = 300  # pixels: a picture no wider is laid over at its own size
_GRAIN = 14.0  # levels: what differs by less is grain, and shall not be made large
_PEOPLED = 0.01  # of the frame: of fewer people no lag is told
_BARELY = 0.4  # correlation below which a frame shows something else
_PLAINLY = 0.03  # correlation by which a lag must fit better than none
_NEAR = 24.0  # pixels at 424: a residual that is larger is no displacement but another picture


@dataclass(frozen=True, eq=False)
class Laid:
    """One look of the rehearsal laid over the take's frame.

    ``matrix`` float32[2, 3]: pixels of the rehearsal → pixels of the take, one affine map for all of the picture;
    ``agreement``: the correlation of the two pictures there, 1 for the same; rgb, ids, parts and depth as in Look, in
    the take's pixels and bent to what moved; ``known`` bool[h, w]: where the rehearsal has something to say;
    ``off`` float32[h, w]: how well the neighbourhood fits, from 0 (as expected) to 2;
    ``source`` float32[h, w] twice: the rehearsal's column and row that each pixel of the take shows.
    """

    frame: int
    matrix: np.ndarray
    agreement: float
    rgb: np.ndarray
    ids: np.ndarray
    parts: np.ndarray
    depth: np.ndarray
    known: np.ndarray
    off: np.ndarray
    source: tuple[np.ndarray, np.ndarray]

    def bent(self, layer: np.ndarray, *, nearest: bool = False) -> np.ndarray:
        """Another layer of the same look in the take's pixels: uint8 or float32[h, w(, 3)]."""
        import cv2

        how = cv2.INTER_NEAREST if nearest else cv2.INTER_LINEAR
        return cv2.remap(layer, *self.source, how, borderMode=cv2.BORDER_REPLICATE)

    @property
    def follows(self) -> bool:
        """Whether the frame shows what was rehearsed, so that what differs can be told pixel by pixel."""
        return self.agreement >= FOLLOWS

    @property
    def scale(self) -> float:
        """How much larger the take shows things."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))


def lag_of(clip: np.ndarray, looks: "tuple[Look, ...]", most: int) -> int:
    """By how many frames, at most ``most`` either way, people in a clip uint8[F, h, w, 3] are late; negative: early.

    Found where most of them is seen: the frame whose people fit best, the camera's way apart.
    """
    peopled = sorted(looks, key=lambda look: (-int((look.ids > 0).sum()), look.frame))[: max(len(looks) // 2, 1)]
    peopled = [look for look in sorted(peopled, key=lambda look: look.frame) if (look.ids > 0).mean() > _PEOPLED]
    if not peopled or most < 1:
        return 0
    picked = {peopled[len(peopled) // 4].frame: peopled[len(peopled) // 4], peopled[-1].frame: peopled[-1]}
    lags = list(range(-most, most + 1))
    fits = np.zeros(len(lags))
    for look in picked.values():
        guess: np.ndarray | None = None
        for place in sorted(range(len(lags)), key=lambda place: abs(lags[place])):
            frame = min(max(look.frame + lags[place], 0), len(clip) - 1)
            guess, agreement = _aligned(look.rgb, clip[frame], guess)
            if agreement < _BARELY:
                return 0
            fits[place] += _fit(look, clip[frame], guess)
    best = int(np.argmax(fits))
    return lags[best] if fits[best] > fits[most] + _PLAINLY * len(picked) else 0


def _fit(look: "Look", frame: np.ndarray, matrix: np.ndarray) -> float:
    """The correlation of people and what is close around them, −1 … 1."""
    import cv2

    height, width = look.ids.shape
    people = cv2.dilate((look.ids > 0).astype(np.uint8), np.ones((9, 9), np.uint8))
    at = cv2.warpAffine(people, matrix, (width, height), flags=cv2.INTER_NEAREST) > 0
    if at.sum() < 50:
        return 0.0
    one = _evened(cv2.warpAffine(_grey(look.rgb), matrix, (width, height)))[at]
    other = _evened(_grey(frame))[at]
    return float(np.corrcoef(one, other)[0, 1])


def lay(look: "Look", frame: np.ndarray, guess: np.ndarray | None = None) -> Laid:
    """Lay a look over a frame of its size, uint8[h, w, 3]; ``guess`` is the map of the look before."""
    import cv2

    height, width = look.ids.shape
    matrix, agreement = _aligned(look.rgb, frame, guess)
    flags = cv2.INTER_LINEAR
    warped = cv2.warpAffine(look.rgb, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    ones = np.ones((height, width), np.uint8)
    known = cv2.warpAffine(ones, matrix, (width, height), flags=cv2.INTER_NEAREST) > 0
    bend = _bend(warped, frame)
    grid = np.stack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)), -1)
    back = cv2.invertAffineTransform(matrix)
    source = (grid - bend) @ back[:, :2].T.astype(np.float32) + back[:, 2].astype(np.float32)
    x, y = np.ascontiguousarray(source[..., 0]), np.ascontiguousarray(source[..., 1])

    def taken(layer: np.ndarray, how: int = cv2.INTER_NEAREST) -> np.ndarray:
        return cv2.remap(layer, x, y, how, borderMode=cv2.BORDER_REPLICATE)

    rgb = taken(look.rgb, cv2.INTER_LINEAR)
    return Laid(
        frame=look.frame,
        matrix=matrix,
        agreement=agreement,
        rgb=rgb,
        ids=taken(look.ids.view(np.uint8)).view(np.int8),
        parts=taken(look.parts),
        depth=taken(look.depth.astype(np.float32)),
        known=known,
        off=_off(rgb, frame),
        source=(x, y),
    )


def _grey(picture: np.ndarray) -> np.ndarray:
    import cv2

    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)


def _evened(grey: np.ndarray) -> np.ndarray:
    """Luminance against its surroundings, so that neither grade nor light matters. float32[h, w]."""
    import cv2

    level = grey.astype(np.float32)
    sigma = grey.shape[1] / 24
    mean = cv2.GaussianBlur(level, (0, 0), sigma)
    spread = np.sqrt(np.maximum(cv2.GaussianBlur(level * level, (0, 0), sigma) - mean * mean, 0))
    return (level - mean) / (spread + _GRAIN)


def _aligned(expected: np.ndarray, frame: np.ndarray, guess: np.ndarray | None) -> tuple[np.ndarray, float]:
    """The affine map that lays one picture over the other (Evangelidis and Psarakis 2008), at half the size."""
    import cv2

    shrink = 2 if expected.shape[1] > _NARROW else 1
    half = (expected.shape[1] // shrink, expected.shape[0] // shrink)
    one, other = (
        _evened(cv2.resize(_grey(picture), half, interpolation=cv2.INTER_AREA)) for picture in (expected, frame)
    )
    one, other = (cv2.GaussianBlur(picture, (0, 0), 1.0) for picture in (one, other))
    starts = [np.eye(2, 3, dtype=np.float32)]
    if guess is not None:
        starts.insert(0, _scaled(guess, 1 / shrink))
    best, agreement = starts[0], -1.0
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ITERATIONS, _CLOSE)
    for attempt in range(len(starts) + 1):
        if attempt == len(starts) and agreement >= FOLLOWS:
            break
        # With nothing near, as far as the pictures as wholes are apart.
        start = starts[attempt] if attempt < len(starts) else _apart(one, other)
        try:
            # The map that findTransformECC finds leads from the template (the take) to the picture.
            found, warp = cv2.findTransformECC(
                other, one, cv2.invertAffineTransform(start), cv2.MOTION_AFFINE, criteria
            )
        except cv2.error:
            continue
        if found > agreement:
            best, agreement = cv2.invertAffineTransform(warp).astype(np.float32), float(found)
        if agreement > 0.8:
            break
    return _scaled(best, shrink), agreement


def _apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The displacement between two pictures float32[h, w] by phase correlation, as a map float32[2, 3]."""
    import cv2

    (across, down), _ = cv2.phaseCorrelate(one, other, cv2.createHanningWindow(one.shape[::-1], cv2.CV_32F))
    return np.array(((1, 0, across), (0, 1, down)), np.float32)


def _scaled(matrix: np.ndarray, factor: float) -> np.ndarray:
    """The same map for pictures this much larger."""
    scaled = matrix.astype(np.float32).copy()
    scaled[:, 2] *= factor
    return scaled


def _bend(expected: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """What moved beside the picture as a whole: dense flow (Kroeger et al. 2016), float32[h, w, 2] pixels."""
    import cv2

    one, other = (np.clip(_evened(_grey(picture)) * 42 + 128, 0, 255).astype(np.uint8) for picture in (frame, expected))
    method = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    # From the take back to the rehearsal: so every pixel of the take knows what it shows.
    flow = -method.calc(one, other, None)  # type: ignore[call-overload]
    far = np.hypot(flow[..., 0], flow[..., 1]) > _NEAR * expected.shape[1] / 424
    flow[far] = 0
    return flow


def _off(expected: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """1 − the local correlation of two pictures, float32[h, w]; 0 where both are flat."""
    import cv2

    one, other = _grey(expected).astype(np.float32), _grey(frame).astype(np.float32)
    sigma = expected.shape[1] / 100

    def smooth(picture: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(picture, (0, 0), sigma)

    a, b = smooth(one), smooth(other)
    var_a, var_b = smooth(one * one) - a * a, smooth(other * other) - b * b
    both = smooth(one * other) - a * b
    noise = 30.0
    return 1 - (both + noise) / (np.sqrt(np.maximum(var_a, 0) * np.maximum(var_b, 0)) + noise)
