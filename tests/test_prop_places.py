"""Where props stand that nobody holds: on a table what a table takes, on the floor what is larger than that."""

import itertools

import numpy as np
import pytest

from characters.seen import Kind, Seen
from render.previz.acting.blocking import place_props
from render.previz.acting.prop_places import PropPlace
from render.previz.figures.props import build_prop
from tests.acting import MARA, shot


def placed(*names: str, text: str = "Mara listens.", side: int = 1, descriptor: str = "") -> list[PropPlace]:
    """Where these props are in a shot of Mara."""
    props = tuple(Seen(name=name, kind=Kind.PROP, descriptor=descriptor) for name in names)
    return place_props(shot(text, cast=(MARA,), props=props, side=side))


@pytest.mark.parametrize(
    "name", ["CUP", "LETTER", "LAPTOP", "SUITCASE", "SWORD", "VASE", "TOY CAR", "GUN", "BIRTHDAY CAKE"]
)
def test_what_a_table_takes_is_on_one(name: str) -> None:
    """A cup, a suitcase, a toy car stand on the table."""
    (prop,) = placed(name)
    assert prop.table
    assert prop.at[2] > 0.7


@pytest.mark.parametrize(
    "name",
    [
        "CHAIR",
        "MOTORBIKE",
        "CAR",
        "ARMCHAIR",
        "TREE",
        "LADDER",
        "CAMPFIRE",
        "WHEELBARROW",
        "PIANO STOOL",
        "BED",
        "BROOM",
    ],
)
def test_what_is_larger_stands_on_the_floor_behind_her(name: str) -> None:
    """A chair, a motorbike, a fire stand on the floor, on the far side of the action, and not within Mara."""
    for side in (1, -1):
        (prop,) = placed(name, side=side)
        assert not prop.table
        assert prop.at[2] == 0.0
        near = np.abs(build_prop(prop.seen, 0)[0].vertices[:, 1]).max()
        assert side * prop.at[1] - near > 0.5


@pytest.mark.parametrize("size", ["a small toy car", "a car"])
def test_it_is_the_size_that_counts_and_not_the_word(size: str) -> None:
    """What a descriptor makes a toy of is on the table, under a name that says nothing."""
    (prop,) = placed("THE PRIZE", descriptor=size)
    assert prop.table == ("toy" in size)


@pytest.mark.parametrize(("name", "held"), [("UMBRELLA", True), ("BALLOONS", True), ("CHAIR", True), ("BROOM", True),
                                            ("BICYCLE", False), ("CAR", False), ("WARDROBE", False)])  # fmt: skip
def test_nobody_carries_a_bicycle(name: str, held: bool) -> None:
    """Words give Mara a chair to carry, but neither a bicycle nor a wardrobe."""
    (prop,) = placed(name, text=f"Mara holds the {name.lower()}.")
    assert (prop.holder == "MARA") == held


def test_large_things_stand_side_by_side() -> None:
    """Four pieces of furniture share the floor without standing in each other, and always in the same places."""
    names = ("CHAIR", "BICYCLE", "ARMCHAIR", "BOOKCASE")
    props = placed(*names)
    assert [prop.at for prop in props] == [prop.at for prop in placed(*names)]
    spans = []
    for prop in props:
        x = build_prop(prop.seen, 0)[0].vertices[:, 0] + prop.at[0]
        spans.append((float(x.min()), float(x.max())))
    for one, other in itertools.combinations(sorted(spans), 2):
        assert one[1] < other[0]
