"""What no figure, thing or set shows of the bible: named by `direct check` with their line, and by nothing else."""

from pathlib import Path

import numpy as np
import pytest

from characters.seen import Kind, Seen
from director.plan import plan_film
from director.project import open_project
from render.previz.asked import PLACE, asked, written
from render.previz.asking import recorded
from render.previz.figures.figure import build_figure
from render.previz.figures.props import build_prop
from render.previz.figures.things.known import known_as, table
from render.previz.figures.things.undrawn import undrawn_prop
from render.previz.figures.undrawn import undrawn
from render.previz.sets.build import unshown
from render.previz.sets.rows import TABLE
from render.previz.sets.undrawn import undrawn_place
from storyboard.errors import Level, Problem
from storyboard.screenplay import Interior
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


def thing(name: str, descriptor: str = "", **locked: str) -> Seen:
    return Seen(name=name, kind=Kind.PROP, descriptor=descriptor, locked=tuple(locked.items()))


@pytest.mark.parametrize(
    ("seen", "left"),
    [
        (thing("LANTERN", "an old hand lantern", body="polished brass body", glass="glowing amber glass"), {}),
        (thing("LETTER", "an official letter, folded small", paper="cream white paper"), {}),
        (thing("SUITCASE", "a battered red suitcase", body="red leather", handle="brown leather handle"), {}),
        (thing("UMBRELLA", "a black umbrella", canopy="black canopy", handle="curved wooden handle"), {}),
        (thing("WINE BOTTLE", "a bottle of red wine", glass="dark green glass", label="cream label"), {}),
        (thing("ROSE", "a single red rose", petals="deep red petals", stem="green stem"), {}),
        (thing("TYPEWRITER", "a black typewriter", body="black metal", keys="round white keys"), {}),
        (thing("CUP OF TEA", "a blue cup"), {}),
        (thing("COFFEE MUG", body="blue ceramic mug"), {}),
        (thing("WEDDING RING", "a gold ring", stone="a small diamond"), {}),
        (thing("BASKET", "a wicker basket", body="woven wicker"), {}),
        (thing("KEY TO THE CELLAR", "a small iron key"), {}),
        (thing("THIRD CUP", "a cup for whoever comes", body="red enamel"), {}),
        (thing("COFFEE MUG", body="blue ceramic with white stripes"), {"body": "white stripes"}),
        (thing("TEDDY BEAR", fur="brown fur", bow="a blue ribbon"), {"bow": "a blue ribbon"}),
        (thing("DIARY", cover="red leather", lock="small brass lock"), {"lock": "small brass lock"}),
        (thing("KEY", "a tiny silver key"), {"descriptor": "tiny"}),
        (thing("SCARF", "a red and green scarf"), {"descriptor": "green"}),
        (thing("ORRERY", "a brass model of the planets", body="brass"), {"": "a brass model of the planets"}),
        (thing("GLASS EYE", iris="blue iris"), {"": "glass eye"}),
    ],
    ids=lambda value: f"{value.name} {value.locked}" if isinstance(value, Seen) else "",
)
def test_what_a_prop_lacks_is_named(seen: Seen, left: dict[str, str]) -> None:
    """Its kind where nothing is known of it; parts that it does not have; words beside those that colour it."""
    assert {part: words for part, words, _ in undrawn_prop(seen)} == left


def test_it_is_said_what_is_drawn_instead() -> None:
    """A plain box for what nobody knows, the words that are drawn, the thing without its part."""
    (box,) = undrawn_prop(thing("ORRERY", body="polished brass"))
    (mug,) = undrawn_prop(thing("MUG", body="blue with white stripes"))
    (bear,) = undrawn_prop(thing("TEDDY", bow="blue ribbon"))
    assert box.instead == "a plain box is drawn, in “polished brass”"
    assert mug.instead == "“blue” is drawn"
    assert bear.instead == "the teddy is drawn as if they were not there"


def test_a_name_is_known_by_its_noun() -> None:
    """A marble bust is a bust and a coffee mug a mug; a key to a box is a key, and a box of matches just that."""
    names = {"MARBLE BUST": "bust", "COFFEE MUG": "mug", "KEY TO THE BOX": "key", "BOX OF MATCHES": "box of matches"}
    assert {name: known_as(thing(name)) for name in names} == names


@pytest.mark.parametrize("row", sorted(set(table().values())), ids=".".join)
def test_no_prop_shows_what_is_called_undrawn(row: tuple[str, str]) -> None:
    """Whatever a surface of a prop shows is never called undrawn, for every word and every part of every builder."""
    parts = {names.split()[0] for names in asked()[f"things.{'.'.join(row)}"].parts} | {"body", "paint"}
    for word in (word for word, known in table().items() if known == row):
        for part in parts:
            seen = thing(word.upper(), **{part: "bright red"})
            shown = bool((build_prop(seen, 1)[0].part == 1).any())
            assert not (shown and undrawn_prop(seen)), (word, part)


