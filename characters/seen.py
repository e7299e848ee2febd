"""Who or what is seen in a shot, exactly: the bible's entry with its look and state at that shot applied."""

from enum import StrEnum
from pathlib import Path

from storyboard.frozen import Frozen


class Kind(StrEnum):
    CHARACTER = "character"
    PROP = "prop"
    PLACE = "place"


class Figure(Frozen):
    """The body of a character."""

    height: float = 1.70  # metres
    build: str = "average"  # slight, average, broad, heavy
    age: int | None = None  # years


class Reference(Frozen):
    """A reference image: which file, what it shows, and the SHA-256 of its bytes."""

    path: Path  # absolute, inside the film's folder
    of: str  # name in the bible
    look: str | None = None
    sha256: str


class Seen(Frozen):
    """One character, prop or place as it must look in one shot."""

    name: str
    kind: Kind
    descriptor: str = ""
    locked: tuple[tuple[str, str], ...] = ()  # (part, words): ("coat", "dark green oilskin coat")
    never: tuple[str, ...] = ()
    look: str | None = None
    state: str | None = None
    figure: Figure | None = None  # characters only
    references: tuple[Reference, ...] = ()
    invented: bool = False  # no entry in the bible: a stable default
