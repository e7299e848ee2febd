"""One shot as a conversation, for notebooks and scripts: ``open_film("film.yaml").shot("3A").roll()``."""

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from director.checks.base import Ruling, Verdict
from director.direct import Crew, Options, Report, direct_film
from director.farm import InlineFarm
from director.listener import Listener
from director.plan import Plan, PlannedShot, plan_film, varied_shot
from director.policy import ShotState
from director.project import Overrides, open_project
from director.shoot import shoot
from director.status import found
from director.takes import Store, Take

if TYPE_CHECKING:
    import numpy as np


class RolledTake:
    """A take on disk. In a notebook it shows itself as video."""

    def __init__(self, take: Take, files: tuple[Path, ...], verdicts: tuple[Verdict, ...]) -> None:
        self.take = take
        self.files = files
        self.verdicts = verdicts

    @property
    def key(self) -> str:
        return self.take.key

    @property
    def seed(self) -> int:
        return self.take.seed

    @property
    def passing(self) -> bool:
        return all(verdict.ruling is not Ruling.FAIL for verdict in self.verdicts)

    def frames(self) -> "np.ndarray":
        """Every frame, handles included: ``uint8[T, H, W, 3]``, sRGB."""
        import numpy as np

        from render.media import read_frames

        return np.stack([frame for path in self.files for frame in read_frames(path)])

    def mp4(self) -> bytes:
        """The take as H.264 that a browser plays."""
        from render.media import browser_video

        return browser_video(self.files)

    def _repr_html_(self) -> str:
        video = b64encode(self.mp4()).decode()
        width = min(self.take.width, 640)
        words = escape(f"shot {self.take.shot}, seed {self.seed}, key {self.key[:12]}")
        marks = " · ".join(escape(f"{v.check}: {v.ruling.value}") for v in self.verdicts)
        return (
            f'<figure style="margin:0"><video controls loop muted playsinline width="{width}" '
            f'src="data:video/mp4;base64,{video}"></video><figcaption>{words} — {marks}</figcaption></figure>'
        )

    def __repr__(self) -> str:
        state = "passes" if self.passing else "fails"
        return f"<take of shot {self.take.shot}: {self.take.frames} frames, seed {self.seed}, {state}>"


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
            return RolledTake(take, crew.store.files(take), crew.judge([(state, take)])[0])
        finally:
            crew.store.close()

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

    def make(self, workers: int | None = None) -> Report:
        """Make the whole film, as ``direct film.yaml`` does."""
        return direct_film(self.plan, Options(workers=workers, out=self.out))

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
