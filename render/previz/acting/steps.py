"""Footsteps: where each foot stands and when it moves, so that a foot that stands never slides."""

from dataclasses import dataclass

import numpy as np

from render.previz.acting.motion import Change, Track, Turn, Way, ease
from render.previz.acting.postures import stance
from render.previz.figures.skeleton import REST

_DUTY = (0.57, 0.33)  # walking, running: how far ahead of the hips a foot comes down, in steps
_NARROW = 0.036  # half the width of a walk's track, as a share of the height


@dataclass(frozen=True)
class Print:
    """A foot on the ground: where it is under the ankle, which way it points, and its pitch (toes up positive)."""

    x: float
    y: float
    yaw: float
    pitch: float = 0.0


@dataclass(frozen=True)
class Step:
    """A foot in the air: from one print to another, between two times."""

    begins: float
    ends: float
    start: Print
    end: Print
    lift: float  # metres
    off: float = 0.0  # radians: how far the heel rises before the foot leaves the ground
    roll: float = 0.0  # seconds in which it does
    strike: float = 0.0  # radians: the toes' pitch as the heel comes down


_FLAT = 0.09  # seconds from the heel's strike until the foot is flat


@dataclass(frozen=True)
class Foot:
    """One foot over the whole shot."""

    first: Print
    steps: tuple[Step, ...]

    def at(self, time: float) -> tuple[Print, float]:
        """Where the foot is, and how high it is lifted in metres."""
        now, after = self.first, None
        for index, step in enumerate(self.steps):
            if step.begins > time:
                after = step
                break
            if time < step.ends:
                return _swung(step, (time - step.begins) / max(step.ends - step.begins, 1e-6))
            now = step.end
            if time < step.ends + _FLAT and step.strike:
                strike = step.strike * (1 - (time - step.ends) / _FLAT)
                now = Print(now.x, now.y, now.yaw, now.pitch + strike)
            after = self.steps[index + 1] if index + 1 < len(self.steps) else None
        if after is not None and after.roll and time > after.begins - after.roll:
            rise = after.off * ease((time - after.begins + after.roll) / after.roll)
            now = Print(now.x, now.y, now.yaw, now.pitch - rise)
        return now, 0.0


_CLEAR = 0.06  # of a step's time, in which the foot goes straight up before it goes forwards, and down after it


def _swung(step: Step, share: float) -> tuple[Print, float]:
    s = ease((share - _CLEAR) / (1 - 2 * _CLEAR))
    a, b = step.start, step.end
    pitch = a.pitch - step.off + (b.pitch + step.strike - a.pitch + step.off) * ease(share * 1.15)
    up = step.lift * float(np.sin(np.pi * share)) ** 1.2 if 0 < share < 1 else 0.0
    return Print(a.x + (b.x - a.x) * s, a.y + (b.y - a.y) * s, a.yaw + (b.yaw - a.yaw) * s, pitch), up


def ankle_of(height: float, foot: Print, lift: float) -> np.ndarray:
    """Where the ankle is, float64[3]: a pitched foot stands on its ball or on its heel."""
    h = height
    pivot = REST["heel" if foot.pitch > 0 else "ball"][0] * h
    ahead, up = REST["ankle"][0] * h - pivot, REST["ankle"][2] * h
    c, s = np.cos(foot.pitch), np.sin(foot.pitch)
    along = pivot + ahead * c - up * s - REST["ankle"][0] * h
    rise = ahead * s + up * c
    return np.array((foot.x + along * np.cos(foot.yaw), foot.y + along * np.sin(foot.yaw), rise + lift))


def step_length(height: float, way: Way) -> float:
    """How long one step of a way is, metres: whole steps fill it."""
    wish = way.speed / 2.75 if way.running else height * (0.21 + 0.12 * min(way.speed, 2.2))
    return way.length / max(1, round(way.length / wish))


def plan_feet(track: Track) -> tuple[Foot, Foot]:
    """Both feet's steps for a track, left and right."""
    planner = _Planner(track)
    events: list[Way | Turn | Change] = [*track.ways, *track.turns, *track.changes]
    for event in sorted(events, key=lambda one: one.begins):
        if isinstance(event, Way):
            planner.walk(event)
        elif isinstance(event, Turn):
            planner.turn(event)
        else:
            planner.settle(event)
    return tuple(  # type: ignore[return-value]
        Foot(first, tuple(steps)) for first, steps in zip(planner.first, planner.steps, strict=True)
    )


