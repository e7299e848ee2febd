"""Optical flow, worked out and not estimated: where the point of surface under each pixel is one frame later.

A point of the set stays where it is while the camera moves; a point of a person or of what they hold stays on its
triangle, which moves with its bone. The sky is infinitely far. The picture is the colour wheel of Baker et al.
(ICCV 2007), each frame by its own longest arrow as RAFT's ``flow_viz`` and flow_vis have it; as VACE's annotator does
(``vace/annotators/flow.py``), the video begins with its first picture twice, so that it is as long as the clip.
"""

import functools

import numpy as np

from render.previz.compiled import compiled
from render.previz.frames import RehearsalFrame
from render.previz.passes.base import Arrays, Layout, Moment
from render.previz.solid import Solid

GRID = 1024  # flow is rounded to 1/1024 pixel: finer is noise, and does not compress
_LEAST = 1.0  # pixels: a frame that moves less is not stretched to full colour
_STANDS, _GONE = -1, -2  # pixels that show the set, and who is off stage in the next frame
_WHEEL = 257  # samples across the table of the colour wheel


class FlowPass:
    """``flow`` float32[H, W, 2]: how far right and down each pixel's point goes until the next frame, in pixels.

    Forward flow; the last frame has none. ``occluded`` bool[H, W]: the point is hidden or out of frame there; its
    flow is right nevertheless, and 0 only where the point goes behind the camera.
    """

    name = "flow"
    looks_ahead = True
    exact = False
    drawn = True

    def layout(self, width: int, height: int) -> dict[str, Layout]:
        return {"flow": Layout((height, width, 2), np.float32), "occluded": Layout((height, width), np.bool_)}

    def arrays(self, moment: Moment) -> Arrays:
        here, after = moment.here, moment.after
        assert after is not None
        height, width = here.depth.shape
        moved, places = _moved(here, after)
        step = after.extrinsics @ np.linalg.inv(here.extrinsics)
        flow = np.empty((height, width, 2), np.float32)
        occluded = np.empty((height, width), np.bool_)
        lens, lens_after = here.intrinsics, after.intrinsics
        _carried(
            here.depth, after.depth, step, moved.reshape(height, width), places,
            np.array((lens[0, 0], lens[1, 1], lens[0, 2], lens[1, 2])),
            np.array((lens_after[0, 0], lens_after[1, 1], lens_after[0, 2], lens_after[1, 2])),
            flow, occluded,
        )  # fmt: skip
        return {"flow": flow, "occluded": occluded}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        return flow_picture(arrays["flow"])

    def constants(self) -> Arrays:
        return {}


def _moved(here: RehearsalFrame, after: RehearsalFrame) -> tuple[np.ndarray, np.ndarray]:
    """Which pixels show what moves, int32[H · W] rows of the places that they go to, or _STANDS or _GONE.

    Places are float64[M, 3] in the next frame's camera space. The frame knows which triangle each pixel's ray met,
    and where on it: there the point is in the next frame too, when that triangle has moved on.
    """
    moved = np.full(here.depth.size, _STANDS, np.int32)
    now, then, met = here.moving, after.moving, here.met
    if now is None or met is None or not len(met.pixels):
        return moved, np.empty((0, 3))
    later = _same_faces(now, then) if then is not None else np.full(len(now.faces), -1)
    then = then or now
    places = np.empty((len(met.pixels), 3))
    _followed(
        met.pixels, met.face, met.u, met.v, now.vertices, now.faces, then.vertices, then.faces,
        later, here.depth.reshape(-1), here.extrinsics, after.extrinsics, moved, places,
    )  # fmt: skip
    return moved, places


def _same_faces(now: Solid, then: Solid) -> np.ndarray:
    """int64[F]: each face's number in the next frame's solid, or -1 where whose it is has gone."""
    if len(now.faces) == len(then.faces) and (now.entity == then.entity).all():
        return np.arange(len(now.faces))
    found = np.full(len(now.faces), -1)
    for entity in np.unique(now.entity):  # something was picked up or put down between the two
        mine, theirs = np.nonzero(now.entity == entity)[0], np.nonzero(then.entity == entity)[0]
        if len(mine) == len(theirs):
            found[mine] = theirs
    return found


