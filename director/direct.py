"""The loop: shoot what is not there, judge it, shoot again what failed, and cut the film."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from director.budget import Cost, refuse_too_little
from director.choose import choose
from director.crew import Crew
from director.dailies.write import write_dailies
from director.early import waste_of
from director.edit import build_edit
from director.farm import Farm, core_count, open_farm
from director.listener import Listener
from director.locks import held
from director.plan import Plan
from director.snapshot import save_snapshot
from director.takes import Store
from director.together import choose_together
from render.cut.edit import Edit
from storyboard.errors import MachineError
from storyboard.frozen import Frozen


class Report(Frozen):
    """What a run did. ``failing`` names the shots whose best take still fails its checks."""

    title: str
    film: Path | None  # None: only takes were asked for
    frames: int
    rate: str
    shots: int
    made: int  # takes shot in this run
    reused: int  # takes that stood already
    failing: tuple[str, ...]
    seconds: float  # how long the run took
    early: int = 0  # takes of the film that were shot early and never asked for
    early_seconds: float = 0.0  # of picture

    @property
    def exit_code(self) -> int:
        return 1 if self.failing else 0


@dataclass(frozen=True)
class Options:
    """How a run is made; none of it changes a pixel."""

    workers: int | None = None  # None: one per core
    out: Path | None = None  # None: cut/ beside the film file
    shots: frozenset[str] = frozenset()  # ids to shoot; empty: all
    scenes: frozenset[str] = frozenset()
    dailies: bool = True  # write the page of the takes beside the film
    inline: bool = False  # with the film and the takes in it
    farm: str | None = None  # None: as the film says
    storage: str | None = None  # where takes go that workers elsewhere make; None: as the environment says


def direct_film(plan: Plan, options: Options, listener: Listener | None = None) -> Report:
    """Make the film, or go on making it. Raises MachineError; what was made until then is kept."""
    listener = listener or Listener()
    started = time.monotonic()
    store = Store(plan.project.folder)
    chosen = selected(plan, options)
    _refuse_too_little(plan)
    farm = farm_of(plan, options)
    here = min(options.workers or core_count(), core_count())  # a farm may be larger than this machine
    try:
        with held(store.locks / "run.lock", on_wait=listener.waiting):
            save_snapshot(plan, store)
            crew = Crew(plan, store, farm, listener)
            states = crew.shoot([planned for planned in plan.shots if planned.shot.id in chosen])
            everything = len(chosen) == len(plan.shots) or crew.complete
            states = crew.states if everything else states
            crew.remember_anchors()
            farm.close()  # what is cut needs the memory, and nothing more is shot
            choose_together(plan, store, states, crew.vectors)
            edit = build_edit(plan, store, [(state, choose(state)) for state in states])
            out = options.out or plan.project.folder / "cut"
            film = cut(edit, out if everything else out / "selects", store, here, listener)
            if options.dailies:
                write_dailies(plan, store, states, edit, film.parent, inline=options.inline, workers=here)
            waste = waste_of(plan, store)
            report = Report(
                title=plan.project.title,
                film=film,
                frames=edit.frames,
                rate=str(plan.rate),
                shots=len(states),
                made=crew.made,
                reused=crew.reused,
                failing=tuple(state.planned.shot.id for state in states if not state.passing),
                seconds=round(time.monotonic() - started, 3),
                early=waste.takes,
                early_seconds=round(waste.seconds, 3),
            )
            listener.made(film)
            store.save_run(plan.project.path.name, _lasting(report))
    finally:
        farm.close()
        store.close()
    return report


def farm_of(plan: Plan, options: Options) -> Farm:
    """Where a run shoots and judges. Raises InputError for a farm that is not there."""
    film, checks = plan.project.film, plan.project.film.checks
    eyes = any(eye.params.get("device") == "cuda" for eye in (checks.likeness, checks.words, checks.detector) if eye)
    device = getattr(plan.generator, "device", "cpu")
    return open_farm(options.workers, film.farm, device=device, eyes=eyes, name=options.farm, storage=options.storage)


def _refuse_too_little(plan: Plan) -> None:
    """Raise InputError where the film's budget does not pay for one take of each shot."""
    costs = [Cost(takes=Fraction(1), seconds=planned.request.frames / planned.request.rate) for planned in plan.shots]
    refuse_too_little(plan.project.film.budget, plan.price, costs, plan.project.doc.problem("", "", "budget"))


def _lasting(report: Report) -> dict[str, Any]:
    from datetime import UTC, datetime

    return {**report.model_dump(mode="json"), "date": datetime.now(UTC).isoformat(timespec="seconds")}


def selected(plan: Plan, options: Options) -> set[str]:
    """Ids of the shots that a run is about. Raises InputError for an id or scene that is not there."""
    from storyboard.errors import InputError, Problem
    from storyboard.yaml_file import did_you_mean

    if not options.shots and not options.scenes:
        return {planned.shot.id for planned in plan.shots}
    ids = {planned.shot.id.upper(): planned.shot.id for planned in plan.shots}
    scenes = {planned.shot.scene.upper(): planned.shot.scene for planned in plan.shots}
    problems = [
        Problem(what=f"there is no shot “{shot}” in this film.", todo=did_you_mean(shot.upper(), list(ids)))
        for shot in sorted(options.shots)
        if shot.upper() not in ids
    ] + [
        Problem(what=f"there is no scene “{scene}” in this film.", todo=did_you_mean(scene.upper(), list(scenes)))
        for scene in sorted(options.scenes)
        if scene.upper() not in scenes
    ]
    if problems:
        raise InputError(problems)
    wanted_shots = {shot.upper() for shot in options.shots}
    wanted_scenes = {scene.upper() for scene in options.scenes}
    return {
        planned.shot.id
        for planned in plan.shots
        if planned.shot.id.upper() in wanted_shots or planned.shot.scene.upper() in wanted_scenes
    }


def cut(edit: Edit, out: Path, store: Store, workers: int, listener: Listener) -> Path:
    """Assemble the film into ``out``; returns its path."""
    from render.cut.assemble import assemble

    progress: Callable[[int, int], None] = listener.cutting
    result = assemble(edit, out, store.cache, workers=workers, progress=progress)
    if not result.film.exists():
        raise MachineError(f"the cut was not written to {result.film}.")
    return result.film
