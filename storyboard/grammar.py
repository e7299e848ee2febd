"""Film grammar: what an editor would object to, said before a frame is paid for. Warnings only."""

import itertools
from collections.abc import Callable, Iterable, Iterator

from storyboard.camera import Framing, MoveKind, ShotSize
from storyboard.errors import Level, Problem
from storyboard.graph import ShotGraph
from storyboard.screenplay import Screenplay, TimeOfDay, TransitionKind
from storyboard.shot import BeatKind, Shot
from storyboard.yaml_file import YamlFile, did_you_mean

_ORDER = tuple(ShotSize)
_DARK = (TimeOfDay.NIGHT,)
_BRIGHT = (TimeOfDay.DAY, TimeOfDay.MORNING, TimeOfDay.AFTERNOON)
_SOFT = (TransitionKind.DISSOLVE, TransitionKind.FADE, TransitionKind.WIPE, TransitionKind.FADE_OUT)
_LEFT = (MoveKind.TRACK_SIDE_LEFT, MoveKind.TRUCK_LEFT)
_RIGHT = (MoveKind.TRACK_SIDE_RIGHT, MoveKind.TRUCK_RIGHT)
_RUN = 5  # shots of one size in a row
_SHORTEST = 12  # frames

Objection = tuple[Shot, str, str]
"""The shot, what is doubtful, and what to do."""


def _pairs(shots: tuple[Shot, ...]) -> Iterator[tuple[Shot, Shot]]:
    """Consecutive shots of one scene that are cut hard."""
    for before, after in itertools.pairwise(shots):
        if before.scene_index == after.scene_index and before.joint_out.kind not in _SOFT:
            yield before, after


