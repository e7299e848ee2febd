"""The rehearsal: a shot in 3D, frame by frame, with what a take of it should show."""

import functools
import itertools
from dataclasses import dataclass

import numpy as np

from render.previz.acting.actor import Actor
from render.previz.acting.blocking import perform
from render.previz.acting.furniture import furniture
from render.previz.acting.prop_places import PropPlace
from render.previz.camera.clearance import struck
from render.previz.camera.focus import sharp_distance
from render.previz.camera.foreground import crowding
from render.previz.camera.framing import frame
from render.previz.camera.moves import arrival, view_at
from render.previz.camera.path import Framing, View, played
from render.previz.camera.setup import Setup
from render.previz.camera.subject import body_of
from render.previz.camera.things import Thing, things_of
from render.previz.look.light import Light, light_for
from render.previz.sets.build import build_set
from render.previz.sets.design import SetDesign
from render.request import Request
from storyboard.camera import Camera
from storyboard.hashing import seed_from


@dataclass(frozen=True)
class Rehearsal:
    """A blocked and framed shot; frames are traced when they are asked for."""

    request: Request
    actors: tuple[Actor, ...]
    props: tuple[PropPlace, ...]
    design: SetDesign
    light: Light
    framing: Framing
    names: dict[int, str]  # entity id → the bible's name
    key: float  # the key moment of the action, seconds: the framing is made for it
    struck: frozenset[int]  # pieces of the set that are taken out for this shot, by index

    @property
    def length(self) -> float:
        """Seconds of the shot, without handles."""
        request = self.request
        return float(max(request.frames_of_shot, 1) / request.rate)

    def time(self, index: int) -> float:
        """Seconds since the shot's first frame, of the take's frame ``index``; negative in the head."""
        request = self.request
        return float((index + request.offset - request.head) / request.rate)

    def view(self, index: int) -> View:
        """The camera at frame ``index`` of the request."""
        return _view(self.request, self.framing, self.time(index), self.length, self._lead, self.key)

    def action_time(self, index: int) -> float:
        """Seconds into the action at frame ``index``: the camera's time, as the playback bends it."""
        return played(self.time(index), self.length, self.request.camera.playback)

    def sharp(self, index: int) -> float | None:
        """How far off frame ``index`` is sharp, metres along the axis; None where all of it is."""
        focus = self.request.camera.focus
        if focus is None:
            return None
        time = self.action_time(index)
        about = self.framing.anchor.copy()
        if self._lead is not None:
            about[:2] += self._lead.place(time) - self._lead.place(self.key)

        def where(name: str) -> np.ndarray | None:
            for actor in self.actors:
                if actor.seen.name == name and not actor.is_off(time):
                    return actor.eyes(time)
            props = [prop for prop in self.props if prop.seen.name == name]
            return things_of(props, self.actors, time)[0].middle if props else None

        return sharp_distance(focus, self.view(index), self.time(index) / self.length, about, where)

    @functools.cached_property
    def _lead(self) -> Actor | None:
        """Whom tracking moves follow."""
        return lead_of(self.request, self.actors)


def _view(request: Request, framing: Framing, time: float, length: float, lead: Actor | None, key: float) -> View:
    followed = np.zeros(3)
    if lead is not None:
        followed[:2] = lead.place(played(time, length, request.camera.playback)) - lead.place(key)
    return view_at(framing, request.camera, time, length, followed, seed_from("handheld", request.seed))


def lead_of(request: Request, actors: tuple[Actor, ...]) -> Actor | None:
    """Whom the camera is about: whom a move follows, else the first subject, else whoever is there."""
    moves = [move for phase in request.camera.moves for move in phase]
    wanted = [move.subject for move in moves if move.subject] + list(request.camera.subject)
    by_name = {actor.seen.name: actor for actor in actors}
    return next((by_name[name] for name in wanted if name in by_name), actors[0] if actors else None)


_STEPS = 24


