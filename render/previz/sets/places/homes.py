"""Where people live: living room, bedroom, kitchen, bathroom, dining room, attic, cellar, hall of a house."""

import numpy as np

from render.previz.sets import furniture as f
from render.previz.sets.builder import Builder, paint, tone
from render.previz.sets.design import DRESSING, SetDesign, SpotKind
from render.previz.sets.places.rooms import by_wall, flat_on, hanging, picture, rug, shell, standing
from render.previz.sets.shell import EAST, NORTH, SOUTH, WEST, Face, Opening
from render.previz.solid import ball, box, tube


def room(b: Builder) -> SetDesign:
    """A living room: a sofa, a bookcase, a rug, pictures, lamps."""
    hx, hy = 3.2 + b.between(0, 0.5), 2.8 + b.between(0, 0.3)
    warm = b.pick("#cdbb9c", "#a9b3a2", "#c2a58c", "#9fabb5")
    shell(
        b,
        (hx, hy),
        wall=warm,
        floor=b.pick("#8a6a50", "#75604c"),
        trim="#e2d9c6",
        windows={
            EAST: (Opening(-1.3, 1.25, 1.35, 0.8), Opening(1.3, 1.25, 1.35, 0.8)),
            NORTH: (Opening(hx - 1.25, 1.1, 1.35, 0.8),),
        },
        doors={WEST: -1.3, SOUTH: 1.8},
        curtains=b.pick("#7d4a42", "#48605e", "#8a7340"),
        view=b.pick("garden", "town"),
    )
    cloth = b.look("sofa couch furniture", b.pick("#8c4a3f", "#4f6b6a", "#6b5f7d", "#9a7f42"))
    wood = b.look("furniture wood", b.pick("#6d4c32", "#7d5a3a"))
    rug(b, 0, 0.1, 3.0, 2.0, b.pick("#8c4c40", "#45606b", "#8a7748"))
    x, y, facing = by_wall(b, f.sofa(cloth), NORTH, -0.75, 0.86)
    for shift in (-0.5, 0.0, 0.5):
        b.seat("sofa", x + shift, y - 0.05, 0.43, facing)
    picture(b, NORTH, -1.1, 1.75, (0.9, 0.62))
    picture(b, NORTH, -0.15, 1.68, (0.42, 0.52))
    by_wall(b, f.bookcase(b, 1.7, wood), WEST, 1.3, 0.34)
    b.put(f.sofa(tone(cloth, 0.9), 0.95), 2.35, 1.5, np.radians(215))
    b.seat("armchair", 2.33, 1.48, 0.43, float(np.radians(215)))
    standing(b, hx - 0.4, hy - 0.4, EAST)
    by_wall(b, f.drawers(1.2, 0.82, wood), SOUTH, -1.1, 0.47)
    face = Face(b.walls[SOUTH])
    b.add([s.moved(_at(*face.at(-1.35, 0, 0.25))) for s in f.table_lamp(b, 0.82)], SOUTH)
    b.lamp(*face.at(-1.35, 1.15, 0.3), "#ffcf96", 0.7, 1.3)
    picture(b, SOUTH, -0.9, 1.62, (0.8, 0.56))
    by_wall(b, f.plant(b, 1.3), SOUTH, hx - 0.5, 0.5)
    by_wall(b, f.cupboard(1.1, 0.85, wood), EAST, 0.0, 0.47)
    if b.says("fireplace", "hearth", "fire"):
        by_wall(b, f.fireplace(b.look("fireplace hearth", "#8d8378")), SOUTH, 0.6, 0.5)
        b.lamp(*face.at(0.6, 0.4, 0.7), "#ff9a4a", 1.1, 1.6)
    if b.says("piano"):
        by_wall(b, f.piano(b.look("piano", "#231f1d", 0.4)), WEST, -0.2, 0.8)
    hanging(b, 0.0, 0.6, 2.15, 0.75)
    return b.design(inside=True)


def _at(x: float, y: float, z: float) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, 3] = (x, y, z)
    return matrix


