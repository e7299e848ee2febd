"""What stands on the dailies page, as a value: everything but the pictures themselves, which it names."""

from typing import Literal

from storyboard.frozen import Frozen

TakeState = Literal["held", "unsure", "rejected"]
ShotStand = Literal["made", "failing", "unsure", "open"]


class Still(Frozen):
    """A frame of a take, or of a rehearsal, as a small picture."""

    key: str  # of the take, or of the expectation
    frame: int
    rehearsal: bool = False
    large: bool = False  # fills half a screen

    @property
    def name(self) -> str:
        """Its file in the cache of stills."""
        return f"{'r-' if self.rehearsal else ''}{self.key[:24]}-{self.frame}{'-large' if self.large else ''}.webp"


class Footage(Frozen):
    """What plays: a proxy of its own in ``dailies/``, or a stretch of the film."""

    file: str  # relative to the page
    first: int = 0  # frame of the take that the file's, or the stretch's, first frame is
    start: float = 0.0  # seconds into the file
    seconds: float | None = None  # None: to its end


class Mark(Frozen):
    """A verdict as it is shown."""

    check: str
    ruling: Literal["pass", "unsure", "fail", "not applicable"]
    words: str
    subject: str = ""
    part: str = ""
    expected: str = ""
    measured: str = ""
    frame: int | None = None
    box: tuple[int, int, int, int] | None = None  # x, y, width, height in pixels of the take
    span: tuple[int, int] | None = None
    aside: str = ""  # why it does not count, where it does not
    still: Still | None = None

    @property
    def about(self) -> str:
        """What it is about, in few words: ``attributes · MARA, coat``."""
        whom = ", ".join(word for word in (self.subject, self.part) if word)
        return f"{self.check} · {whom}" if whom else self.check


class TakeCard(Frozen):
    """A take of a shot."""

    number: int  # counted from 1
    key: str
    seed: int
    width: int
    height: int
    frames: int  # handles included
    used: tuple[int, int]  # first frame that the shot uses or would use, and how many
    rate: float  # frames a second
    seconds: float  # how long the making took
    state: TakeState
    chosen: bool
    circled: bool  # by a person
    draft: bool
    asked: bool  # by a person
    changes: tuple[str, ...]  # what was changed for it
    skipped: tuple[str, ...]  # what would have been changed, and cannot be
    marks: tuple[Mark, ...]
    poster: Still
    footage: Footage

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """Every check that looked at it, with the worst that it said; what rejects comes first."""
        worst: dict[str, str] = {}
        for mark in (*self.told, *self.right):
            ruling = "unsure" if mark.ruling == "fail" and mark.aside else mark.ruling
            if worst.get(mark.check) in (None, "not applicable"):
                worst[mark.check] = ruling
        rank = ("fail", "unsure", "pass", "not applicable")
        return tuple(sorted(worst.items(), key=lambda pair: rank.index(pair[1])))

    @property
    def wrong(self) -> tuple[Mark, ...]:
        """The verdicts that reject it."""
        return tuple(mark for mark in self.marks if mark.ruling == "fail" and not mark.aside)

    @property
    def doubtful(self) -> tuple[Mark, ...]:
        """The verdicts for a person to look at."""
        return tuple(mark for mark in self.marks if mark.ruling == "unsure" and not mark.aside)

    @property
    def told(self) -> tuple[Mark, ...]:
        """All that is wrong or doubtful, what rejects first, what does not count last."""
        aside = tuple(mark for mark in self.marks if mark.ruling in ("unsure", "fail") and mark.aside)
        return (*self.wrong, *self.doubtful, *aside)

    @property
    def right(self) -> tuple[Mark, ...]:
        """The verdicts that let it be."""
        return tuple(mark for mark in self.marks if mark.ruling in ("pass", "not applicable"))


class RehearsalCard(Frozen):
    """What the takes of a shot were held against."""

    key: str
    poster: Still
    footage: Footage


class ShotCard(Frozen):
    """A shot with its takes in order."""

    id: str
    anchor: str  # its id within the page
    note: str  # as it was written; nothing where the planner covered the scene
    camera: str
    seen: tuple[str, ...]
    spoken: tuple[tuple[str, str], ...]  # who says what
    seconds: float
    frames: int
    state: ShotStand
    rehearsal: RehearsalCard | None
    takes: tuple[TakeCard, ...]


class SceneCard(Frozen):
    """A scene's heading over its shots."""

    number: str
    heading: str
    shots: tuple[ShotCard, ...]

    @property
    def plain(self) -> bool:
        """Whether no shot has more to show than one take: then it is a contact sheet."""
        return all(shot.rehearsal is None and len(shot.takes) <= 1 for shot in self.shots)


class Yield(Frozen):
    """What the film cost: of all takes of its shots as they stand."""

    takes: int
    drafts: int
    rejected: int
    abandoned: int  # takes of which only a draft was made: it was rejected
    saved: float  # seconds of picture that these would have cost in full
    generated: float  # seconds of picture
    used: float
    making: float  # seconds of work
    reshooting: float  # of them, for takes that were rejected
    reasons: tuple[tuple[str, int], ...]  # what rejected most: check, takes
    counts: tuple[tuple[int, int], ...]  # takes of a shot, and how many shots took that many
    money: float | None  # None where nobody said what a second costs
    early: int = 0  # takes that were shot early and never asked for; not counted above
    early_seconds: float = 0.0  # of picture

    @property
    def ratio(self) -> float:
        """The shooting ratio: seconds generated for each that is used."""
        return self.generated / self.used if self.used else 0.0


class Page(Frozen):
    """The dailies of a film."""

    title: str
    film: Footage | None  # None where it is not cut, or was cut of other takes
    rate: float
    width: int
    height: int
    seconds: float
    poster: Still | None  # of the film
    scenes: tuple[SceneCard, ...]
    notes: tuple[str, ...]  # what the generator could not honour, and the film allows, and how takes are conformed
    spent: Yield

    @property
    def shots(self) -> tuple[ShotCard, ...]:
        """Every shot in film order."""
        return tuple(shot for scene in self.scenes for shot in scene.shots)

    @property
    def stills(self) -> tuple[Still, ...]:
        """Every picture on the page, each once, in its order."""
        found: list[Still] = [self.poster] if self.poster else []
        for shot in self.shots:
            if shot.rehearsal:
                found.append(shot.rehearsal.poster)
            for take in shot.takes:
                found.append(take.poster)
                found += [mark.still for mark in take.marks if mark.still]
        return tuple(dict.fromkeys(found))
