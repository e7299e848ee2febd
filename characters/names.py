"""The names of a film: the bible's, and those that the script brings without an entry."""

import re

from characters.bible import Bible
from storyboard.errors import Level, Problem
from storyboard.names import Names
from storyboard.screenplay import Action, Screenplay, Speech
from storyboard.yaml_file import did_you_mean

_CAPITALS = re.compile(
    r"(?<![\w’'])([^\W\d_a-zß-öø-ÿ][^\Wa-z_ß-öø-ÿ]+(?:[ -][^\W\d_a-zß-öø-ÿ][^\Wa-z_ß-öø-ÿ]+){0,2})(?![\w])"
)
_INTRODUCED = re.compile(r"\s*\(\s*(?:\w+\s+)?(\d{1,3})s?\b|,\s*(?:aged?\s+)?(\d{1,3})\b")
# Capitals that are no things: sounds, and words of the page.
_NOISES = frozenset(
    """
    BANG BOOM CRASH SMASH CLICK THUD SLAM SLAMS SCREAM SCREAMS RING RINGS BUZZ BUZZES KNOCK KNOCKS BEEP POP
    CRACK ROAR ROARS WHAM SNAP THUNDER SILENCE BLAM SPLASH WHOOSH HISS HOWL HOWLS RUMBLE EXPLODES EXPLOSION
    GUNSHOT THE AND BUT NOT YES NO STOP NOW NEVER ALL ONLY VERY WHAT WHO WHY HOW SUPER TITLE TITLES CREDITS END
    MONTAGE BEGIN BACK INTERCUT FLASHBACK CONTINUED MORE OK TV USA UK FBI CIA POV FADE CUT CLOSE ANGLE INSERT
    WIDE DISSOLVE LATER DAY NIGHT MORNING EVENING INT EXT VO OS SEES HEARS RUNS FALLS TURNS STOPS STARTS OPENS
    CLOSES
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
        if len(name) < 3:
            continue
        line = action.line + action.text[: match.start()].count("\n")
        found.append((name, line, bool(_INTRODUCED.match(action.text, match.end()))))
    return found


def ages_in(screenplay: Screenplay) -> dict[str, int]:
    """Ages from introductions such as ``MARA (60)``, by upper-case name."""
    ages: dict[str, int] = {}
    for scene in screenplay.scenes:
        for beat in scene.beats:
            if isinstance(beat, Action):
                for match in _CAPITALS.finditer(beat.text):
                    if told := _INTRODUCED.match(beat.text, match.end()):
                        ages.setdefault(match[1], int(told[1] or told[2]))
    return ages
