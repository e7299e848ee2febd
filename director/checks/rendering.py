"""How a take renders light and colour, as one vector: takes of one place are held against each other by it.

What it is measured against is the rehearsal of the very shot, with its own camera, light and time of day. So two takes
of different shots that render alike have like vectors, whatever they show.
"""

from typing import TYPE_CHECKING

import numpy as np

from director.checks.grade import grade_from
from render.previz.colour_space import lab_of, linear

if TYPE_CHECKING:
    from director.checks.base import Showing
    from director.checks.surfaces import Surface

VERSION = "1"
_LOOKS = 3  # of a take, spread over it: a grade is the same all along
_CHART = np.array(  # sRGB: greys for exposure, contrast and balance; a skin, a leaf and a sky for saturation
    ((0.2, 0.2, 0.2), (0.45, 0.45, 0.45), (0.75, 0.75, 0.75), (0.76, 0.57, 0.45), (0.35, 0.45, 0.25), (0.4, 0.5, 0.65))
)


def rendering_of(showing: "Showing") -> np.ndarray | None:
    """By how much each colour of a chart is off in Lab as this take renders it, float32[18]; None where nobody knows.

    The chart is of three greys, a skin, a leaf and a sky. Raises MachineError where the take cannot be read.
    """
    import cv2

    from director.checks.registration import lay
    from director.checks.surfaces import surfaces_of

    expected = showing.expected
    if expected is None or expected.frames != showing.frames or not expected.looks:
        return None
    which = sorted({round(share * (len(expected.looks) - 1)) for share in np.linspace(0.1, 0.9, _LOOKS)})
    frames = showing.read([expected.looks[index].frame for index in which])
    surfaces: list[Surface] = []
    for index, frame in zip(which, frames, strict=False):
        small = frame
        if frame.shape[:2] != (expected.height, expected.width):
            small = cv2.resize(frame, (expected.width, expected.height), interpolation=cv2.INTER_AREA)
        laid = lay(expected.looks[index], small, None)
        if laid.follows:
            surfaces += surfaces_of(index, laid, small)
    if not surfaces:
        return None
    off = lab_of(linear(grade_from(surfaces).applied(_CHART))) - lab_of(linear(_CHART))
    return off.astype(np.float32).ravel()


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """How far two renderings lie apart: ΔE, the mean over the chart."""
    return float(np.linalg.norm((one - other).reshape(-1, 3), axis=1).mean())
