"""What film.yaml may say of any server."""

import re
from collections.abc import Mapping
from fractions import Fraction
from importlib.util import find_spec
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, JsonValue, ValidationError, model_validator
from pydantic_core import ErrorDetails

from render.generators.base import Capabilities
from render.generators.servers.keys import Key, Variable, address, written_keys
from storyboard.errors import InputError, MissingInstall, Problem
from storyboard.frozen import Frozen
from storyboard.yaml_file import did_you_mean

Seconds = Annotated[float, Field(gt=0, le=1_000_000)]
Side = Annotated[int, Field(ge=16, le=16384)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Share = Annotated[float, Field(ge=0, le=1)]
Guide = Literal["picture", "depth", "masks", "normals", "pose"]
M = TypeVar("M", bound=BaseModel)


class Waits(Frozen):
    """How long is waited for what, in seconds, and how often something is tried."""

    connect: Seconds = 10
    send: Seconds = 300  # for a piece of what is sent to be taken
    answer: Seconds = 60  # for a piece of an answer to come
    job: Seconds = 3600  # for a job to be done, from when the server has it
    whole: Seconds = 14_400  # for a take, everything included
    poll: Seconds = 2  # between two looks at a job; grows to poll_longest
    poll_longest: Seconds = 10
    tries: Annotated[int, Field(ge=1, le=100)] = 6
    backoff: Seconds = 1  # before the second try; doubles with each
    backoff_longest: Seconds = 60  # also where a server asks for longer
    settle: Seconds = 5  # after an answer was lost, until the server's list is believed
    cancel: Seconds = 3  # for a job to be cancelled


class ServerSettings(Frozen):
    """Where a server is, how it is treated, and what its model makes: no server says that of itself."""

    url: Annotated[str, AfterValidator(address)]
    key_from: Variable | None = None
    key_header: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")] = "Authorization"
    wait: Waits = Waits()
    concurrent: Annotated[int, Field(ge=1, le=64)] | None = None  # jobs at a time
    per_second: Annotated[float, Field(gt=0, le=1000)] | None = None  # requests
    cancel: bool = True  # a job nobody waits for any more
    price: Annotated[float, Field(ge=0)] | None = None  # money for a generated second
    max_frames: Count | None = None
    min_frames: Count = 1
    step: Annotated[int, Field(ge=1, le=64)] = 1
    base: Annotated[int, Field(ge=0, le=64)] = 0
    multiple: Annotated[int, Field(ge=1, le=256)] = 16
    sizes: tuple[tuple[Side, Side], ...] = ()
    max_pixels: Annotated[int, Field(ge=256)] | None = None
    rates: tuple[Annotated[Fraction, Field(gt=0, le=1000)], ...] = ()
    handles: Annotated[int, Field(ge=0, le=120)] = 4
    tokens: Count | None = None  # of a prompt, by a rough count
    repeats: bool = False  # the frame it goes on from is its own first frame too
    guided_by: Guide | None = None
    control: Share | None = None
    strengths: tuple[Share, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> "ServerSettings":
        if self.max_frames is not None and self.max_frames < max(self.min_frames, self.base or 1):
            raise ValueError("max_frames is less than min_frames or base")
        if list(self.strengths) != sorted(set(self.strengths)):
            raise ValueError("strengths must rise")
        if self.guided_by is None and (self.strengths or self.control is not None):
            raise ValueError("control and strengths need guided_by, which says what guides: depth, pose, …")
        return self

    @property
    def key(self) -> Key:
        return Key(self.key_from, self.key_header)

    @property
    def paid(self) -> bool:
        """Whether a job costs money."""
        return bool(self.price)

    def capabilities(self, **more: Any) -> Capabilities:
        """What the person says that the model makes, with what the generator knows."""
        said: dict[str, Any] = {name: getattr(self, name) for name in _SAID}
        return Capabilities(**{**said, **more})


_SAID = (
    "max_frames",
    "min_frames",
    "step",
    "base",
    "multiple",
    "sizes",
    "max_pixels",
    "rates",
    "handles",
    "tokens",
    "repeats",
    "price",
)
IDLE = frozenset(
    {"url", "key_from", "key_header", "wait", "concurrent", "per_second", "cancel", "price"}
    | {"multiple", "sizes", "max_pixels", "rates", "handles", "tokens", "strengths"}
)
"""Settings that change no pixel of a request: a server is not its model, and a size stands in the request."""


def read_settings(name: str, model: type[M], params: Mapping[str, JsonValue]) -> M:
    """``params`` as ``model``. Raises InputError with all that is wrong, and repeats no value: it may be a key."""
    if keys := list(written_keys(params)):
        raise InputError(keys)
    try:
        return model.model_validate(dict(params))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise InputError(_problem(name, model, fault) for fault in faults) from None


def _problem(name: str, model: type[BaseModel], fault: ErrorDetails) -> Problem:
    where, kind, context = fault["loc"], fault["type"], fault.get("ctx", {})
    key = where[-1:] == ("[key]",)
    said = ".".join(str(part + 1) if isinstance(part, int) else part for part in (where[:-1] if key else where))
    last = said.rpartition(".")[2]
    if kind == "extra_forbidden" or (key and kind == "literal_error"):
        known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        known = known or list(model.model_fields if len(where) == 1 else Waits.model_fields)
        what = f"the generator {name} has no setting “{said}”."
        return Problem(what=what, todo=did_you_mean(last, known))
    if kind == "missing":
        return Problem(what=f"the generator {name} needs `{said}:`.", todo="Write it beside the generator's name.")
    words = fault["msg"].removeprefix("Value error, ").rstrip(".")
    if kind in _PLAINLY:
        words = _PLAINLY[kind].format(**context).replace("'", "")
    return Problem(what=f"the generator {name}: {f'`{said}` ' if said else ''}{words[:1].lower()}{words[1:]}.")


_PLAINLY = {
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "must be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "must be a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "must be true or false"),
    **dict.fromkeys(("list_type", "tuple_type"), "must be a list"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "must have settings of its own below it"),
    **dict.fromkeys(("fraction_parsing",), "must be a number such as 24 or “24000/1001”"),
    "too_long": "must have no more than {max_length} entries",
    "too_short": "must have at least {min_length} entries",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "is no name for that",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be less than {lt}",
}
"""What pydantic says, in the words of somebody who writes YAML."""


def need(*packages: str) -> None:
    """Raise MissingInstall where one of these packages is not there."""
    if missing := [package for package in packages if find_spec(package) is None]:
        what = f"a video server is spoken to with {', '.join(missing)}, which this machine lacks."
        raise MissingInstall(Problem(what=what, todo='Install: pip install "shotgraph[servers]"'))
