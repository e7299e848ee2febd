"""Trunk, legs and arms in the clothes that the bible names. Lengths are shares of the person's height."""

import numpy as np

from render.previz.colours import Finish, finish
from render.previz.figures.words import FULL, LONG, has
from render.previz.solid import Solid, ball, lathe, skin, taper, tube

Parts = list[tuple[str, Solid]]  # (bone, solid)

# Height, half the depth, half the width: from the hips to the neck. Widths grow with the build.
_TRUNK = (
    (0.505, 0.0690, 0.0920),
    (0.560, 0.0640, 0.0870),
    (0.610, 0.0610, 0.0820),
    (0.660, 0.0640, 0.0890),
    (0.715, 0.0700, 0.0990),
    (0.760, 0.0690, 0.1060),
    (0.790, 0.0610, 0.1060),
    (0.808, 0.0520, 0.0960),
    (0.822, 0.0430, 0.0760),
    (0.834, 0.0370, 0.0520),
    (0.846, 0.0330, 0.0370),
)


def legs(h: float, b: float, look: Finish, shoe: Finish, words: dict[str, str], entity: int, cloth: Finish) -> Parts:
    """Both legs from the hip down; ``cloth`` is the coat's, whose panels swing with the thighs."""
    parts: Parts = []
    hip, knee, ankle = 0.51 * h, 0.285 * h, 0.055 * h
    tall = has(words.get("feet", ""), ("boots", "wellingtons"))
    bare = has(words.get("bottom", ""), ("skirt", "shorts"))
    hem = _hem(words)
    for name, sign in (("l", 1), ("r", -1)):
        y = sign * 0.050 * h * (0.7 + 0.3 * b)
        parts.append((f"thigh-{name}", taper((0, y, hip), (0, y, knee), (0.051 * h * b, 0.036 * h * b), look, entity)))
        shin = taper(
            (0, y, knee), (-0.004 * h, y, ankle), (0.0365 * h * b, 0.027 * h * (1.0 if bare else b)), look, entity
        )
        parts.append((f"shin-{name}", shin))
        sole = [(0.0, 0.028, 0.066, 0.026), (0.010, 0.028, 0.069, 0.028), (0.024, 0.022, 0.056, 0.026),
                (0.042, 0.004, 0.034, 0.025), (0.058, -0.004, 0.027, 0.025)]  # fmt: skip
        foot = lathe([(z * h, x * h, rx * h, ry * h) for z, x, rx, ry in sole], shoe, entity, detail=12)
        parts.append((f"shin-{name}", _aside(foot, y)))
        if tall:
            boot = lathe(
                [(0.05 * h, -0.004 * h, 0.036 * h, 0.034 * h), (0.205 * h, -0.002 * h, 0.045 * h, 0.043 * h)],
                shoe, entity, detail=12, ends=(False, False),
            )  # fmt: skip
            parts.append((f"shin-{name}", _aside(boot, y)))
        if hem < 0.45:
            panel = lathe(
                [(hem * h, 0.0, 0.066 * h * b, 0.058 * h * b), (0.50 * h, 0.0, 0.060 * h * b, 0.054 * h * b)],
                cloth, entity, detail=12, ends=(False, False),
            )  # fmt: skip
            parts.append((f"thigh-{name}", _aside(panel, y)))
    return parts


def _aside(solid: Solid, y: float) -> Solid:
    matrix = np.eye(4)
    matrix[1, 3] = y
    return solid.moved(matrix)


def _hem(words: dict[str, str]) -> float:
    """How far down the upper garment comes."""
    text = words.get("coat") or words.get("top", "")
    return 0.12 if has(text, FULL) else 0.31 if has(text, LONG) else 0.50


