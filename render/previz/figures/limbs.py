"""Arms, hands, legs and feet with what is on them. Lengths are shares of the height."""

from dataclasses import replace

import numpy as np

from render.previz.colours import Finish, finish, shade
from render.previz.figures.mesh import finer, patterned, rings_of, rope
from render.previz.figures.rig import Part
from render.previz.figures.shape import Shape
from render.previz.figures.skeleton import ANKLE, ELBOW, HIP, KNEE, PALM, REST, SHOULDER, WRIST
from render.previz.figures.words import Wear
from render.previz.solid import Solid, ball, skin, taper

_SIDES = (("l", 1.0), ("r", -1.0))


def _tube(rows: list[tuple[float, float, float, float, float]], look: Finish, h: float, entity: int, *, detail: int = 10,
          fine: bool = False, ends: tuple[bool, bool] = (True, True)) -> Solid:  # fmt: skip
    """A limb upright: height, centre in x and y, half depth and half width of each ring."""
    profile = [(z, x, rx, ry) for z, x, _, rx, ry in rows]
    y = np.array([row[2] for row in rows])
    if fine:
        dense = finer(profile, 0.0125)
        y = np.interp([row[0] for row in dense][:: 1 if dense[0][0] < dense[-1][0] else -1],
                      [row[0] for row in rows][:: 1 if rows[0][0] < rows[-1][0] else -1],
                      y[:: 1 if rows[0][0] < rows[-1][0] else -1])[:: 1 if dense[0][0] < dense[-1][0] else -1]  # fmt: skip
        profile = dense
    rings = rings_of(profile, detail)
    rings[..., 1] += y[:, None]
    return skin(rings * h, look, entity, ends=ends)


def arms(
    shape: Shape,
    wear: Wear | None,
    sleeve: Finish,
    flesh: Finish,
    entity: int,
    *,
    out: float,
    sleeves: str,
    cuff: Finish | None,
) -> list[Part]:
    """Both arms down to the wrist, in sleeves that are none, short, long or wide; ``out`` is how thick the cloth is."""
    parts: list[Part] = []
    s, h, b = shape, shape.h, shape.limb
    text = wear.text if wear else ""
    fine = bool(text) and patterned_text(text)
    unit = 0.025 * h
    for name, sign in _SIDES:
        top = sign * REST["shoulder"][1] * (0.30 + 0.70 * s.wide * s.shoulders)
        elbow = sign * (REST["elbow"][1] + 0.010 * (s.wide - 1) * 4)
        wrist = sign * REST["wrist"][1]
        lean = float(s.bend(SHOULDER))
        cap, mid, low = 0.0335 * b, 0.0290 * b, 0.0255 * b
        upper = [(0.8075, lean, top - sign * 0.027, cap * 0.40, cap * 0.30), (0.8020, lean, top - sign * 0.017, cap * 0.78, cap * 0.62),
                 (0.7920, lean, top - sign * 0.009, cap * 0.97, cap * 0.82), (0.7760, lean, top - sign * 0.003, cap, cap * 0.94),
                 (0.7500, lean * 0.8, top + sign * 0.001, cap * 0.98, cap * 0.94), (0.7000, lean * 0.5, (top + elbow) / 2 - sign * 0.001, mid, mid * 0.97),
                 (ELBOW + 0.012, 0.0, elbow, low, low * 0.97), (ELBOW - 0.008, 0.0, elbow, low * 0.92, low * 0.90),
                 (ELBOW - 0.020, 0.001, elbow, low * 0.55, low * 0.5)]  # fmt: skip
        lower = [(ELBOW + 0.020, -0.001, elbow, low * 0.55, low * 0.5), (ELBOW + 0.008, 0.0, elbow, low * 0.92, low * 0.90),
                 (ELBOW - 0.020, 0.001, elbow, low * 0.99, low * 0.97), (0.575, 0.003, (elbow * 2 + wrist) / 3, low * 0.93, low * 0.88),
                 (0.520, 0.007, (elbow + wrist * 3) / 4, 0.0190 * b, 0.0165 * b), (WRIST + 0.008, 0.010, wrist, 0.0150 * (0.5 + 0.5 * b), 0.0125 * (0.5 + 0.5 * b)),
                 (WRIST - 0.004, 0.010, wrist, 0.0145 * (0.5 + 0.5 * b), 0.0120 * (0.5 + 0.5 * b))]  # fmt: skip

        def cloth(
            rows: list[tuple[float, float, float, float, float]], by: float, wider: float = 0.0
        ) -> list[tuple[float, float, float, float, float]]:
            total = max(rows[0][0] - rows[-1][0], 1e-6)
            return [
                (z, x, y, rx + by + wider * (rows[0][0] - z) / total, ry + by + wider * (rows[0][0] - z) / total)
                for z, x, y, rx, ry in rows
            ]

        if sleeves == "none":
            parts.append((f"arm-{name}", _tube(upper, flesh, h, entity)))
            parts.append((f"forearm-{name}", _tube(lower, flesh, h, entity)))
            continue
        parts.append(
            (
                f"arm-{name}",
                patterned(
                    _tube(
                        cloth(
                            upper
                            if sleeves != "short"
                            else [*upper[:5], (0.7060, lean * 0.5, (top * 0.55 + elbow * 0.45), mid, mid * 0.97)],
                            out + (0.004 if sleeves == "short" else 0.0),
                        ),
                        sleeve,
                        h,
                        entity,
                        fine=fine,
                        ends=(True, sleeves != "short"),
                    ),
                    text,
                    unit,
                    sleeve,
                    10,
                ),
            )
        )
        if sleeves == "short":
            bare = [(0.735, lean * 0.6, top * 0.6 + elbow * 0.4, mid, mid * 0.96), *upper[5:]]
            parts.append((f"arm-{name}", _tube(bare, flesh, h, entity)))
            parts.append((f"forearm-{name}", _tube(lower, flesh, h, entity)))
            continue
        rows = cloth(lower[:-1], out, 0.030 if sleeves == "wide" else 0.0015)
        parts.append(
            (
                f"forearm-{name}",
                patterned(_tube(rows, sleeve, h, entity, fine=fine, ends=(True, False)), text, unit, sleeve, 10),
            )
        )
        edge = [
            (WRIST + 0.018, 0.009, wrist, rows[-1][3] - 0.0004, rows[-1][4] - 0.0004),
            (WRIST + 0.002, 0.010, wrist, rows[-1][3] - 0.0004, rows[-1][4] - 0.0004),
        ]
        if sleeves == "wide":
            parts.append((f"forearm-{name}", _tube(lower[3:], flesh, h, entity)))
        else:
            parts.append(
                (
                    f"forearm-{name}",
                    _tube([*edge, (WRIST + 0.001, 0.010, wrist, 0.010, 0.009)], cuff or shade(sleeve, 0.82), h, entity),
                )
            )
    return parts


