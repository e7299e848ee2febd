"""Perches: which seat or bed of the set each person in a scene has, for when they sit or lie.

Like marks, perches follow from the place and from who is in the scene: everybody has one whether they sit or not, so
that nobody loses theirs when somebody else sits down.
"""

import functools
import itertools
from dataclasses import dataclass, replace

import numpy as np

from characters.seen import Seen
from render.previz.acting.floor import Floor, floor_of, marks_of
from render.previz.sets.build import build_set
from render.previz.sets.design import SetDesign, Spot, SpotKind
from storyboard.screenplay import Interior

_REACH, _SAID_REACH = 3.4, 7.0  # metres from a mark to a seat at most, and to one that is spoken of
_BESIDE = {SpotKind.SEAT: 0.95, SpotKind.BED: 1.35}  # metres from its middle to where one stands beside it, at most
_LEAST, _MOST = 0.55, 2.7  # metres between two people who talk
_STANDS = 0.22  # metres of free floor that one needs to stand before a seat
_HIGH, _LOW = 0.62, 0.3  # metres: what is higher or lower is no seat that the figures can take
_HIPS = 0.05  # metres that the hips of who lies are below the middle of a bed
_NAMES = {"couch": "sofa", "chair": "chair", "armchair": "armchair", "cot": "bed", "bunk": "bunk"}


@dataclass(frozen=True)
class Perch:
    """A seat or a bed of the set: where the hips are, float64[2] metres, and where one stands to take it."""

    at: np.ndarray
    facing: float  # radians
    height: float
    beside: np.ndarray


def perches_of(count: int, place: Seen, interior: Interior, words: tuple[str, ...], posture: str) -> list[Perch | None]:
    """The perch of each of ``count`` people, in order of appearance; None where there is none within reach.

    ``words``: what each is said to sit on ("" where nothing is said). ``posture``: sit or lie.
    """
    return list(_perches(count, place, interior, words, posture))  # type: ignore[arg-type]


@functools.lru_cache(maxsize=256)
def _perches(count: int, place: Seen, interior: Interior, words: tuple[str, ...], posture: str) -> tuple:
    design, floor = build_set(place, interior), floor_of(place, interior)  # type: ignore[arg-type]
    kind = SpotKind.SEAT if posture == "sit" else SpotKind.BED
    spots = [spot for spot in design.spots if spot.kind is kind]
    tried = [(spot, _perch(spot, floor)) for each in spots for spot in _shared(each, spots)]
    known = [(spot, perch) for spot, perch in tried if perch is not None]
    if design.seated or not known:
        return (None,) * count
    marks = marks_of(count, place, interior)  # type: ignore[arg-type]
    costs = [_costs(design, marks[index], known, words[index]) for index in range(count)]
    found = [perch for _, perch in known]
    pair = _pair(found, costs) if count > 1 and posture == "sit" else None
    taken: list[int | None] = list(pair) if pair else []
    for index in range(len(taken), count):
        free = {at: cost for at, cost in costs[index].items() if at not in taken}
        taken.append(min(free, key=lambda at: free[at], default=None))
    return tuple(None if at is None else found[at] for at in taken)


def _shared(spot: Spot, spots: list[Spot]) -> tuple[Spot, ...]:
    """A bench that is one seat in the set seats two."""
    near = [s for s in spots if s.name == spot.name and np.hypot(s.at[0] - spot.at[0], s.at[1] - spot.at[1]) < 1.0]
    if "bench" not in spot.name.split() or len(near) > 1:
        return (spot,)
    x, y = -0.34 * np.sin(spot.facing), 0.34 * np.cos(spot.facing)
    return tuple(replace(spot, at=(spot.at[0] + s * x, spot.at[1] + s * y, spot.at[2])) for s in (1, -1))


def _perch(spot: Spot, floor: Floor) -> Perch | None:
    """A spot as somebody takes it; None where nobody can."""
    if not _LOW < spot.at[2] < _HIGH:
        return None
    ahead = np.array((np.cos(spot.facing), np.sin(spot.facing)))
    if ahead[1] > 0.4:  # its back is to the side that sets are seen from
        return None
    at = np.array(spot.at[:2]) + (_HIPS * ahead if spot.kind is SpotKind.BED else 0.0)
    before = at + 0.4 * ahead
    beside = before if floor.room(before) >= _STANDS and spot.kind is SpotKind.SEAT else floor.nearest(at, [])
    if float(np.hypot(*(beside - at))) > _BESIDE[spot.kind]:
        return None
    return Perch(at, spot.facing, spot.at[2], beside)


def _costs(design: SetDesign, mark: np.ndarray, known: list[tuple[Spot, Perch]], word: str) -> dict[int, float]:
    """What speaks against each perch within somebody's reach: the way there, and a back to the camera's side."""
    tables = [np.array(spot.at[:2]) for spot in design.spots if spot.kind is SpotKind.TABLE]
    costs = {}
    for index, (spot, perch) in enumerate(known):
        said = bool(word) and _NAMES.get(word, word) in spot.name.split()
        said |= word == "table" and any(np.hypot(*(perch.at - table)) < 1.4 for table in tables)
        far = float(np.hypot(*(perch.at - mark)))
        if far <= (_SAID_REACH if said else _REACH):
            costs[index] = far + 0.6 * max(float(np.sin(perch.facing)), 0.0) - 6.0 * said
    return costs


def _pair(found: list[Perch], costs: list[dict[int, float]]) -> tuple[int, int] | None:
    """The perches of the first two: in the order in which they stand, neither far apart nor back to back."""
    best: tuple[float, int, int] | None = None
    for (one, first), (two, second) in itertools.product(costs[0].items(), costs[1].items()):
        if one == two:
            continue
        way = found[two].at - found[one].at
        apart = float(np.hypot(*way))
        if way[0] < 0.3 or not _LEAST <= apart <= _MOST:
            continue
        looks = (np.array((np.cos(found[i].facing), np.sin(found[i].facing))) for i in (one, two))
        away = sum(max(0.0, -0.2 - float(look @ way) * sign / apart) for look, sign in zip(looks, (1, -1), strict=True))
        cost = first + second + 2.0 * away
        if best is None or cost < best[0]:
            best = (cost, one, two)
    return best[1:] if best else None
