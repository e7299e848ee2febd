"""Who stands where and does what, as a function of the shot's time: marks, walks, turns to whom one speaks to."""

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np

from characters.seen import Seen
from render.previz.acting.actor import Actor, Walk
from render.previz.acting.prop_places import holder_of
from render.previz.acting.staging import Floor, floor_of, staged, travel
from render.request import Request, Stage
from storyboard.camera import MoveKind
from storyboard.hashing import seed_from
from storyboard.shot import BeatKind, ShotBeat

WALK, RUN = 1.25, 2.9  # metres a second

_ENTER = re.compile(r"\b(enters?|comes?|arrives?|steps? in|bursts?|appears?|returns?)\b", re.IGNORECASE)
_LEAVE = re.compile(r"\b(leaves?|exits?|goes|walks? off|walks? away|runs? off|runs? away|departs?)\b", re.IGNORECASE)
_WALK = re.compile(
    r"\b(walk|cross|climb|stride|wander|approach|pace|march|stroll|follow|hurr|stagger|limp|head)\w*\b",
    re.IGNORECASE,
)
_RUN = re.compile(r"\b(run|rush|sprint|race|chase|dash|flee)(s|ning|es)?\b", re.IGNORECASE)
_SIT = re.compile(r"\b(sits?|seated|sitting)\b", re.IGNORECASE)
_KNEEL = re.compile(r"\b(kneels?|kneeling|crouch\w*|squat\w*)\b", re.IGNORECASE)
_LIE = re.compile(r"\b(lies|lying|asleep|sleeps)\b", re.IGNORECASE)
_REACH = re.compile(
    r"\b(reach|point|hand|give|offer|light|hold|lift|raise|pick|take|open|pour|wave)\w*\b", re.IGNORECASE
)
_TRACKING = {kind for kind in MoveKind if kind.value.startswith("track-")}


def block(request: Request) -> list[Actor]:
    """Everyone who is seen, on their marks, with what they do. A function of the stage alone."""
    stage = request.stage
    rate = Fraction(request.rate)
    length = float(max(request.frames_of_shot, 1) / rate)
    everyone = list(dict.fromkeys([*stage.marks, *(seen.name for seen in stage.cast)]))
    marks = staged(stage)
    floor = floor_of(stage.place, stage.interior)  # type: ignore[arg-type]
    actors: list[Actor] = []
    for seen in stage.cast:
        index = everyone.index(seen.name)
        mark = marks[seen.name].at
        beats = [beat for beat in stage.beats if _is_about(beat, seen, stage)]
        words = " ".join(beat.text for beat in beats if beat.kind is BeatKind.ACTION)
        followed = any(move.kind in _TRACKING for phase in request.camera.moves for move in phase)
        followed = followed and (not request.camera.subject or seen.name in request.camera.subject)
        way = travel(request.camera, stage.side) if followed else None
        walk = _walk(words, beats, mark, index, rate, length, way)
        if walk is not None:
            walk = _on_floor(walk, mark, floor)
        actors.append(
            Actor(
                seen=seen,
                mark=mark,
                facing=marks[seen.name].facing,
                posture=_posture(words),
                walk=walk,
                speaks=_spans(stage, rate, lambda beat, name=seen.name: beat.character == name),
                reaches=_spans(
                    stage,
                    rate,
                    lambda beat, mine=beats: (
                        beat.kind is BeatKind.ACTION and beat in mine and bool(_REACH.search(beat.text))
                    ),
                ),
                looks_at=None,
                phase=(seed_from("rhythm", seen.name, request.seed) % 628) / 100,
                holds=any(holder_of(stage, prop) == seen.name for prop in stage.props),
            )
        )
    return actors


def _is_about(beat: ShotBeat, seen: Seen, stage: Stage) -> bool:
    if beat.kind is BeatKind.SPEECH:
        return beat.character == seen.name
    first = seen.name.split()[0]
    named = [
        other for other in stage.cast if re.search(rf"\b{re.escape(other.name.split()[0])}\b", beat.text, re.IGNORECASE)
    ]
    if re.search(rf"\b{re.escape(first)}\b", beat.text, re.IGNORECASE):
        return True
    return not named and bool(stage.cast) and stage.cast[0].name == seen.name


def _posture(words: str) -> str:
    for posture, pattern in (("sit", _SIT), ("kneel", _KNEEL), ("lie", _LIE)):
        if pattern.search(words):
            return posture
    return "stand"


def _walk(
    words: str,
    beats: list[ShotBeat],
    mark: np.ndarray,
    index: int,
    rate: Fraction,
    length: float,
    followed: np.ndarray | None,
) -> Walk | None:
    acting = [beat for beat in beats if beat.kind is BeatKind.ACTION]
    moving = next((b for b in acting if any(p.search(b.text) for p in (_ENTER, _LEAVE, _RUN, _WALK))), None)
    if moving is None and followed is None:
        return None
    running = bool(_RUN.search(words))
    speed = RUN if running else WALK
    outward = -1.0 if index % 2 == 0 else 1.0
    begins = float(moving.start / rate) if moving else 0.0
    spent = float(moving.frames / rate) if moving and moving.frames else length
    if followed is not None or moving is None:
        way = (np.array((1.0, 0.0)) if followed is None else followed) * speed * (length + 1.0) / 2
        return Walk(mark - way, mark + way, -0.5, length + 0.5, running)
    if _ENTER.search(moving.text):
        reach = min(3.0, speed * max(spent, 0.8))
        return Walk(mark + (outward * reach, 0.15), mark, begins, begins + reach / speed, running)
    if _LEAVE.search(moving.text):
        begins = min(begins, length - 0.6)
        reach = speed * max(length - begins, 0.6)
        return Walk(mark, mark + (outward * reach, 0.2), begins, begins + reach / speed, running)
    reach = min(speed * max(spent, 0.8), 4.5)
    half = np.array((reach / 2, 0.0)) * (1 if index % 2 == 0 else -1)
    return Walk(mark - half, mark + half, begins, begins + reach / speed, running)


def _on_floor(walk: Walk, mark: np.ndarray, floor: Floor) -> Walk:
    """The same walk, as far as the floor is free on both sides of the mark; in a small room at a slower pace."""
    return replace(walk, start=floor.reached(mark, walk.start), end=floor.reached(mark, walk.end))


def _spans(stage: Stage, rate: Fraction, wanted) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(beat.start / rate), float((beat.start + beat.frames) / rate)) for beat in stage.beats if wanted(beat)
    )
