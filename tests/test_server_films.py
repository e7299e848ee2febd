"""Whole films from servers: planned to what the server makes, shot, judged, cut, and not shot twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from director.film import DEFAULT
from director.plan import plan_film
from director.project import open_project
from director.takes import Store
from tests.conftest import FILM, ROOT, edit, run_direct, write_film
from tests.servers.asked import QUICK
from tests.servers.comfy import WORKFLOW, ComfyServer
from tests.servers.videos import VideosServer
from tests.test_server_keys import KEY, everything_in

SCRIPT = """\
INT. KITCHEN - DAY

[[shot: wide shot of MARA, static, 1s]]

MARA stands by the window.

[[shot: close-up on MARA, static, 1s]]

MARA waits.
"""
ONE = SCRIPT.partition("[[shot: close")[0]
UNJUDGED = [name for name in DEFAULT if name not in ("usable", "person")]


def film_for(folder: Path, generator: dict, script: str = SCRIPT, *, judged: bool = False) -> Path:
    """A small film that a generator with these settings shoots, each shot once."""
    settings = FILM.replace("fake", json.dumps({"wait": QUICK, "handles": 0, **generator}))
    settings += "budget: {takes: 1}\n" + ("" if judged else f"checks: {{skip: {json.dumps(UNJUDGED)}}}\n")
    return write_film(folder, film=settings, script=script)


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEO_KEY", KEY)


@pytest.fixture
def server() -> Iterator[VideosServer]:
    with VideosServer(key=KEY, looks=2) as running:
        yield running


def test_a_film_is_shot_by_a_video_server_also_when_it_is_killed(server: VideosServer, tmp_path: Path) -> None:
    """SIGKILL to all its processes while the server works: the next run waits for the same job, and makes the film.

    Noise fails the checks, which compare it with the rehearsal; the film is cut of it all the same, exit code 1.
    """
    server.looks = 100_000
    settings = {"name": "videos-api", "url": server.url, "key_from": "VIDEO_KEY", "guided_by": "depth"}
    film = film_for(tmp_path, settings, ONE, judged=True)
    command = [sys.executable, "-m", "director", str(film), "--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while server.count("status") < 2 and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for job in server.jobs.values():
        job.looks = 0
    run = run_direct(film, "--workers", 2)
    assert run.returncode == 1, run.stderr
    assert (tmp_path / "cut/film.mp4").exists()
    assert server.taken == 1
    (take,) = Store(tmp_path).all_takes()
    told = {"server": server.url, "dialect": "vllm-omni", "model": None, "job": "video_gen_1"}
    assert take.provenance == told
    assert KEY not in run.stdout + run.stderr
    assert KEY.encode() not in everything_in(tmp_path)


def test_the_server_may_move_and_nothing_is_shot_again(tmp_path: Path) -> None:
    """Its address, the key and the waits are no part of a recipe; the number of steps is, and what a workflow holds."""

    def recipes(film: Path) -> list[str]:
        return [planned.recipe for planned in plan_film(open_project(film), Store(film.parent).cache).shots]

    film = film_for(tmp_path / "videos", {"name": "videos-api", "url": "http://one", "key_from": "VIDEO_KEY"})
    before = recipes(film)
    edit(film, "http://one", "https://another/v1")
    edit(film, '"key_from": "VIDEO_KEY"', '"price": 0.1')
    edit(film, '"poll": 0.01', '"poll": 7')
    assert recipes(film) == before
    edit(film, '"price": 0.1', '"steps": 7')
    assert not set(recipes(film)) & set(before)

    film = film_for(
        tmp_path / "comfy", {"name": "comfyui", "url": "http://one", "workflow": "a.json", "guided_by": "depth"}
    )
    (film.parent / "a.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
    before = recipes(film)
    (film.parent / "b.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
    edit(film, "a.json", "b.json")
    assert recipes(film) == before
    edit(film.parent / "b.json", '"steps": 20', '"steps": 21')
    assert not set(recipes(film)) & set(before)


def test_a_long_shot_is_made_of_the_servers_clips(server: VideosServer, tmp_path: Path) -> None:
    """Each piece goes on from the last frame of the one before, which the model shows again and the film does not."""
    settings = {
        "name": "videos-api", "url": server.url, "key_from": "VIDEO_KEY", "first_frame": True, "repeats": True,
        "max_frames": 9, "step": 4, "base": 1,
    }  # fmt: skip
    film = film_for(tmp_path, settings, ONE)
    assert run_direct(film, "--workers", 1, "--no-dailies").returncode == 0
    (take,) = Store(tmp_path).all_takes()
    jobs = list(server.jobs.values())
    assert [[file.name for file in job.files] for job in jobs] == [[], *[["input_reference"]] * (len(jobs) - 1)]
    asked = [int(job.fields["num_frames"]) for job in jobs]
    assert [segment.frames for segment in take.segments] == [asked[0], *(count - 1 for count in asked[1:])]
    assert len(jobs) > 1


def test_a_film_is_shot_by_comfyui(tmp_path: Path) -> None:
    """With the workflow in the film's folder, by two workers."""
    with ComfyServer() as server:
        film = film_for(tmp_path, {"name": "comfyui", "url": server.url, "workflow": "wan.json", "guided_by": "depth"})
        (tmp_path / "wan.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
        run = run_direct(film, "--workers", 2)
        assert run.returncode == 0, run.stderr
        assert server.taken == 2
    assert (tmp_path / "cut/film.mp4").exists()


def test_a_server_that_fails_ends_a_run_with_its_words(server: VideosServer, tmp_path: Path) -> None:
    """Exit code 3, no traceback, no key."""
    server.key = "another"
    film = film_for(tmp_path, {"name": "videos-api", "url": server.url, "key_from": "VIDEO_KEY"}, ONE)
    run = run_direct(film, "--workers", 2)
    assert run.returncode == 3
    assert "Check the key in VIDEO_KEY." in run.stderr
    assert "Traceback" not in run.stderr
    assert "Refused" not in run.stderr  # an error's words, not its name
    assert KEY not in run.stdout + run.stderr
    assert server.taken == 0


@pytest.mark.parametrize("name", ["videos-api", "comfyui"])
def test_a_plan_speaks_to_nobody(name: str, tmp_path: Path) -> None:
    """Films are planned and checked while the server is down."""
    given = {"name": name, "url": "http://127.0.0.1:1", "guided_by": "depth"}
    if name == "comfyui":
        given["workflow"] = "wan.json"
    film = film_for(tmp_path, given)
    (tmp_path / "wan.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
    run = run_direct("check", film)
    assert run.returncode == 0, run.stderr
