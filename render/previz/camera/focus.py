"""Focus: what is sharp at each moment of a shot that asks for it, and the picture as a wide aperture sees it."""

from collections.abc import Callable

import numpy as np

from render.previz.camera.path import SENSOR, View, ease
from storyboard.camera import Focus, FocusKind

_APERTURE = 0.5  # the diameter of the opening, in focal lengths: f/2
_RACKED = (0.40, 0.62)  # shares of the shot between which a rack goes
_LARGEST = 6.0  # sigma in pixels at 480 lines; more would cost more and say no more
_FACE = 0.07  # metres: a face is before the middle of its head
_COARSE = 2.5  # pixels
_STEPS = (0.0, 0.75, 1.5, 3.0, 6.0)  # sigmas that the picture is blurred with, at 480 lines


def sharp_distance(
    focus: Focus | None, view: View, share: float, about: np.ndarray, where: Callable[[str], np.ndarray | None]
) -> float | None:
    """How far off things are sharp, metres along the axis; None where all is.

    ``share`` of the shot has passed; ``about`` float64[3] is what the framing is about now; ``where`` says where
    somebody or something is.
    """
    if focus is None or focus.kind is FocusKind.DEEP:
        return None

    def away(name: str | None) -> float:
        found = where(name) if name else None
        return max(float(((about if found is None else found) - view.position) @ view.rotation[:, 2]) - _FACE, 0.1)

    if focus.kind is FocusKind.SHALLOW or not (focus.from_ or focus.to):
        return away(focus.to or focus.from_)
    begin, end = _RACKED
    done = ease((share - begin) / (end - begin))
    # A lens turns evenly in the reciprocal of the distance.
    return 1.0 / ((1 - done) / away(focus.from_) + done / away(focus.to))


def through_lens(picture: np.ndarray, depth: np.ndarray, sharp: float, focal: float) -> np.ndarray:
    """The picture, uint8[H, W, 3], as a lens at f/2 sees it that is focused at ``sharp`` metres.

    ``depth``: float32[H, W] metres along the axis, inf for the sky; ``focal`` in mm. The circle of confusion of a
    thin lens is aperture · focal · |1/sharp − 1/depth| on the sensor.
    """
    import cv2

    height, width = depth.shape
    lines = height / 480
    opening = _APERTURE * focal / 1000
    circle = focal / SENSOR * width * opening * np.abs(np.float32(1 / sharp) - 1 / np.maximum(depth, 0.05))
    sigma = np.minimum(0.5 * circle, _LARGEST * lines).astype(np.float32)
    sigma = cv2.GaussianBlur(sigma, (0, 0), max(0.8 * lines, 0.5))
    steps = np.array(_STEPS, np.float32) * lines
    source = picture.astype(np.float32)
    blurred = [source, *(_blurred(source, sigma, float(step)) for step in steps[1:])]
    # Each step but the first is twice the one before.
    level = np.where(sigma < steps[1], sigma / steps[1], 1 + np.log2(np.maximum(sigma / steps[1], 1)))
    out = np.zeros_like(source)
    for number, layer in enumerate(blurred):
        out += layer * np.maximum(1 - np.abs(level - number), 0)[..., None]
    return np.clip(out + 0.5, 0, 255).astype(np.uint8)


def _blurred(source: np.ndarray, own: np.ndarray, sigma: float) -> np.ndarray:
    """A Gaussian blur of what is out of focus; a wide one is made at a quarter of the size, where nobody sees it.

    A pixel spreads only as far as its ``own`` sigma, so that what is sharp leaves no halo.
    """
    import cv2

    weight = np.clip(own / sigma, 0.02, 1.0)[..., None]
    spread = np.concatenate([source * weight, weight], axis=2)
    if sigma < _COARSE:
        spread = cv2.GaussianBlur(spread, (0, 0), sigma)
    else:
        height, width = own.shape
        small = cv2.resize(spread, (max(width // 4, 1), max(height // 4, 1)), interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), sigma / 4)
        spread = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return spread[..., :3] / spread[..., 3:]
