"""The joint choice: the set of takes, one of each shot, that is best by itself and together. Exact.

Minimises Σ unary + Σ pairwise over the edges of a graph. What a shot of one or two ties costs is folded into its
neighbours, which loses nothing; what is left is solved as a mixed integer program on the local polytope (Wainwright
and Jordan 2008, section 4.1): x is 1 for the take of a shot, y for the pair of takes at an edge, and the y of a take
add up to its x. It ends at its gap or its node limit, never by a clock.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from storyboard.errors import MachineError

NODES = 20_000
"""Branches that the solver may look at. The instances of films need one."""
FORBIDDEN = 1e4
"""The cost of two takes that cannot stand together."""


@dataclass(frozen=True, eq=False)
class Choices:
    """What there is to choose. ``unary[i]`` float[K_i]; ``pairs[i, j]`` float[K_i, K_j] for i < j."""

    unary: Sequence[np.ndarray]
    pairs: Mapping[tuple[int, int], np.ndarray]

    def cost(self, chosen: Sequence[int]) -> float:
        """What a choice costs."""
        alone = sum(float(costs[k]) for costs, k in zip(self.unary, chosen, strict=True))
        return alone + sum(float(table[chosen[i], chosen[j]]) for (i, j), table in self.pairs.items())


@dataclass(frozen=True)
class Chosen:
    """A choice with its cost; ``gap`` is how much better another could be, as a share: 0 where it is the best."""

    takes: tuple[int, ...]
    cost: float
    gap: float


def best_together(choices: Choices) -> Chosen:
    """The best joint choice. Of equals, the one with the earlier takes."""
    work = _Work(choices)
    work.reduce()
    gap = 0.0
    for component in work.components():
        gap = max(gap, work.solve(component))
    takes = work.unfolded()
    return Chosen(takes, choices.cost(takes), gap)


def best_alone(choices: Choices) -> Chosen:
    """The best take of each shot alone, for comparison."""
    takes = tuple(int(np.argmin(costs)) for costs in choices.unary)
    return Chosen(takes, choices.cost(takes), 0.0)


class _Work:
    """A problem that becomes smaller: shots are folded into their neighbours, and unfolded when those are chosen.

    ``names[i]`` says which of a shot's takes its rows stand for; ``tables[i][j]`` has a row for each of these.
    """

    def __init__(self, choices: Choices) -> None:
        # A thought for the earlier take, far below anything measured, so that ties do not hang on the solver.
        self.unary = {i: np.asarray(each, float) + 1e-7 * np.arange(len(each)) for i, each in enumerate(choices.unary)}
        self.names = {i: np.arange(len(each)) for i, each in self.unary.items()}
        self.tables: dict[int, dict[int, np.ndarray]] = {i: {} for i in self.unary}
        for (i, j), table in choices.pairs.items():
            self._tie(i, j, np.asarray(table, float))
        self.folded: list[tuple[int, Callable[[dict[int, int]], int]]] = []
        self.chosen: dict[int, int] = {}

    def _tie(self, i: int, j: int, table: np.ndarray) -> None:
        held = self.tables[i].get(j)
        self.tables[i][j] = table if held is None else held + table
        self.tables[j][i] = self.tables[i][j].T

    def reduce(self) -> None:
        """Prune takes that cannot be chosen, and fold away every shot that is tied to two others at most."""
        queue = sorted(self.unary)
        while queue:
            waiting: set[int] = set()
            for i in queue:
                if i not in self.unary:
                    continue
                pruned = self._prune(i)
                ties = sorted(self.tables[i])
                small = len(self.unary[i]) == 1 or len(ties) <= 2
                if small:
                    self._fold(i, ties)
                if small or pruned:
                    waiting.update(ties)
            queue = sorted(waiting & self.unary.keys())

    def _prune(self, i: int) -> bool:
        """Remove takes that are worse than some other whatever is chosen around them (Goldstein 1994)."""
        costs = self.unary[i]
        if len(costs) == 1:
            return False
        worse = costs[:, None] - costs[None, :]  # [a, b]: by how much take a is worse than take b, at the least
        for table in self.tables[i].values():
            worse = worse + (table[:, None, :] - table[None, :, :]).min(axis=2)
        kept = np.flatnonzero(~(worse > 1e-12).any(axis=1))
        if len(kept) == len(costs):
            return False
        self.unary[i], self.names[i] = costs[kept], self.names[i][kept]
        for j in self.tables[i]:
            self.tables[i][j] = self.tables[i][j][kept]
            self.tables[j][i] = self.tables[i][j].T
        return True

    def _fold(self, i: int, ties: list[int]) -> None:
        """Take a shot out: what its best take costs, for every take of its neighbours, becomes their own."""
        costs, own, tables = self.unary.pop(i), self.names.pop(i), self.tables.pop(i)
        for j in ties:
            del self.tables[j][i]
        rows = {j: {int(name): row for row, name in enumerate(self.names[j])} for j in ties}

        def unfold(chosen: dict[int, int]) -> int:
            told = costs.copy()
            for j in ties:
                told += tables[j][:, rows[j][chosen[j]]]
            return int(own[int(np.argmin(told))])

        self.folded.append((i, unfold))
        if len(costs) == 1:
            for j in ties:
                self.unary[j] = self.unary[j] + tables[j][0]
        elif len(ties) == 1:
            self.unary[ties[0]] = self.unary[ties[0]] + (costs[:, None] + tables[ties[0]]).min(axis=0)
        elif len(ties) == 2:
            j, k = ties
            both = costs[:, None, None] + tables[j][:, :, None] + tables[k][:, None, :]
            self._tie(j, k, both.min(axis=0))

    def components(self) -> list[list[int]]:
        """What is left, in parts that have no tie to each other."""
        left, found = set(self.unary), []
        while left:
            stack, part = [min(left)], set()
            while stack:
                i = stack.pop()
                if i not in part:
                    part.add(i)
                    stack += self.tables[i].keys()
            left -= part
            found.append(sorted(part))
        return found

    def solve(self, component: list[int]) -> float:
        """Solve one part; returns its gap. Raises MachineError where the solver finds nothing at all."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix

        start, cost = {}, []
        for i in component:
            start[i] = sum(map(len, cost))
            cost.append(self.unary[i])
        binary = sum(map(len, cost))
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        row, column = len(component), binary
        for number, i in enumerate(component):
            rows += [number] * len(self.unary[i])
            columns += range(start[i], start[i] + len(self.unary[i]))
            values += [1.0] * len(self.unary[i])
        for i in component:
            for j, table in self.tables[i].items():
                if j < i:
                    continue
                cost.append(table.ravel())
                y = column + np.arange(table.size).reshape(table.shape)
                for axis, end in ((0, i), (1, j)):
                    for take in range(table.shape[axis]):
                        pair = np.take(y, take, axis=axis)
                        rows += [row] * (len(pair) + 1)
                        columns += [*map(int, pair), start[end] + take]
                        values += [1.0] * len(pair) + [-1.0]
                        row += 1
                column += table.size
        bounds: Any = np.zeros(row)  # one take of each shot; the y of a take minus its x: nothing
        bounds[: len(component)] = 1.0
        matrix = csr_matrix((values, (rows, columns)), shape=(row, column))
        integral = np.zeros(column)
        integral[:binary] = 1
        result = milp(
            np.concatenate(cost),
            integrality=integral,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, bounds, bounds),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
        if result.x is None:
            raise MachineError(f"the joint choice of takes failed: {result.message}")
        for i in component:
            self.chosen[i] = int(self.names[i][int(np.argmax(result.x[start[i] : start[i] + len(self.unary[i])]))])
        return float(result.mip_gap or 0.0)

    def unfolded(self) -> tuple[int, ...]:
        """The whole choice, in the order of the shots."""
        for i, unfold in reversed(self.folded):
            self.chosen[i] = unfold(self.chosen)
        return tuple(self.chosen[i] for i in sorted(self.chosen))
