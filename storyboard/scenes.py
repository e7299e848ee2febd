"""Elements to scenes: headings, beats in their order, numbers, story days and flags."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from storyboard.directions import heading_flags, read_direction
from storyboard.errors import Level, Problem
from storyboard.headings import parse_heading, story_day
from storyboard.numbering import scene_numbers
from storyboard.phrases import is_shot_line
from storyboard.screenplay import (
    Action,
    Beat,
    Element,
    ElementType,
    Heading,
    Interior,
    Line,
    Scene,
    ShotNote,
    Speech,
    Transition,
    TransitionKind,
)
from storyboard.transitions import WRITTEN, transition_kind

_SHOT_NOTE = re.compile(r"shot\b[\s:]*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
_SHOT_ID = re.compile(r"(?P<id>[A-Za-z]{0,3}\d[\w.-]*|[A-Z])(?P<colon>\s*:|\s*$)\s*(?P<text>.*)", re.DOTALL)
_NEARLY_SHOT = re.compile(r"(?:shots|shto|sht|sot|hsot|shott|shoot|camera|cam)\b[^:=\n]{0,12}[:=]", re.IGNORECASE)
_DAY_NOTE = re.compile(r"(?:story\s+)?day\s*[:=#]?\s*(\d{1,4})", re.IGNORECASE)
_BEGINS_AS_SHOT = re.compile(r"[A-Z][A-Z.'-]+(?:\s+[A-Z]{2}|\s*[:–—]|\s+-\s)")  # ANGLE ON Mara; INSERT - the key
_SAID = (ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRIC)
_OUT_OF_TIME = frozenset(("flashback", "flash-forward", "dream"))


def shot_note(text: str, line: int) -> ShotNote | None:
    """The shot that a note asks for: ``shot: close-up on MARA``, ``shot 3C: …``; None for any other note."""
    found = _SHOT_NOTE.fullmatch(text.strip())
    if not found:
        return None
    rest = " ".join(found["text"].split())
    if text.strip()[4:].lstrip()[:1] != ":" and (named := _SHOT_ID.fullmatch(rest)):
        return ShotNote(text=named["text"], line=line, id=named["id"])
    return ShotNote(text=rest, line=line)


@dataclass(slots=True)
class _Draft:
    """A scene being gathered."""

    heading: Element | None
    beats: list[Beat] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    day: int | None = None  # set by a note

    def happens(self) -> bool:
        """Whether it is a scene: before the first heading, something must be seen or heard."""
        return self.heading is not None or any(isinstance(beat, Action | Speech) for beat in self.beats)

    def flag(self, *names: str) -> None:
        self.flags += [name for name in names if name not in self.flags]


def make_scenes(
    elements: Sequence[Element],
    lines: Sequence[tuple[int, ...]] | None = None,
    file: Path | None = None,
    shots: Mapping[int, ShotNote] | None = None,
) -> tuple[tuple[Scene, ...], list[Problem]]:
    """Gather elements into scenes; problems are warnings.

    ``lines[i]`` is the file's line of each line of text of ``elements[i]``; without it they are counted on
    from the element's own line. ``shots`` gives shot notes that were read elsewhere, by the place of their
    element. Text before the first heading is a scene with an empty heading.
    """
    gatherer = _Gatherer(elements, lines, file, shots or {})
    gatherer.gather()
    scenes = _settle(gatherer.drafts, file, gatherer.problems)
    return scenes, gatherer.problems


class _Gatherer:
    """Walks the elements once and hangs each on the running scene."""

    def __init__(
        self,
        elements: Sequence[Element],
        lines: Sequence[tuple[int, ...]] | None,
        file: Path | None,
        shots: Mapping[int, ShotNote],
    ) -> None:
        self.shots = shots
        self.elements = elements
        self.lines = lines
        self.file = file
        self.drafts: list[_Draft] = []
        self.draft = _Draft(None)
        self.problems: list[Problem] = []
        self.carried: list[str] = []  # flags that hold over several scenes
        self.upcoming: list[str] = []  # flags of the next scene alone

    def gather(self) -> None:
        at = 0
        while at < len(self.elements):
            element = self.elements[at]
            if element.type is ElementType.SCENE_HEADING:
                self.heading(element)
                at += 1
            elif element.type is ElementType.CHARACTER:
                at = self.speech(at)
            elif element.type in (ElementType.ACTION, ElementType.LYRIC):
                at = self.action(at)
            else:
                self.other(at)
                at += 1
        self.close()

    def close(self) -> None:
        """End the last scene."""
        if self.draft.happens():
            self.drafts.append(self.draft)

    def heading(self, element: Element) -> None:
        if element.scene_number is None and _is_shot_heading(element.text):
            self.draft.beats.append(ShotNote(text=element.text, line=element.line, from_line=True))
            return
        if (direction := read_direction(element.text.upper())) and direction.ends:
            self.end(direction.flag)
        before, self.draft = self.draft, _Draft(element)
        if not before.happens():
            self.draft.beats += before.beats
            self.draft.day = before.day
        else:
            self.drafts.append(before)
        self.draft.flag(*self.carried, *self.upcoming)
        if not (direction and direction.ends):
            self.draft.flag(*heading_flags(element.text))
        if direction and direction.begins:
            self.carried.append(direction.flag)
        if element.text[:3].upper() == "EST":
            self.draft.flag("establishing")
        self.upcoming = []

    def end(self, flag: str) -> None:
        self.carried = [each for each in self.carried if flag and each != flag]

    def line_of(self, index: int, row: int) -> int:
        """The file's line of a line of an element's text."""
        known = self.lines[index] if self.lines is not None else ()
        line = known[row] if row < len(known) else self.elements[index].line + row
        # What stands behind a note of several lines does so on a later line than its element begins on.
        return max(line, self.draft.beats[-1].line) if self.draft.beats else line

    def notes_after(self, at: int) -> int:
        """One past the inline notes that follow the element at ``at``."""
        end = at + 1
        while end < len(self.elements) and self.elements[end].offset is not None:
            end += 1
        return end

    def pieces(self, at: int, end: int) -> list[tuple[str, int, ShotNote | None]]:
        """An element's text cut at its shot notes: text, the row it begins on, and the note behind it."""
        text = self.elements[at].text
        cuts = [(self.elements[index].offset or 0, shot) for index in range(at + 1, end) if (shot := self.note(index))]
        if not cuts:
            return [(text, 0, None)]
        found: list[tuple[str, int, ShotNote | None]] = []
        begin = row = 0
        for offset, shot in cuts:
            found.append((text[begin:offset], row, shot))
            row += text.count("\n", begin, offset)
            begin = offset
        found.append((text[begin:], row, None))
        return found

    def note(self, index: int) -> ShotNote | None:
        """What a note asks for; a story day is set on the running scene."""
        element = self.elements[index]
        if shot := self.shots.get(index) or shot_note(element.text, element.line):
            return shot
        if found := _DAY_NOTE.fullmatch(element.text.strip()):
            self.draft.day = max(int(found[1]), 1)
        elif _NEARLY_SHOT.match(element.text.strip()):
            what = f"the note “{element.text.strip()[:40]}” asks for no shot."
            self.warn("note-like-shot", element.line, what, "A shot note begins with “shot:”.")
        return None

    def action(self, at: int) -> int:
        end = self.notes_after(at)
        for text, row, shot in self.pieces(at, end):
            self.paragraph(text, at, row)
            if shot:
                self.draft.beats.append(shot)
        return end

    def paragraph(self, text: str, at: int, row: int) -> None:
        """Action, with the lines taken out that ask for a shot or say how the film is built."""
        kept: list[str] = []
        kept_row = row
        for part in (*text.split("\n"), None):
            asks = part is not None and _line_asks(part)
            if (part is None or asks) and any(each.strip() for each in kept):
                while not kept[0].strip():
                    del kept[0]
                    kept_row += 1
                self.draft.beats.append(Action(text="\n".join(kept).strip(), line=self.line_of(at, kept_row)))
            if part is None:
                return
            if asks:
                self.direct(part.strip(), self.line_of(at, row))
                kept = []
            else:
                if not kept:
                    kept_row = row
                kept.append(part)
            row += 1

    def direct(self, text: str, line: int) -> None:
        direction = read_direction(text)
        if direction is None:
            self.draft.beats.append(ShotNote(text=text, line=line, from_line=True))
        elif direction.ends:
            self.end(direction.flag)
        else:
            self.draft.flag(direction.flag)
            if direction.begins and direction.flag not in self.carried:
                self.carried.append(direction.flag)

    def speech(self, at: int) -> int:
        cue = self.elements[at]
        said: list[Line] = []
        dual = cue.dual
        begun = cue.line
        spoken = noted = False

        def speak() -> None:
            nonlocal said, dual, begun, spoken
            if said:
                self.draft.beats.append(
                    Speech(
                        character=cue.text,
                        lines=tuple(said),
                        line=begun,
                        extension=cue.extension,
                        dual=dual,
                    )
                )
                said, dual, spoken = [], False, True

        index = at + 1
        while index < len(self.elements):
            element = self.elements[index]
            if element.type is ElementType.NOTE:
                if shot := self.note(index):
                    speak()
                    self.draft.beats.append(shot)
                    noted = True
                index += 1
                continue
            if element.type not in _SAID:
                break
            end = self.notes_after(index)
            for text, row, shot in self.pieces(index, end):
                if text.strip():
                    line = self.line_of(index, row)
                    if noted and not said:
                        begun = line  # it goes on, or only begins, in the shot that was asked for
                    said.append(Line(type=element.type, text=text.strip(), line=line))
                if shot:
                    speak()
                    self.draft.beats.append(shot)
                    noted = True
            index = end
        speak()
        if not spoken:
            self.warn("speaker-without-lines", cue.line, f"{cue.text} says nothing.", "Write the line right below.")
        return index

    def other(self, at: int) -> None:
        element = self.elements[at]
        if element.type is ElementType.NOTE:
            if shot := self.note(at):
                self.draft.beats.append(shot)
        elif element.type is ElementType.TRANSITION:
            self.transition(element)

    def transition(self, element: Element) -> None:
        kind = transition_kind(element.text)
        if kind is None and is_shot_line(element.text):  # WHIP PAN TO:
            self.draft.beats.append(ShotNote(text=element.text, line=element.line, from_line=True))
            return
        if kind is None:
            self.warn(
                "unknown-transition",
                element.line,
                f"the transition “{element.text}” is not known, and is cut.",
                f"Known: {', '.join(WRITTEN)}",
            )
        self.upcoming += heading_flags(element.text)
        self.draft.beats.append(Transition(kind=kind or TransitionKind.CUT, text=element.text, line=element.line))

    def warn(self, rule: str, line: int, what: str, todo: str) -> None:
        self.problems.append(Problem(what=what, todo=todo, file=self.file, line=line, level=Level.WARNING, rule=rule))


