"""What a person does in a shot, as a function of its time: where they stand, and how."""

from dataclasses import dataclass

import numpy as np

from characters.seen import Seen
from render.previz.figures.skeleton import HIP, KNEE, Pose


@dataclass(frozen=True)
class Walk:
    """A way on foot: from and to in metres, between two times in seconds."""

    start: np.ndarray
    end: np.ndarray
    begins: float
    ends: float
    running: bool = False


@dataclass(frozen=True)
class Actor:
    """One person's blocking for the whole shot."""

    seen: Seen
    mark: np.ndarray  # float64[2], metres
    facing: float  # radians, at the mark
    posture: str  # stand, sit, kneel, lie
    walk: Walk | None
    speaks: tuple[tuple[float, float], ...]  # seconds
    reaches: tuple[tuple[float, float], ...]
    looks_at: float | None  # direction of gaze in radians while standing
    phase: float  # a person's own rhythm
    holds: bool = False

    @property
    def height(self) -> float:
        return self.seen.figure.height if self.seen.figure else 1.70

    def place(self, time: float) -> np.ndarray:
        """Where the person is, float64[2]."""
        if self.walk is None:
            return self.mark
        share = (time - self.walk.begins) / max(self.walk.ends - self.walk.begins, 1e-6)
        return self.walk.start + (self.walk.end - self.walk.start) * min(max(share, 0.0), 1.0)

    def heading(self, time: float) -> float:
        """Which way the body faces."""
        if self.walk is not None and self.walk.begins <= time < self.walk.ends:
            way = self.walk.end - self.walk.start
            return float(np.arctan2(way[1], way[0]))
        return self.facing

    def pose(self, time: float) -> Pose:
        """How the person stands at this time in seconds."""
        x, y = self.place(time)
        facing, h = self.heading(time), self.height
        sway = 0.012 * np.sin(1.3 * time + self.phase)
        talking = any(start <= time < end for start, end in self.speaks)
        nod = 0.05 * np.sin(6.0 * time + self.phase) if talking else 0.02 * np.sin(0.9 * time + self.phase)
        turn = 0.05 * np.sin(0.7 * time + self.phase)
        if self.looks_at is not None:
            turn += float(np.clip(_wrapped(self.looks_at - facing), -1.0, 1.0))
        arms = [0.04 + sway, 0.04 - sway]
        elbows = [0.18, 0.18]
        if talking:
            arms[1] = 0.30 + 0.16 * np.sin(2.7 * time + self.phase)
            elbows[1] = 1.05 + 0.25 * np.sin(3.4 * time + self.phase)
        if self.holds:
            arms[1], elbows[1] = 0.45 + sway, 0.95
        elif any(start <= time < end for start, end in self.reaches):
            arms[1], elbows[1] = 0.95, 0.5
        thighs, knees, z, lean, flat = (sway * 0.3, -sway * 0.3), (0.03, 0.03), 0.0, 0.0, 0.0
        if self.walk is not None and self.walk.begins <= time < self.walk.ends:
            beat = (8.6 if self.walk.running else 5.6) * time + self.phase
            swing = 0.75 if self.walk.running else 0.45
            thighs = (swing * np.sin(beat), -swing * np.sin(beat))
            knees = (
                0.15 + (1.1 if self.walk.running else 0.55) * max(0.0, float(np.sin(beat - 1.9))),
                0.15 + (1.1 if self.walk.running else 0.55) * max(0.0, float(np.sin(beat - 1.9 + np.pi))),
            )
            if not self.holds:
                arms = [-0.8 * swing * np.sin(beat), 0.8 * swing * np.sin(beat)]
                elbows = [1.3, 1.3] if self.walk.running else [0.35, 0.35]
            lean = 0.16 if self.walk.running else 0.05
            z = 0.018 * h * (abs(float(np.cos(beat))) - 0.7)
        elif self.posture == "sit":
            thighs, knees, z = (1.45, 1.45), (1.45, 1.45), -(HIP - KNEE) * h + 0.03
        elif self.posture == "kneel":
            thighs, knees, z = (0.0, 1.3), (1.5, 1.4), -KNEE * h + 0.04
        elif self.posture == "lie":
            flat, z = -np.pi / 2, 0.14
        return Pose(
            x=float(x),
            y=float(y),
            z=z,
            facing=facing,
            lean=lean,
            flat=flat,
            thighs=thighs,
            knees=knees,
            arms=(float(arms[0]), float(arms[1])),
            elbows=(float(elbows[0]), float(elbows[1])),
            head_turn=turn,
            nod=float(nod),
        )

    def eye_height(self) -> float:
        """Height of the eyes above the ground, metres."""
        drop = {"sit": (HIP - KNEE) * self.height, "kneel": KNEE * self.height, "lie": 0.75 * self.height}
        return 0.936 * self.height - drop.get(self.posture, 0.0)


def _wrapped(angle: float) -> float:
    return float((angle + np.pi) % (2 * np.pi) - np.pi)
