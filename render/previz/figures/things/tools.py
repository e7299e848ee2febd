"""Keys, blades, guns, hammers, poles, ropes, glasses to look through, watches. Long things lie along x."""

from itertools import pairwise

import numpy as np

from render.previz.colours import shade
from render.previz.figures.things.making import BRASS, DARK, PANE, STEEL, WOOD, Making
from render.previz.solid import Solid

Outline = list[tuple[float, float]]


def key(m: Making) -> list[Solid]:
    """A key with its bow and bit; several hang on a ring."""
    metal = m.main("#b5892f", "key")
    one = [
        m.ring((-0.055, 0, 0.008), 0.022, 0.0055, metal, points=14),
        m.tube((-0.034, 0, 0.008), (0.075, 0, 0.008), 0.0055, metal, detail=8),
        m.tube((-0.034, 0, 0.008), (-0.024, 0, 0.008), 0.009, metal, detail=8),
        m.box((0.010, 0.026, 0.006), (0.068, 0.016, 0.008), metal),
        m.box((0.010, 0.020, 0.006), (0.052, 0.013, 0.008), metal),
    ]
    if m.says("car key") or m.word in ("keys", "keyring"):
        other = [
            m.tube((-0.06, -0.02, 0.006), (0.01, -0.075, 0.006), 0.005, STEEL, detail=6),
            m.ball((0.02, 0.02, 0.005), (0.015, -0.078, 0.006), STEEL, 8),
        ]
        return [*one, *other, m.ring((-0.072, 0, 0.010), 0.026, 0.003, STEEL, "z", points=14, detail=5)]
    return one


def knife(m: Making) -> list[Solid]:
    """A blade with a grip; scissors are two; a fork and a spoon are flat."""
    blade = m.main("#b4bac0", "blade", "handle hilt grip")
    grip = m.part("handle hilt grip", WOOD)
    if m.says("scissors", "shears"):
        parts = [
            m.slab([(-0.01, -0.006), (0.12, y), (-0.01, 0.006)], 0.004, 0.007, blade, "z") for y in (0.012, -0.012)
        ]
        return [
            *parts,
            *(m.ring((-0.055, s * 0.024, 0.006), 0.020, 0.005, grip, points=12) for s in (-1, 1)),
            m.tube((-0.04, 0.016, 0.006), (0, -0.004, 0.006), 0.004, grip),
            m.tube((-0.04, -0.016, 0.006), (0, 0.004, 0.006), 0.004, grip),
        ]
    if m.says("fork", "spoon", "ladle", "spatula", "cutlery", "chopsticks"):
        stem = m.rope([(-0.09, 0, 0.006), (0, 0, 0.010), (0.06, 0, 0.006)], [0.006, 0.003, 0.003], blade)
        if m.says("chopsticks"):
            return [
                m.tube((-0.1, y, 0.005), (0.12, 0.6 * y, 0.005), 0.004, m.main("#6b2a20"), 0.0025, 6)
                for y in (0.012, -0.012)
            ]
        if m.says("fork", "cutlery"):
            tines = [m.box((0.045, 0.0035, 0.003), (0.10, y, 0.006), blade) for y in (-0.009, -0.003, 0.003, 0.009)]
            return [stem, m.box((0.024, 0.023, 0.004), (0.068, 0, 0.006), blade), *tines]
        return [stem, m.ball((0.032, 0.021, 0.006), (0.085, 0, 0.007), blade, 10)]
    outline: Outline = [(0, -0.012), (0.13, -0.011), (0.175, 0.006), (0.17, 0.010), (0, 0.012)]
    if m.says("dagger"):
        outline = [(0, -0.014), (0.12, -0.011), (0.19, 0.0), (0.12, 0.011), (0, 0.014)]
    parts = [
        m.slab([(x, z + 0.03) for x, z in outline], -0.0022, 0.0022, blade),
        m.tube((-0.115, 0, 0.03), (0, 0, 0.03), 0.0125, grip, 0.011, 8),
    ]
    if m.says("dagger"):
        parts += [m.box((0.010, 0.014, 0.07), (0, 0, 0.03), BRASS), m.ball(0.014, (-0.12, 0, 0.03), BRASS, 8)]
    return parts


