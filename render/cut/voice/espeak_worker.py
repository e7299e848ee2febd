"""The process that eSpeak NG speaks in: jobs in as JSON lines, PCM out. Run as ``python -m``.

eSpeak is GPL-3, so it is never loaded into the process that makes the film.

In: ``{"text", "voice", "rate", "pitch"}`` a line. Out, for each: ``{"samples", "rate"}`` on a line, then that many
16-bit samples; or ``{"error"}`` on a line.
"""

import ctypes
import json
import sys
from typing import Any, BinaryIO

_RETRIEVAL = 1  # espeak_AUDIO_OUTPUT: give the samples to a callback
_DONT_EXIT = 0x8000
_RATE, _PITCH, _WORD_GAP = 1, 3, 7  # espeak_PARAMETER
_UTF8 = 1  # espeakCHARS_UTF8, with neither SSML (0x10) nor [[phonemes]] (0x100)
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Engine:
    """eSpeak NG through ctypes."""

    def __init__(self) -> None:
        import espeakng_loader

        self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        data = str(espeakng_loader.get_data_path()).encode()
        self.rate: int = self._library.espeak_Initialize(_RETRIEVAL, 0, data, _DONT_EXIT)
        if self.rate <= 0:
            raise RuntimeError(f"eSpeak did not start (code {self.rate})")
        self._samples = bytearray()
        self._callback = _CALLBACK(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, samples: Any, count: int, events: object) -> int:
        if samples and count > 0:
            self._samples += ctypes.string_at(samples, count * 2)
        return 0

    def say(self, text: str, voice: str, rate: int, pitch: int) -> bytes:
        """Signed 16-bit samples. Raises RuntimeError with eSpeak's code."""
        self._samples = bytearray()
        self._check("voice", self._library.espeak_SetVoiceByName(voice.encode()))
        self._check("rate", self._library.espeak_SetParameter(_RATE, rate, 0))
        self._check("pitch", self._library.espeak_SetParameter(_PITCH, pitch, 0))
        words = text.replace("\0", " ").encode()
        size = ctypes.c_size_t(len(words) + 1)
        told = self._library.espeak_Synth(words, size, 0, 1, 0, _UTF8, None, None)
        self._check("text", told)
        self._check("text", self._library.espeak_Synchronize())
        return bytes(self._samples)

    @staticmethod
    def _check(what: str, code: int) -> None:
        if code:
            raise RuntimeError(f"eSpeak refused the {what} (code {code})")


def serve(jobs: BinaryIO, out: BinaryIO) -> None:
    """Say every job, in order."""
    engine = Engine()
    for line in jobs:
        job = json.loads(line)
        try:
            samples = engine.say(job["text"], job["voice"], job["rate"], job["pitch"])
        except RuntimeError as error:
            out.write(json.dumps({"error": str(error)}).encode() + b"\n")
        else:
            out.write(
                json.dumps({"samples": len(samples) // 2, "rate": engine.rate}).encode() + b"\n" + samples
            )


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
