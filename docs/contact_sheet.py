"""The picture at the head of the README: one frame of each shot of a film that was made.

.venv/bin/python docs/contact_sheet.py examples/last_light/cut docs/pictures/last_light.jpg
"""

import json
import sys
from pathlib import Path

from PIL import Image

from render.media import read_at

COLUMNS = 4
WIDTH = 300  # pixels of one frame on the sheet
GAP = 6
PAPER = (16, 17, 20)


def contact_sheet(cut: Path) -> Image.Image:
    """The frame two thirds into each shot, in film order, row by row. ``cut`` is where the film was made."""
    shots = json.loads((cut / "film.json").read_text(encoding="utf-8"))["shots"]
    wanted = [shot["start"] + shot["frames"] * 2 // 3 for shot in shots]
    frames = [Image.fromarray(frame) for frame in read_at(cut / "film.mp4", wanted)]
    first = frames[0]
    height = round(WIDTH * first.height / first.width)
    rows = -(-len(wanted) // COLUMNS)
    size = (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, PAPER)
    for place, frame in enumerate(frames):
        row, column = divmod(place, COLUMNS)
        small = frame.resize((WIDTH, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    return sheet


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.parent.mkdir(parents=True, exist_ok=True)
    contact_sheet(Path(sys.argv[1])).save(target, quality=88, optimize=True, progressive=True)
    print(f"{target}: {target.stat().st_size:,} bytes")
