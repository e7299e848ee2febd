"""What a take of a shot ought to show: its rehearsal, small, at some of its frames."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from characters.seen import Kind, Seen
from render.previz.frames import Tracer
from render.previz.look.style import INKED
from render.previz.loose import loose
from render.previz.rehearsal import Rehearsal, rehearse
from render.request import Request

WIDE = 424  # pixels: in more than that no check sees better, in less a face is lost
STEP = 6  # frames from one look to the next
_OTHERS = 4  # looks at every other state of who and what is seen, spread over the take


@dataclass(frozen=True, eq=False)
class Look:
    """The rehearsal at one frame of the take.

    rgb uint8[h, w, 3] sRGB; depth float16[h, w] metres along the optical axis, inf for the sky; ids int8[h, w] as
    in ``Expectation.names``, 0 for what stands fast and the sky, −1 for small dressing that may stand elsewhere; parts
    uint8[h, w], which of the locked words are seen, from 1, 0 for none.
    """

    frame: int
    rgb: np.ndarray
    depth: np.ndarray
    ids: np.ndarray
    parts: np.ndarray

    def box(self, entity: int) -> tuple[int, int, int, int] | None:
        """x, y, width, height of an entity in pixels, or None where it is not seen."""
        rows, columns = np.nonzero(self.ids == entity)
        if not len(rows):
            return None
        left, top = int(columns.min()), int(rows.min())
        return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


@dataclass(frozen=True, eq=False)
class Other:
    """The same shot with one of its people, props or its place in another look or state."""

    seen: Seen
    looks: tuple[Look, ...]


@dataclass(frozen=True, eq=False)
class Expectation:
    """The rehearsal of a shot as checks see it.

    ``extrinsics`` float64[F, 4, 4] world → camera and ``focal`` float64[F], in widths of the frame, for all F frames
    of the take; ``looks`` every ``STEP`` frames and at the last; ``facing`` float32[N, E + 1]: at each look, the
    cosine between where an entity faces and the way to the camera, NaN where it has no face or is off;
    ``seen`` is who and what the ids stand for, from 1, ``place`` what 0 stands for.
    """

    width: int
    height: int
    frames: int
    looks: tuple[Look, ...]
    extrinsics: np.ndarray
    focal: np.ndarray
    facing: np.ndarray
    seen: tuple[Seen, ...]
    place: Seen
    others: tuple[Other, ...]

    @functools.cached_property
    def names(self) -> dict[int, str]:
        """Entity id → the bible's name; 0 is the place."""
        return {0: self.place.name, **{index: seen.name for index, seen in enumerate(self.seen, 1)}}

    def of(self, entity: int) -> Seen:
        """Who or what an id stands for."""
        return self.place if entity <= 0 else self.seen[entity - 1]


def expect(request: Request) -> Expectation:
    """Rehearse a take and look at it. A function of the staging, the camera, the size and the length alone."""
    width, height = small(request.width, request.height)
    request = request.model_copy(update={"width": width, "height": height, "seed": 0, "offset": 0, "whole": 0})
    rehearsal = rehearse(request)
    places = [*range(0, request.frames, STEP)]
    last = request.frames - 1
    if places[-1] != last:
        # Two looks at nearly one moment would be one look that counts twice.
        places = [*(place for place in places if last - place >= STEP / 2), last]
    looks = tuple(_looks(rehearsal, places))
    views = [rehearsal.view(index) for index in range(request.frames)]
    stage = request.stage
    seen = (*stage.cast, *stage.props)
    facing = np.array([_facing(rehearsal, place) for place in places], np.float32)
    return Expectation(
        width=width,
        height=height,
        frames=request.frames,
        looks=looks,
        extrinsics=np.stack([view.extrinsics for view in views]),
        focal=np.array([view.intrinsics(width, height)[0, 0] / width for view in views]),
        facing=facing,
        seen=seen,
        place=stage.place,
        others=tuple(_others(request, looks)),
    )


def small(width: int, height: int) -> tuple[int, int]:
    """The size at which takes are looked at: never more than they have, and even."""
    if width <= WIDE:
        return width, height
    return WIDE, max(2 * round(height * WIDE / width / 2), 2)


def _looks(rehearsal: Rehearsal, places: list[int]) -> Iterator[Look]:
    tracer = Tracer(rehearsal, INKED)
    for place in places:
        traced = tracer.frame(place)
        about = loose(rehearsal, traced, tracer.dressing())
        ids = np.where(traced.ids > 0, traced.ids, np.where(about, -1, 0)).astype(np.int8)
        yield Look(place, traced.rgb.copy(), traced.depth.astype(np.float16), ids, traced.parts.astype(np.uint8))


def _facing(rehearsal: Rehearsal, index: int) -> list[float]:
    stage = rehearsal.request.stage
    found = [np.nan] * (1 + len(stage.cast) + len(stage.props))
    time, view = rehearsal.action_time(index), rehearsal.view(index)
    numbers = {name: number for number, name in rehearsal.names.items()}
    for actor in rehearsal.actors:
        if not actor.is_off(time):
            away = view.position[:2] - actor.place(time)
            heading = actor.heading(time)
            way = float(np.hypot(*away)) or 1.0
            found[numbers[actor.seen.name]] = float((np.cos(heading) * away[0] + np.sin(heading) * away[1]) / way)
    return found


def _others(request: Request, looks: tuple[Look, ...]) -> Iterator[Other]:
    """Every other look and state, where most of its bearer is seen."""
    stage = request.stage
    for other in request.alternatives:
        cast = tuple(other if _same(each, other) else each for each in stage.cast)
        props = tuple(other if _same(each, other) else each for each in stage.props)
        place = other if _same(stage.place, other) else stage.place
        if (cast, props, place) == (stage.cast, stage.props, stage.place):
            continue
        numbers = [index for index, each in enumerate((*stage.cast, *stage.props), 1) if _same(each, other)]
        entity = numbers[0] if numbers else 0
        places = _best_seen(looks, entity)
        if places:
            changed = stage.model_copy(update={"cast": cast, "props": props, "place": place})
            rehearsal = rehearse(request.model_copy(update={"stage": changed}))
            # What is seen from elsewhere proves nothing: only the words may differ.
            rehearsal = replace(rehearsal, framing=rehearse(request).framing)
            yield Other(other, tuple(_looks(rehearsal, places)))


def _best_seen(looks: tuple[Look, ...], entity: int) -> list[int]:
    """The frames at which most of an entity is seen, one from each stretch of the take."""
    found: list[int] = []
    for stretch in range(_OTHERS):
        some = looks[stretch * len(looks) // _OTHERS : (stretch + 1) * len(looks) // _OTHERS]
        best = max(some, key=lambda look: (int(np.count_nonzero(look.ids == entity)), -look.frame), default=None)
        if best is not None and (best.ids == entity).any():
            found.append(best.frame)
    return found


def _same(one: Seen, other: Seen) -> bool:
    return one.kind is other.kind and one.name == other.name


def is_person(seen: Seen) -> bool:
    """Whether somebody, not something."""
    return seen.kind is Kind.CHARACTER
