"""What figures carry and have on their backs: bags, sticks, swords, umbrellas, wings, tails. Shares of the height."""

from dataclasses import replace

import numpy as np

from render.previz.colours import Finish, Weave, finish, shade
from render.previz.figures.mesh import patch, rope
from render.previz.figures.rig import Part
from render.previz.figures.skeleton import PALM, REST
from render.previz.figures.trunk import Trunk
from render.previz.figures.words import Wear, Wearing
from render.previz.solid import ball, box, lathe, tube

_HAND = (REST["palm"][0] - 0.002, 0.1385, PALM - 0.022)  # where a left fist closes


def _scaled(*values: float, by: float) -> tuple[float, ...]:
    return tuple(value * by for value in values)


def bags(trunk: Trunk, worn: Wearing, entity: int, out: float) -> list[Part]:
    """Backpacks, satchels, quivers, cameras."""
    h, parts = trunk.shape.h, list[Part]()
    for wear in worn.every("bag"):
        look = replace(finish(wear.text, "#6b4a2e"), part=wear.part)
        kind, dark = wear.kind.name, shade(look, 0.6)
        back = float(trunk.section(0.70)[0] - trunk.section(0.70)[1]) - out
        big = 1.25 if wear.says("big", "large", "huge", "heavy") else 0.8 if wear.says("small", "little") else 1.0

        def strap(sign: float, out: float = out, dark: Finish = dark) -> Part:
            z = np.linspace(0.66, 0.818, 9)
            y = sign * np.interp(z, (0.66, 0.82), (0.075, 0.058))
            front = np.stack([trunk.front(np.abs(y), z, out) + 0.004, y, z], -1)
            over = np.array(((0.0, sign * 0.060, 0.832 + out), (-0.045, sign * 0.058, 0.805)))
            return ("torso", rope(np.concatenate([front, over]) * h, 0.0062 * h, dark, entity, 5))

        if kind == "backpack":
            deep = 0.075 * big
            tank = wear.says("tank", "jetpack", "jet")
            if tank:
                for y in (0.038, -0.038):
                    parts.append(
                        (
                            "torso",
                            lathe(
                                [
                                    (z * h, (back - 0.040) * h, r * h, r * h)
                                    for z, r in ((0.58, 0.01), (0.60, 0.036), (0.76, 0.036), (0.79, 0.012))
                                ],
                                replace(look, shine=0.5),
                                entity,
                                detail=14,
                            ),
                        )
                    )
                    parts[-1] = ("torso", _beside(parts[-1][1], y * h))
            else:
                body = [
                    (z, back - deep / 2 + 0.008, deep / 2 * r, 0.080 * big * r)
                    for z, r in ((0.575, 0.75), (0.585, 0.97), (0.66, 1.0), (0.75, 0.97), (0.795, 0.80), (0.806, 0.4))
                ]
                parts.append(("torso", lathe([_scaled(*row, by=h) for row in body], look, entity, detail=16)))  # type: ignore[misc]
                parts.append(
                    (
                        "torso",
                        box(
                            (0.030 * h, 0.095 * big * h, 0.075 * h),
                            ((back - deep + 0.004) * h, 0, 0.640 * h),
                            dark,
                            entity,
                        ),
                    )
                )
            parts += [strap(1.0), strap(-1.0)]
        elif kind == "satchel":
            hand = wear.says("handbag", "purse")
            side = 0.105 * trunk.shape.wide + out
            parts.append(
                (
                    "pelvis",
                    box(
                        (0.100 * big * h, 0.034 * h, 0.080 * big * h),
                        (0.0, -side * h - 0.012 * h, 0.500 * h),
                        look,
                        entity,
                    ),
                )
            )
            parts.append(
                (
                    "pelvis",
                    box(
                        (0.102 * big * h, 0.008 * h, 0.042 * big * h),
                        (0.0, -side * h - 0.030 * h, 0.518 * h),
                        shade(look, 0.78),
                        entity,
                    ),
                )
            )
            if not hand or wear.says("shoulder"):
                z = np.linspace(0.545, 0.822, 12)
                y = np.interp(z, (0.545, 0.822), (-side, 0.055))
                front = np.stack([trunk.front(np.abs(y) * 0.93, z, out) + 0.004, y, z], -1)
                parts.append(
                    (
                        "torso",
                        rope(
                            np.concatenate([front, [(0.0, 0.060, 0.836 + out), (-0.05, 0.050, 0.80)]]) * h,
                            0.0058 * h,
                            dark,
                            entity,
                            5,
                        ),
                    )
                )
            else:
                parts.append(
                    (
                        "torso",
                        rope(
                            np.array(
                                (
                                    (0.0, -side - 0.01, 0.54),
                                    (0.0, -side, 0.70),
                                    (0.0, -0.09, 0.828 + out),
                                    (0.0, -0.07, 0.832),
                                )
                            )
                            * h,
                            0.0042 * h,
                            dark,
                            entity,
                            5,
                        ),
                    )
                )
        elif kind == "quiver":
            line = np.array(((back - 0.02, -0.06, 0.56), (back - 0.03, 0.05, 0.84)))
            parts.append(("torso", rope(line * h, (0.045 if wear.says("guitar") else 0.022) * h, look, entity, 9)))
            parts.append(
                (
                    "torso",
                    rope(
                        np.array((line[1], line[1] + (0.0, 0.04, 0.10))) * h,
                        (0.012 if wear.says("guitar") else 0.008) * h,
                        dark,
                        entity,
                        6,
                    ),
                )
            )
            parts.append(strap(-1.0))
        else:
            x = float(trunk.front(0.0, 0.70, out)) + 0.022
            parts.append(("torso", box((0.032 * h, 0.065 * h, 0.042 * h), (x * h, 0, 0.690 * h), look, entity)))
            parts.append(
                (
                    "torso",
                    tube(((x + 0.014) * h, 0, 0.690 * h), ((x + 0.042) * h, 0, 0.690 * h), 0.018 * h, dark, entity),
                )
            )
            turns = np.linspace(-1.25, 1.25, 11)
            parts.append(
                (
                    "torso",
                    rope(
                        np.stack(
                            [
                                x - 0.020 * np.abs(np.sin(turns)) - 0.03 * (np.abs(turns) > 1),
                                0.048 * np.sin(turns),
                                0.84 - 0.14 * np.cos(turns) ** 2,
                            ],
                            -1,
                        )
                        * h,
                        0.0028 * h,
                        dark,
                        entity,
                        4,
                    ),
                )
            )
    return parts


