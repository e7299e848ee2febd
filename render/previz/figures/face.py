"""A head and its face: skull, nose, eyes, brows, mouth, ears. Lengths are shares of the height; faces +x."""

from dataclasses import dataclass, replace

import numpy as np

from render.previz.colours import Finish, Weave, finish, shade
from render.previz.figures.mesh import patch
from render.previz.figures.shape import Shape
from render.previz.figures.words import Wearing
from render.previz.solid import Solid, ball, skin

Parts = list[tuple[str, Solid]]  # (bone, solid)

EYES = 0.936  # height of the eyes, as a share of a person's height
TOP = 0.9995
EYE = (0.0435, 0.0212, EYES)  # the middle of the left eyeball
_BALL = 0.0105  # radius of an eyeball
_SOFT = 2.25  # how square a section of the head is: 2 is an ellipse

# Height, foremost and hindmost x, half the width: from under the chin to the crown.
_SKULL = np.array(
    (
        (0.8640, 0.0330, 0.0060, 0.0110),
        (0.8672, 0.0455, -0.0020, 0.0205),
        (0.8735, 0.0520, -0.0120, 0.0290),
        (0.8830, 0.0540, -0.0250, 0.0360),
        (0.8950, 0.0535, -0.0370, 0.0405),
        (0.9080, 0.0535, -0.0460, 0.0440),
        (0.9200, 0.0535, -0.0525, 0.0470),
        (0.9360, 0.0530, -0.0580, 0.0490),
        (0.9520, 0.0545, -0.0605, 0.0502),
        (0.9660, 0.0520, -0.0590, 0.0492),
        (0.9790, 0.0440, -0.0520, 0.0428),
        (0.9890, 0.0310, -0.0405, 0.0322),
        (0.9960, 0.0160, -0.0265, 0.0190),
        (TOP, 0.0040, -0.0130, 0.0085),
    )
)


def _bell(value: np.ndarray, at: float, spread: float) -> np.ndarray:
    return np.exp(-(((value - at) / spread) ** 2))


