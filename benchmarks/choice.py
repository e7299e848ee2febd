"""How long the joint choice of takes needs, and what it gains over choosing each shot's best alone.

Films are made up from seeded chance: scenes with a place each, a cast that comes and goes, props; a take of a shot is
a vector for everybody in it, who they are plus how far this take drifts, as strongly in each film as said. Run it from
the repository: python benchmarks/choice.py [--quick]
"""

import time

import common
import numpy as np

from director.joint import Choices, best_alone, best_together

SIZE = 64  # of a vector
WEIGHTS = {"character": 1.0, "prop": 0.5, "place": 0.5}


def film(shots: int, takes: int, drift: float, seed: int) -> Choices:
    """A film of so many shots: ten to a scene, eight people, twelve props; two or three of them in a shot."""
    chance = np.random.default_rng(seed)
    unary = [chance.uniform(0.1, 0.9, takes) for _ in range(shots)]
    last: dict[tuple[str, int], tuple[int, np.ndarray]] = {}
    pairs: dict[tuple[int, int], np.ndarray] = {}
    for shot in range(shots):
        scene = shot // 10
        company = np.random.default_rng([seed, scene]).permutation(8)[:4]
        seen = [("place", scene % 15)]
        seen += [("character", int(who)) for who in chance.choice(company, chance.integers(1, 4), replace=False)]
        if chance.random() < 0.4:
            seen.append(("prop", int(chance.integers(12))))
        for thing in seen:
            vectors = _vectors(thing, takes, drift, chance)
            if thing in last:
                before, others = last[thing]
                table = WEIGHTS[thing[0]] * (1 - others @ vectors.T)
                pairs[before, shot] = pairs.get((before, shot), 0) + table
            last[thing] = (shot, vectors)
    return Choices(unary, pairs)


def _vectors(thing: tuple[str, int], takes: int, drift: float, chance: np.random.Generator) -> np.ndarray:
    """What a subject looks like in each take: float[takes, SIZE], rows of length 1."""
    self = np.random.default_rng([len(thing[0]), thing[1]]).normal(size=SIZE)
    rows = self + drift * chance.normal(size=(takes, SIZE))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def main() -> None:
    """Print time, gap and gain for films of several lengths and amounts of drift."""
    quick = common.quick(__doc__)
    common.heading("scipy", "numpy")
    print("| shots | takes | drift | ties | seconds | processor | gap | alone | together | pairs alone | together |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for shots in (60, 500):
        for drift in (0.3, 1.0) if quick else (0.3, 0.6, 1.0, 2.0):
            for seed in range(1 if quick else 3):
                _row(film(shots, 6, drift, seed), drift)


def _row(choices: Choices, drift: float) -> None:
    clock, cpu = time.perf_counter(), time.process_time()
    together = best_together(choices)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    alone = best_alone(choices)

    def pairs(takes: tuple[int, ...]) -> float:
        return sum(float(table[takes[i], takes[j]]) for (i, j), table in choices.pairs.items()) / len(choices.pairs)

    cells = [len(choices.unary), len(choices.unary[0]), drift, len(choices.pairs), f"{clock:.2f}", f"{cpu:.2f}"]
    cells += [f"{together.gap:.1e}", f"{alone.cost:.2f}", f"{together.cost:.2f}"]
    cells += [f"{pairs(alone.takes):.3f}", f"{pairs(together.takes):.3f}"]
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
