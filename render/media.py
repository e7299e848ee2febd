"""The only place that reads and writes video and sound files, and that starts ffmpeg.

Takes are lossless H.264 in RGB, in Matroska: the same frames give the same bytes, and come back exactly. (FFV1
compresses a drawn picture no better and takes three times as long to write and to read.) PyAV reads and writes
them in-process; everything else is ffmpeg, started with argument lists, without a terminal, and limited to
files and pipes.
"""

import contextlib
import functools
import hashlib
import itertools
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

import numpy as np

from storyboard.errors import DiskError, MediaError
from storyboard.frozen import Frozen

FULL = ("No space left on device", "File too large", "Disk quota exceeded")


class Written(Frozen):
    """A file that was written whole: its SHA-256 and its size."""

    sha256: str
    bytes: int


class Probe(Frozen):
    """What a media file holds. ``frames`` is counted from the container's own table where it has one."""

    width: int = 0
    height: int = 0
    frames: int = 0
    rate: Fraction = Fraction(0)
    seconds: Fraction = Fraction(0)
    audio: bool = False


def write_take(
    path: Path, frames: Iterable[np.ndarray], *, rate: Fraction, size: tuple[int, int], count: int
) -> Written:
    """Write exactly ``count`` frames, each ``uint8[H, W, 3]`` sRGB, without loss; whole or not at all.

    ``size`` is width and height in pixels. Raises MediaError for frames of another count, size or type, and
    DiskError when the disk refuses.
    """
    given = 0
    with VideoWriter(path, rate=rate, size=size, lossless=True) as video:
        for array in frames:
            if given == count:
                raise MediaError(f"the generator gave more than the {count} frames it was asked for.")
            video.add(array)
            given += 1
        if given != count:
            raise MediaError(f"the generator gave {given} frames, asked for {count}.")
        return video.close()


class VideoWriter:
    """A video that grows frame by frame, whole or not at all: leaving its block without ``close`` drops it.

    ``lossless``: RGB in Matroska, as takes are. Else MP4 that every player shows, 4:2:0 in BT.709, one edge doubled
    where a side is odd. ``size`` is width and height in pixels. The same frames give the same bytes.
    """

    def __init__(self, path: Path, *, rate: Fraction, size: tuple[int, int], lossless: bool) -> None:
        import av

        self.path, self.size, self.lossless, self.frames = path, size, lossless, 0
        self._part, self._rate = part_of(path), Fraction(rate)
        kind = "matroska" if lossless else "mp4"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._container = av.open(str(self._part), "w", format=kind, options={"fflags": "+bitexact"})
            self._stream: Any = self._container.add_stream("libx264rgb" if lossless else "libx264", rate=self._rate)
        except OSError as error:
            raise disk_or_media_error(error, f"cannot write {path.name}") from error
        width, height = size if lossless else (size[0] + size[0] % 2, size[1] + size[1] % 2)
        self._stream.width, self._stream.height = width, height
        context = self._stream.codec_context
        context.thread_count = 1  # with more, x264 gives other bytes from run to run
        context.flags |= 1 << 23  # AV_CODEC_FLAG_BITEXACT
        if lossless:
            self._stream.pix_fmt, context.options = "rgb24", {"preset": "ultrafast", "qp": "0", "g": "12"}
        else:
            # x264's macroblock tree reads memory that it has not written: other bytes for the same frames.
            quality = {"preset": "veryfast", "crf": "14", "x264-params": "mbtree=0"}
            self._stream.pix_fmt, context.options = "yuv420p", quality
            context.colorspace, context.color_range = 1, 1  # BT.709, 16 … 235
            context.color_primaries, context.color_trc = 1, 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._container.close()
        drop(self._part)

    def add(self, array: np.ndarray) -> None:
        """The next frame, uint8[H, W, 3] sRGB. Raises MediaError for another size or type, and DiskError."""
        import av

        width, height = self.size
        if array.dtype != np.uint8 or array.shape != (height, width, 3):
            what = f"frame {self.frames} is {array.dtype}{list(array.shape)}"
            raise MediaError(f"{what}, not uint8[{height}, {width}, 3].")
        if not self.lossless and (width % 2 or height % 2):
            array = np.pad(array, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(array), format="rgb24")
        if not self.lossless:
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        frame.pts, frame.time_base = self.frames, 1 / self._rate
        self._mux(frame)
        self.frames += 1

    def close(self) -> Written:
        """Finish the file and put it in its place. Raises MediaError or DiskError."""
        self._mux(None)
        try:
            self._container.close()
        except OSError as error:
            raise disk_or_media_error(error, f"cannot write {self.path.name}") from error
        return commit(self._part, self.path)

    def _mux(self, frame: Any) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except OSError as error:  # PyAV's own errors that come from the system are OSErrors too
            raise disk_or_media_error(error, f"cannot write {self.path.name}") from error


