"""The ladder: what a failing check changes, step by step. Data in film.yaml, with a default.

Each check has steps; a step is a list of changes. Every time that the check fails on the same thing, it takes its
next step; what was changed stays changed for the following takes of the shot. Steps of several failing checks are
taken together. What a generator cannot do, or what would change nothing, is skipped, and said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from director.changes import Change, Forward, Guide, Keyframe, Refer, Refuse, Withhold
from director.checks.base import Verdict

WORDS = ("seed", "forward", "refuse", "reference", "withhold", "guide", "keyframe")
"""What a step may hold. ``refuse`` may name the words: ``{refuse: extra people}``."""

Step = tuple[str, ...]
"""Changes by their words; what ``refuse`` refuses stands behind a colon: ``refuse: extra people``."""


def _steps(value: Any) -> Any:
    """Steps as film.yaml has them: a list of words or lists of words; one word is a step of its own."""
    if isinstance(value, str | dict):
        value = [value]
    if not isinstance(value, list | tuple):
        raise ValueError("must be a list of steps, such as [forward, [reference, keyframe]]")
    return tuple(tuple(_word(word) for word in (step if isinstance(step, list | tuple) else [step])) for step in value)


def _word(value: Any) -> str:
    if isinstance(value, dict) and len(value) == 1 and "refuse" in value:
        return f"refuse: {value['refuse']}"
    name, colon, refused = str(value).partition(":")
    if name not in WORDS or (colon and (name != "refuse" or not refused.strip())):
        raise ValueError(f"has the step “{value}”; a step is one of {', '.join(WORDS)}")
    return str(value)


Steps = Annotated[
    tuple[Step, ...],
    BeforeValidator(_steps),
    WithJsonSchema({"type": "array", "description": "Steps: each a change, or a list of changes."}),
]
Ladder = Mapping[str, tuple[Step, ...]]
"""Name of a check, or of one of its measures, → its steps."""

_LOOKS: tuple[Step, ...] = (("forward", "reference"), ("guide",), ("keyframe",), ("guide",))
_MOTION: tuple[Step, ...] = (("guide",), ("guide",), ("guide",))
DEFAULT: Ladder = {
    "usable": (("seed",),),
    "identity": (("reference", "forward", "guide"), ("guide",), ("keyframe",), ("guide",)),
    "attributes": _LOOKS,
    "state": _LOOKS,
    "never": (("refuse", "reference"), ("guide",), ("keyframe",), ("guide",)),
    "camera": _MOTION,
    "framing": _MOTION,
    "cast": (("refuse: extra people", "guide"), ("guide",), ("guide",)),
    "tempo": _MOTION,
    "cuts": _MOTION,
    "continuity": (("seed",), ("guide",)),
    "flicker": (("seed",),),
    "black": (("seed",),),
    "exposure": (("seed",),),
    "person": (("seed",),),
}
"""Words and references for what somebody looks like, the rehearsal for where the camera goes and what time does.

