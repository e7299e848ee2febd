"""How the picture moves: points of the place tracked through a take, beside where the rehearsal takes them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from director.checks.parallax import NONE, Parallax, parallax_of, similarities
from director.checks.registration import Laid

if TYPE_CHECKING:
    from render.previz.expectation import Expectation, Look

POINTS = 110  # tracked at a time
LEAST = 14  # with fewer points than this a step is not known
_WINDOW, _LEVELS = 15, 3
_LEAP = 0.05  # of the frame's width from one frame to the next: more than a point can be followed
_AGREE, _LOOSE = 0.5, 1.5  # share of points that go together at least, and how many pixels they may lie apart
_STIFF = 0.004  # squared widths: points that stand closer together tell little of scale and turn
_GRAIN = 1.3  # pixels
_ENOUGH = 20  # points, so that none of worse quality is asked for
_QUALITIES = (0.04, 0.015, 0.006)  # of corners, against the best in the picture
_RIM = 5  # pixels
_TREMOR = 0.35  # seconds: what is quicker is no move
_FAR = 1e4  # metres: the sky
_EDGE = 0.02  # of the frame's width around people in which no point of the place is looked for


@dataclass(frozen=True, eq=False)
class Motion:
    """The camera's path in the picture, of a take and of its rehearsal, seen on the same points.

    ``taken`` and ``expected`` float64[F, 4]: how far the place has moved since the first frame: to the right and down
    in widths of the frame, log of the scale, and turn in radians clockwise; the least-squares similarity of points
    tracked after Lucas and Kanade (1981). ``known`` bool[F − 1]: whether the step to the next frame could be seen.
    ``parallax`` is what near things move farther than far ones, of what was rehearsed; ``travelled`` the same of what
    there would be if the rehearsed camera travelled instead of turning or zooming.
    """

    taken: np.ndarray
    expected: np.ndarray
    known: np.ndarray
    reach: float  # mean squared distance from the middle of the frame, in squared widths
    parallax: Parallax = NONE
    travelled: Parallax = NONE

    def size(self, path: np.ndarray) -> np.ndarray:
        """How far the picture moves on the whole, in widths of the frame, for similarities float64[..., 4]."""
        return np.sqrt(self.dot(path, path))

    def dot(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """The inner product in which ``size`` is the length: squared widths of the frame."""
        both = one * other
        return both[..., 0] + both[..., 1] + self.reach * (both[..., 2] + both[..., 3])

    def length(self, path: np.ndarray) -> float:
        """The root mean square of ``size`` over a path, float64[F, 4]: widths of the frame."""
        return float(np.sqrt(np.mean(self.dot(path, path)))) if len(path) else 0.0

    @property
    def share(self) -> float:
        """How much of the take could be seen."""
        return float(np.mean(self.known)) if len(self.known) else 0.0


def motion_of(grey: np.ndarray, expected: "Expectation", laid: "tuple[Laid, ...]") -> Motion:
    """Track a take, luma uint8[F, h, w] at the expectation's size; ``laid`` are its looks laid over it."""
    import cv2

    frames, height, width = grey.shape
    # Grain moves as it likes.
    grey = np.stack([cv2.GaussianBlur(frame, (0, 0), _GRAIN) for frame in grey])
    steps = np.zeros((max(frames - 1, 0), 2, 4))
    known = np.zeros(max(frames - 1, 0), bool)
    places = [look.frame for look in expected.looks]
    parallax = travelled = NONE
    for number, (look, over) in enumerate(zip(expected.looks, laid, strict=True)):
        end = places[number + 1] if number + 1 < len(places) else frames - 1
        found = _follow(grey, expected, over if over.follows else look, min(end, frames - 1), steps, known)
        parallax, travelled = parallax + found[0], travelled + found[1]
    path = np.concatenate([np.zeros((1, 2, 4)), np.cumsum(steps, axis=0)])
    reach = (1 + (height / width) ** 2) / 12
    return Motion(path[:, 0], path[:, 1], known, reach, parallax, travelled)


