"""The trunk under the clothes, and what covers it. Lengths are shares of the height; faces +x."""

from dataclasses import dataclass, replace

import numpy as np

from render.previz.colour_names import said
from render.previz.colours import Finish, Weave, finish, finishes, shade
from render.previz.figures.mesh import patch, patterned, rope
from render.previz.figures.rig import Part
from render.previz.figures.shape import Shape
from render.previz.figures.words import Wear, Wearing
from render.previz.solid import Solid, ball, skin

# Height, half the depth, half the width: from between the legs to the neck.
_TRUNK = np.array(
    (
        (0.452, 0.0350, 0.0500),
        (0.470, 0.0560, 0.0780),
        (0.500, 0.0660, 0.0900),
        (0.530, 0.0670, 0.0910),
        (0.560, 0.0640, 0.0870),
        (0.610, 0.0590, 0.0800),
        (0.660, 0.0630, 0.0860),
        (0.715, 0.0690, 0.0960),
        (0.755, 0.0680, 0.1000),
        (0.785, 0.0610, 0.0980),
        (0.804, 0.0520, 0.0860),
        (0.819, 0.0440, 0.0660),
        (0.834, 0.0380, 0.0480),
        (0.846, 0.0340, 0.0370),
        (0.860, 0.0325, 0.0335),
    )
)
_SEAM = 0.580  # where what hangs from the shoulders meets what hangs from the hips


