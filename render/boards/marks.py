"""What a page is made of: plain marks in points from its upper left corner, which any backend can draw."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

Colour: TypeAlias = tuple[int, int, int]
"""sRGB, 0 … 255."""

INK: Colour = (24, 25, 28)
FAINT: Colour = (120, 122, 128)
RULE: Colour = (205, 206, 210)
PAPER: Colour = (255, 255, 255)
ACCENT: Colour = (208, 60, 44)


@dataclass(frozen=True)
class Text:
    """A line of text; ``y`` is its baseline, ``align`` says which end ``x`` is."""

    x: float
    y: float
    size: float
    text: str
    colour: Colour = INK
    align: str = "left"  # left, right


@dataclass(frozen=True)
class Shape:
    """A filled polygon, with an outline where ``edge`` names a colour."""

    points: tuple[tuple[float, float], ...]
    fill: Colour | None = INK
    edge: Colour | None = None
    width: float = 0.6


@dataclass(frozen=True)
class Picture:
    """A picture, scaled into its box. ``pixels`` is uint8[H, W, 3], sRGB."""

    x: float
    y: float
    width: float
    height: float
    pixels: np.ndarray


Mark: TypeAlias = Text | Shape | Picture


@dataclass(frozen=True)
class Page:
    """One page: its size in points, and its marks from the lowest to the highest."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def block(
    x: float, y: float, width: float, height: float, fill: Colour | None = INK, edge: Colour | None = None
) -> Shape:
    """An upright rectangle."""
    return Shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill, edge)
