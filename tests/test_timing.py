"""How long shots last: by what is said and done, in whole frames of the film's rate."""

from fractions import Fraction

import pytest

from storyboard.breakdown import break_down
from storyboard.fountain import parse_fountain
from storyboard.names import Names
from storyboard.screenplay import Speech
from storyboard.shot import BeatKind, Shot
from storyboard.timing import LEAST_SHOT, action_seconds, words_per_minute

NAMES = Names(characters={"MARA": "MARA", "IVO": "IVO"})


def shots(body: str, rate: Fraction = Fraction(24)) -> tuple[Shot, ...]:
    screenplay = parse_fountain(f"INT. A - DAY\n\n{body}\n")
    return break_down(screenplay, names=NAMES, rate=rate).shots


def speech(words: str) -> Speech:
    return next(beat for beat in parse_fountain(f"INT. A\n\nMARA\n{words}").scenes[0].beats if isinstance(beat, Speech))


def test_words_a_minute() -> None:
    """160 words take a minute; a stop is a breath; an aside is not said."""
    assert words_per_minute("MARA", speech("word " * 160)) == 60
    assert words_per_minute("MARA", speech("One. Two. Three four five.")) > words_per_minute(
        "MARA", speech("One two three four five")
    )
    assert words_per_minute("MARA", speech("(quietly, to the sea)\nOne two three four.")) == words_per_minute(
        "MARA", speech("One two three four.")
    )
    assert words_per_minute("MARA", speech("今日は雨が降っています")) > 1


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("He waits for 5 seconds.", 5, 5),
        ("Ten seconds of rain.", 10, 10),
        ("She nods.", 1, 2),
        ("She looks at the sea for a long moment.", 4, 6),
        ("He climbs. " * 60, 12, 12),
    ],
)
def test_action_takes_what_it_says(text: str, least: int, most: int) -> None:
    """Seconds that it names, else as long as it reads, with its pauses, and never for ever."""
    assert least <= action_seconds(text) <= most


def test_the_written_length_wins() -> None:
    """dur= in seconds and frames in frames, whatever happens in the shot."""
    for note, frames in (("4s", 96), ("dur=1.5", 36), ("100 frames", 100), ("frames=7", 7), ("0:02", 48)):
        assert shots(f"[[shot: close-up on MARA, {note}]]\n\nShe waits for 9 seconds.")[0].frames == frames


def test_whole_frames_at_odd_rates() -> None:
    """At 24000/1001 every beat and shot is a whole number of frames, and beats lie within their shot."""
    for shot in shots("MARA waits. IVO waits.\n\nMARA\nOne, two.\n\nIVO\nThree.", Fraction(24000, 1001)):
        assert shot.frames >= LEAST_SHOT * Fraction(24000, 1001) - 1
        assert all(isinstance(beat.frames, int) for beat in shot.beats)
        assert all(beat.start >= 0 and beat.start + beat.frames <= shot.frames for beat in shot.beats)


def test_speech_is_never_cut_off_without_a_word() -> None:
    """A shot without a length has room for all that is said in it; one that is too short says so."""
    said = "MARA\n" + "Word after word after word. " * 10
    shot = shots(f"[[shot: close-up on MARA]]\n\n{said}")[0]
    (beat,) = [beat for beat in shot.beats if beat.kind is BeatKind.SPEECH]
    assert beat.start + beat.frames < shot.frames
    screenplay = parse_fountain(f"INT. A\n\n[[shot: close-up on MARA, 2s]]\n\n{said}")
    (problem,) = break_down(screenplay, names=NAMES, rate=Fraction(24)).problems
    assert (problem.rule, problem.line) == ("speech-longer-than-shot", 3)
