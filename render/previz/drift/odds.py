"""The odds of trouble in a take: a function of what the request gives the model to hold on to."""

import re
from dataclasses import dataclass

from characters.seen import Seen
from render.previz.drift.kinds import ODDS, Kind
from render.previz.drift.settings import Settings
from render.request import Request

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Chance:
    """One chance of trouble: whom it is about, which words say how it ought to be, and whether it is an odd head."""

    of: Seen | None = None
    words: str = ""
    head: bool = False


def rate_of(kind: Kind, request: Request, settings: Settings, chance: Chance | None = None) -> float:
    """How likely ``kind`` is at this chance: its rate's odds, times a factor for everything that bears on it.

    p / (1 − p) = r / (1 − r) · Π factors, so that a rate of 0 or 1 is never or always, whatever the request.
    """
    rate = settings.rates.get(kind, 0.0)
    if rate <= 0.0 or rate >= 1.0:
        return rate
    odds = rate / (1.0 - rate) * factor_of(kind, request, settings, chance or Chance())
    return odds / (1.0 + odds)


def factor_of(kind: Kind, request: Request, settings: Settings, chance: Chance) -> float:
    """What the request multiplies the odds of ``kind`` by."""
    odds = ODDS[kind]
    factor = odds.control**settings.control
    if request.first_frame is not None:
        factor *= odds.keyframe
    if chance.head:
        factor *= odds.head
    if chance.of is not None and any(reference.of == chance.of.name for reference in request.references):
        factor *= odds.reference
    if kind is Kind.NEVER and chance.words.lower() in request.negative.lower():
        factor *= odds.refused
    if odds.early != 1.0:
        place = place_in(request.prompt, chance.words)
        factor *= odds.unsaid if place is None else odds.early ** (2.0 * place - 1.0)
    return factor


def place_in(prompt: str, words: str) -> float | None:
    """Where ``words`` first stand among the tokens of a prompt, 0 at its beginning, 1 at its end; None: nowhere."""
    at = prompt.lower().find(words.lower()) if words else -1
    if at < 0:
        return None
    return len(_TOKEN.findall(prompt[:at])) / max(len(_TOKEN.findall(prompt)), 1)
