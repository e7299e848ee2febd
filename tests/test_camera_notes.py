"""Shot notes in their three forms, and what is refused in them."""

import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.camera import (
    Angle,
    Camera,
    Focus,
    FocusKind,
    Framing,
    Height,
    LensKind,
    Move,
    MoveKind,
    Playback,
    ShotSize,
    Speed,
    Steadiness,
)
from storyboard.errors import Level
from storyboard.gathered import settled
from storyboard.names import Names
from storyboard.notes import KEYS, NoteReading, framed_after, read_note
from storyboard.screenplay import ShotNote
from storyboard.vocabulary import TABLE, Kind, Relative
from storyboard.writing import as_fields, as_pairs, as_phrases

NAMES = Names(
    characters={
        "MARA": "MARA",
        "MARA LIND": "MARA",
        "IVO": "IVO",
        "PAN": "PAN",
        "MS. JONES": "MS. JONES",
        "SAM, JR.": "SAM, JR.",
        "ÉMILIE": "ÉMILIE",
        "O’BRIEN": "O'BRIEN",
    },
    props={"LANTERN": "LANTERN", "THE LETTER": "LETTER"},
    places={"LAMP ROOM": "LAMP ROOM", "THE LAMP ROOM": "LAMP ROOM"},
)
FILE = Path("film.fountain")


def read(text: str, names: Names = NAMES) -> NoteReading:
    """Read a note that must be free of problems."""
    reading = read_note(ShotNote(text=text, line=7), names, FILE)
    assert reading.problems == (), [str(problem) for problem in reading.problems]
    return reading


def faults(text: str) -> list[str]:
    """What is refused in a note, each with its file and line."""
    reading = read_note(ShotNote(text=text, line=7), NAMES, FILE)
    assert all((problem.file, problem.line) == (FILE, 7) for problem in reading.problems)
    return [str(problem) for problem in reading.problems if problem.level is Level.ERROR]


def moves(text: str) -> tuple[str, ...]:
    """The moves of a note in words, one string a phase."""
    return read(text).camera.move_words


# Every value in every form


_ENUMS = {
    Kind.SIZE: ShotSize,
    Kind.FRAMING: Framing,
    Kind.ANGLE: Angle,
    Kind.HEIGHT: Height,
    Kind.MOVE: MoveKind,
    Kind.SPEED: Speed,
    Kind.STEADINESS: Steadiness,
    Kind.LENS: LensKind,
    Kind.FOCUS: FocusKind,
    Kind.PLAYBACK: Playback,
    Kind.RELATIVE: Relative,
}


def _value(reading: NoteReading, kind: Kind) -> object:
    camera = reading.camera
    match kind:
        case Kind.MOVE:
            return camera.moves[0][0].kind
        case Kind.SPEED:
            return camera.moves[0][0].speed
        case Kind.LENS:
            return camera.lens_kind
        case Kind.FOCUS:
            return camera.focus and camera.focus.kind
        case Kind.RELATIVE:
            return reading.relative[0]
        case _:
            return getattr(camera, kind.value)


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, enum in _ENUMS.items() for value in enum])
def test_every_value_is_said_in_every_form(kind: Kind, value: object) -> None:
    """Each value of each enum is reached by a phrase, by key=value and by a YAML mapping."""
    phrases = [phrase for term in TABLE if (term.kind, term.value) == (kind, value) for phrase in term.phrases]
    assert phrases
    spoken = f"{phrases[0]} dolly in" if kind is Kind.SPEED else phrases[0]
    extra = {"move": "dolly-in"} if kind is Kind.SPEED else {}
    fields = {kind.value: str(value), **extra}
    paired = "; ".join(f"{key}={text}" for key, text in fields.items())
    mapped = read_note(ShotNote(text="", line=1, fields=fields), NAMES)
    assert mapped.problems == ()
    assert _value(read(spoken), kind) == _value(read(paired), kind) == _value(mapped, kind) == value
    assert read(spoken).camera == read(paired).camera == mapped.camera


