"""A contact sheet of passes: a row for each pass, a column for each of a few frames."""

from fractions import Fraction

import numpy as np

STILLS = 5  # columns
_ACROSS = 320  # pixels of one still
_GAP, _HEAD = 8, 26
_PAPER, _INK, _FAINT = (20, 21, 24), (226, 222, 208), (140, 142, 148)


def contact_sheet(rows: dict[str, list[np.ndarray]], frames: list[int], rate: Fraction) -> np.ndarray:
    """Stills uint8[H, W, 3] by pass, at these frames of the clip, as one picture, uint8[h, w, 3]."""
    from PIL import Image, ImageDraw, ImageFont

    from render.cut.fonts import font_path

    first = next(iter(rows.values()))[0]
    width = min(_ACROSS, first.shape[1]) if first.shape[1] >= 96 else 96
    height = max(round(width * first.shape[0] / first.shape[1]), 1)
    size = (len(frames) * (width + _GAP) + _GAP, len(rows) * (height + _HEAD) + _HEAD + _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(font_path()), 14)
    for column, frame in enumerate(frames):
        x = _GAP + column * (width + _GAP)
        pen.text((x, 4), f"frame {frame} · {float(frame / rate):.2f} s", _FAINT, font=font)
    for row, (name, pictures) in enumerate(rows.items()):
        y = 2 * _HEAD + row * (height + _HEAD)
        for column, picture in enumerate(pictures):
            way = Image.Resampling.LANCZOS if name == "picture" else Image.Resampling.BOX
            still = Image.fromarray(picture).resize((width, height), way)
            sheet.paste(still, (_GAP + column * (width + _GAP), y))
        pen.text((_GAP, y - _HEAD + 4), name, _INK, font=font)
    return np.asarray(sheet)
