"""Land: terrain that is level where people act, trees, rocks, grass, clouds. Things stand in the world."""

from collections.abc import Callable

import numpy as np

from render.previz.colours import Finish
from render.previz.sets.builder import Builder, blot, mesh, paint, sheet, tone
from render.previz.sets.design import CLOUD, DRESSING, GROUND
from render.previz.solid import Solid, ball, box, tube

LINES = np.array((0, 5, 10, 15, 20, 26, 34, 45, 60, 80, 110, 150, 210, 300), float)
Height = Callable[[np.ndarray, np.ndarray], np.ndarray]


def rolling(b: Builder, high: float, wide: float, level: float = 15.0, power: float = 1.0) -> Height:
    """Hills ``high`` metres, some ``wide`` metres across; level ground within ``level`` metres of the middle."""
    phases, turns = b.chance.uniform(0, 2 * np.pi, 6), b.chance.uniform(0, np.pi, 6)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        total = np.zeros(np.broadcast(x, y).shape)
        for k in range(6):
            scale = wide / (1 + 0.55 * k)
            total += np.sin((x * np.cos(turns[k]) + y * np.sin(turns[k])) / scale * 2 * np.pi + phases[k]) / (
                1 + 0.7 * k
            )
        away = np.hypot(x, y)
        rise = np.clip((away - level) / (5 * level), 0, 1)
        return high * rise * np.abs(0.55 + 0.3 * total) ** power

    return height


def terrain(
    b: Builder,
    height: Height,
    look: Finish,
    *,
    steep: Finish | None = None,
    cap: tuple[float, Finish] | None = None,
    least: float = -1e9,
    rows: tuple[float, ...] = (),
) -> Solid:
    """The land as triangles; ``steep`` colours slopes, ``cap`` what is higher than its metres.

    ``rows``: more places along y where the land bends. What is lower than ``least`` is left out.
    """
    lines = np.concatenate([-LINES[:0:-1], LINES])
    x, y = np.meshgrid(lines, np.unique([*lines, *rows]), indexing="ij")
    z = height(x, y)
    index = np.arange(x.size).reshape(x.shape)
    a, c, d, e = index[:-1, :-1].ravel(), index[1:, :-1].ravel(), index[1:, 1:].ravel(), index[:-1, 1:].ravel()
    faces = np.concatenate([np.stack([a, c, d], -1), np.stack([a, d, e], -1)])
    points = np.stack([x.ravel(), y.ravel(), z.ravel()], -1)
    corners = points[faces]
    keep = corners[..., 2].max(axis=1) > least
    faces, corners = faces[keep], corners[keep]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal = across / np.linalg.norm(across, axis=1, keepdims=True)
    colours = np.tile(np.asarray(look.colour), (len(faces), 1))
    level = np.abs(corners[..., 2]).max(axis=1) < 1e-6
    colours *= np.where(level, 1.0, b.chance.uniform(0.86, 1.12, len(faces)))[:, None]
    if steep is not None:
        share = np.clip((0.93 - normal[:, 2]) / 0.2, 0, 1)[:, None]
        colours = colours + (np.asarray(steep.colour) - colours) * share
    if cap is not None:
        share = np.clip((corners[..., 2].mean(axis=1) - cap[0]) / (0.15 * cap[0] + 1e-6), 0, 1)[:, None]
        colours = colours + (np.asarray(cap[1].colour) - colours) * share
    return mesh(points, np.tile((0.0, 0, 1.0), (len(points), 1)), faces, look, GROUND, colours)


def blots(
    b: Builder,
    look: Finish,
    count: int,
    reach: float,
    size: tuple[float, float],
    shades: tuple[float, ...] = (0.9, 0.95, 1.06),
    north: float = np.inf,
) -> None:
    """Uneven spots on the level ground, so that it is seen to pass; none beyond ``north``."""
    for k in range(count):
        r = b.between(*size)
        x, y = b.between(-reach, reach), b.between(-reach, min(reach, north - 1.2 * r))
        z, deep = 0.004 + 0.002 * (k % 3), r * b.between(0.5, 0.9)
        b.ground(blot(x, y, r, deep, z, tone(look, shades[k % len(shades)]), 0.0, chance=b.chance))