def key_moment(camera: Camera, lead: Actor | None, length: float) -> float:
    """When the framing must be right, in seconds of the action.

    When a pan or a tilt has arrived; else the middle of the shot, or, where whom it is about is then on their way,
    the middle of the longest time that they stand.
    """
    if (arrived := arrival(camera, length)) is not None:
        return played(arrived, length, camera.playback)
    middle = played(0.5 * length, length, camera.playback)
    if lead is None or any(move.kind.value.startswith("tr") for phase in camera.moves for move in phase):
        return middle
    times = [length * step / _STEPS for step in range(_STEPS + 1)]
    places = [lead.place(played(time, length, camera.playback)) for time in times]
    away = [lead.is_off(played(time, length, camera.playback)) for time in times]
    stills = [bool(np.hypot(*(b - a)) < 0.01) for a, b in itertools.pairwise(places)]
    stills = [still and not gone for still, gone in zip(stills, away, strict=False)]
    if stills[_STEPS // 2] or stills[_STEPS // 2 - 1] or sum(stills) < 0.3 * _STEPS:
        return middle
    runs: list[tuple[int, int]] = []
    begun = None
    for step, still in enumerate([*stills, False]):
        if still and begun is None:
            begun = step
        elif not still and begun is not None:
            runs.append((begun, step))
            begun = None
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return played((times[first] + times[last]) / 2, length, camera.playback)


def facing_of(actor: Actor, request: Request, key: float, length: float) -> float:
    """Which way somebody mostly faces in a shot, radians; what counts most is where they face while they speak."""
    if _goes(actor, key):
        return actor.heading(key)
    if actor.perch is not None and actor.track.posture_at(key) == "sit":  # they turn no more than their heads
        poses = [actor.pose(played(length * share, length, request.camera.playback)) for share in (0.1, 0.5, 0.9)]
        return float(np.angle(np.mean([np.exp(1j * (pose.facing + pose.twist + pose.head_turn)) for pose in poses])))
    times = [played(length * step / _STEPS, length, request.camera.playback) for step in range(_STEPS + 1)]
    turns, weights = [actor.heading(key)], [0.5]
    for time in times:
        if not actor.is_off(time):
            turns.append(actor.heading(time))
            weights.append(1.0 + 4.0 * any(begins <= time < ends for begins, ends in actor.speaks))
    return float(np.angle(np.sum(np.array(weights) * np.exp(1j * np.array(turns)))))


def _goes(actor: Actor, time: float) -> bool:
    return bool(np.hypot(*(actor.place(time + 0.1) - actor.place(time - 0.1))) > 0.05)


def rehearse(request: Request) -> Rehearsal:
    """Block and frame a shot. A function of the request alone; nothing is traced yet."""
    stage = request.stage
    design = build_set(stage.place, stage.interior, stage.time, stage.weather)  # type: ignore[arg-type]
    played_by = perform(request)
    actors, props = played_by.actors, played_by.props
    length = float(max(request.frames_of_shot, 1) / request.rate)
    lead = lead_of(request, actors)
    key = key_moment(request.camera, lead, length)
    begin = -float(request.head / request.rate)
    end = length + float(request.tail / request.rate)

    def path(framing: Framing, steps: int = 4) -> list[View]:
        times = [begin + (end - begin) * step / steps for step in range(steps + 1)]
        views = [_view(request, framing, time, length, lead, key) for time in times]
        return views[:1] if all(view.same(views[0]) for view in views) else views

    setup = Setup(
        camera=request.camera,
        stage=stage,
        design=design,
        bodies={
            actor.seen.name: body_of(actor, key, facing_of(actor, request, key, length))
            for actor in actors
            if actor is lead or not actor.is_off(key)
        },
        things=(*things_of(props, actors, key), *(Thing("", solid, None) for solid in furniture(actors))),
        marks={name: mark.at for name, mark in played_by.marks.items()},
        aspect=request.width / request.height,
        path=path,
        passing=tuple(thing for share in (0.1, 0.5, 0.9) for thing in things_of(props, actors, share * length)),
        going=frozenset(actor.seen.name for actor in actors if _goes(actor, key)),
    )
    framing = frame(setup)
    views = path(framing, 12)
    perches = [actor.perch.at for actor in actors if actor.perch is not None]
    gone = struck(design, framing, views, framing.anchor[None], perches)
    places = [actor.place(share * length) for actor in actors for share in (0.0, 0.5, 1.0)]
    words = " ".join(beat.text for beat in stage.beats).lower()
    gone |= crowding(design, framing, views, gone, places, words)
    names = {index + 1: seen.name for index, seen in enumerate((*stage.cast, *stage.props))}
    light = light_for(stage.time, stage.weather, design)
    return Rehearsal(request, actors, props, design, light, framing, names, key, gone)
