"""Where a take shows somebody or something well: the frame and the box to cut out of it."""

import numpy as np

from characters.seen import Kind
from director.checks.base import Showing

VERSION = "1"
SHORT = 40  # pixels on the short side of a crop: in less than that nobody is a model for others
FACING = 0.3  # cosine between where somebody faces and the way to the camera
OPEN = 0.5  # share of the frame in which a place must be seen
_CUT_OFF = 0.6  # what somebody is worth whose feet are below the frame

Box = tuple[int, int, int, int]


def best_crop(showing: Showing, name: str) -> tuple[int, Box, float] | None:
    """The frame of the take, the box in its pixels (x, y, width, height), and how well it shows ``name``, 0 to 1.

    By the rehearsal: the largest box that no side of the frame cuts but the lower one, with people facing the camera.
    A place is shown best where least stands before it. None where nothing is good enough.
    """
    expected = showing.expected
    if expected is None:
        return None
    entity = next((number for number, known in expected.names.items() if known == name), None)
    if entity is None:
        return None
    found: list[tuple[float, int, Box]] = []
    for index, look in enumerate(expected.looks):
        if entity == 0:
            share = float(np.mean(look.ids <= 0))
            if share >= OPEN:
                found.append((share, look.frame, (0, 0, showing.width, showing.height)))
            continue
        box = look.box(entity)
        facing = float(expected.facing[index, entity])
        person = expected.of(entity).kind is Kind.CHARACTER
        if box is None or (person and not facing >= FACING):
            continue
        x, y, width, height = box
        if x <= 0 or y <= 0 or x + width >= expected.width:
            continue
        worth = float(np.sqrt(width * height / (expected.width * expected.height)))
        worth *= _CUT_OFF if y + height >= expected.height else 1.0
        across, down = showing.width / expected.width, showing.height / expected.height
        scaled = round(x * across), round(y * down), round(width * across), round(height * down)
        if min(scaled[2:]) >= SHORT:
            found.append((worth * (facing if person else 1.0), look.frame, scaled))
    if not found:
        return None
    quality, frame, box = max(found, key=lambda each: (each[0], -each[1]))
    return frame, box, quality
