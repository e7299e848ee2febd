"""What is measured on the running picture: each check catches its trouble, lets good takes pass, and bears bad ones."""

import functools
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from characters.seen import Reference
from director.checks.base import Check, Ruling, Showing, Verdict
from director.checks.black import Black
from director.checks.camera import CameraMoves
from director.checks.continuity import Continuity
from director.checks.cuts import Cuts
from director.checks.exposure import Exposure
from director.checks.flicker import Flicker
from director.checks.tempo import Tempo
from render.previz.drift.draw import draw
from render.previz.drift.kinds import Kind
from render.previz.drift.settings import settings_of
from render.previz.drift.take import DriftingTake
from render.previz.expectation import Expectation, expect
from render.request import Request
from storyboard.camera import MoveKind, ShotSize
from tests.rehearsed import as_showing, camera, person, request

MARA = person("MARA", coat="dark green oilskin coat", hair="grey braid", trousers="navy wool trousers")
SIZE = (256, 144)
CHECKS: tuple[Check, ...] = (Black(), Flicker(), Cuts(), Exposure(), Tempo(), CameraMoves(), Continuity())
STILL, PAN, WHIP = "still", "pan", "whip"


@functools.cache
def asked(name: str) -> Request:
    """Two seconds of somebody who walks past a camera that does what the name says."""
    moves = {STILL: (), PAN: (MoveKind.PAN_RIGHT,), WHIP: (MoveKind.WHIP_PAN_RIGHT,)}[name]
    text = "MARA walks." if name == STILL else "MARA waits."
    size = ShotSize.WS if name == STILL else ShotSize.MS
    return request(camera(size, *moves), (MARA,), text=text, pixels=SIZE, frames=48, rate=24)


@functools.cache
def expectation(name: str) -> Expectation:
    return expect(asked(name))


@functools.cache
def taken(name: str, kind: Kind | None = None, severity: float = 0.5, **wanted: object) -> np.ndarray:
    """A take with one trouble alone, about so severe, uint8[F, H, W, 3]."""
    made = asked(name)
    settings = {"drift": {kind.value: 1.0} if kind else {}, "picture_look": "warm", "compression": "jpeg-fine"}
    best, away = made, 9.0
    for seed in range(200 if kind else 1):
        tried = made.model_copy(update={"seed": seed})
        for fault in draw(tried, settings_of(settings)).faults:
            off = abs(fault.severity - severity)
            if off < away and wanted.items() <= {"begins": fault.begins, **fault.details}.items():
                best, away = tried, off
    return np.stack(list(DriftingTake(best, settings_of(settings)).frames()))


def showing(name: str, frames: np.ndarray, **more: object) -> Showing:
    known = {"width": SIZE[0], "height": SIZE[1], "rate": Fraction(24), "expected": expectation(name)}
    return as_showing(frames, asked(name), **{**known, **more})


def judged(shown: Showing, *checks: Check) -> dict[str, Verdict]:
    """The worst verdict of each measure."""
    found: dict[str, Verdict] = {}
    for check in checks or CHECKS:
        for verdict in check.judge(shown):
            assert verdict.check == check.name
            assert verdict.words
            if verdict.measure not in found or verdict.score > found[verdict.measure].score:
                found[verdict.measure] = verdict
    return found


def failed(found: dict[str, Verdict]) -> set[str]:
    return {measure for measure, verdict in found.items() if verdict.ruling is Ruling.FAIL}


@pytest.mark.parametrize("name", [STILL, PAN, WHIP])
def test_a_good_take_passes_every_check(name: str) -> None:
    """A whip pan is no cut, a figure that walks no camera that moves, grain and compression no flicker."""
    found = judged(showing(name, taken(name)))
    assert {m: v.words for m, v in found.items() if v.ruling not in (Ruling.PASS, Ruling.NOT_APPLICABLE)} == {}
    assert found["cuts.jump"].ruling is found["tempo.speed"].ruling is Ruling.PASS
    assert (found["camera.amount"].ruling is Ruling.PASS) == (name != STILL)


