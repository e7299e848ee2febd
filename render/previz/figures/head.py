"""A head: face, hair, beard, glasses, hat. Lengths are shares of the person's height; faces +x."""

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, finish
from render.previz.figures.words import has
from render.previz.solid import Solid, ball, box, lathe, limb, skin, tube
from storyboard.hashing import seed_from

EYES = 0.936  # height of the eyes, as a share of a person's height

# Height, foremost and hindmost x, half the width: from under the chin to the crown.
_SKULL = np.array(
    (
        (0.8660, 0.0360, 0.0040, 0.0150),
        (0.8700, 0.0480, -0.0060, 0.0225),
        (0.8780, 0.0545, -0.0180, 0.0305),
        (0.8900, 0.0560, -0.0330, 0.0375),
        (0.9050, 0.0565, -0.0440, 0.0435),
        (0.9200, 0.0565, -0.0520, 0.0475),
        (0.9360, 0.0555, -0.0580, 0.0500),
        (0.9520, 0.0575, -0.0605, 0.0515),
        (0.9660, 0.0545, -0.0590, 0.0505),
        (0.9790, 0.0465, -0.0530, 0.0455),
        (0.9890, 0.0345, -0.0425, 0.0365),
        (0.9960, 0.0185, -0.0280, 0.0230),
        (0.9995, 0.0040, -0.0130, 0.0085),
    )
)
_TOP = 0.9995


