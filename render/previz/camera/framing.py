"""Where the camera stands: sizes, angles, heights and kinds of picture become a framing."""

import numpy as np

from render.previz.acting.actor import Actor
from render.previz.acting.prop_places import PropPlace
from render.previz.camera.path import SENSOR, Framing, looking
from render.previz.figures.head import EYES
from render.previz.sets.design import SetDesign
from storyboard.camera import Angle, Camera, Height, MoveKind, ShotSize
from storyboard.camera import Framing as Kind

# For each size: the lowest and the highest thing in frame, as shares of the person's height. A size is the
# standard crop of a person; the rest of the frame is headroom.
CROPS: dict[ShotSize, tuple[float, float]] = {
    ShotSize.EWS: (-1.9, 3.1),
    ShotSize.WS: (-0.42, 1.38),
    ShotSize.FS: (-0.07, 1.10),
    ShotSize.MFS: (0.36, 1.08),
    ShotSize.MS: (0.52, 1.07),
    ShotSize.MCU: (0.68, 1.055),
    ShotSize.CU: (0.79, 1.035),
    ShotSize.ECU: (0.868, 0.992),
}
_LENS = {
    ShotSize.EWS: 24.0,
    ShotSize.WS: 28.0,
    ShotSize.FS: 32.0,
    ShotSize.MFS: 35.0,
    ShotSize.MS: 40.0,
    ShotSize.MCU: 50.0,
    ShotSize.CU: 75.0,
    ShotSize.ECU: 100.0,
}
_PITCH = {
    Angle.BIRDS_EYE: np.radians(84),
    Angle.HIGH: np.radians(28),
    Angle.LEVEL: 0.0,
    Angle.LOW: np.radians(-20),
    Angle.WORMS_EYE: np.radians(-52),
}
_HEIGHTS = {
    Height.AERIAL: 16.0,
    Height.OVERHEAD: 5.0,
    Height.HIP: 0.95,
    Height.GROUND: 0.18,
    Height.WATER: 0.12,
}
LEAST_HEIGHT = 0.12  # metres: the lens does not go into the ground


def frame(
    camera: Camera,
    actors: list[Actor],
    props: list[PropPlace],
    design: SetDesign,
    side: int,
    aspect: float,
    key: float,
) -> Framing:
    """The framing of a shot at its key moment ``key`` (seconds)."""
    size = camera.size or ShotSize.MS
    by_name = {actor.seen.name: actor for actor in actors}
    if camera.pov_of and camera.pov_of in by_name:
        return _pov(camera, by_name, size, aspect, key, side)
    named = [by_name[name] for name in camera.subject if name in by_name]
    prop = _prop_subject(camera, props, by_name, key)
    if prop is not None and not named:
        return _prop_framing(camera, prop, size, aspect, side)
    if camera.over and camera.over in by_name:
        others = [actor for actor in (named or actors) if actor.seen.name != camera.over]
        if others:
            return _over(camera, by_name[camera.over], others[0], size, aspect, key, side)
    people = named or actors
    if not people:
        return _vista(camera, design, size, aspect, side)
    if len(people) == 1 and camera.framing not in (Kind.TWO_SHOT, Kind.GROUP):
        others = [actor for actor in actors if actor is not people[0]]
        return _clear(camera, people[0], others, design, size, aspect, key, side)
    group = _group(camera, people if len(people) > 1 else actors, size, aspect, key, side)
    return _on_stage(group, design, aspect)


def _clear(
    camera: Camera,
    actor: Actor,
    others: list[Actor],
    design: SetDesign,
    size: ShotSize,
    aspect: float,
    key: float,
    side: int,
) -> Framing:
    """One person with nobody standing before them: the camera goes round until the view is free."""
    close = size in (ShotSize.CU, ShotSize.ECU, ShotSize.MCU)
    tried = [
        _on_stage(_single(camera, actor, size, aspect, key, side, np.radians(off)), design, aspect)
        for off in ((24, 32, 42, 55, 68, 80, 90) if close else (40, 52, 64, 76, 88, 92))
    ]
    return next((framing for framing in tried if not _hidden(framing, others, aspect, key)), tried[-1])


