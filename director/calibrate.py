"""A film's own limits: from its references by leave-one-out and from impostors, and from what a person decided."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from director.checks.base import Limit, Verdict
from director.checks.eyes import Eye, eye_of
from director.checks.limits import shipped_limits
from director.decisions import Decisions, decided
from director.takes import Store, write_atomic
from storyboard.frozen import Frozen

if TYPE_CHECKING:
    import numpy as np

    from characters.seen import Reference
    from director.plan import Plan

_ROOM = 1.02  # a take that was approved passes with this much to spare
_REFERENCE = "identity.reference"
_ADAPTER = TypeAdapter(dict[str, Limit])


class Calibrated(Frozen):
    """A limit of the film's own, and what it rests on."""

    name: str  # measure/subject
    limit: Limit
    rests_on: str


def calibrate(plan: "Plan", store: Store, *, references: bool = True) -> tuple[Calibrated, ...]:
    """Work the film's limits out and keep them in ``.shotgraph/limits.json``.

    Without ``references`` those that rest on pictures stay as they are, and no picture is read. Raises DiskError.
    """
    kept = film_limits(store)
    found = list(_from_references(plan)) if references else []
    if not references:
        found = [
            Calibrated(name=name, limit=limit, rests_on="references")
            for name, limit in kept.items()
            if name.startswith((_REFERENCE + "/", "never.words/"))
        ]
    known = {each.name: each.limit for each in found}
    found += _from_decisions(store, decided(store), known)
    limits = {each.name: each.limit for each in found}
    text = _ADAPTER.dump_json(limits, indent=1).decode()
    if limits or kept:
        write_atomic(_path(store), text + "\n")
    return tuple(found)


def film_limits(store: Store) -> dict[str, Limit]:
    """The limits that were worked out for the films of a folder; a file that does not read is no limit."""
    try:
        return _ADAPTER.validate_json(_path(store).read_bytes())
    except (OSError, ValidationError):
        return {}


def _path(store: Store) -> Path:
    return store.takes.parent / "limits.json"


# From pictures.


def _from_references(plan: "Plan") -> Iterable[Calibrated]:
    """For everybody with two references or more: how like each is to the others, and how like other people's are."""
    from director.checks.references import reference_vectors

    by_name: dict[str, list[Reference]] = {}
    for planned in plan.shots:
        for seen in (*planned.appearance.cast, *planned.appearance.props):
            for each in seen.references:
                if each not in by_name.setdefault(seen.name, []):
                    by_name[seen.name].append(each)
    checks = plan.project.film.checks
    told = {
        which: {"name": eye.name, "params": eye.params}
        for which, eye in (("likeness", checks.likeness), ("words", checks.words))
        if eye is not None
    }
    eye = eye_of(told, "likeness", plan.project.folder) or Eye()
    vectors = {name: reference_vectors(tuple(each), eye) for name, each in sorted(by_name.items())}
    for name, own in vectors.items():
        others = [rows for other, rows in vectors.items() if other != name and len(rows)]
        if len(own) < 2:
            continue
        limit = limit_between(_left_out(own), _impostors(own, others))
        rests = f"{len(own)} references, {sum(len(rows) for rows in others)} of others"
        yield Calibrated(name=f"{_REFERENCE}/{name}", limit=limit, rests_on=rests)
    words = eye_of(told, "words", plan.project.folder)
    if words is not None:
        yield from _from_words(plan, by_name, words)


def _left_out(own: "np.ndarray") -> list[float]:
    """How unlike each reference, float32[N, D], is to the nearest of the others."""
    import numpy as np

    like = own @ own.T
    np.fill_diagonal(like, -np.inf)
    return [1 - float(each) for each in like.max(axis=1)]


def _impostors(own: "np.ndarray", others: "Sequence[np.ndarray]") -> list[float]:
    """How unlike the references of others are to the nearest of these."""
    return [1 - float((own @ row).max()) for rows in others for row in rows]


