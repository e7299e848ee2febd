"""A small film with takes that were shot and judged, for tests of the page that shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from director.attempts import Attempt, ShotState
from director.checks.base import Ruling, Verdict
from director.dailies.write import write_dailies
from director.direct import Crew
from director.edit import build_edit
from director.farm import InlineFarm
from director.listener import Listener
from director.plan import Plan, plan_film
from director.project import open_project
from director.shoot import shoot
from director.takes import Store
from render.cut.assemble import assemble
from render.cut.edit import Edit
from tests.conftest import write_film


@dataclass
class Shot:
    """A film whose takes stand, with what was said of each."""

    plan: Plan
    store: Store
    states: list[ShotState]
    edit: Edit
    out: Path

    def write(self, **options: bool) -> Path:
        """Its dailies."""
        return write_dailies(self.plan, self.store, self.states, self.edit, self.out, **options)  # type: ignore[arg-type]


def said(check: str, ruling: Ruling, words: str = "as it should be", **more: object) -> Verdict:
    """A verdict."""
    return Verdict(check=check, version="1", ruling=ruling, score=0.0, limit=1.0, words=words, **more)  # type: ignore[arg-type]


GOOD = (said("usable", Ruling.PASS), said("camera", Ruling.PASS), said("continuity", Ruling.NOT_APPLICABLE, ""))
OLIVE = said(
    "attributes",
    Ruling.FAIL,
    "coat: olive, promised dark green, ΔE 31",
    subject="MARA",
    part="coat",
    expected="dark green",
    measured="olive",
    frame=9,
    box=(20, 6, 24, 24),
)
SLOW = said("tempo", Ruling.FAIL, "half as fast as rehearsed", span=(4, 20))
DOUBT = said("identity", Ruling.UNSURE, "the face is too small to tell", subject="IVO", frame=3, box=(8, 8, 10, 10))


def shot_film(folder: Path, takes: Iterable[Iterable[tuple[Verdict, ...]]], **files: str) -> Shot:
    """Shoot a film: ``takes`` holds, for every shot in order, what is said of each of its takes; the last is cut."""
    path = write_film(folder, **files)
    store = Store(path.parent)
    plan = plan_film(open_project(path), store.cache)
    crew = Crew(plan, store, InlineFarm(), Listener())
    states: list[ShotState] = []
    for planned, verdicts in zip(plan.shots, takes, strict=True):
        state = ShotState(planned)
        for number, judged in enumerate(verdicts):
            take = shoot(crew.job(state, number))
            store.index([take])
            changed = take.model_copy(update={"changes": ("MARA’s coat first in the prompt",) if number else ()})
            state.attempts.append(Attempt(number, changed, judged))
        states.append(state)
    edit = build_edit(plan, store, [(state, state.attempts[-1]) for state in states])
    out = path.parent / "cut"
    assemble(edit, out, store.cache)
    return Shot(plan, store, states, edit, out)
