"""The fake generator with the troubles of real ones: it is slow, fails, ends its process, hangs, or gets well."""

import contextlib
import os
import signal
import time
from collections.abc import Callable

from render.generators.base import Frames
from render.generators.fake import Fake
from render.request import Request
from storyboard.errors import GeneratorError


class Troubled(Fake):
    """Settings beside those of the fake: ``sleep`` (seconds a frame), ``fail`` (raise instead), ``heals`` (with a
    guide of this strength no take is black), ``dies`` and ``hangs`` (so many clips of the film end their process, or
    never end, half-way), ``device`` (what it says that it runs on), ``patience`` (nothing at all), ``prepares``
    (leaves a mark where a clip is prepared), ``spares`` (no piece within the first so many frames is black).
    """  # noqa: D205

    idle = Fake.idle | {"dies", "hangs", "device", "prepares"}

    @property
    def device(self) -> str:
        """What a farm believes that it runs on."""
        return str(self.settings.get("device", "cpu"))

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        told = {name: float(str(request.params.get(name, usual))) for name, usual in _USUAL.items()}
        if request.params.get("fail"):
            raise GeneratorError("the fake generator was asked to fail.")
        if told["control"] >= told["heals"] or request.offset + request.frames <= told["spares"]:
            request = request.model_copy(update={"params": {**request.params, "black": 0}})
        dies, hangs = (self._befalls(trouble) for trouble in ("dies", "hangs"))
        for index, frame in enumerate(super().generate(request, lambda _done: None)):
            if index == request.frames // 2:
                if dies:
                    os.kill(os.getpid(), signal.SIGKILL)
                while hangs:
                    time.sleep(1)
            if told["sleep"]:
                time.sleep(told["sleep"])
            progress(index + 1)
            yield frame

    def prepare(self, request: Request) -> None:
        """Leave a mark in the film's folder: who prepared the clip of this seed."""
        if self.folder is not None and self.settings.get("prepares"):
            self.folder.joinpath(f".prepared-{request.seed}").write_text(str(os.getpid()), encoding="utf-8")

    def _befalls(self, trouble: str) -> bool:
        """Whether this clip meets with it: so many clips of the film do, and leave a mark each in its folder."""
        for number in range(int(self.settings.get(trouble, 0))):
            with contextlib.suppress(FileExistsError):
                if self.folder is not None:
                    self.folder.joinpath(f".{trouble}-{number}").touch(exist_ok=False)
                return True
        return False


_USUAL = {"sleep": 0.0, "control": 0.0, "heals": 2.0, "spares": 0.0}
