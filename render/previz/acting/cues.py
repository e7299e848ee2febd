"""Cues: the doings and speeches of a shot with their times, in order."""

from dataclasses import dataclass
from fractions import Fraction

from render.previz.acting.doings import Doing, Reader
from storyboard.shot import BeatKind, ShotBeat

_LEAST = 0.3  # seconds for a doing that shares a short beat with many
_SLOWEST = 1.7  # a doing takes no longer than so many times its natural time


@dataclass(frozen=True)
class Cue:
    """Somebody does something, or speaks (``doing`` is None), between two times in seconds."""

    who: str
    begins: float
    ends: float
    doing: Doing | None = None
    beat_ends: float = 0.0


def cues(beats: tuple[ShotBeat, ...], rate: Fraction, length: float, reader: Reader) -> list[Cue]:
    """Every cue of the shot. Within a beat the doings follow each other in the order of the words."""
    found: list[Cue] = []
    for beat in beats:
        begins, ends = float(beat.start / rate), float((beat.start + beat.frames) / rate)
        ends = ends if beat.frames else length
        if beat.kind is BeatKind.SPEECH:
            if beat.character:
                found.append(Cue(beat.character, begins, ends, beat_ends=ends))
                if beat.character in reader.genders:
                    reader.mention(beat.character)
            continue
        found += _spread(reader.read(beat.text), begins, ends)
    return found


def _seconds(doing: Doing) -> float:
    if doing.act is None:
        return 1.0
    return 0.3 if doing.act.name == "still" else doing.act.seconds


def _spread(doings: list[Doing], begins: float, ends: float) -> list[Cue]:
    groups: list[list[Doing]] = []
    for doing in doings:
        last = groups[-1][-1] if groups else None
        together = last is not None and (last.verb, last.words) == (doing.verb, doing.words) and last.who != doing.who
        if together:
            groups[-1].append(doing)
        else:
            groups.append([doing])
    whole = sum(_seconds(group[0]) for group in groups)
    if not groups:
        return []
    scale = min((ends - begins) / whole, _SLOWEST)
    found: list[Cue] = []
    at = begins
    for group in groups:
        spell = max(_seconds(group[0]) * scale, _LEAST)
        found += [Cue(doing.who, at, at + spell, doing, ends) for doing in group]
        at += spell
    return found
