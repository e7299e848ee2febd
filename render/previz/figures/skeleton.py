"""A person's skeleton: how a figure stands, and where each bone is for it. Faces +x, stands on z = 0."""

from dataclasses import dataclass

import numpy as np

# Heights of the joints as shares of the figure's height, after Drillis and Contini (1966); the shoulder is where the
# upper arm turns in its sleeve.
ANKLE, KNEE, HIP, SHOULDER, NECK = 0.045, 0.285, 0.53, 0.785, 0.85
ELBOW, WRIST, PALM = 0.63, 0.485, 0.455

# Where the joints and the face's points are at rest on the left side, x, y, z as shares of the height.
REST: dict[str, tuple[float, float, float]] = {
    "nose": (0.0675, 0.0, 0.9155),
    "neck": (0.0, 0.0, 0.825),
    "shoulder": (0.0, 0.104, SHOULDER),
    "elbow": (0.0, 0.128, ELBOW),
    "wrist": (0.010, 0.138, WRIST),
    "palm": (0.020, 0.142, PALM),
    "knuckle": (0.015, 0.142, PALM),
    "hip": (0.0, 0.050, HIP),
    "knee": (0.0, 0.050, KNEE),
    "ankle": (-0.004, 0.050, ANKLE),
    "ball": (0.062, 0.050, 0.0),
    "heel": (-0.034, 0.050, 0.0),
    "eye": (0.0480, 0.0214, 0.936),
    "ear": (-0.004, 0.0505, 0.926),
}

# The key points of OpenPose's COCO model in its order (Cao et al. 2017), with the bone that carries each.
KEYPOINTS: tuple[tuple[str, str, str], ...] = (
    ("nose", "head", "nose"),
    ("neck", "torso", "neck"),
    ("right_shoulder", "torso", "shoulder"),
    ("right_elbow", "arm-r", "elbow"),
    ("right_wrist", "forearm-r", "wrist"),
    ("left_shoulder", "torso", "shoulder"),
    ("left_elbow", "arm-l", "elbow"),
    ("left_wrist", "forearm-l", "wrist"),
    ("right_hip", "pelvis", "hip"),
    ("right_knee", "thigh-r", "knee"),
    ("right_ankle", "shin-r", "ankle"),
    ("left_hip", "pelvis", "hip"),
    ("left_knee", "thigh-l", "knee"),
    ("left_ankle", "shin-l", "ankle"),
    ("right_eye", "head", "eye"),
    ("left_eye", "head", "eye"),
    ("right_ear", "head", "ear"),
    ("left_ear", "head", "ear"),
)

Pair = tuple[float, float]  # left, right
NONE: Pair = (0.0, 0.0)


@dataclass(frozen=True)
class Pose:
    """How a figure stands: place and facing in metres and radians, joints in radians (forward positive).

    A limb turns about its own axis first (``rolls``, ``spins``: inwards positive), then to the side (``spread``,
    ``splay``: outwards positive), then forwards.
    """

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0  # the whole body raised, metres: below 0 the hips are lower than when standing
    facing: float = 0.0
    flat: float = 0.0  # the whole body tipped about the hips, backwards negative, for lying
    lean: float = 0.0
    side: float = 0.0  # the trunk bent to the left
    twist: float = 0.0  # the trunk turned to the left
    thighs: Pair = NONE
    splay: Pair = NONE
    spins: Pair = NONE
    knees: Pair = (0.0, 0.0)  # backwards positive
    ankles: Pair = NONE  # toes up positive
    foot_rolls: Pair = NONE
    foot_turns: Pair = NONE
    arms: Pair = (0.03, 0.03)
    spread: Pair = (0.03, 0.03)
    rolls: Pair = NONE
    elbows: Pair = (0.15, 0.15)
    wrists: Pair = NONE
    hands: Pair = (0.15, 0.15)  # how far the fingers close, 0 to 1
    head_turn: float = 0.0  # left positive
    nod: float = 0.0  # down positive
    tilt: float = 0.0  # to the left shoulder positive
    eyes_turn: float = 0.0  # left positive
    eyes_nod: float = 0.0  # down positive
    mouth: float = 0.0  # how far it is open, 0 to 1
    blink: float = 0.0  # how far the lids are closed, 0 to 1


def turned(fore: float, aside: float, about: float) -> np.ndarray:
    """The turn of a limb that hangs down: about its axis, to +y, then forwards. float64[3, 3]."""
    cf, sf, ca, sa, ct, st = np.cos(fore), np.sin(fore), np.cos(aside), np.sin(aside), np.cos(about), np.sin(about)
    return np.array(
        (
            (cf * ct - sf * sa * st, -cf * st - sf * sa * ct, -sf * ca),
            (ca * st, ca * ct, -sa),
            (sf * ct + cf * sa * st, -sf * st + cf * sa * ct, cf * ca),
        )
    )


