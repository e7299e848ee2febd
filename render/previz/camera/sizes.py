"""Sizes and angles: what each word for them means in shares of a person, in millimetres and in degrees."""

import numpy as np

from storyboard.camera import Angle, Height, ShotSize

# For each size: the lowest and the highest thing in frame, as shares of a standing person's height. A size is the
# standard crop of a person; what is above them is headroom. From the medium close-up on, the eyes are on the upper
# third.
CROPS: dict[ShotSize, tuple[float, float]] = {
    ShotSize.EWS: (-1.35, 3.65),
    ShotSize.WS: (-0.42, 1.38),
    ShotSize.FS: (-0.07, 1.10),
    ShotSize.MFS: (0.36, 1.08),
    ShotSize.MS: (0.52, 1.07),
    ShotSize.MCU: (0.68, 1.055),
    ShotSize.CU: (0.775, 1.018),
    ShotSize.ECU: (0.858, 0.982),
}
PITCH = {  # of the way from the subject up to the lens
    Angle.BIRDS_EYE: float(np.radians(84)),
    Angle.HIGH: float(np.radians(28)),
    Angle.LEVEL: 0.0,
    Angle.LOW: float(np.radians(-20)),
    Angle.WORMS_EYE: float(np.radians(-52)),
}
HEIGHTS = {  # of the lens above the ground, metres
    Height.AERIAL: 16.0,
    Height.OVERHEAD: 5.0,
    Height.HIP: 0.95,
    Height.GROUND: 0.18,
    Height.WATER: 0.12,
}
PROP_SHARE = {  # of the frame that a prop fills, in whichever direction it is larger
    ShotSize.ECU: 0.86,
    ShotSize.CU: 0.62,
    ShotSize.MCU: 0.45,
    ShotSize.MS: 0.34,
    ShotSize.MFS: 0.25,
    ShotSize.FS: 0.20,
    ShotSize.WS: 0.12,
    ShotSize.EWS: 0.06,
}
LEAST_HEIGHT = 0.12  # metres: the lens does not go into the ground


def headroom(size: ShotSize) -> float:
    """What is above a person, in frame heights; negative where the frame cuts into the hair."""
    low, high = CROPS[size]
    return (high - 1.0) / (high - low)


def frame_height(size: ShotSize) -> float:
    """Height of the frame in heights of a standing person."""
    low, high = CROPS[size]
    return high - low
