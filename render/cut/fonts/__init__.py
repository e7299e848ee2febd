"""The one font that ships, for slates, boards and subtitles: Noto Sans, Latin, Greek and Cyrillic (OFL.txt).

A machine may have no font at all: then ffmpeg draws nothing, or fails. So nothing is ever drawn with another.
"""

import functools
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FILE = Path(__file__).parent / "NotoSans-Regular.ttf"
_NO_CHARACTER = "\ufffe"  # never assigned, so every font draws its box for what it lacks
_SILENT = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")  # controls, joiners and spaces: nothing is drawn for them
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # they choose how the letter before is drawn
_SYSTEM = re.compile(r"(.+?) (?:CAPITAL|SMALL|LETTER|SYLLABLE|LIGATURE|VOWEL|CHARACTER|SIGN)\b")
_PLAINLY = {  # where Unicode's word is not what people say
    "Cjk": "Chinese characters",
    "Hiragana": "Japanese kana",
    "Katakana": "Japanese kana",
    "Katakana-Hiragana": "Japanese kana",
    "Halfwidth Katakana": "Japanese kana",
    "Halfwidth Katakana-Hiragana": "Japanese kana",
    "Hangul": "Korean",
    "Halfwidth Hangul": "Korean",
    "Canadian": "Canadian syllabics",
    "Egyptian": "Egyptian hieroglyphs",
}


def font_path() -> Path:
    """The font's file; libass finds it with ``fontsdir`` set to its folder."""
    return _FILE


def font_name() -> str:
    """The family's name, as ASS styles and PIL know it."""
    return "Noto Sans"


def missing_glyphs(text: str) -> str:
    """The characters of ``text`` that the font lacks, each once, in the order they are met."""
    return "".join(letter for letter in dict.fromkeys(text) if not _drawn(letter))


def scripts_lacking(text: str) -> tuple[str, ...]:
    """The writing systems of ``text`` that the font lacks, in plain words: ``("Arabic", "symbols")``."""
    return tuple(dict.fromkeys(_script(letter) for letter in missing_glyphs(text)))


@functools.lru_cache(maxsize=20_000)
def _drawn(letter: str) -> bool:
    if unicodedata.category(letter) in _SILENT or _SELECTORS.match(letter):
        return True
    return _picture(letter) != _box()


@functools.cache
def _font() -> "FreeTypeFont":
    from PIL import ImageFont

    # The basic layout maps each character to its glyph and reshapes nothing.
    return ImageFont.truetype(str(_FILE), 32, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _box() -> bytes:
    """What is drawn for a character that the font lacks."""
    return _picture(_NO_CHARACTER)


def _picture(letter: str) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (64, 64))
    ImageDraw.Draw(image).text((8, 8), letter, fill=255, font=_font())
    return image.tobytes()


def _script(letter: str) -> str:
    """The writing system of a letter or its marks, from the Unicode name; all else is a symbol."""
    name = unicodedata.name(letter, "")
    if unicodedata.category(letter)[0] not in "LM" or name.startswith(("MATHEMATICAL", "MODIFIER", "COMBINING")):
        return "symbols"
    named = _SYSTEM.match(name)
    system = (named[1] if named and unicodedata.category(letter)[0] == "L" else name.split(" ", 1)[0]).title()
    return _PLAINLY.get(system, system)