@compiled
def _followed(
    pixels: np.ndarray, face: np.ndarray, us: np.ndarray, vs: np.ndarray, vertices: np.ndarray, faces: np.ndarray,
    vertices_after: np.ndarray, faces_after: np.ndarray, later: np.ndarray, depth: np.ndarray, world: np.ndarray,
    world_after: np.ndarray, moved: np.ndarray, places: np.ndarray,
) -> None:  # fmt: skip
    """Where the point of each pixel's triangle is one frame later, unless the set hides the triangle."""
    for index in range(len(pixels)):
        pixel, f, g = pixels[index], face[index], later[face[index]]
        u, v = np.float64(us[index]), np.float64(vs[index])
        shares = (1.0 - u - v, u, v)
        z = world[2, 3]
        for axis in range(3):
            here = 0.0
            for corner in range(3):
                here += shares[corner] * vertices[faces[f, corner], axis]
            z += world[2, axis] * here
        if not abs(z - depth[pixel]) < 1e-3 + 1e-3 * depth[pixel]:
            continue
        if g < 0:
            moved[pixel] = _GONE
            continue
        for line in range(3):
            places[index, line] = world_after[line, 3]
        for axis in range(3):
            there = 0.0
            for corner in range(3):
                there += shares[corner] * vertices_after[faces_after[g, corner], axis]
            for line in range(3):
                places[index, line] += world_after[line, axis] * there
        moved[pixel] = index


@compiled
def _carried(
    depth: np.ndarray, depth_after: np.ndarray, step: np.ndarray, moved: np.ndarray, places: np.ndarray,
    lens: np.ndarray, lens_after: np.ndarray, flow: np.ndarray, occluded: np.ndarray,
) -> None:  # fmt: skip
    """Carry every pixel's point into the next camera, and see whether it is seen there."""
    height, width = depth.shape
    across = (np.arange(width) + 0.5 - lens[2]) / lens[0]
    for row in range(height):
        v = row + 0.5
        y = (v - lens[3]) / lens[1]
        for column in range(width):
            u, z, follows = column + 0.5, np.float64(depth[row, column]), moved[row, column]
            if follows >= 0:
                x1, y1, z1 = places[follows, 0], places[follows, 1], places[follows, 2]
                away = z1
            else:
                x, far = across[column], 1.0 / z  # 0 for a point at infinity, which turns and does not come nearer
                x1 = step[0, 0] * x + step[0, 1] * y + step[0, 2] + step[0, 3] * far
                y1 = step[1, 0] * x + step[1, 1] * y + step[1, 2] + step[1, 3] * far
                z1 = step[2, 0] * x + step[2, 1] * y + step[2, 2] + step[2, 3] * far
                away = z1 * z
            if z1 <= 1e-3:
                flow[row, column, 0] = flow[row, column, 1] = 0
                occluded[row, column] = True
                continue
            nearness = 1.0 / z1
            u1 = u + np.rint((lens_after[0] * x1 * nearness + lens_after[2] - u) * GRID) / GRID
            v1 = v + np.rint((lens_after[1] * y1 * nearness + lens_after[3] - v) * GRID) / GRID
            flow[row, column, 0], flow[row, column, 1] = u1 - u, v1 - v
            if not (0 <= u1 < width and 0 <= v1 < height):
                occluded[row, column] = True
                continue
            left, right = max(int(u1 + 0.5) - 1, 0), min(int(u1 + 0.5), width - 1)
            top, bottom = max(int(v1 + 0.5) - 1, 0), min(int(v1 + 0.5), height - 1)
            deepest = max(
                depth_after[top, left], depth_after[top, right], depth_after[bottom, left], depth_after[bottom, right]
            )
            occluded[row, column] = follows == _GONE or away > deepest * 1.01 + 0.02


def flow_picture(flow: np.ndarray) -> np.ndarray:
    """Flow float32[H, W, 2] on the colour wheel, uint8[H, W, 3]."""
    import cv2

    longest = float(np.sqrt((flow * flow).sum(axis=2).max()))
    half = (_WHEEL - 1) / 2
    places = (flow * np.float32(half / max(longest, _LEAST)) + np.float32(half)).astype(np.float32)
    return cv2.remap(_wheel(), places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


@functools.cache
def _wheel() -> np.ndarray:
    """The colour wheel as a table, uint8[W, W, 3]: flow -1 … 1 across and down."""
    import flow_vis

    steps = np.linspace(-1, 1, _WHEEL)
    return np.ascontiguousarray(flow_vis.flow_uv_to_colors(*np.meshgrid(steps, steps)))
