"""A take of the model that forgets: its frames, and what is true of it."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from pydantic import JsonValue

from render.previz.acting.actor import Actor, hands_of
from render.previz.acting.prop_places import PropPlace
from render.previz.drift.compression import compressed
from render.previz.drift.draw import Departure, Fault, draw
from render.previz.drift.dress import TOO_MUCH, Dress
from render.previz.drift.keyframe import Keyframe
from render.previz.drift.kinds import Kind
from render.previz.drift.picture_looks import graded
from render.previz.drift.settings import Settings
from render.previz.drift.staging import SEEN_KINDS, TakeRehearsal, onsets, staged_take, with_faults
from render.previz.drift.texture import Grain, lattice, mottle
from render.previz.figures.figure import Figure
from render.previz.frames import RehearsalFrame, Tracer
from render.previz.look.style import INKED, Look
from render.previz.solid import Solid
from render.request import Request
from storyboard.hashing import seed_from

_SAMPLES = 7  # frames of a take on which it is measured what of its faults is seen


class _TakeTracer(Tracer):
    """Traces a take in the dress that it wears."""

    def __init__(self, take: TakeRehearsal, dress: Dress, look: Look) -> None:
        self.dress = dress
        place = take.request.stage.place
        out = dress.left_out(take.design)
        super().__init__(replace(take, design=dress.design(take.design, place), struck=take.struck | out), look)

    def figure_of(self, actor: Actor, entity: int) -> Figure:
        return self.dress.figure(super().figure_of(actor, entity), actor.seen, entity)

    def prop_of(self, prop: PropPlace, entity: int) -> Solid:
        return self.dress.prop(super().prop_of(prop, entity), prop.seen, entity)

    def places(self, index: int) -> np.ndarray:
        """Where everybody and everything is at a frame, float32[E, 5]: x, y, z, cosine and sine of the facing."""
        time = self.rehearsal.action_time(index)
        names = {name: number for number, name in self.rehearsal.names.items()}
        places = np.tile(np.array((0, 0, 0, 1, 0), np.float32), (max(names.values(), default=0) + 1, 1))
        for actor, _ in self.figures:
            pose = actor.pose(time)
            places[names[actor.seen.name]] = (pose.x, pose.y, pose.z, np.cos(pose.facing), np.sin(pose.facing))
        hand = hands_of(self.rehearsal.actors, time)
        for prop, _ in self.prop_solids:
            matrix = prop.matrix(time, hand)
            places[names[prop.seen.name]] = (*matrix[:3, 3], matrix[0, 0], matrix[1, 0])
        return places


class DriftingTake:
    """One take: drawn at once, staged and traced when its frames are asked for."""

    def __init__(self, request: Request, settings: Settings, look: Look = INKED) -> None:
        self.request = request
        self.look = look
        self.departure: Departure = draw(request, settings)

    @functools.cached_property
    def _staged(self) -> TakeRehearsal:
        return staged_take(self.request, self.departure)

    @functools.cached_property
    def _onsets(self) -> list[float]:
        return list(onsets(self.departure))

    @functools.cached_property
    def _tracers(self) -> dict[tuple[int, bool], _TakeTracer]:
        return {}

    def first(self, fault: Fault) -> int:
        """The frame of the whole take from which on a fault is there."""
        return int(fault.begins * self.request.total)

    def _tracer(self, index: int) -> _TakeTracer:
        """What is in front of which camera at frame ``index`` of the request."""
        frame = index + self.request.offset
        stage = sum(int(share * self.request.total) <= frame for share in self._onsets) - 1
        cut = next((fault for fault in self.departure.of(Kind.CUT) if frame >= self.first(fault)), None)
        key = (stage, cut is not None)
        if key not in self._tracers:
            share = self._onsets[stage]
            faults = tuple(fault for fault in self.departure.of(*SEEN_KINDS) if fault.begins <= share)
            self._tracers[key] = self._built(faults, cut)
        return self._tracers[key]

    def _built(self, faults: tuple[Fault, ...], cut: Fault | None) -> _TakeTracer:
        take = with_faults(replace(self._staged, cut=cut), faults, self.request.alternatives)
        dress = Dress(faults, self.departure.honest.seed, self.departure.faults)
        return _TakeTracer(take, dress, self.look)

    def frames(self) -> Iterator[np.ndarray]:
        """Exactly as many frames as were asked for, each uint8[H, W, 3] sRGB."""
        return compressed(self._pictures(), self.departure.honest.compression, self.request.rate)

    def _pictures(self) -> Iterator[np.ndarray]:
        honest, request = self.departure.honest, self.request
        grain = Grain(seed_from("grain", honest.seed), honest.grain, request.width, request.height)
        values = lattice(seed_from("texture", honest.seed))
        first = request.first_frame
        keyframe = Keyframe(Path(first), request.width, request.height) if first is not None else None
        made: dict[tuple[int, int], np.ndarray] = {}

        def finished(source: int, index: int) -> np.ndarray:
            """The action's frame ``source`` as seen at ``index``; the last two are kept for what shows them again."""
            tracer = self._tracer(index)
            key = (source, id(tracer))
            if key not in made:
                traced = tracer.frame(source)
                picture = traced.rgb
                mottle(
                    picture, traced.depth, traced.ids, traced.extrinsics, traced.intrinsics, tracer.places(source),
                    values, honest.texture,
                )  # fmt: skip
                while len(made) > 1:
                    made.pop(next(iter(made)))
                developed = keyframe.matched(picture) if keyframe else graded(picture, honest.picture_look)
                made[key] = grain.laid_on(developed, source + request.offset)
            return made[key]

        for index in range(request.frames):
            picture = self._timed(index, finished)
            yield self._after(keyframe.left(picture, index) if keyframe else picture, index)

    def _timed(self, index: int, finished: Callable[[int, int], np.ndarray]) -> np.ndarray:
        """The frame that is shown at ``index``: held in a frozen tail, repeated or blended where time runs slow."""
        for fault in self.departure.of(Kind.FROZEN_TAIL):
            index = min(index, max(self.first(fault) - self.request.offset, 0))
        for fault in self.departure.of(Kind.HALF_SPEED):
            way = fault.details["way"]
            if way == "smooth":
                break
            offset = self.request.offset
            source = (index + offset) * float(str(fault.details["speed"]))
            before = int(source)
            if way == "repeated" or source == before:
                return finished(before - offset, index)
            share = source - before
            one, other = (finished(number - offset, index) for number in (before, before + 1))
            return np.round(one * np.float32(1 - share) + other * np.float32(share)).astype(np.uint8)
        return finished(index, index)

    def _after(self, picture: np.ndarray, index: int) -> np.ndarray:
        """What befalls the finished picture."""
        frame = index + self.request.offset
        for fault in self.departure.of(Kind.FLICKER):
            if frame >= self.first(fault):
                amount = float(str(fault.details["amount"]))
                strength = seed_from("flicker", self.departure.honest.seed, frame) / 2**31
                gain = 1 + amount * (1 if frame % 2 else -1) * (0.6 + 0.4 * strength)
                picture = np.clip(picture * np.float32(gain), 0, 255).astype(np.uint8)
        for fault in self.departure.of(Kind.BLACK):
            first, last = self.black(fault)
            if first <= frame <= last:
                picture = np.zeros_like(picture)
        return picture

    def black(self, fault: Fault) -> tuple[int, int]:
        """The first and the last black frame of the whole take."""
        first = min(self.first(fault), self.request.total - 1)
        count = max(round(float(str(fault.details["lasts"])) * self.request.total), 1)
        return first, min(first + count, self.request.total) - 1

    # What is true of it.

    def truth(self) -> JsonValue:
        """What was done to the take, for benchmarks: every fault with its numbers and how much of it is seen."""
        departure = self.departure
        seen = self._shares() if departure.of(*SEEN_KINDS) else {}
        faults: list[JsonValue] = []
        for fault in departure.faults:
            known: dict[str, JsonValue] = {
                "kind": fault.kind.value, "of": fault.of, "part": fault.part, "severity": fault.severity,
                "first": self.first(fault), **fault.details,
            }  # fmt: skip
            if fault.kind in SEEN_KINDS:
                known["seen"] = seen[fault.kind, fault.of, fault.part]
            if fault.kind is Kind.BLACK:
                known["first"], known["last"] = self.black(fault)
            faults.append(known)
        honest = departure.honest.model_dump(mode="json", exclude={"seed"})
        return {"faults": faults, "honest": honest, "shared": departure.shared}

    def _shares(self) -> dict[tuple[Kind, str | None, str | None], float]:
        """The most of the frame that shows each fault of who and what is seen; of what is gone, that would show it."""
        total, offset = self.request.frames, self.request.offset
        samples = sorted({round(i * (total - 1) / (_SAMPLES - 1)) for i in range(_SAMPLES)})
        gone = self.departure.of(Kind.MISSING, Kind.LOOK, Kind.STATE)
        right = self._built((), None) if gone else None
        shares: dict[tuple[Kind, str | None, str | None], float] = {}
        for fault in self.departure.of(*SEEN_KINDS):
            first = self.first(fault) - offset
            found = [0.0]
            for index in {*(i for i in samples if i >= first), total - 1}:
                if index < first:
                    continue
                found.append(self._share(self._seen_at(self._tracer(index), index), fault, shown=True))
                if right is not None and fault in gone:
                    found.append(self._share(self._seen_at(right, index), fault, shown=False))
            shares[fault.kind, fault.of, fault.part] = round(max(found), 5)
        return shares

    @functools.cached_property
    def _looked(self) -> dict[tuple[int, int], RehearsalFrame]:
        return {}

    def _seen_at(self, tracer: _TakeTracer, index: int) -> tuple[_TakeTracer, RehearsalFrame]:
        key = (id(tracer), index)
        if key not in self._looked:
            self._looked[key] = tracer.frame(index)
        return tracer, self._looked[key]

    def _share(self, at: tuple[_TakeTracer, RehearsalFrame], fault: Fault, *, shown: bool) -> float:
        """The share of a frame's pixels that show a fault, or, if not ``shown``, that it took away."""
        tracer, frame = at
        stage = self.request.stage
        numbers = {name: number for number, name in tracer.rehearsal.names.items()}
        entity = numbers.get(fault.of or "", 0 if fault.of == stage.place.name else -1)
        theirs = frame.ids == entity if entity else frame.ids <= 0
        seen = next((each for each in (*stage.cast, *stage.props, stage.place) if each.name == fault.of), None)
        locked = [part for part, _ in seen.locked] if seen is not None else []
        if fault.kind in (Kind.NEVER, Kind.EXTRA):
            theirs = theirs & (frame.parts == tracer.dress.number(fault))
        elif fault.kind in (Kind.LOOK, Kind.STATE):
            named = fault.details["attributes"]
            if named:  # a state without words of its own is all of the thing
                wanted = [i for i, part in enumerate(locked, 1) if isinstance(named, list) and part in named]
                added = shown & (frame.parts > len(locked)) & (frame.parts < TOO_MUCH)
                theirs = theirs & (np.isin(frame.parts, wanted) | added)
        elif fault.kind is Kind.MISSING and shown:
            return 0.0
        elif fault.kind in (Kind.COLOUR, Kind.MISSING):
            theirs = theirs & (frame.parts == locked.index(fault.part or "") + 1)
        return float(np.mean(theirs))
