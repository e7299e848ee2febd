"""Where the camera stands: sizes, angles, heights and kinds of picture become a framing.

Each kind of picture (single, group, over the shoulder, point of view, insert, place) proposes framings in the order
in which a director of photography would try them: first round the subject, then higher or lower, then nearer with a
wider lens. All of them have the size that was asked for; the first one from which the subject can be seen is taken.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from render.previz.camera.fit import Need, from_direction, on_film
from render.previz.camera.moves import tightest
from render.previz.camera.over import over_shoulder, point_of_view
from render.previz.camera.path import Framing, View
from render.previz.camera.setup import Proposal, Setup, Wanted, best
from render.previz.camera.sizes import (
    CROPS,
    HEIGHTS,
    PITCH,
    PROP_SHARE,
    frame_height,
    headroom,
)
from render.previz.camera.subject import Body, outermost
from render.previz.camera.things import Thing
from storyboard.camera import Angle, Height, MoveKind, ShotSize
from storyboard.camera import Framing as Kind

_CLOSE = (ShotSize.CU, ShotSize.ECU, ShotSize.MCU)
_WIDE = (ShotSize.WS, ShotSize.EWS)
_LEAD = {  # how far off the middle somebody stands who looks to the side, in frame widths
    ShotSize.EWS: 0.17,
    ShotSize.WS: 0.17,
    ShotSize.FS: 0.15,
    ShotSize.MFS: 0.13,
    ShotSize.MS: 0.12,
    ShotSize.MCU: 0.10,
    ShotSize.CU: 0.08,
    ShotSize.ECU: 0.03,
}
_SCALES = (1.0, 0.72, 0.5, 1.35)  # of the usual focal length, and with it of the distance
_RAISES = (0.0, 0.15, -0.1, 0.3)  # radians


def frame(setup: Setup) -> Framing:
    """The framing of a shot at its key moment."""
    camera, bodies = setup.camera, setup.bodies
    named = [bodies[name] for name in camera.subject if name in bodies]
    if camera.pov_of and camera.pov_of in {*setup.marks, *bodies}:
        others = [body for name, body in bodies.items() if name != camera.pov_of]
        seen = [body for body in named if body.name != camera.pov_of] or others
        if seen:
            return point_of_view(setup, seen, need_of(setup, seen), wanted_of(seen))
    thing = _thing(setup) if not named else None
    if thing is not None:
        return _insert(setup, thing)
    if camera.over and camera.over in bodies:
        others = [body for body in (named or list(bodies.values())) if body.name != camera.over]
        if others:
            need = need_of(setup, others[:1])
            return over_shoulder(setup, bodies[camera.over], others[0], need, wanted_of(others[:1]))
    people = named or list(bodies.values())
    if not people:
        return _vista(setup)
    if len(people) == 1 and camera.framing in (Kind.TWO_SHOT, Kind.GROUP):
        people = list(bodies.values())
    return _single(setup, people[0]) if len(people) == 1 else _group(setup, people)


def need_of(setup: Setup, people: list[Body], aside: float = 0.0) -> Need:
    """What the frame must hold of these people for its size."""
    size = setup.size
    low, high = CROPS[size]
    tall = max(body.height for body in people)
    top, foot, wide = headroom(size), max(0.0, -low) / (high - low), frame_height(size) * tall
    if size is ShotSize.EWS and setup.design.inside and setup.design.top:
        # Inside, the widest picture is that of the whole room.
        wide = min(wide, max(1.4 * setup.design.top, 1.25 * frame_height(ShotSize.WS) * tall))
        top, foot = (0.62 * (1 - tall / wide), 0.38 * (1 - tall / wide))
    lying = any(body.lies for body in people)
    steep = abs(PITCH[setup.camera.angle or Angle.LEVEL]) > 0.6
    least = wide if size in _WIDE else 0.9 * wide if lying else 0.75 * wide if steep else 0.0
    reach = 0.11 if size in _CLOSE else 0.16
    edges = [(*point, reach * body.height) for body in people for point in (body.face, body.at(0.6))]
    if size in _CLOSE:
        edges = edges[::2]
    if lying:
        edges = [(*point, 0.1) for body in people for point in (body.crown, body.at(max(low, 0.02)))]
    return Need(
        tops=np.concatenate([body.skull for body in people]),
        lows=np.concatenate([body.low(size, low) for body in people]),
        edges=np.array(edges),
        centre=np.mean([body.eyes for body in people], axis=0),
        headroom=top,
        foot=foot,
        margin=0.05 if len(people) == 1 else 0.5 - 0.43 * tightest(setup.camera),
        aside=aside,
        whole=len(people) > 1 or lying,
        least=least,
    )


def wanted_of(people: list[Body], *, lone: bool = False) -> list[Wanted]:
    """The faces of these people, and as much of the rest as can be."""
    return [Wanted(body.name, body.head, body.trunk, lone) for body in people]


def stand(setup: Setup, need: Need, azimuth: float, raised: float, focal: float, anchor: np.ndarray) -> Framing:
    """Off the subject in one direction, with the angle and the height that the shot asks for."""
    camera = setup.camera
    pitch = PITCH[camera.angle or Angle.LEVEL] + raised
    kinds = {move.kind for phase in camera.moves for move in phase}
    if camera.angle in (None, Angle.LEVEL) and camera.height is None:
        pitch += 0.6 * (MoveKind.TRACK_AERIAL in kinds) + 0.5 * (MoveKind.TRACK_TILT in kinds)
    lens = None
    if camera.height in HEIGHTS and camera.height is not None:
        lens = HEIGHTS[camera.height]
    elif camera.height is Height.EYE:
        lens = float(anchor[2])
    elif not pitch:
        # The lens of a level shot is between the middle of what it shows and the eyes.
        middle = (float(need.tops[:, 2].max()) + float(need.lows[:, 2].min())) / 2
        lens = (middle + float(anchor[2])) / 2
    view, target, height = from_direction(need, azimuth, pitch, focal, setup.aspect, lens)
    for _ in range(2):
        room = _room(setup, view.position, target, said=setup.said)
        if room >= 0.999:
            break
        focal = max(focal * room, 12.0)
        view, target, height = from_direction(need, azimuth, pitch, focal, setup.aspect, lens)
    return _framed(setup, view, target, height, need, anchor)


def _framed(
    setup: Setup, view: View, target: np.ndarray, height: float, need: Need, anchor: np.ndarray, tall: float = 0.0
) -> Framing:
    roll = np.radians(setup.camera.dutch)
    rolled = View(view.position, view.yaw, view.pitch, roll, view.focal)
    return Framing(
        rolled,
        target,
        height,
        anchor,
        setup.aspect,
        reach=float(need.edges[:, 3].max()),
        headroom=need.headroom,
        tall=tall,
    )


def _room(setup: Setup, position: np.ndarray, target: np.ndarray, *, said: bool) -> float:
    """How much of the way to ``position`` the walls leave: to a wall's inner side, or a little behind a wild wall."""
    shares = []
    for beyond, least in ((-0.3, 0.99 if said else 0.6), (1.1, 0.0)):
        share = 1.0
        for wall in setup.design.walls:
            normal = -np.array(wall.normal)
            out, inner = float(position[:2] @ normal), float(target[:2] @ normal)
            limit = wall.distance + beyond
            if out > limit and out > inner:
                share = min(share, max(limit - inner, 0.0) / (out - inner))
        shares.append(share if share >= least else 0.0)
    return max(shares[0] or shares[1], 0.15)


