"""The frames that a take begins and ends with, where a model moves a picture: rehearsed, or drawn by an image model."""

import gc
import importlib.util
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from characters.likeness.weights import Weights
from render.generators.models.ip_adapter import Adapter, add_adapter, find_adapter
from render.generators.models.keyframe_models import ACCEPTED, Shown, image_model
from render.generators.models.keyframe_settings import KeyframeSettings
from render.generators.models.load import device_for, load_pipeline, quiet
from render.generators.models.memory import (
    MODES,
    Need,
    empty_cache,
    free_bytes,
    is_out_of_memory,
    next_mode,
    put,
    working_bytes,
)
from render.generators.models.pictures import references_of, rehearsed_frame
from render.generators.models.settings import ModelSettings
from render.generators.models.weights import find_pipeline, hold_class, index_of, weight_bytes
from render.request import Request
from storyboard.errors import GeneratorError, MissingInstall, Problem

if TYPE_CHECKING:
    from PIL.Image import Image


class Keyframes:
    """Draws keyframes.

    Its model is loaded once; where it does not fit beside the video's, it is on the GPU only while it draws.
    """

    def __init__(self, name: str, settings: KeyframeSettings, video: ModelSettings, film: Path | None) -> None:
        self._name = f"{name}: keyframe"
        self.settings, self._video = settings, video
        self.mode = ""  # how the image model's weights come to the device; chosen when it draws first
        self.taken = 0  # steps of the picture that was drawn last
        self.make_room: Callable[[], None] = _nothing  # asks the video model to leave the device
        self._pipeline: Any = None
        self._weights: Weights | None = None
        self._adapter: Adapter | None = None
        if not settings.drawn:
            return
        self._kind = image_model(settings)
        lacking = [package for package in self._kind.needs if importlib.util.find_spec(package) is None]
        if lacking:
            what = f"{self._name} {settings.kind} needs {' and '.join(lacking)}, which this machine lacks."
            raise MissingInstall(Problem(what=what, todo=f"Install it: pip install {' '.join(lacking)}"))
        self._weights = find_pipeline(self._name, str(settings.model), settings.revision, film)
        hold_class(self._name, self._weights.folder, ACCEPTED[settings.kind])
        if settings.kind == "flux2-klein" and not index_of(self._weights.folder).get("is_distilled"):
            self._kind = replace(self._kind, steps=50, guidance=4.0)  # the base model, which is not made for four steps
        if settings.adapter is not None:
            self._adapter = find_adapter(self._name, settings.adapter, settings.image_encoder, film)

    @property
    def rehearsed(self) -> bool:
        """Whether the rehearsal is seen in them."""
        return not self.settings.drawn or self.settings.layout

    @property
    def references(self) -> int:
        """How many reference images are shown to the model at most."""
        return self.settings.references if self.settings.drawn else 0

    def made_of(self) -> list[str]:
        """What decides their pixels."""
        said = ["keyframe", self.settings.model_dump_json(exclude={"model", "revision", "adapter", "image_encoder"})]
        said += [self._kind.pipeline_class, self._weights.revision] if self._weights is not None else []
        return said + ([self._adapter.revision] if self._adapter is not None else [])

    def provenance(self) -> dict[str, JsonValue]:
        """Which model drew them, and how its weights shared the GPU with the video model's."""
        if self._weights is None:
            return {"kind": self.settings.kind}
        said: dict[str, JsonValue] = {"kind": self.settings.kind, "model": self._weights.revision, "memory": self.mode}
        return said | ({"adapter": self._adapter.revision} if self._adapter is not None else {})

    @property
    def beside(self) -> bool:
        """Whether the image model stays on the device while the video model runs."""
        return self.mode == MODES[0]

    def drawn(self, request: Request, at: int, progress: Callable[[int], None]) -> "Image":
        """The frame ``at`` frames into the request, exactly its size. What ``progress`` raises ends the work.

        Raises GeneratorError.
        """
        picture = rehearsed_frame(request, at) if self.rehearsed else None
        if self._weights is None:
            assert picture is not None
            return picture
        size = (request.width, request.height)
        shown = request.references[: self.settings.references]
        told = Shown(
            prompt=request.prompt,
            negative=", ".join(filter(None, (request.negative, self._video.negative))),
            width=request.width,
            height=request.height,
            layout=picture,
            references=tuple(references_of(shown, *size)),
            names=tuple(reference.of for reference in shown),
        )
        if self._kind.edits and not told.pictures:
            raise GeneratorError(
                f"{self._name} {self.settings.kind} changes pictures, and there is no reference of anybody to show it. "
                "Write layout: true."
            )
        while True:
            try:
                return self._run(told, request, progress)
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                self._give_way(error)

    def choose(self, request: Request, video: Need) -> None:
        """Choose how the weights come to the device, knowing what the video model needs there."""
        if self.mode or self._weights is None:
            return
        if self._video.memory != "auto":
            self.mode = self._video.memory
            return
        pixels = working_bytes(request.width, request.height, 1 + len(request.references))
        need = Need.of(weight_bytes(self._weights.folder), pixels)
        self.mode = mode_beside(need, video, free_bytes(device_for(self._video.device)))

    def _run(self, told: Shown, request: Request, progress: Callable[[int], None]) -> "Image":
        import numpy as np
        import torch
        from PIL import Image

        pipeline = self._ready()
        self.taken = 0

        def step(_pipeline: Any, index: int, _timestep: Any, _tensors: dict[str, Any]) -> dict[str, Any]:
            self.taken = index + 1
            progress(0)
            return {}

        guidance = self._kind.guidance if self.settings.guidance is None else self.settings.guidance
        size = {"width": told.width, "height": told.height} if self._kind.sized else {}
        try:
            with quiet(), warnings.catch_warnings(), torch.inference_mode():
                warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)  # old schedulers
                made = pipeline(
                    **self._kind.call(pipeline, told, self.settings, guidance),
                    **size,
                    num_inference_steps=self.settings.steps or self._kind.steps,
                    generator=torch.Generator("cpu").manual_seed(request.seed),  # used up by a picture
                    output_type="np",
                    callback_on_step_end=step,
                )
        except (ValueError, TypeError, IndexError) as error:
            raise GeneratorError(f"{self._name} could not be drawn: {error}.") from error
        finally:
            pipeline.maybe_free_model_hooks()
        picture = np.asarray(made.images[0], np.float32)
        if picture.shape != (told.height, told.width, 3):
            found = f"{picture.shape[1]}×{picture.shape[0]}"
            raise GeneratorError(f"{self._name} was drawn at {found}, not at {told.width}×{told.height}.")
        if not np.isfinite(picture).all():
            raise GeneratorError(f"{self._name} is a picture of no numbers (NaN). Write dtype: float32 or bfloat16.")
        return Image.fromarray(np.round(picture * 255).clip(0, 255).astype(np.uint8))

    def _ready(self) -> Any:
        if self._pipeline is None:
            assert self._weights is not None
            self.mode = self.mode or MODES[0]
            pipeline = load_pipeline(self._name, self._kind.pipeline_class, self._weights.folder, self._video.dtype)
            pipeline.set_progress_bar_config(disable=True)
            if self._adapter is not None:
                pipeline.watermark = None  # put in only where a package for it is installed
                add_adapter(self._name, pipeline, self._adapter)
            put(pipeline, self.mode, device_for(self._video.device))
            self._pipeline = pipeline
        return self._pipeline

    def _give_way(self, error: Exception) -> None:
        lower = next_mode(self.mode)
        self._pipeline = None
        gc.collect()
        self.make_room()
        empty_cache()
        if lower is None or self._video.memory != "auto":
            advice = "Make the film smaller." if lower is None else "Write memory: auto."
            raise GeneratorError(f"{self._name} has not enough memory in mode {self.mode}. {advice}") from error
        self.mode = lower


def _nothing() -> None:
    """There is no video model to ask."""


def mode_beside(image: Need, video: Need, free: int | None) -> str:
    """How an image model comes to a device with so many free bytes that a video model needs too.

    It stays there where both fit. Else its parts are there only while it draws, and the video model is not.
    """
    both = image.resident + video.resident
    if free is None or Need(both, both, both).mode(free) is not None:
        return MODES[0]
    alone = image.mode(free) or MODES[-1]
    return MODES[1] if alone == MODES[0] else alone
