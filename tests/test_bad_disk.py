"""A folder that cannot be written and a disk that is full: said clearly, exit code 3, and the next run goes on."""

import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, run_direct, write_film


def limited(film: Path, size: int) -> subprocess.CompletedProcess[str]:
    """A run in which no file may grow beyond ``size`` bytes: what a full disk does, at a chosen moment."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [sys.executable, "-B", "-m", "director", str(film), "--workers", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=limit,
        timeout=120,
        check=False,
    )


def test_a_disk_that_fills_at_any_moment_ends_in_words(tmp_path: Path) -> None:
    """From the first byte to the film's last: exit code 3, no traceback, and the same film afterwards."""
    whole = write_film(tmp_path / "whole")
    assert run_direct(whole).returncode == 0
    film = write_film(tmp_path / "full")
    codes = []
    for size in (0, 100, 2_000, 5_000, 9_000, 20_000):
        run = limited(film, size)
        codes.append(run.returncode)
        assert run.returncode in (0, 3), (size, run.stderr)
        assert "Traceback" not in run.stderr, (size, run.stderr)
        if run.returncode == 3:
            assert "run the same command again" in run.stderr, (size, run.stderr)
    assert codes[0] == 3
    last = run_direct(film)
    assert last.returncode == 0, last.stderr
    assert (film.parent / "cut" / "film.mp4").read_bytes() == (whole.parent / "cut" / "film.mp4").read_bytes()


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """On a file system of 200 kB: the words name the disk; with room made, the same command goes on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        return  # only root may mount; the limits on sizes above stand for this everywhere
    try:
        film = write_film(disk / "film")
        (disk / "ballast").write_bytes(b"x" * 60_000)
        run = run_direct(film, "--workers", 1)
        assert run.returncode == 3, run.stdout + run.stderr
        assert "disk is full" in run.stderr or "Free some space" in run.stderr
        assert "Traceback" not in run.stderr
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        again = run_direct(film, "--workers", 1)
        assert again.returncode == 0, again.stderr
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A read-only film folder is said so, with exit code 3."""
    if os.geteuid() == 0:  # root may write everywhere but in /proc
        run = run_direct(write_film(tmp_path / "film"), "--out", "/proc/cut")
        assert run.returncode == 3, run.stderr
        assert "Traceback" not in run.stderr
        return
    film = write_film(tmp_path / "film")
    film.parent.chmod(0o555)
    try:
        run = run_direct(film)
        assert run.returncode == 3
        assert "cannot be written" in run.stderr
    finally:
        film.parent.chmod(0o755)


def test_a_place_where_no_folder_can_be(tmp_path: Path) -> None:
    """A file stands where the store or the cut should be: exit code 3 in words, also for root."""
    film = write_film(tmp_path / "film")
    (film.parent / ".shotgraph").write_text("in the way")
    run = run_direct(film)
    assert run.returncode == 3, run.stderr
    assert "Traceback" not in run.stderr
    (film.parent / ".shotgraph").unlink()
    (tmp_path / "out").write_text("in the way")
    run = run_direct(film, "--out", tmp_path / "out")
    assert run.returncode == 3, run.stderr
    assert "Traceback" not in run.stderr
    assert run_direct(film).returncode == 0
