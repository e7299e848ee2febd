"""Sets by their words: the builders behind the rows of ``rows.py``."""

from collections.abc import Callable
from importlib import import_module

from characters.seen import Seen
from render.previz.sets.builder import Builder
from render.previz.sets.design import SetDesign
from render.previz.sets.rows import TABLE, Row, builder_of, row_for
from storyboard.screenplay import Interior

__all__ = ["TABLE", "Build", "Row", "builder_for", "row_for", "set_builder"]

Build = Callable[[Builder], SetDesign]


def set_builder(name: str) -> Build:
    """The builder of this name, ``module.function`` of ``places``. Raises where the table is wrong."""
    module, _, function = name.partition(".")
    return getattr(import_module(f"render.previz.sets.places.{module}"), function)


def builder_for(place: Seen, interior: Interior) -> tuple[Row, Build, bool]:
    """The row, what builds it, and whether that is meant to be indoors: as the heading says, else as is usual."""
    row, name, inside = builder_of(place, interior)
    return row, set_builder(name), inside
