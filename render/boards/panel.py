"""The panel: one frame of one shot, with all that is written under it."""

from dataclasses import dataclass

import numpy as np

from render.request import Request
from storyboard.camera import MoveKind


@dataclass(frozen=True)
class Note:
    """A paragraph under a panel: an action, or what somebody says."""

    text: str
    speaker: str = ""  # empty: an action


@dataclass(frozen=True)
class PanelPlan:
    """A panel before it is drawn: which frame of which shot, and the words around it."""

    shot: str  # id for people: 3A
    request: Request
    frame: int  # of the take, handles counted
    place: str  # "" for the only panel of a shot; "start", "end" where the camera moves
    technical: str  # size, framing, lens, angle, move
    length: str  # "2.5 s · 60 f"
    moves: tuple[MoveKind, ...] = ()  # drawn as arrows over the picture
    notes: tuple[Note, ...] = ()
    joint: str = ""  # how it is joined to what follows, where that is not a cut


@dataclass(frozen=True)
class Panel:
    """A drawn panel. ``picture`` is uint8[H, W, 3], sRGB."""

    plan: PanelPlan
    picture: np.ndarray


@dataclass(frozen=True)
class BoardScene:
    """The panels of one scene, under its heading."""

    number: str
    heading: str
    panels: tuple[Panel, ...]