def _hidden(framing: Framing, others: list[Actor], aspect: float, key: float) -> bool:
    """Whether somebody stands in the picture nearer to the lens than what it is about."""
    view, half = framing.view, framing.frame_height * aspect / 2 / framing.distance
    forward, right = view.rotation[:, 2], view.rotation[:, 0]
    for other in others:
        place = other.place(key)
        way = np.array((place[0], place[1], view.position[2])) - view.position
        depth = float(way @ forward)
        if 0 < depth < 0.94 * framing.distance and abs(float(way @ right)) < half * depth + 0.35:
            return True
    return False


def _on_stage(framing: Framing, design: SetDesign, aspect: float) -> Framing:
    """Indoors the camera stands no farther off than a wild wall allows, and takes a wider lens for it."""
    if design.half is None:
        return framing
    view, target = framing.view, framing.target
    way = view.position - target
    reach = framing.distance
    for axis, half in enumerate(design.half):
        if abs(way[axis]) > 1e-6:
            wall = (half + 1.1) * np.sign(way[axis]) - target[axis]
            reach = min(reach, framing.distance * max(wall / way[axis], 0.15))
    height = min(framing.frame_height, 1.35 * design.top) if design.top else framing.frame_height
    if reach >= framing.distance and height == framing.frame_height:
        return framing
    focal = max(reach * SENSOR / (height * aspect), 15.0)
    position = target + way * (reach / framing.distance)
    return Framing(type(view)(position, view.yaw, view.pitch, view.roll, focal), target, height)


def _focal(camera: Camera, size: ShotSize) -> float:
    return camera.lens_mm or _LENS[size]


def _distance(frame_height: float, focal: float, aspect: float) -> float:
    """How far a camera stands so that the frame is this high there."""
    return frame_height * focal * aspect / SENSOR


def _stand(
    camera: Camera, target: np.ndarray, azimuth: float, distance: float, focal: float, frame_height: float
) -> Framing:
    """Stand off ``target`` in direction ``azimuth``, raised or lowered by the angle and the height."""
    pitch = _PITCH[camera.angle or Angle.LEVEL]
    away = np.array((np.cos(azimuth) * np.cos(pitch), np.sin(azimuth) * np.cos(pitch), np.sin(pitch)))
    position = target + away * distance
    if camera.height is not None and camera.height in _HEIGHTS:
        position[2] = _HEIGHTS[camera.height]
    position[2] = max(position[2], LEAST_HEIGHT)
    view = looking(position, target, np.radians(camera.dutch), focal)
    return Framing(view, target, frame_height)


def _single(camera: Camera, actor: Actor, size: ShotSize, aspect: float, key: float, side: int, off: float) -> Framing:
    low, high = _crop(actor, size)
    place = actor.place(key)
    target = np.array((place[0], place[1], (low + high) / 2))
    focal, height = _focal(camera, size), high - low
    kinds = {move.kind for phase in camera.moves for move in phase}
    facing = actor.heading(key)
    if MoveKind.TRACK_TAIL in kinds:
        azimuth = facing + np.pi - 0.12
    elif MoveKind.TRACK_LEAD in kinds:
        azimuth = facing + 0.12
    elif kinds & {MoveKind.TRACK_SIDE_LEFT, MoveKind.TRACK_SIDE_RIGHT}:
        azimuth = -side * np.pi / 2
    else:
        azimuth = _from_side(facing, side, off)
    framing = _stand(camera, target, azimuth, _distance(height, focal, aspect), focal, height)
    return _with_lead_room(framing, facing, aspect)


def _with_lead_room(framing: Framing, facing: float, aspect: float) -> Framing:
    """Put the person a little off the middle, with room where they look."""
    right = framing.view.rotation[:, 0]
    looks = np.array((np.cos(facing), np.sin(facing), 0.0)) @ right
    shift = right * looks * 0.11 * framing.frame_height * min(aspect, 1.8)
    view = framing.view
    moved = type(view)(view.position + shift, view.yaw, view.pitch, view.roll, view.focal)
    return Framing(moved, framing.target + shift, framing.frame_height)


