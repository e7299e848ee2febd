"""Shot lines: which lines of a script ask for a shot, and how they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.camera import Angle, FocusKind, Framing, MoveKind, Playback, ShotSize, Steadiness
from storyboard.errors import Level
from storyboard.names import Names
from storyboard.notes import NoteReading, read_note
from storyboard.phrases import is_device_line, is_shot_line
from storyboard.screenplay import ShotNote
from storyboard.vocabulary import TABLE, Kind, Relative

NAMES = Names(characters={"MARA": "MARA", "IVO": "IVO"}, props={"LETTER": "LETTER"})

# Lines as screenplays have them, bare and with what they are about.
SHOT_LINES = """
CLOSE ON; CLOSE ON THE KEY; CLOSE ON the key; CLOSE UP; CLOSE-UP; CLOSEUP; CU; ECU; C.U. MARA; CU MARA;
EXTREME CLOSE-UP - EYE; INSERT; INSERT - THE LETTER; INSERT LETTER; INSERT: A CLOCK; ANGLE ON;
ANGLE ON MARA; NEW ANGLE; ANOTHER ANGLE; REVERSE ANGLE; WIDE; WIDER; WIDE ON THE ROOM; WIDE SHOT;
WIDE ANGLE; MEDIUM SHOT; MEDIUM ON MARA; TWO SHOT; 3-SHOT; OTS; OTS MARA; OVER THE SHOULDER;
OVER MARA'S SHOULDER; ESTABLISHING; ESTABLISHING SHOT; THE LIGHTHOUSE - ESTABLISHING; AERIAL; AERIAL SHOT;
HIGH ANGLE; LOW ANGLE; LOW ANGLE CLOSE UP; DUTCH ANGLE; POV; P.O.V. MARA; MARA'S POV; MARA’S P.O.V.;
SNIPER SCOPE POV; MARA'S POV - THE DOOR; REVERSE POV; BACK TO SCENE; BACK TO MARA; PUSH IN; PUSH IN ON MARA;
SLOW PUSH IN; WE PUSH IN ON MARA; PULL BACK; PULL OUT; PULL BACK TO REVEAL IVO; PAN LEFT; PAN TO IVO;
WHIP PAN; WHIP PAN TO IVO; TILT UP; DOLLY IN; DOLLY WITH MARA; TRACKING; TRACKING SHOT; TRACKING MARA;
CRANE SHOT; CRANE UP; ZOOM IN; ZOOM IN ON THE LETTER; RACK FOCUS; RACK FOCUS TO IVO; HANDHELD; STEADICAM;
STEADICAM SHOT; FREEZE FRAME; SLOW MOTION; ON MARA; MARA - CLOSE UP; MARA IN CLOSE-UP; FAVORING IVO;
FULL SHOT - IVO; TIGHT ON MARA; DRONE SHOT; CLOSER ON MARA; REVERSE ON IVO; CLOSE ON:;
"""
# Names, headings, transitions and other lines that ask for no shot.
OTHER_LINES = """
MARA; MARA LIND; INSERTER; WIDE BOY JONES; DOLLY; PAN; CRANE; MEDIUM; ZOOM; TILT; COWBOY; COWBOY AT BAR;
MASTER OF CEREMONIES; DUTCH; MS. JONES; MARA (V.O.); INT. HOUSE - POV; EXT. CLIFF - ESTABLISHING; CUT TO:;
SMASH CUT TO:; MATCH CUT TO:; DISSOLVE TO:; FADE IN:; FADE OUT.; MONTAGE; SERIES OF SHOTS; INTERCUT;
FLASHBACK; SUPER:; Close on Mara; The camera pans left; CONTINUOUS; GUARD; LEAD GUARD; TALL MAN; LONG JOHN;
TAIL; R2D2; 23; MAN IN BLACK; WOMAN IN WIDE; FULL METAL; CLOSE FRIEND; GLENN CLOSE; TRUCK DRIVER; PUSH;
DRONE; THE MEDIUM; SLOW JOE; A; ANGLE; HOLD; POVERTY; OVERSEER; ON; TRACKER; PANDORA; MARA AND IVO;
CAPTAIN WIDE; ÉMILIE;
"""


def lines(text: str) -> list[str]:
    """The lines of a list above."""
    return [line.strip() for line in text.split(";") if line.strip()]


def read(text: str) -> NoteReading:
    """Read a shot line."""
    return read_note(ShotNote(text=text, line=1, from_line=True), NAMES)


@pytest.mark.parametrize("line", lines(SHOT_LINES))
def test_lines_that_ask_for_a_shot(line: str) -> None:
    """Shot syntax is told from a speaker, also where a cue could stand; reading it is no error."""
    assert is_shot_line(line)
    assert all(problem.level is not Level.ERROR for problem in read(line).problems)


@pytest.mark.parametrize("line", lines(OTHER_LINES))
def test_lines_that_ask_for_none(line: str) -> None:
    """A name stays a name, also one that is a camera word: DOLLY may speak."""
    assert not is_shot_line(line)


@pytest.mark.parametrize("line", ["PAN", "TILT", "DOLLY", "ZOOM", "CRANE", "MEDIUM", "MASTER"])
def test_bare_words_are_shots_where_nobody_can_speak(line: str) -> None:
    """With nothing under it a bare camera word is no cue, and asks for a shot."""
    assert not is_shot_line(line)
    assert is_shot_line(line, cue=False)


@pytest.mark.parametrize(
    "line",
    ["MONTAGE", "SERIES OF SHOTS", "INTERCUT", "FLASHBACK", "SPLIT SCREEN", "SUPER: LONDON", "END MONTAGE"],
)
def test_ways_of_telling_are_neither_shots_nor_speakers(line: str) -> None:
    """MONTAGE and its like are told from both."""
    assert is_device_line(line)
    assert not is_shot_line(line)
    assert not is_device_line("MONTAGUE")


def test_every_long_phrase_in_capitals_is_a_shot_line() -> None:
    """What the table calls a size, framing, angle or move in two words or more is a shot line in capitals."""
    kinds = (Kind.SIZE, Kind.FRAMING, Kind.ANGLE, Kind.MOVE, Kind.FOCUS, Kind.PLAYBACK)
    found = [p for t in TABLE if t.kind in kinds for p in t.phrases if len(p.split()) > 1]
    assert [phrase for phrase in found if not is_shot_line(phrase.upper())] == []


@given(st.text(max_size=60))
def test_any_line_is_answered(text: str) -> None:
    """Arbitrary text is a shot line or not, and reading it leniently gives no error."""
    assert is_shot_line(text) in (True, False)
    assert is_shot_line(text, cue=False) in (True, False)
    assert is_device_line(text) in (True, False)


def test_shot_lines_are_read_into_the_same_camera() -> None:
    """A line gives the camera that a note would give."""
    assert read("CLOSE ON MARA").camera == read_note(ShotNote(text="close on MARA", line=1), NAMES).camera
    assert read("LOW ANGLE CLOSE UP").camera.angle is Angle.LOW
    assert read("WE PUSH IN ON MARA").camera.moves[0][0].kind is MoveKind.DOLLY_IN
    assert read("RACK FOCUS TO IVO").camera.focus.kind is FocusKind.RACK  # pyright: ignore[reportOptionalMemberAccess]
    assert read("FREEZE FRAME").camera.playback is Playback.FREEZE
    assert read("HANDHELD").camera.steadiness is Steadiness.UNSTEADY
    assert read("MARA AND IVO - TWO SHOT").camera.subject == ("MARA", "IVO")
    assert read("OVER MARA'S SHOULDER").camera.over == "MARA"
    assert read("WIDER").relative == (Relative.WIDER,)
    assert read("INSERT - THE LETTER").camera.framing is Framing.INSERT
    assert read("INSERT - THE LETTER").props == ("LETTER",)


@pytest.mark.parametrize(
    ("line", "size", "subject", "description"),
    [
        ("CLOSE ON THE KEY TURNING", ShotSize.CU, ("the key turning",), ""),
        ("EXTREME CLOSE UP - MARA'S EYE", ShotSize.ECU, ("MARA's eye",), ""),
        ("CLOSE ON Mara's hand. It trembles.", ShotSize.CU, ("Mara's hand",), "It trembles."),
        ("WIDE - SOMETHING STRANGE, AND LOUD", ShotSize.WS, ("something strange",), "loud"),
    ],
)
def test_the_rest_of_a_line_is_kept(line: str, size: ShotSize, subject: tuple[str, ...], description: str) -> None:
    """Unknown words of a shot line become its subject, then its description; capitals are lowered."""
    reading = read(line)
    assert (reading.camera.size, reading.camera.subject, reading.description) == (size, subject, description)


def test_pov_lines_say_whose_eyes() -> None:
    """Also somebody's or something's that no bible knows."""
    assert read("SNIPER SCOPE POV").camera.pov_of == "sniper scope"
    assert read("MARA'S POV").camera.pov_of == "MARA"
    assert read("MARA'S POV - THE DOOR").camera.subject == ("the door",)
