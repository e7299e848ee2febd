"""Whether the camera moves as it was asked to: how far and which way, what else it does, and how steadily."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from director.checks.base import Ruling, Showing, Verdict
from director.checks.ruled import comparable, ruled, unjudged
from storyboard.camera import Camera, MoveKind, Steadiness

if TYPE_CHECKING:
    from director.checks.motion import Motion
    from director.checks.parallax import Parallax

LEAST_MOVE = 0.006  # widths of the frame: a path that is shorter is none that could be measured
LEAST_KNOWN = 0.4  # share of the take
_HELD = 4.5  # how much farther a camera that is held drifts than it trembles
_DEEP, _AS_IF_DEEP = 2.0, 1.7  # pixels at the size that is looked at: of less parallax, none is told
_COMES = 0.4  # share of a move: of what comes less, how it is made says nothing
_TRAVELS = {  # what a move that travels is taken for by a camera that only turns or zooms
    "truck": "pan", "track-side": "pan", "arc": "pan", "track-arc": "pan", "pedestal": "tilt", "crane": "tilt",
    "dolly": "zoom", "track-tail": "zoom", "track-lead": "zoom",
}  # fmt: skip
_TURNS = {"pan": "truck", "tilt": "pedestal", "zoom": "dolly"}
_IN_HAND = (Steadiness.UNSTEADY, Steadiness.VERY_UNSTEADY)


class CameraMoves:
    """Holds the path of the place through the picture against the rehearsal's.

    The part of the path that is the rehearsal's (regression, so that −1 is the same move the other way round) is the
    amount; what is left is another move.
    """

    name = "camera"
    version = "2"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        measures = ("camera.amount", "camera.other", "camera.shake", "camera.parallax", "camera.travels")
        if not comparable(showing, 3):
            return tuple(unjudged(self, showing, name, "camera: nothing to hold it against") for name in measures)
        motion = showing.sight.motion
        if motion.share < LEAST_KNOWN:
            words = "camera: too little of the place can be followed to tell what it does"
            return tuple(unjudged(self, showing, name, words, Ruling.UNSURE) for name in measures)
        return (
            self._amount(showing, motion),
            self._other(showing, motion),
            self._shake(showing, motion),
            self._parallax(showing, motion),
            self._travels(showing, motion),
        )

    def _amount(self, showing: Showing, motion: "Motion") -> Verdict:
        from director.checks.motion import farthest, shares

        asked, amount, _ = shares(motion)
        if asked < LEAST_MOVE or not moves(showing.camera):
            return unjudged(self, showing, "camera.amount", "camera: no move asked for that a picture could show")
        told = _asked(showing)
        size, unit = _extent(showing)
        came = unit.format(abs(amount) * size)
        came = f"{came} the other way came" if amount < -0.1 else f"{came} came ({amount:.1f} of it)"
        return ruled(
            self, showing, "camera.amount", abs(1 - amount), f"camera: {told} asked for, {came}",
            expected=told, measured=f"{amount:.2f} of it", frame=farthest(motion),
        )  # fmt: skip

    def _other(self, showing: Showing, motion: "Motion") -> Verdict:
        from director.checks.motion import farthest, likely_move, shares, tremor

        asked, _, rest = shares(motion)
        if not moves(showing.camera):
            # What a rehearsal shakes by is chance: none of it was asked for.
            asked, rest = 0.0, motion.taken - motion.taken.mean(axis=0)
        held = in_hand(showing.camera)
        trembles = motion.length(tremor(motion.expected, float(showing.rate)))
        length = motion.length(rest)
        excess = length
        if held:
            # A hand turns and sways; it does not come closer.
            closer = motion.length(rest * (0.0, 0.0, 1.0, 0.0))
            excess = max(length - _HELD * trembles, closer - trembles, 0.0)
        score = excess / (0.03 + 2 * asked)
        way = likely_move(rest)
        words = (
            f"camera: {_asked(showing)} asked for; beside it the picture moves by {100 * length:.1f} % of its width"
            f"{', as in a ' + way if way else ''}"
        )
        return ruled(
            self, showing, "camera.other", score, words,
            expected=_asked(showing), measured=way, frame=farthest(motion),
        )  # fmt: skip

    def _shake(self, showing: Showing, motion: "Motion") -> Verdict:
        from director.checks.motion import tremor

        taken, asked = (motion.length(tremor(path, float(showing.rate))) for path in (motion.taken, motion.expected))
        words = f"camera: trembles by {100 * taken:.2f} % of the frame's width, {100 * asked:.2f} % rehearsed"
        return ruled(
            self, showing, "camera.shake", max(taken - 1.5 * asked, 0.0), words,
            expected=f"{100 * asked:.2f} %", measured=f"{100 * taken:.2f} %",
        )  # fmt: skip

    def _parallax(self, showing: Showing, motion: "Motion") -> Verdict:
        """Whether near things move farther than far ones where they should."""
        asked = _made_by(showing.camera, _TRAVELS)
        if asked is None:
            return unjudged(self, showing, "camera.parallax", "camera: it is not to travel")
        share = motion.parallax.share
        return self._depth(
            showing, "camera.parallax", asked, motion.parallax, _DEEP, score=max(1 - share, 0.0),
            farther=True, measured=f"{share:.2f} of its parallax",
        )  # fmt: skip

    def _travels(self, showing: Showing, motion: "Motion") -> Verdict:
        """Whether near things move farther than far ones where they should not."""
        asked = _made_by(showing.camera, _TURNS)
        if asked is None:
            return unjudged(self, showing, "camera.travels", "camera: it is not to turn or zoom alone")
        score = max(motion.travelled.share, 0.0)
        return self._depth(
            showing, "camera.travels", asked, motion.travelled, _AS_IF_DEEP, score=score,
            farther=False, measured=f"{score:.2f} of a {asked[1]}’s parallax",
        )  # fmt: skip

    def _depth(
        self, showing: Showing, measure: str, asked: tuple[str, str], parallax: "Parallax", least: float,
        *, score: float, farther: bool, measured: str,
    ) -> Verdict:  # fmt: skip
        """The verdict on a move that is asked for and what it is taken for; ``farther``: near things are to move so."""
        move, other = asked
        words = _untold(showing, parallax, least, move, other)
        if words:
            return unjudged(self, showing, measure, words)
        wrong = score > showing.limit(measure).doubt
        words = f"camera: {move} asked for, {other} came" if wrong else f"camera: {move}, as asked for"
        words += f": near things move {'farther' if farther != wrong else 'no farther'} than far ones"
        return ruled(self, showing, measure, score, words, expected=move, measured=measured)


def _made_by(camera: Camera | None, others: Mapping[str, str]) -> tuple[str, str] | None:
    """The first move that is asked for, and what it is taken for; None where other moves are asked for beside it."""
    if camera is None or in_hand(camera):
        return None
    kinds = [move.kind.value for phase in camera.moves for move in phase if move.kind is not MoveKind.STATIC]
    stems = [next((stem for stem in others if kind.rsplit("-", 1)[0] == stem or kind == stem), None) for kind in kinds]
    first = stems[0] if stems else None
    if first is None or None in stems:
        return None
    return "arc" if first.endswith("arc") else first.split("-", maxsplit=1)[0], others[first]


def _untold(showing: Showing, parallax: "Parallax", least: float, asked: str, other: str) -> str:
    """Why nobody can tell one from the other; empty where it can be told."""
    if parallax.widths * showing.sight.expected.width < least:
        return f"camera: {asked} or {other} cannot be told apart here: nothing stands near"
    return "camera: too little of the move came to tell how it is made" if parallax.amount < _COMES else ""


def moves(camera: Camera | None) -> bool:
    """Whether a move is asked for at all."""
    return camera is not None and any(move.kind is not MoveKind.STATIC for phase in camera.moves for move in phase)


def in_hand(camera: Camera | None) -> bool:
    """Whether the camera is held in the hand, and shakes."""
    return camera is not None and camera.steadiness in _IN_HAND


def _extent(showing: Showing) -> tuple[float, str]:
    """How far the rehearsed move goes, and in what: degrees, metres, or per cent of the focal length."""
    expected = showing.sight.expected
    first, last = expected.extrinsics[0], expected.extrinsics[-1]
    cosine = float((first[:3, :3] @ last[:3, :3].T).trace() - 1) / 2
    turned = math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
    if turned > 2:
        return turned, "{:.0f}°"
    way = math.dist(first[:3, :3].T @ first[:3, 3], last[:3, :3].T @ last[:3, 3])
    if way > 0.05:
        return way, "{:.1f} m"
    return 100 * abs(float(expected.focal[-1] / expected.focal[0]) - 1), "{:.0f} %"


def _asked(showing: Showing) -> str:
    """The move in words, with how far it goes in the rehearsal."""
    camera = showing.camera
    if camera is None or not moves(camera):
        return "a camera that stands still"
    kinds = [move.kind.value.replace("-", " ") for phase in camera.moves for move in phase]
    size, unit = _extent(showing)
    return f"{' then '.join(kinds)} over {unit.format(size)}"
