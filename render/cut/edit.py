"""The edit: what the cutting room gets, complete. All of render/cut/ reads this and nothing else."""

from fractions import Fraction
from pathlib import Path

from pydantic import JsonValue

from storyboard.frozen import Frozen
from storyboard.shot import Joint

MOTIONS = ("repeat", "blend", "interpolate")
"""How a take of another frame rate is shown at the film's: frames again, a mix of two, or new ones between them."""


class Clip(Frozen):
    """One shot's chosen take and the stretch of it that is used. All counts are frames at the film's rate."""

    shot: str  # id for people
    key: str  # take key: content address of the pixels
    segments: tuple[Path, ...]  # the take's files, in order
    segment_frames: tuple[int, ...]  # of each file
    head: int  # first frame used, counted in the take: the handle before it
    frames: int  # the shot's length in the film
    scene: str  # scene number
    heading: str  # scene heading, for chapters
    joint_in: Joint = Joint()
    joint_out: Joint = Joint()
    note: str = ""  # for markers: size, move
    slate: str = ""  # burnt into the picture, with the number of the frame; nothing: no slate
    rate: Fraction | None = None  # of the take's files; None: the film's
    crop: bool = False  # its shape is so near to the film's that it is cropped to it; else it would get bars
    failing: bool = False  # kept although it fails its checks

    @property
    def available(self) -> int:
        """Frames that the take has, handles included."""
        return sum(self.segment_frames)


class SpokenLine(Frozen):
    """A line of dialogue in the film's time."""

    character: str
    text: str
    start: int  # frame in the film
    frames: int
    sound: Path | None = None  # mono PCM WAV of the voice, or nothing (voice: none)
    seen: bool = True


class SoundFile(Frozen):
    """Music or an effect laid under the film."""

    path: Path
    start: int = 0  # frame in the film
    gain_db: float = 0.0
    fade_in: Fraction = Fraction(0)  # seconds
    fade_out: Fraction = Fraction(0)
    loop: bool = False


class Edit(Frozen):
    """A whole film, ready to be cut."""

    title: str
    width: int
    height: int
    rate: Fraction
    clips: tuple[Clip, ...]
    lines: tuple[SpokenLine, ...] = ()
    music: tuple[SoundFile, ...] = ()
    effects: tuple[SoundFile, ...] = ()
    loudness: float = -16.0  # LUFS, integrated
    motion: str = "repeat"  # one of MOTIONS
    exports: tuple[tuple[str, dict[str, JsonValue]], ...] = ()  # exporters beside those of every film, with settings

    @property
    def frames(self) -> int:
        """The film's length: the sum of its shots, whatever joins them."""
        return sum(clip.frames for clip in self.clips)
