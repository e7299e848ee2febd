"""A take that was made of pieces: a reroll keeps those before the first that something is wrong with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from director.attempts import Attempt
from director.changes import Keep, kept_frames, read
from director.checks.base import Ruling, Verdict
from director.reroll import kept_of
from director.takes import Segment, Store, Take
from tests.conftest import FILM, write_film

CHECK = """
from director.checks.base import Ruling, Verdict

class Late:
    name, version, needs_rehearsal = "late", "1", False
    def __init__(self, settings, folder):
        pass
    def judge(self, showing):
        dark = [index for index, frame in enumerate(showing.read(list(range(showing.frames)))) if not frame.any()]
        ruling = Ruling.FAIL if dark else Ruling.PASS
        span = (dark[0], dark[-1]) if dark else None
        return (Verdict(check="late", version="1", ruling=ruling, score=len(dark), limit=0, words="dark", span=span),)
"""
LATE = """\
generator: {name: fake, handles: 0, max_frames: 10, black: 0.7, spares: 10}
checks: {also: late}
budget: {takes: 8}
"""


def taken(lengths: tuple[int, ...]) -> Take:
    segments = [
        Segment(file=f"{index}.mkv", key="k", sha256="0" * 64, bytes=1, frames=frames)
        for index, frames in enumerate(lengths)
    ]
    return Take(
        key="ab" * 32,
        recipe="r",
        shot="1A",
        fingerprint="f",
        attempt=0,
        seed=1,
        generator="fake",
        version="1",
        inputs={},
        width=64,
        height=36,
        rate="12",
        frames=sum(lengths),
        head=0,
        tail=0,
        segments=tuple(segments),
        seconds=0.0,
        made="",
    )


def failing(*spans: tuple[int, int] | None) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(check="black", version="1", ruling=Ruling.FAIL, score=2, limit=1, words="", span=span) for span in spans
    )


@pytest.mark.parametrize(
    ("lengths", "spans", "kept"),
    [
        ((10, 10, 10), [(25, 29)], 2),
        ((10, 10, 10), [(20, 20)], 2),
        ((10, 10, 10), [(19, 29)], 1),
        ((10, 10, 10), [(25, 29), (12, 13)], 1),
        ((10, 10, 10), [(3, 29)], 0),
        ((10, 10, 10), [(25, 29), None], 0),  # what is wrong with all of it is wrong from the start
        ((30,), [(25, 29)], 0),
        ((10, 10, 10), [], 0),
    ],
)
def test_what_stands_before_the_first_fault_is_kept(
    lengths: tuple[int, ...], spans: list[tuple[int, int] | None], kept: int
) -> None:
    """Whole pieces, and never all of them."""
    found = kept_of([Attempt(0, taken(lengths), failing(*spans))])
    assert (found.pieces if found is not None else 0) == kept
    if found is not None:
        assert found.frames == sum(lengths[:kept])


def film_of(tmp_path: Path, workers: int) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A film whose later pieces come out black seven times in ten, and a check that sees it."""
    site = tmp_path / "site"
    about = site / "late-1.0.dist-info"
    about.mkdir(parents=True, exist_ok=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: late\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[shotgraph.checks]\nlate = late:Late\n", encoding="utf-8")
    (site / "late.py").write_text(CHECK, encoding="utf-8")
    film = write_film(tmp_path / f"film{workers}", film=FILM.replace("generator: fake\n", LATE))
    command = [sys.executable, "-m", "director", str(film), "--json", "--workers", str(workers)]
    environment = os.environ | {"PYTHONPATH": str(site)}
    made = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert made.returncode in (0, 1), made.stderr
    return film, made


def test_a_reroll_goes_on_from_the_piece_that_was_good(tmp_path: Path) -> None:
    """Its bytes are the same, its words say so, and it is no different with two workers."""
    film, made = film_of(tmp_path, 1)
    takes = {take.key: take for take in Store(film.parent).all_takes()}
    grown = [
        (take, change) for take in takes.values() for change in map(read, take.changes) if isinstance(change, Keep)
    ]
    assert grown
    for take, change in grown:
        before = takes[change.take]
        assert [piece.sha256 for piece in take.segments[: change.pieces]] == [
            piece.sha256 for piece in before.segments[: change.pieces]
        ]
        assert kept_frames(take.changes) == change.frames == sum(s.frames for s in take.segments[: change.pieces])
    other, again = film_of(tmp_path, 2)
    assert (film.parent / "cut" / "film.mp4").read_bytes() == (other.parent / "cut" / "film.mp4").read_bytes()
    assert json.loads(made.stdout)["made"] == json.loads(again.stdout)["made"]
    assert {take.key for take in Store(other.parent).all_takes()} == set(takes)
