"""A built figure and how its surfaces follow the bones: rigid parts, cloth that bends at waist and knees, eyes, lids."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from render.previz.figures.skeleton import HIP, KNEE, Pose, bone_matrices, point, turned
from render.previz.solid import Solid, join

Part = tuple[str, Solid]  # (bone, solid)


def _smooth(value: np.ndarray) -> np.ndarray:
    share = np.clip(value, 0.0, 1.0)
    return share * share * (3 - 2 * share)


def _waist(at: np.ndarray) -> np.ndarray:
    up = _smooth((at[:, 2] - (HIP - 0.02)) / 0.10)
    return np.stack([1 - up, up], -1)


def _skirt(at: np.ndarray) -> np.ndarray:
    hip = _smooth((at[:, 2] - (HIP - 0.10)) / 0.13)
    shin = _smooth((KNEE + 0.03 - at[:, 2]) / 0.07)
    left = _smooth(0.5 + at[:, 1] / 0.13)
    thigh = (1 - hip) * (1 - shin)
    low = (1 - hip) * shin
    return np.stack([hip, thigh * left, thigh * (1 - left), low * left, low * (1 - left)], -1)


# Cloth that several bones share: which, and how much of each at a point (in shares of the height), float[V, B].
_SHARED: dict[str, tuple[tuple[str, ...], Callable[[np.ndarray], np.ndarray]]] = {
    "waist": (("pelvis", "torso"), _waist),
    "skirt": (("pelvis", "thigh-l", "thigh-r", "shin-l", "shin-r"), _skirt),
}  # linear blend skinning (Magnenat-Thalmann et al. 1988)
_LID = 1.05  # radians that a lid turns when it closes


@dataclass(frozen=True, eq=False)
class Figure:
    """A built figure: solids by bone, and its height in metres.

    ``eye`` is the middle of the left eyeball in shares of the height, ``mouth`` how high the lips meet; ``skeleton`` says where the bones are.
    """

    height: float
    parts: tuple[Part, ...]
    eye: tuple[float, float, float] = (0.0435, 0.0212, 0.936)
    mouth: float = 0.8962  # height of the line between the lips
    skeleton: Callable[[float, Pose], dict[str, np.ndarray]] = bone_matrices

    def bones(self, pose: Pose) -> dict[str, np.ndarray]:
        """Each bone's 4×4 transform in the world, eyes and lids about the figure's own eyeballs."""
        bones = self.skeleton(self.height, pose)
        head = bones["head"]
        gape = np.eye(4)  # the dark of the mouth: no higher than the mouth is open
        gape[2, 2], gape[2, 3] = pose.mouth, (1 - pose.mouth) * self.mouth * self.height
        bones["gape"] = head @ gape
        for name, sign in (("l", 1.0), ("r", -1.0)):
            at = np.array((self.eye[0], sign * self.eye[1], self.eye[2])) * self.height
            for bone, turn in (
                (f"eye-{name}", turned(-pose.eyes_nod, 0.0, pose.eyes_turn)),
                (f"lid-{name}", turned(-_LID * pose.blink - 0.35 * min(max(pose.eyes_nod, 0.0), 0.6), 0.0, 0.0)),
            ):
                matrix = np.eye(4)
                matrix[:3, :3], matrix[:3, 3] = turn, at - turn @ at
                bones[bone] = head @ matrix
        return bones

    def posed(self, pose: Pose) -> Solid:
        """The figure as one solid, standing as ``pose`` says."""
        bones = self.bones(pose)
        vertices, normals = np.empty_like(self._whole.vertices), np.empty_like(self._whole.normals)
        for run, weights, (bone, _) in zip(self._runs, self._weights, self.parts, strict=True):
            moved = _moved(self._whole.vertices[run], self._whole.normals[run], bone, weights, bones)
            vertices[run], normals[run] = moved
        return replace(self._whole, vertices=vertices, normals=normals)

    @cached_property
    def _whole(self) -> Solid:
        return join([solid for _, solid in self.parts])

    @cached_property
    def _runs(self) -> list[slice]:
        ends = np.cumsum([0, *(len(solid.vertices) for _, solid in self.parts)])
        return [slice(int(a), int(b)) for a, b in itertools.pairwise(ends)]

    @cached_property
    def _weights(self) -> list[np.ndarray | None]:
        return [
            _SHARED[bone][1](solid.vertices / self.height).astype(np.float32) if bone in _SHARED else None
            for bone, solid in self.parts
        ]

    def spheres(self, pose: Pose) -> np.ndarray:
        """A sphere around every part as it stands, x, y, z and radius, float64[P, 4] metres."""
        bones = self.bones(pose)
        rows = []
        for (bone, solid), weights in zip(self.parts, self._weights, strict=True):
            if weights is not None:
                moved, _ = _moved(solid.vertices, solid.normals, bone, weights, bones)
                low, high = moved.min(axis=0), moved.max(axis=0)
                centre = (low + high) / 2
            else:
                low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
                centre = (bones[bone] @ np.array((*((low + high) / 2), 1.0)))[:3]
            rows.append((*centre, float(np.linalg.norm(high - low)) / 2))
        return np.array(rows)

    def only(self, kept: tuple[bool, ...]) -> "Figure":
        """The figure with these of its parts."""
        return replace(self, parts=tuple(part for part, keep in zip(self.parts, kept, strict=True) if keep))

    def hand(self, pose: Pose, side: int = 1) -> np.ndarray:
        """Where the palm is, float64[3]; side 0 is the left hand, 1 the right."""
        bones = self.skeleton(self.height, pose)
        return point(self.height, bones, "forearm-r" if side else "forearm-l", "palm", left=not side)


def _moved(
    vertices: np.ndarray, normals: np.ndarray, bone: str, weights: np.ndarray | None, bones: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    if weights is None:
        matrix = bones[bone].astype(np.float32)
        return vertices @ matrix[:3, :3].T + matrix[:3, 3], normals @ matrix[:3, :3].T
    matrices = np.stack([bones[name] for name in _SHARED[bone][0]]).astype(np.float32)
    blended = np.einsum("vb,bij->vij", weights, matrices[:, :3])
    placed = np.einsum("vij,vj->vi", blended[..., :3], vertices) + blended[..., 3]
    turned_normals = np.einsum("vij,vj->vi", blended[..., :3], normals)
    length = np.maximum(np.linalg.norm(turned_normals, axis=1, keepdims=True), 1e-9)
    return placed, turned_normals / length
