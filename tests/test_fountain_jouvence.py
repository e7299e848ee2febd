"""Fountain sources and elements of another parser's suite, where their folder stands beside the checkout."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from storyboard.fountain import parse_fountain
from storyboard.screenplay import Element, ElementType, Screenplay

FOLDER = Path(__file__).parents[2] / "shared" / "fountain" / "jouvence"

MARKS = {
    ElementType.SCENE_HEADING: ".",
    ElementType.ACTION: "!",
    ElementType.CENTERED: "!><",
    ElementType.CHARACTER: "@",
    ElementType.DIALOGUE: "=",
    ElementType.PARENTHETICAL: "_",
    ElementType.TRANSITION: ">",
    ElementType.LYRIC: "~",
    ElementType.SECTION: "#",
    ElementType.SYNOPSIS: "+",
}


def pairs() -> list[Any]:
    """Every (source, elements) pair of the folder."""
    return [
        pytest.param(pair, id=f"{path.stem}-{index}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for index, pair in enumerate(YAML(typ="safe").load_all(path))
    ]


def blank_rows(source: str) -> dict[int, str]:
    """Rows without text, by line; those of boneyards are not counted by the fixtures."""
    rows = source.removesuffix("\n").split("\n") if source else []
    within = False
    found = {}
    for line, row in enumerate(rows, 1):
        within = within or row.startswith("/*")
        if not within and not row.strip():
            found[line] = row
        within = within and not row.endswith("*/")
    return found


def written(element: Element) -> str:
    """An element that is not action, as the fixtures write it."""
    if element.type is ElementType.PAGE_BREAK:
        return "<pagebreak>"
    extension = f" ({element.extension})" if element.extension else ""
    return f"{MARKS[element.type]}{element.text}{extension}"


def in_their_notation(screenplay: Screenplay, source: str) -> list[str]:
    """Our elements as the fixtures write them.

    To the fixtures blank rows are rows of action, but for the one right above any other element, and
    paragraphs of action run together. Ours stand apart; where blank rows were follows from their lines.
    """
    stream: list[tuple[int, Element | str]] = [*blank_rows(source).items()]
    stream += [(element.line, element) for element in screenplay.elements]
    notation: list[str] = []
    action: list[str] = []
    last_line = 0

    def put_action() -> None:
        if action:
            notation.append("!" + "\n".join(action))
            action.clear()

    for line, each in sorted(stream, key=lambda pair: pair[0]):
        if isinstance(each, str):
            centered = notation and notation[-1].startswith("!><") and not action and last_line == line - 1
            if each and centered:
                notation[-1] += "\n"  # a row of spaces belongs to the centred paragraph above it
            else:
                action.append("")
        elif each.type is ElementType.ACTION:
            action.append(each.text)
        else:
            if action and not action[-1]:
                action.pop()
            put_action()
            notation.append(written(each))
        last_line = line
    put_action()
    return notation


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures stand beside some checkouts only")
def test_all_pairs_are_there() -> None:
    """The folder holds the 46 pairs, so that an empty one cannot pass for them."""
    assert len(pairs()) == 46


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures stand beside some checkouts only")
@pytest.mark.parametrize("pair", pairs())
def test_pair(pair: dict[str, Any]) -> None:
    """Each source gives the elements, and where the pair says one the title page, that its author expects."""
    screenplay = parse_fountain(pair["in"])
    assert in_their_notation(screenplay, pair["in"]) == pair["out"]
    if "title" in pair:
        assert {key: "\n".join(lines) for key, lines in screenplay.title_page.items()} == pair["title"]
