"""Scene headings taken apart, and the story days that follow from their times."""

import re
from functools import lru_cache
from itertools import pairwise

from storyboard.directions import heading_flags
from storyboard.screenplay import Heading, Interior, TimeOfDay

_PREFIX = re.compile(
    r"(?P<prefix>INT\.?/EXT|EXT\.?/INT|I\.?/E|INT|EXT|EST)(?:\s?\.|\s|$)\s*(?:[–—-]+\s+)?", re.IGNORECASE
)
_INTERIORS = {"INT": Interior.INT, "EXT": Interior.EXT, "EST": Interior.EXT}

_TIMES = {
    TimeOfDay.DAWN: ("DAWN", "SUNRISE", "DAYBREAK", "FIRST LIGHT", "PREDAWN"),
    TimeOfDay.MORNING: ("MORNING",),
    TimeOfDay.DAY: ("DAY", "DAYTIME", "NOON", "MIDDAY"),
    TimeOfDay.AFTERNOON: ("AFTERNOON",),
    TimeOfDay.SUNSET: ("SUNSET", "SUNDOWN", "MAGIC HOUR", "GOLDEN HOUR"),
    TimeOfDay.DUSK: ("DUSK", "TWILIGHT", "NIGHTFALL"),
    TimeOfDay.EVENING: ("EVENING",),
    TimeOfDay.NIGHT: ("NIGHT", "NIGHTTIME", "MIDNIGHT"),
}
TIME_WORDS = {word: time for time, words in _TIMES.items() for word in words}

_RUNS_ON = ("CONTINUOUS", "CONT'D", "CONTINUING", "SAME TIME", "SAME", "SIMULTANEOUS", "MEANWHILE")
_INHERITS = (*_RUNS_ON, "LATER", "PRESENT")
_MODIFIERS = frozenset(
    re.findall(
        r"\S+",
        """
        PRE EARLY LATE MID THE NEXT SAME TIME LATER THAT FOLLOWING BEFORE AFTER MOMENT MOMENTS
        MINUTE MINUTES HOUR HOURS SECOND SECONDS DAYS NIGHTS WEEK WEEKS MONTH MONTHS YEAR YEARS A
        AN FEW SOME SEVERAL ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN CONTINUOUS CONT'D
        CONTINUING SIMULTANEOUS MEANWHILE PRESENT TO STILL ALMOST TOWARD TOWARDS FIRST LIGHT MAGIC
        GOLDEN IN OF AND WITH
        """,
    )
)
_WEATHERS = {
    "storm": ("STORM", "STORMY", "THUNDERSTORM", "HURRICANE", "GALE", "LIGHTNING"),
    "rain": ("RAIN", "RAINING", "RAINY", "DRIZZLE", "DOWNPOUR"),
    "snow": ("SNOW", "SNOWING", "SNOWY", "BLIZZARD", "SNOWSTORM"),
    "fog": ("FOG", "FOGGY", "MIST", "MISTY", "HAZE", "HAZY"),
}
_WEATHER_WORDS = {word: weather for weather, words in _WEATHERS.items() for word in words}

_DASH = re.compile(r" -{1,3} ?|-{1,3} | ?[–—] ?| ?--+ ?")
_BRACKETED = re.compile(r" ?[(\[]([^()\[\]]*)[)\]] ?")
_WORD = re.compile(r"[^\W\d_][\w'’]*|\d+")
_DAY_NUMBER = re.compile(r"\b(?:DAY|NIGHT|MORNING|EVENING|STORY DAY)\s+#?(\d{1,3}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN)\b")
_NUMBERS = {word: number for number, word in enumerate(("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN"), 1)}
_NEXT_DAY = re.compile(r"\b(?:NEXT|FOLLOWING) (?:DAY|MORNING|AFTERNOON|EVENING|NIGHT|DAWN)\b|\b(?:DAY|MORNING) AFTER\b")
_DAYS_LATER = re.compile(
    r"\b(\d{1,3}|A|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|SEVERAL|FEW|SOME) (DAY|NIGHT|WEEK|MONTH|YEAR)S? LATER\b"
)
_DARK = (TimeOfDay.SUNSET, TimeOfDay.DUSK, TimeOfDay.EVENING, TimeOfDay.NIGHT)
_EARLY = (TimeOfDay.DAWN, TimeOfDay.MORNING)