def part_of(path: Path) -> Path:
    """Where a file is written until it is whole; no other process writes there."""
    return path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident():x}.part")


def drop(part: Path) -> None:
    """Take away a part that did not become whole; one that did is no longer there."""
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Take away parts that a killed process left in a folder; those of a process that lives stay."""
    for part in folder.glob("*.part"):
        owner = part.name.split(".")[-3:-2]
        if owner and owner[0].isdecimal() and not _lives(int(owner[0])):
            drop(part)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is somebody else's, or no process's number at all
        return True
    return True


def make_folder(path: Path) -> None:
    """Make a folder and those above it. Raises DiskError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskError.from_os(error, "cannot make the folder") from error


def commit(part: Path, path: Path) -> Written:
    """Make a written ``.part`` file durable under its own name. Raises DiskError."""
    try:
        with part.open("r+b") as file:
            os.fsync(file.fileno())
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.seek(0, os.SEEK_END)
        part.replace(path)
        with contextlib.suppress(OSError):  # not every system opens folders
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise DiskError.from_os(error, "cannot write") from error
    return Written(sha256=sha256, bytes=size)


def disk_or_media_error(error: OSError, doing: str) -> DiskError | MediaError:
    """A fault of the system is the disk's; one of a codec or a container is the file's."""
    import av.error

    if type(error).__module__.startswith("av") and not isinstance(
        error, av.error.FileNotFoundError | av.error.PermissionError
    ):
        text = str(error)
        if any(words in text for words in FULL):
            return DiskError(f"{doing}: the disk is full. Free some space and run the same command again: it goes on.")
        return MediaError(f"{doing}: {text}.")
    return DiskError.from_os(error, doing)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[Any]:
    import av
    import av.error

    try:
        with av.open(str(path)) as container:
            yield container
    except av.error.FFmpegError as error:
        raise MediaError(f"cannot read {path}: {error.strerror or error}.") from error
    except OSError as error:
        raise DiskError.from_os(error, "cannot read") from error


def read_frames(path: Path, start: int = 0, count: int | None = None) -> Iterator[np.ndarray]:
    """Yield frames from ``start`` on, each ``uint8[H, W, 3]`` sRGB. Raises MediaError or DiskError."""
    end = None if count is None else start + count
    if count == 0:
        return
    with _reading(path) as container:
        stream = _video(container, path)
        stream.codec_context.thread_count = 1
        if start:
            container.seek(int(start / stream.average_rate / stream.time_base), stream=stream)
        for frame in container.decode(stream):
            index = round(frame.pts * stream.time_base * stream.average_rate)
            if index < start:
                continue
            if end is not None and index >= end:
                return
            yield frame.to_ndarray(format="rgb24")


def all_frames(path: Path) -> Iterator[np.ndarray]:
    """Yield every frame of a video that others made, in order and whatever its times say, ``uint8[H, W, 3]`` sRGB.

    Raises MediaError or DiskError.
    """
    for frame in _decoded(path):
        yield frame.to_ndarray(format="rgb24")


def measured(path: Path) -> tuple[int, int, int]:
    """Width, height and number of the frames that can be decoded. Raises MediaError, also where the size changes."""
    sizes: set[tuple[int, int]] = set()
    count = 0
    for frame in _decoded(path):
        sizes.add((frame.width, frame.height))
        count += 1
    if len(sizes) != 1:
        raise MediaError(f"cannot read {path}: {'frames of several sizes' if sizes else 'no frame'}.")
    return (*sizes.pop(), count)


def _decoded(path: Path) -> Iterator[Any]:
    with _reading(path) as container:
        stream = _video(container, path)
        stream.codec_context.thread_count = 1
        yield from container.decode(stream)


_FAR = 8  # frames: a seek lands at a cluster, and decodes from there


def read_at(path: Path, places: Sequence[int]) -> Iterator[np.ndarray]:
    """Yield the frames at these places, in rising order, seeking to those that are far ahead."""
    with _reading(path) as container:
        stream = _video(container, path)
        stream.codec_context.thread_count = 1
        frames: Iterator[Any] = iter(())
        at = -_FAR - 1
        for place in places:
            if not at < place <= at + _FAR:
                container.seek(int(place / stream.average_rate / stream.time_base), stream=stream)
                frames = container.decode(stream)
            for frame in frames:
                at = round(frame.pts * stream.time_base * stream.average_rate)
                if at >= place:
                    yield frame.to_ndarray(format="rgb24")
                    break
            else:
                return