def sword(m: Making) -> list[Solid]:
    """A long blade, a guard, a grip, a pommel; a sabre and a cutlass are bent."""
    blade = m.main("#c0c6cc", "blade", "handle hilt grip guard")
    hilt = m.part("hilt guard pommel", BRASS)
    grip = m.part("handle grip", "#4a2a1a")
    if m.says("lightsaber", "light saber"):
        glow = m.part("blade light", "#49b6ff")
        from dataclasses import replace

        return [
            m.tube((-0.13, 0, 0.03), (0.10, 0, 0.03), 0.018, STEEL),
            m.tube((0.10, 0, 0.03), (0.95, 0, 0.03), 0.014, replace(glow, glow=1.0), detail=8),
        ]
    bend = 0.09 if m.says("sabre", "saber", "cutlass", "katana", "machete") else 0.0
    wide = 0.03 if m.says("machete", "cutlass") else 0.011 if m.says("rapier") else 0.021
    xs = np.linspace(0.0, 0.80, 7)
    lift = bend * (xs / 0.8) ** 2
    lower = [(float(x), float(0.06 - wide * (1 - 0.25 * x / 0.8) + z)) for x, z in zip(xs, lift, strict=True)]
    upper = [(float(x), float(0.06 + wide * (1 - 0.25 * x / 0.8) + z)) for x, z in zip(xs, lift, strict=True)]
    parts = [m.slab([*a, *b], -0.003, 0.003, blade) for a, b in zip(_pairs(lower), _back(upper), strict=True)]
    parts.append(m.slab([lower[-1], (0.88, 0.06 + 1.25 * bend), upper[-1]], -0.003, 0.003, blade))
    parts += [m.tube((-0.15, 0, 0.06), (0, 0, 0.06), 0.014, grip, detail=8), m.ball(0.022, (-0.165, 0, 0.06), hilt, 8)]
    if bend or m.says("rapier"):
        parts.append(m.rope([(0, 0, 0.09), (-0.03, 0, 0.0), (-0.10, 0, -0.005), (-0.16, 0, 0.05)], 0.006, hilt))
        parts.append(m.tube((-0.004, 0, 0.06), (0.004, 0, 0.06), 0.045, hilt, detail=12))
    else:
        parts.append(m.box((0.022, 0.022, 0.2), (0, 0, 0.06), hilt))
    return parts


def _pairs(line: Outline) -> list[Outline]:
    return [[a, b] for a, b in pairwise(line)]


def _back(line: Outline) -> list[Outline]:
    return [[b, a] for a, b in pairwise(line)]


def gun(m: Making) -> list[Solid]:
    """A pistol that points ahead; a revolver has a cylinder."""
    metal = m.main("#33363a", "barrel gun metal", "handle grip")
    grip = m.part("handle grip", "#3a2519")
    stock: Outline = [(-0.05, 0.095), (0.0, 0.095), (-0.015, 0.0), (-0.062, 0.0)]
    guard = m.rope([(0.005, 0, 0.09), (0.012, 0, 0.066), (0.04, 0, 0.066), (0.048, 0, 0.09)], 0.003, metal, 5)
    if m.says("revolver") or m.seen.state == "revolver":
        return [
            m.slab(stock, -0.014, 0.014, grip),
            m.tube((0.02, 0, 0.112), (0.17, 0, 0.112), 0.0105, metal, detail=9),
            m.tube((-0.01, 0, 0.105), (0.04, 0, 0.105), 0.022, shade(metal, 1.3), detail=10),
            m.box((0.06, 0.02, 0.04), (-0.025, 0, 0.108), metal),
            m.box((0.012, 0.008, 0.02), (-0.055, 0, 0.132), metal),
            m.box((0.008, 0.004, 0.010), (0.16, 0, 0.127), metal),
            guard,
        ]
    if m.says("drill", "hairdryer", "hair dryer"):
        return [
            m.slab(stock, -0.02, 0.02, metal),
            m.tube((-0.07, 0, 0.12), (0.08, 0, 0.12), 0.036, metal),
            m.tube((0.08, 0, 0.12), (0.15, 0, 0.12), 0.018, DARK, 0.006 if m.says("drill") else 0.022),
        ]
    return [
        m.slab(stock, -0.013, 0.013, grip),
        m.box((0.185, 0.026, 0.03), (0.035, 0, 0.113), metal),
        m.box((0.10, 0.022, 0.014), (0.02, 0, 0.092), shade(metal, 0.8)),
        m.tube((0.125, 0, 0.114), (0.131, 0, 0.114), 0.007, DARK, detail=8),
        m.box((0.008, 0.006, 0.008), (-0.05, 0, 0.132), metal),
        guard,
    ]


