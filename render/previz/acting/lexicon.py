"""The lexicon of acting: which act a verb is, in whatever form it is written, and how the act is done.

The data is ``lexicon.toml`` beside this file; it is read once, when a first action line is acted.
"""

import functools
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

Path3 = tuple[tuple[float, float, float, float], ...]  # share of the gesture, then x, y, z


class Form(StrEnum):
    """A form of a verb: takes, took or taken, taking, take."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    ING = "ing"


@dataclass(frozen=True)
class Act:
    """What somebody does: see the head of ``lexicon.toml``."""

    name: str
    verbs: tuple[str, ...] = ()
    move: str = ""
    posture: str = ""
    prop: str = ""
    gesture: str = ""
    look: bool = False
    seconds: float = 1.0
    state: bool = False
    running: bool = False
    head: tuple[float, float] = (0.0, 0.0)  # turn and nod while it lasts, radians


@dataclass(frozen=True)
class Gesture:
    """A path of the palms, in shares of the height (forwards, outwards, up), and what goes with it."""

    right: Path3 = ()
    left: Path3 = ()
    target: bool = False  # the right hand goes to what is named
    far: bool = False  # only towards it, with the arm stretched out
    shake: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    lean: float = 0.0
    fingers: float = 0.35
    head_nod: float = 0.0
    head_tilt: float = 0.0
    nods: tuple[float, float] = (0.0, 0.0)  # radians, how often a second
    turns: tuple[float, float] = (0.0, 0.0)
    hop: float = 0.0  # metres


@dataclass(frozen=True)
class Grip:
    """How a prop is held: where the palm is, and whether the prop stands in the hand or hangs from it.

    A flat thing is held by its edge: its middle is ``ahead`` metres before the palm, its far edge ``tilt`` radians up.
    """

    at: tuple[float, float, float]
    up: bool = False
    ahead: float = 0.0
    tilt: float = 0.0


@dataclass(frozen=True)
class Lexicon:
    """All acts, the forms of their verbs, and the small words that tell verbs from nouns."""

    acts: dict[str, Act]
    gestures: dict[str, Gesture]
    grips: dict[str, Grip]
    forms: dict[str, tuple[tuple[str, Form], ...]] = field(repr=False)
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = field(repr=False)  # base → (words after it, act)
    words: dict[str, frozenset[str]] = field(repr=False)

    def act_of(self, base: str, after: list[str]) -> Act | None:
        """The act of a verb with the words that follow it in its clause; the longest phrase that fits wins."""
        for words, name in self.phrases.get(base, ()):
            if _in_order(words, after):
                return self.acts[name]
        return None

    def grip(self, text: str) -> Grip:
        """How a prop is held, by what is said of it: the last word that the table knows."""
        found = [name for name in self.grips if name in text.split()]
        return self.grips[max(found, key=text.rfind)] if found else self.grips["default"]


def _in_order(words: tuple[str, ...], after: list[str]) -> bool:
    at = 0
    for word in words:
        try:
            at = after.index(word, at) + 1
        except ValueError:
            return False
    return True


_VOWELS = "aeiou"


def third(base: str) -> str:
    """The form after he or she: takes, watches, carries."""
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _stems(base: str) -> tuple[str, str]:
    """What -ed and what -ing is added to."""
    if base.endswith("ie"):
        return base[:-1], base[:-2] + "y"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1], base[:-1]
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "i", base
    short = sum(letter in _VOWELS for letter in base) == 1
    if len(base) > 2 and short and base[-1] not in "aeiouwxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS:
        return base + base[-1], base + base[-1]
    return base, base


def inflected(base: str, irregular: tuple[str, ...] = ()) -> dict[str, Form]:
    """Every form of a verb: by the rules of spelling, and those that it has of its own."""
    past, ing = _stems(base)
    forms = {past + "ed": Form.PAST, ing + "ing": Form.ING, third(base): Form.THIRD}
    for form in irregular:
        forms[form] = Form.ING if form.endswith("ing") else Form.THIRD if form.endswith("s") else Form.PAST
    if base in ("be", "can", "will", "could", "would", "must", "may", "might", "shall"):
        forms |= dict.fromkeys(irregular, Form.THIRD)
    forms[base] = Form.BASE
    return forms


def lemma_of(word: str) -> str:
    """The base of an unknown verb, from its form after he or she, or its -ing."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes", "oes")):
        return word[:-2]
    if word.endswith("ing") and len(word) > 5:
        stem = word[:-3]
        return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _path(points: Any) -> Path3:
    return tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in points) if isinstance(points, list) else ()


def _gesture(data: dict[str, Any]) -> Gesture:
    fields: dict[str, Any] = {key: _frozen(value) for key, value in data.items()}
    fields["target"] = data.get("right") == "target"
    fields |= {"right": _path(data.get("right")), "left": _path(data.get("left"))}
    return Gesture(**fields)


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    data = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    acts: dict[str, Act] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entry in data["act"].items():
        fields: dict[str, Any] = {key: _frozen(value) for key, value in entry.items()}
        acts[name] = Act(name, **fields)
        for verb in acts[name].verbs:
            base, *rest = verb.split()
            phrases.setdefault(base, []).append((tuple(rest), name))
    forms: dict[str, list[tuple[str, Form]]] = {}
    for base in phrases:
        for form, kind in inflected(base, tuple(data["irregular"].get(base, ()))).items():
            forms.setdefault(form, []).append((base, kind))
    return Lexicon(
        acts=acts,
        gestures={name: _gesture(entry) for name, entry in data["gesture"].items()},
        grips={
            name: Grip(**{key: _frozen(value) for key, value in entry.items()}) for name, entry in data["hold"].items()
        },
        forms={form: tuple(found) for form, found in forms.items()},
        phrases={base: tuple(sorted(found, key=lambda one: -len(one[0]))) for base, found in phrases.items()},
        words={name: frozenset(words) for name, words in data["words"].items()},
    )
