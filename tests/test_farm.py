"""Where takes are shot: who dies or is stuck is replaced, and neither that nor the number of workers changes a byte."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from director.direct import Options, Report, direct_film
from director.farm import InlineFarm, open_farm
from director.farm.base import State
from director.farm.local import LocalFarm
from director.farm.registry import local_places
from director.film import FarmSettings
from director.plan import Plan, plan_film
from director.project import open_project
from director.queues import needed
from director.shoot import Job
from director.status import why_of
from director.takes import Store
from storyboard.errors import GeneratorError, InputError, MachineError
from tests.conftest import FILM, ROOT, edit, run_direct, write_film
from tests.test_resume import finished
from tests.test_wan_vace import HIDING

SLOW = FILM.replace("fake", "{name: fake, sleep: 0.01, max_frames: 24}")


def jobs_of(film: Path) -> list[Job]:
    """The first takes of a film."""
    return needed(plan_of(film))


@pytest.fixture
def farm() -> Iterator[LocalFarm]:
    """Two worker processes."""
    two = LocalFarm(local_places(2), stuck=60.0)
    yield two
    two.close()


def workers_of(parent: int) -> list[int]:
    """The worker processes that a process has started, by their ids."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def plan_of(film: Path) -> Plan:
    project = open_project(film)
    return plan_film(project, Store(project.folder).cache)


def make(film: Path, **options: Any) -> Report:
    """Make a film in this process, without the page of its takes."""
    return direct_film(plan_of(film), Options(dailies=False, **options))


def film_of(path: Path) -> bytes:
    """The bytes of the film that was cut."""
    return (path.parent / "cut" / "film.mp4").read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film that was made by one process, undisturbed."""
    film = write_film(tmp_path_factory.mktemp("whole"), film=SLOW)
    make(film, workers=1)
    return film


def test_a_killed_worker_loses_its_take_alone(tmp_path: Path, whole: Path) -> None:
    """SIGKILL to a worker at work: its take is shot again by a new one, the film is the same, nobody is told off."""
    film = write_film(tmp_path, film=SLOW)
    run = subprocess.Popen(
        [sys.executable, "-m", "director", str(film), "--workers", "2", "--no-dailies"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    started = tmp_path / ".shotgraph" / "takes"
    while not list(started.glob("*/*/*.part")) and run.poll() is None:
        time.sleep(0.02)
    os.kill(workers_of(run.pid)[0], signal.SIGKILL)
    stdout, stderr = run.communicate(timeout=120)
    assert run.returncode == 0, stderr
    assert "5 takes made, 0 reused" in stdout
    assert film_of(film) == film_of(whole)


def test_a_worker_that_dies_by_itself_is_replaced(tmp_path: Path, whole: Path) -> None:
    """Two clips end their processes half-way: the takes are shot again, and the film is the same."""
    film = write_film(tmp_path, film=SLOW.replace("sleep", "dies: 2, sleep"))
    assert make(film, workers=2).made == 5
    assert {path.name for path in tmp_path.glob(".dies-*")} == {".dies-0", ".dies-1"}
    assert film_of(film) == film_of(whole)


def test_a_stuck_worker_is_replaced(tmp_path: Path, whole: Path) -> None:
    """Who says nothing for as long as film.yaml allows is ended, and the take is shot again."""
    film = write_film(tmp_path, film=SLOW.replace("sleep", "hangs: 1, sleep") + "farm: {name: local, stuck: 1.5}\n")
    assert make(film, workers=2).made == 5
    assert (tmp_path / ".hangs-0").exists()
    assert film_of(film) == film_of(whole)


def test_three_deaths_are_an_answer(tmp_path: Path) -> None:
    """A take that kills every worker is given up after three, by name; what else was at work is kept."""
    film = write_film(tmp_path, film=SLOW.replace("sleep", "dies: 99, sleep"))
    done = run_direct(film, "--workers", 1, "--farm", "local", "--shots", "1B")
    assert done.returncode == 3
    assert "shot 1B, take 1 (" in done.stderr
    assert "3 workers" in done.stderr
    assert "was killed" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(list(tmp_path.glob(".dies-*"))) == 3


def test_what_a_generator_gives_up_is_passed_on(tmp_path: Path, farm: LocalFarm) -> None:
    """A generator's own error comes out of the farm as it is; the worker lives on."""
    bad = jobs_of(write_film(tmp_path / "bad", film=FILM.replace("fake", "{name: fake, fail: true}")))
    good = jobs_of(write_film(tmp_path / "good"))
    with pytest.raises(GeneratorError, match="asked to fail"):
        list(farm.shoot_all(bad, lambda *_: None))
    assert len(list(farm.shoot_all(good, lambda *_: None))) == 5


