"""Who stands where and does what, as a function of the shot's time: marks, walks, turns to whom one speaks to."""

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from characters.seen import Seen
from render.previz.figure import HIP, KNEE, Pose
from render.request import Request, Stage
from storyboard.camera import MoveKind
from storyboard.hashing import seed_from
from storyboard.shot import BeatKind, ShotBeat

SPACING = 1.25  # metres between two people who talk
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


@dataclass(frozen=True)
class Walk:
    """A way on foot: from and to in metres, between two times in seconds."""

    start: np.ndarray
    end: np.ndarray
    begins: float
    ends: float
    running: bool = False


@dataclass(frozen=True)
class Actor:
    """One person's blocking for the whole shot."""

    seen: Seen
    mark: np.ndarray  # float64[2], metres
    facing: float  # radians, at the mark
    posture: str  # stand, sit, kneel, lie
    walk: Walk | None
    speaks: tuple[tuple[float, float], ...]  # seconds
    reaches: tuple[tuple[float, float], ...]
    looks_at: float | None  # direction of gaze in radians while standing
    phase: float  # a person's own rhythm
    holds: bool = False

    @property
    def height(self) -> float:
        return self.seen.figure.height if self.seen.figure else 1.70

    def place(self, time: float) -> np.ndarray:
        """Where the person is, float64[2]."""
        if self.walk is None:
            return self.mark
        share = (time - self.walk.begins) / max(self.walk.ends - self.walk.begins, 1e-6)
        return self.walk.start + (self.walk.end - self.walk.start) * min(max(share, 0.0), 1.0)

    def heading(self, time: float) -> float:
        """Which way the body faces."""
        if self.walk is not None and self.walk.begins <= time < self.walk.ends:
            way = self.walk.end - self.walk.start
            return float(np.arctan2(way[1], way[0]))
        return self.facing

    def pose(self, time: float) -> Pose:
        """How the person stands at this time in seconds."""
        x, y = self.place(time)
        facing, h = self.heading(time), self.height
        sway = 0.012 * np.sin(1.3 * time + self.phase)
        talking = any(start <= time < end for start, end in self.speaks)
        nod = 0.05 * np.sin(6.0 * time + self.phase) if talking else 0.02 * np.sin(0.9 * time + self.phase)
        turn = 0.05 * np.sin(0.7 * time + self.phase)
        if self.looks_at is not None:
            turn += float(np.clip(_wrapped(self.looks_at - facing), -1.0, 1.0))
        arms = [0.04 + sway, 0.04 - sway]
        elbows = [0.18, 0.18]
        if talking:
            arms[1] = 0.30 + 0.16 * np.sin(2.7 * time + self.phase)
            elbows[1] = 1.05 + 0.25 * np.sin(3.4 * time + self.phase)
        if self.holds:
            arms[1], elbows[1] = 0.45 + sway, 0.95
        elif any(start <= time < end for start, end in self.reaches):
            arms[1], elbows[1] = 0.95, 0.5
        thighs, knees, z, lean, flat = (sway * 0.3, -sway * 0.3), (0.03, 0.03), 0.0, 0.0, 0.0
        if self.walk is not None and self.walk.begins <= time < self.walk.ends:
            beat = (8.6 if self.walk.running else 5.6) * time + self.phase
            swing = 0.75 if self.walk.running else 0.45
            thighs = (swing * np.sin(beat), -swing * np.sin(beat))
            knees = (
                0.15 + (1.1 if self.walk.running else 0.55) * max(0.0, float(np.sin(beat - 1.9))),
                0.15 + (1.1 if self.walk.running else 0.55) * max(0.0, float(np.sin(beat - 1.9 + np.pi))),
            )
            if not self.holds:
                arms = [-0.8 * swing * np.sin(beat), 0.8 * swing * np.sin(beat)]
                elbows = [1.3, 1.3] if self.walk.running else [0.35, 0.35]
            lean = 0.16 if self.walk.running else 0.05
            z = 0.018 * h * (abs(float(np.cos(beat))) - 0.7)
        elif self.posture == "sit":
            thighs, knees, z = (1.45, 1.45), (1.45, 1.45), -(HIP - KNEE) * h + 0.03
        elif self.posture == "kneel":
            thighs, knees, z = (0.0, 1.3), (1.5, 1.4), -KNEE * h + 0.04
        elif self.posture == "lie":
            flat, z = -np.pi / 2, 0.14
        return Pose(
            x=float(x),
            y=float(y),
            z=z,
            facing=facing,
            lean=lean,
            flat=flat,
            thighs=thighs,
            knees=knees,
            arms=(float(arms[0]), float(arms[1])),
            elbows=(float(elbows[0]), float(elbows[1])),
            head_turn=turn,
            nod=float(nod),
        )

    def eye_height(self) -> float:
        """Height of the eyes above the ground, metres."""
        drop = {"sit": (HIP - KNEE) * self.height, "kneel": KNEE * self.height, "lie": 0.75 * self.height}
        return 0.936 * self.height - drop.get(self.posture, 0.0)