def rifle(m: Making) -> list[Solid]:
    """A long gun; a bow and a crossbow have a string."""
    wood = m.main("#5a3a22", "stock wood", "barrel metal")
    metal = m.part("barrel metal", "#33363a")
    if m.word in ("bow", "longbow"):
        z = np.linspace(-0.7, 0.7, 13)
        line = np.stack([0.18 * (1 - (z / 0.7) ** 2), 0 * z, z + 0.7], -1)
        return [
            m.rope(line, [0.006 + 0.010 * (1 - abs(float(each)) / 0.7) for each in z], wood),
            m.tube((0, 0, 0), (0, 0, 1.4), 0.002, DARK, detail=4),
        ]
    if m.says("crossbow"):
        y = np.linspace(-0.3, 0.3, 9)
        return [
            m.box((0.7, 0.04, 0.05), (0.1, 0, 0.05), wood),
            m.rope(np.stack([0.42 - 0.9 * y**2, y, 0 * y + 0.08], -1), 0.011, metal),
            m.tube((0.34, -0.3, 0.08), (0.1, 0, 0.08), 0.002, DARK, detail=4),
            m.tube((0.34, 0.3, 0.08), (0.1, 0, 0.08), 0.002, DARK, detail=4),
        ]
    stock: Outline = [(-0.32, 0.0), (-0.32, 0.12), (-0.05, 0.135), (0.0, 0.10), (-0.08, 0.085)]
    parts = [
        m.slab(stock, -0.018, 0.018, wood),
        m.slab([(-0.06, 0.095), (-0.06, 0.138), (0.40, 0.138), (0.40, 0.11)], -0.017, 0.017, wood),
        m.tube((0.0, 0, 0.142), (0.78, 0, 0.142), 0.011, metal, detail=8),
        m.rope([(-0.01, 0, 0.098), (0, 0, 0.07), (0.05, 0, 0.07), (0.06, 0, 0.098)], 0.004, metal, 5),
    ]
    if m.says("sniper"):
        parts.append(m.tube((0.0, 0, 0.185), (0.22, 0, 0.185), 0.018, DARK))
    if m.says("machine gun", "kalashnikov"):
        parts.append(m.slab([(0.08, 0.12), (0.14, 0.12), (0.18, -0.02), (0.12, -0.03)], -0.014, 0.014, metal))
    return parts