@dataclass(frozen=True)
class Trunk:
    """A trunk's surface, in shares of the height."""

    shape: Shape

    def section(self, z: np.ndarray | float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Centre in x, half the depth and half the width at these heights."""
        s, z = self.shape, np.asarray(z, float)
        rx, ry = (np.interp(z, _TRUNK[:, 0], column) for column in _TRUNK.T[1:])
        high = np.clip((z - 0.66) / 0.10, 0.0, 1.0)
        low = np.clip((0.60 - z) / 0.05, 0.0, 1.0)
        mid = np.clip(1 - high - low, 0.0, 1.0)
        factor = high * s.shoulders + mid * s.waist + low * s.hips
        throat = np.clip((z - 0.815) / 0.025, 0.0, 1.0)
        wide = (s.wide * factor) * (1 - throat) + s.neck * throat
        deep = (s.deep * (0.35 + 0.65 * factor)) * (1 - throat) + s.neck * throat
        return np.asarray(s.bend(z)), rx * deep, ry * wide

    def relief(self, turns: np.ndarray, y: np.ndarray, z: np.ndarray | float) -> np.ndarray:
        """How far belly, bust and seat stand out in x."""
        s, ahead = self.shape, np.clip(np.cos(turns), 0.0, 1.0)
        out = s.belly * np.exp(-(((np.asarray(z) - 0.590) / 0.065) ** 2)) * ahead**0.7
        out = (
            out
            + s.bust
            * np.exp(-(((np.asarray(z) - 0.728) / 0.034) ** 2))
            * np.exp(-(((np.abs(y) - 0.042) / 0.038) ** 2))
            * ahead**0.5
        )
        seat = (
            0.010
            * s.hips
            * np.exp(-(((np.asarray(z) - 0.505) / 0.035) ** 2))
            * np.clip(-np.cos(turns), 0.0, 1.0) ** 0.7
        )
        return out - seat

    def ring(self, turns: np.ndarray, z: float, out: np.ndarray | float = 0.0) -> np.ndarray:
        """Points round the trunk at angles ``turns`` (0 is ahead), ``out`` off it, float[T, 3]."""
        centre, rx, ry = self.section(z)
        c, s = np.cos(turns), np.sin(turns)
        c, s = np.sign(c) * np.abs(c) ** 0.88, np.sign(s) * np.abs(s) ** 0.88
        y = (ry + out) * s
        return np.stack([centre + (rx + out) * c + self.relief(turns, y, z), y, np.broadcast_to(z, turns.shape)], -1)

    def front(self, y: np.ndarray | float, z: np.ndarray | float, out: float = 0.0) -> np.ndarray:
        """The x of the trunk's front, ``out`` off it, at these places."""
        y, z = np.broadcast_arrays(np.asarray(y, float), np.asarray(z, float))
        centre, rx, ry = self.section(z)
        share = np.clip(np.abs(y) / np.maximum(ry + out, 1e-6), 0.0, 0.999)
        turns = np.arcsin(share ** (1 / 0.88))
        return centre + (rx + out) * np.cos(turns) ** 0.88 + self.relief(turns, y, z)


_AROUND = 2 * np.pi * np.arange(18) / 18
_LEVELS = (0.540, 0.580, 0.620, 0.670, 0.712, 0.745, 0.775, 0.800, 0.815, 0.826, 0.836)


def flesh_of(trunk: Trunk, flesh: Finish, entity: int) -> list[Part]:
    """The neck, and the skin that shows above a low collar."""
    s = trunk.shape
    throat = np.stack([trunk.ring(_AROUND, z, -0.0015) for z in (0.795, 0.815, 0.832)])
    neck = []
    for z, size in ((0.846, 1.03), (0.866, 0.97), (0.898, 0.95)):
        x = s.bend(z) - 0.007 * (0.9 - z) / 0.05
        neck.append(
            np.stack(
                [
                    x + 0.0315 * s.neck * size * np.cos(_AROUND),
                    0.0320 * s.neck * size * np.sin(_AROUND),
                    z + 0 * _AROUND,
                ],
                -1,
            )
        )
    return [("torso", skin(np.concatenate([throat, np.stack(neck)]) * s.h, flesh, entity, ends=(False, False)))]


def _shift(wear: Wear | None) -> float:
    return (
        0.0
        if wear is None
        else float(wear.kind.shape.get("loose", 0.0))
        + (
            0.008
            if wear.says("loose", "baggy", "oversized", "big")
            else -0.002
            if wear.says("tight", "fitted", "skinny")
            else 0.0
        )
    )


def hem_of(wear: Wear) -> float:
    """How far down a garment comes: its kind's hem, or what its words say."""
    hem = float(wear.kind.shape.get("hem", 0.485))
    if wear.says("floor-length", "full-length", "trailing"):
        return 0.02
    if wear.says("ankle-length", "maxi"):
        return 0.07
    if wear.says("knee-length", "midi"):
        return 0.27
    if wear.says("mini", "cropped", "waist-length"):
        return max(hem, 0.50) if hem > 0.4 else 0.40
    if wear.says("long", "longline") and hem < 0.5:
        return max(hem - 0.14, 0.04)
    if wear.says("short"):
        return min(hem + 0.12, 0.50)
    return hem


def hips(trunk: Trunk, look: Finish, text: str, entity: int) -> Part:
    """The seat of the trousers, or what is there in their place."""
    # Narrower towards the waist, where the cloth over it is narrowest.
    levels = ((0.452, 0.0004), (0.468, 0.0004), (0.495, 0.0004), (0.530, 0.0), (0.565, -0.003), (0.600, -0.007))
    rings = np.stack([trunk.ring(_AROUND, z, out) for z, out in levels])
    return (
        "waist",
        patterned(skin(rings * trunk.shape.h, look, entity), text, 0.02 * trunk.shape.h, look, len(_AROUND)),
    )


def garment(
    trunk: Trunk, wear: Wear, look: Finish, entity: int, *, under: float = 0.0, opened: bool = False
) -> list[Part]:
    """What covers the trunk from the neck to the hem: one cloth that bends at the waist and swings with the legs."""
    s = trunk.shape
    outer = wear.kind.slot == "outer" or wear.kind.name == "suit"
    out = 0.0035 + under + _shift(wear) + (0.0035 if outer else 0.0)
    sleeveless = wear.kind.shape.get("sleeves") == "none"
    low_neck = wear.kind.name in ("tank", "gown") or wear.says("low-cut", "strapless", "off-shoulder")
    top = 0.800 if low_neck else 0.836
    fine = said(wear.text).pattern is not None
    levels = [z for z in _LEVELS if z <= top]
    if fine:
        levels = list(np.arange(0.535, top + 0.001, 0.0125))
    turns = 2 * np.pi * np.arange(36 if fine else 20) / (36 if fine else 20)
    rows = []
    for z in levels:
        wide = out if z < 0.79 else out * (1 - 0.45 * (z - 0.79) / 0.046)
        if sleeveless and z > 0.72:
            wide -= 0.002
        rows.append(trunk.ring(turns, z, wide))
    hem = hem_of(wear)
    flare = float(wear.kind.shape.get("flare", 0.14)) * (
        1.5
        if wear.says("full", "flared", "wide", "a-line", "billowing")
        else 0.45
        if wear.says("pencil", "tight", "straight")
        else 1.0
    )
    below = [_hanging(trunk, turns, z, out, flare) for z in _drop(hem, fine)]
    cloth = np.concatenate([np.stack(below), np.stack(rows)]) if below else np.stack(rows)
    unit = (0.025 if said(wear.text).pattern != "dots" else 0.018) * s.h
    bone = "skirt" if hem < 0.505 else "waist"
    parts: list[Part] = []
    split = len(below)
    if bone == "skirt":
        join_row = next(i for i, z in enumerate([*_drop(hem, fine), *levels]) if z >= _SEAM)
        lower, upper = cloth[: join_row + 1], cloth[max(join_row - 1 - (2 if not fine else 4), 0) :]
        upper = upper.copy()
        inner = [i for i in range(len(upper)) if upper[i, 0, 2] < _SEAM + 0.005]
        for i in inner:
            upper[i, :, :2] = upper[i].mean(axis=0)[:2] + (upper[i, :, :2] - upper[i].mean(axis=0)[:2]) * 0.965
        if opened:
            gap = np.argsort(np.abs(np.arctan2(np.sin(turns), np.cos(turns))))[:1]
            lower = lower.copy()
            lower[:, gap, 0] -= 0.012
        parts.append(
            (
                "skirt",
                patterned(skin(lower * s.h, look, entity, ends=(False, False)), wear.text, unit, look, len(turns)),
            )
        )
        parts.append(
            (
                "waist",
                patterned(skin(upper * s.h, look, entity, ends=(False, False)), wear.text, unit, look, len(turns)),
            )
        )
    else:
        parts.append(
            (
                "waist",
                patterned(skin(cloth * s.h, look, entity, ends=(False, False)), wear.text, unit, look, len(turns)),
            )
        )
    del split
    return parts


def _drop(hem: float, fine: bool) -> list[float]:
    """Heights of the rings from the hem up to the hips."""
    if hem >= 0.53:
        return []
    step = 0.0125 if fine else 0.045
    count = max(int(np.ceil((0.53 - hem) / step)), 1)
    return [hem + (0.53 - hem) * i / count for i in range(count)]


def _hanging(trunk: Trunk, turns: np.ndarray, z: float, out: float, flare: float) -> np.ndarray:
    """A ring below the hips: never narrower than they are, wider towards the hem."""
    ring = trunk.ring(turns, max(z, 0.512), out)
    share = max(0.512 - z, 0.0)
    centre = np.array((0.0, 0.0))
    grow = 1 + flare * share / 0.30 + 0.06 * min(share / 0.02, 1.0)  # room for the thighs, which are rounder
    folds = 1 + 0.030 * min(share / 0.25, 1.0) * np.cos(8 * turns) * (1 if flare > 0.2 else 0.4)
    ring[:, :2] = centre + (ring[:, :2] - centre) * grow * folds[:, None]
    ring[:, 2] = z
    return ring


def closing(trunk: Trunk, wear: Wear, look: Finish, entity: int, out: float) -> list[Part]:
    """The edge where a garment closes in front, with its buttons or its zip."""
    s, front = trunk.shape, wear.kind.shape.get("front")
    if wear.says("double-breasted"):
        front = "double"
    if wear.says("zip", "zipped", "zip-up"):
        front = "zip"
    if front not in ("buttons", "double", "zip", "wrap"):
        return []
    dark = shade(look, 0.45) if sum(look.colour) > 0.25 else shade(look, 2.6)
    top = {"lapels": 0.705, "vee": 0.745, "shirt": 0.806, "wrap": 0.69}.get(str(wear.kind.shape.get("collar")), 0.822)
    z = np.linspace(max(hem_of(wear), 0.50), top, 10)
    across = 0.030 if front == "double" else 0.0
    x = trunk.front(across, z, out) + 0.0022
    wide = 0.0026
    if front == "wrap":
        y = np.interp(z, (0.5, 0.66, 0.82), (0.055, 0.035, -0.018))
        x = trunk.front(np.abs(y), z, out) + 0.0025
        sides = [np.stack([x, y + d, z], -1) for d in (-0.006, 0.006)]
        return [("waist", patch(np.stack(sides) * s.h, shade(look, 0.62), entity))]
    sides = [np.stack([x, across + d + 0 * z, z], -1) for d in (-wide / 2, wide / 2)]
    parts: list[Part] = [("waist", patch(np.stack(sides) * s.h, dark, entity))]
    if front == "zip":
        return parts
    studs = _studs(wear, dark)
    spots = (
        [(0.0115, z) for z in (0.565, 0.625, 0.685, 0.745, 0.800) if z < top]
        if front == "buttons"
        else [(y, z) for z in (0.560, 0.620, 0.680) for y in (0.045, -0.022)]
    )
    for y, z in spots:
        at = (float(trunk.front(abs(y), z, out)) + 0.0026, y, z)
        parts.append(
            ("waist", ball((0.0026 * s.h, 0.0052 * s.h, 0.0052 * s.h), tuple(c * s.h for c in at), studs, entity, 5))  # type: ignore[arg-type]
        )  # type: ignore[arg-type]
    return parts


def _studs(wear: Wear, plain: Finish) -> Finish:
    """The buttons' colour, where the words give them one: with brass buttons."""
    words = wear.text.split("buttons")[0].split("with")[-1] if " with " in wear.text and "buttons" in wear.text else ""
    return replace(finish(words, "#888888"), part=wear.part) if words and said(words) != said("") else plain


def collar(trunk: Trunk, wear: Wear, look: Finish, entity: int, out: float, *, up: bool) -> list[Part]:
    """The collar that the garment's kind has, or that its words say."""
    s, kind = trunk.shape, wear.kind.shape.get("collar", "round")
    if wear.says("turtleneck", "roll-neck", "polo-neck", "high-necked", "roll"):
        kind = "roll"
    elif wear.says("hooded", "hood"):
        kind = "hood"
    elif wear.says("high-collared", "high", "mandarin", "upturned"):
        kind = "stand"
    elif wear.says("v-neck", "v-necked"):
        kind = "vee"
    lean = lambda z: float(s.bend(z))  # noqa: E731

    def ring(z: float, rx: float, ry: float, x: float = 0.0) -> np.ndarray:
        return np.stack([lean(z) + x + rx * np.cos(_AROUND), ry * np.sin(_AROUND), z + 0 * _AROUND], -1)

    neck, light = s.neck, shade(look, 1.18 if sum(look.colour) < 0.5 else 0.82)
    parts: list[Part] = []
    if kind == "roll":
        rows = [
            ring(0.830, 0.046, 0.050),
            ring(0.845, 0.042 * neck, 0.043 * neck),
            ring(0.868, 0.0395 * neck, 0.0400 * neck),
            ring(0.872, 0.0365 * neck, 0.0370 * neck),
            ring(0.852, 0.0355 * neck, 0.0360 * neck),
        ]
        parts.append(("torso", skin(np.stack(rows) * s.h, look, entity, ends=(False, False))))
    elif kind == "round":
        rows = [
            ring(0.828, 0.0470, 0.0560),
            ring(0.840, 0.0425 * neck + out, 0.0450 * neck + out),
            ring(0.843, 0.0390 * neck, 0.0410 * neck),
        ]
        parts.append(("torso", skin(np.stack(rows) * s.h, light, entity, ends=(False, False))))
    elif kind == "stand":
        rows = [
            ring(0.826, 0.0500 + out, 0.0580 + out),
            ring(0.846, 0.0460, 0.0470),
            ring(0.868, 0.0480, 0.0480),
            ring(0.868, 0.0450, 0.0450),
            ring(0.842, 0.0420, 0.0420),
        ]
        parts.append(("torso", skin(np.stack(rows) * s.h, look, entity, ends=(False, False))))
    elif kind == "ring":
        rows = [
            ring(0.815, 0.062, 0.075),
            ring(0.836, 0.066, 0.070),
            ring(0.850, 0.060, 0.062),
            ring(0.846, 0.050, 0.052),
        ]
        parts.append(("torso", skin(np.stack(rows) * s.h, finish("silver"), entity, ends=(False, False))))
    elif kind == "hood" and not up:
        turns = np.radians(np.linspace(62, 298, 19))
        rows = []
        for z, rx, ry in (
            (0.822, 0.066, 0.086),
            (0.838, 0.076, 0.074),
            (0.860, 0.078, 0.062),
            (0.872, 0.066, 0.054),
            (0.862, 0.052, 0.048),
            (0.842, 0.045, 0.046),
        ):
            rows.append(
                np.stack(
                    [
                        lean(z) - 0.004 + rx * np.cos(turns),
                        ry * np.sin(turns),
                        z - 0.012 * np.maximum(np.cos(turns), 0) + 0 * turns,
                    ],
                    -1,
                )
            )
        parts.append(("torso", patch(np.stack(rows) * s.h, look, entity)))
    elif kind in ("lapels", "shirt", "wrap", "vee"):
        turned = [
            ring(0.829, 0.0440 + out * 0.6, 0.0530 + out * 0.6, -0.003),
            ring(0.843, 0.0410 + out * 0.6, 0.0440 + out * 0.6, -0.003),
            ring(0.858, 0.0385 * max(neck, 0.9), 0.0390 * max(neck, 0.9), -0.002),
        ]
        if kind != "vee":
            around = np.radians(np.linspace(*((22, 338) if kind == "lapels" else (14, 346)), 19))
            bowed = [
                np.stack(
                    [
                        np.interp(around, np.append(_AROUND, 2 * np.pi), np.append(row[:, axis], row[0, axis]))
                        for axis in range(3)
                    ],
                    -1,
                )
                for row in turned
            ]
            parts.append(("torso", patch(np.stack(bowed) * s.h, shade(look, 0.88), entity)))
        deep = {"lapels": 0.705, "shirt": 0.806, "wrap": 0.690, "vee": 0.745}[kind]
        for sign in (1, -1):
            z = np.linspace(deep, 0.838, 8)
            share = (z - deep) / (0.838 - deep)
            inner = sign * (0.0015 + 0.0305 * share)
            width = {"lapels": 0.026, "shirt": 0.016, "wrap": 0.014, "vee": 0.007}[kind] * (
                0.25 + np.sin(np.pi * np.clip(share * 0.8 + 0.12, 0, 1))
            )
            outer = inner + sign * width
            rows = [
                np.stack([trunk.front(np.abs(y), np.minimum(z, 0.832), out) + off, y, z], -1)
                for y, off in ((inner, 0.0030), ((inner + outer) / 2, 0.0058), (outer, 0.0026))
            ]
            parts.append(("torso", patch(np.stack(rows) * s.h, shade(look, 0.80 if kind != "vee" else 0.70), entity)))
    return parts


def throat(trunk: Trunk, inner: Finish, entity: int, deep: float, out: float) -> Part:
    """What is worn under an open collar."""
    z = np.linspace(deep, 0.838, 8)
    half = 0.0015 + 0.0305 * (z - deep) / (0.838 - deep)
    rows = [
        np.stack([trunk.front(np.abs(half * side), np.minimum(z, 0.834), out) + 0.0016, half * side, z], -1)
        for side in (-1, -0.5, 0, 0.5, 1)
    ]
    return ("torso", patch(np.stack(rows) * trunk.shape.h, inner, entity))


def cape(trunk: Trunk, wear: Wear, look: Finish, entity: int) -> list[Part]:
    """A cloak from the shoulders down the back, open in front."""
    s, hem = trunk.shape, hem_of(wear)
    turns = np.radians(np.linspace(38, 322, 27))
    upper, lower = [], []
    for z in (*np.linspace(hem, 0.60, 7), 0.66, 0.72, 0.76, 0.79, 0.808, 0.824, 0.838):
        share = np.clip((0.80 - z) / (0.80 - hem), 0.0, 1.0)
        wide = np.interp(z, (0.70, 0.79, 0.815, 0.838), (0.052, 0.042, 0.020, 0.010))
        ring = trunk.ring(turns, max(float(z), 0.60), 0.012 + wide * 0.6)
        ring[:, 1] += np.sign(ring[:, 1]) * wide * 0.75 * np.abs(np.sin(turns))
        folds = 1 + 0.05 * share * np.cos(11 * turns)
        ring[:, :2] *= ((1 + 0.42 * share) * folds)[:, None]
        ring[:, 1] *= np.maximum(
            1.0, np.interp(z, (0.40, 0.62, 0.74), (0.185, 0.172, 0.0)) / max(float(np.abs(ring[:, 1]).max()), 1e-6)
        )
        ring[:, 0] -= 0.02 * share
        ring[:, 2] = z
        (upper if z >= 0.5 else lower).append(ring)
    whole = [*lower, *upper]
    return [
        ("waist", patch(np.stack(whole) * s.h, look, entity)),
        (
            "torso",
            ball(
                (0.006 * s.h, 0.010 * s.h, 0.008 * s.h),
                (float(trunk.front(0, 0.826, 0.012)) * s.h, 0.0, 0.828 * s.h),
                replace(finish("brass"), part=wear.part),
                entity,
                7,
            ),
        ),
    ]


def apron(trunk: Trunk, look: Finish, entity: int) -> list[Part]:
    """A bib and a skirt over the front."""
    s = trunk.shape
    z = np.linspace(0.30, 0.755, 15)
    half = np.where(z > 0.62, 0.048, 0.088)
    rows = []
    for side in np.linspace(-1, 1, 9):
        y = half * side
        x = (
            trunk.front(np.minimum(np.abs(y), 0.075), np.maximum(z, 0.50), 0.0125)
            + 0.002
            + 0.03 * np.clip((0.5 - z) / 0.2, 0, 1)
        )
        rows.append(np.stack([x, y, z], -1))
    strap = [
        (
            "torso",
            rope(
                np.array(
                    (
                        (float(trunk.front(0.04, 0.75, 0.014)), sign * 0.042, 0.753),
                        (float(trunk.front(0.04, 0.80, 0.012)), sign * 0.040, 0.80),
                        (0.0, sign * 0.044, 0.838),
                    )
                )
                * s.h,
                0.0035 * s.h,
                look,
                entity,
                5,
            ),
        )
        for sign in (1, -1)
    ]
    return [
        ("skirt" if s.h else "waist", patch(np.stack(rows) * s.h, look, entity)),
        belt(trunk, look, entity, 0.0135, 0.615, 0.006),
        *strap,
    ]


def belt(trunk: Trunk, look: Finish, entity: int, out: float, at: float = 0.590, half: float = 0.009) -> Part:
    """A band round the waist."""
    rows = [
        trunk.ring(_AROUND, at + dz, out + d) for dz, d in ((-half, 0.0), (-half, 0.003), (half, 0.003), (half, 0.0))
    ]
    return ("waist", skin(np.stack(rows) * trunk.shape.h, look, entity, ends=(False, False)))


def worn_on_chest(trunk: Trunk, worn: Wearing, entity: int, out: float) -> list[Part]:
    """Scarves, ties, necklaces, belts, braces, sashes, badges, aprons."""
    s, h = trunk.shape, trunk.shape.h
    parts: list[Part] = []

    def on(y: float, z: float, off: float = 0.0) -> tuple[float, float, float]:
        return float(trunk.front(abs(y), min(z, 0.834), out)) + off, y, z

    for wear in worn.every("neck"):
        look, kind = (
            replace(
                finish(
                    wear.text,
                    {"necklace": "#c9992b", "collar": "#eceae4", "tie": "#6d1f2f"}.get(wear.kind.name, "#a23b35"),
                ),
                part=wear.part,
            ),
            wear.kind.name,
        )
        if kind == "scarf":
            wool = replace(look, weave=Weave.KNIT) if not wear.says("silk", "satin", "feather") else look
            for z, size in ((0.842, 0.054), (0.856, 0.049)):
                loop = np.stack(
                    [
                        s.bend(z) + 0.002 + size * np.cos(_AROUND),
                        size * np.sin(_AROUND),
                        z + 0.006 * np.cos(_AROUND + 2.0),
                    ],
                    -1,
                )
                parts.append(("torso", rope(np.concatenate([loop, loop[:1]]) * h, 0.0125 * h, wool, entity, 7)))
            for y, low in ((0.026, 0.640), (0.000, 0.690)):
                z = np.linspace(low, 0.842, 8)
                x = trunk.front(abs(y), np.minimum(z, 0.82), out) + 0.012
                rows = [
                    np.stack([x + off, y + d + 0 * z, z], -1)
                    for d, off in ((-0.018, -0.004), (-0.012, 0.003), (0.012, 0.003), (0.018, -0.004))
                ]
                parts.append(
                    ("torso", patterned(patch(np.stack(rows) * h, wool, entity), wear.text, 0.02 * h, wool, len(z)))
                )
        elif kind in ("tie", "bowtie"):
            if kind == "bowtie":
                for sign in (1, -1):
                    parts.append(  # noqa: PERF401  # a wing at a time
                        (
                            "torso",
                            ball(
                                (0.006 * h, 0.0135 * h, 0.0085 * h),
                                tuple(c * h for c in on(sign * 0.0145, 0.838, 0.006)),  # type: ignore[arg-type]
                                look,
                                entity,
                                7,
                            ),
                        )
                    )  # type: ignore[arg-type]
                parts.append(
                    (
                        "torso",
                        ball(
                            (0.006 * h, 0.005 * h, 0.006 * h),
                            tuple(c * h for c in on(0.0, 0.838, 0.008)),  # type: ignore[arg-type]
                            shade(look, 0.8),
                            entity,
                            6,
                        ),
                    )
                )  # type: ignore[arg-type]
                continue
            closed = next(
                (
                    w
                    for w in (worn.first("outer"), worn.first("suit"))
                    if w is not None and w.kind.shape.get("collar") in ("lapels", "vee")
                ),
                None,
            )
            z = (
                np.array((0.590, 0.605, 0.70, 0.80, 0.826))
                if closed is None
                else np.array((0.705, 0.73, 0.76, 0.80, 0.826))
            )
            half = (
                np.array((0.0, 0.0150, 0.0125, 0.0075, 0.0060))
                if closed is None
                else np.array((0.0025, 0.0085, 0.0095, 0.0075, 0.0060))
            )
            rows = [
                np.stack([trunk.front(0.0, np.minimum(z, 0.832), out) + 0.0022, side * half, z], -1)
                for side in (-1, 0, 1)
            ]
            parts.append(
                ("torso", patterned(patch(np.stack(rows) * h, look, entity), wear.text, 0.02 * h, look, len(z)))
            )
            parts.append(
                (
                    "torso",
                    ball(
                        (0.006 * h, 0.009 * h, 0.009 * h),
                        tuple(c * h for c in on(0.0, 0.833, 0.003)),  # type: ignore[arg-type]
                        shade(look, 0.9),
                        entity,
                        7,
                    ),
                )
            )  # type: ignore[arg-type]
        elif kind == "neckerchief":
            loop = np.stack(
                [s.bend(0.85) + 0.041 * np.cos(_AROUND), 0.041 * np.sin(_AROUND), 0.848 - 0.008 * np.cos(_AROUND)], -1
            )
            parts.append(("torso", rope(np.concatenate([loop, loop[:1]]) * h, 0.0095 * h, look, entity, 6)))
            rows = [
                np.stack(
                    [
                        np.array((on(0, 0.80)[0], on(0, 0.838)[0])) + 0.006,
                        np.array((0.0, side * 0.03)),
                        np.array((0.790, 0.842)),
                    ],
                    -1,
                )
                for side in (-1, 0, 1)
            ]
            parts.append(("torso", patch(np.stack(rows) * h, look, entity)))
        elif kind == "collar":
            rows = [
                np.stack(
                    [s.bend(z) + 0.037 * s.neck * np.cos(_AROUND), 0.0375 * s.neck * np.sin(_AROUND), z + 0 * _AROUND],
                    -1,
                )
                for z in (0.844, 0.862)
            ]
            parts.append(("torso", skin(np.stack(rows) * h, look, entity, ends=(False, False))))
        else:
            turns = np.linspace(-1.9, 1.9, 17)
            y = 0.046 * np.sin(turns) * np.where(np.abs(turns) < 1.5, 1.0, 0.95)
            z = 0.838 - 0.085 * np.clip(np.cos(turns), 0, 1) ** 1.4
            x = np.where(np.cos(turns) > 0, trunk.front(np.abs(y), np.minimum(z, 0.826), out) + 0.004, -0.02)
            parts.append(
                (
                    "torso",
                    rope(
                        np.stack([x, y, z], -1) * h,
                        (0.0042 if wear.says("beads", "pearls", "pearl") else 0.0022) * h,
                        look,
                        entity,
                        5,
                    ),
                )
            )
            if not wear.says("pearls", "beads", "chain"):
                parts.append(
                    (
                        "torso",
                        ball(
                            (0.003 * h, 0.0085 * h, 0.0105 * h),
                            tuple(c * h for c in on(0.0, 0.748, 0.005)),  # type: ignore[arg-type]
                            look,
                            entity,
                            8,
                        ),
                    )
                )  # type: ignore[arg-type]
    for wear in worn.every("belt"):
        kind = wear.kind.name
        look = replace(finish(wear.text, {"apron": "#d8d2c2", "badge": "#c9992b"}.get(kind, "#4a3424")), part=wear.part)
        if kind == "apron":
            parts += apron(trunk, look, entity)
        elif kind == "belt":
            parts.append(belt(trunk, look, entity, out + 0.002))
            parts.append(
                (
                    "waist",
                    ball(
                        (0.004 * h, 0.012 * h, 0.009 * h),
                        tuple(c * h for c in on(0.0, 0.590, 0.006)),  # type: ignore[arg-type]
                        replace(finish("brass"), part=wear.part),
                        entity,
                        8,
                    ),
                )
            )  # type: ignore[arg-type]
            if wear.says("tool", "utility", "holster", "gun"):
                for y in (0.078, -0.078):
                    parts.append(
                        (
                            "pelvis",
                            ball(
                                (0.018 * h, 0.012 * h, 0.030 * h), (0.02 * h, y * 1.25 * h, 0.545 * h), look, entity, 8
                            ),
                        )
                    )
        elif kind == "braces":
            for sign in (1, -1):
                z = np.linspace(0.58, 0.812, 9)
                y = sign * np.interp(z, (0.58, 0.81), (0.050, 0.058))
                rows = [np.stack([trunk.front(np.abs(y + d), z, out) + 0.002, y + d, z], -1) for d in (-0.008, 0.008)]
                parts.append(("waist", patch(np.stack(rows) * h, look, entity)))
        elif kind == "sash":
            z = np.linspace(0.56, 0.815, 12)
            y = np.interp(z, (0.56, 0.815), (-0.070, 0.062))
            rows = [
                np.stack([trunk.front(np.abs(y + d), z, out) + 0.0028, y + d, z - d * 0.4], -1) for d in (-0.016, 0.016)
            ]
            parts.append(("waist", patch(np.stack(rows) * h, look, entity)))
        else:
            parts.append(
                (
                    "torso",
                    ball(
                        (0.0035 * h, 0.011 * h, 0.011 * h),
                        tuple(c * h for c in on(0.048, 0.755, 0.004)),  # type: ignore[arg-type]
                        look,
                        entity,
                        9,
                    ),
                )
            )  # type: ignore[arg-type]
    return parts


def top_finishes(wear: Wear, default: str) -> tuple[Finish, ...]:
    """The cloth's finishes with the locked part they show."""
    return tuple(replace(look, part=wear.part) for look in finishes(wear.text, default))


__all__ = [
    "Solid",
    "Trunk",
    "apron",
    "belt",
    "cape",
    "closing",
    "collar",
    "flesh_of",
    "garment",
    "hem_of",
    "hips",
    "throat",
    "top_finishes",
    "worn_on_chest",
]