def patterned_text(text: str) -> bool:
    """Whether the words name a pattern."""
    from render.previz.colour_names import said

    return said(text).pattern is not None


_FINGERS = ((0.0148, 0.0345, 0.0050), (0.0052, 0.0395, 0.0053), (-0.0045, 0.0375, 0.0051), (-0.0135, 0.0300, 0.0045))


def hands(shape: Shape, flesh: Finish, wear: Wear | None, entity: int) -> list[Part]:
    """Palms, four fingers that close together, and thumbs; bare or gloved."""
    h = shape.h
    look, fat = flesh, 1.0
    if wear is not None and wear.kind.name == "gloves":
        look, fat = replace(finish(wear.text, "#3a2d26"), part=wear.part), 1.12
    size = (1.0 - 0.05 * max(shape.sex, 0.0) + 0.04 * max(-shape.sex, 0.0)) * fat
    boxing = wear is not None and wear.says("boxing")
    mitten = wear is not None and wear.says("mittens", "mitts", "oven")
    parts: list[Part] = []
    for name, sign in _SIDES:
        y = sign * 0.1385
        hook = wear is not None and wear.kind.name == "hook" and name == "r"
        if hook:
            metal = replace(finish(wear.text, "#8a9199"), part=wear.part) if wear else look
            turns = np.linspace(-1.5, 2.6, 12)
            curve = np.stack(
                [0.010 + 0.016 * (1 - np.cos(turns)), y + 0 * turns, 0.440 - 0.020 * np.sin(turns) - 0.01], -1
            )
            parts.append(
                (f"hand-{name}", rope(np.concatenate([[(0.010, y, WRIST)], curve]) * h, 0.0045 * h, metal, entity, 7))
            )
            continue
        if boxing:
            parts.append(
                (
                    f"hand-{name}",
                    ball((0.034 * h, 0.028 * h, 0.040 * h), (0.014 * h, y * h, 0.452 * h), look, entity, 12),
                )
            )
            continue
        palm = [(WRIST + 0.004, 0.010, y, 0.0125, 0.0105), (0.4780, 0.0112, y, 0.0165, 0.0118), (0.4680, 0.0130, y, 0.0200, 0.0118),
                (PALM, 0.0145, y, 0.0205, 0.0105), (0.4480, 0.0148, y, 0.0200, 0.0088), (0.4430, 0.0148, y, 0.0150, 0.0050)]  # fmt: skip
        rows = [(z, x, c, rx * size, ry * size) for z, x, c, rx, ry in palm]
        parts.append((f"hand-{name}", _tube(rows, look, h, entity, detail=8)))
        thumb = taper(
            (0.026 * h, (y - sign * 0.002) * h, 0.4740 * h),
            (0.0375 * h, (y - sign * 0.006) * h, 0.4480 * h),
            (0.0072 * size * h, 0.0052 * size * h),
            look,
            entity,
            detail=6,
        )
        parts.append((f"hand-{name}", thumb))
        tip = flesh if wear is not None and wear.says("fingerless") else look
        if mitten:
            parts.append(
                (
                    f"fingers-{name}",
                    _tube(
                        [
                            (0.452, 0.0148, y, 0.0205, 0.0110),
                            (0.430, 0.0148, y, 0.0190, 0.0105),
                            (0.4130, 0.0148, y, 0.0100, 0.006),
                        ],
                        look,
                        h,
                        entity,
                        detail=10,
                    ),
                )
            )
            continue
        for x, length, thick in _FINGERS:
            line = np.array(((0.0148 + x * size, y, 0.4530), (0.0148 + x * size * 0.96, y - sign * 0.0014, 0.4500 - length * 0.52),
                             (0.0148 + x * size * 0.90, y - sign * 0.0046, 0.4510 - length)))  # fmt: skip
            radii = np.array((thick * 1.02, thick, thick * 0.72)) * size
            parts.append((f"fingers-{name}", rope(line * h, radii * h, tip, entity, 5)))
    return parts


def legs(
    shape: Shape,
    wear: Wear | None,
    look: Finish,
    flesh: Finish,
    entity: int,
    *,
    hem: float,
    loose: float,
    tuck: float = 0.0,
) -> list[Part]:
    """Both legs from the hip to the ankle; cloth down to ``hem``, skin below.

    What is below ``tuck`` goes into boots.
    """
    s, h, b = shape, shape.h, shape.limb
    text = wear.text if wear else ""
    fine = bool(text) and patterned_text(text)
    flare = (
        0.030
        if wear and wear.says("flared", "bell-bottom", "bell-bottoms", "wide", "wide-leg")
        else -0.004
        if wear and wear.says("skinny", "tight", "drainpipe")
        else 0.0
    )
    parts: list[Part] = []
    for name, sign in _SIDES:
        y = sign * 0.0470 * (0.55 + 0.45 * s.hips * s.wide)
        k = sign * REST["knee"][1]
        deep = 0.55 + 0.45 * s.deep
        thigh = [(HIP + 0.012, 0.0, y, 0.040 * b, 0.030 * b), (HIP - 0.012, 0.0, y, 0.0550 * b * deep, 0.0400 * b), (0.470, -0.001, y, 0.0560 * b * deep, 0.0428 * b * s.hips),
                 (0.400, 0.001, (y + k) / 2, 0.0480 * b, 0.0425 * b), (0.340, 0.001, k, 0.0400 * b, 0.0365 * b), (KNEE + 0.012, 0.002, k, 0.0355 * b, 0.0335 * b),
                 (KNEE - 0.010, 0.002, k, 0.0345 * b, 0.0325 * b), (KNEE - 0.030, 0.002, k, 0.020 * b, 0.018 * b)]  # fmt: skip
        shin = [(KNEE + 0.030, 0.002, k, 0.020 * b, 0.018 * b), (KNEE + 0.010, 0.002, k, 0.0345 * b, 0.0325 * b), (KNEE - 0.020, 0.0, k, 0.0345 * b, 0.0320 * b),
                (0.215, -0.006, k, 0.0345 * b, 0.0310 * b), (0.150, -0.005, k, 0.0275 * b, 0.0245 * b), (0.090, -0.004, k, 0.0205 * b, 0.0190 * b), (ANKLE, -0.004, k, 0.0200, 0.0180)]  # fmt: skip
        unit = 0.022 * h
        if hem <= 0.06:
            cloth = [(z, x, c, rx + loose, ry + loose) for z, x, c, rx, ry in thigh]
            drop = [
                (
                    z,
                    x,
                    c,
                    max(rx, 0.0235 * b) + loose + flare * max(KNEE - z, 0) / 0.24,
                    max(ry, 0.0225 * b) + loose + flare * max(KNEE - z, 0) / 0.24,
                )
                for z, x, c, rx, ry in shin
            ]
            if tuck:
                drop = [
                    (z, x, c, min(rx, 0.0225 * b) if z < tuck else rx, min(ry, 0.0215 * b) if z < tuck else ry)
                    for z, x, c, rx, ry in drop
                ]
            parts.append((f"thigh-{name}", patterned(_tube(cloth, look, h, entity, fine=fine), text, unit, look, 10)))
            parts.append(
                (
                    f"shin-{name}",
                    patterned(_tube(drop, look, h, entity, fine=fine, ends=(True, False)), text, unit, look, 10),
                )
            )
            continue
        parts.append((f"thigh-{name}", _tube(thigh, flesh, h, entity)))
        parts.append((f"shin-{name}", _tube(shin, flesh, h, entity)))
        if hem < 0.5:
            wide = [(z, x, c, rx + loose + 0.004, ry + loose + 0.004) for z, x, c, rx, ry in thigh if z > hem]
            last = wide[-1]
            end = [(hem, 0.002, k, last[3] + 0.003, last[4] + 0.003)]
            parts.append(
                (
                    f"thigh-{name}",
                    patterned(
                        _tube([*wide, *end], look, h, entity, fine=fine, ends=(True, False)), text, unit, look, 10
                    ),
                )
            )
    return parts


