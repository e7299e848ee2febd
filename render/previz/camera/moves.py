"""Moves: a framing and what the camera does become a view for every time of the shot.

Pans and tilts of the first phase arrive at the framing, later ones leave it; dollies, zooms, trucks and arcs have it
in their middle; a crane begins or ends there. What the picture is about stays whole: a pan starts with all of the
subject in frame or none of it, a dolly goes towards the eyes, so that nobody loses their head on the way.
"""

from dataclasses import dataclass, replace

import numpy as np

from render.previz.camera.path import SENSOR, Framing, View, ease, looking
from storyboard.camera import Camera, Move, MoveKind, Speed, Steadiness

_PACE = {Speed.SLOW: 0.55, Speed.REGULAR: 1.0, Speed.FAST: 1.6}
_TURN = {Speed.SLOW: 0.3, Speed.REGULAR: 0.6, Speed.FAST: 1.0}  # pans and tilts, in fields of view
_IN, _MOST = 0.55, 0.9  # of the distance, for a dolly
_ZOOM = 0.55  # powers of e
_WHIP = 0.3  # seconds that a whip pan takes
_ARRIVED = (0.08, 0.72)  # shares of a phase between which a pan or a tilt turns: one sees where it comes from and to
_SHAKE = {  # degrees
    Steadiness.STATIC: 0.0,
    Steadiness.VERY_SMOOTH: 0.02,
    Steadiness.SMOOTH: 0.06,
    Steadiness.UNSTEADY: 0.55,
    Steadiness.VERY_UNSTEADY: 1.5,
}
_SWAY = 0.02  # metres that a handheld camera sways for each degree that it shakes
_GROUND = 0.08  # metres: the lens does not go into the ground


@dataclass(frozen=True)
class _Moment:
    """Where in a move we are."""

    share: float  # of the phase, eased
    time: float  # seconds since the phase began
    span: float  # seconds of the phase
    first: bool  # whether it is the first phase

    @property
    def middle(self) -> float:
        return self.share - 0.5

    @property
    def short(self) -> float:
        """What is done in a short time is done less far."""
        return min(1.0, float(np.sqrt(self.span / 2.5)))


def view_at(framing: Framing, camera: Camera, time: float, length: float, followed: np.ndarray, seed: int) -> View:
    """The view at ``time`` seconds of a shot of ``length`` seconds.

    ``followed``: how far the subject has gone since the framing was made, float64[3]; tracking moves go along.
    """
    view = framing.view
    phases = camera.moves or ()
    span = length / max(len(phases), 1)
    for number, phase in enumerate(phases):
        begun = time - number * span
        moment = _Moment(ease(begun / max(span, 1e-6)), begun, span, number == 0)
        for move in phase:
            view = _moved(view, framing, move, moment, followed)
    if view.position[2] < _GROUND:
        view = replace(view, position=np.array((*view.position[:2], _GROUND)))
    return _shaken(view, camera, time, seed)


def arrival(camera: Camera, length: float) -> float | None:
    """When the first pan or tilt arrives at what it is about, in seconds; None where there is none."""
    if not camera.moves:
        return None
    span = length / len(camera.moves)
    kinds = {move.kind for move in camera.moves[0]}
    if kinds & {MoveKind.WHIP_PAN_LEFT, MoveKind.WHIP_PAN_RIGHT}:
        return min(_whip_start(span) + _WHIP + 0.5 * (span - _whip_start(span) - _WHIP), length)
    turns = {MoveKind.PAN_LEFT, MoveKind.PAN_RIGHT, MoveKind.TILT_UP, MoveKind.TILT_DOWN}
    return 0.8 * span if kinds & turns else None


def tightest(camera: Camera) -> float:
    """How much smaller than its framing the frame becomes on the way: 1 where no move goes in."""
    share = 1.0
    for phase in camera.moves:
        for move in phase:
            if move.kind in (MoveKind.DOLLY_IN, MoveKind.DOLLY_OUT):
                share *= 1 - 0.5 * min(_IN * _PACE[move.speed], _MOST)
            elif move.kind in (MoveKind.ZOOM_IN, MoveKind.ZOOM_OUT):
                share *= float(np.exp(-0.5 * _ZOOM * _PACE[move.speed]))
    return share


def _lifted(view: View, offset: np.ndarray) -> View:
    return replace(view, position=view.position + offset)


