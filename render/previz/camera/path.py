"""The camera in motion: a framing and its moves become a view for every time in the shot."""

from dataclasses import dataclass, replace

import numpy as np

from storyboard.camera import Camera, Move, MoveKind, Playback, Speed, Steadiness

SENSOR = 36.0  # mm across: full frame

_PACE = {Speed.SLOW: 0.55, Speed.REGULAR: 1.0, Speed.FAST: 1.6}
_SHAKE = {  # degrees
    Steadiness.STATIC: 0.0,
    Steadiness.VERY_SMOOTH: 0.0,
    Steadiness.SMOOTH: 0.05,
    Steadiness.UNSTEADY: 0.55,
    Steadiness.VERY_UNSTEADY: 1.5,
}


@dataclass(frozen=True)
class View:
    """A camera at one moment: where it stands, where it points, and its lens.

    Metres; yaw, pitch and roll in radians (yaw counter-clockwise from +x, pitch up, roll clockwise as the
    picture sees the camera turn); focal length in mm for a sensor 36 mm wide.
    """

    position: np.ndarray
    yaw: float
    pitch: float
    roll: float
    focal: float

    @property
    def rotation(self) -> np.ndarray:
        """Columns: right, down, forward, in the world. float64[3, 3]."""
        cy, sy, cp, sp = np.cos(self.yaw), np.sin(self.yaw), np.cos(self.pitch), np.sin(self.pitch)
        forward = np.array((cy * cp, sy * cp, sp))
        right = np.array((sy, -cy, 0.0))
        down = np.cross(forward, right)
        c, s = np.cos(self.roll), np.sin(self.roll)
        return np.stack([c * right + s * down, -s * right + c * down, forward], axis=1)

    @property
    def extrinsics(self) -> np.ndarray:
        """World → camera, float64[4, 4], x right, y down, z forward."""
        matrix = np.eye(4)
        matrix[:3, :3] = self.rotation.T
        matrix[:3, 3] = -self.rotation.T @ self.position
        return matrix

    def same(self, other: "View") -> bool:
        """Whether both show the same."""
        mine, theirs = ((v.yaw, v.pitch, v.roll, v.focal, *v.position) for v in (self, other))
        return mine == theirs

    def sees(self, sphere: np.ndarray, aspect: float, *, margin: float) -> bool:
        """Whether a sphere (x, y, z, radius) comes within ``margin`` metres of what is in frame.

        ``aspect`` is height over width.
        """
        x, y, z = self.rotation.T @ (sphere[:3] - self.position)
        reach = float(sphere[3]) + margin
        wide = SENSOR / self.focal / 2
        if z < -reach:
            return False
        return all(
            abs(off) - max(z, 0.0) * half <= reach * np.hypot(1.0, half)
            for off, half in ((x, wide), (y, wide * aspect))
        )

    def size(self, sphere: np.ndarray) -> float:
        """How large a sphere (x, y, z, radius) is on the sensor, mm across."""
        away = max(float(np.linalg.norm(sphere[:3] - self.position)), 0.1)
        return 2 * float(sphere[3]) / away * self.focal

    def intrinsics(self, width: int, height: int) -> np.ndarray:
        """Pixels, float64[3, 3]; the principal point is the centre of the picture."""
        f = self.focal / SENSOR * width
        return np.array(((f, 0, width / 2), (0, f, height / 2), (0, 0, 1)))


@dataclass(frozen=True)
class Framing:
    """A view that frames something, before anything moves: what it looks at and from how far."""

    view: View
    target: np.ndarray  # float64[3], metres
    frame_height: float  # metres of the world that the frame is high at the target

    @property
    def distance(self) -> float:
        return float(np.linalg.norm(self.target - self.view.position))


def ease(share: float) -> float:
    """Smooth start and stop: 3s² − 2s³, held outside 0 … 1."""
    s = min(max(share, 0.0), 1.0)
    return s * s * (3 - 2 * s)


def looking(position: np.ndarray, target: np.ndarray, roll: float, focal: float) -> View:
    """The view from ``position`` to ``target``."""
    way = target - position
    flat = float(np.hypot(way[0], way[1]))
    return View(position, float(np.arctan2(way[1], way[0])), float(np.arctan2(way[2], flat)), roll, focal)


def played(time: float, length: float, playback: Playback) -> float:
    """What moment of the action is seen at ``time``: slow motion runs at half speed, and so on."""
    if playback is Playback.SLOW:
        return time * 0.5
    if playback is Playback.FAST:
        return time * 2.0
    if playback is Playback.TIME_LAPSE:
        return time * 6.0
    if playback is Playback.REVERSED:
        return length - time
    if playback is Playback.FREEZE:
        return min(time, 0.6 * length)
    if playback is Playback.STOP_MOTION:
        return np.floor(time * 8) / 8
    if playback is Playback.RAMP:
        half = length / 2
        return time if time < half else half + (time - half) * 0.4
    return time


def view_at(framing: Framing, camera: Camera, time: float, length: float, followed: np.ndarray, seed: int) -> View:
    """The view at ``time`` seconds of a shot of ``length`` seconds.

    ``followed``: how far the subject has gone since the framing was made, float64[3]; tracking moves go along.
    """
    view = framing.view
    phases = camera.moves or ()
    span = length / max(len(phases), 1)
    for number, phase in enumerate(phases):
        share = ease((time - number * span) / max(span, 1e-6))
        for move in phase:
            view = _moved(view, framing, move, share, time / max(length, 1e-6), followed)
    return _shaken(view, camera, time, seed)


def _lifted(view: View, offset: np.ndarray) -> View:
    return replace(view, position=view.position + offset)