@dataclass(frozen=True)
class Skull:
    """A head's surface. All in shares of the height, before the head is made larger or smaller."""

    shape: Shape
    nose: float = 1.0

    def section(self, z: np.ndarray | float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Centre in x, half the depth and half the width at these heights."""
        z = np.asarray(z, float)
        front, back, width = (np.interp(z, _SKULL[:, 0], column) for column in _SKULL.T[1:])
        low = np.clip((0.925 - z) / 0.05, 0.0, 1.0)
        width = width * (1 + (self.shape.jaw - 1) * low) * (1 + 0.10 * (self.shape.wide - 1))
        front = front + 0.0025 * max(-self.shape.sex, 0.0) * _bell(z, 0.8735, 0.008)
        return (front + back) / 2, (front - back) / 2, width

    def relief(self, y: np.ndarray, z: np.ndarray) -> np.ndarray:
        """How far the features stand out in x: brow, sockets, nose, cheeks, lips, chin."""
        y, side = np.asarray(y, float), np.abs(np.asarray(y, float))
        z = np.asarray(z, float)
        manly, young = max(-self.shape.sex, 0.0), np.clip((15 - self.shape.age) / 10, 0.0, 1.0)
        out = (0.0016 + 0.0012 * manly - 0.001 * young) * _bell(z, 0.9490, 0.006) * _bell(side, 0.020, 0.018)
        out = out - 0.0062 * _bell(side, 0.0205, 0.0125) * _bell(z, 0.9365, 0.0078)  # sockets
        out = out + 0.0022 * _bell(side, 0.0290, 0.012) * _bell(z, 0.9170, 0.011)  # cheekbones
        share = np.clip((0.9480 - z) / (0.9480 - 0.9150), 0.0, 1.2)
        ridge = np.where(
            share <= 1.0, 0.0012 + 0.0128 * share**1.25, np.maximum(0.0140 * (1 - (share - 1) / 0.13), 0.0)
        )
        ridge = np.where(z > 0.9500, 0.0, ridge) * self.nose * (1 - 0.25 * young)
        spread = 0.0052 + 0.0038 * np.clip(share, 0, 1) ** 2
        out = out + ridge * np.exp(-((side / spread) ** 2.6))
        out = out + 0.0045 * self.nose * _bell(side, 0.0078, 0.0034) * _bell(z, 0.9142, 0.0036)  # wings of the nose
        out = out + 0.0034 * _bell(side, 0.0, 0.0165) * _bell(z, 0.8955, 0.0105)  # round the teeth
        out = out + 0.0030 * _bell(side, 0.0, 0.012) * _bell(z, 0.8745, 0.006)  # chin
        return out - 0.0014 * _bell(side, 0.0, 0.012) * _bell(z, 0.8845, 0.0035)

    def front(self, y: np.ndarray | float, z: np.ndarray | float) -> np.ndarray:
        """The surface's x at these places of the face."""
        y, z = np.broadcast_arrays(np.asarray(y, float), np.asarray(z, float))
        centre, depth, width = self.section(z)
        reach = np.clip(1 - np.abs(y / np.maximum(width, 1e-6)) ** _SOFT, 0.0, 1.0) ** (1 / _SOFT)
        return centre + depth * reach + self.relief(y, z) * np.clip(reach * 2.2, 0.0, 1.0)

    def ring(self, turns: np.ndarray, z: np.ndarray | float, out: np.ndarray | float = 0.0) -> np.ndarray:
        """Points round the head at angles ``turns`` (0 is ahead), ``out`` off the skull, float[T, 3]."""
        z = np.broadcast_to(np.asarray(z, float), turns.shape)
        centre, depth, width = self.section(z)
        c, s = np.cos(turns), np.sin(turns)
        c, s = np.sign(c) * np.abs(c) ** (2 / _SOFT), np.sign(s) * np.abs(s) ** (2 / _SOFT)
        return np.stack([centre + (depth + out) * c, (width + out) * s, z], -1)


def _columns() -> np.ndarray:
    """Angles round the head, close together in front, where the face is."""
    share = np.linspace(-1, 1, 21)
    front = np.radians(80) * np.sign(share) * np.abs(share) ** 1.30
    back = np.radians(np.linspace(80, 280, 9)[1:-1])
    return np.concatenate([front, back])


_RINGS = (0.8640, 0.8672, 0.8720, 0.8790, 0.8850, 0.8910, 0.8960, 0.9010, 0.9065, 0.9105, 0.9135, 0.9165, 0.9210,
          0.9265, 0.9320, 0.9370, 0.9420, 0.9475, 0.9530, 0.9600, 0.9700, 0.9820, 0.9930, TOP)  # fmt: skip


def bare_head(skull: Skull, flesh: Finish, entity: int) -> Solid:
    """The head without hair, eyes or ears."""
    turns = _columns()
    rings = np.stack([skull.ring(turns, z) for z in _RINGS])
    ahead = np.clip(np.cos(turns) * 2.4, 0.0, 1.0)
    rings[..., 0] += skull.relief(rings[..., 1], rings[..., 2]) * ahead
    return skin(rings * skull.shape.h, flesh, entity)


def face(skull: Skull, flesh: Finish, hair: Finish, worn: Wearing, entity: int) -> Parts:
    """Eyes, brows, mouth and ears, and what marks a face."""
    h = skull.shape.h
    parts: Parts = []
    for name, sign in (("l", 1.0), ("r", -1.0)):
        parts += _eye(skull, flesh, name, sign, worn, entity)
        parts.append(("head", _brow(skull, sign, hair, worn, entity)))
        parts.append(("head", _ear(sign, h, flesh, entity)))
    parts += _mouth(skull, flesh, worn, entity)
    return parts + [("head", mark) for mark in _marks(skull, flesh, worn, entity)]


def _on_ball(y: np.ndarray, z: np.ndarray, radius: float) -> np.ndarray:
    """Points on an eyeball about the origin at these offsets, float[..., 3]."""
    x = np.sqrt(np.maximum(radius**2 - y**2 - z**2, 0.0))
    return np.stack([x, y, z], -1)


_IRISES = ("#4a3120", "#5c4028", "#3f5a66", "#4f6244", "#57707c", "#3a2a20")


def _eye(skull: Skull, flesh: Finish, name: str, sign: float, worn: Wearing, entity: int) -> Parts:
    """An eyeball with iris and pupil that turns, and lids that close: bones eye, lid and head."""
    from storyboard.hashing import seed_from

    h = skull.shape.h
    large = 1.0 + 0.20 * np.clip((15 - skull.shape.age) / 12, 0, 1) + 0.05 * max(skull.shape.sex, 0.0)
    centre = np.array((EYE[0], sign * EYE[1], EYE[2]))
    radius = _BALL * large

    def put(points: np.ndarray) -> np.ndarray:
        return (points + centre) * h

    white = Finish((0.72, 0.71, 0.68), 0.35)
    words = worn.first("iris")
    brown = 2 if sum(flesh.colour) < 0.75 else len(_IRISES)
    chosen = _IRISES[seed_from("iris", worn.said) % brown]
    iris = replace(finish(words.text if words else "", chosen), shine=0.5, part=words.part if words else 0, glow=0.0)
    dark = Finish((0.008, 0.008, 0.009), 0.6)
    parts: Parts = [(f"eye-{name}", _eyeball(radius, centre, h, white, entity))]
    turns = np.linspace(0, 2 * np.pi, 11)[:-1]
    for size, look, off in ((0.0059 * large, iris, 1.010), (0.0028 * large, dark, 1.020)):
        circle = np.stack([size * np.cos(turns), size * np.sin(turns)], -1)
        rings = np.stack([_on_ball(circle[:, 0] * s, circle[:, 1] * s, radius * off) for s in (1.0, 0.5)])
        parts.append((f"eye-{name}", skin(put(rings), look, entity, ends=(False, True))))
    y, z = (np.array(((a - 0.0007, a + 0.0007),) * 2) for a in (0.0019, 0.0023))
    spark = patch(put(_on_ball(y, z.T, radius * 1.03)), Finish((0.9, 0.9, 0.9), 0.0, 0.35), entity)
    parts.append((f"eye-{name}", spark))
    parts += _lids(skull, flesh, name, sign, radius, entity)
    return parts


def _eyeball(radius: float, centre: np.ndarray, h: float, look: Finish, entity: int) -> Solid:
    """The front of an eyeball."""
    turns = 2 * np.pi * np.arange(10) / 10
    rings = [
        np.stack([np.cos(away) + 0 * turns, np.sin(away) * np.cos(turns), np.sin(away) * np.sin(turns)], -1) * radius
        + centre
        for away in np.radians((64.0, 42.0, 18.0))
    ]
    return skin(np.stack(rings) * h, look, entity, ends=(False, True))


def _lids(skull: Skull, flesh: Finish, name: str, sign: float, radius: float, entity: int) -> Parts:
    """The upper lid, which turns with the bone lid; the lower; and the lash line."""
    h = skull.shape.h
    centre = np.array((EYE[0], sign * EYE[1], EYE[2]))
    across = np.linspace(-1.5, 1.5, 9)  # from the nose outwards; beyond 1 the lids meet
    almond = np.maximum(1 - np.abs(across) ** 2.2, 0.0)
    old = np.clip((skull.shape.age - 50) / 30, 0, 1)
    top = np.radians(22 - 5 * old) * almond - np.radians(1) + np.radians(3) * across
    low = -np.radians(17) * almond + np.radians(1) + np.radians(3) * across
    yaw = across * np.radians(60)

    def shell(rows: list[np.ndarray], off: float) -> np.ndarray:
        grid = []
        for pitch in rows:
            x = np.cos(pitch) * np.cos(yaw)
            y = sign * np.cos(pitch) * np.sin(yaw)
            grid.append(np.stack([x, y, np.sin(pitch)], -1) * radius * off)
        return (np.stack(grid) + centre) * h

    lid = shade(flesh, 0.90)
    upper = patch(shell([top + (np.radians(80) - top) * s for s in (0.0, 0.3, 0.65, 1.0)], 1.075), lid, entity)
    lower = patch(shell([low + (-np.radians(75) - low) * s for s in (0.0, 0.4, 1.0)], 1.05), flesh, entity)
    thick = np.radians(4.5 + 2.5 * max(skull.shape.sex, 0.0)) * np.where(
        np.abs(across) > 1.2, 0.0, 0.45 + 0.55 * np.clip(almond + 0.25 * across, 0, 1)
    )
    lash = patch(shell([top - thick * 0.35, top + thick * 0.65], 1.10), Finish((0.02, 0.016, 0.015)), entity)
    return [(f"lid-{name}", upper), ("head", lower), (f"lid-{name}", lash)]


def _brow(skull: Skull, sign: float, hair: Finish, worn: Wearing, entity: int) -> Solid:
    words = worn.first("brow")
    look = finish(words.text, "#4a3a30") if words else shade(hair, 0.72)
    look = replace(look, part=words.part if words else 0, weave=Weave.PLAIN, shine=0.0)
    bushy = (
        1.5
        if words and words.says("bushy", "thick", "heavy")
        else 0.6
        if words and words.says("thin", "plucked")
        else 1.0
    )
    bushy *= 1.0 - 0.22 * max(skull.shape.sex, 0.0) + 0.15 * max(-skull.shape.sex, 0.0)
    share = np.linspace(0, 1, 8)
    y = sign * (0.0085 + 0.0275 * share)
    middle = 0.9485 + 0.0032 * np.sin(np.pi * np.clip(share * 0.95 + 0.05, 0, 1)) - 0.0022 * share**3
    half = 0.0021 * bushy * (0.55 + 0.9 * np.sin(np.pi * (0.12 + 0.75 * (1 - share))) * 0.7) * (1 - 0.45 * share)
    rows = [
        np.stack([skull.front(y, z) + off, y, z], -1)
        for z, off in ((middle - half, 0.0008), (middle, 0.0024), (middle + half, 0.0008))
    ]
    return patch(np.stack(rows) * skull.shape.h, look, entity)


def _ear(sign: float, h: float, flesh: Finish, entity: int) -> Solid:
    """A shell that stands off the head, with a hollow."""
    from render.previz.solid import join

    turns = np.linspace(0, 2 * np.pi, 11)[:-1]
    outline = np.stack(
        [
            0.0088 * np.cos(turns) + 0.0016 * np.sin(turns),
            0 * turns,
            0.0165 * np.sin(turns) * (1 + 0.10 * np.sin(turns)),
        ],
        -1,
    )
    at = np.array((-0.0050, 0.0, 0.9265))
    rows = []
    for size, out in ((0.70, 0.0450), (1.0, 0.0530), (0.84, 0.0560), (0.62, 0.0530)):
        ring = outline * size + at
        ring[:, 1] = out + 0.0022 * (-np.cos(turns)) * size
        rows.append(ring * (1, sign, 1))
    shell = skin(np.stack(rows) * h, flesh, entity)
    hollow = ball(
        (0.0036 * h, 0.0018 * h, 0.0070 * h),
        (-0.0035 * h, sign * 0.0520 * h, 0.9265 * h),
        shade(flesh, 0.62),
        entity,
        4,
    )
    return join([shell, hollow])


def _mouth(skull: Skull, flesh: Finish, worn: Wearing, entity: int) -> Parts:
    """Lips: the upper on the head, the lower on the jaw, darkness between them."""
    h, womanly = skull.shape.h, max(skull.shape.sex, 0.0)
    words = worn.first("lips")
    red = Finish(
        (min(flesh.colour[0] * (0.80 - 0.04 * womanly), 0.9), flesh.colour[1] * 0.55, flesh.colour[2] * 0.55), 0.08
    )
    look = replace(finish(words.text, "#a33a3a"), part=words.part) if words else red
    across = np.linspace(-1, 1, 13)
    y = across * (0.0168 - 0.001 * womanly)
    taper = np.maximum(1 - across**2, 0.0)
    smile = 0.8962 + 0.0014 * across**2
    full = (0.0030 if not words or not words.says("thin") else 0.0018) * (1 + 0.25 * womanly)
    bow = full * taper**0.7 * (1 - 0.28 * np.exp(-((across / 0.16) ** 2)))
    low = full * 1.25 * taper**0.75

    def line(z: np.ndarray, off: float | np.ndarray) -> np.ndarray:
        return np.stack([skull.front(y, z) + off, y, z], -1) * h

    upper = patch(
        np.stack([line(smile, 0.0004), line(smile + bow * 0.45, 0.0022 * taper + 0.0004), line(smile + bow, 0.0003)]),
        shade(look, 0.88),
        entity,
    )
    lower = patch(
        np.stack([line(smile, 0.0004), line(smile - low * 0.45, 0.0030 * taper + 0.0004), line(smile - low, 0.0003)]),
        look,
        entity,
    )
    inside = patch(
        np.stack([line(smile + 0.0010 * taper, 0.0002), line(smile - 0.0100 * taper, 0.0004)]),
        Finish((0.045, 0.012, 0.012)),
        entity,
    )
    thin = 0.00055 * (0.4 + taper)
    seam = patch(
        np.stack([line(smile + thin, 0.0016 * taper + 0.0010), line(smile - thin, 0.0016 * taper + 0.0010)]),
        shade(look, 0.32),
        entity,
    )
    return [("head", upper), ("jaw", lower), ("gape", inside), ("jaw", seam)]


def _marks(skull: Skull, flesh: Finish, worn: Wearing, entity: int) -> list[Solid]:
    """Lines of age, scars, freckles, red cheeks."""
    h = skull.shape.h
    kinds = {wear.kind.name: wear for wear in worn.every("face")}
    part = kinds["lined"].part if "lined" in kinds else 0
    deep = np.clip((skull.shape.age - 45) / 30, 0, 1) * 0.8 + (0.5 if "lined" in kinds else 0.0)
    marks: list[Solid] = []

    def stroke(points: list[tuple[float, float]], wide: float, look: Finish) -> None:
        line = np.array(points)
        share = np.linspace(0, 1, 7)
        y = np.interp(share, np.linspace(0, 1, len(line)), line[:, 0])
        z = np.interp(share, np.linspace(0, 1, len(line)), line[:, 1])
        half = wide * (0.25 + 0.75 * np.sin(np.pi * share))
        way = np.stack([np.gradient(y), np.gradient(z)], -1)
        way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
        rows = [
            np.stack(
                [
                    skull.front(y + s * half * way[:, 1], z - s * half * way[:, 0]) + 0.0007,
                    y + s * half * way[:, 1],
                    z - s * half * way[:, 0],
                ],
                -1,
            )
            for s in (-1, 1)
        ]
        marks.append(patch(np.stack(rows) * h, look, entity))

    if deep > 0.05:
        line = replace(shade(flesh, 1 - 0.34 * min(float(deep), 1.0)), part=part)
        for sign in (1, -1):
            stroke([(sign * 0.0125, 0.9125), (sign * 0.0195, 0.9040), (sign * 0.0215, 0.8945)], 0.00085, line)
            stroke([(sign * 0.0125, 0.9275), (sign * 0.0200, 0.9248), (sign * 0.0275, 0.9265)], 0.00070, line)
            if deep > 0.4:
                stroke([(sign * 0.0335, 0.9380), (sign * 0.0385, 0.9410)], 0.0005, line)
                stroke([(sign * 0.0335, 0.9355), (sign * 0.0390, 0.9345)], 0.0005, line)
        if deep > 0.4:
            for z in (0.9590, 0.9640):
                stroke([(-0.022, z - 0.001), (0.0, z), (0.022, z - 0.001)], 0.00055, line)
    if "scar" in kinds:
        stroke(
            [(0.0300, 0.9300), (0.0250, 0.9150), (0.0285, 0.9020)],
            0.0013,
            replace(finish("", "#a8594e"), part=kinds["scar"].part),
        )
    if "freckles" in kinds:
        chance = np.random.default_rng(7)
        for _ in range(18):
            y, z = float(chance.uniform(-0.030, 0.030)), float(chance.uniform(0.9120, 0.9270))
            stroke([(y - 0.0009, z), (y + 0.0009, z)], 0.0009, replace(shade(flesh, 0.62), part=kinds["freckles"].part))
    if "blush" in kinds:
        wear = kinds["blush"]
        warm = replace(
            Finish((min(flesh.colour[0] * 1.02, 0.9), flesh.colour[1] * 0.62, flesh.colour[2] * 0.60)), part=wear.part
        )
        if wear.says("nose"):
            marks.append(
                ball(
                    (0.0110 * h,) * 3,  # type: ignore[arg-type]
                    (0.0640 * h, 0, 0.9160 * h),
                    replace(finish("red", "#c2332c"), part=wear.part),
                    entity,
                    10,
                )
            )
        for sign in (1, -1):
            stroke([(sign * 0.0200, 0.9160), (sign * 0.0360, 0.9175)], 0.0050, warm)
    return marks
