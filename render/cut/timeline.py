"""The film as an OpenTimelineIO timeline, so that an editor goes on from it with every handle."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from render.cut.edit import Clip, Edit, SoundFile, SpokenLine
from render.cut.pieces import blend_halves, blends
from storyboard.screenplay import TransitionKind

if TYPE_CHECKING:
    import opentimelineio as otio

_CUTS = (
    TransitionKind.CUT,
    TransitionKind.SMASH_CUT,
    TransitionKind.MATCH_CUT,
    TransitionKind.JUMP_CUT,
    TransitionKind.TIME_CUT,
)


class _Bench:
    """Makes the timeline's parts at one rate."""

    def __init__(self, edit: Edit, lengths: dict[Path, int]) -> None:
        import opentimelineio as otio

        self.otio = otio
        self.edit = edit
        self.rate = float(edit.rate)
        self.lengths = lengths  # frames of every sound file

    def time(self, frames: int) -> "otio.opentime.RationalTime":
        return self.otio.opentime.RationalTime(frames, self.rate)

    def range(self, start: int, frames: int) -> "otio.opentime.TimeRange":
        return self.otio.opentime.TimeRange(self.time(start), self.time(frames))

    def reference(self, path: Path, frames: int) -> "otio.schema.ExternalReference":
        return self.otio.schema.ExternalReference(
            target_url=path.absolute().as_uri(), available_range=self.range(0, frames)
        )

    def picture(self) -> "otio.schema.Track":
        track = self.otio.schema.Track("Picture", kind=self.otio.schema.TrackKind.Video)
        for index, clip in enumerate(self.edit.clips):
            track.extend(self._shot(clip))
            last = index + 1 == len(self.edit.clips)
            if (kind := clip.joint_out.kind) not in _CUTS and clip.joint_out.frames and not (last and blends(clip)):
                track.append(self._transition(clip, kind))
        return track

    def _transition(self, clip: Clip, kind: TransitionKind) -> "otio.schema.Transition":
        """A blend reaches over the cut into both handles; a fade lies within the shot that ends."""
        otio, frames = self.otio, clip.joint_out.frames
        ahead, behind = blend_halves(frames) if blends(clip) or kind is TransitionKind.FADE else (frames, 0)
        dissolve = kind is TransitionKind.DISSOLVE
        return otio.schema.Transition(
            name=kind.value,
            transition_type=otio.schema.TransitionTypes.SMPTE_Dissolve
            if dissolve
            else otio.schema.TransitionTypes.Custom,
            in_offset=self.time(ahead),
            out_offset=self.time(behind),
        )

    def _shot(self, clip: Clip) -> "Iterable[otio.schema.Clip]":
        """A clip for every segment of the take that the shot uses; nearly always one."""
        wanted = range(clip.head, clip.head + clip.frames)
        count = len(clip.segments)
        start = 0
        for number, (path, length) in enumerate(zip(clip.segments, clip.segment_frames, strict=True), 1):
            first, last = max(wanted.start, start), min(wanted.stop, start + length)
            if number == count:
                last = wanted.stop
            if first < last:
                name = clip.shot if count == 1 else f"{clip.shot} ({number} of {count})"
                yield self.otio.schema.Clip(
                    name=name,
                    media_reference=self.reference(path, length),
                    source_range=self.range(first - start, last - first),
                    markers=[self._marker(clip, first - start)],
                    metadata={
                        "shotgraph": {
                            "shot": clip.shot,
                            "scene": clip.scene,
                            "heading": clip.heading,
                            "take": clip.key,
                            "camera": clip.note,
                            "failing": clip.failing,
                        }
                    },
                )
            start += length

    def _marker(self, clip: Clip, at: int) -> "otio.schema.Marker":
        colours = self.otio.schema.MarkerColor
        return self.otio.schema.Marker(
            name=clip.shot,
            marked_range=self.range(at, 1),
            color=colours.RED if clip.failing else colours.GREEN,
            metadata={"shotgraph": {"shot": clip.shot, "camera": clip.note}},
        )

    def voices(self) -> "list[otio.schema.Track]":
        """Lines on as many tracks as speak at once."""
        rows: list[tuple[int, otio.schema.Track]] = []
        for line in sorted((line for line in self.edit.lines if line.sound), key=lambda line: line.start):
            free = next((index for index, (end, _) in enumerate(rows) if end <= line.start), None)
            if free is None:
                name = f"Voices {len(rows) + 1}" if rows else "Voices"
                rows.append((0, self.otio.schema.Track(name, kind=self.otio.schema.TrackKind.Audio)))
                free = len(rows) - 1
            end, track = rows[free]
            self._at(track, end, line.start)
            track.append(self._line(line))
            rows[free] = (line.start + line.frames, track)
        return [track for _, track in rows]

    def _line(self, line: SpokenLine) -> "otio.schema.Clip":
        assert line.sound is not None
        return self.otio.schema.Clip(
            name=f"{line.character}: {line.text[:60]}",
            media_reference=self.reference(line.sound, max(line.frames, self.lengths.get(line.sound, 0))),
            source_range=self.range(0, line.frames),
            metadata={"shotgraph": {"character": line.character, "text": line.text}},
        )

    def laid(self, name: str, files: tuple[SoundFile, ...]) -> "list[otio.schema.Track]":
        """A track for every file of music or effects."""
        tracks = []
        for number, file in enumerate(files, 1):
            track = self.otio.schema.Track(f"{name} {number}", kind=self.otio.schema.TrackKind.Audio)
            self._at(track, 0, file.start)
            length = self.lengths.get(file.path, 0)
            room = self.edit.frames - file.start
            while room > 0 and length > 0:
                track.append(
                    self.otio.schema.Clip(
                        name=file.path.stem,
                        media_reference=self.reference(file.path, length),
                        source_range=self.range(0, min(length, room)),
                        metadata={"shotgraph": {"gain_db": file.gain_db}},
                    )
                )
                room = room - length if file.loop else 0
            tracks.append(track)
        return tracks

    def _at(self, track: "otio.schema.Track", end: int, start: int) -> None:
        if start > end:
            track.append(self.otio.schema.Gap(source_range=self.range(0, start - end)))


def timeline(edit: Edit, lengths: dict[Path, int]) -> "otio.schema.Timeline":
    """The edit as a timeline: one picture track with handles and joints, tracks of voices, music and effects.

    ``lengths`` gives the frames of each sound file at the film's rate.
    """
    import opentimelineio as otio

    bench = _Bench(edit, lengths)
    made = otio.schema.Timeline(edit.title, global_start_time=bench.time(0))
    made.tracks.append(bench.picture())
    made.tracks.extend([*bench.voices(), *bench.laid("Music", edit.music), *bench.laid("Effects", edit.effects)])
    return made


def to_otio(edit: Edit, lengths: dict[Path, int]) -> str:
    """The timeline as the text of a ``.otio`` file."""
    import opentimelineio as otio

    return otio.adapters.write_to_string(timeline(edit, lengths), "otio_json")
