"""The choice over a film: of takes that pass, those that go together."""

from pathlib import Path

import numpy as np

from director.attempts import Attempt, ShotState
from director.checks.base import Showing
from director.checks.rendering import apart, rendering_of
from director.checks.vectors import LIGHT
from director.choose import choose
from director.crew import Crew
from director.farm import InlineFarm
from director.listener import Listener
from director.plan import Plan, plan_film
from director.project import open_project
from director.takes import Store
from director.together import candidates_of, choose_together, same_light, unlikeness
from director.vector_file import load_vectors, rounded, save_vectors
from render.previz.drift.settings import settings_of
from render.previz.drift.take import DriftingTake
from render.previz.expectation import expect
from storyboard.graph import EdgeKind
from tests.conftest import edit, write_film
from tests.test_anchors import ANCHORED

TWO_EACH = ANCHORED + "reroll: {anchors: false, passing: 2}\n"


def shot_twice(folder: Path) -> tuple[Plan, Crew]:
    """A film with two passing takes of each shot."""
    film = write_film(folder, film=TWO_EACH)
    edit(film, "height: 160", "height: 36")
    plan = plan_film(open_project(film), Store(folder).cache)
    crew = Crew(plan, Store(folder), InlineFarm(), Listener())
    crew.shoot(plan.shots)
    return plan, crew


def test_as_many_takes_are_shot_as_are_to_pass(tmp_path: Path) -> None:
    """``reroll: {passing: 2}`` leaves two of each to choose from."""
    _, crew = shot_twice(tmp_path)
    assert [len(candidates_of(state)) for state in crew.states] == [2] * 5


def test_the_takes_that_look_alike_are_cut_and_the_choice_is_kept(tmp_path: Path) -> None:
    """Where the second takes of all shots show the same Mara and the first ones do not, the second ones are cut."""
    plan, crew = shot_twice(tmp_path)
    asked: list[str] = []

    def vectors(state: ShotState, attempt: Attempt) -> dict[str, np.ndarray]:
        asked.append(attempt.take.key)
        everybody = [each.name for each in (*state.planned.appearance.cast, state.planned.appearance.place)]
        own = np.random.default_rng(int(attempt.take.key[:8], 16)).normal(size=64)
        same = np.ones(64) if attempt.number else own
        return {name: (same / np.linalg.norm(same)).astype(np.float32) for name in everybody}

    choose_together(plan, crew.store, crew.states, vectors)
    assert [choose(state).number for state in crew.states] == [1] * 5
    assert len(set(asked)) == 10

    again = Crew(plan, crew.store, InlineFarm(), Listener())
    again.review()
    choose_together(plan, crew.store, again.states, None)
    assert [choose(state).number for state in again.states] == [1] * 5


def rendered(state: ShotState, picture_look: str) -> np.ndarray:
    """How a take of a shot renders colours in a picture look, by its frames alone; small, short and without drift."""
    made = state.planned.request.model_copy(update={"width": 192, "height": 108, "frames": 13, "head": 0, "tail": 0})
    settings = settings_of({"drift": "none", "picture_look": picture_look, "compression": "none"})
    frames = list(DriftingTake(made.model_copy(update={"seed": 3}), settings).frames())
    shown = Showing(
        width=192, height=108, frames=13, read=lambda places: (frames[at] for at in places), expected=expect(made)
    )
    light = rendering_of(shown)
    assert light is not None
    return light


def test_of_two_passing_takes_that_is_cut_whose_light_fits_its_neighbours(tmp_path: Path) -> None:
    """Shots of one place at one time, one of them warm in its first take and all else cool: its second is cut."""
    plan, crew = shot_twice(tmp_path)
    numbers = {state.planned.shot.id: index for index, state in enumerate(crew.states)}
    ties = [(numbers[a], numbers[b]) for a, b, _ in plan.graph.edges(EdgeKind.SAME_PLACE)]
    i, j = next((i, j) for i, j in ties if same_light(crew.states[i], crew.states[j]))
    lights = {(index, look): rendered(crew.states[index], look) for index in (i, j) for look in ("warm", "cool")}
    assert apart(lights[i, "cool"], lights[j, "cool"]) < 3 < apart(lights[i, "warm"], lights[j, "cool"])

    def vectors(state: ShotState, attempt: Attempt) -> dict[str, np.ndarray]:
        index = numbers[state.planned.shot.id]
        if index not in (i, j):
            return {}
        return {LIGHT: lights[index, "warm" if (index, attempt.number) == (i, 0) else "cool"]}

    assert [choose(crew.states[index]).number for index in (i, j)] == [0, 0]
    choose_together(plan, crew.store, crew.states, vectors)
    assert [choose(crew.states[index]).number for index in (i, j)] == [1, 0]


def test_where_there_is_one_take_of_each_nothing_is_looked_at(tmp_path: Path) -> None:
    """No vector is asked for."""
    film = write_film(tmp_path, film=TWO_EACH.replace("passing: 2", "passing: 1"))
    edit(film, "height: 160", "height: 36")
    plan = plan_film(open_project(film), Store(tmp_path).cache)
    crew = Crew(plan, Store(tmp_path), InlineFarm(), Listener())
    crew.shoot(plan.shots)

    def vectors(state: ShotState, attempt: Attempt) -> dict[str, np.ndarray]:
        raise AssertionError(f"asked of {attempt.take.key} of {state.planned.shot.id}")

    choose_together(plan, crew.store, crew.states, vectors)
    assert [choose(state).number for state in crew.states] == [0] * 5


def test_what_is_not_known_counts_as_what_is_usual() -> None:
    """A missing vector costs the mean of the others, and nothing where none is known."""
    one, other = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    assert unlikeness([one, None], [one, other]).tolist() == [[0.0, 1.0], [0.5, 0.5]]
    assert unlikeness([None], [one]).tolist() == [[0.0]]


def test_vectors_come_back_as_they_were_kept(tmp_path: Path) -> None:
    """Names of any kind; a damaged file is none."""
    vectors = rounded({"MARA": np.ones(3), "THE “KEEPER”/2": np.arange(3.0)})
    path = tmp_path / "cache" / "a.npz"
    save_vectors(path, vectors)
    kept = load_vectors(path)
    assert kept is not None
    assert {name: vector.tolist() for name, vector in kept.items()} == {
        name: vector.tolist() for name, vector in vectors.items()
    }
    path.write_bytes(path.read_bytes()[:40])
    assert load_vectors(path) is None
