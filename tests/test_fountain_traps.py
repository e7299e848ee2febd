"""Fountain where parsers go wrong: each trap with its right answer."""

import pytest

from storyboard.errors import Level
from storyboard.fountain import parse_fountain
from storyboard.screenplay import Action, Element, ElementType, ShotNote, Speech


def parts(text: str) -> list[tuple[str, str]]:
    """Type and text of every element."""
    return [(element.type.value, element.text) for element in parse_fountain(text).elements]


def rules(text: str) -> list[tuple[str, int | None]]:
    """Rule and line of every doubt; none of them is an error."""
    problems = parse_fountain(text).problems
    assert all(problem.level is Level.WARNING for problem in problems)
    return [(problem.rule, problem.line) for problem in problems]


def only(text: str, kind: ElementType) -> Element:
    """The one element of a type."""
    (found,) = [element for element in parse_fountain(text).elements if element.type is kind]
    return found


@pytest.mark.parametrize(
    "name",
    [
        "ÉMILIE",
        "E\u0301MILIE",
        "ЖАННА",
        "ΕΛΈΝΗ",
        "O’BRIEN",
        "O'BRIEN",
        "BRICK & STEEL",
        "MAN/WOMAN",
        "SAM, JR.",
        "DEALER #2",
        "R2D2",
        "23 SKIDOO",
        "JEAN-LUC",
    ],
)
def test_names_of_all_kinds_are_cues(name: str) -> None:
    """A line in capitals with speech under it is a cue in any script that has capitals."""
    assert parts(f"Rain.\n\n{name}\nHello.") == [
        ("action", "Rain."),
        ("character", name),
        ("dialogue", "Hello."),
    ]


@pytest.mark.parametrize("name", ["23", "Mara", "STRAßE", "王", "...", "MARA\u2028lind"])
def test_what_is_not_in_capitals_is_no_cue(name: str) -> None:
    """Numbers, small letters and scripts without capitals are action unless forced."""
    assert parts(f"{name}\nHello.") == [("action", f"{name}\nHello.")]
    assert parts(f"@{name}\nHello.") == [("character", name), ("dialogue", "Hello.")]


def test_carriage_returns_do_not_glue_action_to_dialogue() -> None:
    """CRLF and lone CR end lines as LF does."""
    plain = "MARA\nHello.\n\nShe goes.\n\nINT. HALL - DAY\n\nDark."
    for newline in ("\r\n", "\r"):
        assert parse_fountain(plain.replace("\n", newline)).elements == parse_fountain(plain).elements


def test_byte_order_mark_is_no_text() -> None:
    """A mark at the very beginning hides neither a heading nor a title page."""
    assert parts("\ufeffINT. HALL - DAY") == [("scene_heading", "INT. HALL - DAY")]
    assert parse_fountain("\ufeffTitle: Last Light").title_page == {"title": ("Last Light",)}


def test_shouted_line_leaves_its_cue_alone() -> None:
    """JOHN / I SAID NO is a cue and what he says."""
    assert parts("JOHN\nI SAID NO") == [("character", "JOHN"), ("dialogue", "I SAID NO")]
    assert parts("JOHN\nI SAID NO\nGET OUT") == [("character", "JOHN"), ("dialogue", "I SAID NO\nGET OUT")]


def test_full_stop_within_a_paragraph_forces_nothing() -> None:
    """A calibre in the middle of a paragraph is no scene heading."""
    assert parts("He takes the\n.38 pistol out.") == [("action", "He takes the\n.38 pistol out.")]
    assert parts("MARA\nA\n.38 pistol.") == [("character", "MARA"), ("dialogue", "A\n.38 pistol.")]
    assert parts("A shot.\n\n.38 CALIBRE STREET") == [
        ("action", "A shot."),
        ("scene_heading", "38 CALIBRE STREET"),
    ]


def test_tabs_are_four_spaces() -> None:
    """Action keeps its indentation, tabs as four spaces each; nothing else does."""
    assert parts("\tMara\tclimbs.") == [("action", "    Mara    climbs.")]
    assert parts("\tMARA\n\tHello.") == [("character", "MARA"), ("dialogue", "Hello.")]


