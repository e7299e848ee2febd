"""Scenes without notes are covered as an assistant director would, and around the shot lines of a script."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from characters.bible import Bible
from characters.names import ages_in, names_with
from storyboard.breakdown import Breakdown, break_down
from storyboard.camera import Framing, ShotSize
from storyboard.fountain import parse_fountain
from storyboard.shot import BeatKind, Origin, Role, Shot

KITCHEN = """\
INT. KITCHEN - NIGHT

Rain on black windows.

FRANK (45) and LOLA (30s) sit at a table with one candle. Between them, on a plate, a small KEY.

FRANK
It was never mine.

LOLA
You wore it.

FRANK
I wore it for your father, who wore it for a man whose name I was told once, in the dark, on a boat that
should not have been there at all, and I have never said that name to anybody since, and I shall not now.

She pushes the plate across. Frank takes the KEY and turns it over.

LOLA
Say it.

FRANK
No.
"""


def broken(script: str, coverage: str = "classic") -> Breakdown:
    """The shots of a script without a bible."""
    screenplay = parse_fountain(script)
    names, _ = names_with(Bible(), screenplay)
    return break_down(screenplay, names=names, rate=Fraction(24), coverage=coverage)


def shots(script: str, coverage: str = "classic") -> tuple[Shot, ...]:
    """The same, where nothing is wrong."""
    found = broken(script, coverage)
    assert [str(problem) for problem in found.problems] == []
    return found.shots


def told(found: tuple[Shot, ...]) -> list[str]:
    """Everything that happens or is said, in the order of the shots."""
    return [" ".join(beat.text.split()) for shot in found for beat in shot.beats]


def test_the_place_comes_first() -> None:
    """What is said of the place alone is the establishing shot, with nobody in it; then the master shows everyone."""
    establish, master, *_ = shots(KITCHEN)
    assert (establish.role, establish.camera.size, establish.cast) == (Role.ESTABLISH, ShotSize.EWS, ())
    assert told((establish,)) == ["Rain on black windows."]
    assert (master.role, set(master.cast)) == (Role.MASTER, {"FRANK", "LOLA"})


def test_each_who_speaks_is_seen_speaking() -> None:
    """Every speech falls into a shot that is about its speaker."""
    for shot in shots(KITCHEN):
        for beat in shot.beats:
            if beat.kind is BeatKind.SPEECH:
                assert beat.seen
                assert shot.camera.subject[0] == beat.character


def test_shots_come_closer_as_the_scene_rises() -> None:
    """The last words are in a larger size than the first, and no single is wider than the one before it."""
    order = list(ShotSize)
    talk = [s.camera.size for s in shots(KITCHEN) for beat in s.beats[:1] if beat.kind is BeatKind.SPEECH]
    spoken = [order.index(size) for size in talk if size]
    assert spoken[0] < spoken[-1]
    assert spoken[-1] == order.index(ShotSize.CU)


def test_the_camera_keeps_to_one_side() -> None:
    """Coverage never crosses the line of action: over one shoulder and over the other, from one side."""
    found = shots(KITCHEN)
    assert {shot.side for shot in found} == {1}
    over = [shot for shot in found if shot.camera.framing is Framing.OTS]
    assert over
    assert all(shot.camera.over != shot.camera.subject[0] and len(shot.cast) == 2 for shot in over)


def test_a_prop_in_capitals_gets_its_insert() -> None:
    """The sentence that names it is the insert, and the rest of the paragraph stays where it was."""
    inserts = [shot for shot in shots(KITCHEN) if shot.role is Role.INSERT]
    assert [told((shot,)) for shot in inserts] == [
        ["Between them, on a plate, a small KEY."],
        ["Frank takes the KEY and turns it over."],
    ]
    assert all(shot.camera.subject == ("KEY",) and shot.camera.size is ShotSize.CU for shot in inserts)


def test_a_long_speech_has_a_listener() -> None:
    """After a speech of more than a few seconds the other one is seen, silent."""
    reactions = [shot for shot in shots(KITCHEN) if shot.role is Role.REACTION]
    assert [(shot.camera.subject, shot.beats) for shot in reactions] == [(("LOLA",), ())]


@pytest.mark.parametrize("coverage", ["classic", "minimal", "none"])
def test_nothing_is_lost_or_told_twice(coverage: str) -> None:
    """Each style shows every word of the scene once, in order."""
    said = [line.strip() for line in KITCHEN.split("\n\n")[1:]]
    said = [text if not text.split("\n")[0].isupper() else "\n".join(text.split("\n")[1:]) for text in said]
    assert " ".join(told(shots(KITCHEN, coverage))) == " ".join(" ".join(said).split())


def test_styles_differ() -> None:
    """None is one master; minimal has no inserts and no establishing shot; classic has all of it."""
    assert [shot.role for shot in shots(KITCHEN, "none")] == [Role.MASTER]
    minimal = {shot.role for shot in shots(KITCHEN, "minimal")}
    assert minimal == {Role.MASTER, Role.SINGLE}
    assert {shot.role for shot in shots(KITCHEN)} == {
        Role.ESTABLISH,
        Role.MASTER,
        Role.SINGLE,
        Role.INSERT,
        Role.REACTION,
    }


def test_no_jump_cuts() -> None:
    """Two shots of one subject from one direction are never one size apart."""
    order = list(ShotSize)
    for one, two in itertools.pairwise(shots(KITCHEN)):
        if one.camera.subject == two.camera.subject and one.camera.framing is two.camera.framing:
            assert one.camera.size
            assert two.camera.size
            assert abs(order.index(one.camera.size) - order.index(two.camera.size)) > 1


def test_voices_that_are_not_seen() -> None:
    """V.O. is laid over whoever thinks it, O.S. over whoever hears it, and neither mouth moves."""
    scene = "INT. CAR - DAY\n\nFRANK drives. LOLA sleeps.\n\n{}\nWe never spoke.\n\nFRANK\nNo.\n\nLOLA\nNo.\n"
    for cue, seen in (("LOLA (V.O.)", "LOLA"), ("LOLA (O.S.)", "FRANK"), ("GOD (V.O.)", "FRANK")):
        shot = next(s for s in shots(scene.format(cue)) if "We never spoke." in told((s,)))
        assert shot.cast == (seen,)
        assert not shot.beats[0].seen


def test_two_who_speak_at_once_share_the_picture() -> None:
    """Dual dialogue is one shot of both."""
    script = "INT. A - DAY\n\nFRANK and LOLA wait.\n\nFRANK\nYes.\n\nLOLA ^\nNo.\n"
    shot = shots(script)[-1]
    assert set(shot.camera.subject) == {"FRANK", "LOLA"}
    first, second = shot.beats
    assert first.start == second.start


# Around shot lines

HEIST = """\
INT. VAULT - NIGHT

