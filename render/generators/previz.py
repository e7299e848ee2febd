"""The embedded generator: the rehearsal at full size. Needs no GPU, no download and no account."""

from collections.abc import Callable

from pydantic import JsonValue

from render.generators.base import Capabilities, Frames
from render.previz import VERSION
from render.request import Request
from storyboard.errors import InputError, Problem


class Previz:
    """Renders each shot in 3D from its staging and its camera."""

    name = "previz"
    version = VERSION
    reads = frozenset({"camera", "stage", "width", "height", "rate", "frames", "head", "tail"})

    def __init__(self, params: dict[str, JsonValue] | None = None) -> None:
        for name in sorted((params or {}).keys() - {"text_model"}):  # the plan asks the text model
            what = f"the generator previz has no setting “{name}”."
            todo = "It has one, text_model: the folder of a sentence-transformers model."
            raise InputError(Problem(what=what, todo=todo))

    def capabilities(self) -> Capabilities:
        return Capabilities(handles=6)

    def count_tokens(self, text: str) -> int | None:  # noqa: ARG002
        """The previz reads no prompt."""
        return None

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        from render.previz.frames import pictures
        from render.previz.rehearsal import rehearse

        for index, picture in enumerate(pictures(rehearse(request))):
            progress(index + 1)
            yield picture
