"""What a generator is asked for. Its fields are what a recipe is made of."""

from fractions import Fraction

from pydantic import JsonValue

from characters.seen import Reference, Seen
from storyboard.camera import Camera
from storyboard.frozen import Frozen
from storyboard.screenplay import Interior, TimeOfDay
from storyboard.shot import ShotBeat


class Stage(Frozen):
    """The inputs of staging: everything the 3D rehearsal needs to know, and nothing it works out itself.

    Names are the bible's. Nothing here changes when another scene is inserted: no scene number, no shot id.
    """

    place: Seen
    interior: Interior
    time: TimeOfDay
    weather: str
    cast: tuple[Seen, ...]  # who is seen in this shot
    props: tuple[Seen, ...]
    marks: tuple[str, ...]  # everyone in the scene, in order of appearance: who stands where
    side: int  # side of the line of action: 1 or -1
    beats: tuple[ShotBeat, ...]  # frames count from the shot's first frame, without handles
    opening: tuple[tuple[str, str], ...] = ()  # how people are when the shot begins, if not standing: (IVO, sit)
    verbs: tuple[tuple[str, str], ...] = ()  # verbs that the lexicon of acting lacks, and the acts a text model found
    text_model: str = ""  # the revision of that model, where it was asked


class Request(Frozen):
    """One take of one segment, complete. A generator is a function of this and of nothing else."""

    prompt: str
    negative: str
    camera: Camera
    stage: Stage
    width: int
    height: int
    rate: Fraction  # frames a second
    frames: int  # how many frames to make, handles included
    head: int  # handle frames before the shot's first frame
    tail: int  # handle frames after its last
    seed: int
    references: tuple[Reference, ...] = ()
    params: dict[str, JsonValue] = {}  # the generator's own settings, as film.yaml gives them
    first_frame: str | None = None  # path of a PNG that the first frame must continue from, or nothing
    continues: bool = False  # that frame was seen already: what stands before this ends with it
    offset: int = 0  # segments: frames of the take before this one's first
    whole: int = 0  # segments: frames of the whole take; 0 where the take is one segment
    changes: tuple[str, ...] = ()  # what the policy changed for this attempt, in words
    alternatives: tuple[Seen, ...] = ()  # other looks and states of who and what is seen, for generators that read it
    draft: bool = False  # a cheap look at what the full take of this seed would be: fewer pixels or frames

    @property
    def frames_of_shot(self) -> int:
        """Frames between the handles. A segment of a longer take counts the whole take's with its offset."""
        return self.total - self.head - self.tail

    @property
    def total(self) -> int:
        """Frames of the whole take that this request is a segment of."""
        return self.whole or self.frames
