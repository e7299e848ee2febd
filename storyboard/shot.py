"""The shot: the unit that is planned, generated, judged and cut."""

from enum import StrEnum
from fractions import Fraction

from storyboard.camera import Camera
from storyboard.frozen import Frozen
from storyboard.screenplay import Interior, TimeOfDay, TransitionKind


class Origin(StrEnum):
    """Why a shot exists."""

    NOTE = "note"  # a shot note or a YAML shot
    LINE = "line"  # a shot line of the script
    COVERAGE = "coverage"  # the planner's


class Role(StrEnum):
    """What a shot does in its scene."""

    NOTED = "noted"
    ESTABLISH = "establish"
    MASTER = "master"
    SINGLE = "single"
    REACTION = "reaction"
    INSERT = "insert"


class BeatKind(StrEnum):
    ACTION = "action"
    SPEECH = "speech"


class ShotBeat(Frozen):
    """Something that happens within a shot; ``start`` and ``frames`` count from the shot's first frame."""

    kind: BeatKind
    text: str  # the action, or what is said
    line: int
    start: int = 0
    frames: int = 0
    character: str | None = None  # who speaks, by the bible's name
    seen: bool = True  # False for V.O., O.S., O.C.
    manner: str = ""  # parentheticals: "whispering"


class Joint(Frozen):
    """How a shot is joined to its neighbour: a kind, and how many frames it takes (0 for a cut)."""

    kind: TransitionKind = TransitionKind.CUT
    frames: int = 0


class Shot(Frozen):
    """A planned shot, complete: every name resolved, every camera field that rendering needs filled in."""

    id: str  # for people: 3A
    fingerprint: str  # for what must survive an inserted scene
    scene: str  # the scene's number
    scene_index: int  # 0-based, in film order
    line: int  # of its note, or of the first beat it covers
    origin: Origin
    role: Role = Role.NOTED
    camera: Camera
    cast: tuple[str, ...]  # who is seen, by the bible's names, most important first
    props: tuple[str, ...]
    place: str
    interior: Interior
    time: TimeOfDay
    weather: str = ""
    day: int = 1
    beats: tuple[ShotBeat, ...]
    frames: int
    rate: Fraction
    joint_in: Joint = Joint()  # only FADE IN and IRIS IN; everything else is the shot before's ``joint_out``
    joint_out: Joint = Joint()
    continues: str | None = None  # the id of the shot whose last frame is this one's first
    scene_cast: tuple[str, ...] = ()  # everyone in the scene, in order of appearance: who stands where
    side: int = 1  # side of the scene's line of action that the camera keeps to: 1 or -1
    text: str = ""  # the note or line as written

    @property
    def seconds(self) -> Fraction:
        return Fraction(self.frames) / self.rate
