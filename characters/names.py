"""The names of a film: the bible's, and those that the script brings without an entry."""

import re

from characters.bible import Bible
from storyboard.errors import Level, Problem
from storyboard.names import Names
from storyboard.screenplay import Action, Screenplay, Speech
from storyboard.yaml_file import did_you_mean

_WORD = r"[^\W\d_a-zß-öø-ÿ][^\Wa-z_ß-öø-ÿ]+"
_TITLE = r"(?:(?:MRS?|MS|DR|PROF|SGT|LT|CAPT|COL|GEN|REV|FR|ST|JR|MME|MLLE)\.? )?"
_CAPITALS = re.compile(rf"(?<![\w’'])({_TITLE}{_WORD}(?:[ -]{_WORD}){{0,2}})(?![\w])")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_YEARS = {word: number for number, word in enumerate((*_UNITS, *_TEENS), 1)}
_YEARS |= {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
_YEARS |= {f"{word[:-1]}ies": number + 5 for word, number in _YEARS.items() if word in _TENS}
_AGE = rf"(\d{{1,3}}|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS)}))?|{'|'.join(_YEARS)})"
_ENDS = r"\s*(?:[),.;–—]|$|years?\b)"
_INTRODUCED = re.compile(
    rf"\s*\(\s*(?:[\w’']+(?:,?\s+|-)){{0,4}}?{_AGE}s?(?={_ENDS})"  # MARA (60), MARA (a keeper, mid-40s)
    rf"|,\s*(?:(?:aged?|about|in (?:his|her|their)|early|mid|late)[\s-]+){{0,3}}{_AGE}s?(?={_ENDS})",
    re.IGNORECASE,
)
# Capitals that are no things: sounds, and words of the page.
_NOISES = frozenset(
    """
    BANG BOOM CRASH SMASH CLICK THUD SLAM SLAMS SCREAM SCREAMS RING RINGS BUZZ BUZZES KNOCK KNOCKS BEEP POP
    CRACK ROAR ROARS WHAM SNAP THUNDER SILENCE BLAM SPLASH WHOOSH HISS HOWL HOWLS RUMBLE EXPLODES EXPLOSION
    GUNSHOT THE AND BUT NOT YES NO STOP NOW NEVER ALL ONLY VERY WHAT WHO WHY HOW SUPER TITLE TITLES CREDITS END
    MONTAGE BEGIN BACK INTERCUT FLASHBACK CONTINUED MORE OK TV USA UK FBI CIA POV FADE CUT CLOSE ANGLE INSERT
    WIDE DISSOLVE LATER DAY NIGHT MORNING EVENING INT EXT VO OS SEES HEARS RUNS FALLS TURNS STOPS STARTS OPENS
    CLOSES HIS HER ITS THEIR MY YOUR OUR
    """.split()  # noqa: SIM905
)
# Heard or felt, not seen: a name that ends in one of these is no thing either (POLICE SIRENS, an ALARM CLOCK is).
_HEARD = frozenset(
    """
    ALARM ALARMS SIREN SIRENS FOOTSTEPS MUSIC GUNFIRE GUNSHOTS SHOTS LAUGHTER APPLAUSE VOICE VOICES STATIC WIND HEAT
    COLD DARKNESS DARK LIGHT SOUND NOISE SHOUTING SCREAMING BARKING WHISPERS THUNDERCLAP HEARTBEAT TICKING SMOKE
    """.split()  # noqa: SIM905
)


def names_with(bible: Bible, screenplay: Screenplay) -> tuple[Names, tuple[Problem, ...]]:
    """Every name that the film knows, and a remark for each that has no entry.

    Who speaks is a character. A name in capitals that is introduced with an age is one too; other capitals
    in the action are props, unless they are sounds or words of the page.
    """
    known = bible.names()
    characters, props = dict(known.characters), dict(known.props)
    places = dict(known.places)
    problems: list[Problem] = []

    def remark(kind: str, name: str, line: int) -> None:
        near = did_you_mean(name, list(bible.characters if kind == "character" else bible.props))
        near = near if near.startswith("Did you mean") else ""
        todo = f"{near} It gets a plain default; give it an entry to lock how it looks.".strip()
        what = f"the {kind} {name} has no entry in the bible."
        problem = Problem(
            what=what, todo=todo, file=screenplay.file, line=line, level=Level.NOTE, rule="no-bible-entry"
        )
        problems.append(problem)

    for scene in screenplay.scenes:
        for beat in scene.beats:
            if isinstance(beat, Speech):
                name = " ".join(beat.character.split())
                if name and name.upper() not in characters:
                    characters[name.upper()] = name.upper()
                    remark("character", name.upper(), beat.line)
        place = scene.heading.place
        if place and place.upper() not in places:
            places[place.upper()] = place.upper()
    for scene in screenplay.scenes:
        for beat in scene.beats:
            if isinstance(beat, Action):
                for name, line, is_person in _capitals(beat):
                    if any(name in group for group in (characters, props, places)):
                        continue
                    if is_person:
                        characters[name] = name
                        remark("character", name, line)
                    elif not _spoken_of(name, characters):
                        props[name] = name
                        remark("prop", name, line)
    return Names(characters=characters, props=props, places=places), tuple(problems)


def _spoken_of(name: str, characters: dict[str, str]) -> bool:
    """Whether the capitals are a part of somebody's name."""
    words = set(name.split())
    return any(words <= set(other.split()) for other in characters)


def _capitals(action: Action) -> list[tuple[str, int, bool]]:
    """Names in capitals in a paragraph of action: the name, its line, and whether it is introduced as a person."""
    found: list[tuple[str, int, bool]] = []
    letters = [char for char in action.text if char.isalpha()]
    if letters and sum(char.isupper() for char in letters) > 0.7 * len(letters):
        return found  # a shouted line is no list of props
    for match in _CAPITALS.finditer(action.text):
        words = [word for word in match[1].split() if word not in _NOISES]
        name = " ".join(words)
        if len(name) < 3 or words[-1] in _HEARD:
            continue
        line = action.line + action.text[: match.start()].count("\n")
        found.append((name, line, bool(_INTRODUCED.match(action.text, match.end()))))
    return found


def ages_in(screenplay: Screenplay) -> dict[str, int]:
    """Ages from introductions such as ``MARA (60)`` and ``MARA, sixty,``, by upper-case name."""
    ages: dict[str, int] = {}
    for scene in screenplay.scenes:
        for beat in scene.beats:
            if isinstance(beat, Action):
                for match in _CAPITALS.finditer(beat.text):
                    if told := _INTRODUCED.match(beat.text, match.end()):
                        ages.setdefault(match[1], _years(told[1] or told[2]))
    return ages


def _years(written: str) -> int:
    """Years from ``45``, ``forty-five`` or ``forties``."""
    if written.isdigit():
        return min(int(written), 120)
    return sum(_YEARS[part] for part in written.lower().split("-"))
