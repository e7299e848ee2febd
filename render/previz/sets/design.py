"""What a set is made of: pieces that can be taken out, wild walls, and where one can sit, stand and go."""

from dataclasses import dataclass
from enum import StrEnum

from render.previz.look.light import Lamp
from render.previz.solid import Solid

GROUND = -1  # entity ids: negative is the set
WALLS = -2
DRESSING = -3

# Glows above 1 are told apart by what they follow; all but PANE are settled when the set is lit (lit_set.py).
PANE = 2.0  # the colour of the light outside, whatever it is
PRACTICAL = 3.0  # a lamp: gives light when it is on
HOMELY = 4.0  # a window of a house: dark glass by day, lamplight behind it by night
VISTA = 5.0  # what is seen through a window: as bright as it is outside, whatever burns inside
CLOUD = 6.0  # a cloud, in the colours of the sky

LOW, HIGH = 0.2, 1.9  # metres: lower things are stepped over, higher ones walked under


class SpotKind(StrEnum):
    """What one can do at a spot."""

    SEAT = "seat"
    BED = "bed"
    TABLE = "table"
    DOOR = "door"


@dataclass(frozen=True)
class Spot:
    """A place in the set that acting can use.

    ``at`` in metres: the middle of the seat, bed or table top at its height, of a door at its sill; ``facing`` in
    radians: which way one looks who sits there, or comes in at the door.
    """

    name: str
    kind: SpotKind
    at: tuple[float, float, float]
    facing: float


@dataclass(frozen=True)
class Area:
    """Ground that something solid stands on: a box along the axes, metres."""

    low: tuple[float, float]
    high: tuple[float, float]

    def clearance(self, x: float, y: float) -> float:
        """Metres from a point to this box; 0 within."""
        dx = max(self.low[0] - x, 0.0, x - self.high[0])
        dy = max(self.low[1] - y, 0.0, y - self.high[1])
        return float((dx * dx + dy * dy) ** 0.5)


@dataclass(frozen=True)
class Piece:
    """A part of the set that can be taken out: where it is, how far it reaches, and the wall it belongs to."""

    solid: Solid
    at: tuple[float, float, float]
    radius: float
    wall: int | None = None
    blocks_light: bool = True
    areas: tuple[Area, ...] = ()  # what of it is in a person's way


@dataclass(frozen=True)
class Wall:
    """A wild wall: its inner normal and its distance from the origin along it."""

    normal: tuple[float, float]
    distance: float


@dataclass(frozen=True)
class Window:
    """An opening that daylight falls in by: its wall, and its middle and size on it in metres."""

    wall: int
    along: float  # to the right of the wall's middle, seen from inside
    height: float
    size: tuple[float, float]


@dataclass(frozen=True)
class SetDesign:
    """A whole set. ``half`` is half its size in x and y where it has walls."""

    floor: Solid
    pieces: tuple[Piece, ...]
    walls: tuple[Wall, ...]
    inside: bool
    half: tuple[float, float] | None
    ceiling: Solid | None = None
    top: float = 0.0  # how high the walls are, metres
    vista: float = 14.0  # how far back an establishing shot stands
    kind: str = ""  # the row of the table of sets that it was built by
    spots: tuple[Spot, ...] = ()
    windows: tuple[Window, ...] = ()
    lamps: tuple[Lamp, ...] = ()  # practicals, at their full strength
    always_lit: bool = False  # lamps burn by day too
    airless: bool = False  # stars by day, no weather
    seated: bool = False  # people sit here: there is no room to stand
    cover: tuple[tuple[float, float, float], tuple[float, float, float]] | None = None  # a box that rain stays out of

    @property
    def solid_areas(self) -> tuple[Area, ...]:
        """Everything that is in a person's way."""
        return tuple(area for piece in self.pieces for area in piece.areas)

    def room(self, x: float, y: float) -> float:
        """Metres from a point to the nearest obstacle or wall; 0 where nobody can stand."""
        gaps = [area.clearance(x, y) for area in self.solid_areas]
        gaps += [max(wall.distance + x * wall.normal[0] + y * wall.normal[1], 0.0) for wall in self.walls]
        return min(gaps, default=float("inf"))