def _beside(solid, y: float):
    from render.previz.figures.mesh import aside

    return aside(solid, y=y)


def held(trunk: Trunk, worn: Wearing, entity: int) -> list[Part]:
    """What is always in the left hand: a stick, a sword, a case, an umbrella, a basket, a shield, flowers."""
    h, parts = trunk.shape.h, list[Part]()
    for wear in worn.every("held")[:2]:
        side = -1.0 if parts else 1.0
        bone = f"hand-{'l' if side > 0 else 'r'}"
        x, y, z = _HAND[0], side * _HAND[1], _HAND[2]
        kind = wear.kind.name
        look = replace(
            finish(
                wear.text,
                {
                    "sword": "#8a9199",
                    "briefcase": "#3a2a20",
                    "umbrella": "#23252b",
                    "basket": "#b08d57",
                    "shield": "#8a9199",
                    "bouquet": "#c2334f",
                }.get(kind, "#6b4a2e"),
            ),
            part=wear.part,
        )
        wood = replace(finish("dark wooden"), part=wear.part)
        if kind == "cane":
            tall = (
                1.10
                if wear.says(
                    "staff", "spear", "crook", "oar", "pole", "trident", "lance", "scythe", "pitchfork", "broom", "rake"
                )
                else 0.30
                if wear.says("wand")
                else 0.53
            )
            top = z + (tall - z if tall > 0.6 else 0.03)
            low = 0.0 if tall > 0.4 else z - 0.02
            parts.append(
                (bone, tube((x * h, y * h, low * h), (x * h, y * h, top * h), 0.0085 * h, look, entity, detail=8))
            )
            if tall < 0.6 and not wear.says("wand"):
                turns = np.linspace(0, np.pi, 8)
                parts.append(
                    (
                        bone,
                        rope(
                            np.stack(
                                [x + 0.018 - 0.018 * np.cos(turns), y + 0 * turns, top + 0.018 * np.sin(turns)], -1
                            )
                            * h,
                            0.0085 * h,
                            look,
                            entity,
                            7,
                        ),
                    )
                )
            elif wear.says("crook"):
                turns = np.linspace(-0.2, 1.25 * np.pi, 12)
                parts.append(
                    (
                        bone,
                        rope(
                            np.stack(
                                [x + 0.045 - 0.045 * np.cos(turns), y + 0 * turns, top + 0.045 * np.sin(turns)], -1
                            )
                            * h,
                            0.0085 * h,
                            look,
                            entity,
                            7,
                        ),
                    )
                )
            elif wear.says("spear", "trident", "lance", "pitchfork", "scythe"):
                steel = replace(finish("steel"), part=wear.part)
                for offset in (0.0,) if wear.says("spear", "lance") else (-0.035, 0.0, 0.035):
                    parts.append(
                        (
                            bone,
                            rope(
                                np.array(
                                    (
                                        (x, y + offset, top - 0.01),
                                        (x, y + offset, top + 0.03),
                                        (x, y + offset, top + 0.10),
                                    )
                                )
                                * h,
                                np.array((0.007, 0.013, 0.001)) * h,
                                steel,
                                entity,
                                7,
                            ),
                        )
                    )
            elif wear.says("broom"):
                parts.append(
                    (
                        bone,
                        lathe(
                            [_scaled(zz, x, r, r, by=h) for zz, r in ((0.0, 0.045), (0.10, 0.03), (0.16, 0.012))],  # type: ignore[arg-type]
                            finish("straw"),
                            entity,
                        ),
                    )
                )  # type: ignore[misc]
                parts[-1] = (bone, _beside(parts[-1][1], y * h))
        elif kind == "sword":
            long = 0.16 if wear.says("dagger", "knife") else 0.46
            axe = wear.says("axe", "hammer")
            way = np.array((1.0, 0.0, -0.18))
            way /= np.linalg.norm(way)
            root = np.array((x, y, z))
            if axe:
                parts.append(
                    (bone, rope(np.array((root - way * 0.08, root + way * 0.30)) * h, 0.0085 * h, wood, entity, 7))
                )
                parts.append(
                    (
                        bone,
                        box(
                            (0.05 * h, 0.018 * h, 0.10 * h),
                            tuple((root + way * 0.28 + (0, 0, -0.02)) * h),
                            look,
                            entity,
                        ),
                    )
                )  # type: ignore[arg-type]
            else:
                glow = 0.9 if wear.says("lightsaber", "glowing") else 0.0
                parts.append(
                    (bone, rope(np.array((root - way * 0.04, root + way * 0.03)) * h, 0.0095 * h, wood, entity, 7))
                )
                parts.append(
                    (
                        bone,
                        rope(
                            np.array((root + way * 0.03, root + way * long * 0.8, root + way * long)) * h,
                            np.array((0.011, 0.010, 0.001)) * h,
                            replace(look, glow=glow),
                            entity,
                            4,
                        ),
                    )
                )
                parts.append(
                    (
                        bone,
                        box(
                            (0.012 * h, 0.075 * h if long > 0.2 else 0.03 * h, 0.012 * h),
                            tuple((root + way * 0.035) * h),
                            finish("brass"),
                            entity,
                        ),
                    )
                )  # type: ignore[arg-type]
        elif kind == "briefcase":
            tall = 0.20 if not wear.says("suitcase") else 0.30
            parts.append(
                (
                    bone,
                    box(
                        (0.25 * h * (1.1 if tall > 0.2 else 1.0), 0.062 * h, (tall - 0.02) * h),
                        (x * h, y * h, (z - tall / 2 - 0.025) * h),
                        look,
                        entity,
                    ),
                )
            )
            turns = np.linspace(0, np.pi, 7)
            parts.append(
                (
                    bone,
                    rope(
                        np.stack([x + 0.035 * np.cos(turns), y + 0 * turns, z - 0.034 + 0.034 * np.sin(turns)], -1) * h,
                        0.005 * h,
                        shade(look, 0.6),
                        entity,
                        5,
                    ),
                )
            )
            parts.append(
                (
                    bone,
                    box(
                        (0.252 * h * (1.1 if tall > 0.2 else 1.0), 0.064 * h, 0.006 * h),
                        (x * h, y * h, (z - tall * 0.42) * h),
                        shade(look, 0.55),
                        entity,
                    ),
                )
            )
        elif kind == "umbrella":
            parts.append(
                (
                    bone,
                    lathe(
                        [  # type: ignore[arg-type]
                            _scaled(zz, x, r, r, by=h)
                            for zz, r in ((0.02, 0.002), (0.06, 0.010), (0.34, 0.022), (0.40, 0.010))
                        ],
                        look,
                        entity,
                        detail=10,
                    ),
                )
            )  # type: ignore[misc]
            parts[-1] = (bone, _beside(parts[-1][1], y * h))
            parts.append(
                (
                    bone,
                    rope(
                        np.array(((x, y, 0.39), (x, y, z + 0.04), (x + 0.02, y, z + 0.06), (x + 0.035, y, z + 0.045)))
                        * h,
                        0.0062 * h,
                        wood,
                        entity,
                        6,
                    ),
                )
            )
        elif kind == "basket":
            metal = wear.says("bucket", "pail", "can")
            body = [
                (z - 0.225, 0.052 if metal else 0.070),
                (z - 0.12, 0.066 if metal else 0.088),
                (z - 0.115, 0.060 if metal else 0.080),
            ]
            parts.append(
                (
                    bone,
                    _beside(
                        lathe(
                            [_scaled(zz, x, r * (1.0 if metal else 1.25), r, by=h) for zz, r in body],  # type: ignore[arg-type]
                            look,
                            entity,
                            detail=16,
                        ),
                        y * h,
                    ),
                )
            )  # type: ignore[misc]
            turns = np.linspace(0, np.pi, 11)
            parts.append(
                (
                    bone,
                    rope(
                        np.stack([x + 0.075 * np.cos(turns), y + 0 * turns, z - 0.120 + 0.122 * np.sin(turns)], -1) * h,
                        0.005 * h,
                        shade(look, 0.7),
                        entity,
                        5,
                    ),
                )
            )
        elif kind == "shield":
            turns = 2 * np.pi * np.arange(24) / 24
            rows = [
                np.stack(
                    [
                        x + 0 * turns + 0.13 * r * np.cos(turns),
                        y + side * (0.030 + 0.030 * (1 - r**2)) + 0 * turns,
                        0.53 + 0.15 * r * np.sin(turns),
                    ],
                    -1,
                )
                for r in (1.0, 0.75, 0.4, 0.02)
            ]
            parts.append(
                (
                    f"forearm-{'l' if side > 0 else 'r'}",
                    patch(np.concatenate([np.stack(rows), np.stack(rows)[:, :1]], axis=1) * h, look, entity),
                )
            )
        else:
            green = replace(finish("dark leaf green"), part=wear.part)
            parts.append(
                (
                    bone,
                    rope(
                        np.array(((x, y, z - 0.07), (x + 0.02, y, z + 0.02), (x + 0.06, y, z + 0.10))) * h,
                        np.array((0.012, 0.016, 0.030)) * h,
                        green,
                        entity,
                        8,
                    ),
                )
            )
            for index in range(9):
                a = index * 2.399
                spot = (x + 0.07 + 0.030 * np.cos(a), y + 0.034 * np.sin(a), z + 0.125 + 0.012 * np.cos(2 * a))
                parts.append(
                    (
                        bone,
                        ball(
                            (0.0155 * h,) * 3,  # type: ignore[arg-type]
                            _scaled(*spot, by=h),  # type: ignore[arg-type]
                            look if index % 3 else shade(look, 1.3),
                            entity,
                            6,  # type: ignore[arg-type]
                        ),
                    )
                )  # type: ignore[arg-type]
    return parts


