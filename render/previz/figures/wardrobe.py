"""The table of what people wear, have and are (wardrobe.toml), and how it is found in words. Light to import."""

import functools
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from render.previz.colour_names import tokens_of


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be worn or had: ``outer.coat``. ``shape`` holds its numbers from the table."""

    slot: str
    name: str
    shape: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)


# Words that say little: another match in the same words is preferred.
_GENERIC = frozenset(
    [
        "hair",
        "long",
        "short",
        "loose",
        "straight",
        "wavy",
        "waves",
        "neat",
        "combed",
        "parted",
        "trimmed",
        "fade",
        "hat",
        "cap",
        "mask",
        "beard",
        "top",
        "clothes",
        "clothing",
        "outfit",
        "eyes",
        "skin",
        "body",
        "bag",
        "case",
        "chain",
        "pin",
        "mouth",
        "head",
        "parting",
        "knot",
        "hose",
        "flats",
        "down",
    ]
)
# What is only meant so where the part says that it is about it (hair: long; face: lined).
_LOOSE = frozenset(
    [
        "short",
        "long",
        "straight",
        "neat",
        "combed",
        "trimmed",
        "fade",
        "loose",
        "wild",
        "mop",
        "waves",
        "wavy",
        "curled",
        "tangled",
        "matted",
        "curtain",
        "queue",
        "mane",
        "knot",
        "locs",
        "fur",
        "scales",
        "hide",
        "feathers",
        "body",
        "plumage",
        "pelt",
        "mouth",
        "gaze",
        "pin",
        "case",
        "pack",
        "stick",
        "pole",
        "flats",
        "hose",
        "knit",
        "down",
        "bottoms",
        "cross",
        "chain",
        "garment",
        "clothes",
        "clothing",
        "outfit",
        "parting",
        "lined",
        "pump",
        "pumps",
        "shift",
        "bunches",
        "cap",
        "tail",
        "wing",
        "horn",
    ]
)
_ALIASES = {  # names of parts that are no thing themselves → the slots they may be about, the likeliest first
    "head": ("head", "hat", "mask", "hair", "face"),
    "face": ("face", "mask", "beard", "head", "eyes", "lips"),
    "facial hair": ("beard",),
    "facial-hair": ("beard",),
    "hairstyle": ("hair",),
    "haircut": ("hair",),
    "hairline": ("hair",),
    "eyewear": ("eyes",),
    "headwear": ("hat",),
    "headgear": ("hat",),
    "legs": ("bottom",),
    "legwear": ("bottom",),
    "feet": ("feet",),
    "foot": ("feet",),
    "torso": ("top", "outer", "suit"),
    "chest": ("top", "outer", "belt"),
    "outerwear": ("outer",),
    "hands": ("hands", "held", "wrist"),
    "hand": ("held", "hands", "wrist"),
    "left hand": ("held", "hands"),
    "right hand": ("held", "hands"),
    "back": ("bag", "extra"),
    "waist": ("belt",),
    "neckwear": ("neck",),
    "neck": ("neck",),
    "wrist": ("wrist",),
    "ears": ("ear", "extra", "face"),
    "jewellery": ("neck", "ear", "wrist"),
    "jewelry": ("neck", "ear", "wrist"),
    "carries": ("held", "bag"),
    "carrying": ("held", "bag"),
    "luggage": ("held", "bag"),
}


@functools.cache
def kinds() -> dict[tuple[str, ...], tuple[Kind, ...]]:
    """Every entry of the table by the words that people write for it."""
    found: dict[tuple[str, ...], tuple[Kind, ...]] = {}
    table = tomllib.loads(Path(__file__).with_name("wardrobe.toml").read_text("utf-8"))
    for slot, entries in table.items():
        for name, entry in entries.items():
            kind = Kind(slot, name, {key: value for key, value in entry.items() if key != "words"})
            for words in entry["words"].split(","):
                key = tuple(tokens_of(words))
                found[key] = (*found.get(key, ()), kind)
    return found


@functools.cache
def _by_last() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The same words by the last of them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for key in kinds():
        found.setdefault(key[-1], []).append(key)
    return {last: tuple(keys) for last, keys in found.items()}


@functools.cache
def kind(slot: str, name: str) -> Kind:
    """The entry ``slot.name``. Raises KeyError."""
    for found in kinds().values():
        for each in found:
            if (each.slot, each.name) == (slot, name):
                return each
    raise KeyError(f"{slot}.{name}")


def has(text: str, words: Collection[str]) -> bool:
    """Whether one of ``words`` stands in ``text`` as a word of its own."""
    tokens = tokens_of(text)
    return any(word in tokens for word in words)


_SPLIT = re.compile(r"[,;:()]|\b(?:with|over|under|and|in|of|on|wearing|carrying|holding|above|beneath)\b")
_NEGATED = re.compile(r"\b(?:no|without(?: a| an)?|not|never)\s+[\w'-]+")


def phrases(text: str) -> list[str]:
    """``long coat over a red shirt`` → the phrases, the main one first; what is denied is left out."""
    text = re.sub(r"\bno hair\b", "bald", text.lower())
    found = [phrase.strip() for phrase in _SPLIT.split(_NEGATED.sub(" ", text))]
    return [phrase for phrase in found if phrase]


@dataclass(frozen=True)
class Match:
    """A thing found in a phrase: what it is, by which words."""

    kind: Kind
    words: tuple[str, ...]
    last: int


def matches(phrase: str, slots: Collection[str] | None = None) -> list[Match]:
    """Everything in a phrase that the table has, the best first; in ``slots`` only, where they are given."""
    tokens = tokens_of(phrase)
    ranked: list[tuple[tuple[int, int, int, int], Match]] = []
    for index, token in enumerate(tokens):
        for key in _by_last().get(token, ()):
            if not _in_order(key, tokens[: index + 1]):
                continue
            if slots is None and len(key) == 1 and token in _LOOSE:
                continue
            for each in kinds()[key]:
                if slots is not None and each.slot not in slots:
                    continue
                if slots is None and each.slot == "head" and not _about_head(tokens):
                    continue
                specific = any(word not in _GENERIC for word in key)
                order = -list(slots).index(each.slot) if isinstance(slots, tuple) else 0
                ranked.append(((int(specific), len(key), order, index), Match(each, key, index)))
    return [match for _, match in sorted(ranked, key=lambda pair: pair[0], reverse=True)]


def _in_order(key: tuple[str, ...], tokens: list[str]) -> bool:
    """Whether the words of ``key`` stand in this order, with others between them at most."""
    if len(key) == 1:
        return True
    rest = iter(tokens[:-1])
    return all(any(word == token for token in rest) for word in key[:-1])


def _about_head(tokens: list[str]) -> bool:
    return any(token in ("head", "headed", "face") or token.endswith("-headed") for token in tokens)


def slots_of(part: str) -> tuple[str, ...]:
    """The slots that a part of this name may be about: ``hair`` → hair; nothing for what the table does not know."""
    part = " ".join(part.lower().replace("_", " ").split())
    if part in _ALIASES:
        return _ALIASES[part]
    words = tuple(tokens_of(part))
    for key in _spellings(words):
        if key in kinds():
            return tuple(each.slot for each in kinds()[key])
    return ()


def _spellings(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A part's name as the table may have it: all of it, its last word, one or many."""
    return (words, words[-1:], tuple(f"{word}s" for word in words), tuple(word.removesuffix("s") for word in words))


def kind_of_part(part: str) -> Kind | None:
    """The entry that a part's name is itself: ``coat`` → outer.coat."""
    words = tuple(tokens_of(part.replace("_", " ")))
    for key in _spellings(words):
        if key in kinds():
            return kinds()[key][0]
    return None