def limit_between(same: Sequence[float], other: Sequence[float]) -> Limit:
    """The limit that tells two kinds of scores apart with the fewest errors, and how many good ones it rejects.

    ``same`` are scores of what should pass, ``other`` of what should fail. Between equally good limits it is the
    middle; what lies nearer to it than a quarter of their distance is unsure. Without others it is as far above the
    worst of the same as that is above their mean.
    """
    worst, mean = max(same), sum(same) / len(same)
    if not other:
        return Limit(fail=worst + (worst - mean), doubt=worst, false_alarms=0.0, takes=len(same))
    edges = sorted({*same, *other})
    cuts = [(low + high) / 2 for low, high in itertools.pairwise(edges)] or [worst]

    def errors(cut: float) -> float:
        return sum(each > cut for each in same) / len(same) + sum(each <= cut for each in other) / len(other)

    least = min(errors(cut) for cut in cuts)
    best = [cut for cut in cuts if errors(cut) == least]
    fail = best[len(best) // 2]
    above = min((each for each in other if each > fail), default=fail)
    below = max((each for each in same if each <= fail), default=fail)
    doubt = fail - (above - below) / 4 if above > below else fail
    return Limit(fail=fail, doubt=doubt, false_alarms=sum(each > fail for each in same) / len(same), takes=len(same))


def _from_words(plan: "Plan", by_name: "Mapping[str, list[Reference]]", eye: Eye) -> Iterable[Calibrated]:
    """For everybody with a never list: how much their own references, which are right, look like what it names."""
    from director.checks.never import fits
    from director.checks.references import picture_of

    seen = {each.name: each for planned in plan.shots for each in (*planned.appearance.cast, *planned.appearance.props)}
    for name, references in sorted(by_name.items()):
        crops = [crop for each in references if (crop := picture_of(str(each.path))) is not None]
        if not seen[name].never or len(crops) < 2:
            continue
        limit = limit_between([max(fits(eye, crop, seen[name]).values()) for crop in crops], [])
        yield Calibrated(name=f"never.words/{name}", limit=limit, rests_on=f"{len(crops)} references")


# From what a person said.


def _from_decisions(store: Store, decisions: Decisions, known: Mapping[str, Limit]) -> Iterable[Calibrated]:
    """What an approved take failed by is let pass from now on; what a rejected one came nearest to is not."""
    approved = [_verdicts(store, key) for key in decisions.picks.values()]
    for name, verdicts in _by_limit(approved).items():
        worst = max(verdict.score for verdict in verdicts)
        limit = known.get(name) or shipped_limits().get(verdicts[0].measure)
        if limit is not None and worst > limit.doubt:
            raised = worst * _ROOM if worst > 0 else worst / _ROOM
            moved = limit.model_copy(update={"fail": max(limit.fail, raised), "doubt": raised})
            yield Calibrated(name=name, limit=moved, rests_on=f"{len(verdicts)} approved")
    good = _by_limit(approved)
    for key, why in decisions.rejected.items():
        verdict = _meant(_verdicts(store, key), why)
        if verdict is None:
            continue
        name = _name(verdict)
        limit = known.get(name) or shipped_limits().get(verdict.measure)
        allowed = max((each.score for each in good.get(name, [])), default=limit.doubt / 2 if limit else 0.0)
        if limit is not None and allowed < verdict.score <= limit.fail:
            lowered = (allowed + verdict.score) / 2
            moved = limit.model_copy(update={"fail": lowered, "doubt": min(limit.doubt, lowered)})
            yield Calibrated(name=name, limit=moved, rests_on=f"rejected: {why or 'without a word'}")


def _meant(verdicts: Sequence[Verdict], why: str) -> Verdict | None:
    """The verdict that a person's words are about: the one they name most of, and nearest to its limit."""
    words = why.lower()

    def named(verdict: Verdict) -> int:
        told = (verdict.check, verdict.measure.split(".")[-1], verdict.subject, verdict.part)
        return sum(each is not None and each.lower() in words for each in told)

    able = [verdict for verdict in verdicts if verdict.measure and verdict.limit > 0 and verdict.score > 0]
    able = [verdict for verdict in able if named(verdict)]  # a guess would make the film's limits wrong
    return max(able, key=lambda verdict: (named(verdict), verdict.score / verdict.limit), default=None)


def _verdicts(store: Store, key: str) -> list[Verdict]:
    from director.crew import read_verdicts

    text = store.last_verdicts(key)
    return [each for each in read_verdicts(text) if not each.advisory] if text is not None else []


def _name(verdict: Verdict) -> str:
    return f"{verdict.measure}/{verdict.subject}" if verdict.subject else verdict.measure


def _by_limit(takes: Iterable[Sequence[Verdict]]) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for verdicts in takes:
        for verdict in verdicts:
            if verdict.measure:
                found.setdefault(_name(verdict), []).append(verdict)
    return found
