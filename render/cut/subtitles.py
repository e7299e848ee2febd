"""Subtitles from the dialogue: what is said, while it is said, two lines at a time."""

import textwrap
from fractions import Fraction
from itertools import pairwise

from render.cut.edit import Edit, SpokenLine
from storyboard.frozen import Frozen

WIDTH = 42  # characters a line, as the broadcasters' guides have it
LINES = 2
_LINGER = Fraction(1, 3)  # seconds that a subtitle stays after the voice, where nothing follows


_HIDDEN = str.maketrans({"{": "\ue000", "}": "\ue001", "\\": "\ue002"})  # else read as tags of ASS
_SHOWN = str.maketrans("\ue000\ue001\ue002", "{}\\")


class Subtitle(Frozen):
    """Text on the picture from frame ``start`` up to frame ``end``."""

    start: int
    end: int
    text: str  # lines parted by \\n
    off: bool = False  # the speaker is not seen: set in italics


def subtitles(edit: Edit) -> tuple[Subtitle, ...]:
    """The film's subtitles in order. Those who speak at once share one, with a dash each."""
    shown: list[Subtitle] = []
    for together in _together(sorted(edit.lines, key=lambda line: (line.start, line.start + line.frames))):
        if len(together) == 1:
            shown += _parts(together[0])
        else:
            start, end = together[0].start, max(line.start + line.frames for line in together)
            text = "\n".join("- " + " ".join(line.text.split()) for line in together)
            shown.append(Subtitle(start=start, end=end, text=text))
    linger = round(_LINGER * edit.rate)
    ends = [*(following.start for following in shown[1:]), edit.frames][: len(shown)]
    return tuple(
        one.model_copy(update={"end": max(one.start + 1, min(one.end + linger, end))})
        for one, end in zip(shown, ends, strict=True)
    )


def _together(lines: list[SpokenLine]) -> list[list[SpokenLine]]:
    groups: list[list[SpokenLine]] = []
    for line in lines:
        if not line.text.strip() or line.frames <= 0:
            continue
        if groups and line.start < max(other.start + other.frames for other in groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _parts(line: SpokenLine) -> list[Subtitle]:
    """A long line becomes several subtitles, each on as long as its share of the characters."""
    rows = textwrap.wrap(" ".join(line.text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)
    blocks = ["\n".join(rows[at : at + LINES]) for at in range(0, len(rows), LINES)]
    blocks = blocks[: line.frames]  # never more of them than frames
    lengths = [sum(map(len, blocks[:count])) for count in range(len(blocks) + 1)]
    ends = [line.start + line.frames * length // lengths[-1] for length in lengths]
    return [
        Subtitle(start=start, end=max(start + 1, end), text=text, off=not line.seen)
        for text, (start, end) in zip(blocks, pairwise(ends), strict=True)
    ]


def to_srt(shown: tuple[Subtitle, ...], rate: Fraction) -> str:
    """The subtitles as SubRip text. What a script says is text: its braces and angles stay as they are."""
    import pysubs2

    file = pysubs2.SSAFile()
    for one in shown:
        event = pysubs2.SSAEvent(start=_milliseconds(one.start, rate), end=_milliseconds(one.end, rate))
        event.text = one.text.translate(_HIDDEN).replace("\n", "\\N")
        if one.off:
            event.text = "{\\i1}" + event.text + "{\\i0}"
        file.append(event)
    return file.to_string("srt").translate(_SHOWN)


def _milliseconds(frame: int, rate: Fraction) -> int:
    return round(Fraction(frame) * 1000 / rate)
