"""The bench that sets are built on: looks from the words of the place, pieces on their marks, spots and lamps."""

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, finish, linear
from render.previz.look.light import Lamp
from render.previz.sets.design import GROUND, HIGH, LOW, PRACTICAL, Area, Piece, SetDesign, Spot, SpotKind, Wall, Window
from render.previz.sets.rows import part_of
from render.previz.solid import Solid, join, placed


def place_text(place: Seen) -> str:
    """Everything that is said about a place, in lower case."""
    return " ".join([place.name, place.descriptor, *(words for _, words in place.locked)]).lower()


def says(text: str, *words: str) -> bool:
    """Whether the text has a word that begins with one of these."""
    return any(re.search(rf"\b{word}", text) for word in words)


def tone(look: Finish, share: float) -> Finish:
    """The same finish, lighter or darker."""
    red, green, blue = (min(share * c, 0.95) for c in look.colour)
    return replace(look, colour=(red, green, blue))


@functools.lru_cache(maxsize=1024)
def paint(colour: str, shine: float = 0.0, glow: float = 0.0) -> Finish:
    """A finish of one sRGB colour that no locked word speaks of."""
    red, green, blue = linear(colour)
    return Finish((float(red), float(green), float(blue)), shine, glow)


class Builder:
    """Collects a set. Chance comes from the place's name alone."""

    def __init__(self, place: Seen, chance: np.random.Generator) -> None:
        self.place, self.chance, self.text = place, chance, place_text(place)
        self.floor: list[Solid] = []
        self.pieces: list[Piece] = []
        self.spots: list[Spot] = []
        self.lamps: list[Lamp] = []
        self.windows: list[Window] = []
        self.walls: tuple[Wall, ...] = ()
        self.half: tuple[float, float] | None = None
        self.top = 0.0
        self.ceiling: Solid | None = None

    def says(self, *words: str) -> bool:
        return says(self.text, *words)

    def look(self, parts: str, default: str | Finish, shine: float = 0.0, glow: float = 0.0) -> Finish:
        """How a part looks: as locked under the first of ``parts`` (``sofa furniture``) that the bible names."""
        if number := part_of(self.place.locked, parts):
            words = self.place.locked[number - 1][1]
            found = finish(words, default if isinstance(default, str) else "#9a9a96")
            return replace(found, shine=max(found.shine, shine), glow=glow, part=number)
        return paint(default, shine, glow) if isinstance(default, str) else default

    def pick(self, *colours: str) -> str:
        """One of these, by chance."""
        return colours[int(self.chance.integers(len(colours)))]

    def between(self, low: float, high: float) -> float:
        return float(self.chance.uniform(low, high))

    def add(
        self, solids: Sequence[Solid], wall: int | None = None, *, shade: bool = True, radius: float | None = None
    ) -> None:
        """One piece, where it stands in the world; with ``wall`` it goes when that wall goes."""
        solid = join(solids)
        low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
        middle = (low + high) / 2
        reach = float(np.hypot(*(high - low)[:2])) / 2 if radius is None else radius
        at = (float(middle[0]), float(middle[1]), float(middle[2]))
        self.pieces.append(Piece(solid, at, reach, wall, shade, _areas(solids)))

    def put(
        self, solids: Sequence[Solid], x: float, y: float, facing: float = 0.0, wall: int | None = None, z: float = 0.0
    ) -> None:
        """A thing built around the origin with its front to +x, at its place."""
        where = placed(x, y, z, facing)
        self.add([solid.moved(where) for solid in solids], wall)

    def ground(self, *solids: Solid) -> None:
        """What is walked on, and lies on it without height."""
        self.floor.extend(solids)

    def seat(self, name: str, x: float, y: float, z: float, facing: float) -> None:
        self.spots.append(Spot(name, SpotKind.SEAT, (x, y, z), facing))

    def spot(self, name: str, kind: SpotKind, x: float, y: float, z: float, facing: float = 0.0) -> None:
        self.spots.append(Spot(name, kind, (x, y, z), facing))

    def lamp(
        self, x: float, y: float, z: float, colour: str = "#ffd9a8", gain: float = 1.0, reach: float = 2.2
    ) -> None:
        red, green, blue = linear(colour) * gain
        self.lamps.append(Lamp((x, y, z), (float(red), float(green), float(blue)), reach))

    def bulb(self, colour: str = "#ffe2b0") -> Finish:
        """The finish of something that gives light when it is on."""
        return paint(colour, 0.2, PRACTICAL)

    def design(self, *, inside: bool, **more: object) -> SetDesign:
        return SetDesign(
            join(self.floor),
            tuple(self.pieces),
            self.walls,
            inside,
            self.half,
            self.ceiling,
            self.top,
            spots=tuple(self.spots),
            windows=tuple(self.windows),
            lamps=tuple(self.lamps),
            **more,  # type: ignore[arg-type]
        )


def _areas(solids: Sequence[Solid]) -> tuple[Area, ...]:
    found = []
    for solid in solids:
        low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
        if high[2] > LOW and low[2] < HIGH:
            found.append(Area((float(low[0]), float(low[1])), (float(high[0]), float(high[1]))))
    return tuple(found)


def sheet(points: np.ndarray, look: Finish, entity: int = GROUND) -> Solid:
    """A flat convex polygon, float[N, 3] counter-clockwise seen from its front."""
    points = np.asarray(points, np.float32)
    count = len(points) - 2
    faces = np.stack([np.zeros(count), np.arange(1, count + 1), np.arange(2, count + 2)], -1).astype(np.int32)
    normal = np.cross(points[1] - points[0], points[2] - points[0])
    normal /= max(float(np.linalg.norm(normal)), 1e-9)
    return mesh(points, np.tile(normal, (len(points), 1)), faces, look, entity)


def mesh(
    vertices: np.ndarray,
    normals: np.ndarray,
    faces: np.ndarray,
    look: Finish,
    entity: int,
    colours: np.ndarray | None = None,
) -> Solid:
    """Triangles of one finish; ``colours`` float32[F, 3] where each has its own."""
    count = len(faces)
    return Solid(
        vertices.astype(np.float32),
        normals.astype(np.float32),
        faces.astype(np.int32),
        np.tile(np.asarray(look.colour, np.float32), (count, 1)) if colours is None else colours.astype(np.float32),
        np.full(count, look.shine, np.float32),
        np.full(count, look.glow, np.float32),
        np.full(count, entity, np.int32),
        np.full(count, look.part, np.int32),
        np.full(count, int(look.weave), np.int32),
        vertices.astype(np.float32),
    )


def patch(x: float, y: float, wide: float, deep: float, z: float, look: Finish, turn: float = 0.0) -> Solid:
    """A rectangle on the floor."""
    return blot(x, y, wide / np.sqrt(2), deep / np.sqrt(2), z, look, turn, corners=4)


def blot(
    x: float,
    y: float,
    rx: float,
    ry: float,
    z: float,
    look: Finish,
    turn: float = 0.0,
    *,
    corners: int = 9,
    chance: np.random.Generator | None = None,
) -> Solid:
    """A round spot on the floor, uneven where ``chance`` is given."""
    angles = 2 * np.pi * (np.arange(corners) + 0.5) / corners
    spread = 1.0 if chance is None else chance.uniform(0.75, 1.15, corners)
    px, py = rx * spread * np.cos(angles), ry * spread * np.sin(angles)
    c, s = np.cos(turn), np.sin(turn)
    return sheet(np.stack([x + c * px - s * py, y + s * px + c * py, np.full(corners, z)], -1), look)