def last_frame(path: Path) -> np.ndarray:
    """The last frame of a file, ``uint8[H, W, 3]`` sRGB."""
    found: np.ndarray | None = None
    for frame in read_frames(path, max(0, probe(path).frames - 2)):
        found = frame
    if found is None:
        raise MediaError(f"{path} holds no frame.")
    return found


def _video(container: Any, path: Path) -> Any:
    if not container.streams.video:
        raise MediaError(f"{path} holds no video.")
    return container.streams.video[0]


def probe(path: Path) -> Probe:
    """What a media file holds, from its header. Raises MediaError or DiskError."""
    with _reading(path) as container:
        seconds = Fraction(container.duration or 0, 1_000_000)
        audio = bool(container.streams.audio)
        if not container.streams.video:
            return Probe(seconds=seconds, audio=audio)
        stream = container.streams.video[0]
        rate = Fraction(stream.average_rate or 0)
        frames = stream.frames or round(seconds * rate)
        return Probe(
            width=stream.codec_context.width,
            height=stream.codec_context.height,
            frames=frames,
            rate=rate,
            seconds=seconds,
            audio=audio,
        )


def write_image(path: Path, frame: np.ndarray) -> None:
    """Write ``uint8[H, W, 3]`` sRGB as PNG or JPEG, by the suffix; whole or not at all. Raises DiskError."""
    from PIL import Image

    part = part_of(path)
    try:
        make_folder(path.parent)
        Image.fromarray(frame).save(part, format="JPEG" if path.suffix.lower() in (".jpg", ".jpeg") else "PNG")
        commit(part, path)
    except OSError as error:
        raise DiskError.from_os(error, "cannot write") from error
    finally:
        drop(part)


def small_picture(frame: np.ndarray, wide: int) -> bytes:
    """``uint8[H, W, 3]`` sRGB as WebP, at most ``wide`` pixels across."""
    from io import BytesIO

    from PIL import Image

    picture = Image.fromarray(frame)
    if picture.width > wide:
        picture = picture.resize((wide, max(1, round(picture.height * wide / picture.width))), Image.Resampling.BOX)
    out = BytesIO()
    picture.save(out, format="WEBP", quality=62, method=2)
    return out.getvalue()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises DiskError."""
    part = part_of(path)
    try:
        make_folder(path.parent)
        part.write_bytes(content)
        commit(part, path)
    except OSError as error:
        raise DiskError.from_os(error, "cannot write") from error
    finally:
        drop(part)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises DiskError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DiskError.from_os(error, "cannot read") from error


def read_sound(path: Path, rate: int = 48_000) -> Iterator[np.ndarray]:
    """Yield the sound of a file as ``float32[n, 2]`` at ``rate`` samples a second; mono stands on both sides.

    Raises MediaError or DiskError.
    """
    import av

    with _reading(path) as container:
        if not container.streams.audio:
            raise MediaError(f"{path} holds no sound.")
        resampler = av.AudioResampler(format="flt", layout="stereo", rate=rate)
        for frame in itertools.chain(container.decode(container.streams.audio[0]), [None]):
            for piece in resampler.resample(frame):
                yield piece.to_ndarray().reshape(-1, 2)


@functools.cache
def ffmpeg_path() -> str:
    """The ffmpeg binary that is used: IMAGEIO_FFMPEG_EXE, or the one that imageio-ffmpeg ships."""
    import imageio_ffmpeg

    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise MediaError(f"no ffmpeg found: {error}. Install imageio-ffmpeg again.") from error


@functools.cache
def ffmpeg_version() -> str:
    """The first words of ``ffmpeg -version``: part of the keys of everything that ffmpeg makes."""
    told = _run([ffmpeg_path(), "-version"], None).decode(errors="replace")
    found = re.search(r"ffmpeg version (\S+)", told)
    return f"ffmpeg {found[1]}" if found else told.split("\n", 1)[0]


def run_ffmpeg(arguments: Sequence[str], *, feed: bytes | None = None) -> bytes:
    """Run ffmpeg with these arguments (inputs, filters, outputs); returns what it wrote to standard output.

    Inputs are limited to files and pipes. Raises DiskError when the disk is full, else MediaError with the
    cause that ffmpeg named first.
    """
    head = [ffmpeg_path(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"]
    return _run([*head, *arguments], feed)


def source(path: Path | str, *options: str) -> list[str]:
    """An input file for ``run_ffmpeg``: nothing but files and pipes may be opened through it."""
    return [*options, "-protocol_whitelist", "file,pipe", "-i", f"file:{path}"]


def target(path: Path, *options: str) -> list[str]:
    """An output file for ``run_ffmpeg``."""
    return [*options, f"file:{path}"]


def _run(command: list[str], feed: bytes | None) -> bytes:
    try:
        done = subprocess.run(command, input=feed, capture_output=True, check=False)
    except OSError as error:
        raise DiskError.from_os(error, "cannot start ffmpeg") from error
    if done.returncode == -getattr(signal, "SIGXFSZ", 0):  # a limit on file sizes kills without a word
        raise ffmpeg_error(FULL[1])
    if done.returncode:
        raise ffmpeg_error(done.stderr.decode(errors="replace"))
    return done.stdout


def ffmpeg_error(told: str) -> DiskError | MediaError:
    """The error of a failed run: the cause stands in the first lines of what ffmpeg said."""
    if any(words in told for words in FULL):
        return DiskError("the disk is full. Free some space and run the same command again: it goes on.")
    lines = [line for line in told.splitlines() if line.strip()]
    return MediaError(f"ffmpeg: {'; '.join(lines[:3]) or 'ended without a word'}.")


def browser_video(files: Sequence[Path]) -> bytes:
    """H.264 in MP4, small enough for a page, of a take's files one after another."""
    graph = f"{_joined(files)},format=yuv420p[v]"
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-threads", "1"]
    flags = ["-movflags", "frag_keyframe+empty_moov", "-fflags", "+bitexact"]
    return run_ffmpeg(
        [*_inputs(files), "-filter_complex", graph, "-map", "[v]", *encode, *flags, "-f", "mp4", "pipe:1"]
    )


