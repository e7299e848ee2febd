"""What people call colours and materials: the words, without the arithmetic. Light to import.

A colour's name is looked up in two tables: the xkcd colour survey (949 names that 222 500 people gave to colours
on their screens, 2010; in matplotlib) and CSS (in webcolors). A compound that a table has, ``dark green``, is one
colour; other compounds are made by ``MODIFIERS``.
"""

import functools
import re
from dataclasses import dataclass
from enum import IntEnum


class Weave(IntEnum):
    """What a surface is made of, where that shows in its shading."""

    PLAIN = 0
    KNIT = 1
    METAL = 2
    FUR = 3


@dataclass(frozen=True)
class Material:
    """Its sRGB where its name says one, how much it shines (0 matte … 1 mirror-like), and its weave."""

    colour: str | None = None
    shine: float = 0.0
    weave: Weave = Weave.PLAIN


def _group(words: str, shine: float, weave: Weave = Weave.PLAIN) -> dict[str, Material]:
    """``oak:#8f6b42 wood`` → both, with one shine and weave."""
    pairs = (word.partition(":") for word in words.split())
    return {name: Material(colour or None, shine, weave) for name, _, colour in pairs}


MATERIALS: dict[str, Material] = {
    **_group("brass:#b5892f copper:#b4693a bronze:#8c6a36 gold:#c9992b golden:#c9992b", 0.6, Weave.METAL),
    **_group("steel:#8a9199 silver:#b4b8bd metal:#8a9199 metallic chrome:#b8bec4 aluminium:#b3b7ba", 0.6, Weave.METAL),
    **_group("gilded:#c9992b aluminum:#b3b7ba tin:#a3a7a8 foil:#b8bec4", 0.6, Weave.METAL),
    **_group("mirrored:#b8bec4 mirror:#b8bec4", 0.6, Weave.METAL),
    **_group("iron:#45484d lead:#5d6166 pewter:#7d8084 tarnished", 0.3, Weave.METAL),
    **_group("rusty:#8a4526 rusted:#8a4526 galvanised:#8d9499 galvanized:#8d9499", 0.1, Weave.METAL),
    **_group("knitted knit woollen woolen crocheted ribbed cable-knit aran sweater", 0.0, Weave.KNIT),
    **_group("jumper cardigan pullover beanie mittens bobble", 0.0, Weave.KNIT),
    **_group("fur furry fluffy shaggy woolly fleece fleecy sheepskin:#d9ccb0 feathered feathery plush", 0.0, Weave.FUR),
    **_group("glass:#a9c4cc crystal:#c4d8dc glossy patent lacquered varnished mirrorlike", 0.7),
    **_group("shiny polished sequined sequinned glittering glittery sparkling sparkly gleaming waxed wet", 0.6),
    **_group("enamel enamelled enameled porcelain:#eceae4 china:#eceae4 ceramic latex vinyl ice:#cfe3ea", 0.5),
    **_group("satin plastic marble:#d9d6cf lamé oilskin raincoat silk", 0.35),
    **_group("leather:#6b4430 rubber:#26282b silken pearl:#e6e0d6 wax:#e4d9b8 ebony:#2b2321 oilcloth", 0.28),
    **_group("wood:#8a6440 wooden:#8a6440 oak:#8f6b42 pine:#b08a5a walnut:#5c4230 mahogany:#5b2a1e teak:#8a5a34", 0.1),
    **_group("bamboo:#b79a5b wicker:#b08d57 rattan:#b08d57 cork:#b58a5c driftwood:#9a9186 timber:#8a6440", 0.05),
    **_group("stone:#8d8a84 slate:#5a626b granite:#7d7b79 brick:#9c5540 concrete:#8f8f8b plaster:#e4ded1", 0.0),
    **_group("clay:#b0704e terracotta:#b5603f cardboard:#a98258 paper:#eee6d2 parchment:#e3d3ab straw:#d3b46a", 0.0),
    **_group("bone:#e3d9c0 hay:#cdb266 sand:#cdb487 chalk:#ecebe6 mud:#5c4634 ash:#9c9a96 burlap:#a98a5c", 0.0),
    **_group("canvas:#c8bb9c linen:#d8cdb4 hemp:#b5a47c sackcloth:#a08a62 denim:#33506e khaki:#a69a6c", 0.0),
    **_group("wool cotton tweed:#7a6a55 corduroy flannel suede felt velvet velveteen lace tulle chiffon nylon", 0.0),
    **_group("fabric cloth matte matt tattered quilted padded cashmere mohair jersey fleece-lined painted", 0.0),
}  # fmt: skip

