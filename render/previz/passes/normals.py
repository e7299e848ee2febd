"""Surface normals in the camera's space, and as normal-map control models are trained on them.

ControlNet 1.1 normal (NormalBae) takes rendered normals where “blue is front, red is left, green is top” (README of
lllyasviel/ControlNet-v1-1-nightly, after NYU-V2 and ScanNet), encoded as (n + 1) / 2 (``controlnet_aux/normalbae``).
In OpenCV's camera space, x right, y down, z forward, that is the normal with all three signs turned.
"""

import numpy as np

from render.previz.compiled import compiled
from render.previz.passes.base import Arrays, Layout, Moment


class NormalsPass:
    """``normals`` float16[H, W, 3]: unit length, x right, y down, z forward, against the ray; 0 for the sky.

    In the picture the sky faces the camera, as MiDaS's normals of a background do.
    """

    name = "normals"
    looks_ahead = False
    exact = True
    drawn = True

    def layout(self, width: int, height: int) -> dict[str, Layout]:
        return {"normals": Layout((height, width, 3), np.float16)}

    def arrays(self, moment: Moment) -> Arrays:
        return {"normals": moment.here.normals.astype(np.float16)}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        encoded = np.empty(arrays["normals"].shape, np.uint8)
        _encoded(arrays["normals"].astype(np.float32), encoded)
        return encoded

    def constants(self) -> Arrays:
        return {}


@compiled
def _encoded(normals: np.ndarray, out: np.ndarray) -> None:
    """Minus the normal, as 0 … 255; the sky faces the camera."""
    for row in range(normals.shape[0]):
        for column in range(normals.shape[1]):
            x, y, z = normals[row, column, 0], normals[row, column, 1], normals[row, column, 2]
            if x == 0 and y == 0 and z == 0:
                z = np.float32(-1)
            out[row, column, 0] = np.uint8(np.rint((1 - x) * 127.5))
            out[row, column, 1] = np.uint8(np.rint((1 - y) * 127.5))
            out[row, column, 2] = np.uint8(np.rint((1 - z) * 127.5))
