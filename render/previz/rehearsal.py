"""The rehearsal: a shot in 3D, frame by frame, with what a take of it should show."""

import functools
from dataclasses import dataclass

import numpy as np

from render.previz.acting.actor import Actor
from render.previz.acting.blocking import block
from render.previz.acting.prop_places import PropPlace, place_props
from render.previz.camera.framing import frame
from render.previz.camera.path import Framing, View, played, view_at
from render.previz.look.light import Light, light_for
from render.previz.sets.build import build_set
from render.previz.sets.design import SetDesign
from render.request import Request
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
        request = self.request
        followed = np.zeros(3)
        if self._lead is not None:
            seen = self.action_time(index)
            key = self._key
            followed[:2] = self._lead.place(seen) - self._lead.place(key)
        seed = seed_from("handheld", request.seed)
        return view_at(self.framing, request.camera, self.time(index), self.length, followed, seed)

    def action_time(self, index: int) -> float:
        """Seconds into the action at frame ``index``: the camera's time, as the playback bends it."""
        return played(self.time(index), self.length, self.request.camera.playback)

    @property
    def _key(self) -> float:
        return key_moment(self.length)

    @functools.cached_property
    def _lead(self) -> Actor | None:
        """Whom tracking moves follow."""
        moves = [move for phase in self.request.camera.moves for move in phase]
        wanted = [move.subject for move in moves if move.subject] + list(self.request.camera.subject)
        by_name = {actor.seen.name: actor for actor in self.actors}
        return next((by_name[name] for name in wanted if name in by_name), self.actors[0] if self.actors else None)


def key_moment(length: float) -> float:
    """When the framing must be right: the middle of the shot."""
    return 0.5 * length


def rehearse(request: Request) -> Rehearsal:
    """Block and frame a shot. A function of the request alone; nothing is traced yet."""
    stage = request.stage
    design = build_set(stage.place, stage.interior)  # type: ignore[arg-type]
    actors = tuple(block(request))
    props = tuple(place_props(stage))
    length = float(max(request.frames_of_shot, 1) / request.rate)
    aspect = request.width / request.height
    framing = frame(request.camera, list(actors), list(props), design, stage.side, aspect, key_moment(length))
    names = {index + 1: seen.name for index, seen in enumerate((*stage.cast, *stage.props))}
    light = light_for(stage.time, stage.weather, inside=design.inside)
    return Rehearsal(request, actors, props, design, light, framing, names)
