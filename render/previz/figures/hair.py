"""Hair in its cuts, and beards. Lengths are shares of the height; the head faces +x."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from render.previz.colours import Finish, Weave, finish, shade
from render.previz.figures.face import TOP, Skull
from render.previz.figures.mesh import patch, rope
from render.previz.figures.words import Wear
from render.previz.solid import Solid, ball, skin

_HAIRLINE = np.array(  # degrees from straight ahead, and how far down the hair comes there
    ((0, 0.9765), (20, 0.9770), (34, 0.9745), (50, 0.9660), (64, 0.9560), (73, 0.9350), (82, 0.9270), (90, 0.9420),
     (97, 0.9450), (110, 0.9400), (124, 0.9080), (150, 0.8960), (180, 0.8930))
)  # fmt: skip
_RECEDED = np.array(
    ((0, 0.9930), (20, 0.9960), (36, 0.9975), (52, 0.9900), (64, 0.9660), (73, 0.9350), (82, 0.9270), (90, 0.9420),
     (97, 0.9450), (110, 0.9400), (124, 0.9080), (150, 0.8960), (180, 0.8930))
)  # fmt: skip
_THICKNESS = np.array(  # from the hairline to the crown, and how far the hair stands off the skull there
    ((0.0, -0.0015), (0.05, 0.0035), (0.2, 0.0056), (0.4, 0.0068), (0.6, 0.0080), (0.78, 0.0094), (0.9, 0.0112),
     (0.97, 0.0122), (1.0, 0.0126))
)  # fmt: skip

_CROWN = np.array((-0.0045, 0.0))  # above which point of the skull the hair closes


def _cap(
    skull: Skull, look: Finish, entity: int, *, volume: float = 1.0, line: np.ndarray = _HAIRLINE, strands: float = 0.0009,
    wave: Callable[[np.ndarray, float], np.ndarray] | None = None, raised: float = 0.0, columns: int = 28,
) -> Solid:  # fmt: skip
    """Hair over the skull from the hairline to the crown; ``raised`` lifts the line all round."""
    turns = 2 * np.pi * np.arange(columns) / columns
    away = np.degrees(np.abs(np.arctan2(np.sin(turns), np.cos(turns))))
    low = np.minimum(np.interp(away, line[:, 0], line[:, 1]) + raised, 0.9985)
    ridges = strands * np.cos(columns / 2 * turns)
    rings = []
    for share, thick in _THICKNESS:
        z = low + (TOP - low) * share
        out = thick * (volume if thick > 0 else 1.0) + ridges * (thick > 0.0)
        if wave is not None and thick > 0:
            out = out + wave(turns, float(share))
        ring = skull.ring(turns, z, out)
        ring[:, 2] += np.maximum(thick, 0.0) * volume * share
        ring[:, :2] = (ring[:, :2] - _CROWN) * np.interp(share, (0.85, 0.97, 1.0), (1.0, 0.80, 0.25)) + _CROWN
        rings.append(ring)
    return skin(np.stack(rings) * skull.shape.h, look, entity, ends=(False, True))


def _fall(skull: Skull, low: float, look: Finish, entity: int, *, volume: float = 1.0, curl: float = 0.0) -> Solid:
    """Hair that hangs from the crown down the back and beside the face."""
    turns = np.radians(np.linspace(76, 284, 27))
    rings = []
    bend = skull.shape.stoop
    for share in np.linspace(0.0, 1.0, 8):
        z = 0.974 + (low - 0.974) * share
        spread = (0.0085 + 0.009 * share**0.8) * volume
        ripple = 0.0013 * np.cos(13 * turns) + curl * np.sin(18 * share + 2 * np.sin(5 * turns))
        ring = skull.ring(turns, max(z, 0.928), spread + ripple)
        ring[:, 0] -= 0.004 * share + 0.4 * bend * max(share - 0.5, 0.0)
        side = np.abs(np.sin(turns))
        ring[:, 0] += 0.010 * share * side  # over the shoulders rather than through them
        ring[:, 2] = z + 0.006 * share * np.cos(9 * turns)
        rings.append(ring)
    return patch(np.stack(rings) * skull.shape.h, look, entity)


def _fringe(skull: Skull, look: Finish, entity: int, low: float = 0.9560) -> Solid:
    """Hair over the forehead."""
    y = np.linspace(-0.038, 0.038, 15)
    rows = []
    for share in (0.0, 0.35, 0.7, 1.0):
        z = 0.9850 + (low + 0.0025 * np.cos(7 * np.arange(15) / 14 * np.pi) + 0.10 * y**2 / 0.04 - 0.9850) * share
        out = 0.0095 - 0.0030 * share
        rows.append(np.stack([skull.front(y * (0.85 + 0.15 * share), z) + out, y, z], -1))
    return patch(np.stack(rows) * skull.shape.h, look, entity)


def _locks(skull: Skull, look: Finish, entity: int, size: float, count: int, low: float = 0.950) -> list[Solid]:
    """Balls of curls all over, the lower ones only behind."""
    parts = []
    for index in range(count):
        share = (index + 0.5) / count
        turn = index * 2.39996
        z = low + (TOP - 0.004 - low) * share
        if z < 0.962 and abs(np.arctan2(np.sin(turn), np.cos(turn))) < np.radians(72):
            turn += np.pi
        (point,) = skull.ring(np.array((turn,)), z, 0.35 * size)
        own = size * (0.85 + 0.3 * ((index * 7) % 5) / 4)
        parts.append(ball((own * skull.shape.h,) * 3, tuple(point * skull.shape.h), look, entity, 4))  # type: ignore[arg-type]
    return parts


def _plait(
    h: float, look: Finish, entity: int, start: tuple[float, float, float], length: float, size: float, back: float
) -> Solid:
    """A braid as one lumpy rope that hangs."""
    count = 26
    share = np.linspace(0, 1, count)
    lump = 1 + 0.16 * np.sin(share * length * 190)
    radii = size * lump * (1 - 0.35 * share)
    radii[-5:] *= (0.75, 0.55, 0.8, 0.7, 0.3)
    x = start[0] - back * np.sin(np.minimum(share * 2.2, 1.0) * np.pi / 2)
    y = start[1] + 0.0022 * np.sin(share * length * 95)
    z = start[2] - length * share
    return rope(np.stack([x, y + 0 * x, z], -1) * h, radii * h, look, entity, 7)


def hair(skull: Skull, wear: Wear | None, look: Finish, entity: int, *, hatted: bool) -> list[Solid]:
    """The hair of a head; under a hat without what would stand through it."""
    h = skull.shape.h
    cut = wear.kind.name if wear else "short"

    def says(*words: str) -> bool:
        return wear is not None and wear.says(*words)

    fringe = [_fringe(skull, look, entity)] if says("fringe", "bangs") and not hatted else []
    big = 0.55 if hatted else 1.0
    long_low = 0.70 if says("waist-length", "very") else 0.845 if says("shoulder-length") else 0.775
    if cut == "bald":
        return []
    if cut == "buzz":
        return [_cap(skull, look, entity, volume=0.28, strands=0.0)]
    if cut == "receding":
        return [_cap(skull, look, entity, volume=0.6, line=_RECEDED)]
    if cut == "slick":
        return [_cap(skull, look, entity, volume=0.62 * big, strands=0.0004, raised=0.002)] + (
            [ball((0.022 * h, 0.026 * h, 0.013 * h), (0.034 * h, 0, 0.9960 * h), look, entity, 10)]
            if says("quiff", "pompadour") and not hatted
            else []
        )
    if cut == "messy":

        def spikes(turns: np.ndarray, share: float) -> np.ndarray:
            return 0.006 * big * share * np.sin(9 * turns + 5 * share) * np.cos(4 * turns)

        return [
            _cap(skull, look, entity, volume=1.35 * big, wave=spikes, strands=0.0022),
            *fringe,
            *_tufts(skull, look, entity, hatted),
        ]
    if cut == "curly":
        parts = [_cap(skull, look, entity, volume=1.1 * big), *fringe]
        if says("long", "shoulder-length", "waist-length", "flowing"):
            parts.append(_fall(skull, long_low, look, entity, volume=1.6, curl=0.0035))
        return parts if hatted else parts + _locks(skull, look, entity, 0.0165, 46)
    if cut == "afro":
        if hatted:
            return [_cap(skull, look, entity, volume=1.2), *_locks(skull, look, entity, 0.020, 18, 0.925)]

        def globe(turns: np.ndarray, share: float) -> np.ndarray:
            return 0.030 * np.clip(share * 6, 0, 1) * (1 - 0.25 * np.maximum(np.cos(turns), 0)) + 0.0022 * np.sin(
                11 * turns + 23 * share
            )

        return [_cap(skull, replace(look, weave=Weave.FUR), entity, volume=1.0, wave=globe)]
    if cut == "mohawk":
        crest = []
        for share in np.linspace(0, 1, 12):
            turn = np.radians(8 + 164 * share)
            crest.append((0.0015 + 0.060 * np.cos(turn), 0.958 + 0.050 * np.sin(turn)))
        inner, outer = np.array(crest), np.array(crest)
        tall = (0.020 + 0.034 * np.sin(np.pi * np.linspace(0.15, 0.95, 12)))[:, None]
        outer = outer + tall * np.stack(
            [0.4 * np.cos(np.radians(8 + 164 * np.linspace(0, 1, 12))) - 0.15, np.ones(12)], -1
        )
        rings = np.stack(
            [
                np.stack(
                    [
                        np.append(inner[i], 0),
                        np.append((inner[i] + outer[i]) / 2, 0),
                        np.append(outer[i], 0),
                        np.append((inner[i] + outer[i]) / 2, 0),
                    ]
                )
                for i in range(12)
            ]
        )
        solid = rings[..., [0, 2, 1]]
        solid[:, 0, 1], solid[:, 1, 1], solid[:, 2, 1], solid[:, 3, 1] = 0.0, 0.009, 0.0, -0.009
        return [_cap(skull, shade(look, 0.8), entity, volume=0.15, strands=0.0), skin(solid * h, look, entity)]
    if cut == "bob":
        return [_cap(skull, look, entity, volume=1.1 * big), _fall(skull, 0.866, look, entity, volume=1.35), *fringe]
    if cut == "long":
        wavy = 0.0026 if says("wavy", "waves", "wild") else 0.0
        return [
            _cap(skull, look, entity, volume=1.1 * big),
            _fall(skull, long_low, look, entity, volume=1.15, curl=wavy),
            *fringe,
        ]
    if cut == "dreads":
        parts = [_cap(skull, look, entity, volume=1.0 * big, strands=0.002)]
        for index, turn in enumerate(np.radians(np.linspace(78, 282, 15))):
            (point,) = skull.ring(np.array((turn,)), 0.955, 0.008)
            drop = 0.13 + 0.03 * (index % 3)
            share = np.linspace(0, 1, 6)[:, None]
            line = (
                point
                + share * (0, 0, -drop)
                + 0.012 * np.sin(share * np.pi / 2) * np.array((np.cos(turn), np.sin(turn), 0))
            )
            parts.append(rope(line * h, 0.0068 * h, look, entity, 5))
        return parts
    tied = _cap(skull, look, entity, volume=0.72 * big, strands=0.0006, raised=0.0015)
    if cut == "ponytail":
        share = np.linspace(0, 1, 9)
        line = np.stack(
            [-0.056 - 0.040 * np.sin(share * 1.9), 0 * share, 0.968 - 0.02 * share - 0.125 * share**1.5], -1
        )
        radii = 0.020 * np.array((0.55, 0.85, 1.0, 1.05, 1.0, 0.95, 0.8, 0.6, 0.2))
        return [tied, rope(line * h, radii * h, look, entity, 9), *fringe]
    if cut == "braid":
        length = 0.19 if says("long") else 0.14
        return [
            tied,
            ball((0.019 * h, 0.021 * h, 0.020 * h), (-0.057 * h, 0, 0.912 * h), look, entity, 8),
            _plait(h, look, entity, (-0.060, 0.0, 0.905), length, 0.0165, 0.018),
            *fringe,
        ]
    if cut in ("braids", "pigtails"):
        parts = [tied, *fringe]
        for sign in (1, -1):
            if cut == "braids":
                parts.append(_plait(h, look, entity, (-0.020, sign * 0.056, 0.915), 0.15, 0.0125, -0.006))
            else:
                share = np.linspace(0, 1, 7)
                line = np.stack(
                    [-0.018 - 0.01 * share, sign * (0.050 + 0.034 * np.sin(2.2 * share)), 0.958 - 0.085 * share**1.5],
                    -1,
                )
                parts.append(
                    rope(line * h, 0.0155 * np.array((0.5, 0.9, 1.1, 1.1, 1.0, 0.8, 0.25)) * h, look, entity, 8)
                )
        return parts
    if cut == "bun":
        high = says("topknot", "top")
        at = (-0.022, 0.0, 1.012) if high and not hatted else (-0.064, 0.0, 0.960)
        return [tied, ball((0.0255 * h, 0.029 * h, 0.0255 * h), tuple(np.array(at) * h), look, entity, 10), *fringe]  # type: ignore[arg-type]
    if cut == "buns":
        return [tied, *fringe] + [
            ball((0.021 * h,) * 3, (-0.012 * h, s * 0.040 * h, 0.998 * h), look, entity, 9)  # type: ignore[arg-type]
            for s in (1, -1)  # type: ignore[arg-type]
        ]
    parted = 0.0
    if says("parted", "parting", "side-parted", "combed"):
        parted = 0.003

    def swept(turns: np.ndarray, share: float) -> np.ndarray:
        return parted * share * np.sin(turns - 0.5) + 0.0018 * share * np.maximum(np.cos(turns), 0)

    return [_cap(skull, look, entity, volume=0.95 * big, wave=swept), *fringe]


def _tufts(skull: Skull, look: Finish, entity: int, hatted: bool) -> list[Solid]:
    if hatted:
        return []
    h, parts = skull.shape.h, []
    for index in range(13):
        turn, z = index * 2.39996, 0.972 + 0.022 * ((index * 5) % 7) / 6
        root, tip = skull.ring(np.array((turn, turn + 0.25)), z, np.array((0.004, 0.019)))
        tip[2] += 0.014
        parts.append(
            rope(
                np.stack([root, (root + tip) / 2 + (0, 0, 0.003), tip]) * h,
                np.array((0.0085, 0.006, 0.001)) * h,
                look,
                entity,
                5,
            )
        )
    return parts


def beard(skull: Skull, wear: Wear, entity: int) -> list[tuple[str, Solid]]:
    """A beard or a moustache, in its own words' colour."""
    h = skull.shape.h
    look = replace(finish(wear.text, "#5d4c3e"), part=wear.part, shine=0.0)
    kind = "long" if wear.says("long", "bushy", "flowing") and wear.kind.name == "beard" else wear.kind.name
    if kind == "stubble":
        return [("head", _jaw(skull, look, entity, 0.0, 0.0011))]
    y = np.linspace(-1, 1, 13)
    droop = 0.010 if wear.says("handlebar", "walrus", "drooping") else 0.0035
    rows = []
    for high, out in ((0.9085, 0.0008), (0.9045, 0.0050), (0.9000, 0.0045), (0.8978, 0.0010)):
        z = high - droop * np.abs(y) ** 2
        rows.append(np.stack([skull.front(y * 0.0225, z) + out * (1 - 0.6 * y**2), y * 0.0225, z], -1))
    lip = patch(np.stack(rows) * h, look, entity)
    if kind == "moustache":
        return [("head", lip)]
    if kind == "goatee":
        rings = []
        turns = 2 * np.pi * np.arange(9) / 9
        for z, x, size in (
            (0.8905, 0.0560, 0.006),
            (0.8830, 0.0600, 0.0115),
            (0.8720, 0.0590, 0.0125),
            (0.8600, 0.0560, 0.009),
            (0.8500, 0.0540, 0.003),
        ):
            rings.append(np.stack([x + 0.55 * size * np.cos(turns), size * np.sin(turns), z + 0 * turns], -1))
        return [("head", lip), ("jaw", skin(np.stack(rings) * h, look, entity))]
    deep = 0.075 if kind == "long" else 0.026 if wear.says("full", "thick", "big") else 0.010
    return [("head", lip), ("head", _jaw(skull, look, entity, deep, 0.0085 if deep > 0.02 else 0.0058))]


