"""Emphasis: kept as typed in elements, and resolved where it is heard or shown."""

import pytest

from storyboard.emphasis import plain, read_emphasis
from storyboard.fountain import parse_fountain


@pytest.mark.parametrize("text", ["Dial *69 and then *23", "file_name_here", "*one\ntwo*", "a * b * c", "2_3_4"])
def test_what_is_no_emphasis(text: str) -> None:
    """Trap 8: stars and underscores of other kinds are literal, and emphasis never crosses lines."""
    assert read_emphasis(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "bare", "kind"),
    [
        ("*now*", "now", "italic"),
        ("**now**", "now", "bold"),
        ("***now***", "now", "bold_italic"),
        ("_now_", "now", "underline"),
    ],
)
def test_what_is(text: str, bare: str, kind: str) -> None:
    """Each mark gives its kind, counted in the plain text."""
    assert read_emphasis(f"Go {text}.") == (f"Go {bare}.", ((3, 6, kind),))


def test_backslash() -> None:
    """A backslash makes a mark literal."""
    assert plain(r"\*not\* this") == "*not* this"


def test_elements_keep_it() -> None:
    """What is typed is what an element holds."""
    (element,) = parse_fountain("He is *not* here, file_name_here.").elements
    assert element.text == "He is *not* here, file_name_here."
