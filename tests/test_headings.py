"""Scene headings taken apart, and the story days they make."""

import pytest

from storyboard.headings import TIME_WORDS, parse_heading, story_day
from storyboard.screenplay import Heading, Interior, TimeOfDay

NIGHT = parse_heading("INT. LAMP ROOM - NIGHT", 1)


@pytest.mark.parametrize(
    ("text", "interior", "place", "time", "time_text"),
    [
        ("INT. LAMP ROOM - NIGHT", "INT", "LAMP ROOM", "night", "NIGHT"),
        ("ext. sea, dusk", "EXT", "SEA", "dusk", "dusk"),
        ("INT./EXT. CAR - DAY", "INT/EXT", "CAR", "day", "DAY"),
        ("I/E. CAR -- MOVING -- NIGHT", "INT/EXT", "CAR - MOVING", "night", "NIGHT"),
        ("EXT/INT. HALL – MORNING", "INT/EXT", "HALL", "morning", "MORNING"),
        ("EST. CITY - SUNRISE", "EXT", "CITY", "dawn", "SUNRISE"),
        ("INT - HOUSE", "INT", "HOUSE", "day", ""),
        ("INT. HOUSE - KITCHEN - LATE AFTERNOON", "INT", "HOUSE - KITCHEN", "afternoon", "LATE AFTERNOON"),
        ("INT. HOUSE NIGHT", "INT", "HOUSE", "night", "NIGHT"),
        ("INT. BAR. NIGHT.", "INT", "BAR", "night", "NIGHT"),
        ("EXT. HOUSE- DAY", "EXT", "HOUSE", "day", "DAY"),
        ("INT. DAY ROOM - EVENING", "INT", "DAY ROOM", "evening", "EVENING"),
        ("INT. A-FRAME (ATTIC) - MAGIC HOUR", "INT", "A-FRAME (ATTIC)", "sunset", "MAGIC HOUR"),
        ("EXT. FIELD - NIGHT (FLASHBACK)", "EXT", "FIELD", "night", "NIGHT"),
        ("EXT. FIELD - FLASHBACK - DAWN", "EXT", "FIELD", "dawn", "DAWN"),
        ("somewhere in space", "", "SOMEWHERE IN SPACE", "day", ""),
        ("INT.", "INT", "", "day", ""),
    ],
)
def test_taken_apart(text: str, interior: str, place: str, time: str, time_text: str) -> None:
    """Inside or outside, place and time, whatever stands between them."""
    found = parse_heading(text, 7)
    assert (found.interior, found.place, found.time, found.time_text) == (
        Interior(interior),
        place,
        TimeOfDay(time),
        time_text,
    )
    assert (found.text, found.line) == (text, 7)


@pytest.mark.parametrize("word", sorted(TIME_WORDS))
def test_every_time(word: str) -> None:
    """Each word for a time of day is known after the dash."""
    found = parse_heading(f"EXT. SEA - {word}", 1)
    assert (found.place, found.time) == ("SEA", TIME_WORDS[word])


@pytest.mark.parametrize(
    ("said", "continuous"),
    [
        ("CONTINUOUS", True),
        ("SAME TIME", True),
        ("SAME", True),
        ("MOMENTS LATER", True),
        ("LATER", False),
        ("TWO DAYS LATER", False),
    ],
)
def test_times_that_are_the_last_ones(said: str, continuous: bool) -> None:
    """LATER and CONTINUOUS have the time of the scene before; only some of them run on from it."""
    found = parse_heading(f"INT. HALL - {said}", 2, NIGHT)
    assert (found.place, found.time, found.time_text) == ("HALL", TimeOfDay.NIGHT, said)
    assert found.continuous is continuous


def test_time_beside_continuous() -> None:
    """A time that is said wins over the one before."""
    found = parse_heading("EXT. SEA - DAWN - CONTINUOUS", 2, NIGHT)
    assert (found.time, found.continuous) == (TimeOfDay.DAWN, True)


@pytest.mark.parametrize(
    ("text", "place", "weather"),
    [
        ("EXT. SEA - NIGHT - RAIN", "SEA", "rain"),
        ("EXT. SEA (SNOWING) - DAY", "SEA", "snow"),
        ("EXT. SEA - FOGGY DAWN", "SEA", "fog"),
        ("EXT. SEA - STORMY NIGHT", "SEA", "storm"),
        ("INT. STORM CELLAR - DAY", "STORM CELLAR", ""),
        ("EXT. RAIN FOREST - DAY", "RAIN FOREST", ""),
    ],
)
def test_weather(text: str, place: str, weather: str) -> None:
    """Weather is a part of its own or stands with the time; in the name of a place it is none."""
    found = parse_heading(text, 1)
    assert (found.place, found.weather) == (place, weather)


def days(*headings: str) -> list[int]:
    """The story day of each of a row of scenes."""
    found: list[int] = []
    before: Heading | None = None
    day = 1
    for text in headings:
        heading = parse_heading(text, 1, before)
        day = story_day(heading, before, day)
        found.append(day)
        before = heading
    return found


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["INT. A - NIGHT", "INT. B - MORNING"], [1, 2]),
        (["INT. A - DUSK", "INT. B - NIGHT", "INT. C - DAY"], [1, 1, 2]),
        (["INT. A - NIGHT", "INT. B - MORNING - CONTINUOUS"], [1, 1]),
        (["INT. A - DAY", "INT. B - AFTERNOON", "INT. C"], [1, 1, 1]),
        (["INT. A - AFTERNOON", "INT. B - MORNING"], [1, 2]),
        (["INT. A - NIGHT", "INT. B"], [1, 1]),
        (["INT. A - DAY", "INT. B - NEXT MORNING", "INT. C - THE NEXT DAY"], [1, 2, 3]),
        (["INT. A - DAY", "INT. B - TWO DAYS LATER", "INT. C - ONE WEEK LATER"], [1, 3, 10]),
        (["INT. A - DAY", "INT. B - DAY 4", "INT. C - NIGHT"], [1, 4, 4]),
    ],
)
def test_story_days(headings: list[str], expected: list[int]) -> None:
    """Morning after dark begins a day; so do words that say so; a numbered day is that day."""
    assert days(*headings) == expected
