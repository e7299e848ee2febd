"""No voice: silence as long as words counted by the minute."""

from collections.abc import Sequence
from pathlib import Path

from render.cut.voice import wav
from render.cut.voice.base import Spoken, Utterance
from storyboard.hashing import digest
from storyboard.screenplay import ElementType, Line, Speech
from storyboard.timing import WORDS_PER_MINUTE, words_per_minute

_RATE = 8_000  # samples a second; there is nothing to hear


class Silence:
    """Keeps quiet for as long as a line takes at ``rate`` words a minute."""

    name = "none"

    def __init__(self, cache: Path) -> None:
        self._folder = cache / "none"

    def speak(self, utterances: Sequence[Utterance]) -> list[Spoken]:
        """A silence for every utterance, in order. Raises DiskError."""
        return [self._keep_quiet(utterance) for utterance in utterances]

    def _keep_quiet(self, utterance: Utterance) -> Spoken:
        line = Line(type=ElementType.DIALOGUE, text=utterance.text, line=1)
        speech = Speech(character=utterance.character, lines=(line,), line=1)
        seconds = words_per_minute(utterance.character, speech, utterance.rate or WORDS_PER_MINUTE)
        samples = round(seconds * _RATE)
        path = self._folder / f"{digest('silence', {'samples': samples, 'rate': _RATE})}.wav"
        kept = wav.length(path) or wav.keep(path, bytes(2 * samples), _RATE)
        return Spoken(path=path, seconds=kept)
