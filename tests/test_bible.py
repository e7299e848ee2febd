"""Who must look how, and when: names and aliases, looks and states, changes, references, and whoever has no entry."""

import itertools
from pathlib import Path

import pytest

from characters.continuity import Appearance
from characters.defaults import invented_character
from characters.seen import Seen
from director.cli import run
from director.plan import Plan, plan_film
from director.project import open_project
from director.takes import Store
from tests.conftest import FILM, write_film

BIBLE = """\
style: 35 mm film
characters:
  MARA:
    aliases: [THE OLD KEEPER, MARA LIND]
    descriptor: a lighthouse keeper
    locked: {coat: dark green oilskin coat, hair: grey braid}
    never: [a hat]
    figure: {height: 5'6", build: slight, age: 60}
    looks:
      wet: {locked: {hair: dripping grey braid}, never: [dry clothes]}
      young: {descriptor: a girl of nineteen, references: [young.png]}
    references: [mara.png]
props:
  LAMP:
    aliases: [LANTERN]
    locked: {glass: dark glass}
    states: {lit: {locked: {glass: glowing glass}}}
places:
  KITCHEN: {states: {burnt: {locked: {walls: black walls}}}}
changes:
  - {at: shot 1B, what: LAMP, state: lit}
  - {at: scene 2, who: MARA, look: wet}
  - {at: day 2, who: MARA, look: default}
  - {at: day 2, what: KITCHEN, state: burnt}
  - {at: scene 4, who: MARA, look: young}
"""

SCRIPT = """\
INT. KITCHEN - NIGHT #1#

[[shot: medium shot of Mara Lind]]

She sets down the lantern.

[[shot: insert on the LAMP]]

It burns.

INT. KITCHEN - NIGHT - CONTINUOUS #2#

[[shot: close-up on MARA]]

THE OLD KEEPER (CONT'D)
It rains.

INT. KITCHEN - MORNING #3#

[[shot: close-up on the old keeper]]

It is dry.

EXT. QUAY - DAY #4#

[[shot: full shot of MARA and STRANGER]]

STRANGER
Hello.
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film whose bible has all there is."""
    from PIL import Image

    path = write_film(tmp_path / "film", script=SCRIPT, bible=BIBLE)
    for name, colour in (("mara.png", "green"), ("young.png", "red")):
        Image.new("RGB", (300, 400), colour).save(path.parent / name)
    return path


def plan(film: Path) -> Plan:
    return plan_film(open_project(film), Store(film.parent).cache)


def seen(film: Path) -> dict[str, Appearance]:
    """Shot id → who and what is seen in it."""
    return {planned.shot.id: planned.appearance for planned in plan(film).shots}


def mara(film: Path, shot: str) -> Seen:
    return seen(film)[shot].cast[0]


def test_aliases_are_the_same_person(film: Path) -> None:
    """In a note, in a cue and in any case an alias is the entry itself."""
    shots = {planned.shot.id: planned.shot for planned in plan(film).shots}
    assert [shots[name].cast for name in ("1A", "2A", "3A")] == [("MARA",)] * 3
    assert shots["2A"].beats[0].character == "MARA"
    assert "LAMP" in shots["1A"].props
    assert shots["1B"].camera.subject == ("LAMP",)


def test_looks_replace_what_they_name_and_keep_the_rest(film: Path) -> None:
    """A look changes its parts, adds to what must not be seen, and may have its own words and pictures."""
    before, wet, young = mara(film, "1A"), mara(film, "2A"), mara(film, "4A")
    assert dict(before.locked) == {"coat": "dark green oilskin coat", "hair": "grey braid"}
    assert dict(wet.locked) == {"coat": "dark green oilskin coat", "hair": "dripping grey braid"}
    assert wet.never == ("a hat", "dry clothes")
    assert young.descriptor == "a girl of nineteen"
    assert [reference.path.name for reference in young.references] == ["young.png"]
    assert [reference.path.name for reference in wet.references] == ["mara.png"]


def test_changes_begin_at_a_shot_a_scene_or_a_day_and_hold(film: Path) -> None:
    """Each kind of place, for a character, a prop and a place; default goes back."""
    states = seen(film)
    assert [mara(film, shot).look for shot in ("1A", "2A", "3A", "4A")] == [None, "wet", None, "young"]
    assert states["1A"].props[0].state is None
    assert dict(states["1B"].props[0].locked) == {"glass": "glowing glass"}
    assert [states[shot].place.state for shot in ("1A", "2A", "3A", "4A")] == [None, None, "burnt", None]