def around(b: Builder, near: float, far: float, clear: float = 0.0) -> tuple[float, float]:
    """A place between two distances; ``clear``: not in the strip |y| < clear."""
    x = y = 0.0
    for _ in range(20):
        angle, away = b.between(0, 2 * np.pi), near + (far - near) * b.between(0, 1) ** 0.75
        x, y = away * np.cos(angle), away * np.sin(angle)
        if abs(y) >= clear:
            break
    return float(x), float(y)


def conifer(b: Builder, x: float, y: float, tall: float, look: Finish, z: float = 0.0, skirt: float = 0.2) -> None:
    """A fir; ``skirt``: where its branches begin, as a share of its height."""
    look = tone(look, b.between(0.8, 1.15))
    far = np.hypot(x, y) > 16
    solids = [
        tube(
            (x, y, z),
            (x, y, z + (skirt + 0.2) * tall),
            0.016 * tall + 0.05,
            paint("#5b4531"),
            DRESSING,
            detail=4 if far else 6,
        )
    ]
    for k in range(3):
        step = (0.92 - skirt) / 3
        low, high = tall * (skirt + step * k), tall * min(skirt + step * (k + 1.7), 1.0)
        solids.append(
            tube(
                (x, y, z + low),
                (x, y, z + high),
                tall * (0.22 - 0.055 * k),
                tone(look, 0.86 + 0.14 * k),
                DRESSING,
                top=0.02 * tall,
                detail=5 if far else 8,
            )
        )
    b.add(solids)


def broadleaf(b: Builder, x: float, y: float, tall: float, look: Finish, z: float = 0.0, bark: str = "#5f4a37") -> None:
    """A round-headed tree."""
    look = tone(look, b.between(0.85, 1.15))
    far = np.hypot(x, y) > 16
    trunk = tube(
        (x, y, z),
        (x + 0.1, y, z + 0.55 * tall),
        0.028 * tall + 0.05,
        paint(bark),
        DRESSING,
        top=0.02 * tall + 0.03,
        detail=4 if far else 7,
    )
    solids = [trunk]
    for k in range(2 if far else 3 if np.hypot(x, y) > 9 else 4):
        a, r = b.between(0, 6.3), tall * b.between(0.17, 0.25)
        off = 0.0 if k == 0 else 0.17 * tall
        top = tall * (0.72 if k else 0.8)
        r = 1.25 * r if far else r
        solids.append(
            ball(
                (r, r, 0.82 * r),
                (x + off * np.cos(a), y + off * np.sin(a), z + top + 0.05 * tall * (k % 2)),
                tone(look, 0.84 + 0.1 * k),
                DRESSING,
                (4 if np.hypot(x, y) > 28 else 5) if far else 6,
            )
        )
    b.add(solids)


def birch(b: Builder, x: float, y: float, tall: float, look: Finish) -> None:
    """A birch."""
    broadleaf(b, x, y, tall, tone(look, 1.25), bark="#d8d4c8")


def bush(b: Builder, x: float, y: float, size: float, look: Finish, z: float = 0.0) -> None:
    """A bush."""
    fine = 6 if np.hypot(x, y) < 7 else 5
    solids = [
        ball(
            (size * s, size * s * 0.9, size * h),
            (x + dx * size, y + dy * size, z + 0.3 * size),
            tone(look, t),
            DRESSING,
            fine,
        )
        for s, h, dx, dy, t in ((1.0, 0.85, 0, 0, 1.0), (0.7, 0.62, 0.75, 0.2, 0.85), (0.6, 0.55, -0.65, -0.25, 1.14))
    ]
    b.add(solids)


