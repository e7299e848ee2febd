"""The table of props: the words that people write for a thing → the builder that makes it."""

from collections.abc import Callable

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
from render.previz.figures.things.known import find_word, known_as, table
from render.previz.figures.things.making import Making
from render.previz.solid import Solid

__all__ = ["Build", "builder", "find_word", "known_as", "table"]

Build = Callable[[Making], list[Solid]]

_MODULES = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        devices, food, furniture, lights, luggage, music, nature, papers, sundries, tools, vehicles, vessels, writing,
    )
}  # fmt: skip


def builder(word: str) -> Build:
    """What builds the thing of these words. Raises KeyError and AttributeError where the table is wrong."""
    module, name = table()[word]
    return getattr(_MODULES[module], name)
