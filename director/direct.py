"""The loop: shoot what is not there, judge it, shoot again what failed, and cut the film."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from director.checks.base import Verdict
from director.checks.registry import checks_version
from director.choose import choose
from director.edit import build_edit
from director.farm import Farm, open_farm
from director.judging import Judging
from director.listener import Listener
from director.locks import held
from director.plan import Plan, PlannedShot, attempt_seed
from director.policy import Attempt, ShotState, open_shots
from director.shoot import Job
from director.snapshot import save_snapshot
from director.takes import Store, Take, take_key
from render.cut.edit import Edit
from storyboard.errors import MachineError
from storyboard.frozen import Frozen
from storyboard.hashing import digest


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


def direct_film(plan: Plan, options: Options, listener: Listener | None = None) -> Report:
    """Make the film, or go on making it. Raises MachineError; what was made until then is kept."""
    listener = listener or Listener()
    started = time.monotonic()
    store = Store(plan.project.folder)
    chosen = selected(plan, options)
    farm = open_farm(options.workers)
    try:
        with held(store.locks / "run.lock", on_wait=listener.waiting):
            save_snapshot(plan, store)
            crew = Crew(plan, store, farm, listener)
            states = crew.shoot([planned for planned in plan.shots if planned.shot.id in chosen])
            everything = len(chosen) == len(plan.shots)
            if not everything and (rest := crew.standing(plan, chosen)) is not None:
                by_id = {state.planned.shot.id: state for state in (*states, *rest)}
                states, everything = [by_id[planned.shot.id] for planned in plan.shots], True
            edit = build_edit(plan, store, [(state, choose(state)) for state in states])
            out = options.out or plan.project.folder / "cut"
            film = cut(edit, out if everything else out / "selects", store, options.workers, listener)
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
            )
            listener.made(film)
            store.save_run(plan.project.path.name, _lasting(report))
    finally:
        farm.close()
        store.close()
    return report


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


class Crew:
    """Shoots and judges; counts what it made and what stood already."""

    def __init__(self, plan: Plan, store: Store, farm: Farm, listener: Listener) -> None:
        self.plan = plan
        self.store = store
        self.farm = farm
        self.listener = listener
        self.needs_parent = "parent" in plan.generator.reads
        self.made = 0
        self.reused = 0
        self._settled: dict[str, ShotState] = {}

    def shoot(self, wanted: list[PlannedShot]) -> list[ShotState]:
        """Rounds of attempts until every shot has a take that passes, or its budget is out."""
        budget = self.plan.project.film.budget.takes
        states = [ShotState(planned) for planned in self._with_parents(wanted)]
        self._settled = {state.planned.shot.id: state for state in states}
        total = sum(state.planned.request.frames for state in states)
        self.listener.begins(len(states), total)
        while round_ := open_shots(states, budget, self.needs_parent):
            jobs = [self.job(state, len(state.attempts)) for state in round_]
            takes = self._takes(jobs)
            found = self.judge([(state, takes[job.key]) for state, job in zip(round_, jobs, strict=True)])
            for state, job, verdicts in zip(round_, jobs, found, strict=True):
                state.attempts.append(Attempt(job.attempt, takes[job.key], verdicts))
                self.listener.judged(job.shot, job.attempt, verdicts)
        asked = {planned.shot.id for planned in wanted}
        return [state for state in states if state.planned.shot.id in asked]

    def standing(self, plan: Plan, without: set[str]) -> list[ShotState] | None:
        """The states of the other shots if every one has a finished take already, else None."""
        states: list[ShotState] = []
        for planned in plan.shots:
            if planned.shot.id in without:
                continue
            state = ShotState(planned)
            if self.needs_parent and planned.shot.continues and planned.shot.continues not in self._settled:
                return None
            while not state.settled(plan.project.film.budget.takes):
                job = self.job(state, len(state.attempts))
                if (take := self.store.find(job.key)) is None:
                    return None
                state.attempts.append(Attempt(job.attempt, take, self.judge([(state, take)])[0]))
            self.settle(state)
            states.append(state)
        return states

    def settle(self, state: ShotState) -> None:
        """Let later shots grow from this one's chosen take."""
        self._settled[state.planned.shot.id] = state

    def kept(self, state: ShotState, take: Take) -> Attempt | None:
        """A take with the verdicts it was given, or None while it is not judged by today's checks."""
        text = self.store.verdicts([(take.key, self._eye(self.judging(state, take)))]).get(take.key)
        return Attempt(take.attempt, take, read_verdicts(text)) if text is not None else None

    def _eye(self, judging: Judging) -> str:
        """What the verdicts on a take depend on beside the take: the checks' versions, and what they are told."""
        return digest("eye", [checks_version(judging.rehearsed is not None, judging.settings), judging.context])[:24]

    def judging(self, state: ShotState, take: Take) -> Judging:
        """All that the checks are told about a take of a shot."""
        planned = state.planned
        before = self._settled.get(planned.shot.continues or "")
        last = choose(before).take if before is not None and before.attempts else None
        return Judging(
            take=take,
            files=self.store.files(take),
            rehearsed=self.plan.expected(planned) if self.plan.generator.capabilities().compared else None,
            rehearsals=self.store.cache / "expected",
            before=self.store.files(last)[-1] if last is not None else None,
            before_sha=last.segments[-1].sha256 if last is not None else "",
        )

    def _with_parents(self, wanted: list[PlannedShot]) -> list[PlannedShot]:
        """Add the shots that wanted ones grow from, in film order."""
        ids = {planned.shot.id for planned in wanted}
        if self.needs_parent:
            for planned in reversed(self.plan.shots):
                if planned.shot.id in ids and planned.shot.continues:
                    ids.add(planned.shot.continues)
        return [planned for planned in self.plan.shots if planned.shot.id in ids]

    def job(self, state: ShotState, attempt: int, seed: int | None = None) -> Job:
        """The job of a shot's attempt; ``seed`` wins over the attempt's own."""
        planned, plan = state.planned, self.plan
        if seed is None:
            seed = attempt_seed(plan.project.film.seed, planned.shot.fingerprint, attempt)
        resolved: dict[str, str] = {}
        parent: tuple[Path, ...] = ()
        if self.needs_parent and planned.shot.continues in self._settled:
            grown_from = choose(self._settled[planned.shot.continues]).take
            resolved["parent"] = grown_from.segments[-1].sha256
            parent = self.store.files(grown_from)
        key = take_key(planned.recipe, seed, (), resolved)
        return Job(
            key=key,
            recipe=planned.recipe,
            shot=planned.shot.id,
            fingerprint=planned.shot.fingerprint,
            attempt=attempt,
            seed=seed,
            resolved=resolved,
            generator=plan.generator.name,
            version=plan.generator.version,
            params=plan.project.film.generator.params,
            request=planned.request.model_copy(update={"seed": seed}),
            inputs=planned.inputs,
            folder=self.store.take_folder(key),
            lock=self.store.locks / f"{key}.lock",
            parent=parent,
        )

    def _takes(self, jobs: list[Job]) -> dict[str, Take]:
        """The take of every job: those that stand, and those that the farm makes."""
        takes: dict[str, Take] = {}
        missing: list[Job] = []
        known = self.store.has(job.key for job in jobs)
        late: list[Take] = []
        for job in jobs:
            if (take := self.store.find(job.key)) is not None:
                takes[job.key] = take
                self.reused += 1
                if job.key not in known:  # finished by a run that was killed before it could enter it
                    late.append(take)
                self.listener.taken(job.shot, job.attempt, True, 0.0)
            elif job.key not in {other.key for other in missing}:
                missing.append(job)
                self.listener.shooting(job.shot, job.attempt, job.request.frames)
        if late:
            self.store.index(late)
        by_key = {job.key: job for job in missing}

        def progress(key: str, done: int, worker: int) -> None:
            job = by_key[key]
            self.listener.progress(job.shot, job.attempt, done, worker)

        if missing:
            for job, take in self.farm.shoot_all(missing, progress):
                self.store.index([take])
                takes[job.key] = take
                self.made += 1
                self.listener.taken(job.shot, job.attempt, False, take.seconds)
        return takes

    def judge(self, takes: list[tuple[ShotState, Take]]) -> list[tuple[Verdict, ...]]:
        """What every check says of each take; what was said once, of the same take by the same eyes, is kept."""
        jobs = [self.judging(state, take) for state, take in takes]
        eyes = [self._eye(job) for job in jobs]
        kept = self.store.verdicts([(job.take.key, eye) for job, eye in zip(jobs, eyes, strict=True)])
        found = {key: read_verdicts(text) for key, text in kept.items()}
        fresh = {job.take.key: (job, eye) for job, eye in zip(jobs, eyes, strict=True) if job.take.key not in found}
        if fresh:
            for job, verdicts in self.farm.judge_all([job for job, _ in fresh.values()]):
                key = job.take.key
                found[key] = verdicts
                self.store.add_verdicts(key, fresh[key][1], _VERDICTS.dump_json(list(verdicts)).decode())
        return [found[job.take.key] for job in jobs]


_VERDICTS = TypeAdapter(list[Verdict])


def read_verdicts(text: str) -> tuple[Verdict, ...]:
    """Verdicts as the store keeps them."""
    return tuple(_VERDICTS.validate_json(text))


def cut(edit: Edit, out: Path, store: Store, workers: int | None, listener: Listener) -> Path:
    """Assemble the film into ``out``; returns its path."""
    from director.farm import core_count
    from render.cut.assemble import assemble

    progress: Callable[[int, int], None] = listener.cutting
    result = assemble(edit, out, store.cache, workers=workers or core_count(), progress=progress)
    if not result.film.exists():
        raise MachineError(f"the cut was not written to {result.film}.")
    return result.film
