"""The rehearsal as a guide: a pass of just the clip that is asked for, made once for all takes of a shot.

It is the rehearsal that checks hold takes against: of no seed, so that who walks takes the same steps in both.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue

from render.request import Request
from storyboard.errors import MachineError
from storyboard.hashing import digest

if TYPE_CHECKING:
    import numpy as np

GUIDED = frozenset({"camera", "stage", "head", "tail"})
"""Fields of a request that a guide depends on, beside its size, length and rate."""


def guide_identity(request: Request, kind: str) -> JsonValue:
    """All that the pictures of a guide follow from, for a digest."""
    from render.previz import VERSION

    fields = {"camera", "stage", "width", "height", "rate", "frames", "head", "tail", "offset", "whole"}
    places = {"references": {"__all__": {"path"}}}  # where a picture stands guides nothing
    without = {"stage": {"cast": {"__all__": places}, "props": {"__all__": places}, "place": places}}
    return {"pass": kind, "previz": VERSION, "of": request.model_dump(mode="json", include=fields, exclude=without)}


def guide_frames(request: Request, kind: str) -> "Iterator[np.ndarray]":
    """The pass as pictures, ``uint8[H, W, 3]``."""
    from render.previz.passes import take_passes

    for frame in take_passes(request.model_copy(update={"seed": 0}), (kind,)):
        picture = frame.picture(kind)
        assert picture is not None
        yield picture


def kept_guide(film: Path | None, request: Request, kind: str) -> "list[np.ndarray]":
    """The pass as pictures, each ``uint8[H, W, 3]``; kept in the film's cache, which may be deleted at any time."""
    from render.media import read_frames, write_take

    if film is None:
        return list(guide_frames(request, kind))
    path = film / ".shotgraph" / "cache" / "guides" / f"{digest('guide', guide_identity(request, kind))}.mkv"
    if path.exists():
        try:
            found = list(read_frames(path))
        except MachineError:
            found = []
        if len(found) == request.frames:
            return found
    made = list(guide_frames(request, kind))
    write_take(path, made, rate=request.rate, size=(request.width, request.height), count=request.frames)
    return made
