"""eSpeak NG as scratch voice: plain, instant, in a hundred languages; in a process of its own."""

import hashlib
import importlib.util
import json
import subprocess
import sys
import unicodedata
import wave
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from render.cut.voice.base import Spoken, Utterance
from storyboard.errors import DiskError, InputError, MediaError, MissingInstall, Problem
from storyboard.frozen import Frozen
from storyboard.hashing import digest

_VERSION = "1"
_BATCH = 200  # lines that one process says
_MARGIN = Fraction(1, 25)  # seconds of silence left on either side of what is said
_FLOOR = 90  # of 32767: quieter than this is silence
_WORDLESS = Fraction(1, 2)  # seconds that "…" takes
_RATE = 165  # words a minute, an unhurried reading

_VARIANTS = ("m3", "f2", "m7", "f3", "m1", "f4", "m5", "f5", "m2", "f1", "m4", "m8", "m6")
_LANGUAGES = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
}
_LANGUAGES |= {"KATAKANA": "ja", "CJK": "cmn", "DEVANAGARI": "hi", "GEORGIAN": "ka", "ARMENIAN": "hy"}
_MANNERS = (  # word in a parenthetical, (factor of the rate, steps of pitch, another variant)
    ("whisper", 0.9, 0, "whisper"),
    ("quiet", 0.92, -6, None),
    ("soft", 0.92, -4, None),
    ("slow", 0.78, 0, None),
    ("quick", 1.25, 0, None),
    ("fast", 1.25, 0, None),
    ("hurr", 1.2, 4, None),
    ("shout", 1.08, 14, None),
    ("yell", 1.08, 14, None),
    ("scream", 1.1, 20, None),
    ("excited", 1.12, 8, None),
)


class Job(Frozen):
    """An utterance with everything decided."""

    text: str
    voice: str
    rate: int
    pitch: int

    def key(self, engine: str) -> str:
        return digest("spoken", {"version": _VERSION, "engine": engine, **self.model_dump()})


class Espeak:
    """Says lines through eSpeak NG; what was said once is read from ``cache``.

    Raises MissingInstall when made on a machine that lacks the engine.
    """

    name = "espeak"

    def __init__(self, cache: Path) -> None:
        found = importlib.util.find_spec("espeakng_loader")
        try:
            self._engine = f"espeakng-loader {version('espeakng-loader')}"
        except PackageNotFoundError:
            found = None
        if found is None or found.origin is None:
            raise MissingInstall(
                Problem(
                    what="the film asks for `voice: espeak`, which is not installed.",
                    todo='Install it with `pip install "shotgraph[voice]"`, or write `voice: none`.',
                )
            )
        self._data = Path(found.origin).parent / "espeak-ng-data"
        self._folder = cache / "espeak"

    def speak(self, utterances: Sequence[Utterance]) -> list[Spoken]:
        """The sound of every utterance, in order. Raises InputError, MediaError or DiskError."""
        jobs = [self.job(utterance) for utterance in utterances]
        paths = {job: self._place(job) for job in jobs}
        spoken = {job: found for job, path in paths.items() if (found := _standing(path)) is not None}
        missing = [job for job in paths if job not in spoken]
        if missing:
            voices = self._voices(missing)
            for at in range(0, len(missing), _BATCH):
                batch = missing[at : at + _BATCH]
                for job, (samples, rate) in zip(batch, _said(batch, voices), strict=True):
                    spoken[job] = _keep(paths[job], _trimmed(samples, rate), rate)
        return [spoken[job] for job in jobs]

    def _place(self, job: Job) -> Path:
        key = job.key(self._engine)
        return self._folder / key[:2] / f"{key}.wav"

    def job(self, utterance: Utterance) -> Job:
        """Decide what the writer left open: a voice for the character, and how the manner changes it."""
        text = " ".join("".join(_speakable(letter) for letter in utterance.text).split())
        chosen = int.from_bytes(hashlib.sha256(utterance.character.casefold().encode()).digest()[:4])
        variant = utterance.variant or f"{_language(text)}+{_VARIANTS[chosen % len(_VARIANTS)]}"
        pitch = 38 + chosen // len(_VARIANTS) % 25 if utterance.pitch is None else utterance.pitch
        rate = float(utterance.rate or _RATE)
        manner = utterance.manner.casefold()
        for word, factor, steps, other in _MANNERS:
            if word in manner:
                rate, pitch = rate * factor, pitch + steps
                if other is not None and utterance.variant is None:
                    variant = f"{variant.split('+')[0]}+{other}"
                break
        return Job(
            text=text, voice=variant, rate=max(80, min(450, round(rate))), pitch=max(0, min(99, pitch))
        )

    def _voices(self, jobs: list[Job]) -> dict[str, str]:
        """ESpeak's own identifier of every voice that is asked for. Raises InputError for those it lacks."""
        from storyboard.yaml_file import did_you_mean

        languages, variants = _languages(self._data), _variants(self._data)
        problems: list[Problem] = []
        found: dict[str, str] = {}
        for voice in sorted({job.voice for job in jobs}):
            language, plus, variant = voice.partition("+")
            if language not in languages:
                hint = did_you_mean(language, sorted(languages))
                problems.append(
                    Problem(what=f"eSpeak has no language “{language}” (voice “{voice}”).", todo=hint)
                )
            elif variant and variant not in variants:
                hint = did_you_mean(variant, sorted(variants))
                problems.append(
                    Problem(what=f"eSpeak has no variant “{variant}” (voice “{voice}”).", todo=hint)
                )
            else:
                found[voice] = f"{languages[language]}{plus}{variant}"
        if problems:
            raise InputError(problems)
        return found


