"""How near and how far a whole shot goes: the range that its depth is stretched over."""

from dataclasses import replace

import numpy as np

from render.previz.compiled import compiled
from render.previz.frames import Tracer
from render.previz.look.tracer import MISS
from render.previz.solid import Solid

LEAST = 1e-2  # metres: what is nearer counts as so near
_EVERY = 8  # pixels between the rays that look for the far end
_FAR = 1e6  # metres, of a plane seen edge on


def depth_range(tracer: Tracer) -> tuple[float, float]:
    """The nearest and the farthest metre of the whole shot along the optical axis; far is inf where the sky is seen.

    Measured on every frame of the shot, handles included, also where the tracer's request asks for a part of it:
    all parts have one range, and no frame has to wait for the last one to be traced. Near is exact, the nearest that
    anything comes within the frame: no pixel is nearer. Far is the farthest that the set is seen along the ray of every
    8th pixel, across and down, people left out.
    """
    request = tracer.rehearsal.request
    if request.frames != request.total:
        whole = request.model_copy(update={"frames": request.total, "offset": 0, "whole": 0})
        tracer = Tracer(replace(tracer.rehearsal, request=whole), tracer.look)
    near, far, before = np.inf, 0.0, None
    for index in range(request.total):
        view = tracer.rehearsal.view(index)
        lens = view.intrinsics(tracer.width, tracer.height)
        if before is None or not view.same(before):  # the set stands still, and so may the camera
            near = min(near, _nearest(tracer.set.solid, view.extrinsics, lens))
            if np.isfinite(far):
                far = max(far, _farthest(tracer, view.position, view.rotation, lens))
            before = view
        people, _ = tracer.people(tracer.rehearsal.action_time(index))
        if people is not None:
            near = min(near, _nearest(people, view.extrinsics, lens))
    near = max(near, LEAST) if np.isfinite(near) else 1.0
    return near, max(far, near * 1.001)


def _nearest(solid: Solid, world: np.ndarray, lens: np.ndarray) -> float:
    """How near anything of a solid comes that is in frame, metres along the axis; inf where nothing is.

    Whatever hides it is nearer still, so that what is hidden need not be told from what is seen.
    """
    # Scaled so that the planes through the eye and the outermost pixels' centres are |x| = z and |y| = z.
    sides = np.array((lens[0, 0] / max(lens[0, 2] - 0.5, 0.25), lens[1, 1] / max(lens[1, 2] - 0.5, 0.25), 1.0))
    local = solid.vertices @ (world[:3, :3].T * sides).astype(np.float32) + (world[:3, 3] * sides).astype(np.float32)
    return float(_clipped(local, solid.faces))


@compiled
def _clipped(vertices: np.ndarray, faces: np.ndarray) -> float:
    """The least z of what of the triangles is within |x| <= z, |y| <= z (Sutherland and Hodgman 1974)."""
    least = np.inf
    here, kept = np.empty((8, 3)), np.empty((8, 3))
    for f in range(len(faces)):
        nearest, left, right, top, bottom = np.inf, 0, 0, 0, 0
        for corner in range(3):
            x, y, z = vertices[faces[f, corner], 0], vertices[faces[f, corner], 1], vertices[faces[f, corner], 2]
            nearest = min(nearest, z)
            left, right, top, bottom = left + (x < -z), right + (x > z), top + (y < -z), bottom + (y > z)
            here[corner, 0], here[corner, 1], here[corner, 2] = x, y, z
        if nearest >= least or 3 in (left, right, top, bottom):
            continue
        count = 3
        for side in range(4):
            axis, sign = side // 2, 1.0 - 2.0 * (side % 2)
            inside = 0
            for i in range(count):
                j = i + 1 if i + 1 < count else 0
                off, off_next = here[i, 2] - sign * here[i, axis], here[j, 2] - sign * here[j, axis]
                if off >= 0:
                    kept[inside] = here[i]
                    inside += 1
                if off * off_next < 0:
                    kept[inside] = here[i] + (here[j] - here[i]) * (off / (off - off_next))
                    inside += 1
            here, kept, count = kept, here, inside
        for i in range(count):
            least = min(least, here[i, 2])
    return least


def _farthest(tracer: Tracer, eye: np.ndarray, rotation: np.ndarray, lens: np.ndarray) -> float:
    """How far off the set is seen, metres along the axis; inf where the sky is."""
    columns, rows = (np.unique([*range(0, size, _EVERY), size - 1]) + 0.5 for size in (tracer.width, tracer.height))
    x, y = np.meshgrid((columns - lens[0, 2]) / lens[0, 0], (rows - lens[1, 2]) / lens[1, 1])
    local = np.column_stack([x.ravel(), y.ravel(), np.ones(x.size)])
    rays = local @ rotation.T  # one metre along the axis
    face = tracer.faces.met(eye, rays.astype(np.float32))
    if (face == MISS).any():
        return np.inf
    normal = tracer.faces.normal[face]
    ahead = (tracer.faces.offset[face] - normal @ eye) / np.einsum("ij,ij->i", normal, rays)
    return float(np.where((ahead > 0) & (ahead < _FAR), ahead, _FAR).max())
