"""A take as it is looked at: decoded once, small, and laid over the rehearsal."""

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from director.checks.base import Showing
    from director.checks.grade import Grade
    from director.checks.motion import Motion
    from director.checks.pace import Pace
    from director.checks.registration import Laid
    from director.checks.strange import Blob
    from director.checks.surfaces import Surface
    from render.previz.expectation import Expectation


_SHADOWED = 0.02  # of the set: so much may lie in the light instead of the shade, or the other way round
FITS = 0.34
"""How badly the pixels of somebody may fit for their pose to be the rehearsed one; good poses stay below a quarter."""
_LATE = 0.125  # seconds that action may be early or late without being wrong


class Sight:
    """What several checks look at; each thing is worked out when it is first asked for."""

    def __init__(self, showing: "Showing") -> None:
        if showing.expected is None:
            raise ValueError("there is no rehearsal to hold the take against")
        self.showing = showing
        self.expected: Expectation = showing.expected

    @functools.cached_property
    def clip(self) -> np.ndarray:
        """The take, small: uint8[F, h, w, 3] sRGB at the expectation's size. Raises MachineError where it breaks."""
        import cv2

        width, height = self.expected.width, self.expected.height
        clip = np.empty((self.showing.frames, height, width, 3), np.uint8)
        for index, frame in enumerate(self.showing.read(list(range(self.showing.frames)))):
            if frame.shape[:2] == (height, width):
                clip[index] = frame
            else:
                cv2.resize(frame, (width, height), dst=clip[index], interpolation=cv2.INTER_AREA)
        return clip

    @functools.cached_property
    def grey(self) -> np.ndarray:
        """Luma of the clip, uint8[F, h, w]."""
        import cv2

        return np.stack([cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in self.clip])

    @functools.cached_property
    def laid(self) -> "tuple[Laid, ...]":
        """Every look of the rehearsal laid over the take."""
        from director.checks.registration import lay

        found: list[Laid] = []
        for look in self.expected.looks:
            frame = min(max(look.frame + self.lag, 0), len(self.clip) - 1)
            laid = lay(look, self.clip[frame], found[-1].matrix if found else None)
            found.append(laid if frame == look.frame else replace(laid, frame=frame))
        return tuple(found)

    @functools.cached_property
    def lag(self) -> int:
        """Frames by which everybody is late, no more than a take may be; negative: early."""
        from director.checks.registration import lag_of

        return lag_of(self.clip, self.expected.looks, round(float(self.showing.rate) * _LATE))

    @functools.cached_property
    def follows(self) -> tuple[int, ...]:
        """Which looks the take shows as rehearsed, so that it can be compared pixel by pixel."""
        return tuple(index for index, laid in enumerate(self.laid) if laid.follows)

    @functools.cached_property
    def lit(self) -> tuple[bool, ...]:
        """At each look, whether light falls on the set as rehearsed: at a low sun a few degrees move every shadow."""
        from director.checks.difference import shaded

        found: list[bool] = []
        for index, laid in enumerate(self.laid):
            bare = (laid.ids == 0) & laid.known
            if index not in self.difference or not bare.any():
                found.append(True)
                continue
            dark = shaded(laid, self.clip[laid.frame], self.grade)[bare]
            # Shadows that moved make some of the set darker and some lighter; a wrong colour or grade does not.
            found.append(min(float((dark < 0).mean()), float((dark > 0).mean())) <= _SHADOWED)
        return tuple(found)

    def fits(self, look: int, entity: int, most: float = FITS) -> bool:
        """Whether somebody is posed at a look as rehearsed, so that each pixel of them can be told."""
        laid = self.laid[look]
        mine = laid.ids == entity
        return bool(mine.any()) and self.lit[look] and float(laid.off[mine].mean()) <= most

    @functools.cached_property
    def surfaces(self) -> "tuple[Surface, ...]":
        """Every surface at every look that the take follows."""
        from director.checks.surfaces import surfaces_of

        frames = ((index, self.laid[index]) for index in self.follows)
        return tuple(each for index, laid in frames for each in surfaces_of(index, laid, self.clip[laid.frame]))

    @functools.cached_property
    def grade(self) -> "Grade":
        """How the take renders every colour."""
        from director.checks.grade import grade_from

        return grade_from(self.surfaces)

    @functools.cached_property
    def difference(self) -> "dict[int, np.ndarray]":
        """Look → how far the take's colours are from the graded rehearsal's, float32[h, w] ΔE, smoothed."""
        from director.checks.difference import difference

        return {
            index: difference(self.laid[index], self.clip[self.laid[index].frame], self.grade) for index in self.follows
        }

    def entity(self, name: str) -> int | None:
        """The id of a name; None for nobody that is expected."""
        return next((number for number, known in self.expected.names.items() if known == name), None)

    def box_of(self, look: int, name: str) -> tuple[int, int, int, int] | None:
        """Where somebody or something stands at a look: x, y, width, height in pixels of the take."""
        entity = self.entity(name)
        if entity is None or entity <= 0:
            return None
        rows, columns = np.nonzero(self.laid[look].ids == entity)
        return self.in_take(rows, columns)

    def in_take(self, rows: np.ndarray, columns: np.ndarray) -> tuple[int, int, int, int] | None:
        """The box around pixels of the small picture, in pixels of the take."""
        if not len(rows):
            return None
        across, down = self.showing.width / self.expected.width, self.showing.height / self.expected.height
        left, top = int(columns.min() * across), int(rows.min() * down)
        right, bottom = int(np.ceil((columns.max() + 1) * across)), int(np.ceil((rows.max() + 1) * down))
        return left, top, right - left, bottom - top

    def span(self, frames: list[int]) -> tuple[int, int] | None:
        """First and last frame of a take that the looks at these frames speak for."""
        from director.checks.ruled import spoken_for

        if not frames:
            return None
        places = [look.frame for look in self.expected.looks]
        first, last = places.index(min(frames)), places.index(max(frames))
        return spoken_for(places, first, last, self.showing.frames)

    @functools.cached_property
    def motion(self) -> "Motion":
        """How the place moves through the picture, in the take and in the rehearsal."""
        from director.checks.motion import motion_of

        return motion_of(self.grey, self.expected, self.laid)

    @functools.cached_property
    def pace(self) -> "Pace":
        """Which moment of the rehearsal the take shows when."""
        from director.checks.camera import moves
        from director.checks.pace import pace_of

        return pace_of(self, moves(self.showing.camera))

    @functools.cached_property
    def changes(self) -> np.ndarray:
        """From each frame to the next: mean difference of luma, and share of pixels without any; float64[F − 1, 2]."""
        import cv2

        found = np.zeros((max(len(self.grey) - 1, 0), 2))
        for index in range(len(found)):
            difference = cv2.absdiff(self.grey[index], self.grey[index + 1])
            found[index] = difference.mean(), 1 - cv2.countNonZero(difference) / difference.size
        return found

    @functools.cached_property
    def patches(self) -> "tuple[np.ndarray, np.ndarray]":
        """Mean luma of 16 × 9 patches of each frame, and its change to the next; float32[F, 144], [F − 1, 144]."""
        import cv2

        size = (106, max(round(self.expected.height * 106 / self.expected.width), 9))
        means = np.zeros((len(self.grey), 144), np.float32)
        changes = np.zeros((max(len(self.grey) - 1, 0), 144), np.float32)
        before: np.ndarray | None = None
        for index, grey in enumerate(self.grey):
            small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
            means[index] = cv2.resize(small.astype(np.float32), (16, 9), interpolation=cv2.INTER_AREA).reshape(-1)
            if before is not None:
                change = cv2.absdiff(before, small).astype(np.float32)
                changes[index - 1] = cv2.resize(change, (16, 9), interpolation=cv2.INTER_AREA).reshape(-1)
            before = small
        return means, changes

    @functools.cached_property
    def dark(self) -> np.ndarray:
        """Which frames are black although the rehearsal is not, bool[F]."""
        from director.checks.light import DARK, darkness

        return darkness(self.grey, self.expected) > DARK

    @functools.cached_property
    def strange(self) -> "tuple[Blob, ...]":
        """What the take shows and the rehearsal does not, at every look that can be compared."""
        from director.checks.strange import blobs_of

        return tuple(blob for index in self.follows for blob in blobs_of(self, index))

    @functools.cached_property
    def repainted(self) -> frozenset[tuple[int, int, int]]:
        """Look, entity and part of every part that has another colour all over, or shows what is behind it."""
        from director.checks.strange import recolours

        return frozenset((blob.look, blob.entity, blob.part) for blob in self.strange if recolours(blob))
