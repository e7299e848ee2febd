"""What the bible's words say about a figure: what it wears, piece by piece, and what body it has. Light to import."""

import functools
import itertools
import re
from dataclasses import dataclass

from characters.seen import Seen
from render.previz.colour_names import tokens_of
from render.previz.figures.wardrobe import Kind, Match, has, kind, kind_of_part, matches, phrases, slots_of

__all__ = ["Wear", "Wearing", "has", "has_odd_head", "read_locked", "wearing"]


@dataclass(frozen=True)
class Wear:
    """One piece: what kind, in which words, and which locked attribute says so (from 1; 0 is the descriptor)."""

    kind: Kind
    text: str
    part: int = 0

    def says(self, *words: str) -> bool:
        """Whether one of these words stands in its text."""
        return has(self.text, words)


@dataclass(frozen=True)
class Wearing:
    """All that is said of a figure, by slot; a slot may hold several pieces, the first is the one that counts."""

    pieces: dict[str, tuple[Wear, ...]]
    said: str  # everything, in lower case

    def first(self, slot: str) -> Wear | None:
        """The piece of this slot, or None."""
        return next(iter(self.pieces.get(slot, ())), None)

    def every(self, slot: str) -> tuple[Wear, ...]:
        """All pieces of this slot."""
        return self.pieces.get(slot, ())


def read_locked(part: str, words: str) -> list[tuple[Match, str]]:
    """What a locked attribute is about, and the phrase that says so, the main piece first; nothing: not known."""
    said = phrases(words) or [""]
    slots, found = slots_of(part), list[tuple[Match, str]]()
    own = kind_of_part(part)
    for index, phrase in enumerate(said):
        within = matches(phrase, slots) if slots and index == 0 else []
        best = next(iter(within or matches(phrase)), None)
        if index == 0 and best is None and own is not None:
            best = Match(own, (), -1)
        if best is not None and all(best.kind.slot != other.kind.slot for other, _ in found):
            found.append((best, phrase))
    if not found and slots:
        for phrase in said[1:]:
            if within := matches(phrase, slots):
                return [(within[0], phrase)]
    if not found and slots and (usual := _USUAL.get(slots[0])):
        return [(Match(kind(slots[0], usual), (), -1), said[0])]
    return found


# What a part is taken for whose words name no kind: hair: jet black.
_USUAL = {"hair": "short", "beard": "beard", "skin": "skin", "iris": "eyes", "bottom": "trousers", "feet": "shoes",
          "top": "top", "outer": "coat", "hat": "fedora", "eyes": "glasses", "mask": "full", "hands": "gloves"}  # fmt: skip
# What may be read out of a descriptor's first phrase (a bald man), where a noun may mean anything.
_OF_PEOPLE = frozenset(("hair", "beard", "face", "hat", "eyes", "mask"))


@functools.lru_cache(maxsize=512)
def wearing(seen: Seen) -> Wearing:
    """Everything that is said of a figure; locked words first, then what the descriptor adds."""
    pieces: dict[str, tuple[Wear, ...]] = {}
    beside: list[Wear] = []
    for number, (part, words) in enumerate(seen.locked, 1):
        for index, (match, phrase) in enumerate(read_locked(part, words)):
            if index == 0:
                slot, text = match.kind.slot, f"{words} {part}".lower()
                pieces[slot] = (*pieces.get(slot, ()), Wear(match.kind, text, number))
            else:
                beside.append(Wear(match.kind, phrase, number))
    for wear in beside:  # what an attribute is about counts before what another one mentions
        pieces.setdefault(wear.kind.slot, (wear,))
    for index, phrase in enumerate(phrases(seen.descriptor)):
        for match in matches(phrase)[:1]:
            slot = match.kind.slot
            if slot not in pieces and (index > 0 or slot in _OF_PEOPLE):
                pieces[slot] = (Wear(match.kind, phrase),)
    said = " ".join([seen.descriptor, *(f"{words} {part}" for part, words in seen.locked)]).lower()
    being = next((word for word in tokens_of(seen.descriptor) if word in BEINGS), None)
    if being:
        for slot, (name, words) in BEINGS[being].items():
            pieces.setdefault(slot, (Wear(kind(slot, name), words),))
    return Wearing(pieces, said)


