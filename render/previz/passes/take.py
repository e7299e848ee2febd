"""A rehearsal's passes, frame by frame."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from render.previz.frames import Tracer
from render.previz.look.style import INKED, Look
from render.previz.passes.base import PLAIN, Arrays, Layout, Moment, Pass
from render.previz.passes.registry import PASS_NAMES, known_passes, open_passes
from render.previz.rehearsal import Rehearsal, rehearse
from render.request import Request
from storyboard.errors import InputError, Problem


@dataclass(frozen=True)
class PassFrame:
    """The passes of one frame.

    ``arrays`` holds every pass's arrays by key (``rgb``, ``depth``, ``control_depth``, ``ids``, ``boxes``,
    ``normals``, ``keypoints``, ``drawn``, ``flow``, ``occluded``, ``extrinsics``, ``intrinsics``: the passes'
    docstrings give shapes, types and units). What looks ahead is missing from the last frame.
    """

    index: int
    arrays: Arrays
    by_pass: dict[str, Arrays]
    _passes: tuple[Pass, ...]

    def __getitem__(self, key: str) -> np.ndarray:
        return self.arrays[key]

    def picture(self, name: str) -> np.ndarray | None:
        """A pass as a picture, uint8[H, W, 3] sRGB; None where it has none in this frame."""
        arrays = self.by_pass.get(name)
        drawer = next(one for one in self._passes if one.name == name)
        return drawer.picture(arrays) if arrays is not None else None


class Passes:
    """Passes over a clip. Frames are traced when they are asked for, and none is kept.

    Iterating gives a ``PassFrame`` for each of the request's frames, in order; iterating again traces again.
    """

    def __init__(self, rehearsal: Rehearsal, names: Iterable[str], look: Look = INKED) -> None:
        self.rehearsal = rehearsal
        self._look = look
        wanted = known_passes(names)
        self._tracer = Tracer(rehearsal, look if "picture" in wanted else PLAIN)
        self.passes = open_passes(wanted, self._tracer)

    @property
    def request(self) -> Request:
        return self.rehearsal.request

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.passes)

    @property
    def entities(self) -> dict[int, str]:
        """The names behind ``ids``, by number."""
        return dict(self.rehearsal.names)

    def count(self, name: str) -> int:
        """How many frames a pass has arrays for: the request's, one fewer for what looks ahead."""
        looks_ahead = next(one for one in self.passes if one.name == name).looks_ahead
        return self.request.frames - looks_ahead

    def __len__(self) -> int:
        return self.request.frames

    def __iter__(self) -> Iterator[PassFrame]:
        tracer = self._tracer
        here = tracer.frame(0)
        for index in range(self.request.frames):
            after = tracer.frame(index + 1) if index + 1 < self.request.frames else None
            moment = Moment(index, tracer, here, after)
            wanted = [one for one in self.passes if after is not None or not one.looks_ahead]
            by_pass = {one.name: one.arrays(moment) for one in wanted}
            arrays = {key: array for each in by_pass.values() for key, array in each.items()}
            yield PassFrame(index, arrays, by_pass, self.passes)
            if after is not None:
                here = after

    @property
    def layouts(self) -> dict[str, Layout]:
        """Shape and type of one frame's arrays, by key."""
        width, height = self.request.width, self.request.height
        return {key: layout for one in self.passes for key, layout in one.layout(width, height).items()}

    def whole(self, key: str) -> np.ndarray:
        """One array over the whole clip, frames first: all of it in memory at once. Raises KeyError."""
        layout = self.layouts[key]
        owner = next(one for one in self.passes if key in one.layout(self.request.width, self.request.height))
        clip = np.empty((self.count(owner.name), *layout.shape), layout.dtype)
        for frame in Passes(self.rehearsal, (owner.name,), self._look):
            if key in frame.arrays:
                clip[frame.index] = frame[key]
        return clip


def take_passes(request: Request, names: Iterable[str] = PASS_NAMES, look: Look = INKED) -> Passes:
    """The passes of these names over the shot of a request, at its size, length and rate; see ``fitted``.

    ``look`` is how the picture is drawn; no other pass depends on it, and without a picture none is drawn.

    A function of the request alone. Raises InputError for a pass that nobody knows, or a picture too small to draw.
    """
    if request.width < 1 or request.height < 1 or request.frames < 1:
        what = f"{request.width}×{request.height} pixels and {request.frames} frames are no clip."
        raise InputError(Problem(what=what, todo="Give at least one of each."))
    return Passes(rehearse(request), names, look)
