"""Props as the camera sees them: in a hand or on their spot, at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from render.previz.acting.actor import Actor, hands_of
from render.previz.acting.prop_places import PropPlace
from render.previz.figures.props import build_prop
from render.previz.solid import Solid


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


def things_of(props: Iterable[PropPlace], actors: Iterable[Actor], time: float) -> tuple[Thing, ...]:
    """All props where they are at ``time`` seconds."""
    hand = hands_of(tuple(actors), time)
    return tuple(
        Thing(prop.seen.name, build_prop(prop.seen, 0)[0].moved(prop.matrix(time, hand)), prop.held_by(time))
        for prop in props
    )