A steel DOOR swings open. FRANK and LOLA slip in.

FRANK
Ninety seconds.

LOLA
You said that last time.

CLOSE ON
the steel door, swinging shut.

FRANK
No.

LOLA
No, no.
"""


def test_a_shot_line_does_not_end_the_coverage() -> None:
    """One CLOSE ON in a scene is one shot; what is said before and after it is covered as ever."""
    found = broken(HEIST).shots
    lines = [shot for shot in found if shot.origin is Origin.LINE]
    assert len(lines) == 1
    assert told((lines[0],)) == ["the steel door, swinging shut."]
    assert (lines[0].camera.size, lines[0].camera.subject) == (ShotSize.CU, ("DOOR",))
    assert len(found) >= 6
    assert told(found) == [
        "A steel DOOR swings open. FRANK and LOLA slip in.",
        "Ninety seconds.",
        "You said that last time.",
        "the steel door, swinging shut.",
        "No.",
        "No, no.",
    ]
    speakers = [(s.camera.subject[0], b.character) for s in found for b in s.beats if b.kind is BeatKind.SPEECH]
    assert all(subject == speaker for subject, speaker in speakers)


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("CLOSE ON\nthe key turning.", ("the key turning",)),
        ("CLOSE ON\n\nThe key, turning.", ("the key",)),
        ("CLOSE ON LOLA\n\nShe waits.", ("LOLA",)),
        ("INSERT\n\nA torn photograph of a boat.", ("a torn photograph of a boat",)),
        ("TRACKING SHOT\n\nLOLA runs for the stairs.", ("LOLA",)),
        ("ANGLE ON\n\nFRANK, who has seen it too.", ("FRANK",)),
    ],
)
def test_a_line_is_about_what_follows_it(line: str, subject: tuple[str, ...]) -> None:
    """CLOSE ON with the thing on the next line, with or without a blank between, shows the thing."""
    script = f"INT. VAULT - NIGHT\n\nFRANK waits.\n\nLOLA\nNow.\n\n{line}\n\nFRANK\nYes.\n"
    shot = next(shot for shot in broken(script).shots if shot.origin is Origin.LINE)
    assert shot.camera.subject == subject


def test_a_line_holds_while_its_person_speaks() -> None:
    """ANGLE ON LOLA keeps what Lola says and does; when Frank speaks, coverage goes on."""
    script = "INT. A - DAY\n\nFRANK waits.\n\nANGLE ON LOLA\n\nLOLA\nNow.\n\nFRANK\nYes.\n"
    found = broken(script).shots
    line = next(shot for shot in found if shot.origin is Origin.LINE)
    assert told((line,)) == ["Now."]
    assert found[-1].camera.subject[0] == "FRANK"


def test_back_to_scene() -> None:
    """It ends an insert: the scene is covered again, and no shot of nothing stands for it."""
    script = "INT. A - DAY\n\nFRANK waits.\n\nINSERT - A LETTER\n\nIt is blank.\n\nBACK TO SCENE\n\nFRANK\nBlank.\n"
    found = broken(script).shots
    assert [shot.origin for shot in found].count(Origin.LINE) == 1
    assert found[-1].camera.subject == ("FRANK",)
    assert told(found) == ["FRANK waits.", "It is blank.", "Blank."]


def test_a_note_makes_a_scene_noted() -> None:
    """With a shot note in the scene nothing is covered: each note holds until the next."""
    script = HEIST.replace("CLOSE ON\nthe", "[[shot: close-up on the door]]\n\nThe")
    assert [shot.origin for shot in broken(script).shots] == [Origin.COVERAGE, Origin.NOTE]


def test_a_transition_within_a_scene_stands_where_it_was_written() -> None:
    """Between the shots of what is before and after it, covered or around lines."""
    for line in ("", "CLOSE ON LOLA\n\nShe waits.\n\n"):
        script = f"INT. A - DAY\n\nFRANK waits.\n\nDISSOLVE TO:\n\n{line}FRANK\nBlank.\n"
        found = broken(script).shots
        assert next(shot for shot in found if "FRANK waits." in told((shot,))).joint_out.kind.value == "dissolve"


def test_each_picture_of_a_montage_is_a_shot() -> None:
    """Paragraphs that begin with dashes or letters are a shot each, in sizes that take turns."""
    script = (
        "EXT. CITY - DAY\n\nDawn.\n\nMONTAGE\n\n-- A baker.\n\n-- Shutters.\n\n-- A dog.\n\nB) Steam.\n\nEND MONTAGE\n"
    )
    found = shots(script)
    assert [told((shot,)) for shot in found] == [
        ["Dawn."],
        ["-- A baker."],
        ["-- Shutters."],
        ["-- A dog."],
        ["B) Steam."],
    ]
    assert all(one.camera.size is not two.camera.size for one, two in itertools.pairwise(found))


def test_words_on_the_picture_are_no_shot() -> None:
    """A title belongs to the shot that is there."""
    script = "EXT. CITY - DAY\n\nTOM waits.\n\nSUPER: LONDON\n\nTOM\nNo.\n\nTITLE: THE END\n"
    assert [told((shot,)) for shot in shots(script)] == [[], ["TOM waits.", "SUPER: LONDON"], ["No.", "TITLE: THE END"]]


def test_a_whip_pan_written_as_a_transition() -> None:
    """WHIP PAN TO: is the move that it names, to what comes next."""
    script = "INT. A - DAY\n\nTOM waits.\n\nWHIP PAN TO:\n\nHARRY, asleep.\n\nTOM\nNo.\n"
    shot = broken(script.replace("HARRY,", "HARRY (40),")).shots[1]
    assert shot.camera.move_words == ("whip-pan-right",)
    assert shot.camera.subject == ("HARRY",)


# Names that the script brings

INTRODUCTIONS = """\
INT. A - DAY

