"""The embedded generator: the rehearsal at full size. Needs no GPU, no download and no account.

With ``drift`` it is a stand-in for a video model that forgets: see docs/generators.md.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from pydantic import JsonValue

from render.generators.base import Capabilities, Frames
from render.previz import VERSION
from render.previz.look.style import Look, Medium, Quality
from render.request import Request
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean

if TYPE_CHECKING:
    from render.previz.drift.take import DriftingTake

E = TypeVar("E", bound=StrEnum)

_DRAWN_BY = frozenset({"camera", "stage", "width", "height", "rate", "frames", "head", "tail"})
_DRIFTS_BY = frozenset({"prompt", "negative", "references", "params", "alternatives", "changes", "draft", "parent"})
_SETTINGS = ("look", "quality", "text_model", "drift", "control", "picture_look", "compression")


class Previz:
    """Renders each shot in 3D from its staging and its camera; with ``drift``, as a model that forgets would."""

    name = "previz"

    def __init__(self, params: dict[str, JsonValue] | None = None) -> None:
        self.params = params or {}
        for name in sorted(self.params.keys() - set(_SETTINGS)):  # text_model is asked by the plan
            what = f"the generator previz has no setting “{name}”."
            raise InputError(Problem(what=what, todo=did_you_mean(name, _SETTINGS)))
        self._look = Look.of(_chosen(Medium, "look", self.params), _chosen(Quality, "quality", self.params))
        drawn = [self._look.medium.value] * (self._look.medium is not Medium.INK)
        drawn += [_chosen(Quality, "quality", self.params).value] * (self._look != Look.of(self._look.medium))
        self.reads, self.drifts = _DRAWN_BY, False
        if self.params.keys() & {"drift", "control", "picture_look", "compression"}:
            from render.previz.drift import VERSION as DRIFT_VERSION
            from render.previz.drift.settings import settings_of

            settings_of(self.params)  # refuses what cannot be ordered
            self.reads, self.drifts = _DRAWN_BY | _DRIFTS_BY, True
            drawn.append(f"drift-{DRIFT_VERSION}")
        self.version = "-".join([VERSION, *drawn])  # how it is drawn is part of every recipe

    def capabilities(self) -> Capabilities:
        if self.drifts:
            return Capabilities(
                negative=True, max_references=4, first_frame=True, handles=4, control=(0.4, 0.7, 1.0), draft=0.25
            )
        return Capabilities(handles=4, compared=False)

    def count_tokens(self, text: str) -> int | None:  # noqa: ARG002
        """The previz reads no prompt; where it drifts it reads any length."""
        return None

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        for index, picture in enumerate(self._pictures(request)):
            progress(index + 1)
            yield picture

    def _pictures(self, request: Request) -> Frames:
        if self.drifts:
            return self._take(request).frames()
        from render.previz.frames import pictures
        from render.previz.rehearsal import rehearse

        return pictures(rehearse(request), self._look)

    def truth(self, request: Request) -> JsonValue:
        """What was done to the take of this request: its faults and how it varies. None where it does not drift."""
        return self._take(request).truth() if self.drifts else None

    def _take(self, request: Request) -> "DriftingTake":
        from render.previz.drift.settings import settings_of
        from render.previz.drift.take import DriftingTake

        return DriftingTake(request, settings_of({**self.params, **request.params}), self._look)


def _chosen(choices: type[E], name: str, params: dict[str, JsonValue]) -> E:
    """What film.yaml says under ``name``; the default is the first of ink and pencil, and full quality."""
    given = params.get(name, _DEFAULTS[name])
    try:
        return choices(given)
    except ValueError:
        words = " or ".join(choice.value for choice in choices)
        raise InputError(Problem(what=f"the previz has no {name} “{given}”.", todo=f"Write {words}.")) from None


_DEFAULTS = {"look": Medium.INK, "quality": Quality.FULL}