BEINGS: dict[str, dict[str, tuple[str, str]]] = {  # who is no human being, and what they look like where nothing is said
    "robot": {"head": ("robot", "steel"), "skin": ("skin", "light steel"), "top": ("bare", "steel")},
    "android": {"skin": ("skin", "pale silver"), "hair": ("bald", "bald")},
    "ghost": {"skin": ("skin", "white"), "outer": ("robe", "white robe"), "hair": ("long", "white")},
    "skeleton": {"head": ("skull", "bone"), "skin": ("skin", "bone"), "top": ("bare", "bone")},
    "alien": {"skin": ("skin", "light grey green"), "hair": ("bald", "bald"), "iris": ("eyes", "black")},
    "zombie": {"skin": ("skin", "greyish green"), "hair": ("messy", "dark brown"), "face": ("lined", "")},
    "vampire": {"skin": ("skin", "pale skin"), "hair": ("slick", "black"), "outer": ("cloak", "black cloak")},
    "angel": {"extra": ("wings", "white feathered"), "outer": ("robe", "white robe")},
    "devil": {"extra": ("horns", "dark red"), "skin": ("skin", "red")},
    "demon": {"extra": ("horns", "dark red"), "skin": ("skin", "dark red")},
    "witch": {"hat": ("witch", "black")},
    "wizard": {"hat": ("witch", "dark blue"), "beard": ("long", "white beard"), "outer": ("robe", "dark blue robe")},
    "astronaut": {"suit": ("spacesuit", "white"), "feet": ("boots", "white boots"), "hands": ("gloves", "white gloves")},
    "scarecrow": {"head": ("box", "burlap"), "hat": ("sombrero", "straw")},
    "snowman": {"head": ("globe", "white"), "skin": ("skin", "white"), "top": ("sweater", "white")},
    "nun": {"hat": ("headscarf", "black"), "outer": ("robe", "black robe")},
    "monk": {"outer": ("robe", "brown robe"), "hair": ("receding", "brown")},
    "knight": {"outer": ("armour", "steel armour"), "hat": ("helmet", "steel")},
    "king": {"hat": ("crown", "gold")},
    "queen": {"hat": ("crown", "gold"), "full": ("gown", "burgundy gown")},
    "princess": {"hat": ("crown", "gold"), "full": ("gown", "pink gown")},
    "bride": {"full": ("gown", "white gown"), "hat": ("headscarf", "white veil")},
    "clown": {"hair": ("afro", "red"), "face": ("blush", "red nose")},
    "policeman": {"hat": ("peaked", "navy"), "suit": ("uniform", "navy uniform")},
    "policewoman": {"hat": ("peaked", "navy"), "suit": ("uniform", "navy uniform")},
    "soldier": {"hat": ("helmet", "olive"), "suit": ("uniform", "olive uniform"), "feet": ("boots", "black boots")},
    "chef": {"hat": ("chef", "white"), "belt": ("apron", "white apron")},
    "cowboy": {"hat": ("cowboy", "brown"), "feet": ("wellingtons", "brown leather")},
    "santa": {"hat": ("santa", "red"), "beard": ("long", "white beard"), "outer": ("coat", "red coat")},
}  # fmt: skip


def has_odd_head(seen: Seen) -> bool:
    """Whether the figure's head is a thing or a beast's: nobody's face."""
    return wearing(seen).first("head") is not None  # type: ignore[arg-type]


