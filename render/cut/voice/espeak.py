"""eSpeak NG as scratch voice: plain, instant, in a hundred languages; in a process of its own."""

import importlib.util
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

from render.cut.voice import wav
from render.cut.voice.base import Spoken, Utterance
from render.cut.voice.casting import Job, cast
from storyboard.errors import DiskError, InputError, MediaError, MissingInstall, Problem
from storyboard.hashing import digest
from storyboard.yaml_file import nearest

VERSION = "2"  # of our own part in the sound: casting, trimming, the worker
MARGIN = Fraction(1, 25)  # seconds of silence left on either side of what is said
FLOOR = 90  # of 32767: quieter than this is silence
WORDLESS = Fraction(1, 2)  # seconds of silence for a line without a word, such as "…"
RATE = 22_050  # samples a second of those silences; eSpeak's own rate
_WORKER = Path(__file__).with_name("espeak_worker.py")


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
        """The sound of every utterance, in order. Raises InputError, MediaError or DiskError.

        Lines that were said before are read from the cache; one process says all the others.
        """
        jobs = [cast(utterance) for utterance in utterances]
        paths = {job: self._place(job) for job in jobs}
        lengths = {job: kept for job, path in paths.items() if (kept := wav.length(path)) is not None}
        missing = [job for job in paths if job not in lengths]
        if missing:
            voices = self._voices(zip(utterances, jobs, strict=True), set(missing))
            for job in missing:
                if not job.text:
                    lengths[job] = wav.keep(paths[job], _silence(RATE), RATE)
            for job, samples, rate in _said([job for job in missing if job.text], voices):
                lengths[job] = wav.keep(paths[job], _trimmed(samples, rate), rate)
        return [Spoken(path=paths[job], seconds=lengths[job], voice=job.voice) for job in jobs]

    def _place(self, job: Job) -> Path:
        key = digest("spoken", {"version": VERSION, "engine": self._engine, **job.model_dump()})
        return self._folder / key[:2] / f"{key}.wav"

    def _voices(self, asked: Iterable[tuple[Utterance, Job]], missing: set[Job]) -> dict[str, str]:
        """ESpeak's own identifier of every voice that is asked for. Raises InputError for those it lacks."""
        languages, variants = read_languages(self._data), read_variants(self._data)
        speakers = {job.voice: utterance.character for utterance, job in asked if job in missing}
        found: dict[str, str] = {}
        problems: list[Problem] = []
        for voice, speaker in sorted(speakers.items()):
            named, plus, variant = voice.partition("+")
            if named not in languages:
                problems.append(_no_language(voice, speaker, languages, variants))
            elif plus and variant not in variants:
                near = [f"{named}+{other}" for other in nearest(variant, sorted(variants))]
                problems.append(_problem(f"variant “{variant}”", voice, speaker, near))
            else:
                found[voice] = f"{languages[named]}{plus}{variant}"
        if problems:
            raise InputError(problems)
        return found


def read_languages(data: Path) -> dict[str, str]:
    """What people call a language → eSpeak's identifier (gmw/en-US).

    By its other names (en-gb) eSpeak refuses a language, or worse, guesses one.
    """
    found: dict[str, tuple[bool, int, str]] = {}
    for path in sorted((data / "lang").rglob("*")):
        if not path.is_file():
            continue
        identifier = path.relative_to(data / "lang").as_posix()
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("language "):
                name, *priority = line.split()[1:]
                rank = (path.name.lower() != name, int(priority[0]) if priority else 5, identifier)
                found[name] = min(rank, found.get(name, rank))
    return {name: identifier for name, (_, _, identifier) in found.items()}


def read_variants(data: Path) -> set[str]:
    """The variants that stand after the plus: f3, m1, whisper."""
    return {path.name for path in (data / "voices" / "!v").iterdir()}


def _no_language(voice: str, speaker: str, languages: Mapping[str, str], variants: set[str]) -> Problem:
    named, plus, variant = voice.partition("+")
    if named in variants and not plus:
        return _problem(f"language “{named}”", voice, speaker, [f"en-us+{named}"])
    near = [f"{other}{plus}{variant}" for other in nearest(named, sorted(languages))]
    return _problem(f"language “{named}”", voice, speaker, near)


def _problem(lacking: str, voice: str, speaker: str, near: list[str]) -> Problem:
    return Problem(
        what=f"eSpeak has no {lacking} (the voice “{voice}” of {speaker}).",
        todo=f"Did you mean {' or '.join(near)}?" if near else "Write a voice such as en-us+f3 or en-gb+m1.",
    )


def _said(jobs: Sequence[Job], voices: Mapping[str, str]) -> Iterator[tuple[Job, bytes, int]]:
    """Each job with its 16-bit samples and their rate, as one process says them."""
    if not jobs:
        return
    try:
        with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as complaints:
            for job in jobs:
                asked = job.model_copy(update={"voice": voices[job.voice]})
                lines.write(asked.model_dump_json().encode() + b"\n")
            lines.seek(0)
            yield from _worker(jobs, lines, complaints)
    except OSError as error:
        raise DiskError.from_os(error, "cannot start the voice") from error


def _worker(jobs: Sequence[Job], lines: IO[bytes], complaints: IO[bytes]) -> Iterator[tuple[Job, bytes, int]]:
    # By its path and with -P: the worker needs nothing of ours, and nothing in the current folder stands for it.
    command = [sys.executable, "-P", str(_WORKER)]
    with subprocess.Popen(command, stdin=lines, stdout=subprocess.PIPE, stderr=complaints) as process:
        assert process.stdout is not None
        try:
            for job in jobs:
                line = process.stdout.readline()
                head = json.loads(line) if line.endswith(b"\n") else {}
                if "error" in head:
                    raise MediaError(f"“{job.text[:40]}” cannot be said by {job.voice}: {head['error']}.")
                samples = process.stdout.read(2 * head["samples"]) if head else b""
                if not head or len(samples) < 2 * head["samples"]:
                    raise MediaError(f"the voice stopped at “{job.text[:40]}”: {_cause(process, complaints)}.")
                yield job, samples, head["rate"]
        finally:
            process.kill()


def _cause(process: "subprocess.Popen[bytes]", complaints: IO[bytes]) -> str:
    code = process.wait()
    complaints.seek(0)
    told = complaints.read().decode(errors="replace").strip().splitlines()
    if code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    return told[-1].rstrip(".") if told else f"its process ended with code {code}"


def _trimmed(samples: bytes, rate: int) -> bytes:
    """What is heard, with a margin; a line that has no sound is a short silence."""
    import numpy as np

    loud = np.flatnonzero(np.abs(np.frombuffer(samples, dtype="<i2").astype(np.int32)) > FLOOR)
    if not len(loud):
        return _silence(rate)
    margin = round(MARGIN * rate)
    return samples[2 * max(0, int(loud[0]) - margin) : 2 * (int(loud[-1]) + 1 + margin)]


def _silence(rate: int) -> bytes:
    return bytes(2 * round(WORDLESS * rate))
