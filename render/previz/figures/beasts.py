"""Which animal somebody is, if they are one. Light to import; animals.py builds them."""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from characters.seen import Seen
from render.previz.colour_names import tokens_of


@dataclass(frozen=True, eq=False)
class Beast:
    """A kind of animal; ``shape`` holds its numbers from beasts.toml."""

    name: str
    form: str
    height: float
    colour: str
    shape: Mapping[str, Any]


@functools.cache
def beasts() -> dict[str, Beast]:
    """Every animal by the words that people write for it."""
    found: dict[str, Beast] = {}
    for name, entry in tomllib.loads(Path(__file__).with_name("beasts.toml").read_text("utf-8")).items():
        beast = Beast(name, entry.get("form", "four"), entry["height"], entry["colour"], entry)
        for words in entry["words"].split(","):
            found[words.strip()] = beast
    return found


_AFTER = re.compile(r"[,;(]|\b(?:of|with|in|who|that|which|from|on|at|and|called|named)\b")


def _named(phrase: str) -> Beast | None:
    """The animal that a phrase's last word is: a big brown dog, but no dog walker."""
    tokens = tokens_of(_AFTER.split(phrase, maxsplit=1)[0])
    for length in (2, 1):
        for words in (" ".join(tokens[-length:]), " ".join(tokens[-length:]).removesuffix("s")):
            if words in beasts():
                return beasts()[words]
    return None


_CLOTHED = frozenset(
    [
        "coat",
        "hair",
        "trousers",
        "shirt",
        "jacket",
        "dress",
        "boots",
        "shoes",
        "sweater",
        "skirt",
        "hat",
        "glasses",
        "skin",
        "beard",
        "head",
    ]
)
_SPECIES = frozenset(("species", "animal", "breed", "kind", "creature"))


@functools.lru_cache(maxsize=512)
def beast_of(seen: Seen) -> Beast | None:
    """The animal that somebody is: by a locked species, the descriptor's noun, or the name of whom nothing dresses."""
    for part, words in seen.locked:
        if part.lower() in _SPECIES and (found := _named(words)):
            return found
    if found := _named(seen.descriptor):
        return found
    parts = {part.lower() for part, _ in seen.locked} - {"coat"}
    if parts & _CLOTHED or _human(seen.descriptor):
        return None
    return _named(seen.name)


def _human(descriptor: str) -> bool:
    """Whether a descriptor's first phrase ends in a noun for people, or in any noun that is no animal."""
    return bool(
        re.search(
            r"\b(?:man|woman|boy|girl|person|he|she|thief|[a-z]+(?:er|or|ist|ian|man|woman))\b", descriptor.lower()
        )
    )