@pytest.mark.parametrize(
    ("kind", "severity", "says"),
    [
        (Kind.CAMERA_IGNORED, 0.9, "0.0 of it"),
        (Kind.CAMERA_WEAK, 0.31, "0.6 of it"),
        (Kind.CAMERA_REVERSED, 1.0, "the other way came"),
    ],
)
def test_less_of_a_pan_than_was_asked_for_is_said_with_its_amount(kind: Kind, severity: float, says: str) -> None:
    """The verdict names the move that was asked for, with its degrees, and the share of it that came."""
    verdict = judged(showing(PAN, taken(PAN, kind, severity)), CameraMoves())["camera.amount"]
    assert verdict.ruling is Ruling.FAIL
    assert says in verdict.words
    assert "pan right over" in verdict.words
    assert "°" in verdict.words


@pytest.mark.parametrize("move", [MoveKind.PAN_LEFT, MoveKind.DOLLY_IN, MoveKind.TILT_UP])
def test_a_camera_that_moves_where_it_should_stand_fails(move: MoveKind) -> None:
    """A third of a regular move is enough, and the verdict says which way it goes."""
    frames = taken(STILL, Kind.CAMERA_REPLACED, 0.1, move=move.value)
    verdict = judged(showing(STILL, frames), CameraMoves())["camera.other"]
    assert verdict.ruling is Ruling.FAIL
    assert "stands still" in verdict.words
    assert move.value.split("-")[0] in verdict.measured
    assert move.value.split("-")[1] in verdict.measured


def moved(size: ShotSize, asked_for: MoveKind, came: MoveKind) -> dict[str, Verdict]:
    """What is said of a take of a shot in which the camera made this move: the same shot in other words."""
    made, other = (
        request(camera(size, move), (MARA,), text="MARA waits.", place="A KITCHEN", pixels=SIZE, frames=48, rate=24)
        for move in (asked_for, came)
    )
    settings = settings_of({"drift": "none", "picture_look": "warm", "compression": "jpeg-fine"})
    frames = np.stack(list(DriftingTake(other.model_copy(update={"seed": 3}), settings).frames()))
    return judged(showing(STILL, frames, camera=made.camera, expected=expect(made)), CameraMoves())


@pytest.mark.parametrize(
    ("asked_for", "came", "measure", "says"),
    [
        (MoveKind.TRUCK_RIGHT, MoveKind.PAN_RIGHT, "camera.parallax", "truck asked for, pan came: near things move no"),
        (MoveKind.ZOOM_IN, MoveKind.DOLLY_IN, "camera.travels", "zoom asked for, dolly came: near things move farther"),
    ],
)
def test_a_pan_is_told_from_a_truck_and_a_dolly_from_a_zoom(
    asked_for: MoveKind, came: MoveKind, measure: str, says: str
) -> None:
    """By whether near things move farther than far ones; the move that was asked for passes."""
    verdict = moved(ShotSize.FS, asked_for, came)[measure]
    assert verdict.ruling is Ruling.FAIL
    assert verdict.words.startswith(says)
    good = moved(ShotSize.FS, asked_for, asked_for)
    assert failed(good) == set()
    assert good[measure].ruling is Ruling.PASS


def test_where_nothing_stands_near_a_pan_and_a_truck_cannot_be_told_apart() -> None:
    """A close-up before a wall: it is said, and nothing fails."""
    verdict = moved(ShotSize.ECU, MoveKind.TRUCK_RIGHT, MoveKind.TRUCK_RIGHT)["camera.parallax"]
    assert verdict.ruling is Ruling.NOT_APPLICABLE
    assert verdict.words.endswith("truck or pan cannot be told apart here: nothing stands near")


@pytest.mark.parametrize("way", ["smooth", "repeated", "blended"])
def test_slow_time_is_found_however_it_was_made_slow(way: str) -> None:
    """A figure that walks at two thirds of its speed has not come as far."""
    found = judged(showing(STILL, taken(STILL, Kind.HALF_SPEED, 0.4, way=way)), Tempo())
    assert "tempo.speed" in failed(found)
    assert float(found["tempo.speed"].measured) == pytest.approx(0.65, abs=0.15)
    assert ("tempo.repeats" in failed(found)) == (way == "repeated")