def _moved(  # one branch a move: a table of the vocabulary
    view: View, framing: Framing, move: Move, share: float, progress: float, followed: np.ndarray
) -> View:
    pace = _PACE[move.speed]
    kind = move.kind
    right, _, forward = view.rotation.T
    width = 2 * np.arctan(SENSOR / 2 / view.focal)  # horizontal field of view
    middle = share - 0.5
    if kind in (MoveKind.PAN_LEFT, MoveKind.PAN_RIGHT):
        sign = 1 if kind is MoveKind.PAN_LEFT else -1
        return replace(view, yaw=view.yaw - sign * (1 - share) * min(0.75 * width * pace, 1.2))
    if kind in (MoveKind.WHIP_PAN_LEFT, MoveKind.WHIP_PAN_RIGHT):
        sign = 1 if kind is MoveKind.WHIP_PAN_LEFT else -1
        whip = ease((progress - 0.35) / 0.18)
        return replace(view, yaw=view.yaw - sign * (1 - whip) * max(1.6 * width, 1.2))
    if kind in (MoveKind.TILT_UP, MoveKind.TILT_DOWN):
        sign = 1 if kind is MoveKind.TILT_UP else -1
        return replace(view, pitch=view.pitch - sign * (1 - share) * min(0.55 * width * pace, 0.9))
    if kind in (MoveKind.ROLL_CW, MoveKind.ROLL_CCW):
        sign = 1 if kind is MoveKind.ROLL_CW else -1
        return replace(view, roll=view.roll + sign * share * np.radians(24) * pace)
    if kind in (MoveKind.TRUCK_LEFT, MoveKind.TRUCK_RIGHT):
        sign = -1 if kind is MoveKind.TRUCK_LEFT else 1
        return _lifted(view, right * sign * middle * 0.75 * pace * framing.frame_height)
    if kind in (MoveKind.PEDESTAL_UP, MoveKind.PEDESTAL_DOWN):
        sign = 1 if kind is MoveKind.PEDESTAL_UP else -1
        return _lifted(view, np.array((0, 0, sign * middle * 0.6 * pace * framing.frame_height)))
    if kind in (MoveKind.DOLLY_IN, MoveKind.DOLLY_OUT):
        sign = 1 if kind is MoveKind.DOLLY_IN else -1
        return _lifted(view, forward * sign * middle * min(0.55 * pace, 0.9) * framing.distance)
    if kind in (MoveKind.ZOOM_IN, MoveKind.ZOOM_OUT):
        sign = 1 if kind is MoveKind.ZOOM_IN else -1
        return replace(view, focal=view.focal * float(np.exp(sign * middle * 0.75 * pace)))
    if kind in (MoveKind.DOLLY_ZOOM_IN, MoveKind.DOLLY_ZOOM_OUT):
        sign = 1 if kind is MoveKind.DOLLY_ZOOM_IN else -1
        near = float(np.exp(-sign * middle * 0.8 * pace))  # distance and focal length change alike
        back = framing.target - forward * framing.distance * near
        held = _lifted(view, back - (framing.target - forward * framing.distance))
        return replace(held, focal=view.focal * near)
    if kind in (MoveKind.ARC_CW, MoveKind.ARC_CCW):
        sign = -1 if kind is MoveKind.ARC_CW else 1
        return _orbited(view, framing.target, sign * middle * np.radians(58) * pace)
    if kind in (MoveKind.CRANE_UP, MoveKind.CRANE_DOWN):
        rise = (share if kind is MoveKind.CRANE_UP else 1 - share) * pace * max(0.55 * framing.frame_height, 1.0)
        position = view.position + (0, 0, rise)
        aimed = looking(position, framing.target, view.roll, view.focal)
        return replace(view, position=position, pitch=view.pitch + (aimed.pitch - view.pitch) * 0.8)
    return _tracked(view, framing, kind, middle * pace, followed)


def _orbited(view: View, centre: np.ndarray, angle: float) -> View:
    c, s = np.cos(angle), np.sin(angle)
    x, y = (view.position - centre)[:2]
    turned = np.array((c * x - s * y, s * x + c * y, view.position[2] - centre[2]))
    return replace(view, position=centre + turned, yaw=view.yaw + angle)


def _tracked(view: View, framing: Framing, kind: MoveKind, middle: float, followed: np.ndarray) -> View:
    if kind in (MoveKind.TRACK_PAN, MoveKind.TRACK_TILT):
        aimed = looking(view.position, framing.target + followed, view.roll, view.focal)
        return replace(view, yaw=aimed.yaw, pitch=aimed.pitch)
    if kind is MoveKind.TRACK_ARC:
        centre = framing.target + followed
        return _orbited(_lifted(view, followed), centre, middle * np.radians(58))
    if kind.value.startswith("track"):
        return _lifted(view, followed)
    return view


def _shaken(view: View, camera: Camera, time: float, seed: int) -> View:
    """Handheld: slow drift and quick tremor of yaw, pitch and roll, seeded, the same at every frame rate."""
    degrees = _SHAKE.get(camera.steadiness, 0.0) if camera.steadiness else 0.0
    if not degrees:
        return view
    chance = np.random.default_rng(seed)
    amount = np.radians(degrees) * min(1.0, 35.0 / view.focal + 0.25)
    offsets = []
    for _ in range(3):
        phases, rates = (
            chance.uniform(0, 2 * np.pi, 4),
            np.array((0.31, 0.83, 1.9, 4.1)) * chance.uniform(0.8, 1.2, 4),
        )
        offsets.append(float(np.sum(np.array((0.8, 0.5, 0.25, 0.08)) * np.sin(2 * np.pi * rates * time + phases))))
    return replace(
        view,
        yaw=view.yaw + amount * offsets[0],
        pitch=view.pitch + amount * offsets[1],
        roll=view.roll + 0.5 * amount * offsets[2],
    )
