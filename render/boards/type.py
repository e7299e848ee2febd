"""Setting text: widths and lines in the one font that ships."""

import functools

from render.cut.fonts import font_path

_UNIT = 100  # points at which widths are measured


@functools.cache
def _font():
    from PIL import ImageFont

    return ImageFont.truetype(str(font_path()), _UNIT, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=50_000)
def _unit_width(text: str) -> float:
    return float(_font().getlength(text))


def width_of(text: str, size: float) -> float:
    """How long a line is at this size, in points."""
    return _unit_width(text) * size / _UNIT


def wrapped(text: str, size: float, width: float) -> list[str]:
    """``text`` in lines no longer than ``width`` points; a word that is longer is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            tried = f"{line} {word}" if line else word
            if width_of(tried, size) <= width:
                line = tried
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, size, width)
            lines += full
        lines.append(line)
    return lines


def _broken(word: str, size: float, width: float) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def fitted(text: str, size: float, width: float) -> str:
    """``text`` on one line of at most ``width`` points, with an ellipsis where it had to end early."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,·") + "…"
