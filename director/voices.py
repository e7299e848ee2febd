"""Who speaks how: the bible's voices, the film's voice engine, and the spoken length of every speech."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from characters.bible import Bible
from storyboard.screenplay import Screenplay, Speech
from storyboard.shot import ShotBeat
from storyboard.timing import words_per_minute

if TYPE_CHECKING:
    from render.cut.voice.base import Spoken, Utterance, Voice


class Speaker:
    """Spoken lengths for the plan, and sounds for the cut, from the voice that film.yaml names.

    ``voice: none`` counts words a minute and makes no sound. Raises InputError for an unknown voice, and
    MissingInstall for one that this machine lacks, before anything is planned.
    """

    def __init__(self, voice: str, bible: Bible, cache: Path, screenplay: Screenplay) -> None:
        self._bible = bible
        self._names = {name.upper(): name for name in bible.characters}
        for name, character in bible.characters.items():
            self._names |= {alias.upper(): name for alias in character.aliases}
        self._voice: Voice | None = None
        self._spoken: dict[tuple[str, str, str], Spoken] = {}
        if voice != "none":
            from render.cut.voice import open_voice

            self._voice = open_voice(voice, cache)
            speeches = [beat for scene in screenplay.scenes for beat in scene.beats if isinstance(beat, Speech)]
            self._speak([(self._name(speech.character), speech.spoken, _manner(speech)) for speech in speeches])

    def _name(self, written: str) -> str:
        return self._names.get(written.upper(), written)

    def seconds(self, character: str, speech: Speech) -> Fraction:
        """How long ``speech`` takes to say, in exact seconds."""
        if self._voice is None or not speech.spoken.strip():
            return words_per_minute(character, speech)
        return self._one(character, speech.spoken, _manner(speech)).seconds

    def sound(self, beat: ShotBeat) -> Path | None:
        """The WAV of a spoken beat, or None where the film has no voice."""
        if self._voice is None or not beat.text.strip():
            return None
        return self._one(beat.character or "", beat.text, beat.manner).path

    def _one(self, character: str, text: str, manner: str) -> "Spoken":
        key = (self._name(character), text, manner)
        if key not in self._spoken:
            self._speak([key])
        return self._spoken[key]

    def _speak(self, lines: Sequence[tuple[str, str, str]]) -> None:
        wanted = [line for line in dict.fromkeys(lines) if line[1].strip() and line not in self._spoken]
        if self._voice is not None and wanted:
            spoken = self._voice.speak([self._utterance(*line) for line in wanted])
            self._spoken |= dict(zip(wanted, spoken, strict=True))

    def _utterance(self, character: str, text: str, manner: str) -> "Utterance":
        from render.cut.voice.base import Utterance

        entry = self._bible.characters.get(character)
        voice = entry.voice if entry is not None else None
        return Utterance(
            character=character,
            text=text,
            variant=voice.variant if voice else None,
            rate=voice.rate if voice else None,
            pitch=voice.pitch if voice else None,
            manner=manner,
        )


def _manner(speech: Speech) -> str:
    from storyboard.screenplay import ElementType

    return ", ".join(line.text.strip("() ") for line in speech.lines if line.type is ElementType.PARENTHETICAL)
