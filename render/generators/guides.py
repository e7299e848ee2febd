"""The rehearsal as a guide, kept: a shot's takes differ in their seeds, and are all guided by the same pictures."""

from pathlib import Path
from typing import TYPE_CHECKING

from render.generators.servers.guide import guide_frames, guide_identity
from render.request import Request
from storyboard.errors import MachineError
from storyboard.hashing import digest

if TYPE_CHECKING:
    import numpy as np


def kept_guide(film: Path | None, request: Request, kind: str) -> "list[np.ndarray]":
    """The pass of this clip as pictures, each ``uint8[H, W, 3]``; kept in the film's cache, which may be deleted.

    It is the rehearsal that checks hold the take against, whatever the take's own seed: who walks takes the same steps.
    """
    from render.media import read_frames, write_take

    request = request.model_copy(update={"seed": 0})

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