def hammer(m: Making) -> list[Solid]:
    """A hammer or an axe; the big ones have long handles."""
    head = m.part("head blade metal", "#5c6166")
    wood = m.main("#8a6038", "handle shaft", "head blade metal")
    by = 2.2 if m.says("sledgehammer", "pickaxe") or m.word in ("axe", "ax") else 1.0
    parts = [m.tube((-0.12 * by, 0, 0.04 * by), (0.17 * by, 0, 0.04 * by), 0.013 * by**0.5, wood, detail=8)]
    if m.says("pickaxe", "ice axe"):
        return [
            *parts,
            m.rope(
                [
                    (0.10 * by, 0, -0.09 * by),
                    (0.17 * by, 0, 0.0),
                    (0.18 * by, 0, 0.04 * by),
                    (0.17 * by, 0, 0.08 * by),
                    (0.10 * by, 0, 0.16 * by),
                ],
                [0.003, 0.013, 0.022, 0.013, 0.003],
                head,
            ),
        ]
    if m.says("axe", "ax", "hatchet", "tomahawk", "cleaver"):
        outline = [(0.12, 0.055), (0.12, 0.028), (0.095, -0.025), (0.195, -0.025), (0.175, 0.028), (0.175, 0.055)]
        return [*parts, m.slab([(x * by, z * by) for x, z in outline], -0.008 * by, 0.008 * by, head)]
    if m.says("mallet", "gavel"):
        return [*parts, m.tube((0.165, 0, -0.02), (0.165, 0, 0.10), 0.034, wood, detail=12)]
    return [
        *parts,
        m.tube((0.165 * by, 0, -0.015 * by), (0.165 * by, 0, 0.075 * by), 0.02 * by, head, detail=8),
        m.slab(
            [(0.150 * by, 0.07 * by), (0.18 * by, 0.07 * by), (0.185 * by, 0.12 * by), (0.178 * by, 0.12 * by)],
            -0.014 * by,
            0.014 * by,
            head,
        ),
    ]


