"""What a voice engine is given, and what it gives back."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from storyboard.frozen import Frozen


class Utterance(Frozen):
    """A line to say. What is None, the engine chooses for the character, always the same."""

    character: str
    text: str
    variant: str | None = None  # the engine's name of a voice, e.g. en-us+f3
    rate: int | None = None  # words a minute
    pitch: int | None = None  # 0 to 99
    manner: str = ""  # the parenthetical: whispering, quickly


class Spoken(Frozen):
    """A line that was said: a mono 16-bit WAV, and exactly how long it lasts (samples / rate)."""

    path: Path
    seconds: Fraction
    voice: str = ""  # the engine's name of the voice that said it: what a bible writes to keep it


class Voice(Protocol):
    """Says lines. The same utterance gives the same bytes, whatever was said before it, on every run."""

    name: str

    def speak(self, utterances: Sequence[Utterance]) -> list[Spoken]:
        """The sound of every utterance, in order.

        Raises InputError for a voice that there is not, MediaError where the engine fails, DiskError.
        """
        ...
