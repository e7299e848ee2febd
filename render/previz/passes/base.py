"""What a pass is: arrays and a picture for every frame of a rehearsal."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from render.previz.frames import RehearsalFrame, Tracer
from render.previz.look.style import Look

Arrays = dict[str, np.ndarray]

PLAIN = Look(occlusion=False, antialias=False, outlines=False, shadows=False)
"""The look of frames whose picture nobody asked for: the other passes are the same in any light."""


class Layout(NamedTuple):
    """Shape and type of one frame's array."""

    shape: tuple[int, ...]
    dtype: type[np.generic]


@dataclass(frozen=True)
class Moment:
    """One frame as a pass is shown it; ``after`` is the frame that follows, None at the end of the clip."""

    index: int
    tracer: Tracer
    here: RehearsalFrame
    after: RehearsalFrame | None


class Pass(Protocol):
    """One kind of pass. It keeps nothing from frame to frame, so that frames can be thrown away.

    ``looks_ahead``: its arrays tell of the way to the next frame, so that the last frame has none. ``exact``: what
    every pixel of its picture says matters, so that its video is also written without loss. ``drawn``: it has a
    picture.
    """

    name: str
    looks_ahead: bool
    exact: bool
    drawn: bool

    def layout(self, width: int, height: int) -> dict[str, Layout]:
        """Which arrays every frame has, by key, for a picture of this size."""
        ...

    def arrays(self, moment: Moment) -> Arrays:
        """This frame's arrays by key, as ``layout`` says."""
        ...

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        """The arrays as a picture, uint8[H, W, 3] sRGB; None for what is not ``drawn``."""
        ...

    def constants(self) -> Arrays:
        """Arrays that hold for the whole clip, for its ``.npz``."""
        ...
