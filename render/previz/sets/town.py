"""Town: houses, street furniture, cars. Houses and cars are built around the origin with their front to +x."""

import numpy as np

from render.previz.colours import Finish
from render.previz.sets.builder import Builder, mesh, paint, sheet, tone
from render.previz.sets.design import DRESSING, HOMELY
from render.previz.sets.furniture import block, rod
from render.previz.solid import Solid, ball, box, placed, tube

_FRONTS = ("#b98f72", "#b8ae9a", "#9aa0a3", "#c9b58f", "#a06c56", "#8f9a8a", "#c4a27d", "#a89080")


def plate(x: float, y: float, z: float, dy: float, dz: float, look: Finish) -> Solid:
    """A flat rectangle looking to +x, standing at height ``z``: what a front is dressed with, at two triangles each."""
    p = np.array([(x, y - dy / 2, z), (x, y + dy / 2, z), (x, y + dy / 2, z + dz), (x, y - dy / 2, z + dz)])
    return sheet(p, look, DRESSING)


def gable(dx: float, dy: float, high: float, z: float, look: Finish, over: float = 0.25) -> Solid:
    """A pitched roof, its ridge along y."""
    hx, hy = dx / 2 + over, dy / 2 + over
    p = np.array([(-hx, -hy, z), (hx, -hy, z), (hx, hy, z), (-hx, hy, z), (0, -hy, z + high), (0, hy, z + high)], float)
    faces = np.array([(0, 1, 4), (2, 3, 5), (1, 2, 5), (1, 5, 4), (3, 0, 4), (3, 4, 5), (0, 3, 2), (0, 2, 1)])
    across = np.cross(p[faces][:, 1] - p[faces][:, 0], p[faces][:, 2] - p[faces][:, 0])
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    return mesh(p[faces].reshape(-1, 3), np.repeat(across, 3, axis=0), np.arange(24).reshape(8, 3), look, DRESSING)


def house(
    b: Builder,
    wide: float,
    deep: float,
    floors: int,
    *,
    shop: bool = False,
    look: Finish | None = None,
    pitched: bool = True,
    cheap: bool = False,
    entrance: bool = True,
) -> list[Solid]:
    """A house front with windows, a door or a shop window, a roof."""
    wall = look or b.look("house building facade wall", b.pick(*_FRONTS))
    trim = tone(wall, 1.35) if b.chance.random() < 0.6 else tone(wall, 0.6)
    tall = 0.5 + 3.0 * floors
    front = deep / 2
    solids = [block(0, 0, 0, deep, wide, tall, wall), block(front + 0.03, 0, 0, 0.06, wide, 0.45, tone(wall, 0.7))]
    columns = max(1, int((wide - 0.8) / 1.9))
    shut = paint(b.pick("#4f6b5a", "#5a6b7d", "#7d4a3f", "#8a7a55"))
    door = int(b.chance.integers(columns)) if entrance else -1
    for row in range(floors):
        for column in range(columns):
            y = (column - (columns - 1) / 2) * 1.9
            z = 0.95 + 3.0 * row
            lit = b.chance.random() < 0.4
            pane = paint("#55626c", 0.5, HOMELY if lit else 0.0)
            if row == 0 and (shop or (not entrance and abs(y) < 2.4)):
                continue
            if row == 0 and column == door:
                solids += [
                    block(front + 0.05, y, 0.1, 0.08, 1.0, 2.15, tone(shut, 0.85)),
                    block(front + 0.04, y, 0.1, 0.06, 1.3, 2.4, trim),
                    block(front + 0.25, y, 0, 0.5, 1.3, 0.12, paint("#8d8a84")),
                ]
                continue
            if not cheap:
                solids.append(plate(front + 0.02, y, z - 0.1, 1.18, 1.7, trim))
            solids.append(plate(front + 0.03, y, z, 0.94, 1.46, pane))
            if not cheap:
                solids.append(plate(front + 0.04, y, z, 0.05, 1.46, trim))
                solids.append(plate(front + 0.04, y, z + 0.9, 0.94, 0.05, trim))
                if row == 0:
                    solids.append(block(front + 0.08, y, z - 0.12, 0.16, 1.3, 0.07, trim))
    if shop:
        solids += _shop_front(b, wide, front)
    roof = b.look("roof", b.pick("#7d4a3a", "#5f5a58", "#6b4a3f", "#4f5960"))
    if pitched:
        solids.append(gable(deep, wide, 1.2 + 0.16 * deep, tall, roof))
        if not cheap:
            solids.append(block(-deep / 5, wide / 4, tall + 0.6, 0.5, 0.6, 1.9, paint("#8a5f4c")))
    else:
        solids.append(block(0.1, 0, tall - 0.1, deep + 0.3, wide + 0.1, 0.3, trim))
        solids.append(block(0, 0, tall + 0.2, deep - 0.2, wide - 0.2, 0.35, tone(wall, 0.85)))
    return solids


