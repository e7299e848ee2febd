"""A person in simple solids, shaped and coloured by the bible's locked words. Faces +x, stands on z = 0."""

import functools
from dataclasses import dataclass

import numpy as np

from characters.seen import Seen
from render.previz.colours import finish
from render.previz.figures.body import arms, legs, trunk
from render.previz.figures.head import head_parts, odd_head
from render.previz.figures.skeleton import Pose, bone_matrices
from render.previz.figures.words import ODD_HEADS, has, sorted_words
from render.previz.solid import Solid, join
from storyboard.hashing import seed_from

_SKINS = ("#e8bf9f", "#d8a47f", "#c28a62", "#9a6a48", "#7a5038", "#f0cdb2")
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


@functools.lru_cache(maxsize=256)
def build_figure(seen: Seen, entity: int) -> Figure:
    """The figure that the locked words describe; what they leave open follows from the name."""
    chance = np.random.default_rng(seed_from("figure", seen.name))
    h = seen.figure.height if seen.figure else 1.70
    build = _BUILDS.get((seen.figure.build if seen.figure else "average").lower(), 1.0)
    words = sorted_words(seen)
    flesh = finish(words.get("skin", ""), _SKINS[int(chance.integers(len(_SKINS)))])
    top_default = ("#7b8794", "#5f7f86", "#8a7c6b", "#6b6f86")[int(chance.integers(4))]
    bottom = finish(words.get("bottom", ""), ("#3c4250", "#4a4238", "#39424a")[int(chance.integers(3))])
    top = finish(words.get("coat") or words.get("top", ""), top_default)
    shoe = finish(words.get("feet", ""), "#2d2a29")
    parts = legs(h, build, bottom, shoe, words, entity, top)
    parts += trunk(h, build, top, bottom, flesh, words, entity)
    parts += arms(h, build, top, flesh, entity)
    if "head" in words and has(words["head"], ODD_HEADS):
        heads = odd_head(h, words["head"], entity)
    else:
        heads = head_parts(h, flesh, words, seen, entity)
    return Figure(h, tuple(parts + [("head", solid) for solid in heads]))