def line_of_action(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """The camera goes to the other side of the line between two people, without a move that carries us over."""
    home: dict[int, int] = {}
    for shot in shots:
        home.setdefault(shot.scene_index, shot.side)
    for before, after in _pairs(shots):
        goes_over = before.side != after.side and after.side != home[after.scene_index]  # coming back is expected
        if goes_over and set(before.cast) & set(after.cast) and not (_carries(before) or _carries(after)):
            yield (
                after,
                "the camera crosses the line of action: left and right change places.",
                ("Put an arc, a neutral shot or an insert between, or keep to one side."),
            )


def _carries(shot: Shot) -> bool:
    kinds = {move.kind for phase in shot.camera.moves for move in phase}
    return bool(kinds & {MoveKind.ARC_CW, MoveKind.ARC_CCW, MoveKind.TRACK_ARC})


def jump_cut(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """Same subject, under 30° of new direction, and at most one size apart."""
    for before, after in _pairs(shots):
        one, two = before.camera, after.camera
        if one.size is None or two.size is None or before.joint_out.kind is TransitionKind.JUMP_CUT:
            continue
        if not one.subject or one.subject != two.subject or after.continues:
            continue
        near = abs(_ORDER.index(one.size) - _ORDER.index(two.size)) <= 1
        same_view = _view(before) == _view(after)
        if near and same_view:
            yield (
                after,
                f"jumps: {', '.join(two.subject)} again, from nearly the same place and size.",
                ("Go two sizes closer or wider, turn 30° or more, or cut away between."),
            )


def _view(shot: Shot) -> tuple[object, ...]:
    """What makes a new direction of 30° or more where it differs."""
    camera = shot.camera
    return camera.framing, camera.angle, camera.height, camera.over, camera.pov_of, shot.side


def same_size_run(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """Five shots of one size in a row."""
    run = 0
    for index, shot in enumerate(shots):
        run = run + 1 if index and shots[index - 1].camera.size is shot.camera.size else 1
        if run == _RUN and shot.camera.size:
            yield shot, f"is the {_RUN}th {shot.camera.size.value} in a row.", "Vary the size: a wide one or an insert."


def unplaced_speaker(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """Somebody speaks whom nobody has seen in the scene, and no V.O., O.S. or O.C. says where the voice comes from."""
    marked = {
        (beat.line, scene_index)
        for scene_index, scene in enumerate(screenplay.scenes)
        for beat in scene.beats
        if getattr(beat, "seen", True) is False
    }
    placed: dict[int, set[str]] = {}
    for shot in shots:
        seen = placed.setdefault(shot.scene_index, set())
        seen.update(shot.cast)
        for beat in shot.beats:
            if beat.kind is not BeatKind.SPEECH or beat.character in seen or beat.character == shot.camera.pov_of:
                continue
            if (beat.line, shot.scene_index) not in marked:
                yield (
                    shot,
                    f"{beat.character} speaks, and nobody has seen where from.",
                    ("Show the speaker before or in this shot, or write (O.S.) or (V.O.) after the name."),
                )
                seen.add(beat.character or "")


def screen_direction(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """Somebody who travels to the left travels to the right in the next shot."""
    for before, after in _pairs(shots):
        one, two = _direction(before), _direction(after)
        if one and two and one != two and set(before.cast) & set(after.cast):
            yield (
                after,
                "screen direction turns round: the move before went the other way.",
                ("Keep to one direction, or put a shot along the line between."),
            )


def _direction(shot: Shot) -> int:
    kinds = {move.kind for phase in shot.camera.moves for move in phase}
    return -1 if kinds & set(_LEFT) else 1 if kinds & set(_RIGHT) else 0


def night_in_continuous(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """A CONTINUOUS scene is night where the one before was day, or the other way round."""
    first: dict[int, Shot] = {}
    for shot in shots:
        first.setdefault(shot.scene_index, shot)
    for index, scene in enumerate(screenplay.scenes):
        if not index or not scene.heading.continuous or index not in first:
            continue
        before, now = screenplay.scenes[index - 1].heading.time, scene.heading.time
        if (before in _BRIGHT and now in _DARK) or (before in _DARK and now in _BRIGHT):
            yield (
                first[index],
                f"is CONTINUOUS, but {before.value} turns into {now.value}.",
                ("Give the scene its own time, or take CONTINUOUS out."),
            )


def dissolve_in_continuous(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """A dissolve says that time passes; a shot that continues another says that none does."""
    for before, after in itertools.pairwise(shots):
        if after.continues == before.id and before.joint_out.kind in _SOFT:
            yield (
                after,
                f"continues shot {before.id}, but a {before.joint_out.kind.value} stands between.",
                ("Cut, or let it not continue."),
            )


def too_short(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """Under half a second at 24 frames a second a picture is not read."""
    for shot in shots:
        if shot.frames < _SHORTEST:
            yield shot, f"lasts {shot.frames} frames: too short to be read.", "Give it half a second or more."


def unseen_subject(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> Iterator[Objection]:  # noqa: ARG001
    """A shot over somebody's shoulder, or through somebody's eyes, with nobody to look at in the scene."""
    for shot in shots:
        camera = shot.camera
        if camera.framing is Framing.OTS and len(shot.cast) < 2:
            yield shot, "looks over a shoulder at nobody.", "Name whom it is on: over MARA's shoulder on IVO."


Rule = Callable[[Screenplay, tuple[Shot, ...], ShotGraph], Iterator[Objection]]
RULES: dict[str, Rule] = {
    "line-of-action": line_of_action,
    "jump-cut": jump_cut,
    "same-size-run": same_size_run,
    "unplaced-speaker": unplaced_speaker,
    "screen-direction": screen_direction,
    "night-in-continuous": night_in_continuous,
    "dissolve-in-continuous": dissolve_in_continuous,
    "too-short": too_short,
    "unseen-subject": unseen_subject,
}
OTHER_RULES = (
    "speech-longer-than-shot",
    "joint-shortened",
    "no-bible-entry",
    "small-reference",
    "stale-sheet",
    "camera-words",
    "unsaid-direction",
    "speed-without-move",
    "continues-nothing",
    "note-like-shot",
    "shot-line-as-cue",
    "transition-without-blank",
    "transition-within-paragraph",
    "heading-without-blank",
    "unclosed-note",
    "unclosed-boneyard",
    "unknown-transition",
    "duplicate-scene-number",
    "speaker-without-lines",
    "encoding",
    "unacted",
    "undrawn",
)
"""Warnings that are found elsewhere, and can be silenced by name like the grammar's."""


def objections(screenplay: Screenplay, shots: tuple[Shot, ...], graph: ShotGraph) -> tuple[Problem, ...]:
    """Everything that an editor would object to, in film order."""
    found: list[tuple[int, Problem]] = []
    place = {shot.id: index for index, shot in enumerate(shots)}
    for rule, check in RULES.items():
        for shot, what, todo in check(screenplay, shots, graph):
            problem = Problem(
                what=what,
                todo=todo,
                file=screenplay.file,
                line=shot.line,
                shot=shot.id,
                level=Level.WARNING,
                rule=rule,
            )
            found.append((place[shot.id], problem))
    return tuple(problem for _, problem in sorted(found, key=lambda pair: pair[0]))


def silence(problems: Iterable[Problem], rules: tuple[str, ...], doc: YamlFile | None = None) -> Iterator[Problem]:
    """The problems without the warnings that film.yaml silences; errors are never silenced.

    A name in ``rules`` that is no rule is a problem itself.
    """
    known = [*RULES, *OTHER_RULES]
    for index, rule in enumerate(rules):
        if rule not in known:
            place = doc or YamlFile(None, None, {})
            what, todo = f"there is no warning “{rule}” to silence.", did_you_mean(rule, known)
            yield place.problem(what, todo, "checks", "silence", index)
    for problem in problems:
        if problem.level is Level.ERROR or problem.rule not in rules:
            yield problem
