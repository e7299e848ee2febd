"""The film's sound: lines, music and effects in one pass of PCM, at one loudness, exactly as long as the picture."""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from render import media
from render.cut.edit import Edit, SoundFile
from storyboard.hashing import digest

RATE = 48_000
_VERSION = "1"
_CEILING_DB = -1.5  # true peaks stay under this, as EBU R 128 s1 asks of short programmes, with room for AAC
_SILENT = -60.0  # LUFS under which there is nothing to bring to a loudness


def samples_of(frames: int, rate: Fraction) -> int:
    """How many samples last as long as this many frames, to the nearest."""
    return round(Fraction(frames) * RATE / rate)


def sound_key(edit: Edit) -> str:
    """The content address of the film's sound. Reads the sound files. Raises DiskError."""
    hashes: dict[Path, str] = {}
    for path in [line.sound for line in edit.lines if line.sound] + [
        file.path for file in (*edit.music, *edit.effects)
    ]:
        if path not in hashes:
            hashes[path] = media.sha256_of(path)
    return digest(
        "sound",
        {
            "version": _VERSION,
            "encoder": media.ffmpeg_version(),
            "frames": edit.frames,
            "rate": str(edit.rate),
            "loudness": edit.loudness,
            "lines": [[hashes[line.sound], line.start, line.frames] for line in edit.lines if line.sound],
            "laid": [
                [hashes[file.path], file.model_dump(mode="json", exclude={"path"})]
                for file in (*edit.music, *edit.effects)
            ],
        },
    )


def make_sound(edit: Edit, path: Path) -> None:
    """Mix, level and encode the film's sound into ``path``, AAC in MP4. Raises MediaError or DiskError."""
    part, mixed = media.part_of(path), media.part_of(path.with_suffix(".pcm"))
    try:
        media.make_folder(path.parent)
        heard = _mix(edit, mixed)
        level = ["volume=0dB"]
        if heard and (loudness := loudness_of(mixed)) > _SILENT:
            level = _level(edit.loudness - loudness)
            # The limiter takes some of the loudness away again where peaks stand far out.
            if abs(missed := edit.loudness - loudness_of(mixed, level)) > 0.1:
                level = _level(edit.loudness - loudness + min(missed, 6.0))
        samples = samples_of(edit.frames, edit.rate)
        exact = [f"apad=whole_len={samples}", f"atrim=end_sample={samples}"]
        encode = ["-c:a", "aac", "-b:a", "192k", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "mp4"]
        media.run_ffmpeg([*_pcm(mixed), "-af", ",".join([*level, *exact]), *encode, *media.target(part)])
        media.commit(part, path)
    finally:
        media.drop(part)
        media.drop(mixed)


def _level(gain: float) -> list[str]:
    ceiling = f"{10 ** (_CEILING_DB / 20):.6f}"
    limiter = f"alimiter=level=0:limit={ceiling}:attack=5:release=60:latency=1"
    return [f"volume={gain:.3f}dB", limiter]


def _pcm(path: Path) -> list[str]:
    return media.source(path, "-f", "f32le", "-ar", str(RATE), "-ch_layout", "stereo")


def loudness_of(path: Path, filters: list[str] | None = None) -> float:
    """The integrated loudness of raw stereo float PCM in LUFS, by EBU R 128; -70 for silence."""
    measure = ["ebur128=metadata=1:framelog=quiet", "ametadata=print:key=lavfi.r128.I:file=-"]
    told = media.run_ffmpeg([*_pcm(path), "-af", ",".join([*(filters or []), *measure]), "-f", "null", "-"])
    values = [line.split(b"=")[1] for line in told.splitlines() if line.startswith(b"lavfi.r128.I=")]
    loudness = float(values[-1]) if values else -70.0
    return loudness if math.isfinite(loudness) else -70.0


def _mix(edit: Edit, path: Path) -> bool:
    """Write the mix as raw stereo float PCM; returns whether anything sounds in it."""
    import numpy as np

    total = max(1, samples_of(edit.frames, edit.rate))
    heard = False
    try:
        mix: Any = np.memmap(path, dtype=np.float32, mode="w+", shape=(total, 2))
        for line in edit.lines:
            if line.sound is not None:
                heard |= _add(mix, samples_of(line.start, edit.rate), media.read_sound(line.sound))
        for file in (*edit.music, *edit.effects):
            heard |= _add(mix, samples_of(file.start, edit.rate), _laid(file, edit, total))
        mix.flush()
        del mix
    except OSError as error:
        raise media.disk_or_media_error(error, "cannot mix the sound") from error
    return heard


def _add(mix: Any, start: int, sound: Iterator[Any]) -> bool:
    """Add chunks of ``float32[n, 2]`` one after another from sample ``start`` on; what runs over the end is cut."""
    heard = False
    for chunk in sound:
        room = mix[start : start + len(chunk)]
        room += chunk[: len(room)]
        heard = heard or bool(chunk.any())
        start += len(chunk)
        if start >= len(mix):
            break
    return heard


def _laid(file: SoundFile, edit: Edit, total: int) -> Iterator[Any]:
    """Music or an effect with its gain and fades. A fade out ends with the file, or with the film if that is first."""
    import numpy as np

    length = _length(file)
    room = total - samples_of(file.start, edit.rate)
    end = room if file.loop else min(length, room)
    gain = 10 ** (file.gain_db / 20)
    fade_in, fade_out = (float(fade) * RATE for fade in (file.fade_in, file.fade_out))
    at = 0
    while at < end:
        begun = at
        for chunk in media.read_sound(file.path):
            places = np.arange(at, at + len(chunk))
            curve = np.full(len(chunk), gain)
            if fade_in:
                curve *= np.clip(places / fade_in, 0, 1)
            if fade_out:
                curve *= np.clip((end - places) / fade_out, 0, 1)
            yield (chunk * curve[:, None]).astype(np.float32)
            at += len(chunk)
            if at >= end:
                return
        if not file.loop or at == begun:
            return


def _length(file: SoundFile) -> int:
    return sum(len(chunk) for chunk in media.read_sound(file.path))
