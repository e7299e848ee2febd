"""Coverage: how a scene without shot notes is shot, as an assistant director would plan it.

classic  establish, master, over the shoulders, singles that come closer as the scene rises, inserts on props in
         capitals, reactions after long speeches
minimal  a master for the action, a single for each speech
none     one master for the whole scene
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from storyboard.camera import Camera, Framing, Move, MoveKind, ShotSize, Speed
from storyboard.directions import is_caption
from storyboard.draft import Covered, Draft
from storyboard.errors import InputError, Problem
from storyboard.mentions import mentions
from storyboard.names import Names
from storyboard.phrases import did_you_mean
from storyboard.screenplay import Action, Beat, Scene, Speech
from storyboard.shot import Origin, Role
from storyboard.timing import action_seconds, words_per_minute

LONG_SPEECH = 7  # seconds from which the listener is worth a shot
LONGEST = 10  # seconds of action in one shot

_RISE = (ShotSize.MS, ShotSize.MCU, ShotSize.CU)
_ORDER = tuple(ShotSize)
_TURNS = (ShotSize.WS, ShotSize.MS, ShotSize.FS, ShotSize.MCU)
_ITEM = re.compile(r"\s*(?:[-–—•]+|\(?(?:[A-Z]|\d{1,2})[.)])\s+\S")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')]*+(?:\s++|$)")
_ABBREVIATED = re.compile(r"(?<!\w)(?:Mrs?|Ms|Dr|Prof|Sgt|Lt|Capt|Col|Gen|Rev|St|Jr|vs|No|[A-Z])$", re.IGNORECASE)
_PUSH = ((Move(kind=MoveKind.DOLLY_IN, speed=Speed.SLOW),),)


def known_style(style: str) -> str:
    """The name of a way of covering scenes. Raises InputError for an unknown one."""
    if style not in STYLES:
        what = f"there is no coverage “{style}”."
        raise InputError(Problem(what=what, todo=did_you_mean(style, list(STYLES)) or f"Known: {', '.join(STYLES)}."))
    return style


def cover(scene: Scene, beats: Sequence[Beat], names: Names, style: str) -> list[Draft]:
    """The shots of a scene that has no notes, for its beats. Raises InputError for an unknown style."""
    happens: list[Covered] = [beat for beat in beats if isinstance(beat, Action | Speech)]
    if not happens:
        return [_establish(scene)] if scene.heading.place else []
    return cover_run(scene, happens, names, style, scene_people(happens, names), opening=True)


def cover_run(
    scene: Scene, beats: Sequence[Covered], names: Names, style: str, people: tuple[str, ...], *, opening: bool
) -> list[Draft]:
    """The shots of a stretch of a scene with these ``people``; ``opening``: the scene begins with it."""
    return STYLES[known_style(style)](scene, list(beats), names, people, opening) if beats else []


def split_at_props(beats: Sequence[Beat], names: Names) -> tuple[Beat, ...]:
    """The beats with each sentence of action that names a prop in capitals as a beat of its own: its insert.

    A paragraph that begins the scene keeps its first sentence with whoever enters.
    """
    found: list[Beat] = []
    for beat in beats:
        if isinstance(beat, Action):
            found += _split(beat, names, first=not any(isinstance(each, Action | Speech) for each in found))
        else:
            found.append(beat)
    return tuple(found)


def _split(action: Action, names: Names, *, first: bool) -> Iterator[Action]:
    kept = 0
    for start, end in _sentences(action.text):
        if not shouted_props(action.text[start:end], names) or (first and start == 0):
            continue
        if action.text[kept:start].strip():
            yield _part(action, kept, start)
        yield _part(action, start, end)
        kept = end
    if action.text[kept:].strip():
        yield _part(action, kept, len(action.text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, the blanks behind it with it; Mrs. ends none."""
    start = 0
    for stop in _STOP.finditer(text):
        short = stop[0].startswith(".") and _ABBREVIATED.search(text, max(start, stop.start() - 6), stop.start())
        if not short or stop.end() == len(text):
            yield start, stop.end()
            start = stop.end()
    if start < len(text):
        yield start, len(text)


