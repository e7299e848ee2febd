"""The same loop on a Ray cluster: two machines' worth of it on this one, of which actors, raylets and drivers die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from director.takes import SIDECAR
from tests.conftest import FILM, ROOT, run_direct, write_film
from tests.test_farm import film_of, make
from tests.test_resume import finished

pytestmark = pytest.mark.slow
Begin = Callable[..., subprocess.Popen[str]]

SETTINGS = FILM.replace("fake", "{name: fake, sleep: 0.03, max_frames: 24}") + "farm: {name: ray, workers: 2}\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head with room for one worker, to which ``direct`` connects as to any cluster."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_AUTH_MODE"] = "disabled"
    from ray.cluster_utils import Cluster

    quiet = {"include_dashboard": False, "object_store_memory": 80 << 20}
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, **quiet})
    yield made
    made.shutdown()


@pytest.fixture
def second(cluster: Any) -> Iterator[Any]:
    """A second machine with room for one worker."""
    node = cluster.add_node(num_cpus=1, object_store_memory=80 << 20)
    yield node
    if node in cluster.list_all_nodes():
        cluster.remove_node(node, allow_graceful=True)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film as one process makes it."""
    film = write_film(tmp_path_factory.mktemp("whole"), film=SETTINGS)
    make(film, farm="inline")
    return film


@pytest.fixture
def begin(cluster: Any) -> Iterator[Begin]:
    """Start a run on the cluster; returns when so many workers are at work."""
    runs: list[subprocess.Popen[str]] = []

    def start(film: Path, *options: str, at_work: int = 2, **environment: str) -> subprocess.Popen[str]:
        run = subprocess.Popen(
            [sys.executable, "-m", "director", str(film), "--no-dailies", *options],
            cwd=ROOT,
            env={**os.environ, "RAY_ADDRESS": cluster.address, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        runs.append(run)
        takes = film.parent / ".shotgraph" / "takes"
        while len({path.parent for path in takes.glob("*/*/*.part")}) < at_work and run.poll() is None:
            time.sleep(0.02)
        return run

    yield start
    for run in runs:
        if run.poll() is None:
            run.kill()
            run.communicate()


def at_work() -> list[int]:
    """The actors of this process's cluster that are shooting now, by their processes."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().startswith(b"ray::Worker.work") and _below(path.parent):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def _below(process: Path) -> bool:
    """Whether a process descends from this one."""
    while process.name not in ("0", "1", str(os.getpid())):
        process = Path("/proc") / (process / "stat").read_text().rpartition(")")[2].split()[1]
    return process.name == str(os.getpid())


def assert_same(run: subprocess.Popen[str], film: Path, whole: Path) -> None:
    stdout, stderr = run.communicate(timeout=120)
    assert run.returncode == 0, stderr
    assert "5 takes made, 0 reused" in stdout
    assert finished(film.parent).keys() == finished(whole.parent).keys()
    assert film_of(film) == film_of(whole)


@pytest.mark.usefixtures("second")
def test_a_killed_actor_loses_its_take_alone(tmp_path: Path, begin: Begin, whole: Path) -> None:
    """SIGKILL to an actor at work: another shoots its take, and the film is the one that a single process makes."""
    film = write_film(tmp_path, film=SETTINGS)
    run = begin(film)
    os.kill(at_work()[0], signal.SIGKILL)
    assert_same(run, film, whole)


def test_a_lost_machine_loses_its_take_alone(
    tmp_path: Path, cluster: Any, second: Any, begin: Begin, whole: Path
) -> None:
    """A raylet dies with all its workers: the machine that is left shoots what is open."""
    film = write_film(tmp_path, film=SETTINGS)
    run = begin(film)
    cluster.remove_node(second, allow_graceful=False)
    assert_same(run, film, whole)


@pytest.mark.usefixtures("second")
def test_a_killed_driver_goes_on(tmp_path: Path, begin: Begin, whole: Path) -> None:
    """SIGKILL to the command: its actors go with it, and the same command makes what is left, and the same film."""
    film = write_film(tmp_path, film=SETTINGS)
    run = begin(film)
    while not list((tmp_path / ".shotgraph" / "takes").glob(f"*/*/{SIDECAR}")):
        time.sleep(0.02)
    run.kill()
    run.communicate()
    made = finished(tmp_path)
    again = begin(film)
    stdout, stderr = again.communicate(timeout=120)
    assert again.returncode == 0, stderr
    assert "0 reused" not in stdout
    assert made.items() <= finished(tmp_path).items()
    assert film_of(film) == film_of(whole)


@pytest.mark.usefixtures("second")
def test_through_storage_the_film_is_the_same(tmp_path: Path, begin: Begin, whole: Path) -> None:
    """With --storage no worker touches the film's folder: takes come through the depot, and stand as any other."""
    film = write_film(tmp_path / "film", film=SETTINGS)
    depot = tmp_path / "depot"
    run = begin(film, "--storage", f"file://{depot}", at_work=0)
    assert_same(run, film, whole)
    assert {path.stem for path in depot.glob("takes/*/*.json")} == finished(film.parent).keys()
    assert not list(depot.rglob("*.part"))


def test_without_a_cluster_one_is_started_here(tmp_path: Path, whole: Path) -> None:
    """Where no address is given, Ray is started for the film, and ends with it."""
    film = write_film(tmp_path, film=SETTINGS.replace("name: ray, ", ""))
    done = run_direct(film, "--farm", "ray", "--no-dailies")
    assert done.returncode == 0, done.stderr
    assert film_of(film) == film_of(whole)
    assert str(tmp_path).encode() not in b"".join(path.read_bytes() for path in _commands())


def _commands() -> Iterator[Path]:
    return (path for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists())


def test_a_cluster_that_is_not_there_is_an_answer(tmp_path: Path) -> None:
    """An address where nobody answers: said in words, with exit code 3."""
    film = write_film(tmp_path, film=SETTINGS)
    done = subprocess.run(
        [sys.executable, "-m", "director", str(film)],
        cwd=ROOT,
        env={**os.environ, "RAY_ADDRESS": "127.0.0.1:1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 3
    assert "Ray cannot be reached at 127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr
