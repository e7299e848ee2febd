"""How long things take: speech by words or voices, action by what it says, all in whole frames."""

import math
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from storyboard.camera import ShotSize
from storyboard.screenplay import Action, Speech
from storyboard.shot import BeatKind, ShotBeat

WORDS_PER_MINUTE = 160
Spoken = Callable[[str, Speech], Fraction]
"""(character, speech) → seconds."""

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBER_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "twenty": 20,
    "thirty": 30,
}
_SECONDS = re.compile(r"\b(\d{1,3}|" + "|".join(_NUMBER_WORDS) + r")\s+seconds?\b", re.IGNORECASE)
_PAUSES = (
    (re.compile(r"\b(for a long (moment|time|while)|long (pause|silence|beat))\b", re.IGNORECASE), Fraction(5, 2)),
    (re.compile(r"\b(a (moment|beat|pause)|beat\.|pause\.|silence)\b", re.IGNORECASE), Fraction(1)),
    (re.compile(r"\b(slowly|gradually|carefully)\b", re.IGNORECASE), Fraction(3, 4)),
    (
        re.compile(
            r"\b(walks?|climbs?|cross(es)?|paces?|wanders?|follows?|pours?|writes?|reads?|searches)\b", re.IGNORECASE
        ),
        Fraction(1, 2),
    ),
)
_LEAST = {
    ShotSize.EWS: Fraction(3),
    ShotSize.WS: Fraction(5, 2),
    ShotSize.FS: Fraction(2),
    ShotSize.MFS: Fraction(2),
}
LEAST_SHOT = Fraction(3, 2)
LONGEST_ACTION = Fraction(12)
BREATH = Fraction(3, 10)  # before somebody speaks, after a cut or another line
TAIL = Fraction(2, 5)  # after the last word, before the cut


def words_per_minute(character: str, speech: Speech, rate: int = WORDS_PER_MINUTE) -> Fraction:  # noqa: ARG001
    """Seconds that a speech takes at ``rate`` words a minute, with pauses at its marks.

    Scripts written without blanks count two signs as a word.
    """
    text = speech.spoken
    signs = len(_CJK.findall(text))
    words = len(re.findall(r"\w+(?:[’'-]\w+)*", _CJK.sub(" ", text)))
    marks = len(re.findall(r"[.!?…]+|—|--", text)) * Fraction(1, 4) + text.count(",") * Fraction(1, 8)
    return max(Fraction(1, 2), (words + Fraction(signs, 2)) * Fraction(60, rate) + marks)


def action_seconds(text: str) -> Fraction:
    """Seconds that a paragraph of action takes on screen: as long as it reads, and what it says itself."""
    if match := _SECONDS.search(text):
        told = _NUMBER_WORDS.get(match[1].lower()) or int(match[1])
        return Fraction(min(max(int(told), 1), 60))
    words = len(re.findall(r"\w+", text)) + Fraction(len(_CJK.findall(text)), 2)
    seconds = Fraction(4, 5) + words * Fraction(9, 50)
    for pattern, more in _PAUSES:
        if pattern.search(text):
            seconds += more
    seconds += text.count("…") * Fraction(1, 2) + text.count("...") * Fraction(1, 2)
    return min(max(seconds, Fraction(6, 5)), LONGEST_ACTION)


def least_seconds(size: ShotSize | None) -> Fraction:
    """The shortest that a shot of this size reads in."""
    return _LEAST.get(size, LEAST_SHOT) if size else LEAST_SHOT


def timed(
    beats: Sequence[tuple[ShotBeat, Action | Speech]],
    rate: Fraction,
    spoken: Spoken,
    least: Fraction,
    wanted: int | None,
) -> tuple[tuple[ShotBeat, ...], int, int | None]:
    """Place beats in a shot.

    ``wanted`` frames win over what the beats ask for. Returns the beats with their frames, the shot's frames,
    and, where speech does not fit into ``wanted``, how many frames it needs.
    """
    spans: list[tuple[ShotBeat, Fraction, Fraction]] = []
    now = Fraction(0)
    previous_start = Fraction(0)
    for beat, source in beats:
        if isinstance(source, Speech):
            length = spoken(beat.character or source.character, source)
            start = previous_start if source.dual and spans else now + BREATH
            previous_start = start
            now = max(now, start + length)
        else:
            length = action_seconds(beat.text)
            start = now
            now = start + length
        spans.append((beat, start, length))
    speaks = any(beat.kind is BeatKind.SPEECH for beat, _, _ in spans)
    natural = max(now + (TAIL if speaks else 0), least)
    if wanted is None:
        return _placed(spans, rate, Fraction(1)), max(1, math.ceil(natural * rate)), None
    needs = sum((length for beat, _, length in spans if beat.kind is BeatKind.SPEECH), Fraction(0)) * rate
    room = Fraction(wanted) / rate
    squeezed = _squeezed(spans, room)
    return _placed(squeezed, rate, Fraction(1), wanted), wanted, math.ceil(needs) if needs > wanted else None


def _squeezed(
    spans: list[tuple[ShotBeat, Fraction, Fraction]], room: Fraction
) -> list[tuple[ShotBeat, Fraction, Fraction]]:
    """Fit beats into a given time: action and gaps give way before speech does."""
    end = max((start + length for _, start, length in spans), default=Fraction(0))
    if end <= room or not spans:
        return spans
    speech = sum((length for beat, _, length in spans if beat.kind is BeatKind.SPEECH), Fraction(0))
    loose = end - speech
    factor = max(Fraction(0), (room - speech) / loose) if loose > 0 else Fraction(0)
    fitted: list[tuple[ShotBeat, Fraction, Fraction]] = []
    now = Fraction(0)
    for index, (beat, start, length) in enumerate(spans):
        before = spans[index - 1][1] + spans[index - 1][2] if index else Fraction(0)
        now += max(start - before, Fraction(0)) * factor
        taken = length if beat.kind is BeatKind.SPEECH else length * factor
        fitted.append((beat, now, taken))
        now += taken
    return fitted


def _placed(
    spans: list[tuple[ShotBeat, Fraction, Fraction]], rate: Fraction, scale: Fraction, limit: int | None = None
) -> tuple[ShotBeat, ...]:
    placed: list[ShotBeat] = []
    for beat, start, length in spans:
        first = round(start * scale * rate)
        frames = max(1, round(length * scale * rate))
        if limit is not None:
            first = min(first, limit - 1)
            if beat.kind is BeatKind.ACTION:
                frames = max(1, min(frames, limit - first))
        placed.append(beat.model_copy(update={"start": first, "frames": frames}))
    return tuple(placed)