def pole(m: Making) -> list[Solid]:
    """Everything on a long stick, upright: spade, rake, broom, mop, fork, oar, spear, bat, cane."""
    wood = m.main("#8a6038", "handle shaft stick wood", "head blade tip bristles")
    head = m.part("head blade tip metal", "#6a7076")
    long = 1.35
    if m.says("spade", "shovel"):
        blade = [(-0.10, 0.32), (0.10, 0.32), (0.105, 0.12), (0.06, 0.02), (0.0, 0.0), (-0.06, 0.02), (-0.105, 0.12)]
        return [
            m.slab(blade, -0.006, 0.006, head, "x"),
            m.tube((0, 0, 0.26), (0, 0, 1.05), 0.017, wood),
            m.tube((0, -0.06, 1.06), (0, 0.06, 1.06), 0.015, wood),
        ]
    if m.says("broom", "mop", "broomstick"):
        straw = m.part("bristles head straw brush", "#c9a24e" if not m.says("mop") else "#d5d2c8")
        return [
            m.turned([(0, 0.10), (0.02, 0.105), (0.26, 0.045), (0.30, 0.02)], straw, detail=12),
            m.turned([(0.235, 0.055), (0.245, 0.056), (0.262, 0.05)], m.part("band", "#8f2f22"), detail=12),
            m.tube((0, 0, 0.28), (0, 0, long), 0.014, wood, detail=8),
        ]
    if m.says("rake", "pitchfork", "trident"):
        count, wide = (9, 0.2) if m.says("rake") else (3, 0.09)
        tines = [
            m.tube((0, y, 0.0), (0, y, 0.10 if count > 3 else 0.26), 0.005, head, detail=5)
            for y in np.linspace(-wide, wide, count)
        ]
        z = 0.10 if count > 3 else 0.26
        return [
            *tines,
            m.box((0.02, 2 * wide + 0.02, 0.02), (0, 0, z), head),
            m.tube((0, 0, z), (0, 0, long), 0.015, wood, detail=8),
        ]
    if m.says("oar", "paddle"):
        return [
            m.slab(
                [(-0.03, 0.5), (0.03, 0.5), (0.075, 0.12), (0.06, 0.0), (-0.06, 0.0), (-0.075, 0.12)],
                -0.01,
                0.01,
                m.part("blade", wood),
                "x",
            ),
            m.tube((0, 0, 0.45), (0, 0, 1.7), 0.02, wood),
        ]
    if m.says("spear", "harpoon"):
        return [
            m.tube((0, 0, 0), (0, 0, 1.65), 0.014, wood, detail=8),
            m.slab([(-0.035, 1.68), (0, 1.62), (0.035, 1.68), (0, 1.9)], -0.005, 0.005, head, "x"),
        ]
    if m.says("baseball bat", "club", "cricket bat") or m.word in ("bat", "club"):
        return [
            m.turned(
                [(0, 0.02), (0.01, 0.034), (0.3, 0.032), (0.55, 0.016), (0.78, 0.014), (0.79, 0.022), (0.80, 0.02)],
                wood,
            )
        ]
    if m.says("wand", "baton", "sceptre", "branch", "bone"):
        tip = m.part("tip orb head star", "#e6dfcb" if m.says("wand", "baton") else "#c9a13b")
        return [
            m.tube((0, 0, 0.012), (0.30, 0, 0.012), 0.009, wood, 0.006, 8),
            m.ball(0.012 if not m.says("sceptre") else 0.03, (0.305, 0, 0.012), tip, 8),
        ]
    if m.says("golf club", "hockey stick"):
        return [
            m.tube((0, 0, 0.02), (0, 0.0, 1.0), 0.009, STEEL, detail=8),
            m.box((0.03, 0.16, 0.05), (0, 0.06, 0.025), wood),
            m.tube((0, 0, 0.8), (0, 0, 1.02), 0.014, DARK, detail=8),
        ]
    if m.says("scythe"):
        return [
            m.tube((0, 0, 0), (0, 0, 1.6), 0.016, wood),
            m.rope([(0, 0, 1.58), (0.25, 0, 1.62), (0.5, 0, 1.52), (0.7, 0, 1.3)], [0.03, 0.028, 0.02, 0.003], head),
        ]
    if m.says("whip"):
        t = np.linspace(0, 12, 26)
        return [
            m.tube((-0.2, 0, 0.015), (0, 0, 0.015), 0.014, wood),
            m.rope(np.stack([0.1 + 0.1 * np.sin(t), 0.1 * np.cos(t) - 0.1, 0.012 + 0.004 * t], -1), 0.006, wood, 5),
        ]
    if m.says("cane", "walking stick", "crook", "crutch"):
        hook = [(0, 0, 0), (0, 0, 0.82), (0.012, 0, 0.89), (0.06, 0, 0.92), (0.10, 0, 0.88)]
        return [m.rope(hook, 0.013, wood, 7)]
    if m.says("fishing rod"):
        return [
            m.tube((0, 0, 0.0), (0, 0, 0.3), 0.014, DARK),
            m.tube((0, 0, 0.3), (0.35, 0, 1.9), 0.007, wood, 0.002, 6),
            m.tube((0.35, 0, 1.9), (0.45, 0, 0.9), 0.0012, STEEL, detail=4),
            m.tube((0.02, -0.03, 0.32), (0.02, 0.03, 0.32), 0.03, STEEL),
        ]
    return [
        m.tube((0, 0, 0), (0, 0, 1.5), 0.016, wood, 0.013, 8),
        m.ball(0.02, (0, 0, 1.5), head if m.says("staff", "sceptre") else wood, 8),
    ]


def spanner(m: Making) -> list[Solid]:
    """A hand tool with a shaft and a grip; a spanner has jaws; a saw has a blade."""
    steel = m.main("#8a9096", "shaft blade", "handle grip")
    grip = m.part("handle grip", "#a8541f")
    if m.says("spanner", "wrench", "pliers"):
        jaws = [m.box((0.04, 0.012, 0.010), (0.12, y, 0.008), steel) for y in (-0.018, 0.018)]
        return [
            m.box((0.20, 0.018, 0.010), (0, 0, 0.008), steel),
            m.box((0.02, 0.048, 0.012), (0.095, 0, 0.008), steel),
            *jaws,
            m.ring((-0.105, 0, 0.008), 0.016, 0.006, steel, points=10),
        ]
    if m.says("saw"):
        return [
            m.slab([(0, 0.02), (0.42, 0.06), (0.42, 0.10), (0, 0.14)], -0.0015, 0.0015, steel),
            m.slab(
                [(-0.12, 0.03), (0.02, 0.02), (0.02, 0.14), (-0.10, 0.15)], -0.012, 0.012, m.part("handle grip", WOOD)
            ),
        ]
    if m.says("trowel"):
        return [
            m.slab([(0.02, 0), (0.06, 0.04), (0.18, 0), (0.06, -0.04)], 0.008, 0.012, steel, "z"),
            m.tube((-0.13, 0, 0.014), (-0.02, 0, 0.014), 0.013, grip),
            m.tube((-0.02, 0, 0.014), (0.04, 0, 0.010), 0.004, steel),
        ]
    return [
        m.tube((0, 0, 0.014), (0.12, 0, 0.014), 0.004, steel, detail=6),
        m.box((0.015, 0.009, 0.003), (0.125, 0, 0.014), steel),
        m.tube((-0.10, 0, 0.014), (0, 0, 0.014), 0.014, grip, 0.012),
    ]