@pytest.mark.parametrize(("first", "then"), [(0.5, 1.45), (1.45, 0.5)])
def test_a_take_that_changes_its_speed_on_the_way_is_told_with_both(first: float, then: float) -> None:
    """Slow at first and running on, or the other way round."""
    at = np.arange(48)
    moments = np.round(first * np.minimum(at, 23.5) + then * np.maximum(at - 23.5, 0)).astype(int).clip(0, 47)
    found = judged(showing(STILL, taken(STILL)[moments]), Tempo())
    verdict = found["tempo.ramp"]
    assert verdict.ruling is Ruling.FAIL
    assert [float(each) for each in verdict.measured.split(", then ")] == pytest.approx([first, then], abs=0.25)
    assert verdict.words.endswith(f"from frame {verdict.frame}")
    assert verdict.frame == pytest.approx(24, abs=3)


@pytest.mark.parametrize(
    ("name", "kind", "severity", "measure"),
    [
        (STILL, Kind.HALF_SPEED, 0.4, "tempo.speed"),
        (PAN, Kind.FROZEN_TAIL, 0.3, "tempo.frozen"),
        (PAN, Kind.CAMERA_WEAK, 0.31, "camera.amount"),
        (STILL, Kind.CUT, 0.0, "cuts.jump"),
    ],
)
def test_what_is_told_otherwise_is_not_said_to_change_its_speed(
    name: str, kind: Kind, severity: float, measure: str
) -> None:
    """A take that is slow all along, stands at its end, shows less of a move or is cut: one trouble is said once."""
    more = {"way": "smooth"} if kind is Kind.HALF_SPEED else {}
    found = judged(showing(name, taken(name, kind, severity, **more)), Tempo(), CameraMoves(), Cuts())
    assert found[measure].ruling is Ruling.FAIL
    assert found["tempo.ramp"].ruling is Ruling.NOT_APPLICABLE


def test_a_tail_that_stands_still_is_found_with_its_frames() -> None:
    """The span of the verdict is what cannot be used."""
    verdict = judged(showing(PAN, taken(PAN, Kind.FROZEN_TAIL, 0.3)), Tempo())["tempo.frozen"]
    assert verdict.ruling is Ruling.FAIL
    assert verdict.span is not None
    assert verdict.span[1] == 47
    still = taken(PAN, Kind.FROZEN_TAIL, 0.3)[verdict.span[0] : verdict.span[1] + 1]
    assert (still == still[0]).all()


def test_an_unplanned_cut_is_found_at_its_frame() -> None:
    """Even a slight one: a little closer, a little aside, a little later."""
    frames = taken(STILL, Kind.CUT, 0.0)
    verdict = judged(showing(STILL, frames), Cuts())["cuts.jump"]
    assert verdict.ruling is Ruling.FAIL
    change = abs(np.diff(frames.astype(np.float32), axis=0)).mean(axis=(1, 2, 3))
    assert verdict.frame == int(np.argmax(change)) + 1


def test_light_that_beats_by_a_few_per_cent_is_flicker() -> None:
    """The slightest that is told of."""
    found = judged(showing(STILL, taken(STILL, Kind.FLICKER, 0.0)), Flicker(), Cuts())
    assert failed(found) == {"flicker.amount"}


@pytest.mark.parametrize("black", [(0, 1), (20, 24), (47, 48)])
def test_black_frames_are_found_wherever_they_are(black: tuple[int, int]) -> None:
    """One at the start, some in the middle, one at the end; none of them is taken for a cut or for flicker."""
    frames = taken(STILL).copy()
    frames[slice(*black)] = 0
    found = judged(showing(STILL, frames), Black(), Flicker(), Cuts())
    assert failed(found) == {"black.frames"}
    assert found["black.frames"].span == (black[0], black[1] - 1)


def test_a_dim_picture_is_not_black() -> None:
    """A take at a third of the light still shows something."""
    frames = (taken(STILL) * 0.34).astype(np.uint8)
    assert failed(judged(showing(STILL, frames), Black(), Flicker(), Cuts())) == set()


def test_light_that_fades_within_a_take_is_exposure() -> None:
    """The same grade over all of a take is none."""
    frames = taken(STILL)
    dimmed = frames * np.linspace(1.0, 0.7, len(frames))[:, None, None, None]
    assert failed(judged(showing(STILL, dimmed.astype(np.uint8)), Exposure())) == {"exposure.drift"}
    assert failed(judged(showing(STILL, (frames * 0.7).astype(np.uint8)), Exposure())) == set()


