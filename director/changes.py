"""What a reroll changes beside the seed: small values with a stable JSON, which stand in a take and in its key."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from storyboard.frozen import Frozen
from storyboard.hashing import canonical_json


class Forward(Frozen):
    """Locked words move to the front of the prompt: those of one part, or all that is said of somebody."""

    change: Literal["forward"] = "forward"
    of: str  # the bible's name
    part: str | None = None

    @property
    def words(self) -> str:
        return f"{self.of}’s {self.part} first in the prompt" if self.part else f"{self.of} first in the prompt"


class Refuse(Frozen):
    """Words are put in front of the negative prompt."""

    change: Literal["refuse"] = "refuse"
    refused: str

    @property
    def words(self) -> str:
        return f"“{self.refused}” refused"


class Refer(Frozen):
    """Somebody's reference images come before those of everybody else, ``count`` of them."""

    change: Literal["reference"] = "reference"
    of: str
    count: int

    @property
    def words(self) -> str:
        return f"{self.count} reference{'s' if self.count > 1 else ''} of {self.of} first"


class Withhold(Frozen):
    """A reference image is not given to the generator, which only copies it."""

    change: Literal["withhold"] = "withhold"
    of: str  # the bible's name
    file: str  # name of the picture

    @property
    def words(self) -> str:
        return f"{self.of}’s reference {self.file} left out"


class Guide(Frozen):
    """How strongly the rehearsal guides the take, 0 to 1."""

    change: Literal["guide"] = "guide"
    control: float

    @property
    def words(self) -> str:
        return f"guide {self.control:g}"


class Keyframe(Frozen):
    """The take begins with a frame of an earlier take, in which everybody looked right."""

    change: Literal["keyframe"] = "keyframe"
    take: str  # key
    frame: int  # of that take

    @property
    def words(self) -> str:
        return f"begins with frame {self.frame} of take {self.take[:8]}"


class Say(Frozen):
    """A person's own words, in front of the prompt."""

    change: Literal["say"] = "say"
    said: str

    @property
    def words(self) -> str:
        return f"“{self.said}” said"


class Keep(Frozen):
    """The take keeps the first pieces of an earlier one, with which nothing was wrong, and goes on from there."""

    change: Literal["keep"] = "keep"
    take: str  # key
    pieces: int
    frames: int  # of these pieces

    @property
    def words(self) -> str:
        which = "first piece" if self.pieces == 1 else f"first {self.pieces} pieces"
        return f"keeps the {which} of take {self.take[:8]}"


class Draft(Frozen):
    """The take is a cheap look at what the full one would be, and is never cut."""

    change: Literal["draft"] = "draft"

    @property
    def words(self) -> str:
        return "draft"


Change = Annotated[
    Forward | Refuse | Refer | Withhold | Guide | Keyframe | Keep | Say | Draft, Field(discriminator="change")
]
_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


def written(change: Change) -> str:
    """A change as it stands in a take and in its key."""
    return canonical_json(change)


def read(text: str) -> Change:
    """A change that was ``written``. Raises ValueError for what is none."""
    return _CHANGE.validate_json(text)


def kept_frames(changes: tuple[str, ...]) -> int:
    """How many frames of a take were kept of an earlier one: they cost nothing."""
    return sum(change.frames for text in changes if '"keep"' in text and isinstance(change := read(text), Keep))


def change_words(changes: tuple[str, ...]) -> list[str]:
    """What a take's changes were, for people; what cannot be read is given as it stands."""
    found: list[str] = []
    for text in changes:
        try:
            found.append(read(text).words)
        except ValueError:
            found.append(text)
    return found
