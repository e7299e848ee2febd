"""What a farm costs beside the takes: own cost of a take, how it scales, and what shooting early gains.

The `fake` generator sleeps for each frame, so that more workers than cores can be at work. Baselines, on the same jobs
and in the same run: the ideal (what the takes themselves take, divided by the workers) and the standard library's
ProcessPoolExecutor with the same function and the same number of warm processes. Run it from the repository:
python benchmarks/farm.py [--quick]
"""

import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import common

from director.direct import Options, direct_film
from director.farm.local import LocalFarm
from director.farm.registry import local_places, open_farm
from director.plan import Plan, plan_film
from director.project import open_project
from director.queues import needed
from director.shoot import Job, shoot
from director.takes import Store

SLEEP = 0.01  # seconds a frame
LONG = 0.1  # where takes are to be dear
Way = Callable[[list[Job]], list[float]]
"""Shoots jobs; returns what each took, in seconds of its worker."""


def planned(path: Path) -> Plan:
    """The plan of a film file."""
    project = open_project(path)
    return plan_film(project, Store(project.folder).cache)


@contextmanager
def pool(workers: int) -> Iterator[Way]:
    """The baseline: the standard library's processes."""
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as made:
        yield lambda jobs: [done.result().seconds for done in as_completed([made.submit(shoot, job) for job in jobs])]


@contextmanager
def local(workers: int) -> Iterator[Way]:
    """This project's farm on one machine."""
    farm = LocalFarm(local_places(workers))
    yield lambda jobs: [take.seconds for _, take in farm.shoot_all(jobs, lambda *_: None)]
    farm.close()


@contextmanager
def cluster(workers: int) -> Iterator[Way]:
    """Its farm on Ray, with a cluster on this machine."""
    import ray

    if not ray.is_initialized():
        ray.init("local", num_cpus=8, include_dashboard=False, log_to_driver=False, object_store_memory=128 << 20)
    farm = open_farm(workers, name="ray")
    yield lambda jobs: [take.seconds for _, take in farm.shoot_all(jobs, lambda *_: None)]
    farm.close()


def scaling(jobs: list[Job], rounds: int) -> None:
    """Print how long each way needs for these jobs with 1 to 8 workers, against the ideal and the pool."""
    ways = {"ProcessPoolExecutor": pool, "local": local} | ({"ray": cluster} if find_spec("ray") else {})
    frames = sum(job.request.frames for job in jobs)
    print(f"\n{len(jobs)} takes, {frames} frames, {SLEEP * 1000:.0f} ms of sleep each; median of {rounds} rounds")
    print(
        "own: seconds of a worker that are no take's, for each take; idle ones at the end of a round are among them\n"
    )
    print("| workers | farm | clock | against the ideal | against the pool | own, a take |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    for workers in (1, 2, 4, 8):
        base = 0.0
        for name, way in ways.items():
            with way(workers) as run:
                _clear(jobs)
                run(jobs[: 2 * workers])  # processes are up, libraries loaded
                told = [_round(run, jobs) for _ in range(rounds)]
            clock = median(clock for clock, _ in told)
            busy = median(busy for _, busy in told)
            base = base or clock
            own = (clock * workers - busy) / len(jobs)
            cells = [workers, name, f"{clock:.2f} s", f"{clock / (busy / workers):.3f}", f"{clock / base:.3f}"]
            print("| " + " | ".join(map(str, cells)) + f" | {own * 1000:.1f} ms |", flush=True)


def _round(run: Way, jobs: list[Job]) -> tuple[float, float]:
    _clear(jobs)
    begun = time.perf_counter()
    busy = sum(run(jobs))
    return time.perf_counter() - begun, busy


def _clear(jobs: list[Job]) -> None:
    for job in jobs:
        shutil.rmtree(job.folder, ignore_errors=True)


def early(folder: Path, shots: int, rounds: int) -> None:
    """Print what shooting early gains a film of which takes fail, and what it wastes. Workers shoot alone."""
    print(f"\n{shots} shots of which half the takes fail, 8 workers that shoot, {LONG * 1000:.0f} ms of sleep a frame;")
    print("baseline: without shooting early\n")
    print("| | clock, median | ratio | asked for | shot early in vain |")
    print("| --- | ---: | ---: | ---: | ---: |")
    base = 0.0
    for name, speculate in (("without", "false"), ("shooting early", "true")):
        clocks: list[float] = []
        for number in range(rounds):
            path = common.short_film(
                folder / f"{speculate}-{number}",
                shots,
                generator=f"{{name: fake, device: gpu, sleep: {LONG}, black: 0.5}}",
            )
            with path.open("a", encoding="utf-8") as file:
                file.write(f"farm: {{workers: 8, speculate: {speculate}}}\n")
            report = direct_film(planned(path), Options(dailies=False))
            clocks.append(report.seconds)
        base = base or median(clocks)
        row = [name, f"{median(clocks):.1f} s", f"{median(clocks) / base:.2f}", report.made, report.early]
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def main() -> None:
    """Print scaling and own cost, then what shooting early gains."""
    quick = common.quick(__doc__)
    common.heading(*(["ray"] if find_spec("ray") else []))
    with tempfile.TemporaryDirectory() as room:
        path = common.short_film(Path(room) / "film", 16 if quick else 48, generator=f"{{name: fake, sleep: {SLEEP}}}")
        scaling(needed(planned(path)), 1 if quick else 3)
        early(Path(room) / "early", 20, 1 if quick else 3)


if __name__ == "__main__":
    main()