def plain(b: Builder) -> SetDesign:
    """A room that nothing is known of: a table, chairs, a cupboard, a window, a door."""
    hx, hy = 3.2 + b.between(0, 0.5), 2.8 + b.between(0, 0.3)
    shell(
        b,
        (hx, hy),
        wall=b.pick("#c9c2b2", "#b3bab5", "#c4b49d", "#aab2bd"),
        floor=b.pick("#85694d", "#77706a"),
        trim="#70604f",
        windows={EAST: (Opening(0.2, 1.4, 1.3),), NORTH: (Opening(-1.5, 1.3, 1.3),)},
        doors={WEST: 0.4, SOUTH: -1.6},
        view=b.pick("garden", "town"),
    )
    wood, seat = b.look("furniture wood", "#7a5a3c"), b.look("chair furniture", b.pick("#8c4a3f", "#4f6b6a", "#7b6a8c"))
    f.table_with_chairs(b, 1.9, hy - 0.95, 0.9, 0.9, wood, seat, "ws")
    by_wall(b, f.cupboard(1.2, 1.9, wood), NORTH, 0.35, 0.47)
    by_wall(b, f.bookcase(b, 1.1, wood, 3), WEST, -1.6, 0.34)
    by_wall(b, f.drawers(1.1, 0.85, wood), SOUTH, 1.2, 0.47)
    picture(b, SOUTH, 1.2, 1.6, (0.7, 0.5))
    picture(b, WEST, 1.5, 1.6, (0.5, 0.65))
    by_wall(b, f.plant(b), EAST, 2.0, 0.5)
    hanging(b, 0.0, 0.6, 2.1)
    return b.design(inside=True)


def bedroom(b: Builder) -> SetDesign:
    """A bed with its head to the north wall, night tables with lamps, a wardrobe, a mirror."""
    hx, hy = 3.0 + b.between(0, 0.3), 2.8 + b.between(0, 0.2)
    shell(
        b,
        (hx, hy),
        wall=b.pick("#b7a9b5", "#a9b8bd", "#c9b79c", "#a8b39c"),
        floor="#94755a",
        trim="#e4dccb",
        windows={EAST: (Opening(-0.2, 1.5, 1.4, 0.75),)},
        doors={WEST: -1.4},
        curtains=b.pick("#8a6a7d", "#5f7d85", "#a4843f"),
        view=b.pick("garden", "town"),
    )
    wood = b.look("furniture wood", b.pick("#73513a", "#8a6a48"))
    cloth = b.look("bed blanket bedspread cover", b.pick("#7d4f5a", "#476a7a", "#5f6f4c"))
    wide = 0.95 if b.says("hostel", "single", "child", "boy", "girl", "monk", "dorm") else 1.5
    x = 1.05
    b.put(f.bed(cloth, wood, wide), x, hy - 1.12, -np.pi / 2, NORTH)
    b.spot("bed", SpotKind.BED, x, hy - 1.1, 0.5, -np.pi / 2)
    b.seat("edge of the bed", x - wide / 2 + 0.12, hy - 1.3, 0.5, np.pi)
    for side in (-1, 1):
        at = x + side * (wide / 2 + 0.35)
        b.put(f.drawers(0.48, 0.52, wood, 0.4, 2), at, hy - 0.24, -np.pi / 2, NORTH)
        b.put(f.table_lamp(b, 0.52), at, hy - 0.26, 0, NORTH)
        b.lamp(at, hy - 0.35, 0.85, "#ffcf96", 0.85, 1.3)
    picture(b, NORTH, x, 1.72, (0.95, 0.5))
    rug(b, -0.6, -0.3, 2.2, 1.5, b.pick("#9a8a72", "#7d6a7a"))
    by_wall(b, f.cupboard(1.5, 2.1, wood, 0.55), WEST, 1.3, 0.58)
    by_wall(b, f.drawers(1.2, 0.82, wood), SOUTH, -0.5, 0.47)
    flat_on(b, SOUTH, -0.5, 1.5, (0.7, 0.95), paint("#aebcc2", 0.6))
    by_wall(b, f.chair(wood, cloth), SOUTH, 1.6, 0.5)
    b.seat("chair", 1.6 if b.walls[SOUTH].normal[1] < 0 else -1.6, -hy + 0.3, 0.47, np.pi / 2)
    picture(b, EAST, 1.9, 1.6, (0.4, 0.55))
    by_wall(b, f.plant(b, 1.1), EAST, 2.2, 0.5)
    hanging(b, -0.6, 0.3, 2.2, 0.55)
    return b.design(inside=True)


