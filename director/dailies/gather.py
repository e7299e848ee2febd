"""From a film's attempts to its dailies page."""

import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from director.attempts import Attempt, ShotState
from director.changes import change_words
from director.checks.base import Ruling
from director.dailies.page import (
    Footage,
    Mark,
    Page,
    RehearsalCard,
    SceneCard,
    ShotCard,
    ShotStand,
    Still,
    TakeCard,
    TakeState,
)
from director.dailies.yields import yield_of
from director.early import Waste
from director.judging import expectation_key
from director.losses import RULE
from director.plan import Plan
from storyboard.dialect import slate_words
from storyboard.shot import BeatKind

if TYPE_CHECKING:
    from render.cut.edit import Edit

FOLDER = "dailies"
FILM = "film.mp4"
_KEYFRAMES = 12  # takes are written with a whole frame every so many: those are read at once
_PICTURES = 4  # evidence of one take at most; what rejects it comes first


def gather(plan: Plan, states: Iterable[ShotState], edit: "Edit", *, cut: bool, early: Waste | None = None) -> Page:
    """The page of these shots, in this order. ``edit`` says which takes are used, and how.

    ``cut``: the film of this edit stands beside the page, and stands for takes of which it shows all there is to see.
    ``early``: what was shot early and never asked for.
    """
    compared = plan.generator.capabilities().compared
    used = _used(edit)
    paired = [(state, _shot(plan, state, used.get(state.planned.shot.id), compared, cut)) for state in states]
    cards = [card for _, card in paired]
    headings = {scene.number: scene.heading.text for scene in plan.project.screenplay.scenes}
    width, height = plan.project.film.format.size
    return Page(
        title=plan.project.title,
        film=Footage(file=FILM) if cut else None,
        rate=float(plan.rate),
        width=width,
        height=height,
        seconds=float(sum(card.frames for card in cards) / plan.rate),
        poster=_poster(cards) if cut else None,
        scenes=tuple(
            SceneCard(number=number, heading=headings.get(number, ""), shots=tuple(card for _, card in some))
            for number, some in groupby(paired, key=lambda pair: pair[0].planned.shot.scene)
        ),
        notes=tuple(problem.what for problem in plan.problems if problem.rule.startswith(RULE)),
        spent=yield_of(
            [(state.planned.shot.frames, attempts_of(state)) for state, _ in paired],
            plan.rate,
            draft=plan.generator.capabilities().draft,
            price=plan.price,
        ).model_copy(update={"early": early.takes, "early_seconds": early.seconds} if early else {}),
    )


def attempts_of(state: ShotState) -> list[Attempt]:
    """The takes of a shot in order, and the one that a person picked, if it is none of them."""
    return [*state.attempts, *([state.picked] if state.picked is not None else [])]


def _poster(cards: list[ShotCard]) -> Still | None:
    """A frame for the film: of its longest shot."""
    longest = max(cards, key=lambda card: card.frames, default=None)
    chosen = [take.poster for take in longest.takes if take.chosen] if longest else []
    return chosen[0].model_copy(update={"large": True}) if chosen else None


_TAKE: dict[Ruling, TakeState] = {Ruling.FAIL: "rejected", Ruling.UNSURE: "unsure"}
_SHOT: dict[TakeState, ShotStand] = {"rejected": "failing", "unsure": "unsure", "held": "made"}


class _Use(NamedTuple):
    """A take in the film: its key, and where it stands there, in frames."""

    key: str
    start: int
    frames: int


def _used(edit: "Edit") -> dict[str, _Use]:
    """The take that is used of each shot."""
    used: dict[str, _Use] = {}
    now = 0
    for clip in edit.clips:
        used[clip.shot] = _Use(clip.key, now, clip.frames)
        now += clip.frames
    return used


