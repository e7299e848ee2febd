"""Where a take shows other colours than its rehearsal, grade apart."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from director.checks.grade import Grade
    from director.checks.registration import Laid


def difference(laid: "Laid", frame: np.ndarray, grade: "Grade") -> np.ndarray:
    """How far colours lie apart, float32[h, w]: the ΔE94 (CIE 116-1995) of both pictures, smoothed.

    The smallest of the distances two pixels around, so that an outline that lies beside its place is no difference.
    """
    import cv2

    expected = grade.rendered(laid.rgb)
    one, other = (cv2.GaussianBlur(lab_of_picture(picture), (0, 0), 1.2) for picture in (expected, frame))
    least = np.full(frame.shape[:2], np.inf, np.float32)
    chromas = [np.hypot(lab[..., 1], lab[..., 2]) for lab in (one, other)]
    # Of two strong colours a distance is less to the eye than of two greys.
    strong, hue = np.square(1 + 0.045 * chromas[0]), np.square(1 + 0.015 * chromas[0])
    for shift in ((0, 0), (-2, 0), (2, 0), (0, -2), (0, 2)):
        lab, chroma, s_c, s_h = (
            each if shift == (0, 0) else np.roll(each, shift, (0, 1)) for each in (one, chromas[0], strong, hue)
        )
        light, a, b = (np.square(lab[..., axis] - other[..., axis]) for axis in range(3))
        more = np.square(chroma - chromas[1])
        np.minimum(least, light + more / s_c + np.maximum(a + b - more, 0) / s_h, out=least)
    least[~laid.known] = 0
    return np.sqrt(least)


def shaded(laid: "Laid", frame: np.ndarray, grade: "Grade") -> np.ndarray:
    """−1 where a pixel is darker than its rehearsal by a shadow, 1 where it is lighter by one, else 0; int8[h, w].

    A shadow takes lightness and hardly any hue.
    """
    import cv2

    one, other = (
        cv2.GaussianBlur(lab_of_picture(picture), (0, 0), 1.5) for picture in (grade.rendered(laid.rgb), frame)
    )
    apart = other - one
    hueless = np.hypot(apart[..., 1], apart[..., 2]) < 0.6 * np.abs(apart[..., 0])
    return (np.sign(apart[..., 0]) * (hueless & (np.abs(apart[..., 0]) > 10))).astype(np.int8)


def lab_distance(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """ΔE (1976) between two pictures uint8[h, w, 3], slightly smoothed, float32[h, w]."""
    import cv2

    first, second = (cv2.GaussianBlur(lab_of_picture(picture), (0, 0), 0.8) for picture in (one, other))
    return np.sqrt(((first - second) ** 2).sum(axis=2))


def lab_of_picture(picture: np.ndarray) -> np.ndarray:
    """CIELAB of a picture uint8[h, w, 3], sRGB: float32[h, w, 3]."""
    import cv2

    return cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
