"""A person in simple solids, shaped and coloured by the bible's locked words. Faces +x, stands on z = 0."""

import functools
import re
from dataclasses import dataclass

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, finish
from render.previz.solid import Solid, ball, box, join, limb, pitched, placed, tube
from storyboard.hashing import seed_from

# Heights of the joints as shares of the figure's height, after Drillis and Contini (1966).
ANKLE, KNEE, HIP, WAIST, CHEST, SHOULDER, NECK, CHIN, EYES = (
    0.039,
    0.285,
    0.53,
    0.61,
    0.72,
    0.818,
    0.85,
    0.87,
    0.936,
)
HEAD = 0.933

_SKINS = ("#e8bf9f", "#d8a47f", "#c28a62", "#9a6a48", "#7a5038", "#f0cdb2")
_TOPS = [
    "coat",
    "raincoat",
    "oilskin",
    "jacket",
    "parka",
    "robe",
    "dress",
    "gown",
    "cloak",
    "cape",
    "sweater",
    "jumper",
    "pullover",
    "cardigan",
    "shirt",
    "blouse",
]
_TOPS += [
    "t-shirt",
    "tshirt",
    "tee",
    "hoodie",
    "vest",
    "waistcoat",
    "uniform",
    "suit",
    "overalls",
    "apron",
    "top",
    "tunic",
    "cassock",
    "blazer",
    "jersey",
]
_BOTTOMS = ["trousers", "jeans", "pants", "shorts", "skirt", "leggings", "bottoms", "slacks"]
_FEET = ["boots", "shoes", "sneakers", "trainers", "sandals", "heels", "footwear", "wellingtons", "slippers"]
_HATS = [
    "hat",
    "cap",
    "beanie",
    "helmet",
    "hood",
    "bonnet",
    "crown",
    "turban",
    "headscarf",
    "sou'wester",
    "fedora",
    "bowler",
]
_LONG = ["coat", "raincoat", "oilskin", "parka", "trenchcoat", "overcoat", "apron", "cardigan"]
_FULL = ["robe", "dress", "gown", "cloak", "cape", "cassock"]
_ODD_HEADS = ["balloon", "lantern", "pumpkin", "globe", "ball", "bulb", "cube", "box", "television"]
_BUILDS = {
    "slight": 0.86,
    "slim": 0.88,
    "thin": 0.84,
    "average": 1.0,
    "broad": 1.16,
    "heavy": 1.28,
    "stocky": 1.22,
}


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


@dataclass(frozen=True)
class Figure:
    """A built person: solids by bone, and its height in metres."""

    height: float
    parts: tuple[tuple[str, Solid], ...]

    def posed(self, pose: Pose) -> Solid:
        """The figure as one solid, standing as ``pose`` says."""
        bones = bone_matrices(self.height, pose)
        return join([solid.moved(bones[bone]) for bone, solid in self.parts])

    def spheres(self, pose: Pose) -> np.ndarray:
        """A sphere around every part as it stands, x, y, z and radius, float64[P, 4] metres."""
        bones = bone_matrices(self.height, pose)
        rows = []
        for bone, solid in self.parts:
            low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
            centre = bones[bone] @ np.array((*((low + high) / 2), 1.0))
            rows.append((*centre[:3], float(np.linalg.norm(high - low)) / 2))
        return np.array(rows)

    def only(self, kept: tuple[bool, ...]) -> "Figure":
        """The figure with these of its parts."""
        return Figure(self.height, tuple(part for part, keep in zip(self.parts, kept, strict=True) if keep))

    def hand(self, pose: Pose, side: int = 1) -> np.ndarray:
        """Where the palm is, float64[3]; side 0 is the left hand, 1 the right."""
        bones = bone_matrices(self.height, pose)
        sign = 1 if side == 0 else -1
        palm = np.array((0.02 * self.height, sign * 0.142 * self.height, 0.455 * self.height, 1.0))
        return (bones["forearm-l" if side == 0 else "forearm-r"] @ palm)[:3]


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


def _has(text: str, words: list[str] | tuple[str, ...]) -> bool:
    tokens = re.findall(r"[a-z'-]+", text)
    return any(word in tokens for word in words)