def test_what_is_at_work_is_finished_before_a_failure_is_told(tmp_path: Path, farm: LocalFarm) -> None:
    """The take beside the one that fails is done, and yielded; what was not begun is cancelled."""
    bad = jobs_of(write_film(tmp_path / "bad", film=FILM.replace("fake", "{name: fake, fail: true}")))[:1]
    good = jobs_of(write_film(tmp_path / "good", film=FILM.replace("fake", "{name: fake, sleep: 0.02}")))
    good.sort(key=lambda job: -job.request.frames)
    second = good[0].request.frames - 1
    bad = [bad[0].model_copy(update={"request": bad[0].request.model_copy(update={"frames": second})})]
    coming = farm.shoot_all([*bad, *good], lambda *_: None)
    assert next(coming)[0].shot == good[0].shot
    with pytest.raises(GeneratorError):
        next(coming)
    assert not any(job.folder.exists() for job in good[1:])


def test_the_longest_is_shot_first_and_verdicts_before_takes(tmp_path: Path) -> None:
    """Ranks: asked for before early, verdicts before takes, long before short."""
    farm = InlineFarm()
    jobs = jobs_of(write_film(tmp_path))
    early, *asked = [farm.submit(job, early=job is jobs[0]) for job in jobs]
    ranked = sorted([early, *asked], key=lambda ticket: ticket.rank)
    assert ranked[-1] is early
    lengths = [ticket.task.request.frames for ticket in ranked[:-1] if isinstance(ticket.task, Job)]
    assert lengths == sorted(lengths, reverse=True)


def test_a_task_that_was_not_begun_can_be_cancelled(tmp_path: Path, farm: LocalFarm) -> None:
    """A cancelled take is not shot; an early one that is asked for becomes one like any other."""
    one, two, three, *_ = jobs_of(write_film(tmp_path))
    cancelled, early = farm.submit(one), farm.submit(two, early=True)
    farm.cancel(cancelled)
    asked = farm.submit(two)
    assert asked is early
    assert not asked.early
    made = dict(farm.as_completed([cancelled, asked, farm.submit(three)], lambda *_: None))
    assert cancelled.state is State.CANCELLED
    assert cancelled not in made
    assert {ticket.task.shot for ticket in made if isinstance(ticket.task, Job)} == {two.shot, three.shot}
    assert not one.folder.exists()


def test_an_early_take_that_nobody_wants_is_left(tmp_path: Path, farm: LocalFarm) -> None:
    """An early take that is at work is left half-way, by a worker that lives on, and is no take."""
    jobs = jobs_of(write_film(tmp_path, film=FILM.replace("fake", "{name: fake, sleep: 0.05}")))
    wanted = jobs_of(write_film(tmp_path / "other"))
    jobs.sort(key=lambda job: -job.request.frames)
    early = farm.submit(jobs[0], early=True)
    for job in wanted[:3]:
        list(farm.as_completed([farm.submit(job)], lambda *_: None))
    while early.state is State.WAITING:
        list(farm.as_completed([farm.submit(wanted[3])], lambda *_: None))
    workers = workers_of(os.getpid())
    farm.cancel(early)
    while early.state is State.AT_WORK:
        list(farm.as_completed([farm.submit(wanted[4])], lambda *_: None))
    assert early.state is State.CANCELLED
    assert list(jobs[0].folder.iterdir()) == []
    assert workers_of(os.getpid()) == workers
    ((_, take),) = farm.shoot_all(jobs[:1], lambda *_: None)
    assert take.frames == jobs[0].request.frames


