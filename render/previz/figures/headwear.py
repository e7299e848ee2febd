"""Hats, glasses and masks. Lengths are shares of the height; the head faces +x."""

from dataclasses import replace

import numpy as np

from render.previz.colours import Finish, Weave, finish, shade
from render.previz.figures.face import EYES, Skull
from render.previz.figures.mesh import aside, patch, rope
from render.previz.figures.words import Wear
from render.previz.solid import Solid, ball, box, lathe, skin, tube

_LINE = 0.962  # where a hat sits
HAIR_UNDER = frozenset(("bandana", "crown", "headphones", "bow"))  # hats that cover no hair
CLOSED = frozenset(("hood", "headscarf", "spacehelmet", "helmet"))  # hats that hide it


def _look(wear: Wear, default: str) -> Finish:
    return replace(finish(wear.text, default), part=wear.part)


def _crown(
    h: float,
    rows: list[tuple[float, float, float]],
    look: Finish,
    entity: int,
    *,
    back: float = -0.0025,
    closed: bool = True,
) -> Solid:
    """The part of a hat round the skull: height, half depth, half width."""
    return lathe(
        [(z * h, back * h, rx * h, ry * h) for z, rx, ry in rows], look, entity, detail=22, ends=(False, closed)
    )


def _brim(
    h: float,
    look: Finish,
    entity: int,
    front: float,
    side: float,
    back: float,
    *,
    low: float = _LINE,
    curl: float = 0.0,
    droop: float = 0.0,
) -> Solid:
    """A brim that is ``front``, ``side`` and ``back`` wide; its sides curl up, or its edge droops."""
    turns = 2 * np.pi * np.arange(26) / 26
    reach = np.where(
        np.cos(turns) > 0, side + (front - side) * np.cos(turns) ** 2, side + (back - side) * np.cos(turns) ** 2
    )
    rings = []
    for share in (0.0, 0.5, 1.0, 1.0, 0.5, 0.0):
        rings.append((share, 0.0016 if len(rings) >= 3 else -0.0016))
    shape = []
    for share, thick in rings:
        x = -0.0025 + (0.066 + reach * share) * np.cos(turns)
        y = (0.060 + reach * share) * np.sin(turns)
        z = low - thick + (curl * np.abs(np.sin(turns)) ** 2 - droop) * share**1.6
        shape.append(np.stack([x, y, z + 0 * turns], -1))
    return skin(np.stack(shape) * h, look, entity, ends=(False, False))


def _peak(
    h: float, look: Finish, entity: int, reach: float = 0.062, *, low: float = 0.964, wide: float = 0.052
) -> Solid:
    turns = np.radians(np.linspace(-78, 78, 13))
    rows = []
    for share, drop in ((0.0, 0.003), (0.5, 0.0), (1.0, -0.008), (1.0, -0.0105), (0.0, -0.001)):
        x = 0.020 + (0.040 + reach * share) * np.cos(turns) ** (0.55 + 0.45 * share)
        rows.append(
            np.stack([x, wide * np.sin(turns), low + drop + 0 * turns - 0.010 * np.sin(turns) ** 2 * share], -1)
        )
    return patch(np.stack(rows) * h, look, entity)


_DOME = [
    (0.958, 0.0680, 0.0610),
    (0.972, 0.0685, 0.0620),
    (0.988, 0.0640, 0.0580),
    (1.004, 0.0510, 0.0460),
    (1.014, 0.0310, 0.0280),
    (1.017, 0.010, 0.009),
]


