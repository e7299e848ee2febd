"""Judging a take: every check, in a worker, from plain values."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from characters.seen import Reference
from director.checks.base import Limit, Ruling, Showing, Verdict
from director.checks.registry import open_checks
from director.takes import Take
from render.previz import EXPECTATION, VERSION
from render.request import Request
from storyboard.errors import MachineError
from storyboard.frozen import Frozen
from storyboard.hashing import digest

if TYPE_CHECKING:
    import numpy as np

    from render.previz.expectation import Expectation


class Judging(Frozen):
    """A take to be judged, complete: plain values, so that it can travel to a worker.

    ``rehearsed`` is the shot as the film plans it, whatever the take's own request became by rerolls; None where
    takes are not held against a rehearsal. It holds no seed.
    """

    take: Take
    files: tuple[Path, ...]
    rehearsed: Request | None
    rehearsals: Path  # folder in which what is expected of shots is kept
    before: Path | None = None  # the last segment of the take that this one continues from
    before_sha: str = ""
    anchors: tuple[Reference, ...] = ()  # crops of earlier takes, of whoever has no references
    limits: dict[str, Limit] = {}
    settings: dict[str, Any] = {}  # of the checks, as film.yaml gives them
    folder: Path | None = None  # the film's, where models may stand

    @property
    def context(self) -> str:
        """A digest of all that the verdicts depend on beside the take and the checks' versions."""
        told = self.rehearsed
        return digest(
            "judging",
            {
                "expected": expectation_key(told) if told else None,
                "references": [[each.of, each.look, each.sha256] for each in told.references] if told else [],
                "anchors": [[each.of, each.look, each.sha256] for each in self.anchors],
                "before": self.before_sha,
                "limits": {name: limit.model_dump() for name, limit in sorted(self.limits.items())},
                "settings": self.settings,
            },
        )[:16]


_STAGED_BY = {"camera", "stage", "width", "height", "rate", "frames", "head", "tail", "alternatives"}


def expectation_key(request: Request) -> str:
    """What the expectation of a request depends on, and nothing else."""
    from pydantic_core import to_jsonable_python

    fields = to_jsonable_python(request.model_dump(mode="python", include=_STAGED_BY))
    return digest("expectation", {"previz": VERSION, "version": EXPECTATION, "request": fields})


def judge(job: Judging) -> tuple[Verdict, ...]:
    """What every check says of a take. Never raises for what the take shows; raises MachineError for the machine."""
    showing = showing_of(job)
    verdicts: list[Verdict] = []
    for check in open_checks(job.rehearsed is not None, job.settings, job.folder):
        found = check.judge(showing)
        verdicts += found
        if check.name == "usable" and any(verdict.ruling is Ruling.FAIL for verdict in found):
            break  # what cannot be read needs no further eye
    return tuple(_doubted(verdicts))


_MOVES = ("camera", "tempo", "cuts")
_LEANS = (
    "never.extra",
    "identity.shape",
    "identity.swapped",
    "cast.stranger",
    "cast.missing",
    "exposure.drift",
    "continuity.direction",
)


def _doubted(verdicts: list[Verdict]) -> "Iterator[Verdict]":
    """Where the picture does not move as rehearsed, what leans on that it does is unsure: one trouble, said once."""
    failing = {verdict.measure for verdict in verdicts if verdict.ruling is Ruling.FAIL and not verdict.advisory}
    moves = any(measure.startswith(_MOVES) for measure in failing)
    elsewhere = moves or bool(failing & {"framing.size", "framing.found"})
    for verdict in verdicts:
        leans = (elsewhere and verdict.measure in _LEANS) or (moves and verdict.measure == "framing.found")
        if leans and verdict.ruling is Ruling.FAIL:
            words = f"{verdict.words} (not sure: the picture moves otherwise than rehearsed)"
            yield verdict.model_copy(update={"ruling": Ruling.UNSURE, "words": words})
        else:
            yield verdict


def showing_of(job: Judging) -> Showing:
    """A take as checks see it: without its key, its seed, its sidecar and its generator."""
    take, told = job.take, job.rehearsed
    if told is None:
        return Showing(width=take.width, height=take.height, frames=take.frames, read=_reader(job))
    stage = told.stage
    return Showing(
        width=take.width,
        height=take.height,
        frames=take.frames,
        read=_reader(job),
        references=told.references,
        rate=told.rate,
        head=told.head,
        tail=told.tail,
        camera=told.camera,
        cast=stage.cast,
        props=stage.props,
        place=stage.place,
        continues=job.before is not None,
        before=_last(job.before),
        expected=expected(told, job.rehearsals),
        anchors={each.of: tuple(one for one in job.anchors if one.of == each.of) for each in job.anchors},
        limits=job.limits,
    )


def expected(request: Request, folder: Path) -> "Expectation":
    """What a take of this request ought to show; kept in ``folder``, which may be deleted at any time."""
    from render.previz.expectation import expect
    from render.previz.expectation_file import load_expectation, save_expectation

    path = folder / f"{expectation_key(request)}.npz"
    stage = request.stage
    if (kept := load_expectation(path, (*stage.cast, *stage.props), stage.place, request.alternatives)) is not None:
        return kept
    made = expect(request)
    save_expectation(path, made)
    return made


def _reader(job: Judging) -> Any:
    segments = [(path, segment.frames) for path, segment in zip(job.files, job.take.segments, strict=True)]

    def read(places: list[int]) -> "Iterator[np.ndarray]":
        from render.media import read_at

        start = 0
        for path, frames in segments:
            within = [place - start for place in places if start <= place < start + frames]
            if within:
                yield from read_at(path, within)
            start += frames

    return read


def _last(path: Path | None) -> Any:
    from render.media import last_frame

    try:
        return last_frame(path) if path is not None else None
    except MachineError:
        return None