def _wrapped(angle: float) -> float:
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


def mark_of(index: int, count: int) -> np.ndarray:
    """Where the person of this index stands when ``count`` people share the scene, float64[2] in metres."""
    if count <= 1:
        return np.array((0.0, 0.0))
    if index < 2:
        return np.array(((-0.5 if index == 0 else 0.5) * SPACING, 0.0))
    side = 1 if index % 2 == 0 else -1
    ring = 1 + (index - 2) // 2
    return np.array((side * (0.45 + 0.35 * ring), 0.55 + 0.45 * (ring - 1) + 0.15 * (index % 2)))


def block(request: Request) -> list[Actor]:
    """Everyone who is seen, on their marks, with what they do. A function of the stage alone."""
    stage = request.stage
    rate = Fraction(request.rate)
    length = float(max(request.frames_of_shot, 1) / rate)
    everyone = list(dict.fromkeys([*stage.marks, *(seen.name for seen in stage.cast)]))
    actors: list[Actor] = []
    for seen in stage.cast:
        index = everyone.index(seen.name)
        mark = mark_of(index, len(everyone))
        middle = _partner(index, len(everyone))
        beats = [beat for beat in stage.beats if _is_about(beat, seen, stage)]
        facing = float(np.arctan2(*(middle - mark)[::-1])) if len(everyone) > 1 else -stage.side * np.pi / 2 + 0.35
        words = " ".join(beat.text for beat in beats if beat.kind is BeatKind.ACTION)
        followed = any(move.kind in _TRACKING for phase in request.camera.moves for move in phase)
        followed = followed and (not request.camera.subject or seen.name in request.camera.subject)
        walk = _walk(words, beats, mark, index, rate, length, followed)
        actors.append(
            Actor(
                seen=seen,
                mark=mark,
                facing=facing,
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
                holds=any(_holder(stage, prop) == seen.name for prop in stage.props),
            )
        )
    return actors


def _partner(index: int, count: int) -> np.ndarray:
    """Whom a person faces: the first two each other, the rest the point between them."""
    if index == 0:
        return mark_of(1, count)
    if index == 1:
        return mark_of(0, count)
    return np.array((0.0, -0.1))


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
    followed: bool,
) -> Walk | None:
    acting = [beat for beat in beats if beat.kind is BeatKind.ACTION]
    moving = next((b for b in acting if any(p.search(b.text) for p in (_ENTER, _LEAVE, _RUN, _WALK))), None)
    if moving is None and not followed:
        return None
    running = bool(_RUN.search(words))
    speed = RUN if running else WALK
    outward = -1.0 if index % 2 == 0 else 1.0
    begins = float(moving.start / rate) if moving else 0.0
    spent = float(moving.frames / rate) if moving and moving.frames else length
    if followed or moving is None:
        reach = speed * (length + 1.0)
        return Walk(mark - (reach / 2, 0), mark + (reach / 2, 0), -0.5, length + 0.5, running)
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


def _spans(stage: Stage, rate: Fraction, wanted) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(beat.start / rate), float((beat.start + beat.frames) / rate)) for beat in stage.beats if wanted(beat)
    )


def _holder(stage: Stage, prop: Seen) -> str | None:
    """Who has the prop in hand: whoever is named with it in one sentence, first named first."""
    word = re.escape(prop.name.split()[-1])
    for beat in stage.beats:
        for sentence in re.split(r"(?<=[.!?])\s+", beat.text):
            if beat.kind is BeatKind.ACTION and re.search(rf"\b{word}\b", sentence, re.IGNORECASE):
                at = {
                    seen.name: match.start()
                    for seen in stage.cast
                    if (match := re.search(rf"\b{re.escape(seen.name.split()[0])}\b", sentence, re.IGNORECASE))
                }
                if at:
                    return min(at, key=lambda name: at[name])
                if re.search(r"\b(she|he|they|her|his|their)\b", sentence, re.IGNORECASE) and stage.cast:
                    return stage.cast[0].name
    return None


@dataclass(frozen=True)
class PropPlace:
    """Where a prop is: in somebody's hand, or at a spot with or without a table under it."""

    seen: Seen
    holder: str | None
    at: tuple[float, float, float]
    table: bool


def place_props(stage: Stage) -> list[PropPlace]:
    """Where each prop is. Props nobody holds stand on a table between the people, a little behind them."""
    placed: list[PropPlace] = []
    free = 0
    for prop in stage.props:
        holder = _holder(stage, prop)
        large = bool(re.search(r"\b(car|van|taxi|truck|bicycle|bike|boat)\b", prop.name, re.IGNORECASE))
        if large:
            placed.append(PropPlace(prop, None, (0.4, 2.6 * stage.side, 0.0), False))
        elif holder is not None:
            placed.append(PropPlace(prop, holder, (0.0, 0.0, 0.0), False))
        else:
            x = (0.0, 0.38, -0.38, 0.7)[free % 4]
            y = 0.62 * stage.side if stage.cast else 0.0
            placed.append(PropPlace(prop, None, (x, y, 0.76), True))
            free += 1
    return placed
