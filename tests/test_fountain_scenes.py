"""Elements to scenes: beats in order, transitions, shot notes, numbers, flags and story days."""

import pytest

from storyboard.fountain import parse_fountain
from storyboard.screenplay import Action, Beat, Scene, ShotNote, Speech, Transition, TransitionKind


def scenes(text: str) -> tuple[Scene, ...]:
    """The scenes of a script."""
    return parse_fountain(text).scenes


def beats(text: str) -> tuple[Beat, ...]:
    """The beats of a script of one scene."""
    (scene,) = scenes(text)
    return scene.beats


def rules(text: str) -> list[tuple[str, int | None]]:
    """Rule and line of every doubt."""
    return [(problem.rule, problem.line) for problem in parse_fountain(text).problems]


def test_text_before_the_first_heading() -> None:
    """It is a scene with an empty heading, on the line where it begins."""
    first, second = scenes("Black.\n\nINT. A - DAY\n\nGo.")
    assert (first.heading.text, first.line, first.number) == ("", 1, "1")
    assert (second.heading.text, second.number) == ("INT. A - DAY", "2")


def test_opening_transition_joins_the_first_scene() -> None:
    """FADE IN: or a note alone is no scene of its own."""
    (scene,) = scenes("FADE IN:\n\n[[shot: wide]]\n\nINT. A - DAY\n\nGo.")
    assert [type(beat) for beat in scene.beats] == [Transition, ShotNote, Action]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CUT TO:", "cut"),
        ("SMASH CUT TO:", "smash cut"),
        ("SMASH-CUT TO:", "smash cut"),
        ("MATCH CUT TO:", "match cut"),
        ("JUMP CUT TO:", "jump cut"),
        ("TIME CUT TO:", "time cut"),
        ("DISSOLVE TO:", "dissolve"),
        ("MATCH DISSOLVE TO:", "dissolve"),
        ("FADE TO:", "fade"),
        ("WIPE TO:", "wipe"),
        ("FADE IN:", "fade in"),
        ("FADE OUT.", "fade out"),
        ("FADE TO BLACK.", "fade out"),
        ("> fade to white", "fade to white"),
        ("CUT TO BLACK.", "cut to black"),
        ("IRIS IN:", "iris in"),
        ("IRIS OUT.", "iris out"),
        ("BACK TO:", "cut"),
    ],
)
def test_transitions(text: str, kind: str) -> None:
    """Every transition that screenplays use has its kind, and no warning."""
    source = f"INT. A\n\nGo.\n\n{text}\n\nGone."
    (found,) = [beat for beat in beats(source) if isinstance(beat, Transition)]
    assert (found.kind, found.line) == (TransitionKind(kind), 5)
    assert rules(source) == []


def test_unknown_transition() -> None:
    """It is a cut, with a warning on its line."""
    source = "INT. A\n\nGo.\n\nSPIRAL TO:\n\nGone."
    assert beats(source)[1] == Transition(kind=TransitionKind.CUT, text="SPIRAL TO:", line=5)
    assert rules(source) == [("unknown-transition", 5)]


@pytest.mark.parametrize(
    ("note", "text", "id_"),
    [
        ("shot: close-up on MARA, 4s", "close-up on MARA, 4s", None),
        ("shot 3C: size=CU; dur=4s", "size=CU; dur=4s", "3C"),
        ("SHOT 12A-2: wide", "wide", "12A-2"),
        ("shot B: wide", "wide", "B"),
        ("shot wide on the sea", "wide on the sea", None),
        ("shot: wide,\nslow pan left", "wide, slow pan left", None),
    ],
)
def test_shot_notes(note: str, text: str, id_: str | None) -> None:
    """A note that begins with shot asks for one; an id may stand before the colon."""
    assert beats(f"INT. A\n\n[[{note}]]\n\nGo.")[0] == ShotNote(text=text, line=3, id=id_)


def test_other_notes_are_no_beats() -> None:
    """A writer's remark stays a note, also one that begins with a longer word."""
    assert beats("INT. A\n\n[[shotgun?]]\n\nGo [[faster]] now.") == (Action(text="Go now.", line=5),)


def test_inline_shot_note_parts_the_action() -> None:
    """What stands before the note happens before the shot, what stands after it in the shot."""
    assert beats("INT. A\n\nMara climbs.\nShe stops. [[shot: CU]] She listens.\nNothing.") == (
        Action(text="Mara climbs.\nShe stops.", line=3),
        ShotNote(text="CU", line=4),
        Action(text="She listens.\nNothing.", line=4),
    )


def test_shot_note_parts_a_speech() -> None:
    """The speaker goes on in the next shot."""
    source = "INT. A\n\nMARA (V.O.)\nOne.\n[[shot: CU]]\nTwo. [[shot: wide]] Three."
    found = beats(source)
    assert [beat.spoken if isinstance(beat, Speech) else beat.text for beat in found] == [
        "One.",
        "CU",
        "Two.",
        "wide",
        "Three.",
    ]
    assert [beat.line for beat in found] == [3, 5, 6, 6, 6]
    assert all(beat.extension == "V.O." for beat in found if isinstance(beat, Speech))


def test_shot_note_right_below_a_cue() -> None:
    """The shot comes first, and the speech begins in it."""
    found = beats("INT. A\n\nMARA\n[[shot: CU]]\nOne.")
    assert [(type(beat), beat.line) for beat in found] == [(ShotNote, 4), (Speech, 5)]


