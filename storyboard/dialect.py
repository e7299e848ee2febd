"""Camera words as a generator's prompt wants them, and short ones for a shot list.

A dialect is data: words of its own where a family of models is best asked in them, and a layout. What it
does not say itself comes from ``generic``. ``wan`` follows the sentences of the Wan prompt guide ("the camera
pushes in"), ``ltx`` the running present tense of the LTX guide, ``sora`` the labelled block of the Sora 2
guide, which video APIs of that kind share.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from storyboard.camera import (
    Angle,
    Camera,
    FocusKind,
    Framing,
    Height,
    LensKind,
    Move,
    MoveKind,
    Playback,
    ShotSize,
    Speed,
    Steadiness,
)
from storyboard.vocabulary import Kind, plain_name

_SIZES: dict[StrEnum, str] = {
    ShotSize.EWS: "extreme wide shot",
    ShotSize.WS: "wide shot",
    ShotSize.FS: "full shot",
    ShotSize.MFS: "medium full shot",
    ShotSize.MS: "medium shot",
    ShotSize.MCU: "medium close-up",
    ShotSize.CU: "close-up",
    ShotSize.ECU: "extreme close-up",
}
_FRAMINGS: dict[StrEnum, str] = {
    Framing.SINGLE: "single",
    Framing.TWO_SHOT: "two-shot",
    Framing.GROUP: "group shot",
    Framing.OTS: "over-the-shoulder shot",
    Framing.POV: "point-of-view shot",
    Framing.INSERT: "insert",
    Framing.ESTABLISHING: "establishing shot",
    Framing.REACTION: "reaction shot",
}
_ANGLES: dict[StrEnum, str] = {
    Angle.BIRDS_EYE: "bird's-eye view, camera looking straight down",
    Angle.HIGH: "high angle, camera looking down",
    Angle.LEVEL: "level angle",
    Angle.LOW: "low angle, camera looking up",
    Angle.WORMS_EYE: "worm's-eye view, camera looking steeply up",
}
_HEIGHTS: dict[StrEnum, str] = {
    Height.AERIAL: "aerial view",
    Height.OVERHEAD: "overhead camera",
    Height.EYE: "eye-level camera",
    Height.HIP: "camera at hip height",
    Height.GROUND: "camera at ground level",
    Height.WATER: "camera at water level",
}
_STEADINESS: dict[StrEnum, str] = {
    Steadiness.STATIC: "locked-off tripod camera",
    Steadiness.VERY_SMOOTH: "floating Steadicam",
    Steadiness.SMOOTH: "smooth camera",
    Steadiness.UNSTEADY: "handheld camera",
    Steadiness.VERY_UNSTEADY: "shaky handheld camera",
}
_FOCUS: dict[StrEnum, str] = {
    FocusKind.DEEP: "deep focus",
    FocusKind.SHALLOW: "shallow depth of field",
    FocusKind.RACK: "rack focus",
    FocusKind.PULL: "focus pull",
}
_PLAYBACK: dict[StrEnum, str] = {
    Playback.TIME_LAPSE: "time-lapse",
    Playback.FAST: "fast motion",
    Playback.SLOW: "slow motion",
    Playback.RAMP: "speed ramp",
    Playback.REVERSED: "reversed motion",
    Playback.STOP_MOTION: "stop motion",
    Playback.FREEZE: "freeze frame",
}
# Each move as the camera does it, in the present tense; {of} is whom a tracking move follows.
_ACTS: dict[MoveKind, str] = {
    MoveKind.STATIC: "stays still",
    MoveKind.DOLLY_IN: "dollies in",
    MoveKind.DOLLY_OUT: "dollies out",
    MoveKind.TRUCK_LEFT: "trucks left",
    MoveKind.TRUCK_RIGHT: "trucks right",
    MoveKind.PEDESTAL_UP: "rises straight up",
    MoveKind.PEDESTAL_DOWN: "sinks straight down",
    MoveKind.PAN_LEFT: "pans left",
    MoveKind.PAN_RIGHT: "pans right",
    MoveKind.WHIP_PAN_LEFT: "whip pans left",
    MoveKind.WHIP_PAN_RIGHT: "whip pans right",
    MoveKind.TILT_UP: "tilts up",
    MoveKind.TILT_DOWN: "tilts down",
    MoveKind.ROLL_CW: "rolls clockwise",
    MoveKind.ROLL_CCW: "rolls counterclockwise",
    MoveKind.ZOOM_IN: "zooms in",
    MoveKind.ZOOM_OUT: "zooms out",
    MoveKind.DOLLY_ZOOM_IN: "dollies in while zooming out, a vertigo effect that keeps the subject's size",
    MoveKind.DOLLY_ZOOM_OUT: "dollies out while zooming in, a vertigo effect that keeps the subject's size",
    MoveKind.ARC_CW: "arcs clockwise around the subject",
    MoveKind.ARC_CCW: "arcs counterclockwise around the subject",
    MoveKind.CRANE_UP: "cranes up",
    MoveKind.CRANE_DOWN: "cranes down",
    MoveKind.TRACK_SIDE_LEFT: "tracks left beside {of}",
    MoveKind.TRACK_SIDE_RIGHT: "tracks right beside {of}",
    MoveKind.TRACK_TAIL: "follows {of} from behind",
    MoveKind.TRACK_LEAD: "leads {of}, moving backwards",
    MoveKind.TRACK_AERIAL: "follows {of} from the air",
    MoveKind.TRACK_ARC: "circles {of} while following",
    MoveKind.TRACK_PAN: "pans to follow {of}",
    MoveKind.TRACK_TILT: "tilts to follow {of}",
}
_ADVERBS = {Speed.SLOW: "slowly ", Speed.REGULAR: "", Speed.FAST: "quickly "}


@dataclass(frozen=True)
class Dialect:
    """The words of a family of models, where they differ, and how the parts are put together."""

    layout: Callable[["Parts"], str]
    words: Mapping[StrEnum, str] = field(default_factory=dict)
    acts: Mapping[MoveKind, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """A camera in words, part by part; empty where the camera leaves it unsaid."""

    frame: str  # "close-up of MARA", "point-of-view shot through MARA's eyes"
    place: tuple[str, ...]  # angle, height, lean
    motion: tuple[str, ...]  # one entry a phase: "slowly dollies in while it pans left"
    lens: str
    focus: str
    hand: str
    playback: str


def describe(camera: Camera, dialect: str = "generic", names: Mapping[str, str] | None = None) -> str:
    """The camera in words for a prompt.

    Args:
        camera: what the shot asks for.
        dialect: a name of ``DIALECTS``; any other name speaks ``generic``.
        names: other words for names of subjects, such as ``{"MARA": "the lighthouse keeper"}``.
    """
    spoken = DIALECTS.get(dialect, DIALECTS["generic"])
    return spoken.layout(_parts(camera, spoken, names or {}))


def slate_words(camera: Camera) -> str:
    """The camera in a table's few words: ``CU low · slow dolly-in · 35mm``."""
    placed = [camera.size and camera.size.value, camera.framing and camera.framing.value]
    placed += [camera.angle and camera.angle.value, camera.height and camera.height.value]
    first = " ".join(word for word in placed if word)
    parts = [first, " then ".join(camera.move_words)]
    if camera.dutch:
        parts.append(f"dutch {camera.dutch:g}°")
    if camera.lens_mm is not None:
        parts.append(f"{camera.lens_mm:g}mm")
    if camera.lens_kind is not LensKind.REGULAR:
        parts.append(camera.lens_kind.value)
    if camera.steadiness:
        parts.append(plain_name(Kind.STEADINESS, camera.steadiness))
    if camera.focus:
        parts.append(plain_name(Kind.FOCUS, camera.focus.kind))
    if camera.playback is not Playback.REGULAR:
        parts.append(camera.playback.value)
    return " · ".join(part for part in parts if part)


