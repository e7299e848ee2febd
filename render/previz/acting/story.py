"""Reading the actions of a film in order: which verbs nobody can act, and how people are when each shot begins.

Light: the lexicon and the words, no pixels. A shot alone does not say that somebody sat down in the shot before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from characters.seen import Seen
from render.previz.acting.doings import Doing, Reader
from render.previz.acting.seats import seat_of, seat_word
from storyboard.screenplay import Interior
from storyboard.shot import BeatKind, Shot

Verb = tuple[str, int]
"""A verb in its base form, and the line of the beat that has it."""


@dataclass(frozen=True)
class ReadShot:
    """What a shot's words say beside what its stage says."""

    opening: tuple[tuple[str, str], ...] = ()  # for ``Stage.opening``
    unknown: tuple[Verb, ...] = ()  # verbs that the lexicon does not have, by whom is not asked


@dataclass
class _Scene:
    """How people are, as far as the scene has been read."""

    postures: dict[str, str] = field(default_factory=dict)
    holds: dict[str, str] = field(default_factory=dict)  # prop → who has it

    def after(self, doing: Doing, inside: bool) -> None:
        act = doing.act
        if act is None:
            return
        if act.posture:
            low = act.posture in ("sit", "lie") and seat_of(act.posture, doing.words, inside) == 0
            on = "low" if low else seat_word(act.posture, doing.words)
            self.postures[doing.who] = f"{act.posture} {on}".rstrip()
        elif act.move in ("walk", "run", "enter", "leave"):
            self.postures[doing.who] = "stand"
        if doing.target is None:
            return
        if act.prop in ("take", "hold"):
            self.holds[doing.target] = doing.who
        elif act.prop == "give" and doing.receiver:
            self.holds[doing.target] = doing.receiver
        elif act.prop in ("put", "throw", "give"):
            self.holds.pop(doing.target, None)


def read_shots(
    shots: Sequence[Shot],
    seen: Mapping[str, tuple[Sequence[Seen], Sequence[Seen]]],
    verbs: Mapping[str, str] | None = None,
) -> dict[str, ReadShot]:
    """Every shot's actions, by its id.

    ``seen`` is the cast and the props by shot id; ``verbs`` are acts that a text model found for unknown verbs.
    """
    found: dict[str, ReadShot] = {}
    scene, index = _Scene(), -1
    company: dict[int, dict[str, Seen]] = {}
    things: dict[int, dict[str, Seen]] = {}
    for shot in shots:
        for known, these in zip((company, things), seen[shot.id], strict=True):
            known.setdefault(shot.scene_index, {}).update({one.name: one for one in these})
    for shot in shots:
        if shot.scene_index != index:
            scene, index = _Scene(), shot.scene_index
        cast, props = seen[shot.id]
        here = {person.name for person in cast}
        opening = _opening(scene, cast, props)
        unknown: list[Verb] = []
        # Who is out of this picture goes on acting; the pronouns are first of all whom the shot shows.
        people = [*cast, *(p for name, p in company[index].items() if name not in here)]
        reader = Reader(people, things[index].values(), verbs, shot.camera.subject)
        for beat in shot.beats:
            if beat.kind is BeatKind.SPEECH:
                continue
            for doing in reader.read(beat.text):
                scene.after(doing, shot.interior is Interior.INT)
                if doing.act is None and doing.who in here and (doing.verb, beat.line) not in unknown:
                    unknown.append((doing.verb, beat.line))
        found[shot.id] = ReadShot(opening, tuple(unknown))
    return found


def _opening(scene: _Scene, cast: Sequence[Seen], props: Sequence[Seen]) -> tuple[tuple[str, str], ...]:
    names = {person.name for person in cast}
    # Who is out of the picture sits where the others look.
    postures = [(name, how) for name, how in sorted(scene.postures.items()) if how != "stand"]
    held = [(scene.holds[prop.name], f"holds {prop.name}") for prop in props if scene.holds.get(prop.name) in names]
    return (*postures, *held)
