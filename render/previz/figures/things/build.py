"""A prop from its words: looked up in the table, built, set down on z = 0, the rest of its locked words put on it."""

import functools
from dataclasses import replace

from characters.seen import Seen
from render.previz.colours import shade
from render.previz.figures.things.known import STUCK_ON
from render.previz.figures.things.making import Making
from render.previz.figures.things.table import builder, known_as
from render.previz.solid import Solid, join


@functools.lru_cache(maxsize=256)
def build(seen: Seen, entity: int) -> tuple[Solid, float]:
    """The prop as one solid, and its height in metres. What no builder knows is a plain block."""
    word = known_as(seen)
    making = Making(seen, entity, word or "")
    solid = join(builder(word)(making) if word else _block(making))
    low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
    solid = replace(solid, vertices=solid.vertices - (0, 0, low[2]))
    tall = float(high[2] - low[2])
    shown = set(solid.part.tolist())
    for number, (part, _) in enumerate(seen.locked, 1):
        if number not in shown and part.lower() in STUCK_ON:
            solid = join([solid, _sticker(making, part.lower(), solid, tall)])
    return replace(solid, vertices=solid.vertices.astype("float32")), float(solid.vertices[:, 2].max())


def _block(making: Making) -> list[Solid]:
    body = making.main("#a58b63")
    return [
        making.box((0.16, 0.16, 0.12), (0, 0, 0.06), body),
        making.ball((0.06, 0.06, 0.05), (0, 0, 0.13), shade(body, 0.9), 12),
    ]


def _sticker(making: Making, part: str, solid: Solid, tall: float) -> Solid:
    """A label on its front at half height; on what is flat, on top."""
    look = making.part(part, "#e6d98a")
    wide = solid.vertices.max(axis=0) - solid.vertices.min(axis=0)
    middle = (solid.vertices.max(axis=0) + solid.vertices.min(axis=0)) / 2
    if tall < 0.6 * float(min(wide[:2])):
        size = 0.3 * float(min(wide[:2]))
        return making.box((size, size, 0.002), (float(middle[0]), float(middle[1]), tall + 0.001), look)
    front = float(solid.vertices[:, 0].max())
    return making.box((0.004, 0.35 * float(wide[1]), 0.22 * tall), (front, float(middle[1]), 0.5 * tall), look)
