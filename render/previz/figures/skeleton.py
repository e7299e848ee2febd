"""A person's skeleton: how a figure stands, and where each bone is for it. Faces +x, stands on z = 0."""

from dataclasses import dataclass

import numpy as np

from render.previz.solid import pitched, placed

# Heights of the joints as shares of the figure's height, after Drillis and Contini (1966).
KNEE, HIP, SHOULDER, NECK = 0.285, 0.53, 0.818, 0.85


@dataclass(frozen=True)
class Pose:
    """How a figure stands: place and facing in metres and radians, joints in radians (forward positive)."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    facing: float = 0.0
    lean: float = 0.0
    flat: float = 0.0  # the whole body tipped back, for lying
    thighs: tuple[float, float] = (0.0, 0.0)  # left, right
    knees: tuple[float, float] = (0.0, 0.0)  # backwards positive
    arms: tuple[float, float] = (0.03, 0.03)
    elbows: tuple[float, float] = (0.15, 0.15)
    head_turn: float = 0.0  # left positive
    nod: float = 0.0  # down positive


def bone_matrices(height: float, pose: Pose) -> dict[str, np.ndarray]:
    """Each bone's 4×4 transform in the world."""
    h = height
    root = placed(pose.x, pose.y, pose.z, pose.facing)
    if pose.flat:
        root = root @ pitched(-pose.flat, (0, 0, 0))
    torso = root @ pitched(-pose.lean, (0, 0, HIP * h))
    turn = placed(0, 0, 0, pose.head_turn)
    neck = (0.0, 0.0, NECK * h)
    bones = {"pelvis": root, "torso": torso, "head": torso @ turn @ pitched(-pose.nod, neck)}
    for index, name in enumerate(("l", "r")):
        thigh = root @ pitched(pose.thighs[index], (0, 0, HIP * h))
        bones[f"thigh-{name}"] = thigh
        bones[f"shin-{name}"] = thigh @ pitched(-pose.knees[index], (0, 0, KNEE * h))
        arm = torso @ pitched(pose.arms[index], (0, 0, SHOULDER * h))
        bones[f"arm-{name}"] = arm
        bones[f"forearm-{name}"] = arm @ pitched(pose.elbows[index], (0, 0, 0.63 * h))
    return bones