def _part(action: Action, start: int, end: int) -> Action:
    text = action.text[start:end]
    ahead = len(text) - len(text.lstrip())
    if len(text.strip()) == len(action.text.strip()):
        return action
    return Action(text=text.strip(), line=action.line + action.text.count("\n", 0, start + ahead))


def shouted_props(text: str, names: Names) -> tuple[str, ...]:
    """Props that are named in capitals: what the writer wants to be seen."""
    return tuple(name for name in mentions(text, names)[1] if _is_shouted(name, text, names))


def _is_shouted(name: str, text: str, names: Names) -> bool:
    return any(known == name and re.search(rf"\b{re.escape(alias)}\b", text) for alias, known in names.props.items())


def scene_people(beats: list[Covered], names: Names) -> tuple[str, ...]:
    """Everyone who is seen in these beats, in order of appearance."""
    people: dict[str, None] = {}
    for beat in beats:
        if isinstance(beat, Speech):
            if beat.seen and (name := speaker_of(beat, names)):
                people.setdefault(name)
        else:
            for name in mentions(beat.text, names)[0]:
                people.setdefault(name)
    return tuple(people)


def speaker_of(speech: Speech, names: Names) -> str:
    """The bible's name of who speaks."""
    return names.characters.get(" ".join(speech.character.upper().split()), speech.character.upper())


def _establish(scene: Scene, beats: Sequence[Covered] = ()) -> Draft:
    """The place itself, while what is said of it happens."""
    camera = Camera(size=ShotSize.EWS, framing=Framing.ESTABLISHING)
    line = beats[0].line if beats else scene.line
    return Draft(Origin.COVERAGE, Role.ESTABLISH, camera, list(beats), line, only=True)


def _is_vista(beat: Covered, names: Names) -> bool:
    """Whether an action shows the place: nobody and nothing of note is in it."""
    bare = isinstance(beat, Action) and not _is_item(beat)
    return bare and mentions(_text(beat), names)[0] == () and not shouted_props(_text(beat), names)


def _is_item(beat: Covered) -> bool:
    """Whether a paragraph is one picture of a montage or a series of shots: ``-- A dog.``, ``B) Shutters.``."""
    return _ITEM.match(_action_text(beat)) is not None


def _item(group: list[Covered], names: Names, place: int) -> Draft:
    """A picture of a montage: who or what it names, in sizes that take turns."""
    characters, props = mentions(_text(group[0]), names)
    things = props[:1] if not characters else ()
    size = _TURNS[place % len(_TURNS)]
    camera = Camera(size=size, framing=Framing.INSERT if things else None, subject=characters or things)
    role = Role.INSERT if things else Role.SINGLE if len(characters) == 1 else Role.MASTER
    return Draft(Origin.COVERAGE, role, camera, list(group), group[0].line, cast=characters, props=props)


def _master(beats: list[Covered], people: tuple[str, ...], size: ShotSize, *, moves: bool = False) -> Draft:
    framing = Framing.GROUP if len(people) > 2 else Framing.TWO_SHOT if len(people) == 2 else Framing.SINGLE
    camera = Camera(size=size, framing=framing if people else None, subject=people[:6], moves=_PUSH if moves else ())
    return Draft(Origin.COVERAGE, Role.MASTER, camera, list(beats), beats[0].line, cast=people)


def _none(scene: Scene, beats: list[Covered], names: Names, people: tuple[str, ...], opening: bool) -> list[Draft]:  # noqa: ARG001
    return [_master(beats, people, ShotSize.FS if len(people) <= 2 else ShotSize.WS)]


def _minimal(scene: Scene, beats: list[Covered], names: Names, people: tuple[str, ...], opening: bool) -> list[Draft]:  # noqa: ARG001
    drafts: list[Draft] = []
    for group in _grouped(beats, frozenset()):
        if isinstance(group[0], Action):
            here = scene_people(group, names) or people
            drafts.append(_master(group, here, ShotSize.FS if len(here) <= 2 else ShotSize.WS))
        else:
            drafts.append(_single(group, names, ShotSize.MCU, people))
    return drafts


