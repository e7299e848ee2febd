"""What can go wrong in a take, how often, and what of the request makes it rarer."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """One kind of trouble, by the name that film.yaml uses."""

    COLOUR = "colour"  # a locked colour shifts
    MISSING = "missing"  # a locked part is not there
    EXTRA = "extra"  # somebody or something has a part too many
    NEVER = "never"  # something from the never list appears
    PROPORTIONS = "proportions"
    LOOK = "look"  # somebody wears another of their looks
    STATE = "state"  # a prop or place is in another of its states
    STRANGER = "stranger"  # somebody is in frame who is in no list
    CAMERA_IGNORED = "camera-ignored"
    CAMERA_WEAK = "camera-weak"
    CAMERA_REVERSED = "camera-reversed"
    CAMERA_REPLACED = "camera-replaced"
    SIZE = "size"  # another shot size
    HALF_SPEED = "half-speed"
    FROZEN_TAIL = "frozen-tail"
    FLICKER = "flicker"
    CUT = "cut"  # an unplanned cut
    BLACK = "black"  # black frames


CAMERA = (Kind.CAMERA_IGNORED, Kind.CAMERA_WEAK, Kind.CAMERA_REVERSED, Kind.CAMERA_REPLACED)
"""At most one of these happens to a take."""


@dataclass(frozen=True)
class Odds:
    """How often a kind happens at each of its chances, and what multiplies its odds.

    typical: the rate under ``drift: typical``, for a request that helps in nothing, with the words in the middle of
    the prompt. reference: where a reference of whom or what it is about comes along. early: with the words at the
    very end of the prompt; at the very beginning it divides. unsaid: where the prompt lacks the words. control: at
    a control strength of 1, and its power in between. keyframe: where the first frame is given. refused: where the
    negative prompt names it. head: on a head that is a thing.
    """

    typical: float
    reference: float = 1.0
    early: float = 1.0
    unsaid: float = 1.0
    control: float = 1.0
    keyframe: float = 1.0
    refused: float = 1.0
    head: float = 1.0


ODDS: dict[Kind, Odds] = {
    Kind.COLOUR: Odds(0.07, reference=0.4, early=2.0, unsaid=4.0, keyframe=0.3, head=8.0),
    Kind.MISSING: Odds(0.03, reference=0.4, early=2.0, unsaid=4.0, keyframe=0.3, head=8.0),
    Kind.EXTRA: Odds(0.03, reference=0.6, keyframe=0.4, head=6.0),
    Kind.NEVER: Odds(0.05, reference=0.6, keyframe=0.4, refused=0.6, head=6.0),
    Kind.PROPORTIONS: Odds(0.04, reference=0.6, control=0.3, keyframe=0.5),
    Kind.LOOK: Odds(0.08, reference=0.4, early=2.0, unsaid=4.0, keyframe=0.3),
    Kind.STATE: Odds(0.10, reference=0.4, early=2.0, unsaid=4.0, keyframe=0.3),
    Kind.STRANGER: Odds(0.04, control=0.3, keyframe=0.4),
    Kind.CAMERA_IGNORED: Odds(0.14, control=0.1),
    Kind.CAMERA_WEAK: Odds(0.10, control=0.1),
    Kind.CAMERA_REVERSED: Odds(0.06, control=0.1),
    Kind.CAMERA_REPLACED: Odds(0.10, control=0.1),
    Kind.SIZE: Odds(0.08, control=0.1, keyframe=0.2),
    Kind.HALF_SPEED: Odds(0.12, control=0.3),
    Kind.FROZEN_TAIL: Odds(0.04, control=0.3),
    Kind.FLICKER: Odds(0.04),
    Kind.CUT: Odds(0.03, control=0.5, keyframe=0.7),
    Kind.BLACK: Odds(0.01),
}

TYPICAL: dict[Kind, float] = {kind: odds.typical for kind, odds in ODDS.items()}
"""What the makers of films with Sora met in 2024: the camera right six times in ten, a balloon head mostly wrong."""