def _follow(
    grey: np.ndarray, expected: "Expectation", look: "Look | Laid", end: int, steps: np.ndarray, known: np.ndarray
) -> tuple[Parallax, Parallax]:
    """Track from a look to the frame before the next, and write down each step; returns what parallax there was."""
    import cv2

    height, width = look.ids.shape
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 12, 0.03)
    mask = _place(look)
    # A corner on the rim of something moves with it, not with what is behind.
    near = cv2.erode(look.depth.astype(np.float32), np.ones((_RIM, _RIM), np.uint8))
    back = cv2.invertAffineTransform(look.matrix) if isinstance(look, Laid) else np.eye(2, 3)
    size = np.array((width, height), np.float32)
    first = here = world = asked = None
    with_it = np.zeros(0, bool)  # which points go with the place, as far as is known
    parallax = travelled = NONE
    anchor, few, done = look.frame, 0, np.zeros((2, 4))
    for frame in range(look.frame, end):
        if first is None or here is None or np.count_nonzero(with_it) < few:
            first = here = _corners(grey[frame], mask)
            if first is None:
                continue
            with_it = np.ones(len(first), bool)
            anchor, few, done = frame, max(len(first) // 2, LEAST), np.zeros((2, 4))
            world = raised(first, first @ back[:, :2].T + back[:, 2], near, expected, frame)
            asked = seen_at(world, expected, frame)
        assert here is not None
        assert world is not None
        assert asked is not None
        after = seen_at(world, expected, frame + 1)
        guess = here
        if float(np.median(abs(after - seen_at(world, expected, frame))[with_it])) > _LEAP * width:
            guess = here + _leap(grey[frame], grey[frame + 1])
        # Each frame is held against the first: so what is known of a point does not wander with the grain.
        come, status, _ = cv2.calcOpticalFlowPyrLK(
            grey[anchor], grey[frame + 1], first[:, None].copy(), guess[:, None].astype(np.float32),
            winSize=(_WINDOW, _WINDOW), maxLevel=_LEVELS, criteria=criteria, flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        )  # fmt: skip
        come = come[:, 0]
        kept = (status[:, 0] > 0) & (come > 2).all(axis=1) & (come < size - 3).all(axis=1)
        first, come, world, asked, after = (each[kept] for each in (first, come, world, asked, after))
        with_it = with_it[kept]
        if np.count_nonzero(with_it) >= LEAST:
            moved, inside, away = _step(
                *(each[with_it] for each in (first, come - first, after - asked)), width, height
            )
            known[frame] = inside.sum() >= LEAST and inside.mean() >= _AGREE and away * width <= _LOOSE
            # What is not known is left out of both paths.
            steps[frame], done = (moved - done if known[frame] else 0.0), moved
            # Who walks through the place is no point of it. Nor is, it seems, what is near and moves farther.
            with_it = with_it.copy()
            with_it[with_it] = inside
            if known[frame] and (frame == end - 1 or np.count_nonzero(with_it) < few):
                depth = (world @ expected.extrinsics[anchor].T)[:, 2]
                found = parallax_of(first, come - first, after - asked, depth, width, height)
                parallax, travelled = parallax + found[0], travelled + found[1]
        here = come
    return parallax, travelled


def _corners(grey: np.ndarray, mask: np.ndarray) -> np.ndarray | None:
    """Points that can be followed, float32[P, 2]; grain is taken for corners only where there are too few others."""
    import cv2

    for quality in _QUALITIES:
        found = cv2.goodFeaturesToTrack(grey, POINTS, quality, grey.shape[1] / 40, mask=mask, blockSize=5)
        if found is not None and len(found) >= (LEAST if quality == _QUALITIES[-1] else _ENOUGH):
            return found[:, 0]
    return None


def _leap(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far a picture goes to the right and down, float32[2] pixels, where it goes so far that no point is followed.

    Phase correlation (Kuglin and Hines 1975) at a quarter of the size.
    """
    import cv2

    small = (one.shape[1] // 4, one.shape[0] // 4)
    few = [cv2.resize(grey, small, interpolation=cv2.INTER_AREA).astype(np.float32) for grey in (one, other)]
    window = cv2.createHanningWindow(small, cv2.CV_32F)
    (x, y), _ = cv2.phaseCorrelate(few[0], few[1], window)
    return np.array((4 * x, 4 * y), np.float32)


def _place(look: "Look | Laid") -> np.ndarray:
    """Where points of the place are looked for, uint8[h, w]: not on people or what they hold."""
    import cv2

    width = look.ids.shape[1]
    bodies = (look.ids > 0).astype(np.uint8)
    around = 2 * max(round(_EDGE * width), 1) + 1
    mask = 1 - cv2.dilate(bodies, np.ones((around, around), np.uint8))
    if np.count_nonzero(mask) < 0.06 * mask.size:
        mask = 1 - bodies
    return mask


def raised(
    points: np.ndarray, asked: np.ndarray, depths: np.ndarray, expected: "Expectation", frame: int
) -> np.ndarray:
    """Points of a frame in the world, float64[P, 4] homogeneous: so far away as the look before it says.

    ``asked`` float[P, 2] is where the rehearsal has them.
    """
    height, width = depths.shape
    x = np.clip(points[:, 0].astype(int), 0, width - 1)
    y = np.clip(points[:, 1].astype(int), 0, height - 1)
    depth = np.minimum(depths[y, x].astype(np.float64), _FAR)
    depth = np.where(np.isfinite(depth) & (depth > 0.05), depth, _FAR)
    focal = expected.focal[frame] * width
    across = (asked[:, 0] + 0.5 - width / 2) / focal
    down = (asked[:, 1] + 0.5 - height / 2) / focal
    camera = np.stack([across * depth, down * depth, depth, np.ones_like(depth)], axis=1)
    return camera @ np.linalg.inv(expected.extrinsics[frame]).T


def seen_at(world: np.ndarray, expected: "Expectation", frame: int) -> np.ndarray:
    """Where points of the world are seen at a frame of the rehearsal, float64[P, 2] pixels."""
    camera = world @ expected.extrinsics[frame].T
    depth = np.maximum(camera[:, 2:3], 0.05)
    focal = expected.focal[frame] * expected.width
    return camera[:, :2] / depth * focal + np.array((expected.width / 2 - 0.5, expected.height / 2 - 0.5))


def _step(
    points: np.ndarray, taken: np.ndarray, expected: np.ndarray, width: int, height: int
) -> tuple[np.ndarray, np.ndarray, float]:
    """The similarities float64[2, 4] of what moved in a take and in its rehearsal, and how well they fit.

    Then who takes part, bool[P], and how far those lie from it, in widths of the frame.

    The take's motion is a similarity and so much of the rehearsal's; what it does not explain has no weight
    (iterated least squares with Tukey's biweight).
    """
    x = (points[:, 0] - width / 2) / width
    y = (points[:, 1] - height / 2) / width
    base = similarities(x, y)
    told = (taken / width).astype(np.float64).reshape(-1)
    asked = (expected / width).reshape(-1)
    # What of the rehearsal no similarity is: parallax.
    rest = asked - base @ np.linalg.lstsq(base, asked, rcond=None)[0]
    full = np.column_stack([base, rest]) if np.sqrt(np.mean(rest**2)) > 0.1 / width else base
    weight = np.ones(len(points))
    away = np.zeros(len(points))
    # The median of the displacements is where people do not fill the frame.
    start = np.median(told.reshape(-1, 2), axis=0)
    away = np.hypot(*(told.reshape(-1, 2) - start).T)
    for _ in range(6):
        spread = max(1.4826 * float(np.median(away)), 0.12 / width)
        weight = np.clip(1 - (away / (4.0 * spread)) ** 2, 0, 1) ** 2
        root = np.repeat(np.sqrt(weight), 2)
        fit = np.linalg.lstsq(full * root[:, None], told * root, rcond=None)[0]
        away = np.hypot(*(told - full @ fit).reshape(-1, 2).T)
    inside = weight > 0.05
    middle = weight @ np.stack([x, y], axis=1) / weight.sum()
    base[::2, 2:] = np.stack([x - middle[0], middle[1] - y], axis=1)
    base[1::2, 2:] = np.stack([y - middle[1], x - middle[0]], axis=1)
    weighted = base * np.repeat(weight, 2)[:, None]
    square = weighted.T @ base + np.diag((0, 0, _STIFF, _STIFF)) * weight.sum()
    both = np.linalg.solve(square, weighted.T @ np.stack([told, asked], axis=1))
    # As seen in the middle of the frame.
    both[0] -= both[2] * middle[0] - both[3] * middle[1]
    both[1] -= both[2] * middle[1] + both[3] * middle[0]
    return both.T, inside, float(np.sqrt(np.average(away**2, weights=weight)))


def shares(motion: Motion) -> tuple[float, float, np.ndarray]:
    """How long the asked path is, in widths of the frame; how much of it came; and the rest of what came."""
    taken, asked = (path - path.mean(axis=0) for path in (motion.taken, motion.expected))
    square = float(np.mean(motion.dot(asked, asked)))
    amount = float(np.mean(motion.dot(taken, asked))) / square if square > 1e-8 else 0.0
    return float(np.sqrt(square)), amount, taken - amount * asked


def tremor(path: np.ndarray, rate: float) -> np.ndarray:
    """What of a path is quicker than any move, float64[F, 4]."""
    from scipy.ndimage import gaussian_filter1d

    slow = gaussian_filter1d(path, _TREMOR * rate / 2, axis=0, mode="nearest")
    return path - slow


def likely_move(path: np.ndarray) -> str:
    """What moves a picture so: undecided between what turns and what travels."""
    across, down, closer, turn = path[-len(path) // 6 :].mean(axis=0) - path[: max(len(path) // 6, 1)].mean(axis=0)
    size = {
        "pan or truck " + ("left" if across > 0 else "right"): abs(across),
        "tilt or rise " + ("up" if down > 0 else "down"): abs(down),
        "dolly or zoom " + ("in" if closer > 0 else "out"): 0.33 * abs(closer),
        "roll": 0.33 * abs(turn),
    }
    name = max(size, key=lambda each: size[each])
    return name if size[name] > 0.004 else ""


def farthest(motion: Motion) -> int:
    """The frame in which take and rehearsal lie farthest apart."""
    away = motion.taken - motion.expected
    away = away - away.mean(axis=0)
    return int(np.argmax(motion.dot(away, away)))
