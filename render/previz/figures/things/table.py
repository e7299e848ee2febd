"""The table of props: the words that people write for a thing → the builder that makes it."""

import functools
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from characters.seen import Seen
from render.previz.figures.things import (
    devices,
    food,
    furniture,
    lights,
    luggage,
    music,
    nature,
    papers,
    sundries,
    tools,
    vehicles,
    vessels,
    writing,
)
from render.previz.figures.things.making import Making
from render.previz.solid import Solid

Build = Callable[[Making], list[Solid]]

_MODULES = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        devices, food, furniture, lights, luggage, music, nature, papers, sundries, tools, vehicles, vessels, writing,
    )
}  # fmt: skip


@functools.cache
def table() -> dict[str, tuple[str, str]]:
    """What people write for a thing → the module and the builder. Raises ValueError where words stand twice."""
    found: dict[str, tuple[str, str]] = {}
    rows = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    for module, builders in rows.items():
        for name, words in builders.items():
            for word in (each.strip() for each in words.split(",")):
                if found.setdefault(word, (module, name)) != (module, name):
                    raise ValueError(f"kinds.toml: {word!r} stands at {found[word]} and at {(module, name)}")
    return found


@functools.cache
def _pattern() -> re.Pattern[str]:
    words = sorted(table(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, words))})(?:s|es)?(?![\w-])")


def find_word(text: str) -> str | None:
    """The words of the table that stand in ``text``: the longest; of equal ones the last, which is the noun."""
    found = [match.group(1) for match in _pattern().finditer(text.lower())]
    return max(reversed(found), key=len) if found else None


def known_as(seen: Seen) -> str | None:
    """The words of the table that name this prop: in its name, else its descriptor, else its locked words."""
    for text in (
        seen.name,
        re.split(r"[,;]|\bwith\b", seen.descriptor)[0],
        seen.descriptor,
        *(w for _, w in seen.locked),
    ):
        if (word := find_word(text)) is not None:
            return word
    return None


def builder(word: str) -> Build:
    """What builds the thing of these words. Raises KeyError and AttributeError where the table is wrong."""
    module, name = table()[word]
    return getattr(_MODULES[module], name)
