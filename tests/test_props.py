"""Props by kind: every row of the table stands, is of its size, and shows the bible's words."""

import numpy as np
import pytest

from characters.seen import Kind, Seen
from render.previz.colours import finish
from render.previz.figures.props import build_prop, is_lit
from render.previz.figures.things.table import find_word, known_as, table

LARGEST = {"vehicles": 11.0, "furniture": 2.6, "tools": 2.2, "nature": 2.3}
MOST = {"vehicles": 1500}


def _prop(name: str, **said) -> Seen:
    return Seen(name=name, kind=Kind.PROP, **said)


@pytest.mark.parametrize("row", sorted(set(table().values())), ids=".".join)
def test_every_kind_stands_on_the_ground_in_its_size_and_budget(row):
    """Whatever the table knows is built: on z = 0, over the origin, no larger than such things are, few triangles."""
    for word in (word for word, known in table().items() if known == row):
        solid, height = build_prop(_prop(word.upper()), 3)
        low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
        assert low[2] == pytest.approx(0.0, abs=1e-5)
        assert height == pytest.approx(high[2], abs=1e-5)
        assert (np.abs(low[:2] + high[:2]) < (high - low).max() + 0.02).all(), word
        assert 0.005 < (high - low).max() < LARGEST.get(row[0], 2.0), word
        assert len(solid.faces) <= MOST.get(row[0], 900), (word, len(solid.faces))
        assert np.isfinite(solid.vertices).all(), word
        assert np.isfinite(solid.normals).all(), word
        assert (solid.entity == 3).all()


def test_the_longest_words_win_and_the_name_counts_first():
    """An oil lamp is no lamp, a flashlight no light; a letter that speaks of a boat stays a letter."""
    assert find_word("an old oil lamp") == "oil lamp"
    assert find_word("a rolled treasure map") == "treasure map"
    assert find_word("carpentry") is None
    assert known_as(_prop("LETTER", descriptor="a letter about a boat")) == "letter"
    assert known_as(_prop("THE PRIZE", descriptor="a small brass telescope")) == "telescope"
    assert known_as(_prop("IT", locked=(("body", "a red bicycle"),))) == "bicycle"


def test_what_nobody_knows_is_a_plain_block():
    """A word of no table still gives a thing of its colour."""
    solid, height = build_prop(_prop("GRONK", locked=(("body", "bright red"),)), 1)
    assert height == pytest.approx(0.18)
    assert (solid.part == 1).any()


@pytest.mark.parametrize(
    "name", ["CUP", "BOTTLE", "BOOK", "UMBRELLA", "SUITCASE", "CAR", "BALL", "CHAIR", "GUITAR", "KEY"]
)
@pytest.mark.parametrize("colour", ["red", "dark green", "navy blue"])
def test_locked_colours_arrive_on_the_body(name, colour):
    """A body's locked words give most of its surfaces their colour, and those say which words they show."""
    solid, _ = build_prop(_prop(name, locked=(("body", f"{colour} body"),)), 1)
    shown = solid.part == 1
    assert shown.any()
    assert (np.abs(solid.colour[shown] - np.array(finish(colour).colour)).max(axis=1) < 1e-5).any()


def test_a_label_is_stuck_on_what_has_none():
    """A locked label is seen on a sandwich, in its colour."""
    solid, _ = build_prop(_prop("SANDWICH", locked=(("bread", "brown bread"), ("label", "yellow label"))), 1)
    assert {1, 2} <= set(solid.part.tolist())


def test_the_same_words_give_the_same_solid():
    """Two builds of one prop are equal to the last vertex."""
    from render.previz.figures.things.build import build

    seen = _prop("STONE", descriptor="a grey stone")
    again = build.__wrapped__(seen, 1)[0]
    assert np.array_equal(build_prop(seen, 1)[0].vertices, again.vertices)
    assert np.array_equal(build_prop(seen, 1)[0].colour, again.colour)


@pytest.mark.parametrize("name", ["LANTERN", "FLASHLIGHT", "CANDLE", "TABLE LAMP", "LAPTOP"])
def test_lit_things_glow_and_unlit_ones_do_not(name):
    """State lit gives surfaces that give light; unlit has none."""
    lit, unlit = _prop(name, state="lit"), _prop(name, state="unlit")
    assert is_lit(lit)
    assert not is_lit(unlit)
    assert (build_prop(lit, 1)[0].glow > 0).any()
    assert not (build_prop(unlit, 1)[0].glow > 0).any()


@pytest.mark.parametrize("name", ["SANDWICH", "BURGER", "APPLE", "CAKE", "DONUT", "BREAD"])
def test_a_bite_takes_something_away(name):
    """Bitten food has another shape than whole food."""
    whole, bitten = build_prop(_prop(name, state="whole"), 1)[0], build_prop(_prop(name, state="bitten"), 1)[0]
    assert whole.vertices.shape != bitten.vertices.shape or not np.allclose(whole.vertices, bitten.vertices)
