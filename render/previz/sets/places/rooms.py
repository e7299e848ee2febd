"""What rooms share: a shell with its usual looks, light fittings, and things on the walls."""

from collections.abc import Sequence

import numpy as np

from render.previz.colours import Finish
from render.previz.sets import furniture as f
from render.previz.sets.builder import Builder, paint, patch, tone
from render.previz.sets.design import DRESSING
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening, Shell, build_shell, curtain, windows_told
from render.previz.solid import box

_LINES = {NORTH: (0, 1), SOUTH: (0, -1), EAST: (1, 0), WEST: (-1, 0)}


def view_of(builder: Builder, usual: str) -> str:
    """What lies outside the windows, by the place's words."""
    if builder.says("lighthouse", "harbou?r", "sea", "coast", "island", "beach", "ship", "boat", "ocean", "pier"):
        return "sea"
    if builder.says("space", "rocket", "orbit", "moon", "starship"):
        return "stars"
    if builder.says("city", "town", "hotel", "street", "tower", "apartment", "flat", "downtown", "motel"):
        return "town"
    if builder.says("country", "farm", "garden", "cabin", "cottage", "village", "forest", "hut"):
        return "garden"
    return usual


def shell(
    builder: Builder,
    half: tuple[float, float],
    *,
    top: float = 2.75,
    wall: str = "#cfc6b4",
    floor: str = "#8a6a4c",
    trim: str = "#6d5844",
    windows: dict[int, Sequence[Opening]] | None = None,
    doors: dict[int, float] | None = None,
    boards: float = 0.42,
    panel: str | None = None,
    view: str = "garden",
    beams: bool = False,
    curtains: str | None = None,
) -> Shell:
    """A shell in the usual looks, or in those that are locked. ``doors``: wall → place along it."""
    windows = windows or {}
    told = windows_told(builder, tuple(windows))
    if told != tuple(windows):
        shapes = next(iter(windows.values()), (Opening(0.0),))
        one = builder.says("one window", "a window", "single window")
        windows = dict.fromkeys(told, shapes[:1] if one else shapes)
        if one:
            windows = {
                w: (Opening(0.0, s[0].width, s[0].height, s[0].sill, bars=s[0].bars),) for w, s in windows.items()
            }
    openings: dict[int, list[Opening]] = {index: list(shapes) for index, shapes in windows.items()}
    for index, along in (doors or {}).items():
        free = [o for o in openings.get(index, []) if abs(o.along - along) > 0.6 + o.width / 2]
        openings[index] = [*free, Opening(along, 0.9, 2.05, 0.0, door=True)]
    made = Shell(
        half,
        top,
        builder.look("wall", wall),
        builder.look("floor ground", floor),
        builder.look("trim frame", trim),
        openings,
        boards,
        builder.look("panel wainscot", panel) if panel else None,
        view_of(builder, view),
        builder.look("ceiling", tone(builder.look("wall", wall), 1.0)),
        beams,
    )
    build_shell(builder, made)
    if curtains is not None:
        look = builder.look("curtain drape", curtains)
        for index, shapes in openings.items():
            for opening in shapes:
                if not opening.door:
                    curtain(builder, index, opening, look)
    return made


def by_wall(builder: Builder, solids: list, index: int, along: float, deep: float) -> tuple[float, float, float]:
    """Put a thing with its back to a wall; returns where it stands and which way it faces."""
    wall = builder.walls[index]
    face = Face(wall)
    x, y, _ = face.at(along, 0.0, deep / 2 + 0.02)
    builder.put(solids, x, y, face.facing, wall=index)
    return x, y, face.facing


def picture(
    builder: Builder, index: int, along: float, z: float, size: tuple[float, float], look: str | None = None
) -> None:
    """A framed picture of some land under some sky."""
    face = Face(builder.walls[index])
    w, h = size
    sky, land = builder.pick("#b9c7cf", "#d8c9a8", "#93a8b8"), builder.pick("#6f7d55", "#4f6b7d", "#8c5f45")
    solids = [
        face.box(
            along,
            z,
            0.015,
            (w + 0.1, h + 0.1, 0.03),
            paint(look or builder.pick("#4a3524", "#b5892f", "#2b2b2d")),
            DRESSING,
        ),
        face.box(along, z + 0.14 * h, 0.033, (w, 0.7 * h, 0.008), paint(sky), DRESSING),
        face.box(along, z - 0.28 * h, 0.034, (w, 0.44 * h, 0.008), paint(land), DRESSING),
        face.box(along - 0.15 * w, z - 0.02 * h, 0.036, (0.3 * w, 0.18 * h, 0.008), tone(paint(land), 0.7), DRESSING),
    ]
    builder.add(solids, index, shade=False)


def flat_on(
    builder: Builder, index: int, along: float, z: float, size: tuple[float, float], look: Finish, d: float = 0.02
) -> None:
    """A board, mirror or notice on a wall."""
    face = Face(builder.walls[index])
    builder.add([face.box(along, z, d, (*size, 2 * d), look, DRESSING)], index, shade=False)


def rug(builder: Builder, x: float, y: float, wide: float, deep: float, colour: str) -> None:
    """A rug with a border."""
    look = builder.look("rug carpet", colour)
    builder.ground(
        patch(x, y, wide, deep, 0.006, tone(look, 0.7)),
        patch(x, y, wide - 0.24, deep - 0.24, 0.009, look),
        patch(x, y, wide - 0.9, deep - 0.8, 0.012, tone(look, 1.22)),
    )


def hanging(builder: Builder, x: float, y: float, z: float = 2.05, gain: float = 1.0, reach: float = 2.6) -> None:
    """A pendant lamp that burns after dark."""
    builder.add(f.pendant(builder, x, y, builder.top, z), shade=False)
    builder.lamp(x, y, z - 0.08, gain=gain, reach=reach)


def standing(builder: Builder, x: float, y: float, wall: int | None = None) -> None:
    """A floor lamp that burns after dark."""
    builder.put(f.floor_lamp(builder), x, y, wall=wall)
    builder.lamp(x, y, 1.5, "#ffcf96", 1.0, 1.6)


def tubes(builder: Builder, xs: Sequence[float], long: float, *, colour: str = "#eaf4ff", gain: float = 0.55) -> None:
    """Strip lights under the ceiling, each ``long`` in y."""
    look = builder.bulb("#f2f8ff")
    for x in xs:
        builder.add([box((0.22, long, 0.05), (x, 0, builder.top - 0.06), look, DRESSING)], shade=False, radius=0.0)
    for x in np.linspace(min(xs), max(xs), min(len(xs), 3)):
        builder.lamp(float(x), 0.0, builder.top - 0.2, colour, gain, 3.2)
