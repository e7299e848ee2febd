"""The joint choice over a film: every shot's passing takes, by themselves and by how alike they are."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from director.checks.base import Ruling
from director.choose import choose, rank, unary
from director.plan import Plan
from director.policy import Attempt, ShotState
from director.takes import Store
from storyboard.hashing import digest

if TYPE_CHECKING:
    import numpy as np

    from director.joint import Choices

VERSION = "1"
WEIGHTS = {"same character": 1.0, "same prop": 0.5, "same place": 0.5}
"""What unlikeness over an edge of the graph counts, against 1 for a take that reaches all its limits."""

Vectors = Callable[[ShotState, Attempt], "Mapping[str, np.ndarray]"]
"""What everybody in a take looks like: name → vector of length 1."""


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

    from director.joint import FORBIDDEN, Choices

    place = {state.planned.shot.id: index for index, state in enumerate(states)}
    known: dict[tuple[int, int], Mapping[str, np.ndarray]] = {}

    def looks(shot: int, name: str) -> list["np.ndarray | None"]:
        for number, attempt in enumerate(candidates[shot]):
            if (shot, number) not in known:
                known[shot, number] = vectors(states[shot], attempt)
        return [known[shot, number].get(name) for number in range(len(candidates[shot]))]

    pairs: dict[tuple[int, int], np.ndarray] = {}
    for source, target, about in plan.graph.edges():
        weight = WEIGHTS.get(about["kind"], 0.0) if about.get("same_look") else 0.0
        i, j = place.get(source), place.get(target)
        if not weight or i is None or j is None or len(candidates[i]) * len(candidates[j]) == 1:
            continue
        table = weight * unlikeness(looks(i, about["name"]), looks(j, about["name"]))
        pairs[i, j] = pairs[i, j] + table if (i, j) in pairs else table
    for j, state in enumerate(states):
        i = place.get(state.planned.shot.continues or "")
        if i is not None and any("parent" in child.take.resolved for child in candidates[j]):
            table = np.array([[0.0 if grown_from(c, p) else FORBIDDEN for c in candidates[j]] for p in candidates[i]])
            pairs[i, j] = pairs[i, j] + table if (i, j) in pairs else table
    return Choices([np.array([unary(attempt) for attempt in each]) for each in candidates], pairs)


def grown_from(child: Attempt, parent: Attempt) -> bool:
    """Whether a take goes on from another's last frame, or from none at all."""
    return child.take.resolved.get("parent") in (None, parent.take.segments[-1].sha256)


def unlikeness(one: "list[np.ndarray | None]", other: "list[np.ndarray | None]") -> "np.ndarray":
    """1 − cosine of each pair, float64[N, M]; where a vector is missing, the mean of the others: it tells nothing."""
    import numpy as np

    table = np.full((len(one), len(other)), np.nan)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            if a is not None and b is not None:
                table[i, j] = 1.0 - float(a @ b)
    known = table[~np.isnan(table)]
    return np.nan_to_num(table, nan=float(known.mean()) if len(known) else 0.0)