def test_an_interrupt_ends_every_worker(tmp_path: Path, whole: Path) -> None:
    """Ctrl-C: no worker outlives the run, and the same command goes on to the same film."""
    film = write_film(tmp_path, film=SLOW)
    run = subprocess.Popen(
        [sys.executable, "-m", "director", str(film), "--workers", "2", "--no-dailies"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not list((tmp_path / ".shotgraph" / "takes").glob("*/*/*.part")) and run.poll() is None:
        time.sleep(0.02)
    workers = workers_of(run.pid)
    os.killpg(run.pid, signal.SIGINT)
    _, stderr = run.communicate(timeout=30)
    assert run.returncode == 130, stderr
    assert "Stopped. What was made is kept" in stderr
    assert workers
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
    make(film, workers=2)
    assert film_of(film) == film_of(whole)


@pytest.mark.parametrize("workers", [1, 4])
def test_the_number_of_workers_changes_no_byte(tmp_path: Path, whole: Path, workers: int) -> None:
    """One worker process or four: the same takes, and the same film."""
    film = write_film(tmp_path, film=SLOW + f"farm: {{name: local, workers: {workers}}}\n")
    assert make(film).made == 5
    assert finished(tmp_path).keys() == finished(whole.parent).keys()
    assert film_of(film) == film_of(whole)


@pytest.mark.parametrize("device", ["gpu", "server"])
def test_what_a_generator_runs_on_changes_no_byte(tmp_path: Path, whole: Path, device: str) -> None:
    """One worker to shoot and others to look, or several at a service: the same takes, and the same film."""
    film = write_film(tmp_path, film=SLOW.replace("sleep", f"device: {device}, sleep"))
    assert make(film).made == 5
    assert film_of(film) == film_of(whole)


def test_a_worker_that_cannot_start_is_an_answer(tmp_path: Path) -> None:
    """Where no worker lives long enough to be given anything, that is said, and nobody waits for ever."""
    places = local_places(1)
    places[0].environment["BAD"] = "\0"  # no environment can hold it
    farm = LocalFarm(places)
    try:
        with pytest.raises(MachineError, match="cannot be started"):
            list(farm.shoot_all(jobs_of(write_film(tmp_path)), lambda *_: None))
    finally:
        farm.close()


def test_a_farm_that_is_not_there_is_refused(film: Path) -> None:
    """A wrong name is answered with the near one: on the command line, and in film.yaml with its line."""
    done = run_direct(film, "--farm", "rya")
    assert done.returncode == 2
    assert "there is no farm “rya”. Did you mean ray?" in done.stderr
    edit(film, "seed: 7", "seed: 7\nfarm: {name: lokal, workers: 4}")
    done = run_direct("check", film)
    assert done.returncode == 2
    assert "film.yaml:7: " in done.stderr
    assert "must be local, inline or ray, not “lokal”" in done.stderr
    with pytest.raises(InputError, match="rya"):
        open_farm(2, FarmSettings(), name="rya")


def test_a_missing_ray_is_named_with_its_install_line(film: Path, tmp_path: Path) -> None:
    """On a machine without Ray a film that asks for it is refused before anything is shot."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(HIDING.format(hidden={"ray"}), encoding="utf-8")
    edit(film, "seed: 7", "seed: 7\nfarm: ray")
    command = [sys.executable, "-m", "director", str(film)]
    told = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2, done.stderr
    assert 'pip install "shotgraph[ray]"' in done.stderr
    assert not (film.parent / ".shotgraph" / "takes").exists()


def test_each_gpu_has_one_worker_that_sees_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """GPUs are counted without torch; a worker sees its own alone, and who looks at takes sees none."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3,5")
    from director.farm.machine import gpus

    gpus.cache_clear()
    places = local_places(device="gpu")
    shooters = [place for place in places if "shoot" in place.does]
    assert [place.environment for place in shooters] == [{"CUDA_VISIBLE_DEVICES": "3"}, {"CUDA_VISIBLE_DEVICES": "5"}]
    assert {place.environment["CUDA_VISIBLE_DEVICES"] for place in places if "judge" in place.does} == {""}
    shared = local_places(3, "gpu")[:3]
    assert [place.environment["CUDA_VISIBLE_DEVICES"] for place in shared] == ["3", "5", "3"]
    gpus.cache_clear()


def test_a_farm_is_no_part_of_a_key(film: Path) -> None:
    """Another farm, other settings of it: every take stands."""
    make(film)
    edit(film, "seed: 7", "seed: 7\nfarm: {name: local, workers: 3, stuck: 9, speculate: true}")
    assert (make(film).made, make(film).reused) == (0, 5)
    assert why_of(plan_of(film), "1A")["state"].startswith("made")