def _parts(camera: Camera, dialect: Dialect, names: Mapping[str, str]) -> Parts:
    def call(name: str) -> str:
        return names.get(name, name)

    def word(value: StrEnum | None, table: Mapping[StrEnum, str]) -> str:
        return "" if value is None else dialect.words.get(value) or table.get(value, "")

    return Parts(
        frame=_frame(camera, word, call),
        place=tuple(filter(None, (word(camera.angle, _ANGLES), word(camera.height, _HEIGHTS), _lean(camera)))),
        motion=tuple(_phase(phase, dialect, call) for phase in camera.moves),
        lens=" ".join(_lens(camera)),
        focus=word(camera.focus and camera.focus.kind, _FOCUS)
        + (f" from {call(camera.focus.from_)}" if camera.focus and camera.focus.from_ else "")
        + (f" to {call(camera.focus.to)}" if camera.focus and camera.focus.to else ""),
        hand=word(camera.steadiness, _STEADINESS),
        playback=word(camera.playback, _PLAYBACK),
    )


def _frame(camera: Camera, word: Callable[..., str], call: Callable[[str], str]) -> str:
    size, framing = word(camera.size, _SIZES), word(camera.framing, _FRAMINGS)
    if camera.framing is Framing.POV and camera.pov_of:
        framing = f"{framing} through the eyes of {call(camera.pov_of)}"
    if camera.framing is Framing.OTS and camera.over:
        framing = f"{framing} past the shoulder of {call(camera.over)}"
    elif camera.over:
        framing = (
            f"{framing}, past the shoulder of {call(camera.over)}"
            if framing
            else f"past the shoulder of {call(camera.over)}"
        )
    frame = ", ".join(part for part in (size, framing) if part)
    if not camera.subject:
        return frame
    subject = _listed([call(name) for name in camera.subject])
    return (
        f"{frame} of {subject}"
        if frame and " of " not in frame
        else f"{frame}, on {subject}"
        if frame
        else f"shot of {subject}"
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _phase(phase: tuple[Move, ...], dialect: Dialect, call: Callable[[str], str]) -> str:
    acts = []
    for move in phase:
        act = (dialect.acts.get(move.kind) or _ACTS[move.kind]).format(
            of=call(move.subject) if move.subject else "the subject"
        )
        acts.append(f"{'' if move.kind is MoveKind.STATIC else _ADVERBS[move.speed]}{act}")
    return " and at the same time ".join(acts)


def _lean(camera: Camera) -> str:
    way = "clockwise" if camera.dutch > 0 else "counterclockwise"
    return f"dutch angle, tilted {abs(camera.dutch):g} degrees {way}" if camera.dutch else ""


def _lens(camera: Camera) -> Iterator[str]:
    if camera.lens_mm is not None:
        yield f"{camera.lens_mm:g}mm"
    if camera.lens_kind is not LensKind.REGULAR:
        yield "fisheye" if camera.lens_kind is LensKind.FISHEYE else "barrel-distorted"
    if camera.lens_mm is not None or camera.lens_kind is not LensKind.REGULAR:
        yield "lens"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one_line(parts: Parts) -> str:
    moved = f"the camera {', then '.join(parts.motion)}" if parts.motion else ""
    return ", ".join(
        part for part in (parts.frame, *parts.place, moved, parts.lens, parts.focus, parts.hand, parts.playback) if part
    )


def _sentences(parts: Parts) -> str:
    said = [", ".join(part for part in (parts.frame, *parts.place) if part)]
    said += [f"the camera {parts.motion[0]}"] if parts.motion else []
    said += [f"then the camera {phase}" for phase in parts.motion[1:]]
    said += [", ".join(part for part in (parts.hand, parts.lens, parts.focus) if part), parts.playback]
    return " ".join(f"{_upper_first(sentence)}." for sentence in said if sentence)


def _labelled(parts: Parts) -> str:
    rows = {
        "Camera shot": ", ".join(part for part in (parts.frame, *parts.place) if part),
        "Camera motion": ", then ".join(f"the camera {phase}" for phase in parts.motion),
        "Lens": ", ".join(part for part in (parts.lens, parts.focus) if part),
        "Camera support": parts.hand,
        "Time": parts.playback,
    }
    return ". ".join(f"{label}: {text}" for label, text in rows.items() if text) + ("." if any(rows.values()) else "")


DIALECTS: dict[str, Dialect] = {
    "generic": Dialect(_one_line),
    "wan": Dialect(
        _sentences,
        words={
            ShotSize.EWS: "extreme long shot",
            ShotSize.WS: "wide shot",
            ShotSize.CU: "close-up shot",
            ShotSize.ECU: "extreme close-up shot",
            ShotSize.MCU: "medium close-up shot",
            Angle.HIGH: "high angle shot",
            Angle.LOW: "low angle shot",
            Angle.BIRDS_EYE: "top-down shot",
            Height.AERIAL: "aerial shot",
        },
        acts={
            MoveKind.DOLLY_IN: "pushes in",
            MoveKind.DOLLY_OUT: "pulls back",
            MoveKind.TRUCK_LEFT: "moves to the left",
            MoveKind.TRUCK_RIGHT: "moves to the right",
            MoveKind.PEDESTAL_UP: "moves up",
            MoveKind.PEDESTAL_DOWN: "moves down",
            MoveKind.PAN_LEFT: "pans to the left",
            MoveKind.PAN_RIGHT: "pans to the right",
            MoveKind.ARC_CW: "orbits clockwise around the subject",
            MoveKind.ARC_CCW: "orbits counterclockwise around the subject",
            MoveKind.STATIC: "is fixed",
            MoveKind.TRACK_TAIL: "follows {of} from behind in a tracking shot",
            MoveKind.TRACK_SIDE_LEFT: "moves left alongside {of} in a tracking shot",
            MoveKind.TRACK_SIDE_RIGHT: "moves right alongside {of} in a tracking shot",
        },
    ),
    "ltx": Dialect(
        _sentences,
        words={
            Steadiness.STATIC: "the tripod is locked off",
            Steadiness.UNSTEADY: "the handheld camera sways lightly",
        },
        acts={
            MoveKind.PAN_LEFT: "pans to the left",
            MoveKind.PAN_RIGHT: "pans to the right",
            MoveKind.TRUCK_LEFT: "slides to the left",
            MoveKind.TRUCK_RIGHT: "slides to the right",
            MoveKind.CRANE_UP: "jibs up",
            MoveKind.CRANE_DOWN: "jibs down",
            MoveKind.DOLLY_OUT: "dollies back",
            MoveKind.STATIC: "holds still",
        },
    ),
    "sora": Dialect(_labelled, words={Angle.LEVEL: "level", Height.EYE: "eye level"}),
}