# Colour words of wardrobe and make-up that neither table means as people do when they dress somebody.
WARDROBE: dict[str, str] = {
    "cream": "#f5eecb",
    "blond": "#d8b66a",
    "blonde": "#d8b66a",
    "fair": "#d9bd84",
    "flaxen": "#dcc58a",
    "ginger": "#b4612a",
    "auburn": "#7b3a22",
    "brunette": "#4a3324",
    "chestnut": "#6b3e26",
    "raven": "#1f2024",
    "jet": "#1f2024",
    "sandy": "#b99a66",
    "mousy": "#7f6a52",
    "grizzled": "#8e8a86",
    "greying": "#8e8a86",
    "graying": "#8e8a86",
    "snowy": "#e8e7e3",
    "nude": "#d9b59a",
    "tanned": "#b98058",
    "freckled": "#e3b592",
    "ebony skin": "#4a3026",
    "black skin": "#4a3026",
    "dark skin": "#6b4630",
    "brown skin": "#8d5f40",
    "olive skin": "#c19a6b",
    "pale skin": "#f0d6c2",
    "white skin": "#eccdb6",
    "fair skin": "#ecc9ae",
    "light skin": "#e3b894",
    "tan skin": "#c28a62",
    "denim blue": "#33506e",
    "blue jeans": "#3b5a86",
    "blue denim": "#3b5a86",
    "blue denims": "#3b5a86",
}


@dataclass(frozen=True)
class Modifier:
    """What a word before a colour does in CIE LCh: lightness times ``ratio`` plus ``lift``, chroma times ``chroma``.

    The first eight are medians over the survey's own pairs (``dark x`` against ``x``): 60 for dark, 65 for light,
    28 for pale, 23 for bright, 17 for deep, 9 for dull and for dusty, 7 for faded.
    """

    ratio: float = 1.0
    lift: float = 0.0
    chroma: float = 1.0


MODIFIERS: dict[str, Modifier] = {
    "dark": Modifier(0.67, 0.0, 0.80),
    "light": Modifier(1.0, 20.0, 0.84),
    "pale": Modifier(1.0, 17.0, 0.62),
    "bright": Modifier(1.0, 2.5, 1.11),
    "deep": Modifier(0.62, 0.0, 0.80),
    "dull": Modifier(1.0, 0.5, 0.60),
    "dusty": Modifier(1.0, 1.6, 0.53),
    "faded": Modifier(1.0, 4.7, 0.48),
    "vivid": Modifier(1.1, 0.0, 1.28),
    "dirty": Modifier(0.88, 0.0, 0.57),
    "grimy": Modifier(0.80, 0.0, 0.55),
    "muddy": Modifier(0.74, 0.0, 0.76),
    "soft": Modifier(1.0, 12.0, 0.60),
    "muted": Modifier(1.0, 3.0, 0.50),
    "pastel": Modifier(1.0, 15.0, 0.67),
    "rich": Modifier(0.82, 0.0, 1.03),
    "burnt": Modifier(0.75, 0.0, 0.85),
    "charred": Modifier(0.35, 0.0, 0.35),
    "smoked": Modifier(0.70, 0.0, 0.60),
    "bleached": Modifier(1.0, 22.0, 0.50),
    "washed": Modifier(1.0, 8.0, 0.60),
    "weathered": Modifier(0.95, 4.0, 0.60),
    "neon": Modifier(1.0, 8.0, 1.25),
}
GLOWS = frozenset(["lit", "glowing", "burning", "luminous", "blazing", "shining", "flaming", "fluorescent"])
PATTERNS: dict[str, str] = {  # word → how the second colour lies on the first
    **dict.fromkeys(["striped", "stripes", "stripy", "breton", "hooped"], "stripes"),
    **dict.fromkeys(["pinstriped", "pinstripe"], "pinstripes"),
    **dict.fromkeys(["checked", "check", "checkered", "chequered", "plaid", "tartan", "gingham"], "checks"),
    **dict.fromkeys(["spotted", "dotted", "polka-dot", "polka", "dots", "spots"], "dots"),
}


def tokens_of(text: str) -> list[str]:
    """The words of a text in lower case, one spelling for each: grey, a hyphen for what belongs together."""
    return ["grey" if word == "gray" else word for word in re.findall(r"[a-zà-ÿ]+(?:['’-][a-zà-ÿ]+)*", text.lower())]


