"""Whether the camera moves as it was asked to: how far and which way, what else it does, and how steadily."""

import math

import numpy as np

from director.checks.base import Ruling, Showing, Verdict
from director.checks.motion import Motion
from director.checks.ruled import comparable, ruled, unjudged
from storyboard.camera import Camera, MoveKind, Steadiness

LEAST_MOVE = 0.006  # widths of the frame: a path that is shorter is none that could be measured
LEAST_KNOWN = 0.5  # share of the take
_HELD = 4.5  # how much farther a camera that is held drifts than it trembles
_IN_HAND = (Steadiness.UNSTEADY, Steadiness.VERY_UNSTEADY)
_TREMOR = 0.35  # seconds: what is quicker is no move


class CameraMoves:
    """Holds the path of the place through the picture against the rehearsal's.

    The part of the path that is the rehearsal's (regression, so that −1 is the same move the other way round) is the
    amount; what is left is another move.
    """

    name = "camera"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        measures = ("camera.amount", "camera.other", "camera.shake")
        if not comparable(showing, 3):
            return tuple(unjudged(self, showing, name, "camera: nothing to hold it against") for name in measures)
        motion = showing.sight.motion
        if motion.share < LEAST_KNOWN:
            words = "camera: too little of the place can be followed to tell what it does"
            return tuple(unjudged(self, showing, name, words, Ruling.UNSURE) for name in measures)
        return (self._amount(showing, motion), self._other(showing, motion), self._shake(showing, motion))

    def _amount(self, showing: Showing, motion: Motion) -> Verdict:
        asked, amount, _ = shares(motion)
        if asked < LEAST_MOVE or not moves(showing.camera):
            return unjudged(self, showing, "camera.amount", "camera: no move asked for that a picture could show")
        told = _asked(showing)
        if amount < -0.15:
            came = f"the opposite came ({-amount:.1f} of it)"
        elif amount < 0.15:
            came = "hardly any of it came"
        else:
            came = f"{amount:.1f} of it came"
        return ruled(
            self, showing, "camera.amount", abs(1 - amount), f"camera: {told} asked for, {came}",
            expected=told, measured=f"{amount:.2f} of it", frame=_seen_best(motion),
        )  # fmt: skip

    def _other(self, showing: Showing, motion: Motion) -> Verdict:
        asked, _, rest = shares(motion)
        held = showing.camera is not None and showing.camera.steadiness in _IN_HAND
        trembles = tremor(showing, motion.expected)
        allowed = _HELD * float(np.sqrt(np.mean(motion.dot(trembles, trembles)))) if held else 0.0
        length = float(np.sqrt(np.mean(motion.dot(rest, rest))))
        score = max(length - allowed, 0.0) / (0.03 + asked)
        way = _way(rest)
        words = (
            f"camera: {_asked(showing)} asked for; beside it the picture moves by {100 * length:.1f} % of its width"
            f"{', as in a ' + way if way else ''}"
        )
        return ruled(
            self, showing, "camera.other", score, words,
            expected=_asked(showing), measured=way, frame=_seen_best(motion),
        )  # fmt: skip

    def _shake(self, showing: Showing, motion: Motion) -> Verdict:
        taken, asked = (
            float(np.sqrt(np.mean(motion.dot(quick, quick))))
            for quick in (tremor(showing, motion.taken), tremor(showing, motion.expected))
        )
        words = f"camera: trembles by {100 * taken:.2f} % of the frame's width, {100 * asked:.2f} % rehearsed"
        return ruled(
            self, showing, "camera.shake", max(taken - 1.5 * asked, 0.0), words,
            expected=f"{100 * asked:.2f} %", measured=f"{100 * taken:.2f} %",
        )  # fmt: skip


def shares(motion: Motion) -> tuple[float, float, np.ndarray]:
    """How long the asked path is, in widths of the frame; how much of it came; and the rest of what came."""
    taken, asked = (path - path.mean(axis=0) for path in (motion.taken, motion.expected))
    square = float(np.mean(motion.dot(asked, asked)))
    amount = float(np.mean(motion.dot(taken, asked))) / square if square > 1e-8 else 0.0
    return math.sqrt(square), amount, taken - amount * asked


def moves(camera: Camera | None) -> bool:
    """Whether a move is asked for at all."""
    return camera is not None and any(move.kind is not MoveKind.STATIC for phase in camera.moves for move in phase)


def tremor(showing: Showing, path: np.ndarray) -> np.ndarray:
    """What of a path is quicker than any move, float64[F, 4]."""
    from scipy.ndimage import gaussian_filter1d

    slow = gaussian_filter1d(path, _TREMOR * float(showing.rate) / 2, axis=0, mode="nearest")
    return path - slow


def _asked(showing: Showing) -> str:
    """The move in words, with how far it goes in the rehearsal."""
    camera, expected = showing.camera, showing.expected
    if camera is None or expected is None or not moves(camera):
        return "a camera that stands still"
    kinds = [move.kind.value.replace("-", " ") for phase in camera.moves for move in phase]
    views = expected.extrinsics
    first, last = views[0], views[-1]
    turned = math.degrees(math.acos(float(np.clip((np.trace(first[:3, :3] @ last[:3, :3].T) - 1) / 2, -1, 1))))
    way = float(np.linalg.norm(first[:3, :3].T @ first[:3, 3] - last[:3, :3].T @ last[:3, 3]))
    closer = float(expected.focal[-1] / expected.focal[0])
    if turned > 2:
        size = f" over {turned:.0f}°"
    elif way > 0.05:
        size = f" over {way:.1f} m"
    else:
        size = f" by {closer:.2f}" if abs(closer - 1) > 0.01 else ""
    return " then ".join(kinds) + size


def _way(path: np.ndarray) -> str:
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


def _seen_best(motion: Motion) -> int:
    """The frame in which take and rehearsal lie farthest apart."""
    away = motion.taken - motion.expected
    away = away - away.mean(axis=0)
    return int(np.argmax(motion.dot(away, away)))