def _single(setup: Setup, body: Body) -> Framing:
    kinds = {move.kind for phase in setup.camera.moves for move in phase}

    lies = body.lies and setup.camera.angle in (None, Angle.LEVEL) and setup.camera.height is None
    raises = [raised + 0.3 for raised in _RAISES] if lies else _RAISES

    def framings() -> Iterator[Proposal]:
        for far, scale in enumerate(_SCALES):
            for up, raised in enumerate(raises):
                for round_, azimuth in enumerate(_round(setup, body, kinds)):
                    make = partial(_of_one, setup, body, azimuth, raised, setup.focal * scale)
                    yield 8.0 * far + 4.0 * up + 0.5 * round_, make

    wanted = wanted_of([body], lone=True)
    # A move behind somebody, or around them, goes where it must.
    free = bool(kinds & {MoveKind.TRACK_TAIL, MoveKind.TRACK_ARC})
    return best(setup, framings(), wanted, any_side=free)


def _of_one(setup: Setup, body: Body, azimuth: float, raised: float, focal: float) -> Framing:
    """One person from one direction, with room where they look."""
    right = np.array((-np.sin(azimuth), np.cos(azimuth)))
    lead = -_LEAD[setup.size] * float(np.array((np.cos(body.facing), np.sin(body.facing))) @ right)
    framing = stand(setup, need_of(setup, [body], lead), azimuth, raised, focal, body.eyes)
    size = float(np.linalg.norm(body.crown - body.at(0.868)))
    return replace(framing, tall=size / framing.frame_height, reach=0.16 * body.height)


