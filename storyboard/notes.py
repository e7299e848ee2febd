"""Shot notes: phrases, ``key=value`` pairs and YAML mappings, all read into one camera."""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

from storyboard.camera import Camera, Framing, ShotSize
from storyboard.clauses import Clauses, Role
from storyboard.errors import Level, Problem
from storyboard.frozen import Frozen
from storyboard.gathered import Fault, Gathered
from storyboard.names import Names
from storyboard.phrases import did_you_mean, tokens
from storyboard.screenplay import ShotNote
from storyboard.vocabulary import JoinWord, Kind, Relative


class NoteReading(Frozen):
    """What a shot note or a shot line asks for. ``problems`` holds errors and warnings; nothing raises."""

    camera: Camera
    id: str | None = None
    seconds: Fraction | None = None
    frames: int | None = None  # at the film's rate
    continues: bool = False
    match: bool = False
    props: tuple[str, ...] = ()  # named in the note, by the bible's names
    cast: tuple[str, ...] = ()
    relative: tuple[Relative, ...] = ()  # wider, reverse, …: see ``framed_after``
    description: str = ""  # what a shot line says beside the camera's words
    problems: tuple[Problem, ...] = ()


_YES = frozenset({"yes", "true", "on", "1", ""})
_NO = frozenset({"no", "false", "off", "0", "none"})

KEYS: dict[str, tuple[str, ...]] = {
    "id": ("name",),
    "size": ("shot",),
    "framing": ("type", "kind"),
    "subject": ("subjects", "on", "of"),
    "angle": (),
    "height": (),
    "dutch": ("cant", "lean"),
    "move": ("moves", "movement", "motion"),
    "speed": ("pace",),
    "steadiness": ("steady", "support", "rig"),
    "lens": ("focal", "focal length"),
    "focus": (),
    "playback": ("time",),
    "pov": ("pov of",),
    "over": ("ots", "shoulder"),
    "dur": ("duration", "length", "seconds"),
    "frames": (),
    "relative": ("frame",),
    "continues": ("continue", "continuous"),
    "match": ("match cut",),
    "cast": ("characters", "who"),
    "props": ("prop", "things"),
}
_KEY_OF = {alias: key for key, aliases in KEYS.items() for alias in (key, *aliases)}
_PAIR = re.compile(r"\s*([^\W\d_][\w ]*?)\s*=(.*)", re.DOTALL)
_NEXT_PAIR = re.compile(r",(?=\s*[^\W\d_][\w ]*?\s*=)")


def read_note(note: ShotNote, names: Names, file: Path | None = None) -> NoteReading:
    """Read a note, a YAML shot or a shot line; see docs/camera.md for what may stand in it.

    In a note an unknown phrase, key or name is an error with the nearest known ones. In a shot line
    (``note.from_line``) it becomes the subject or the description.
    """
    into = Gathered()
    ids: list[str] = []
    if note.fields is not None:
        for key, value in note.fields.items():
            _read_field(key, str(value), names, into, ids)
        if note.text and not note.fields:
            Clauses(note.text, names, into).read()
    elif note.from_line:
        Clauses(note.text, names, into, lenient=True).read()
    else:
        _read_text(note.text, names, into, ids)
    camera = into.camera()
    if len(set(ids)) > 1:
        into.conflict("id", ids[0], ids[1])
    return NoteReading(
        camera=camera,
        id=note.id or (ids[0] if ids else None),
        seconds=into.seconds,
        frames=into.frames,
        continues=JoinWord.CONTINUES in into.joins,
        match=JoinWord.MATCH in into.joins,
        props=tuple(into.props),
        cast=tuple(into.cast),
        relative=tuple(into.relative),
        description=", ".join(into.described),
        problems=tuple(
            Problem(
                what=fault.what,
                todo=fault.todo,
                file=file,
                line=note.line,
                shot=note.id,
                level=Level.WARNING if fault.warning or note.from_line else Level.ERROR,
                rule=fault.rule or "camera-words",
            )
            for fault in into.faults
        ),
    )


