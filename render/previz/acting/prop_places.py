"""Where props are at any time: on a spot of their own, or in somebody's hand, and how they get from one to another."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from characters.seen import Seen
from render.previz.acting.company import Company
from render.previz.acting.lexicon import Grip
from render.previz.acting.motion import ease
from render.previz.solid import Solid, pitched, placed
from render.request import Stage
from storyboard.shot import BeatKind

_PASS = 0.3  # seconds in which a prop goes from one hand to another, or from a hand to its place
_IN_HAND = Grip((0.165, 0.10, 0.585))
_SMALL = 0.5  # metres: what is smaller hangs from the hand that carries it
_TABLE_TALL, _TABLE_LONG, _TABLE_ROOM = 0.47, 1.15, 0.34  # metres, metres, m²: what a table takes
_HANDY = 0.3  # m³ of the box around it: what is larger is carried by nobody
_AISLE = 1.0  # metres between people and what stands on the floor behind them

Point = tuple[float, float, float]
Hand = Callable[[str, int], tuple[np.ndarray, float]]
"""Whose hand, 0 left or 1 right → where the palm is, float64[3], and which way its owner faces."""


@dataclass(frozen=True)
class Keeping:
    """From ``begins`` on the prop is in somebody's hand, or on a spot."""

    begins: float
    holder: str | None
    side: int = 1
    at: Point = (0.0, 0.0, 0.0)
    facing: float = 0.0


@dataclass(frozen=True)
class PropPlace:
    """A prop and where it is over the shot. ``tall`` is its height in metres."""

    seen: Seen
    holder: str | None  # who has it when the shot begins
    at: Point  # where it stands while nobody has it
    table: bool  # whether there is a table under it
    grip: Grip = _IN_HAND
    tall: float = 0.2
    keepings: tuple[Keeping, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it is ever in a hand, or elsewhere than where it stood."""
        return self.holder is not None or any(keep.begins > -1e8 for keep in self.keepings)

    @property
    def hangs(self) -> float:
        """How high above its foot it is held, metres."""
        if self.grip.tilt:
            return 0.0
        if self.grip.up:
            return 0.1
        return self.tall - 0.02 if self.tall < _SMALL else 0.1

    def keeper(self, time: float) -> Keeping:
        """Where it is at this time."""
        found = Keeping(-1e9, self.holder, at=self.at)
        for keep in self.keepings:
            if keep.begins <= time:
                found = keep
        return found

    def held_by(self, time: float) -> str | None:
        """Who has it in hand at this time."""
        return self.keeper(time).holder

    def about(self, time: float, company: Company) -> np.ndarray:
        """About where it is, without asking for anybody's pose, float64[3]."""
        keep = self.keeper(time)
        if keep.holder is None or keep.holder not in company.tracks:
            return np.array(keep.at) + (0, 0, 0.5 * self.tall)
        track = company.tracks[keep.holder]
        (x, y), heading, h = track.place(time), track.heading(time), track.height
        ahead, aside, up = self.grip.at
        aside = aside if keep.side == 0 else -aside
        c, s = np.cos(heading), np.sin(heading)
        high = up * h + (track.stance(time).hips - 0.526) * h - 0.5 * self.tall
        return np.array((x + h * (ahead * c - aside * s), y + h * (ahead * s + aside * c), high))

    def matrix(self, time: float, hand: Hand) -> np.ndarray:
        """The prop's 4×4 transform in the world; ``hand`` says where somebody's palm is."""
        past = [keep for keep in (Keeping(-1e9, self.holder, at=self.at), *self.keepings) if keep.begins <= time]
        (at, facing), held = self._held(past[-1], hand), float(past[-1].holder is not None)
        if len(past) > 1 and time < past[-1].begins + _PASS:
            (was, turned), before = self._held(past[-2], hand), float(past[-2].holder is not None)
            share = ease((time - past[-1].begins) / _PASS)
            at = was + (at - was) * share
            facing = turned + float((facing - turned + np.pi) % (2 * np.pi) - np.pi) * share
            held = before + (held - before) * share
        where = placed(float(at[0]), float(at[1]), float(at[2]), facing)
        if not self.grip.tilt:
            return where
        return where @ pitched(held * self.grip.tilt, (0.0, 0.0, 0.0)) @ placed(held * self.grip.ahead, 0.0, 0.0)

    def _held(self, keep: Keeping, hand: Hand) -> tuple[np.ndarray, float]:
        if keep.holder is None:
            return np.array(keep.at), keep.facing
        palm, facing = hand(keep.holder, keep.side)
        return palm - (0.0, 0.0, self.hangs), facing


@dataclass(frozen=True)
class Bulk:
    """What room a prop takes: metres along x, across it, and high, of the box around it; ``off`` is its middle."""

    long: float
    deep: float
    tall: float
    off: tuple[float, float]

    @property
    def on_table(self) -> bool:
        """Whether it stands on a table, where nobody has it: cups, suitcases, swords, but no chair and no fire."""
        small = self.long * self.deep <= _TABLE_ROOM and max(self.long, self.deep) <= _TABLE_LONG
        return small and self.tall <= _TABLE_TALL

    @property
    def handy(self) -> bool:
        """Whether somebody may have it in hand, as words have it: a chair or a ladder, but no bicycle."""
        return self.long * self.deep * self.tall <= _HANDY


def bulk_of(solid: Solid) -> Bulk:
    """The room that a built prop takes; its origin need not be its middle."""
    low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
    long, deep, _ = (float(each) for each in high - low)
    return Bulk(long, deep, float(high[2]), (float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2))


class Ground:
    """Room on the floor behind the people: what is too large for a table stands there side by side."""

    def __init__(self, middle: Sequence[float], side: int) -> None:
        self.middle, self.side = middle, side
        self._right: float | None = None
        self._left = 0.0

    def place(self, bulk: Bulk) -> Point:
        """A free place; the first is about the middle, then to the right and to the left in turn."""
        if self._right is None:
            x, self._right, self._left = 0.4, 0.4 + bulk.long / 2, 0.4 - bulk.long / 2
        elif self._right <= -self._left + 0.8:
            x = self._right + 0.3 + bulk.long / 2
            self._right = x + bulk.long / 2
        else:
            x = self._left - 0.3 - bulk.long / 2
            self._left = x - bulk.long / 2
        y = self.side * (_AISLE + bulk.deep)
        return float(self.middle[0]) + x - bulk.off[0], float(self.middle[1]) + y - bulk.off[1], 0.0


def holder_of(stage: Stage, prop: Seen) -> str | None:
    """Who has the prop in hand by the mere mention: whoever is named with it in one sentence, first named first."""
    word = re.escape(prop.name.split()[-1])
    for beat in stage.beats:
        for sentence in re.split(r"(?<=[.!?])\s+", beat.text):
            if beat.kind is BeatKind.ACTION and re.search(rf"\b{word}\b", sentence, re.IGNORECASE):
                at = {
                    seen.name: match.start()
                    for seen in stage.cast
                    if (match := re.search(rf"\b{re.escape(seen.name.split()[0])}\b", sentence, re.IGNORECASE))
                }
                if at:
                    return min(at, key=lambda name: at[name])
                if re.search(r"\b(she|he|they|her|his|their)\b", sentence, re.IGNORECASE) and stage.cast:
                    return stage.cast[0].name
    return None
