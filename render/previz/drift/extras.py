"""Things that do not belong there: a face on a balloon, a string, a hat too many. Built to fit what they sit on."""

import itertools
import re
from dataclasses import replace

import numpy as np

from render.previz.colours import Finish, finish, names_colour
from render.previz.figures.figure import Figure
from render.previz.solid import Solid, ball, box, join, lathe, limb, tube

_DARK, _PALE = Finish((0.010, 0.010, 0.012), 0.4), Finish((0.70, 0.68, 0.62))
_RED, _STRAW = Finish((0.38, 0.03, 0.03)), Finish((0.42, 0.28, 0.10))
_FLESH = Finish((0.55, 0.32, 0.20))

_SAID = (  # the first that is said decides
    ("face", r"face|smile|smiling|mouth|eyes?|grin|features"),
    ("string", r"strings?|ribbon|cord|rope|thread|wire|strap|leash"),
    ("glasses", r"glasses|spectacles|sunglasses|goggles|monocle|shades"),
    ("hat", r"hats?|cap|beanie|helmet|hood|crown|bonnet|headgear|fedora"),
    ("beard", r"beards?|moustache|mustache|stubble|goatee"),
    ("scarf", r"scarf|shawl|tie|collar|necklace|bandana"),
    ("bulb", r"bulb|light|lamp|glow|flame|fire|candle"),
    ("badge", r"badge|logo|text|letters|writing|words|label|watermark|print|brand|tattoo|patch|emblem"),
    ("bag", r"bag|backpack|purse|satchel|suitcase"),
    ("arm", r"arms?|hands?|limbs?|fingers?"),
    ("knob", r"knob|lid|cap|stopper"),
    ("band", r"band|stripe|ring|crack|stain"),
    ("handle", r"handle|spout"),
)


def _sphere(radius: float, at: tuple[float, float, float], look: Finish) -> Solid:
    return ball((radius, radius, radius), at, look)


def shape_of(words: str) -> str:
    """Which of the shapes here shows what the words name."""
    text = words.lower()
    return next((name for name, said in _SAID if re.search(rf"\b({said})\b", text)), "badge")


def _look(words: str, default: Finish) -> Finish:
    return finish(words.lower()) if names_colour(words.lower()) else default


TRUNK = ("torso", "pelvis", "waist", "skirt")  # the bones whose solids are the trunk and what is worn on it
_SKULL = (-0.058, 0.057), (-0.052, 0.052), (0.868, 1.0)  # of a person's height: x, y, z