def _round(setup: Setup, body: Body, kinds: set[MoveKind]) -> list[float]:
    """Directions from somebody to the camera, the best first: three quarters on, from the camera's side."""
    facing = body.facing
    across = float(np.arctan2(setup.aside[1], setup.aside[0]))
    if MoveKind.TRACK_TAIL in kinds:
        return [facing + np.pi + off for off in (-0.12, 0.12, -0.3, 0.3, -0.5, 0.5)]
    if MoveKind.TRACK_LEAD in kinds:
        return [facing + off for off in (0.12, -0.12, 0.3, -0.3, 0.5, -0.5)]
    if kinds & {MoveKind.TRACK_SIDE_LEFT, MoveKind.TRACK_SIDE_RIGHT}:
        return [across + off for off in (0.0, 0.2, -0.2, 0.4, -0.4)]
    if kinds & {MoveKind.TRUCK_LEFT, MoveKind.TRUCK_RIGHT} and body.name in setup.going:
        return [across + off for off in (0.2, -0.2, 0.0, 0.4, -0.4)]
    if body.lies:  # beside them, not over the soles of their feet
        ahead = float(np.arctan2(*(body.at(0.3) - body.crown)[[1, 0]]))
        hand = 1.0 if (across - ahead + np.pi) % (2 * np.pi) >= np.pi else -1.0
        return [ahead + sign * np.radians(off) for off in (80, 100, 60, 120) for sign in (hand, -hand)]
    if setup.size in _WIDE:  # the place is seen as much as the person: from where it is meant to be seen
        return [across + off for off in (0.35, -0.35, 0.0, 0.7, -0.7, 1.1, -1.1)]
    offs = (24, 32, 42, 55, 68, 80, 95, 12) if setup.size in _CLOSE else (40, 52, 64, 28, 76, 88, 16, 100)
    if kinds & {MoveKind.ARC_CW, MoveKind.ARC_CCW}:
        offs = (48, 60, 40, 72, 84, 30)
    # Where the camera's side is: to the left of where somebody looks, or to the right of it.
    turn = float((across - facing + np.pi) % (2 * np.pi) - np.pi)
    hand = 1.0 if turn >= 0 else -1.0
    found = [facing + hand * np.radians(off) for off in offs]
    if abs(turn) < 0.5 or setup.line is None:  # they look at the camera's side: both hands will do
        found = [facing + hand * np.radians(sign * off) for off in offs for sign in (1, -1)]
    return found


def _group(setup: Setup, people: list[Body]) -> Framing:
    across = float(np.arctan2(setup.aside[1], setup.aside[0]))
    need = need_of(setup, people)
    offs = (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6)

    def framings() -> Iterator[Proposal]:
        for far, scale in enumerate(_SCALES):
            for up, raised in enumerate(_RAISES):
                for round_, off in enumerate(offs):
                    make = partial(_of_many, setup, people, need, across + off, raised, setup.focal * scale)
                    yield 8.0 * far + 4.0 * up + 0.7 * round_, make

    return best(setup, framings(), wanted_of(people))


def _of_many(setup: Setup, people: list[Body], need: Need, azimuth: float, raised: float, focal: float) -> Framing:
    """Several people from one direction."""
    anchor = np.mean([body.eyes for body in people], axis=0)
    framing = stand(setup, need, azimuth, raised, focal, anchor)
    right = framing.view.rotation[:, 0]
    reach = max(abs(float((body.eyes - framing.anchor) @ right)) + 0.16 * body.height for body in people)
    size = max(float(np.linalg.norm(body.crown - body.at(0.868))) for body in people)
    return replace(framing, tall=size / framing.frame_height, reach=reach)


def _thing(setup: Setup) -> Thing | None:
    """The prop that the picture is about."""
    by_name = {thing.name: thing for thing in setup.things}
    named = [by_name[name] for name in setup.camera.subject if name in by_name]
    if not named and setup.camera.framing is Kind.INSERT:
        named = list(setup.things)
    return named[0] if named else None


