"""A player: one person while a shot is blocked, cue by cue, until an actor can be made of it."""

from dataclasses import dataclass, field

import numpy as np

from characters.seen import Seen
from render.previz.acting.actor import Actor
from render.previz.acting.company import Company
from render.previz.acting.lexicon import Gesture
from render.previz.acting.motion import RUN, WALK, Change, Track, Turn, Way, wrapped
from render.previz.acting.perches import Perch
from render.previz.acting.postures import stance
from render.previz.acting.score import Carry, Deed, Gaze, Point, Seat
from render.previz.acting.seats import BED
from render.previz.acting.steps import plan_feet
from render.previz.figures.skeleton import HIP

_TURNING = 2.6  # radians a second
_SEATED = ("sit", "kneel", "lie")
ALWAYS = 1e9


@dataclass(eq=False)
class Player:
    """What is known of one person up to the cue that is being blocked. Times in seconds, lengths in metres."""

    seen: Seen
    mark: np.ndarray
    facing: float
    outward: np.ndarray  # float64[2], the way off stage
    alone: bool  # nobody else is in the scene
    single: bool  # nobody else is in the picture
    across: np.ndarray  # float64[2], the way one goes who goes through the picture
    phase: float
    perch: Perch | None = None  # their seat or bed in the set
    start: np.ndarray = field(init=False)
    feet: np.ndarray = field(init=False)  # the middle between the feet
    heading: float = field(init=False)
    posture: str = "stand"
    seat: float = 0.0
    first_posture: str = "stand"
    first_seat: float = 0.0
    busy: float = -5.0  # until when the feet have something to do
    moved: bool = False
    started: bool = False  # has done something that can be seen
    ways: list[Way] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    gazes: list[Gaze] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    carries: list[Carry] = field(default_factory=list)
    heads: list[tuple[float, float, float, float]] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    off: list[tuple[float, float]] = field(default_factory=list)
    speaks: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start = np.array(self.mark, float)
        self.feet = self.start.copy()
        self.heading = self.facing

    @property
    def height(self) -> float:
        return self.seen.figure.height if self.seen.figure else 1.70

    def begin_at(self, place: np.ndarray, heading: float) -> None:
        """Stand somewhere else than on the mark before anything happens."""
        self.start, self.feet = np.array(place, float), np.array(place, float)
        self.facing = self.heading = heading

    def begin_as(self, posture: str, seat: float) -> None:
        """Be in a posture before anything happens, with the hips over the mark."""
        self.first_posture = self.posture = posture
        self.first_seat = self.seat = seat
        back = stance(posture, self.height, seat).back * self.height
        self.start = self.mark + back * np.array((np.cos(self.facing), np.sin(self.facing)))
        self.feet = self.start.copy()
        self._put_seat()

    def _put_seat(self) -> None:
        if self.seat <= 0.15 or self.posture not in ("sit", "lie"):
            return
        back = stance(self.posture, self.height, self.seat).back * self.height
        ahead = np.array((np.cos(self.heading), np.sin(self.heading)))
        at = self.feet - back * ahead
        if self.perch is not None and float(np.hypot(*(at - self.perch.at))) < 0.1:
            return  # the set has it
        kind = "chair" if self.posture == "sit" and self.seat != BED else "bed"
        self.seats.append(Seat(kind, (float(at[0]), float(at[1])), self.heading, self.seat))

    def change(self, posture: str, begins: float, ends: float, seat: float = 0.0) -> float:
        """Take a posture; what lies between (from standing to lying one goes down first) comes of itself."""
        begins = max(begins, self.busy)
        ends = max(ends, begins + 0.45)
        if (posture, seat) == (self.posture, self.seat):
            return begins
        self._slide(posture, seat, begins, ends)
        low = {self.posture, posture} == {"stand", "lie"} and max(seat, self.seat) < 0.15
        if low:
            middle = begins + 0.45 * (ends - begins)
            self._change("crouch", begins, middle, 0.0)
            begins = middle
        self._change(posture, begins, ends, seat)
        self.busy = ends
        self._put_seat()
        return ends

    def takes_perch(self, posture: str) -> bool:
        """Whether they are where they can sit or lie down on what of the set is theirs."""
        perch = self.perch
        return perch is not None and float(np.hypot(*(self.feet - perch.beside))) < 0.15 and posture in ("sit", "lie")

    def _slide(self, posture: str, seat: float, begins: float, ends: float) -> None:
        """Get on to a perch from beside it, or off it: the hips go straight there, past the table before it."""
        perch = self.perch
        if perch is None:
            return
        if self.takes_perch(posture) and seat == perch.height:
            to = self._before_perch(posture)
        elif posture not in ("sit", "lie") and float(np.hypot(*(self.feet - self._before_perch(self.posture)))) < 0.1:
            to = perch.beside
        else:
            return
        if float(np.hypot(*(to - self.feet))) < 0.05:
            return
        start, end = (float(self.feet[0]), float(self.feet[1])), (float(to[0]), float(to[1]))
        self.ways.append(Way(start, end, begins, ends))
        self.feet = np.array(to, float)

    def _before_perch(self, posture: str) -> np.ndarray:
        """Where the feet are while they sit or lie on their perch, float64[2]."""
        assert self.perch is not None
        back = stance(posture, self.height, self.perch.height).back * self.height
        return self.perch.at + back * np.array((np.cos(self.perch.facing), np.sin(self.perch.facing)))

    def _change(self, posture: str, begins: float, ends: float, seat: float) -> None:
        self.changes.append(Change(begins, ends, self.posture, posture, self.seat, seat))
        self.posture, self.seat = posture, seat

    def rise(self, time: float) -> float:
        """Be on one's feet; returns from when on."""
        if self.posture == "stand":
            return max(time, self.busy)
        spell = {"sit": 0.9, "kneel": 0.8, "crouch": 0.6, "lie": 1.6}[self.posture]
        return self.change("stand", time, max(time, self.busy) + spell)

    def turn(self, heading: float, time: float, *, least: float = 0.2) -> float:
        """Turn round, the short way; returns when it is done. Who sits turns no more than the head."""
        off = wrapped(heading - self.heading)
        begins = max(time, self.busy)
        if abs(off) < least or self.posture in _SEATED:
            return begins
        ends = begins + max(0.4, abs(off) / _TURNING)
        self.turns.append(Turn(begins, ends, self.heading, self.heading + off))
        self.heading += off
        self.busy = ends
        return ends

    def walk(self, to: np.ndarray, time: float, *, speed: float | None = None, running: bool = False) -> float:
        """Go somewhere; returns when one is there."""
        begins = self.rise(time)
        way = np.asarray(to, float) - self.feet
        far = float(np.hypot(*way))
        if far < 0.08:
            return begins
        pace = speed or (RUN if running else min(WALK, 0.75 + 0.5 * far))
        spell = far / pace + 0.35
        heading = float(np.arctan2(way[1], way[0]))
        off = wrapped(heading - self.heading)
        if abs(off) > 0.05:
            if abs(off) > 1.2:  # about-face first, so that nobody walks backwards
                self.turns.append(Turn(begins, begins + 0.5, self.heading, self.heading + off))
                self.heading += off
                begins += 0.3
            else:
                self.turns.append(Turn(begins, begins + 0.45, self.heading, self.heading + off))
                self.heading += off
        start, end = (float(self.feet[0]), float(self.feet[1])), (float(to[0]), float(to[1]))
        self.ways.append(Way(start, end, begins, begins + spell, running))
        self.feet = np.array(to, float)
        self.busy = begins + spell
        self.moved = self.started = True
        return self.busy

    def look(self, at: "str | Point | None", time: float) -> None:
        """Look somewhere from a time on."""
        if not self.gazes or self.gazes[-1].at != at:
            self.gazes.append(Gaze(time, at))

    def free_side(self) -> int:
        """A hand with nothing in it, the right one first."""
        held = {carry.side for carry in self.carries if carry.ends >= ALWAYS}
        return 1 if 1 not in held else 0

    def carry_of(self, prop: str | None) -> Carry | None:
        """The hand that has this prop, or any prop if none is named."""
        return next((c for c in self.carries if c.ends >= ALWAYS and prop in (None, c.prop)), None)

    def release(self, prop: str, time: float) -> int:
        """Let go of a prop; returns which hand had it."""
        for index, carry in enumerate(self.carries):
            if carry.prop == prop and carry.ends >= ALWAYS:
                self.carries[index] = Carry(carry.begins, time, carry.side, carry.grip, prop)
                return carry.side
        return self.free_side()

    def gesture(self, gesture: Gesture, begins: float, ends: float, **more: object) -> None:
        """Do something with the hands, the head or the trunk."""
        self.started = True
        self.deeds.append(Deed(begins, ends, gesture, **more))  # type: ignore[arg-type]

    def track(self) -> Track:
        """The motion as it is known by now."""
        start = (float(self.start[0]), float(self.start[1]))
        return Track(
            self.height, start, self.facing, self.first_posture, self.first_seat,
            tuple(self.ways), tuple(self.turns), tuple(self.changes),
        )  # fmt: skip

    def actor(self, company: Company, middle: float) -> Actor:
        """The finished actor."""
        track = self.track()
        return Actor(
            seen=self.seen,
            mark=self.mark,
            track=track,
            feet=plan_feet(track),
            company=company,
            speaks=tuple(self.speaks),
            gazes=tuple(sorted(self.gazes, key=lambda gaze: gaze.begins)),
            deeds=tuple(self.deeds),
            carries=tuple(self.carries),
            heads=tuple(self.heads),
            seats=tuple(self.seats),
            perch=self.perch,
            off=tuple(self.off),
            phase=self.phase,
            middle=middle,
        )

    def shoulder_height(self) -> float:
        """How high the shoulders are now, metres."""
        return (stance(self.posture, self.height, self.seat).hips + 0.785 - HIP) * self.height
