"""Anchors: who has no reference image takes one from the first good take, and later takes are shot with it."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from director.ladder import DEFAULT
from director.takes import Store, Take
from tests.conftest import FILM, edit, write_film

Run = Callable[..., subprocess.CompletedProcess[str]]
SKIPPED = ", ".join(name for name in DEFAULT if name not in ("usable", "person"))
ANCHORED = (
    FILM.replace("fake", "{name: fake, compared: true}").replace(
        "height: 36, width: 64, rate: 12", "height: 160, rate: 6"
    )
    + f"checks: {{skip: [{SKIPPED}]}}\n"
)
"""A generator that takes references, held against the rehearsal by the check that its takes pass."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of five shots, made with anchors."""
    from tests.conftest import run_direct

    film = write_film(tmp_path_factory.mktemp("anchored"), film=ANCHORED)
    run = run_direct(film, "--workers", 1)
    assert run.returncode == 0, run.stderr
    return film


def takes(film: Path) -> dict[str, Take]:
    return {take.shot: take for take in Store(film.parent).all_takes()}


def test_later_shots_are_shot_with_a_crop_of_an_earlier_take(made: Path, direct: Run) -> None:
    """The crop is on disk by its content, stands in the later take's key, and why it was taken is on record."""
    by_shot = takes(made)
    assert not any(name.startswith("anchor") for name in by_shot["1A"].resolved)
    held = {name: sha for name, sha in by_shot["2A"].resolved.items() if name.startswith("anchor")}
    assert "anchor MARA" in held
    for sha256 in held.values():
        assert (made.parent / ".shotgraph" / "anchors" / f"{sha256}.png").exists()
    why = json.loads(direct("why", made, "2A", "--json").stdout)
    (mara,) = [anchor for anchor in why["anchors"] if anchor["of"] == "MARA"]
    assert mara["sha256"] == held["anchor MARA"]
    assert mara["shot"].startswith("1")
    assert mara["box"][2] >= 40
    assert "MARA" in direct("why", made, "2A").stdout


def test_a_film_with_anchors_finds_nothing_to_do_the_second_time(made: Path, direct: Run) -> None:
    """Though their crops were deleted: they are cut out again, to the same bytes."""
    crops = {path.name: path.read_bytes() for path in (made.parent / ".shotgraph" / "anchors").glob("*.png")}
    assert crops
    for name in crops:
        (made.parent / ".shotgraph" / "anchors" / name).unlink()
    assert "0 takes made, 5 reused" in direct(made).stdout
    assert {path.name: path.read_bytes() for path in (made.parent / ".shotgraph" / "anchors").glob("*.png")} == crops


def test_with_anchors_nothing_is_judged_the_second_time(made: Path, direct: Run) -> None:
    """What was said of takes from before there was an anchor stands, in this run and the next."""
    before = judged(made)
    assert len(before) == 5
    assert direct(made).returncode == 0
    assert judged(made) == before


def judged(film: Path) -> list[tuple[int, str, str]]:
    """Every time a take was judged: a running number, the take, and the eye."""
    with closing(sqlite3.connect(film.parent / ".shotgraph" / "index.db")) as index:
        return index.execute("SELECT rowid, take, eye FROM judged ORDER BY rowid").fetchall()


def test_anchors_are_the_same_whatever_the_number_of_workers(made: Path, tmp_path: Path, direct: Run) -> None:
    """Two workers make the very same takes."""
    other = write_film(tmp_path, film=ANCHORED)
    assert direct(other, "--workers", 2).returncode == 0
    assert {take.key for take in takes(other).values()} == {take.key for take in takes(made).values()}


def test_another_choice_of_the_anchoring_shot_opens_what_hung_on_it(made: Path, direct: Run) -> None:
    """A person picks another take there: why names the anchor that moved, and what depended on it is shot again."""
    why = json.loads(direct("why", made, "2A", "--json").stdout)
    shot = next(anchor["shot"] for anchor in why["anchors"] if anchor["of"] == "MARA")
    assert direct("reroll", made, shot, "--seed", 5).returncode == 0
    assert "0 takes made" in direct(made).stdout
    assert direct("pick", made, shot, 2).returncode == 0
    told = direct("why", made, "2A").stdout
    assert "would be shot again" in told
    assert "anchor" in told
    assert "picked by a person" in told
    assert "open" in direct("status", made).stdout
    run = direct(made, "--json")
    assert 1 <= json.loads(run.stdout)["made"] <= 4
    assert "anchor" in direct("why", made, "2A").stdout


def test_with_anchors_off_nobody_waits_and_nothing_is_cut_out(tmp_path: Path, direct: Run) -> None:
    """``reroll: {anchors: false}``."""
    film = write_film(tmp_path, film=ANCHORED + "reroll: {anchors: false}\n")
    edit(film, "height: 160", "height: 36")
    assert direct(film).returncode == 0
    assert not (tmp_path / ".shotgraph" / "anchors").exists()


def test_nobody_waits_for_a_shot_that_is_given_up(tmp_path: Path, direct: Run) -> None:
    """With one take a shot and none that passes, every shot has its take all the same."""
    settings = ANCHORED.replace("compared: true", "compared: true, black: 1").replace("height: 160", "height: 36")
    film = write_film(tmp_path, film=settings + "budget: {takes: 1}\nreroll: {wait: 5}\n")
    assert direct(film).returncode == 1
    assert sorted(take.shot for take in Store(tmp_path).all_takes()) == ["1A", "1B", "1C", "2A", "2B"]
