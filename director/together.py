"""The joint choice over a film: every shot's passing takes, by themselves and by how alike they are."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from director.attempts import Attempt, ShotState
from director.checks.base import Ruling
from director.choose import choose, rank, unary
from director.plan import Plan
from director.takes import Store
from storyboard.graph import EdgeKind
from storyboard.hashing import digest

if TYPE_CHECKING:
    import numpy as np

    from director.joint import Choices

VERSION = "2"
WEIGHTS = {"same character": 1.0, "same prop": 0.5, "same place": 0.5, "same light": 0.5}
"""What unlikeness over an edge of the graph counts, against 1 for a take that reaches all its limits."""
LIGHT_APART = 10.0
"""ΔE by which two takes of one place render it as unlike as can be; good takes of one picture look lie 2 apart."""

Vectors = Callable[[ShotState, Attempt], "Mapping[str, np.ndarray]"]
"""What everybody in a take looks like: name → vector of length 1; and how it renders light, in ΔE."""


def choose_together(plan: Plan, store: Store, states: Sequence[ShotState], vectors: Vectors | None) -> None:
    """Settle which take of each shot is cut: ``choose`` says it from now on. Every state must have a take.

    Where there is nothing to choose, no vector is asked for. A choice that was made once, of the same takes, is kept;
    without ``vectors`` another is not made.
    """
    candidates = [candidates_of(state) for state in states]
    if all(len(each) == 1 for each in candidates) or not plan.generator.capabilities().compared:
        return
    told = [[[a.take.key, unary(a)] for a in each] for each in candidates]
    key = digest("choice", {"version": VERSION, "candidates": told, "weights": WEIGHTS})
    if (kept := store.fact(key)) is not None:
        takes = json.loads(kept)["takes"]
    elif vectors is None:
        return
    else:
        from director.joint import best_together

        found = best_together(_choices(plan, states, candidates, vectors))
        takes = found.takes
        store.add_fact(key, json.dumps({"takes": takes, "cost": found.cost, "gap": found.gap}))
    for state, each, take in zip(states, candidates, takes, strict=True):
        state.chosen = each[take]


def candidates_of(state: ShotState) -> list[Attempt]:
    """The takes that may be cut: those that pass, in order; where none does, the one that would be chosen alone."""
    if state.circle is not None or state.fixed is not None:
        return [choose(state)]
    passing = [attempt for attempt in state.takes if attempt.ruling is Ruling.PASS]
    return sorted(passing, key=rank) if passing else [choose(state)]


def _choices(
    plan: Plan, states: Sequence[ShotState], candidates: Sequence[list[Attempt]], vectors: Vectors
) -> "Choices":
    import numpy as np

    from director.checks.vectors import LIGHT
    from director.joint import FORBIDDEN, Choices

    place = {state.planned.shot.id: index for index, state in enumerate(states)}
    known: dict[tuple[int, int], Mapping[str, np.ndarray]] = {}

    def looks(shot: int, name: str) -> list["np.ndarray | None"]:
        for number, attempt in enumerate(candidates[shot]):
            if (shot, number) not in known:
                known[shot, number] = vectors(states[shot], attempt)
        return [known[shot, number].get(name) for number in range(len(candidates[shot]))]

    pairs: dict[tuple[int, int], np.ndarray] = {}

    def tie(i: int, j: int, table: "np.ndarray") -> None:
        pairs[i, j] = pairs[i, j] + table if (i, j) in pairs else table

    for source, target, about in plan.graph.edges():
        i, j = place.get(source), place.get(target)
        if i is None or j is None or len(candidates[i]) * len(candidates[j]) == 1:
            continue
        if about.get("same_look") and (weight := WEIGHTS.get(about["kind"], 0.0)):
            tie(i, j, weight * unlikeness(looks(i, about["name"]), looks(j, about["name"])))
        if about["kind"] == EdgeKind.SAME_PLACE and same_light(states[i], states[j]):
            tie(i, j, WEIGHTS["same light"] * unlikeness(looks(i, LIGHT), looks(j, LIGHT), _light_apart))
    for j, state in enumerate(states):
        i = place.get(state.planned.shot.continues or "")
        if i is not None and any("parent" in child.take.resolved for child in candidates[j]):
            tie(
                i, j, np.array([[0.0 if grown_from(c, p) else FORBIDDEN for c in candidates[j]] for p in candidates[i]])
            )
    return Choices([np.array([unary(attempt) for attempt in each]) for each in candidates], pairs)


def grown_from(child: Attempt, parent: Attempt) -> bool:
    """Whether a take goes on from another's last frame, or from none at all."""
    return child.take.resolved.get("parent") in (None, parent.take.segments[-1].sha256)


def same_light(one: ShotState, other: ShotState) -> bool:
    """Whether two shots of a place are of one time of day and weather: what lights them is the same."""
    mine, theirs = one.planned.shot, other.planned.shot
    return (mine.time, mine.weather, mine.interior) == (theirs.time, theirs.weather, theirs.interior)


def _light_apart(one: "np.ndarray", other: "np.ndarray") -> float:
    from director.checks.rendering import apart

    return min(apart(one, other) / LIGHT_APART, 1.0)


def _unlike(one: "np.ndarray", other: "np.ndarray") -> float:
    return 1.0 - float(one @ other)


def unlikeness(
    one: "list[np.ndarray | None]",
    other: "list[np.ndarray | None]",
    unlike: "Callable[[np.ndarray, np.ndarray], float]" = _unlike,
) -> "np.ndarray":
    """How unlike each pair is, float64[N, M], by itself 1 − cosine.

    Where a vector is missing, the mean of the others: it tells nothing.
    """
    import numpy as np

    table = np.full((len(one), len(other)), np.nan)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            if a is not None and b is not None:
                table[i, j] = unlike(a, b)
    known = table[~np.isnan(table)]
    return np.nan_to_num(table, nan=float(known.mean()) if len(known) else 0.0)