def angles_of(turn: np.ndarray) -> tuple[float, float, float]:
    """The three angles that ``turned`` makes this turn of."""
    aside = float(np.arcsin(np.clip(-turn[1, 2], -1.0, 1.0)))
    return float(np.arctan2(-turn[0, 2], turn[2, 2])), aside, float(np.arctan2(turn[1, 0], turn[1, 1]))


def _about(turn: np.ndarray, x: float, y: float, z: float) -> np.ndarray:
    """A 4×4 turn about a point."""
    matrix = np.eye(4)
    matrix[:3, :3] = turn
    at = np.array((x, y, z))
    matrix[:3, 3] = at - turn @ at
    return matrix


def trunk_matrices(height: float, pose: Pose) -> tuple[np.ndarray, np.ndarray]:
    """The 4×4 transforms of the pelvis and of the torso in the world."""
    h = height
    c, s = np.cos(pose.facing), np.sin(pose.facing)
    root = np.array(((c, -s, 0, pose.x), (s, c, 0, pose.y), (0, 0, 1, pose.z), (0, 0, 0, 1)), np.float64)
    if pose.flat:
        root = root @ _about(turned(-pose.flat, 0.0, 0.0), 0.0, 0.0, HIP * h)
    return root, root @ _about(turned(-pose.lean, pose.side, pose.twist), 0.0, 0.0, HIP * h)


def bone_matrices(height: float, pose: Pose) -> dict[str, np.ndarray]:
    """Each bone's 4×4 transform in the world.

    The bones are pelvis, torso, head, jaw, and for each side l and r: eye, thigh, shin, foot, arm, forearm, hand,
    fingers.
    """
    h = height
    root, torso = trunk_matrices(h, pose)
    head = torso @ _about(turned(-pose.nod, -pose.tilt, pose.head_turn), 0.0, 0.0, NECK * h)
    jaw = head.copy()
    jaw[:3, 3] -= head[:3, 2] * (0.010 * h * pose.mouth)
    bones = {"pelvis": root, "torso": torso, "head": head, "jaw": jaw}
    for index, (name, sign) in enumerate((("l", 1.0), ("r", -1.0))):

        def joint(part: str, turn: np.ndarray, sign: float = sign) -> np.ndarray:
            x, y, z = REST[part]
            return _about(turn, x * h, sign * y * h, z * h)

        eye = turned(-pose.eyes_nod, 0.0, pose.eyes_turn)
        bones[f"eye-{name}"] = head @ joint("eye", eye)
        thigh = root @ joint("hip", turned(pose.thighs[index], sign * pose.splay[index], -sign * pose.spins[index]))
        shin = thigh @ joint("knee", turned(-pose.knees[index], 0.0, 0.0))
        foot = turned(pose.ankles[index], sign * pose.foot_rolls[index], sign * pose.foot_turns[index])
        bones[f"thigh-{name}"] = thigh
        bones[f"shin-{name}"] = shin
        bones[f"foot-{name}"] = shin @ joint("ankle", foot)
        arm = torso @ joint("shoulder", turned(pose.arms[index], sign * pose.spread[index], -sign * pose.rolls[index]))
        forearm = arm @ joint("elbow", turned(pose.elbows[index], 0.0, 0.0))
        hand = forearm @ joint("wrist", turned(pose.wrists[index], 0.0, 0.0))
        bones[f"arm-{name}"] = arm
        bones[f"forearm-{name}"] = forearm
        bones[f"hand-{name}"] = hand
        bones[f"fingers-{name}"] = hand @ joint("knuckle", turned(0.0, -sign * 1.7 * pose.hands[index], 0.0))
    return bones


def point(height: float, bones: dict[str, np.ndarray], bone: str, part: str, *, left: bool = True) -> np.ndarray:
    """Where a point of ``REST`` is that a bone carries, float64[3] in the world."""
    x, y, z = REST[part]
    return (bones[bone] @ np.array((x * height, (y if left else -y) * height, z * height, 1.0)))[:3]


def joints(height: float, pose: Pose) -> dict[str, np.ndarray]:
    """The 18 key points of OpenPose's COCO model in its order, each float64[3], metres in the world."""
    bones = bone_matrices(height, pose)
    return {name: point(height, bones, bone, part, left=not name.startswith("right")) for name, bone, part in KEYPOINTS}