def rock(b: Builder, x: float, y: float, size: float, look: Finish, z: float = 0.0) -> None:
    """A boulder, a smaller one beside it where it is large."""
    look = tone(look, b.between(0.8, 1.15))
    solids = [ball((size, size * b.between(0.6, 0.9), size * b.between(0.45, 0.75)), (x, y, z), look, DRESSING, 6)]
    if size > 0.5:
        solids.append(
            ball(
                (0.55 * size, 0.5 * size, 0.35 * size),
                (x + 0.8 * size, y + b.between(-0.5, 0.5) * size, z),
                tone(look, 0.88),
                DRESSING,
                5,
            )
        )
    b.add(solids)


def tuft(b: Builder, x: float, y: float, size: float, look: Finish) -> None:
    """Blades of grass: a triangle each."""
    solids = []
    for k in range(6):
        a = 1.05 * k + b.between(0, 0.6)
        c, d = np.cos(a), np.sin(a)
        tip = (x + 0.4 * size * c, y + 0.4 * size * d, 0.62 * size * b.between(0.7, 1.3))
        wide = 0.07 * size + 0.006
        blade = np.array([(x - wide * d, y + wide * c, 0.0), (x + wide * d, y - wide * c, 0.0), tip])
        solids.append(sheet(blade, tone(look, 0.85 + 0.07 * k), DRESSING))
    b.add(solids, shade=False)


def flowers(b: Builder, x: float, y: float, colours: tuple[str, ...]) -> None:
    """A handful of flowers."""
    solids = []
    for _ in range(4):
        dx, dy, h = b.between(-0.35, 0.35), b.between(-0.35, 0.35), b.between(0.18, 0.42)
        stem = np.array([(x + dx - 0.02, y + dy, 0.0), (x + dx + 0.02, y + dy, 0.0), (x + dx, y + dy, h)])
        solids.append(sheet(stem, paint("#5f7f42"), DRESSING))
        solids.append(ball((0.05, 0.05, 0.04), (x + dx, y + dy, h), paint(b.pick(*colours)), DRESSING, 4))
    b.add(solids, shade=False)


def palm(b: Builder, x: float, y: float, tall: float, look: Finish) -> None:
    """A palm."""
    solids = [tube((x, y, 0), (x + 0.12 * tall, y, tall), 0.16, paint("#8a7253"), DRESSING, top=0.1, detail=7)]
    for k in range(8):
        a = 2 * np.pi * k / 8
        mid = (x + 0.12 * tall + 1.1 * np.cos(a), y + 1.1 * np.sin(a), tall + 0.35)
        tip = (x + 0.12 * tall + 2.1 * np.cos(a), y + 2.1 * np.sin(a), tall - 0.5)
        solids.append(tube((x + 0.12 * tall, y, tall), mid, 0.09, look, DRESSING, top=0.2, flat=0.3, detail=4))
        solids.append(tube(mid, tip, 0.2, tone(look, 0.85), DRESSING, top=0.02, flat=0.3, detail=4))
    b.add(solids)


def cactus(b: Builder, x: float, y: float, tall: float) -> None:
    """A cactus with two arms."""
    green = paint("#5f7d4a")
    arm = 0.55 * tall
    b.add(
        [
            tube((x, y, 0), (x, y, tall), 0.17, green, DRESSING, detail=8),
            ball((0.17, 0.17, 0.16), (x, y, tall), green, DRESSING, 7),
            tube((x, y, 0.4 * tall), (x + 0.5, y, 0.45 * tall), 0.1, green, DRESSING, detail=7),
            tube((x + 0.5, y, 0.43 * tall), (x + 0.5, y, arm + 0.3 * tall), 0.1, green, DRESSING, detail=7),
            tube((x, y, 0.5 * tall), (x - 0.45, y, 0.54 * tall), 0.09, green, DRESSING, detail=7),
            tube((x - 0.45, y, 0.52 * tall), (x - 0.45, y, arm + 0.2 * tall), 0.09, green, DRESSING, detail=7),
        ]
    )


