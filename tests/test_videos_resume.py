"""Killed runs, several workers: the note of a job is found again, and nothing is sent twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from render.generators.servers.deadline import Deadline
from render.generators.servers.pace import Pace
from tests.conftest import ROOT
from tests.servers.asked import FRAMES, made, notes, videos_api, wanted
from tests.servers.videos import VideosServer
from tests.servers.web import Handler, waits_for


@pytest.fixture
def server() -> Iterator[VideosServer]:
    with VideosServer() as running:
        yield running


@pytest.fixture
def end() -> Iterator[threading.Event]:
    """Set when a test is over: who waits for it need wait no more."""
    event = threading.Event()
    yield event
    event.set()


RUN = """
import sys
from pathlib import Path
from tests.servers.asked import made, videos_api, wanted
made(videos_api(sys.argv[1], Path(sys.argv[2]), exclusive=True, wait={"answer": 60, "settle": 0.05}), wanted())
"""


def killed_when(server: VideosServer, folder: Path, route: str, times: int) -> None:
    """Run a take in a process of its own, and kill it when the server was asked so many times."""
    process = subprocess.Popen([sys.executable, "-c", RUN, server.url, str(folder)], cwd=ROOT)
    until = time.monotonic() + 60
    while server.count(route) < times and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def test_a_killed_run_goes_on_with_its_job(server: VideosServer, tmp_path: Path) -> None:
    """SIGKILL while the job runs: the next run finds its id and fetches its video."""
    server.looks = 10_000
    killed_when(server, tmp_path, "status", 3)
    for job in server.jobs.values():
        job.looks = 0
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 1


def test_a_run_that_is_killed_before_the_answer_finds_its_job(
    server: VideosServer, tmp_path: Path, end: threading.Event
) -> None:
    """SIGKILL between the job and the answer: the note says that it was sent, and the list has it."""

    def takes_and_hangs(handler: Handler) -> bool:
        server.take(handler)
        return waits_for(end)(handler)

    server.troubles["create"] = [takes_and_hangs]
    killed_when(server, tmp_path, "create", 1)
    assert notes(tmp_path).keys()
    assert len(made(videos_api(server.url, tmp_path, exclusive=True), wanted())) == FRAMES
    assert server.taken == 1


def test_two_at_once_make_one_job(server: VideosServer, tmp_path: Path) -> None:
    """Whoever comes second waits, and fetches what was made."""
    takes: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: takes.append(made(videos_api(server.url, tmp_path), wanted())))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(takes) == 2
    assert server.taken == 1


def test_no_more_jobs_at_a_time_than_the_film_says(tmp_path: Path) -> None:
    """``concurrent`` holds over all who work on the film, ``per_second`` spaces what is asked."""
    running: list[int] = []

    with VideosServer(looks=3) as server:

        def look(_handler: Handler) -> bool:
            running.append(sum(job.looked < job.looks for job in server.jobs.values()))
            return False

        server.troubles["status"] = [look] * 50
        generators = [videos_api(server.url, tmp_path, concurrent=1, per_second=200) for _ in range(3)]
        threads = [
            threading.Thread(target=made, args=(generator, wanted(seed=seed)))
            for seed, generator in enumerate(generators)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.taken == 3
    assert max(running) == 1


def test_turns_are_kept_apart(tmp_path: Path) -> None:
    """Three turns at twenty a second: the fourth is due no sooner than that."""
    before = time.time()
    pace = Pace(tmp_path, "http://host", per_second=20, concurrent=None)
    for _ in range(3):
        pace.turn(Deadline(10, "whole"))
    (file,) = tmp_path.glob("*.next")
    assert float(file.read_text()) >= before + 3 / 20


def test_what_is_a_day_old_and_over_is_swept(server: VideosServer, tmp_path: Path) -> None:
    """Notes of takes that were handed over, locks and leftovers; never the note of a job that runs or is looked for."""
    made(videos_api(server.url, tmp_path), wanted(seed=1))
    frames = videos_api(server.url, tmp_path).generate(wanted(seed=2), lambda _: None)
    next(frames)
    frames.close()  # type: ignore[attr-defined]
    jobs = tmp_path / ".shotgraph/jobs"
    (jobs / f"{'0' * 64}.mp4").write_bytes(b"left by a killed run")
    for path in jobs.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    made(videos_api(server.url, tmp_path), wanted(seed=3))
    assert sorted(notes(tmp_path).values()) == ["accepted", "delivered"]
    assert not list(jobs.glob("*.mp4"))
    assert len(list(jobs.glob("*.lock"))) == 2
