"""YAML from people: plain data with lines, and every fault with its place."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.frozen import Frozen
from storyboard.yaml_file import build, parse_yaml


class Inner(Frozen):
    """A part of the model below."""

    height: int = 3
    name: str = ""


class Outer(Frozen):
    """A model with every kind of nesting."""

    format: Inner = Inner()
    many: list[Inner] = []
    named: dict[str, Inner] = {}


def test_every_key_has_its_line() -> None:
    """Lines are those of the person's file, through mappings and lists."""
    doc = parse_yaml("format:\n  height: 4\nmany:\n  - name: a\n  -\n    name: b\n")
    assert doc.line("format", "height") == 2
    assert doc.line("many", 1, "name") == 6
    assert doc.line("many", 1, "nothing", "there") == 5 or doc.line("many", 1, "nothing") == 6


def test_all_faults_are_told_with_the_nearest_key() -> None:
    """Unknown keys and wrong types, in one error."""
    doc = parse_yaml("format: {heigth: 3}\nmany:\n  - name: 3\nnamed:\n  A:\n    nmae: x\n")
    with pytest.raises(InputError) as raised:
        build(Outer, doc)
    problems = {problem.line: f"{problem.what} {problem.todo}" for problem in raised.value.problems}
    assert "height" in problems[1]
    assert "must be text" in problems[3]
    assert "Did you mean name?" in problems[6]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\na: 2", "stands twice"),
        ("a: !!python/object:os.system x", "tag"),
        ("a: !include /etc/passwd", "tag"),
        ("a: &a [*a]", "nests too deeply"),
        ("? [a]\n: b", "key is not a word"),
        ("a: [", "not valid YAML"),
        ("\tb: 1", "not valid YAML"),
    ],
)
def test_what_is_not_plain_data_is_refused(text: str, words: str) -> None:
    """Tags, loops, twins and broken syntax end in words."""
    with pytest.raises(InputError, match=words):
        parse_yaml(text)


def test_words_stay_words() -> None:
    """``NO`` and ``on`` are names here, not booleans (YAML 1.2)."""
    assert parse_yaml("a: NO\nb: on\nc: 12:30\nd: 2026-01-01\ne: true").data == {
        "a": "NO",
        "b": "on",
        "c": "12:30",
        "d": "2026-01-01",
        "e": True,
    }


@given(st.text(max_size=200))
def test_any_text_is_data_or_an_error_of_ours(text: str) -> None:
    """Nothing but InputError comes out of arbitrary text."""
    with contextlib.suppress(InputError):
        parse_yaml(text)
