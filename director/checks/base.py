"""The family of checks: one file each, one protocol.

A check sees frames, rehearsal and references; no key, no seed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from characters.seen import Reference
from storyboard.frozen import Frozen

if TYPE_CHECKING:
    import numpy as np


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
    score: float
    limit: float
    words: str  # expected against measured
    frame: int | None = None
    box: tuple[int, int, int, int] | None = None  # x, y, width, height in pixels
    segment: int = 0
    advisory: bool = False  # an advisory check never rejects


@dataclass(frozen=True)
class Showing:
    """A take as a check sees it: what was asked for, and the frames that came.

    ``read(indices)`` yields the frames at these places, each ``uint8[H, W, 3]``, sRGB.
    """

    width: int
    height: int
    frames: int
    read: "Callable[[list[int]], Iterator[np.ndarray]]"
    references: tuple[Reference, ...] = ()


class Check(Protocol):
    """Judges one thing about a take."""

    name: str
    version: str  # changes whenever the same frames could be judged otherwise

    def judge(self, showing: Showing) -> Verdict: ...
