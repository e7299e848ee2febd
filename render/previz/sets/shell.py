"""The shell of a room: floor, wild walls with windows and doors, what is seen through them, and a ceiling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from render.previz.colours import Finish
from render.previz.sets.builder import Builder, paint, sheet, tone
from render.previz.sets.design import DRESSING, GROUND, HOMELY, PANE, VISTA, WALLS, SpotKind, Wall, Window
from render.previz.solid import Solid, box, join

NORTH, SOUTH, EAST, WEST = range(4)  # +y, −y, +x, −x: the usual camera stands in the south
_COMPASS = {"north": NORTH, "south": SOUTH, "east": EAST, "west": WEST}
_THICK = 0.12


@dataclass(frozen=True)
class Opening:
    """A window or a door in a wall: its middle along the wall, its sill, width and height, metres."""

    along: float
    width: float = 1.2
    height: float = 1.25
    sill: float = 0.95
    door: bool = False
    bars: tuple[int, int] = (2, 2)
    name: str = "door"
    curtains: bool = False


@dataclass(frozen=True)
class Shell:
    """The measures and looks of a room."""

    half: tuple[float, float]
    top: float
    wall: Finish
    floor: Finish
    trim: Finish
    openings: Mapping[int, Sequence[Opening]] = field(default_factory=dict)
    boards: float = 0.42  # width of floor boards; 0: one piece; negative: square tiles of that size
    panel: Finish | None = None  # wainscot up to 0.95 m
    view: str = "garden"
    ceiling: Finish | None = None
    beams: bool = False


def windows_told(builder: Builder, usual: Sequence[int]) -> tuple[int, ...]:
    """The walls that have windows: as the place says (``one window to the east``), else the usual ones."""
    told = tuple(wall for word, wall in _COMPASS.items() if builder.says(word))
    return told if told and builder.says("window") else tuple(usual)


def build_shell(builder: Builder, shell: Shell) -> None:
    """Put up floor, walls and ceiling, and say where their windows and doors are."""
    hx, hy = shell.half
    builder.half, builder.top = shell.half, shell.top
    builder.walls = (Wall((0, -1), hy), Wall((0, 1), hy), Wall((-1, 0), hx), Wall((1, 0), hx))
    builder.ground(*_floor(shell))
    for index, wall in enumerate(builder.walls):
        wide = 2 * hy if wall.normal[0] else 2 * hx
        raise_wall(builder, index, wide, shell, shell.openings.get(index, ()))
    look = shell.ceiling or tone(shell.wall, 0.85)
    ceiling = [box((2 * hx, 2 * hy, 0.1), (0, 0, shell.top + 0.05), look, WALLS)]
    if shell.beams:
        ceiling += [
            box((0.16, 2 * hy, 0.2), (float(x), 0, shell.top - 0.1), shell.trim, WALLS)
            for x in np.linspace(-hx + 0.7, hx - 0.7, max(2, round(hx / 0.75)))
        ]
    builder.ceiling = join(ceiling)


class Face:
    """A wall's own coordinates: u to the right seen from inside, z up, d metres into the room."""

    def __init__(self, wall: Wall) -> None:
        nx, ny = wall.normal
        self.normal = np.array((nx, ny, 0.0))
        self.right = np.array((-ny, nx, 0.0))
        self.origin = -wall.distance * self.normal
        self.turn = np.stack([self.right, -self.normal, np.array((0, 0, 1.0))], axis=1)

    def at(self, u: float, z: float, d: float) -> tuple[float, float, float]:
        x, y, height = self.origin + u * self.right + d * self.normal + np.array((0, 0, z))
        return float(x), float(y), float(height)

    @property
    def facing(self) -> float:
        """Into the room, radians."""
        return float(np.arctan2(self.normal[1], self.normal[0]))

    def box(self, u: float, z: float, d: float, size: tuple[float, float, float], look: Finish, entity: int) -> Solid:
        """A box of this width, height and thickness, its middle at u, z, d."""
        extents = (size[0], size[2], size[1])
        return box(extents, self.at(u, z, d), look, entity, turn=self.turn.round(12))

    def sheet(self, u: float, z: float, d: float, size: tuple[float, float], look: Finish) -> Solid:
        """A rectangle of this width and height that looks into the room."""
        (w, h), corners = size, ((-1, -1), (1, -1), (1, 1), (-1, 1))
        return sheet(np.array([self.at(u + sx * w / 2, z + sz * h / 2, d) for sx, sz in corners]), look, DRESSING)