def test_speech_with_all_that_belongs_to_it() -> None:
    """Parentheticals and lyrics are lines of the speech, and only words are heard."""
    (speech,) = beats("MARA (O.S.)\n(low)\nIt is *nearly*\nout.\n~La la")
    assert isinstance(speech, Speech)
    assert [line.line for line in speech.lines] == [2, 3, 5]
    assert speech.spoken == "It is nearly out. La la"
    assert not speech.seen


def test_shot_lines_within_action() -> None:
    """A line of capitals that asks for a shot parts the paragraph, as a note does."""
    assert beats("INT. A\n\nMara runs.\nCLOSE ON MARA\nShe trips.\nANGLE ON the lamp") == (
        Action(text="Mara runs.", line=3),
        ShotNote(text="CLOSE ON MARA", line=4, from_line=True),
        Action(text="She trips.", line=5),
        ShotNote(text="ANGLE ON the lamp", line=6, from_line=True),
    )


@pytest.mark.parametrize("text", ["ON the floor lies a knife.", "Insert coin.", "POVERTY AND RICHES", "A WIDE SEA."])
def test_action_that_looks_like_a_shot(text: str) -> None:
    """Prose that begins with a word of the camera stays action."""
    assert beats(f"INT. A\n\n{text}") == (Action(text=text, line=3),)


def test_lines_behind_a_boneyard_within_a_paragraph() -> None:
    """Parts of a paragraph point at the file's lines, boneyards counted."""
    found = beats("INT. A\n\nOne.\n/* gone\ngone */\nCLOSE ON MARA\nTwo.")
    assert [beat.line for beat in found] == [3, 6, 7]


def test_speaker_who_says_nothing() -> None:
    """A forced cue without words is no speech, and is said."""
    assert rules("INT. A\n\n@Mara\n\nShe goes.") == [("speaker-without-lines", 3)]


@pytest.mark.parametrize(
    ("headings", "numbers"),
    [
        (["A", "B", "C"], ["1", "2", "3"]),
        (["A #1#", "B", "C #2#"], ["1", "1A", "2"]),
        (["A", "B", "C #3#", "D"], ["1", "2", "3", "4"]),
        (["A #12A#", "B"], ["12A", "13"]),
        (["A #1#", "B", "C", "D #1B#", "E #2#"], ["1", "1A", "1C", "1B", "2"]),
        (["A", "B #1#"], ["A", "1"]),
        (["A #X-1#", "B"], ["X-1", "1"]),
    ],
)
def test_numbers(headings: list[str], numbers: list[str]) -> None:
    """Written numbers are kept; others are counted, or lettered between written ones."""
    found = scenes("\n\n".join(f"INT. {heading}\n\nGo." for heading in headings))
    assert [scene.number for scene in found] == numbers
    assert [scene.numbered for scene in found] == ["#" in heading for heading in headings]


def test_number_twice() -> None:
    """The second is told apart by a letter, with a warning on its line."""
    source = "INT. A #3#\n\nGo.\n\nINT. B #3#\n\nGo."
    assert [scene.number for scene in scenes(source)] == ["3", "3A"]
    assert rules(source) == [("duplicate-scene-number", 5)]


def test_story_day_note() -> None:
    """A note sets the day of its scene, and those after count on."""
    found = scenes("INT. A - NIGHT\n\n[[day: 3]]\n\nGo.\n\nINT. B - MORNING\n\nGo.\n\nINT. C - DAY\n\nGo.")
    assert [scene.day for scene in found] == [3, 4, 4]


def test_flashback_leaves_the_days_alone() -> None:
    """A scene out of time neither begins a day nor changes what comes after it."""
    found = scenes("INT. A - NIGHT\n\nGo.\n\nINT. B - DAY (FLASHBACK)\n\nGo.\n\nINT. C - NIGHT\n\nGo.")
    assert [scene.day for scene in found] == [1, 1, 1]
    assert [scene.flags for scene in found] == [(), ("flashback",), ()]


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        ("MONTAGE", "montage"),
        ("MONTAGE - MARA AT WORK", "montage"),
        ("SERIES OF SHOTS:", "series of shots"),
        ("INTERCUT WITH:", "intercut"),
        ("INTERCUT - HALL / STREET", "intercut"),
        ("FLASHBACK:", "flashback"),
        ("SPLIT SCREEN", "split screen"),
    ],
)
def test_flags(line: str, flag: str) -> None:
    """A line of capitals flags its scene, and is nothing that is acted."""
    (scene,) = scenes(f"INT. A\n\n{line}\n\nMara climbs.")
    assert scene.flags == (flag,)
    assert scene.beats == (Action(text="Mara climbs.", line=5),)


def test_flags_over_scenes() -> None:
    """What begins holds until it ends; FLASHBACK TO: holds for the next scene."""
    body = "INT. A\n\nBEGIN FLASHBACK\n\nGo.\n\nINT. B\n\nGo.\n\nEND FLASHBACK\n\n"
    body += "INT. C\n\nGo.\n\nFLASHBACK TO:\n\n"
    found = scenes(f"{body}INT. D\n\nGo.\n\nINT. E\n\nGo.")
    assert [scene.flags for scene in found] == [("flashback",), ("flashback",), (), ("flashback",), ()]


def test_words_on_the_picture_are_action() -> None:
    """SUPER: is seen, so it stays a beat."""
    assert beats("INT. A\n\nSUPER: LONDON, 1940\n\nGo.")[0] == Action(text="SUPER: LONDON, 1940", line=3)
