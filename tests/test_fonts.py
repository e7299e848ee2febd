"""The font that ships draws every script that it says it draws, and names those that it lacks."""

import pytest
from PIL import ImageFont

from render.cut.fonts import font_name, font_path, missing_glyphs, scripts_lacking
from render.media import run_ffmpeg


def test_the_font_is_the_one_that_it_is_called() -> None:
    """The file opens, and the name that styles use is the name in the file."""
    assert ImageFont.truetype(str(font_path()), 20).getname() == (font_name(), "Regular")


def test_the_licence_stands_beside_the_font() -> None:
    """The font travels with its copyright line and the whole of its licence."""
    licence = (font_path().parent / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright")
    for part in ("SIL OPEN FONT LICENSE Version 1.1", "PERMISSION & CONDITIONS", "TERMINATION", "DISCLAIMER"):
        assert part in licence


@pytest.mark.parametrize("page", ["cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257"])
def test_europe_is_drawn(page: str) -> None:
    """Every letter of the Latin, Greek and Cyrillic code pages has a glyph."""
    text = bytes(range(0x20, 0x100)).decode(page, errors="ignore")
    assert len(text) > 200
    assert missing_glyphs(text) == ""
    assert scripts_lacking(text) == ()


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Mara שָׁלוֹם", ("Hebrew",)),
        ("السلام عليكم", ("Arabic",)),
        ("日本語のひらがな、カタカナ", ("Chinese characters", "Japanese kana", "symbols")),
        ("안녕 and नमस्ते", ("Korean", "Devanagari")),
        ("well done 😀❤️", ("symbols",)),
        ("𝐛𝐨𝐥𝐝", ("symbols",)),
        ("tabs\tand\nlines\u200d\ufe0f\u00ad", ()),
        ("", ()),
    ],
)
def test_scripts_that_the_font_lacks_are_named(text: str, lacking: tuple[str, ...]) -> None:
    """A writing system is named once, in plain words, in the order it is met."""
    assert scripts_lacking(text) == lacking


def test_missing_characters_are_told_once() -> None:
    """Each character that cannot be drawn is told once, and no other."""
    assert missing_glyphs("Mara: 日本, 日光 — Ωж") == "日本光"


def test_ffmpeg_draws_with_the_font() -> None:
    """Text that is drawn with the font leaves marks on a black picture."""
    graph = f"drawtext=fontfile={font_path()}:text=Mara:fontsize=40:fontcolor=white:x=5:y=5:expansion=none"
    source = ["-f", "lavfi", "-i", "color=black:s=160x60:d=0.04:r=25"]
    picture = run_ffmpeg([*source, "-vf", graph, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"])
    assert len(picture) == 160 * 60
    assert max(picture) > 200
