"""Keys: equal values, equal keys; on every machine."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from director.plan import attempt_seed
from storyboard.camera import Camera, Move, MoveKind
from storyboard.hashing import canonical_json, digest

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(plain)
def test_a_key_depends_on_the_value_alone(value: object) -> None:
    """The order of a mapping's keys is no part of it."""
    if isinstance(value, dict):
        assert digest("x", value) == digest("x", dict(reversed(value.items())))
    assert canonical_json(value) == canonical_json(value)


def test_numbers_that_are_equal_write_alike() -> None:
    """5 and 5.0 are one number to a person."""
    assert canonical_json({"a": 5.0, "b": [2.0]}) == canonical_json({"a": 5, "b": [2]})
    assert canonical_json(True) != canonical_json(1)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_has_no_key(value: float) -> None:
    """NaN and infinity never enter a key."""
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json({"a": value})


def test_the_canonical_form_is_fixed() -> None:
    """A changed form would shoot every take again: it must be a decision, not an accident."""
    camera = Camera(moves=((Move(kind=MoveKind.PAN_LEFT),),))
    value = {"rate": Fraction(24000, 1001), "camera": camera}
    assert digest("recipe", value) == "e8dd11184c1a9ca1eda7f4b046e4a1fe50dccf9fabf9ae24b042905170e39deb"
    assert attempt_seed(7, "abc", 0) == 1257711995