def _shop_front(b: Builder, wide: float, front: float) -> list[Solid]:
    """A shop window with goods in it, a door, a sign and an awning."""
    frame = paint(b.pick("#2f4a44", "#5a2f2a", "#2f3f5a", "#6b5a2f", "#3b3b3b"))
    solids = [
        block(front + 0.06, 0, 0.1, 0.12, wide - 0.5, 2.9, frame),
        block(front + 0.1, 0.45, 0.6, 0.07, wide - 2.1, 1.75, paint("#8fa0a5", 0.5, HOMELY)),
        block(front + 0.1, -wide / 2 + 0.95, 0.12, 0.07, 0.9, 2.2, tone(frame, 1.6)),
        block(front + 0.12, -wide / 2 + 0.95, 1.0, 0.07, 0.6, 1.1, paint("#8fa0a5", 0.5, HOMELY)),
        block(front + 0.12, 0, 2.55, 0.1, wide - 0.7, 0.4, tone(frame, 1.7)),
    ]
    pane = wide - 2.1
    count = max(2, round(pane / 1.3))
    solids += [plate(front + 0.15, 0.45 + pane * (k / count - 0.5), 0.6, 0.07, 1.75, frame) for k in range(1, count)]
    y = 0.45 - pane / 2 + 0.12
    while y < 0.45 + pane / 2 - 0.3:  # what lies in the window
        w, h = b.between(0.2, 0.42), b.between(0.18, 0.62)
        solids.append(
            plate(
                front + 0.14,
                y + w / 2,
                0.66,
                w,
                h,
                paint(b.pick("#b0473a", "#c9a24f", "#3f6b5a", "#d8cdb4", "#4f6b8c", "#8c5a6a", "#7a5a3c")),
            )
        )
        y += w + b.between(0.04, 0.2)
    letters = -pane / 4
    while letters < pane / 4:
        w = b.between(0.16, 0.3)
        solids.append(plate(front + 0.175, letters + w / 2, 2.66, w, 0.2, tone(frame, 0.5)))
        letters += w + 0.08
    cloth = b.pick("#b0473a", "#3f6b5a", "#c29a45", "#4f6b8c")
    for k in range(int((wide - 0.8) / 0.5)):
        y = -(wide - 0.8) / 2 + 0.25 + 0.5 * k
        stripe = paint(cloth if k % 2 == 0 else "#e4dccb")
        solids.append(box((1.15, 0.5, 0.05), (front + 0.68, y, 2.5), stripe, DRESSING, turn=pitched_by(-24)))
    return solids


