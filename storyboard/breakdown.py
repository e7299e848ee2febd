"""The breakdown: a screenplay becomes shots, as its notes say, or as coverage plans them."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from storyboard.camera import LENSES, Angle, Camera, FocusKind, Framing, Move, MoveKind, ShotSize, Steadiness
from storyboard.coverage import cover, known_style, scene_people, speaker_of, split_at_props
from storyboard.draft import Covered, Draft
from storyboard.errors import Level, Problem
from storyboard.frozen import Frozen
from storyboard.hashing import digest
from storyboard.joints import Joining
from storyboard.mentions import mentions
from storyboard.names import Names
from storyboard.noted import Reader, around_lines, as_noted
from storyboard.screenplay import Action, Scene, Screenplay, ShotNote, Speech, Transition
from storyboard.shot import BeatKind, Origin, Shot, ShotBeat
from storyboard.slates import slate_letter
from storyboard.timing import Spoken, least_seconds, timed, words_per_minute

_CLOSE = (ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.ECU)
_ALONE = (Framing.SINGLE, Framing.REACTION, Framing.INSERT, Framing.OTS, Framing.POV, None)
_HANDHELD = (Steadiness.UNSTEADY, Steadiness.VERY_UNSTEADY)


class Breakdown(Frozen):
    """Every shot of the film in order, and what is wrong or doubtful about the notes."""

    shots: tuple[Shot, ...]
    problems: tuple[Problem, ...]


def break_down(
    screenplay: Screenplay,
    *,
    names: Names,
    rate: Fraction,
    coverage: str = "classic",
    spoken: Spoken = words_per_minute,
    dissolve: Fraction = Fraction(1),
    fade: Fraction = Fraction(1),
    wipe: Fraction = Fraction(1),
) -> Breakdown:
    """Plan every shot. Raises InputError for an unknown coverage; faults of notes are problems of the result."""
    known_style(coverage)
    problems: list[Problem] = []
    joining = Joining(rate, dissolve, fade, wipe)
    shots: list[Shot] = []
    prints: Counter[str] = Counter()
    for index, scene in enumerate(screenplay.scenes):
        drafts = _drafts(scene, names, coverage, screenplay.file, problems, joining)
        people = _scene_cast(scene, drafts, names)
        planner = _ScenePlanner(screenplay.file, scene, index, names, rate, spoken, people, problems, prints)
        for shot in planner.shots(drafts):
            continues = shots[-1].id if shot.continues == "" and shots else None
            if shot.continues == "" and not shots:
                problems.append(_continues_nothing(shot, screenplay.file))
            shots.append(shot.model_copy(update={"continues": continues}))
        for place, draft in enumerate(drafts, len(shots) - len(drafts)):
            if draft.match:
                joining.matches(place, draft.line)
        joining.scene_ends(len(shots) - 1)
    problems += _same_ids(shots, screenplay.file)
    joined, doubts = joining.joined(shots, screenplay.file)
    return Breakdown(shots=tuple(joined), problems=(*problems, *doubts))


def _drafts(
    scene: Scene, names: Names, coverage: str, file: Path | None, problems: list[Problem], joining: Joining
) -> list[Draft]:
    notes = [beat for beat in scene.beats if isinstance(beat, ShotNote)]
    reader = Reader(names, file, problems)
    if any(not note.from_line for note in notes) or (notes and coverage == "none"):
        return as_noted(scene, reader, joining)
    beats = split_at_props(scene.beats, names) if coverage == "classic" else scene.beats
    if notes:
        return around_lines(scene, beats, coverage, reader, joining)
    drafts = cover(scene, beats, names, coverage)
    # Transitions stand between beats; coverage joins beats into shots: find the shot that each one follows.
    covered: list[Covered] = []
    for beat in beats:
        if isinstance(beat, Transition):
            done = len(covered)
            joining.after(beat, sum(1 for draft in drafts if _begins_by(draft, covered[:done], drafts)))
        elif isinstance(beat, Action | Speech):
            covered.append(beat)
    return drafts


def _begins_by(draft: Draft, before: list[Covered], drafts: list[Draft]) -> bool:
    """Whether a covered shot begins with what stands before a transition."""
    if draft.beats:
        return any(beat is draft.beats[0] for beat in before)
    place = next(index for index, other in enumerate(drafts) if other is draft)
    if place == 0:
        return bool(before)
    return _begins_by(drafts[place - 1], before, drafts)


def _scene_cast(scene: Scene, drafts: list[Draft], names: Names) -> tuple[str, ...]:
    """Everyone in the scene in order of appearance, and whom only a note names."""
    beats: list[Covered] = [beat for beat in scene.beats if isinstance(beat, Action | Speech)]
    people = dict.fromkeys(scene_people(beats, names))
    known = set(names.characters.values())
    for draft in drafts:
        for name in (*draft.camera.subject, *draft.cast, draft.camera.over, draft.camera.pov_of):
            if name in known:
                people.setdefault(name)
    return tuple(people)


class _ScenePlanner:
    """Completes the drafts of one scene."""

    def __init__(
        self,
        file: Path | None,
        scene: Scene,
        index: int,
        names: Names,
        rate: Fraction,
        spoken: Spoken,
        people: tuple[str, ...],
        problems: list[Problem],
        prints: Counter[str],
    ) -> None:
        self.file, self.scene, self.index, self.names = file, scene, index, names
        self.rate, self.spoken, self.people = rate, spoken, people
        self.problems, self.prints = problems, prints
        self.characters = set(names.characters.values())
        self.known_props = set(names.props.values())

    def shots(self, drafts: list[Draft]) -> Iterable[Shot]:
        taken = {draft.id for draft in drafts if draft.id}
        letter = 0
        for draft in drafts:
            if draft.id is None:
                while (made := f"{self.scene.number}{slate_letter(letter)}") in taken:
                    letter += 1
                letter += 1
            else:
                made = draft.id
                letter += 1
            yield self._shot(draft, made)

    def _shot(self, draft: Draft, shot_id: str) -> Shot:
        cast = self._cast(draft)
        props = self._props(draft)
        camera = completed(draft.camera, cast, props, self.people)
        beats = [(self._beat(beat, cast, camera), beat) for beat in draft.beats]
        wanted = self._wanted(draft)
        placed, frames, needs = timed(beats, self.rate, self.spoken, least_seconds(camera.size), wanted)
        if needs is not None and wanted is not None:
            seconds, given = float(needs / self.rate), float(wanted / self.rate)
            self.problems.append(
                Problem(
                    what=f"what is said takes {seconds:.1f} s, the shot lasts {given:.1f} s.",
                    todo="Give it more time, or let the line run on over the next shot.",
                    file=self.file,
                    line=draft.line,
                    shot=shot_id,
                    level=Level.WARNING,
                    rule="speech-longer-than-shot",
                )
            )
        heading = self.scene.heading
        return Shot(
            id=shot_id,
            fingerprint=self._fingerprint(draft),
            scene=self.scene.number,
            scene_index=self.index,
            line=draft.line or self.scene.line,
            origin=draft.origin,
            role=draft.role,
            camera=camera,
            cast=cast,
            props=props,
            place=self.names.places.get(heading.place.upper(), heading.place),
            interior=heading.interior,
            time=heading.time,
            weather=heading.weather,
            day=self.scene.day,
            beats=placed,
            frames=frames,
            rate=self.rate,
            continues="" if draft.continues else None,
            side=draft.side,
            scene_cast=self.people,
            text=draft.note.text if draft.note else "",
        )

    def _wanted(self, draft: Draft) -> int | None:
        if draft.frames is not None:
            return draft.frames
        if isinstance(draft.seconds, Fraction):
            return max(1, round(draft.seconds * self.rate))
        return None

    def _cast(self, draft: Draft) -> tuple[str, ...]:
        """Who is seen: the subjects, who else the note names, and in wider pictures who speaks and acts."""
        camera = draft.camera
        subjects = [name for name in camera.subject if name in self.characters]
        found = dict.fromkeys(subjects)
        if camera.over in self.characters and camera.over:
            found.setdefault(camera.over)
        if camera.focus and camera.focus.kind in (FocusKind.RACK, FocusKind.PULL):
            for name in (camera.focus.from_, camera.focus.to):
                if name in self.characters and name:
                    found.setdefault(name)
        found.update(dict.fromkeys(draft.cast))
        alone = bool(camera.subject) and camera.framing in _ALONE and (camera.size or ShotSize.MS) in _CLOSE
        vista = camera.framing is Framing.ESTABLISHING and not draft.beats
        if not (draft.only or alone or vista):
            for beat in draft.beats:
                if isinstance(beat, Speech):
                    if beat.seen:
                        found.setdefault(speaker_of(beat, self.names))
                else:
                    found.update(dict.fromkeys(n for n in mentions(beat.text, self.names)[0] if n not in found))
            if camera.framing in (Framing.TWO_SHOT, Framing.GROUP):
                least = 2 if camera.framing is Framing.TWO_SHOT else len(self.people)
                for name in self.people:
                    if len(found) < least:
                        found.setdefault(name)
        if camera.pov_of in found and camera.pov_of:
            del found[camera.pov_of]
        if camera.pov_of and not found and not camera.subject:
            pass  # eyes on the place itself
        return tuple(found)

    def _props(self, draft: Draft) -> tuple[str, ...]:
        found = dict.fromkeys(name for name in draft.camera.subject if name in self.known_props)
        found.update(dict.fromkeys(draft.props))
        focus = draft.camera.focus
        for name in (focus.from_, focus.to) if focus else ():
            if name in self.known_props and name:
                found.setdefault(name)
        for beat in draft.beats:
            if isinstance(beat, Action):
                found.update(dict.fromkeys(n for n in mentions(beat.text, self.names)[1] if n not in found))
        return tuple(found)

    def _beat(self, beat: Covered, cast: tuple[str, ...], camera: Camera) -> ShotBeat:
        if isinstance(beat, Action):
            return ShotBeat(kind=BeatKind.ACTION, text=beat.text, line=beat.line)
        name = speaker_of(beat, self.names)
        manner = ", ".join(line.text.strip("() ") for line in beat.lines if line.type.value == "parenthetical")
        seen = beat.seen and name in cast and name != camera.pov_of
        return ShotBeat(
            kind=BeatKind.SPEECH, text=beat.spoken, line=beat.line, character=name, seen=seen, manner=manner
        )

    def _fingerprint(self, draft: Draft) -> str:
        """The written id, or the hash of the words that the shot is made from and its place among equals."""
        if draft.id is not None:
            return digest("shot-id", draft.id)
        words = [
            draft.note.text if draft.note else draft.role.value,
            draft.note.fields if draft.note else None,
            self.scene.heading.text,
            [(b.text,) if isinstance(b, Action) else (b.character, b.spoken) for b in draft.beats],
        ]
        if draft.origin is Origin.COVERAGE:
            words.append(draft.camera)
        source = digest("shot", words)
        self.prints[source] += 1
        return digest("shot", [source, self.prints[source]])


def completed(camera: Camera, cast: tuple[str, ...], props: tuple[str, ...], people: tuple[str, ...] = ()) -> Camera:
    """The camera with every field that rendering needs: what nobody said is what is usual."""
    size, framing = camera.size, camera.framing
    subject = camera.subject
    if not subject:
        subject = cast if framing is not Framing.INSERT else props[:1] or cast
    if framing is None:
        people_in = [name for name in subject if name in cast or name in people]
        if camera.pov_of:
            framing = Framing.POV
        elif camera.over:
            framing = Framing.OTS
        elif subject and not people_in:
            framing = Framing.INSERT if any(name in props for name in subject) else None
        elif len(people_in) > 1:
            framing = Framing.TWO_SHOT if len(people_in) == 2 else Framing.GROUP
        elif people_in:
            framing = Framing.SINGLE
    if size is None:
        usual = {
            Framing.INSERT: ShotSize.CU,
            Framing.ESTABLISHING: ShotSize.EWS,
            Framing.GROUP: ShotSize.WS,
            Framing.REACTION: ShotSize.MCU,
            Framing.OTS: ShotSize.MCU,
        }
        size = usual.get(framing, ShotSize.MS) if framing else ShotSize.MS
        if not cast and not props:
            size = ShotSize.WS
    moving = any(move.kind is not MoveKind.STATIC for phase in camera.moves for move in phase)
    steadiness = camera.steadiness or (Steadiness.SMOOTH if moving else Steadiness.STATIC)
    return camera.model_copy(
        update={
            "size": size,
            "framing": framing,
            "subject": subject,
            "angle": camera.angle or Angle.LEVEL,
            "lens_mm": camera.lens_mm or (60.0 if framing is Framing.INSERT else LENSES[size]),
            "steadiness": steadiness,
            "moves": camera.moves or ((Move(kind=MoveKind.STATIC),),),
        }
    )


def _continues_nothing(shot: Shot, file: Path | None) -> Problem:
    return Problem(
        what="continues, but no shot stands before it.",
        todo="It begins afresh.",
        file=file,
        line=shot.line,
        shot=shot.id,
        level=Level.WARNING,
        rule="continues-nothing",
    )


def _same_ids(shots: list[Shot], file: Path | None) -> list[Problem]:
    first: dict[str, Shot] = {}
    problems: list[Problem] = []
    for shot in shots:
        other = first.setdefault(shot.id.upper(), shot)
        if other is not shot:
            problems.append(
                Problem(
                    what=f"two shots are called {shot.id}: here and on line {other.line}.",
                    todo="Give one of them another id, or none.",
                    file=file,
                    line=shot.line,
                    shot=shot.id,
                )
            )
    return problems
