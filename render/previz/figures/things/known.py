"""What people write for things, and by which of its words a prop is known. Light to import."""

import functools
import re
import tomllib
from pathlib import Path

from characters.seen import Seen
from render.previz.colour_names import names_colour


@functools.cache
def table() -> dict[str, tuple[str, str]]:
    """What people write for a thing → the module and the builder. Raises ValueError where words stand twice."""
    found: dict[str, tuple[str, str]] = {}
    rows = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    for module, builders in rows.items():
        for name, words in builders.items():
            for word in (each.strip() for each in words.split(",")):
                if found.setdefault(word, (module, name)) != (module, name):
                    raise ValueError(f"kinds.toml: {word!r} stands at {found[word]} and at {(module, name)}")
    return found


@functools.cache
def _words() -> list[str]:
    return sorted(table(), key=len, reverse=True)


def _matches(text: str) -> list[re.Match[str]]:
    """Where words of the table stand in a text in lower case, the longest at each place."""
    words = [word for word in _words() if word in text]  # all of them would take longer to compile than to match
    return list(re.finditer(rf"(?<![\w-])({'|'.join(map(re.escape, words))})(?:s|es)?(?![\w-])", text)) if words else []


def find_word(text: str) -> str | None:
    """The words of the table that stand in ``text``: the longest; of equal ones the last, which is the noun."""
    found = [match.group(1) for match in _matches(text.lower())]
    return max(reversed(found), key=len) if found else None


_AFTER = re.compile(r"\b(?:of|for|to|from|with|without|in|on|at|by|and)\b|[,;(]")


def noun_of(name: str) -> str | None:
    """The words of the table that a name ends in, before what is said with "of" or "with": a marble bust is a bust."""
    text = name.lower()
    found = _matches(text)
    ends = (match.start() for match in _AFTER.finditer(text)
            if not any(each.start() <= match.start() < each.end() for each in found))  # fmt: skip
    end = next(ends, len(text))
    return next((match.group(1) for match in reversed(found) if match.start() < end), None)


def known_as(seen: Seen) -> str | None:
    """The words of the table that name this prop: in its name, else its descriptor, else its locked words."""
    if (word := noun_of(seen.name)) is not None:
        return word
    said = (re.split(r"[,;]|\bwith\b", seen.descriptor)[0], seen.descriptor, *(words for _, words in seen.locked))
    return next((word for text in (seen.name, *said) if (word := find_word(text)) is not None), None)


_CHIEF = ("body", "colour", "color", "case", "cover", "frame", "shell", "paint", "metal", "material", "finish")
_APART = ("label", "sticker", "tag", "stamp", "glass", "handle", "strap", "lid", "ribbon", "light", "flame", "seal")

STUCK_ON = frozenset(("label", "sticker", "tag", "stamp", "badge", "logo"))
"""Parts that are put on whatever has no surface for them."""

Locked = tuple[tuple[str, str], ...]


def part_of(locked: Locked, names: str) -> int:
    """Which locked words a surface with one of these names shows, from 1; 0: none."""
    known = set(names.split())
    return next((number for number, (part, _) in enumerate(locked, 1) if set(part.lower().split()) & known), 0)


def chief_of(locked: Locked, word: str, names: str, apart: str) -> int:
    """Which locked words the chief surface shows, from 1: its body's, else the first with a colour that it may show.

    ``names``: what the body is called beside; ``apart``: parts that have surfaces of their own. 0: none.
    """
    if number := part_of(locked, " ".join((names, *_CHIEF, word))):
        return number
    own = {*apart.split(), *_APART}
    coloured = (number for number, (part, words) in enumerate(locked, 1)
                if not set(part.lower().split()) & own and names_colour(words))  # fmt: skip
    return next(coloured, 0)