def test_heights_are_read_as_people_write_them(film: Path) -> None:
    """Feet and inches, centimetres and metres give metres."""
    figure = mara(film, "1A").figure
    assert figure is not None
    assert (figure.height, figure.build, figure.age) == (1.676, "slight", 60)
    for written in ("168 cm", "1.68", "1.68 m", "'1,68'"):
        write_film(film.parent, script=SCRIPT, bible=BIBLE.replace("5'6\"", written))
        figure = mara(film, "1A").figure
        assert figure
        assert figure.height == pytest.approx(1.68)


def test_a_reference_is_its_bytes(film: Path) -> None:
    """Its hash enters the plan: another picture under the same name is another reference."""
    from PIL import Image

    before = mara(film, "1A").references[0].sha256
    Image.new("RGB", (300, 400), "blue").save(film.parent / "mara.png")
    assert mara(film, "1A").references[0].sha256 != before


def wrong_picture(path: Path, kind: str) -> None:
    """Puts a picture that cannot be used in the place of a good one."""
    from PIL import Image

    path.unlink()
    if kind == "outside":
        Image.new("RGB", (300, 400)).save(path.parent.parent / "secret.png")
        path.symlink_to(path.parent.parent / "secret.png")
    elif kind == "small":
        Image.new("RGB", (60, 400)).save(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("no picture")
    elif kind == "cut short":
        Image.effect_noise((300, 400), 50).convert("RGB").save(path)
        path.write_bytes(path.read_bytes()[:2000])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "does not exist"),
        ("outside", "leaves the film's folder"),
        ("small", "too small (60×400"),
        ("folder", "is a folder"),
        ("text", "is not an image"),
        ("cut short", "cannot be read as an image"),
    ],
)
def test_a_reference_that_cannot_be_used(film: Path, kind: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused with the line of the bible that names it, also when it is a link out of the folder."""
    wrong_picture(film.parent / "mara.png", kind)
    assert run(["check", str(film)]) == 2
    said = capsys.readouterr().err
    assert "bible.yaml:12" in said
    assert words in said


def test_a_look_s_reference_is_checked_too(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """References of looks and states are read like the others."""
    wrong_picture(film.parent / "young.png", "missing")
    assert run(["check", str(film)]) == 2
    assert "bible.yaml:11" in capsys.readouterr().err


def test_who_has_no_entry_gets_a_stable_figure(film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same name gives the same person in every film, another name another, and check says so."""
    stranger = seen(film)["4A"].cast[1]
    assert stranger.invented
    other = write_film(tmp_path / "other", script="INT. A - DAY\n\nSTRANGER\nHello.\n\nGUEST\nHello.\n", bible="")
    people = {each.name: each for appearance in seen(other).values() for each in appearance.cast}
    assert people["STRANGER"] == stranger
    assert people["GUEST"].locked != stranger.locked
    assert stranger.figure is not None
    assert 1.4 < stranger.figure.height < 2.1
    capsys.readouterr()
    assert run(["check", str(film)]) == 0
    assert "STRANGER has no entry" in capsys.readouterr().out


def test_a_bible_may_stand_in_the_film_file(tmp_path: Path) -> None:
    """Inline, with faults at the lines of film.yaml."""
    inline = FILM.replace("bible: bible.yaml", "bible: {characters: {MARA: {locked: {coat: red coat}}}}")
    film = write_film(tmp_path / "film", film=inline, script="INT. A - DAY\n\nMARA\nHello.\n")
    assert dict(next(iter(seen(film).values())).cast[0].locked) == {"coat": "red coat"}


def test_strangers_seldom_wear_the_same() -> None:
    """Of people whom the bible does not know, hardly two share a top, and none shares the whole of it."""
    names = [first + last for first in ("AN", "BO", "CA", "DU", "EL", "FI", "GU", "HA") for last in ("NA", "RIS", "TO")]
    worn = [dict(invented_character(name).locked) for name in names]
    pairs = list(itertools.combinations(worn, 2))
    assert sum(one["top"] == other["top"] for one, other in pairs) < 0.03 * len(pairs)
    assert all(one != other for one, other in pairs)
