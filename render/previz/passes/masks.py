"""Who and what is where: an id for every pixel, and a box for every entity in every frame."""

import colorsys

import numpy as np

from render.previz.passes.base import Arrays, Layout, Moment


class MasksPass:
    """``ids`` uint16[H, W]; ``boxes`` int32[E, 4]: x, y, width, height in pixels, all 0 where out of frame.

    ``ids`` is 0 for the set and the sky, else the entity's number; ``boxes`` has a row for each of ``entities``
    (uint16[E]), whose names are ``names``. A box holds just the pixels that are seen.
    """

    name = "masks"
    looks_ahead = False
    exact = True
    drawn = True

    def __init__(self, names: dict[int, str]) -> None:
        self.names = dict(sorted(names.items()))
        self._palette = np.zeros((max(self.names, default=0) + 1, 3), np.uint8)
        for entity in self.names:
            self._palette[entity] = entity_colour(entity)

    def layout(self, width: int, height: int) -> dict[str, Layout]:
        return {"ids": Layout((height, width), np.uint16), "boxes": Layout((len(self.names), 4), np.int32)}

    def arrays(self, moment: Moment) -> Arrays:
        boxes = np.zeros((len(self.names), 4), np.int32)
        found = moment.here.boxes()
        for row, entity in enumerate(self.names):
            boxes[row] = found.get(entity, (0, 0, 0, 0))
        return {"ids": moment.here.ids.astype(np.uint16), "boxes": boxes}

    def picture(self, arrays: Arrays) -> np.ndarray | None:
        return self._palette[arrays["ids"]]

    def constants(self) -> Arrays:
        return {"entities": np.array(list(self.names), np.uint16), "names": np.array(list(self.names.values()), "U")}


def entity_colour(entity: int) -> tuple[int, int, int]:
    """The colour of an entity's mask in the picture: hues a golden angle apart, so that neighbours differ."""
    hue = (0.02 + 0.381966 * (entity - 1)) % 1.0
    red, green, blue = colorsys.hsv_to_rgb(hue, 0.62, 0.95)
    return round(red * 255), round(green * 255), round(blue * 255)
