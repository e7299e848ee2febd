"""Lines that say how a stretch of film is built: MONTAGE, SERIES OF SHOTS, INTERCUT, FLASHBACK."""

import re
from functools import lru_cache
from typing import NamedTuple

_FLAGS = {
    "MONTAGE": "montage",
    "SERIES OF SHOTS": "series of shots",
    "INTERCUT": "intercut",
    "INTERCUTTING": "intercut",
    "FLASHBACK": "flashback",
    "FLASHBACKS": "flashback",
    "FLASH BACK": "flashback",
    "FLASHFORWARD": "flash-forward",
    "FLASH FORWARD": "flash-forward",
    "FLASH-FORWARD": "flash-forward",
    "SPLIT SCREEN": "split screen",
    "SPLITSCREEN": "split screen",
    "DREAM": "dream",
    "DREAM SEQUENCE": "dream",
}
FLAGS = tuple(dict.fromkeys(_FLAGS.values()))

_WORDS = "|".join(sorted(_FLAGS, key=len, reverse=True))
_LINE = re.compile(
    rf"(?P<edge>BEGIN|START|END|END OF|BACK TO|RETURN TO)?\s*(?:THE )?(?P<word>{_WORDS})"
    r"(?P<tail>\s+(?:SEQUENCE|BEGINS?|ENDS?))?\s*(?:[:.(–—-].*|\s(?:TO|WITH|BETWEEN|OF|ON)\b.*)?"
)
_BACK = re.compile(r"BACK TO (?:THE )?PRESENT(?: DAY)?[.:]?|(?:END|RESUME) .*PRESENT.*")
_CAPTION = re.compile(r"(?:SUPER|SUPERIMPOSE|TITLE|TITLE CARD|SUBTITLE|CHYRON|CAPTION|CARD)S?\s*[:–—-].*")


class Direction(NamedTuple):
    """``flag`` is one of FLAGS, or empty for a return to the present, which ends them all."""

    flag: str
    begins: bool = False  # holds over the scenes that follow, until its end
    ends: bool = False


@lru_cache(maxsize=4096)
def read_direction(text: str) -> Direction | None:
    """What a line of capitals says about the build of the film, or None."""
    line = " ".join(text.split())
    if not line[:3].isupper() or not line.isupper():
        return None
    if found := _LINE.fullmatch(line):
        edge, tail = found["edge"] or "", (found["tail"] or "").strip()
        ends = edge.startswith("END") or tail.startswith("END")
        return Direction(_FLAGS[found["word"]], edge in ("BEGIN", "START") or tail.startswith("BEGIN"), ends)
    return Direction("", ends=True) if _BACK.fullmatch(line) else None


def is_caption(text: str) -> bool:
    """Whether a line is words on the picture: ``SUPER: LONDON, 1940``."""
    return _CAPTION.fullmatch(" ".join(text.split())) is not None


def heading_flags(text: str) -> tuple[str, ...]:
    """The flags that a scene heading names anywhere: ``INT. HALL - NIGHT (FLASHBACK)``, ``MONTAGE - …``."""
    upper = f" {re.sub(r'[^A-Z ]+', ' ', text.upper())} "
    upper = re.sub(r" +", " ", upper)
    return tuple(dict.fromkeys(flag for word, flag in _FLAGS.items() if f" {word} " in upper))
