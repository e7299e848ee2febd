"""How long a film takes to cut, against one ffmpeg filter graph that makes the same film, in the same run.

Both get the same takes and lines: every fourth joint a dissolve, the rest hard cuts, one spoken line a shot. The
graph decodes, conforms, concatenates, cross-fades, mixes and encodes at once, with as many threads as it likes; it
levels nothing and writes no subtitles, chapters or timeline. Run it from the repository: python benchmarks/cut.py
[--quick]
"""

import math
import shutil
import struct
import tempfile
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import common
import numpy as np
from common import Seconds, seconds_of

from director.farm import core_count
from render import media
from render.cut.assemble import assemble
from render.cut.edit import Clip, Edit, SpokenLine
from storyboard.screenplay import TransitionKind
from storyboard.shot import Joint

WIDTH, HEIGHT, RATE = 848, 480, Fraction(24)
FRAMES, HANDLE, DISSOLVE = 72, 12, 24
TAKES = 6  # distinct files; every clip has a key of its own, so each is conformed by itself
GRAPH = "one ffmpeg filter graph"
SOUND_RATE = 22_050  # samples a second of a scratch voice


def pictures(number: int) -> Iterator[np.ndarray]:
    """Frames of a take, ``uint8[H, W, 3]``: flat areas with edges that move, as a drawn picture has."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    for frame in range(FRAMES + 2 * HANDLE):
        near = (columns + 3 * frame) // 90 + rows // 120 + number
        far = (columns + frame) // 160
        yield np.stack([near * 37 % 200, (near + far) * 53 % 220, far * 71 % 240], axis=-1).astype(np.uint8)


def write_line(path: Path, number: int) -> None:
    """A mono WAV of two seconds: a tone that swells, in place of a voice."""
    count = 2 * SOUND_RATE
    tone = (
        math.sin(at * (600 + 40 * number) / SOUND_RATE * math.tau) * math.sin(at / count * math.pi)
        for at in range(count)
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE)
        file.writeframes(b"".join(struct.pack("<h", round(9000 * value)) for value in tone))


def build_edit(folder: Path, count: int) -> Edit:
    """An edit of ``count`` clips, its takes and lines written into ``folder``."""
    for number in range(TAKES):
        media.write_take(
            folder / f"{number}.mkv", pictures(number), rate=RATE, size=(WIDTH, HEIGHT), count=FRAMES + 2 * HANDLE
        )
        write_line(folder / f"{number}.wav", number)
    clips: list[Clip] = []
    lines: list[SpokenLine] = []
    for index in range(count):
        dissolves = index % 4 == 3 and index < count - 1
        clips.append(
            Clip(
                shot=f"{index // 4 + 1}{'ABCD'[index % 4]}",
                key=f"{index:064x}",
                segments=(folder / f"{index % TAKES}.mkv",),
                segment_frames=(FRAMES + 2 * HANDLE,),
                head=HANDLE,
                frames=FRAMES,
                scene=str(index // 4 + 1),
                heading=f"INT. ROOM {index // 4 + 1} - DAY",
                joint_out=Joint(kind=TransitionKind.DISSOLVE, frames=DISSOLVE) if dissolves else Joint(),
            )
        )
        lines.append(
            SpokenLine(
                character="MARA",
                text=f"Line {index}.",
                start=index * FRAMES + 6,
                frames=48,
                sound=folder / f"{index % TAKES}.wav",
            )
        )
    return Edit(title="Cut", width=WIDTH, height=HEIGHT, rate=RATE, clips=tuple(clips), lines=tuple(lines))


def graph(edit: Edit, out: Path) -> None:
    """The same film out of one filter graph."""
    inputs: list[str] = []
    filters: list[str] = []
    groups: list[tuple[list[str], int]] = [([], 0)]
    for index, clip in enumerate(edit.clips):
        inputs += media.source(clip.segments[0])
        before = DISSOLVE // 2 if index and edit.clips[index - 1].joint_out.frames else 0
        after = DISSOLVE // 2 if clip.joint_out.frames else 0
        first, last = clip.head - before, clip.head + clip.frames + after
        filters.append(
            f"[{index}:v]trim=start_frame={first}:end_frame={last},setpts=PTS-STARTPTS,"
            f"scale=w={WIDTH}:h={HEIGHT}:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1[v{index}]"
        )
        names, frames = groups[-1]
        groups[-1] = ([*names, f"[v{index}]"], frames + clip.frames)
        if after:
            groups.append(([], 0))
    for number, (names, _) in enumerate(groups):
        filters.append(f"{''.join(names)}concat=n={len(names)}:v=1:a=0,settb=1/{RATE},fps={RATE}[g{number}]")
    picture, now = "[g0]", 0
    for number, (_, frames) in enumerate(groups[:-1], 1):
        now += frames
        offset = float((now - DISSOLVE // 2) / RATE)
        fade = f"xfade=transition=fade:duration={float(DISSOLVE / RATE)}:offset={offset:.9f}"
        filters.append(f"{picture}[g{number}]{fade}[x{number}]")
        picture = f"[x{number}]"
    for index, line in enumerate(edit.lines):
        assert line.sound is not None
        inputs += media.source(line.sound)
        delay = round(line.start / RATE * 1000)
        place = index + len(edit.clips)
        filters.append(f"[{place}:a]aresample=48000,adelay={delay}:all=1,aformat=channel_layouts=stereo[s{index}]")
    heard = "".join(f"[s{index}]" for index in range(len(edit.lines)))
    length = round(edit.frames / RATE * 48_000)
    filters.append(
        f"{heard}amix=inputs={len(edit.lines)}:normalize=0,apad=whole_len={length},atrim=end_sample={length}[a]"
    )
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-c:a", "aac", "-b:a", "192k"]
    maps = ["-filter_complex", ";".join(filters), "-map", picture, "-map", "[a]"]
    media.run_ffmpeg([*inputs, *maps, *encode, *media.target(out)])
    if (frames := media.probe(out).frames) != edit.frames:
        raise SystemExit(f"the graph made {frames} frames, not {edit.frames}: the comparison is not fair.")


def main() -> None:
    """Print what a first cut costs, and what each later one does."""
    quick = common.quick(__doc__)
    count, rounds = (9, 1) if quick else (60, 3)
    common.heading("imageio-ffmpeg", "av")
    print(media.ffmpeg_version())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        edit = build_edit(folder, count)
        out, cache = folder / "cut", folder / "cache"

        def cut(changed: Edit) -> Seconds:
            return seconds_of(lambda: assemble(changed, out, cache, workers=core_count()))

        def cold() -> Seconds:
            shutil.rmtree(cache, ignore_errors=True)
            return cut(edit)

        def one_changed() -> Seconds:
            shutil.rmtree(cache, ignore_errors=True)
            assemble(edit, out, cache, workers=core_count())
            middle = count // 2
            clips = [
                clip.model_copy(update={"key": "f" * 64}) if place == middle else clip
                for place, clip in enumerate(edit.clips)
            ]
            return cut(edit.model_copy(update={"clips": tuple(clips)}))

        def renamed() -> Seconds:
            assemble(edit, out, cache, workers=core_count())
            return cut(edit.model_copy(update={"title": "Another title"}))

        def nothing() -> Seconds:
            assemble(edit, out, cache, workers=core_count())
            return cut(edit)

        runs: dict[str, Callable[[], Seconds]] = {
            GRAPH: lambda: seconds_of(lambda: graph(edit, folder / "graph.mp4")),
            "assemble, the first time": cold,
            "assemble, one take changed": one_changed,
            "assemble, every piece standing": renamed,
            "assemble, nothing changed": nothing,
        }
        joints = sum(clip.joint_out.frames > 0 for clip in edit.clips)
        about = (
            f"{count} clips of {FRAMES} frames, {WIDTH}×{HEIGHT}, {RATE} frames/s, {joints} dissolves, {count} lines"
        )
        common.table(about, common.take_turns(runs, rounds), against=GRAPH)


if __name__ == "__main__":
    main()
