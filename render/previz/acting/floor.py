"""The floor of a set: where one can stand, and where so many people do, whatever happens."""

import functools

import numpy as np

from characters.seen import Seen
from render.previz.sets.build import build_set
from render.previz.sets.design import SetDesign
from storyboard.screenplay import Interior

SPACING = 1.10  # metres between two people who talk
ROOM = 0.34  # metres that a person needs around their middle
APART = 0.62  # metres between the middles of two people, at least
_REACH = 15.0  # metres of floor known on each side of the middle
_CELL = 0.05
_LOW, _HIGH = 0.2, 1.9  # metres: lower things are stepped over, higher ones walked under

# Where people stand, in order of appearance. Seen from (0, −4) no two stand behind each other; the floor between the
# first two and right behind them stays free for a table.
_SLOTS = (
    (-SPACING / 2, 0.0),
    (SPACING / 2, 0.0),
    (0.0, 1.30),
    (-1.45, 0.35),
    (1.45, 0.35),
    (-0.46, 1.75),
    (0.46, 1.75),
    (-1.28, 1.30),
    (1.28, 1.30),
    (-2.20, 0.80),
    (2.20, 0.80),
    (0.0, 2.30),
)


class Floor:
    """The floor of a set: where one can stand, from what stands on it."""

    def __init__(self, design: SetDesign) -> None:
        import cv2

        count = round(2 * _REACH / _CELL)
        ground, things = np.zeros((count, count), np.uint8), np.zeros((count, count), np.uint8)
        corners = design.floor.vertices[design.floor.faces]
        _draw(ground, corners[np.abs(corners[..., 2]).max(axis=1) < 0.35])
        for piece in design.pieces:
            corners = piece.solid.vertices[piece.solid.faces]
            if corners[..., 2].max() > _LOW:
                _draw(things, corners[corners[..., 2].min(axis=1) < _HIGH])
        free = ((ground > 0) & (things == 0)).astype(np.uint8)
        edged = cv2.copyMakeBorder(free, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
        clear = cv2.distanceTransform(edged, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
        self.clear = (clear * _CELL).astype(np.float32)  # [y, x], metres to what is nearest

    def room(self, at: np.ndarray) -> float:
        """Metres from a point to the nearest thing, wall or edge; 0 where nobody can stand."""
        column, row = np.floor((np.asarray(at)[:2] + _REACH) / _CELL).astype(int)
        if not (0 <= row < len(self.clear) and 0 <= column < len(self.clear)):
            return 0.0
        return float(self.clear[row, column])

    def nearest(self, at: np.ndarray, taken: list[np.ndarray]) -> np.ndarray:
        """The nearest place where a person can stand, away from those whose places are ``taken``."""

        def fits(place: np.ndarray) -> bool:
            return self.room(place) >= ROOM and all(np.hypot(*(place - other)) >= APART for other in taken)

        if fits(at):
            return at
        rows, columns = np.nonzero(self.clear >= ROOM)
        places = np.stack([columns, rows], -1) * _CELL + (_CELL / 2 - _REACH)
        for other in taken:
            places = places[np.hypot(*(places - other).T) >= APART]
        if not len(places):  # no room for one more: as free as it gets
            row, column = np.unravel_index(int(np.argmax(self.clear)), self.clear.shape)
            return np.array((column, row)) * _CELL + (_CELL / 2 - _REACH)
        away = np.hypot(*(places - at).T) + 1e-3 * np.abs(places[:, 1] - at[1])
        return places[int(np.argmin(away))]

    def reached(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """How far one gets on foot from ``start`` straight towards ``end``, float64[2]."""
        way = np.asarray(end, float) - start
        steps = max(int(np.hypot(*way) / _CELL), 1)
        got = np.asarray(start, float)
        for step in range(1, steps + 1):
            place = start + way * (step / steps)
            if np.abs(place).max() < _REACH - _CELL and self.room(place) < 0.75 * ROOM:
                return got
            got = place
        return got


def _draw(cells: np.ndarray, corners: np.ndarray) -> None:
    """Fill the triangles float[N, 3, 3] as seen from above."""
    import cv2

    spots = (corners[..., :2] + _REACH) / _CELL
    near = (spots.max(axis=1) > 0).all(axis=1) & (spots.min(axis=1) < len(cells)).all(axis=1)
    whole = np.clip(np.floor(spots[near]), -30000, 30000).astype(np.int32)
    for triangle in np.unique(whole.reshape(-1, 6), axis=0).reshape(-1, 3, 2):
        cv2.fillConvexPoly(cells, triangle, 1)


@functools.lru_cache(maxsize=64)
def floor_of(place: Seen, interior: Interior) -> Floor:
    """The floor of a place."""
    return Floor(build_set(place, interior))  # type: ignore[arg-type]


@functools.lru_cache(maxsize=256)
def marks_of(count: int, place: Seen, interior: Interior) -> tuple[np.ndarray, ...]:
    """Where ``count`` people stand in a place, in order of appearance, float64[2] each."""
    floor = floor_of(place, interior)  # type: ignore[arg-type]
    slots = [np.array(slot) for slot in (_SLOTS if count > 1 else ((0.0, 0.0),))]
    while len(slots) < count:
        slots.append(slots[-9] + (0.0, 1.2))
    centre = _centre(floor, slots[: min(count, 2)])
    found: list[np.ndarray] = []
    for slot in slots[:count]:
        found.append(floor.nearest(slot + centre, found))
    return tuple(found)


def _centre(floor: Floor, pair: list[np.ndarray]) -> np.ndarray:
    """How far the scene moves so that its first two have room: not at all, where that can be."""
    if all(floor.room(slot) >= ROOM for slot in pair):
        return np.zeros(2)
    offsets = [np.array((x, y)) for x in np.arange(-3, 3.01, 0.1) for y in np.arange(-3, 3.01, 0.1)]
    offsets.sort(key=lambda offset: (round(float(np.hypot(*offset)), 6), offset[1], offset[0]))
    fits = (o for o in offsets if all(floor.room(slot + o) >= ROOM for slot in pair))
    return next(fits, np.zeros(2))
