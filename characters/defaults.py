"""Plausible looks for whoever has no entry in the bible: by name alone, so that they never change."""

import re

from characters.seen import Figure, Kind, Seen
from storyboard.hashing import seed_from

_TOPS = ("shirt", "knitted sweater", "jacket", "cardigan", "hoodie", "t-shirt", "corduroy jacket")
_CLOTHS = (
    *("rust red", "teal", "cream", "burgundy", "olive", "light blue", "charcoal grey", "ochre", "purple"),
    *("forest green", "salmon", "white", "navy blue", "mustard yellow", "lavender", "brown", "orange", "sand"),
    *("pink", "royal blue", "turquoise", "black", "mint green", "scarlet"),
)
_BOTTOMS = (
    "dark blue jeans",
    "charcoal trousers",
    "brown corduroy trousers",
    "black trousers",
    "khaki trousers",
    "grey wool trousers",
)
_HAIR = (
    "short black hair",
    "curly brown hair",
    "blonde bob",
    "ginger hair",
    "long black hair",
    "short grey hair",
    "chestnut ponytail",
    "dark brown bun",
    "shaved head",
)
_FEET = ("black shoes", "brown leather boots", "white sneakers")
_COLOURS = ("brass", "dark red", "navy blue", "cream", "green", "brown leather", "silver", "mustard")
_BUILDS = ("slight", "average", "average", "broad")


def invented_character(name: str, age: int | None = None) -> Seen:
    """A person for a name without an entry: the same for the same name, in every film."""

    def pick(part: str, choices: tuple[str, ...]) -> str:
        return choices[seed_from("default", part, name.upper()) % len(choices)]

    height = 1.56 + (seed_from("default", "height", name.upper()) % 33) / 100
    years = age if age is not None else 22 + seed_from("default", "age", name.upper()) % 45
    if years < 14:
        height = 0.75 + 0.06 * years
    return Seen(
        name=name,
        kind=Kind.CHARACTER,
        descriptor=f"a person of about {years // 5 * 5 if years >= 14 else years}",
        locked=(
            ("hair", pick("hair", _HAIR)),
            ("top", f"{pick('cloth', _CLOTHS)} {pick('top', _TOPS)}"),
            ("trousers", pick("bottom", _BOTTOMS)),
            ("shoes", pick("feet", _FEET)),
        ),
        figure=Figure(height=round(height, 2), build=pick("build", _BUILDS), age=years),
        invented=True,
    )


def invented_prop(name: str) -> Seen:
    """A thing for a name without an entry."""
    colour = _COLOURS[seed_from("default", "colour", name.upper()) % len(_COLOURS)]
    word = re.sub(r"\s+", " ", name.lower())
    return Seen(
        name=name, kind=Kind.PROP, descriptor=f"a {word}", locked=(("body", f"{colour} {word}"),), invented=True
    )


def invented_place(name: str) -> Seen:
    """A place for a heading without an entry: its own words say what it is."""
    return Seen(name=name or "PLAIN SET", kind=Kind.PLACE, descriptor=name.lower(), invented=True)
