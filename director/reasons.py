"""Why a shot is shot again: every reason has a name, and says what was and what is."""

import difflib
from enum import StrEnum
from typing import Any

from storyboard.frozen import Frozen


class Reason(StrEnum):
    """Every way in which a shot's recipe can differ from the last run's."""

    NEW = "new shot"
    SCRIPT = "script line"
    COVERAGE = "coverage"
    CAMERA = "camera"
    LENGTH = "length"
    BEATS = "what happens when"
    VOICE = "voice"
    LOCKED = "locked words"
    LOOK = "look or state"
    CAST = "who is seen"
    PLACE = "place or light"
    PROMPT = "prompt"
    FORMAT = "format"
    HANDLES = "handles"
    GENERATOR = "generator"
    SEED = "seed"
    REFERENCE = "reference"
    ANCHOR = "anchor"
    PARENT = "the shot it continues"
    OTHER = "input"


class Change(Frozen):
    """One link from what a person changed to the shot."""

    reason: Reason
    words: str


_BY_FIELD = {
    "camera": Reason.CAMERA,
    "frames": Reason.LENGTH,
    "head": Reason.HANDLES,
    "tail": Reason.HANDLES,
    "width": Reason.FORMAT,
    "height": Reason.FORMAT,
    "rate": Reason.FORMAT,
    "prompt": Reason.PROMPT,
    "negative": Reason.PROMPT,
    "params": Reason.GENERATOR,
    "references": Reason.REFERENCE,
    "parent": Reason.PARENT,
}
_BY_STAGE = {
    "beats": Reason.BEATS,
    "cast": Reason.CAST,
    "props": Reason.CAST,
    "marks": Reason.CAST,
    "place": Reason.PLACE,
    "interior": Reason.PLACE,
    "time": Reason.PLACE,
    "weather": Reason.PLACE,
    "side": Reason.CAMERA,
}


def changes_between(before: dict[str, Any] | None, after: dict[str, Any]) -> list[Change]:
    """The links from what changed to this shot, the cause first; empty when recipe and seed are the same."""
    if before is None:
        return [Change(reason=Reason.NEW, words="it was not in the film before")]
    same_seed = (before["seed"], before["fingerprint"]) == (after["seed"], after["fingerprint"])
    if before["recipe"] == after["recipe"] and same_seed:
        return []
    changes = _script_changes(before, after)
    for name in ("generator", "version"):
        if before[name] != after[name]:
            words = f"{name} {before[name]} → {after[name]}"
            changes.append(Change(reason=Reason.GENERATOR, words=words))
    if before["voice"] != after["voice"]:
        changes.append(Change(reason=Reason.VOICE, words=f"voice {before['voice']} → {after['voice']}"))
    if before["seed"] != after["seed"]:
        changes.append(Change(reason=Reason.SEED, words=f"the film's seed {before['seed']} → {after['seed']}"))
    changes += _input_changes(before["inputs"], after["inputs"])
    if before["fingerprint"] != after["fingerprint"] and before["recipe"] == after["recipe"]:
        changes.append(Change(reason=Reason.SEED, words="the words it is shot from changed, and with them its seed"))
    return changes


def _script_changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    changes: list[Change] = []
    if before["text"] != after["text"]:
        changes.append(Change(reason=Reason.SCRIPT, words=f"its note “{before['text']}” → “{after['text']}”"))
    edits = list(_line_edits(before["scene"], after["scene"]))
    covered = after["origin"] == "coverage"
    if before["coverage"] != after["coverage"] and covered:
        words = f"coverage: {before['coverage']} → {after['coverage']}"
        changes.append(Change(reason=Reason.COVERAGE, words=words))
    mine = {text for row in (before, after) for text in row["beats"]}
    for old, new in edits:
        about_this = any(text and text in (old + "\n" + new) for text in mine)
        if about_this or covered:
            changes.append(Change(reason=Reason.SCRIPT, words=_edit_words(old, new)))
    if covered and edits and before["inputs"] != after["inputs"]:
        words = f"the planner covers “{after['heading']}” anew ({after['coverage']}), and this shot is part of it"
        changes.append(Change(reason=Reason.COVERAGE, words=words))
    return changes


def _line_edits(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    return [
        ("\n".join(before[a1:a2]), "\n".join(after[b1:b2]))
        for tag, a1, a2, b1, b2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _edit_words(old: str, new: str) -> str:
    if not old:
        return f"added: “{_short(new)}”"
    if not new:
        return f"removed: “{_short(old)}”"
    return f"“{_short(old)}” → “{_short(new)}”"


def _short(text: str, length: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _input_changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    changes: list[Change] = []
    for path, old, new in _leaves(before, after, ()):
        reason = _reason(path)
        changes.append(Change(reason=reason, words=f"{_path_words(path)}: {_value(old)} → {_value(new)}"))
    return changes


def _reason(path: tuple[str, ...]) -> Reason:
    if path[0] != "stage":
        return _BY_FIELD.get(path[0], Reason.OTHER)
    if "locked" in path or "descriptor" in path or "figure" in path or "never" in path:
        return Reason.LOCKED
    if path[-1] in ("look", "state"):
        return Reason.LOOK
    return _BY_STAGE.get(path[1] if len(path) > 1 else "", Reason.OTHER)


def _path_words(path: tuple[str, ...]) -> str:
    return ".".join(part for part in path if part != "stage")


def _value(value: Any) -> str:
    return "nothing" if value is None else _short(str(value), 60)


def _leaves(before: Any, after: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any, Any]]:
    """Where two plain values differ, as (path, before, after)."""
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted({*before, *after})
        return [leaf for key in keys for leaf in _leaves(before.get(key), after.get(key), (*path, str(key)))]
    if isinstance(before, list) and isinstance(after, list):
        if len(before) == len(after):
            pairs = enumerate(zip(before, after, strict=True))
            return [leaf for i, (a, b) in pairs for leaf in _leaves(a, b, (*path, _label(b, i)))]
        return [(path, _names(before), _names(after))]
    return [(path, before, after)]


def _label(value: Any, index: int) -> str:
    """A list's item by its name where it has one: ``cast.MARA`` reads better than ``cast.0``."""
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return value["name"]
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    return str(index)


def _names(values: list[Any]) -> str:
    words = [v.get("name") or v.get("text") or str(v) if isinstance(v, dict) else str(v) for v in values]
    return ", ".join(words) or "nobody"
