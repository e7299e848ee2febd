"""What the generators share that move a picture: where the first frame comes from, and the last."""

import contextlib
from abc import abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from render.fit import shown_twice
from render.generators.models.base import DiffusersGenerator
from render.generators.models.keyframes import Keyframes
from render.generators.models.load import device_for, quiet
from render.generators.models.memory import MODES, Need, empty_cache, working_bytes
from render.generators.models.pictures import first_frame_of
from render.generators.models.weights import weight_bytes
from render.request import Request
from storyboard.errors import InputError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image


class BegunGenerator(DiffusersGenerator):
    """A generator whose takes begin with a picture: the frame that they go on from, else a keyframe."""

    def __init__(self, params: dict[str, JsonValue], folder: Path | None) -> None:
        self.keyframes: Keyframes | None = None
        super().__init__(params, folder)
        if self.settings.keyframe is not None:
            self.keyframes = Keyframes(self.name, self.settings.keyframe, self.settings, folder)
            if self.settings.keyframe.last and not self.ends:
                what = f"{self.name}: “keyframe.last” is set, and this model cannot end with a given frame."
                raise InputError(Problem(what=what, todo="Leave it out, or name a model that can."))

    @property
    def ends(self) -> bool:
        """Whether the model can end with a given frame."""
        return True

    @property
    def guided(self) -> bool:
        chosen = self.settings.keyframe
        return chosen is not None and (not chosen.drawn or chosen.layout)

    @property
    def references(self) -> int:
        """How many reference images are shown to the keyframe's model."""
        return self.keyframes.references if self.keyframes is not None else 0

    def _also_made_of(self) -> list[str]:
        return [*super()._also_made_of(), *(self.keyframes.made_of() if self.keyframes is not None else [])]

    def provenance(self) -> JsonValue:
        said = super().provenance()
        assert isinstance(said, dict)
        return {**said, "keyframe": self.keyframes.provenance()} if self.keyframes is not None else said

    def inputs(self, request: Request, frames: int) -> dict[str, Any]:
        return self.prepared(request, frames, lambda _done: None)

    def prepared(self, request: Request, frames: int, progress: Callable[[int], None]) -> dict[str, Any]:
        """Draw the keyframes that are wanted, and tell the pipeline."""
        first, last = first_frame_of(request), None
        if (keyframes := self.keyframes) is not None and (first is None or keyframes.settings.last):
            with self._aside(keyframes, request, frames):
                if first is None:
                    first = keyframes.drawn(request, 0, progress)
                if keyframes.settings.last:
                    at = frames - 1 - shown_twice(request, self.capabilities())
                    last = keyframes.drawn(request, at, progress)
        return self.told(request, frames, first, last)

    @abstractmethod
    def told(self, request: Request, frames: int, first: "Image | None", last: "Image | None") -> dict[str, Any]:
        """What the pipeline is called with, for a clip of so many frames that begins and ends with these."""

    @contextlib.contextmanager
    def _aside(self, keyframes: Keyframes, request: Request, frames: int) -> Iterator[None]:
        """Take the video model off the GPU while a keyframe is drawn, where both do not fit."""
        working = working_bytes(request.width, request.height, frames)
        keyframes.choose(request, Need.of(weight_bytes(self.weights.folder), working))
        video, device = self.pipeline, device_for(self.settings.device)
        moved = False

        def step_aside() -> None:
            nonlocal moved
            if video is not None and self.mode == MODES[0] and not moved:
                moved = True
                with quiet():
                    video.to("cpu")
                empty_cache()

        keyframes.make_room = step_aside
        if keyframes.settings.drawn and not keyframes.beside:
            step_aside()
        try:
            yield
        finally:
            if not keyframes.beside:
                empty_cache()  # what the image model leaves is no longer free by the driver's count
            if moved:
                with quiet():
                    video.to(device)
