"""Rerolls: what failed decides what changes, within a budget; and a person's word counts."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from director.changes import Forward, Guide, Keyframe, Refuse, read, written
from director.checks.base import Ruling, Verdict
from director.ladder import DEFAULT, Means, climb
from director.takes import Store, Take
from tests.conftest import FILM, SCRIPT, run_direct, write_film

Run = Callable[..., subprocess.CompletedProcess[str]]


def failing(check: str, subject: str | None = None, part: str | None = None, **more: object) -> Verdict:
    return Verdict(
        check=check, version="1", ruling=Ruling.FAIL, score=2, limit=1, words="wrong", subject=subject, part=part,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


ABLE = Means(
    forward=True,
    refuse=True,
    references={"MARA": 2},
    control=(0.4, 0.7, 1.0),
    parts=frozenset({("MARA", None), ("MARA", "coat"), ("IVO", None), ("IVO", "sweater")}),
)


def test_the_first_reroll_of_a_wrong_colour_says_it_earlier_and_shows_who_is_meant() -> None:
    """A failing attribute brings its words forward and its subject's reference to the front; nothing else changes."""
    turn = climb([[failing("attributes", "MARA", "coat")]], DEFAULT, ABLE)
    assert [change.words for change in turn.changes] == ["1 reference of MARA first", "MARA’s coat first in the prompt"]


def test_a_camera_that_fails_again_is_guided_more_strongly_each_time() -> None:
    """0.4, 0.7, 1.0 and no further."""
    strengths = []
    for count in range(1, 5):
        turn = climb([[failing("camera", measure="camera.amount")]] * count, DEFAULT, ABLE)
        strengths += [change.control for change in turn.changes if isinstance(change, Guide)]
    assert strengths == [0.4, 0.7, 1.0, 1.0]


def test_several_failing_checks_take_their_steps_together_and_keep_them() -> None:
    """What helped against the first trouble stays when another comes; two checks raise the guide once a take."""
    both = [failing("camera"), failing("tempo"), failing("never", "IVO", "a hat")]
    turn = climb([both, [failing("attributes", "IVO", "sweater")]], DEFAULT, ABLE)
    assert Guide(control=0.4) in turn.changes
    assert Refuse(refused="a hat") in turn.changes
    assert Forward(of="IVO", part="sweater") in turn.changes


def test_a_keyframe_that_does_harm_is_taken_back() -> None:
    """A third wrong colour gives the take a first frame; where the camera then fails, the next has none again."""
    still = Keyframe(take="ab" * 32, frame=0)
    means = replace(ABLE, still=lambda _attempts: still)
    colour = [failing("attributes", "MARA", "coat")]
    assert still in climb([colour] * 3, DEFAULT, means).changes
    assert still in climb([colour] * 4, DEFAULT, means).changes
    after = climb([colour] * 3 + [[failing("camera")]] + [colour] * 2, DEFAULT, means)
    assert still not in after.changes


def test_what_a_generator_cannot_do_is_skipped_and_said() -> None:
    """A generator without a guide gets a new seed, and the reason why nothing else."""
    turn = climb([[failing("camera")]], DEFAULT, Means())
    assert turn.changes == ()
    assert any("guide" in words for words in turn.skipped)


def test_a_change_stands_in_a_key_as_it_is_read_back() -> None:
    """Its JSON is stable."""
    change = Forward(of="MARA", part="coat")
    assert written(change) == '{"change":"forward","of":"MARA","part":"coat"}'
    assert read(written(change)) == change


GUIDED = """\
budget: {takes: 5}
reroll: {ladder: {usable: [guide, guide, guide]}}
"""


def takes_of(film: Path, shot: str) -> list[dict]:
    return json.loads(run_direct("why", film, shot, "--json").stdout)["takes"]