@functools.lru_cache(maxsize=1)
def _survey() -> dict[str, str]:
    from importlib.util import find_spec, module_from_spec, spec_from_file_location
    from pathlib import Path

    library = find_spec("matplotlib")
    table = library and spec_from_file_location("survey", Path(str(library.origin)).with_name("_color_data.py"))
    if not table or not table.loader:
        raise ImportError("matplotlib, which has the survey's colours, is not installed")
    module = module_from_spec(table)
    table.loader.exec_module(module)  # the table alone: the library around it loads NumPy
    colours: dict[str, str] = module.XKCD_COLORS

    rude = re.compile(r"\b(shit|poop?|puke|vomit|barf|snot|booger|baby)\b")
    plain = ((re.sub(r"[/'-]", " ", name.removeprefix("xkcd:")), value) for name, value in colours.items())
    return {name: value for name, value in plain if not rude.search(name)}


def css_hex(name: str) -> str | None:
    """The CSS colour of this name (its words may be apart), or None."""
    import webcolors

    try:
        return webcolors.name_to_hex(name.replace(" ", ""))
    except ValueError:
        return None


def survey_hex(name: str) -> str | None:
    """The survey's colour of this name, or None."""
    return _survey().get(name)


def hexes_of(name: str) -> tuple[str, ...]:
    """What the tables call by this name, one or two of ``#rrggbb``; nothing where it is no colour."""
    if name in WARDROBE:
        return (WARDROBE[name],)
    return tuple(found for found in (survey_hex(name), css_hex(name)) if found)


@dataclass(frozen=True)
class Said:
    """What a text says of a surface: names of colours in order, each with what modifies it, and all else."""

    colours: tuple[tuple[tuple[str, ...], str], ...]  # (modifiers, name)
    modifiers: tuple[str, ...]  # before anything that has a colour
    materials: tuple[str, ...]
    glows: bool
    pattern: str | None


@functools.lru_cache(maxsize=4096)
def said(text: str) -> Said:
    """Read what ``text`` says of colours and materials; the longest name in a table wins."""
    words = [part for token in tokens_of(text) for part in _parted(token)]
    colours: list[tuple[tuple[str, ...], str]] = []
    materials: list[str] = []
    loose: list[str] = []
    first: tuple[str, ...] = ()
    glows, pattern, index = False, None, 0
    while index < len(words):
        word = words[index]
        pattern = pattern or PATTERNS.get(word)
        glows = glows or word in GLOWS
        for length in (4, 3, 2, 1):
            name = " ".join(words[index : index + length])
            if index + length > len(words) or (length == 1 and (word in MATERIALS or word in MODIFIERS)):
                continue
            if is_colour(name):
                colours.append((tuple(loose), name))
                loose, index = [], index + length
                break
        else:
            if word in MODIFIERS:
                loose.append(word)
            elif word in MATERIALS:
                materials.append(word)
                if MATERIALS[word].colour and not first and not colours:
                    first, loose = tuple(loose), []
            index += 1
    return Said(tuple(colours), first or (() if colours else tuple(loose)), tuple(materials), glows, pattern)


def names_colour(words: str) -> bool:
    """Whether the words say a colour or a material that has one."""
    read = said(words)
    return bool(read.colours) or any(MATERIALS[name].colour for name in read.materials)


def is_colour(name: str) -> bool:
    """Whether a colour goes by this name. What CSS or the wardrobe has is found without the larger table."""
    return name in WARDROBE or (name not in _NO_COLOUR and (css_hex(name) is not None or survey_hex(name) is not None))


# Names of the survey and of CSS that are another thing in a wardrobe or a room.
_NO_COLOUR = frozenset(
    [
        "snow",
        "linen",
        "grass",
        "leaf",
        "water",
        "fire",
        "velvet",
        "leather",
        "dust",
        "dirt",
        "wheat",
        "sea",
        "ocean",
        "sky",
        "earth",
        "desert",
        "toolbox",
        "bruise",
        "windows",
        "forest",
        "dark",
        "light",
        "medium",
        "pale",
        "bland",
        "brownish",
        "pinky",
        "tealish",
        "night",
        "heather",
        "cloudy",
        "twilight",
        "mushroom",
        "hospital",
        "swamp",
        "moss",
        "camo",
    ]
)


def _parted(token: str) -> tuple[str, ...]:
    """``blue-green`` in two where each half is a colour or changes one; other compounds stay whole."""
    if token in MATERIALS or token in PATTERNS or "-" not in token:
        return (token,)
    halves = tuple(half for half in token.split("-") if half)
    return halves if all(half in MODIFIERS or half in MATERIALS or is_colour(half) for half in halves) else (token,)
