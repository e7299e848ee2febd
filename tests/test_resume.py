"""Nothing paid for is lost: killed anywhere, a run goes on, and makes the very film it would have made."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from director.takes import SIDECAR
from tests.conftest import FILM, ROOT, run_direct, write_film
from tests.test_anchors import ANCHORED

KILLS = 25


def finished(folder: Path) -> dict[str, str]:
    """Every finished take: key → when it was made."""
    sidecars = (folder / ".shotgraph" / "takes").glob(f"*/*/{SIDECAR}")
    return {path.parent.name: json.loads(path.read_text())["made"] for path in sidecars}


def killed_after(film: Path, workers: int, seconds: float) -> bool:
    """Start a run, kill its whole process group after a while; whether it was still running."""
    process = subprocess.Popen(
        [sys.executable, "-m", "director", str(film), "--workers", str(workers)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_random_moments_the_film_is_the_same(tmp_path: Path, workers: int) -> None:
    """SIGKILL to the process group at 25 random moments: the same bytes in the end, and no take made twice."""
    settings = FILM.replace("fake", "{name: fake, sleep: 0.012, max_frames: 24}")
    whole = write_film(tmp_path / "whole", film=settings)
    started = time.monotonic()
    assert run_direct(whole, "--workers", workers).returncode == 0
    length = time.monotonic() - started

    moments = random.Random(workers)
    film = write_film(tmp_path / "killed", film=settings)
    made: dict[str, str] = {}
    hits = 0
    while hits < KILLS:
        hits += killed_after(film, workers, moments.uniform(0.15, 0.6 * length))
        now = finished(film.parent)
        assert made.items() <= now.items(), "a finished take was made again, or lost"
        made = now
        if len(made) == 5 and (film.parent / "cut" / "film.mp4").exists() and hits < KILLS:
            # The run got through: begin again from nothing, so that every kill hits a run at work.
            film = write_film(tmp_path / f"killed-{hits}", film=settings)
            made = {}
    last = run_direct(film, "--workers", workers)
    assert last.returncode == 0, last.stderr
    assert made.items() <= finished(film.parent).items()
    assert (film.parent / "cut" / "film.mp4").read_bytes() == (whole.parent / "cut" / "film.mp4").read_bytes()
    assert not list((film.parent / "cut").glob("*.part")), "a part file was left"


@pytest.mark.slow
def test_killed_amid_rerolls_the_film_is_the_same(tmp_path: Path) -> None:
    """With takes that fail, ladders, anchors and a pool that runs out: killed six times, the same takes and film."""
    generator = "{name: fake, sleep: 0.01, compared: true, black: 0.6, heals: 0.7}"
    settings = ANCHORED.replace("{name: fake, compared: true}", generator) + (
        "budget: {takes: 4, pool: 12}\nreroll: {ladder: {usable: [guide, guide]}}\n"
    )
    whole = write_film(tmp_path / "whole", film=settings)
    started = time.monotonic()
    assert run_direct(whole, "--workers", 1).returncode in (0, 1)
    length = time.monotonic() - started

    moments = random.Random(3)
    film = write_film(tmp_path / "killed", film=settings)
    made: dict[str, str] = {}
    hits = 0
    while hits < 6:
        hits += killed_after(film, 2, moments.uniform(0.3, 0.5 * length))
        now = finished(film.parent)
        assert made.items() <= now.items(), "a finished take was made again, or lost"
        made = now
        if (film.parent / "cut" / "film.mp4").exists() and hits < 6:
            film, made = write_film(tmp_path / f"killed-{hits}", film=settings), {}
    assert run_direct(film, "--workers", 2).returncode in (0, 1)
    assert finished(film.parent).keys() == finished(whole.parent).keys()
    assert len(finished(film.parent)) > 5
    assert (film.parent / "cut" / "film.mp4").read_bytes() == (whole.parent / "cut" / "film.mp4").read_bytes()


def test_two_runs_at_once_make_each_take_once(tmp_path: Path) -> None:
    """Two commands on one film: the second waits, names who it waits for, and makes nothing again."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, sleep: 0.05}"))
    command = [sys.executable, "-m", "director", str(film), "--workers", "1"]
    runs = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in "ab"
    ]
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    out = sorted(stdout for stdout, _ in told)
    assert any("5 takes made, 0 reused" in text for text in out)
    assert any("0 takes made, 5 reused" in text for text in out)
    assert any("waiting for “" in stderr and "process" in stderr for _, stderr in told)


def test_a_notebook_shoots_while_a_run_is_at_work(tmp_path: Path) -> None:
    """A single take rolled beside a run waits for nobody, and a take both want is made once."""
    from director import open_film

    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, sleep: 0.02}"))
    run = subprocess.Popen(
        [sys.executable, "-m", "director", str(film), "--workers", "1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    shots = open_film(film)
    other = shots.shot("1A").roll(seed=99)
    same = shots.shot("2B").roll()
    made_here = {take.key: take.take.made for take in (other, same)}
    stdout, stderr = run.communicate(timeout=120)
    assert run.returncode == 0, stderr
    assert "5 shots" in stdout
    now = finished(tmp_path)
    assert made_here.items() <= now.items()
    assert len(now) == 6