def _read_text(text: str, names: Names, into: Gathered, ids: list[str]) -> None:
    """Phrases and ``key=value`` pairs may stand side by side; pairs end at ``;`` or before the next pair."""
    if "=" not in text:
        Clauses(text, names, into).read()
        return
    for part in text.split(";"):
        for piece in _NEXT_PAIR.split(part):
            pair = _PAIR.fullmatch(piece)
            if pair:
                _read_field(pair[1], pair[2], names, into, ids)
            elif piece.strip():
                Clauses(piece, names, into).read()


def _read_field(key: str, value: str, names: Names, into: Gathered, ids: list[str]) -> None:
    plain = " ".join(re.split(r"[\W_]+", key.lower())).strip()
    known = _KEY_OF.get(plain)
    value = value.strip().strip("[]\"'").strip()
    if known is None:
        todo = did_you_mean(plain, KEYS) or f"The keys are {', '.join(KEYS)}."
        into.faults.append(Fault(f'"{key.strip()}" is no key of a shot.', todo, "unknown-key"))
    elif known == "id":
        ids.append(value)
    elif not value and known not in ("continues", "match"):
        into.faults.append(Fault(f'"{known}" has no value.', "Write one, or leave the key out."))
    else:
        _READERS[known](value, names, into)


def _terms(*kinds: Kind) -> Callable[[str, Names, Gathered], None]:
    def read(value: str, names: Names, into: Gathered) -> None:
        Clauses(value, names, into, kinds=kinds).read()

    return read


def _things(value: str, names: Names, into: Gathered) -> None:
    Clauses(value, names, into, kinds=()).read()


def _one_thing(role: Role, value: str, names: Names, into: Gathered) -> None:
    """A single name or description for a role, also written ``MARA's shoulder``."""
    value = re.sub(r"['’]s?(?:\s+(?:left |right )?shoulders?)?$", "", value)
    reader = Clauses(value, names, into, kinds=())
    reader.role = role
    reader.read()


def _list(kind: str, value: str, names: Names, into: Gathered) -> None:
    """``cast`` and ``props``: known names only, whatever their case."""
    known = names.characters if kind == "cast" else names.props
    listed = into.cast if kind == "cast" else into.props
    whole = re.split(r"\s*[,;+]\s*", value)
    for written in (
        part for item in whole for part in ([item] if names.find(item) else re.split(r"\s+and\s+|\s*[&/]\s*", item))
    ):
        name = names.find(written)
        if not written:
            continue
        if name is None or name not in known.values():
            todo = did_you_mean(written, known) or "Add it to the bible."
            what = "Nobody" if kind == "cast" else "No prop"
            into.faults.append(Fault(f'{what} is called "{written}".', todo, "unknown-subject"))
        elif name not in listed:
            listed.append(name)


def _numbers(unit: str, value: str, names: Names, into: Gathered) -> None:
    """Numbers with or without their unit; words beside them are read as phrases of that field."""
    found = tokens(value)
    if len(found) == 1 and found[0].kind == "number" and found[0].value is not None:
        number, written = found[0].value, value
        if unit == "degrees" and found[0].key in ("", unit):
            into.lean(float(number), written)
            return
        if unit == "mm" and found[0].key in ("", unit):
            into.focal(float(number), written)
            return
        if unit in ("seconds", "frames") and found[0].key in ("", "seconds", "frames"):
            into.time(found[0].key or unit, number, written)
            return
    if unit == "degrees":
        if value.lower() in _YES | _NO:
            into.dutch = 0.0 if value.lower() in _NO else into.dutch or 15.0
        else:
            Clauses(value if "dutch" in value.lower() else f"dutch {value}", names, into, kinds=(Kind.DUTCH,)).read()
    elif unit == "mm":
        Clauses(value, names, into, kinds=(Kind.LENS,)).read()
    else:
        into.faults.append(
            Fault(f'"{value}" is not a length for a shot.', "Write a time above zero, such as 4s or 96 frames.")
        )