def pitched_by(degrees: float) -> np.ndarray:
    """A turn about y, float64[3, 3]."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array(((c, 0, -s), (0, 1, 0), (s, 0, c)), float)


def tower_block(b: Builder, wide: float, deep: float, tall: float) -> list[Solid]:
    """A tall building of bands of glass: for the distance."""
    wall = paint(b.pick("#8f979c", "#a39a8c", "#7d8890", "#b0a595"))
    solids = [block(0, 0, 0, deep, wide, tall, wall), block(0, 0, tall, 0.6 * deep, 0.5 * wide, 2.0, tone(wall, 0.8))]
    for row in range(int(tall / 4)):
        lit = b.chance.random() < 0.5
        glass = paint("#55636e", 0.5, HOMELY if lit else 0.0)
        for turn in range(4):
            half, across = (deep / 2, wide) if turn % 2 == 0 else (wide / 2, deep)
            solids.append(
                plate(half + 0.05, 0, 1.5 + 4 * row, across - 1.0, 1.6, glass).moved(placed(0, 0, 0, turn * np.pi / 2))
            )
    return solids


def lamp_post(b: Builder, x: float, y: float, facing: float, *, lit: bool = True, high: float = 4.0) -> None:
    """A street lamp; ``lit``: it lights what is around it."""
    post, arm = paint("#2f3438", 0.2), 0.55
    tip = (x + arm * np.cos(facing), y + arm * np.sin(facing))
    b.add(
        [
            rod(x, y, 0, 0.5, 0.11, post, top=0.07),
            rod(x, y, 0.5, high - 0.5, 0.055, post, detail=7),
            tube((x, y, high), (*tip, high + 0.1), 0.035, post, DRESSING, detail=5),
            tube((*tip, high + 0.02), (*tip, high + 0.16), 0.2, post, DRESSING, top=0.06, detail=8),
            tube((*tip, high - 0.2), (*tip, high + 0.02), 0.13, b.bulb(), DRESSING, top=0.17, detail=8),
        ],
        radius=0.4,
    )
    if lit:
        b.lamp(*tip, high - 0.3, "#ffc987", 2.0, 2.3)


def car(look: Finish) -> list[Solid]:
    """A saloon, 4.2 m long, its bonnet to +x."""
    glass, tyre, chrome = paint("#4a565e", 0.7), paint("#1d1e20"), paint("#b8bec4", 0.6)
    cabin = _cabin(look)
    roof_glass = _cabin(glass, -0.06, 0.74, 1.34)
    solids = [
        block(0, 0, 0.3, 4.2, 1.7, 0.32, look),
        block(0.05, 0, 0.6, 4.0, 1.62, 0.2, tone(look, 1.06)),
        roof_glass,
        cabin,
        block(2.1, 0, 0.32, 0.08, 1.66, 0.14, chrome),
        block(-2.1, 0, 0.32, 0.08, 1.66, 0.14, chrome),
        *(block(2.08, s * 0.6, 0.58, 0.06, 0.34, 0.16, paint("#f2ead2", 0.5)) for s in (-1, 1)),
        *(block(-2.08, s * 0.62, 0.58, 0.06, 0.3, 0.16, paint("#b03a30", 0.4)) for s in (-1, 1)),
    ]
    for sx in (-1.3, 1.3):
        for sy in (-1, 1):
            solids.append(tube((sx, sy * 0.66, 0.33), (sx, sy * 0.88, 0.33), 0.33, tyre, DRESSING, detail=14))
            solids.append(tube((sx, sy * 0.84, 0.33), (sx, sy * 0.895, 0.33), 0.18, chrome, DRESSING, detail=10))
    return solids


def _cabin(look: Finish, grow: float = 0.0, low: float = 1.28, high: float = 1.36) -> Solid:
    """The upper part of a car between two heights: a box that narrows upwards."""

    def ring(z: float) -> np.ndarray:
        share = (z - 0.78) / 0.6
        x0, x1, y = -1.65 + 0.5 * share - grow, 1.05 - 0.6 * share + grow, 0.76 - 0.14 * share + grow / 3
        return np.array([(x0, -y, z), (x1, -y, z), (x1, y, z), (x0, y, z)])

    p = np.concatenate([ring(low), ring(high)])
    quads = ((4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))
    faces = np.array([t for a, c, d, e in quads for t in ((a, c, d), (a, d, e))])
    across = np.cross(p[faces][:, 1] - p[faces][:, 0], p[faces][:, 2] - p[faces][:, 0])
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    return mesh(
        p[faces].reshape(-1, 3), np.repeat(across, 3, axis=0), np.arange(3 * len(faces)).reshape(-1, 3), look, DRESSING
    )


def parked(b: Builder, x: float, y: float, facing: float) -> None:
    """A car at the kerb."""
    b.put(car(paint(b.pick("#8c3b32", "#3f5f7a", "#c9c4b8", "#4f6b5a", "#33373b", "#c29a45"), 0.5)), x, y, facing)


def bin_(b: Builder, x: float, y: float) -> None:
    """A litter bin."""
    b.add(
        [
            rod(x, y, 0, 0.9, 0.24, paint("#4a5a50", 0.2), top=0.28, detail=10),
            rod(x, y, 0.9, 0.1, 0.3, paint("#3a453f"), top=0.12, detail=10),
        ]
    )


def post_box(b: Builder, x: float, y: float) -> None:
    """A pillar box."""
    red = paint("#b3322b", 0.3)
    b.add(
        [
            rod(x, y, 0, 1.35, 0.24, red, detail=12),
            ball((0.26, 0.26, 0.14), (x, y, 1.36), red, DRESSING, 8),
            rod(x, y, 0, 0.16, 0.27, paint("#232323"), detail=12),
        ]
    )


def hydrant(b: Builder, x: float, y: float) -> None:
    """A hydrant."""
    red = paint("#b3522b", 0.3)
    b.add(
        [
            rod(x, y, 0, 0.6, 0.12, red, detail=9),
            ball((0.13, 0.13, 0.1), (x, y, 0.6), red, DRESSING, 7),
            tube((x - 0.2, y, 0.42), (x + 0.2, y, 0.42), 0.06, red, DRESSING, detail=7),
        ]
    )


def sign_post(b: Builder, x: float, y: float, facing: float, colour: str = "#3f6b9a", round_: bool = False) -> None:
    """A traffic sign."""
    steel = paint("#8a9199", 0.4)
    plate = (
        [tube((0.05, 0, 2.3), (0.08, 0, 2.3), 0.28, paint(colour, 0.2), DRESSING, detail=16)]
        if round_
        else [
            block(0.06, 0, 2.0, 0.03, 0.5, 0.6, paint(colour, 0.2)),
            block(0.08, 0, 2.1, 0.01, 0.3, 0.36, paint("#eeeae0")),
        ]
    )
    b.put([rod(0, 0, 0, 2.6, 0.035, steel, detail=6), *plate], x, y, facing)