class TestHeadings:
    """Trap 1."""

    def test_heading_needs_blank_lines(self) -> None:
        """A heading with text on the next line, or the line above, is action, and that is said."""
        text = "Sun.\n\nEXT. POOL - DAY\nSteel swims."
        assert parts(text)[1:] == [("action", "EXT. POOL - DAY\nSteel swims.")]
        assert rules(text) == [("heading-without-blank", 3)]
        assert parts("Sun.\nEXT. POOL - DAY\n") == [("action", "Sun.\nEXT. POOL - DAY")]

    @pytest.mark.parametrize(
        "text", ["..and on.", "...and on.", "INTERNAL AFFAIRS ARE HERE", "INTO THE DARK", "EXTRAS WAIT"]
    )
    def test_lookalikes_are_action(self, text: str) -> None:
        """Two or three full stops and words that begin with INT or EXT are action."""
        assert parts(text) == [("action", text)]

    @pytest.mark.parametrize(
        "text",
        [
            "INT - HOUSE",
            "int. house - day",
            "EXT HOUSE",
            "EST. CITY",
            "INT./EXT. CAR",
            "INT/EXT CAR",
            "I/E CAR",
            "EXT./INT. CAR",
        ],
    )
    def test_all_prefixes(self, text: str) -> None:
        """Every prefix of the specification, in any case, with a full stop or a blank."""
        assert parts(f"Sun.\n\n{text}\n\nRain.")[1] == ("scene_heading", text)

    def test_forced_in_any_alphabet(self) -> None:
        """A full stop and a letter force a heading."""
        assert parts(".ÉGLISE") == [("scene_heading", "ÉGLISE")]

    def test_a_synopsis_or_note_below_is_not_text(self) -> None:
        """What is not printed does not take a heading its blank line."""
        assert parts("INT. A\n= Short.\n\nGo.")[0] == ("scene_heading", "INT. A")
        assert parts("INT. A\n[[shot: wide]]\n\nGo.")[0] == ("scene_heading", "INT. A")
        assert parts("# Act\nINT. A\n\nGo.")[1] == ("scene_heading", "INT. A")


class TestTransitions:
    """Trap 2."""

    @pytest.mark.parametrize("text", ["FADE IN:", "FADE OUT.", "CUT TO BLACK.", "SMASH-CUT TO:", "IRIS OUT."])
    def test_on_the_first_line(self, text: str) -> None:
        """They are transitions for us, and no keys of a title page."""
        screenplay = parse_fountain(f"{text}\n\nINT. A\n\nGo.")
        assert screenplay.title_page == {}
        assert [element.type for element in screenplay.elements][:2] == ["transition", "scene_heading"]

    def test_above_an_indented_line(self) -> None:
        """FADE IN: stays a transition where a title page would go on with an indented value."""
        assert parts("FADE IN:\n\n    Rain.") == [("transition", "FADE IN:"), ("action", "    Rain.")]
        assert parts("FADE IN:\n    Rain.")[0] == ("transition", "FADE IN:")

    def test_trailing_blank_unmakes_it(self) -> None:
        """CUT TO: with a blank behind it is action, also with text right below."""
        assert parts("Go.\n\nCUT TO: \n\nRain.")[1] == ("action", "CUT TO: ")
        assert parts("Go.\n\nCUT TO: \nRain.")[1] == ("action", "CUT TO: \nRain.")

    def test_no_blank_below(self) -> None:
        """It is a transition with a warning, and what follows is read as if the blank were there."""
        text = "Go.\n\nCUT TO:\nINT. A\n\nRain."
        assert parts(text)[1:3] == [("transition", "CUT TO:"), ("scene_heading", "INT. A")]
        assert rules(text) == [("transition-without-blank", 3)]

    def test_no_blank_above(self) -> None:
        """Within a paragraph it is text, and that is said."""
        assert parts("Go.\nCUT TO:\n") == [("action", "Go.\nCUT TO:")]
        assert rules("Go.\nCUT TO:\n") == [("transition-within-paragraph", 2)]

    def test_beside_a_boneyard(self) -> None:
        """A boneyard next to it takes nothing away from it."""
        for text in ("/* x */\nCUT TO:", "CUT TO:\n/* x\ny */", "CUT TO: /* x */", "/* x */ CUT TO:"):
            assert parts(f"Go.\n\n{text}\n\nINT. A\n")[1] == ("transition", "CUT TO:")


