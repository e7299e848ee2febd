"""The camera: what a shot's framing and movement can be. What people write for each stands in phrases.py."""

from enum import StrEnum

from pydantic import Field

from storyboard.frozen import Frozen


class ShotSize(StrEnum):
    """How much of a person the frame holds."""

    EWS = "EWS"  # extreme wide
    WS = "WS"  # wide
    FS = "FS"  # full
    MFS = "MFS"  # medium full, cowboy
    MS = "MS"  # medium
    MCU = "MCU"  # medium close-up
    CU = "CU"  # close-up
    ECU = "ECU"  # extreme close-up


LENSES = {
    ShotSize.EWS: 24.0,
    ShotSize.WS: 28.0,
    ShotSize.FS: 32.0,
    ShotSize.MFS: 35.0,
    ShotSize.MS: 40.0,
    ShotSize.MCU: 50.0,
    ShotSize.CU: 75.0,
    ShotSize.ECU: 100.0,
}
"""The focal length, in mm of full frame, at which a size is usually shot."""


class Framing(StrEnum):
    """What kind of picture it is, beside its size."""

    SINGLE = "single"
    TWO_SHOT = "two-shot"
    GROUP = "group"
    OTS = "over-the-shoulder"
    POV = "pov"
    INSERT = "insert"
    ESTABLISHING = "establishing"
    REACTION = "reaction"


class Angle(StrEnum):
    """The camera's pitch towards its subject."""

    BIRDS_EYE = "birds-eye"
    HIGH = "high"
    LEVEL = "level"
    LOW = "low"
    WORMS_EYE = "worms-eye"


class Height(StrEnum):
    """Where the lens stands above the ground."""

    AERIAL = "aerial"
    OVERHEAD = "overhead"
    EYE = "eye"
    HIP = "hip"
    GROUND = "ground"
    WATER = "water"


class MoveKind(StrEnum):
    """Every move the vocabulary knows, with its direction. Left and right are the camera's own."""

    STATIC = "static"
    DOLLY_IN = "dolly-in"
    DOLLY_OUT = "dolly-out"
    TRUCK_LEFT = "truck-left"
    TRUCK_RIGHT = "truck-right"
    PEDESTAL_UP = "pedestal-up"
    PEDESTAL_DOWN = "pedestal-down"
    PAN_LEFT = "pan-left"
    PAN_RIGHT = "pan-right"
    WHIP_PAN_LEFT = "whip-pan-left"
    WHIP_PAN_RIGHT = "whip-pan-right"
    TILT_UP = "tilt-up"
    TILT_DOWN = "tilt-down"
    ROLL_CW = "roll-cw"
    ROLL_CCW = "roll-ccw"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    DOLLY_ZOOM_IN = "dolly-zoom-in"  # dolly in while zooming out
    DOLLY_ZOOM_OUT = "dolly-zoom-out"  # dolly out while zooming in
    ARC_CW = "arc-cw"
    ARC_CCW = "arc-ccw"
    CRANE_UP = "crane-up"
    CRANE_DOWN = "crane-down"
    TRACK_SIDE_LEFT = "track-side-left"  # beside the subject, travelling to frame left
    TRACK_SIDE_RIGHT = "track-side-right"
    TRACK_TAIL = "track-tail"
    TRACK_LEAD = "track-lead"
    TRACK_AERIAL = "track-aerial"
    TRACK_ARC = "track-arc"
    TRACK_PAN = "track-pan"
    TRACK_TILT = "track-tilt"


class Speed(StrEnum):
    SLOW = "slow"
    REGULAR = "regular"
    FAST = "fast"


class Steadiness(StrEnum):
    """How firmly the camera is held. ``STATIC`` is locked off."""

    STATIC = "static"
    VERY_SMOOTH = "very-smooth"
    SMOOTH = "smooth"
    UNSTEADY = "unsteady"
    VERY_UNSTEADY = "very-unsteady"


class LensKind(StrEnum):
    REGULAR = "regular"
    BARREL = "barrel"
    FISHEYE = "fisheye"


class FocusKind(StrEnum):
    DEEP = "deep"
    SHALLOW = "shallow"
    RACK = "rack"
    PULL = "pull"


class Playback(StrEnum):
    REGULAR = "regular"
    TIME_LAPSE = "time-lapse"
    FAST = "fast-motion"
    SLOW = "slow-motion"
    RAMP = "ramp"
    REVERSED = "reversed"
    STOP_MOTION = "stop-motion"
    FREEZE = "freeze"


class Move(Frozen):
    """One move at one speed; ``subject`` is whom a tracking move follows."""

    kind: MoveKind
    speed: Speed = Speed.REGULAR
    subject: str | None = None

    def __str__(self) -> str:
        speed = "" if self.speed is Speed.REGULAR else f"{self.speed.value} "
        return f"{speed}{self.kind.value}"


class Focus(Frozen):
    """Where the sharp plane is; a rack or pull goes ``from_`` one subject ``to`` another."""

    kind: FocusKind
    from_: str | None = None
    to: str | None = None


class Camera(Frozen):
    """How a shot is seen. ``None`` is "not said": the planner fills it in before anything is rendered.

    ``moves`` is phases one after another; the moves within a phase run at the same time.
    Names of subjects are as written until the planner resolves them against the bible.
    """

    size: ShotSize | None = None
    framing: Framing | None = None
    subject: tuple[str, ...] = ()  # who or what the frame is about, in order of weight
    angle: Angle | None = None
    height: Height | None = None
    dutch: float = Field(default=0.0, ge=-90, le=90)  # degrees of roll, clockwise positive
    moves: tuple[tuple[Move, ...], ...] = ()
    lens_mm: float | None = Field(default=None, ge=4, le=2000)  # full-frame (36 mm wide) focal length
    lens_kind: LensKind = LensKind.REGULAR
    steadiness: Steadiness | None = None
    focus: Focus | None = None
    playback: Playback = Playback.REGULAR
    pov_of: str | None = None  # whose eyes the camera is
    over: str | None = None  # whose shoulder is in the foreground

    @property
    def move_words(self) -> tuple[str, ...]:
        """One string a phase: ``("slow pan-left+dolly-in", "tilt-up")``."""
        return tuple("+".join(str(move) for move in phase) for phase in self.moves)
