"""The camera: where it stands, where it looks and through which lens, frame by frame."""

from typing import Any

import numpy as np

from render.previz.passes.base import Arrays, Layout, Moment

CONVENTION = (
    "extrinsics: world to camera, 4x4, metres; the camera looks along +z, x is right, y is down (OpenCV). "
    "The world is z up. intrinsics: 3x3, pixels; u = fx * x / z + cx, v = fy * y / z + cy. Pixel (column, row) covers "
    "[column, column + 1) x [row, row + 1), so that its centre is column + 0.5, row + 0.5; "
    "for functions that put centres at whole numbers take 0.5 from cx and cy."
)


class CameraPass:
    """``extrinsics`` float64[4, 4], world → camera, metres; ``intrinsics`` float64[3, 3], pixels. See CONVENTION."""

    name = "camera"
    looks_ahead = False
    exact = False
    drawn = False

    def layout(self, width: int, height: int) -> dict[str, Layout]:  # noqa: ARG002
        return {"extrinsics": Layout((4, 4), np.float64), "intrinsics": Layout((3, 3), np.float64)}

    def arrays(self, moment: Moment) -> Arrays:
        return {"extrinsics": moment.here.extrinsics, "intrinsics": moment.here.intrinsics}

    def picture(self, arrays: Arrays) -> np.ndarray | None:  # noqa: ARG002
        return None

    def constants(self) -> Arrays:
        return {}


def camera_json(extrinsics: np.ndarray, intrinsics: np.ndarray, size: tuple[int, int], rate: Any) -> dict[str, Any]:
    """The camera of a whole clip as plain values: extrinsics float64[T, 4, 4], intrinsics float64[T, 3, 3]."""
    frames = [
        {"frame": index, "extrinsics": outer.tolist(), "intrinsics": inner.tolist()}
        for index, (outer, inner) in enumerate(zip(extrinsics, intrinsics, strict=True))
    ]
    return {"convention": CONVENTION, "width": size[0], "height": size[1], "rate": str(rate), "frames": frames}