def _crop(actor: Actor, size: ShotSize) -> tuple[float, float]:
    """Lowest and highest thing in frame, metres above the ground, for a person as they sit or stand."""
    low, high = CROPS[size]
    h = actor.height
    drop = EYES * h - actor.eye_height()
    bottom = low * h - (drop if size not in (ShotSize.FS, ShotSize.WS, ShotSize.EWS) else 0.0)
    return bottom, high * h - drop


def _from_side(facing: float, side: int, off: float) -> float:
    """A direction in front of somebody, ``off`` to the camera's side of the line of action (−y for side 1)."""
    ahead = np.array((np.cos(facing), np.sin(facing)))
    aside = np.array((0.0, -float(side)))
    if abs(ahead @ aside) > 0.9:  # facing the camera's side already: come from a little beside
        return float(facing + off * 0.8) if ahead @ aside > 0 else float(np.arctan2(aside[1], aside[0])) + 0.35
    aside = aside - ahead * (ahead @ aside)
    aside /= max(float(np.linalg.norm(aside)), 1e-9)
    way = ahead * np.cos(off) + aside * np.sin(off)
    return float(np.arctan2(way[1], way[0]))


def _group(camera: Camera, people: list[Actor], size: ShotSize, aspect: float, key: float, side: int) -> Framing:
    places = np.array([actor.place(key) for actor in people])
    tallest = max(people, key=lambda actor: actor.height)
    low, high = _crop(tallest, size)
    spread = float(np.ptp(places[:, 0])) + 0.75
    height = max(high - low, spread / aspect / 0.9)
    focal = _focal(camera, size)
    centre = (places.min(axis=0) + places.max(axis=0)) / 2
    target = np.array((centre[0], centre[1], high - height / 2))
    off = 0.0 if camera.framing is Kind.TWO_SHOT else 0.22
    azimuth = -side * np.pi / 2 + off
    return _stand(camera, target, azimuth, _distance(height, focal, aspect), focal, height)


def _over(camera: Camera, over: Actor, subject: Actor, size: ShotSize, aspect: float, key: float, side: int) -> Framing:
    """Over one person's shoulder on another: the shoulder fills a third of the frame, the face is free."""
    low, high = _crop(subject, size)
    there, here = subject.place(key), over.place(key)
    target = np.array((there[0], there[1], (low + high) / 2))
    back = here - there
    gap = float(np.linalg.norm(back))
    back = back / max(gap, 1e-6)
    aside = np.array((0.0, -float(side)))
    aside = aside - back * (back @ aside)
    aside /= max(float(np.linalg.norm(aside)), 1e-9)
    # The subject stands on the free side of the frame; the near head comes in as far as that leaves room.
    height = high - low
    eye = max(over.eye_height() + 0.06, LEAST_HEIGHT)
    framing = _past_shoulder(camera, here + back * 0.8, aside, eye, target, height, aspect, 0.0)
    near, far = 0.0, 1.2
    for _ in range(24):
        middle = (near + far) / 2
        framing = _past_shoulder(camera, here + back * 0.8, aside, eye, target, height, aspect, middle)
        head = np.array((here[0], here[1], over.eye_height())) - framing.view.position
        right, _, forward = framing.view.rotation.T
        half = SENSOR / 2 / framing.view.focal * float(head @ forward)
        inner = (abs(float(head @ right)) - 0.075 * over.height) / half
        near, far = (middle, far) if inner < _SHOULDER_LINE else (near, middle)
    return framing


_SHOULDER_LINE = 0.42  # where the near head begins, in half frame widths from the middle


def _past_shoulder(
    camera: Camera,
    stand: np.ndarray,
    aside: np.ndarray,
    eye: float,
    target: np.ndarray,
    height: float,
    aspect: float,
    step: float,
) -> Framing:
    """Behind somebody and ``step`` metres beside them, looking at ``target`` a little off the middle."""
    spot = stand + aside * step
    position = np.array((spot[0], spot[1], eye))
    away = float(np.linalg.norm(target - position))
    focal = float(np.clip(away * SENSOR / (height * aspect), 18, 150))
    straight = looking(position, target, np.radians(camera.dutch), focal)
    right = straight.rotation[:, 0]
    free = np.sign(float(right[:2] @ aside)) or 1.0
    shifted = target - right * free * 0.13 * height * min(aspect, 1.8)
    return Framing(looking(position, shifted, np.radians(camera.dutch), focal), shifted, height)


