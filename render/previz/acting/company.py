"""The company: everybody and everything that can be looked at, and where it is at any time."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from render.previz.acting.motion import Track
    from render.previz.acting.prop_places import PropPlace


@dataclass(eq=False)
class Company:
    """Who and what is in the scene. Filled while a shot is blocked, and not changed afterwards."""

    tracks: dict[str, "Track"] = field(default_factory=dict)
    props: dict[str, "PropPlace"] = field(default_factory=dict)
    points: dict[str, tuple[float, float, float]] = field(default_factory=dict)  # who is in the scene, not in frame

    def where(self, name: str, time: float) -> np.ndarray | None:
        """About where somebody's eyes or something is, float64[3]; None for what is not there."""
        if name in self.tracks:
            return self.tracks[name].eyes(time)
        if name in self.props:
            return self.props[name].about(time, self)
        return np.array(self.points[name]) if name in self.points else None
