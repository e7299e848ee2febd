"""Model sheets: a character, prop or place alone, from all sides, in even light on neutral grey."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from characters.seen import Kind, Seen
from render.previz.camera.path import SENSOR, Framing, looking
from render.previz.colours import Finish
from render.previz.figures.props import build_prop
from render.previz.look.light import Light
from render.previz.rehearsal import Rehearsal, rehearse
from render.previz.sets.design import GROUND, SetDesign
from render.previz.solid import box
from render.request import Request, Stage
from storyboard.camera import Camera, ShotSize
from storyboard.camera import Framing as Kinds
from storyboard.screenplay import Interior, TimeOfDay

_GREY = 0.30  # linear: neither a light nor a dark coat is lost on it
_TALL, _WIDE = 640, 432  # pixels of an upright view
_LENS = 85.0  # mm: long enough not to bend a face
_SIDES: dict[str, float] = {"front": 0.0, "three-quarter": 40.0, "profile": 90.0, "back": 180.0}  # degrees


@dataclass(frozen=True)
class SheetView:
    """One picture of a sheet: uint8[H, W, 3], sRGB."""

    name: str  # front, three-quarter, profile, back, close-up; of a place: front, right, back, left
    pixels: np.ndarray


def draw_views(seen: Seen, interior: Interior = Interior.UNSAID) -> tuple[SheetView, ...]:
    """Every view of somebody or something. The same words give the same pixels. ``interior`` is for places."""
    if seen.kind is Kind.PLACE:
        return tuple(_place_views(seen, interior))
    if seen.kind is Kind.PROP:
        return tuple(_prop_views(seen))
    return tuple(_character_views(seen))


def _picture(rehearsal: Rehearsal) -> np.ndarray:
    from render.previz.frames import Tracer

    return Tracer(rehearsal).picture(0)


def _request(seen: Seen, width: int, height: int, *, size: ShotSize, side: int = 1, interior=Interior.INT) -> Request:
    nowhere = Seen(name="STUDIO", kind=Kind.PLACE)
    people = (seen,) if seen.kind is Kind.CHARACTER else ()
    stage = Stage(
        place=seen if seen.kind is Kind.PLACE else nowhere,
        interior=interior,
        time=TimeOfDay.DAY,
        weather="",
        cast=people,
        props=(seen,) if seen.kind is Kind.PROP else (),
        marks=tuple(each.name for each in people),
        side=side,
        beats=(),
    )
    framing = Kinds.ESTABLISHING if seen.kind is Kind.PLACE else None
    subject = () if seen.kind is Kind.PLACE else (seen.name,)
    return Request(
        prompt="",
        negative="",
        camera=Camera(size=size, subject=subject, framing=framing),
        stage=stage,
        width=width,
        height=height,
        rate=Fraction(24),
        frames=1,
        head=0,
        tail=0,
        seed=0,
    )


def _studio(rehearsal: Rehearsal) -> Rehearsal:
    """The same people and things, on a grey floor before a grey sweep."""
    grey = Finish((_GREY, _GREY, _GREY))
    floor = box((400.0, 400.0, 0.1), (0, 0, -0.05), grey, GROUND)
    design = SetDesign(floor, (), (), inside=False, half=None)
    above, horizon = (0.62, 0.62, 0.62), (0.42, 0.42, 0.42)
    light = Light(
        key_to=(0.0, 0.0, 1.0),
        key=(1.25, 1.25, 1.25),
        above=above,
        below=(0.34, 0.34, 0.34),
        zenith=horizon,
        horizon=horizon,
        haze=0.012,
    )
    return replace(rehearsal, design=design, light=light)


def _seen_from(
    rehearsal: Rehearsal, target: np.ndarray, azimuth: float, frame_height: float, rise: float = 0.0
) -> Rehearsal:
    """Looked at from ``azimuth`` radians round ``target``, the key light over the camera's left shoulder."""
    aspect = rehearsal.request.width / rehearsal.request.height
    away = frame_height * _LENS * aspect / SENSOR
    way = np.array((np.cos(azimuth) * np.cos(rise), np.sin(azimuth) * np.cos(rise), np.sin(rise)))
    view = looking(target + way * away, target, 0.0, _LENS)
    sun = azimuth - np.radians(38)
    high = np.radians(46)
    key = (float(np.cos(sun) * np.cos(high)), float(np.sin(sun) * np.cos(high)), float(np.sin(high)))
    framing = Framing(view, target, frame_height, anchor=target, aspect=aspect)
    return replace(rehearsal, framing=framing, light=replace(rehearsal.light, key_to=key))


def _character_views(seen: Seen) -> Iterator[SheetView]:
    base = _studio(rehearse(_request(seen, _WIDE, _TALL, size=ShotSize.FS)))
    (actor,) = base.actors
    at, facing, tall = actor.place(0.0), actor.heading(0.0), actor.height
    middle = np.array((at[0], at[1], 0.515 * tall))
    for name, turn in _SIDES.items():
        yield SheetView(name, _picture(_seen_from(base, middle, facing - np.radians(turn), 1.16 * tall)))
    face = np.array((at[0], at[1], 0.905 * tall))
    near = _studio(rehearse(_request(seen, _TALL, _TALL, size=ShotSize.CU)))
    yield SheetView("close-up", _picture(_seen_from(near, face, facing - np.radians(18), 0.29 * tall)))


def _prop_views(seen: Seen) -> Iterator[SheetView]:
    base = _studio(rehearse(_request(seen, _TALL, _TALL, size=ShotSize.CU)))
    solid, _ = build_prop(seen, 0)
    low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
    middle = ((low + high) / 2).astype(float)
    (stands,) = base.props
    base = replace(base, props=(replace(stands, holder=None, at=(0.0, 0.0, 0.0), table=False),))
    size = 1.35 * float(np.linalg.norm(high - low))
    for name, turn in _SIDES.items():
        yield SheetView(name, _picture(_seen_from(base, middle, np.radians(turn), size, np.radians(20))))


def _place_views(seen: Seen, interior: Interior) -> Iterator[SheetView]:
    """From the front, and a quarter turn on each time, so that every side of the set is seen."""
    base = rehearse(_request(seen, 768, 432, size=ShotSize.EWS, interior=interior))
    target, view = base.framing.target, base.framing.view
    for turn, name in enumerate(("front", "right", "back", "left")):
        angle = turn * np.pi / 2
        x, y = (view.position - target)[:2]
        c, s = np.cos(angle), np.sin(angle)
        position = target + np.array((c * x - s * y, s * x + c * y, view.position[2] - target[2]))
        turned = replace(base.framing, view=looking(position, target, 0.0, view.focal))
        yield SheetView(name, _picture(replace(base, framing=turned)))
