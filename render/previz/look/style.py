"""How a rehearsal is drawn: what is switched on, and whether it is inked or pencilled."""

from dataclasses import dataclass
from enum import StrEnum


class Medium(StrEnum):
    """What the picture looks made with."""

    INK = "ink"
    PENCIL = "pencil"


class Quality(StrEnum):
    """How much is spent on a frame."""

    DRAFT = "draft"  # shadows and outlines
    FULL = "full"  # ambient occlusion, soft shadows and smooth edges as well


@dataclass(frozen=True)
class Look:
    """What a picture is drawn with.

    ``tone``: the film-like curve. Without it the picture is linear light over what a white card at 45° to the key
    gives, so that colours are those of the surfaces.
    """

    medium: Medium = Medium.INK
    occlusion: bool = True
    antialias: bool = True
    outlines: bool = True
    shadows: bool = True
    tone: bool = True

    @classmethod
    def of(cls, medium: Medium = Medium.INK, quality: Quality = Quality.FULL) -> "Look":
        """The look that film.yaml names."""
        full = quality is Quality.FULL
        return cls(medium, occlusion=full, antialias=full)


INKED = Look()
"""The look of a previz that says nothing else."""
