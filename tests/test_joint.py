"""The joint choice: the best set of takes, whatever the graph."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from director.joint import FORBIDDEN, Choices, best_alone, best_together


def some_film(seed: int, shots: int, takes: int, density: float) -> Choices:
    chance = np.random.default_rng(seed)
    counts = chance.integers(1, takes + 1, shots)
    unary = [chance.random(count) for count in counts]
    pairs = {
        (i, j): chance.random((counts[i], counts[j]))
        for i, j in itertools.combinations(range(shots), 2)
        if chance.random() < density
    }
    return Choices(unary, pairs)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), shots=st.integers(1, 6), density=st.floats(0, 1))
def test_nothing_is_better_than_the_joint_choice(seed: int, shots: int, density: float) -> None:
    """Against every possible choice of small films, dense and sparse: the same cost, and the gap is none."""
    choices = some_film(seed, shots, 3, density)
    best = min(choices.cost(each) for each in itertools.product(*(range(len(u)) for u in choices.unary)))
    found = best_together(choices)
    assert abs(found.cost - best) < 1e-5
    assert found.gap == 0
    assert found.cost <= best_alone(choices).cost + 1e-9


def test_a_take_that_fits_its_neighbours_beats_one_that_is_better_alone() -> None:
    """The middle shot's second take is a little worse, and the only one that goes with the other two."""
    clash = np.array([[1.0, 0.0]])
    choices = Choices([np.zeros(1), np.array([0.0, 0.2]), np.zeros(1)], {(0, 1): clash, (1, 2): clash.T})
    assert best_alone(choices).takes == (0, 0, 0)
    assert best_together(choices).takes == (0, 1, 0)


def test_takes_that_cannot_stand_together_never_do() -> None:
    """A shot's take goes with the parent that it grew from, though another would be better."""
    table = np.array([[0.0, FORBIDDEN], [FORBIDDEN, 0.0]])
    choices = Choices([np.array([0.0, 0.3]), np.array([0.9, 0.1])], {(0, 1): table})
    assert best_together(choices).takes == (1, 1)


def test_of_equals_the_earlier_take_is_chosen() -> None:
    """So that a choice does not hang on the solver."""
    choices = Choices([np.zeros(4)] * 5, {(i, j): np.zeros((4, 4)) for i, j in itertools.combinations(range(5), 2)})
    assert best_together(choices).takes == (0, 0, 0, 0, 0)