def test_what_builders_ask_for_is_written_down() -> None:
    """The table says what the builders ask; where it does not: python -m render.previz.asked."""
    assert PLACE.read_text("utf-8") == written(recorded())


def place(name: str, descriptor: str = "", **locked: str) -> Seen:
    return Seen(name=name, kind=Kind.PLACE, descriptor=descriptor, locked=tuple(locked.items()))


INT, EXT = Interior.INT, Interior.EXT


@pytest.mark.parametrize(
    ("seen", "interiors", "left"),
    [
        (
            place("KITCHEN", "a small kitchen", walls="pale blue wooden walls", floor="scrubbed wooden floor"),
            (INT,),
            {},
        ),
        (place("CLIFF PATH", ground="dull green grass", sea="dark blue sea"), (EXT,), {}),
        (place("LIVING ROOM", wallpaper="green wallpaper", sofa="worn brown leather sofa"), (INT,), {}),
        (place("OFFICE", walls="white walls", floor="grey carpet", desks="white desks"), (INT,), {}),
        (place("LIGHTHOUSE", tower="white tower", walls="white plaster walls"), (INT, EXT), {}),
        (place("BATHROOM", bath="white bathtub", walls="white tiles"), (INT,), {}),
        (place("BACK ROOM", walls="yellow walls"), (INT,), {}),
        (place("LIGHTHOUSE", tower="white tower"), (INT,), {"tower": "white tower"}),
        (place("LIVING ROOM", wallpaper="green floral wallpaper"), (INT,), {"wallpaper": "floral"}),
        (place("LIBRARY", lamps="green glass lamps"), (INT,), {"lamps": "green glass lamps"}),
        (place("BEDROOM", curtains="blue striped curtains"), (INT,), {"curtains": "striped"}),
        (place("NARNIA", "a land in winter", ground="white snow"), (EXT,), {"": "a land in winter"}),
    ],
    ids=lambda value: f"{value.name} {value.locked}" if isinstance(value, Seen) else "",
)
def test_what_a_place_lacks_is_named(seen: Seen, interiors: tuple[Interior, ...], left: dict[str, str]) -> None:
    """Its kind where it falls back to a plain set; parts that none of the sets shows in which the film has it."""
    assert {part: words for part, words, _ in undrawn_place(seen, interiors)} == left


PARTS = (
    "walls",
    "floor",
    "ground",
    "door",
    "curtains",
    "lamps",
    "table",
    "bed",
    "sofa",
    "sea",
    "roof",
    "seats",
    "trees",
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.kind)
def test_the_set_agrees(row) -> None:
    """What is called undrawn is on no surface of the built set; what is not is on one, but for roofs out of reach."""
    for interior, made in ((INT, row.inside), (EXT, row.outside)):
        if made:
            seen = place(row.words[0].upper(), **dict.fromkeys(PARTS, "bright red"))
            named, lacking = {left.part for left in undrawn_place(seen, (interior,))}, set(unshown(seen, interior))
            assert named <= lacking
            assert lacking - named <= {"roof"}


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
    assert "the figure is drawn as if they were not there" in note.what
    assert notes(film, check=False) == []
    edit(film, "title:", "checks: {silence: [undrawn]}\ntitle:")
    assert notes(film) == []


def test_check_names_props_places_and_states_once(tmp_path: Path) -> None:
    """Each fact has one note at its own line, however many shots show it; what is drawn instead is said."""
    bible = """\
characters: {MARA: {descriptor: a keeper}}
props:
  ORRERY: {descriptor: a model of the planets}
  MUG:
    locked:
      body: blue with white stripes
    states:
      whole: {}
      broken: {}
    state: whole
places:
  KITCHEN:
    locked:
      walls: white walls
      chandelier: crystal chandelier
changes:
  - {at: scene 2, what: MUG, state: broken}
"""
    script = "Title: The Mug\n\n"
    for number in (1, 2):
        script += f"INT. KITCHEN - DAY #{number}#\n\n"
        script += "[[shot: wide shot of MARA, 2s]]\n\nMARA takes the MUG and the ORRERY.\n\n" * 2
    film = write_film(tmp_path / "film", film=FILM.replace("fake", "previz"), bible=bible, script=script)
    found = {note.line: note.what for note in notes(film)}
    assert len(notes(film)) == 4
    assert "a plain box is drawn" in found[3]
    assert "“white stripes”, which MUG’s body says: “blue” is drawn" in found[6]
    assert "“broken”, which MUG’s state says: it is drawn as in the state “whole”" in found[9]
    assert "“crystal chandelier”" in found[15]
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
