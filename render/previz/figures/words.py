"""What the bible's locked words are about: which part of a body, and what kind of garment."""

import re
from collections.abc import Collection

from characters.seen import Seen


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOPS = _words(
    "coat raincoat oilskin jacket parka robe dress gown cloak cape sweater jumper pullover cardigan shirt blouse "
    "t-shirt tshirt tee hoodie vest waistcoat uniform suit overalls apron top tunic cassock blazer jersey"
)
BOTTOMS = _words("trousers jeans pants shorts skirt leggings bottoms slacks")
FEET = _words("boots shoes sneakers trainers sandals heels footwear wellingtons slippers")
HATS = _words("hat cap beanie helmet hood bonnet crown turban headscarf sou'wester fedora bowler")
LONG = _words("coat raincoat oilskin parka trenchcoat overcoat apron cardigan")
FULL = _words("robe dress gown cloak cape cassock")
ODD_HEADS = _words("balloon lantern pumpkin globe ball bulb cube box television")


def has(text: str, words: Collection[str]) -> bool:
    """Whether one of ``words`` stands in ``text`` as a word of its own."""
    tokens = re.findall(r"[a-z'-]+", text)
    return any(word in tokens for word in words)


_PARTS: tuple[tuple[str, Collection[str]], ...] = (
    ("beard", ("beard", "moustache", "mustache", "stubble")),
    ("glasses", ("glasses", "spectacles", "sunglasses", "goggles")),
    ("scarf", ("scarf", "shawl", "tie")),
    ("hat", HATS),
    ("hair", ("hair", "braid", "bun", "ponytail", "bald", "curls", "mohawk")),
    ("skin", ("skin", "complexion")),
    ("feet", FEET),
    ("bottom", BOTTOMS),
)


def sorted_words(seen: Seen) -> dict[str, str]:
    """The locked words in lower case, by the part of the body that they are about."""
    parts: dict[str, str] = {}
    for part, words in seen.locked:
        text = f"{words} {part}".lower()
        if part.lower() == "head" or has(text, ODD_HEADS):
            parts["head"] = text
            continue
        for name, said in _PARTS:
            if has(text, said):
                parts[name] = text
                break
        else:
            if has(text, TOPS):
                outer = has(text, LONG | FULL) or has(text, ("jacket", "cloak"))
                parts["coat" if outer else "top"] = text
    return parts