def _flag(word: JoinWord, value: str, names: Names, into: Gathered) -> None:  # noqa: ARG001  one shape for all
    if value.lower() in _YES or value.lower().removeprefix("from ") in (
        "previous",
        "last",
        "the previous shot",
    ):
        into.joins.add(word)
    elif value.lower() not in _NO:
        into.faults.append(Fault(f'"{value}" is neither yes nor no.', f"Write {word.value}=yes, or leave it out."))


_READERS: dict[str, Callable[[str, Names, Gathered], None]] = {
    "size": _terms(Kind.SIZE, Kind.RELATIVE),
    "framing": _terms(Kind.FRAMING),
    "subject": _things,
    "angle": _terms(Kind.ANGLE),
    "height": _terms(Kind.HEIGHT),
    "dutch": partial(_numbers, "degrees"),
    "move": _terms(Kind.MOVE, Kind.SPEED),
    "speed": _terms(Kind.SPEED),
    "steadiness": _terms(Kind.STEADINESS),
    "lens": partial(_numbers, "mm"),
    "focus": _terms(Kind.FOCUS),
    "playback": _terms(Kind.PLAYBACK),
    "pov": partial(_one_thing, Role.POV),
    "over": partial(_one_thing, Role.OVER),
    "dur": partial(_numbers, "seconds"),
    "frames": partial(_numbers, "frames"),
    "relative": _terms(Kind.RELATIVE),
    "continues": partial(_flag, JoinWord.CONTINUES),
    "match": partial(_flag, JoinWord.MATCH),
    "cast": partial(_list, "cast"),
    "props": partial(_list, "props"),
}

_SIZES = tuple(ShotSize)


def _same_subject(camera: Camera, before: Camera | None) -> bool:
    return before is not None and camera.subject in ((), before.subject)


def goes_across(reading: NoteReading, camera: Camera) -> bool:
    """Whether a note asks for the other side of the line of action: by name, or as the reverse of many."""
    if Relative.ACROSS in reading.relative:
        return True
    wide = camera.size in (ShotSize.EWS, ShotSize.WS, ShotSize.FS) and not camera.subject
    many = camera.framing in (Framing.TWO_SHOT, Framing.GROUP) or len(camera.subject) > 1
    return Relative.REVERSE in reading.relative and (wide or many)


def framed_after(reading: NoteReading, before: Camera | None) -> Camera:
    """The camera of a note that speaks of the shot before it: wider, closer, reverse angle, back to scene.

    Fields that the note says itself stay. Without a shot before, wider is a wide shot, closer a close-up.
    """
    camera = reading.camera
    filled: dict[str, object] = {}
    size = before.size if before is not None else None
    if Relative.WIDER in reading.relative:
        filled["size"] = _SIZES[max(0, _SIZES.index(size) - 2)] if size else ShotSize.WS
    elif Relative.CLOSER in reading.relative:
        filled["size"] = _SIZES[min(len(_SIZES) - 1, _SIZES.index(size) + 1)] if size else ShotSize.CU
    elif Relative.NEW_ANGLE in reading.relative and size and _same_subject(camera, before):
        # Seen from elsewhere it must not jump: two sizes closer, or wider where there is nothing closer.
        at = _SIZES.index(size)
        filled["size"] = _SIZES[at + 2 if at + 2 < len(_SIZES) else at - 2]
    elif reading.relative:
        filled["size"] = size
    if before is not None and reading.relative:
        filled["subject"] = before.subject
        if Relative.REVERSE in reading.relative and before.framing is Framing.OTS and before.over:
            filled |= {
                "subject": (before.over,),
                "over": next(iter(before.subject), None),
                "framing": Framing.OTS,
            }
    unsaid = {name: value for name, value in filled.items() if not getattr(camera, name)}
    return camera.model_copy(update=unsaid) if unsaid else camera