def _languages(data: Path) -> dict[str, str]:
    """What people call a language → eSpeak's identifier: by its other names (en-gb) it refuses, or worse, guesses."""
    found: dict[str, tuple[bool, int, str]] = {}
    for path in sorted((data / "lang").rglob("*")):
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("language "):
                name, *rest = line.split()[1:]
                rank = (
                    path.name.lower() != name,
                    int(rest[0]) if rest else 5,
                    path.relative_to(data / "lang").as_posix(),
                )
                found[name] = min(rank, found.get(name, rank))
    return {name: identifier for name, (_, _, identifier) in found.items()}


def _variants(data: Path) -> set[str]:
    return {path.name for path in (data / "voices" / "!v").iterdir()}


def _speakable(letter: str) -> str:
    return " " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") else letter


def _language(text: str) -> str:
    """The language of the first letter that is not Latin; English else."""
    for letter in text:
        if letter.isalpha() and letter > "\u024f":
            script = unicodedata.name(letter, "").split(" ", 1)[0].split("-", 1)[0]
            if script in _LANGUAGES:
                return _LANGUAGES[script]
    return "en-us"


def _said(jobs: list[Job], voices: dict[str, str]) -> Iterator[tuple[bytes, int]]:
    """16-bit samples and their rate for each job, said by one process."""
    asked = [job.model_copy(update={"voice": voices[job.voice]}) for job in jobs]
    lines = b"".join(job.model_dump_json().encode() + b"\n" for job in asked)
    root = Path(__file__).resolve().parents[3]  # where the packages lie: the worker imports them from there
    command = [sys.executable, "-m", "render.cut.voice.espeak_worker"]
    try:
        done = subprocess.run(command, input=lines, capture_output=True, check=False, cwd=root)
    except OSError as error:
        raise DiskError.from_os(error, "cannot start the voice") from error
    told, at = done.stdout, 0
    for job in jobs:
        end = told.find(b"\n", at)
        if end < 0:
            cause = done.stderr.decode(errors="replace").strip().splitlines()
            raise MediaError(
                f"the voice stopped at “{job.text[:40]}”: {cause[-1] if cause else done.returncode}."
            )
        head = json.loads(told[at:end])
        if "error" in head:
            raise MediaError(f"“{job.text[:40]}” cannot be said by {job.voice}: {head['error']}.")
        at = end + 1 + 2 * head["samples"]
        yield told[end + 1 : at], head["rate"]


def _trimmed(samples: bytes, rate: int) -> bytes:
    """What is heard, with a margin; a line that has no sound is a short silence."""
    import numpy as np

    loud = np.flatnonzero(np.abs(np.frombuffer(samples, dtype="<i2").astype(np.int32)) > _FLOOR)
    if not len(loud):
        return bytes(2 * round(_WORDLESS * rate))
    margin = round(_MARGIN * rate)
    return samples[2 * max(0, int(loud[0]) - margin) : 2 * (int(loud[-1]) + margin)]


def _keep(path: Path, samples: bytes, rate: int) -> Spoken:
    import io

    from render import media

    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples)
    media.write_bytes(path, file.getvalue())
    return Spoken(path=path, seconds=Fraction(len(samples) // 2, rate))


def _standing(path: Path) -> Spoken | None:
    """A line that was said before; None where the file is missing or is not whole."""
    try:
        with path.open("rb") as file:
            head = file.read(44)
            size = file.seek(0, 2)
    except OSError:
        return None
    rate, length = int.from_bytes(head[24:28], "little"), int.from_bytes(head[40:44], "little")
    if head[:4] != b"RIFF" or head[36:40] != b"data" or not rate or not length or size != 44 + length:
        return None
    return Spoken(path=path, seconds=Fraction(length // 2, rate))
