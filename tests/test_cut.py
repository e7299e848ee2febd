"""The cut: bodies and joints, sound and text, from takes of plain colours whose every frame is known."""

import itertools
import json
import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.cut.assemble import NAMES, assemble
from render.cut.edit import Clip, Edit, SoundFile, SpokenLine
from render.cut.film_json import film_json, shares
from render.cut.picture import encoder
from render.cut.pieces import pieces_of
from render.cut.sound import RATE, loudness_of, samples_of
from render.cut.subtitles import Subtitle, subtitles, to_srt
from render.media import read_sound, run_ffmpeg, source, target, write_take
from storyboard.screenplay import TransitionKind as Kind
from storyboard.shot import Joint

SIZE = (64, 36)
RED, GREEN, BLUE = (200, 30, 30), (30, 180, 30), (30, 30, 200)


def take(
    path: Path, colour: tuple[int, int, int], frames: int, *, rate: int = 24, size: tuple[int, int] = SIZE
) -> Path:
    """A take of one colour with a white bar that moves a pixel a frame: frame k has it at column k."""

    def pictures() -> Iterator[np.ndarray]:
        for index in range(frames):
            picture = np.full((size[1], size[0], 3), colour, np.uint8)
            picture[:6, index % size[0]] = 255
            yield picture

    write_take(path, pictures(), rate=Fraction(rate), size=size, count=frames)
    return path