class TestCues:
    """Trap 3."""

    def test_capitals_within_dialogue_stay_dialogue(self) -> None:
        """Shouting does not begin a new speaker."""
        assert parts("MARA\nRun!\nTHE SEA\nis coming.") == [
            ("character", "MARA"),
            ("dialogue", "Run!\nTHE SEA\nis coming."),
        ]

    @pytest.mark.parametrize(
        ("cue", "name", "extension"),
        [
            ("@23", "23", None),
            ("@Name (O.S.)", "Name", "O.S."),
            ("@x ^", "x", None),
            ("@x (V.O.) ^", "x", "V.O."),
            ("MARA (on the radio)", "MARA", "on the radio"),
            ("MARA (V.O.) (CONT'D)", "MARA", "V.O., CONT'D"),
            ("MARA(O.S.)^", "MARA", "O.S."),
            ("MARA ^", "MARA", None),
        ],
    )
    def test_force_extension_and_caret_combine(self, cue: str, name: str, extension: str | None) -> None:
        """The name stands alone, the extension without parentheses, the caret as dual."""
        elements = parse_fountain(f"JO\nYes.\n\n{cue}\nNo.").elements
        assert [element.text for element in elements] == ["JO", "Yes.", name, "No."]
        assert elements[2].extension == extension
        assert elements[2].dual == cue.endswith("^")

    def test_caret_with_nothing_to_its_left(self) -> None:
        """It is an ordinary cue at the beginning and after action or a heading."""
        for before in ("", "Rain.\n\n", "INT. A\n\n", "JO\nYes.\n\nRain.\n\n"):
            cue = parse_fountain(f"{before}MARA ^\nNo.").elements[-2]
            assert (cue.text, cue.dual) == ("MARA", False)

    def test_note_between_dual_speeches(self) -> None:
        """A note is not seen between two who speak at once."""
        elements = parse_fountain("JO\nYes.\n\n[[shot: two shot]]\n\nMARA ^\nNo.").elements
        assert [element.text for element in elements if element.dual] == ["MARA"]

    def test_forced_cue_within_a_paragraph(self) -> None:
        """An @ in the middle of a paragraph is text."""
        assert parts("He types:\n@all go home") == [("action", "He types:\n@all go home")]

    def test_cue_with_nothing_under_it(self) -> None:
        """Capitals above a blank line, the end, or what is forced are action."""
        assert parts("MARA\n\nHello.") == [("action", "MARA"), ("action", "Hello.")]
        assert parts("MARA") == [("action", "MARA")]
        assert parts("THE END\n===") == [("action", "THE END"), ("page_break", "")]
        assert parts("BOOM\n!INT. HALL") == [("action", "BOOM\nINT. HALL")]


class TestDialogue:
    """Trap 4."""

    def test_two_spaces_hold_a_speech_open(self) -> None:
        """A line of two spaces is a blank line within dialogue."""
        assert parts("MARA\nOne.\n  \nTwo.") == [("character", "MARA"), ("dialogue", "One.\n\nTwo.")]

    def test_one_space_ends_it(self) -> None:
        """A line of one space is a blank line."""
        assert parts("MARA\nOne.\n \nTwo.") == [
            ("character", "MARA"),
            ("dialogue", "One."),
            ("action", "Two."),
        ]

    def test_lyric_within_dialogue(self) -> None:
        """Who sings a line and goes on speaking is in one speech."""
        assert parts("MARA\nOne.\n~La la\nTwo.") == [
            ("character", "MARA"),
            ("dialogue", "One."),
            ("lyric", "La la"),
            ("dialogue", "Two."),
        ]

    def test_note_within_dialogue(self) -> None:
        """A note line, also right below the cue, ends nothing."""
        assert parts("MARA\n[[a]]\nOne.\n[[b]]\nTwo.") == [
            ("character", "MARA"),
            ("note", "a"),
            ("dialogue", "One."),
            ("note", "b"),
            ("dialogue", "Two."),
        ]
        (speech,) = parse_fountain("MARA\nOne.\n[[b]]\nTwo.").scenes[0].beats
        assert isinstance(speech, Speech)
        assert speech.spoken == "One. Two."

    def test_parenthetical_over_lines(self) -> None:
        """Parentheses may open on one line and close on another."""
        assert parts("MARA\n(slowly,\nas if\nalone)\nOne.") == [
            ("character", "MARA"),
            ("parenthetical", "(slowly,\nas if\nalone)"),
            ("dialogue", "One."),
        ]
        assert parts("MARA\n(never closed\nOne.")[1:] == [("dialogue", "(never closed\nOne.")]
        assert parts("MARA\n(a) One.\nTwo (b)")[1:] == [("dialogue", "(a) One.\nTwo (b)")]