@pytest.mark.parametrize("phrase", [(t, p) for t in TABLE for p in t.phrases], ids=lambda pair: pair[1])
def test_every_phrase_reads_back_to_its_value(phrase: tuple) -> None:
    """Each phrase of the table means its own value, also in capitals, with hyphens and before a subject."""
    term, words = phrase
    spoken = {
        Kind.SPEED: f"{words} dolly in",
        Kind.TRACKING: f"tracking MARA {words}",
    }.get(term.kind, words)
    for text in (
        spoken,
        spoken.replace(" ", "-") if term.kind not in (Kind.SPEED, Kind.TRACKING) else spoken,
    ):
        reading = read_note(ShotNote(text=text, line=1), NAMES)
        assert [p for p in reading.problems if p.level is Level.ERROR] == []
        assert bool(reading.problems) is term.unsaid
        if term.kind is Kind.TRACKING:
            assert reading.camera.moves == ((Move(kind=term.value, subject="MARA"),),)
        elif term.kind is Kind.DUTCH:
            assert reading.camera.dutch == term.value
        elif term.kind is Kind.JOIN:
            assert {"continues": reading.continues, "match": reading.match}[term.value]
        elif isinstance(term.value, float):
            assert reading.camera.lens_mm == term.value
        else:
            assert _value(reading, term.kind) == term.value


_THINGS = [
    "MARA",
    "IVO",
    "ÉMILIE",
    "LANTERN",
    "LAMP ROOM",
    "her hands",
    "the key",
    "MARA's boots",
    "a small red boat",
]
_names = st.sampled_from(_THINGS)
_FOLLOWS = [kind for kind in MoveKind if kind.value.startswith("track-")]
_moves = st.one_of(
    st.builds(
        Move,
        kind=st.sampled_from([kind for kind in MoveKind if kind not in _FOLLOWS]),
        speed=st.sampled_from(Speed),
    ),
    st.builds(Move, kind=st.sampled_from(_FOLLOWS), speed=st.sampled_from(Speed), subject=st.none() | _names),
)
_AXES = ("dolly", "zoom", "truck", "pedestal|crane", "pan|whip", "tilt", "roll", "arc", "track", "static")


def _axes(move: Move) -> set[str]:
    if move.kind in _FOLLOWS:
        return {"track"}
    found = {axis for axis in _AXES if any(move.kind.value.startswith(part) for part in axis.split("|"))}
    return found | {"zoom"} if "dolly-zoom" in move.kind.value else found


def _can_run_together(phase: list[Move]) -> bool:
    axes = [axis for move in phase for axis in _axes(move)]
    return len(axes) == len(set(axes)) and ("static" not in axes or len(phase) == 1)


_phases = st.lists(_moves, min_size=1, max_size=3).filter(_can_run_together).map(tuple)
_focuses = st.one_of(
    st.builds(Focus, kind=st.sampled_from([FocusKind.DEEP, FocusKind.SHALLOW])),
    st.builds(
        Focus,
        kind=st.sampled_from([FocusKind.RACK, FocusKind.PULL]),
        from_=st.none() | _names,
        to=st.none() | _names,
    ),
)


def _hundredths(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(low * 100), round(high * 100)).map(lambda n: n / 100)


cameras = st.builds(
    Camera,
    size=st.none() | st.sampled_from(ShotSize),
    framing=st.none() | st.sampled_from([f for f in Framing if f not in (Framing.POV, Framing.OTS)]),
    subject=st.lists(_names, max_size=3, unique=True).map(tuple),
    angle=st.none() | st.sampled_from(Angle),
    height=st.none() | st.sampled_from(Height),
    dutch=st.just(0.0) | _hundredths(-90, 90),
    moves=st.lists(_phases, max_size=3).map(tuple),
    lens_mm=st.none() | _hundredths(4, 2000),
    lens_kind=st.sampled_from(LensKind),
    steadiness=st.none() | st.sampled_from(Steadiness),
    focus=st.none() | _focuses,
    playback=st.sampled_from(Playback),
).map(settled)
eyes = st.builds(
    lambda camera, who, how: settled(camera.model_copy(update={how: who, "framing": None})),
    cameras,
    st.sampled_from(["MARA", "IVO", "the sniper"]),
    st.sampled_from(["pov_of", "over"]),
)


