"""Depth: in metres, and as depth control models are trained on it.

MiDaS and Depth Anything give relative *inverse* depth, larger is nearer, and the annotators that feed ControlNet
and VACE stretch it to 0 … 1 by its least and greatest value before they write 8 bits: near is white, far is black
(``controlnet_aux/midas/__init__.py``; VACE ``vace/annotators/depth.py``, for MiDaS and Depth Anything V2 alike).
They do so frame by frame, which makes a still wall flicker when somebody comes near. Here one range holds for the
whole clip, as video depth models have it (Video Depth Anything).
"""

import numpy as np

from render.previz.passes.base import PLAIN, Arrays, Layout, Moment
from render.previz.passes.fitted import fitted
from render.request import Request

GRID = 4096  # depth is rounded to 1/4096 m: finer is noise, and does not compress
_LOOKS = 48  # frames on which the range is measured
_ACROSS = 160  # pixels across, for that


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
        metres = moment.here.depth.astype(np.float32)
        depth = np.round(metres * np.float32(GRID)) / np.float32(GRID)
        least, greatest = np.float32(1 / self.far), np.float32(1 / self.near)
        control = (1 / np.maximum(depth, np.float32(1e-3)) - least) / max(greatest - least, np.float32(1e-6))
        return {"depth": depth, "control_depth": np.clip(control, 0, 1).astype(np.float16)}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        grey = np.round(arrays["control_depth"].astype(np.float32) * 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)

    def constants(self) -> Arrays:
        return {"near": np.float32(self.near), "far": np.float32(self.far)}  # type: ignore[dict-item]


def depth_range(request: Request) -> tuple[float, float]:
    """The nearest and the farthest metre that the clip shows; the far end is inf where the sky is seen.

    Measured on up to 48 frames of a small picture, spread over the clip, so that no frame has to wait for the
    last one; what is nearer or farther in a frame between is held at white and black.
    """
    from render.previz.frames import Tracer
    from render.previz.rehearsal import rehearse

    width = min(request.width, _ACROSS)
    height = max(round(request.height * width / request.width), 1)
    tracer = Tracer(rehearse(fitted(request, size=(width, height))), PLAIN)
    near, far = np.inf, 0.0
    for index in sorted({round(place) for place in np.linspace(0, request.frames - 1, min(_LOOKS, request.frames))}):
        depth = tracer.frame(index).depth
        near, far = min(near, float(depth.min())), max(far, float(depth.max()))
    near = max(near, 1e-2) if np.isfinite(near) else 1.0
    return near, max(far, near * 1.001)