def _pov(camera: Camera, by_name: dict[str, Actor], size: ShotSize, aspect: float, key: float, side: int) -> Framing:
    eyes = by_name[camera.pov_of or ""]
    here = eyes.place(key)
    position = np.array((here[0], here[1], eyes.eye_height()))
    others = [by_name[n] for n in camera.subject if n in by_name and n != camera.pov_of]
    others = others or [actor for name, actor in by_name.items() if name != camera.pov_of]
    if others:
        low, high = _crop(others[0], size)
        place = others[0].place(key)
        target = np.array((place[0], place[1], (low + high) / 2))
        away = float(np.linalg.norm(target - position))
        focal = float(np.clip(away * SENSOR / ((high - low) * aspect), 16, 150))
        return Framing(looking(position, target, np.radians(camera.dutch), focal), target, high - low)
    ahead = np.array((0.0, float(side), 0.0))
    focal = _focal(camera, size)
    target = position + ahead * 8.0
    return Framing(looking(position, target, np.radians(camera.dutch), focal), target, 8 * SENSOR / focal / aspect)


def _prop_subject(
    camera: Camera, props: list[PropPlace], by_name: dict[str, Actor], key: float
) -> tuple[np.ndarray, float, Actor | None] | None:
    """Where the prop that the camera is about is, its size, and who holds it."""
    from render.previz.figures.props import build_prop

    wanted = [p for p in props if p.seen.name in camera.subject]
    if not wanted and camera.framing is Kind.INSERT and props:
        wanted = props[:1]
    if not wanted:
        return None
    prop = wanted[0]
    tall = max(build_prop(prop.seen, 0)[1], 0.12)
    if prop.holder and prop.holder in by_name:
        actor = by_name[prop.holder]
        at = held_at(actor, key)
        return at - (0, 0, 0.45 * tall), tall, actor
    return np.array(prop.at) + (0, 0, 0.45 * tall), tall, None


def held_at(actor: Actor, time: float) -> np.ndarray:
    """Where the hand that holds a prop is, float64[3]."""
    from render.previz.figures.figure import build_figure

    return build_figure(actor.seen, 0).hand(actor.pose(time))  # type: ignore[arg-type]


def _prop_framing(
    camera: Camera, prop: tuple[np.ndarray, float, Actor | None], size: ShotSize, aspect: float, side: int
) -> Framing:
    centre, tall, holder = prop
    wide = {ShotSize.ECU: 1.15, ShotSize.CU: 1.9, ShotSize.MCU: 2.6}.get(size, 3.2)
    height = max(tall, 0.16) * wide
    focal = camera.lens_mm or 60.0
    azimuth = -side * np.pi / 2 + 0.3
    if holder is not None:
        azimuth = _from_side(holder.facing, side, np.radians(50))
    angled = camera if camera.angle not in (None, Angle.LEVEL) else camera.model_copy(update={"angle": Angle.HIGH})
    return _stand(angled, centre, azimuth, _distance(height, focal, aspect), focal, height)


def _vista(camera: Camera, design: SetDesign, size: ShotSize, aspect: float, side: int) -> Framing:
    """A place with nobody in it."""
    focal = camera.lens_mm or 24.0
    if design.half is not None:
        target = np.array((0.0, 0.0, 1.15))
        height = {ShotSize.EWS: 3.4, ShotSize.WS: 3.0}.get(size, 2.4)
    else:
        target = np.array((0.0, 1.5, 2.2))
        height = {ShotSize.EWS: 9.0, ShotSize.WS: 6.0}.get(size, 3.0)
    return _stand(camera, target, -side * np.pi / 2 + 0.38, _distance(height, focal, aspect), focal, height)