def test_the_ladder_of_a_film_is_climbed_until_a_take_passes(tmp_path: Path, direct: Run) -> None:
    """A generator whose takes are black below a guide of 0.7: two steps later every shot passes, with its changes."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, black: 1, heals: 0.7}") + GUIDED)
    run = direct(film, "--json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["made"] == 15
    takes = takes_of(film, "1B")
    assert [take["changes"] for take in takes] == [[], ["guide 0.4"], ["guide 0.7"]]
    assert [take["used"] for take in takes] == [False, False, True]
    assert "0 takes made, 15 reused" in direct(film).stdout


def test_rerolls_are_the_same_whatever_the_number_of_workers(tmp_path: Path, direct: Run) -> None:
    """The same takes and the same film, to the byte."""
    settings = FILM.replace("fake", "{name: fake, black: 0.7, heals: 1.0}") + GUIDED
    films = [write_film(tmp_path / name, film=settings) for name in ("one", "two")]
    for workers, film in enumerate(films, 1):
        assert direct(film, "--workers", workers).returncode == 0
    keys = [{take.key for take in Store(film.parent).all_takes()} for film in films]
    assert keys[0] == keys[1]
    assert len({(film.parent / "cut" / "film.mp4").read_bytes() for film in films}) == 1


def test_what_the_film_can_pay_for_goes_where_it_helps_most(tmp_path: Path, direct: Run) -> None:
    """With a pool of seven for five shots that never pass: one take of each, and two more in all."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, black: 1}") + "budget: {takes: 9, pool: 7}\n")
    run = direct(film)
    assert run.returncode == 1, run.stderr
    assert "7 takes made" in run.stdout
    status = json.loads(direct("status", film, "--json").stdout)
    assert sorted(row["takes"] for row in status["shots"]) == [1, 1, 1, 2, 2]
    assert {row["state"] for row in status["shots"]} == {"failing"}


@pytest.mark.parametrize("budget", ["seconds: 5", "money: 1, price: 0.2", "pool: 4"])
def test_a_budget_too_small_for_one_take_of_each_shot_is_refused(tmp_path: Path, direct: Run, budget: str) -> None:
    """Before anything is shot, with the line to change."""
    film = write_film(tmp_path, film=FILM + f"budget: {{{budget}}}\n")
    run = direct(film)
    assert run.returncode == 2
    assert "one take of each shot needs" in run.stderr
    assert "film.yaml:7" in run.stderr
    assert not (tmp_path / ".shotgraph" / "takes").exists()


def test_money_without_a_price_is_refused(tmp_path: Path, direct: Run) -> None:
    """Nobody knows what it buys."""
    run = direct("check", write_film(tmp_path, film=FILM + "budget: {money: 5}\n"))
    assert run.returncode == 2
    assert "price" in run.stderr


def test_a_ladder_with_an_unknown_word_is_refused(tmp_path: Path, direct: Run) -> None:
    """With the words that there are."""
    for ladder in ("camera: [push]", "camra: [guide]"):
        run = direct("check", write_film(tmp_path, film=FILM + f"reroll: {{ladder: {{{ladder}}}}}\n"))
        assert run.returncode == 2
        assert "film.yaml:7" in run.stderr
        assert ("a step is one of" if "push" in ladder else "camera") in run.stderr


def test_a_picked_take_is_cut_and_a_rejected_one_is_not(film: Path, direct: Run) -> None:
    """Reroll, pick by number, reject by key: each changes which take is used, and why says so."""
    assert direct(film).returncode == 0
    rolled = direct("reroll", film, "1b", "--seed", 11, "--say", "She turns away")
    assert rolled.returncode == 0, rolled.stderr
    first, second = takes_of(film, "1B")
    assert (first["used"], second["used"], second["seed"], second["asked"]) == (True, False, 11, True)
    assert second["changes"] == ["“She turns away” said"]
    assert direct("pick", film, "1B", 2).returncode == 0
    assert [take["used"] for take in takes_of(film, "1B")] == [False, True]
    assert "picked by a person" in direct("why", film, "1B").stdout
    assert "0 takes made" in direct(film).stdout
    cut = json.loads((film.parent / "cut" / "film.json").read_text())
    assert second["key"] in {shot["key"] for shot in cut["shots"]}

    assert direct("reject", film, "1B", second["key"][:8], "--why", "she blinks").returncode == 0
    assert [take["used"] for take in takes_of(film, "1B")] == [True, False]
    assert "she blinks" in direct("takes", film, "1B").stdout


def test_a_rejection_opens_the_shot_again(film: Path, direct: Run) -> None:
    """Another take is shot within the budget, and nothing else."""
    assert direct(film).returncode == 0
    assert direct("reject", film, "2A", "1", "--why", "too early").returncode == 0
    assert "open" in direct("status", film).stdout
    assert "1 takes made, 5 reused" in direct(film).stdout
    assert [take["used"] for take in takes_of(film, "2A")] == [False, True]


