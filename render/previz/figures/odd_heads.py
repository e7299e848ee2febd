"""Heads that are a thing or a beast's: a balloon, a lantern, a pumpkin, a fox. Lengths are shares of the height."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from render.previz.colours import Finish, Weave, finish, shade
from render.previz.figures.mesh import aside, rope
from render.previz.figures.words import Wear
from render.previz.solid import Solid, ball, box, join, lathe, limb, skin, tube

_DARK = Finish((0.012, 0.011, 0.012))


def _ball(
    h: float,
    radii: tuple[float, float, float],
    at: tuple[float, float, float],
    look: Finish,
    entity: int,
    detail: int = 12,
) -> Solid:
    return ball(tuple(r * h for r in radii), tuple(a * h for a in at), look, entity, detail)  # type: ignore[arg-type]


def _balloon(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:  # noqa: ARG001
    look = replace(look, shine=max(look.shine, 0.5))
    rows = [
        (z * h, 0.0, r * h, r * h)
        for z, r in (
            (0.862, 0.012),
            (0.870, 0.030),
            (0.888, 0.060),
            (0.915, 0.090),
            (0.950, 0.108),
            (0.985, 0.114),
            (1.020, 0.109),
            (1.052, 0.092),
            (1.078, 0.063),
            (1.092, 0.030),
            (1.096, 0.006),
        )
    ]
    knot = lathe(
        [(z * h, 0.0, r * h, r * h) for z, r in ((0.838, 0.018), (0.848, 0.014), (0.856, 0.007), (0.864, 0.014))],
        shade(look, 0.85),
        entity,
        detail=12,
    )
    return [lathe(rows, look, entity, detail=28), knot]


def _lantern(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    glow = replace(finish("glowing amber", "#f0a030"), part=look.part)
    if wear.says("bulb", "lightbulb", "candle"):
        glow = replace(finish("", "#ffe9b0"), glow=0.9, part=look.part)
        metal = replace(finish("steel"), part=look.part)
        return [
            _ball(h, (0.078, 0.078, 0.085), (0, 0, 0.965), glow, entity, 20),
            tube((0, 0, 0.855 * h), (0, 0, 0.900 * h), 0.040 * h, metal, entity, top=0.046 * h, detail=16),
        ]
    if wear.says("paper", "chinese"):
        lit = replace(look, glow=0.7)
        return [_ball(h, (0.092, 0.092, 0.098), (0, 0, 0.955), lit, entity, 18)] + [
            tube((0, 0, z * h), (0, 0, (z + 0.014) * h), 0.045 * h, shade(look, 0.3), entity) for z in (0.858, 1.040)
        ]
    bars = [
        tube(
            (0.066 * h * np.cos(a), 0.066 * h * np.sin(a), 0.89 * h),
            (0.066 * h * np.cos(a), 0.066 * h * np.sin(a), 1.01 * h),
            0.006 * h,
            look,
            entity,
            detail=6,
        )
        for a in np.linspace(0.5, 6.8, 5)[:-1]
    ]
    return [tube((0, 0, 0.862 * h), (0, 0, 0.892 * h), 0.078 * h, look, entity, top=0.070 * h, detail=18), _ball(h, (0.056, 0.056, 0.066), (0, 0, 0.950), glow, entity, 14),
            tube((0, 0, 1.008 * h), (0, 0, 1.052 * h), 0.082 * h, look, entity, top=0.026 * h, detail=18), _ball(h, (0.020, 0.020, 0.018), (0, 0, 1.060), look, entity, 10), *bars]  # fmt: skip


def _pumpkin(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    turns = 2 * np.pi * np.arange(40) / 40
    rings = []
    for tip in np.radians(np.linspace(-84, 84, 11)):
        r = 0.098 * np.cos(tip) * (1 + 0.055 * np.abs(np.cos(5 * turns)) - 0.03)
        rings.append(
            np.stack(
                [
                    r * np.cos(turns),
                    r * np.sin(turns),
                    0.942 + 0.080 * np.sin(tip) - 0.012 * np.cos(tip * 1.0) ** 8 + 0 * turns,
                ],
                -1,
            )
        )
    stem = rope(
        np.array(((0, 0, 1.010), (0.004, 0, 1.030), (0.014, 0.004, 1.046))) * h,
        np.array((0.015, 0.011, 0.010)) * h,
        finish("dark olive green"),
        entity,
        7,
    )
    parts = [skin(np.stack(rings) * h, look, entity), stem]
    if wear.says("jack", "jack-o'-lantern", "jack-o-lantern", "carved", "grinning", "lit", "glowing"):
        glow = replace(finish("glowing amber"), glow=0.9)
        parts += [_ball(h, (0.010, 0.016, 0.014), (0.090, s * 0.036, 0.962), glow, entity, 5) for s in (1, -1)]
        parts.append(_ball(h, (0.012, 0.046, 0.010), (0.088, 0, 0.915), glow, entity, 8))
    return parts


def _globe(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    parts = [_ball(h, (0.090, 0.090, 0.098 if wear.says("egg", "eyeball") else 0.090), (0, 0, 0.950), look, entity, 26)]
    if wear.says("eyeball"):
        parts += [
            _ball(h, (0.01, 0.042, 0.042), (0.084, 0, 0.950), finish("teal"), entity, 12),
            _ball(h, (0.01, 0.020, 0.020), (0.088, 0, 0.950), _DARK, entity, 10),
        ]
    if wear.says("apple", "orange", "tomato", "lemon", "onion"):
        parts.append(tube((0, 0, 1.03 * h), (0.008 * h, 0, 1.065 * h), 0.005 * h, finish("dark brown"), entity))
    if wear.says("globe", "planet") and not wear.says("snow"):
        parts += [
            _ball(
                h,
                (0.030, 0.040, 0.034),
                (0.064 * np.cos(a), 0.064 * np.sin(a), 0.950 + dz),
                replace(finish("olive green"), part=look.part),
                entity,
                9,
            )
            for a, dz in ((0.3, 0.02), (1.6, -0.01), (2.9, 0.03), (4.4, -0.02))
        ]
    return parts


def _box(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    parts = [box((0.155 * h, 0.165 * h, 0.155 * h), (0, 0, 0.940 * h), look, entity)]
    if wear.says("dice", "die"):
        parts += [
            _ball(
                h,
                (0.004, 0.013, 0.013),
                (0.078, y, 0.940 + z),
                _DARK if sum(look.colour) > 0.6 else finish("white"),
                entity,
                8,
            )
            for y, z in ((0, 0), (0.045, 0.045), (-0.045, -0.045), (0.045, -0.045), (-0.045, 0.045))
        ]
    elif wear.says("cardboard", "crate", "paper", "bag", "burlap", "sack"):
        parts += [
            box((0.006 * h, 0.026 * h, 0.012 * h), (0.078 * h, s * 0.032 * h, 0.955 * h), _DARK, entity)
            for s in (1, -1)
        ]
        if wear.says("cardboard"):
            parts.append(box((0.157 * h, 0.02 * h, 0.157 * h), (0, 0, 0.940 * h), shade(look, 1.2), entity))
    return parts


def _television(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    glass = Finish((0.10, 0.16, 0.18), 0.7, 0.25, part=look.part)
    aerials = [
        limb((-0.02 * h, 0, 1.02 * h), (-0.03 * h, s * 0.055 * h, 1.085 * h), 0.003 * h, finish("steel"), entity)
        for s in (1, -1)
    ]
    knobs = [_ball(h, (0.006, 0.008, 0.008), (0.078, -0.068, z), shade(look, 0.4), entity, 8) for z in (0.965, 0.935)]
    tail = (
        []
        if wear.says("flat", "monitor", "computer")
        else [box((0.06 * h, 0.12 * h, 0.10 * h), (-0.09 * h, 0, 0.94 * h), shade(look, 0.7), entity)]
    )
    return [
        box((0.13 * h, 0.185 * h, 0.145 * h), (0.005 * h, 0, 0.940 * h), look, entity),
        box((0.012 * h, 0.125 * h, 0.105 * h), (0.068 * h, 0.016 * h, 0.942 * h), glass, entity),
        *aerials,
        *knobs,
        *tail,
    ]


def _clock(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    rim = replace(finish(wear.text, "#b5892f"), part=look.part)
    pale = replace(finish("cream"), part=look.part)
    marks = [
        _ball(h, (0.003, 0.005, 0.005), (0.032, 0.068 * np.sin(a), 0.95 + 0.068 * np.cos(a)), _DARK, entity, 5)
        for a in np.linspace(0, 2 * np.pi, 13)[:-1]
    ]
    return [tube((-0.028 * h, 0, 0.95 * h), (0.028 * h, 0, 0.95 * h), 0.092 * h, rim, entity, detail=28), tube((0.026 * h, 0, 0.95 * h), (0.031 * h, 0, 0.95 * h), 0.080 * h, pale, entity, detail=28), *marks,
            limb((0.035 * h, 0, 0.95 * h), (0.035 * h, -0.028 * h, 0.985 * h), 0.004 * h, _DARK, entity), limb((0.035 * h, 0, 0.95 * h), (0.035 * h, 0.052 * h, 0.975 * h), 0.003 * h, _DARK, entity)]  # fmt: skip


def _robot(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    metal = replace(
        look if wear.says("steel", "gold", "brass", "copper") or sum(look.colour) else finish("steel"),
        weave=Weave.METAL,
        shine=max(look.shine, 0.4),
    )
    eyes = [
        _ball(
            h,
            (0.008, 0.015, 0.015),
            (0.066, s * 0.027, 0.955),
            replace(finish("glowing light blue"), glow=0.9),
            entity,
            10,
        )
        for s in (1, -1)
    ]
    grille = [
        box((0.004 * h, 0.050 * h, 0.004 * h), (0.068 * h, 0, z * h), _DARK, entity) for z in (0.898, 0.907, 0.916)
    ]
    return [box((0.132 * h, 0.118 * h, 0.118 * h), (0, 0, 0.935 * h), metal, entity), lathe([(z * h, 0, r * h, r * 0.95 * h) for z, r in ((0.990, 0.062), (1.004, 0.050), (1.012, 0.02))], metal, entity),
            *[tube((0, s * 0.056 * h, 0.938 * h), (0, s * 0.074 * h, 0.938 * h), 0.020 * h, shade(metal, 0.7), entity) for s in (1, -1)],
            limb((0, 0, 1.01 * h), (0, 0, 1.055 * h), 0.003 * h, metal, entity), _ball(h, (0.009,) * 3, (0, 0, 1.058), finish("red"), entity, 8), *eyes, *grille]  # fmt: skip  # type: ignore[arg-type]


def _skull(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:  # noqa: ARG001
    bone = replace(finish("bone") if not look.part else look, part=look.part)
    sockets = [_ball(h, (0.008, 0.0145, 0.0135), (0.0475, s * 0.0205, 0.937), _DARK, entity, 9) for s in (1, -1)]
    teeth = [
        box(
            (0.006 * h, 0.0055 * h, 0.009 * h),
            ((0.046 - 0.3 * abs(y)) * h, y * h, 0.893 * h),
            shade(bone, 1.05),
            entity,
        )
        for y in np.linspace(-0.021, 0.021, 7)
    ]
    return [_ball(h, (0.060, 0.050, 0.052), (-0.004, 0, 0.950), bone, entity, 18), _ball(h, (0.034, 0.034, 0.030), (0.018, 0, 0.905), bone, entity, 12), _ball(h, (0.028, 0.030, 0.012), (0.018, 0, 0.878), bone, entity, 10),
            _ball(h, (0.006, 0.006, 0.010), (0.0500, 0, 0.915), _DARK, entity, 6), *sockets, *teeth]  # fmt: skip


def _beast(
    ears: str, snout: float, *, horns: bool = False, high: float = 0.0
) -> Callable[[float, Finish, Wear, int], list[Solid]]:
    def build(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
        coat = replace(look, weave=Weave.FUR)
        nose = finish("black") if not wear.says("pig") else shade(look, 0.8)
        parts = [_ball(h, (0.064, 0.060, 0.066), (0.0, 0, 0.940), coat, entity, 18)]
        line = np.array(
            ((0.030, 0, 0.925), (0.055 + snout * 0.5, 0, 0.914 - high * 0.5), (0.055 + snout, 0, 0.910 - high))
        )
        parts.append(rope(line * h, np.array((0.046, 0.034, 0.024)) * h, shade(coat, 1.15), entity, 12))
        parts.append(_ball(h, (0.012, 0.014, 0.011), (0.062 + snout, 0, 0.918 - high), nose, entity, 8))
        for s in (1, -1):
            parts.append(
                _ball(
                    h, (0.007, 0.0095, 0.0105), (0.051, s * 0.030, 0.955), Finish((0.03, 0.02, 0.012), 0.6), entity, 8
                )
            )
            root, tip, wide = {
                "up": ((-0.006, 0.040, 0.985), (-0.010, 0.052, 1.055), 0.024),
                "flop": ((-0.004, 0.052, 0.975), (0.0, 0.078, 0.905), 0.022),
                "tall": ((-0.010, 0.028, 0.990), (-0.022, 0.040, 1.130), 0.020),
                "round": ((-0.010, 0.046, 0.995), (-0.010, 0.054, 1.012), 0.026),
                "side": ((-0.012, 0.050, 0.985), (-0.016, 0.100, 0.998), 0.018),
                "none": ((0, 0, 0), (0, 0, 0), 0.0),
            }[ears]
            if wide:
                ear = np.array((root, (np.array(root) + tip) / 2 + (0, 0.004, 0), tip)) * (1, s, 1)
                shape = np.array((0.8, 1.0, 0.15)) if ears != "round" else np.array((0.9, 1.0, 0.7))
                parts.append(rope(ear * h, shape * wide * h, shade(coat, 0.85), entity, 8))
            if horns:
                big = 0.085 if wear.says("deer", "stag") else 0.055
                bow = np.array(
                    ((0.0, 0.040, 0.995), (-0.005, 0.040 + big * 0.7, 1.010), (0.002, 0.040 + big, 1.010 + big))
                ) * (1, s, 1)
                parts.append(rope(bow * h, np.array((0.011, 0.009, 0.002)) * h, finish("bone"), entity, 7))
        if wear.says("unicorn"):
            parts.append(
                rope(
                    np.array(((0.050, 0, 0.985), (0.090, 0, 1.10))) * h,
                    np.array((0.010, 0.001)) * h,
                    finish("gold"),
                    entity,
                    8,
                )
            )
        if wear.says("horse", "zebra", "unicorn", "donkey", "lion"):
            mane = rope(
                np.array(((0.020, 0, 1.002), (-0.040, 0, 0.990), (-0.066, 0, 0.930), (-0.060, 0, 0.860))) * h,
                np.array((0.010, 0.016, 0.018, 0.012)) * h * (2.6 if wear.says("lion") else 1.0),
                shade(coat, 0.45),
                entity,
                8,
            )
            parts.append(mane)
        return parts

    return build


def _bird(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    feathers = replace(look, weave=Weave.FUR)
    beak = finish("" if not wear.says("crow", "raven") else "black", "#d9982e")
    line = np.array(
        ((0.050, 0, 0.935), (0.085, 0, 0.930), (0.118, 0, 0.905 if wear.says("eagle", "falcon", "owl") else 0.924))
    )
    eyes = [
        _ball(
            h,
            (0.008, 0.013, 0.013) if wear.says("owl") else (0.007, 0.009, 0.009),
            (0.047, s * 0.034, 0.957),
            finish("", "#e0b020"),
            entity,
            9,
        )
        for s in (1, -1)
    ]
    pupils = [_ball(h, (0.005, 0.005, 0.006), (0.054, s * 0.0355, 0.957), _DARK, entity, 7) for s in (1, -1)]
    comb = (
        [_ball(h, (0.016, 0.005, 0.016), (x, 0, 1.004), finish("red"), entity, 7) for x in (0.022, 0.0, -0.022)]
        if wear.says("chicken", "rooster")
        else []
    )
    return [
        _ball(h, (0.062, 0.058, 0.066), (0, 0, 0.945), feathers, entity, 18),
        rope(line * h, np.array((0.022, 0.014, 0.002)) * h, beak, entity, 9),
        *eyes,
        *pupils,
        *comb,
    ]


def _fish(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    eyes = [
        _ball(
            h,
            (0.012, 0.010, 0.012),
            (0.040, s * 0.048, 0.965 if not wear.says("frog") else 1.000),
            finish("white"),
            entity,
            9,
        )
        for s in (1, -1)
    ]
    pupils = [
        _ball(h, (0.006, 0.006, 0.006), (0.046, s * 0.055, 0.965 if not wear.says("frog") else 1.000), _DARK, entity, 7)
        for s in (1, -1)
    ]
    fin = (
        []
        if wear.says("frog", "lizard")
        else [
            rope(
                np.array(((0.02, 0, 1.00), (-0.03, 0, 1.04), (-0.06, 0, 1.06))) * h,
                np.array((0.006, 0.014, 0.002)) * h,
                shade(look, 0.7),
                entity,
                6,
            )
        ]
    )
    mouth = rope(
        np.stack([np.array((0.084 * np.cos(a) * 1.0, 0.052 * np.sin(a), 0.912)) for a in np.linspace(-1.0, 1.0, 9)])
        * h,
        0.003 * h,
        _DARK,
        entity,
        5,
    )
    return [
        _ball(h, (0.085, 0.054, 0.066), (0.0, 0, 0.938), replace(look, shine=max(look.shine, 0.35)), entity, 18),
        *eyes,
        *pupils,
        *fin,
        mouth,
    ]


def _flower(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    heart = finish("dark brown" if wear.says("sunflower") else "golden yellow")
    petals = [
        aside(_ball(h, (0.012, 0.030, 0.030), (0.0, 0.078 * np.sin(a), 0.955 + 0.078 * np.cos(a)), look, entity, 8))
        for a in np.linspace(0, 2 * np.pi, 12)[:-1]
    ]
    return [
        _ball(h, (0.026, 0.056, 0.056), (0.006, 0, 0.955), heart, entity, 14),
        *petals,
        limb((0, 0, 0.85 * h), (0, 0, 0.95 * h), 0.014 * h, finish("leaf green"), entity),
    ]


def _cactus(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    if wear.says("mushroom"):
        return [
            limb((0, 0, 0.87 * h), (0, 0, 0.94 * h), 0.042 * h, finish("cream"), entity),
            lathe(
                [
                    (z * h, 0, r * h, r * h)
                    for z, r in ((0.930, 0.112), (0.955, 0.116), (0.995, 0.088), (1.022, 0.045), (1.030, 0.008))
                ],
                look,
                entity,
                detail=22,
            ),
        ]
    if wear.says("carrot"):
        return [
            lathe(
                [
                    (z * h, 0, r * h, r * h)
                    for z, r in ((0.84, 0.012), (0.89, 0.040), (0.96, 0.062), (1.0, 0.060), (1.015, 0.02))
                ],
                look,
                entity,
            ),
            *[
                limb((0, 0, 1.0 * h), (0, y * h, 1.09 * h), 0.007 * h, finish("leaf green"), entity)
                for y in (-0.03, 0, 0.03)
            ],
        ]
    turns = 2 * np.pi * np.arange(30) / 30
    rings = [
        np.stack(
            [
                r * (1 + 0.06 * np.cos(10 * turns)) * np.cos(turns),
                r * (1 + 0.06 * np.cos(10 * turns)) * np.sin(turns),
                z + 0 * turns,
            ],
            -1,
        )
        for z, r in ((0.855, 0.050), (0.880, 0.066), (0.940, 0.072), (1.000, 0.066), (1.035, 0.045), (1.050, 0.010))
    ]
    bloom = [_ball(h, (0.016, 0.016, 0.014), (0, 0.012, 1.055), finish("pink"), entity, 7)]
    return [skin(np.stack(rings) * h, look, entity), *bloom]


def _cloud(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    if wear.says("flame", "fire"):
        lit = replace(look, glow=0.9)
        return [
            lathe(
                [
                    (z * h, x * h, r * h, r * h)
                    for z, x, r in (
                        (0.86, 0, 0.02),
                        (0.89, 0, 0.055),
                        (0.93, 0, 0.070),
                        (0.98, 0.004, 0.055),
                        (1.03, 0.014, 0.028),
                        (1.08, 0.004, 0.003),
                    )
                ],
                lit,
                entity,
            )
        ]
    soft = replace(look, weave=Weave.FUR)
    return [
        _ball(h, (r,) * 3, (x, y, z), soft, entity, 10)  # type: ignore[arg-type]
        for x, y, z, r in (
            (0, 0, 0.945, 0.062),
            (0.02, 0.055, 0.935, 0.046),
            (0.02, -0.058, 0.938, 0.048),
            (-0.02, 0.03, 0.985, 0.046),
            (0.0, -0.030, 0.990, 0.044),
            (0.042, 0.0, 0.955, 0.044),
            (-0.05, 0.0, 0.945, 0.042),
        )
    ]


def _cone(h: float, look: Finish, wear: Wear, entity: int) -> list[Solid]:
    if wear.says("teapot", "cup", "bottle"):
        parts = [_ball(h, (0.080, 0.080, 0.068), (0, 0, 0.935), replace(look, shine=max(look.shine, 0.4)), entity, 20)]
        if wear.says("teapot"):
            parts += [
                _ball(h, (0.016,) * 3, (0, 0, 1.012), look, entity, 9),  # type: ignore[arg-type]
                rope(
                    np.array(((0.07, 0, 0.925), (0.11, 0, 0.945), (0.128, 0, 0.985))) * h,
                    np.array((0.020, 0.013, 0.010)) * h,
                    look,
                    entity,
                    8,
                ),
                rope(
                    np.stack(
                        [
                            np.array((-0.075 - 0.045 * np.sin(a), 0, 0.938 + 0.042 * np.cos(a)))
                            for a in np.linspace(0, np.pi, 9)
                        ]
                    )
                    * h,
                    0.008 * h,
                    look,
                    entity,
                    6,
                ),
            ]
        return parts
    if wear.says("bell", "lampshade"):
        return [
            lathe(
                [
                    (z * h, 0, r * h, r * h)
                    for z, r in ((0.862, 0.105), (0.885, 0.086), (0.960, 0.064), (1.010, 0.050), (1.030, 0.02))
                ],
                look,
                entity,
                detail=24,
            )
        ]
    stripes = (
        [
            lathe(
                [(z * h, 0, r * h, r * h) for z, r in ((0.935, 0.0655), (0.975, 0.0465))],
                finish("white"),
                entity,
                ends=(False, False),
            )
        ]
        if wear.says("traffic")
        else []
    )
    base = (
        [box((0.20 * h, 0.20 * h, 0.016 * h), (0, 0, 0.868 * h), shade(look, 0.85), entity)]
        if wear.says("traffic")
        else []
    )
    return [
        lathe(
            [(z * h, 0, r * h, r * h) for z, r in ((0.870, 0.090), (0.980, 0.040), (1.050, 0.010))],
            look,
            entity,
            detail=22,
        ),
        *stripes,
        *base,
    ]


_BUILDERS: dict[str, tuple[Callable[[float, Finish, Wear, int], list[Solid]], str]] = {  # kind → builder, colour
    "balloon": (_balloon, "#e0c040"), "lantern": (_lantern, "#3a3d42"), "pumpkin": (_pumpkin, "#d9772a"), "globe": (_globe, "#4a7fb0"),
    "box": (_box, "#a98258"), "television": (_television, "#6b4a30"), "clock": (_clock, "#b5892f"), "robot": (_robot, "#8a9199"),
    "skull": (_skull, "#e3d9c0"), "cat": (_beast("up", 0.020), "#8a6f52"), "dog": (_beast("flop", 0.048), "#8a5f3c"),
    "horse": (_beast("side", 0.085, horns=True, high=0.022), "#6b452a"), "rabbit": (_beast("tall", 0.022), "#d8d2c6"),
    "bird": (_bird, "#57402c"), "fish": (_fish, "#6d8f94"), "flower": (_flower, "#e0b030"), "cactus": (_cactus, "#4d7d42"),
    "cloud": (_cloud, "#e4e6ea"), "cone": (_cone, "#e07b2a"),
}  # fmt: skip


def odd_head(h: float, wear: Wear, entity: int) -> Solid:
    """The head of a figure ``h`` metres tall that has no human face."""
    build, default = _BUILDERS[wear.kind.name]
    if wear.kind.name == "horse" and not wear.says("deer", "bull", "bull's", "minotaur", "goat", "cow", "stag"):
        build = _beast("up", 0.095, high=0.030)
    if wear.kind.name == "dog" and wear.says("wolf", "fox", "jackal"):
        build = _beast("up", 0.055)
    if wear.kind.name == "dog" and wear.says("bear"):
        build = _beast("round", 0.030)
    return join(build(h, replace(finish(wear.text, default), part=wear.part), wear, entity))
