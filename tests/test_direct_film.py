"""The main line: a film file in, a film out; and again, with nothing to do."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import av

from director.direct import Options, direct_film
from director.plan import plan_film
from director.project import open_project
from director.takes import Store
from tests.conftest import FILM, edit, write_film

Run = Callable[..., subprocess.CompletedProcess[str]]


def made(film: Path, **options: object):
    plan = plan_film(open_project(film), Store(film.parent).cache)
    return direct_film(plan, Options(workers=1, **options))  # type: ignore[arg-type]


def test_a_film_is_made_with_all_its_papers(film: Path, direct: Run) -> None:
    """One command writes the film, its subtitles, its timeline and its log, and says what it did."""
    run = direct(film)
    assert run.returncode == 0, run.stderr
    out = film.parent / "cut"
    assert {path.name for path in out.iterdir() if path.is_file()} >= {"film.mp4", "film.srt", "film.otio", "film.json"}
    assert str(out / "film.mp4") in run.stdout
    assert "5 shots" in run.stdout
    assert "5 takes made, 0 reused" in run.stdout
    with av.open(str(out / "film.mp4")) as container:
        assert container.streams.video[0].frames == json.loads((out / "film.json").read_text())["frames"]


def test_the_same_command_again_makes_nothing(film: Path, direct: Run) -> None:
    """A second run reuses every take and leaves the film as it is, byte for byte and untouched."""
    assert direct(film).returncode == 0
    before = (film.parent / "cut" / "film.mp4").stat()
    again = direct(film)
    assert "0 takes made, 5 reused" in again.stdout
    after = (film.parent / "cut" / "film.mp4").stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)


def test_one_and_two_workers_make_the_same_film(film: Path, tmp_path: Path, direct: Run) -> None:
    """The number of workers changes no byte."""
    other = write_film(tmp_path / "other")
    assert direct(film, "--workers", 1).returncode == 0
    assert direct(other, "--workers", 2).returncode == 0
    one, two = (path.parent / "cut" / "film.mp4" for path in (film, other))
    assert one.read_bytes() == two.read_bytes()


def test_a_script_alone_is_a_film(film: Path, direct: Run) -> None:
    """``direct script.fountain`` works with defaults for all the rest."""
    run = direct("plan", film.parent / "script.fountain", "--json")
    assert run.returncode == 0, run.stderr
    assert len(json.loads(run.stdout)) == 5


def test_chosen_shots_are_shot_alone_and_cut_apart(film: Path, direct: Run) -> None:
    """``--shots`` makes only those, and never writes half a film over the film."""
    run = direct(film, "--shots", "1B", "--json")
    report = json.loads(run.stdout)
    assert (report["made"], report["shots"]) == (1, 1)
    assert not (film.parent / "cut" / "film.mp4").exists()
    assert (film.parent / "cut" / "selects" / "film.mp4").exists()
    assert direct(film, "--scenes", "2", "--json").returncode == 0
    assert len(Store(film.parent).all_takes()) == 3


def test_an_unknown_shot_is_refused_with_the_nearest(film: Path, direct: Run) -> None:
    """A wrong id names the right ones, and nothing is shot."""
    run = direct(film, "--shots", "1Z")
    assert run.returncode == 2
    assert "no shot “1Z”" in run.stderr
    assert not (film.parent / ".shotgraph" / "takes").exists()


def test_a_shot_that_never_passes_ends_at_its_budget(tmp_path: Path, direct: Run) -> None:
    """A generator that gives black frames: the budget of takes is spent, the best is kept, the exit code is 1."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, black: 1.0}") + "budget: {takes: 2}\n")
    run = direct(film)
    assert run.returncode == 1, run.stderr
    assert "one flat colour" in run.stderr
    assert "10 takes made" in run.stdout
    assert "Fails its checks" in run.stdout
    assert (tmp_path / "cut" / "film.mp4").exists()


