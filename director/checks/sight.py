"""A take as it is looked at: decoded once, small, and laid over the rehearsal."""

import functools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from director.checks.base import Showing
    from director.checks.registration import Laid
    from render.previz.expectation import Expectation


class Sight:
    """What several checks look at; each thing is worked out when it is first asked for."""

    def __init__(self, showing: "Showing") -> None:
        if showing.expected is None:
            raise ValueError("there is no rehearsal to hold the take against")
        self.showing = showing
        self.expected: Expectation = showing.expected

    @functools.cached_property
    def clip(self) -> np.ndarray:
        """The take, small: uint8[F, h, w, 3] sRGB at the expectation's size. Raises MachineError if it cannot be read."""
        import cv2

        width, height = self.expected.width, self.expected.height
        clip = np.empty((self.showing.frames, height, width, 3), np.uint8)
        for index, frame in enumerate(self.showing.read(list(range(self.showing.frames)))):
            if frame.shape[:2] == (height, width):
                clip[index] = frame
            else:
                cv2.resize(frame, (width, height), dst=clip[index], interpolation=cv2.INTER_AREA)
        return clip

    @functools.cached_property
    def grey(self) -> np.ndarray:
        """Luma of the clip, uint8[F, h, w]."""
        import cv2

        return np.stack([cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in self.clip])

    @functools.cached_property
    def laid(self) -> "tuple[Laid, ...]":
        """Every look of the rehearsal laid over the take."""
        from director.checks.registration import lay

        found: list[Laid] = []
        for look in self.expected.looks:
            found.append(lay(look, self.clip[look.frame], found[-1].matrix if found else None))
        return tuple(found)
