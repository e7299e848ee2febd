"""Verdicts, given once: what was said of a take by certain eyes is kept, and said again."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from director.checks.base import Verdict
from director.checks.registry import checks_version
from director.farm import Farm
from director.judging import Judging
from director.takes import Store
from storyboard.hashing import digest

_VERDICTS = TypeAdapter(list[Verdict])


def read_verdicts(text: str) -> tuple[Verdict, ...]:
    """Verdicts as the store keeps them."""
    return tuple(_VERDICTS.validate_json(text))


def eye_of(job: Judging) -> str:
    """What the verdicts on a take depend on beside the take: the checks' versions, and what they are told."""
    return digest("eye", [checks_version(job.rehearsed is not None, job.settings), job.context])[:24]


def judged(store: Store, farm: Farm, jobs: Sequence[tuple[Judging, bool]]) -> list[tuple[Verdict, ...] | None]:
    """What every check says of each take, in order; None where it was never said and need not be now.

    With each job, whether it may be judged. Raises MachineError.
    """
    eyes = [eye_of(job) for job, _ in jobs]
    kept = store.verdicts([(job.take.key, eye) for (job, _), eye in zip(jobs, eyes, strict=True)])
    found = {key: read_verdicts(text) for key, text in kept.items()}
    fresh = {
        job.take.key: (job, eye)
        for (job, may), eye in zip(jobs, eyes, strict=True)
        if may and job.take.key not in found
    }
    if fresh:
        for job, verdicts in farm.judge_all([job for job, _ in fresh.values()]):
            key = job.take.key
            found[key] = verdicts
            store.add_verdicts(key, fresh[key][1], _VERDICTS.dump_json(list(verdicts)).decode())
    return [found.get(job.take.key) for job, _ in jobs]
