"""The process that eSpeak NG speaks in: jobs in as JSON lines, PCM out.

eSpeak is GPL-3, so it is never loaded into the process that makes the film; this file imports nothing of ours.

In: ``{"text", "voice", "rate", "pitch", "volume"}`` a line. Out, for each: ``{"samples", "rate"}`` on a line, then
that many 16-bit samples; or ``{"error"}`` on a line.
"""

import _ctypes
import ctypes
import json
import os
import sys
from typing import Any, BinaryIO, Self

_SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: give the samples to a callback before espeak_Synth returns
_DONT_EXIT = 0x8000
_RATE, _VOLUME, _PITCH = 1, 2, 3  # espeak_PARAMETER
_UTF8 = 1  # espeakCHARS_UTF8, with neither SSML (0x10) nor [[phonemes]] (0x100)
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Engine:
    """eSpeak NG through ctypes, for one line.

    Each line gets an engine that was loaded anew: pitch flutter, noise and echo go on from line to line inside the
    library, and nothing that it offers sets them back.
    """

    def __init__(self) -> None:
        import espeakng_loader

        self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        data = str(espeakng_loader.get_data_path()).encode()
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT)
        if self.rate <= 0:
            raise RuntimeError(f"eSpeak did not start (code {self.rate})")
        self._samples = bytearray()
        self._callback = _CALLBACK(self._receive)  # kept here, or it is freed while eSpeak still calls it
        self._library.espeak_SetSynthCallback(self._callback)
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(1))  # else breath is seeded with the clock
        if sys.platform != "win32":
            ctypes.CDLL(None).srand(1)  # a few variants draw from the C library instead

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._library.espeak_Terminate()
        handle = self._library._handle  # noqa: SLF001 - ctypes has no public way to unload
        getattr(_ctypes, "FreeLibrary" if sys.platform == "win32" else "dlclose")(handle)

    def _receive(self, samples: Any, count: int, _events: object) -> int:
        if samples and count > 0:
            self._samples += ctypes.string_at(samples, count * 2)
        return 0

    def say(self, text: str, voice: str, rate: int, pitch: int, volume: int) -> bytes:
        """Signed 16-bit samples. Raises RuntimeError with eSpeak's code."""
        library = self._library
        self._check("voice", library.espeak_SetVoiceByName(voice.encode()))
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_VOLUME, volume)):
            self._check("rate, pitch or volume", library.espeak_SetParameter(parameter, value, 0))
        words = text.encode()
        size = ctypes.c_size_t(len(words) + 1)
        self._check("text", library.espeak_Synth(words, size, 0, 1, 0, _UTF8, None, None))
        self._check("text", library.espeak_Synchronize())
        return bytes(self._samples)

    @staticmethod
    def _check(what: str, code: int) -> None:
        if code:
            raise RuntimeError(f"eSpeak refused the {what} (code {code})")


def serve(jobs: BinaryIO, out: BinaryIO) -> None:
    """Say every job, in order."""
    for line in jobs:
        job = json.loads(line)
        try:
            with Engine() as engine:
                samples = engine.say(**job)
        except (RuntimeError, OSError, ImportError) as error:
            out.write(json.dumps({"error": str(error)}).encode() + b"\n")
        else:
            head = {"samples": len(samples) // 2, "rate": engine.rate}
            out.write(json.dumps(head).encode() + b"\n" + samples)
        out.flush()


if __name__ == "__main__":
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        serve(sys.stdin.buffer, answers)
