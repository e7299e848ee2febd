"""Scenes in YAML: the same screenplay as Fountain gives, and faults with lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.fountain import parse_fountain
from storyboard.screenplay import Action, Screenplay, ShotNote, Speech
from storyboard.yaml_file import YamlFile, parse_yaml
from storyboard.yaml_script import screenplay_from_yaml

FOUNTAIN = """\
INT. LAMP ROOM - NIGHT #3#

[[day: 2]]

Mara climbs.

MARA (V.O.)
(quietly)
It is nearly out.
~La la

[[shot 3C: close-up on MARA, slow dolly in, 4s]]

JO
Yes.

MARA ^
No.

DISSOLVE TO:

EXT. SEA - MORNING

Waves.
"""

YAML_SCENES = """\
scenes:
  - heading: INT. LAMP ROOM - NIGHT
    number: 3
    day: 2
    beats:
      - action: Mara climbs.
      - speak: MARA
        line: |
          It is nearly out.
          ~La la
        extension: V.O.
        manner: quietly
      - shot 3C: close-up on MARA, slow dolly in, 4s
      - JO: Yes.
      - MARA ^: No.
      - transition: "DISSOLVE TO:"
  - heading: EXT. SEA - MORNING
    beats:
      - Waves.
"""


def read(text: str) -> Screenplay:
    """The screenplay of YAML text that holds ``scenes:``."""
    return screenplay_from_yaml(parse_yaml(text), "scenes")


def faults(text: str) -> list[tuple[int | None, str]]:
    """Line and words of every fault."""
    with pytest.raises(InputError) as caught:
        read(text)
    return [(problem.line, f"{problem.what} {problem.todo}".strip()) for problem in caught.value.problems]


def refused(error: InputError) -> None:
    """A refusal says something."""
    assert all(problem.what for problem in error.problems)
    assert error.problems


def test_same_model_as_fountain() -> None:
    """Elements and scenes are equal but for their lines."""

    def without_lines(value: object) -> object:
        if isinstance(value, dict):
            return {key: without_lines(each) for key, each in value.items() if key not in ("line", "offset")}
        return [without_lines(each) for each in value] if isinstance(value, list) else value

    ours, theirs = read(YAML_SCENES).model_dump(mode="json"), parse_fountain(FOUNTAIN).model_dump(mode="json")
    assert without_lines(ours["scenes"]) == without_lines(theirs["scenes"])
    assert without_lines(ours["elements"]) == without_lines(theirs["elements"])


def test_lines_are_those_of_the_file() -> None:
    """Each element stands on the line of its entry."""
    assert [element.line for element in read(YAML_SCENES).elements] == [
        2, 4, 6, 8, 8, 8, 8, 13, 14, 14, 15, 15, 16, 17, 19,
    ]  # fmt: skip


def test_shots_as_mappings() -> None:
    """Keys and values arrive as written, lists joined, and the id apart."""
    text = """\
scenes:
  - heading: INT. A - DAY
    beats:
      - shot: {id: 3C, size: CU, subject: [MARA, JO], lens: 35, continues: true}
      - Go.
"""
    shot, _ = read(text).scenes[0].beats
    assert shot == ShotNote(
        text="size=CU; subject=MARA, JO; lens=35; continues=yes",
        line=4,
        id="3C",
        fields={"size": "CU", "subject": "MARA, JO", "lens": "35", "continues": "yes"},
    )


def test_lists_instead_of_beats() -> None:
    """What happens is shared out over the shots in order."""
    text = """\
scenes:
  - heading: INT. A - DAY
    shots: [wide, close-up on MARA]
    action: [One., Two.]
    dialogue:
      - {character: MARA, line: Three.}
      - JO: Four.
"""
    found = read(text).scenes[0].beats
    assert [each.spoken if isinstance(each, Speech) else each.text for each in found] == [
        "wide", "One.", "Two.", "close-up on MARA", "Three.", "Four.",
    ]  # fmt: skip


def test_shots_that_say_what_happens() -> None:
    """A shot may hold its own action, dialogue or beats; what is told beside them comes after."""
    text = """\
