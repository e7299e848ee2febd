"""Finding the vocabulary's phrases in text: words, the longest phrase at a word, shot lines, near misses."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

from storyboard.camera import Framing
from storyboard.vocabulary import TABLE, WORDS, Kind, Term, inflections

_TOKEN = re.compile(
    r"""
      (?P<word>[^\W\d_](?!\.[^\W\d_])[^\W_]*(?:['’][^\W_]+)*['’]?)
    | (?P<clock>(?<![\w:])[0-9]{1,3}:[0-5][0-9](?:\.[0-9]{1,6})?(?![\w:]))
    | (?P<number>(?<![^\W_])(?:(?<![\w-])[-−+])?[0-9]{1,9}(?:\.[0-9]{1,9})?)
      (?:[ -]?(?P<unit>mm|millimet(?:er|re)s?|f(?:r|rames?)?|s(?:ec(?:ond)?s?)?|min(?:ute)?s?|deg(?:ree)?s?|°)
        (?![^\W_])|(?![^\W_]))
    | (?P<dotted>(?<![\w.])(?:(?:[^\W\d_]\.)+[^\W\d_](?![\w.])|(?:[^\W\d_]\.){2,}))
    | (?P<rest>[^\W_]+(?:['’][^\W_]+)*['’]?)
    | (?P<sep>[,;:\n]|—|--+|(?<=\s)[-–](?=\s)|\.(?=\s|$))
    | (?P<plus>[+&/])
    | (?P<other>[^\s\-–_.()\[\]"“”])
    """,
    re.VERBOSE,
)
_UNITS = {"f": "frames", "m": "minutes", "d": "degrees", "°": "degrees", "s": "seconds"}


class Token(NamedTuple):
    """A word, a number with its unit, or a mark of punctuation, with its place in the text."""

    kind: str  # word, number, sep, plus, other
    key: str  # as phrases are compared: lower case, no apostrophes, no dots; the unit of a number
    upper: str  # as names are compared: upper case, straight apostrophes
    start: int
    end: int
    value: Fraction | None = None

    @property
    def owner(self) -> str | None:
        """``MARA`` for ``MARA'S`` and ``JONES`` for ``JONES'``; None where nothing is owned."""
        if self.upper.endswith("'S"):
            return self.upper[:-2]
        return self.upper[:-1] if self.upper.endswith("S'") else None


@lru_cache(maxsize=8192)
def _spelled(written: str, dotted: bool) -> tuple[str, str]:
    """A word as phrases and as names are compared."""
    upper = written.upper().replace("’", "'")
    key = written.lower().replace("’", "").replace("'", "").replace(".", "")
    return key, upper.replace(".", "") if dotted else upper


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and marks of a text, in order; a hyphen or an underscore inside words is a blank."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        written = match.group()
        if kind in ("word", "rest", "dotted"):
            found.append(Token("word", *_spelled(written, kind == "dotted"), start, end))
        elif kind == "clock":
            minutes, seconds = written.split(":")
            found.append(Token("number", "seconds", written, start, end, int(minutes) * 60 + Fraction(seconds)))
        elif kind in ("number", "unit"):
            value = Fraction(match["number"].replace("−", "-"))
            unit = (match["unit"] or "").lower()
            name = "mm" if unit[:2] in ("mm", "mi") and not unit.startswith("min") else _UNITS.get(unit[:1], "")
            if name == "minutes":
                name, value = "seconds", value * 60
            found.append(Token("number", name, written.upper(), start, end, value))
        else:
            found.append(Token(kind, written, written, start, end))
    return tuple(found)


# "from behind" means something only after a tracking move, where it is asked for by kind.
_EVERYWHERE = frozenset(Kind) - {Kind.TRACKING}
_Node = dict[str | None, Any]  # word → node; None → the term that ends here


@cache
def _trie(kinds: tuple[Kind, ...] | None) -> _Node:
    """Phrases by their words; for given kinds the values themselves (``dolly-in``) are phrases too."""
    root: _Node = {}
    for term in TABLE:
        if term.kind not in (_EVERYWHERE if kinds is None else kinds):
            continue
        named = kinds is not None and term.kind is not Kind.TRACKING and not term.unsaid
        own = (str(term.value),) if named and not isinstance(term.value, float) else ()
        for phrase in term.phrases + own:
            node = root
            for token in tokens(phrase):
                node = node.setdefault(token.upper if token.kind == "number" else token.key, {})
            node.setdefault(None, term)
    return root


def match(words: Sequence[Token], at: int, kinds: tuple[Kind, ...] | None = None) -> tuple[int, Term] | None:
    """The longest phrase that begins at a word: where it ends and its term."""
    nodes, best = [_trie(kinds)], None
    inflected = inflections()
    for place in range(at, len(words)):
        token = words[place]
        if token.kind == "number":
            spelled: tuple[str, ...] = (token.upper,)
        elif token.kind == "word":
            key = token.key
            spelled = (key, inflected[key]) if key in inflected else (key, key[:-1]) if key[-1:] == "s" else (key,)
        else:
            break
        nodes = [node[way] for node in nodes for way in spelled if way in node]
        if not nodes:
            break
        ends = next((node[None] for node in nodes if None in node), None)
        if ends is not None:
            best = place + 1, ends
    return best


@cache
def all_phrases(kinds: tuple[Kind, ...] | None = None) -> tuple[str, ...]:
    """Every phrase of the table, or of some kinds of it."""
    return tuple(dict.fromkeys(p for term in TABLE if kinds is None or term.kind in kinds for p in term.phrases))


def nearest(written: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known phrases or names that look most like what was written, best first."""
    from rapidfuzz import fuzz, process

    text = " ".join(written.lower().replace("-", " ").split())
    comparable = [name for name in known if len(name) > 3 or len(text) < 6]  # "ws" looks like anything long
    found = process.extract(text, comparable, scorer=fuzz.WRatio, processor=str.lower, limit=limit, score_cutoff=60)
    return tuple(name for name, _, _ in found)


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """``Did you mean "pan left" or "pan right"?``, or nothing."""
    close = [f'"{name}"' for name in nearest(written, known)]
    if not close:
        return ""
    return "Did you mean " + (" or ".join((", ".join(close[:-1]), close[-1])) if close[1:] else close[0]) + "?"


_SHOT_KINDS = frozenset(Kind) - {Kind.SPEED, Kind.JOIN, Kind.TRACKING}
_SHOT_WORDS, _TAKES_SUBJECT = WORDS["bare_shots"], WORDS["takes_subject"]
_MOVE_WORDS, _TOWARDS = WORDS["also_names"], WORDS["onwards"]
_BEFORE_SUBJECT = _TOWARDS | {"of", "at", "in", "as", "behind", "for", "inside", "outside", "by", "under"}
_LEADING = frozenset({"we", "camera", "the", "a", "an", "shot"})
_HEADING = re.compile(r"(?:INT|EXT|EST|I/E|INT\.?/EXT)[. ]", re.IGNORECASE)
_DEVICE = re.compile(
    r"(?:END (?:OF )?)?(?:THE )?(?:MONTAGE|SERIES OF SHOTS|INTERCUT(?:TING)?|FLASH ?BACKS?|FLASH ?FORWARDS?|"
    r"SPLIT ?SCREEN|DREAM SEQUENCE|SUPER(?:IMPOSE)?|TITLES?(?: CARD| OVER)?|SUBTITLES?|CHYRON|CAPTION)"
    r"(?:\s*[:\-–—,].*|\s+(?:WITH|BETWEEN|OF|TO|SEQUENCE|ENDS?|BEGINS?)\b.*)?"
)


def is_device_line(text: str) -> bool:
    """Whether a line names a way of telling, no shot and no speaker: ``MONTAGE``, ``SUPER:``."""
    line = " ".join(text.split()).rstrip(". ")
    return bool(_DEVICE.fullmatch(line.upper())) and line[:4].isupper()


def is_shot_line(text: str, *, cue: bool = True) -> bool:
    """Whether a line of a script asks for a shot: ``CLOSE ON MARA``, ``SNIPER SCOPE POV``, ``TRACKING SHOT``.

    With ``cue`` the line stands where a speaker's name could stand, so that a bare word that is also a name
    (``DOLLY``, ``PAN``, ``MEDIUM``) is left to the speaker. Without it, where nobody can speak, it is a shot.
    Scene headings, transitions and ways of telling (``MONTAGE``) are not shot lines.
    """
    line = text.strip().rstrip(".:-–— ")
    if not line[:2].isupper() and not line[:1].isdigit():
        return False
    if line.endswith(")") or _HEADING.match(line) or is_device_line(line):
        return False
    words = tokens(line)
    shouted = line.upper() == line
    if shouted and any(_is_pov(words, at) for at in range(len(words))):
        return True
    at = 0
    while at < len(words) - 1 and _is_opening(words, at):
        at += 1
    if words[at].key == "on" and shouted:
        return at + 1 < len(words)
    if words[at].key == "over" and any(word.key in ("shoulder", "shoulders") for word in words[at:]):
        return True
    return _opens_shot(line, words, at, shouted, cue) or _closes_shot(words, shouted)


def _is_opening(words: Sequence[Token], at: int) -> bool:
    """Whether a word may stand before the first shot term: WE PUSH IN, SLOW PUSH IN."""
    found = match(words, at)
    return words[at].key in _LEADING if found is None else found[1].kind is Kind.SPEED


def _is_pov(words: Sequence[Token], at: int) -> bool:
    found = match(words, at)
    return found is not None and found[1].value is Framing.POV


def _opens_shot(line: str, words: Sequence[Token], at: int, shouted: bool, cue: bool) -> bool:
    """Whether the line begins with shot terms, in capitals, that a speaker's name could not be."""
    start, strong, last = at, False, ""
    while at < len(words) and (found := match(words, at)) and found[1].kind in _SHOT_KINDS:
        strong = strong or found[0] - at > 1 or words[at].key in _TAKES_SUBJECT
        at, last = found[0], words[found[0] - 1].key
        while at < len(words) and words[at].key in ("shot", "shots", "angle", "and"):
            strong, at = True, at + 1
    if at == start or line[words[start].start : words[at - 1].end] != "".join(
        line[words[start].start : words[at - 1].end].upper()
    ):
        return False
    if at == len(words):
        return strong or last in _SHOT_WORDS or not cue
    following = words[at]
    if following.upper == ".":  # MS. JONES
        return strong
    if following.kind == "sep":
        return strong or last in _SHOT_WORDS or last in _MOVE_WORDS
    if following.key in _BEFORE_SUBJECT:
        moving = last in _MOVE_WORDS and following.key in _TOWARDS
        return strong or last in _SHOT_WORDS or moving
    return strong and shouted


def _closes_shot(words: Sequence[Token], shouted: bool) -> bool:
    """Whether the line ends with shot terms behind a dash, a comma or ``IN``: ``MARA - CLOSE UP``."""
    if not shouted:
        return False
    marks = [n for n, word in enumerate(words) if word.kind == "sep" or word.key == "in"]
    if not marks or marks[-1] == 0:
        return False
    at = marks[-1] + 1
    if at >= len(words):
        return False
    while at < len(words) and (found := match(words, at)) and found[1].kind in _SHOT_KINDS:
        if found[0] - at == 1 and (words[at].key not in _SHOT_WORDS or words[marks[-1]].key == "in"):
            return False
        at = found[0]
        while at < len(words) and words[at].key in ("shot", "shots", "angle"):
            at += 1
    return at == len(words)
