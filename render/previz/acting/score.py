"""The score that an actor plays: where they look, what their hands do and carry, what they sit on, and when."""

from dataclasses import dataclass

from render.previz.acting.lexicon import Gesture, Grip
from render.previz.acting.seats import SEAT

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Gaze:
    """From ``begins`` on somebody looks at a person or a prop (by name), at a point, or ahead (None)."""

    begins: float
    at: str | Point | None


@dataclass(frozen=True)
class Deed:
    """A gesture in its time. ``goal`` is the point in the world that the hand goes to, or points to."""

    begins: float
    ends: float
    gesture: Gesture
    side: int = 1
    goal: Point | None = None
    toward: str | None = None  # points at whoever or whatever this is, wherever it is


@dataclass(frozen=True)
class Carry:
    """Something is in this hand between two times."""

    begins: float
    ends: float
    side: int
    grip: Grip
    prop: str


@dataclass(frozen=True)
class Seat:
    """What must stand under somebody: where, which way it faces, and how high its top is in metres."""

    kind: str  # chair, bed
    at: tuple[float, float]
    facing: float
    height: float = SEAT