def _is_shot_heading(text: str) -> bool:
    """Whether a forced heading names a shot and no place: ``.SNIPER SCOPE POV``."""
    return parse_heading(text, 1).interior is Interior.UNSAID and is_shot_line(text.upper(), cue=False)


@lru_cache(maxsize=8192)
def _line_asks(text: str) -> bool:
    """Whether a line of action is no action: it asks for a shot or says how the film is built."""
    text = text.strip()
    if not text[:2].isupper() or len(text) > 200 or not (text.isupper() or _BEGINS_AS_SHOT.match(text)):
        return False
    return read_direction(text) is not None or is_shot_line(text, cue=False)


def _settle(drafts: Sequence[_Draft], file: Path | None, problems: list[Problem]) -> tuple[Scene, ...]:
    """Settle each scene's number, heading and story day."""
    written = [draft.heading.scene_number if draft.heading else None for draft in drafts]
    scenes: list[Scene] = []
    before: Heading | None = None
    day = 1
    for draft, given, number in zip(drafts, written, scene_numbers(written), strict=True):
        line = draft.heading.line if draft.heading else draft.beats[0].line
        if given and given != number:
            problems.append(
                Problem(
                    what=f"two scenes have the number {given}.",
                    todo=f"This one is called {number} until you give it another.",
                    file=file,
                    line=line,
                    level=Level.WARNING,
                    rule="duplicate-scene-number",
                )
            )
        heading = parse_heading(draft.heading.text, line, before) if draft.heading else Heading(text="", line=line)
        aside = not _OUT_OF_TIME.isdisjoint(draft.flags)
        own_day = draft.day or (day if aside else story_day(heading, before, day))
        if not aside:
            before, day = heading, own_day
        scenes.append(
            Scene(
                number=number,
                numbered=given is not None,
                heading=heading,
                beats=tuple(draft.beats),
                day=own_day,
                flags=tuple(draft.flags),
            )
        )
    return tuple(scenes)
