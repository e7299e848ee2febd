"""A generator that costs nothing: frames in one colour that follows from the request. The example of a plug-in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from render.fit import shown_twice
from render.generators.base import Capabilities, Frames
from render.request import Request
from storyboard.hashing import digest


class Fake:
    """Frames in one colour, drawn from prompt and seed, with a bar that moves with time.

    Settings: ``black`` (seeds below this share of 2³¹ give black takes, for a check to reject), ``max_frames``
    (longest clip), ``can`` (what else it can and cannot do, by the fields of ``Capabilities``).
    """

    name = "fake"
    version = "2"  # another version: other pixels, so that every take is shot again
    reads = frozenset(
        {"prompt", "negative", "width", "height", "rate", "frames", "references", "params", "parent", "draft"}
    )
    idle = frozenset({"patience"})  # settings that change no pixel

    def __init__(self, settings: dict[str, Any], folder: Path | None = None) -> None:
        self.settings, self.folder = settings, folder

    def capabilities(self) -> Capabilities:
        usual = {"negative": True, "max_references": 4, "first_frame": True, "control": (0.4, 0.7, 1.0), "draft": 0.25}
        usual |= {name: self.settings[name] for name in ("max_frames", "handles") if name in self.settings}
        usual |= {"compared": self.settings.get("compared", False)}
        return Capabilities.model_validate({"handles": 4} | usual | self.settings.get("can", {}))

    def count_tokens(self, text: str) -> int | None:
        return len(text.split())

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        import numpy as np

        key = digest("fake", [request.prompt, request.negative, request.seed, request.first_frame is not None])
        colour = np.frombuffer(bytes.fromhex(key[:6]), np.uint8) // 2 + 64
        if request.seed < float(request.params.get("black", 0)) * 2**31:  # type: ignore[arg-type]
            colour = np.zeros(3, np.uint8)
        begun = request.offset + shown_twice(request, self.capabilities())
        for index in range(request.frames):
            frame = np.empty((request.height, request.width, 3), np.uint8)
            frame[:] = colour
            column = (begun + index) * 2 % request.width
            frame[:, column : column + 4] = colour // 2
            progress(index + 1)
            yield frame
