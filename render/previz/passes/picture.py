"""The rehearsal's own picture: what all other passes are aligned with."""

import numpy as np

from render.previz.passes.base import Arrays, Layout, Moment


class PicturePass:
    """``rgb`` uint8[H, W, 3] sRGB."""

    name = "picture"
    looks_ahead = False
    exact = True
    drawn = True

    def layout(self, width: int, height: int) -> dict[str, Layout]:
        return {"rgb": Layout((height, width, 3), np.uint8)}

    def arrays(self, moment: Moment) -> Arrays:
        return {"rgb": moment.here.rgb}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        return arrays["rgb"]

    def constants(self) -> Arrays:
        return {}
