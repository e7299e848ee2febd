"""What has been read of a shot note so far, and the camera that it adds up to."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from storyboard.camera import Camera, FocusKind, Framing, LensKind, Move, MoveKind, Speed
from storyboard.names import Named
from storyboard.vocabulary import JoinWord, Kind, Relative, plain_name


@dataclass(slots=True)
class Moving:
    """A move whose speed and subject may still come."""

    kind: MoveKind
    speed: Speed | None = None
    subject: str | None = None
    unsaid: "Fault | None" = None  # what is said about its missing direction


@dataclass(slots=True)
class Fault:
    """Something that cannot be read: what, what to do, and the rule for what is a warning only."""

    what: str
    todo: str = ""
    rule: str = ""
    warning: bool = False


FOLLOWS = frozenset(kind for kind in MoveKind if kind.value.startswith("track-"))
_OPPOSITES = (
    {MoveKind.DOLLY_IN, MoveKind.DOLLY_OUT, MoveKind.DOLLY_ZOOM_IN, MoveKind.DOLLY_ZOOM_OUT},
    {MoveKind.ZOOM_IN, MoveKind.ZOOM_OUT, MoveKind.DOLLY_ZOOM_IN, MoveKind.DOLLY_ZOOM_OUT},
    {MoveKind.TRUCK_LEFT, MoveKind.TRUCK_RIGHT},
    {MoveKind.PEDESTAL_UP, MoveKind.PEDESTAL_DOWN, MoveKind.CRANE_UP, MoveKind.CRANE_DOWN},
    {MoveKind.PAN_LEFT, MoveKind.PAN_RIGHT, MoveKind.WHIP_PAN_LEFT, MoveKind.WHIP_PAN_RIGHT},
    {MoveKind.TILT_UP, MoveKind.TILT_DOWN},
    {MoveKind.ROLL_CW, MoveKind.ROLL_CCW},
    {MoveKind.ARC_CW, MoveKind.ARC_CCW},
    set(FOLLOWS),
)


@dataclass(slots=True)
class Gathered:
    """What has been read of a note so far, with every fault; ``camera()`` makes the value."""

    single: dict[Kind, object] = field(default_factory=dict)  # size, framing, angle, height, …: one value each
    subjects: list[str] = field(default_factory=list)
    phases: list[list[Moving]] = field(default_factory=list)
    dutch: float = 0.0
    lens_mm: float | None = None
    focus_from: str | None = None
    focus_to: str | None = None
    over: str | None = None
    pov_of: str | None = None
    relative: list[Relative] = field(default_factory=list)
    joins: set[JoinWord] = field(default_factory=set)
    seconds: Fraction | None = None
    frames: int | None = None
    cast: list[str] = field(default_factory=list)
    props: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    paces: list[Speed] = field(default_factory=list)  # said of no move in particular
    faults: list[Fault] = field(default_factory=list)

    def once(self, kind: Kind, value: object) -> None:
        """Set a field that a shot has one of; a second, different value is a fault."""
        said = self.single.setdefault(kind, value)
        if kind is Kind.FOCUS and FocusKind.SHALLOW in (said, value) and said in _GOES and value in _GOES:
            self.single[kind] = value if said is FocusKind.SHALLOW else said  # a rack is shallow by its nature
        elif said != value:
            self.conflict(kind.value, _shown(kind, said), _shown(kind, value))

    def conflict(self, what: str, one: object, other: object) -> None:
        self.faults.append(
            Fault(
                f'A shot has one {what}, and this asks for "{one}" and "{other}".',
                "Keep one of them, or make two shots.",
            )
        )

    def one_name(self, what: str, said: str | None, name: str) -> str:
        """The only name of its role; another one is a fault."""
        if said is not None and said != name:
            self.conflict(what, said, name)
        return said or name

    def subject(self, name: str) -> None:
        if name not in self.subjects:
            self.subjects.append(name)

    def mention(self, found: Named) -> None:
        """Whoever is named is seen, if it is a person or a thing."""
        seen = {"character": self.cast, "prop": self.props}.get(found.kind)
        if seen is not None and found.name not in seen:
            seen.append(found.name)

    def time(self, unit: str, value: Fraction, written: str) -> None:
        """A length in seconds or frames: above zero, at most an hour, said once."""
        if value <= 0 or value > (3600 if unit == "seconds" else 1_000_000):
            self.faults.append(
                Fault(
                    f'"{written}" is not a length for a shot.',
                    "Write a time above zero, such as 4s or 96 frames.",
                )
            )
        elif unit == "frames" and value.denominator != 1:
            self.faults.append(
                Fault(f'"{written}" is not a whole number of frames.', "Write a whole number, or seconds.")
            )
        elif self.seconds is not None or self.frames is not None:
            if (self.seconds if unit == "seconds" else self.frames) != value:
                said = f"{self.frames} frames" if self.seconds is None else f"{float(self.seconds):g}s"
                self.conflict("length", said, written)
        elif unit == "seconds":
            self.seconds = value
        else:
            self.frames = int(value)

    def focal(self, value: float, written: str) -> None:
        """A focal length in millimetres, full frame."""
        if not 4 <= value <= 2000:
            self.faults.append(Fault(f'"{written}" is not a focal length.', "Write one from 4mm to 2000mm."))
        elif self.lens_mm is not None and self.lens_mm != value:
            self.conflict("lens", f"{self.lens_mm:g}mm", f"{value:g}mm")
        else:
            self.lens_mm = value

    def lean(self, degrees: float, written: str) -> None:
        """A canted camera, in degrees, clockwise positive."""
        if abs(degrees) > 90:
            self.faults.append(Fault(f'"{written}" leans too far.', "A dutch angle is from -90 to 90 degrees."))
        else:
            self.dutch = degrees

    def _apply_paces(self) -> None:
        """A speed of the whole note goes to every move that has none of its own."""
        moves = [move for phase in self.phases for move in phase]
        waiting = [move for move in moves if move.speed is None]
        for speed in dict.fromkeys(self.paces):
            if not moves:
                self.faults.append(
                    Fault(
                        f'"{speed}" names no move that has this speed.',
                        "Write it beside a move: slow dolly in.",
                        "speed-without-move",
                        warning=True,
                    )
                )
            elif speed is not self.paces[0] or (not waiting and speed not in [move.speed for move in moves]):
                said = self.paces[0] if speed is not self.paces[0] else moves[0].speed
                self.conflict("speed", said, speed)
        for move in waiting if self.paces else ():
            move.speed = self.paces[0]

    def camera(self) -> Camera:
        """The camera of the whole note, settled; faults between its parts are added."""
        self._apply_paces()
        for phase in self.phases:
            kinds = {move.kind for move in phase}
            if len(kinds) < 2:
                continue
            if MoveKind.STATIC in kinds:
                self.faults.append(
                    Fault(
                        "A camera that stands still cannot move at the same time.",
                        'Drop one, or write "then" between them.',
                    )
                )
            for axis in _OPPOSITES:
                both = [kind for kind in dict.fromkeys(move.kind for move in phase) if kind in axis]
                if len(both) > 1:
                    one, other = (plain_name(Kind.MOVE, kind) for kind in both[:2])
                    self.faults.append(
                        Fault(
                            f'"{one}" and "{other}" cannot run at the same time.',
                            f'Write "{one}, then {other}", or keep one.',
                        )
                    )
        if self.pov_of is not None:
            self.single.setdefault(Kind.FRAMING, Framing.POV)
        if self.over is not None:
            self.single.setdefault(Kind.FRAMING, Framing.OTS)
        focus = self.single.get(Kind.FOCUS)
        if focus is None and (self.focus_from or self.focus_to):
            focus = FocusKind.RACK
        return settled(
            Camera.model_validate(
                {
                    **{kind.value: value for kind, value in self.single.items() if kind in _PLAIN_FIELDS},
                    "lens_kind": self.single.get(Kind.LENS, LensKind.REGULAR),
                    "focus": focus and {"kind": focus, "from_": self.focus_from, "to": self.focus_to},
                    "subject": tuple(self.subjects),
                    "dutch": self.dutch,
                    "lens_mm": self.lens_mm,
                    "moves": tuple(
                        tuple(_frozen_move(m.kind, m.speed or Speed.REGULAR, m.subject) for m in phase)
                        for phase in self.phases
                        if phase
                    ),
                    "pov_of": self.pov_of,
                    "over": self.over,
                }
            )
        )


_GOES = (FocusKind.SHALLOW, FocusKind.RACK, FocusKind.PULL)
_PLAIN_FIELDS = frozenset({Kind.SIZE, Kind.FRAMING, Kind.ANGLE, Kind.HEIGHT, Kind.STEADINESS, Kind.PLAYBACK})


@lru_cache(maxsize=1024)
def _frozen_move(kind: MoveKind, speed: Speed, subject: str | None) -> Move:
    return Move(kind=kind, speed=speed, subject=subject)


def _shown(kind: Kind, value: object) -> str:
    return plain_name(kind, value)  # pyright: ignore[reportArgumentType]


def settled(camera: Camera) -> Camera:
    """The same camera with what follows from its parts filled in.

    A tracking move follows the first subject unless it names another; what is tracked is the subject where
    none is named; somebody's eyes are a POV and somebody's shoulder is an OTS unless another framing is said.
    """
    if not (camera.pov_of or camera.over or any(m.kind in FOLLOWS or m.subject for p in camera.moves for m in p)):
        return camera
    subject = camera.subject or tuple(
        dict.fromkeys(move.subject for phase in camera.moves for move in phase if move.subject)
    )
    moves = tuple(
        tuple(
            move.model_copy(update={"subject": subject[0]})
            if move.kind in FOLLOWS and move.subject is None and subject
            else move
            for move in phase
        )
        for phase in camera.moves
    )
    framing = camera.framing or (Framing.POV if camera.pov_of else Framing.OTS if camera.over else None)
    return camera.model_copy(update={"subject": subject, "moves": moves, "framing": framing})
