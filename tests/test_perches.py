"""People sit and lie on what the set has for it."""

import itertools

import numpy as np
import pytest

from characters.seen import Kind, Seen
from render.previz.acting.blocking import perform
from render.previz.acting.furniture import furniture
from render.previz.acting.perches import perches_of
from render.previz.rehearsal import rehearse
from render.previz.sets.build import build_set
from render.previz.sets.design import SpotKind
from storyboard.camera import ShotSize
from storyboard.screenplay import Interior
from tests.rehearsed import box_of, camera, key_frame, person, prop, request

ANNA, BEN, CARA = person("ANNA", 1.68), person("BEN", 1.80), person("CARA", 1.60)
INT, EXT = Interior.INT, Interior.EXT


def _seats(place: str, interior: Interior, kind: SpotKind = SpotKind.SEAT) -> np.ndarray:
    design = build_set(Seen(name=place, kind=Kind.PLACE), interior)  # type: ignore[arg-type]
    return np.array([spot.at for spot in design.spots if spot.kind is kind])


@pytest.mark.parametrize(
    ("place", "interior", "words"),
    [
        ("KITCHEN", INT, "at the table"),
        ("BAR", INT, "down"),
        ("OFFICE", INT, "at the desk"),
        ("BEDROOM", INT, "on the bed"),
        ("STATION", INT, "on the bench"),
        ("LIVING ROOM", INT, "on the sofa"),
        ("PARK", EXT, "on the bench"),
    ],
)
def test_one_sits_on_a_seat_of_the_set(place: str, interior: Interior, words: str) -> None:
    """Who sits has the hips over a seat of the set, at its height, and no other chair is put there."""
    shot = request(camera(ShotSize.FS), (ANNA,), text=f"ANNA sits {words}.", place=place, interior=interior, frames=24)
    rehearsal = rehearse(shot)
    [actor] = rehearsal.actors
    assert not furniture(rehearsal.actors)
    assert actor.track.posture_at(3.9) == "sit"
    gaps = np.hypot(*(_seats(place, interior)[:, :2] - actor.place(3.9)).T)
    assert gaps.min() < 0.4
    assert box_of(key_frame(rehearsal), rehearsal, "ANNA")[3] > 60


def test_one_lies_on_the_bed() -> None:
    """Who lies down on the bed gets on to it from beside it."""
    [actor] = perform(request(camera(ShotSize.FS), (ANNA,), text="ANNA lies down on the bed.", place="BEDROOM")).actors
    assert not actor.seats
    assert np.hypot(*(_seats("BEDROOM", INT, SpotKind.BED)[:, :2] - actor.place(9.0)).T).min() < 0.1


@pytest.mark.parametrize("place", ["KITCHEN", "BAR", "CAFE", "OFFICE", "LIVING ROOM", "STATION", "DINING ROOM"])
def test_two_people_do_not_take_one_seat(place: str) -> None:
    """However many are in the scene, their seats are apart, and the first two keep their sides of the frame."""
    for count in (2, 3, 5):
        where = Seen(name=place, kind=Kind.PLACE)
        known = [perch for perch in perches_of(count, where, INT, ("",) * count, "sit") if perch is not None]
        assert all(np.hypot(*(one.at - two.at)) > 0.4 for one, two in itertools.combinations(known, 2))
    performed = perform(request(camera(), (ANNA, BEN), text="ANNA and BEN sit.", place=place))
    one, two = performed.marks["ANNA"].at, performed.marks["BEN"].at
    assert two[0] - one[0] > 0.2


def test_a_seat_is_kept_whoever_else_sits_down() -> None:
    """The seat of somebody is the same in the next shot, in which another one sits down or is out of the picture."""

    def seat_of_anna(text: str, *opening: tuple[str, str]) -> np.ndarray:
        shot = request(camera(), (ANNA, BEN, CARA), text=text, place="LIVING ROOM")
        staged = shot.model_copy(update={"stage": shot.stage.model_copy(update={"opening": opening})})
        perch = perform(staged).marks["ANNA"].perch
        assert perch is not None
        return perch.at

    first = seat_of_anna("ANNA sits.")
    assert np.array_equal(first, seat_of_anna("BEN sits down.", ("ANNA", "sit")))
    assert np.array_equal(first, seat_of_anna("CARA waits.", ("ANNA", "sit"), ("BEN", "sit")))


