"""What can be missing from, or be too much on, somebody or something: by the words of the bible alone."""

import re

from characters.seen import Kind as Entity
from characters.seen import Seen

_HUMAN = re.compile(r"\b(bald|shaved|shaven|hair|haired|face|faced|human|skull|scarred|freckled)\b", re.IGNORECASE)
_NEVER_MISSING = {"skin", "eyes", "eye", "face", "body", "build", "height", "age", "complexion"}
_EXTRAS = ("hat", "glasses", "scarf", "string", "badge", "bag", "arm")
_PROP_EXTRAS = ("knob", "band", "handle", "string")


def is_odd_head(part: str, words: str) -> bool:
    """Whether a locked attribute makes the head a thing: a balloon, a lantern."""
    return part.lower() == "head" and not _HUMAN.search(words)


def may_be_missing(seen: Seen, part: str) -> bool:
    """Whether this part could be left out: a garment, a beard, the glass of a lantern, but not the body itself."""
    if seen.kind is Entity.PLACE or part.lower() in _NEVER_MISSING:
        return False
    return seen.kind is Entity.CHARACTER or (len(seen.locked) > 1 and part != seen.locked[0][0])


def extras_for(seen: Seen) -> tuple[str, ...]:
    """The parts that could be too much: none that it has, and none that its never list names."""
    said = " ".join([*(f"{part} {words}" for part, words in seen.locked), *seen.never, seen.descriptor]).lower()
    found = _EXTRAS if seen.kind is Entity.CHARACTER else _PROP_EXTRAS
    return tuple(extra for extra in found if extra not in said) or found[-1:]


def without(seen: Seen, part: str) -> Seen:
    """The same without a part. The other parts keep their numbers."""
    bald = seen.kind is Entity.CHARACTER and re.search(r"\b(hair|braid|bun|ponytail|curls)\b", part.lower())
    put = (part, "bald") if bald else ("", "")
    return seen.model_copy(update={"locked": tuple(put if name == part else (name, is_) for name, is_ in seen.locked)})


def mixed(seen: Seen, other: Seen, attributes: frozenset[str]) -> Seen:
    """``seen`` with these attributes as ``other`` has them; the other parts keep their numbers."""
    theirs = dict(other.locked)
    locked = [(part, theirs.get(part, "") if part in attributes else words) for part, words in seen.locked]
    mine = {part for part, _ in seen.locked}
    locked += [(part, words) for part, words in other.locked if part in attributes and part not in mine]
    kept = tuple(("", "") if not words else (part, words) for part, words in locked)
    return seen.model_copy(update={"locked": kept, "state": other.state, "descriptor": other.descriptor})