@given(cameras | eyes)
def test_three_forms_are_one_camera(camera: Camera) -> None:
    """A camera written as pairs, as phrases or as a YAML mapping reads back as the same camera."""
    mapped = read_note(ShotNote(text="", line=1, fields=as_fields(camera)), NAMES)
    assert mapped.problems == ()
    assert mapped.camera == camera
    assert read(as_pairs(camera)).camera == camera
    assert read(as_phrases(camera)).camera == camera


_marks = st.text("abcdefgMARI,;=:-+.'’ 0123456789°smf[]/&%\n", max_size=60)


@given(st.text(max_size=80) | _marks, st.booleans())
def test_arbitrary_text_gives_problems_only(text: str, from_line: bool) -> None:
    """Whatever a person writes, a reading comes back; a shot line is never an error."""
    reading = read_note(ShotNote(text=text, line=1, from_line=from_line), NAMES)
    if from_line:
        assert all(problem.level is not Level.ERROR for problem in reading.problems)
    read_note(ShotNote(text="", line=1, fields={text: text, "size": text, "dur": text, "subject": text}), NAMES)


_words = [word for term in TABLE for phrase in term.phrases for word in phrase.split()]


@given(st.lists(st.sampled_from([*_words, "MARA", "on", "of", "over", "shoulder", ",", "then", "the", "4s", "20°"])))
def test_any_jumble_of_camera_words_gives_problems_only(words: list[str]) -> None:
    """Words of the vocabulary in any order never break the reader."""
    read_note(ShotNote(text=" ".join(words), line=1), NAMES)


# What people write


def test_the_issue_example_in_both_forms() -> None:
    """The note of the handbook reads the same as phrases and as pairs."""
    spoken = read("close-up on MARA, low angle, slow dolly in, 35mm, 4s")
    paired = read("size=CU; subject=MARA; angle=low; move=dolly-in; speed=slow; lens=35mm; dur=4s")
    assert spoken == paired
    assert spoken.seconds == 4
    assert spoken.camera == Camera(
        size=ShotSize.CU,
        subject=("MARA",),
        angle=Angle.LOW,
        moves=((Move(kind=MoveKind.DOLLY_IN, speed=Speed.SLOW),),),
        lens_mm=35,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pan left while dollying in, then tilt up", ("pan-left+dolly-in", "tilt-up")),
        ("Slow push in", ("slow dolly-in",)),
        (
            "pan left slowly and tilt up, then whip pan right fast",
            ("slow pan-left+tilt-up", "fast whip-pan-right"),
        ),
        ("the camera pans left and tilts up slowly", ("pan-left+slow tilt-up",)),
        ("dolly in, slowly", ("slow dolly-in",)),
        ("slow, dolly in", ("slow dolly-in",)),
        ("pulls back to reveal IVO", ("dolly-out",)),
        ("zooming in fast on MARA", ("fast zoom-in",)),
        ("vertigo", ("dolly-zoom-in",)),
        ("reverse vertigo", ("dolly-zoom-out",)),
        ("tracking MARA from behind", ("track-tail",)),
        ("tracking MARA and IVO from above", ("track-aerial",)),
        ("leading MARA", ("track-lead",)),
        ("following MARA", ("track-tail",)),
        ("tracking left with MARA", ("track-side-left",)),
        ("panning with MARA", ("track-pan",)),
        ("arc left around MARA", ("arc-cw",)),
        ("orbit MARA counterclockwise, slowly", ("slow arc-ccw",)),
        ("pan with MARA, then pan the room left", ("track-pan", "pan-left")),
        ("move=slow track-tail of MARA + pan-left then tilt-up", ("slow track-tail+pan-left", "tilt-up")),
        ("crane down, followed by a slow push in", ("crane-down", "slow dolly-in")),
    ],
)
def test_moves_run_together_and_after_each_other(text: str, words: tuple[str, ...]) -> None:
    """Moves of a phase run together, "then" begins the next, a speed belongs to its neighbour."""
    assert moves(text) == words