def hat(skull: Skull, wear: Wear, entity: int) -> list[Solid]:
    """What is on the head."""
    h, kind = skull.shape.h, wear.kind.name
    look = _look(
        wear,
        {
            "sombrero": "#d8bd7a",
            "crown": "#c9992b",
            "hardhat": "#e0b020",
            "chef": "#eceae4",
            "santa": "#b3202a",
            "headphones": "#26282b",
            "bandana": "#a23b35",
        }.get(kind, "#4f4238"),
    )
    band = replace(shade(look, 0.42), weave=Weave.PLAIN)
    if wear.says("brim", "wide", "wide-brimmed", "broad") and kind == "fedora":
        kind = "sombrero"
    if kind in ("souwester", "sombrero", "cowboy", "fedora", "bowler", "tophat", "witch"):
        return _brimmed(h, kind, look, band, wear, entity)
    if kind == "beanie":
        wool = replace(look, weave=Weave.KNIT)
        fold = _crown(
            h,
            [(0.951, 0.0690, 0.0620), (0.957, 0.0715, 0.0640), (0.968, 0.0720, 0.0645), (0.973, 0.0690, 0.0620)],
            shade(wool, 0.88),
            entity,
            closed=False,
        )
        top = (
            [ball((0.014 * h,) * 3, (-0.004 * h, 0, 1.028 * h), replace(wool, weave=Weave.FUR), entity, 8)]  # type: ignore[arg-type]
            if wear.says("bobble", "pompom", "pom-pom")
            else []
        )
        return [
            _crown(
                h,
                [
                    (0.962, 0.0690, 0.0620),
                    (0.985, 0.0670, 0.0600),
                    (1.004, 0.0550, 0.0495),
                    (1.016, 0.0340, 0.0300),
                    (1.021, 0.010, 0.009),
                ],
                wool,
                entity,
            ),
            fold,
            *top,
        ]
    if kind == "cap":
        return [
            _crown(h, _DOME, look, entity),
            _peak(h, shade(look, 0.85), entity),
            ball((0.0045 * h, 0.0045 * h, 0.002 * h), (-0.003 * h, 0, 1.0175 * h), band, entity, 6),
        ]
    if kind == "flatcap":
        return [
            _crown(
                h,
                [
                    (0.960, 0.0670, 0.0605),
                    (0.974, 0.0730, 0.0670),
                    (0.990, 0.0700, 0.0640),
                    (1.000, 0.0500, 0.0470),
                    (1.004, 0.015, 0.014),
                ],
                look,
                entity,
                back=0.004,
            ),
            _peak(h, shade(look, 0.85), entity, 0.034),
        ]
    if kind == "peaked":
        top = [
            (0.972, 0.0700, 0.0630),
            (0.990, 0.0790, 0.0720),
            (1.004, 0.0830, 0.0770),
            (1.010, 0.0700, 0.0660),
            (1.012, 0.02, 0.02),
        ]
        badge = replace(finish("gold"), part=wear.part)
        return [
            _crown(h, top, look, entity, back=0.001),
            _crown(h, [(0.957, 0.0675, 0.0605), (0.974, 0.0685, 0.0615)], shade(look, 0.35), entity, closed=False),
            _peak(h, Finish((0.02, 0.02, 0.022), 0.5, part=wear.part), entity, 0.036),
            ball((0.003 * h, 0.0085 * h, 0.0085 * h), (0.0720 * h, 0, 0.983 * h), badge, entity, 8),
        ]
    if kind == "beret":
        return [
            aside(
                _crown(
                    h,
                    [
                        (0.966, 0.0640, 0.0580),
                        (0.978, 0.0800, 0.0760),
                        (0.990, 0.0800, 0.0780),
                        (1.000, 0.0550, 0.0540),
                        (1.004, 0.012, 0.012),
                    ],
                    look,
                    entity,
                ),
                y=-0.010 * h,
            ),
            ball((0.003 * h, 0.003 * h, 0.006 * h), (0, -0.01 * h, 1.008 * h), look, entity, 5),
        ]
    if kind in ("hood", "headscarf"):
        return _wrapped(skull, look, entity, veil=kind == "headscarf")
    if kind == "bandana":
        ring = _crown(h, [(0.962, 0.0660, 0.0590), (0.975, 0.0645, 0.0575)], look, entity, closed=False)
        knot = [ball((0.008 * h, 0.012 * h, 0.008 * h), (-0.068 * h, 0, 0.966 * h), look, entity, 6)]
        if wear.says("flower", "garland", "laurel", "wreath"):
            knot = [
                ball(
                    (0.009 * h,) * 3,  # type: ignore[arg-type]
                    tuple(np.array((-0.0025 + 0.066 * np.cos(a), 0.060 * np.sin(a), 0.970)) * h),
                    replace(
                        finish(("pink", "cream", "yellow")[i % 3]) if wear.says("flower") else look, part=wear.part
                    ),
                    entity,
                    6,
                )
                for i, a in enumerate(np.linspace(0, 6.28, 13)[:-1])
            ]  # type: ignore[arg-type]
        return [ring, *knot]
    if kind == "turban":
        rolls = [
            ball((0.078 * h * s, 0.072 * h * s, 0.017 * h), (x * h, 0, z * h), shade(look, t), entity, 10)
            for z, s, x, t in (
                (0.968, 1.0, -0.002, 1.0),
                (0.983, 1.03, -0.004, 0.92),
                (0.999, 0.95, -0.006, 1.0),
                (1.013, 0.72, -0.004, 0.92),
            )
        ]
        return [
            *rolls,
            ball(
                (0.005 * h, 0.009 * h, 0.010 * h),
                (0.074 * h, 0, 0.983 * h),
                replace(finish("gold"), part=wear.part),
                entity,
                7,
            ),
        ]
    if kind == "crown":
        metal = replace(look, weave=Weave.METAL, shine=max(look.shine, 0.6))
        turns = 2 * np.pi * np.arange(28) / 28
        points = 0.014 + 0.020 * (np.arange(28) % 4 == 0) - 0.006 * (np.arange(28) % 4 == 2)
        rows = [
            np.stack([-0.0025 + r * 0.0670 * np.cos(turns), r * 0.0605 * np.sin(turns), 0.976 + 0 * turns + tall], -1)
            for r, tall in ((1.0, 0 * turns), (1.04, points), (0.99, points), (0.95, 0 * turns))
        ]
        gems = [
            ball(
                (0.0035 * h,) * 3,  # type: ignore[arg-type]
                ((-0.0025 + 0.068 * np.cos(a)) * h, 0.0615 * np.sin(a) * h, 0.984 * h),
                replace(finish("crimson"), shine=0.7, part=wear.part),
                entity,
                6,
            )
            for a in np.linspace(0, 2 * np.pi, 8)[:-1]
        ]
        return [skin(np.stack(rows) * h, metal, entity, ends=(False, False)), *gems]
    if kind in ("helmet", "hardhat"):
        if kind == "hardhat":
            return [
                _crown(
                    h,
                    [
                        (0.960, 0.0740, 0.0670),
                        (0.985, 0.0730, 0.0660),
                        (1.006, 0.0600, 0.0550),
                        (1.020, 0.0370, 0.0340),
                        (1.025, 0.012, 0.012),
                    ],
                    replace(look, shine=0.4),
                    entity,
                ),
                _brim(h, look, entity, 0.034, 0.013, 0.014, droop=0.004),
                box((0.09 * h, 0.012 * h, 0.008 * h), (-0.003 * h, 0, 1.022 * h), look, entity),
            ]
        shell = replace(look, shine=max(look.shine, 0.4))
        turns = np.radians(np.linspace(58, 302, 25))
        rows = [
            skull.ring(turns, z, out) for z, out in ((0.905, 0.014), (0.930, 0.017), (0.958, 0.018), (0.972, 0.0185))
        ]
        back = patch(np.stack(rows) * h, shell, entity)
        rim = _crown(
            h,
            [(0.9650, 0.0770, 0.0700), (0.9720, 0.0790, 0.0720), (0.9780, 0.0770, 0.0700)],
            shade(shell, 0.7),
            entity,
            closed=False,
        )
        return [
            back,
            rim,
            _crown(
                h,
                [
                    (0.970, 0.0765, 0.0690),
                    (0.990, 0.0740, 0.0670),
                    (1.008, 0.0600, 0.0550),
                    (1.020, 0.0370, 0.0340),
                    (1.024, 0.012, 0.012),
                ],
                shell,
                entity,
            ),
        ]
    if kind == "spacehelmet":
        if wear.says("knight", "knight's"):
            steel = replace(
                look if finish(wear.text, "#000000") != finish(wear.text, "#ffffff") else finish("steel"),
                part=wear.part,
                weave=Weave.METAL,
            )
            slit = box((0.01 * h, 0.075 * h, 0.007 * h), (0.064 * h, 0, EYES * h), Finish((0.01, 0.01, 0.01)), entity)
            return [
                lathe(
                    [
                        (z * h, 0.004 * h, r * h, r * 0.92 * h)
                        for z, r in (
                            (0.855, 0.058),
                            (0.88, 0.069),
                            (0.93, 0.071),
                            (0.985, 0.066),
                            (1.012, 0.045),
                            (1.022, 0.012),
                        )
                    ],
                    steel,
                    entity,
                    detail=20,
                ),
                slit,
            ]
        ring = lathe(
            [(z * h, 0.0, r * h, r * h) for z, r in ((0.835, 0.086), (0.850, 0.095), (0.868, 0.092))],
            look,
            entity,
            detail=22,
            ends=(False, False),
        )
        turns = np.radians(np.linspace(62, 298, 25))
        back = patch(
            np.stack(
                [
                    np.stack([0.104 * np.cos(turns) * r, 0.104 * np.sin(turns) * r, 0.935 + z + 0 * turns], -1)
                    for z, r in (
                        (-0.070, 0.80),
                        (-0.03, 0.97),
                        (0.02, 0.99),
                        (0.065, 0.80),
                        (0.092, 0.48),
                        (0.104, 0.12),
                    )
                ]
            )
            * h,
            look,
            entity,
        )
        rim = rope(
            np.stack(
                [
                    np.array((0.052 + 0.012 * np.cos(a), 0.089 * np.sin(a), 0.935 + 0.075 * np.cos(a)))
                    for a in np.linspace(0, 2 * np.pi, 25)
                ]
            )
            * h,
            0.006 * h,
            shade(look, 0.6),
            entity,
        )
        return [ring, back, rim]
    if kind == "fez":
        return [
            tube(
                (-0.003 * h, 0, 0.972 * h),
                (-0.003 * h, 0, 1.030 * h),
                0.058 * h,
                look,
                entity,
                top=0.046 * h,
                detail=18,
            ),
            rope(
                np.array(((-0.003, 0, 1.031), (-0.03, 0.02, 1.031), (-0.048, 0.03, 1.01), (-0.05, 0.031, 0.985))) * h,
                0.003 * h,
                band,
                entity,
            ),
        ]
    if kind == "chef":
        puff = [
            ball(
                (0.040 * h,) * 3,  # type: ignore[arg-type]
                ((-0.003 + 0.040 * np.cos(a)) * h, 0.040 * np.sin(a) * h, 1.050 * h),
                look,
                entity,
                6,  # type: ignore[arg-type]
            )
            for a in np.linspace(0, 2 * np.pi, 8)[:-1]
        ]
        return [
            tube((-0.003 * h, 0, 0.964 * h), (-0.003 * h, 0, 1.035 * h), 0.0655 * h, look, entity, detail=18),
            ball((0.055 * h, 0.055 * h, 0.035 * h), (0, 0, 1.055 * h), look, entity, 10),
            *puff,
        ]
    if kind == "santa":
        line = np.array(
            (
                (-0.003, 0, 0.985),
                (-0.008, 0.004, 1.02),
                (-0.030, 0.020, 1.040),
                (-0.058, 0.045, 1.020),
                (-0.068, 0.058, 0.975),
            )
        )
        white = replace(finish("white"), weave=Weave.FUR, part=wear.part)
        return [
            rope(line * h, np.array((0.062, 0.048, 0.032, 0.018, 0.006)) * h, look, entity, 14),
            _crown(
                h, [(0.958, 0.069, 0.062), (0.966, 0.074, 0.067), (0.975, 0.069, 0.062)], white, entity, closed=False
            ),
            ball((0.014 * h,) * 3, tuple(line[-1] * h), white, entity, 8),  # type: ignore[arg-type]
        ]  # type: ignore[arg-type]
    if kind == "bonnet":
        turns = np.radians(np.linspace(48, 312, 27))
        rows = [
            skull.ring(turns, np.maximum(z, 0.895), out)
            for z, out in ((0.895, 0.010), (0.935, 0.018), (0.975, 0.016), (0.990, 0.012))
        ]
        return [
            patch(np.stack(rows) * h, look, entity),
            _crown(h, _DOME, look, entity, back=-0.008),
            rope(
                np.stack(
                    [
                        np.array((0.042 + 0.02 * np.cos(a), 0.062 * np.sin(a), 0.945 + 0.062 * np.cos(a)))
                        for a in np.linspace(-2.2, 2.2, 17)
                    ]
                )
                * h,
                0.006 * h,
                look,
                entity,
            ),
        ]
    if kind == "headphones":
        over = np.stack(
            [np.array((-0.006, 0.061 * np.sin(a), 0.930 + 0.082 * np.cos(a))) for a in np.linspace(-1.6, 1.6, 15)]
        )
        return [rope(over * h, 0.0055 * h, look, entity)] + [
            tube(
                (-0.005 * h, s * 0.052 * h, 0.928 * h),
                (-0.005 * h, s * 0.072 * h, 0.928 * h),
                0.021 * h,
                look,
                entity,
                detail=12,
            )
            for s in (1, -1)
        ]
    knot = [
        ball(
            (0.006 * h, 0.010 * h, 0.013 * h),
            (0.010 * h, (0.050 + s * 0.011) * h, (0.990 + s * 0.004) * h),
            look,
            entity,
            7,
        )
        for s in (1, -1)
    ]
    return [*knot, ball((0.006 * h,) * 3, (0.012 * h, 0.050 * h, 0.990 * h), band, entity, 6)]  # type: ignore[arg-type]