A keyframe comes late: it binds the take to one picture, and what moves away from it moves otherwise than was asked for.
"""
MEASURES: Ladder = {"identity.copied": (("withhold",), ("withhold", "guide"), ("guide",), ("guide",))}
"""Measures that need other steps than their check; steps that a film gives for the check are theirs too."""
MOVING = frozenset({"camera", "tempo", "cuts", "continuity", "exposure"})
"""Where one of these fails in a take that was given a keyframe, the next is given none."""


@dataclass(frozen=True)
class Means:
    """What can be changed for a shot: by its generator, and by what there is of it."""

    forward: bool = False  # the generator reads the prompt
    refuse: bool = False  # and the negative prompt
    references: Mapping[str, int] = field(default_factory=dict)  # how many there are of whom
    control: tuple[float, ...] = ()  # strengths of the guide above the film's own, rising
    still: Callable[[int], Keyframe | None] = lambda _attempts: None  # out of the first attempts, where there is one
    parts: frozenset[tuple[str, str | None]] = frozenset()  # whose words the prompt holds


@dataclass(frozen=True)
class Turn:
    """What the next take of a shot is shot with, and what was skipped on the way, in words."""

    changes: tuple[Change, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass
class _Held:
    """What has been changed so far."""

    forward: list[tuple[str, str | None]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    references: dict[str, int] = field(default_factory=dict)
    withheld: list[tuple[str, str]] = field(default_factory=list)
    control: float | None = None
    keyframe: Keyframe | None = None
    unbound: bool = False  # a keyframe did harm
    skipped: list[str] = field(default_factory=list)

    def skip(self, words: str) -> bool:
        """Note what could not be done."""
        self.skipped.append(words)
        return False

    def changes(self) -> tuple[Change, ...]:
        made: list[Change] = []
        if self.keyframe is not None:
            made.append(self.keyframe)
        if self.control is not None:
            made.append(Guide(control=self.control))
        made += [Refer(of=of, count=count) for of, count in self.references.items()]
        made += [Withhold(of=of, file=file) for of, file in self.withheld]
        made += [Forward(of=of, part=part) for of, part in self.forward]
        made += [Refuse(refused=words) for words in self.refused]
        return tuple(made)


def climb(failures: Sequence[Sequence[Verdict]], ladder: Ladder, means: Means) -> Turn:
    """What the take after these is shot with; ``failures`` are the failing verdicts of each attempt so far."""
    held = _Held()
    levels: dict[tuple[str, str | None, str | None], int] = {}
    for number, failing in enumerate(failures, 1):
        held.skipped.clear()
        before = held.control
        if held.keyframe is not None and any(map(_bound, failing)):
            held.keyframe, held.unbound = None, True
        complaints: dict[tuple[str, str | None, str | None], Verdict] = {}
        for verdict in failing:
            name = verdict.measure if verdict.measure in ladder else verdict.check
            complaints.setdefault((name, verdict.subject, verdict.part), verdict)
        for complaint, verdict in complaints.items():
            steps = ladder.get(complaint[0], _SEED_ONLY)
            level = levels.get(complaint, 0)
            while level < len(steps):
                level += 1
                changed = [_take(word, verdict, held, means, number, before) for word in steps[level - 1]]
                if any(changed):
                    break
            levels[complaint] = level
    return Turn(held.changes(), tuple(dict.fromkeys(held.skipped)))


def _bound(verdict: Verdict) -> bool:
    """Whether a keyframe may be what a take fails by."""
    return verdict.check in MOVING or verdict.measure == "identity.copied"


_SEED_ONLY: tuple[Step, ...] = (("seed",),)


def _take(word: str, verdict: Verdict, held: _Held, means: Means, number: int, control: float | None) -> bool:
    """Take one word of a step; whether it changes anything. ``control`` is the guide before this attempt's verdicts."""
    name, _, given = word.partition(":")
    subject = verdict.subject
    if name == "seed":
        return True
    if name == "forward":
        return _bring_forward(verdict, held, means)
    if name == "refuse":
        refused = given.strip() or verdict.part or verdict.measured
        if not means.refuse:
            return held.skip("refuse: the generator reads no negative prompt")
        if not refused or refused in held.refused:
            return False
        held.refused.insert(0, refused)
        return True
    if name == "reference":
        if subject is None or held.references.get(subject, 0) >= means.references.get(subject, 0):
            return held.skip(f"reference: there is no further one of {subject}") if subject else False
        held.references = {subject: held.references.get(subject, 0) + 1, **_without(held.references, subject)}
        return True
    if name == "withhold":
        copied = (subject or "", verdict.measured)
        if not all(copied) or not means.references.get(copied[0]):
            return held.skip("withhold: no reference is known that could be left out")
        if copied in held.withheld:
            return False
        held.withheld.append(copied)
        return True
    if name == "guide":
        stronger = [each for each in means.control if control is None or each > control]
        if not stronger:
            return held.skip("guide: it cannot be stronger" if means.control else "guide: the generator has none")
        held.control = max(held.control or 0.0, stronger[0])
        return True
    if held.keyframe is not None or held.unbound:
        return False
    held.keyframe = means.still(number)
    return held.keyframe is not None or held.skip("keyframe: no take yet in which everybody looks right")


def _bring_forward(verdict: Verdict, held: _Held, means: Means) -> bool:
    if verdict.subject is None:
        return False
    if not means.forward:
        return held.skip("forward: the generator reads no prompt")
    words = (verdict.subject, verdict.part)
    if words not in means.parts:
        words = (verdict.subject, None)
    if words not in means.parts or words in held.forward:
        return False
    held.forward.insert(0, words)
    return True


def _without(counts: dict[str, int], name: str) -> dict[str, int]:
    return {each: count for each, count in counts.items() if each != name}