@pytest.mark.parametrize(
    ("text", "subject", "cast"),
    [
        ("close-up on MARA and IVO", ("MARA", "IVO"), ("MARA", "IVO")),
        ("medium shot of MARA LIND", ("MARA",), ("MARA",)),
        ("close-up on Émilie & O'Brien", ("ÉMILIE", "O'BRIEN"), ("ÉMILIE", "O'BRIEN")),
        ("two-shot, MARA and IVO", ("MARA", "IVO"), ("MARA", "IVO")),
        ("close on PAN, pan left", ("PAN",), ("PAN",)),
        (
            "close-up of MS. JONES, SAM, JR. and MARA",
            ("MS. JONES", "SAM, JR.", "MARA"),
            ("MS. JONES", "SAM, JR.", "MARA"),
        ),
        ("close-up on her hands", ("her hands",), ()),
        ("close-up on MARA's hands", ("MARA's hands",), ("MARA",)),
        ("insert of the key in MARA's hand", ("the key in MARA's hand",), ("MARA",)),
        ("close on the wide river", ("the wide river",), ()),
        ("insert letter", ("LETTER",), ()),
        ("low angle close on the LANTERN", ("LANTERN",), ()),
        ("wide of the lamp room", ("LAMP ROOM",), ()),
        ("tracking MARA from behind", ("MARA",), ("MARA",)),
        ("push in to a close-up of IVO", ("IVO",), ("IVO",)),
        ("pan left from MARA to IVO", ("MARA", "IVO"), ("MARA", "IVO")),
        ("pan left from the window to MARA", ("the window", "MARA"), ("MARA",)),
        ("tracking shot, MARA from behind", ("MARA",), ("MARA",)),
        ("MARA in close-up, IVO in the background", ("MARA", "IVO"), ("MARA", "IVO")),
    ],
)
def test_subjects(text: str, subject: tuple[str, ...], cast: tuple[str, ...]) -> None:
    """Known names become the bible's, descriptions stay as written, and whoever is named is in the cast."""
    reading = read(text)
    assert (reading.camera.subject, reading.cast) == (subject, cast)


@pytest.mark.parametrize(
    ("text", "over", "subject"),
    [
        ("over MARA's shoulder on IVO", "MARA", ("IVO",)),
        ("OTS MARA on IVO", "MARA", ("IVO",)),
        ("OTS MARA", "MARA", ()),
        ("over-the-shoulder on IVO", None, ("IVO",)),
        ("over the shoulder of MARA", "MARA", ()),
        ("medium, over IVO's left shoulder, on MARA", "IVO", ("MARA",)),
        ("over=MARA; subject=IVO", "MARA", ("IVO",)),
    ],
)
def test_over_the_shoulder(text: str, over: str | None, subject: tuple[str, ...]) -> None:
    """Whose shoulder is in front, and whom it is about."""
    camera = read(text).camera
    assert (camera.framing, camera.over, camera.subject) == (Framing.OTS, over, subject)


@pytest.mark.parametrize(
    ("text", "who", "subject"),
    [
        ("MARA's POV", "MARA", ()),
        ("POV MARA", "MARA", ()),
        ("POV of MARA", "MARA", ()),
        ("from MARA's point of view", "MARA", ()),
        ("MARA's P.O.V. of the door", "MARA", ("the door",)),
        ("the sniper's POV on IVO", "the sniper", ("IVO",)),
        ("pov=MARA", "MARA", ()),
    ],
)
def test_point_of_view(text: str, who: str, subject: tuple[str, ...]) -> None:
    """Whose eyes the camera is; they are not seen themselves."""
    reading = read(text)
    assert (reading.camera.framing, reading.camera.pov_of, reading.camera.subject) == (
        Framing.POV,
        who,
        subject,
    )
    assert who not in reading.cast