def kitchen(b: Builder) -> SetDesign:
    """Units along the north wall with a sink and a stove, a dresser, a table with chairs."""
    hx, hy = 2.9 + b.between(0, 0.3), 2.6 + b.between(0, 0.25)
    if b.says("small", "tiny", "narrow"):
        hx, hy = hx - 0.25, hy - 0.1
    shell(
        b,
        (hx, hy),
        top=2.65,
        wall=b.pick("#d3c7a8", "#b9c4bb", "#cfc4b8"),
        floor=b.pick("#96775c", "#b9ab93"),
        trim="#e6decd",
        boards=0.4 if b.chance.random() < 0.5 else -0.5,
        windows={EAST: (Opening(0.25, 1.25, 1.15, 0.98),), NORTH: (Opening(0.35, 1.15, 1.0, 1.12),)},
        doors={WEST: -1.1, SOUTH: 1.3},
        view="garden",
    )
    front = b.look("cupboard unit furniture", b.pick("#5d7a78", "#a35a44", "#dcd3bd", "#6b7d5a"))
    wood = b.look("table furniture wood", "#93694a")
    iron, white = paint("#3b3f43"), paint("#e4ded0", 0.3)
    wide = 2 * hx - 1.5
    mid = -0.05
    b.put(f.counter(wide, front, b.look("counter worktop", "#8c6b48")), mid, hy - 0.33, -np.pi / 2, NORTH)
    b.put(f.stove(), mid + wide / 2 + 0.34, hy - 0.34, -np.pi / 2, NORTH)
    b.put(f.fridge(b.look("fridge", "#dfe3e0", 0.3)), -hx + 0.38, hy - 0.36, -np.pi / 2, NORTH)
    tall = [box((1.25, 0.34, 0.68), (-hx + 1.5, hy - 0.18, 1.9), front, DRESSING)]
    tall += [
        box((0.58, 0.02, 0.62), (-hx + 1.5 + s * 0.31, hy - 0.36, 1.9), tone(front, 1.12), DRESSING) for s in (-1, 1)
    ]
    b.add(tall, NORTH)
    hood = [
        box((0.62, 0.4, 0.14), (mid + wide / 2 + 0.34, hy - 0.22, 1.62), iron, DRESSING),
        tube(
            (mid + wide / 2 + 0.34, hy - 0.15, 1.68),
            (mid + wide / 2 + 0.34, hy - 0.15, 2.65),
            0.12,
            iron,
            DRESSING,
            detail=8,
        ),
    ]
    b.add(hood, NORTH)
    sink = [
        box((0.62, 0.42, 0.02), (0.35, hy - 0.33, 0.905), paint("#9aa3a8", 0.6), DRESSING),
        tube((0.35, hy - 0.13, 0.9), (0.35, hy - 0.13, 1.18), 0.018, paint("#b8bec4", 0.7), DRESSING, detail=6),
        tube((0.35, hy - 0.13, 1.17), (0.35, hy - 0.34, 1.14), 0.016, paint("#b8bec4", 0.7), DRESSING, detail=6),
    ]
    b.add(sink, NORTH)
    jars = [
        tube(
            (-0.75 + 0.17 * k, hy - 0.2, 0.9),
            (-0.75 + 0.17 * k, hy - 0.2, 1.04 + 0.05 * (k % 2)),
            0.055,
            paint(c),
            DRESSING,
            detail=8,
        )
        for k, c in enumerate(("#c9a24f", "#e4ded0", "#a4563c"))
    ]
    b.add(jars, NORTH)
    f.table_with_chairs(b, hx - 0.85, 0.55, 0.8, 1.2, wood, b.look("chair furniture", tone(wood, 0.9)), "wn")
    b.add(f.things_on(b, hx - 0.85, 0.6, 0.75, b.pick("bowl", "vase")))
    by_wall(b, f.cupboard(1.2, 0.9, wood), WEST, 0.8, 0.47)
    by_wall(b, _rack(b, wood), WEST, 0.8, 0.3)
    by_wall(b, f.cupboard(1.3, 0.92, front), SOUTH, -1.7, 0.47)
    picture(b, SOUTH, 0.25, 1.6, (0.45, 0.35))
    flat_on(b, EAST, -1.55, 1.6, (0.36, 0.5), paint("#e4ded0"))
    b.add(f.clock(-hx + 0.04, -0.35, 1.95, 0.17, white), WEST, shade=False)
    hanging(b, 0.2, 0.5, 1.98, 0.95, 2.5)
    return b.design(inside=True)


