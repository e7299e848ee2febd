"""Where props are: in somebody's hand, or on a spot of their own."""

import re
from dataclasses import dataclass

from characters.seen import Seen
from render.request import Stage
from storyboard.shot import BeatKind


def holder_of(stage: Stage, prop: Seen) -> str | None:
    """Who has the prop in hand: whoever is named with it in one sentence, first named first."""
    word = re.escape(prop.name.split()[-1])
    for beat in stage.beats:
        for sentence in re.split(r"(?<=[.!?])\s+", beat.text):
            if beat.kind is BeatKind.ACTION and re.search(rf"\b{word}\b", sentence, re.IGNORECASE):
                at = {
                    seen.name: match.start()
                    for seen in stage.cast
                    if (match := re.search(rf"\b{re.escape(seen.name.split()[0])}\b", sentence, re.IGNORECASE))
                }
                if at:
                    return min(at, key=lambda name: at[name])
                if re.search(r"\b(she|he|they|her|his|their)\b", sentence, re.IGNORECASE) and stage.cast:
                    return stage.cast[0].name
    return None


@dataclass(frozen=True)
class PropPlace:
    """Where a prop is: in somebody's hand, or at a spot with or without a table under it."""

    seen: Seen
    holder: str | None
    at: tuple[float, float, float]
    table: bool


def place_props(stage: Stage) -> list[PropPlace]:
    """Where each prop is. Props nobody holds stand on a table between the people, a little behind them."""
    placed: list[PropPlace] = []
    free = 0
    for prop in stage.props:
        holder = holder_of(stage, prop)
        large = bool(re.search(r"\b(car|van|taxi|truck|bicycle|bike|boat)\b", prop.name, re.IGNORECASE))
        if large:
            placed.append(PropPlace(prop, None, (0.4, 2.6 * stage.side, 0.0), False))
        elif holder is not None:
            placed.append(PropPlace(prop, holder, (0.0, 0.0, 0.0), False))
        else:
            x = (0.0, 0.38, -0.38, 0.7)[free % 4]
            y = 0.62 * stage.side if stage.cast else 0.0
            placed.append(PropPlace(prop, None, (x, y, 0.76), True))
            free += 1
    return placed