def extras(trunk: Trunk, worn: Wearing, entity: int, flesh: Finish) -> list[Part]:
    """Wings, tails, horns, animal ears, haloes, antennae."""
    h, parts = trunk.shape.h, list[Part]()
    lean = float(trunk.shape.bend(0.9))
    for wear in worn.every("extra"):
        kind = wear.kind.name
        look = replace(
            finish(wear.text, {"wings": "#eceae4", "horns": "#d9ccb0", "halo": "#f0d070"}.get(kind, "#3a3430")),
            part=wear.part,
        )
        if kind == "wings":
            feathers = replace(look, weave=Weave.FUR) if not wear.says("bat", "fairy", "metal") else look
            for sign in (1, -1):
                top = np.array(
                    [
                        (-0.07 - 0.05 * t, sign * (0.02 + 0.30 * t), 0.77 + 0.16 * np.sin(np.pi * t * 0.9))
                        for t in np.linspace(0, 1, 9)
                    ]
                )
                low = np.array(
                    [
                        (
                            -0.07 - 0.06 * t,
                            sign * (0.02 + 0.24 * t),
                            0.70 - (0.34 - 0.10 * t) * np.sin(np.pi * min(t + 0.12, 1.0)) + 0.03 * np.cos(9 * t),
                        )
                        for t in np.linspace(0, 1, 9)
                    ]
                )
                parts.append(
                    ("torso", patch(np.stack([top, top * 0.6 + low * 0.4 - (0.015, 0, 0), low]) * h, feathers, entity))
                )
        elif kind == "tail":
            line = np.array(
                ((-0.06, 0, 0.53), (-0.16, 0, 0.44), (-0.20, 0.03, 0.30), (-0.28, 0.05, 0.26), (-0.34, 0.05, 0.32))
            )
            parts.append(
                (
                    "pelvis",
                    rope(
                        line * h,
                        np.array((0.016, 0.018, 0.017, 0.014, 0.006))
                        * h
                        * (2.2 if wear.says("fox", "bushy", "fluffy") else 1.0),
                        look,
                        entity,
                        8,
                    ),
                )
            )
        elif kind == "horns":
            antlers = wear.says("antlers", "antler")
            for sign in (1, -1):
                bow = np.array(
                    (
                        (0.012 + lean, 0.034, 0.990),
                        (0.006 + lean, 0.062, 1.022),
                        (0.0 + lean, 0.066, 1.060),
                        (0.016 + lean, 0.058, 1.085),
                    )
                ) * (1, sign, 1)
                if antlers:
                    bow[:, 1] *= 1.3
                    bow[:, 2] = 1.0 + (bow[:, 2] - 1.0) * 2.0
                    for spot in (1, 2):
                        parts.append(
                            (
                                "head",
                                rope(
                                    np.array((bow[spot], bow[spot] + (0.03, sign * 0.015, 0.05))) * h,
                                    np.array((0.006, 0.001)) * h,
                                    look,
                                    entity,
                                    5,
                                ),
                            )
                        )
                parts.append(("head", rope(bow * h, np.array((0.0135, 0.011, 0.0075, 0.001)) * h, look, entity, 8)))
        elif kind == "ears":
            tall = 0.11 if wear.says("rabbit", "bunny") else 0.045
            for sign in (1, -1):
                if wear.says("pointed", "pointy", "elf"):
                    line, look = (
                        np.array(((-0.006, 0.050, 0.930), (-0.014, 0.062, 0.955), (-0.024, 0.072, 0.975))),
                        flesh,
                    )
                    size = np.array((0.011, 0.009, 0.001))
                else:
                    line = np.array(
                        ((0.0, 0.034, 0.990), (-0.002, 0.040, 0.990 + tall * 0.6), (-0.004, 0.043, 0.995 + tall))
                    )
                    size = np.array((0.019, 0.015, 0.002))
                parts.append(("head", rope(line * (1, sign, 1) * h, size * h, look, entity, 7)))
        elif kind == "halo":
            turns = np.linspace(0, 2 * np.pi, 29)
            parts.append(
                (
                    "head",
                    rope(
                        np.stack([0.065 * np.cos(turns), 0.065 * np.sin(turns), 1.065 + 0 * turns], -1) * h,
                        0.006 * h,
                        replace(look, glow=0.9),
                        entity,
                        6,
                    ),
                )
            )
        else:
            for sign in (1, -1):
                parts.append(
                    (
                        "head",
                        rope(
                            np.array(
                                ((0.02, sign * 0.020, 0.99), (0.03, sign * 0.035, 1.05), (0.05, sign * 0.045, 1.085))
                            )
                            * h,
                            0.003 * h,
                            look,
                            entity,
                            5,
                        ),
                    )
                )
                parts.append(("head", ball((0.009 * h,) * 3, (0.05 * h, sign * 0.045 * h, 1.088 * h), look, entity, 8)))  # type: ignore[arg-type]
    return parts


__all__ = ["Wear", "bags", "extras", "held"]
