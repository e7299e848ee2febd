"""The window: which stretch of a take is cut. A take has handles, and where less fails elsewhere, that is used."""

from collections.abc import Mapping, Sequence
from math import ceil

from director.checks.base import Ruling, Verdict
from render.cut.pieces import BLENDS, blend_halves
from render.request import Request
from storyboard.frozen import Frozen
from storyboard.shot import BeatKind, Joint, Shot

OFF_SYNC = 12
"""A shot in which somebody is seen to speak may be moved by this part of a second: lips tell more."""


class Room(Frozen):
    """Where the window of a shot's takes may begin, and how much of its neighbours' joints is seen around it."""

    home: int  # where it begins as planned: the head
    first: int  # the earliest and the latest frame it may begin at
    last: int
    frames: int  # its length
    before: int = 0  # frames of a joint that show the take before the window
    after: int = 0


class Window(Frozen):
    """A stretch of a take: ``frames`` from ``first`` on. With its joints it shows ``shown``, both ends included."""

    first: int
    frames: int
    shown: tuple[int, int]

    def holds(self, verdict: Verdict) -> bool:
        """Whether a verdict is about anything that is seen; one without a span is about the whole take."""
        return verdict.span is None or (verdict.span[0] <= self.shown[1] and verdict.span[1] >= self.shown[0])


def rooms(shots: Sequence[Shot], requests: Mapping[str, Request]) -> dict[str, Room]:
    """The room of every shot of a film, by id, in frames of its takes; ``requests`` say how they are shot.

    Dissolves and wipes keep the frames that they are made of, and where one shot continues another both stay where
    they are.
    """
    continued = {shot.continues for shot in shots}
    found: dict[str, Room] = {}
    joint = Joint()
    for index, shot in enumerate(shots):
        request = requests[shot.id]
        head, tail = request.head, request.tail
        pace = request.rate / shot.rate
        before = ceil(blend_halves(joint.frames)[0] * pace) if joint.kind in BLENDS else 0
        last = index + 1 == len(shots)
        after = ceil(blend_halves(shot.joint_out.frames)[1] * pace) if shot.joint_out.kind in BLENDS and not last else 0
        first, latest = min(head, before), max(head, head + tail - after)
        if shot.continues or shot.id in continued:
            first = latest = head
        elif any(beat.kind is BeatKind.SPEECH and beat.seen for beat in shot.beats):
            reach = round(request.rate / OFF_SYNC)
            first, latest = max(first, head - reach), min(latest, head + reach)
        found[shot.id] = Room(
            home=head, first=first, last=latest, frames=request.frames_of_shot, before=before, after=after
        )
        joint = shot.joint_out
    return found


def best_window(room: Room, verdicts: Sequence[Verdict]) -> Window:
    """The window in which least fails, then least is unsure; of equals the one nearest to where it was planned."""
    at_home = window_at(room, room.home)
    told = [v for v in verdicts if v.span is not None and not v.advisory and v.ruling in (Ruling.FAIL, Ruling.UNSURE)]
    if not told or room.first == room.last:
        return at_home

    def trouble(window: Window) -> tuple[int, int, int, int]:
        inside = [v.ruling for v in told if window.holds(v)]
        off = abs(window.first - room.home)
        return inside.count(Ruling.FAIL), inside.count(Ruling.UNSURE), off, window.first

    return min((window_at(room, first) for first in range(room.first, room.last + 1)), key=trouble)


def window_at(room: Room, first: int) -> Window:
    """The window that begins at a frame of the take."""
    return Window(first=first, frames=room.frames, shown=(first - room.before, first + room.frames - 1 + room.after))