def coil(m: Making) -> list[Solid]:
    """A rope lying in rings; a necklace and handcuffs lie as rings."""
    look = m.main("#b59660", "rope cable chain")
    if m.says("handcuffs"):
        steel = m.main("#9aa1a8")
        return [
            *(m.ring((0, s * 0.06, 0.007), 0.032, 0.007, steel) for s in (-1, 1)),
            m.tube((0, -0.028, 0.007), (0, 0.028, 0.007), 0.005, steel),
        ]
    if m.says("necklace", "pearl", "bracelet", "rosary", "bead", "garland"):
        tint = m.main("#e8e2d4", "pearls beads")
        a = np.linspace(0, 2 * np.pi, 14, endpoint=False)
        return [m.ball(0.009, (0.075 * float(np.cos(t)), 0.06 * float(np.sin(t)), 0.009), tint, 5) for t in a] + [
            m.ball(0.014, (0.095, 0, 0.014), m.part("pendant stone gem", "#8a1530"), 6)
        ]
    if m.says("noose"):
        ring = m.ring((0, 0, 0.14), 0.12, 0.012, look, "x")
        return [
            ring,
            m.tube((0, 0, 0.26), (0, 0, 0.40), 0.024, look, detail=8),
            m.tube((0, 0, 0.40), (0, 0, 0.9), 0.012, look, detail=8),
        ]
    thin = 0.4 if m.says("string", "wire", "twine", "thread", "yarn", "wool", "leash", "lead") else 1.0
    t = np.linspace(0, 8 * np.pi, 49)
    r = thin * (0.17 + 0.012 * np.sin(2.3 * t))
    line = np.stack([r * np.cos(t), r * np.sin(t), thin * (0.018 + 0.026 * t / (2 * np.pi))], -1)
    end = [(thin * 0.26, thin * 0.08, thin * 0.018), (thin * 0.34, thin * 0.02, thin * 0.018)]
    return [m.rope(np.concatenate([end[::-1], line]), 0.016 * thin, look, 6)]


def telescope(m: Making) -> list[Solid]:
    """Three draws of brass that point ahead."""
    brass = m.main("#b5892f", "tube", "lens")
    return [
        m.tube((-0.13, 0, 0.03), (0.0, 0, 0.03), 0.018, shade(brass, 0.8)),
        m.tube((-0.02, 0, 0.03), (0.10, 0, 0.03), 0.023, brass),
        m.tube((0.09, 0, 0.03), (0.23, 0, 0.03), 0.028, m.part("barrel leather grip", "#4a2a1a")),
        m.tube((0.23, 0, 0.03), (0.245, 0, 0.03), 0.030, brass),
        m.tube((0.24, 0, 0.03), (0.2455, 0, 0.03), 0.025, m.part("lens glass", PANE)),
        m.tube((-0.14, 0, 0.03), (-0.13, 0, 0.03), 0.021, brass),
    ]


