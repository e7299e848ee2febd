"""From what the policy changes to what the generator is asked for."""

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from characters.prompts import lock
from characters.seen import Reference, Seen
from characters.sheets import chosen
from director.changes import Change, Draft, Forward, Guide, Keep, Keyframe, Refer, Refuse, Say, Withhold
from director.checks.base import Ruling
from director.ladder import Means
from director.plan import Plan
from director.planned import PlannedShot
from render.generators.base import Capabilities
from render.request import Request

if TYPE_CHECKING:
    from director.attempts import Attempt

LOOKS = frozenset({"usable", "identity", "attributes", "never", "state", "framing", "cast", "black", "person"})
"""Checks that must not fail on a frame which other takes are to begin with: they say what is seen, and how large."""


def everybody(planned: PlannedShot) -> tuple[Seen, ...]:
    """Who and what is seen in a shot, the place too."""
    seen = planned.appearance
    return (*seen.cast, *seen.props, seen.place)


def means_of(plan: Plan, planned: PlannedShot, attempts: Sequence["Attempt"], seen: Sequence[Seen]) -> Means:
    """What can be changed for a shot; ``seen`` is everybody in it, with the references that there are by now."""
    generator, can = plan.generator, plan.generator.capabilities()
    own = plan.project.film.generator.params.get("control")
    given = float(own) if isinstance(own, int | float) else 0.0
    held = "parent" in generator.reads and planned.shot.continues is not None
    begins = can.first_frame and bool(generator.reads & {"parent", "first_frame"}) and not held
    read = "references" in generator.reads
    return Means(
        forward="prompt" in generator.reads,
        refuse=can.negative and "negative" in generator.reads,
        references={each.name: len(each.references) for each in seen} if can.max_references and read else {},
        control=tuple(each for each in can.control if each > given) if "params" in generator.reads else (),
        still=(lambda count: still_of(attempts[:count])) if begins else (lambda _count: None),
        parts=frozenset({(e.name, None) for e in seen} | {(e.name, part) for e in seen for part, _ in e.locked}),
    )


def still_of(attempts: Sequence["Attempt"]) -> Keyframe | None:
    """The first frame of the take in which everybody looks most right, or None where nobody does in any.

    What fails later in a take says nothing against its first frame.
    """
    found: list[tuple[float, int, Keyframe]] = []
    for attempt in attempts:
        told = [v for v in attempt.verdicts if v.check in LOOKS and not v.advisory and (not v.span or v.span[0] <= 0)]
        if attempt.draft or not told or any(verdict.ruling is Ruling.FAIL for verdict in told):
            continue
        unsure = sum(verdict.ruling is Ruling.UNSURE for verdict in told)
        found.append((unsure, attempt.number, Keyframe(take=attempt.take.key, frame=0)))
    return min(found, key=lambda each: each[:2])[2] if found else None


def kept_of(attempts: Sequence["Attempt"]) -> Keep | None:
    """The pieces of the last take before the first that something is wrong with; None where it is the first."""
    last = attempts[-1] if attempts else None
    if last is None or last.draft or len(last.take.segments) < 2 or not last.failing:
        return None
    wrong = min(verdict.span[0] if verdict.span is not None else 0 for verdict in last.failing)
    ends = list(accumulate(segment.frames for segment in last.take.segments))
    pieces = sum(end <= wrong for end in ends)
    if not 0 < pieces < len(ends):
        return None
    return Keep(take=last.take.key, pieces=pieces, frames=ends[pieces - 1])


def changed_request(plan: Plan, planned: PlannedShot, changes: Sequence[Change], seen: Sequence[Seen]) -> Request:
    """What the generator is asked for, but for the seed and the frame to begin with."""
    request, can = planned.request, plan.generator.capabilities()
    update: dict[str, object] = {}
    forward = [(one.of, one.part) for one in changes if isinstance(one, Forward)]
    prompt = request.prompt
    if forward:
        bible = plan.project.bible
        prompt = lock(planned.shot, planned.appearance, bible, forward=forward, count=plan.generator.count_tokens)
        prompt = prompt.positive
    said = [one.said for one in changes if isinstance(one, Say)]
    update["prompt"] = " ".join([*(_sentence(words) for words in said), prompt])
    refused = [one.refused for one in changes if isinstance(one, Refuse)]
    update["negative"] = ", ".join([*refused, *([request.negative] if request.negative else [])])
    first = {one.of: one.count for one in changes if isinstance(one, Refer)}
    withheld = {(one.of, one.file) for one in changes if isinstance(one, Withhold)}
    if withheld:
        seen = [_without(each, withheld) for each in seen]
    update["references"] = ordered(seen, first, can.max_references)
    guides = [one.control for one in changes if isinstance(one, Guide)]
    if guides:
        update["params"] = {**request.params, "control": max(guides)}
    if any(isinstance(one, Draft) for one in changes):
        update |= {
            "draft": True,
            "width": drafted(request.width, can),
            "height": drafted(request.height, can),
        }
    words = tuple(one.words for one in changes if not isinstance(one, Draft))
    return request.model_copy(update={**update, "changes": words})


def ordered(seen: Sequence[Seen], first: dict[str, int], most: int) -> tuple[Reference, ...]:
    """The references a take is shot with: ``first`` so many of these, then everybody's in turn; ``most`` at most."""
    ahead = [
        reference
        for name, count in first.items()
        for each in seen
        if each.name == name
        for reference in each.references[:count]
    ]
    everything = chosen(seen, sum(len(each.references) for each in seen))
    return (*ahead, *(reference for reference in everything if reference not in ahead))[:most]


def _without(seen: Seen, withheld: set[tuple[str, str]]) -> Seen:
    kept = tuple(each for each in seen.references if (seen.name, each.path.name) not in withheld)
    return seen.model_copy(update={"references": kept})


def drafted(side: int, can: Capabilities) -> int:
    """A side of a draft: its share of the take's, a multiple of what the generator and the codec ask for."""
    if can.draft_scale == 1:
        return side
    step = can.multiple if can.multiple % 2 == 0 else 2 * can.multiple
    return max(step, round(side * can.draft_scale / step) * step)


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return words if words[-1:] in ".!?…" else f"{words}."