def _sort_words(seen: Seen) -> dict[str, str]:
    """The locked words by the part of the body that they are about."""
    parts: dict[str, str] = {}
    for part, words in seen.locked:
        text = f"{words} {part}".lower()
        if part.lower() == "head" or _has(text, _ODD_HEADS):
            parts["head"] = text
        elif _has(text, ("beard", "moustache", "mustache", "stubble")):
            parts["beard"] = text
        elif _has(text, ("glasses", "spectacles", "sunglasses", "goggles")):
            parts["glasses"] = text
        elif _has(text, ("scarf", "shawl", "tie")):
            parts["scarf"] = text
        elif _has(text, _HATS):
            parts["hat"] = text
        elif _has(text, ("hair", "braid", "bun", "ponytail", "bald", "curls", "mohawk")):
            parts["hair"] = text
        elif _has(text, ("skin", "complexion")):
            parts["skin"] = text
        elif _has(text, _FEET):
            parts["feet"] = text
        elif _has(text, _BOTTOMS):
            parts["bottom"] = text
        elif _has(text, _TOPS):
            outer = _has(text, _LONG + _FULL) or _has(text, ("jacket", "cloak"))
            parts["coat" if outer else "top"] = text
    return parts


@functools.lru_cache(maxsize=256)
def build_figure(seen: Seen, entity: int) -> Figure:
    """The figure that the locked words describe; what they leave open follows from the name."""
    chance = np.random.default_rng(seed_from("figure", seen.name))
    h = seen.figure.height if seen.figure else 1.70
    build = _BUILDS.get((seen.figure.build if seen.figure else "average").lower(), 1.0)
    words = _sort_words(seen)
    skin = finish(words.get("skin", ""), _SKINS[int(chance.integers(len(_SKINS)))])
    top_default = ("#7b8794", "#5f7f86", "#8a7c6b", "#6b6f86")[int(chance.integers(4))]
    bottom = finish(words.get("bottom", ""), ("#3c4250", "#4a4238", "#39424a")[int(chance.integers(3))])
    outer = words.get("coat")
    top = finish(outer or words.get("top", ""), top_default)
    parts: list[tuple[str, Solid]] = []
    _legs(parts, h, build, bottom, finish(words.get("feet", ""), "#2d2a29"), words, entity)
    _trunk(parts, h, build, top, bottom, skin, words, entity)
    _arms(parts, h, build, top, skin, entity)
    if "head" in words and _has(words["head"], _ODD_HEADS):
        _odd_head(parts, h, words["head"], entity)
    else:
        _head(parts, h, skin, words, seen, entity)
    return Figure(h, tuple(parts))


def _legs(
    parts: list[tuple[str, Solid]],
    h: float,
    b: float,
    look: Finish,
    shoe: Finish,
    words: dict[str, str],
    entity: int,
) -> None:
    tall = _has(words.get("feet", ""), ("boots", "wellingtons"))
    for name, sign in (("l", 1), ("r", -1)):
        y = sign * 0.052 * h * (0.7 + 0.3 * b)
        parts.append((f"thigh-{name}", limb((0, y, (HIP - 0.02) * h), (0, y, KNEE * h), 0.047 * h * b, look, entity)))
        shin = limb((0, y, KNEE * h), (0, y, 0.06 * h), 0.034 * h * b, look, entity)
        parts.append((f"shin-{name}", shin))
        foot = ball((0.075 * h, 0.029 * h, 0.026 * h), (0.03 * h, y, 0.026 * h), shoe, entity, 7)
        parts.append((f"shin-{name}", foot))
        if tall:
            boot = tube((0, y, 0.02 * h), (0, y, 0.2 * h), 0.043 * h, shoe, entity, top=0.045 * h)
            parts.append((f"shin-{name}", boot))


