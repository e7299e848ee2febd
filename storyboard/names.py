"""The names that a script may use: who, what and where the bible knows."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from storyboard.frozen import Frozen
from storyboard.phrases import Token, tokens

_ARTICLES = frozenset({"THE", "A", "AN"})


class Named(NamedTuple):
    """A known name found in text: the bible's name for it, and what kind of thing it is."""

    name: str
    kind: str  # character, prop, place
    end: int  # the word after it
    owns: bool = False  # written in the possessive: MARA'S


class Names(Frozen):
    """Every known name and alias, in upper case, with the name that the bible gives to it."""

    characters: dict[str, str] = {}
    props: dict[str, str] = {}
    places: dict[str, str] = {}

    @cached_property
    def _words(self) -> dict[str | None, Any]:
        """Names by their words, so that the longest one at a word is found in one walk."""
        root: dict[str | None, Any] = {}
        for kind, known in (("place", self.places), ("prop", self.props), ("character", self.characters)):
            for alias, name in known.items():
                words = [token.upper for token in tokens(alias)]
                for spelled in (words, words[1:] if len(words) > 1 and words[0] in _ARTICLES else words):
                    node = root
                    for word in spelled:
                        node = node.setdefault(word, {})
                    if spelled:
                        node[None] = (name, kind)
        return root

    def at(self, words: Sequence[Token], at: int) -> Named | None:
        """The longest known name that begins at a word, whatever its case."""
        node, best = self._words, None
        for place in range(at, len(words)):
            token = words[place]
            owner = token.owner
            if owner is not None and token.upper not in node:
                ending = node.get(owner)
                if ending is not None and None in ending:
                    name, kind = ending[None]
                    best = Named(name, kind, place + 1, owns=True)
                break
            step = node.get(token.upper)
            if step is None:
                break
            node = step
            if None in node:
                name, kind = node[None]
                best = Named(name, kind, place + 1)
        return best

    def find(self, written: str) -> str | None:
        """The bible's name for what was written, whatever its case and with or without an article."""
        words = tokens(written)
        for start in range(min(2, len(words))):
            found = self.at(words, start) if start == 0 or words[0].upper in _ARTICLES else None
            if found is not None and found.end == len(words) and not found.owns:
                return found.name
        return None

    @property
    def known(self) -> tuple[str, ...]:
        """Every name and alias, for "did you mean"."""
        return (*self.characters, *self.props, *self.places)