def _head(figure: Figure, *, odd: bool) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest corner of a skull, or of the thing that is the head."""
    found = [solid.vertices for at, solid in figure.parts if at == "head" and len(solid.faces)]
    if not odd or not found:  # hair and hats are no head
        low, high = np.array(_SKULL).T * figure.height
        return low, high
    best = max(found, key=lambda points: float(np.prod(np.ptp(points, axis=0) + 1e-3)))
    return best.min(axis=0).astype(float), best.max(axis=0).astype(float)


def _trunk(figure: Figure) -> Solid | None:
    """The largest solid of the trunk."""
    found = [solid for at, solid in figure.parts if at in TRUNK and len(solid.faces)]
    return max(found, key=lambda solid: float(np.prod(np.ptp(solid.vertices, axis=0) + 1e-3)), default=None)


def _chest(figure: Figure, share: float) -> float:
    """How far forward the trunk reaches at this share of the height, metres."""
    h = figure.height
    reach = [
        float(near[:, 0].max())
        for at, solid in figure.parts
        if at in TRUNK and len(near := solid.vertices[np.abs(solid.vertices[:, 2] - share * h) < 0.04 * h])
    ]
    return max(reach, default=0.07 * h)


def _cloth(figure: Figure) -> Finish:
    """The colour of what covers the trunk."""
    trunk = _trunk(figure)
    if trunk is None:
        return _PALE
    red, green, blue = (float(channel) for channel in np.median(trunk.colour, axis=0))
    return Finish((red, green, blue))


def on_figure(figure: Figure, words: str, size: float, entity: int, part: int, *, odd: bool) -> list[tuple[str, Solid]]:
    """What ``words`` name, on a person, ``size`` times as large as usual: solids by bone."""
    shape, h = shape_of(words), figure.height
    low, high = _head(figure, odd=odd)
    middle, half = (low + high) / 2, (high - low) / 2
    made = _on_head(shape, words, middle, half, size, h)
    if made is not None:
        return [("head", _named(solid, entity, part)) for solid in made]
    front = _chest(figure, 0.70)
    if shape == "bag":
        solid = box(
            (0.10 * h * size, 0.07 * h * size, 0.13 * h * size), (0.0, 0.17 * h, 0.50 * h), _look(words, _STRAW)
        )
        return [("torso", _named(solid, entity, part))]
    if shape == "arm":
        end = (0.20 * h * size, -0.07 * h, 0.60 * h)
        skin = _sphere(0.026 * h * size, end, _FLESH)
        own = _look(words, _cloth(figure))
        sleeve = limb((0.02 * h, -0.05 * h, 0.74 * h), end, 0.026 * h * (0.6 + 0.4 * size), own)
        return [("torso", _named(solid, entity, part)) for solid in (sleeve, skin)]
    look = _look(words, _PALE)
    patch = ball((0.008 * h, 0.040 * h * size, 0.030 * h * size), (front - 0.004 * h, 0.03 * h, 0.70 * h), look)
    bar = box((0.006 * h, 0.050 * h * size, 0.008 * h * size), (front + 0.004 * h, 0.03 * h, 0.70 * h), _RED)
    return [("torso", _named(solid, entity, part)) for solid in (patch, bar)]


def _on_head(shape: str, words: str, middle: np.ndarray, half: np.ndarray, size: float, h: float) -> list[Solid] | None:
    """What sits on a head whose box is ``middle`` ± ``half``."""
    x, y, z = (float(v) for v in middle)
    rx, ry, rz = (float(v) for v in half)

    def front(across: float, up: float) -> tuple[float, float, float]:
        """A place on the front of the head, by shares of its half width and half height."""
        deep = rx * float(np.sqrt(max(1 - across**2 - up**2, 0.05)))
        return (x + deep, y + across * ry, z + up * rz)

    if shape == "face":
        look = _look(words, _DARK)
        eye = min(ry, rz) * 0.17 * size
        eyes = [ball((eye * 0.5, eye, eye * 1.3), front(side * 0.36, 0.18), look, detail=10) for side in (-1, 1)]
        arc = [front(0.42 * float(np.sin(a)), -0.28 - 0.14 * float(np.cos(a))) for a in np.linspace(-1.2, 1.2, 7)]
        thick = min(ry, rz) * 0.07 * size
        return [*eyes, *(limb(a, b, thick, look) for a, b in itertools.pairwise(arc))]
    if shape == "string":
        points = [(x + rx * 0.5, y, z - rz * 0.8), (0.105 * h, 0.012 * h, 0.74 * h), (0.125 * h, -0.008 * h, 0.42 * h)]
        thick = 0.0035 * h * (0.5 + size)
        return [tube(a, b, thick, _look(words, _PALE)) for a, b in itertools.pairwise(points)]
    if shape == "glasses":
        look, wide = _look(words, _DARK), ry * 0.34 * (0.6 + 0.4 * size)
        lenses = [
            ball(
                (rx * 0.06, wide, wide * 0.8),
                (front(side * 0.42, 0.12)[0] + rx * 0.05, y + side * 0.42 * ry, z + 0.12 * rz),
                look,
            )
            for side in (-1, 1)
        ]
        bridge = box((rx * 0.06, ry * 0.3, rz * 0.06), (front(0, 0.12)[0] + rx * 0.04, y, z + 0.14 * rz), look)
        sides = [
            box((rx * 1.2, 0.006 * h, 0.008 * h), (x + 0.35 * rx, y + side * ry, z + 0.14 * rz), look)
            for side in (-1, 1)
        ]
        return [*lenses, bridge, *sides]
    if shape == "hat":
        look, wide = _look(words, _STRAW), max(rx, ry) * (0.75 + 0.35 * size)
        top = z + rz * 0.72
        rows = [(top, x, wide * 1.7, wide * 1.6), (top + 0.006 * h, x, wide * 1.72, wide * 1.62)]
        rows += [
            (top + 0.010 * h, x, wide, wide * 0.95),
            (top + 0.075 * h * (0.5 + size / 2), x, wide * 0.86, wide * 0.82),
        ]
        return [lathe(rows, look, detail=18)]
    if shape == "beard":
        look = _look(words, _DARK)
        return [ball((rx * 0.45, ry * 0.62, rz * 0.40 * (0.5 + size / 2)), (x + rx * 0.62, y, z - rz * 0.78), look)]
    if shape == "scarf":
        return [
            ball(
                (0.062 * h * (0.7 + 0.3 * size), 0.066 * h * (0.7 + 0.3 * size), 0.030 * h),
                (0.0, 0.0, 0.845 * h),
                _look(words, _RED),
            )
        ]
    if shape == "bulb":
        glow = Finish((0.95, 0.80, 0.45), 0.3, 1.0)
        return [_sphere(rx * 0.35 * size, (x + rx, y, z + 0.1 * rz), glow)]
    return None


def on_prop(solid: Solid, words: str, size: float, entity: int, part: int) -> Solid:
    """A prop with what ``words`` name on it."""
    low, high = solid.vertices.min(axis=0).astype(float), solid.vertices.max(axis=0).astype(float)
    (x, y, z), (rx, ry, rz) = (low + high) / 2, np.maximum((high - low) / 2, 0.01)
    shape, small = shape_of(words), float(max(rx, ry)) * size
    if shape == "bulb":
        thing = _sphere(small * 0.55, (x, y, float(high[2])), Finish((0.95, 0.80, 0.45), 0.3, 1.0))
    elif shape == "string":
        thing = tube((x, y, float(high[2])), (x + small, y + small, z - rz), 0.10 * small, _look(words, _PALE))
    elif shape == "handle":
        thing = limb((x, y + ry, z + 0.5 * rz), (x, y + ry + small, z + 0.2 * rz), 0.18 * small, _look(words, _RED))
    elif shape == "face":
        eyes = [_sphere(0.16 * small, (x + rx, y + side * 0.4 * ry, z + 0.2 * rz), _DARK) for side in (-1, 1)]
        thing = join([*eyes, ball((0.1 * small, 0.5 * ry, 0.1 * rz), (x + rx, y, z - 0.3 * rz), _DARK)])
    elif shape == "band":
        thing = tube(
            (x, y, z - 0.12 * rz * size), (x, y, z + 0.12 * rz * size), 1.06 * float(max(rx, ry)), _look(words, _RED)
        )
    else:
        thing = ball((0.5 * small, 0.5 * small, 0.4 * small), (x, y, float(high[2]) + 0.25 * small), _look(words, _RED))
    return join([solid, _named(thing, entity, part)])


def _named(solid: Solid, entity: int, part: int) -> Solid:
    many = len(solid.faces)
    return replace(solid, entity=np.full(many, entity, np.int32), part=np.full(many, part, np.int32))