def _rack(b: Builder, wood: object) -> list:
    """Plates on two shelves above a cupboard."""
    solids = []
    for row in range(2):
        solids.append(f.block(0, 0, 1.25 + 0.38 * row, 0.24, 1.15, 0.035, wood))  # type: ignore[arg-type]
        for k in range(5):
            colour = b.pick("#dfe3e0", "#8fb0c0", "#d8c9a0", "#c27d5f")
            solids.append(
                tube(
                    (-0.02, -0.44 + 0.22 * k, 1.4 + 0.38 * row),
                    (0.0, -0.44 + 0.22 * k, 1.4 + 0.38 * row),
                    0.1,
                    paint(colour, 0.3),
                    DRESSING,
                    detail=10,
                )
            )
    return solids


def bathroom(b: Builder) -> SetDesign:
    """Tiles, a bath, a basin under a mirror, a toilet."""
    hx, hy = 2.35, 2.2
    shell(
        b,
        (hx, hy),
        top=2.6,
        wall=b.pick("#c5d4d2", "#d8d4c6", "#b7cbd3"),
        floor="#a8b0b0",
        trim="#eceae2",
        boards=-0.42,
        panel=b.pick("#7fa3a5", "#8fa7b8", "#e8e6de"),
        windows={EAST: (Opening(0.5, 0.7, 0.8, 1.35, bars=(1, 2)),)},
        doors={WEST: -0.9},
        view="garden",
    )
    white = b.look("bath tub basin sink toilet", "#eceae4", 0.5)
    b.put(f.bath(white), hx - 0.42, 0.9, 0, EAST)
    b.put(f.basin(white), -0.5, hy - 0.24, -np.pi / 2, NORTH)
    flat_on(b, NORTH, -0.5, 1.6, (0.72, 0.9), paint("#b4c3c9", 0.7))
    b.add([box((0.7, 0.12, 0.06), (-0.5, hy - 0.07, 2.14), b.bulb("#fff0d8"), DRESSING)], NORTH, shade=False)
    b.lamp(-0.5, hy - 0.35, 2.05, "#fff0dc", 0.9, 2.2)
    b.put(f.toilet(white), 0.75, hy - 0.36, -np.pi / 2, NORTH)
    b.seat("toilet", 0.75, hy - 0.42, 0.42, -np.pi / 2)
    towel = b.look("towel", b.pick("#c27d5f", "#4f7d8c", "#c9a24f"))
    flat_on(b, WEST, 1.0, 1.15, (0.5, 0.7), towel, 0.03)
    flat_on(b, SOUTH, 0.6, 1.25, (0.45, 0.75), towel, 0.03)
    by_wall(b, f.cupboard(0.8, 0.9, b.look("furniture wood", "#e0d8c6"), 0.36), SOUTH, -0.8, 0.38)
    rug(b, 0.7, 0.5, 0.9, 0.6, "#7d97a0")
    return b.design(inside=True)


def dining_room(b: Builder) -> SetDesign:
    """A long table with chairs behind the action, a sideboard, a lamp over the table."""
    hx, hy = 3.6, 3.2
    shell(
        b,
        (hx, hy),
        top=2.9,
        wall=b.pick("#8f4f48", "#5f7466", "#c2ad88"),
        floor="#7d5a40",
        trim="#e2d8c4",
        panel="#d8ccb4",
        windows={EAST: (Opening(-1.2, 1.2, 1.6, 0.8), Opening(1.2, 1.2, 1.6, 0.8))},
        doors={WEST: -1.2},
        curtains="#b09a6a",
        view="garden",
    )
    wood = b.look("table furniture wood", "#5f3f2a")
    seat = b.look("chair furniture", "#8c6a45")
    y = hy - 1.25
    rug(b, 0, y, 3.6, 2.0, "#7d3f3a")
    b.put(f.table(2.2, 0.95, wood), 0, y)
    b.spot("table", SpotKind.TABLE, 0, y, 0.75)
    for x in (-0.7, 0.0, 0.7):
        f.seated_at(b, "chair", x, y + 0.7, -np.pi / 2, wood, seat)
    for side in (-1, 1):
        f.seated_at(b, "chair at the head", side * 1.4, y, np.pi if side > 0 else 0.0, wood, seat)
    b.add(f.things_on(b, 0, y, 0.75, "vase"))
    by_wall(b, f.cupboard(1.8, 0.95, wood, doors=3), SOUTH, 0.6, 0.47)
    picture(b, SOUTH, 0.6, 1.75, (1.1, 0.7))
    by_wall(b, f.cupboard(1.2, 2.0, wood), WEST, 1.2, 0.47)
    picture(b, NORTH, 0, 1.85, (1.3, 0.75))
    hanging(b, 0, y, 1.75, 1.0)
    hanging(b, 0, -0.9, 2.2, 0.5)
    return b.design(inside=True)