def _shot(plan: Plan, state: ShotState, use: _Use | None, compared: bool, cut: bool) -> ShotCard:
    shot = state.planned.shot
    attempts = attempts_of(state)
    alone = cut and not compared and len(attempts) == 1
    takes = tuple(_take(plan, state, attempt, use, alone) for attempt in attempts)
    chosen = next((take for take in takes if take.chosen), None)
    return ShotCard(
        id=shot.id,
        anchor="shot-" + re.sub(r"[^\w-]+", "_", shot.id),
        note=shot.text,
        camera=slate_words(shot.camera),
        seen=(*shot.cast, *shot.props),
        spoken=tuple((b.character or "", " ".join(b.text.split())) for b in shot.beats if b.kind is BeatKind.SPEECH),
        seconds=float(shot.seconds),
        frames=shot.frames,
        state="open" if chosen is None else "made" if chosen.circled else _SHOT[chosen.state],
        rehearsal=_rehearsal(plan, state) if compared and takes else None,
        takes=takes,
    )


def _rehearsal(plan: Plan, state: ShotState) -> RehearsalCard:
    request = plan.expected(state.planned)
    key = expectation_key(request)
    return RehearsalCard(
        key=key,
        poster=Still(key=key, frame=request.head + request.frames_of_shot // 2, rehearsal=True),
        footage=Footage(file=f"{FOLDER}/r-{key[:24]}.mp4"),
    )


def _numbered(words: str, state: ShotState) -> str:
    """Words about a change, with the shot's takes called by their numbers instead of their keys."""
    numbers = {attempt.take.key[:8]: f"take {attempt.number + 1}" for attempt in state.attempts}
    return re.sub(r"\btake ([0-9a-f]{8})\b", lambda found: numbers.get(found[1], found[0]), words)


def _take(plan: Plan, state: ShotState, attempt: Attempt, use: _Use | None, alone: bool) -> TakeCard:
    take = attempt.take
    chosen = use is not None and use.key == take.key
    first = attempt.window.first if attempt.window is not None else take.head
    window = attempt.window.frames if attempt.window is not None else state.planned.request.frames_of_shot
    frames = min(window, take.frames - first)
    footage = Footage(file=f"{FOLDER}/{take.key[:24]}.mp4")
    rate = Fraction(take.rate)
    if use is not None and chosen and alone and rate == plan.rate:
        start, seconds = float(use.start / plan.rate), float(use.frames / plan.rate)
        footage = Footage(file=FILM, first=first, start=start, seconds=seconds)
    return TakeCard(
        number=attempt.number + 1,
        key=take.key,
        seed=take.seed,
        width=take.width,
        height=take.height,
        frames=take.frames,
        used=(first, frames),
        rate=float(rate),
        seconds=take.seconds,
        state=_TAKE.get(attempt.ruling, "held"),
        chosen=chosen,
        circled=take.key == state.circled,
        draft=attempt.draft,
        asked=attempt.asked,
        changes=tuple(_numbered(words, state) for words in change_words(take.changes)),
        skipped=attempt.skipped,
        marks=tuple(_marks(attempt)),
        poster=Still(key=take.key, frame=max((first + frames // 2) // _KEYFRAMES * _KEYFRAMES, 0)),
        footage=footage,
    )


_ORDER = {Ruling.FAIL: 0, Ruling.UNSURE: 1, Ruling.PASS: 2, Ruling.NOT_APPLICABLE: 3}


def _marks(attempt: Attempt) -> Iterable[Mark]:
    """What rejects first, then what is doubtful; pictures for as many of those as a card has room for."""
    key, frames, pictured = attempt.take.key, attempt.take.frames, set[int]()
    binding = set(map(id, attempt.binding))
    for verdict in sorted(attempt.verdicts, key=lambda v: (id(v) not in binding, _ORDER[v.ruling])):
        still = None
        frame = verdict.frame
        shown = frame is not None and 0 <= frame < frames and verdict.ruling in (Ruling.FAIL, Ruling.UNSURE)
        if frame is not None and shown and (frame in pictured or len(pictured) < _PICTURES):
            pictured.add(frame)
            still = Still(key=key, frame=frame)
        yield Mark(
            check=verdict.check,
            ruling=verdict.ruling.value,
            words=verdict.words,
            subject=verdict.subject or "",
            part=verdict.part or "",
            expected=verdict.expected,
            measured=verdict.measured,
            frame=frame,
            box=verdict.box,
            span=verdict.span,
            aside="" if id(verdict) in binding else "a remark" if verdict.advisory else "not in the cut",
            still=still,
        )
