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
        turned = np.empty((*moment.here.depth.shape, 3), np.float32)
        _turned(_in_world(moment), moment.here.depth, moment.here.extrinsics.astype(np.float32), turned)
        return {"normals": turned.astype(np.float16)}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        encoded = np.empty(arrays["normals"].shape, np.uint8)
        _encoded(arrays["normals"].astype(np.float32), encoded)
        return encoded

    def constants(self) -> Arrays:
        return {}


def _in_world(moment: Moment) -> np.ndarray:
    """float32[H, W, 3], towards the viewer."""
    _, _, layers, _ = moment.tracer.layers(moment.index)
    return layers.light[:, 1:4].reshape(*moment.here.depth.shape, 3)


@compiled
def _turned(world: np.ndarray, depth: np.ndarray, camera: np.ndarray, out: np.ndarray) -> None:
    """World → camera; nothing for the sky."""
    for row in range(len(depth)):
        for column in range(depth.shape[1]):
            x, y, z = world[row, column, 0], world[row, column, 1], world[row, column, 2]
            for axis in range(3):
                there = camera[axis, 0] * x + camera[axis, 1] * y + camera[axis, 2] * z
                out[row, column, axis] = there if np.isfinite(depth[row, column]) else np.float32(0)


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
