"""What is shot again when a person changes something: only what depends on it."""

from pathlib import Path

import pytest

from director.plan import Plan, attempt_seed, plan_film
from director.project import Overrides, open_project
from director.snapshot import pending_changes, save_snapshot
from director.takes import Store
from tests.conftest import BIBLE, FILM, SCRIPT, edit, write_film


def plan(film: Path, **overrides: object) -> Plan:
    return plan_film(open_project(film, Overrides(**overrides)), Store(film.parent).cache)  # type: ignore[arg-type]


def takes(planned: Plan) -> dict[str, tuple[str, int]]:
    """Shot text → (recipe, first seed): what decides whether a take is shot again."""
    seed = planned.project.film.seed
    return {p.shot.id: (p.recipe, attempt_seed(seed, p.shot.fingerprint, 0)) for p in planned.shots}


def changed(before: Plan, after: Plan) -> set[str]:
    old, new = takes(before), takes(after)
    return {shot for shot in new if old.get(shot) != new[shot]}


@pytest.fixture(params=["previz", "fake"])
def noted(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The small film with shot notes, on each generator."""
    return write_film(tmp_path, film=FILM.replace("fake", request.param))


def test_a_line_of_dialogue_changes_its_shot_alone(noted: Path) -> None:
    """In a scene with notes another line is shot again only where it is spoken."""
    before = plan(noted)
    edit(noted.parent / "script.fountain", "You are late.", "You are late again, and it shows.")
    assert changed(before, plan(noted)) == {"1B"}


def test_a_camera_term_changes_its_shot_alone(noted: Path) -> None:
    """Another move is another shot, and no other."""
    before = plan(noted)
    edit(noted.parent / "script.fountain", "slow dolly in", "slow dolly out")
    assert changed(before, plan(noted)) == {"1B"}


def test_a_locked_attribute_changes_the_shots_where_it_is_seen(noted: Path) -> None:
    """A new coat is shot again wherever its wearer is in the picture."""
    before = plan(noted)
    edit(noted.parent / "bible.yaml", "dark green oilskin coat", "bright yellow raincoat")
    after = plan(noted)
    seen = {p.shot.id for p in after.shots if "MARA" in p.shot.cast}
    assert changed(before, after) == seen
    assert seen == {"1A", "1B", "2A"}


def test_a_place_changes_the_shots_that_play_there(noted: Path) -> None:
    """New walls are shot again in that place only."""
    before = plan(noted)
    edit(noted.parent / "bible.yaml", "white plaster walls", "dark red brick walls")
    assert changed(before, plan(noted)) == {"1A", "1B", "1C"}


def test_an_inserted_scene_changes_nothing_of_the_others(noted: Path) -> None:
    """Whatever is inserted, every other shot keeps its recipe and its seed, under its own or a new id."""
    before = plan(noted)
    edit(
        noted.parent / "script.fountain",
        "EXT. CLIFF PATH - DAY #2#",
        "INT. CELLAR - NIGHT\n\n[[shot: insert of the LAMP, 1s]]\n\nThe LAMP burns.\n\nEXT. CLIFF PATH - DAY #2#",
    )
    after = plan(noted)
    assert len(after.shots) == len(before.shots) + 1
    assert set(takes(before).values()) < set(takes(after).values())


def test_scenes_without_numbers_keep_their_takes_too(tmp_path: Path) -> None:
    """Counted numbers shift when a scene is put in front; recipes and seeds do not."""
    script = SCRIPT.replace(" #1#", "").replace(" #2#", "")
    film = write_film(tmp_path, film=FILM.replace("fake", "previz"), script=script)
    before = plan(film)
    edit(
        film.parent / "script.fountain",
        "INT. KITCHEN - DAY",
        "EXT. SEA - NIGHT\n\n[[shot: extreme wide shot, 1s]]\n\nWaves.\n\nINT. KITCHEN - DAY",
    )
    assert set(takes(before).values()) < set(takes(plan(film)).values())


def test_lines_may_move_without_a_new_take(noted: Path) -> None:
    """A blank line or a comment above changes no recipe."""
    before = plan(noted)
    edit(noted.parent / "script.fountain", "Title: The Key\n", "Title: The Key\nAuthor: Somebody\n")
    edit(noted.parent / "bible.yaml", 'style: "35', '# a remark\nstyle: "35')
    assert changed(before, plan(noted)) == set()


def test_a_voice_changes_the_shots_whose_length_it_changes(tmp_path: Path) -> None:
    """With spoken voices only the shots in which somebody speaks get another length."""
    film = write_film(tmp_path, film=FILM.replace("fake", "previz"))
    counted, spoken = plan(film), plan(film, voice="espeak")
    lengths = {a.shot.id for a, b in zip(counted.shots, spoken.shots, strict=True) if a.shot.frames != b.shot.frames}
    assert changed(counted, spoken) == lengths
    assert lengths <= {"1B", "1C"}
    assert lengths


def test_what_the_generator_does_not_read_changes_nothing(tmp_path: Path) -> None:
    """The previz reads no prompt: another style line shoots nothing again; the fake one reads it, in every shot."""
    for name, expected in (("previz", 0), ("fake", 5)):
        film = write_film(tmp_path / name, film=FILM.replace("fake", name))
        before = plan(film)
        edit(film.parent / "bible.yaml", "soft grain", "hard grain")
        assert len(changed(before, plan(film))) == expected


def test_seed_generator_and_size_are_named(noted: Path) -> None:
    """Each global change has its name in the chain."""
    store = Store(noted.parent)
    save_snapshot(plan(noted), store)
    assert {c.reason.value for c in pending_changes(plan(noted, seed=8), store)["1A"]} == {"seed"}
    assert "format" in {c.reason.value for c in pending_changes(plan(noted, height=48), store)["1A"]}
    other = "fake" if plan(noted).generator.name == "previz" else "previz"
    assert "generator" in {c.reason.value for c in pending_changes(plan(noted, generator=other), store)["1A"]}


def test_coverage_that_moves_shots_names_every_link(tmp_path: Path) -> None:
    """Where the planner covers a scene anew, the chain goes from the changed line over coverage to the shot."""
    script = "\n".join(line for line in SCRIPT.split("\n") if not line.startswith("[["))
    film = write_film(tmp_path, film=FILM.replace("fake", "previz"), script=script)
    before, store = plan(film), Store(tmp_path)
    save_snapshot(before, store)
    edit(film.parent / "script.fountain", "You are late.", "You are late. You are always late, Ivo. Sit down and eat.")
    after = plan(film)
    moved = changed(before, after)
    assert moved
    for shot_id, changes in pending_changes(after, store).items():
        if shot_id not in moved:
            continue
        reasons = [change.reason.value for change in changes]
        assert "script line" in reasons, (shot_id, changes)
        assert any("You are late." in change.words for change in changes), (shot_id, changes)
    assert not {shot for shot in moved if shot.startswith("2")}


def test_a_bible_without_changes_gives_equal_plans(tmp_path: Path) -> None:
    """Planning is a function of the files: twice the same files, twice the same recipes."""
    one = write_film(tmp_path / "one", bible=BIBLE)
    two = write_film(tmp_path / "two", bible=BIBLE)
    assert takes(plan(one)) == takes(plan(two))
