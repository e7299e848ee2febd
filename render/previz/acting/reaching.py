"""What hands do in numbers: how far a deed has come, where its path is, and what is in the way."""

import numpy as np

from render.previz.acting.motion import ease
from render.previz.acting.score import Deed
from render.previz.figures.skeleton import REST, Pose, bone_matrices, point

_NEAREST = 0.10  # shares of the height: no hand comes nearer to its own shoulder


def plateau(share: float) -> float:
    """Up within a quarter, and down within the last."""
    return ease(share / 0.25) * (1 - ease((share - 0.75) / 0.25))


def goal_weight(deed: Deed, time: float) -> float:
    """How far a hand is on its way to its goal: there in the middle of the deed, and back at its end."""
    share = (time - deed.begins) / max(deed.ends - deed.begins, 1e-6)
    if not 0 <= share < 1:
        return 0.0
    if deed.gesture.far:
        return plateau(share)
    return ease(share / 0.45) * (1 - ease((share - 0.58) / 0.42))


def along(path: tuple[tuple[float, float, float, float], ...], share: float) -> tuple[float, float, float]:
    """Where a gesture's path is at a share of its time."""
    before = path[0]
    for stop in path:
        if stop[0] >= share:
            part = ease((share - before[0]) / max(stop[0] - before[0], 1e-6))
            x, y, z = (a + (b - a) * part for a, b in zip(before[1:], stop[1:], strict=True))
            return x, y, z
        before = stop
    return path[-1][1], path[-1][2], path[-1][3]


def offset(height: float, sign: float, start: str, end: str) -> np.ndarray:
    """From one joint to the next at rest, float64[3] metres."""
    return (np.array(REST[end]) - np.array(REST[start])) * (height, sign * height, height)


def on_its_way(start: np.ndarray, end: np.ndarray, share: float, height: float) -> np.ndarray:
    """Where a palm is between two points seen from its shoulder: straight on, but round the shoulder in front."""
    way = end - start
    nearest = start + way * float(np.clip(-(start @ way) / max(float(way @ way), 1e-9), 0.0, 1.0))
    bulge = 1.3 * max(0.16 * height - float(np.linalg.norm(nearest)), 0.0)
    return start + way * share + np.array((4 * share * (1 - share) * bulge, 0.0, 0.0))


def seen_from_shoulder(torso: np.ndarray, goal: np.ndarray, side: int, height: float) -> np.ndarray:
    """A point in the world as seen from a shoulder, in the torso's axes."""
    sign = 1.0 if side == 0 else -1.0
    shoulder = np.array(REST["shoulder"]) * (height, sign * height, height)
    return torso[:3, :3].T @ (goal - torso[:3, 3]) - shoulder


def outside(goal: np.ndarray, sign: float, height: float) -> np.ndarray:
    """The goal, out of the person's own chest and shoulder: seen from the shoulder, in the torso's axes."""
    far = float(np.linalg.norm(goal))
    if far < _NEAREST * height:
        goal = goal * (_NEAREST * height / max(far, 1e-6))
    inward = -sign * goal[1]
    if inward > 0.02 * height and goal[0] < 0.085 * height and goal[2] < 0.02 * height:
        return np.array((0.085 * height, goal[1], goal[2]))
    return goal


def sunk(height: float, pose: Pose) -> float:
    """How far a lying body must be raised for no joint to be in the ground, metres."""
    bones = bone_matrices(height, pose)
    lows = [
        point(height, bones, f"{bone}-{side}", part, left=side == "l")[2] - least * height
        for side in "lr"
        for bone, part, least in (
            ("arm", "elbow", 0.020), ("forearm", "palm", 0.016), ("thigh", "knee", 0.030), ("shin", "ankle", 0.028),
            ("foot", "ball", 0.0), ("foot", "heel", 0.0),
        )
    ]  # fmt: skip
    lows.append(point(height, bones, "head", "neck")[2] - 0.04 * height)
    return max(0.0, -min(lows))