def _brimmed(h: float, kind: str, look: Finish, band: Finish, wear: Wear, entity: int) -> list[Solid]:
    crowns = {
        "fedora": [(0.960, 0.0680, 0.0610), (0.990, 0.0660, 0.0590), (1.020, 0.0600, 0.0520), (1.028, 0.0520, 0.0380), (1.022, 0.030, 0.014)],
        "bowler": _DOME[:1] + [(0.985, 0.0680, 0.0620), (1.008, 0.0600, 0.0550), (1.024, 0.0420, 0.0380), (1.030, 0.012, 0.011)],
        "tophat": [(0.960, 0.0670, 0.0600), (1.000, 0.0650, 0.0590), (1.050, 0.0660, 0.0600), (1.090, 0.0700, 0.0640), (1.091, 0.01, 0.01)],
        "cowboy": [(0.960, 0.0690, 0.0620), (1.000, 0.0670, 0.0580), (1.034, 0.0600, 0.0460), (1.040, 0.0500, 0.0300), (1.030, 0.030, 0.008)],
        "sombrero": [(0.960, 0.0690, 0.0620), (0.990, 0.0660, 0.0600), (1.014, 0.0550, 0.0500), (1.022, 0.0350, 0.0320), (1.024, 0.01, 0.01)],
        "souwester": _DOME,
        "witch": [(0.960, 0.0670, 0.0600), (1.000, 0.0530, 0.0480), (1.060, 0.0330, 0.0300), (1.130, 0.0130, 0.0120), (1.165, 0.002, 0.002)],
    }  # fmt: skip
    brims = {
        "fedora": (0.036, 0.034, 0.034, 0.012, 0.004), "bowler": (0.022, 0.022, 0.022, 0.011, 0.0),
        "tophat": (0.028, 0.026, 0.028, 0.010, 0.0), "cowboy": (0.062, 0.052, 0.058, 0.034, 0.010),
        "sombrero": (0.088, 0.088, 0.088, 0.0, 0.016), "souwester": (0.020, 0.022, 0.075, -0.006, 0.022),
        "witch": (0.070, 0.070, 0.070, 0.0, 0.010),
    }  # fmt: skip
    front, side, back, curl, droop = brims[kind]
    parts = [_crown(h, crowns[kind], look, entity), _brim(h, look, entity, front, side, back, curl=curl, droop=droop)]
    if kind != "souwester":
        ribbon = (
            finish(wear.text.split("with", 1)[1], "#222222")
            if " with " in wear.text and wear.says("band", "ribbon")
            else band
        )
        parts.append(
            _crown(
                h,
                [
                    (0.963, 0.0695, 0.0625),
                    (0.978, 0.0685 if kind != "witch" else 0.0640, 0.0615 if kind != "witch" else 0.0580),
                ],
                replace(ribbon, part=wear.part),
                entity,
                closed=False,
            )
        )
    return parts