def _jaw(skull: Skull, look: Finish, entity: int, deep: float, thick: float) -> Solid:
    """Hair from ear to ear round the jaw; ``deep`` how far it hangs below the chin."""
    turns = np.radians(np.linspace(-84, 84, 25))
    mouth = np.clip(1 - np.abs(turns) / np.radians(33), 0.0, 1.0) ** 0.6
    rings = []
    for share, grow in ((0.0, 0.0005), (0.12, thick * 0.8), (0.45, thick), (0.8, thick * 1.1), (1.0, thick * 0.8)):
        top = 0.9260 - 0.0410 * mouth - 0.006 * np.cos(turns)
        z = top + (0.8705 - top) * share
        ring = skull.ring(turns, z, grow + 0.0008 * np.cos(24 * turns) * (share > 0))
        ring[:, 0] += skull.relief(ring[:, 1], z) * np.clip(np.cos(turns) * 1.6, 0, 1)
        rings.append(ring)
    for share in (0.5, 1.0) if deep else (1.0,):
        narrow = 1 - (0.55 if deep > 0.05 else 0.35) * share
        ring = rings[4].copy()
        ring[:, 2] = 0.8690 - max(deep, 0.0035) * share * np.clip(np.cos(turns), 0.12, 1) ** 0.5
        ring[:, 1] *= narrow
        ring[:, 0] = ring[:, 0] * (1 - 0.10 * share) + (0.004 if deep > 0.05 else -0.002) * share
        rings.append(ring)
    return patch(np.stack(rings) * skull.shape.h, look, entity)