def raise_wall(builder: Builder, index: int, wide: float, shell: Shell, openings: Sequence[Opening]) -> None:
    """One wall with its openings, trim, and the world behind its windows."""
    face, top = Face(builder.walls[index]), shell.top
    solids: list[Solid] = []
    start = -wide / 2 - (_THICK if builder.walls[index].normal[0] == 0 else 0.0)
    end = -start

    def wall(left: float, right: float, low: float, high: float) -> None:
        if right - left > 1e-3 and high - low > 1e-3:
            size = (right - left, high - low, _THICK)
            solids.append(face.box((left + right) / 2, (low + high) / 2, -_THICK / 2, size, shell.wall, WALLS))

    for opening in sorted((o for o in openings if not o.door), key=lambda o: o.along):
        left, right = opening.along - opening.width / 2, opening.along + opening.width / 2
        wall(start, left, 0, top)
        wall(left, right, 0, opening.sill)
        wall(left, right, opening.sill + opening.height, top)
        start = right
    wall(start, end, 0, top)
    clear = _clear(wide, [o for o in openings if o.door])
    for left, right in clear:
        size = (right - left, 0.11, 0.008)  # too thin for its upper edge to be drawn
        solids.append(face.box((left + right) / 2, 0.055, 0.004, size, shell.trim, WALLS))
        if shell.panel is not None:
            solids.append(face.box((left + right) / 2, 0.53, 0.006, (right - left, 0.84, 0.012), shell.panel, WALLS))
            solids.append(face.box((left + right) / 2, 0.97, 0.02, (right - left, 0.05, 0.04), shell.trim, WALLS))
    for opening in openings:
        solids += _door(builder, face, opening, shell) if opening.door else _window(face, opening, shell)
        if not opening.door:
            size = (opening.width, opening.height)
            builder.windows.append(Window(index, opening.along, opening.sill + opening.height / 2, size))
    if any(not opening.door for opening in openings):
        solids += view_behind(builder, face, wide, top, shell.view)
    builder.add(solids, index, shade=False, radius=wide)


def _clear(wide: float, doors: Sequence[Opening]) -> list[tuple[float, float]]:
    """Stretches of wall between its doors."""
    edges = [-wide / 2]
    for door in sorted(doors, key=lambda d: d.along):
        edges += [door.along - door.width / 2 - 0.08, door.along + door.width / 2 + 0.08]
    edges.append(wide / 2)
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 0.02]


def _door(builder: Builder, face: Face, opening: Opening, shell: Shell) -> list[Solid]:
    """A closed door in its frame."""
    leaf = builder.look("door", tone(shell.trim, 1.25))
    u, w, h = opening.along, opening.width, opening.height
    builder.spot(opening.name, SpotKind.DOOR, *face.at(u, 0.0, 0.3), face.facing)
    solids = [
        face.box(u, h / 2, 0.015, (w, h, 0.03), leaf, DRESSING),
        *(
            face.box(u + s * (w / 2 + 0.04), h / 2 + 0.02, 0.025, (0.08, h + 0.04, 0.05), shell.trim, WALLS)
            for s in (-1, 1)
        ),
        face.box(u, h + 0.04, 0.025, (w + 0.16, 0.08, 0.05), shell.trim, WALLS),
        face.box(u + w / 2 - 0.09, 1.02, 0.06, (0.05, 0.05, 0.06), paint("#b5892f", 0.6), DRESSING),
    ]
    for low, high in ((0.18, 0.88), (1.12, h - 0.16)):
        panel = (0.66 * w, high - low, 0.012)
        solids.append(face.box(u, (low + high) / 2, 0.034, panel, tone(leaf, 0.86), DRESSING))
    return solids


def _window(face: Face, opening: Opening, shell: Shell) -> list[Solid]:
    """Frame, bars, sill and curtains; the opening itself is open."""
    u, z, w, h = opening.along, opening.sill + opening.height / 2, opening.width, opening.height
    trim = tone(shell.trim, 1.15)
    solids = [
        *(face.box(u + s * (w / 2 + 0.03), z, -0.03, (0.07, h + 0.14, 0.12), trim, WALLS) for s in (-1, 1)),
        *(face.box(u, z + s * (h / 2 + 0.03), -0.03, (w + 0.02, 0.07, 0.12), trim, WALLS) for s in (-1, 1)),
        face.box(u, opening.sill - 0.05, 0.06, (w + 0.24, 0.04, 0.14), trim, WALLS),
    ]
    columns, rows = opening.bars
    solids += [face.box(u - w / 2 + w * k / columns, z, -0.05, (0.04, h, 0.04), trim, WALLS) for k in range(1, columns)]
    solids += [face.box(u, z - h / 2 + h * k / rows, -0.05, (w, 0.04, 0.04), trim, WALLS) for k in range(1, rows)]
    return solids


def curtain(builder: Builder, index: int, opening: Opening, look: Finish) -> None:
    """Curtains drawn aside, and their rail."""
    face = Face(builder.walls[index])
    high = opening.sill + opening.height + 0.14
    low = 0.08 if opening.sill < 0.7 else opening.sill - 0.22
    solids = [
        face.box(opening.along, high + 0.03, 0.1, (opening.width + 0.8, 0.035, 0.035), paint("#4a3a2c"), DRESSING)
    ]
    for side in (-1, 1):
        for fold in range(4):
            u = opening.along + side * (opening.width / 2 - 0.02 + 0.1 * fold)
            shade = tone(look, 0.86 if fold % 2 else 1.04)
            depth = 0.09 + 0.03 * (fold % 2)
            solids.append(face.box(u, (low + high) / 2, depth, (0.1, high - low, 0.03), shade, DRESSING))
    builder.add(solids, index, shade=False)


