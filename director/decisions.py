"""What a person decided of takes: picked, rejected, asked to be shot again.

Decisions are kept by a shot's fingerprint and a take's key, in the index and in ``.shotgraph/decisions.jsonl``, a
line for each, so that an index that is deleted loses none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from pydantic import ValidationError

from director.takes import Store
from storyboard.frozen import Frozen


class Decision(Frozen):
    """One decision."""

    kind: Literal["pick", "reject", "reroll"]
    fingerprint: str  # of the shot
    take: str | None = None  # key; a reroll names none
    why: str = ""
    seed: int | None = None  # of a reroll; None: the next attempt's own
    say: str = ""
    after: int = 0  # of a reroll: how many attempts there were
    made: str  # when, ISO 8601


@dataclass(frozen=True)
class Decisions:
    """All that is decided, as it holds now: the last word on a take or a shot."""

    picks: dict[str, str] = field(default_factory=dict)  # fingerprint → key, the last pick last
    rejected: dict[str, str] = field(default_factory=dict)  # key → why
    rerolls: dict[str, tuple[Decision, ...]] = field(default_factory=dict)  # fingerprint → in order

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Decisions":
        """What holds after all of them, in order: a pick takes back a rejection of the take, and a rejection a pick."""
        found = cls()
        for one in decisions:
            if one.kind == "reroll":
                found.rerolls[one.fingerprint] = (*found.rerolls.get(one.fingerprint, ()), one)
            elif one.take is not None and one.kind == "pick":
                found.picks.pop(one.fingerprint, None)  # in the order in which they were made last
                found.picks[one.fingerprint] = one.take
                found.rejected.pop(one.take, None)
            elif one.take is not None:
                found.rejected[one.take] = one.why
                if found.picks.get(one.fingerprint) == one.take:
                    del found.picks[one.fingerprint]
        return found


def decided(store: Store) -> Decisions:
    """What holds for the takes of a folder."""
    found: list[Decision] = []
    for text in store.decisions():
        try:
            found.append(Decision.model_validate_json(text))
        except ValidationError:  # a line that was cut short, or of a later version
            continue
    return Decisions.of(found)


def decide(store: Store, decision: Decision) -> None:
    """Keep a decision. Raises DiskError."""
    store.add_decision(decision.model_dump_json())


def now() -> str:
    """When a decision is made."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
