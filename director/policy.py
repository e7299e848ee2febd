"""What to shoot next. Decisions fall in rounds: a round depends only on the verdicts of earlier ones."""

from dataclasses import dataclass, field

from director.checks.base import Ruling, Verdict
from director.plan import PlannedShot
from director.takes import Take


@dataclass(frozen=True)
class Attempt:
    """One take of a shot and what the checks said of it."""

    number: int
    take: Take
    verdicts: tuple[Verdict, ...]

    @property
    def ruling(self) -> Ruling:
        """The worst ruling of the checks that may reject."""
        binding = [verdict.ruling for verdict in self.verdicts if not verdict.advisory]
        for ruling in (Ruling.FAIL, Ruling.UNSURE):
            if ruling in binding:
                return ruling
        return Ruling.PASS


@dataclass
class ShotState:
    """Where a shot stands: its attempts so far, in order."""

    planned: PlannedShot
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def passing(self) -> bool:
        """Whether there is nothing more to shoot: unsure is for a person, and does not reroll."""
        return any(attempt.ruling is not Ruling.FAIL for attempt in self.attempts)

    def settled(self, budget: int) -> bool:
        """Whether the shot has a take to use, or its budget is out."""
        return self.passing or len(self.attempts) >= budget


def open_shots(states: list[ShotState], budget: int, needs_parent: bool) -> list[ShotState]:
    """The shots to attempt in this round, in film order.

    Where the generator grows a shot from the last frame of the one before, that one must be settled first.
    """
    settled = {state.planned.shot.id for state in states if state.settled(budget)}
    in_play = {state.planned.shot.id for state in states}
    return [
        state
        for state in states
        if state.planned.shot.id not in settled
        and not (
            needs_parent and state.planned.shot.continues in in_play and state.planned.shot.continues not in settled
        )
    ]