def parse_heading(text: str, line: int, before: Heading | None = None) -> Heading:
    """Take a heading apart. A time that is not said, or said as LATER or CONTINUOUS, is that of ``before``.

    ``INT. LAMP ROOM - NIGHT``, ``EXT. SEA, DUSK``, ``I/E. CAR (RAIN) - MOMENTS LATER``, ``BEACH``. Unknown
    parts stay in the place. Without ``before`` the time not said is day.
    """
    interior, rest = _interior(text)
    parts, asides = _parts(rest)
    place: list[str] = []
    said: list[str] = []
    for index, part in enumerate(parts):
        if (index or not _needs_place(rest, part)) and _is_time_part(part):
            said.append(part)
        elif not index or not _is_flag(part):
            place.append(part)
    said += [aside for aside in asides if _is_time_part(aside)]
    if not said and place and (split := _split_last_word(place[-1])):
        place[-1], last = split
        said.append(last)
    time_text = " - ".join(said)
    time = next((found for part in said if (found := _time_in(part))), None)
    upper = time_text.upper()
    words = _words(upper)
    weather = next((_WEATHER_WORDS[word] for word in words if word in _WEATHER_WORDS), "")
    runs_on = _runs_on(words)
    return Heading(
        text=text,
        line=line,
        interior=interior,
        place=" - ".join(place).upper().strip(" .,:;-–—"),
        time=time or (before.time if before else TimeOfDay.DAY),
        time_text=time_text,
        continuous=runs_on,
        weather=weather or (before.weather if before and runs_on else ""),
    )


def story_day(heading: Heading, before: Heading | None, day: int) -> int:
    """The story day of a scene, from its heading, the heading before it and that one's day.

    A day that the heading numbers (``DAY 2``) wins; NEXT MORNING and TWO DAYS LATER count on; morning or day
    after dark begins a new one, unless the scene runs on from the last.
    """
    said = heading.time_text.upper()
    if found := _DAY_NUMBER.search(said):
        return max(_number(found[1]), 1)
    if found := _DAYS_LATER.search(said):
        scale = {"WEEK": 7, "MONTH": 30, "YEAR": 365}.get(found[2], 1)
        return day + _number(found[1]) * scale
    if _NEXT_DAY.search(said):
        return day + 1
    if before is None or heading.continuous or heading.time == before.time:
        return day
    after_dark = before.time in _DARK and heading.time not in _DARK
    earlier = heading.time in _EARLY and before.time is TimeOfDay.AFTERNOON
    return day + 1 if after_dark or earlier else day


def _interior(text: str) -> tuple[Interior, str]:
    found = _PREFIX.match(text)
    if not found:
        return Interior.UNSAID, " ".join(text.split())
    prefix = found["prefix"].upper()
    return _INTERIORS.get(prefix, Interior.BOTH), " ".join(text[found.end() :].split())


def _parts(rest: str) -> tuple[list[str], list[str]]:
    """The parts between dashes, and what stands in brackets."""
    asides = [aside.strip() for aside in _BRACKETED.findall(rest)]
    kept = _BRACKETED.sub(lambda found: " " if _is_time_part(found[1]) or _is_flag(found[1]) else found[0], rest)
    parts = [part.strip() for part in _DASH.split(kept) if part.strip(" .")]
    return parts, asides


def _needs_place(rest: str, part: str) -> bool:
    """The first part is the place, unless the heading begins with the dash before its time."""
    return rest.startswith(part)


def _is_flag(part: str) -> bool:
    """Whether a part says FLASHBACK, MONTAGE and such: it is no part of the place."""
    return bool(heading_flags(part))


def _words(upper: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(upper)]


@lru_cache(maxsize=2048)
def _is_time_part(part: str) -> bool:
    """Whether a part of a heading speaks of time and weather alone."""
    words = _words(part.upper())
    known = all(word in TIME_WORDS or word in _WEATHER_WORDS or word in _MODIFIERS or word.isdigit() for word in words)
    tells = _last_time(words) is not None or any(word in _WEATHER_WORDS for word in words)
    return bool(words) and known and (tells or _inherits(words))


def _last_time(words: list[str]) -> TimeOfDay | None:
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    found = [word for word in (*pairs, *words) if word in TIME_WORDS]
    return TIME_WORDS[found[-1]] if found else None


def _time_in(part: str) -> TimeOfDay | None:
    """The time that a part names; DAYS LATER names none."""
    upper = part.upper()
    return None if re.search(r"\b(?:DAY|NIGHT)S? LATER\b", upper) else _last_time(_words(upper))


def _inherits(words: list[str]) -> bool:
    said = f" {' '.join(words)} "
    return any(f" {word} " in said for word in _INHERITS)


def _runs_on(words: list[str]) -> bool:
    said = f" {' '.join(words)} "
    if " MOMENTS LATER " in said or " MOMENT LATER " in said or " SECONDS LATER " in said:
        return True
    same_day = " SAME DAY " in said or " SAME NIGHT " in said  # the same date, not the same moment
    return not same_day and any(f" {word} " in said for word in _RUNS_ON)


def _split_last_word(part: str) -> tuple[str, str] | None:
    """A time after a comma, a full stop or a mere blank: ``HOUSE, NIGHT``, ``HOUSE NIGHT``."""
    part = part.rstrip(".")
    for mark in (",", ";", ".", " "):
        place, found, last = part.rpartition(mark)
        if found and place.strip() and _is_time_part(last) and last.strip():
            return place.strip(), last.strip()
    return None


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return {"A": 1, "FEW": 3, "SOME": 3, "SEVERAL": 3, **_NUMBERS}[word]