def test_one_gets_up_beside_the_table() -> None:
    """Who stands up from a table stands where there is room to stand, not in it."""
    performed = perform(request(camera(), (ANNA,), text="ANNA sits. She stands up.", place="KITCHEN", frames=30))
    [actor] = performed.actors
    design = build_set(Seen(name="KITCHEN", kind=Kind.PLACE), INT)  # type: ignore[arg-type]
    assert actor.track.posture_at(4.9) == "stand"
    x, y = actor.place(4.9)
    assert design.room(float(x), float(y)) > 0.2


def test_things_lie_on_the_table_that_one_sits_at() -> None:
    """A cup that nobody holds stands on the kitchen's table, within reach of who sits at it."""
    cup = prop("CUP", body="white china")
    shot = request(camera(), (ANNA,), text="ANNA sits at the table.", place="KITCHEN", props=(cup,))
    performed = perform(shot)
    [actor], [placed] = performed.actors, performed.props
    assert not placed.table
    assert placed.at[2] == pytest.approx(0.75, abs=0.02)
    assert np.hypot(*(np.array(placed.at[:2]) - actor.place(1.0))) < 0.9


def test_what_one_sits_on_stays_when_its_wall_is_taken_out() -> None:
    """The booths of a bar stand at the wall that the camera looks through; two who sit there do not sit on air."""
    rehearsal = rehearse(request(camera(ShotSize.FS), (ANNA, BEN), text="ANNA and BEN sit.", place="BAR"))
    out = {rehearsal.design.pieces[index].wall for index in rehearsal.struck} - {None}
    assert out
    for actor in rehearsal.actors:
        x, y = actor.place(1.0)
        under = [
            index
            for index, piece in enumerate(rehearsal.design.pieces)
            if any(area.clearance(float(x), float(y)) < 0.1 for area in piece.areas)
        ]
        assert set(under) - rehearsal.struck


def _doors(place: str) -> np.ndarray:
    return _seats(place, INT, SpotKind.DOOR)[:, :2]


@pytest.mark.parametrize("place", ["KITCHEN", "OFFICE", "LIVING ROOM"])
def test_one_comes_in_by_the_door(place: str) -> None:
    """Who enters a room starts at a door on their side of the frame, and is on their mark by the middle of the shot."""
    shot = request(camera(), (ANNA, BEN), text="ANNA enters. BEN waits.", place=place, frames=30)
    performed = perform(shot)
    anna = performed.actors[0]
    assert np.hypot(*(_doors(place) - anna.place(0.0)).T).min() < 0.6
    assert anna.place(0.0)[0] < performed.marks["ANNA"].at[0]
    assert np.hypot(*(anna.place(2.6) - performed.marks["ANNA"].at)) < 0.05


@pytest.mark.parametrize("place", ["BEDROOM", "LIVING ROOM"])
def test_one_leaves_by_the_door(place: str) -> None:
    """Who leaves a room goes to a door on their side, and is gone when they are there."""
    shot = request(camera(), (ANNA, BEN), text="ANNA leaves. BEN waits.", place=place, frames=30)
    anna = perform(shot).actors[0]
    assert np.hypot(*(_doors(place) - anna.place(5.0)).T).min() < 0.6
    assert anna.is_off(4.9)


def test_one_comes_from_the_side_where_the_way_to_the_door_is_too_long() -> None:
    """In a short shot nobody runs in from a far door: they come from their side of the frame, and arrive in time."""
    shot = request(camera(ShotSize.CU), (ANNA, BEN), text="ANNA enters.", place="KITCHEN", frames=10)
    performed = perform(shot)
    anna = performed.actors[0]
    assert np.hypot(*(_doors("KITCHEN") - anna.place(0.0)).T).min() > 0.6