def _trunk(
    parts: list[tuple[str, Solid]],
    h: float,
    b: float,
    top: Finish,
    bottom: Finish,
    skin: Finish,
    words: dict[str, str],
    entity: int,
) -> None:
    text = words.get("coat") or words.get("top", "")
    wide = 0.108 * h * b
    parts.append(("pelvis", ball((0.07 * h * b, 0.093 * h * b, 0.06 * h), (0, 0, (HIP + 0.01) * h), bottom, entity, 8)))
    chest = tube((0, 0, (WAIST - 0.05) * h), (0, 0, CHEST * h), 0.084 * h * b, top, entity, top=wide, flat=1.0)
    squeeze = np.diag((0.68, 1.0, 1.0, 1.0))
    parts.append(("torso", chest.moved(squeeze)))
    parts.append(("torso", ball((0.072 * h * b, wide * 1.04, 0.085 * h), (0, 0, (CHEST + 0.022) * h), top, entity, 9)))
    for sign in (1, -1):
        shoulder = ball((0.040 * h * b,) * 3, (0, sign * wide * 1.0, (SHOULDER - 0.03) * h), top, entity, 8)
        parts.append(("torso", shoulder))
    slope = ball((0.046 * h * b, 0.094 * h * b, 0.036 * h), (0, 0, 0.806 * h), top, entity, 8)
    parts.append(("torso", slope))
    parts.append(("torso", tube((0, 0, 0.79 * h), (0.006 * h, 0, 0.885 * h), 0.03 * h, skin, entity)))
    hem = 0.12 if _has(text, _FULL) else 0.30 if _has(text, _LONG) else 0.50
    if hem < 0.5 or "coat" in words:
        flare = (0.135 if hem < 0.2 else 0.112 if hem < 0.5 else 0.098) * h * b
        skirt = tube((0, 0, hem * h), (0, 0, (WAIST + 0.02) * h), flare, top, entity, top=0.09 * h * b, detail=18)
        parts.append(("pelvis", skirt.moved(np.diag((0.78, 1.0, 1.0, 1.0)))))
        edge = Finish(tuple(c * 0.55 for c in top.colour), top.shine)  # type: ignore[arg-type]
        front = box((0.006 * h, 0.012 * h, 0.26 * h), (0.074 * h * b, 0, 0.665 * h), edge, entity)
        parts.append(("torso", front))
        collar = tube((0, 0, 0.818 * h), (0.004 * h, 0, 0.862 * h), 0.052 * h, top, entity, top=0.043 * h)
        parts.append(("torso", collar))
    elif _has(words.get("bottom", ""), ("skirt",)):
        skirt = tube((0, 0, 0.3 * h), (0, 0, 0.59 * h), 0.12 * h * b, bottom, entity, top=0.08 * h * b, detail=18)
        parts.append(("pelvis", skirt.moved(np.diag((0.8, 1.0, 1.0, 1.0)))))
    else:
        parts.append(
            (
                "torso",
                tube((0, 0, 0.50 * h), (0, 0, 0.57 * h), 0.088 * h * b, top, entity).moved(
                    np.diag((0.74, 1.0, 1.0, 1.0))
                ),
            )
        )
    if "coat" in words and "top" in words:
        inner = finish(words["top"], "#d8d4c8")
        parts.append(("torso", ball((0.02 * h, 0.034 * h, 0.05 * h), (0.062 * h * b, 0, 0.77 * h), inner, entity, 10)))
    if "scarf" in words:
        scarf = finish(words["scarf"], "#a23b35")
        parts.append(("torso", ball((0.052 * h, 0.056 * h, 0.026 * h), (0.004 * h, 0, 0.846 * h), scarf, entity)))
        parts.append(("torso", box((0.014 * h, 0.04 * h, 0.14 * h), (0.078 * h, 0.02 * h, 0.765 * h), scarf, entity)))


def _arms(parts: list[tuple[str, Solid]], h: float, b: float, top: Finish, skin: Finish, entity: int) -> None:
    for name, sign in (("l", 1), ("r", -1)):
        shoulder, elbow = sign * 0.116 * h * b, sign * 0.136 * h * b
        wrist = sign * 0.142 * h
        upper = limb((0, shoulder, 0.795 * h), (0, elbow, 0.63 * h), 0.034 * h * b, top, entity)
        parts.append((f"arm-{name}", upper))
        lower = limb((0, elbow, 0.63 * h), (0.01 * h, wrist, 0.50 * h), 0.029 * h * b, top, entity)
        parts.append((f"forearm-{name}", lower))
        hand = ball((0.024 * h, 0.017 * h, 0.042 * h), (0.014 * h, wrist, 0.455 * h), skin, entity, 7)
        parts.append((f"forearm-{name}", hand))


