"""What stands under people who sit or lie: a plain chair, a bed."""

from render.previz.acting.actor import Actor
from render.previz.acting.score import Seat
from render.previz.colours import finish
from render.previz.sets.design import DRESSING
from render.previz.solid import Solid, box, join, placed, tube


def furniture(actors: tuple[Actor, ...]) -> list[Solid]:
    """A chair or a bed for everybody who needs one, where they need it."""
    return [furnished(seat) for actor in actors for seat in actor.seats]


def furnished(seat: Seat) -> Solid:
    """One chair or bed as it stands in the set."""
    solid = _chair(seat.height) if seat.kind == "chair" else _bed(seat.height)
    x, y = seat.at
    return solid.moved(placed(x, y, 0.0, seat.facing))


def _chair(high: float) -> Solid:
    wood = finish("brown wooden")
    legs = [
        tube((x, y, 0), (x, y, high - 0.03), 0.018, wood, DRESSING, detail=8)
        for x in (-0.17, 0.19)
        for y in (-0.18, 0.18)
    ]
    posts = [tube((-0.18, y, high), (-0.225, y, high + 0.45), 0.016, wood, DRESSING, detail=8) for y in (-0.18, 0.18)]
    rails = [box((0.018, 0.38, 0.07), (-0.20 - 0.012 * k, 0, high + 0.20 + 0.16 * k), wood, DRESSING) for k in (0, 1)]
    return join([box((0.42, 0.42, 0.035), (0.0, 0, high - 0.0175), wood, DRESSING), *legs, *posts, *rails])


def _bed(high: float) -> Solid:
    wood, linen = finish("brown wooden"), finish("cream linen")
    along = -0.05  # the middle of the bed, from the hips of who lies on it
    frame = box((2.05, 0.95, 0.16), (along, 0, high - 0.20), wood, DRESSING)
    mattress = box((2.0, 0.90, 0.12), (along, 0, high - 0.06), linen, DRESSING)
    ends = [
        box((0.05, 0.95, high + up), (along + x, 0, (high + up) / 2), wood, DRESSING)
        for x, up in ((-1.04, 0.4), (1.04, 0.1))
    ]
    return join([frame, mattress, *ends])
