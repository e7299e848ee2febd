"""The family of generators: one file each, one protocol."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from pydantic import JsonValue

from render.request import Request
from storyboard.frozen import Frozen

if TYPE_CHECKING:
    import numpy as np

Frames: TypeAlias = "Iterator[np.ndarray]"
"""Frames in order, each ``uint8[H, W, 3]``, sRGB."""


class Capabilities(Frozen):
    """What a generator can do. The plan is fitted to it before anything is paid for."""

    seed: bool = True
    negative: bool = False
    max_references: int = 0
    first_frame: bool = False  # can continue from a given frame
    last_frame: bool = False  # can end with a given frame
    repeats: bool = False  # the frame it continues from is its own first frame too, and would be seen twice
    max_frames: int | None = None  # longest clip; longer shots become segments
    min_frames: int = 1  # shortest clip
    step: int = 1  # a clip has step · k + base frames
    base: int = 0
    multiple: int = 2  # width and height must be multiples of this
    sizes: tuple[tuple[int, int], ...] = ()  # the only sizes it makes, width and height; empty: any
    max_pixels: int | None = None  # of one frame; larger films are shot smaller and conformed
    rates: tuple[Fraction, ...] = ()  # the only frame rates it makes; empty: any
    handles: int = 0  # frames it is asked to shoot before and after what is cut
    compared: bool = True  # takes are held against the rehearsal; False where they are it, or no pictures of the shot
    guided_by: str | None = None  # the pass of the rehearsal that it follows: depth, pose, …
    control: tuple[float, ...] = ()  # strengths of the rehearsal's guidance that its setting ``control`` takes, rising
    draft: float | None = None  # what a draft costs, as a share of the take; None: it makes none
    draft_scale: float = 0.5  # a draft's sides, as a share of the take's
    tokens: int | None = None  # token window of its text encoder; None reads no prompt or has no limit
    price: float | None = None  # money for a generated second


@runtime_checkable
class Generator(Protocol):
    """Makes takes. Must be deterministic: same request, same frames.

    ``reads`` names the fields of ``Request`` (and ``parent`` for the shot it continues from) that the
    pixels depend on; only those enter the recipe, so only their change shoots a take again. Where ``params`` are
    among them, a generator may name in ``idle`` the settings that change no pixel: where it runs, how long it waits.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str:
        """Changes whenever the same request would give other pixels."""
        ...

    @property
    def reads(self) -> frozenset[str]: ...

    def capabilities(self) -> Capabilities: ...

    def count_tokens(self, text: str) -> int | None:
        """Tokens of ``text`` by the model's own tokenizer, or None where it has none at hand."""
        ...

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        """Yield exactly ``request.frames`` frames; call ``progress`` with how many are done.

        Raises GeneratorError when it cannot.
        """
        ...


@runtime_checkable
class Provenanced(Protocol):
    """A generator that can say how its last take was made: device, memory mode, versions. It stands in the sidecar."""

    def provenance(self) -> JsonValue: ...


@runtime_checkable
class Needing(Protocol):
    """A generator that can say what it needs and whether it is there: a server, a licence. For ``direct doctor``."""

    def needs(self) -> list[tuple[str, bool, str]]:
        """The part, whether it is there, and what was found, in words."""
        ...


@runtime_checkable
class Preparing(Protocol):
    """A generator that can do a part of a take beforehand, without its GPU: another process does, while it works."""

    def prepare(self, request: Request) -> None:
        """Put what is needed for this clip into the film's cache. What is not there is made with the take."""
        ...


@runtime_checkable
class Truthful(Protocol):
    """A generator that can say what it did to a take. For benchmarks: no check ever sees it."""

    def truth(self, request: Request) -> JsonValue:
        """What was done to the take of this request, or None."""
        ...