def test_what_lies_before_the_light_changes_can_be_used() -> None:
    """The verdict names the frames that the light is another in, so that a window without them may pass."""
    frames = taken(STILL).copy()
    frames[30:] = (frames[30:] * 0.7).astype(np.uint8)
    verdict = judged(showing(STILL, frames), Exposure())["exposure.drift"]
    assert verdict.ruling is Ruling.FAIL
    assert verdict.span is not None
    assert verdict.span[0] == pytest.approx(30, abs=3)
    assert verdict.span[1] == 47


def test_a_take_that_goes_on_elsewhere_fails() -> None:
    """It is held against the last frame of the shot before; where none was asked for there is nothing to say."""
    frames = taken(STILL)
    other = taken(PAN)[0]
    found = [
        judged(showing(STILL, frames, continues=True, before=before), Continuity())["continuity.jump"].ruling
        for before in (frames[0], other)
    ]
    assert found == [Ruling.PASS, Ruling.FAIL]
    assert judged(showing(STILL, frames), Continuity())["continuity.jump"].ruling is Ruling.NOT_APPLICABLE


def test_another_light_than_in_the_pictures_of_a_place_is_told_and_rejects_nothing(tmp_path: Path) -> None:
    """In words: darker, warmer; by what is seen of the set, whoever stands before it."""
    frames = taken(STILL)
    path = tmp_path / "room.png"
    Image.fromarray(frames[24]).save(path)
    picture = Reference(path=path, of="A ROOM", sha256="0" * 64)
    dusk = (frames * (0.75, 0.66, 0.5)).astype(np.uint8)
    same, darker = (
        judged(showing(STILL, each, references=(picture,)), Continuity())["continuity.light"] for each in (frames, dusk)
    )
    assert (same.ruling, same.words) == (Ruling.PASS, "A ROOM keeps its light")
    assert darker.ruling is Ruling.FAIL
    assert darker.advisory
    assert "darker by" in darker.words
    assert "warmer by" in darker.words
    anchored = judged(showing(STILL, dusk, anchors={"A ROOM": (picture,)}), Continuity())["continuity.light"]
    assert anchored == darker
    alone = judged(showing(STILL, frames), Continuity())["continuity.light"]
    assert alone.ruling is Ruling.NOT_APPLICABLE


def test_who_walks_the_wrong_way_fails() -> None:
    """The same walk backwards: who goes to the right is to go to the left."""
    right, wrong = (
        judged(showing(STILL, frames), Continuity())["continuity.direction"]
        for frames in (taken(STILL), taken(STILL)[::-1])
    )
    assert (right.ruling, wrong.ruling) == (Ruling.PASS, Ruling.FAIL)
    assert wrong.subject == "MARA"
    assert wrong.words == "MARA is to walk to the right, and walks to the left"


@pytest.mark.parametrize("bad", ["flat", "noise", "short", "one", "nobody"])
def test_takes_that_show_nothing_of_the_rehearsal_raise_nothing_and_pass_nothing(bad: str) -> None:
    """Neither the camera nor the tempo of a picture of nothing is right; all that is said has words."""
    good = taken(PAN)
    noise = np.random.default_rng(0).integers(0, 256, good.shape, dtype=np.uint8)
    frames = {"flat": np.full_like(good, 90), "noise": noise, "short": good[:20], "one": good[:1], "nobody": good}[bad]
    more = {"expected": None} if bad == "nobody" else {}
    found = judged(showing(PAN, frames, **more))
    passed = {measure for measure, verdict in found.items() if verdict.ruling is Ruling.PASS}
    assert not passed & {"camera.amount", "camera.other", "exposure.drift", "continuity.jump"}
    if bad in ("short", "one", "nobody"):
        assert {verdict.ruling for verdict in found.values()} == {Ruling.NOT_APPLICABLE}
    else:
        assert {Ruling.FAIL, Ruling.UNSURE} & {verdict.ruling for verdict in found.values()}


def test_verdicts_are_the_same_every_time() -> None:
    """The same frames, the same words and scores."""
    frames = taken(PAN, Kind.CAMERA_WEAK, 0.31)
    assert judged(showing(PAN, frames)) == judged(showing(PAN, frames))