class _Planner:
    def __init__(self, track: Track) -> None:
        self.track, self.h = track, track.height
        self.now = [self._print(side, track.start, track.facing, -1e9) for side in (0, 1)]
        self.first = list(self.now)
        self.steps: list[list[Step]] = [[], []]

    def _print(self, side: int, middle: tuple[float, float], yaw: float, time: float) -> Print:
        """Where a foot stands in the posture of this time."""
        change = next((c for c in reversed(self.track.changes) if c.begins <= time), None)
        held = (
            stance(change.after, self.h, change.seat)
            if change is not None
            else stance(self.track.posture, self.h, self.track.seat)
        )
        ahead, out, pitch = held.left if side == 0 else held.right
        aside = (1 if side == 0 else -1) * out * self.h
        c, s = np.cos(yaw), np.sin(yaw)
        x, y = middle[0] + ahead * self.h * c - aside * s, middle[1] + ahead * self.h * s + aside * c
        toe = (1 if side == 0 else -1) * (0.10 if pitch == 0 else 0.0)
        return Print(float(x), float(y), yaw + toe, pitch)

    def _step(self, side: int, begins: float, ends: float, end: Print, lift: float, **roll: float) -> None:
        if self.steps[side]:
            begins = max(begins, self.steps[side][-1].ends)
        ends = max(ends, begins + 0.02)
        yaw = self.now[side].yaw
        end = Print(end.x, end.y, yaw + float((end.yaw - yaw + np.pi) % (2 * np.pi) - np.pi), end.pitch)
        self.steps[side].append(Step(begins, ends, self.now[side], end, lift, **roll))
        self.now[side] = end

    def walk(self, way: Way) -> None:
        if way.length < 0.02:
            return
        h, reach = self.h, step_length(self.h, way)
        count, duty = round(way.length / reach), _DUTY[way.running]
        yaw = way.direction
        c, s = np.cos(yaw), np.sin(yaw)
        roll = {"off": 0.95, "roll": 0.12} if way.running else {"off": 0.55, "roll": 0.22}
        lift, strike = (0.13 * h, 0.0) if way.running else (0.040 * h, 0.22)
        for number in range(1, count + 2):
            side = number % 2
            gone = min(number, count) * reach
            begins = way.when((number - 2 + duty) * reach) if number > 1 else way.begins
            ends = way.when((number - duty) * reach) if number <= count else way.ends
            if number > count:
                end = self._print(side, way.end, yaw, way.ends)
            else:
                aside = (1 if side == 0 else -1) * (_NARROW * h if number < count else 0.052 * h)
                x, y = way.start[0] + gone * c - aside * s, way.start[1] + gone * s + aside * c
                end = Print(float(x), float(y), yaw + (1 if side == 0 else -1) * 0.06)
            last = number >= count
            begin_roll = roll if number > 1 else {"off": 0.25, "roll": 0.12}
            self._step(
                side, begins, ends, end, lift * (0.6 if last else 1.0), **begin_roll, strike=0.0 if last else strike
            )

    def turn(self, turn: Turn) -> None:
        if self.track.way(turn.begins) is not None or abs(turn.end - turn.start) < 0.2:
            return
        if self.track.posture_at(turn.begins) not in ("stand", "crouch"):
            return
        pieces = int(np.ceil(abs(turn.end - turn.start) / 1.7))
        spell = (turn.ends - turn.begins) / pieces
        first = 0 if turn.end > turn.start else 1  # the foot on the inner side goes first
        for piece in range(pieces):
            begins = turn.begins + piece * spell
            share = (piece + 1) / pieces
            yaw = turn.start + (turn.end - turn.start) * share
            middle = self.track.feet(turn.begins)
            for order, side in enumerate((first, 1 - first)):
                at = begins + order * 0.5 * spell
                end = self._print(side, middle, yaw, turn.begins)
                self._step(side, at, at + 0.5 * spell, end, 0.028 * self.h, off=0.15, roll=0.06)

    def settle(self, change: Change) -> None:
        """The feet go where the new posture has them."""
        spell = change.ends - change.begins
        middle, yaw = self.track.feet(change.ends), self.track.heading(change.ends)
        for order, side in enumerate((1, 0)):
            end = self._print(side, middle, yaw, change.ends)
            if (
                np.hypot(end.x - self.now[side].x, end.y - self.now[side].y) < 0.03
                and end.pitch == self.now[side].pitch
            ):
                continue
            at = change.begins + order * 0.3 * spell
            self._step(side, at, at + 0.6 * spell, end, 0.03 * self.h)