def _wrapped(skull: Skull, look: Finish, entity: int, *, veil: bool) -> list[Solid]:
    """A hood or a headscarf: cloth round the face and down to the shoulders."""
    h = skull.shape.h
    turns = np.radians(np.linspace(46, 314, 29))
    rows = []
    for z, out in (
        (0.842, 0.020),
        (0.868, 0.011),
        (0.900, 0.0125),
        (0.940, 0.0135),
        (0.970, 0.0140),
        (0.990, 0.0150),
        (1.004, 0.010),
    ):
        ring = skull.ring(turns, min(z, 0.992), out)
        ring[:, 2] = z + 0.010 * np.maximum(np.cos(turns), 0) * (z > 0.98)
        rows.append(ring)
    parts = [patch(np.stack(rows) * h, look, entity)]
    tip = 0.010 if veil else 0.022
    parts.append(
        lathe(
            [
                (z * h, x * h, rx * h, ry * h)
                for z, x, rx, ry in (
                    (0.968, -0.001, 0.0700, 0.0640),
                    (0.988, -0.003, 0.0660, 0.0600),
                    (1.004, -0.006, 0.0520, 0.0480),
                    (1.012 + tip * 0.3, -0.012, 0.0300, 0.028),
                    (1.014 + tip * 0.5, -0.020, 0.006, 0.006),
                )
            ],
            look,
            entity,
            detail=22,
            ends=(False, True),
        )
    )
    edge = np.stack(
        [
            np.array((0.036 + 0.024 * np.cos(a), 0.055 * np.sin(a), 0.925 + 0.062 * np.cos(a)))
            for a in np.linspace(-2.6, 2.6, 23)
        ]
    )
    parts.append(rope(edge * h, 0.0055 * h, shade(look, 0.9), entity, 5))
    if veil:
        parts.append(
            lathe(
                [
                    (z * h, x * h, rx * h, ry * h)
                    for z, x, rx, ry in (
                        (0.800, 0.006, 0.075, 0.098),
                        (0.830, 0.004, 0.062, 0.075),
                        (0.862, 0.008, 0.050, 0.046),
                    )
                ],
                look,
                entity,
                detail=20,
                ends=(False, False),
            )
        )
    return parts