def compared_video(one: Sequence[Path], other: Sequence[Path], *, wide: int) -> bytes:
    """Two takes and three times their difference, beside each other and in step, each at most ``wide`` pixels across.

    As long as the shorter one, at the size of the first; H.264 in MP4. Raises MediaError.
    """
    first = probe(one[0])
    width = min(wide, first.width) // 2 * 2
    size = f"scale={width}:{max(2, round(first.height * width / first.width / 2) * 2)}:flags=area,format=gbrp"
    graph = (
        f"{_joined(one)},{size},split[a][c];{_joined(other, len(one))},{size},split[b][d];"
        "[c][d]blend=all_mode=difference:shortest=1,lutrgb=r='min(3*val,255)':g='min(3*val,255)':b='min(3*val,255)'[e];"
        "[a][b][e]hstack=inputs=3:shortest=1,format=yuv420p[v]"
    )
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "1"]
    flags = ["-movflags", "frag_keyframe+empty_moov", "-fflags", "+bitexact", "-f", "mp4"]
    inputs = [*_inputs(one), *_inputs(other)]
    return run_ffmpeg([*inputs, "-filter_complex", graph, "-map", "[v]", *encode, *flags, "pipe:1"])


def write_proxy(path: Path, files: Sequence[Path], *, wide: int) -> Written:
    """H.264 in MP4 of a take's files one after another, at most ``wide`` pixels across, quick to make and to seek in.

    Whole or not at all. Raises MediaError or DiskError.
    """
    size = f"scale=w='min({wide},iw)':h=-2:flags=area:out_color_matrix=bt709:out_range=tv"
    colours = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
    graph = f"{_joined(files)},{size},format=yuv420p,setsar=1,{colours}[v]"
    encode = ["-c:v", "libx264", "-preset", "superfast", "-crf", "26", "-g", "12", "-threads", "1"]
    flags = ["-x264-params", "mbtree=0", "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
    part = part_of(path)
    try:
        make_folder(path.parent)
        out = target(part, "-map", "[v]", *encode, *flags, "-f", "mp4")
        run_ffmpeg([*_inputs(files), "-filter_complex_threads", "1", "-filter_complex", graph, *out])
        return commit(part, path)
    finally:
        drop(part)


def _inputs(files: Sequence[Path]) -> list[str]:
    return [part for path in files for part in source(path, "-threads", "1")]


def _joined(files: Sequence[Path], first: int = 0) -> str:
    """The beginning of a filter graph: the pictures of these inputs, one after another."""
    return "".join(f"[{index}:v]" for index in range(first, first + len(files))) + f"concat=n={len(files)}:v=1:a=0"
