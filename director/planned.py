"""A planned shot: what is to be seen, who exactly, and what the generator is asked for."""

from dataclasses import dataclass

from pydantic import JsonValue

from characters.continuity import Appearance
from characters.prompts import LockedPrompt
from render.request import Request
from storyboard.shot import Shot


@dataclass(frozen=True)
class PlannedShot:
    """A shot, complete: what is to be seen, who exactly, and what the generator is asked for."""

    shot: Shot
    appearance: Appearance
    prompt: LockedPrompt
    request: Request  # with seed 0: an attempt puts its own
    inputs: dict[str, JsonValue]  # the fields that the generator reads: what the recipe is made of
    recipe: str
    handles: tuple[int, int]  # at the film's rate
    conformed: tuple[str, ...] = ()  # how the take is made otherwise than the film asks, in words
