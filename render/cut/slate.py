"""The slate burnt into the picture: shot, size, lens and move, and the frame that is seen, along the lower edge."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from render import media
from render.cut.fonts import font_path
from render.cut.pieces import Window

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_LETTERS = (240, 238, 230)  # sRGB
_GROUND = (12, 12, 14, 150)  # sRGB and how much it covers


def strip_height(height: int) -> int:
    """How high the strip is in a picture of this height, pixels; even."""
    return max(12, 2 * round(height * 0.0275))


def strips(window: Window, width: int, height: int) -> Iterator[np.ndarray]:
    """The strip of every frame of a window, uint8[strip_height, W, 4], sRGB and how much it covers.

    Frames count from 1 at the shot's first; those of a handle are below 1, or beyond its last.
    """
    words = _written(window.slate, width, height, right=False)
    for index in range(window.frames):
        strip = words.copy()
        number = _written(f"{window.frame + index + 1:04d}", width, height, right=True)
        place = strip.shape[1] - number.shape[1]
        strip[:, place:] = number
        yield strip


class Strips:
    """Where the strips of a piece lie while it is encoded."""

    def __init__(self, beside: Path, width: int, height: int) -> None:
        self._beside, self._width, self._height = beside, width, height
        self.files: list[Path] = []

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a strip, pixels."""
        return self._width, strip_height(self._height)

    def file(self, window: Window) -> Path:
        """The strips of a window one after another, raw RGBA. Raises DiskError."""
        path = media.part_of(self._beside.with_suffix(f".slate{len(self.files)}"))
        self.files.append(path)
        try:
            with path.open("wb") as out:
                for strip in strips(window, self._width, self._height):
                    out.write(strip.tobytes())
        except OSError as error:
            raise media.disk_or_media_error(error, "cannot write the slate") from error
        return path


@contextmanager
def kept_strips(beside: Path, width: int, height: int) -> Iterator[Strips]:
    """Strips beside a file, gone when it is done."""
    kept = Strips(beside, width, height)
    try:
        yield kept
    finally:
        for path in kept.files:
            media.drop(path)


@functools.lru_cache(maxsize=4)
def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(font_path()), size)


@functools.lru_cache(maxsize=512)
def _written(text: str, width: int, height: int, *, right: bool) -> np.ndarray:
    """Text on a strip: over the whole width, or at the right just as wide as it needs."""
    from PIL import Image, ImageDraw

    tall = strip_height(height)
    font = _font(max(8, round(tall * 0.62)))
    edge = tall // 2
    wide = round(font.getlength(text)) + 2 * edge if right else width
    image = Image.new("RGBA", (min(wide, width), tall), _GROUND)
    ImageDraw.Draw(image).text((edge, tall / 2), text, font=font, fill=(*_LETTERS, 255), anchor="lm")
    return np.asarray(image)