def _head(
    parts: list[tuple[str, Solid]], h: float, skin: Finish, words: dict[str, str], seen: Seen, entity: int
) -> None:
    add = lambda solid: parts.append(("head", solid))  # noqa: E731
    dark = Finish((0.012, 0.011, 0.012), 0.6)
    add(ball((0.060 * h, 0.053 * h, 0.068 * h), (0.004 * h, 0, HEAD * h), skin, entity, 13))
    add(ball((0.043 * h, 0.042 * h, 0.036 * h), (0.0165 * h, 0, 0.897 * h), skin, entity, 10))
    add(ball((0.011 * h, 0.0085 * h, 0.014 * h), (0.0635 * h, 0, 0.920 * h), skin, entity, 7))
    add(ball((0.008 * h, 0.0065 * h, 0.020 * h), (0.0585 * h, 0, 0.934 * h), skin, entity, 6))
    lip = Finish(tuple(c * 0.55 for c in skin.colour))  # type: ignore[arg-type]
    add(ball((0.010 * h, 0.0165 * h, 0.0042 * h), (0.0515 * h, 0, 0.8925 * h), lip, entity, 7))
    white = Finish((0.72, 0.71, 0.69), 0.4)
    for sign in (1, -1):
        eye = (0.0505 * h, sign * 0.022 * h, EYES * h)
        add(ball((0.0095 * h, 0.0105 * h, 0.0075 * h), eye, white, entity, 7))
        iris = (0.0565 * h, sign * 0.0215 * h, EYES * h)
        add(ball((0.0052 * h, 0.0054 * h, 0.0058 * h), iris, dark, entity, 6))
        add(ball((0.012 * h, 0.008 * h, 0.018 * h), (0, sign * 0.054 * h, 0.925 * h), skin, entity, 6))
    chance = np.random.default_rng(seed_from("hair", seen.name))
    hairs = ("#2a2320", "#4a3324", "#6b3e26", "#c9a85c", "#8e8a86")
    text = words.get("hair", "")
    age = seen.figure.age if seen.figure and seen.figure.age else 35
    hair = finish(text, "#a8a6a2" if age >= 62 else hairs[int(chance.integers(len(hairs)))])
    if not _has(text, ("bald", "shaved")):
        _hair(add, h, hair, text, entity)
    for sign in (1, -1):
        brow = ball((0.0075 * h, 0.0125 * h, 0.0026 * h), (0.0525 * h, sign * 0.022 * h, 0.9505 * h), hair, entity, 6)
        add(brow)
    if "beard" in words:
        beard = finish(words["beard"], "#6b5a4a")
        if _has(words["beard"], ("moustache", "mustache")):
            add(box((0.014 * h, 0.04 * h, 0.010 * h), (0.056 * h, 0, 0.904 * h), beard, entity))
        else:
            long = 0.05 if _has(words["beard"], ("long", "full")) else 0.03
            add(ball((0.036 * h, 0.045 * h, long * h), (0.026 * h, 0, 0.884 * h), beard, entity, 12))
            add(box((0.014 * h, 0.042 * h, 0.008 * h), (0.056 * h, 0, 0.906 * h), beard, entity))
    if "glasses" in words:
        rim = finish(words["glasses"], "#222222")
        for sign in (1, -1):
            add(box((0.004 * h, 0.034 * h, 0.004 * h), (0.067 * h, sign * 0.024 * h, 0.951 * h), rim, entity))
            add(box((0.004 * h, 0.034 * h, 0.004 * h), (0.067 * h, sign * 0.024 * h, 0.922 * h), rim, entity))
            add(box((0.06 * h, 0.004 * h, 0.005 * h), (0.036 * h, sign * 0.053 * h, 0.942 * h), rim, entity))
            for edge in (0.007, 0.041):
                add(
                    box(
                        (0.004 * h, 0.004 * h, 0.032 * h),
                        (0.067 * h, sign * edge * h, 0.937 * h),
                        rim,
                        entity,
                    )
                )
    if "hat" in words:
        _hat(add, h, words["hat"], entity)