class TestNotesAndBoneyards:
    """Trap 5."""

    def test_note_in_a_heading(self) -> None:
        """The heading stands without the note, which follows it with its place."""
        heading, note = parse_fountain("INT. A [[BLUE]]").elements
        assert (heading.type, heading.text) == (ElementType.SCENE_HEADING, "INT. A")
        assert (note.type, note.text, note.offset, note.line) == (ElementType.NOTE, "BLUE", 6, 1)

    def test_boneyards_do_not_nest(self) -> None:
        """The first closing ends it."""
        assert parts("One /* a /* b */ c */ two.") == [("action", "One c */ two.")]

    def test_single_bracket_within_a_note(self) -> None:
        """[[a] b]] is one note."""
        assert parts("[[a] b]]") == [("note", "a] b")]

    def test_unclosed_note(self) -> None:
        """It shows as text up to the blank line, with a warning; later notes are notes."""
        assert parts("Go [[now\nor later.\n\nThen [[x]] rest.") == [
            ("action", "Go [[now\nor later."),
            ("action", "Then rest."),
            ("note", "x"),
        ]
        assert rules("Go.\n\nStop [[now\n\nThen.") == [("unclosed-note", 3)]

    def test_unclosed_boneyard(self) -> None:
        """It hides nothing, and is said."""
        assert parts("Go /* now\n\nMARA\nNo.") == [
            ("action", "Go /* now"),
            ("character", "MARA"),
            ("dialogue", "No."),
        ]
        assert rules("Go.\n\nOn /* now") == [("unclosed-boneyard", 3)]
        assert parts("Go [[[[ now") == [("action", "Go [[[[ now")]
        assert parts("INT. A /* B - DAY") == [("scene_heading", "INT. A /* B - DAY")]

    def test_what_cutting_brings_together_opens_nothing(self) -> None:
        """A slash and a star around a boneyard are text."""
        assert parts("//* x */* rest\n\nMore.") == [("action", "/* rest"), ("action", "More.")]

    def test_note_with_a_blank_line(self) -> None:
        """Two spaces hold a note open; a boneyard within it is no part of it."""
        assert parts("[[a\n  \nb]]") == [("note", "a\n  \nb")]
        assert parts("[[a /* gone */ b]]") == [("note", "a  b")]

    def test_inline_notes_keep_their_place(self) -> None:
        """Every note within text follows its element with the offset where it stood."""
        elements = parse_fountain("Mara [[tired]] climbs\nthe [[steep]]stairs.[[end]]").elements
        assert elements[0].text == "Mara climbs\nthe stairs."
        assert [(note.text, note.offset, note.line) for note in elements[1:]] == [
            ("tired", 5, 1),
            ("steep", 16, 2),
            ("end", 23, 2),
        ]

    def test_notes_in_the_title_page(self) -> None:
        """A note in a value is lifted out and kept."""
        screenplay = parse_fountain("Title: Last [[working]] Light\n\nGo.")
        assert screenplay.title_page == {"title": ("Last Light",)}
        assert [(each.type, each.text) for each in screenplay.elements] == [
            ("note", "working"),
            ("action", "Go."),
        ]


class TestSceneNumbers:
    """Trap 6."""

    @pytest.mark.parametrize(
        ("heading", "text", "number"),
        [
            ("INT. A #1A#", "INT. A", "1A"),
            ("INT. A - DAY #110.B-2#", "INT. A - DAY", "110.B-2"),
            (".HALL #7#", "HALL", "7"),
            ("INT. ROOM #5", "INT. ROOM #5", None),
            ("INT. ROOM #5 - DAY", "INT. ROOM #5 - DAY", None),
            ("INT. A #1 A#", "INT. A #1 A#", None),
            ("INT. A #3# [[new]]", "INT. A", "3"),
        ],
    )
    def test_numbers(self, heading: str, text: str, number: str | None) -> None:
        """Between two signs at the end, letters, digits, full stops and dashes."""
        found = only(heading, ElementType.SCENE_HEADING)
        assert (found.text, found.scene_number) == (text, number)


def test_title_page_values() -> None:
    """Trap 7: an indented value with a colon is still a value; keys are lower case, empty ones stay."""
    text = "Title:\n    *Last: Light*\n   Part 2: Dusk\nDraft date: 1/2/26\nSource:\nContact:\n\tA\n"
    text += "\n    Not: this"
    assert parse_fountain(text).title_page == {
        "title": ("*Last: Light*", "Part 2: Dusk"),
        "draft date": ("1/2/26",),
        "source": (),
        "contact": ("A",),
    }
    assert parts(text) == [("action", "    Not: this")]


