"""Pages as pictures, with PIL."""

import functools
from typing import TYPE_CHECKING

import numpy as np

from render.boards.marks import PAPER, Page, Picture, Shape, Text
from render.cut.fonts import font_path

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont


@functools.lru_cache(maxsize=64)
def _font(pixels: float) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(font_path()), pixels, layout_engine=ImageFont.Layout.BASIC)


def to_picture(page: Page, scale: float = 2.0) -> np.ndarray:
    """A page as uint8[H, W, 3], sRGB, at ``scale`` pixels a point."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (round(page.width * scale), round(page.height * scale)), PAPER)
    draw = ImageDraw.Draw(image)
    for mark in page.marks:
        if isinstance(mark, Text):
            place = (mark.x * scale, mark.y * scale)
            anchor = "rs" if mark.align == "right" else "ls"
            draw.text(place, mark.text, fill=mark.colour, font=_font(mark.size * scale), anchor=anchor)
        elif isinstance(mark, Picture):
            size = (max(round(mark.width * scale), 1), max(round(mark.height * scale), 1))
            small = Image.fromarray(mark.pixels).resize(size, Image.Resampling.LANCZOS)
            image.paste(small, (round(mark.x * scale), round(mark.y * scale)))
        else:
            _polygon(draw, mark, scale)
    return np.asarray(image)


def _polygon(draw, mark: Shape, scale: float) -> None:  # PIL's ImageDraw is loaded late
    points = [(x * scale, y * scale) for x, y in mark.points]
    draw.polygon(points, fill=mark.fill)
    if mark.edge is not None:
        draw.line([*points, points[0]], fill=mark.edge, width=max(round(mark.width * scale), 1), joint="curve")
