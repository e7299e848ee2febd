"""How a person moves about: where they are, which way they face and how high their hips are, at any time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from render.previz.acting.postures import Stance, mixed, stance

WALK, RUN = 1.25, 2.9  # metres a second
_RAMP = 0.35  # seconds to get going, and to stop


def ease(share: float) -> float:
    """Smooth start and stop: 3s² − 2s³, held outside 0 … 1."""
    s = min(max(share, 0.0), 1.0)
    return s * s * (3 - 2 * s)


def wrapped(angle: float) -> float:
    """The same angle between −π and π."""
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


@dataclass(frozen=True)
class Way:
    """A way on foot, straight: from and to in metres, between two times in seconds."""

    start: tuple[float, float]
    end: tuple[float, float]
    begins: float
    ends: float
    running: bool = False

    @property
    def length(self) -> float:
        return float(np.hypot(self.end[0] - self.start[0], self.end[1] - self.start[1]))

    @property
    def direction(self) -> float:
        return float(np.arctan2(self.end[1] - self.start[1], self.end[0] - self.start[0]))

    @property
    def _ramp(self) -> float:
        return min(_RAMP, (self.ends - self.begins) / 3)

    @property
    def speed(self) -> float:
        """Metres a second between getting going and stopping."""
        return self.length / max(self.ends - self.begins - self._ramp, 1e-6)

    def gone(self, time: float) -> float:
        """How far one has come, metres: speeding up evenly, then at one speed, then slowing down evenly."""
        whole, ramp, speed = self.ends - self.begins, self._ramp, self.speed
        t = min(max(time - self.begins, 0.0), whole)
        if t < ramp:
            return speed * t * t / (2 * ramp)
        if t > whole - ramp:
            return self.length - speed * (whole - t) ** 2 / (2 * ramp)
        return speed * (t - ramp / 2)

    def when(self, gone: float) -> float:
        """The time at which one has come so far."""
        ramp, speed = self._ramp, max(self.speed, 1e-9)
        s = min(max(gone, 0.0), self.length)
        if s < speed * ramp / 2:
            return self.begins + float(np.sqrt(2 * ramp * s / speed))
        if s > self.length - speed * ramp / 2:
            return self.ends - float(np.sqrt(max(2 * ramp * (self.length - s) / speed, 0.0)))
        return self.begins + s / speed + ramp / 2

    def place(self, time: float) -> tuple[float, float]:
        share = self.gone(time) / max(self.length, 1e-9)
        return (
            self.start[0] + (self.end[0] - self.start[0]) * share,
            self.start[1] + (self.end[1] - self.start[1]) * share,
        )


@dataclass(frozen=True)
class Turn:
    """Turning round: from one heading to another in radians, the short way if they are given so."""

    begins: float
    ends: float
    start: float
    end: float


@dataclass(frozen=True)
class Change:
    """From one posture to another; ``seat`` is the height in metres of what is sat or lain on."""

    begins: float
    ends: float
    before: str
    after: str
    seat_before: float = 0.0
    seat: float = 0.0


@dataclass(frozen=True)
class Track:
    """One person's motion over the shot. Ways, turns and changes stand in the order of their times."""

    height: float
    start: tuple[float, float]  # of the middle between the feet, before anything happens
    facing: float
    posture: str = "stand"
    seat: float = 0.0
    ways: tuple[Way, ...] = ()
    turns: tuple[Turn, ...] = ()
    changes: tuple[Change, ...] = ()

    def way(self, time: float) -> Way | None:
        """The way that one is on."""
        return next((way for way in self.ways if way.begins <= time < way.ends), None)

    def feet(self, time: float) -> tuple[float, float]:
        """The middle between the feet, metres."""
        past = _last(self.ways, time)
        return past.place(time) if past is not None else self.start

    def heading(self, time: float) -> float:
        """Which way the hips face, radians."""
        angle = self.facing
        for turn in self.turns:
            if turn.begins > time:
                break
            angle = turn.start + (turn.end - turn.start) * ease(
                (time - turn.begins) / max(turn.ends - turn.begins, 1e-6)
            )
        return angle

    def stance(self, time: float) -> Stance:
        """How the body is held at this time."""
        change = _last(self.changes, time)
        if change is None:
            return stance(self.posture, self.height, self.seat)
        after = stance(change.after, self.height, change.seat)
        if time >= change.ends:
            return after
        share = ease((time - change.begins) / max(change.ends - change.begins, 1e-6))
        return mixed(stance(change.before, self.height, change.seat_before), after, share)

    def posture_at(self, time: float) -> str:
        """The posture that is held or being taken."""
        change = _last(self.changes, time)
        return change.after if change is not None else self.posture

    def place(self, time: float) -> tuple[float, float]:
        """Where the hips are, metres."""
        x, y = self.feet(time)
        back, heading = self.stance(time).back * self.height, self.heading(time)
        return x - back * float(np.cos(heading)), y - back * float(np.sin(heading))

    def eyes(self, time: float) -> np.ndarray:
        """About where the eyes are, float64[3]."""
        x, y = self.place(time)
        held, heading, h = self.stance(time), self.heading(time), self.height
        tip = held.lean + held.flat
        up, ahead = 0.406 * h * np.cos(tip), 0.406 * h * np.sin(tip)
        z = held.hips * h + up
        return np.array((x + ahead * np.cos(heading), y + ahead * np.sin(heading), z))


Timed = TypeVar("Timed", Way, Change)


def _last(timed: Sequence[Timed], time: float) -> Timed | None:
    found = None
    for one in timed:
        if one.begins > time:
            break
        found = one
    return found