MRS. HART, seventy, black coat. ILSE (thirty) and TOBI (10). FRANK (45, nervous), DR. WU (a surgeon, mid-40s).
A GUARD, in his fifties, sits. A LANTERN, two of them. PAPER (folded 3 times). POLICE SIRENS. An ALARM starts.
The ALARM CLOCK. A DOOR SLAMS.
"""


def test_introductions_tell_people_from_things_and_noises() -> None:
    """An age in figures or words makes a person; a noise is neither; a title belongs to its name."""
    screenplay = parse_fountain(INTRODUCTIONS)
    names, _ = names_with(Bible(), screenplay)
    assert list(names.characters) == ["MRS. HART", "ILSE", "TOBI", "FRANK", "DR. WU", "GUARD"]
    assert list(names.props) == ["LANTERN", "PAPER", "ALARM CLOCK", "DOOR"]
    assert ages_in(screenplay) == {"MRS. HART": 70, "ILSE": 30, "TOBI": 10, "FRANK": 45, "DR. WU": 40, "GUARD": 55}


@given(
    st.lists(st.sampled_from([*HEIST.split("\n"), "BACK TO SCENE", "WIDER", "CUT TO:", "LOLA (V.O.)", "Mrs. KEY. "]))
)
def test_any_order_of_lines_is_covered(lines: list[str]) -> None:
    """However a script is jumbled, every beat is told once, and every shot has a length."""
    screenplay = parse_fountain("\n".join(lines))
    names, _ = names_with(Bible(), screenplay)
    for coverage in ("classic", "minimal", "none"):
        found = break_down(screenplay, names=names, rate=Fraction(24), coverage=coverage)
        beats = [beat for scene in screenplay.scenes for beat in scene.beats if hasattr(beat, "spoken")]
        spoken = [beat.text for shot in found.shots for beat in shot.beats if beat.kind is BeatKind.SPEECH]
        assert spoken == [beat.spoken for beat in beats]  # pyright: ignore[reportAttributeAccessIssue]
        assert all(shot.frames > 0 for shot in found.shots)
