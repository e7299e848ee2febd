"""Scenes that say how they are shot: by notes, which hold until the next, or by a shot line here and there."""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from storyboard.camera import Camera, Framing, ShotSize
from storyboard.coverage import LONGEST, cover_run, scene_people, speaker_of
from storyboard.directions import is_caption
from storyboard.draft import Covered, Draft
from storyboard.errors import Problem
from storyboard.gathered import FOLLOWS, settled
from storyboard.joints import Joining
from storyboard.mentions import mentions
from storyboard.names import Names
from storyboard.notes import NoteReading, framed_after, goes_across, read_note
from storyboard.screenplay import Action, Beat, Scene, ShotNote, Speech, Transition
from storyboard.shot import Origin, Role
from storyboard.timing import action_seconds, words_per_minute
from storyboard.vocabulary import Relative

_CLOSE = (ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.ECU)
_MANY = (Framing.TWO_SHOT, Framing.GROUP)
_OPEN_END = re.compile(r"\b(?:ON|TO|OF|WITH|AT|SHOT|INSERT)\W*$")
_CLAUSE = re.compile(r"[^.,;:!?–—\n]+")
_SUBJECT_WORDS = 8


class Reader:
    """Reads the notes and lines of a scene in order, each in the light of those before it."""

    def __init__(self, names: Names, file: Path | None, problems: list[Problem]) -> None:
        self.names, self.file, self.problems = names, file, problems
        self.before: Camera | None = None
        self.scenic: Camera | None = None  # the last that was no detail: what "back to scene" goes back to

    def read(self, note: ShotNote) -> tuple[NoteReading, Camera]:
        """What a note asks for, with what it says in relation to the shot before filled in."""
        reading = read_note(note, self.names, self.file)
        self.problems += reading.problems
        camera = framed_after(reading, self.scenic if Relative.BACK in reading.relative else self.before)
        self.shown(camera)
        return reading, camera

    def shown(self, camera: Camera) -> None:
        """A shot with this camera stands before whatever is read next."""
        self.before = camera
        if camera.framing is not Framing.INSERT and camera.size is not ShotSize.ECU:
            self.scenic = camera


def as_noted(scene: Scene, reader: Reader, joining: Joining) -> list[Draft]:
    """The shots of a scene with notes: what stands below a note happens in its shot."""
    drafts: list[Draft] = []
    for beat in scene.beats:
        if isinstance(beat, ShotNote):
            drafts.append(_draft(beat, *reader.read(beat)))
        elif isinstance(beat, Transition):
            joining.after(beat, len(drafts))
        else:
            if not drafts:
                drafts.append(Draft(Origin.COVERAGE, Role.MASTER, Camera(size=ShotSize.WS), line=beat.line))
            drafts[-1].beats.append(beat)
    return drafts


def around_lines(scene: Scene, beats: Sequence[Beat], style: str, reader: Reader, joining: Joining) -> list[Draft]:
    """The shots of a scene with shot lines and no notes.

    A line's shot takes the beats that belong to it; what stands around it is covered.
    """
    people = scene_people([beat for beat in scene.beats if isinstance(beat, Action | Speech)], reader.names)
    drafts: list[Draft] = []
    run: list[Covered] = []
    line: Draft | None = None

    def cover() -> None:
        drafts.extend(cover_run(scene, run, reader.names, style, people, opening=not drafts))
        if drafts:
            reader.shown(drafts[-1].camera)
        run.clear()

    for place, beat in enumerate(beats):
        if isinstance(beat, ShotNote):
            cover()
            reading, camera = reader.read(beat)
            line = None
            if Relative.BACK in reading.relative and reading.camera == Camera():
                continue  # back to scene: it is covered again
            following = beats[place + 1] if place + 1 < len(beats) else None
            if isinstance(following, Action):
                said = bool(reading.camera.subject)
                camera = camera if said else _about(camera, beat, following, reader.names)
            line = _draft(beat, reading, camera)
            drafts.append(line)
        elif isinstance(beat, Transition):
            cover()
            line = None
            joining.after(beat, len(drafts))
        elif drafts and not run and isinstance(beat, Action) and is_caption(beat.text):
            drafts[-1].beats.append(beat)  # words on the picture are no picture of their own
        elif line is not None and _belongs(beat, line, reader.names):
            line.beats.append(beat)
        else:
            line = None
            run.append(beat)
    cover()
    return drafts


def _draft(note: ShotNote, reading: NoteReading, camera: Camera) -> Draft:
    return Draft(
        origin=Origin.LINE if note.from_line else Origin.NOTE,
        role=Role.NOTED,
        camera=camera,
        line=note.line,
        note=note,
        id=reading.id or note.id,
        seconds=reading.seconds,
        frames=reading.frames,
        continues=reading.continues,
        match=reading.match,
        side=-1 if goes_across(reading, camera) else 1,
        cast=reading.cast,
        props=reading.props,
    )


def _about(camera: Camera, note: ShotNote, following: Action, names: Names) -> Camera:
    """A line that says what kind of shot and not of what is about what the action below it begins with.

    ``CLOSE ON⏎the key turning.``
    """
    follows = any(move.kind in FOLLOWS for phase in camera.moves for move in phase)
    waits = _OPEN_END.search(note.text) is not None  # ANGLE ON: its object comes next
    close = camera.size in _CLOSE or camera.framing is Framing.INSERT
    if camera.framing in (*_MANY, Framing.ESTABLISHING, Framing.POV) or not (waits or close or follows):
        return camera
    if camera.subject and not waits:
        return camera  # as in the shot before
    clause = _CLAUSE.match(following.text)
    said = clause[0] if clause else following.text
    characters, props = mentions(said, names)
    if follows and characters:
        subject = characters
    elif first := (characters or props):
        subject = first[:1]
    else:
        words = said.split()[:_SUBJECT_WORDS]
        subject = (" ".join([words[0].lower(), *words[1:]]),) if words else ()
    return settled(camera.model_copy(update={"subject": subject}))


def _belongs(beat: Covered, line: Draft, names: Names) -> bool:
    """Whether a line's shot still shows a beat: what it is about, for as long as one shot may last."""
    camera = line.camera
    if line.seconds is not None or line.frames is not None:
        return True
    spent = sum((_seconds(each) for each in line.beats), Fraction(0))
    if line.beats and spent + _seconds(beat) > LONGEST:
        return False
    follows = any(move.kind in FOLLOWS for phase in camera.moves for move in phase)
    people = [name for name in camera.subject if name in names.characters.values()]
    wide = not camera.subject and camera.framing is not Framing.INSERT
    if isinstance(beat, Action):
        return not line.beats or follows or wide or bool(people)
    if not beat.seen or follows or wide or len(people) > 1 or camera.framing in _MANY:
        return True
    return speaker_of(beat, names) in people


def _seconds(beat: Covered) -> Fraction:
    return words_per_minute("", beat) if isinstance(beat, Speech) else action_seconds(beat.text)