def _grouped(beats: list[Covered], apart: frozenset[int]) -> list[list[Covered]]:
    """Runs of action, and speeches of one speaker (with who speaks beside them), in order.

    Actions at the places ``apart`` stand alone.
    """
    groups: list[list[Covered]] = []
    for place, beat in enumerate(beats):
        if groups and is_caption(_action_text(beat)):
            groups[-1].append(beat)  # words on the picture are no picture of their own
            continue
        last = groups[-1] if groups and not {place - 1, place} & apart else None
        if isinstance(beat, Speech):
            if beat.dual and last and isinstance(last[-1], Speech):
                last.append(beat)
                continue
            same = last and isinstance(last[0], Speech) and last[0].character == beat.character and len(last) == 1
            if same and last and words_per_minute("", beat) < LONGEST // 2:
                last.append(beat)
                continue
        elif last and isinstance(last[0], Action):
            spent = sum(action_seconds(each.text) for each in last if isinstance(each, Action))
            if spent + action_seconds(beat.text) <= LONGEST:
                last.append(beat)
                continue
        groups.append([beat])
    return groups


def _single(group: list[Covered], names: Names, size: ShotSize, people: tuple[str, ...]) -> Draft:
    """On whoever speaks; on a listener where the speaker is not seen; on both where they speak together."""
    speeches = [beat for beat in group if isinstance(beat, Speech)]
    speakers = tuple(dict.fromkeys(speaker_of(speech, names) for speech in speeches if speech.seen))
    if len(speakers) > 1:
        return _master(group, speakers, ShotSize.MS)
    if not speakers:
        heard = speaker_of(speeches[0], names)
        if heard in people and _is_thought(speeches[0]):
            camera = Camera(size=size, framing=Framing.SINGLE, subject=(heard,))
            return Draft(Origin.COVERAGE, Role.REACTION, camera, list(group), group[0].line, cast=(heard,), only=True)
        listener = next((name for name in people if name != heard), None)
        if listener is None:
            return Draft(Origin.COVERAGE, Role.MASTER, Camera(size=ShotSize.WS), list(group), group[0].line, only=True)
        camera = Camera(size=size, framing=Framing.REACTION, subject=(listener,))
        return Draft(Origin.COVERAGE, Role.REACTION, camera, list(group), group[0].line, cast=(listener,), only=True)
    camera = Camera(size=size, framing=Framing.SINGLE, subject=speakers)
    return Draft(Origin.COVERAGE, Role.SINGLE, camera, list(group), group[0].line, cast=speakers, only=True)


def _is_thought(speech: Speech) -> bool:
    """Whether a voice is laid over the picture (V.O.), not heard from outside it (O.S., O.C.)."""
    return "V.O" in (speech.extension or "").upper() or "VO" in (speech.extension or "").upper()


def _classic(scene: Scene, beats: list[Covered], names: Names, people: tuple[str, ...], opening: bool) -> list[Draft]:
    drafts: list[Draft] = []
    if opening:
        vista = list(itertools.takewhile(lambda beat: _is_vista(beat, names), beats))
        spent = itertools.accumulate(action_seconds(_text(beat)) for beat in vista)
        vista = [beat for beat, seconds in zip(vista, spent, strict=True) if seconds <= LONGEST or beat is vista[0]]
        if vista or (len(beats) >= 3 and not scene.heading.continuous):
            drafts.append(_establish(scene, vista))
        beats = beats[len(vista) :]
    apart = (n for n, beat in enumerate(beats) if _is_item(beat) or (n and shouted_props(_action_text(beat), names)))
    groups = _grouped(beats, frozenset(apart))
    talk = [group for group in groups if isinstance(group[0], Speech)]
    spoken = 0
    mastered = not opening
    for group in groups:
        if _is_item(group[0]):
            drafts.append(_item(group, names, len(drafts)))
            continue
        if isinstance(group[0], Action):
            drafts += _action(group, names, people, first=not mastered)
            mastered = True
            continue
        rise = spoken / max(len(talk) - 1, 1)
        drafts += _talk(group, names, people, rise, spoken, mastered=mastered)
        spoken += 1
    return _apart(drafts)


