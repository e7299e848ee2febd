"""film.otio: what an editor's program reads back."""

from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pytest

from render.cut.edit import Edit, SoundFile, SpokenLine
from render.cut.timeline import timeline, to_otio
from storyboard.screenplay import TransitionKind as Kind
from storyboard.shot import Joint
from tests.test_cut import clip


@pytest.fixture(params=[Fraction(24), Fraction(24000, 1001), Fraction(16)], ids=str)
def edit(request: pytest.FixtureRequest, tmp_path: Path) -> Edit:
    """Three shots with a dissolve and a fade, two voices that overlap, and looped music."""
    takes = [tmp_path / f"{name}.mkv" for name in ("red", "gr een", "blüe")]
    voice = tmp_path / "voice.wav"
    return Edit(
        title="A “film”",
        width=64,
        height=36,
        rate=request.param,
        clips=(
            clip(takes[0], "1A", joint_out=Joint(kind=Kind.DISSOLVE, frames=9), note="CU, slow dolly in"),
            clip(takes[1], "1B", failing=True),
            clip(takes[2], "2A", joint_out=Joint(kind=Kind.FADE_OUT, frames=6)),
        ),
        lines=(
            SpokenLine(character="MARA", text="You are late.", start=4, frames=20, sound=voice),
            SpokenLine(character="IVO", text="No.", start=10, frames=20, sound=voice),
            SpokenLine(character="IVO", text="…", start=40, frames=5),
        ),
        music=(SoundFile(path=tmp_path / "theme.wav", start=12, gain_db=-12, loop=True),),
    )


def made(edit: Edit) -> otio.schema.Timeline:
    lengths = {edit.music[0].path: 20, edit.lines[0].sound: 20}
    return timeline(edit, lengths)  # type: ignore[arg-type]


def test_it_reads_back_equal(edit: Edit) -> None:
    """Written as text and read again, the timeline is the same."""
    text = to_otio(edit, {})
    back = otio.adapters.read_from_string(text, "otio_json")
    assert back.is_equivalent_to(timeline(edit, {}))
    assert to_otio(edit, {}) == text


def test_the_picture_is_the_film(edit: Edit) -> None:
    """One video track, as long as the film; each clip has its take whole behind it, handles and all."""
    track = made(edit).video_tracks()[0]
    assert track.duration().to_frames() == edit.frames
    clips = list(track.find_clips())
    assert [each.name for each in clips] == ["1A", "1B", "2A"]
    for each, wanted in zip(clips, edit.clips, strict=True):
        assert each.source_range.start_time.value == wanted.head
        assert each.source_range.duration.value == wanted.frames
        assert each.available_range().duration.value == wanted.available
        assert each.source_range.duration.rate == float(edit.rate)
        assert each.media_reference.target_url == wanted.segments[0].as_uri()
        assert each.markers[0].name == wanted.shot
        assert each.metadata["shotgraph"]["take"] == wanted.key
    assert clips[1].markers[0].color == otio.schema.MarkerColor.RED


def test_transitions_reach_into_the_handles(edit: Edit) -> None:
    """The dissolve of nine frames lies four before and five after the cut; the fade within its shot."""
    track = made(edit).video_tracks()[0]
    dissolve, fade = (item for item in track if isinstance(item, otio.schema.Transition))
    assert dissolve.transition_type == otio.schema.TransitionTypes.SMPTE_Dissolve
    assert (dissolve.in_offset.value, dissolve.out_offset.value) == (4, 5)
    assert (fade.name, fade.in_offset.value, fade.out_offset.value) == ("fade out", 6, 0)


def test_voices_and_music_lie_where_they_sound(edit: Edit) -> None:
    """Voices that overlap are on tracks of their own; looped music repeats up to the film's end."""
    tracks = made(edit).audio_tracks()
    assert [track.name for track in tracks] == ["Voices", "Voices 2", "Music 1"]
    starts = [track.range_of_child(next(iter(track.find_clips()))).start_time.value for track in tracks]
    assert starts == [4, 10, 12]
    music = [each.source_range.duration.value for each in tracks[2].find_clips()]
    assert sum(music) == edit.frames - 12
    assert tracks[2].duration().to_frames() == edit.frames
