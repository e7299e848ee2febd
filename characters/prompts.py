"""Locked prompts: the words that a generator gets, with every locked attribute verbatim in its place."""

import functools
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from characters.bible import Bible
from characters.continuity import Appearance
from characters.seen import Seen
from storyboard.dialect import describe
from storyboard.errors import Problem
from storyboard.frozen import Frozen
from storyboard.screenplay import Interior, TimeOfDay
from storyboard.shot import BeatKind, Shot

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

TEMPLATES = Path(__file__).parent / "templates"
TOKENS_A_WORD = 1.35
"""Stated approximation where a generator has no tokenizer at hand: English words and marks, in T5's pieces."""

_LIGHT = {
    TimeOfDay.DAWN: "dawn light",
    TimeOfDay.MORNING: "morning light",
    TimeOfDay.DAY: "daylight",
    TimeOfDay.AFTERNOON: "afternoon light",
    TimeOfDay.SUNSET: "sunset light",
    TimeOfDay.DUSK: "dusk",
    TimeOfDay.EVENING: "evening light",
    TimeOfDay.NIGHT: "night",
}


class LockedPrompt(Frozen):
    """Positive and negative text. ``tokens`` is counted by the model's tokenizer unless ``approximate``."""

    positive: str
    negative: str
    tokens: int
    approximate: bool
    problems: tuple[Problem, ...] = ()


@functools.cache
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False
    )


@functools.cache
def _template(name: str) -> "Template":
    return _environment().get_template(f"{name}.j2")


def lock(
    shot: Shot,
    appearance: Appearance,
    bible: Bible,
    *,
    template: str = "generic",
    count: Callable[[str], int | None] | None = None,
    window: int | None = None,
    forward: Sequence[tuple[str, str | None]] = (),
) -> LockedPrompt:
    """The prompt of a shot.

    ``forward`` brings locked words to its front, in this order: (name, part), or (name, None) for all that is said
    of somebody. They stand there verbatim, and no longer in their usual place.

    ``count`` is the generator's own tokenizer, ``window`` how many tokens its encoder reads. What does not fit
    is a problem that names what would be cut; nothing is ever cut silently.
    """
    values = _values(shot, appearance, bible, template, forward)
    positive = _tidy(_template(template).render(values))
    negative = _tidy(_template(f"{template}.negative").render(values))
    counted = count(positive) if count is not None else None
    tokens = counted if counted is not None else approximate_tokens(positive)
    problems: tuple[Problem, ...] = ()
    if window is not None and tokens > window:
        problems = (_too_long(shot, appearance, positive, tokens, window, approximate=counted is None),)
    return LockedPrompt(
        positive=positive, negative=negative, tokens=tokens, approximate=counted is None, problems=problems
    )


def approximate_tokens(text: str) -> int:
    """Tokens of a text by the stated approximation."""
    return math.ceil(TOKENS_A_WORD * len(re.findall(r"\w+|[^\w\s]", text)))


def _values(
    shot: Shot, appearance: Appearance, bible: Bible, template: str, forward: Sequence[tuple[str, str | None]]
) -> dict[str, Any]:
    inside = {Interior.INT: "Inside", Interior.EXT: "Outside"}.get(shot.interior, "At")
    place = appearance.place
    setting = f"{inside}, {place.name.lower()}"
    if place.descriptor and place.descriptor.lower() != place.name.lower():
        setting += f", {place.descriptor}"
    light = _LIGHT[shot.time] + (f", {shot.weather}" if shot.weather else "")
    everything = (*appearance.cast, *appearance.props, place)
    first, moved = _brought_forward(everything, forward)
    return {
        "first": first,
        "camera": describe(shot.camera, template),
        "cast": _without(appearance.cast, moved),
        "props": _without(appearance.props, moved),
        "place": _without((place,), moved, keep=True)[0],
        "setting": setting,
        "light": light,
        "style": (bible.style or "").rstrip("."),
        "action": _action(shot),
        "never": tuple(dict.fromkeys(words for seen in everything for words in seen.never)),
    }


def _brought_forward(
    everything: Sequence[Seen], forward: Sequence[tuple[str, str | None]]
) -> tuple[list[Seen], set[tuple[str, str | None]]]:
    """Who stands first in the prompt, with the words that are to stand there; and what is left out elsewhere for it."""
    first: dict[str, Seen] = {}
    moved: set[tuple[str, str | None]] = set()
    for name, part in forward:
        of = next((seen for seen in everything if seen.name == name), None)
        if of is None or (name, None) in moved or (name, part) in moved:
            continue
        words = of.locked if part is None else tuple(each for each in of.locked if each[0] == part)
        if part is not None and not words:
            continue
        if part is None:
            first[name] = of
        else:
            told = first.get(name) or of.model_copy(update={"descriptor": "", "locked": ()})
            first[name] = told.model_copy(update={"locked": (*told.locked, *words)})
        moved.add((name, part))
    return list(first.values()), moved


def _without(group: Sequence[Seen], moved: set[tuple[str, str | None]], *, keep: bool = False) -> tuple[Seen, ...]:
    """A group without the words that stand elsewhere; who is told of elsewhere is left out, or kept by name."""
    if not moved:
        return tuple(group)
    left: list[Seen] = []
    for seen in group:
        whole = (seen.name, None) in moved
        if not whole or keep:
            locked = () if whole else tuple(each for each in seen.locked if (seen.name, each[0]) not in moved)
            left.append(seen.model_copy(update={"locked": locked}))
    return tuple(left)


def _action(shot: Shot) -> list[str]:
    lines: list[str] = []
    for beat in shot.beats:
        if beat.kind is BeatKind.ACTION:
            text = " ".join(beat.text.split())
            lines.append(text if text[-1:] in ".!?…" else f"{text}.")
        elif beat.seen and beat.character in shot.cast:
            manner = f", {beat.manner}" if beat.manner else ""
            lines.append(f"{beat.character} speaks{manner}.")
    return [line for index, line in enumerate(lines) if line.strip() and line not in lines[:index]]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _too_long(shot: Shot, appearance: Appearance, text: str, tokens: int, window: int, *, approximate: bool) -> Problem:
    """Name what stands beyond the window."""
    share = window / tokens
    kept = text[: int(len(text) * share)]
    everything = (*appearance.cast, *appearance.props, appearance.place)
    lost = [
        f"{seen.name}’s {part} ({words})" for seen in everything for part, words in seen.locked if words not in kept
    ]
    cut = "; ".join(lost[:4]) or f"“{text[len(kept) :][:80].strip()}…”"
    about = "about " if approximate else ""
    return Problem(
        what=f"the prompt has {about}{tokens} tokens, the model reads {window}; this would be cut: {cut}.",
        todo="Shorten descriptors, locked words or the style line.",
        line=shot.line,
        shot=shot.id,
        rule="prompt-too-long",
    )