def view_behind(builder: Builder, face: Face, wide: float, top: float, view: str) -> list[Solid]:
    """The world as seen through a wall's windows: sky, a distance, and something near, one behind the other."""
    reach = wide + 9.0
    across = reach + 16.0 if len(builder.walls) == 4 else wide + 7.0  # round rooms: their neighbours go on
    sky = face.box(0, top / 2 + 1.2, -5.0, (across, top + 9.5, 0.02), Finish((0.5, 0.5, 0.5), 0.0, PANE), DRESSING)

    def flat(u: float, z: float, d: float, w: float, h: float, colour: str, glow: float = VISTA) -> Solid:
        return face.sheet(u, z, d, (w, h), paint(colour, 0.0, glow))

    solids = [sky]
    if view == "sky":
        for _ in range(9):
            u, z, w = builder.between(-0.5, 0.5) * reach, builder.between(0.3, 2.4), builder.between(0.8, 2.0)
            solids.append(flat(u, z, -4.9, w, 0.22 * w, "#eef1f4"))
            solids.append(flat(u + 0.2 * w, z + 0.14 * w, -4.88, 0.6 * w, 0.18 * w, "#f6f8fa"))
        return solids
    if view == "sea":
        solids += [
            flat(0, -1.4, -4.9, across, 5.6, "#52788c"),
            flat(0, -1.9, -4.7, across, 5.0, "#446c82"),
            flat(0, -2.6, -4.5, across, 4.4, "#3a5f76"),
        ]
        at = builder.between(-0.3, 0.3) * wide
        solids.append(flat(at, 1.5, -4.85, 0.9, 0.16, "#5d6d78"))
        return solids
    if view == "stars":
        solids[0] = face.sheet(0, top / 2, -5.0, (across, top + 9.5), paint("#05060c"))
        for _ in range(40):
            u, z = builder.between(-0.5, 0.5) * reach, builder.between(-0.2, 1.1) * top
            size = builder.between(0.02, 0.045)
            solids.append(flat(u, z, -4.9, size, size, "#f2f4ff", 0.5))
        return solids
    if view == "town":
        u = -reach / 2
        while u < reach / 2:
            w, h = builder.between(1.1, 2.2), builder.between(1.3, 2.6)
            tint = builder.pick("#a08c7c", "#8f949b", "#b3a690", "#96786a")
            depth = -4.6 + builder.between(0, 0.4)
            solids.append(flat(u + w / 2, h / 2 - 0.4, depth, w, h + 0.8, tint))
            for row in range(int(h / 0.6)):
                for col in range(int(w / 0.5)):
                    at = (u + 0.3 + 0.5 * col, 0.45 + 0.6 * row, depth + 0.04)
                    look = paint("#46505c", 0.0, HOMELY if builder.chance.random() < 0.45 else VISTA)
                    solids.append(face.sheet(*at, (0.2, 0.3), look))
            u += w + 0.05
        solids.append(flat(0, -0.4, -3.0, reach, 1.6, "#77736c"))
        return solids
    green = builder.pick("#7d9358", "#87985f")
    solids.append(flat(0, -0.3, -4.8, across, 3.0, "#93a58c"))
    solids.append(flat(0, -0.9, -4.4, across, 3.4, green))
    u = -reach / 2
    while u < reach / 2:
        h = builder.between(1.6, 2.9)
        depth = -3.9 + builder.between(-0.3, 0.9)
        leaf = builder.pick("#5a7442", "#64804a", "#4f6a3e")
        solids.append(flat(u, 0.5, depth, 0.14, 1.6, "#5b4a36"))
        solids.append(flat(u, h - 0.35, depth + 0.02, 1.0, 0.9, leaf))
        solids.append(flat(u + 0.1, h + 0.1, depth + 0.04, 0.62, 0.6, leaf))
        u += builder.between(1.3, 2.6)
    return solids


def _floor(shell: Shell) -> list[Solid]:
    """Boards or tiles in few tones: seams would be thinner than a pixel a few metres away."""
    hx, hy = shell.half
    if not shell.boards:
        return [box((2 * hx, 2 * hy, 0.1), (0, 0, -0.05), shell.floor, GROUND)]
    if shell.boards > 0:
        count = max(2, round(2 * hy / shell.boards))
        wide = 2 * hy / count
        tones = [tone(shell.floor, share) for share in (1.03, 0.93, 1.0, 0.96)]
        return [
            box(
                (2 * hx, wide, 0.1),
                (0, -hy + wide * (row + 0.5), -0.05),
                tones[row % 4 if row % 8 < 4 else 3 - row % 4],
                GROUND,
            )
            for row in range(count)
        ]
    size = -shell.boards
    nx, ny = max(2, round(2 * hx / size)), max(2, round(2 * hy / size))
    wx, wy = 2 * hx / nx, 2 * hy / ny
    tones = [tone(shell.floor, share) for share in (1.06, 0.86)]
    return [
        box((wx, wy, 0.1), (-hx + wx * (i + 0.5), -hy + wy * (j + 0.5), -0.05), tones[(i + j) % 2], GROUND)
        for i in range(nx)
        for j in range(ny)
    ]
