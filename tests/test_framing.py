"""Blocking and framing, measured on the pictures: sizes, headroom, sides, and faces that are seen."""

import itertools
from functools import cache

import numpy as np
import pytest

from characters.seen import Seen
from render.previz.acting.staging import staged
from render.previz.camera.clearance import ALL_ROUND, Mesh
from render.previz.frames import RehearsalFrame
from render.previz.rehearsal import Rehearsal, rehearse
from render.previz.solid import join
from storyboard.camera import Angle, Focus, FocusKind, Framing, MoveKind, ShotSize
from storyboard.screenplay import Interior
from tests.rehearsed import SIZES, box_of, camera, key_frame, person, pixels_of, prop, request, tracer_of

S = ShotSize
ANNA = person("ANNA", 1.68, hair="long grey braid", coat="dark green oilskin coat")
BEN = person("BEN", 1.84, "broad", sweater="mustard yellow sweater", hair="short black hair")
SMALL = person("CARA", 1.50, "slight")
TALL = person("DAN", 1.98, "heavy")
CROWD = tuple(person(f"P{index}", 1.55 + 0.05 * (index * 3 % 10)) for index in range(10))

# The standard crops of a person: where the frame's lower edge cuts a standing body, in heights of the body.
CUT = {S.MFS: 0.36, S.MS: 0.53, S.MCU: 0.68, S.CU: 0.78, S.ECU: 0.86}
# How much of the frame's height a whole person takes.
WHOLE = {S.FS: 0.85, S.WS: 0.55, S.EWS: 0.20}
# What is above the head, in frame heights.
ABOVE = {S.EWS: 0.53, S.WS: 0.21, S.FS: 0.085, S.MFS: 0.11, S.MS: 0.13, S.MCU: 0.15, S.CU: 0.07, S.ECU: 0.0}


