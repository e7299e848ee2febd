"""A take's own rehearsal: what is blocked, framed and lit otherwise than was asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from characters.seen import Figure as Body
from characters.seen import Kind as Entity
from characters.seen import Seen
from render.previz.acting.actor import Actor
from render.previz.acting.company import Company
from render.previz.acting.floor import floor_of
from render.previz.acting.motion import Track
from render.previz.acting.steps import plan_feet
from render.previz.camera.path import SENSOR, View
from render.previz.drift.camera import troubled
from render.previz.drift.draw import Departure, Fault, Honest
from render.previz.drift.kinds import CAMERA, Kind
from render.previz.drift.parts import mixed, without
from render.previz.look.light import Light
from render.previz.rehearsal import Rehearsal, rehearse
from render.previz.sets.build import build_set
from render.request import Request
from storyboard.camera import ShotSize
from storyboard.hashing import seed_from

_TOPS = ("beige raincoat", "black leather jacket", "light blue shirt", "maroon sweater", "white t-shirt", "grey suit")
_BOTTOMS = ("blue jeans", "black trousers", "khaki trousers")
_HAIR = ("short brown hair", "long blonde hair", "grey hair", "bald")
_ALL_OF_IT = 1.0


@dataclass(frozen=True)
class TakeRehearsal(Rehearsal):
    """A rehearsal as one take plays it.

    ``amount`` is the share of the camera's move that is seen; ``speed`` how fast time runs; ``cut`` the unplanned
    cut after which it is seen, if it is.
    """

    honest: Honest = None  # type: ignore[assignment]
    amount: float = _ALL_OF_IT
    speed: float = 1.0
    cut: Fault | None = None

    def time(self, index: int) -> float:
        """Seconds since the shot's first frame; time runs from the take's first frame on."""
        request = self.request
        return float(((index + request.offset) * self.speed - request.head) / float(request.rate))

    def action_time(self, index: int) -> float:
        """Seconds into the action, everybody a little early or late."""
        jump = float(str(self.cut.details["jump"])) if self.cut is not None else 0.0
        return super().action_time(index) + self.honest.phase + jump

    def view(self, index: int) -> View:
        """The camera at frame ``index``."""
        view = super().view(index)
        if self.amount != _ALL_OF_IT:
            view = _between(self.framing.view, view, self.amount)
        zoom, turn = self.honest.scale, 0.0
        if self.cut is not None:
            zoom *= float(str(self.cut.details["zoom"]))
            turn = float(np.radians(float(str(self.cut.details["turn"]))))
        across, down = self.honest.shift
        wide = SENSOR / view.focal
        return replace(
            view,
            focal=view.focal * zoom,
            yaw=view.yaw + float(np.arctan(across * wide)) + turn,
            pitch=view.pitch + float(np.arctan(down * wide * self.request.height / self.request.width)),
        )


def _between(still: View, moving: View, amount: float) -> View:
    """A part of the way from one view to the other."""

    def mixed_with(one: float, other: float) -> float:
        return one + amount * (other - one)

    return View(
        still.position + amount * (moving.position - still.position),
        mixed_with(still.yaw, moving.yaw),
        mixed_with(still.pitch, moving.pitch),
        mixed_with(still.roll, moving.roll),
        float(still.focal * (moving.focal / still.focal) ** amount),
    )


def staged_take(request: Request, departure: Departure) -> TakeRehearsal:
    """The take's rehearsal before anything of people, props or place is wrong: ``with_faults`` adds that."""
    asked = _asked_wrongly(request, departure)
    plain = rehearse(asked)
    camera = departure.of(*CAMERA)
    speeds = [f for f in departure.of(Kind.HALF_SPEED) if f.details["way"] == "smooth"]
    given = {each.name: getattr(plain, each.name) for each in fields(Rehearsal)}
    given["light"] = _varied(plain.light, departure.honest)
    return TakeRehearsal(
        **given,
        honest=departure.honest,
        amount=float(str(camera[0].details["amount"])) if camera else _ALL_OF_IT,
        speed=float(str(speeds[0].details["speed"])) if speeds else 1.0,
    )


def _asked_wrongly(request: Request, departure: Departure) -> Request:
    """The request with another camera, where that is what goes wrong."""
    camera = request.camera
    for fault in departure.of(*CAMERA):
        camera = troubled(camera, fault.kind, str(fault.details.get("move", "")))
    for fault in departure.of(Kind.SIZE):
        camera = camera.model_copy(update={"size": ShotSize(str(fault.details["shown"]))})
    return request if camera == request.camera else request.model_copy(update={"camera": camera})


def _varied(light: Light, honest: Honest) -> Light:
    """The same light, a little stronger and from a little elsewhere."""
    turn = np.radians(honest.turn)
    x, y, z = light.key_to
    c, s = float(np.cos(turn)), float(np.sin(turn))

    def by(colour: tuple[float, float, float], factor: float) -> tuple[float, float, float]:
        return colour[0] * factor, colour[1] * factor, colour[2] * factor

    return replace(
        light,
        key_to=(c * x - s * y, s * x + c * y, z),
        key=by(light.key, honest.key),
        above=by(light.above, honest.fill),
        below=by(light.below, honest.fill),
    )