def trunk(h: float, b: float, top: Finish, bottom: Finish, flesh: Finish, words: dict[str, str], entity: int) -> Parts:
    """From the hips to the neck, with what is worn there."""
    coat, hem = "coat" in words, _hem(words)
    thick = 0.004 if coat else 0.0
    darker = Finish(tuple(0.5 * c for c in top.colour), top.shine)  # type: ignore[arg-type]
    profile = [
        (z * h, 0.0, (rx + thick) * h * (0.35 + 0.65 * b), (ry + thick) * h * (1 if z > 0.83 else b))
        for z, rx, ry in _TRUNK
    ]
    hips = [
        (0.455, 0.040, 0.062),
        (0.475, 0.058, 0.080),
        (0.505, 0.066, 0.089),
        (0.545, 0.065, 0.088),
        (0.580, 0.06, 0.082),
    ]
    pelvis = lathe(
        [(z * h, 0.0, rx * h * (0.35 + 0.65 * b), ry * h * b) for z, rx, ry in hips], bottom, entity, detail=14
    )
    parts: Parts = [("torso", lathe(profile, top, entity, detail=18, ends=(False, True))), ("pelvis", pelvis)]
    parts.append(("torso", tube((-0.006 * h, 0, 0.81 * h), (0.002 * h, 0, 0.885 * h), 0.031 * h, flesh, entity)))
    if hem < 0.5 or coat:
        low = min(hem, 0.47)
        wide = 1.0 + 0.55 * (0.6 - low)
        skirt = [
            (low * h, 0.0, 0.078 * wide * h * b, 0.101 * wide * h * b),
            (0.52 * h, 0.0, 0.078 * h * b, 0.1075 * h * b),
            (0.58 * h, 0.0, 0.070 * h * b, 0.0970 * h * b),
            (0.63 * h, 0.0, 0.0675 * h * (0.35 + 0.65 * b), 0.0890 * h * b),
        ]
        parts.append(("pelvis", lathe(skirt, top, entity, detail=18, ends=(False, False))))
        parts += _front(h, profile, darker, entity)
        parts.append(("torso", _collar(h, 0.826, 0.862, 0.048, 0.043, top, entity)))
    else:
        rib = [(0.488, 0.0750, 0.1055), (0.525, 0.0765, 0.1060), (0.570, 0.0690, 0.0960), (0.625, 0.0625, 0.0850)]
        band = [(z * h, 0.0, rx * h * (0.35 + 0.65 * b), ry * h * b) for z, rx, ry in rib]
        parts.append(("pelvis", lathe(band, top, entity, detail=18, ends=(False, False))))
        parts.append(("torso", _collar(h, 0.832, 0.852, 0.0385, 0.0365, darker if coat else _lighter(top), entity)))
        if has(words.get("bottom", ""), ("skirt",)):
            skirt = [(0.30 * h, 0.0, 0.098 * h * b, 0.118 * h * b), (0.57 * h, 0.0, 0.066 * h * b, 0.088 * h * b)]
            parts.append(("pelvis", lathe(skirt, bottom, entity, detail=18, ends=(False, False))))
    if coat and "top" in words:
        parts.append(("torso", _throat(h, profile, finish(words["top"], "#d8d4c8"), entity)))
    if "scarf" in words:
        scarf = finish(words["scarf"], "#a23b35")
        parts.append(("torso", ball((0.050 * h, 0.054 * h, 0.022 * h), (0.002 * h, 0, 0.848 * h), scarf, entity)))
        tail = [(0.700 * h, 0.069 * h, 0.008 * h, 0.016 * h), (0.836 * h, 0.050 * h, 0.008 * h, 0.014 * h)]
        parts.append(("torso", _aside(lathe(tail, scarf, entity, detail=8), 0.022 * h)))
    return parts


def _lighter(look: Finish) -> Finish:
    return Finish(tuple(0.78 * c for c in look.colour), look.shine)  # type: ignore[arg-type]


def _collar(h: float, low: float, high: float, wide: float, narrow: float, look: Finish, entity: int) -> Solid:
    rows = [(low * h, -0.002 * h, wide * h, 1.12 * wide * h), (high * h, 0.0, narrow * h, narrow * h)]
    return lathe(rows, look, entity, detail=14, ends=(False, False))


def _surface(profile: list[tuple[float, float, float, float]], z: np.ndarray) -> np.ndarray:
    """How far forward the trunk is at these heights, metres."""
    return np.interp(z, [row[0] for row in profile], [row[2] for row in profile])


def _front(h: float, profile: list[tuple[float, float, float, float]], dark: Finish, entity: int) -> Parts:
    """The edge where a coat closes, and its buttons."""
    z = np.linspace(0.555, 0.822, 8) * h
    x = _surface(profile, z) + 0.0022 * h
    sides = [np.stack([x, np.full_like(z, y * h), z], -1) for y in (-0.0028, 0.0028)]
    parts: Parts = [("torso", skin(np.stack(sides), dark, entity, around=False, ends=(False, False)))]
    for share in (0.60, 0.66, 0.72, 0.78):
        at = float(_surface(profile, np.array(share * h))) + 0.003 * h
        parts.append(("torso", ball((0.003 * h, 0.0055 * h, 0.0055 * h), (at, 0.013 * h, share * h), dark, entity, 6)))
    return parts


def _throat(h: float, profile: list[tuple[float, float, float, float]], inner: Finish, entity: int) -> Solid:
    """What is worn under an open collar."""
    z = np.linspace(0.765, 0.834, 5) * h
    half = np.linspace(0.002, 0.026, 5) * h
    x = _surface(profile, z) + 0.003 * h
    rows = [np.stack([x - 0.12 * np.abs(half * side), half * side, z], -1) for side in (-1, -0.4, 0.4, 1)]
    return skin(np.stack(rows), inner, entity, around=False, ends=(False, False))


def arms(h: float, b: float, top: Finish, flesh: Finish, entity: int) -> Parts:
    """Both arms: sleeves and hands."""
    parts: Parts = []
    for name, sign in (("l", 1), ("r", -1)):
        shoulder, elbow, wrist = sign * 0.104 * h * b, sign * 0.128 * h * (0.4 + 0.6 * b), sign * 0.138 * h
        upper = taper((0, shoulder, 0.783 * h), (0, elbow, 0.63 * h), (0.0335 * h * b, 0.0275 * h * b), top, entity)
        lower = taper((0, elbow, 0.63 * h), (0.010 * h, wrist, 0.495 * h), (0.0275 * h * b, 0.0205 * h), top, entity)
        palm = [
            (0.425, 0.009, 0.009),
            (0.433, 0.017, 0.011),
            (0.452, 0.021, 0.012),
            (0.472, 0.020, 0.0125),
            (0.492, 0.013, 0.012),
        ]
        hand = lathe([(z * h, 0.015 * h, rx * h, ry * h) for z, rx, ry in palm], flesh, entity, detail=9)
        thumb = taper(
            (0.026 * h, wrist, 0.474 * h),
            (0.039 * h, wrist - sign * 0.004 * h, 0.452 * h),
            (0.0075 * h, 0.006 * h),
            flesh,
            entity,
            detail=6,
        )
        parts += [
            (f"arm-{name}", upper),
            (f"forearm-{name}", lower),
            (f"forearm-{name}", _aside(hand, wrist)),
            (f"forearm-{name}", thumb),
        ]
    return parts
