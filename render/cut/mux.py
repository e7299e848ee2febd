"""Picture, sound, subtitles and chapters into one MP4, by copying what is encoded already."""

from pathlib import Path

from render import media
from render.cut.edit import Edit


def chapters(edit: Edit) -> str:
    """A chapter for each scene, as ffmpeg's metadata text; times are frames."""
    rate = edit.rate
    rows = [";FFMETADATA1", f"title={_plain(edit.title)}"]
    marks: list[tuple[int, str]] = []
    now, scene = 0, None
    for clip in edit.clips:
        if clip.scene != scene:
            scene = clip.scene
            marks.append((now, f"{clip.scene} {clip.heading}".strip()))
        now += clip.frames
    ends = [start for start, _ in marks[1:]] + [edit.frames]
    for (start, title), end in zip(marks, ends, strict=True):
        rows += [
            "[CHAPTER]",
            f"TIMEBASE={rate.denominator}/{rate.numerator}",
            f"START={start}",
            f"END={end}",
            f"title={_plain(title)}",
        ]
    return "\n".join(rows) + "\n"


def _plain(text: str) -> str:
    """Text as a value of ffmpeg's metadata: what has a meaning there is escaped."""
    text = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "=;#\\" else letter for letter in text)


def mux(picture: Path, sound: Path, srt: Path, about: Path, path: Path) -> None:
    """Write the film to ``path`` without encoding anything but text. Raises MediaError or DiskError."""
    has_text = srt.stat().st_size > 0
    inputs = [*media.source(picture), *media.source(sound), *media.source(about, "-f", "ffmetadata")]
    maps = ["-map", "0:v:0", "-map", "1:a:0", "-map_metadata", "2", "-map_chapters", "2"]
    text: list[str] = []
    if has_text:
        inputs += media.source(srt, "-f", "srt")
        maps += ["-map", "3:s:0"]
        text = ["-c:s", "mov_text", "-metadata:s:s:0", "title=Dialogue", "-disposition:s:0", "0"]
    copy = ["-c:v", "copy", "-c:a", "copy", *text, "-fflags", "+bitexact", "-movflags", "+faststart"]
    media.run_ffmpeg([*inputs, *maps, *copy, *media.target(path, "-f", "mp4")])
