"""Emphasis in script text: what is heard or shown without its marks, and where each kind stands."""

from functools import cache
from typing import NamedTuple

_MARKS = frozenset("*_\\")


class Emphasis(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of plain text; ``kind`` is italic, bold or such."""

    start: int
    end: int
    kind: str


def read_emphasis(text: str) -> tuple[str, tuple[Emphasis, ...]]:
    """Plain text and its emphasis, by Fountain's rules: ``*italic*``, ``**bold**``, ``_underline_``.

    Emphasis never crosses a line, ``file_name_here`` and ``*69 and *23`` have none, and a backslash takes
    a mark its meaning.
    """
    if _MARKS.isdisjoint(text):
        return text, ()
    plain_text, spans = _reader().read(text)
    return plain_text, tuple(Emphasis(span.start, span.end, span.format_type) for span in spans)


def plain(text: str) -> str:
    """Text without its marks of emphasis."""
    return read_emphasis(text)[0]


@cache
def _reader():  # fountain-py is imported only where there is emphasis
    from fountain.elements import FormatSpan
    from fountain.parser import FountainParser

    class Reader(FountainParser):
        def read(self, text: str) -> tuple[str, list[FormatSpan]]:
            return self._extract_inline(text)

    return Reader()
