"""What stands between the lens and its subject: what fills the frame is moved away, what only passes by stays."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from director.plan import plan_film
from director.project import open_project
from render.previz.camera.foreground import crowding
from render.previz.camera.path import Framing, looking
from render.previz.frames import Tracer
from render.previz.look.style import Look, Quality
from render.previz.rehearsal import rehearse
from render.previz.sets.builder import Builder, paint
from render.previz.sets.design import DRESSING, SetDesign
from render.previz.solid import box
from tests.rehearsed import prop

EYE, SUBJECT = np.array((0.0, -6.0, 1.5)), np.array((0.0, 0.0, 1.5))


def _yard(*extents: tuple[float, float, float], y: float = -4.5) -> SetDesign:
    """A yard with blocks of these sizes in it, one and a half metres before the lens."""
    builder = Builder(prop("YARD"), np.random.default_rng(0))
    builder.ground(box((40, 40, 0.1), (0, 0, -0.05), paint("#888888"), DRESSING))
    for size in extents:
        builder.add([box(size, (0.6, y, size[2] / 2), paint("#448844"), DRESSING)])
    builder.seat("bench", 0.6, y, 0.5, 0.0)
    return builder.design(inside=False)


def _moved(design: SetDesign, people: tuple[np.ndarray, ...] = (), words: str = "") -> frozenset[int]:
    framing = Framing(looking(EYE, SUBJECT, 0.0, 28.0), SUBJECT, 2.5, SUBJECT, 16 / 9)
    return crowding(design, framing, [framing.view], frozenset(), people, words)


@pytest.mark.parametrize(
    ("size", "y", "goes"),
    [
        ((1.0, 1.0, 2.2), -4.5, True),
        ((0.08, 0.08, 2.2), -4.5, False),  # slim: a post
        ((1.0, 1.0, 2.2), -1.0, False),  # as far as who is looked at
        ((8.0, 1.0, 2.2), -4.5, False),  # a building
    ],
)
def test_a_thing_that_fills_the_frame_near_the_lens_is_moved_away(
    size: tuple[float, float, float], y: float, goes: bool
) -> None:
    """A bush goes; a post, a bush beside the subject and a wall stay."""
    assert _moved(_yard(size, y=y)) == (frozenset({0}) if goes else frozenset())


def test_what_the_shot_names_or_somebody_is_at_stays() -> None:
    """A bench that the action names is not moved away, nor what somebody stands at."""
    bench = _yard((1.0, 1.0, 2.2))
    assert _moved(bench)
    assert not _moved(bench, words="anna waits by the bench.")
    assert not _moved(bench, people=(np.array((0.6, -3.7)),))


def test_a_crane_does_not_end_behind_a_bush(tmp_path: Path) -> None:
    """The last shot of Last Light, low and wide, ends with nothing that fills the frame near the lens."""
    plan = plan_film(open_project(Path(__file__).parents[1] / "examples" / "last_light" / "film.yaml"), tmp_path)
    shot = plan.shots[-1].request
    shot = shot.model_copy(update={"width": 160, "height": 90})
    rehearsal = rehearse(shot)
    assert rehearsal.struck
    last = Tracer(rehearsal, Look.of(quality=Quality.DRAFT)).frame(shot.frames - 1)
    assert float((last.depth[:60] < 4.0).mean()) < 0.1
    whole = Tracer(replace(rehearsal, struck=frozenset()), Look.of(quality=Quality.DRAFT)).frame(shot.frames - 1)
    assert float((whole.depth[:60] < 4.0).mean()) > 0.25