def clip(path: Path, name: str, frames: int = 24, *, available: int = 36, head: int = 6, **more: object) -> Clip:
    return Clip(
        shot=name,
        key=f"key-{path.stem}",
        segments=(path,),
        segment_frames=(available,),
        head=head,
        frames=frames,
        scene=name[0],
        heading=f"INT. PLACE {name[0]} - DAY",
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def takes(tmp_path: Path) -> dict[str, Path]:
    """Three takes of 36 frames: 24 for the film, and a handle of 6 at either end."""
    colours = {"red": RED, "green": GREEN, "blue": BLUE}
    return {name: take(tmp_path / "takes" / f"{name}.mkv", colour, 36) for name, colour in colours.items()}


def an_edit(*clips: Clip, rate: Fraction = Fraction(24), **more: object) -> Edit:
    return Edit(title="A film", width=SIZE[0], height=SIZE[1], rate=rate, clips=clips, **more)  # type: ignore[arg-type]


def pictures(film: Path) -> list[np.ndarray]:
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def middle(picture: np.ndarray) -> np.ndarray:
    """The colour of the lower half, where no bar is."""
    return picture[14:32, 8:56].reshape(-1, 3).mean(axis=0)


def bar(picture: np.ndarray) -> int:
    """At which column the white bar stands, to the pixel or two that 4:2:0 leaves."""
    return int(picture[:6].astype(int).sum(axis=(0, 2)).argmax())


def near(seen: np.ndarray, wanted: tuple[int, int, int], by: float = 6.0) -> bool:
    return bool(np.abs(seen - np.array(wanted)).max() <= by)


def joined(kind: Kind, frames: int) -> Joint:
    return Joint(kind=kind, frames=frames)


def test_hard_cuts_use_the_frames_between_the_handles(takes: dict[str, Path], tmp_path: Path) -> None:
    """Each shot shows frames 6 to 29 of its take, and the film is their sum."""
    edit = an_edit(clip(takes["red"], "1A"), clip(takes["green"], "1B"), clip(takes["blue"], "2A"))
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert len(seen) == 72
    for index, picture in enumerate(seen):
        assert near(middle(picture), (RED, GREEN, BLUE)[index // 24])
        assert abs(bar(picture) - (6 + index % 24)) <= 2


def test_picture_and_sound_end_on_the_same_frame(takes: dict[str, Path], tmp_path: Path) -> None:
    """Both tracks last exactly as long as the frames; every frame has its time; all colour fields are set."""
    for number, rate in enumerate((Fraction(24), Fraction(24000, 1001), Fraction(25), Fraction(30))):
        edit = an_edit(clip(takes["red"], "1A"), clip(takes["green"], "1B", 23), rate=rate)
        film = assemble(edit, tmp_path / f"cut{number}", tmp_path / "cache").film
        with av.open(str(film)) as container:
            picture, sound = container.streams.video[0], container.streams.audio[0]
            assert picture.frames == 47
            assert picture.duration is not None
            assert picture.time_base is not None
            assert picture.duration * picture.time_base == 47 / rate
            assert sound.duration is not None
            assert sound.time_base is not None
            assert abs(sound.duration * sound.time_base - 47 / rate) <= Fraction(1, RATE)
            assert sound.rate == RATE
            context = picture.codec_context
            assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (1, 1, 1, 1)
            assert context.pix_fmt == "yuv420p"
            assert context.sample_aspect_ratio == 1
            times = [frame.pts for frame in container.decode(video=0)]
            steps = {after - before for before, after in itertools.pairwise(times)}  # type: ignore[operator]
            assert len(steps) == 1
            assert times[0] == 0


def test_a_dissolve_is_centred_and_takes_handles(takes: dict[str, Path], tmp_path: Path) -> None:
    """Over 8 frames around the cut each frame shows more of the next shot; the length does not change."""
    edit = an_edit(clip(takes["red"], "1A", joint_out=joined(Kind.DISSOLVE, 8)), clip(takes["green"], "1B"))
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert len(seen) == 48
    red = [float(middle(picture)[0]) for picture in seen]
    assert all(near(middle(seen[index]), RED) for index in range(20))
    assert all(near(middle(seen[index]), GREEN) for index in range(28, 48))
    across = red[19:29]
    assert across == sorted(across, reverse=True)
    assert len({round(value) for value in across[1:-1]}) == 8
    assert abs((red[23] + red[24]) / 2 - (RED[0] + GREEN[0]) / 2) < 8
    assert [share.model_dump() for share in shares(edit)] == [{"start": 0, "frames": 28}, {"start": 20, "frames": 28}]


@pytest.mark.parametrize(
    ("kind", "last"), [(Kind.FADE_OUT, (0, 0, 0)), (Kind.FADE_TO_WHITE, (255, 255, 255)), (Kind.IRIS_OUT, (0, 0, 0))]
)
def test_a_film_ends_in_black_or_white(
    kind: Kind, last: tuple[int, int, int], takes: dict[str, Path], tmp_path: Path
) -> None:
    """The last frame of a fade or an iris out is all black or white, the first before it untouched."""
    edit = an_edit(clip(takes["red"], "1A", joint_out=joined(kind, 10)))
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert len(seen) == 24
    assert near(middle(seen[13]), RED)
    assert near(seen[23].reshape(-1, 3).mean(axis=0), last, 3)
    assert not near(seen[18].reshape(-1, 3).mean(axis=0), RED, 12)


@pytest.mark.parametrize("kind", [Kind.FADE_IN, Kind.IRIS_IN])
def test_a_film_begins_in_black(kind: Kind, takes: dict[str, Path], tmp_path: Path) -> None:
    """The first frame of a fade or an iris in is black, and after it the shot is whole."""
    edit = an_edit(clip(takes["red"], "1A", joint_in=joined(kind, 10)))
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert len(seen) == 24
    assert near(seen[0].reshape(-1, 3).mean(axis=0), (0, 0, 0), 3)
    assert near(middle(seen[10]), RED)
    assert all(abs(bar(seen[index]) - (6 + index)) <= 2 for index in range(10, 24))


def test_a_fade_between_shots_goes_through_black(takes: dict[str, Path], tmp_path: Path) -> None:
    """FADE TO: is out and in again, half of its frames each, and CUT TO BLACK is black at once."""
    edit = an_edit(
        clip(takes["red"], "1A", joint_out=joined(Kind.FADE, 12)),
        clip(takes["green"], "1B", joint_out=joined(Kind.CUT_TO_BLACK, 5)),
        clip(takes["blue"], "1C"),
    )
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert len(seen) == 72
    assert near(middle(seen[17]), RED)
    assert near(middle(seen[23]), (0, 0, 0), 3)
    assert near(middle(seen[24]), (0, 0, 0), 3)
    assert near(middle(seen[30]), GREEN)
    assert near(middle(seen[42]), GREEN)
    assert all(near(middle(seen[index]), (0, 0, 0), 2) for index in range(43, 48))
    assert near(middle(seen[48]), BLUE)


def test_a_wipe_goes_from_left_to_right(takes: dict[str, Path], tmp_path: Path) -> None:
    """Half-way through a wipe the left shows the next shot and the right the one before."""
    edit = an_edit(clip(takes["red"], "1A", joint_out=joined(Kind.WIPE, 9)), clip(takes["green"], "1B"))
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    half = seen[24]
    assert near(half[16:34, 2:20].reshape(-1, 3).mean(axis=0), GREEN, 10)
    assert near(half[16:34, 44:62].reshape(-1, 3).mean(axis=0), RED, 10)


def test_a_missing_handle_holds_the_edge(tmp_path: Path) -> None:
    """A dissolve out of takes without handles shows their last and first frame for longer, and has all its frames."""
    paths = [take(tmp_path / f"{name}.mkv", colour, 24) for name, colour in (("red", RED), ("green", GREEN))]
    edit = an_edit(
        clip(paths[0], "1A", available=24, head=0, joint_out=joined(Kind.DISSOLVE, 8)),
        clip(paths[1], "1B", available=24, head=0),
    )
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert len(seen) == 48
    assert near(middle(seen[19]), RED)
    assert near(middle(seen[28]), GREEN)


def test_takes_of_other_rates_and_sizes_are_conformed(tmp_path: Path) -> None:
    """A take at 12 frames a second and twice as wide lasts as long as it should, with bars and not squeezed."""
    wide = take(tmp_path / "wide.mkv", RED, 24, rate=12, size=(128, 36))
    edit = an_edit(clip(wide, "1A", 40, available=48, head=4))
    seen = pictures(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert len(seen) == 40
    assert near(seen[20][14:22, 8:56].reshape(-1, 3).mean(axis=0), RED, 10)
    assert near(seen[20][0:6].reshape(-1, 3).mean(axis=0), (0, 0, 0), 4)
    assert near(seen[20][30:].reshape(-1, 3).mean(axis=0), (0, 0, 0), 4)


def test_segments_are_one_take(tmp_path: Path) -> None:
    """A take in two files is cut as one, also in the middle of a window."""
    paths = tuple(take(tmp_path / f"{name}.mkv", RED if name == "a" else GREEN, 18) for name in "ab")
    one = clip(paths[0], "1A").model_copy(update={"segments": paths, "segment_frames": (18, 18)})
    seen = pictures(assemble(an_edit(one), tmp_path / "cut", tmp_path / "cache").film)
    assert [near(middle(picture), RED) for picture in seen] == [True] * 12 + [False] * 12


def test_the_same_edit_is_the_same_film(takes: dict[str, Path], tmp_path: Path) -> None:
    """With one worker or three, out of the cache or anew, all four files have the same bytes."""
    edit = an_edit(
        clip(takes["red"], "1A", joint_in=joined(Kind.FADE_IN, 6), joint_out=joined(Kind.DISSOLVE, 8)),
        clip(takes["green"], "1B", joint_out=joined(Kind.WIPE, 5)),
        clip(takes["blue"], "2A", joint_out=joined(Kind.FADE_OUT, 6)),
        lines=(SpokenLine(character="MARA", text="You are late.", start=10, frames=20),),
    )
    films = [
        assemble(edit, tmp_path / "cut", tmp_path / cache, workers=workers)
        for cache, workers in (("one", 1), ("three", 3), ("one", 2))
    ]
    assert films[0].film.exists()
    kept = [(tmp_path / "cut" / name).read_bytes() for name in NAMES]
    for cache, workers in (("four", 1), ("five", 2)):
        assemble(edit, tmp_path / "again" / cache, tmp_path / cache, workers=workers)
        assert [(tmp_path / "again" / cache / name).read_bytes() for name in NAMES] == kept


def test_nothing_is_made_twice(takes: dict[str, Path], tmp_path: Path) -> None:
    """A cut that stands is not touched; after a change only the pieces beside it are made."""
    cache = tmp_path / "cache"
    clips = [clip(takes[name], f"1{slate}") for name, slate in (("red", "A"), ("green", "B"), ("blue", "C"))]
    made = assemble(an_edit(*clips), tmp_path / "cut", cache)
    assert made.fresh
    times = {path: path.stat().st_mtime_ns for path in (cache / "pieces").rglob("*.mp4")}
    stamp = made.film.stat().st_mtime_ns
    assert not assemble(an_edit(*clips), tmp_path / "cut", cache).fresh
    assert made.film.stat().st_mtime_ns == stamp
    changed = [clips[0], clips[1].model_copy(update={"head": 4}), clips[2]]
    assert assemble(an_edit(*changed), tmp_path / "cut", cache).fresh
    after = {path: path.stat().st_mtime_ns for path in (cache / "pieces").rglob("*.mp4")}
    assert len(after) == len(times) + 1
    assert {path: after[path] for path in times} == times
    made.film.write_bytes(b"somebody wrote over it")
    assert assemble(an_edit(*changed), tmp_path / "cut", cache).fresh
    assert len(pictures(made.film)) == 72
    assert not list(tmp_path.rglob("*.part"))


# Sound


def tone(path: Path, seconds: float, level: float = 0.25, hertz: int = 440) -> Path:
    """A mono WAV of a tone."""
    count = round(22_050 * seconds)
    samples = (np.sin(np.arange(count) * 2 * np.pi * hertz / 22_050) * level * 32_767).astype("<i2")
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(samples.tobytes())
    return path


def heard(film: Path) -> np.ndarray:
    return np.concatenate(list(read_sound(film)))


def loud(sound: np.ndarray, start: float, end: float) -> float:
    """The root mean square between two times in seconds."""
    stretch = sound[round(start * RATE) : round(end * RATE)]
    return float(np.sqrt((stretch**2).mean()))


def test_a_line_sounds_where_it_is_said(takes: dict[str, Path], tmp_path: Path) -> None:
    """Silence before frame 12 of the film, the voice from there on, on both sides, to within 5 ms."""
    line = SpokenLine(character="MARA", text="Ah.", start=12, frames=12, sound=tone(tmp_path / "a.wav", 0.5))
    edit = an_edit(clip(takes["red"], "1A"), clip(takes["green"], "1B"), lines=(line,))
    sound = heard(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    assert loud(sound, 0.0, 0.47) < 0.01
    assert loud(sound, 0.52, 0.98) > 0.05
    assert loud(sound, 1.05, 1.9) < 0.01
    onset = int(np.argmax(np.abs(sound[:, 0]) > 0.05)) / RATE
    assert abs(onset - 0.5) < 0.005
    assert np.allclose(sound[:, 0], sound[:, 1], atol=0.02)


@pytest.mark.parametrize("level", [0.02, 0.9])
def test_the_film_has_the_loudness_that_was_asked_for(level: float, tmp_path: Path) -> None:
    """Quiet or loud, what comes out is within 1 LU of the aim, and no sample clips."""
    path = take(tmp_path / "long.mkv", RED, 120)
    voice = tone(tmp_path / "voice.wav", 4.0, level)
    line = SpokenLine(character="MARA", text="Aaah.", start=0, frames=96, sound=voice)
    edit = an_edit(clip(path, "1A", 120, available=120, head=0), lines=(line,), loudness=-20.0)
    film = assemble(edit, tmp_path / "cut", tmp_path / "cache").film
    raw = tmp_path / "film.pcm"
    run_ffmpeg([*source(film), "-f", "f32le", "-ac", "2", "-ar", str(RATE), *target(raw)])
    assert abs(loudness_of(raw) - -20.0) <= 1.0
    assert np.abs(heard(film)).max() < 1.0


def test_music_has_its_gain_its_fades_and_its_end(tmp_path: Path) -> None:
    """Looped music lies under the whole film, fades in and out, and ends with the picture."""
    path = take(tmp_path / "long.mkv", RED, 96)
    theme = SoundFile(
        path=tone(tmp_path / "theme.wav", 1.5), start=0, fade_in=Fraction(1), fade_out=Fraction(1), loop=True
    )
    edit = an_edit(clip(path, "1A", 96, available=96, head=0), music=(theme,))
    sound = heard(assemble(edit, tmp_path / "cut", tmp_path / "cache").film)
    whole = loud(sound, 1.6, 2.4)
    assert loud(sound, 0.0, 0.1) < 0.2 * whole
    assert 0.3 * whole < loud(sound, 0.45, 0.55) < 0.7 * whole
    assert loud(sound, 3.9, 4.0) < 0.2 * whole
    assert abs(len(sound) - samples_of(96, Fraction(24))) <= 1024


def test_two_edits_of_one_sound_share_it(takes: dict[str, Path], tmp_path: Path) -> None:
    """The sound is mixed again only when something that sounds has changed."""
    line = SpokenLine(character="MARA", text="Ah.", start=12, frames=12, sound=tone(tmp_path / "a.wav", 0.5))
    for colour in ("red", "green"):
        assemble(an_edit(clip(takes[colour], "1A"), lines=(line,)), tmp_path / "cut", tmp_path / "cache")
    assert len(list((tmp_path / "cache" / "sound").glob("*.m4a"))) == 1


# Text


def test_subtitles_chapters_and_title_are_in_the_film(takes: dict[str, Path], tmp_path: Path) -> None:
    """The MP4 has a track of subtitles, a chapter for each scene, and the film's title, whatever letters they hold."""
    line = SpokenLine(character="ÉMILIE", text="Добро; {пожаловать} = #1 \\ <ok>", start=4, frames=12)
    edit = an_edit(
        clip(takes["red"], "1A"), clip(takes["green"], "1B"), clip(takes["blue"], "2A"), lines=(line,)
    ).model_copy(update={"title": "A = B; #1 \\ “Ж”\nX"})
    made = assemble(edit, tmp_path / "cut", tmp_path / "cache")
    with av.open(str(made.film)) as container:
        chapters = container.chapters()
        assert container.metadata["title"] == "A = B; #1 \\ “Ж” X"
        assert [chapter["metadata"]["title"] for chapter in chapters] == [
            "1 INT. PLACE 1 - DAY",
            "2 INT. PLACE 2 - DAY",
        ]
        starts = [chapter["start"] * chapter["time_base"] for chapter in chapters]
        assert starts == [0, 2]
        assert len(container.streams.subtitles) == 1
    back = tmp_path / "back.srt"
    run_ffmpeg([*source(made.film), "-map", "0:s:0", *target(back, "-f", "srt")])
    assert "Добро; {пожаловать} = #1" in made.srt.read_text(encoding="utf-8")
    assert "Добро" in back.read_text(encoding="utf-8")


def test_a_film_in_which_nobody_speaks(takes: dict[str, Path], tmp_path: Path) -> None:
    """No lines: no subtitle track, an empty film.srt, and silence."""
    made = assemble(an_edit(clip(takes["red"], "1A")), tmp_path / "cut", tmp_path / "cache")
    with av.open(str(made.film)) as container:
        assert not container.streams.subtitles
    assert made.srt.read_bytes() == b""
    assert not heard(made.film).any()


def spoken(text: str, start: int, frames: int, **more: object) -> SpokenLine:
    return SpokenLine(character="MARA", text=text, start=start, frames=frames, **more)  # type: ignore[arg-type]


def test_long_lines_become_several_and_two_voices_share_one() -> None:
    """At most two rows of 42 letters; who speaks at once has a dash each; who is not seen is in italics."""
    path = Path("never-read.mkv")
    long = " ".join(f"word{number}" for number in range(40))
    edit = an_edit(
        clip(path, "1A", 600, available=600, head=0),
        lines=(
            spoken(long, 0, 200),
            spoken("Yes.", 300, 20),
            spoken("No.", 305, 20),
            spoken("Who is there?", 400, 30, seen=False),
        ),
    )
    shown = subtitles(edit)
    assert " ".join(" ".join(one.text.split()) for one in shown[:-2]) == long
    assert all(len(row) <= 42 for one in shown for row in one.text.split("\n"))
    assert all(one.text.count("\n") <= 1 for one in shown)
    assert shown[-2].text == "- Yes.\n- No."
    assert shown[-1].off
    assert "<i>Who is there?</i>" in to_srt(shown, edit.rate)


LINES = st.lists(st.tuples(st.text(max_size=120), st.integers(0, 300), st.integers(0, 90)), max_size=12)


@given(lines=LINES)
def test_subtitles_never_overlap_and_stay_in_the_film(lines: list[tuple[str, int, int]]) -> None:
    """Whatever is said when: in order, one after another, each at least a frame, none after the film's end."""
    path = Path("never-read.mkv")
    wanted = tuple(spoken(text, start, frames) for text, start, frames in lines)
    edit = an_edit(clip(path, "1A", 400, available=400, head=0), lines=wanted)
    shown = subtitles(edit)
    assert all(one.start < one.end <= 401 for one in shown)
    assert all(a.end <= b.start or a.start == b.start for a, b in itertools.pairwise(shown))
    to_srt(shown, edit.rate)


def test_times_are_of_the_films_rate() -> None:
    """Frame 24000 at 23.976 is 1001 seconds."""
    text = to_srt((Subtitle(start=24_000, end=24_024, text="x"),), Fraction(24000, 1001))
    assert "00:16:41,000 --> 00:16:42,001" in text


# What other programs read


JOINTS = st.builds(
    Joint,
    kind=st.sampled_from([Kind.CUT, Kind.DISSOLVE, Kind.WIPE, Kind.FADE, Kind.FADE_OUT, Kind.IRIS_OUT]),
    frames=st.integers(0, 12),
)
OPENINGS = st.builds(Joint, kind=st.sampled_from([Kind.CUT, Kind.FADE_IN, Kind.IRIS_IN]), frames=st.integers(0, 12))


@given(cuts=st.lists(st.tuples(st.integers(24, 60), OPENINGS, JOINTS), min_size=1, max_size=8))
def test_pieces_add_up_to_the_film(cuts: list[tuple[int, Joint, Joint]]) -> None:
    """Whatever joins the shots: the pieces' frames are the film's, none is empty, and equal pieces share a key."""
    clips = [
        clip(Path(f"{index}.mkv"), f"{index}A", frames, available=frames + 12, joint_in=opening, joint_out=joint)
        for index, (frames, opening, joint) in enumerate(cuts)
    ]
    edit = an_edit(*clips)
    pieces = pieces_of(edit)
    assert sum(piece.frames for piece in pieces) == edit.frames
    assert all(piece.frames > 0 for piece in pieces)
    assert len({piece.key(encoder()) for piece in pieces}) == len(set(pieces))
    found = film_json(edit)["shots"]
    assert isinstance(found, list)
    assert found[0]["start"] == 0
    assert found[-1]["start"] + found[-1]["frames"] == edit.frames


def test_film_json_says_what_is_seen_when(takes: dict[str, Path], tmp_path: Path) -> None:
    """``fps`` is a number; each shot has its id, its first frame, its share and its take's key."""
    made = assemble(an_edit(clip(takes["red"], "1A"), clip(takes["green"], "1B")), tmp_path / "cut", tmp_path / "c")
    data = json.loads(made.json_file.read_text(encoding="utf-8"))
    assert data["fps"] == 24
    assert data["frames"] == 48
    assert [(shot["id"], shot["start"], shot["frames"], shot["key"]) for shot in data["shots"]] == [
        ("1A", 0, 24, "key-red"),
        ("1B", 24, 24, "key-green"),
    ]


def test_parts_that_a_killed_run_left_are_swept_and_those_of_a_living_one_stay(tmp_path: Path) -> None:
    """By the number of the process in their names."""
    import os
    import subprocess
    import sys

    from render.media import sweep

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"film.srt.{gone.pid}.7f00.part"
    mine, other = tmp_path / f"film.srt.{os.getpid()}.7f00.part", tmp_path / "notes.part"
    for path in (left, mine, other):
        path.write_bytes(b"x")
    sweep(tmp_path)
    assert [path.exists() for path in (left, mine, other)] == [False, True, True]
