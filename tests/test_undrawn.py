"""Locked words that no figure shows: named by `direct check` with their line, and by nothing else."""

from pathlib import Path

import numpy as np
import pytest

from characters.seen import Kind, Seen
from director.plan import plan_film
from director.project import open_project
from render.previz.figures.figure import build_figure
from render.previz.figures.undrawn import undrawn
from storyboard.errors import Level, Problem
from tests.conftest import BIBLE, FILM, ROOT, edit, write_film


def somebody(descriptor: str = "", **locked: str) -> Seen:
    parts = tuple((part.replace("_", " "), words) for part, words in locked.items())
    return Seen(name="ANN", kind=Kind.CHARACTER, descriptor=descriptor, locked=parts)


@pytest.mark.parametrize(
    ("seen", "left"),
    [
        (somebody(coat="dark green oilskin coat", hair="long grey braid"), {}),
        (somebody(shirt="black and white striped shirt", hat="blue-green hat"), {}),
        (somebody(coat="a long red coat with brass buttons over a blue shirt"), {}),
        (somebody(build="stocky build", hair="no hair", beard="a short white beard"), {}),
        (somebody(coat="red coat with an embroidered swan"), {"coat": "embroidered swan"}),
        (somebody(jacket="light blue uniform jacket"), {}),
        (somebody(coat="red and blue coat"), {"coat": "blue"}),
        (somebody(aura="a shimmering aura"), {"aura": "a shimmering aura"}),
        (somebody(jumper="red jumper", shirt="white shirt"), {"shirt": "white shirt"}),
        (somebody(head="glossy yellow balloon", beard="white beard"), {"beard": "white beard"}),
        (somebody("a dog", coat="black and white spotted coat", collar="red collar"), {}),
        (somebody("a dog", coat="black coat", tattoo="an anchor"), {"tattoo": "an anchor"}),
    ],
    ids=lambda value: " ".join(f"{part}: {words}" for part, words in value.locked) if isinstance(value, Seen) else "",
)
def test_what_is_left_out_is_named(seen: Seen, left: dict[str, str]) -> None:
    """Each attribute with those of its words that the figure lacks; whole where nothing of it is shown."""
    assert dict(undrawn(seen)) == left


def parts_of(seen: Seen) -> set[int]:
    """Which locked attributes the surfaces of a figure show, counted from 1."""
    figure = build_figure(seen, 1)  # type: ignore[arg-type]
    return {int(part) for _, solid in figure.parts for part in np.unique(solid.part)}


PIECES = {
    "coat": "red coat", "hair": "long grey braid", "beard": "short white beard", "hat": "black bowler hat",
    "glasses": "round glasses", "trousers": "navy trousers", "boots": "tan boots", "gloves": "red gloves",
    "scarf": "yellow scarf", "bag": "brown satchel", "staff": "wooden staff", "wings": "white wings",
    "scar": "pink scar",
    "tattoo": "blue anchor tattoo", "aura": "green aura", "prosthesis": "wooden left leg", "earrings": "gold hoops",
    "mask": "white domino mask", "head": "yellow balloon head", "watch": "gold watch", "belt": "black belt",
    "lips": "red lips", "eyes": "green eyes", "skin": "dark skin", "apron": "white apron", "shirt": "white shirt",
}  # fmt: skip


@pytest.mark.parametrize("part", PIECES)
def test_the_figure_agrees(part: str) -> None:
    """What is said to be drawn has a surface of the figure; what is not has none."""
    seen = somebody(**{part: PIECES[part]})
    shown = 1 in parts_of(seen)
    assert shown == (dict(undrawn(seen)).get(part) != PIECES[part])


def test_what_an_attribute_is_about_counts_first() -> None:
    """A scar over the left eye says nothing of the eyes' colour where the eyes have words of their own."""
    seen = somebody(scar="a scar over the left eye", eyes="green eyes")
    assert 2 in parts_of(seen)
    assert "eyes" not in dict(undrawn(seen))


def notes(film: Path, *, check: bool = True, cache: Path | None = None) -> list[Problem]:
    plan = plan_film(open_project(film), cache or film.parent / "cache", all_problems=check)
    return [problem for problem in plan.problems if problem.rule == "undrawn"]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    bible = BIBLE.replace("hair: grey braid", "hair: grey braid\n      aura: shimmering aura")
    return write_film(tmp_path / "film", film=FILM.replace("fake", "previz"), bible=bible)


def test_check_names_the_line(film: Path) -> None:
    """A note with the bible's file and line; planning says nothing, and it can be silenced."""
    (note,) = notes(film)
    assert (note.level, note.file, note.line) == (Level.NOTE, film.parent / "bible.yaml", 8)
    assert "shimmering aura" in note.what
    assert "MARA" in note.what
    assert notes(film, check=False) == []
    edit(film, "title:", "checks: {silence: [undrawn]}\ntitle:")
    assert notes(film) == []


def test_another_generator_may_draw_it(film: Path) -> None:
    """What the previz cannot draw is no matter where another generator makes the film."""
    edit(film, "previz", "fake")
    assert notes(film) == []


@pytest.mark.parametrize("name", ["last_light", "one_file"])
def test_the_examples_are_drawn_whole(name: str, tmp_path: Path) -> None:
    """Nothing that the example films lock is left out."""
    assert notes(ROOT / "examples" / name / "film.yaml", cache=tmp_path) == []