@pytest.mark.parametrize(
    "text",
    ["rack focus from MARA to the LANTERN", "rack focus MARA to LANTERN", "rack between MARA and the LANTERN",
     "focus=rack MARA to LANTERN", "shallow focus, rack focus: MARA to LANTERN"],
)  # fmt: skip
def test_rack_focus(text: str) -> None:
    """A rack goes from one subject to another."""
    assert read(text).camera.focus == Focus(kind=FocusKind.RACK, from_="MARA", to="LANTERN")


@pytest.mark.parametrize(
    ("text", "seconds", "frames"),
    [
        ("4s", 4, None),
        ("2.5 s", Fraction(5, 2), None),
        ("for 4 seconds", 4, None),
        ("a 4-second close-up", 4, None),
        ("96f", None, 96),
        ("96 frames", None, 96),
        ("1:02", 62, None),
        ("dur=4", 4, None),
        ("dur=96f", None, 96),
        ("frames=96", None, 96),
        ("0.1s", Fraction(1, 10), None),
    ],
)
def test_lengths(text: str, seconds: Fraction | None, frames: int | None) -> None:
    """Seconds are exact fractions, frames whole."""
    reading = read(text)
    assert (reading.seconds, reading.frames) == (seconds, frames)


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("dutch angle", 15),
        ("dutch left", -15),
        ("dutch 20°", 20),
        ("dutch left 10 degrees", -10),
        ("dutch -12.5 degrees", -12.5),
        ("a 20 degree dutch tilt", 20),
        ("dutch=8", 8),
        ("dutch=yes", 15),
        ("dutch=left", -15),
        ("canted angle", 15),
    ],
)
def test_dutch(text: str, dutch: float) -> None:
    """A dutch angle leans by degrees, clockwise positive."""
    assert read(text).camera.dutch == dutch


def test_joins_ids_cast_and_props() -> None:
    """A note may say how it joins, its id, and who and what else is there."""
    reading = read("continuous from previous, close-up on MARA, id=3C, cast=MARA, IVO, props=LANTERN and the letter")
    assert (reading.continues, reading.match, reading.id) == (True, False, "3C")
    assert (reading.cast, reading.props) == (("MARA", "IVO"), ("LANTERN", "LETTER"))
    assert read("match cut, wide").match
    assert not read("continues=no; size=CU").continues


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("wide, MARA and IVO at the table", "at the table"),
        ("handheld, following MARA up the stairs", "up the stairs"),
        ("slow push in on MARA's face as she listens", "as she listens"),
        ("dolly back as MARA walks, 4s", "as MARA walks"),
        ("MARA in the LAMP ROOM, wide", "in the LAMP ROOM"),
    ],
)
def test_where_and_meanwhile_are_a_description(text: str, description: str) -> None:
    """Where a subject is, and what happens meanwhile, is kept beside the camera's words."""
    assert read(text).description == description


def test_framed_after_the_shot_before() -> None:
    """Wider, closer and reverse are taken from the shot before."""
    before = read("medium, over MARA's shoulder on IVO").camera
    assert framed_after(read("wider"), before).size is ShotSize.FS
    assert framed_after(read("closer"), before).size is ShotSize.MCU
    assert framed_after(read("closer"), None).size is ShotSize.CU
    turned = framed_after(read("reverse angle"), before)
    assert (turned.over, turned.subject, turned.size) == ("IVO", ("MARA",), ShotSize.MS)
    assert framed_after(read("reverse angle on PAN, wide"), before).size is ShotSize.WS


