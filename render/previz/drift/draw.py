"""What becomes of a take: which trouble befalls it, how badly, and how it varies even where nothing is wrong.

Pure, and a function of the request and the settings; all chance comes from the request's seed.
"""

import math
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from pydantic import JsonValue

from characters.seen import Kind as Entity
from characters.seen import Seen
from render.previz.colour_space import ciede2000, lab_of, rgb_of
from render.previz.colours import finish, names_colour
from render.previz.drift import camera as camera_trouble
from render.previz.drift.compression import COMPRESSIONS
from render.previz.drift.kinds import CAMERA, Kind
from render.previz.drift.odds import Chance, rate_of
from render.previz.drift.parts import extras_for, is_odd_head, may_be_missing
from render.previz.drift.picture_looks import PICTURE_LOOKS
from render.previz.drift.settings import Settings
from render.request import Request
from storyboard.camera import ShotSize
from storyboard.frozen import Frozen
from storyboard.hashing import seed_from

SHARED = 0.8
"""How often a draft drifts as the full take of its seed does."""
HONEST_COLOUR = 5.0  # ΔE00 that surfaces differ by in any take
LEAST_COLOUR, MOST_COLOUR = 6.0, 48.0  # ΔE00 of a colour that is wrong
_PLACE, _SCALE = 0.038, 0.022  # of the frame; at its edge they add up to less than 5 %
_PHASE = 0.12  # seconds


class Fault(Frozen):
    """One thing that is wrong with a take. ``begins``: the share of the take after which it is so."""

    kind: Kind
    of: str | None = None  # the bible's name, or the stranger's
    part: str | None = None
    severity: float  # 0 just noticeable … 1 gross
    begins: float = 0.0
    details: dict[str, JsonValue] = {}


class Honest(Frozen):
    """How a take differs from the rehearsal without being wrong."""

    shift: tuple[float, float]  # of the frame's width and height
    scale: float
    phase: float  # seconds that everybody's action is early or late
    key: float  # factor on the key light
    turn: float  # degrees that it comes from elsewhere
    fill: float  # factor on the light from around
    grain: float  # standard deviation, 8-bit levels
    texture: float  # how much surfaces are mottled, as a share of their light
    picture_look: str
    compression: str
    seed: int  # of colours, dressing, grain and texture


class Departure(Frozen):
    """All that is done to a take. ``shared`` is False for a draft that drifts otherwise than its full take."""

    faults: tuple[Fault, ...]
    honest: Honest
    shared: bool = True

    def of(self, *kinds: Kind) -> tuple[Fault, ...]:
        """The faults of these kinds."""
        return tuple(fault for fault in self.faults if fault.kind in kinds)


T = TypeVar("T")
Strikes = Callable[..., bool]
"""Whether a kind of trouble happens at a chance."""


