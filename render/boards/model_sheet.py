"""A model sheet on paper: all views of somebody or something in a row, with the words that are locked."""

from collections.abc import Sequence

import numpy as np

from characters.seen import Kind, Seen
from render.boards.marks import FAINT, INK, RULE, Mark, Page, Picture, Text, block
from render.boards.type import fitted, width_of

_TALL, _GAP, _MARGIN = 260.0, 10.0, 20.0  # points
_LINE = 14.0


def sheet_page(seen: Seen, variant: str | None, views: Sequence[tuple[str, np.ndarray]]) -> Page:
    """The page of one look or state; ``views`` are names and pictures, uint8[H, W, 3]."""
    tall = _TALL if seen.kind is not Kind.PLACE else 0.55 * _TALL
    widths = [tall * picture.shape[1] / picture.shape[0] for _, picture in views]
    width = sum(widths) + _GAP * (len(views) - 1) + 2 * _MARGIN
    title = f"{seen.name}, {variant}" if variant else seen.name
    shown = fitted(title, 15, width - 2 * _MARGIN)
    marks: list[Mark] = [Text(_MARGIN, 32, 15, shown)]
    about = _about(seen)
    room = width - 2 * _MARGIN - width_of(shown, 15) - 14
    if about and room > 40:
        marks.append(Text(width - _MARGIN, 32, 9, fitted(about, 9, room), FAINT, "right"))
    x, y = _MARGIN, 44.0
    for (name, picture), wide in zip(views, widths, strict=True):
        marks += [
            Picture(x, y, wide, tall, picture),
            block(x, y, wide, tall, None, RULE),
            Text(x, y + tall + 11, 8, name, FAINT),
        ]
        x += wide + _GAP
    y += tall + 30
    column = (width - 2 * _MARGIN) / 2
    rows = -(-len(seen.locked) // 2)
    for index, (part, words) in enumerate(seen.locked):
        left = _MARGIN + (index // max(rows, 1)) * column
        line = y + (index % max(rows, 1)) * _LINE
        marks += [
            Text(left, line, 9, fitted(part, 9, 72), FAINT),
            Text(left + 78, line, 9, fitted(words, 9, column - 84), INK),
        ]
    return Page(width, y + rows * _LINE + 8, tuple(marks))


def _about(seen: Seen) -> str:
    figure = seen.figure
    parts = [seen.descriptor]
    if figure is not None:
        parts.append(f"{figure.height:.2f} m, {figure.build}" + (f", {figure.age}" if figure.age else ""))
    return " · ".join(part for part in parts if part)