def test_decisions_outlive_the_index(film: Path, direct: Run) -> None:
    """With the index deleted, and then with the plain file deleted, the pick still holds."""
    assert direct(film).returncode == 0
    assert direct("reroll", film, "1B").returncode == 0
    assert direct("pick", film, "1B", 2).returncode == 0
    for path in (film.parent / ".shotgraph").glob("index.db*"):
        path.unlink()
    assert "0 takes made" in direct(film).stdout
    assert [take["picked"] for take in takes_of(film, "1B")] == [False, True]
    assert direct("reject", film, "2A", 1).returncode == 0
    (film.parent / ".shotgraph" / "decisions.jsonl").unlink()
    assert [take["picked"] for take in takes_of(film, "1B")] == [False, True]


def test_a_take_that_is_not_there_is_refused_with_those_that_are(film: Path, direct: Run) -> None:
    """By number, by key, and by neither."""
    assert direct(film).returncode == 0
    for named, answer in (("7", "It has: 1."), ("abcdef12", "no take"), ("best", "six digits")):
        run = direct("pick", film, "1B", named)
        assert run.returncode == 2
        assert answer in run.stderr


def test_a_pick_of_an_earlier_version_waits_for_it(film: Path, direct: Run) -> None:
    """A take of the shot as it was is not cut after the shot has changed, and cannot be picked then."""
    assert direct(film).returncode == 0
    (old,) = takes_of(film, "1B")
    assert direct("pick", film, "1B", 1).returncode == 0
    script = film.parent / "script.fountain"
    script.write_text(script.read_text().replace("You are late.", "You are very late."))
    run = direct("pick", film, "1B", old["key"][:10])
    assert run.returncode == 2
    assert "no take" in run.stderr or "earlier version" in run.stderr
    assert direct(film).returncode == 0
    (new,) = takes_of(film, "1B")
    assert new["key"] != old["key"]


def test_takes_know_what_was_changed_for_them(tmp_path: Path, direct: Run) -> None:
    """The sidecar of a rerolled take holds its changes, and its key depends on them."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, black: 1, heals: 0.4}") + GUIDED)
    assert direct(film, "--shots", "2B").returncode == 0
    takes: list[Take] = Store(tmp_path).all_takes()
    assert [take.changes for take in takes] == [(), ('{"change":"guide","control":0.4}',)]
    assert set(takes[1].resolved) == {"request"}


RUNS_ON = SCRIPT.replace("[[shot: close-up on IVO, 1s]]", "[[shot: close-up on IVO, 1s, continues]]")


def used(film: Path, shot: str) -> str:
    return next(take["key"] for take in takes_of(film, shot) if take["used"])


def test_a_shot_goes_with_the_take_that_it_grew_from(tmp_path: Path, direct: Run) -> None:
    """Another take of its parent shoots it again only when picked; who picks the old child picks its parent too."""
    film = write_film(tmp_path, script=RUNS_ON)
    assert direct(film).returncode == 0
    parent, child = used(film, "2A"), used(film, "2B")
    assert direct("reroll", film, "2A").returncode == 0
    assert "0 takes made" in direct(film).stdout
    assert (used(film, "2A"), used(film, "2B")) == (parent, child)

    assert direct("pick", film, "2A", 2).returncode == 0
    assert "1 takes made" in direct(film).stdout
    assert used(film, "2A") != parent
    assert used(film, "2B") != child

    assert direct("pick", film, "2B", child[:12]).returncode == 0
    assert "0 takes made" in direct(film).stdout
    assert (used(film, "2A"), used(film, "2B")) == (parent, child)

    assert direct("pick", film, "2A", 2).returncode == 0
    assert "0 takes made" in direct(film).stdout
    assert used(film, "2A") != parent
    assert used(film, "2B") != child


def test_a_part_of_the_film_spends_from_the_same_budget(tmp_path: Path, direct: Run) -> None:
    """One shot alone leaves what the others' first takes need; the film then has the takes of one made whole."""
    settings = FILM.replace("fake", "{name: fake, black: 1}") + "budget: {takes: 9, pool: 7}\n"
    film, whole = (write_film(tmp_path / name, film=settings) for name in ("part", "whole"))
    assert "3 takes made" in direct(film, "--shots", "1B").stdout
    direct(film)
    direct(whole)
    counted = [
        [row["takes"] for row in json.loads(direct("status", each, "--json").stdout)["shots"]] for each in (film, whole)
    ]
    assert counted[0] == counted[1]