scenes:
  - heading: INT. A - DAY
    shots:
      - {size: WS, action: Mara climbs.}
      - {size: CU, dialogue: {MARA: "No."}}
    action: Gone.
"""
    found = read(text).scenes[0].beats
    assert [type(each) for each in found] == [ShotNote, Action, ShotNote, Speech, Action]


@pytest.mark.parametrize(
    ("scene", "line", "words"),
    [
        ("headng: INT. A", 2, "unknown key “headng”. Did you mean heading?"),
        ("beats: []", 2, "a scene has no heading"),
        ("{heading: INT. A, day: 0}", 2, "“day” must be a number from 1 on"),
        ("{heading: [1]}", 2, "“heading” must be text, not a list"),
        ("heading: INT. A\n    number: {}", 3, "“number” must be text, not a mapping"),
        ("heading: INT. A\n    beats: 3", 3, "“beats” must be a list"),
        (
            "heading: INT. A\n    beats:\n    - acton: x",
            4,
            "unknown key “acton” in a beat. Did you mean action",
        ),
        ("heading: INT. A\n    beats:\n    - {action: x, shot: y}", 4, "a beat says one thing"),
        ("heading: INT. A\n    beats:\n    - {speak: X, lin: y}", 4, "unknown key “lin”. Did you mean line"),
        ("heading: INT. A\n    beats:\n    - {speak: X}", 4, "“line” is missing in a speech"),
        (
            "heading: INT. A\n    beats:\n    - speak: X\n      line: y\n      dual: 3",
            6,
            "“dual” must be true",
        ),
        ("heading: INT. A\n    beats:\n    - shot: {size: {a: b}}", 4, "“size” of a shot must be words"),
        ("heading: INT. A\n    beats:\n    - MARA:", 4, "“MARA” must be text, not nothing"),
        ("heading: INT. A\n    beats: [x]\n    action: y", 2, "a scene has both beats and action"),
        ("heading: INT. A\n    dialogue: [x]", 3, "a line of dialogue needs a speaker"),
        ("just words", 2, "a scene must be a mapping"),
    ],
)
def test_faults(scene: str, line: int, words: str) -> None:
    """Each has its line, what is wrong and the nearest key."""
    found = faults(f"scenes:\n  - {scene}\n")
    assert any(at == line and said.startswith(words) for at, said in found), found


@pytest.mark.parametrize("text", ["scenes: 3", "scenes: []", "scenes:", "other: 1"])
def test_no_scenes(text: str) -> None:
    """No list, or an empty one, is refused."""
    assert len(faults(text)) == 1


def test_all_faults_at_once() -> None:
    """A person mends them all in one go."""
    assert len(faults("scenes:\n  - {heading: INT. A, actoin: x}\n  - {heading: 3.5, nmber: 1}\n  - 7")) == 3


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["heading", "beats", "action", "shot", "shots", "speak", "line", "dialogue", "day", "MARA"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(PLAIN)
@settings(max_examples=300, deadline=None)
def test_any_data(data: object) -> None:
    """Whatever stands under scenes gives a screenplay or is refused."""
    try:
        screenplay = screenplay_from_yaml(YamlFile(None, {"scenes": data}, {(): 1}), "scenes")
    except InputError as error:
        refused(error)
    else:
        assert screenplay.scenes


@given(st.text(alphabet=st.sampled_from("ab:- \n{}[]&*!|>'\"#%?,\t") | st.characters(), max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    """Whatever is typed gives a screenplay or is refused, with lines within the text."""
    try:
        screenplay = screenplay_from_yaml(parse_yaml(f"scenes:\n{text}"), "scenes")
    except InputError as error:
        refused(error)
    else:
        assert all(element.line >= 1 for element in screenplay.elements)


def test_aliases() -> None:
    """An alias repeats a scene; lines never run backwards."""
    text = "one: &a {heading: INT. A, beats: [Go.]}\nscenes:\n  - {heading: INT. B, beats: [Go.]}\n  - *a\n"
    elements = read(text).elements
    assert [element.text for element in elements] == ["INT. B", "Go.", "INT. A", "Go."]
    assert [element.line for element in elements] == sorted(element.line for element in elements)