def shown_metres(frame: RehearsalFrame, rehearsal: Rehearsal, name: str) -> tuple[float, float]:
    """How many metres of somebody are in frame from the top of the head down, and how high the frame is there."""
    _, top, _, tall = box_of(frame, rehearsal, name)
    pixels = pixels_of(frame, rehearsal, name)
    head = pixels[top : top + max(tall // 8, 3)]
    away = float(np.median(frame.depth[top : top + max(tall // 8, 3)][head]))
    metre = frame.intrinsics[1, 1] / away  # pixels
    return tall / metre, frame.rgb.shape[0] / metre


@pytest.mark.parametrize("aspect", SIZES)
@pytest.mark.parametrize("size", S)
def test_a_size_is_the_standard_crop_of_a_person(size: ShotSize, aspect: str) -> None:
    """Whatever the height, the build and the aspect, a size shows its share of a person within 10 % of the frame."""
    for who in (ANNA, SMALL, TALL):
        assert who.figure
        rehearsal = rehearse(
            request(
                camera(size, subject=(who.name,)),
                (who,),
                place="A FIELD",
                interior=Interior.EXT,
                pixels=SIZES[aspect],
            )
        )
        frame = key_frame(rehearsal)
        high = frame.rgb.shape[0]
        _, top, _, tall = box_of(frame, rehearsal, who.name)
        assert top / high == pytest.approx(ABOVE[size], abs=0.1)
        if size in WHOLE:
            assert tall / high == pytest.approx(WHOLE[size], abs=0.1)
        else:
            assert top + tall == high
            metres, frame_metres = shown_metres(frame, rehearsal, who.name)
            crop = (0.125 if size is S.ECU else 1 - CUT[size]) * who.figure.height  # ECU cuts into the hair
            assert metres == pytest.approx(crop, abs=0.1 * frame_metres)
            assert frame_metres == pytest.approx(crop / (1 - ABOVE[size]), rel=0.1)


@pytest.mark.parametrize("size", [S.MS, S.MCU, S.CU])
@pytest.mark.parametrize("who", [ANNA, SMALL, TALL], ids=lambda who: who.name)
def test_sitting_changes_no_size(size: ShotSize, who: Seen) -> None:
    """Somebody who sits is cut where somebody is who stands, within 10 % of the frame."""
    text = f"{who.name} sits on a chair."  # where the set has none, and no table that hides what is below it
    shot = request(camera(size, subject=(who.name,)), (who,), text=text, place="FIELD", interior=Interior.EXT)
    rehearsal = rehearse(shot)
    frame = key_frame(rehearsal)
    _, top, _, tall = box_of(frame, rehearsal, who.name)
    assert top / 180 == pytest.approx(ABOVE[size], abs=0.1)
    assert top + tall == 180
    metres, frame_metres = shown_metres(frame, rehearsal, who.name)
    assert who.figure
    assert metres == pytest.approx((1 - CUT[size]) * who.figure.height, abs=0.1 * frame_metres)


def test_a_full_shot_of_somebody_who_sits_shows_all_of_them() -> None:
    """From head to feet, filling the frame as one who stands does; and a medium full shot cuts the legs."""
    full = rehearse(request(camera(S.FS, subject=("ANNA",)), (ANNA,), text="ANNA sits."))
    _, top, _, tall = box_of(key_frame(full), full, "ANNA")
    assert tall / 180 == pytest.approx(WHOLE[S.FS], abs=0.1)
    assert top > 0
    medium = rehearse(request(camera(S.MFS, subject=("ANNA",)), (ANNA,), text="ANNA sits."))
    _, top, _, tall = box_of(key_frame(medium), medium, "ANNA")
    assert top + tall == 180


@pytest.mark.parametrize("angle", Angle)
def test_an_angle_is_where_the_lens_is(angle: Angle) -> None:
    """From above, level or from below as asked; the head is in frame with its headroom."""
    rehearsal = rehearse(
        request(camera(S.MCU, subject=("ANNA",), angle=angle), (ANNA,), place="A FIELD", interior=Interior.EXT)
    )
    pitch = float(np.degrees(rehearsal.framing.view.pitch))
    low, high = {
        Angle.BIRDS_EYE: (-90, -70),
        Angle.HIGH: (-40, -18),
        Angle.LEVEL: (-8, 8),
        Angle.LOW: (12, 32),
        Angle.WORMS_EYE: (40, 65),
    }[angle]
    assert low <= pitch <= high
    _, top, _, _ = box_of(key_frame(rehearsal), rehearsal, "ANNA")
    assert 0 <= top / 180 < (0.5 if angle is Angle.BIRDS_EYE else 0.3)


def test_sizes_come_closer_one_after_another() -> None:
    """Each size shows less of the world than the one before, in every aspect."""
    for pixels in SIZES.values():
        heights = []
        for size in S:
            shot = request(
                camera(size, subject=("ANNA",)), (ANNA,), place="A FIELD", interior=Interior.EXT, pixels=pixels
            )
            heights.append(rehearse(shot).framing.frame_height)
        assert all(wide > 1.15 * close for wide, close in itertools.pairwise(heights))


@pytest.mark.parametrize("size", [S.FS, S.MFS, S.MS, S.MCU])
def test_there_is_room_where_somebody_looks(size: ShotSize) -> None:
    """Lead room: who looks to the right of the frame stands left of its middle, near a third, and the other way."""
    places = {}
    for name in ("ANNA", "BEN"):
        rehearsal = rehearse(
            request(camera(size, subject=(name,)), (ANNA, BEN), place="A FIELD", interior=Interior.EXT)
        )
        frame = key_frame(rehearsal)
        x, _, width, _ = box_of(frame, rehearsal, name)
        places[name] = (x + width / 2) / 320
    assert 0.28 < places["ANNA"] < 0.48
    assert 0.52 < places["BEN"] < 0.72


@pytest.mark.parametrize("size", [S.MS, S.MCU, S.CU])
def test_eyes_are_on_the_upper_third(size: ShotSize) -> None:
    """Within a tenth of the frame."""
    rehearsal = rehearse(request(camera(size, subject=("ANNA",)), (ANNA,)))
    assert eye_pixel(rehearsal, rehearsal.framing.anchor)[1] / 180 == pytest.approx(1 / 3, abs=0.1)


def eye_pixel(rehearsal: Rehearsal, point: np.ndarray) -> tuple[float, float]:
    """Where a point of the world is in the framing's picture, x and y in pixels."""
    shot, view = rehearsal.request, rehearsal.framing.view
    local = view.rotation.T @ (point - view.position)
    x, y, z = view.intrinsics(shot.width, shot.height) @ local
    return float(x / z), float(y / z)


# The line of action.

_SCENE = [
    camera(S.FS, framing=Framing.TWO_SHOT, subject=("ANNA", "BEN")),
    camera(S.MS, framing=Framing.OTS, subject=("BEN",), over="ANNA"),
    camera(S.MS, framing=Framing.OTS, subject=("ANNA",), over="BEN"),
    camera(S.MCU, subject=("BEN",)),
    camera(S.MCU, subject=("ANNA",)),
    camera(S.MFS, MoveKind.TRUCK_LEFT, framing=Framing.TWO_SHOT, subject=("BEN", "ANNA")),
    camera(S.CU, subject=("BEN",), angle=Angle.LOW),
    camera(S.CU, MoveKind.DOLLY_IN, subject=("ANNA",)),
    camera(S.MCU, framing=Framing.OTS, subject=("BEN",), over="ANNA"),
    camera(S.MS, MoveKind.ARC_CW, framing=Framing.TWO_SHOT, subject=("ANNA", "BEN")),
    camera(S.MFS, MoveKind.ARC_CCW, subject=("BEN",)),
    camera(S.WS, subject=("ANNA", "BEN"), angle=Angle.HIGH),
]


@pytest.mark.parametrize("place", ["A KITCHEN", "A FOREST", "A CORRIDOR"])
def test_the_line_of_action_is_kept_over_a_scene(place: str) -> None:
    """Over twelve shots ANNA is left of BEN wherever both are seen, and looks to the right where she is alone."""
    interior = Interior.EXT if "FOREST" in place else Interior.INT
    both = 0
    for shot in _SCENE:
        rehearsal = rehearse(request(shot, (ANNA, BEN), place=place, interior=interior, frames=9))
        tracer = tracer_of(rehearsal)
        for index in (0, 4, 8):
            frame = tracer.frame(index)
            seen = frame.boxes()
            number = {name: number for number, name in rehearsal.names.items()}
            if number["ANNA"] in seen and number["BEN"] in seen:
                left, right = (seen[number[name]] for name in ("ANNA", "BEN"))
                assert left[0] + left[2] / 2 < right[0] + right[2] / 2
                both += 1
            aside = rehearsal.view(index).rotation[:2, 0]
            for actor, way in zip(rehearsal.actors, (1, -1), strict=True):
                heading = actor.heading(rehearsal.action_time(index))
                assert way * float(np.array((np.cos(heading), np.sin(heading))) @ aside) > 0
    assert both >= 15


def test_a_script_that_crosses_the_line_is_followed() -> None:
    """From the other side BEN is left of ANNA; nobody has moved."""
    shot = camera(S.FS, framing=Framing.TWO_SHOT, subject=("ANNA", "BEN"))
    here, there = (rehearse(request(shot, (ANNA, BEN), side=side)) for side in (1, -1))
    assert all(
        np.array_equal(one.place(0.0), two.place(0.0)) for one, two in zip(here.actors, there.actors, strict=True)
    )
    boxes = [box_of(key_frame(there), there, name) for name in ("ANNA", "BEN")]
    assert boxes[1][0] < boxes[0][0]


# Where people stand.

_PLACES = [
    *("A KITCHEN", "AN OFFICE", "A CORRIDOR", "A BAR", "A SHOP", "A ROOM", "THE LAMP ROOM", "A CHURCH HALL"),
    *("A FOREST", "A STREET", "A BEACH", "A CLIFF PATH", "A FIELD", "A SQUARE"),
]
_WORDS = ["", "{0} walks to the window.", "{0} enters.", "{0} leaves.", "{0} runs.", "{0} crosses the room."]


@cache
def _set_mesh(place: str, interior: Interior) -> Mesh | None:
    """What stands in a set and is as high as a knee."""
    design = rehearse(request(camera(), (ANNA,), place=place, interior=interior)).design
    solids = [piece.solid for piece in design.pieces if piece.solid.vertices[:, 2].max() > 0.5]
    return Mesh(join(solids)) if solids else None


@pytest.mark.parametrize("part", range(4))
def test_nobody_stands_in_a_wall(part: int) -> None:
    """Two hundred random stagings: everybody has room around them, and stands where they stood in the shot before."""
    chance = np.random.default_rng(1874 + part)
    for _ in range(50):
        place = _PLACES[int(chance.integers(len(_PLACES)))]
        interior = Interior.INT if _PLACES.index(place) < 8 else Interior.EXT
        count = int(chance.integers(1, 11))
        people = tuple(CROWD[int(index)] for index in chance.permutation(10)[:count])
        text = _WORDS[int(chance.integers(len(_WORDS)))].format(people[0].name)
        size = list(S)[int(chance.integers(len(S)))]
        marks = tuple(who.name for who in people)
        some = tuple(people[index] for index in sorted(chance.choice(count, int(chance.integers(1, count + 1)), False)))
        shot = request(camera(size), some[:3], text=text, marks=marks, place=place, interior=interior)
        spots = {name: mark.at for name, mark in staged(shot.stage).items()}
        again = staged(request(camera(S.CU), people[:1], marks=marks, place=place, interior=interior).stage)
        assert all(np.array_equal(spots[name], again[name].at) for name in marks)
        assert all(np.hypot(*(one - two)) > 0.55 for one, two in itertools.combinations(spots.values(), 2))
        rehearsal = rehearse(shot)
        walked = [actor.place(time) for actor in rehearsal.actors for time in (0.0, 0.7, 1.3, 2.0)]
        half, mesh = rehearsal.design.half, _set_mesh(place, interior)
        for spot in [*spots.values(), *walked]:
            if half is not None:
                assert abs(spot[0]) < half[0] - 0.2
                assert abs(spot[1]) < half[1] - 0.2
            for height in (0.5, 1.0, 1.5):
                away, _ = mesh.met(np.array((*spot, height)), _LEVEL) if mesh else (np.full(8, np.inf), None)
                assert away.min() > 0.2, (place, count, spot)


_LEVEL = np.ascontiguousarray(ALL_ROUND[np.abs(ALL_ROUND[:, 2]) < 0.1])


def test_people_in_a_car_sit_on_its_seats() -> None:
    """Where there is no room to stand, two people sit side by side, and each of them is seen."""
    for name in ("ANNA", "BEN"):
        shot = camera(S.MCU, subject=(name,))
        rehearsal = rehearse(request(shot, (ANNA, BEN), place="A CAR"))
        for actor in rehearsal.actors:
            assert actor.posture == "sit"
            assert not actor.seats
            assert 0.9 < actor.eyes(0.0)[2] < 1.4
        assert face_seen(rehearsal, key_frame(rehearsal), name)


# Whom one sees.


def face_seen(rehearsal: Rehearsal, frame: RehearsalFrame, name: str) -> bool:
    """Whether the picture shows this person where their eyes are."""
    from render.previz.camera.subject import body_of

    actor = next(actor for actor in rehearsal.actors if actor.seen.name == name)
    x, y = eye_pixel(rehearsal, body_of(actor, rehearsal.key, 0.0).face)
    if not (0 <= x < frame.rgb.shape[1] and 0 <= y < frame.rgb.shape[0]):
        return False
    return rehearsal.names.get(int(frame.ids[int(y), int(x)])) == name


@pytest.mark.parametrize("part", range(2))
def test_the_subject_is_not_hidden_at_the_key_moment(part: int) -> None:
    """In random scenes of up to six people, whoever the shot is about shows their face."""
    chance = np.random.default_rng(60 + part)
    for _ in range(20):
        place = _PLACES[int(chance.integers(len(_PLACES)))]
        interior = Interior.INT if _PLACES.index(place) < 8 else Interior.EXT
        people = tuple(CROWD[int(index)] for index in chance.permutation(10)[: chance.integers(1, 7)])
        about = people[int(chance.integers(len(people)))].name
        size = list(S)[int(chance.integers(1, len(S)))]
        rehearsal = rehearse(
            request(camera(size, subject=(about,)), people, place=place, interior=interior, pixels=(160, 90))
        )
        assert face_seen(rehearsal, key_frame(rehearsal), about), (place, about, size, len(people))


@pytest.mark.parametrize("count", [2, 3, 5, 7, 10])
def test_everybody_in_a_group_is_seen(count: int) -> None:
    """Whole heads, within the frame, not one behind another."""
    people = CROWD[:count]
    subject = tuple(who.name for who in people)
    shot = camera(S.FS, framing=Framing.GROUP if count > 2 else Framing.TWO_SHOT, subject=subject)
    rehearsal = rehearse(request(shot, people, place="A SQUARE", interior=Interior.EXT))
    frame = key_frame(rehearsal)
    assert all(face_seen(rehearsal, frame, name) for name in subject)
    boxes = [box_of(frame, rehearsal, name) for name in subject]
    assert min(x for x, *_ in boxes) > 0
    assert max(x + width for x, _, width, _ in boxes) < 320
    assert min(y for _, y, *_ in boxes) > 0


@pytest.mark.parametrize("size", [S.MFS, S.MS, S.MCU, S.CU])
@pytest.mark.parametrize(("about", "over"), [("ANNA", "BEN"), ("BEN", "ANNA")])
def test_over_a_shoulder_the_face_is_free(size: ShotSize, about: str, over: str) -> None:
    """The near one stands at the edge of the frame, larger; the far one has the size, and the face is seen."""
    shot = camera(size, framing=Framing.OTS, subject=(about,), over=over)
    rehearsal = rehearse(request(shot, (ANNA, BEN)))
    frame = key_frame(rehearsal)
    assert face_seen(rehearsal, frame, about)
    x, _, width, _ = box_of(frame, rehearsal, over)
    assert abs((x + width / 2) / 320 - 0.5) > 0.2
    assert x == 0 or x + width == 320 or size is S.MFS
    assert 0.05 < width / 320 < 0.5
    near, far = (float(np.median(frame.depth[pixels_of(frame, rehearsal, name)])) for name in (over, about))
    assert near < far
    _, top, _, _ = box_of(frame, rehearsal, about)
    assert top / 180 == pytest.approx(ABOVE[size], abs=0.1)


@pytest.mark.parametrize("size", [S.MS, S.MCU, S.CU])
def test_a_point_of_view_is_from_somebodys_eyes(size: ShotSize) -> None:
    """The camera is where BEN's head is, BEN is not seen, and ANNA has her size."""
    shot = camera(size, framing=Framing.POV, subject=("ANNA",), pov_of="BEN")
    rehearsal = rehearse(request(shot, (ANNA,), marks=("ANNA", "BEN")))
    spot = staged(rehearsal.request.stage)["BEN"].at
    assert np.hypot(*(rehearsal.framing.view.position[:2] - spot)) < 0.1
    assert 1.4 < rehearsal.framing.view.position[2] < 1.9
    frame = key_frame(rehearsal)
    assert face_seen(rehearsal, frame, "ANNA")
    assert box_of(frame, rehearsal, "ANNA")[1] / 180 == pytest.approx(ABOVE[size], abs=0.1)


@pytest.mark.parametrize(("size", "share"), [(S.ECU, 0.86), (S.CU, 0.62), (S.MCU, 0.45), (S.MS, 0.34)])
@pytest.mark.parametrize("text", ["ANNA holds the {}.", ""], ids=["held", "standing"])
@pytest.mark.parametrize("name", ["LANTERN", "LETTER", "BOOK", "SUITCASE"])
def test_an_insert_shows_its_prop(name: str, text: str, size: ShotSize, share: float) -> None:
    """The prop fills as much of the frame as the size says, within a tenth, and most of it is not covered."""
    thing = prop(name, body="red")
    shot = camera(size, framing=Framing.INSERT, subject=(name,))
    rehearsal = rehearse(request(shot, (ANNA,), text=text.format(name), props=(thing,)))
    frame = key_frame(rehearsal)
    x, y, width, height = box_of(frame, rehearsal, name)
    assert max(width / 320, height / 180) == pytest.approx(share, abs=0.1)
    assert abs((x + width / 2) / 320 - 0.5) < 0.12
    assert abs((y + height / 2) / 180 - 0.5) < 0.12
    assert pixels_of(frame, rehearsal, name).sum() > 0.25 * width * height


def test_a_framing_is_the_same_every_time() -> None:
    """The same request gives the same view."""
    shot = request(camera(S.MS, subject=("ANNA",)), (ANNA, BEN), place="A BAR")
    assert rehearse(shot).framing.view.same(rehearse(shot).framing.view)


def sharpness(frame: RehearsalFrame, rehearsal: Rehearsal, name: str) -> float:
    """How much fine detail there is within somebody's outline: the variance of the Laplacian."""
    import cv2

    grey = cv2.cvtColor(frame.rgb, cv2.COLOR_RGB2GRAY).astype(np.float64)
    within = cv2.erode(pixels_of(frame, rehearsal, name).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return float(np.var(cv2.Laplacian(grey, cv2.CV_64F)[within]))


def test_a_rack_focus_goes_from_one_to_the_other() -> None:
    """At first the near one is sharp and the far one soft, in the end the other way round."""
    focus = Focus(kind=FocusKind.RACK, from_="BEN", to="ANNA")
    shot = camera(S.MS, framing=Framing.OTS, subject=("ANNA",), over="BEN", focus=focus)
    rehearsal = rehearse(request(shot, (ANNA, BEN), pixels=(640, 360)))
    tracer = tracer_of(rehearsal)
    first, last = tracer.frame(0), tracer.frame(11)
    assert sharpness(first, rehearsal, "BEN") > 2 * sharpness(last, rehearsal, "BEN")
    assert sharpness(last, rehearsal, "ANNA") > 2 * sharpness(first, rehearsal, "ANNA")


def test_shallow_focus_leaves_its_subject_sharp() -> None:
    """The face keeps its detail; what is behind it loses most of it."""
    deep, shallow = (
        rehearse(request(camera(S.MCU, subject=("ANNA",), focus=focus), (ANNA,), pixels=(640, 360)))
        for focus in (None, Focus(kind=FocusKind.SHALLOW))
    )
    frames = [key_frame(each) for each in (deep, shallow)]
    assert sharpness(frames[1], shallow, "ANNA") > 0.6 * sharpness(frames[0], deep, "ANNA")
    behind = [frame.rgb[frame.ids == 0].astype(float) for frame in frames]
    steps = [np.abs(np.diff(rgb, axis=0)).mean() for rgb in behind]
    assert steps[1] < 0.8 * steps[0]