def _moved(view: View, framing: Framing, move: Move, moment: _Moment, followed: np.ndarray) -> View:
    """One move, as far as it has come by this moment."""
    kind = move.kind
    pace = _PACE[move.speed] * moment.short
    right = np.array((np.sin(view.yaw), -np.cos(view.yaw), 0.0))  # level, also where the camera is tilted
    forward = view.rotation[:, 2]
    if kind in _TURNS:
        return _turned(view, framing, move, moment)
    if kind in (MoveKind.ROLL_CW, MoveKind.ROLL_CCW):
        sign = 1 if kind is MoveKind.ROLL_CW else -1
        return replace(view, roll=view.roll + sign * moment.share * np.radians(24) * pace)
    if kind in (MoveKind.TRUCK_LEFT, MoveKind.TRUCK_RIGHT):
        sign = -1 if kind is MoveKind.TRUCK_LEFT else 1
        return _lifted(view, right * _trucked(framing, right, sign, moment.middle, pace, followed))
    if kind in (MoveKind.PEDESTAL_UP, MoveKind.PEDESTAL_DOWN):
        way = 0.5 * pace * framing.frame_height
        under = 0.5 * way
        if framing.tall:  # no lower than where the head is still in frame
            under = min(under, max(0.75 * framing.headroom, 0.0) * framing.frame_height)
        done = moment.share if kind is MoveKind.PEDESTAL_UP else 1 - moment.share
        return _lifted(view, np.array((0, 0, done * way - under)))
    if kind in (MoveKind.DOLLY_IN, MoveKind.DOLLY_OUT):
        sign = 1 if kind is MoveKind.DOLLY_IN else -1
        ahead = framing.anchor - framing.view.position
        return _lifted(view, ahead * sign * moment.middle * min(_IN * pace, _MOST))
    if kind in (MoveKind.ZOOM_IN, MoveKind.ZOOM_OUT):
        sign = 1 if kind is MoveKind.ZOOM_IN else -1
        return replace(view, focal=view.focal * float(np.exp(sign * moment.middle * _ZOOM * pace)))
    if kind in (MoveKind.DOLLY_ZOOM_IN, MoveKind.DOLLY_ZOOM_OUT):
        sign = 1 if kind is MoveKind.DOLLY_ZOOM_IN else -1
        near = float(np.exp(-sign * moment.middle * 0.8 * pace))
        # The distance along the axis to the subject's plane and the focal length change alike.
        away = float((framing.anchor - framing.view.position) @ forward)
        return replace(_lifted(view, forward * away * (1 - near)), focal=view.focal * near)
    if kind in (MoveKind.ARC_CW, MoveKind.ARC_CCW):
        sign = -1 if kind is MoveKind.ARC_CW else 1
        return _orbited(view, framing.anchor, sign * moment.middle * np.radians(58) * pace)
    if kind in (MoveKind.CRANE_UP, MoveKind.CRANE_DOWN):
        done = moment.share if kind is MoveKind.CRANE_UP else 1 - moment.share
        rise = done * pace * float(np.clip(0.55 * framing.frame_height, 1.0, 0.8 * framing.distance))
        position = view.position + (0, 0, rise)
        aimed = looking(position, framing.target, view.roll, view.focal)
        return replace(view, position=position, pitch=view.pitch + (aimed.pitch - view.pitch) * 0.8)
    return _tracked(view, framing, kind, moment.middle * pace, followed)


_TURNS: dict[MoveKind, tuple[str, int]] = {
    MoveKind.PAN_LEFT: ("yaw", 1),
    MoveKind.PAN_RIGHT: ("yaw", -1),
    MoveKind.WHIP_PAN_LEFT: ("whip", 1),
    MoveKind.WHIP_PAN_RIGHT: ("whip", -1),
    MoveKind.TILT_UP: ("pitch", 1),
    MoveKind.TILT_DOWN: ("pitch", -1),
}


def _turned(view: View, framing: Framing, move: Move, moment: _Moment) -> View:
    """A pan, a tilt or a whip pan: to the framing in the first phase, away from it later."""
    axis, sign = _TURNS[move.kind]
    wide = 2 * float(np.arctan(SENSOR / 2 / view.focal))  # horizontal field of view
    if axis == "whip":
        done = ease((moment.time - _whip_start(moment.span)) / _WHIP)
        angle = float(np.clip(1.6 * wide, 1.2, 2.4))
    else:
        begin, end = _ARRIVED
        done = ease((moment.time / max(moment.span, 1e-6) - begin) / (end - begin))
        angle = _pan(view, framing, move, wide) if axis == "yaw" else _tilt(framing, move)
    turned = sign * angle * (done - 1 if moment.first else done)
    if axis == "pitch":
        return replace(view, pitch=float(np.clip(view.pitch + turned, -1.5, 1.5)))
    return replace(view, yaw=view.yaw + turned)


def _whip_start(span: float) -> float:
    return min(0.15 * span, 0.5)