def glasses(skull: Skull, wear: Wear, entity: int) -> list[Solid]:
    """What is worn before the eyes."""
    h, kind = skull.shape.h, wear.kind.name
    rim = _look(wear, "#1c1c1e")
    x = float(skull.front(0.0, 0.9440)) + 0.0035
    dark = kind == "sunglasses" or (wear.says("dark", "black", "tinted") and kind == "goggles")
    if kind == "eyepatch":
        y, z = np.meshgrid(np.linspace(-0.0155, 0.0155, 7) + 0.0215, np.linspace(0.9260, 0.9480, 6))
        cover = patch(np.stack([skull.front(y, z) + 0.0075, y, z], -1) * h, rim, entity)
        turns = np.linspace(0, 2 * np.pi, 25)
        strap = skull.ring(turns, 0.9480 + 0.016 * np.cos(turns + 0.8), 0.0042)
        return [cover, rope(strap * h, 0.0016 * h, rim, entity, 4)]
    if kind == "goggles":
        turns = 2 * np.pi * np.arange(24) / 24
        ring = np.stack(
            [
                0 * turns,
                0.042 * np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** 0.6,
                EYES + 0.0165 * np.sign(np.cos(turns)) * np.abs(np.cos(turns)) ** 0.7,
            ],
            -1,
        )
        rows = []
        for out, size in ((0.0, 1.0), (0.012, 1.0), (0.012, 0.86)):
            row = ring.copy()
            row[:, 1:] = (row[:, 1:] - (0, EYES)) * size + (0, EYES)
            row[:, 0] = 0.052 - 0.16 * np.abs(row[:, 1]) ** 1.5 * 10 + out
            rows.append(row)
        lens = Finish((0.05, 0.06, 0.07), 0.8, part=wear.part)
        around = np.linspace(0.9, 2 * np.pi - 0.9, 19)
        return [
            skin(np.stack(rows) * h, rim, entity, ends=(False, False)),
            skin(rows[-1][None].repeat(2, 0) * h * (1, 1, 1) + np.array((0, 0, 0)), lens, entity, ends=(False, True)),
            rope(skull.ring(around, EYES, 0.007) * h, 0.004 * h, shade(rim, 0.6), entity, 5),
        ]
    parts: list[Solid] = []
    signs = (1,) if kind == "monocle" else (1, -1)
    small = 0.0145 if kind in ("round", "monocle") or wear.says("round", "small") else 0.0175
    tall = small if small < 0.016 else 0.0125
    turns = 2 * np.pi * np.arange(20) / 20
    power = 1.0 if small < 0.016 or wear.says("oval") else 0.62
    for sign in signs:
        y = sign * 0.0218 + small * np.sign(np.cos(turns)) * np.abs(np.cos(turns)) ** power
        z = 0.9365 + tall * np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** power
        line = np.stack([x - 12.0 * np.abs(y) ** 2.4 * 2, y, z], -1)
        parts.append(
            rope(
                np.concatenate([line, line[:1]]) * h,
                (0.0013 if wear.says("wire", "thin", "wire-rimmed", "rimless") else 0.0021) * h,
                rim,
                entity,
                5,
            )
        )
        if dark:
            parts.append(
                skin(
                    np.stack([line, line * 0.5 + line.mean(axis=0) * 0.5]) * h,
                    Finish((0.015, 0.015, 0.018), 0.8, part=wear.part),
                    entity,
                    ends=(False, True),
                )
            )
        if kind != "monocle":
            parts.append(
                rope(
                    np.array(
                        (
                            (x - 0.009, sign * 0.0395, 0.9420),
                            (0.025, sign * 0.0520, 0.9420),
                            (-0.006, sign * 0.0535, 0.9400),
                        )
                    )
                    * h,
                    0.0017 * h,
                    rim,
                    entity,
                    4,
                )
            )
    if kind != "monocle":
        parts.append(
            rope(
                np.array(((x, 0.0218 - small, 0.9395), (x + 0.002, 0.0, 0.9415), (x, -0.0218 + small, 0.9395))) * h,
                0.0018 * h,
                rim,
                entity,
                4,
            )
        )
    return parts


