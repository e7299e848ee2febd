"""The embedded generator: the rehearsal at full size. Needs no GPU, no download and no account."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from pydantic import JsonValue

from render.generators.base import Capabilities, Frames
from render.previz import VERSION
from render.previz.look.style import Look, Medium, Quality
from render.request import Request
from storyboard.errors import InputError, Problem

E = TypeVar("E", bound=StrEnum)


class Previz:
    """Renders each shot in 3D from its staging and its camera."""

    name = "previz"
    reads = frozenset({"camera", "stage", "width", "height", "rate", "frames", "head", "tail"})

    def __init__(self, params: dict[str, JsonValue] | None = None) -> None:
        for name in sorted((params or {}).keys() - {"text_model", "look", "quality"}):  # the plan asks the text model
            what = f"the generator previz has no setting “{name}”."
            todo = "It has three, look, quality, and text_model: the folder of a sentence-transformers model."
            raise InputError(Problem(what=what, todo=todo))
        given = params or {}
        self._look = Look.of(_chosen(Medium, "look", given), _chosen(Quality, "quality", given))
        drawn = [self._look.medium.value] * (self._look.medium is not Medium.INK)
        drawn += [_chosen(Quality, "quality", given).value] * (self._look != Look.of(self._look.medium))
        self.version = "-".join([VERSION, *drawn])  # how it is drawn is part of every recipe

    def capabilities(self) -> Capabilities:
        return Capabilities(handles=6)

    def count_tokens(self, text: str) -> int | None:  # noqa: ARG002
        """The previz reads no prompt."""
        return None

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        from render.previz.frames import pictures
        from render.previz.rehearsal import rehearse

        for index, picture in enumerate(pictures(rehearse(request), self._look)):
            progress(index + 1)
            yield picture


def _chosen(choices: type[E], name: str, params: dict[str, JsonValue]) -> E:
    """What film.yaml says under ``name``; the default is the first of ink and pencil, and full quality."""
    given = params.get(name, _DEFAULTS[name])
    try:
        return choices(given)
    except ValueError:
        words = " or ".join(choice.value for choice in choices)
        raise InputError(Problem(what=f"the previz has no {name} “{given}”.", todo=f"Write {words}.")) from None


_DEFAULTS = {"look": Medium.INK, "quality": Quality.FULL}
