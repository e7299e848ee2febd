"""What holds for every script: nothing raises, and every line points into the file."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.errors import Level
from storyboard.fountain import parse_fountain
from storyboard.screenplay import Screenplay, Speech
from storyboard.script_json import script_json

MARKUP = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "\r", "  \n", " ", "\t", "INT. A - DAY", "EXT. B #1#", ".", "..", "@",
        "!", "~", ">", "<", "#", "=", "===", "^", "(", ")", "[[", "]]", "/*", "*/", "[[shot: CU]]",
        "[[day: 2]]", "MARA", "MARA (V.O.)", "CUT TO:", "FADE IN:", "CLOSE ON", "MONTAGE", "Title:",
        "    x: y", "words", "*", "_", "\\", "\u2028", "\ufeff", "É",
    ]
)  # fmt: skip
SCRIPTS = st.lists(MARKUP | st.characters(), max_size=60).map("".join) | st.text(max_size=200)


def count_lines(text: str) -> int:
    """Lines of a file as an editor counts them."""
    return len(re.split(r"\r\n|\r|\n", text))


def lines_of(screenplay: Screenplay) -> list[int]:
    """The line of every beat and of what is said in it, in order."""
    found: list[int] = []
    for scene in screenplay.scenes:
        for beat in scene.beats:
            found.append(beat.line)
            if isinstance(beat, Speech):
                found += [line.line for line in beat.lines]
    return found


@given(SCRIPTS)
@example("===[[\n[[shot: CU]][[shot: CU]]INT. A - DAY")
@settings(max_examples=800, deadline=None)
def test_any_text(text: str) -> None:
    """Whatever is typed is a screenplay whose lines lie in the file and never run backwards."""
    screenplay = parse_fountain(text)
    last = count_lines(text)
    for lines in ([element.line for element in screenplay.elements], lines_of(screenplay)):
        assert all(1 <= line <= last for line in lines)
        assert lines == sorted(lines)
    assert all(problem.level is Level.WARNING for problem in screenplay.problems)
    assert all(problem.line is not None and problem.line <= last for problem in screenplay.problems)
    for host, note in zip(screenplay.elements, screenplay.elements[1:], strict=False):
        if note.offset is not None and host.offset is None:
            assert 0 <= note.offset <= len(host.text)
    numbers = [scene.number for scene in screenplay.scenes]
    assert len(numbers) == len(set(numbers))
    assert len(script_json(screenplay)["elements"]) == len(screenplay.elements)


BLOCKS = st.sampled_from(
    [
        "INT. PLACE{0} - DAY",
        ".place{0}",
        "He goes{0} on,\nand on.",
        "NAME{0}\nHello.",
        "NAME (V.O.)\nSays{0}.",
        "NAME\n(gently{0})\nHello.",
        "NAME\nA line.\n~Sings{0}\nMore.",
        "NAME\nA line.\n  \nMore.\n\nGo{0}.",
        "[[note{0}]]",
        "[[a note{0}\nof two lines]]",
        "CUT{0} TO:",
        ">The end{0}<",
        "# Act{0}",
        "= Short{0}",
        "CLOSE ON{0}\nthe key.",
    ]
)
BETWEEN = st.sampled_from(["", "\n", "/* gone\n\ngone */\n", "/* gone */\n\n", "\n/* a */ /* b\n */\n", " \n"])
BEFORE = st.sampled_from(["", "\ufeff", "Title: A\nAuthor:\n\tB\n\n", "/* gone\n*/\n", "\n\n"])


@given(st.lists(st.tuples(BLOCKS, BETWEEN), max_size=12), BEFORE, st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=400, deadline=None)
def test_lines_point_into_the_file(blocks: list[tuple[str, str]], before: str, newline: str) -> None:
    """Behind title pages, boneyards, blank lines, a byte order mark and any newline, lines are the file's."""
    body = "".join(block.format(f"Q{index}Q") + "\n\n" + between for index, (block, between) in enumerate(blocks))
    text = (before + body).replace("\n", newline)
    found: dict[str, int] = {}
    for element in parse_fountain(text).elements:
        for token in re.findall(r"Q\d+Q", element.text):
            found[token] = element.line
            assert element.text.split("\n")[0].count(token) or element.type == "dialogue"
    for index in range(len(blocks)):
        token = f"Q{index}Q"
        assert found[token] == count_lines(text[: text.index(token)])


@given(st.lists(st.sampled_from(["One ", "/* x */", "/*\n\n*/", "[[n]]", "[[m\nm]]", "two", " "]), max_size=12))
@settings(max_examples=300, deadline=None)
def test_marks_within_a_line(pieces: list[str]) -> None:
    """Boneyards and notes within a line, of one line or several, move no line behind them."""
    text = "".join(pieces) + "\n\nLast."
    screenplay = parse_fountain(text)
    assert screenplay.elements[-1].line == count_lines(text)
    kept = "".join(element.text for element in screenplay.elements if element.type != "note")
    assert "".join(kept.split()) == "".join("".join(p for p in pieces if p[0] not in "/[").split()) + "Last."


@given(
    st.integers(2, 7),
    st.sampled_from(["[[", "/*", "[[x]]", "/*x*/", "(\n", " ", "\t", "#", "^", "Q\n", "~x\n", "-"]),
)
@settings(max_examples=25, deadline=None)
def test_repetition(power: int, piece: str) -> None:
    """A piece of markup many times over is read in time that grows as the text does."""
    for frame in ("{0}", "INT. {0}", "MARA\n{0}", "@{0}x", "INT. A{0}B\n\nGo.", "MARA ({0}\nNo."):
        assert parse_fountain(frame.format(piece * 4**power)).file is None