def test_title_page_twice_the_same_key() -> None:
    """Nothing typed is lost."""
    assert parse_fountain("Author: A\nAuthor: B\n").title_page == {"author": ("A", "B")}


@pytest.mark.parametrize(
    "text",
    [
        "he said: go on.",
        "INT. A - 3:00 PM\n",
        "CUT TO: black",
        "SUPER: LONDON, 1940",
        "INSERT: A CLOCK",
        "MONTAGE: THE CITY",
    ],
)
def test_first_lines_that_are_no_title_page(text: str) -> None:
    """Prose, headings and transitions with a colon begin the script."""
    assert parse_fountain(text).title_page == {}


def test_never_split_at_other_separators() -> None:
    """Trap 9: only carriage return and line feed end a line."""
    for separator in "\u2028\u2029\x0b\x0c\x1c\x85":
        text = f"One{separator}two.\n\nMARA\nHello{separator}you."
        elements = parse_fountain(text).elements
        assert [element.line for element in elements] == [1, 3, 4]
        assert elements[0].text == f"One{separator}two."


class TestShotLines:
    """Trap 10."""

    @pytest.mark.parametrize("cue", ["CLOSE ON", "TRACKING SHOT", "INSERT", "REVERSE ANGLE", "WIDER"])
    def test_on_a_cue_line(self, cue: str) -> None:
        """Shot terms over text are action and ask for a shot, with a warning; nobody of that name speaks."""
        text = f"INT. A\n\n{cue}\nthe key turning."
        assert parts(text)[1:] == [("action", f"{cue}\nthe key turning.")]
        assert parse_fountain(text).scenes[0].beats == (
            ShotNote(text=cue, line=3, from_line=True),
            Action(text="the key turning.", line=4),
        )
        assert rules(text) == [("shot-line-as-cue", 3)]

    def test_forced_speaker_of_that_name(self) -> None:
        """@ says that somebody of that name speaks."""
        assert parts("@INSERT\nHello.") == [("character", "INSERT"), ("dialogue", "Hello.")]
        assert rules("@INSERT\nHello.") == []

    def test_directions_on_a_cue_line(self) -> None:
        """MONTAGE and SUPER: do not speak either."""
        assert parts("INT. A\n\nMONTAGE\nMara climbs.")[1:] == [("action", "MONTAGE\nMara climbs.")]
        assert parts("INT. A\n\nSUPER:\nOne year later.")[1:] == [("action", "SUPER:\nOne year later.")]

    def test_on_a_line_of_its_own(self) -> None:
        """With a blank line below there is nothing to warn of."""
        text = "INT. A\n\nCLOSE ON MARA\n\nShe cries."
        assert parse_fountain(text).scenes[0].beats[0] == ShotNote(text="CLOSE ON MARA", line=3, from_line=True)
        assert rules(text) == []

    def test_forced_heading_that_is_a_shot(self) -> None:
        """It is a heading among the elements, and a shot within the running scene."""
        (scene,) = parse_fountain("INT. A\n\nGo.\n\n.SNIPER SCOPE POV\n\nCloser.").scenes
        assert scene.beats[1] == ShotNote(text="SNIPER SCOPE POV", line=5, from_line=True)
        assert len(scene.beats) == 3


def test_other_elements() -> None:
    """Sections with depth, synopses, centred text, page breaks, forced action and transitions."""
    screenplay = parse_fountain("### Deep\n\n= Short.\n\n>THE <END<\n\n====\n\n!INT. NO\n\n> Burn to pink.")
    assert [(each.type.value, each.text, each.depth) for each in screenplay.elements] == [
        ("section", "Deep", 3),
        ("synopsis", "Short.", None),
        ("centered", "THE <END", None),
        ("page_break", "", None),
        ("action", "INT. NO", None),
        ("transition", "Burn to pink.", None),
    ]
    assert parts("Number\n#5 is alive.") == [("action", "Number\n#5 is alive.")]


def test_page_of_title_only() -> None:
    """A title page alone is a screenplay without scenes."""
    screenplay = parse_fountain("Title: *Last Light*")
    assert (screenplay.title, screenplay.elements, screenplay.scenes) == ("Last Light", (), ())