def binoculars(m: Making) -> list[Solid]:
    """Two barrels and a bridge."""
    body = m.main("#2b2d2f", "", "lens strap")
    parts: list[Solid] = [
        m.box((0.05, 0.03, 0.03), (0, 0, 0.04), body),
        m.tube((0.02, 0, 0.055), (-0.03, 0, 0.055), 0.010, STEEL),
    ]
    for y in (-0.034, 0.034):
        parts += [
            m.tube((-0.06, y, 0.032), (0.0, y, 0.032), 0.017, body, 0.024),
            m.tube((0.0, y, 0.032), (0.085, y, 0.032), 0.026, body, 0.030),
            m.tube((0.08, y, 0.032), (0.0858, y, 0.032), 0.025, PANE),
        ]
    return parts


def watch(m: Making) -> list[Solid]:
    """A pocket watch on its chain; a compass; a coin; a ring."""
    metal = m.main("#c29a35", "", "face strap stone")
    if m.says("coin", "medal", "token", "button", "badge", "medallion", "dog tag"):
        parts = [
            m.tube((0, 0, 0), (0, 0, 0.005), 0.026, metal, detail=20),
            m.tube(
                (0, 0, 0.004), (0, 0, 0.006), 0.019, shade(metal, 0.75), detail=5 if m.says("badge", "medal") else 16
            ),
        ]
        if m.says("coins"):
            parts += [
                m.tube((x, y, z), (x, y, z + 0.005), 0.026, shade(metal, 0.9), detail=16)
                for x, y, z in ((0.03, 0.045, 0), (-0.035, 0.03, 0), (0.01, 0.02, 0.006))
            ]
        return parts
    if m.word in ("ring", "wedding ring", "earring"):
        return [
            m.ring((0, 0, 0.013), 0.011, 0.0024, metal, "x"),
            m.ball((0.005, 0.006, 0.005), (0, 0, 0.0265), m.part("stone gem diamond", "#cfe3ee"), 6),
        ]
    if m.says("hourglass"):
        glass = m.part("glass", "#b8c6c8")
        sand = m.part("sand", "#d8b878")
        wood = m.main("#6b4326", "wood frame", "sand glass")
        ends = [m.tube((0, 0, z), (0, 0, z + 0.014), 0.055, wood, detail=14) for z in (0, 0.196)]
        posts = [
            m.tube(
                (0.046 * float(np.cos(a)), 0.046 * float(np.sin(a)), 0.01),
                (0.046 * float(np.cos(a)), 0.046 * float(np.sin(a)), 0.2),
                0.004,
                wood,
                detail=5,
            )
            for a in (0.5, 2.6, 4.7)
        ]
        return [
            *ends,
            *posts,
            m.turned([(0.014, 0.036), (0.05, 0.034), (0.075, 0.016)], sand),
            m.turned([(0.075, 0.016), (0.105, 0.004), (0.15, 0.034), (0.196, 0.036)], glass),
        ]
    face = m.part("face dial", "#e9e4d2")
    parts = [
        m.turned([(0, 0.02), (0.004, 0.027), (0.011, 0.027), (0.015, 0.023)], metal, detail=20),
        m.tube((0, 0, 0.012), (0, 0, 0.0156), 0.0215, face, detail=20),
        m.box((0.016, 0.002, 0.001), (0.007, 0, 0.016), DARK),
        m.box((0.002, 0.012, 0.001), (0, 0.005, 0.016), DARK),
    ]
    if m.says("wristwatch", "wrist watch"):
        strap = m.part("strap band", "#4a2a1a")
        return [
            *parts,
            m.box((0.06, 0.018, 0.003), (0.05, 0, 0.005), strap),
            m.box((0.06, 0.018, 0.003), (-0.05, 0, 0.005), strap),
        ]
    a = np.linspace(0, 1, 12)
    chain = np.stack([0.034 + 0.14 * a, 0.03 * np.sin(6 * a), 0 * a + 0.005], -1)
    return [
        *parts,
        m.ring((0.032, 0, 0.008), 0.006, 0.0022, metal, points=8, detail=5),
        m.rope(chain, 0.0022, metal, 5),
    ]
