"""Props as the camera sees them: in a hand or on their spot, at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from render.previz.acting.actor import Actor
from render.previz.acting.prop_places import PropPlace
from render.previz.figures.figure import build_figure
from render.previz.figures.props import build_prop
from render.previz.solid import Solid, placed


@dataclass(frozen=True)
class Thing:
    """A prop in the world."""

    name: str
    solid: Solid
    holder: str | None

    @property
    def middle(self) -> np.ndarray:
        low, high = self.solid.vertices.min(axis=0), self.solid.vertices.max(axis=0)
        return ((low + high) / 2).astype(np.float64)


def held_at(actor: Actor, time: float) -> np.ndarray:
    """Where the hand that holds a prop is, float64[3]."""
    return build_figure(actor.seen, 0).hand(actor.pose(time))  # type: ignore[arg-type]


def things_of(props: Iterable[PropPlace], actors: Iterable[Actor], time: float) -> tuple[Thing, ...]:
    """All props where they are at ``time`` seconds."""
    by_name = {actor.seen.name: actor for actor in actors}
    found: list[Thing] = []
    for prop in props:
        solid = build_prop(prop.seen, 0)[0]
        at, facing = np.array(prop.at), 0.0
        if prop.holder is not None and prop.holder in by_name:
            holder = by_name[prop.holder]
            tall = float(solid.vertices[:, 2].max())
            hangs = tall if tall < 0.5 else 0.1
            at, facing = held_at(holder, time) - (0, 0, hangs - 0.02), holder.pose(time).facing
        found.append(Thing(prop.seen.name, solid.moved(placed(at[0], at[1], at[2], facing)), prop.holder))
    return tuple(found)
