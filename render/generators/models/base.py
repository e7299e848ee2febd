"""What the generators over diffusers share: one pipeline, held in memory, that makes a clip of a request."""

import gc
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pydantic import JsonValue

from characters.likeness.weights import Weights
from render.fit import asked_of, clip_length, shown_twice
from render.generators.base import Capabilities, Frames
from render.generators.guides import GUIDED
from render.generators.models.load import device_for, load_pipeline, need_diffusers, quiet
from render.generators.models.loras import add_loras, find_loras
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
from render.generators.models.settings import IDLE, ModelSettings, settings_of
from render.generators.models.speed import made_fast
from render.generators.models.steps import Steps, allow
from render.generators.models.weights import find_pipeline, hold_class, weight_bytes
from render.previz import VERSION as PREVIZ
from render.request import Request
from storyboard.errors import GeneratorError
from storyboard.hashing import digest

if TYPE_CHECKING:
    import numpy as np

S = TypeVar("S", bound=ModelSettings)

READS = frozenset(
    {"prompt", "negative", "width", "height", "rate", "frames", "references", "params", "parent", "draft"}
)


class DiffusersGenerator(ABC):
    """A generator that runs a diffusers pipeline in this process. Raises InputError or MissingInstall when made."""

    name: str
    device = "gpu"  # what a farm gives each of its workers one of
    idle = IDLE
    pipeline_class: str
    accepts: ClassVar[frozenset[str]] = frozenset()  # classes that a folder may say it holds; none: pipeline_class
    velocity: ClassVar[str | None] = None  # what the pipeline calls the velocity that a step is made with
    precise: ClassVar[frozenset[str]] = frozenset()  # parts that work in float32 whatever the dtype of the rest
    encoding: ClassVar[str] = "1"  # changes whenever the same request is told to the pipeline otherwise
    settings_class: ClassVar[type[ModelSettings]] = ModelSettings

    def __init__(self, params: dict[str, JsonValue], folder: Path | None) -> None:
        need_diffusers(self.name)
        self.settings: Any = settings_of(self.name, self.settings_class, params)
        self.film = folder
        self.weights: Weights = find_pipeline(self.name, self.settings.model, self.settings.revision, folder)
        hold_class(self.name, self.weights.folder, self.accepts or {self.pipeline_class})
        self.loras = find_loras(self.name, self.settings.lora, folder)
        self.mode = ""  # how the weights come to the device; chosen at the first take
        self.taken = 0  # steps of the take that was made last
        self._pipeline: Any = None
        self.reads = READS | GUIDED if self.guided else READS

    # What it is.

    @property
    @abstractmethod
    def guided(self) -> bool:
        """Whether what it makes depends on the rehearsal."""

    @property
    def version(self) -> str:
        made_of = [self.pipeline_class, self.encoding, self.weights.revision, *self._also_made_of()]
        guide = [f"previz-{PREVIZ}"] if self.guided else []
        return "-".join([self.encoding, digest("model", made_of)[:16], *guide])

    def _also_made_of(self) -> list[str]:
        """What beside the pipeline decides the pixels."""
        return [lora.made_of for lora in self.loras]

    @abstractmethod
    def capabilities(self) -> Capabilities: ...

    @abstractmethod
    def inputs(self, request: Request, frames: int) -> dict[str, Any]:
        """What the pipeline is called with, beside what every pipeline is, for a clip of so many frames."""

    def prepared(self, request: Request, frames: int, progress: Callable[[int], None]) -> dict[str, Any]:  # noqa: ARG002
        """The inputs, where making them is work in itself: ``progress`` is told of it, and may end it."""
        return self.inputs(request, frames)

    def count_tokens(self, text: str) -> int | None:
        counter = self._tokenizer
        return len(counter.encode(text).ids) if counter is not None else None

    @cached_property
    def _tokenizer(self) -> Any:
        """The tokenizer of the text encoder, without the model's library; None where it has no such file."""
        path = self.weights.folder / "tokenizer" / "tokenizer.json"
        if not path.is_file():
            return None
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @property
    def _draft(self) -> tuple[float | None, float]:
        """What a draft costs as a share of the take, and its sides as a share of the take's."""
        draft, steps = self.settings.draft, self.settings.steps
        if draft is None:
            return None, 0.5
        if draft.look is not None:
            return min(draft.look, steps) / steps, 1.0
        return min(draft.steps or steps, steps) / steps * draft.scale**2, draft.scale

    # Making a take.

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        self.refuse_misfit(request)
        can = self.capabilities()
        frames = asked_of(request, can)
        clip = self._made(request, frames, progress)
        if clip.shape != (frames, request.height, request.width, 3):
            made = "×".join(str(side) for side in clip.shape)
            asked = f"{frames}×{request.height}×{request.width}×3"
            raise GeneratorError(f"{self.name} made {made} where {asked} was asked for.")
        first = shown_twice(request, can)
        progress(request.frames)
        yield from clip[first : first + request.frames]

    def refuse_misfit(self, request: Request) -> None:
        """Raise GeneratorError for a size or a length that the model does not make: pipelines would bend them."""
        can = self.capabilities()
        wrong = [side for side in (request.width, request.height) if side % can.multiple]
        if wrong:
            size = f"{request.width}×{request.height}"
            raise GeneratorError(f"{self.name} makes sides that are multiples of {can.multiple}, not {size}.")
        frames = request.frames + shown_twice(request, can)
        if can.max_frames is not None and clip_length(frames, can) > can.max_frames:
            raise GeneratorError(f"{self.name} makes clips of {can.max_frames} frames at most, not {frames}.")
        if request.frames < 1:
            raise GeneratorError(f"{self.name} cannot make a clip of {request.frames} frames.")
        for what, text in (("prompt", request.prompt), ("negative prompt", self._refused(request))):
            tokens = self.count_tokens(text)
            if tokens is not None and can.tokens is not None and tokens > can.tokens:
                words = f"the {what} has {tokens} tokens, the model reads {can.tokens}: the end of it would be cut"
                raise GeneratorError(f"{self.name}: {words}. Say less of it.")

    def _refused(self, request: Request) -> str:
        """What is never to be seen, in words: the film's, then the model's own."""
        return ", ".join(filter(None, (request.negative, self.settings.negative)))

    def _made(self, request: Request, frames: int, progress: Callable[[int], None]) -> "np.ndarray":
        """The clip, uint8[T, H, W, 3]; where memory runs out it is begun again in the next mode."""
        inputs = self.prepared(request, frames, progress)
        while True:
            try:
                return self._run(request, frames, inputs, progress)
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                self._give_way(request, error)

    def _run(
        self, request: Request, frames: int, inputs: dict[str, Any], progress: Callable[[int], None]
    ) -> "np.ndarray":
        import numpy as np
        import torch

        pipeline = self._ready(request, frames)
        steps, look = self.settings.steps, None
        if request.draft and (draft := self.settings.draft) is not None:
            look = min(draft.look, steps) if draft.look is not None and draft.look < steps else None
            steps = steps if draft.look is not None else min(draft.steps or steps, steps)
        told = Steps(progress, request.frames, steps, look, self.velocity)
        try:
            with quiet(), torch.inference_mode():
                made = pipeline(
                    prompt=request.prompt,
                    negative_prompt=self._refused(request),
                    width=request.width,
                    height=request.height,
                    num_frames=frames,
                    num_inference_steps=steps,
                    guidance_scale=self.settings.guidance,
                    generator=torch.Generator("cpu").manual_seed(request.seed),  # used up by a take
                    output_type="np",
                    callback_on_step_end=told,
                    callback_on_step_end_tensor_inputs=told.tensors,
                    **inputs,
                )
        except (ValueError, TypeError, IndexError, RuntimeError) as error:
            if is_out_of_memory(error):
                raise
            raise GeneratorError(f"{self.name} could not make a take: {error}.") from error
        finally:
            self.taken = told.taken
            pipeline.maybe_free_model_hooks()
        video = np.asarray(made.frames[0], np.float32)
        if not np.isfinite(video).all():
            raise GeneratorError(
                f"{self.name} made a picture of no numbers (NaN). Write dtype: float32 or bfloat16; float16 is too "
                "small for some models."
            )
        return np.round(video * 255).clip(0, 255).astype(np.uint8)

    # The pipeline in memory.

    @property
    def pipeline(self) -> Any:
        """The pipeline as it was loaded, where it was loaded by now."""
        return self._pipeline

    def _ready(self, request: Request, frames: int) -> Any:
        if self._pipeline is None:
            device = device_for(self.settings.device)
            if device == "cpu" and sum(weight_bytes(self.weights.folder).values()) < _SMALL:
                _one_thread()
            self.mode = self.mode or self._mode(request, frames, device)
            pipeline = load_pipeline(
                self.name, self.pipeline_class, self.weights.folder, self.settings.dtype, self.precise
            )
            pipeline.set_progress_bar_config(disable=True)
            allow(pipeline, self.velocity)
            add_loras(self.name, pipeline, self.loras)
            self.loaded(pipeline)
            with quiet():
                made_fast(self.name, pipeline, self.settings)
            put(pipeline, self.mode, device)
            self._pipeline = pipeline
        self._tile(request, frames)
        return self._pipeline

    def loaded(self, pipeline: Any) -> None:  # noqa: B027  # a hook
        """Change a pipeline right after it was loaded; most need no change."""

    def _mode(self, request: Request, frames: int, device: str) -> str:
        if self.settings.memory != "auto":
            return self.settings.memory
        free = free_bytes(device)
        if free is None:
            return MODES[0]
        need = Need.of(weight_bytes(self.weights.folder), working_bytes(request.width, request.height, frames))
        return need.mode(free) or MODES[-1]

    def _tile(self, request: Request, frames: int) -> None:
        """Decode in tiles or at once: by the size of the take, since it changes pixels, never by the machine."""
        wanted = self.settings.tiling == "on"
        if self.settings.tiling == "auto":
            wanted = request.width * request.height * frames > TILED_FROM
        vae = self._pipeline.vae
        if wanted:
            vae.enable_tiling()
        elif hasattr(vae, "disable_tiling"):
            vae.disable_tiling()

    def _give_way(self, request: Request, error: Exception) -> None:
        """Take the next memory mode, or raise GeneratorError where there is none."""
        lower = next_mode(self.mode)
        self._pipeline = None
        gc.collect()
        empty_cache()
        if lower is None or self.settings.memory != "auto":
            size = f"{request.width}×{request.height} and {request.frames} frames"
            advice = "Write memory: auto" if self.settings.memory != "auto" else "Make the film smaller, or tiling: on"
            raise GeneratorError(
                f"{self.name} has not enough memory for {size} in mode {self.mode}. {advice}."
            ) from error
        self.mode = lower

    def provenance(self) -> JsonValue:
        """How takes are made on this machine, for their sidecars: nothing that changes a pixel of the same request."""
        import diffusers
        import torch

        gpu = torch.cuda.get_device_name(0) if torch.cuda.is_available() else "cpu"
        versions = {"diffusers": diffusers.__version__, "torch": torch.__version__}
        return {"memory": self.mode, "device": gpu, "model": self.weights.revision, **versions}


TILED_FROM = 1280 * 720 * 49
"""Pixels of a clip from which on it is decoded in tiles where film.yaml does not say."""

_SMALL = 100_000_000
"""Bytes of weights below which threads of a processor wait for each other longer than they work."""


def _one_thread() -> None:
    import torch

    torch.set_num_threads(1)
