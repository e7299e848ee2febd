"""What guides a model from outside: a pass of the rehearsal, as a video of just the clip that is asked for."""

from pathlib import Path

from render.fit import asked_of, shown_twice
from render.fitted import fitted
from render.generators.base import Capabilities
from render.generators.guides import guide_frames
from render.request import Request


def guide_request(request: Request, can: Capabilities) -> Request:
    """The request whose rehearsal goes with the model's clip, frame by frame: with what it shows twice, and beyond."""
    if shown_twice(request, can):
        update = {"offset": request.offset - 1, "frames": request.frames + 1, "whole": request.total}
        request = request.model_copy(update=update)
    return fitted(request, frames=asked_of(request.model_copy(update={"continues": False}), can))


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
