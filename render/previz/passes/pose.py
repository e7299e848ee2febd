"""Poses: 18 key points of each person where the camera sees them, drawn as pose control models are trained on."""

import numpy as np

from render.previz.acting.actor import Actor
from render.previz.figures import words
from render.previz.figures.beasts import beast_of
from render.previz.figures.skeleton import joints
from render.previz.passes.base import Arrays, Layout, Moment
from render.previz.passes.openpose import FACE, POINTS, draw_bodies
from render.previz.rehearsal import Rehearsal

# How far inside its own body a key point lies at most, as a share of the figure's height: what is seen nearer than
# that is something else. Points of the face lie on the skin, so that a head seen from behind hides them.
_INSIDE = {"neck": 0.10, "hip": 0.17, "shoulder": 0.10, "knee": 0.09, "ankle": 0.08, "elbow": 0.08, "wrist": 0.07}
_ON_SKIN = 0.035


class PosePass:
    """``keypoints`` float32[P, 18, 3]: x and y in pixels and how it is seen; ``drawn`` bool[P, 18].

    One row for each of ``people``, in the order of the COCO model that OpenPose draws (``points``). Seen as COCO has
    it: 2 seen, 1 hidden, 0 out of frame. ``drawn`` are the points of the picture: what is seen, and what only the
    person's own body hides, as detectors find it too; but no face from behind, and none on a balloon. Animals are
    left out: the model's skeleton is a human one, and a control model would make a person of a dog that wears it.
    """

    name = "pose"
    looks_ahead = False
    exact = True
    drawn = True

    def __init__(self, rehearsal: Rehearsal) -> None:
        ids = {name: number for number, name in rehearsal.names.items()}
        hidden = rehearsal.request.camera.pov_of
        self._people = [
            (ids[actor.seen.name], actor)
            for actor in rehearsal.actors
            if actor.seen.name != hidden and beast_of(actor.seen) is None  # type: ignore[arg-type]
        ]
        self._faceless = np.array([_faceless(actor) for _, actor in self._people], bool)
        self._size = (rehearsal.request.width, rehearsal.request.height)

    def layout(self, width: int, height: int) -> dict[str, Layout]:  # noqa: ARG002
        people = len(self._people)
        return {"keypoints": Layout((people, 18, 3), np.float32), "drawn": Layout((people, 18), np.bool_)}

    def arrays(self, moment: Moment) -> Arrays:
        time = moment.tracer.rehearsal.action_time(moment.index)
        keypoints = np.zeros((len(self._people), 18, 3), np.float32)
        drawn = np.zeros((len(self._people), 18), bool)
        for row, (entity, actor) in enumerate(self._people):
            if actor.is_off(time):
                continue
            places = np.array(list(joints(actor.height, actor.pose(time)).values()))
            keypoints[row], drawn[row] = _seen(places, actor.height, entity, moment)
            if self._faceless[row]:
                keypoints[row, FACE, 2] = 0
                drawn[row, FACE] = False
        return {"keypoints": keypoints, "drawn": drawn}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        return draw_bodies(self._size, arrays["keypoints"][..., :2], arrays["drawn"])

    def constants(self) -> Arrays:
        people = [actor.seen.name for _, actor in self._people]
        return {
            "people": np.array(people, "U" if people else "U1"),
            "entities": np.array([entity for entity, _ in self._people], np.uint16),
            "points": np.array(POINTS),
        }


def _seen(places: np.ndarray, tall: float, entity: int, moment: Moment) -> tuple[np.ndarray, np.ndarray]:
    """Key points float64[18, 3] in the world as the frame shows them: float32[18, 3], and which to draw, bool[18]."""
    here = moment.here
    height, width = here.depth.shape
    local = places @ here.extrinsics[:3, :3].T + here.extrinsics[:3, 3]
    ahead = local[:, 2] > 0.05
    z = np.where(ahead, local[:, 2], 1.0)
    u = here.intrinsics[0, 0] * local[:, 0] / z + here.intrinsics[0, 2]
    v = here.intrinsics[1, 1] * local[:, 1] / z + here.intrinsics[1, 2]
    framed = ahead & (u >= 0) & (u < width) & (v >= 0) & (v < height)
    column, row = (np.where(framed, at, 0).astype(int) for at in (u, v))
    inside = np.array([_INSIDE.get(name.split()[-1], _ON_SKIN) for name in POINTS]) * tall
    clear = here.depth[row, column] > z - inside
    own = here.ids[row, column] == entity
    body = np.array([index not in FACE for index in range(len(POINTS))])
    found = np.zeros((len(POINTS), 3), np.float32)
    found[:, 0], found[:, 1] = np.where(ahead, u, 0), np.where(ahead, v, 0)
    found[:, 2] = np.where(framed, np.where(clear, 2, 1), 0)
    return found, framed & (clear | (own & body))


def _faceless(actor: Actor) -> bool:
    if (odd := getattr(words, "has_odd_head", None)) is not None:
        return odd(actor.seen)
    said = getattr(words, "sorted_words")(actor.seen)  # noqa: B009
    return words.has(said.get("head", ""), getattr(words, "ODD_HEADS"))  # noqa: B009
