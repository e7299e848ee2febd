"""What guides a model from outside: a pass of the rehearsal, as a video of just the clip that is asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue

from render.fit import asked_of, shown_twice
from render.fitted import fitted
from render.generators.base import Capabilities
from render.request import Request

if TYPE_CHECKING:
    import numpy as np

GUIDED = frozenset({"camera", "stage", "head", "tail"})
"""Fields of a request that a guide depends on, beside its size, length and rate."""


def guide_request(request: Request, can: Capabilities) -> Request:
    """The request whose rehearsal goes with the model's clip, frame by frame: with what it shows twice, and beyond."""
    if shown_twice(request, can):
        update = {"offset": request.offset - 1, "frames": request.frames + 1, "whole": request.total}
        request = request.model_copy(update=update)
    return fitted(request, frames=asked_of(request.model_copy(update={"continues": False}), can))


def guide_identity(request: Request, kind: str) -> JsonValue:
    """All that the pictures of a guide follow from, for a digest."""
    from render.previz import VERSION

    fields = {"camera", "stage", "width", "height", "rate", "frames", "head", "tail", "offset", "whole", "seed"}
    places = {"references": {"__all__": {"path"}}}  # where a picture stands guides nothing
    without = {"stage": {"cast": {"__all__": places}, "props": {"__all__": places}, "place": places}}
    return {"pass": kind, "previz": VERSION, "of": request.model_dump(mode="json", include=fields, exclude=without)}


def guide_frames(request: Request, kind: str) -> "Iterator[np.ndarray]":
    """The pass as pictures, ``uint8[H, W, 3]``."""
    from render.previz.passes import take_passes

    for frame in take_passes(request, (kind,)):
        picture = frame.picture(kind)
        assert picture is not None
        yield picture


def guide_video(path: Path, request: Request, kind: str) -> bytes:
    """The pass as an MP4, in H.264; ``path`` is where it is made, and is removed."""
    from render.media import VideoWriter, drop

    size = (request.width, request.height)
    try:
        with VideoWriter(path, rate=request.rate, size=size, lossless=False) as video:
            for picture in guide_frames(request, kind):
                video.add(picture)
            video.close()
        return path.read_bytes()
    finally:
        drop(path)