def attic(b: Builder) -> SetDesign:
    """Under the roof: sloping beams, trunks and boxes, a round window."""
    hx, hy = 3.4, 2.7
    shell(
        b,
        (hx, hy),
        top=2.6,
        wall="#8f7a60",
        floor="#7a5d42",
        trim="#5b452f",
        boards=0.3,
        windows={EAST: (Opening(0.0, 0.8, 0.9, 1.25),), WEST: (Opening(0.0, 0.8, 0.9, 1.25),)},
        view="town",
        beams=True,
    )
    wood = b.look("beam furniture wood", "#5f472f")
    for x in np.linspace(-hx + 0.5, hx - 0.5, 5):
        for side in (-1, 1):
            index = NORTH if side > 0 else SOUTH
            b.add(
                [
                    tube(
                        (float(x), side * (hy - 0.05), 0.9),
                        (float(x), side * (hy - 1.35), 2.6),
                        0.07,
                        wood,
                        DRESSING,
                        detail=4,
                    )
                ],
                index,
                shade=False,
            )
    for side, index in ((1, NORTH), (-1, SOUTH)):
        roof = box(
            (2 * hx, 0.04, 2.25), (0, side * (hy - 0.62), 1.82), paint("#7d6850"), DRESSING, turn=_tilt(side * 37.5)
        )
        b.add([roof], index, shade=False, radius=2 * hx)
    for index, u, size in (
        (NORTH, -2.2, 0.6),
        (NORTH, -1.5, 0.45),
        (NORTH, 1.2, 0.55),
        (SOUTH, 1.7, 0.6),
        (SOUTH, -1.4, 0.5),
        (EAST, 1.7, 0.6),
        (WEST, 1.6, 0.5),
    ):
        by_wall(b, f.crate(size, paint(b.pick("#a07a4c", "#8c6a45", "#b08f60"))), index, u, size + 0.12)
    by_wall(
        b,
        [
            f.block(0, 0, 0, 0.5, 0.95, 0.42, paint("#5d3b2a")),
            f.block(0, 0, 0.42, 0.52, 0.97, 0.12, paint("#6d4a33")),
            *(f.block(0.26, s * 0.25, 0, 0.02, 0.05, 0.54, paint("#b5892f", 0.5)) for s in (-1, 1)),
        ],
        NORTH,
        2.35,
        0.6,
    )
    b.seat("trunk", 2.35, hy - 0.45, 0.54, -np.pi / 2)
    by_wall(b, f.chair(paint("#6d4a33")), WEST, -1.7, 0.5)
    b.add([ball((0.28, 0.2, 0.2), (-hx + 0.8, -hy + 0.8, 0.2), paint("#8a8f78"), DRESSING, 8)], SOUTH)
    b.add(f.pendant(b, 0.2, 0.3, 2.6, 1.95, radius=0.12), shade=False)
    b.lamp(0.2, 0.3, 1.9, gain=0.9, reach=2.2)
    return b.design(inside=True)


def _tilt(degrees: float) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array(((1, 0, 0), (0, c, -s), (0, s, c)), float)