def mask(skull: Skull, wear: Wear, entity: int) -> list[Solid]:
    """What covers a face or a part of it."""
    h, kind = skull.shape.h, wear.kind.name
    look = _look(
        wear,
        {
            "surgical": "#9cc3d2",
            "full": "#eceae4",
            "gas": "#34383a",
            "beak": "#5a4030",
            "domino": "#17171a",
            "balaclava": "#1d1e22",
        }.get(kind, "#7c2d2a"),
    )
    hole = Finish((0.012, 0.011, 0.012))

    def sheet(low: float, high: float, wide: float, out: float, rows: int = 9, bulge: float = 0.0) -> Solid:
        y, z = np.meshgrid(np.linspace(-wide, wide, 15), np.linspace(low, high, rows))
        smooth = np.maximum(skull.front(y, z), 0.0) + out + bulge * np.cos(y / wide * np.pi / 2)
        return patch(np.stack([smooth, y, z], -1) * h, look, entity)

    if kind in ("surgical", "bandit"):
        y, z = np.meshgrid(
            np.linspace(-0.041, 0.041, 13), np.linspace(0.866 if kind == "surgical" else 0.842, 0.922, 7)
        )
        x = (
            0.058
            - 14.0 * np.abs(y) ** 2
            + 0.010 * np.cos((z - 0.912) / 0.03)
            - (0.010 if kind == "bandit" else 0.0) * np.clip((0.87 - z) / 0.03, 0, 1)
        )
        x = np.maximum(x, skull.front(y, np.maximum(z, 0.868)) + 0.002)
        cover = patch(np.stack([x, y * (1 - 0.4 * np.clip((0.868 - z) / 0.026, 0, 1)), z], -1) * h, look, entity)
        loops = [
            rope(
                np.array(((0.030, s * 0.0430, z0), (0.010, s * 0.0500, z0 + 0.004), (-0.008, s * 0.0545, 0.926))) * h,
                0.0012 * h,
                look,
                entity,
                4,
            )
            for s in (1, -1)
            for z0 in (0.885, 0.915)
        ]
        return [cover, *loops]
    if kind == "domino":
        parts = [sheet(0.9215, 0.9525, 0.0435, 0.0045, 6)]
        eyes = [
            ball(
                (0.0030 * h, 0.0085 * h, 0.0045 * h),
                ((float(skull.front(s * 0.0212, EYES)) + 0.0058) * h, s * 0.0212 * h, EYES * h),
                hole if wear.says("blindfold") is False else look,
                entity,
                8,
            )
            for s in (1, -1)
        ]
        whites = (
            []
            if wear.says("blindfold")
            else [
                ball(
                    (0.0022 * h, 0.0032 * h, 0.0032 * h),
                    ((float(skull.front(s * 0.0212, EYES)) + 0.0078) * h, s * 0.0212 * h, EYES * h),
                    Finish((0.6, 0.6, 0.6)),
                    entity,
                    6,
                )
                for s in (1, -1)
            ]
        )
        return parts + eyes + whites
    if kind == "balaclava":
        turns = 2 * np.pi * np.arange(30) / 30
        rings = np.stack([skull.ring(turns, z, 0.0055) for z in (0.840, 0.862, 0.875, 0.895, 0.912, 0.922)])
        top = np.stack([skull.ring(turns, z, 0.0055) for z in (0.9475, 0.960, 0.975, 0.988, 0.9965)])
        rings[:, :, 0] += skull.relief(rings[..., 1], rings[..., 2]) * np.clip(np.cos(turns) * 2, 0, 1) * 0.8
        rings[0, :, 2] = 0.846
        knit = replace(look, weave=Weave.KNIT)
        behind = np.radians(np.linspace(50, 310, 21))
        band = patch(np.stack([skull.ring(behind, z, 0.0055) for z in (0.921, 0.9485)]) * h, knit, entity)
        return [
            skin(rings * h, knit, entity, ends=(False, False)),
            skin(top * h, knit, entity, ends=(False, True)),
            band,
        ]
    z_low, z_high = 0.8640, 0.9800
    z = np.linspace(z_low, z_high, 13)
    turns = np.radians(np.linspace(-78, 78, 17))
    rows = []
    for level in z:
        ring = skull.ring(turns, level, 0.0065)
        ring[:, 0] += 0.65 * skull.relief(ring[:, 1], np.full(len(turns), level)) * np.clip(np.cos(turns) * 2, 0, 1)
        rows.append(ring)
    parts = [patch(np.stack(rows) * h, look, entity)]
    for s in (1, -1):
        at = float(skull.front(s * 0.0212, EYES))
        if kind == "gas":
            parts.append(
                tube(
                    ((at + 0.004) * h, s * 0.0215 * h, EYES * h),
                    ((at + 0.016) * h, s * 0.0225 * h, EYES * h),
                    0.0155 * h,
                    shade(look, 0.7),
                    entity,
                    detail=14,
                )
            )
            parts.append(
                ball(
                    (0.003 * h, 0.0128 * h, 0.0128 * h),
                    ((at + 0.0158) * h, s * 0.0225 * h, EYES * h),
                    Finish((0.10, 0.12, 0.12), 0.8, part=wear.part),
                    entity,
                    9,
                )
            )
        else:
            parts.append(
                ball(
                    (0.0035 * h, 0.0100 * h, 0.0052 * h), ((at + 0.0062) * h, s * 0.0212 * h, EYES * h), hole, entity, 8
                )
            )
    if kind == "beak":
        line = np.array(((0.058, 0, 0.912), (0.090, 0, 0.908), (0.125, 0, 0.897), (0.165, 0, 0.878)))
        parts.append(rope(line * h, np.array((0.020, 0.0165, 0.0105, 0.002)) * h, look, entity, 10))
    elif kind == "gas":
        parts.append(
            tube((0.058 * h, 0, 0.893 * h), (0.098 * h, 0, 0.880 * h), 0.0195 * h, shade(look, 0.6), entity, detail=14)
        )
    else:
        y = np.linspace(-1, 1, 9)
        curve = 0.8930 + (0.0045 if not wear.says("tragedy", "sad") else -0.0045) * y**2
        line = np.stack([skull.front(y * 0.016, curve) + 0.0078, y * 0.016, curve], -1)
        parts.append(rope(line * h, 0.0014 * h, hole, entity, 4))
    return parts