def feet(shape: Shape, wear: Wear | None, look: Finish, flesh: Finish, entity: int, *, over: float) -> list[Part]:
    """Both feet: bare or shod; ``over`` is how thick what goes into a boot is."""
    h, s = shape.h, shape
    kind = dict(wear.kind.shape) if wear else {}
    bare = bool(kind.get("bare"))
    opened = bool(kind.get("open"))
    heel = float(kind.get("heel", 0.0)) + (
        0.012 if wear and wear.says("heeled", "platform", "platforms") and not kind.get("heel") else 0.0
    )
    shaft = float(kind.get("shaft", 0.0))
    if wear and shaft:
        shaft = (
            0.235
            if wear.says("knee-high", "knee", "tall", "high", "long")
            else 0.085
            if wear.says("ankle", "short", "low", "chelsea")
            else shaft
        )
    size = (0.96 if s.sex > 0 else 1.02) * (0.9 + 0.1 * s.limb)
    upper = flesh if bare or opened else look
    sole_look = (
        replace(finish("", kind["sole"]), part=look.part)
        if "sole" in kind
        else shade(look, 0.5)
        if sum(look.colour) > 0.09
        else shade(look, 1.7)
    )
    parts: list[Part] = []
    outline = np.array(  # round a left sole from the toe, in x and outwards
        ((0.0940, -0.002), (0.0900, 0.0135), (0.0760, 0.0245), (0.0500, 0.0275), (0.0150, 0.0225), (-0.0150, 0.0205),
         (-0.0330, 0.0135), (-0.0370, 0.0), (-0.0330, -0.0135), (-0.0150, -0.0185), (0.0150, -0.0165), (0.0500, -0.0225),
         (0.0780, -0.0225), (0.0910, -0.0140))
    ) * size  # fmt: skip
    for name, sign in _SIDES:
        y = sign * REST["ankle"][1]
        rows = []
        lift = np.clip((0.035 - outline[:, 0]) / 0.07, 0, 1) * heel
        for share, z, back in (
            (1.00, 0.006, 0.0),
            (1.02, 0.016, 0.0),
            (0.97, 0.028, 0.004),
            (0.80, 0.0400, 0.016),
            (0.62, 0.0510, 0.024),
        ):
            toe = np.clip((outline[:, 0] - 0.02) / 0.08, 0, 1)
            x = outline[:, 0] * share - back * toe * 1.3 - 0.004 * (share < 0.9)
            high = z - np.clip(z - 0.021, 0, 1) * toe * 0.85 + lift
            rows.append(np.stack([x, y + sign * outline[:, 1] * share * (0.92 if z > 0.03 else 1.0), high], -1))
        top = np.stack(
            [
                -0.004 + 0.0185 * np.cos(a := np.linspace(0, 2 * np.pi, 15)[:-1]),
                y + sign * 0.0165 * np.sin(a),
                0.060 + 0 * a + heel * 0.3,
            ],
            -1,
        )
        foot = skin(np.stack([*rows, top]) * h, upper, entity)
        parts.append((f"foot-{name}", foot))
        if not bare:
            edge = np.stack([outline[:, 0] * 1.045, y + sign * outline[:, 1] * 1.05], -1)
            under = [
                np.concatenate([edge * 1.0, z[:, None]], axis=1)
                for z in (np.maximum(lift - 0.001, 0.0) * (0.0 if not heel else 1.0), 0.0105 + lift)
            ]
            parts.append((f"foot-{name}", skin(np.stack(under) * h, sole_look, entity)))
            if heel > 0.02:
                parts.append(
                    (
                        f"foot-{name}",
                        taper(
                            (-0.027 * h, y * h, 0.004 * h),
                            (-0.024 * h, y * h, (heel + 0.004) * h),
                            (0.0045 * h, 0.0125 * h),
                            look,
                            entity,
                            detail=8,
                        ),
                    )
                )
        if opened:
            for x, z in ((0.058, 0.026), (0.020, 0.044)):
                turns = np.linspace(0, np.pi, 9)
                strap = np.stack([x + 0 * turns, y + 0.026 * np.cos(turns), 0.010 + z * np.sin(turns)], -1)
                parts.append((f"foot-{name}", rope(strap * h, 0.0048 * h, look, entity, 5)))
        if shaft:
            b, wide = s.limb, over + 0.004
            leg = [
                (z, x, y, r * b + wide, r * b * 0.95 + wide)
                for z, x, r in (
                    (0.050, -0.004, 0.0200),
                    (0.090, -0.004, 0.0215),
                    (0.150, -0.005, 0.0270),
                    (0.215, -0.006, 0.0340),
                    (0.250, -0.003, 0.0345),
                )
                if z < shaft
            ]
            last = leg[-1]
            leg.append((shaft, last[1], y, last[3] + 0.002, last[4] + 0.002))
            leg.append((shaft - 0.001, last[1], y, last[3] - 0.002, last[4] - 0.002))
            parts.append((f"shin-{name}", _tube(leg, look, h, entity, detail=11, ends=(False, False))))
        if "sole" in kind:
            toe = ball(
                (0.018 * size * h, 0.019 * size * h, 0.0135 * h),
                (0.076 * size * h, y * h, 0.014 * h),
                sole_look,
                entity,
                8,
            )
            parts.append((f"foot-{name}", toe))
    return parts


def wrists(shape: Shape, wears: tuple[Wear, ...], entity: int) -> list[Part]:
    """Watches and bracelets."""
    parts: list[Part] = []
    for wear in wears:
        look = replace(finish(wear.text, "#c9992b"), part=wear.part)
        for name, sign in _SIDES if wear.says("bracelets", "bangles", "cuffs", "handcuffs") else _SIDES[:1]:
            y = sign * REST["wrist"][1]
            parts.append(
                (
                    f"forearm-{name}",
                    _tube(
                        [(0.512, 0.010, y, 0.0205, 0.0180), (0.500, 0.010, y, 0.0205, 0.0180)],
                        look,
                        shape.h,
                        entity,
                        ends=(False, False),
                    ),
                )
            )
            if wear.says("watch", "wristwatch"):
                parts.append(
                    (
                        f"forearm-{name}",
                        ball(
                            (0.009 * shape.h, 0.004 * shape.h, 0.009 * shape.h),
                            (0.010 * shape.h, (y + sign * 0.018) * shape.h, 0.506 * shape.h),
                            shade(look, 1.3),
                            entity,
                            8,
                        ),
                    )
                )
    return parts


__all__ = ["arms", "feet", "hands", "legs", "wrists"]