def cellar(b: Builder) -> SetDesign:
    """Stone, barrels, shelves with bottles, stairs, one bulb."""
    hx, hy = 3.3, 2.8
    shell(
        b,
        (hx, hy),
        top=2.35,
        wall=b.pick("#857f76", "#7d7a78"),
        floor="#6b6760",
        trim="#55504a",
        boards=-0.7,
        doors={},
        beams=True,
    )
    wood = b.look("barrel furniture wood", "#6f5136")
    for k, x in enumerate((-2.7, -1.95, -1.2)):
        b.put(f.barrel(wood), x, hy - 0.42, 0, NORTH)
        if k < 2:
            b.put(f.barrel(tone(wood, 0.9)), x + 0.37, hy - 0.42, 0, NORTH, z=0.92)
    by_wall(b, f.bookcase(b, 1.9, wood, 4, ("#3f5a44", "#6b3a32", "#4a4a3a", "#8a7a4a")), NORTH, 1.1, 0.34)
    by_wall(b, f.bookcase(b, 1.6, wood, 4, ("#c9a24f", "#a4563c", "#7d8c5a", "#d8c9a0")), SOUTH, 0.9, 0.34)
    by_wall(b, f.crate(0.6, paint("#8c6a45")), SOUTH, -1.2, 0.64)
    by_wall(b, f.crate(0.5, paint("#9a7a50")), SOUTH, -1.9, 0.54)
    for step in range(8):
        b.add([box((1.0, 0.27, 0.06), (hx - 0.55, -hy + 1.0 + 0.27 * step, 0.25 * (step + 1)), wood, DRESSING)], EAST)
    by_wall(
        b,
        [
            f.block(0, 0, 0, 0.7, 1.0, 1.3, paint("#5a5d60", 0.2)),
            f.rod(0, 0.2, 1.3, 1.0, 0.09, paint("#4a4d50")),
            f.block(0.36, 0, 0.3, 0.02, 0.4, 0.4, paint("#2a2c2e")),
        ],
        WEST,
        1.3,
        0.75,
    )
    b.add(
        [tube((-hx + 0.1, -hy, 2.15), (-hx + 0.1, hy, 2.15), 0.05, paint("#8a5a3c", 0.3), DRESSING, detail=6)],
        WEST,
        shade=False,
    )
    b.add(
        [
            tube((0.1, 0.4, 1.95), (0.1, 0.4, 2.35), 0.01, paint("#222222"), DRESSING, detail=4),
            ball((0.06, 0.06, 0.08), (0.1, 0.4, 1.9), b.bulb("#ffe2a8"), DRESSING, 8),
        ],
        shade=False,
    )
    b.lamp(0.1, 0.4, 1.85, "#ffd090", 1.25, 2.0)
    return b.design(inside=True, always_lit=True)


def hallway(b: Builder) -> SetDesign:
    """The hall of a house: stairs, coats, a small table, the front door."""
    hx, hy = 3.4, 2.0
    shell(
        b,
        (hx, hy),
        top=2.9,
        wall=b.pick("#b9a98c", "#9fae9f", "#c9b9a4"),
        floor="#6d4c34",
        trim="#e6dccb",
        panel="#d8ccb6",
        windows={EAST: (Opening(-1.2, 0.5, 1.3, 0.9, bars=(1, 3)),)},
        doors={EAST: 0.3, NORTH: -2.3, SOUTH: 1.5},
        view="town",
    )
    wood = b.look("stairs furniture wood", "#7d5a3c")
    steps = [
        box(
            (0.29, 0.95, 0.19 * (k + 1)),
            (0.6 + 0.29 * k, hy - 0.5, 0.095 * (k + 1)),
            tone(wood, 0.92 + 0.12 * (k % 2)),
            DRESSING,
        )
        for k in range(9)
    ]
    rail = [tube((0.5, hy - 1.0, 0.95), (3.1, hy - 1.0, 2.65), 0.035, tone(wood, 0.6), DRESSING, detail=6)]
    posts = [f.rod(0.6 + 0.58 * k, hy - 1.0, 0.19 * 2 * k, 0.95, 0.022, paint("#e6dccb")) for k in range(5)]
    b.add([*steps, *rail, *posts], NORTH, radius=1.6)
    by_wall(b, f.drawers(0.9, 0.8, wood, 0.34), SOUTH, -1.2, 0.36)
    flat_on(b, SOUTH, -1.2, 1.55, (0.55, 0.8), paint("#b4c3c9", 0.6))
    for k, c in enumerate(("#5a4a3a", "#7d3f3a", "#3f4f5f")):
        flat_on(b, WEST, -0.8 + 0.42 * k, 1.25, (0.34, 0.85), b.look("coat", c), 0.07)
    rug(b, -0.6, -0.1, 3.2, 1.0, "#7d3f3a")
    picture(b, NORTH, -0.9, 1.75, (0.5, 0.6))
    hanging(b, -0.4, 0.0, 2.25, 0.9)
    return b.design(inside=True)
