"""Pens and pipes."""

from render.previz.figures.things.making import DARK, STEEL, Making
from render.previz.solid import Solid


def pen(m: Making) -> list[Solid]:
    """A thin thing with a tip: a pen, a pencil, a brush, a cigarette, an arrow; a quill has its vane."""
    if m.says("quill", "feather"):
        vane = m.main("#e8e4d8", "feather")
        return [
            m.slab(
                [(-0.02, 0.0), (0.03, 0.018), (0.12, 0.02), (0.18, 0.0), (0.12, -0.014), (0.03, -0.012)],
                0.003,
                0.005,
                vane,
                "z",
            ),
            m.tube((-0.09, 0, 0.004), (0.15, 0, 0.004), 0.0025, DARK, 0.001, 5),
        ]
    if m.says("cigarette", "cigar", "joint"):
        big = 2.0 if m.says("cigar") else 1.0
        paper = m.main("#5a3a22" if m.says("cigar") else "#efece2")
        end = m.part("tip ember end", "#d8541a" if m.lit else "#6a655e")
        return [
            m.tube((-0.02 * big, 0, 0.0045 * big), (0.055 * big, 0, 0.0045 * big), 0.0042 * big, paper),
            m.tube(
                (-0.045 * big, 0, 0.0045 * big),
                (-0.02 * big, 0, 0.0045 * big),
                0.0043 * big,
                m.part("filter", "#b8793a"),
            ),
            m.tube((0.055 * big, 0, 0.0045 * big), (0.06 * big, 0, 0.0045 * big), 0.004 * big, end),
        ]
    if m.says("comb"):
        look = m.main("#2b2320")
        return [
            m.box((0.16, 0.012, 0.004), (0, 0.012, 0.003), look),
            *(m.box((0.003, 0.024, 0.003), (x / 100 - 0.075, -0.004, 0.003), look) for x in range(16)),
        ]
    if m.says("arrow", "dart"):
        shaft = m.main("#8a6038", "shaft", "head tip fletching")
        by = 0.25 if m.says("dart") else 1.0
        fins = m.part("fletching feathers flight", "#c23a2a")
        return [
            m.tube((-0.3 * by, 0, 0.02), (0.35 * by, 0, 0.02), 0.005, shaft, detail=6),
            m.tube((0.35 * by, 0, 0.02), (0.39 * by, 0, 0.02), 0.010, STEEL, 0.001, 6),
            m.box((0.08 * by, 0.04, 0.001), (-0.26 * by, 0, 0.02), fins),
            m.box((0.08 * by, 0.001, 0.04), (-0.26 * by, 0, 0.02), fins),
        ]
    body = m.main("#d9a520" if m.says("pencil") else "#26374f", "", "tip cap bristles")
    tip = m.part(
        "tip nib bristles", "#d8bd92" if m.says("pencil") else "#7a5a34" if m.says("brush", "paintbrush") else STEEL
    )
    r = 0.005 if not m.says("brush", "marker", "lipstick", "syringe", "toothbrush", "hairbrush") else 0.008
    return [
        m.tube((-0.075, 0, r), (0.055, 0, r), r, body, detail=8),
        m.tube((0.055, 0, r), (0.078, 0, r), r, tip, 0.001, 8),
        m.tube((-0.082, 0, r), (-0.075, 0, r), r, m.part("cap end", "#b04a3a"), detail=8),
    ]


def pipe(m: Making) -> list[Solid]:
    """A tobacco pipe."""
    wood = m.main("#5a2f1a", "bowl wood", "stem")
    return [
        m.turned([(0, 0.012), (0.008, 0.02), (0.045, 0.021), (0.046, 0.013), (0.03, 0.011)], wood, (0.06, 0), 12),
        m.rope([(0.05, 0, 0.012), (0.01, 0, 0.02), (-0.07, 0, 0.045)], [0.010, 0.007, 0.004], m.part("stem", DARK)),
    ]