_FEMALE = frozenset(
    [
        "woman",
        "women",
        "girl",
        "lady",
        "mother",
        "mum",
        "mom",
        "wife",
        "daughter",
        "sister",
        "queen",
        "princess",
        "aunt",
        "grandmother",
        "granny",
        "nun",
        "actress",
        "waitress",
        "bride",
        "widow",
        "witch",
        "goddess",
        "female",
        "she",
        "her",
        "hers",
        "hostess",
        "mistress",
        "nurse",
        "niece",
        "barmaid",
        "policewoman",
        "maid",
        "feminine",
        "ballerina",
        "countess",
        "duchess",
        "empress",
        "heroine",
        "mrs",
        "ms",
        "miss",
        "madam",
    ]
)
_MALE = frozenset(
    [
        "man",
        "men",
        "boy",
        "gentleman",
        "father",
        "dad",
        "husband",
        "son",
        "brother",
        "king",
        "prince",
        "uncle",
        "grandfather",
        "grandpa",
        "monk",
        "actor",
        "waiter",
        "groom",
        "widower",
        "wizard",
        "god",
        "male",
        "he",
        "his",
        "him",
        "host",
        "nephew",
        "priest",
        "policeman",
        "fisherman",
        "masculine",
        "guy",
        "bloke",
        "lad",
        "fellow",
        "duke",
        "count",
        "emperor",
        "mr",
        "sir",
        "postman",
        "fireman",
        "businessman",
    ]
)
_YEARS = {  # words of age → years
    "baby": 1, "infant": 1, "toddler": 3, "child": 8, "boy": 10, "girl": 10, "kid": 9, "lad": 14, "teen": 16,
    "teenage": 16, "teenager": 16, "adolescent": 15, "young": 22, "youth": 18, "youthful": 22, "student": 21,
    "middle-aged": 50, "old": 72, "elderly": 76, "aged": 75, "ancient": 84, "grandmother": 70, "grandfather": 70,
    "granny": 74, "grandpa": 74, "pensioner": 72, "veteran": 66,
}  # fmt: skip
_TENS = {"ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
         "ninety": 90, "teens": 16, "twenties": 25, "thirties": 35, "forties": 45, "fifties": 55, "sixties": 65,
         "seventies": 75, "eighties": 85, "nineties": 93}  # fmt: skip

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]


def age_of(seen: Seen) -> int:
    """Years: the bible's, else what the descriptor says, else 35."""
    if seen.figure is not None and seen.figure.age is not None:
        return seen.figure.age
    tokens = [part for token in tokens_of(seen.descriptor) for part in (token, *token.split("-"))]
    if match := re.search(r"\b(\d{1,3})\b", seen.descriptor):
        return min(int(match[1]), 100)
    if (match := re.search(r"\b(?:of|aged?|is)\s+([a-z]+)", seen.descriptor.lower())) and match[1] in _SMALL:
        return _SMALL.index(match[1])  # type: ignore[arg-type]
    for token in tokens:
        if token in _TENS:
            return _TENS[token]
    return next((_YEARS[token] for token in tokens if token in _YEARS), 35)


def sex_of(seen: Seen) -> float:
    """How the body leans: 1 a woman's, -1 a man's, 0 where nothing is said."""
    tokens = {part for token in tokens_of(seen.descriptor) for part in (token, *token.split("-"))}
    female, male = bool(tokens & _FEMALE), bool(tokens & _MALE)
    if female != male:
        return 1.0 if female else -1.0
    worn = wearing(seen)  # type: ignore[arg-type]
    if worn.first("beard") and not female:
        return -1.0
    hair = worn.first("hair")
    skirt = worn.first("full") or ((bottom := worn.first("bottom")) and bottom.kind.name in ("skirt", "miniskirt"))
    if skirt or (hair and hair.kind.name in ("braid", "braids", "pigtails", "bun", "bob")):
        return 0.7
    return 0.0


_USUAL_HEIGHT = 1.70
# Stature by age, metres, between boys' and girls' medians (WHO growth reference 2007).
_GROWTH = (
    (0, 0.55),
    (1, 0.75),
    (2, 0.87),
    (4, 1.03),
    (6, 1.16),
    (8, 1.27),
    (10, 1.38),
    (12, 1.50),
    (14, 1.60),
    (16, 1.68),
)


def stature(seen: Seen) -> float:
    """How tall a figure is, metres: as the bible says; where it says nothing, a child's or an animal's own height."""
    from render.previz.figures.beasts import beast_of

    said = seen.figure.height if seen.figure else _USUAL_HEIGHT
    if said != _USUAL_HEIGHT:
        return said
    if (beast := beast_of(seen)) is not None:  # type: ignore[arg-type]
        return beast.height
    age, tokens = age_of(seen), tokens_of(next(iter(phrases(seen.descriptor)), ""))
    if age < 16:
        for (young, low), (old, high) in itertools.pairwise(_GROWTH):
            if young <= age < old:
                return round(low + (high - low) * (age - young) / (old - young), 2)
    by = 0.10 if "tall" in tokens or "lanky" in tokens else -0.12 if "short" in tokens or "tiny" in tokens else 0.0
    return round(said + by + (0.04 if "very" in tokens else 0.0) * (1 if by > 0 else -1 if by < 0 else 0), 2)
