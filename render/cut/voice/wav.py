"""The WAVs of spoken lines: written whole, and measured by their header alone."""

import struct
from fractions import Fraction
from pathlib import Path

_HEADER = struct.Struct("<4sI4s 4sIHHIIHH 4sI")


def keep(path: Path, samples: bytes, rate: int) -> Fraction:
    """Write mono 16-bit ``samples`` at ``rate`` a second, whole or not at all; returns how long they last.

    Raises DiskError.
    """
    from render.media import write_bytes

    write_bytes(path, _header(len(samples), rate) + samples)
    return Fraction(len(samples) // 2, rate)


def length(path: Path) -> Fraction | None:
    """How long a kept line lasts, in exact seconds; None where the file is missing, cut short or damaged."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER.size)
            size = file.seek(0, 2) - _HEADER.size
    except OSError:
        return None
    if size <= 0 or size % 2 or len(head) < _HEADER.size:
        return None
    rate = int.from_bytes(head[24:28], "little")
    return Fraction(size // 2, rate) if rate and head == _header(size, rate) else None


def _header(size: int, rate: int) -> bytes:
    riff = (b"RIFF", size + _HEADER.size - 8, b"WAVE")
    return _HEADER.pack(*riff, b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16, b"data", size)
