"""What a framing is measured on: where a person's crown, eyes, chest, knees are as they stand, sit or lie."""

from dataclasses import dataclass

import numpy as np

from render.previz.acting.actor import Actor
from render.previz.figures.face import EYES
from render.previz.figures.figure import build_figure
from render.previz.figures.skeleton import HIP, KNEE, NECK, SHOULDER, bone_matrices
from render.previz.solid import Solid
from storyboard.camera import ShotSize

_CHIN = 0.868


def directions() -> np.ndarray:
    """Unit vectors to all sides, float32[26, 3]."""
    steps = np.array([(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) != (0, 0, 0)])
    return (steps / np.linalg.norm(steps, axis=1, keepdims=True)).astype(np.float32)


ALL_ROUND = directions()


def outermost(points: np.ndarray) -> np.ndarray:
    """The points that stand out to some side, float64[K, 3]."""
    return points[np.unique(np.argmax(points @ ALL_ROUND.T, axis=0))].astype(np.float64)


@dataclass(frozen=True)
class Body:
    """One person at one moment. Points are float64[3] in metres."""

    name: str
    height: float  # of the person, standing
    facing: float  # which way they face for most of the shot
    bones: dict[str, np.ndarray]
    crown: np.ndarray  # the top of the head on its axis, with what is on it
    solid: Solid  # as posed
    skull: np.ndarray  # what of the head, with hair and hat, stands out to all sides, float64[K, 3]

    def at(self, share: float) -> np.ndarray:
        """The point on the body's axis that is at ``share`` of the height when the person stands."""
        point = np.array((0.0, 0.0, share * self.height, 1.0))
        if share >= NECK:
            return (self.bones["head"] @ point)[:3]
        if share >= HIP:
            return (self.bones["torso"] @ point)[:3]
        bone = "thigh" if share >= KNEE else "shin"
        return ((self.bones[f"{bone}-l"] @ point + self.bones[f"{bone}-r"] @ point) / 2)[:3]

    @property
    def eyes(self) -> np.ndarray:
        return self.at(EYES)

    @property
    def face(self) -> np.ndarray:
        """The middle of the face: a little before the head's axis."""
        return self.at(0.91) + self.bones["head"][:3, 0] * (0.03 * self.height)

    @property
    def head(self) -> np.ndarray:
        """Points that must be seen for the face to be seen, float64[6, 3]."""
        aside = self.bones["head"][:3, 1] * (0.025 * self.height)
        top = 0.75 * self.crown + 0.25 * self.eyes
        return np.stack([self.eyes, self.at(_CHIN), top, self.face, self.face + aside, self.face - aside])

    @property
    def trunk(self) -> np.ndarray:
        """Shoulders and chest, float64[4, 3]."""
        across = 0.09 * self.height
        shoulders = [
            (self.bones["torso"] @ np.array((0, sign * across, SHOULDER * self.height, 1)))[:3] for sign in (1, -1)
        ]
        return np.stack([*shoulders, self.at(0.72), self.at(0.6)])

    @property
    def lies(self) -> bool:
        """Whether they lie: the head is hardly higher than the hips."""
        return float(self.bones["head"][2, 2]) < 0.5

    def low(self, size: ShotSize, share: float) -> np.ndarray:
        """The lowest points that a size shows, float64[K, 3]: on the body's axis, or all of the body."""
        if size in (ShotSize.FS, ShotSize.WS, ShotSize.EWS):
            return outermost(self.solid.vertices)
        return self.at(max(share, 0.0))[None]


def body_of(actor: Actor, time: float, facing: float) -> Body:
    """A person as they are at ``time`` seconds, of a shot in which they mostly face ``facing``."""
    figure = build_figure(actor.seen, 0)  # type: ignore[arg-type]
    pose = actor.pose(time)
    bones = bone_matrices(figure.height, pose)
    top = max(float(solid.vertices[:, 2].max()) for bone, solid in figure.parts if bone == "head")
    crown = (bones["head"] @ np.array((0.0, 0.0, top, 1.0)))[:3]
    skull = np.concatenate([solid.moved(bones[bone]).vertices for bone, solid in figure.parts if bone == "head"])
    return Body(actor.seen.name, actor.height, facing, bones, crown, figure.posed(pose), outermost(skull))
