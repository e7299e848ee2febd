"""Staging: where everybody's mark is in a scene, on the free floor of its set.

Marks follow from the place, from who is in the scene and from who of them sits, never from the camera: people are
where they were in the shot before. The first two face each other along x, which is the scene's line of action; the
rest stand around them so that a camera on its side (−y) sees every face.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from render.previz.acting.floor import floor_of, marks_of
from render.previz.acting.perches import Perch, perches_of
from render.previz.sets.build import build_set
from render.previz.sets.design import SpotKind
from render.request import Stage
from storyboard.camera import Camera, MoveKind

_APART = 2.8  # metres between the first two, at most


@dataclass(frozen=True)
class Mark:
    """Where a person stands, float64[2] metres, and which way they face, radians."""

    at: np.ndarray
    facing: float
    seat: float = 0.0  # how high what of the set they sit on is, metres; 0 where they stand
    perch: Perch | None = None  # what of the set they sit or lie down on, or have done so


@dataclass(frozen=True)
class Rest:
    """Somebody sits or lies in a shot, on something."""

    posture: str
    word: str = ""  # what on, in the words of the action
    already: bool = False  # when the shot begins


def _seats(stage: Stage) -> list[Mark]:
    """The seats of a set in which there is no room to stand, a car's, in the order in which they are taken."""
    design = build_set(stage.place, stage.interior)  # type: ignore[arg-type]
    if not design.seated:
        return []
    seats = [spot for spot in design.spots if spot.kind is SpotKind.SEAT]
    return [Mark(np.array(spot.at[:2]), spot.facing, spot.at[2]) for spot in seats]


def staged(stage: Stage, rests: Mapping[str, Rest] | None = None) -> dict[str, Mark]:
    """The mark of everybody in the scene, by the bible's name; who sits or lies has it at what they do so on."""
    found = _standing(stage)
    return _rested(stage, found, rests) if rests else found


def _rested(stage: Stage, found: dict[str, Mark], rests: Mapping[str, Rest]) -> dict[str, Mark]:
    """The same scene moved to its seats: who sits is on theirs, and the others stand to them as they stood."""
    perches: dict[str, Perch] = {}
    everyone = list(found)
    for posture in ("sit", "lie"):
        words = tuple(rests[name].word if name in rests else "" for name in everyone)
        mine = perches_of(len(everyone), stage.place, stage.interior, words, posture)  # type: ignore[arg-type]
        having = {name: perch for name, perch in zip(everyone, mine, strict=True) if perch is not None}
        perches |= {n: perch for n, perch in having.items() if n in rests and rests[n].posture == posture}
    if not perches:
        return found
    floor = floor_of(stage.place, stage.interior)  # type: ignore[arg-type]
    off = np.mean([perch.at - found[name].at for name, perch in perches.items()], axis=0)
    at = {name: perch.at for name, perch in perches.items()}
    for name in everyone:
        if name not in perches:
            at[name] = floor.nearest(found[name].at + off, list(at.values()))
    one, two = everyone[0], everyone[min(1, len(everyone) - 1)]
    if one != two and (at[two][0] - at[one][0] < 0.2 or float(np.hypot(*(at[two] - at[one]))) > _APART):
        return found  # they would change sides, or lose each other
    moved: dict[str, Mark] = {}
    for name in everyone:
        if name in perches:
            perch = perches[name]
            moved[name] = Mark(at[name] if rests[name].already else perch.beside, perch.facing, perch=perch)
        else:
            faced = two if name == one else one
            facing = float(np.arctan2(*(at[faced] - at[name])[::-1])) if faced != name else found[name].facing
            moved[name] = Mark(at[name], facing)
    return moved


def _standing(stage: Stage) -> dict[str, Mark]:
    everyone = list(dict.fromkeys([*stage.marks, *(seen.name for seen in stage.cast)]))
    seats = _seats(stage)
    places = marks_of(len(everyone), stage.place, stage.interior)  # type: ignore[arg-type]
    found: dict[str, Mark] = {}
    for index, name in enumerate(everyone):
        if index < len(seats):
            found[name] = seats[index]
            continue
        if len(everyone) == 1:
            facing = -np.pi / 2 + 0.35  # nobody to face: three quarters to the usual camera
        else:
            faced = places[1 - index] if index < 2 else (places[0] + places[1]) / 2 - (0.0, 0.35)
            facing = float(np.arctan2(*(faced - places[index])[::-1]))
        found[name] = Mark(places[index], facing)
    return found


def travel(camera: Camera, side: int) -> np.ndarray:
    """Which way somebody walks whom the camera tracks, float64[2]: to the side of the frame that the move names."""
    kinds = {move.kind for phase in camera.moves for move in phase}
    if MoveKind.TRACK_TILT in kinds:
        return np.array((0.0, -float(side)))  # towards the lens, which has to tilt for it
    return np.array((-float(side) if MoveKind.TRACK_SIDE_LEFT in kinds else float(side), 0.0))