def test_a_take_that_fails_is_shot_again_with_another_seed(tmp_path: Path, direct: Run) -> None:
    """Where some seeds give black frames, others are tried until each shot passes."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, black: 0.4}") + "budget: {takes: 30}\n")
    run = direct(film, "--json")
    report = json.loads(run.stdout)
    assert run.returncode == 0, run.stderr
    assert report["made"] > 5
    assert report["failing"] == []


def test_a_long_shot_is_shot_in_linked_segments(tmp_path: Path) -> None:
    """A shot longer than the model's longest clip becomes segments, and each continues from the one before."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, max_frames: 20}"))
    report = made(film)
    assert report.failing == ()
    store = Store(tmp_path)
    longest = max(store.all_takes(), key=lambda take: take.frames)
    assert len(longest.segments) > 1
    assert sum(segment.frames for segment in longest.segments) == longest.frames
    assert all(segment.frames <= 20 for segment in longest.segments)


def test_segments_that_stand_are_not_shot_again(tmp_path: Path) -> None:
    """A take that was stopped between its segments goes on from the last one that was finished."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, max_frames: 20}"))
    made(film)
    store = Store(tmp_path)
    longest = max(store.all_takes(), key=lambda take: take.frames)
    folder = store.take_folder(longest.key)
    (folder / "take.json").unlink()
    (folder / longest.segments[-1].file).unlink()
    before = (folder / longest.segments[0].file).stat().st_mtime_ns
    made(film)
    assert (folder / longest.segments[0].file).stat().st_mtime_ns == before
    again = store.find(longest.key)
    assert again is not None
    assert again.segments == longest.segments


def test_a_generator_that_fails_is_a_fault_and_not_a_crash(tmp_path: Path, direct: Run) -> None:
    """A generator's own error ends the run with exit code 3 and its words."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, fail: true}"))
    for workers in (1, 2):
        run = direct(film, "--workers", workers)
        assert run.returncode == 3
        assert "asked to fail" in run.stderr
        assert "Traceback" not in run.stderr


def test_the_index_is_rebuilt_from_sidecars(film: Path, direct: Run) -> None:
    """The database is only an index: deleted or damaged, it is read again from the sidecars, and nothing is shot."""
    assert direct(film).returncode == 0
    for damage in (b"", b"this is no database at all, not even a little one" * 100):
        for path in (film.parent / ".shotgraph").glob("index.db*"):
            path.unlink()
        if damage:
            (film.parent / ".shotgraph" / "index.db").write_bytes(damage)
        assert "0 takes made, 5 reused" in direct(film).stdout


def test_a_lost_take_is_shot_again_and_is_the_same(film: Path, direct: Run) -> None:
    """A take whose file is gone or short is shot again, from the same seed, to the same bytes."""
    assert direct(film).returncode == 0
    store = Store(film.parent)
    first, second = store.all_takes()[:2]
    bytes_before = store.files(first)[0].read_bytes()
    store.files(first)[0].unlink()
    store.files(second)[0].write_bytes(b"short")
    assert "2 takes made, 3 reused" in direct(film).stdout
    assert store.files(first)[0].read_bytes() == bytes_before


def test_garbage_is_what_no_shot_asks_for(film: Path, direct: Run) -> None:
    """After a camera word changes, its old take is garbage; gc says so, and deletes only when told."""
    assert direct(film).returncode == 0
    edit(film.parent / "bible.yaml", "mustard knitted sweater", "red knitted sweater")
    assert direct(film).returncode == 0
    old = len(Store(film.parent).all_takes())
    assert "would go" in direct("gc", film).stdout
    assert len(Store(film.parent).all_takes()) == old
    direct("gc", film, "--delete")
    assert len(Store(film.parent).all_takes()) == 5
    assert "0 takes made, 5 reused" in direct(film).stdout


def test_status_takes_and_why_before_and_after(film: Path, direct: Run) -> None:
    """The questions a person asks between runs are answered without shooting anything."""
    assert "0 of 5 shots made" in direct("status", film).stdout
    assert direct(film).returncode == 0
    assert "5 of 5 shots made" in direct("status", film).stdout
    rows = json.loads(direct("takes", film, "1B", "--json").stdout)
    assert len(rows) == 1
    assert rows[0]["used"]
    assert Path(rows[0]["files"][0]).exists()
    edit(film.parent / "script.fountain", "You are late.", "You are very late today.")
    why = json.loads(direct("why", film, "1B", "--json").stdout)
    assert "would be shot again" in why["state"]
    assert any("You are late." in link["words"] for link in why["because"])
    assert direct("why", film, "2A").stdout.startswith("shot 2A: made")
