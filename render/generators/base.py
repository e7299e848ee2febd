"""The family of generators: one file each, one protocol."""

from collections.abc import Callable, Iterator
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
    max_frames: int | None = None  # longest clip; longer shots become segments
    multiple: int = 2  # width and height must be multiples of this
    handles: int = 0  # frames it is asked to shoot before and after what is cut
    compared: bool = True  # takes are held against the rehearsal; False where they are it, or no pictures of the shot
    control: tuple[float, ...] = ()  # strengths of the rehearsal's guidance that its setting ``control`` takes, rising
    draft: float | None = None  # what a draft costs, as a share of the take; None: it makes none
    tokens: int | None = None  # token window of its text encoder; None reads no prompt or has no limit


@runtime_checkable
class Generator(Protocol):
    """Makes takes. Must be deterministic: same request, same frames.

    ``reads`` names the fields of ``Request`` (and ``parent`` for the shot it continues from) that the
    pixels depend on; only those enter the recipe, so only their change shoots a take again.
    """

    name: str
    version: str  # changes whenever the same request would give other pixels
    reads: frozenset[str]

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
class Truthful(Protocol):
    """A generator that can say what it did to a take. For benchmarks: no check ever sees it."""

    def truth(self, request: Request) -> JsonValue:
        """What was done to the take of this request, or None."""
        ...