def _action(group: list[Covered], names: Names, people: tuple[str, ...], *, first: bool) -> list[Draft]:
    here = scene_people(group, names)
    props = tuple(dict.fromkeys(prop for beat in group for prop in shouted_props(_action_text(beat), names)))
    if first:
        everyone = people or here
        size = ShotSize.WS if len(everyone) > 2 or not everyone else ShotSize.FS
        return [_master(group, everyone, size, moves=len(group) > 1 or not here)]
    if props and len(group) == 1:
        camera = Camera(size=ShotSize.CU, framing=Framing.INSERT, subject=(props[0],))
        return [Draft(Origin.COVERAGE, Role.INSERT, camera, list(group), group[0].line, cast=here, props=props)]
    everyone = here or people
    if len(everyone) == 1:
        camera = Camera(size=ShotSize.MFS, framing=Framing.SINGLE, subject=everyone)
        return [Draft(Origin.COVERAGE, Role.SINGLE, camera, list(group), group[0].line, cast=everyone)]
    return [_master(group, everyone, ShotSize.MFS if len(everyone) == 2 else ShotSize.WS)]


def _talk(
    group: list[Covered], names: Names, people: tuple[str, ...], rise: float, spoken: int, *, mastered: bool
) -> list[Draft]:
    size = _RISE[min(int(rise * len(_RISE)), len(_RISE) - 1)]
    single = _single(group, names, size, people)
    if single.role is not Role.SINGLE:
        return [single]
    if spoken == 0 and not mastered and len(people) >= 2:
        return [_master(group, people, ShotSize.MFS)]
    speaker = single.cast[0]
    others = [name for name in people if name != speaker]
    if len(people) == 2 and size is ShotSize.MS:
        camera = Camera(size=ShotSize.MS, framing=Framing.OTS, subject=(speaker,), over=others[0])
        single = Draft(
            Origin.COVERAGE, Role.SINGLE, camera, list(group), group[0].line, cast=(speaker, others[0]), only=True
        )
    drafts = [single]
    length = sum(words_per_minute("", beat) for beat in group if isinstance(beat, Speech))
    if length > LONG_SPEECH and others:
        listener = others[spoken % len(others)]
        camera = Camera(size=ShotSize.MCU, framing=Framing.REACTION, subject=(listener,))
        drafts.append(Draft(Origin.COVERAGE, Role.REACTION, camera, [], group[-1].line, cast=(listener,), only=True))
    return drafts


def _text(beat: Covered) -> str:
    return beat.text if isinstance(beat, Action) else beat.spoken


def _action_text(beat: Covered) -> str:
    return beat.text if isinstance(beat, Action) else ""


def _apart(drafts: list[Draft]) -> list[Draft]:
    """No jump cuts: where a shot repeats its subject at nearly the same size, it goes two sizes closer or wider."""
    for before, after in itertools.pairwise(drafts):
        one, two = before.camera, after.camera
        if one.size is None or two.size is None or not one.subject or one.subject != two.subject:
            continue
        if one.framing is two.framing and abs(_ORDER.index(one.size) - _ORDER.index(two.size)) <= 1:
            place = _ORDER.index(one.size)
            closer = place + 2 if place + 2 < len(_ORDER) - 1 else place - 2
            after.camera = two.model_copy(update={"size": _ORDER[closer]})
    return drafts


Planner = Callable[[Scene, list[Covered], Names, tuple[str, ...], bool], list[Draft]]
STYLES: dict[str, Planner] = {
    "classic": _classic,
    "minimal": _minimal,
    "none": _none,
}