def _skull(z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Centre in x, half the depth and half the width of the skull at these heights."""
    front, back, width = (np.interp(z, _SKULL[:, 0], column) for column in _SKULL.T[1:])
    return (front + back) / 2, (front - back) / 2, width


def head_parts(h: float, flesh: Finish, words: dict[str, str], seen: Seen, entity: int) -> list[Solid]:
    """Everything that moves with the head of a person ``h`` metres tall."""
    parts = [_face(h, flesh, entity)]
    dark, white = Finish((0.012, 0.011, 0.012), 0.6), Finish((0.62, 0.61, 0.59), 0.3)
    chance = np.random.default_rng(seed_from("hair", seen.name))
    hairs = ("#2a2320", "#4a3324", "#6b3e26", "#b99654", "#8e8a86")
    text = words.get("hair", "")
    age = seen.figure.age if seen.figure and seen.figure.age else 35
    hair = finish(text, "#a8a6a2" if age >= 62 else hairs[int(chance.integers(len(hairs)))])
    brow = Finish(tuple(0.7 * c for c in hair.colour))  # type: ignore[arg-type]
    lip = Finish((flesh.colour[0] * 0.62, flesh.colour[1] * 0.42, flesh.colour[2] * 0.42))
    parts.append(ball((0.0085 * h, 0.0170 * h, 0.0036 * h), (0.0500 * h, 0, 0.8925 * h), lip, entity, 8))
    parts.append(_nose(h, flesh, entity))
    for sign in (1, -1):
        parts += [
            ball((0.0085 * h, 0.0105 * h, 0.0062 * h), (0.0452 * h, sign * 0.0215 * h, EYES * h), white, entity, 8),
            ball((0.0042 * h, 0.0052 * h, 0.0058 * h), (0.0505 * h, sign * 0.0212 * h, EYES * h), dark, entity, 7),
            ball((0.0110 * h, 0.0075 * h, 0.0180 * h), (-0.004 * h, sign * 0.0505 * h, 0.926 * h), flesh, entity, 7),
            ball((0.0070 * h, 0.0125 * h, 0.0024 * h), (0.0478 * h, sign * 0.0225 * h, 0.9495 * h), brow, entity, 7),
        ]
    if not has(text, ("bald", "shaved")):
        parts += _hair(h, hair, text, entity)
    if "beard" in words:
        parts += _beard(h, words["beard"], entity)
    if "glasses" in words:
        parts += _glasses(h, finish(words["glasses"], "#222222"), entity)
    if "hat" in words:
        parts += _hat(h, words["hat"], entity)
    return parts


def _face(h: float, flesh: Finish, entity: int) -> Solid:
    z = _SKULL[:, 0]
    centre, depth, width = _skull(z)
    profile = [
        (float(a) * h, float(b) * h, float(c) * h, float(d) * h)
        for a, b, c, d in zip(z, centre, depth, width, strict=True)
    ]
    return lathe(profile, flesh, entity, detail=22)


def _nose(h: float, flesh: Finish, entity: int) -> Solid:
    """A wedge from between the eyes to the tip."""
    rows = ((0.947, 0.0490, 0.0525, 0.0045), (0.934, 0.0480, 0.0565, 0.0050), (0.922, 0.0480, 0.0645, 0.0070),
            (0.9155, 0.0480, 0.0675, 0.0090), (0.9115, 0.0480, 0.0600, 0.0075))  # fmt: skip
    return lathe(
        [(z * h, root * h, (tip - root) * h, half * h) for z, root, tip, half in rows], flesh, entity, detail=10
    )


_HAIRLINE = np.array(  # degrees from straight ahead, and how far down the hair comes there
    ((0, 0.9745), (32, 0.9735), (52, 0.9640), (66, 0.9560), (76, 0.9340), (86, 0.9300), (93, 0.9440), (112, 0.9420),
     (126, 0.9080), (150, 0.8930), (180, 0.8900))
)  # fmt: skip


_THICKNESS = (  # from the hairline to the crown, and how far the hair stands off the skull there
    (0.0, -0.002), (0.04, 0.0045), (0.2, 0.0062), (0.4, 0.0072), (0.6, 0.0082), (0.78, 0.0095), (0.9, 0.0112),
    (0.97, 0.0125), (1.0, 0.0130),
)  # fmt: skip


def _hair(h: float, hair: Finish, text: str, entity: int) -> list[Solid]:
    turns = 2 * np.pi * np.arange(30) / 30
    away = np.degrees(np.abs(np.arctan2(np.sin(turns), np.cos(turns))))
    low = np.interp(away, _HAIRLINE[:, 0], _HAIRLINE[:, 1])
    strands = 0.0011 * np.cos(15 * turns)
    rings = []
    for share, thick in _THICKNESS:
        z = low + (_TOP - low) * share
        centre, depth, width = _skull(z)
        out = thick + strands * (thick > 0)
        lift = max(thick, 0.0) * share
        rings.append(
            np.stack([centre + (depth + out) * np.cos(turns), (width + out) * np.sin(turns), z + lift], -1) * h
        )
    parts = [skin(np.stack(rings), hair, entity, ends=(False, True))]
    if has(text, ("braid", "plait", "braids", "plaits")):
        for index in range(7):
            size = (0.0185 - 0.0013 * index) * h
            at = (
                -(0.060 + 0.0045 * min(index, 3)) * h,
                (0.003 if index % 2 else -0.003) * h,
                (0.900 - 0.024 * index) * h,
            )
            parts.append(ball((size * 0.85, size, size), at, hair, entity, 7))
    elif has(text, ("bun", "chignon", "topknot")):
        parts.append(ball((0.030 * h, 0.030 * h, 0.030 * h), (-0.064 * h, 0, 0.970 * h), hair, entity, 10))
    elif has(text, ("ponytail",)):
        parts.append(limb((-0.062 * h, 0, 0.955 * h), (-0.088 * h, 0, 0.84 * h), 0.019 * h, hair, entity))
    elif has(text, ("long", "flowing", "shoulder-length", "bob")):
        parts.append(_fall(h, 0.862 if has(text, ("bob",)) else 0.795, hair, entity))
    elif has(text, ("curly", "curls", "afro", "frizzy", "tousled", "messy")):
        big = 0.030 if has(text, ("afro",)) else 0.0185
        for index in range(22):
            angle, ring = index * 2.399, index / 22
            x, y = -0.012 + 0.056 * np.cos(angle) * (1 - 0.5 * ring), 0.052 * np.sin(angle) * (1 - 0.5 * ring)
            parts.append(ball((big * h, big * h, big * h), (x * h, y * h, (0.962 + 0.040 * ring) * h), hair, entity, 8))
    return parts


def _fall(h: float, low: float, hair: Finish, entity: int) -> Solid:
    """Hair that hangs from the crown down the back and beside the face."""
    turns = np.radians(np.linspace(82, 278, 23))
    rings = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        z = 0.972 + (low - 0.972) * share
        centre, depth, width = _skull(np.array(max(z, 0.925)))
        spread = 0.009 + 0.006 * share
        rings.append(
            np.stack([centre + (depth + spread) * np.cos(turns), (width + spread) * np.sin(turns), z + 0 * turns], -1)
            * h
        )
    return skin(np.stack(rings), hair, entity, around=False, ends=(False, False))


def _beard(h: float, text: str, entity: int) -> list[Solid]:
    beard = finish(text, "#6b5a4a")
    lip = ball((0.0090 * h, 0.0200 * h, 0.0045 * h), (0.0500 * h, 0, 0.9015 * h), beard, entity, 8)
    if has(text, ("moustache", "mustache")):
        return [lip]
    deep = 0.036 if has(text, ("long", "full")) else 0.012
    turns = np.radians(np.linspace(-88, 88, 19))
    rings = []
    for z, grow in ((0.9250, 0.0010), (0.9080, 0.0045), (0.8850, 0.0070), (0.8700, 0.0095), (0.8680 - deep, 0.0040)):
        centre, depth, width = _skull(np.array(z))
        high = np.where(np.abs(turns) < np.radians(38), np.minimum(z, 0.8870), z)
        rings.append(np.stack([centre + (depth + grow) * np.cos(turns), (width + grow) * np.sin(turns), high], -1) * h)
    return [lip, skin(np.stack(rings), beard, entity, around=False, ends=(False, False))]


def _glasses(h: float, rim: Finish, entity: int) -> list[Solid]:
    parts: list[Solid] = []
    thin = 0.0032 * h
    for sign in (1, -1):
        parts += [
            box((thin, 0.032 * h, thin), (0.0640 * h, sign * 0.0225 * h, z * h), rim, entity) for z in (0.9500, 0.9230)
        ]
        parts += [
            box((thin, thin, 0.030 * h), (0.0640 * h, sign * y * h, 0.9365 * h), rim, entity) for y in (0.0065, 0.0385)
        ]
        parts.append(box((0.066 * h, thin, thin), (0.031 * h, sign * 0.0520 * h, 0.9440 * h), rim, entity))
    parts.append(box((thin, 0.014 * h, thin), (0.0640 * h, 0, 0.9440 * h), rim, entity))
    return parts


def _hat(h: float, text: str, entity: int) -> list[Solid]:
    look = finish(text, "#5b4636")
    band = Finish(tuple(0.45 * c for c in look.colour))  # type: ignore[arg-type]
    if has(text, ("beanie", "bonnet", "hood", "headscarf", "turban", "helmet")):
        dome = ((0.957, 0.069, 0.0625), (0.972, 0.070, 0.0635), (0.990, 0.066, 0.059), (1.008, 0.050, 0.045))
        rows = [(z * h, -0.002 * h, rx * h, ry * h) for z, rx, ry in (*dome, (1.019, 0.025, 0.022))]
        return [lathe(rows, look, entity, ends=(False, True))]
    crown = [(0.963, 0.068, 0.061), (1.010, 0.063, 0.056), (1.026, 0.055, 0.047), (1.030, 0.030, 0.026)]
    parts = [lathe([(z * h, -0.002 * h, rx * h, ry * h) for z, rx, ry in crown], look, entity, ends=(False, True))]
    if has(text, ("cap",)):
        parts.append(ball((0.050 * h, 0.046 * h, 0.005 * h), (0.062 * h, 0, 0.967 * h), look, entity, 12))
    else:
        wide = 0.128 if has(text, ("wide", "brimmed", "straw", "sou'wester", "cowboy")) else 0.100
        parts.append(tube((0, 0, 0.964 * h), (0, 0, 0.970 * h), wide * h, look, entity, detail=20))
        parts.append(tube((-0.002 * h, 0, 0.9705 * h), (-0.002 * h, 0, 0.981 * h), 0.0690 * h, band, entity, detail=20))
    return parts


def odd_head(h: float, text: str, entity: int) -> list[Solid]:
    """A head that is a thing: a balloon, a lantern, a box."""
    look = finish(text, "#e0c040")
    if has(text, ("cube", "box", "television")):
        return [box((0.16 * h, 0.18 * h, 0.16 * h), (0, 0, 0.93 * h), look, entity)]
    if has(text, ("lantern", "bulb")):
        look = Finish(look.colour, look.shine, max(look.glow, 0.8))
    parts = [ball((0.105 * h, 0.105 * h, 0.125 * h), (0, 0, 0.975 * h), look, entity, 24)]
    if has(text, ("balloon",)):
        parts.append(tube((0, 0, 0.84 * h), (0, 0, 0.862 * h), 0.018 * h, look, entity, top=0.008 * h))
    return parts
