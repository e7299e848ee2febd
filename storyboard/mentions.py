"""Who and what a text names, by the bible's names."""

from storyboard.names import Names
from storyboard.phrases import tokens


def mentions(text: str, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Characters and props that are named in ``text``, in the order of their first mention."""
    words = tokens(text)
    characters: dict[str, None] = {}
    props: dict[str, None] = {}
    at = 0
    while at < len(words):
        found = names.at(words, at)
        if found is None:
            at += 1
            continue
        if found.kind == "character":
            characters.setdefault(found.name)
        elif found.kind == "prop":
            props.setdefault(found.name)
        at = max(found.end, at + 1)
    return tuple(characters), tuple(props)
