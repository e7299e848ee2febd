"""How a model that runs on this machine is set in film.yaml."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue, ValidationError, model_validator

from render.generators.models.keyframe_settings import Keyframe
from storyboard.errors import InputError, Problem
from storyboard.frozen import Frozen
from storyboard.yaml_file import did_you_mean

Memory = Literal["auto", "resident", "model-offload", "group-offload"]
IDLE = frozenset({"device", "memory"})
"""Settings that change no pixel: where a model runs, and how its weights come to where they are needed."""


class StepCache(Frozen):
    """A cache that leaves out parts of some steps: faster, and other pixels."""

    kind: Literal["first-block", "pyramid", "mag"] = "first-block"
    threshold: Annotated[float, Field(gt=0, le=10)] = 0.05  # first-block: how little may change to be left out
    skip: Annotated[int, Field(ge=2, le=16)] = 2  # pyramid: attention is computed every so many steps
    ratios: tuple[float, ...] = ()  # mag: how much the model's output changes from step to step, as calibrated

    @model_validator(mode="after")
    def _complete(self) -> "StepCache":
        if (self.kind == "mag") != bool(self.ratios):
            raise ValueError("mag needs the ratios that a calibration of this model gave, and no other kind takes any")
        return self


class DraftSettings(Frozen):
    """How a cheap look at a take is made: by fewer steps and pixels, or by looking into the take at a step."""

    look: Annotated[int, Field(ge=2)] | None = None  # after so many steps, what the model then expects is decoded
    steps: Annotated[int, Field(ge=1)] | None = None
    scale: Annotated[float, Field(ge=0.25, le=1)] = 0.5  # of each side


class LoraSettings(Frozen):
    """A few weights that change a model: a person, a look, a camera move."""

    model: Annotated[str, Field(min_length=1)]  # a folder, a file, or a model of the hub
    file: str | None = None  # of the folder; none: the only one there
    revision: str | None = None  # the commit, 40 digits, of a model of the hub
    strength: Annotated[float, Field(ge=-4, le=4)] = 1.0
    noise: Literal["both", "high", "low"] = "both"  # which transformer of a model that has two


def _cached(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


def listed_loras(value: Any) -> Any:
    """LoRAs as film.yaml gives them, one or several, each spelled out."""
    listed = value if isinstance(value, list | tuple) else [value]
    return [{"model": each} if isinstance(each, str) else each for each in listed]


class ModelSettings(Frozen):
    """What every generator of this family can be told."""

    model: Annotated[str, Field(min_length=1)]  # a folder, or a model of the hub
    revision: str | None = None  # the commit, 40 digits, of a model of the hub
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    dtype: Literal["bfloat16", "float16", "float32"] = "bfloat16"
    memory: Memory = "auto"
    tiling: Literal["auto", "on", "off"] = "auto"  # decode the picture in tiles
    attention: str | None = None  # a backend of diffusers: flash, sage, xformers, …
    compile: bool = False
    cache: Annotated[StepCache | None, BeforeValidator(_cached)] = None
    lora: Annotated[tuple[LoraSettings, ...], BeforeValidator(listed_loras)] = ()
    steps: Annotated[int, Field(ge=1, le=1000)] = 50
    guidance: Annotated[float, Field(ge=0, le=50)] = 5.0
    negative: str = ""  # put behind the film's own negative words
    rate: Annotated[int, Field(ge=1, le=120)] | None = None  # frames a second that the model was trained for
    max_frames: Annotated[int, Field(ge=1)] | None = None
    max_pixels: Annotated[int, Field(ge=256)] | None = None
    handles: Annotated[int, Field(ge=0, le=240)] = 4
    draft: DraftSettings | None = None
    price: Annotated[float, Field(ge=0)] | None = None  # money for a generated second


class GuidedSettings(ModelSettings):
    """A model that follows the rehearsal."""

    guide: Literal["depth", "pose", "none"] = "depth"
    control: Annotated[float, Field(ge=0, le=2)] = 0.8  # how strongly
    references: Annotated[int, Field(ge=0, le=16)] = 3  # reference images at most


class BegunSettings(ModelSettings):
    """A model that moves a first frame."""

    keyframe: Keyframe = None


def settings_of(name: str, kind: type[Frozen], params: dict[str, JsonValue]) -> Any:
    """The settings of the generator ``name`` as film.yaml gives them. Raises InputError that names every fault."""
    try:
        return kind.model_validate(params)
    except ValidationError as error:
        raise InputError([_fault(name, kind, detail) for detail in error.errors()]) from None


def _fault(name: str, kind: type[Frozen], detail: Any) -> Problem:
    where = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        todo = did_you_mean(where, list(kind.model_fields)) if len(detail["loc"]) == 1 else ""
        return Problem(what=f"the generator {name} has no setting “{where}”.", todo=todo)
    if detail["type"] == "missing":
        todo = f"Write generator: {{name: {name}, {where}: …}}."
        return Problem(what=f"the generator {name} needs the setting “{where}”.", todo=todo)
    return Problem(what=f"the generator {name}: “{where}”: {detail['msg'].removeprefix('Value error, ')}.")
