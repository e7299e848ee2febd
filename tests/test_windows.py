"""The window: where less fails elsewhere in a take, that stretch is cut."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from director.attempts import Attempt
from director.checks.base import Ruling, Verdict
from director.direct import Crew
from director.edit import build_edit
from director.farm import InlineFarm
from director.listener import Listener
from director.plan import Plan, plan_film
from director.project import open_project
from director.takes import Store
from director.windows import Room, best_window, rooms, window_at
from tests.conftest import FILM, SCRIPT, run_direct, write_film

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOM = Room(home=4, first=0, last=8, frames=24)


def found(first: int, last: int, ruling: Ruling = Ruling.FAIL) -> Verdict:
    return Verdict(
        check="black", version="1", ruling=ruling, score=2, limit=1, words="black", span=(first, last)
    )  # fmt: skip


def test_black_frames_at_the_start_are_left_out() -> None:
    """The window moves just as far as it must."""
    window = best_window(ROOM, [found(0, 5)])
    assert (window.first, window.shown) == (6, (6, 29))
    assert not window.holds(found(0, 5))


def test_nothing_to_gain_leaves_the_window_where_it_was_planned() -> None:
    """What fails in the middle fails in every window; what concerns the whole take too."""
    whole = found(0, 1).model_copy(update={"span": None})
    for verdicts in ([], [found(12, 13)], [whole], [found(0, 2, Ruling.PASS)]):
        assert best_window(ROOM, verdicts).first == ROOM.home
    assert best_window(ROOM, [whole]).holds(whole)


def test_a_failure_weighs_more_than_a_doubt() -> None:
    """Of a failing start and a doubtful end, the doubt is kept."""
    assert best_window(ROOM, [found(0, 7), found(30, 31, Ruling.UNSURE)]).first == 8


def test_a_failure_outside_the_window_does_not_reject(tmp_path: Path) -> None:
    """The same verdict rejects a take that cannot move."""
    film, plan = planned(tmp_path)
    crew = Crew(plan, Store(film.parent), InlineFarm(), Listener())
    (state,) = crew.shoot(plan.shots[:1])
    take = state.attempts[0].take
    verdicts = (found(0, 1),)
    window = best_window(Room(home=take.head, first=0, last=take.head + take.tail, frames=24), verdicts)
    assert Attempt(0, take, verdicts, window).ruling is Ruling.PASS
    fast = window_at(Room(home=0, first=0, last=0, frames=24), 0)
    assert Attempt(0, take, verdicts, fast).ruling is Ruling.FAIL


def planned(folder: Path, script: str = SCRIPT) -> tuple[Path, Plan]:
    film = write_film(folder, film=FILM, script=script)
    return film, plan_film(open_project(film), Store(folder).cache)


JOINED = """\
INT. KITCHEN - DAY

[[shot: wide shot of MARA, static, 2s]]

MARA waits.

DISSOLVE TO:

EXT. CLIFF PATH - DAY

[[shot: full shot of MARA, static, 2s]]

MARA walks.

[[shot: close-up on IVO, 2s]]

IVO
I never saw the sea.
"""


def rooms_of(plan: Plan) -> dict[str, Room]:
    requests = {each.shot.id: each.request for each in plan.shots}
    return rooms([each.shot for each in plan.shots], requests)


def test_a_dissolve_keeps_the_frames_that_it_is_made_of(tmp_path: Path) -> None:
    """On both sides of a dissolve of a second at 12 frames: six of each take are seen beyond the cut."""
    _, plan = planned(tmp_path, JOINED)
    found = rooms_of(plan)
    before, after = found["1A"], found["2A"]
    assert (before.after, after.before) == (6, 6)
    first, second = plan.shots[0].request, plan.shots[1].request
    assert before.last + before.frames + 6 == max(first.frames, before.home + before.frames + 6)
    assert after.first == min(second.head, 6)


def test_lips_stay_with_their_words(tmp_path: Path) -> None:
    """A shot in which somebody is seen to speak moves by a twelfth of a second at most."""
    _, plan = planned(tmp_path, JOINED)
    room = rooms_of(plan)["2B"]
    assert (room.home - room.first, room.last - room.home) == (1, 1)


def test_a_shot_that_goes_on_from_another_stays_where_it_is(tmp_path: Path) -> None:
    """The child begins with its first frame, the parent ends with its last."""
    script = SCRIPT.replace("[[shot: close-up on IVO, 1s]]", "[[shot: close-up on IVO, continues, 1s]]")
    _, plan = planned(tmp_path, script)
    shots = {each.shot.id: each for each in plan.shots}
    child = next((each for each in plan.shots if each.shot.continues), None)
    assert child is not None
    found = rooms_of(plan)
    for room in (found[child.shot.id], found[shots[child.shot.continues or ""].shot.id]):
        assert room.first == room.last == room.home


def test_the_window_reaches_the_cut(tmp_path: Path) -> None:
    """What is cut begins where the window does."""
    film, plan = planned(tmp_path)
    crew = Crew(plan, Store(film.parent), InlineFarm(), Listener())
    states = crew.shoot(plan.shots)
    chosen = [(state, state.attempts[0]) for state in states]
    attempt = chosen[0][1]
    moved = Attempt(0, attempt.take, attempt.verdicts, window_at(Room(home=4, first=0, last=8, frames=24), 7))
    edit = build_edit(plan, crew.store, [(chosen[0][0], moved), *chosen[1:]])
    assert edit.clips[0].head == 7
    assert edit.clips[1].head == chosen[1][1].take.head


def test_why_says_which_frame_a_take_is_cut_from(tmp_path: Path) -> None:
    """In JSON, with every take."""
    film, plan = planned(tmp_path)
    assert run_direct(film).returncode == 0
    (take,) = json.loads(run_direct("why", film, "1B", "--json").stdout)["takes"]
    found = plan.find("1B")
    assert found is not None
    assert take["first"] == found.request.head