class _Luck:
    """Numbers in 0 … 1 that depend on a seed and on what they are for."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, *what: object) -> float:
        return seed_from("drift", self.seed, *(str(part) for part in what)) / 2**31

    def between(self, low: float, high: float, *what: object) -> float:
        return low + (high - low) * self(*what)

    def one(self, choices: tuple[T, ...], *what: object) -> T:
        return choices[int(self(*what) * len(choices))]

    def sign(self, *what: object) -> int:
        return 1 if self(*what) < 0.5 else -1


def draw(request: Request, settings: Settings) -> Departure:
    """What becomes of the take that ``request`` asks for."""
    luck = _Luck(request.seed)
    shared = not request.draft or luck("draft") < SHARED
    if not shared:
        luck = _Luck(seed_from("draft", request.seed))
    faults = list(_faults(request, settings, luck))
    for tail in [
        fault for fault in faults if fault.kind is Kind.FROZEN_TAIL
    ]:  # nothing begins in a picture that stands
        faults = [
            fault
            if fault is tail or fault.begins < tail.begins
            else fault.model_copy(update={"begins": 0.6 * tail.begins})
            for fault in faults
        ]
    return Departure(faults=tuple(faults), honest=_honest(settings, luck), shared=shared)


def _honest(settings: Settings, luck: _Luck) -> Honest:
    def about(spread: float, *what: object) -> float:
        return round(luck.between(-spread, spread, "honest", *what), 5)

    return Honest(
        shift=(about(_PLACE, "x"), about(_PLACE, "y")),
        scale=1 + about(_SCALE, "scale"),
        phase=about(_PHASE, "phase"),
        key=1 + about(0.12, "key"),
        turn=about(9.0, "turn"),
        fill=1 + about(0.08, "fill"),
        grain=round(luck.between(0.8, 3.5, "honest", "grain"), 3),
        texture=round(luck.between(0.02, 0.07, "honest", "texture"), 4),
        picture_look=settings.picture_look or luck.one(tuple(PICTURE_LOOKS), "picture look"),
        compression=settings.compression or luck.one(tuple(COMPRESSIONS), "compression"),
        seed=seed_from("honest", luck.seed),
    )


def _faults(request: Request, settings: Settings, luck: _Luck) -> Iterator[Fault]:
    """What befalls the take. Where two troubles would hide each other, the one that is drawn first stands."""

    def strikes(kind: Kind, chance: Chance | None = None, *what: object) -> bool:
        return luck(kind, *what) < rate_of(kind, request, settings, chance)

    stage = request.stage
    bodies = (*stage.cast, *stage.props)
    replaced: set[str] = set()
    for seen in (*bodies, stage.place):
        kind = Kind.LOOK if seen.kind is Entity.CHARACTER else Kind.STATE
        others = tuple(other for other in request.alternatives if other.name == seen.name and other.kind is seen.kind)
        if others and strikes(kind, Chance(seen, seen.name), seen.name):
            replaced.add(seen.name)
            yield _other(kind, seen, luck.one(others, kind, seen.name, "which"), luck)
    for seen in (*bodies, stage.place):
        if seen.name in replaced:
            continue
        for part, words in seen.locked:
            head = seen.kind is Entity.CHARACTER and is_odd_head(part, words)
            chance = Chance(seen, words, head)
            if may_be_missing(seen, part) and strikes(Kind.MISSING, chance, seen.name, part):
                yield _plain(Kind.MISSING, luck, seen.name, part, late=0.65)
            elif names_colour(words) and strikes(Kind.COLOUR, chance, seen.name, part):
                yield _colour(seen.name, part, words, luck)
    for seen in bodies:
        yield from _added(seen, strikes, luck)
    if stage.cast and strikes(Kind.STRANGER):
        yield _plain(Kind.STRANGER, luck, "A STRANGER")
    yield from _of_the_camera(request, settings, luck)
    if bodies and strikes(Kind.SIZE):
        yield _size(request, luck)
    yield from _of_time(strikes, luck)


def _plain(kind: Kind, luck: _Luck, of: str | None = None, part: str | None = None, *, late: float = 0.0) -> Fault:
    """A fault with nothing but its severity; with ``late`` a slight one comes late in the take."""
    severity = luck(kind, of, part, "severity")
    return Fault(kind=kind, of=of, part=part, severity=round(severity, 4), begins=round(late * (1 - severity), 4))


def _other(kind: Kind, seen: Seen, other: Seen, luck: _Luck) -> Fault:
    """Another look or state: slight is one attribute of it late in the take, gross is all of it from the start."""
    fault = _plain(kind, luck, seen.name, late=0.5)
    mine, theirs = dict(seen.locked), dict(other.locked)
    differing = [part for part in {**mine, **theirs} if mine.get(part) != theirs.get(part)]
    order = sorted(differing, key=lambda part: luck(kind, seen.name, part))
    count = max(math.ceil(fault.severity * len(order)), 1)
    was, is_ = seen.look or seen.state or "default", other.look or other.state or "default"
    kept: list[JsonValue] = [*sorted(order[:count])]
    return fault.model_copy(update={"details": {"promised": was, "shown": is_, "attributes": kept}})


def _colour(name: str, part: str, words: str, luck: _Luck) -> Fault:
    """Another colour, so far away as its severity says, in a direction that surfaces can have."""
    severity = luck(Kind.COLOUR, name, part, "severity")
    wanted = LEAST_COLOUR + (MOST_COLOUR - LEAST_COLOUR) * severity
    base = lab_of(np.array(finish(words.lower()).colour))
    turn = luck(Kind.COLOUR, name, part, "hue")
    rise = luck.between(-0.45, 0.45, Kind.COLOUR, name, part, "rise")
    angles = [2 * math.pi * (turn + 0.381966 * number) for number in range(8)]
    ways = np.array([(rise, math.cos(angle), math.sin(angle)) for angle in angles])
    offset, got = _moved(base, ways, wanted)
    details: dict[str, JsonValue] = {"delta_e": round(got, 2), "lab": [round(float(x), 2) for x in offset]}
    # One in four turns in the middle of the take: such a take begins as it should.
    turns = luck(Kind.COLOUR, name, part, "turns") < 0.25
    begins = round(luck.between(0.25, 0.65, Kind.COLOUR, name, part, "begins"), 4) if turns else 0.0
    return Fault(kind=Kind.COLOUR, of=name, part=part, severity=round(severity, 4), begins=begins, details=details)


def _moved(base: np.ndarray, ways: np.ndarray, wanted: float) -> tuple[np.ndarray, float]:
    """An offset along the first of ``ways`` float[W, 3] on which a colour can look ``wanted`` away, and how far it is.

    Where none leads so far, the one that leads farthest.
    """
    amounts = np.linspace(0.0, 160.0, 161)
    away = ciede2000(base, painted(base + amounts[:, None] * ways[:, None]))
    reaches = away.max(axis=1) >= wanted
    way = int(np.argmax(reaches)) if reaches.any() else int(np.argmax(away.max(axis=1)))
    past = int(np.argmax(away[way] >= wanted)) if reaches.any() else int(np.argmax(away[way]))
    amount = amounts[past]
    if reaches.any() and past:
        amount = np.interp(wanted, away[way, past - 1 : past + 1], amounts[past - 1 : past + 1])
    shown = painted(base + amount * ways[way])
    return shown - base, float(ciede2000(base, shown))


def painted(lab: np.ndarray) -> np.ndarray:
    """The nearest Lab float[..., 3] that paint and cloth can have."""
    return lab_of(np.clip(rgb_of(lab), 0.004, 0.92))


def _added(seen: Seen, strikes: Strikes, luck: _Luck) -> Iterator[Fault]:
    head = any(is_odd_head(part, words) for part, words in seen.locked) and seen.kind is Entity.CHARACTER
    taken: list[str] = []
    for words in seen.never:
        if strikes(Kind.NEVER, Chance(seen, words, head), seen.name, words):
            taken.append(words)
            yield _plain(Kind.NEVER, luck, seen.name, words, late=0.6)
    if strikes(Kind.EXTRA, Chance(seen, head=head), seen.name):
        found = extras_for(seen)
        yield _plain(Kind.EXTRA, luck, seen.name, luck.one(found, "extra", seen.name), late=0.6)
    if strikes(Kind.PROPORTIONS, Chance(seen), seen.name):
        severity = luck(Kind.PROPORTIONS, seen.name, None, "severity")
        grows = luck.sign("grows", seen.name)
        factor = (1.10 + 0.55 * severity) ** grows
        what = luck.one(("head", "trunk"), "which", seen.name) if seen.kind is Entity.CHARACTER else "height"
        yield Fault(
            kind=Kind.PROPORTIONS,
            of=seen.name,
            severity=round(severity, 4),
            details={"what": what, "factor": round(factor, 4)},
        )


def _of_the_camera(request: Request, settings: Settings, luck: _Luck) -> Iterator[Fault]:
    """At most one trouble of the camera: their rates lie side by side."""
    number, start = luck("camera"), 0.0
    for kind in CAMERA:
        if not camera_trouble.can_happen(kind, request.camera):
            continue
        start += rate_of(kind, request, settings)
        if number < start:
            severity = luck(kind, "severity")
            yield Fault(
                kind=kind,
                severity=round(severity, 4),
                details=camera_trouble.details(kind, request.camera, severity, luck(kind, "which")),
            )
            return


def _size(request: Request, luck: _Luck) -> Fault:
    """One step of shot size to three; at the end of the scale the other way."""
    severity = luck(Kind.SIZE, "severity")
    sizes = list(ShotSize)
    here = sizes.index(request.camera.size or ShotSize.MS)
    steps = 1 + int(severity * 2.999)
    way = luck.sign("size")
    there = here + way * steps
    if not 0 <= there < len(sizes):
        there = here - way * steps
    there = min(max(there, 0), len(sizes) - 1)
    details: dict[str, JsonValue] = {"steps": there - here, "shown": sizes[there].value}
    return Fault(kind=Kind.SIZE, severity=round(severity, 4), details=details)


def _of_time(strikes: Strikes, luck: _Luck) -> Iterator[Fault]:
    """Trouble of the running picture."""

    def fault(kind: Kind, begins: float, severity: float, **details: JsonValue) -> Fault:
        rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in details.items()}
        return Fault(kind=kind, severity=round(severity, 4), begins=round(begins, 4), details=rounded)

    if strikes(Kind.HALF_SPEED):
        severity = luck(Kind.HALF_SPEED, "severity")
        way = luck.one(("smooth", "repeated", "blended"), "half-speed", "way")
        yield fault(Kind.HALF_SPEED, 0.0, severity, speed=0.85 - 0.5 * severity, way=way)
    if strikes(Kind.FROZEN_TAIL):
        severity = luck(Kind.FROZEN_TAIL, "severity")
        yield fault(Kind.FROZEN_TAIL, 1 - (0.12 + 0.5 * severity), severity)
    if strikes(Kind.FLICKER):
        severity = luck(Kind.FLICKER, "severity")
        begins = luck.one((0.0, 0.0, 0.3, 0.5), "flicker", "begins")
        yield fault(Kind.FLICKER, begins, severity, amount=0.025 + 0.17 * severity)
    if strikes(Kind.CUT):
        severity = luck(Kind.CUT, "severity")
        yield fault(
            Kind.CUT, luck.between(0.25, 0.75, "cut", "begins"), severity,
            zoom=(1.18 + 0.9 * severity) ** luck.sign("cut", "zoom"),
            turn=luck.sign("cut", "turn") * (3.0 + 15.0 * severity), jump=0.1 + 0.9 * severity,
        )  # fmt: skip
    if strikes(Kind.BLACK):
        severity = luck(Kind.BLACK, "severity")
        long = 0.01 + 0.25 * severity
        at = luck.one((0.0, 0.5 - long / 2, 1.0 - long), "black", "where")
        yield fault(Kind.BLACK, at, severity, lasts=long)
