"""Whether near things move farther than far ones: what tells a camera that travels from one that turns or zooms."""

from dataclasses import dataclass

import numpy as np

LEAST = 14  # points
_ROUNDS = 5
_SURE = 0.15  # pixels that a point may lie off with nothing wrong


@dataclass(frozen=True)
class Parallax:
    """What of a picture's motion no similarity is, and depth explains.

    ``size`` is how large it is, ``came`` how much of it a take shows, in squared widths of the frame, summed over
    stretches of the take; ``moved`` and ``picture`` are the same of the similarity itself.
    """

    size: float = 0.0
    came: float = 0.0
    picture: float = 0.0
    moved: float = 0.0

    def __add__(self, other: "Parallax") -> "Parallax":
        return Parallax(
            self.size + other.size, self.came + other.came, self.picture + other.picture, self.moved + other.moved
        )

    @property
    def widths(self) -> float:
        """How far near things move beside far ones, in widths of the frame."""
        return float(np.sqrt(self.size))

    @property
    def amount(self) -> float:
        """How much of the picture's motion came."""
        return self.moved / self.picture if self.picture > 0 else 0.0

    @property
    def share(self) -> float:
        """How much of the parallax came, of so much motion as came: 1 as a travelling camera, 0 as one that turns."""
        return self.came / self.size / self.amount if self.size > 0 and self.amount > 0 else 0.0


NONE = Parallax()


def similarities(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How points at ``x``, ``y`` float[P] go by a shift across, a shift down, a scale and a turn, float64[2P, 4]."""
    base = np.zeros((2 * len(x), 4))
    base[::2] = np.stack([np.ones_like(x), np.zeros_like(x), x, -y], axis=1)
    base[1::2] = np.stack([np.zeros_like(x), np.ones_like(x), y, x], axis=1)
    return base


def parallax_of(
    points: np.ndarray, taken: np.ndarray, expected: np.ndarray, depth: np.ndarray, width: int, height: int
) -> tuple[Parallax, Parallax]:
    """The parallax that was rehearsed, and what there would be if the camera travelled instead of turning.

    ``points``, ``taken`` and ``expected`` float[P, 2] are places and displacements in pixels, ``depth`` float[P] is
    in metres.
    Were the same picture made by travelling, every displacement would go with the inverse depth.
    """
    if len(points) < LEAST:
        return NONE, NONE
    x, y = (points[:, 0] - width / 2) / width, (points[:, 1] - height / 2) / width
    base = similarities(x, y)
    told, asked = (np.asarray(each, float).reshape(-1) / width for each in (taken, expected))
    near = 1 / np.maximum(depth, 0.05)
    travelled = asked * np.repeat(near / max(float(np.median(near)), 1e-6), 2)
    ways = np.column_stack([base, asked, travelled])
    weight = np.ones(len(points))
    # Who walks through the place, and what was lost and found elsewhere, goes with none of these.
    for _ in range(_ROUNDS):
        root = np.repeat(np.sqrt(weight), 2)
        away = np.hypot(
            *(told - ways @ np.linalg.lstsq(ways * root[:, None], told * root, rcond=None)[0]).reshape(-1, 2).T
        )
        spread = max(1.4826 * float(np.median(away)), _SURE / width)
        weight = np.clip(1 - (away / (4.0 * spread)) ** 2, 0, 1) ** 2
    if np.count_nonzero(weight > 0.05) < LEAST:
        return NONE, NONE
    root = np.repeat(np.sqrt(weight / weight.sum()), 2)
    plain = base * root[:, None]
    moves = np.stack([told, asked, travelled], axis=1) * root[:, None]
    similar = plain @ np.linalg.lstsq(plain, moves, rcond=None)[0]
    rest = moves - similar
    # What only a turn does to the edges of a picture is no parallax.
    square = float(rest[:, 1] @ rest[:, 1])
    other = rest[:, 2] - rest[:, 1] * (float(rest[:, 1] @ rest[:, 2]) / square if square > 1e-12 else 0.0)
    picture, moved = float(similar[:, 1] @ similar[:, 1]), float(similar[:, 0] @ similar[:, 1])
    return (
        Parallax(square, float(rest[:, 0] @ rest[:, 1]), picture, moved),
        Parallax(float(other @ other), float(rest[:, 0] @ other), picture, moved),
    )