def _insert(setup: Setup, thing: Thing) -> Framing:
    """A prop, as large as the size says, from where most of it is seen; wider ones take in what lies beside it."""
    camera, size = setup.camera, setup.size
    middle = thing.middle
    shown = [thing]
    if size not in _CLOSE and thing.holder is None:
        near = [t for t in setup.things if t.holder is None and np.hypot(*(t.middle - middle)[:2]) < 0.8]
        shown += [t for t in near if t is not thing and abs(t.middle[2] - middle[2]) < 0.4]
    own = thing.solid.vertices.astype(np.float64)
    points = np.concatenate([t.solid.vertices for t in shown]).astype(np.float64)
    own, points = outermost(own), outermost(points)
    share = PROP_SHARE[size] if len(shown) == 1 else 0.86 * tightest(camera)
    blank = (1 - share) / 2
    need = Need(
        tops=points,
        lows=points,
        edges=np.column_stack([points, np.zeros(len(points))]),
        centre=points.mean(axis=0),
        headroom=blank,
        foot=blank,
        margin=blank,
        whole=True,
        least=0.0 if len(shown) == 1 else float(np.ptp(own[:, 2])) / PROP_SHARE[size],
        kept=outermost(np.concatenate([each.solid.vertices for each in setup.passing if each.name == thing.name])),
    )
    pitches = (0.55, 0.8, 0.3, 0.1, 1.0) if camera.angle in (None, Angle.LEVEL) else (0.0, 0.25, -0.25, 0.5)
    if camera.angle is Angle.HIGH:
        pitches = (0.0, 0.3, -0.2, 0.5)
    across = float(np.arctan2(setup.aside[1], setup.aside[0]))
    middle_of_arc = across
    if thing.holder in setup.bodies:
        facing = setup.bodies[thing.holder].facing
        turn = float((across - facing + np.pi) % (2 * np.pi) - np.pi)
        middle_of_arc = facing + 0.6 * turn
    offs = (0.0, 0.35, -0.35, 0.7, -0.7, 1.05, -1.05) if thing.holder else (0.25, -0.25, 0.0, 0.5, -0.5, 0.9, -0.9)
    focal = setup.focal if setup.said else 60.0
    wanted = [Wanted(thing.name, own, np.zeros((0, 3)))]

    def framings() -> Iterator[Proposal]:
        for far, scale in enumerate((1.0, 0.7, 1.4)):
            for up, raised in enumerate(pitches):
                for round_, off in enumerate(offs):
                    make = partial(stand, setup, need, middle_of_arc + off, raised, focal * scale, middle)
                    yield 8.0 * far + 1.5 * up + 0.5 * round_, make

    return best(
        setup, framings(), wanted, any_side=True, extra=lambda framing: 14.0 * max(0.0, 0.75 - _shown(framing, own))
    )


def _shown(framing: Framing, points: np.ndarray) -> float:
    """How much of a thing's face is turned to the lens: the area of its outline, of the largest that it could be."""
    import cv2

    x, y, _ = on_film(framing.view, points, framing.aspect).T
    hull = cv2.convexHull(np.stack([x, y], -1).astype(np.float32))
    across = max(float(np.ptp(x)), float(np.ptp(y)), 1e-6)
    low, high = points.min(axis=0), points.max(axis=0)
    sides = np.sort(high - low)
    most = float(sides[1] * sides[2]) / max(float(sides[2]) ** 2, 1e-9)
    return min(1.0, float(cv2.contourArea(hull)) / across**2 / max(most, 1e-6))


def _vista(setup: Setup) -> Framing:
    """A place with nobody in it."""
    inside = setup.design.half is not None
    focal = setup.focal
    heights = {ShotSize.EWS: 3.4, ShotSize.WS: 3.0} if inside else {ShotSize.EWS: 9.0, ShotSize.WS: 6.0}
    height = heights.get(setup.size, 2.4 if inside else 3.0)
    target = np.array((0.0, 0.0, 1.15)) if inside else np.array((0.0, 1.5 * setup.stage.side, 2.2))
    top, bottom = target + (0, 0, height / 2), target - (0, 0, height / 2)
    point = np.stack([target])
    need = Need(np.stack([top]), np.stack([bottom]), np.column_stack([point, np.zeros(1)]), target, 0.0, least=height)
    across = float(np.arctan2(setup.aside[1], setup.aside[0]))
    offs = (0.38, -0.38, 0.7, -0.7, 0.1, 1.0, -1.0, 1.4, -1.4)

    def framings() -> Iterator[Proposal]:
        for far, scale in enumerate(_SCALES):
            for up, raised in enumerate(_RAISES):
                for round_, off in enumerate(offs):
                    make = partial(stand, setup, need, across + off, raised, focal * scale, target)
                    yield 8.0 * far + 4.0 * up + 0.5 * round_, make

    return best(setup, framings(), [Wanted("", point, np.zeros((0, 3)))], any_side=True)