def ribbon(b: Builder, points: np.ndarray, wide: float, z: float, look: Finish, rough: float = 0.12) -> Solid:
    """A path along ``points``, float[N, 2], its edges uneven."""
    way = np.gradient(points, axis=0)
    side = np.column_stack([-way[:, 1], way[:, 0]]) / np.linalg.norm(way, axis=1, keepdims=True)
    halves = wide / 2 * (1 + b.chance.uniform(-rough, rough, (2, len(points))))
    left, right = points + side * halves[0][:, None], points - side * halves[1][:, None]
    rim = np.concatenate(
        [np.column_stack([right, np.full(len(right), z)]), np.column_stack([left, np.full(len(left), z)])]
    )
    count = len(points)
    k = np.arange(count - 1)
    faces = np.concatenate([np.stack([k, k + 1, count + k + 1], -1), np.stack([k, count + k + 1, count + k], -1)])
    return mesh(rim, np.tile((0.0, 0, 1.0), (len(rim), 1)), faces, look, GROUND)


def fence(b: Builder, start: tuple[float, float], end: tuple[float, float], look: Finish, step: float = 2.2) -> None:
    """Posts and rails from one place to another."""
    a, c = np.array(start), np.array(end)
    length = float(np.linalg.norm(c - a))
    count = max(1, round(length / step))
    solids = []
    for k in range(count + 1):
        x, y = a + (c - a) * k / count
        solids.append(box((0.1, 0.1, 1.05), (float(x), float(y), 0.52), look, DRESSING))
    solids += [tube((*start, z), (*end, z), 0.04, tone(look, 1.1), DRESSING, detail=4) for z in (0.45, 0.85)]
    b.add(solids)


def gull(b: Builder, x: float, y: float, z: float) -> None:
    """A gull on the wing, far enough off to be two strokes."""
    white = paint("#f0f0ee")
    wings = [((x - 0.5, y, z + 0.16), (x, y, z)), ((x, y, z), (x + 0.5, y, z + 0.16))]
    b.add([tube(start, end, 0.05, white, DRESSING, detail=4) for start, end in wings], shade=False)


def clouds(b: Builder, count: int = 7) -> None:
    """Flat white clouds far off, all around."""
    for k in range(count):
        a = 2 * np.pi * (k + b.between(0, 0.7)) / count
        away, high, size = b.between(330, 390), b.between(62, 115), b.between(20, 36)
        x, y = away * np.cos(a), away * np.sin(a)
        tint = paint("#f4f3f0", 0.0, CLOUD)
        side = np.array((-np.sin(a), np.cos(a)))
        solids = [
            ball(
                (size * s, size * s, size * h),
                (x + float(side[0]) * o * size, y + float(side[1]) * o * size, high),
                tint,
                DRESSING,
                8,
            )
            for s, h, o in ((1.0, 0.26, 0.0), (0.75, 0.2, 1.1), (0.6, 0.15, -1.0))
        ]
        b.add(solids, shade=False, radius=0.0)


def sea(level: float, look: Finish) -> Solid:
    """Water to the horizon."""
    return box((1400, 1400, 0.1), (0, 0, level - 0.05), look, GROUND)


def waves(
    b: Builder, level: float, look: Finish, low: tuple[float, float], high: tuple[float, float], count: int
) -> None:
    """Crests and gleams on the water within a rectangle: thin, lighter and darker."""
    for k in range(count):
        x, y = b.between(low[0], high[0]), b.between(low[1], high[1])
        away = np.hypot(x, y)
        long, wide = b.between(0.9, 2.2) * (1 + away / 20), 0.05 * (1 + away / 24)
        shade = (1.22, 0.86, 1.4)[k % 3]
        b.add(
            [blot(x, y, long, wide, level + 0.012, tone(look, shade), b.between(-0.12, 0.12), corners=8)],
            shade=False,
            radius=0.0,
        )
