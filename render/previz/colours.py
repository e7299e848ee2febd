"""Colour and material words → linear colour: ``dark green oilskin coat`` is dark, green, and shines a little."""

import functools
import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

# What things are made of, where CSS has no name for it: sRGB and how much it shines (0 matte … 1 mirror-like).
MATERIALS: dict[str, tuple[str | None, float]] = {
    "oilskin": (None, 0.35),
    "raincoat": (None, 0.35),
    "leather": ("#5b3a29", 0.3),
    "rubber": ("#26282b", 0.25),
    "wool": (None, 0.0),
    "knitted": (None, 0.0),
    "denim": ("#33506e", 0.0),
    "brass": ("#b5892f", 0.6),
    "copper": ("#b4693a", 0.6),
    "bronze": ("#8c6a36", 0.5),
    "iron": ("#45484d", 0.3),
    "steel": ("#8a9199", 0.6),
    "metal": ("#8a9199", 0.5),
    "chrome": ("#b8bec4", 0.8),
    "silver": ("#b4b8bd", 0.6),
    "gold": ("#c9992b", 0.6),
    "golden": ("#c9992b", 0.6),
    "glass": ("#a9c4cc", 0.7),
    "wood": ("#8a6440", 0.1),
    "wooden": ("#8a6440", 0.1),
    "oak": ("#8f6b42", 0.1),
    "pine": ("#b08a5a", 0.1),
    "stone": ("#8d8a84", 0.0),
    "slate": ("#5a626b", 0.0),
    "granite": ("#7d7b79", 0.0),
    "brick": ("#9c5540", 0.0),
    "concrete": ("#8f8f8b", 0.0),
    "plaster": ("#e4ded1", 0.0),
    "paper": ("#eee6d2", 0.0),
    "straw": ("#d3b46a", 0.0),
    "silk": (None, 0.3),
    "satin": (None, 0.4),
    "velvet": (None, 0.0),
    "canvas": ("#c8bb9c", 0.0),
    "glossy": (None, 0.7),
    "shiny": (None, 0.6),
    "polished": (None, 0.6),
    "matte": (None, 0.0),
}
# Colour words of wardrobe and make-up that CSS lacks.
COLOURS: dict[str, str] = {
    "mustard": "#c8952b",
    "rust": "#a4502a",
    "amber": "#f0a030",
    "camel": "#b98f5f",
    "charcoal": "#36393e",
    "cream": "#f1e7cf",
    "ochre": "#bd8a35",
    "burgundy": "#6d1f2f",
    "scarlet": "#c4251c",
    "emerald": "#1f8a56",
    "sand": "#cdb487",
    "blond": "#d8b66a",
    "blonde": "#d8b66a",
    "ginger": "#b4612a",
    "auburn": "#7b3a22",
    "brunette": "#4a3324",
    "chestnut": "#6b3e26",
    "white": "#eceae4",
    "black": "#1f2024",
    "grey": "#8d9094",
    "gray": "#8d9094",
    "green": "#3f8a4c",
    "blue": "#3766b0",
    "red": "#c2332c",
    "yellow": "#ecc52f",
    "orange": "#e07b2a",
    "brown": "#6f4a2f",
    "pink": "#e08fa8",
    "purple": "#70418f",
    "navy": "#22304f",
    "olive": "#6b6b35",
    "teal": "#2a7d80",
    "turquoise": "#3fb5ac",
}
_SHADES: dict[str, tuple[float, float]] = {  # factor on lightness, factor on chroma
    "dark": (0.55, 0.95),
    "deep": (0.65, 1.1),
    "light": (1.35, 0.8),
    "pale": (1.45, 0.5),
    "bright": (1.12, 1.25),
    "faded": (1.15, 0.55),
    "dusty": (1.05, 0.5),
    "dull": (0.9, 0.6),
    "vivid": (1.05, 1.3),
}
_GLOW = frozenset({"lit", "glowing", "burning", "luminous", "blazing", "shining"})


class Weave(IntEnum):
    """What a surface is made of, where that shows in its shading."""

    PLAIN = 0
    KNIT = 1
    METAL = 2
    FUR = 3


@dataclass(frozen=True)
class Finish:
    """How a surface looks: linear RGB 0 … 1, shine 0 … 1, whether it gives light, what it is made of.

    ``part`` says which of an entity's locked words the surface shows, counted from 1; 0 shows none.
    """

    colour: tuple[float, float, float]
    shine: float = 0.0
    glow: float = 0.0
    weave: Weave = Weave.PLAIN
    part: int = 0


def linear(hex_or_srgb: str | tuple[float, float, float]) -> np.ndarray:
    """SRGB (``#rrggbb`` or 0 … 1) → linear RGB (IEC 61966-2-1)."""
    if isinstance(hex_or_srgb, str):
        digits = hex_or_srgb.lstrip("#")
        hex_or_srgb = tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))  # type: ignore[assignment]
    srgb = np.asarray(hex_or_srgb, np.float64)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


@functools.lru_cache(maxsize=4096)
def finish(words: str, default: str = "#9a9a96") -> Finish:
    """The surface that ``words`` describe; ``default`` (sRGB) where they name no colour."""
    import webcolors

    tokens = re.findall(r"[a-z]+", words.lower())
    colour: str | None = None
    material: str | None = None
    shine, lightness, chroma = 0.0, 1.0, 1.0
    for index, token in enumerate(tokens):
        joined = "".join(tokens[index : index + 2])
        if token in COLOURS:
            colour = colour or COLOURS[token]
        elif token in MATERIALS:
            material = material or MATERIALS[token][0]
            shine = max(shine, MATERIALS[token][1])
        elif token in _SHADES:
            lightness, chroma = lightness * _SHADES[token][0], chroma * _SHADES[token][1]
        else:
            for name in (joined, token):
                try:
                    colour = colour or webcolors.name_to_hex(name)
                    break
                except ValueError:
                    continue
    rgb = linear(colour or material or default)
    grey = float(rgb @ (0.2126, 0.7152, 0.0722))
    rgb = np.clip((grey + (rgb - grey) * chroma) * lightness**2.2, 0.004, 0.92)
    glow = 1.0 if _GLOW & set(tokens) else 0.0
    return Finish((float(rgb[0]), float(rgb[1]), float(rgb[2])), shine, glow)


def names_colour(words: str) -> bool:
    """Whether the words say a colour or a material that has one."""
    return finish(words, "#000000") != finish(words, "#ffffff")
