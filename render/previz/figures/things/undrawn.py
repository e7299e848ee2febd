"""Which of a prop's words the previz cannot draw, told without building it. Light to import."""

import itertools
import re
from collections.abc import Iterable

from characters.seen import Seen
from render.previz.asked import Asked, asked
from render.previz.colour_names import said, tokens_of
from render.previz.figures.things.known import STUCK_ON, chief_of, known_as, noun_of, part_of, table
from render.previz.told import VAGUE, Left, set_of, surface, telling, without

_LIT = frozenset(("lit", "on", "burning", "unlit", "off", "out", "dark", "extinguished", "dead"))
_SIZES = set_of("tiny huge giant enormous gigantic colossal miniature oversized life-size life-sized")
# Shapes that things of some builders have of themselves.
_ROUND = set_of(
    "cup goblet bottle jug bowl pan jar bucket tablelamp candle torch bulb lantern coil telescope watch clock cake fruit "
    "donut barrel basket drum bell balloon skull hat glasses wheel burger bread stone microphone"
)
_ANGULAR = set_of(
    "sheet book mobile walkie radio laptop computer camera suitcase box table cupboard mirror chess matches bed"
)
_SHAPES = {
    **dict.fromkeys(("round", "rounded", "circular", "oval", "spherical", "cylindrical"), _ROUND),
    **dict.fromkeys(("square", "rectangular", "flat", "boxy", "thin", "slim"), _ANGULAR),
    **dict.fromkeys(
        ("long", "thin", "slim", "slender", "straight", "narrow"),
        set_of("key knife sword rifle pole pen pipe flute candle ladder telescope umbrella cross"),
    ),
    "curved": frozenset(("umbrella", "banana", "pipe", "jug")),
    **dict.fromkeys(("folded", "coiled", "rolled", "knotted"), frozenset(("sheet", "coil", "scroll", "clothes"))),
}


def undrawn_prop(seen: Seen) -> tuple[Left, ...]:
    """What a prop's words promise that its solid does not show: its kind, else parts of its look."""
    word = known_as(seen)
    if word is None:
        looks = [words for part, words in seen.locked if part_of(((part, words),), "body") or said(words).colours]
        like = f", in “{looks[0]}”" if looks else ""
        return (Left("", seen.descriptor or seen.name.lower(), f"a plain box is drawn{like}"),)
    module, builder = table()[word]
    asks = asked()[f"things.{module}.{builder}"]
    chief = {chief_of(seen.locked, word, *each.split("|")) for each in asks.chief}
    shown = {*chief, *(part_of(seen.locked, names) for names in asks.parts)}
    known = _known(word, builder, asks)
    found: list[Left] = [Left("", seen.name.lower(), f"“{word}” is drawn")] if _is_something_else(seen, word) else []
    drawn: set[str] = set(known)
    for number, (part, words) in enumerate(seen.locked, 1):
        seen_here = number in shown or part.lower() in STUCK_ON
        told = telling(words)
        read = {*known, *tokens_of(part)}
        if seen_here:
            names = (each.split() for each in asks.parts if part_of(((part, words),), each))
            read |= {*surface(words, patterned=False), *itertools.chain.from_iterable(names)}
        left = _without(told, read)
        drawn |= {*told}
        if left and not seen_here:
            found.append(Left(part, words, f"the {word} is drawn as if they were not there"))
        elif left:
            rest = [each for each in told if each not in left]
            found.append(Left(part, " ".join(left), f"“{' '.join(rest)}” is drawn" if rest else f"“{word}” is drawn"))
    return (*found, *_of_descriptor(seen, word, drawn, told=0 in chief or not seen.locked))


_COUNTED = set_of("one two three four five six seven eight nine ten set pair kit number no copy first second third")


def _is_something_else(seen: Seen, word: str) -> bool:
    """Whether the prop's name ends in another noun than the one that it is known by: a glass eye is no glass."""
    if noun_of(seen.name) != word:
        return False
    after = re.split(rf"\b{re.escape(word)}(?:s|es)?(?![\w-])", seen.name.lower())[-1]
    beyond = tokens_of(re.split(r"\b(?:of|for|to|from|with|without|in|on|at|by|and)\b|[,;(]", after, maxsplit=1)[0])
    return any(each not in _COUNTED and len(each) > 1 for each in beyond)


def _known(word: str, builder: str, asks: Asked) -> set[str]:
    """Words that a builder reads, and what its things are called and made like."""
    alike = [each for each, (_, name) in table().items() if name == builder]
    kinds = {token for each in (word, *alike, *asks.words, *asks.states) for token in tokens_of(each)}
    names = {token for each in asks.chief for token in each.split("|")[0].split()}
    shapes = {shape for shape, builders in _SHAPES.items() if builder in builders}
    return {*kinds, *names, *shapes, *(_LIT if "lit" in asks.states else ())}


def _without(told: list[str], shown: Iterable[str]) -> list[str]:
    return without(told, {*shown, *VAGUE})


def _of_descriptor(seen: Seen, word: str, drawn: set[str], *, told: bool) -> tuple[Left, ...]:
    """Colours and great sizes that the descriptor alone says, and that nothing shows."""
    text = re.sub(rf"\b{re.escape(word)}s?\b", " ", seen.descriptor.lower())
    colours = said(text).colours
    first = {*colours[0][0], *colours[0][1].split()} if colours and told else set()
    unread = [name for _, name in colours if not set(name.split()) <= {*drawn, *first}]
    beside = [name for name in unread if not _beside(text, colours[0][1], name)] if colours else []
    sizes = [size for size in tokens_of(text) if size in _SIZES and size not in drawn]
    return tuple(
        Left(
            "descriptor",
            each,
            f"a {word} of the usual size is drawn" if each in _SIZES else f"the {word} is drawn in other colours",
        )
        for each in dict.fromkeys((*beside, *sizes))
    )


def _beside(text: str, one: str, other: str) -> bool:
    """Whether two colours stand side by side and are said as one: cream white."""
    return one == other or f"{one} {other}" in text


def same_in_state(one: Seen, other: Seen) -> bool:
    """Whether a prop or a place is drawn alike in two states: neither is known, and nothing else is locked."""
    return not any(_knows(each) for each in (one, other)) and (one.locked, one.descriptor) == (
        other.locked,
        other.descriptor,
    )


def _knows(seen: Seen) -> bool:
    word = known_as(seen)
    if seen.state is None or word is None:
        return False
    module, builder = table()[word]
    asks = asked()[f"things.{module}.{builder}"]
    return bool({*tokens_of(seen.state), seen.state.lower()} & {*asks.words, *asks.states}) or (
        "lit" in asks.states and seen.state.lower() in _LIT - {"unlit", "off", "out", "dark", "extinguished", "dead"}
    )
