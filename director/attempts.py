"""Where a shot stands: its takes so far, and what was said of each."""

from dataclasses import dataclass, field

from director.checks.base import Ruling, Verdict
from director.decisions import Decision
from director.planned import PlannedShot
from director.takes import Take
from director.windows import Window


@dataclass(frozen=True)
class Attempt:
    """One take of a shot and what the checks said of it."""

    number: int  # 0 for the first; a draft has the number of the take that it is a draft of
    take: Take
    verdicts: tuple[Verdict, ...]
    window: Window | None = None  # the stretch that would be cut; None: all of it is judged
    draft: bool = False  # never cut
    asked: bool = False  # by a person, beyond what the policy shot
    skipped: tuple[str, ...] = ()  # what the ladder wanted and the generator cannot do

    @property
    def binding(self) -> tuple[Verdict, ...]:
        """The verdicts that may reject it: not the advisory ones, nor those about frames that are not cut."""
        return tuple(v for v in self.verdicts if not v.advisory and (self.window is None or self.window.holds(v)))

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The verdicts that reject it."""
        return tuple(verdict for verdict in self.binding if verdict.ruling is Ruling.FAIL)

    @property
    def ruling(self) -> Ruling:
        """The worst ruling of the verdicts that may reject."""
        binding = [verdict.ruling for verdict in self.binding]
        for ruling in (Ruling.FAIL, Ruling.UNSURE):
            if ruling in binding:
                return ruling
        return Ruling.PASS


@dataclass
class ShotState:
    """Where a shot stands: its attempts so far, in order."""

    planned: PlannedShot
    attempts: list[Attempt] = field(default_factory=list)
    circled: str | None = None  # key of the take that a person picked
    picked: Attempt | None = None  # that take, if it is none of the attempts
    fixed: Attempt | None = None  # the take that another shot has grown from
    chosen: Attempt | None = None  # the take that fits the other shots' best
    wishes: tuple[Decision, ...] = ()  # rerolls that a person asked for
    closed: bool = False  # nothing more is shot for it: the film's budget is out, or it may not be shot now
    stalled: bool = False  # a take that it is to have is not there, and may not be shot now
    undrafted: bool = False  # the film's budget has nothing left for drafts of it

    @property
    def takes(self) -> list[Attempt]:
        """The attempts that can be cut."""
        cut = [attempt for attempt in self.attempts if not attempt.draft]
        return [*cut, self.picked] if self.picked is not None else cut

    @property
    def circle(self) -> Attempt | None:
        """The take that a person picked, where it is there."""
        return next((attempt for attempt in self.takes if attempt.take.key == self.circled), None)

    @property
    def passing(self) -> bool:
        """Whether there is a take to use: unsure is for a person, and what a person picked is."""
        return self.circle is not None or any(attempt.ruling is not Ruling.FAIL for attempt in self.takes)

    @property
    def rolled(self) -> int:
        """Attempts that the policy made; a draft and its take are one."""
        return len({attempt.number for attempt in self.attempts if not attempt.asked})

    @property
    def granted(self) -> int:
        """Rerolls that a person asked for and got."""
        return sum(attempt.asked for attempt in self.attempts)

    @property
    def next_number(self) -> int:
        return max((attempt.number for attempt in self.attempts), default=-1) + 1

    @property
    def sketched(self) -> Attempt | None:
        """A draft that nothing is wrong with, whose take was not shot yet."""
        last = self.attempts[-1] if self.attempts else None
        return last if last is not None and last.draft and not last.failing else None

    def settled(self, budget: int, passing: int = 1) -> bool:
        """Whether the shot has a take to use (or as many as are wanted), or its budget is out."""
        takes = [attempt for attempt in self.attempts if not attempt.draft]
        if self.closed or sum(attempt.ruling is not Ruling.FAIL for attempt in takes) >= passing:
            return True
        return self.rolled >= budget and self.sketched is None and bool(takes)
