"""A camera at one moment, and the framing that its moves start from."""

import functools
from dataclasses import dataclass

import numpy as np

from storyboard.camera import Playback

SENSOR = 36.0  # mm across: full frame


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

    @functools.cached_property
    def rotation(self) -> np.ndarray:
        """Columns: right, down, forward, in the world. float64[3, 3]."""
        cy, sy, cp, sp = np.cos(self.yaw), np.sin(self.yaw), np.cos(self.pitch), np.sin(self.pitch)
        c, s = np.cos(self.roll), np.sin(self.roll)
        # Right (sy, −cy, 0) and down (sp cy, sp sy, −cp), turned by the roll; forward.
        return np.array(
            (
                (c * sy + s * sp * cy, -s * sy + c * sp * cy, cy * cp),
                (-c * cy + s * sp * sy, s * cy + c * sp * sy, sy * cp),
                (-s * cp, -c * cp, sp),
            )
        )

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
    target: np.ndarray  # float64[3], metres: the middle of the frame
    frame_height: float  # metres of the world that the frame is high at the target
    anchor: np.ndarray  # float64[3]: what the picture is about, the eyes of a person: moves go towards and around it
    aspect: float  # width over height
    reach: float = 0.0  # half the width of the subject, metres
    headroom: float = 0.0  # what is above the subject, in frame heights
    tall: float = 0.0  # how much of the frame's height the head takes; 0 where the picture is not about a person

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