def _pan(view: View, framing: Framing, move: Move, wide: float) -> float:
    """How far a pan turns, radians."""
    place, half = _in_width(framing)
    sign = _TURNS[move.kind][1]
    # At its start the subject is this far towards one edge: a pan to the left comes from the right of it.
    inside = 0.5 - half + sign * place
    share = _whole(move.speed, inside, 0.5 + half + sign * place)
    # Shares of the width count on the film, where they are tangents; the turn is the angle between the two places.
    across = SENSOR / view.focal
    turned = float(np.arctan((share - sign * place) * across) + np.arctan(sign * place * across))
    return min(turned if share < 0.95 else share * wide, 1.5)


def _tilt(framing: Framing, move: Move) -> float:
    """How far a tilt turns, radians: where it comes from the head is in frame whole, or not at all."""
    tall = framing.tall
    if move.kind is MoveKind.TILT_UP:
        inside, outside = framing.headroom, framing.headroom + tall
    else:
        inside, outside = 1 - framing.headroom - tall, 1 - framing.headroom
    share = _whole(move.speed, inside - 0.02, outside + 0.02) if tall else _TURN[move.speed]
    high = framing.frame_height / framing.distance
    return min(2 * float(np.arctan(share * high / 2)), 1.2)


def _whole(speed: Speed, inside: float, outside: float) -> float:
    """How far to turn, in fields of view, so that the subject is in frame up to ``inside``, out from ``outside`` on."""
    share = _TURN[speed]
    if not inside < share < outside:
        return share
    if inside >= 0.2 and speed is not Speed.FAST:
        return inside if speed is Speed.SLOW or inside > 0.4 else outside
    return outside * {Speed.SLOW: 1.0, Speed.REGULAR: 1.2, Speed.FAST: 1.45}[speed]


def _in_width(framing: Framing) -> tuple[float, float]:
    """Where the subject is, right of the middle, and half its width, in frame widths."""
    width = framing.frame_height * framing.aspect
    right, _, forward = framing.view.rotation.T
    way = framing.anchor - framing.view.position
    depth = max(float(way @ forward), 0.05)
    return float(way @ right) / depth * framing.distance / width, min(framing.reach / width, 0.5)


def _trucked(framing: Framing, right: np.ndarray, sign: int, middle: float, pace: float, followed: np.ndarray) -> float:
    """How far a truck has gone to the right, metres; beside somebody who goes the same way, it goes along."""
    width = framing.frame_height * framing.aspect
    place, half = _in_width(framing)
    room = max(2 * (0.5 - half - abs(place)), 0.3) * width
    way = min(0.75 * framing.frame_height, room / 1.6)
    along = float(followed @ right)
    if along * sign * middle > 0 and abs(along) > 0.05:
        return along + sign * middle * 0.3 * way * pace
    return sign * middle * way * pace


def _orbited(view: View, centre: np.ndarray, angle: float) -> View:
    c, s = np.cos(angle), np.sin(angle)
    x, y = (view.position - centre)[:2]
    turned = np.array((centre[0] + c * x - s * y, centre[1] + s * x + c * y, view.position[2]))
    return replace(view, position=turned, yaw=view.yaw + angle)


def _tracked(view: View, framing: Framing, kind: MoveKind, middle: float, followed: np.ndarray) -> View:
    if kind in (MoveKind.TRACK_PAN, MoveKind.TRACK_TILT):
        aimed = looking(view.position, framing.target + followed, view.roll, view.focal)
        return replace(view, yaw=aimed.yaw, pitch=aimed.pitch)
    if kind is MoveKind.TRACK_ARC:
        return _orbited(_lifted(view, followed), framing.anchor + followed, middle * np.radians(58))
    if kind.value.startswith("track"):
        return _lifted(view, followed)
    return view


def _shaken(view: View, camera: Camera, time: float, seed: int) -> View:
    """Handheld: slow drift and quick tremor, seeded, the same at every frame rate."""
    degrees = _SHAKE.get(camera.steadiness, 0.0) if camera.steadiness else 0.0
    if not degrees:
        return view
    chance = np.random.default_rng(seed)
    amount = np.radians(degrees) * min(1.0, 35.0 / view.focal + 0.25)
    offsets = []
    for _ in range(5):
        phases, rates = (
            chance.uniform(0, 2 * np.pi, 4),
            np.array((0.31, 0.83, 1.9, 4.1)) * chance.uniform(0.8, 1.2, 4),
        )
        offsets.append(float(np.sum(np.array((0.8, 0.5, 0.25, 0.08)) * np.sin(2 * np.pi * rates * time + phases))))
    right, down, _ = view.rotation.T
    return replace(
        view,
        position=view.position + (right * offsets[3] + down * offsets[4]) * _SWAY * degrees,
        yaw=view.yaw + amount * offsets[0],
        pitch=view.pitch + amount * offsets[1],
        roll=view.roll + 0.5 * amount * offsets[2],
    )