def with_faults(take: TakeRehearsal, faults: tuple[Fault, ...], alternatives: tuple[Seen, ...]) -> TakeRehearsal:
    """The take with these faults of who and what is seen, as far as they change what is built from words."""
    actors = tuple(replace(actor, seen=_as_seen(actor.seen, faults, alternatives)) for actor in take.actors)
    props = tuple(replace(prop, seen=_as_seen(prop.seen, faults, alternatives)) for prop in take.props)
    take = replace(take, actors=actors, props=props)
    stage = take.request.stage
    if (place := _as_seen(stage.place, faults, alternatives)) != stage.place:
        design = build_set(place, stage.interior)  # type: ignore[arg-type]
        if len(design.pieces) == len(take.design.pieces):  # what is taken out for the camera is known by number
            take = replace(take, design=design)
    for fault in faults:
        if fault.kind is Kind.STRANGER:
            take = _with_stranger(take, fault)
    return take


def _as_seen(seen: Seen, faults: tuple[Fault, ...], alternatives: tuple[Seen, ...]) -> Seen:
    for fault in faults:
        if fault.of != seen.name:
            continue
        if fault.kind in (Kind.LOOK, Kind.STATE):
            shown = fault.details["shown"]
            other = next(a for a in alternatives if a.name == seen.name and (a.look or a.state or "default") == shown)
            attributes = fault.details["attributes"]
            seen = mixed(
                seen, other, frozenset(str(a) for a in attributes) if isinstance(attributes, list) else frozenset()
            )
        elif fault.kind is Kind.MISSING and seen.kind is Entity.CHARACTER:
            seen = without(seen, fault.part or "")
    return seen


def stranger(seed: int) -> Seen:
    """Somebody whom nobody asked for."""
    chance = np.random.default_rng(seed)

    def one(words: tuple[str, ...]) -> str:
        return words[int(chance.integers(len(words)))]

    return Seen(
        name="A STRANGER",
        kind=Entity.CHARACTER,
        locked=(("top", one(_TOPS)), ("trousers", one(_BOTTOMS)), ("hair", one(_HAIR))),
        figure=Body(height=round(float(chance.uniform(1.58, 1.92)), 2)),
        invented=True,
    )


def _with_stranger(take: TakeRehearsal, fault: Fault) -> TakeRehearsal:
    """Put a stranger in frame: slight is small, far behind and near the edge, gross is beside the subject."""
    seed = seed_from("stranger", take.honest.seed)
    spot = _spot(take, fault.severity, seed)
    if spot is None:
        return take
    view = take.framing.view
    facing = float(np.arctan2(*(view.position[:2] - spot)[::-1])) + (seed % 200 - 100) / 100 * 0.9
    who = stranger(seed)
    track = Track(who.figure.height if who.figure else 1.7, (float(spot[0]), float(spot[1])), facing)
    actor = Actor(
        seen=who,
        mark=spot,
        track=track,
        feet=plan_feet(track),
        company=Company(),
        phase=(seed % 628) / 100,
        middle=0.5 * take.length,
    )
    number = max(take.names, default=0) + 1
    return replace(take, actors=(*take.actors, actor), names={**take.names, number: actor.seen.name})


def _spot(take: TakeRehearsal, severity: float, seed: int) -> np.ndarray | None:
    """Where a stranger can stand so as to be seen, float64[2]: the free place nearest to what the severity wants."""
    view = take.framing.view
    floor = floor_of(take.request.stage.place, take.request.stage.interior)  # type: ignore[arg-type]
    away = max(take.framing.distance, 0.8)
    half = SENSOR / view.focal / 2
    side = 1 if seed % 2 else -1
    wanted_far, wanted_across = 1.35 + 1.6 * (1 - severity), side * (0.45 + 0.4 * (1 - severity))
    found: tuple[float, np.ndarray] | None = None
    forward = np.array((np.cos(view.yaw), np.sin(view.yaw)))
    right = np.array((np.sin(view.yaw), -np.cos(view.yaw)))
    for far in np.arange(0.9, 4.01, 0.15):
        for across in np.arange(-0.9, 0.91, 0.1):
            depth = far * away
            spot = view.position[:2] + forward * depth + right * (across * half * depth)
            if floor.room(spot) < 0.3 or depth < 1.0:
                continue
            people = [actor.place(take.key) for actor in take.actors]
            if any(np.hypot(*(spot - place)) < 0.6 or _hides(view, spot, place) for place in people):
                continue
            cost = abs(far - wanted_far) + 1.5 * abs(across - wanted_across)
            if found is None or cost < found[0]:
                found = (cost, spot)
    return None if found is None else found[1]


def _hides(view: View, spot: np.ndarray, place: np.ndarray) -> bool:
    """Whether somebody at ``place`` stands in the line of sight to ``spot``, or the other way round."""
    one, other = spot - view.position[:2], place - view.position[:2]
    across = abs(one[0] * other[1] - one[1] * other[0]) / max(float(np.hypot(*other)) * float(np.hypot(*one)), 1e-6)
    return bool(one @ other > 0 and across * min(float(np.hypot(*one)), float(np.hypot(*other))) < 0.38)


def onsets(departure: Departure) -> Iterator[float]:
    """The shares of the take at which something of people, props or place begins to be wrong, 0 first."""
    yield from sorted({0.0, *(fault.begins for fault in departure.of(*SEEN_KINDS))})


SEEN_KINDS = (
    Kind.COLOUR, Kind.MISSING, Kind.EXTRA, Kind.NEVER, Kind.PROPORTIONS, Kind.LOOK, Kind.STATE, Kind.STRANGER,
)  # fmt: skip
"""The kinds that change what is built, not how it is filmed."""
