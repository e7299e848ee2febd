"""One shot as a conversation, for notebooks and scripts: ``open_film("film.yaml").shot("3A").roll()``."""

from html import escape
from pathlib import Path

from director.attempts import ShotState
from director.choose import choose
from director.crew import Crew, read_verdicts
from director.dailies.gather import attempts_of
from director.direct import Options, Report, direct_film
from director.farm import InlineFarm
from director.listener import Listener
from director.plan import Plan, plan_film, varied_shot
from director.planned import PlannedShot
from director.project import Overrides, open_project
from director.rolled import Comparison, RolledTake, RolledTakes, Why
from director.shoot import shoot
from director.status import found, states_of, why_of
from director.takes import Store
from storyboard.errors import InputError, Problem


class OpenShot:
    """A planned shot that can be rolled and varied."""

    def __init__(self, film: "OpenFilm", planned: PlannedShot) -> None:
        self.film = film
        self.planned = planned

    @property
    def id(self) -> str:
        return self.planned.shot.id

    @property
    def prompt(self) -> str:
        return self.planned.prompt.positive

    def roll(self, seed: int | None = None) -> RolledTake:
        """Shoot one take and judge it; the same seed gives the same take, and nothing is shot twice.

        Without a seed it is the seed of the film's first attempt. Raises GeneratorError, DiskError.
        """
        crew = self.film.crew()
        try:
            state = self.film.grown(crew, self.planned)
            job = crew.job(state, 0, seed)
            take = crew.store.find(job.key) or shoot(job)
            if job.key not in crew.store.has([job.key]):
                crew.store.index([take])
            verdicts = crew.judge([(state, take)])[0]
            return RolledTake(take, crew.store.files(take), verdicts, plan=self.film.plan)
        finally:
            crew.store.close()

    def shoot(self) -> RolledTakes:
        """Shoot takes, each judged, until one passes or the budget is out, as the film would; returns all of them.

        Raises GeneratorError, DiskError, or InputError for a varied shot, which is not in the film.
        """
        if self.planned not in self.film.plan.shots:
            what = f"this variant of shot {self.id} is not in the film."
            raise InputError(Problem(what=what, todo="Roll its takes, or write the variant into the script."))
        crew = self.film.crew()
        try:
            crew.shoot([self.planned])
        finally:
            crew.store.close()
        return self.takes

    @property
    def takes(self) -> RolledTakes:
        """The takes that stand: the film's attempts in their order, then what was rolled by hand."""
        plan, shot = self.film.plan, self.planned.shot
        crew, states = states_of(plan)
        try:
            state = next((each for each in states if each.planned is self.planned), ShotState(self.planned))
            attempts = attempts_of(state)
            used = choose(state).take.key if state.takes else None
            found = [
                RolledTake(
                    attempt.take,
                    crew.store.files(attempt.take),
                    attempt.verdicts,
                    plan=plan,
                    number=attempt.number + 1,
                    used=attempt.take.key == used,
                )
                for attempt in attempts
            ]
            known = {attempt.take.key for attempt in attempts}
            for take in crew.store.all_takes(shot.fingerprint):
                if take.recipe == self.planned.recipe and take.key not in known:
                    text = crew.store.last_verdicts(take.key)
                    verdicts = read_verdicts(text) if text is not None else ()
                    found.append(RolledTake(take, crew.store.files(take), verdicts, plan=plan))
            return RolledTakes(found)
        finally:
            crew.store.close()

    def compare(self, one: RolledTake | int, other: RolledTake | int) -> Comparison:
        """Two takes of this shot in step, with where they differ. A number counts the shot's takes from 1.

        Raises InputError where there is no such take.
        """
        return Comparison(self._named(one), self._named(other))

    def why(self) -> Why:
        """Why the shot would be shot again, or was, and what became of each take."""
        return Why(why_of(self.film.plan, self.id))

    def _named(self, take: RolledTake | int) -> RolledTake:
        if isinstance(take, RolledTake):
            return take
        takes = self.takes
        if not 1 <= take <= len(takes):
            raise InputError(Problem(what=f"shot {self.id} has no take {take}.", todo=f"It has {len(takes)}."))
        return takes[take - 1]

    def varied(self, **words: str) -> "OpenShot":
        """The same shot with other camera words, as in a shot note: ``varied(move="dolly in")``.

        Raises InputError for words that the vocabulary lacks.
        """
        return OpenShot(self.film, varied_shot(self.film.plan, self.planned, words))

    def __repr__(self) -> str:
        shot = self.planned.shot
        size = shot.camera.size.value if shot.camera.size else ""
        moves = ", then ".join(shot.camera.move_words) or "static"
        return f"<shot {shot.id}: {size}, {moves}, {shot.frames} frames, {', '.join(shot.cast) or shot.place}>"


class OpenFilm:
    """A film, planned, for work on single shots or on the whole."""

    def __init__(self, plan: Plan, out: Path | None = None) -> None:
        self.plan = plan
        self.out = out

    @property
    def title(self) -> str:
        return self.plan.project.title

    @property
    def shots(self) -> tuple[OpenShot, ...]:
        return tuple(OpenShot(self, planned) for planned in self.plan.shots)

    def shot(self, shot_id: str) -> OpenShot:
        """The shot of this id. Raises InputError with the nearest ids."""
        return OpenShot(self, found(self.plan, shot_id))

    def make(self, workers: int | None = None, farm: str | None = None, storage: str | None = None) -> Report:
        """Make the whole film, as ``direct film.yaml`` does."""
        return direct_film(self.plan, Options(workers=workers, out=self.out, farm=farm, storage=storage))

    def crew(self) -> Crew:
        """Who shoots a single take: this process."""
        return Crew(self.plan, Store(self.plan.project.folder), InlineFarm(), Listener())

    def grown(self, crew: Crew, planned: PlannedShot) -> ShotState:
        """The state that a shot is shot from: the take it continues from is made first where it needs one."""
        if crew.needs_parent and planned.shot.continues:
            parent = found(self.plan, planned.shot.continues)
            crew.shoot([parent])
        return ShotState(planned)

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(s.id)}</td><td>{escape(repr(s)[1:-1])}</td></tr>" for s in self.shots)
        return f"<b>{escape(self.title)}</b><table>{rows}</table>"

    def __repr__(self) -> str:
        return f"<film “{self.title}”: {len(self.plan.shots)} shots, {self.plan.frames} frames>"


def open_film(
    path: str | Path,
    *,
    generator: str | None = None,
    seed: int | None = None,
    height: int | None = None,
    out: str | Path | None = None,
) -> OpenFilm:
    """Open and plan a film: a film.yaml, or a .fountain script alone. Raises InputError."""
    project = open_project(Path(path), Overrides(generator=generator, seed=seed, height=height))
    return OpenFilm(plan_film(project, Store(project.folder).cache), Path(out) if out is not None else None)
