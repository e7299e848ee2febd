"""Scenes written in YAML to the same Screenplay that Fountain gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storyboard.errors import InputError
from storyboard.fountain_rows import read_cue
from storyboard.scenes import make_scenes
from storyboard.screenplay import Element, ElementType, Screenplay, ShotNote
from storyboard.yaml_file import Key, YamlFile, did_you_mean

SCENE_KEYS = (
    "heading",
    "number",
    "day",
    "synopsis",
    "beats",
    "action",
    "dialogue",
    "shots",
    "transition",
    "note",
)
BEAT_KEYS = ("action", "shot", "transition", "speak", "note")
SPEECH_KEYS = ("speak", "character", "line", "text", "extension", "manner", "dual")


def screenplay_from_yaml(doc: YamlFile, *keys: Key) -> Screenplay:
    """The screenplay under ``keys``, a list of scenes.

    A scene has a ``heading``, and ``beats`` in order: action, speeches (``MARA: It is nearly out.`` or
    ``{speak: MARA, line: …, extension: V.O., manner: quietly}``), shots and transitions. Instead of
    ``beats`` it may have ``action``, ``dialogue`` and ``shots``: what happens is then shared out evenly over
    the shots in order, unless the shots say themselves what happens in them. Raises InputError that holds
    every fault, with the line in the YAML file.
    """
    writer = _Writer(doc)
    scenes = doc.get(*keys)
    if not isinstance(scenes, list):
        writer.refuse("scenes must be a list.", "Begin each scene with “- heading: INT. PLACE - DAY”.", *keys)
    elif not scenes:
        writer.refuse("there are no scenes.", "Write one: “- heading: INT. PLACE - DAY”.", *keys)
    else:
        for index, scene in enumerate(scenes):
            writer.scene(scene, (*keys, index))
    if writer.problems:
        raise InputError(writer.problems)
    found, doubts = make_scenes(writer.elements, writer.lines, doc.path, writer.shots)
    return Screenplay(
        file=doc.path,
        title_page={},
        elements=tuple(writer.elements),
        scenes=found,
        problems=tuple(doubts),
    )


@dataclass(slots=True)
class _Writer:
    """Writes elements as it reads beats, and gathers what is wrong."""

    doc: YamlFile
    elements: list[Element] = field(default_factory=list)
    lines: list[tuple[int, ...]] = field(default_factory=list)
    shots: dict[int, ShotNote] = field(default_factory=dict)
    problems: list[Any] = field(default_factory=list)

    def refuse(self, what: str, todo: str, *keys: Key) -> None:
        self.problems.append(self.doc.problem(what, todo, *keys))

    def line(self, *keys: Key) -> int:
        """The line of a value; what an alias repeats counts as standing where the script has come to."""
        line = self.doc.line(*keys) or 1
        return max(line, self.elements[-1].line) if self.elements else line

    def put(self, kind: ElementType, text: str, keys: tuple[Key, ...], **more: Any) -> None:
        line = self.line(*keys)
        self.elements.append(Element(type=kind, text=text, line=line, **more))
        self.lines.append((line,) * (text.count("\n") + 1))

    def text(self, value: Any, keys: tuple[Key, ...]) -> str | None:
        """Text that is not empty, or a number as text; anything else is refused."""
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
        name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "this")
        given = "nothing" if value is None or value == "" else _named(value)
        self.refuse(f"“{name}” must be text, not {given}.", "Write words; quote them if need be.", *keys)
        return None

    def scene(self, scene: Any, keys: tuple[Key, ...]) -> None:
        if not isinstance(scene, dict):
            self.refuse(f"a scene must be a mapping, not {_named(scene)}.", "Begin it with “heading:”.", *keys)
            return
        self.check_keys(scene, SCENE_KEYS, keys)
        if "heading" not in scene:
            self.refuse("a scene has no heading.", "Add “heading: INT. PLACE - DAY”.", *keys)
        elif heading := self.text(scene["heading"], (*keys, "heading")):
            number = self.text(scene["number"], (*keys, "number")) if scene.get("number") is not None else None
            self.put(ElementType.SCENE_HEADING, _one_line(heading), (*keys, "heading"), scene_number=number)
        if "day" in scene:
            day = scene["day"]
            if isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= 9999:
                self.put(ElementType.NOTE, f"day: {day}", (*keys, "day"))
            else:
                self.refuse("“day” must be a number from 1 on.", "Count story days.", *keys, "day")
        for key, kind in (("synopsis", ElementType.SYNOPSIS), ("note", ElementType.NOTE)):
            if key in scene and (text := self.text(scene[key], (*keys, key))):
                self.put(kind, text, (*keys, key))
        self.happenings(scene, keys)
        if "transition" in scene and (text := self.text(scene["transition"], (*keys, "transition"))):
            self.put(ElementType.TRANSITION, _one_line(text), (*keys, "transition"))

    def happenings(self, scene: Mapping[str, Any], keys: tuple[Key, ...]) -> None:
        """What happens in a scene: beats in order, or lists of action, dialogue and shots."""
        lists = [key for key in ("action", "dialogue", "shots") if key in scene]
        if "beats" in scene:
            if lists:
                self.refuse(
                    f"a scene has both beats and {', '.join(lists)}.",
                    "Write it all as beats, in order.",
                    *keys,
                )
            for key, beat in self.items(scene, "beats", keys):
                self.beat(beat, key)
            return
        happens = [
            (name, value, key)
            for name in scene
            if name in ("action", "dialogue")
            for key, value in self.items(scene, name, keys)
        ]
        shots = list(self.items(scene, "shots", keys)) if "shots" in scene else []
        told = any(isinstance(shot, dict) and {"action", "dialogue", "beats"} & set(shot) for _, shot in shots)
        begin = 0
        for index, (key, shot) in enumerate(shots):
            end = 0 if told else (index + 1) * len(happens) // len(shots)
            self.shot(shot, key)
            self.happen(happens[begin:end])
            begin = max(begin, end)
        self.happen(happens[begin:])

    def happen(self, happens: list[tuple[str, Any, tuple[Key, ...]]]) -> None:
        for name, value, key in happens:
            if name == "action":
                self.action(value, key)
            else:
                self.speech(value, key)

    def items(self, owner: Mapping[str, Any], name: str, keys: tuple[Key, ...]) -> list[tuple[tuple[Key, ...], Any]]:
        """The members of a list; one value is a list of itself."""
        value = owner[name]
        if isinstance(value, list):
            return [((*keys, name, index), item) for index, item in enumerate(value)]
        if value is None or (name == "beats" and not isinstance(value, dict | str)):
            self.refuse(f"“{name}” must be a list.", "Begin each entry with a dash.", *keys, name)
            return []
        return [((*keys, name), value)]

    def beat(self, beat: Any, keys: tuple[Key, ...]) -> None:
        if not isinstance(beat, dict):
            self.action(beat, keys)
        elif "speak" in beat or "character" in beat:
            self.speech(beat, keys)
        elif len(beat) != 1:
            self.check_keys(beat, (*BEAT_KEYS, *SPEECH_KEYS), keys)
            self.refuse("a beat says one thing.", f"Give each of {', '.join(map(str, beat)) or 'them'} a dash.", *keys)
        else:
            ((name, value),) = beat.items()
            self.one_beat(name, value, (*keys, name))

    def one_beat(self, name: str, value: Any, keys: tuple[Key, ...]) -> None:
        if name == "action":
            self.action(value, keys)
        elif name == "shot" or name.startswith("shot "):
            self.shot(value, keys, name[5:].strip() or None)
        elif name in ("transition", "note"):
            kind = ElementType.TRANSITION if name == "transition" else ElementType.NOTE
            if text := self.text(value, keys):
                self.put(kind, _one_line(text) if name == "transition" else text, keys)
        elif read_cue(name)[0].isupper():
            self.said(name, value, keys)
        else:
            self.refuse(
                f"unknown key “{name}” in a beat.",
                did_you_mean(name, BEAT_KEYS) or "A speaker's name is written in capitals.",
                *keys,
            )

    def action(self, value: Any, keys: tuple[Key, ...]) -> None:
        if text := self.text(value, keys):
            for paragraph in _paragraphs(text):
                self.put(ElementType.ACTION, paragraph, keys)

    def speech(self, value: Any, keys: tuple[Key, ...]) -> None:
        """``{MARA: words}``, or a mapping of ``speak`` (or ``character``) and ``line`` (or ``text``)."""
        if isinstance(value, dict) and len(value) == 1 and not set(value) & set(SPEECH_KEYS):
            ((name, words),) = value.items()
            self.said(name, words, (*keys, name))
            return
        if not isinstance(value, dict):
            self.refuse("a line of dialogue needs a speaker.", "Write “- MARA: words”.", *keys)
            return
        self.check_keys(value, SPEECH_KEYS, keys)
        who = next((key for key in ("speak", "character") if key in value), None)
        what = next((key for key in ("line", "text") if key in value), None)
        if who is None or what is None:
            missing = "speak" if who is None else "line"
            self.refuse(f"“{missing}” is missing in a speech.", "Add it.", *keys)
            return
        dual = value.get("dual", False)
        if not isinstance(dual, bool):
            self.refuse("“dual” must be true or false.", "Leave it out for false.", *keys, "dual")
        optional = {
            key: self.text(value[key], (*keys, key)) for key in ("extension", "manner") if value.get(key) is not None
        }
        if name := self.text(value[who], (*keys, who)):
            extension = optional.get("extension")
            self.said(
                name,
                value[what],
                (*keys, what),
                extension=extension.strip("() ") if extension else None,
                manner=optional.get("manner"),
                dual=dual is True,
            )

    def said(
        self,
        name: str,
        value: Any,
        keys: tuple[Key, ...],
        *,
        extension: str | None = None,
        manner: str | None = None,
        dual: bool = False,
    ) -> None:
        """A cue and what is said; a row in brackets is a parenthetical, one that begins with ~ is sung."""
        words = self.text(value, keys)
        if not words:
            return
        cue, written, caret = read_cue(_one_line(name))
        beside = bool(self.elements) and self.elements[-1].type in (ElementType.DIALOGUE, ElementType.LYRIC)
        self.put(ElementType.CHARACTER, cue, keys, extension=extension or written, dual=(dual or caret) and beside)
        if manner:
            self.put(ElementType.PARENTHETICAL, f"({_one_line(manner).strip('() ')})", keys)
        plain: list[str] = []
        for row in (*words.split("\n"), None):
            text = row.strip() if row is not None else ""
            aside = text.startswith("(") and text.endswith(")")
            if row is None or aside or text.startswith("~"):
                if any(plain):
                    self.put(ElementType.DIALOGUE, "\n".join(plain).strip(), keys)
                plain = []
                if aside:
                    self.put(ElementType.PARENTHETICAL, text, keys)
                elif text:
                    self.put(ElementType.LYRIC, text[1:].strip(), keys)
            else:
                plain.append(text)

    def shot(self, value: Any, keys: tuple[Key, ...], name: str | None = None) -> None:
        if not isinstance(value, dict):
            if text := self.text(value, keys):
                self.put_shot(ShotNote(text=_one_line(text), line=self.line(*keys), id=name), keys)
            return
        id_ = self.text(value["id"], (*keys, "id")) if value.get("id") is not None else name
        fields: dict[str, str] = {}
        for key, given in value.items():
            if key in ("id", "action", "dialogue", "beats"):
                continue
            parts = given if isinstance(given, list) else [given]
            texts = [_scalar(part) for part in parts]
            if not parts or any(text is None for text in texts):
                self.refuse(f"“{key}” of a shot must be words or a number.", "See the camera terms.", *keys, key)
            else:
                fields[str(key)] = ", ".join(text for text in texts if text is not None)
        text = "; ".join(f"{key}={given}" for key, given in fields.items())
        self.put_shot(ShotNote(text=text, line=self.line(*keys), id=id_, fields=fields), keys)
        for key in value:
            if key in ("action", "dialogue", "beats"):
                for at, item in self.items(value, key, keys):
                    {"action": self.action, "dialogue": self.speech, "beats": self.beat}[key](item, at)

    def put_shot(self, shot: ShotNote, keys: tuple[Key, ...]) -> None:
        self.shots[len(self.elements)] = shot
        name = f"shot {shot.id}" if shot.id else "shot"
        self.put(ElementType.NOTE, f"{name}: {shot.text}", keys)

    def check_keys(self, given: Mapping[str, Any], known: tuple[str, ...], keys: tuple[Key, ...]) -> None:
        for key in given:
            if key not in known:
                self.refuse(f"unknown key “{key}”.", did_you_mean(str(key), known), *keys, key)


def _scalar(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _one_line(str(value)) if isinstance(value, str | int | float) and str(value).strip() else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> list[str]:
    """Text parted at its blank lines."""
    found: list[list[str]] = [[]]
    for row in text.split("\n"):
        if row.strip():
            found[-1].append(row)
        elif found[-1]:
            found.append([])
    return ["\n".join(rows) for rows in found if rows]


def _named(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", bool: "true or false", type(None): "nothing"}
    return names.get(type(value), f"“{str(value)[:40]}”")
