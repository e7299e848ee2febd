"""Depth: in metres, and as depth control models are trained on it.

MiDaS and Depth Anything give relative *inverse* depth, larger is nearer, and the annotators that feed ControlNet
and VACE stretch it to 0 … 1 by its least and greatest value before they write 8 bits: near is white, far is black
(``controlnet_aux/midas/__init__.py``; VACE ``vace/annotators/depth.py``, for MiDaS and Depth Anything V2 alike).
They do so frame by frame, which makes a still wall flicker when somebody comes near. Here one range holds for the
whole shot, as video depth models have it (Video Depth Anything).
"""

from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.passes.base import Arrays, Layout, Moment

GRID = 4096  # depth is rounded to 1/4096 m: finer is noise, and does not compress


class DepthPass:
    """``depth`` float32[H, W] metres along the optical axis, inf for the sky; ``control_depth`` float16[H, W].

    ``control_depth`` is inverse depth, 1 at ``near`` metres and 0 at ``far`` metres (inf where there is sky), and
    stays within 0 … 1. The picture is ``control_depth`` in grey.
    """

    name = "depth"
    looks_ahead = False
    exact = True
    drawn = True

    def __init__(self, near: float, far: float) -> None:
        self.near, self.far = near, far

    def layout(self, width: int, height: int) -> dict[str, Layout]:
        return {"depth": Layout((height, width), np.float32), "control_depth": Layout((height, width), np.float16)}

    def arrays(self, moment: Moment) -> Arrays:
        depth, control = np.empty_like(moment.here.depth), np.empty_like(moment.here.depth)
        _stretched(moment.here.depth, np.float32(1 / self.far), np.float32(1 / self.near), depth, control)
        return {"depth": depth, "control_depth": control.astype(np.float16)}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        grey = np.round(arrays["control_depth"].astype(np.float32) * 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)

    def constants(self) -> Arrays:
        return {"near": np.float32(self.near), "far": np.float32(self.far)}  # type: ignore[dict-item]


@compiled
def _stretched(metres: np.ndarray, least: Any, greatest: Any, depth: np.ndarray, control: np.ndarray) -> None:
    """Depth, rounded, and its inverse, 0 at ``least`` and 1 at ``greatest``."""
    grid, zero, one = np.float32(GRID), np.float32(0), np.float32(1)
    span = max(greatest - least, np.float32(1e-6))
    for row in range(metres.shape[0]):
        for column in range(metres.shape[1]):
            away = np.rint(metres[row, column] * grid) / grid
            depth[row, column] = away
            share = (one / max(away, np.float32(1e-3)) - least) / span
            control[row, column] = min(max(share, zero), one)
