"""Still Life, the example film that is shot with a model that forgets."""

from pathlib import Path

import pytest

from characters.seen import Kind
from director.plan import Plan, plan_film
from director.project import open_project
from render.previz.drift.parts import is_odd_head
from storyboard.camera import MoveKind
from tests.conftest import ROOT


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The film, planned with nothing left to say against it."""
    return plan_film(open_project(ROOT / "examples" / "unruly" / "film.yaml"), tmp_path, all_problems=True)


def test_it_is_45_seconds_of_drifting_previz(plan: Plan) -> None:
    """It is 45 seconds at 424×240, its generator drifts as typical, and nothing is doubtful about it."""
    assert plan.frames == 45 * plan.rate
    assert plan.project.film.format.size == (424, 240)
    assert plan.project.film.generator.params["drift"] == "typical"
    assert not plan.problems


def test_much_of_it_can_go_wrong(plan: Plan) -> None:
    """Three people with locked parts and never lists, one with a thing for a head; a look and a state that change."""
    seen = [planned.appearance for planned in plan.shots]
    people = {(each.name, each.look): each for one in seen for each in one.cast if each.kind is Kind.CHARACTER}
    assert len({name for name, _ in people}) == 3
    assert all(each.locked and each.never for each in people.values())
    assert any(is_odd_head(part, words) for each in people.values() for part, words in each.locked)
    assert len({look for name, look in people if name == "TICK"}) == 2
    assert len({each.state for one in seen for each in one.props}) == 2
    assert len({one.place.name for one in seen}) == 3


def test_the_camera_moves_in_many_ways(plan: Plan) -> None:
    """It has ten kinds of moves at least."""
    kinds = {move.kind for planned in plan.shots for phase in planned.shot.camera.moves for move in phase}
    assert len(kinds - {MoveKind.STATIC}) >= 10
