"""Takes for a render queue: a file for each take that the film needs next, and one take shot from such a file."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from director.changes import Keyframe, read
from director.crew import Crew
from director.direct import Options, farm_of
from director.farm.base import AllAtOnce, Farm, Progress, Result, Task, Ticket
from director.listener import Listener
from director.locks import held
from director.plan import Plan, recipe_inputs
from director.shoot import Job, shoot
from director.takes import Store, Take, standing_take, take_key, write_atomic
from render.generators.registry import open_generator
from storyboard.errors import DiskError, InputError, Problem
from storyboard.frozen import Frozen
from storyboard.hashing import digest

FORMAT = "shotgraph request 1"
_NAME = re.compile(r"[0-9]{4,}\.json")
_AGAIN = "Write the requests again, where the film stands now: direct requests FILM DIR."


class TakeRequest(Frozen):
    """What stands in a request's file."""

    format: str
    job: Job


class _Enough(Exception):  # it is no error: the round's jobs are known
    def __init__(self, jobs: list[Job]) -> None:
        self.jobs = jobs


class _Clerk(AllAtOnce):
    """A farm that writes down what is to be shot, and has takes judged by another."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm

    def submit(self, task: Task, *, early: bool = False) -> Ticket:
        return self._farm.submit(task, early=early)

    def as_completed(self, tickets: Iterable[Ticket], progress: Progress) -> Iterator[tuple[Ticket, Result]]:
        return self._farm.as_completed(tickets, progress)

    def cancel(self, ticket: Ticket) -> None:
        self._farm.cancel(ticket)

    def shoot_all(self, jobs: list[Job], progress: Progress) -> NoReturn:
        del progress
        raise _Enough(jobs)

    def close(self) -> None:
        self._farm.close()


def needed(plan: Plan, options: Options | None = None, listener: Listener | None = None) -> list[Job]:
    """The takes that the film needs next: of the first round of which some do not stand. Empty when all stand.

    What stands is judged on the way: what comes next depends on it. Raises MachineError.
    """
    store = Store(plan.project.folder)
    farm = _Clerk(farm_of(plan, options or Options()))
    listener = listener or Listener()
    try:
        with held(store.locks / "run.lock", on_wait=listener.waiting):
            Crew(plan, store, farm, listener).shoot(list(plan.shots))
    except _Enough as enough:
        return enough.jobs
    finally:
        farm.close()
        store.close()
    return []


def write_requests(jobs: Iterable[Job], folder: Path) -> list[Path]:
    """Write ``0001.json`` and so on, one for each job, the longest take first; requests of before go away."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if _NAME.fullmatch(path.name) and FORMAT in path.read_text(encoding="utf-8", errors="replace")[:200]:
                path.unlink()
    except OSError as error:
        raise DiskError.from_os(error, "cannot write") from error
    written: list[Path] = []
    for number, job in enumerate(sorted(jobs, key=lambda job: -job.request.frames), 1):
        path = folder / f"{number:04}.json"
        told = TakeRequest(format=FORMAT, job=job).model_dump(mode="json")
        write_atomic(path, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        written.append(path)
    return written


def shoot_request(path: Path) -> Take:
    """Shoot the take of a request's file, or find that it stands. Safe to call twice, and by two machines at once.

    Raises InputError for a request that is damaged, was altered, or whose film is not here; else what shoot raises.
    """
    return shoot(read_request(path))


def read_request(path: Path) -> Job:
    """The job in a request's file, every part of it checked. Raises InputError."""

    def refuse(what: str, todo: str = _AGAIN) -> InputError:
        return InputError(Problem(what=what, todo=todo, file=path))

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"cannot be read: {error}.", "Name a file that “direct requests” wrote.") from None
    try:
        request = TakeRequest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise refuse(f"is no request for a take: {where or 'the file'}: {first['msg']}.") from None
    if request.format != FORMAT:
        raise refuse(f"is a “{request.format}”, and this version reads “{FORMAT}”.")
    job = request.job
    for what in _faults(job):
        raise refuse(what)
    return job


