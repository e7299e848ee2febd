"""The parsed script: elements as they stand, and scenes made of them, each with its line in the file."""

from enum import StrEnum
from pathlib import Path

from storyboard.emphasis import plain
from storyboard.errors import Problem
from storyboard.frozen import Frozen


class ElementType(StrEnum):
    """What a paragraph of a screenplay is."""

    SCENE_HEADING = "scene_heading"
    ACTION = "action"
    CHARACTER = "character"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    LYRIC = "lyric"
    TRANSITION = "transition"
    CENTERED = "centered"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    NOTE = "note"
    PAGE_BREAK = "page_break"


class Element(Frozen):
    """One element of the script in script order, lossless.

    ``text`` is what a reader sees, without markup of the element's kind (no ``@``, ``.``, ``>``, brackets of
    a note); emphasis marks stay as typed. An inline note is an element of its own, right after the element
    it stands in, with ``offset``: the place in that element's text, in characters, where it stood.
    """

    type: ElementType
    text: str
    line: int
    scene_number: str | None = None  # scene headings: as written between #…#
    extension: str | None = None  # characters: "V.O.", "CONT'D", without parentheses
    dual: bool = False  # characters: spoken beside the cue before it (marked ^)
    depth: int | None = None  # sections: 1 for #, 2 for ##
    offset: int | None = None  # inline notes only


class Interior(StrEnum):
    """Where a scene plays."""

    INT = "INT"
    EXT = "EXT"
    BOTH = "INT/EXT"
    UNSAID = ""


class TimeOfDay(StrEnum):
    """The light a heading asks for."""

    DAWN = "dawn"
    MORNING = "morning"
    DAY = "day"
    AFTERNOON = "afternoon"
    SUNSET = "sunset"
    DUSK = "dusk"
    EVENING = "evening"
    NIGHT = "night"


class Heading(Frozen):
    """A scene heading taken apart: ``INT. LAMP ROOM - NIGHT #3A#``."""

    text: str
    line: int
    interior: Interior = Interior.UNSAID
    place: str = ""  # "LAMP ROOM", upper case, without the time
    time: TimeOfDay = TimeOfDay.DAY
    time_text: str = ""  # as written: "MOMENTS LATER"
    continuous: bool = False  # CONTINUOUS, SAME TIME, MOMENTS LATER: no new time begins
    weather: str = ""  # "rain", "snow", "fog", "storm", or nothing


class Action(Frozen):
    """A paragraph of action, with its line breaks."""

    text: str
    line: int


class Line(Frozen):
    """One line of a speech: dialogue, a parenthetical or a lyric."""

    type: ElementType
    text: str
    line: int


class Speech(Frozen):
    """A cue and what is said under it."""

    character: str  # as written in the cue, without extension
    lines: tuple[Line, ...]
    line: int
    extension: str | None = None
    dual: bool = False

    @property
    def spoken(self) -> str:
        """What is heard: the dialogue and lyrics, joined by blanks, without marks of emphasis."""
        said = (ElementType.DIALOGUE, ElementType.LYRIC)
        return " ".join(" ".join(plain(line.text).split()) for line in self.lines if line.type in said)

    @property
    def seen(self) -> bool:
        """Whether the cue says that the speaker is on screen (not V.O., O.S. or O.C.)."""
        extension = (self.extension or "").upper()
        return not any(mark in extension for mark in ("V.O", "O.S", "O.C", "VO", "FILTER"))


class TransitionKind(StrEnum):
    """How one shot becomes the next."""

    CUT = "cut"
    SMASH_CUT = "smash cut"
    MATCH_CUT = "match cut"
    JUMP_CUT = "jump cut"
    TIME_CUT = "time cut"
    DISSOLVE = "dissolve"
    FADE_IN = "fade in"
    FADE_OUT = "fade out"  # to black
    FADE = "fade"  # FADE TO: out and in again
    FADE_TO_WHITE = "fade to white"
    CUT_TO_BLACK = "cut to black"
    WIPE = "wipe"
    IRIS_IN = "iris in"
    IRIS_OUT = "iris out"


class Transition(Frozen):
    """A transition as written, e.g. ``DISSOLVE TO:``."""

    kind: TransitionKind
    text: str
    line: int


class ShotNote(Frozen):
    """A note that asks for a shot, or a shot line of the script; ``text`` is what stands after ``shot:``."""

    text: str
    line: int
    id: str | None = None  # an id written in the script: [[shot 3C: …]]
    from_line: bool = False  # made from a line like CLOSE ON MARA, not from a note
    fields: dict[str, str] | None = None  # YAML shots arrive as key → value


Beat = Action | Speech | Transition | ShotNote


class Scene(Frozen):
    """A heading and what happens under it, in order."""

    number: str  # as the writer gave it, or counted
    numbered: bool  # whether the writer gave it
    heading: Heading
    beats: tuple[Beat, ...]
    day: int = 1  # story day, counted from 1
    flags: tuple[str, ...] = ()  # montage, intercut, flashback, …

    @property
    def line(self) -> int:
        return self.heading.line


class Screenplay(Frozen):
    """A whole script. ``problems`` are doubts found on the way; errors raise instead."""

    file: Path | None
    title_page: dict[str, tuple[str, ...]]
    elements: tuple[Element, ...]
    scenes: tuple[Scene, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        """The title without emphasis marks, or nothing."""
        return " ".join(self.title_page.get("title", ())).strip("*_ ")
