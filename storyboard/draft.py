"""A shot while it is being planned: which beats it covers, and what is said of its camera so far."""

from dataclasses import dataclass, field

from storyboard.camera import Camera
from storyboard.screenplay import Action, ShotNote, Speech
from storyboard.shot import Origin, Role

Covered = Action | Speech


@dataclass
class Draft:
    """A shot to be: complete it with ``breakdown.break_down``."""

    origin: Origin
    role: Role
    camera: Camera
    beats: list[Covered] = field(default_factory=list)
    line: int = 0
    note: ShotNote | None = None
    id: str | None = None
    seconds: object = None  # Fraction | None: what dur= asks for
    frames: int | None = None
    continues: bool = False
    match: bool = False
    cast: tuple[str, ...] = ()  # named for the frame, beside what the beats say
    props: tuple[str, ...] = ()
    side: int = 1  # of the line of action: -1 where a note goes over it
    only: bool = False  # nobody is in frame but ``cast`` and the camera's subjects
