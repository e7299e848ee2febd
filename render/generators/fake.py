"""A generator that costs nothing: frames whose colour follows from the request. For tests and plug-ins."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from render.fit import shown_twice
from render.generators.base import Capabilities, Frames
from render.request import Request
from storyboard.errors import GeneratorError
from storyboard.hashing import digest


class Fake:
    """Frames in one colour, drawn from prompt and seed, with a bar that moves with time.

    Params: ``sleep`` (seconds a frame), ``max_frames`` (longest clip), ``can`` (what else it can do and cannot, by the
    fields of ``Capabilities``), ``black`` (seeds below this share of 2³¹ give black takes, for a check to reject),
    ``heals`` (with a guide of this strength no take is black), ``patience`` (nothing at all), ``fail``
    (raise instead), ``compared`` (its takes are held against the rehearsal, which none resembles), ``device`` (what it
    says that it runs on), ``dies`` and ``hangs`` (so many clips of the film end their process, or never end, half-way).
    """

    name = "fake"
    version = "2"
    reads = frozenset(
        {"prompt", "negative", "width", "height", "rate", "frames", "references", "params", "parent", "draft"}
    )

    idle = frozenset({"patience", "dies", "hangs", "device"})

    def __init__(self, params: dict[str, object] | None = None, folder: Path | None = None) -> None:
        self.params = params or {}
        self.device = str(self.params.get("device", "cpu"))
        self._folder = folder

    def capabilities(self) -> Capabilities:
        longest = self.params.get("max_frames")
        usual = {
            "negative": True,
            "max_references": 4,
            "first_frame": True,
            "max_frames": int(str(longest)) if longest else None,
            "compared": bool(self.params.get("compared", False)),
            "control": (0.4, 0.7, 1.0),
            "draft": 0.25,
            "handles": int(str(self.params.get("handles", 4))),
        }
        given = self.params.get("can")
        return Capabilities.model_validate(usual | (given if isinstance(given, dict) else {}))

    def count_tokens(self, text: str) -> int | None:
        return len(text.split())

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        import numpy as np

        if request.params.get("fail"):
            raise GeneratorError("the fake generator was asked to fail.")
        sleep = float(str(request.params.get("sleep", 0)))
        black = float(str(request.params.get("black", 0)))
        if float(str(request.params.get("control", 0))) >= float(str(request.params.get("heals", 2))):
            black = 0.0
        key = digest("fake", [request.prompt, request.negative, request.seed, request.first_frame is not None])
        colour = np.frombuffer(bytes.fromhex(key[:6]), np.uint8) // 2 + 64
        if request.seed < black * 2**31:
            colour = np.zeros(3, np.uint8)
        begun = shown_twice(request, self.capabilities())
        dies, hangs = (self._befalls(trouble) for trouble in ("dies", "hangs"))
        for index in range(request.frames):
            if index == request.frames // 2:
                if dies:
                    os.kill(os.getpid(), signal.SIGKILL)
                while hangs:
                    time.sleep(1)
            frame = np.empty((request.height, request.width, 3), np.uint8)
            frame[:] = colour
            column = (begun + index + request.offset) * 2 % request.width
            frame[:, column : column + 4] = colour // 2
            if sleep:
                time.sleep(sleep)
            progress(index + 1)
            yield frame

    def _befalls(self, trouble: str) -> bool:
        """Whether this clip meets with it: so many clips of the film do, and leave a mark each in its folder."""
        for number in range(int(str(self.params.get(trouble, 0)))):
            with contextlib.suppress(FileExistsError):
                (self._folder or Path()).joinpath(f".{trouble}-{number}").touch(exist_ok=False)
                return True
        return False
