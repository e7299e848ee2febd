"""Shots for the tests of the previz: a request out of a camera and some people, and what is measured on its frames."""

from fractions import Fraction

import numpy as np

from characters.seen import Figure, Kind, Seen
from director.checks.base import Showing
from render.previz.frames import RehearsalFrame, Tracer
from render.previz.look.style import Look, Quality
from render.previz.rehearsal import Rehearsal, rehearse
from render.request import Request, Stage
from storyboard.camera import Angle, Camera, Move, MoveKind, ShotSize, Speed, Steadiness
from storyboard.screenplay import Interior, TimeOfDay
from storyboard.shot import BeatKind, ShotBeat

SIZES = {"16:9": (320, 180), "2.39:1": (430, 180), "1:1": (180, 180), "9:16": (180, 320)}


def person(name: str, height: float = 1.72, build: str = "average", **locked: str) -> Seen:
    """A character as the bible has them."""
    return Seen(
        name=name,
        kind=Kind.CHARACTER,
        locked=tuple(locked.items()) or (("hair", "short black hair"),),
        figure=Figure(height=height, build=build),
    )


def prop(name: str, **locked: str) -> Seen:
    return Seen(name=name, kind=Kind.PROP, locked=tuple(locked.items()))


def camera(size: ShotSize = ShotSize.MS, *moves: MoveKind | tuple[MoveKind, ...], **more: object) -> Camera:
    """A camera; ``moves`` follow each other, those of a tuple run together."""
    speed = more.pop("speed", Speed.REGULAR)
    phases = tuple(
        tuple(Move(kind=kind, speed=speed) for kind in (phase if isinstance(phase, tuple) else (phase,)))  # type: ignore[arg-type]
        for phase in moves
    )
    given = {"angle": Angle.LEVEL, "steadiness": Steadiness.STATIC, **more}
    return Camera(size=size, moves=phases or ((Move(kind=MoveKind.STATIC),),), **given)  # type: ignore[arg-type]


def request(
    shot: Camera,
    cast: tuple[Seen, ...],
    *,
    text: str = "",
    props: tuple[Seen, ...] = (),
    marks: tuple[str, ...] = (),
    place: str = "A ROOM",
    interior: Interior = Interior.INT,
    pixels: tuple[int, int] = (320, 180),
    frames: int = 12,
    rate: int = 6,
    side: int = 1,
    seed: int = 0,
) -> Request:
    """A shot of two seconds at six frames a second, if nothing else is said."""
    beats = (ShotBeat(kind=BeatKind.ACTION, text=text, line=1, start=0, frames=frames),) if text else ()
    stage = Stage(
        place=Seen(name=place, kind=Kind.PLACE),
        interior=interior,
        time=TimeOfDay.DAY,
        weather="",
        cast=cast,
        props=props,
        marks=marks or tuple(seen.name for seen in cast),
        side=side,
        beats=beats,
    )
    return Request(
        prompt="",
        negative="",
        camera=shot,
        stage=stage,
        width=pixels[0],
        height=pixels[1],
        rate=Fraction(rate),
        frames=frames,
        head=0,
        tail=0,
        seed=seed,
    )


def tracer_of(rehearsal: Rehearsal) -> Tracer:
    """Frames drawn as quickly as can be: where things are does not change with the look."""
    return Tracer(rehearsal, Look.of(quality=Quality.DRAFT))


def key_frame(rehearsal: Rehearsal) -> RehearsalFrame:
    """The frame for which the framing is made."""
    wanted = rehearsal.key
    count = rehearsal.request.frames
    return tracer_of(rehearsal).frame(min(range(count), key=lambda index: abs(rehearsal.action_time(index) - wanted)))


def box_of(frame: RehearsalFrame, rehearsal: Rehearsal, name: str) -> tuple[int, int, int, int]:
    """x, y, width, height in pixels of what is seen of somebody."""
    numbers = {who: number for number, who in rehearsal.names.items()}
    return frame.boxes()[numbers[name]]


def pixels_of(frame: RehearsalFrame, rehearsal: Rehearsal, name: str) -> np.ndarray:
    """bool[H, W]: where somebody is seen."""
    numbers = {who: number for number, who in rehearsal.names.items()}
    return frame.ids == numbers[name]


__all__ = ["SIZES", "box_of", "camera", "key_frame", "person", "pixels_of", "prop", "rehearse", "request", "tracer_of"]


def as_showing(frames: np.ndarray, asked: Request, **more: object) -> Showing:
    """A take uint8[F, H, W, 3] as the checks see it, against the shot that was asked for."""
    known = {
        "width": frames.shape[2],
        "height": frames.shape[1],
        "frames": len(frames),
        "read": lambda places: (frames[place] for place in places),
        "rate": asked.rate,
        "camera": asked.camera,
        "cast": asked.stage.cast,
        "props": asked.stage.props,
        "place": asked.stage.place,
    }
    return Showing(**{**known, **more})  # type: ignore[arg-type]
