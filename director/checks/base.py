"""The family of checks: one file each, one protocol.

A check sees frames, rehearsal and references; no key, no seed.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from characters.seen import Reference, Seen
from storyboard.camera import Camera
from storyboard.frozen import Frozen

if TYPE_CHECKING:
    import numpy as np

    from director.checks.sight import Sight
    from render.previz.expectation import Expectation


class Ruling(StrEnum):
    """What a check decides. Unsure ranks between pass and fail, and is listed for a person."""

    PASS = "pass"  # noqa: S105
    UNSURE = "unsure"
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"


class Verdict(Frozen):
    """What a check found in a take, with its evidence."""

    check: str
    version: str
    ruling: Ruling
    score: float  # of the measure; the higher, the worse
    limit: float  # above it the take fails
    words: str  # expected against measured, for people
    measure: str = ""  # which of the check's measures: limits are kept by this name
    subject: str | None = None  # the bible's name of whom or what it is about
    part: str | None = None  # which of its locked attributes
    expected: str = ""
    measured: str = ""
    frame: int | None = None  # of the take, where it is seen best
    box: tuple[int, int, int, int] | None = None  # x, y, width, height in pixels of the take
    span: tuple[int, int] | None = None  # first and last frame of the take that fail; None: all of it
    segment: int = 0
    advisory: bool = False  # an advisory check never rejects


class Limit(Frozen):
    """Where a measure stops to be good enough, and the error rate that the limit stands for."""

    fail: float  # a score above it fails
    doubt: float  # a score above it, up to ``fail``, is unsure
    false_alarms: float = 0.0  # share of good takes that lie above ``fail``, where it was measured
    takes: int = 0  # how many it was measured on

    def ruling(self, score: float) -> Ruling:
        """What a score means."""
        if not score <= self.fail:  # so is what is no number
            return Ruling.FAIL
        return Ruling.UNSURE if score > self.doubt else Ruling.PASS


@dataclass(frozen=True, eq=False)
class Showing:
    """A take as a check sees it: what was asked for, and the frames that came.

    ``read(indices)`` yields the frames at these places, each ``uint8[H, W, 3]``, sRGB. ``expected`` is the
    rehearsal, None where there is none to hold the take against. ``anchors`` are crops of earlier takes, by name, that
    stand for whoever has no references. ``limits`` are those of the film, by measure or ``measure/subject``; what is
    not in them is as shipped.
    """

    width: int
    height: int
    frames: int
    read: "Callable[[list[int]], Iterator[np.ndarray]]"
    references: tuple[Reference, ...] = ()
    rate: Fraction = Fraction(24)
    head: int = 0
    tail: int = 0
    camera: Camera | None = None
    cast: tuple[Seen, ...] = ()
    props: tuple[Seen, ...] = ()
    place: Seen | None = None
    continues: bool = False  # it was to go on from the last frame of another shot: ``before``
    before: "np.ndarray | None" = None  # that frame, uint8[H, W, 3]
    expected: "Expectation | None" = None
    anchors: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)

    @functools.cached_property
    def sight(self) -> "Sight":
        """The take as it is looked at: decoded once, small, and laid over the rehearsal."""
        from director.checks.sight import Sight

        return Sight(self)

    def pictures(self, name: str) -> tuple[Reference, ...]:
        """What shows how somebody or something should look: references, and without any the anchors."""
        return tuple(each for each in self.references if each.of == name) or self.anchors.get(name, ())

    def limit(self, measure: str, subject: str | None = None) -> Limit:
        """The film's limit of a measure, for this subject if it has one of its own."""
        from director.checks.limits import shipped

        own = self.limits.get(f"{measure}/{subject}") if subject else None
        return own or self.limits.get(measure) or shipped(measure)


class Check(Protocol):
    """Judges one thing about a take."""

    name: str
    version: str  # changes whenever the same frames could be judged otherwise

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        """One verdict for each thing that it can tell apart; not applicable where there is nothing to judge.

        Must not raise for what a take shows. Raises MachineError when a model fails.
        """
        ...