# What is refused


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("close-up, wide", 'one size, and this asks for "close up" and "wide"'),
        ("low angle, high angle", "one angle"),
        ("4s, 96 frames", "one length"),
        ("35mm, 50mm", "one lens"),
        ("OTS MARA, POV IVO", "one framing"),
        ("dolly in, dolly out", 'Write "dolly in, then dolly out"'),
        ("static, pan left", "stands still"),
        ("slow fast dolly in", "one speed"),
        ("deep focus, rack focus to MARA", "one focus"),
        ("size=CU; size=WS", "one size"),
        ("MARA's POV, IVO's POV", "one POV"),
        ("dutch left, dutch right", "one dutch angle"),
    ],
)
def test_conflicts_are_refused(text: str, what: str) -> None:
    """Two different values for what a shot has one of are an error that names both."""
    assert any(what in fault for fault in faults(text)), faults(text)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("close-up on MARA, slow zooom", '"zoom"'),
        ("extrem close up", '"extreme close up"'),
        ("sise=CU", '"size"'),
        ("size=CUU", '"cu"'),
        ("close-up on MRAA", '"MARA"'),
        ("close-up on the LANTREN", '"LANTERN"'),
        ("close-up on Mraa", '"MARA"'),
        ("close-up on Mraa's hands", '"MARA"'),
        ("two-shot of Mraa and IVO", '"MARA"'),
        ("over Mraa's shoulder on IVO", '"MARA"'),
        ("Mraa's POV", '"MARA"'),
        ("size=CU; subject=Mraa", '"MARA"'),
        ("CLOSE UP ON MRAA", '"MARA"'),
        ("subject=MRAA", '"MARA"'),
        ("cast=MRAA", '"MARA"'),
        ("over IVA's shoulder", '"IVO"'),
        ("props=lantrn", '"LANTERN"'),
    ],
)
def test_unknown_words_are_refused_with_the_nearest(text: str, nearest: str) -> None:
    """An unknown phrase, key or name is an error that names the nearest known ones."""
    found = faults(text)
    assert len(found) == 1
    assert nearest in found[0]
    assert found[0].startswith("film.fountain:7: ")


@pytest.mark.parametrize(
    "text",
    [
        "0s",
        "-4s",
        "0 frames",
        "-1f",
        "dur=0",
        "dur=-2s",
        "dur=soon",
        "frames=1.5",
        "9999 s",
        "dur=",
        "3mm",
        "lens=5000",
        "dutch 100°",
        "continues=perhaps",
        "17",
        "45°",
        "99999999999999s",
    ],
)
def test_impossible_numbers_are_refused(text: str) -> None:
    """Zero and negative lengths, and numbers outside what a camera has, are errors."""
    assert len(faults(text)) == 1


def test_an_unsaid_direction_is_a_warning() -> None:
    """A pan that does not say which way is read, with a warning that can be silenced by its rule."""
    (problem,) = read_note(ShotNote(text="pan", line=3), NAMES).problems
    assert (problem.level, problem.rule) == (Level.WARNING, "unsaid-direction")


def test_unknown_subjects_have_a_rule() -> None:
    """Unknown names are told from other faults by their rule."""
    (problem,) = read_note(ShotNote(text="close-up on MRAA", line=3), NAMES).problems
    assert problem.rule == "unknown-subject"


def test_every_key_has_a_reader() -> None:
    """Each key of the exact form can be written alone without an error about the key."""
    for key in KEYS:
        found = read_note(ShotNote(text=f"{key}=MARA", line=1), NAMES).problems
        assert not any(problem.rule == "unknown-key" for problem in found)


def test_three_thousand_notes_are_read_quickly() -> None:
    """3,000 different notes cost less than a slow millisecond each."""
    notes = [ShotNote(text=f"close-up on MARA, low angle, slow dolly in, 35mm, {n}f", line=n) for n in range(1, 3001)]
    start = time.process_time()
    assert all(read_note(note, NAMES).frames == note.line for note in notes)
    assert time.process_time() - start < 3.0