def _hair(add, h: float, hair: Finish, text: str, entity: int) -> None:
    add(ball((0.0655 * h, 0.0585 * h, 0.060 * h), (-0.0085 * h, 0, 0.957 * h), hair, entity, 12))
    if _has(text, ("braid", "plait", "braids", "plaits")):
        for index in range(6):
            size = (0.023 - 0.0018 * index) * h
            at = (-(0.062 + 0.004 * min(index, 2)) * h, 0.0, (0.905 - 0.032 * index) * h)
            add(ball((size * 0.9, size, size), at, hair, entity, 6))
    elif _has(text, ("bun", "chignon", "topknot")):
        add(ball((0.030 * h,) * 3, (-0.062 * h, 0, 0.975 * h), hair, entity, 10))
    elif _has(text, ("ponytail",)):
        add(limb((-0.062 * h, 0, 0.96 * h), (-0.088 * h, 0, 0.84 * h), 0.019 * h, hair, entity))
    elif _has(text, ("long", "flowing", "shoulder-length", "bob")):
        low = 0.86 if _has(text, ("bob",)) else 0.80
        middle = (0.955 + low) / 2
        add(
            ball(
                (0.036 * h, 0.060 * h, (0.955 - low) * 0.62 * h),
                (-0.034 * h, 0, middle * h),
                hair,
                entity,
                14,
            )
        )
    elif _has(text, ("curly", "curls", "afro", "frizzy", "tousled", "messy")):
        big = 0.030 if _has(text, ("afro",)) else 0.021
        for index in range(16):
            angle, ring = index * 2.399, index / 16
            x, y = -0.012 + 0.058 * np.cos(angle) * (1 - 0.4 * ring), 0.056 * np.sin(angle) * (1 - 0.4 * ring)
            add(ball((big * h,) * 3, (x * h, y * h, (0.945 + 0.058 * ring) * h), hair, entity, 8))


def _hat(add, h: float, text: str, entity: int) -> None:
    look = finish(text, "#5b4636")
    if _has(text, ("beanie", "bonnet", "hood", "headscarf", "turban", "helmet")):
        add(ball((0.070 * h, 0.064 * h, 0.055 * h), (-0.004 * h, 0, 0.972 * h), look, entity, 16))
        return
    add(tube((0, 0, 0.965 * h), (-0.004 * h, 0, 1.025 * h), 0.064 * h, look, entity, top=0.052 * h, detail=16))
    if _has(text, ("cap",)):
        add(ball((0.05 * h, 0.045 * h, 0.006 * h), (0.066 * h, 0, 0.969 * h), look, entity, 12))
    else:
        wide = 0.125 if _has(text, ("wide", "brimmed", "straw", "sou'wester", "cowboy")) else 0.098
        add(tube((0, 0, 0.966 * h), (0, 0, 0.972 * h), wide * h, look, entity, detail=20))


def _odd_head(parts: list[tuple[str, Solid]], h: float, text: str, entity: int) -> None:
    look = finish(text, "#e0c040")
    if _has(text, ("cube", "box", "television")):
        parts.append(("head", box((0.16 * h, 0.18 * h, 0.16 * h), (0, 0, 0.93 * h), look, entity)))
        return
    if _has(text, ("lantern", "bulb")):
        look = Finish(look.colour, look.shine, max(look.glow, 0.8))
    parts.append(("head", ball((0.105 * h, 0.105 * h, 0.125 * h), (0, 0, 0.975 * h), look, entity, 24)))
    if _has(text, ("balloon",)):
        knot = tube((0, 0, 0.84 * h), (0, 0, 0.862 * h), 0.018 * h, look, entity, top=0.008 * h)
        parts.append(("head", knot))
