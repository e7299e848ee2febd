"""Drafts: a cheap look at a take is judged before the take is paid for."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from director.crew import is_draft
from director.takes import Store, Take
from tests.conftest import FILM, write_film

Run = Callable[..., subprocess.CompletedProcess[str]]
DRAFTED = "reroll: {drafts: true}\n"


def drafts_and_takes(folder: Path) -> tuple[list[Take], list[Take]]:
    takes = Store(folder).all_takes()
    return [take for take in takes if is_draft(take)], [take for take in takes if not is_draft(take)]


def test_only_what_a_draft_shows_to_be_good_is_shot_in_full(tmp_path: Path, direct: Run) -> None:
    """Of seeds that often give black takes, each shot has a draft for every try, half as wide, and a single take."""
    film = write_film(
        tmp_path, film=FILM.replace("fake", "{name: fake, black: 0.6}") + "budget: {takes: 20}\n" + DRAFTED
    )
    run = direct(film, "--json")
    assert run.returncode == 0, run.stderr
    drafts, takes = drafts_and_takes(tmp_path)
    assert len(takes) == 5
    assert len(drafts) > 5
    assert {(take.width, take.height) for take in drafts} == {(32, 18)}
    assert {(take.width, take.height) for take in takes} == {(64, 36)}
    assert json.loads(run.stdout)["made"] == len(drafts) + 5
    for take in takes:
        (draft,) = [each for each in drafts if (each.shot, each.seed) == (take.shot, take.seed)]
        assert draft.attempt == take.attempt
    cut = json.loads((tmp_path / "cut" / "film.json").read_text())
    assert {shot["key"] for shot in cut["shots"]} == {take.key for take in takes}
    assert "0 takes made" in direct(film).stdout


def test_a_shot_whose_drafts_all_fail_has_a_take_in_the_end(tmp_path: Path, direct: Run) -> None:
    """The last take that the budget allows is shot in full, so that there is something to cut."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, black: 1}") + "budget: {takes: 3}\n" + DRAFTED)
    assert direct(film).returncode == 1
    drafts, takes = drafts_and_takes(tmp_path)
    assert (len(drafts), len(takes)) == (10, 5)
    assert (tmp_path / "cut" / "film.mp4").exists()


def test_a_draft_costs_its_share(tmp_path: Path, direct: Run) -> None:
    """With a pool of six and five takes held back, four drafts at a quarter are paid for, then a take of each shot."""
    settings = FILM.replace("fake", "{name: fake, black: 1}") + "budget: {takes: 9, pool: 6}\n" + DRAFTED
    film = write_film(tmp_path, film=settings)
    assert direct(film).returncode == 1
    drafts, takes = drafts_and_takes(tmp_path)
    assert (len(drafts), len(takes)) == (4, 5)


def test_a_draft_cannot_be_picked(tmp_path: Path, direct: Run) -> None:
    """It has too few pixels for the film."""
    film = write_film(tmp_path, film=FILM + DRAFTED)
    assert direct(film).returncode == 0
    drafts, _ = drafts_and_takes(tmp_path)
    draft = next(take for take in drafts if take.shot == "1A")
    run = direct("pick", film, "1A", draft.key[:12])
    assert run.returncode == 2
    assert "draft" in run.stderr
    assert direct("pick", film, "1A", 1).returncode == 0
    assert "draft 1" in direct("why", film, "1A").stdout