def _faults(job: Job) -> Iterator[str]:
    """What is wrong with a job that came from a file: first where it would write, then what, then from what."""
    film = job.folder.parents[3] if len(job.folder.parents) > 3 else job.folder
    store = Store(film)
    if not film.is_absolute() or ".." in film.parts or not re.fullmatch(r"[0-9a-f]{64}", job.key):
        yield f"would write to {job.folder}, which is no place for a take."
    if job.folder != store.take_folder(job.key) or job.lock != store.locks / f"{job.key}.lock":
        yield f"would write to {job.folder}, which is not where take {job.key[:12]} belongs in a .shotgraph folder."
    if not film.is_dir():
        yield f"is for a film in {film}, and there is no such folder here: was it moved?"
    if not store.folder.is_dir():
        yield f"is for a film in {film}, and nothing of it was ever planned there: was it moved?"
    root = film.resolve()
    if any(not place.resolve().is_relative_to(root) for place in (job.folder, job.lock, *_inputs(job))):
        yield f"names files outside the film's folder {film}."
    if job.home is not None and job.home.resolve() != root:
        yield f"names {job.home} as the film's folder, and its take belongs to {film}."
    yield from _wrong_key(job)
    yield from _wrong_inputs(job, store)


def _wrong_key(job: Job) -> Iterator[str]:
    if job.key != take_key(job.recipe, job.seed, job.changes, job.resolved):
        yield f"was altered: its contents do not make the key {job.key[:12]}."
    recipe = digest("recipe", {"generator": job.generator, "version": job.version, "inputs": job.inputs})
    if job.recipe != recipe or job.request.seed != job.seed:
        yield f"was altered: its inputs do not make the recipe {job.recipe[:12]}."
    generator = open_generator(job.generator, job.params, job.home)
    if generator.version != job.version:
        yield f"was planned with version {job.version} of {job.generator}, and here is version {generator.version}."
    parent = job.inputs.get("parent")
    planned = job.request.model_copy(update={"seed": 0})
    if "request" in job.resolved:
        same = job.resolved["request"] == digest("request", recipe_inputs(generator, planned, None))
    else:
        same = digest("inputs", recipe_inputs(generator, planned, parent if isinstance(parent, str) else None)) == (
            digest("inputs", job.inputs)
        )
    if not same:
        yield f"was altered: what it asks {job.generator} for is not what its key says."


def _inputs(job: Job) -> Iterator[Path]:
    yield from job.parent
    if job.keyframe is not None:
        yield job.keyframe[0]
    yield from (piece.path for piece in job.kept)
    yield from (reference.path for reference in job.request.references)


def _wrong_inputs(job: Job, store: Store) -> Iterator[str]:
    """Input files that are not there any more, or hold something else than when the take was planned."""
    if job.request.first_frame is not None or (job.keyframe is not None) != ("keyframe" in job.resolved):
        yield "was altered: it begins with a picture that its key does not know."
    if bool(job.parent) != ("parent" in job.resolved):
        yield "was altered: it continues from a take that its key does not know."
    grown = [("parent", job.parent[-1], -1)] if job.parent else []
    grown += [("keyframe", job.keyframe[0], 0)] if job.keyframe is not None else []
    for name, file, place in grown:
        take = standing_take(file.parent)
        if take is None or file.parent != store.take_folder(take.key):
            yield f"grows from a take in {file.parent} that is not there any more."
        elif take.segments[place].sha256 != job.resolved[name] or file.name != take.segments[place].file:
            yield f"grows from {file}, which is not the file that its key knows."
    if job.keyframe is not None:
        told = [change.frame for change in map(read, job.changes) if isinstance(change, Keyframe)]
        if told != [job.keyframe[1]]:
            yield "was altered: it begins with a frame that its key does not know."
    shas = [piece.segment.sha256 for piece in job.kept]
    if (digest("kept", shas) if shas else None) != job.resolved.get("kept"):
        yield "was altered: it keeps pieces that its key does not know."
    for piece in job.kept:
        take = standing_take(piece.path.parent)
        if take is None or piece.segment not in take.segments or piece.path.name != piece.segment.file:
            yield f"keeps {piece.path}, which is not there any more or is another piece."
    for reference in job.request.references:
        try:
            seen = hashlib.sha256(reference.path.read_bytes()).hexdigest()
        except OSError:
            seen = ""
        if seen != reference.sha256:
            yield f"needs the reference image {reference.path}, which is gone or is another picture now."
