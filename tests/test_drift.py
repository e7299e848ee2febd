"""Trouble on order: the previz as a model that forgets. Every kind is measured on the pictures that it makes."""

import itertools
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from scipy.stats import binomtest

from characters.seen import Kind as Entity
from characters.seen import Reference, Seen
from director.checks.base import Showing
from director.plan import Plan, plan_film
from director.project import open_project
from director.takes import Store
from render.generators.base import Truthful
from render.generators.fake import Fake
from render.generators.previz import Previz
from render.previz.colour_space import ciede2000, lab_of, linear
from render.previz.drift.draw import HONEST_COLOUR, Departure, Fault, draw
from render.previz.drift.dress import TOO_MUCH, Dress
from render.previz.drift.extras import TRUNK
from render.previz.drift.kinds import CAMERA, ODDS, TYPICAL, Kind
from render.previz.drift.odds import Chance, place_in, rate_of
from render.previz.drift.settings import settings_of
from render.previz.drift.take import DriftingTake
from render.previz.figures.figure import build_figure
from render.previz.frames import RehearsalFrame, Tracer, pictures
from render.previz.rehearsal import rehearse
from render.request import Request
from storyboard.camera import MoveKind, ShotSize
from storyboard.errors import InputError
from tests.conftest import FILM, edit, run_direct, write_film
from tests.rehearsed import camera, person, prop, request

MARA = person("MARA", coat="dark green oilskin coat", hair="grey braid", trousers="navy wool trousers").model_copy(
    update={"never": ("a hat", "glasses")}
)
INDOORS = MARA.model_copy(
    update={"look": "indoors", "locked": (("coat", "white cotton coat"), *MARA.locked[1:])},
)
BALLOON = person("SONNY", head="glossy yellow balloon", shirt="white shirt").model_copy(
    update={"never": ("a face on the balloon", "a string")}
)
LIT = prop("LANTERN", body="polished brass body", glass="glowing amber glass").model_copy(update={"state": "lit"})
UNLIT = LIT.model_copy(
    update={"state": "unlit", "locked": (("body", "polished brass body"), ("glass", "dark smoked glass"))}
)
PLAIN: dict[str, Any] = {"picture_look": "plain", "compression": "none"}
PIXELS = (256, 144)


def asked(*moves: MoveKind, size: ShotSize = ShotSize.MS, cast: tuple[Seen, ...] = (MARA,), **more: Any) -> Request:
    """A shot of two seconds, with all that a drifting take could go wrong by."""
    given = {"text": "Mara waits.", "pixels": PIXELS, "frames": 24, "rate": 12, "props": (), **more}
    made = request(camera(size, *moves), cast, **given)
    prompt = ". ".join(words for seen in (*made.stage.cast, *made.stage.props) for _, words in seen.locked)
    return made.model_copy(update={"prompt": prompt, "alternatives": (INDOORS, UNLIT)})


def take_of(made: Request, drift: Any, **settings: Any) -> DriftingTake:
    return DriftingTake(made, settings_of({"drift": drift, **PLAIN, **settings}))


def seeded(made: Request, kind: Kind, severity: float, **wanted: Any) -> DriftingTake:
    """A take with this trouble alone, about so severe, with these details."""
    found: list[tuple[float, Request]] = []
    for seed in range(300):
        tried = made.model_copy(update={"seed": seed})
        faults = draw(tried, settings_of({"drift": {kind.value: 1.0}})).faults
        known = [{"of": f.of, "part": f.part, "begins": f.begins, **f.details} for f in faults]
        if any(wanted.items() <= each.items() for each in known):
            found.append((abs(faults[0].severity - severity), tried))
    return take_of(min(found, key=lambda one: one[0])[1], {kind.value: 1.0})


def fault_of(take: DriftingTake, **wanted: Any) -> Fault:
    """The fault of a take that has these fields."""
    return next(f for f in take.departure.faults if all(getattr(f, name) == value for name, value in wanted.items()))


def told(take: DriftingTake) -> list[dict[str, Any]]:
    truth = take.truth()
    assert isinstance(truth, dict)
    faults = truth["faults"]
    assert isinstance(faults, list)
    return [dict(fault) for fault in faults]  # type: ignore[arg-type]


def traced(take: DriftingTake, index: int) -> RehearsalFrame:
    """What a take shows at a frame, with ids and parts, before the picture is finished."""
    return take._tracer(index).frame(index)


def flow(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Dense optical flow, float32[H, W, 2] pixels."""
    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (one, other)]
    return cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(grey[0], grey[1], None)  # type: ignore[call-overload]


def drift_across(frames: list[np.ndarray]) -> float:
    """How far the picture goes to the right, pixels, summed over the frames: the median of the optical flow."""
    return sum(float(np.median(flow(a, b)[..., 0])) for a, b in itertools.pairwise(frames))


def luma(frames: list[np.ndarray]) -> np.ndarray:
    return np.array([frame.mean() for frame in frames])


# What film.yaml may say.


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"drift": {"color": 0.3}}, "colour"),
        ({"drift": {"camera": 0.3}}, "camera-weak"),
        ({"drift": {"colour": 2}}, "from 0"),
        ({"drift": {"colour": True}}, "from 0"),
        ({"drift": {"colour": "often"}}, "from 0"),
        ({"drift": "typcial"}, "typical"),
        ({"drift": None}, "typical"),
        ({"drift": ["colour"]}, "typical"),
        ({"drift": {"camera-weak": 0.6, "camera-ignored": 0.6}}, "more than 1"),
        ({"drift": "none", "control": 3}, "from 0 to 1"),
        ({"drift": "none", "picture_look": "wram"}, "warm"),
        ({"drift": "none", "compression": "h264"}, "h264-fine"),
        ({"control": 0.5}, "drift"),
        ({"drfit": "typical"}, "drift"),
    ],
)
def test_what_cannot_be_ordered_is_refused_with_what_can(params: dict[str, Any], says: str) -> None:
    """Unknown kinds, rates and settings are answered with the nearest name or with what may stand there."""
    with pytest.raises(InputError) as refused:
        Previz(params)
    assert says in str(refused.value)


def test_a_wrong_kind_is_refused_with_file_and_line(tmp_path: Path) -> None:
    """The person's own line is named."""
    film = write_film(tmp_path, film=FILM.replace("generator: fake", "generator: {name: previz, drift: {colr: 1}}"))
    answer = run_direct("check", film)
    assert answer.returncode == 2
    assert "film.yaml:5" in answer.stdout + answer.stderr
    assert "colour" in answer.stdout + answer.stderr


# Without drift nothing is different.


def test_without_drift_the_previz_is_what_it_was() -> None:
    """Its frames are the rehearsal's own, byte for byte, and it reads neither prompt nor settings."""
    made = asked(frames=3)
    plain = list(Previz().generate(made, lambda _done: None))
    assert all(np.array_equal(a, b) for a, b in zip(plain, pictures(rehearse(made)), strict=True))
    assert Previz().reads == {"camera", "stage", "width", "height", "rate", "frames", "head", "tail"}
    assert "drift" not in Previz().version
    assert Previz().truth(made) is None


def test_a_drifting_take_depends_on_all_that_its_rates_depend_on() -> None:
    """Prompt, references, settings and the rest enter the recipe in this mode alone, and so does its version."""
    drifting = Previz({"drift": "typical"})
    assert drifting.reads - Previz().reads >= {"prompt", "negative", "references", "params", "alternatives", "changes"}
    assert drifting.version != Previz().version


# Good takes vary too.


@pytest.fixture(scope="module")
def honest() -> list[tuple[DriftingTake, list[np.ndarray]]]:
    """Four takes in which nothing is wrong, each with its frames."""
    takes = [take_of(asked(frames=4).model_copy(update={"seed": seed}), "none") for seed in range(4)]
    return [(take, list(take.frames())) for take in takes]


def test_a_good_take_is_not_the_rehearsal(honest: list[tuple[DriftingTake, list[np.ndarray]]]) -> None:
    """Every pixel may differ: subtracting the rehearsal leaves as much as subtracting another good take."""
    rehearsed = list(pictures(rehearse(asked(frames=4))))
    for number, (take, frames) in enumerate(honest):
        assert take.departure.faults == ()
        away = np.abs(frames[0].astype(int) - rehearsed[0]).mean()
        other = np.abs(frames[0].astype(int) - honest[number - 1][1][0]).mean()
        assert away > 2.0
        assert other > 0.4 * away


def test_a_good_take_stays_in_place(honest: list[tuple[DriftingTake, list[np.ndarray]]]) -> None:
    """Who is in frame stands within 5 % of the frame of where the rehearsal has them, and is as tall."""
    rehearsed = Tracer(rehearse(asked(frames=4))).frame(0).ids == 1
    height, width = rehearsed.shape
    for take, _ in honest:
        seen = traced(take, 0).ids == 1
        for axis, size in ((1, height), (0, width)):
            one, other = (np.nonzero(mask.any(axis=axis))[0] for mask in (rehearsed, seen))
            for edge in (0, -1):
                inside = 0 < one[edge] < size - 1 and 0 < other[edge] < size - 1
                assert not inside or abs(int(one[edge]) - int(other[edge])) <= 0.05 * size + 1.5


def test_a_good_take_keeps_its_colours() -> None:
    """No surface of a good take looks more than ΔE00 5 from its own colour, and they are not all as they were."""
    figure = build_figure(MARA, 1)  # type: ignore[arg-type]
    moved = []
    for seed in range(8):
        dressed = Dress((), seed).figure(figure, MARA, 1)
        for (_, one), (_, other) in zip(figure.parts, dressed.parts, strict=True):
            away = ciede2000(lab_of(one.colour), lab_of(other.colour))
            assert away.max() <= HONEST_COLOUR + 0.05
            moved.append(float(away.max()))
    assert np.mean(moved) > 1.0


def test_picture_look_and_compression_can_be_held() -> None:
    """Each can be named, and every take then has it; unnamed, takes differ in both."""
    held = [
        draw(asked().model_copy(update={"seed": n}), settings_of({"drift": "none", **PLAIN})).honest for n in range(20)
    ]
    free = [draw(asked().model_copy(update={"seed": n}), settings_of({"drift": "none"})).honest for n in range(80)]
    assert {each.picture_look for each in held} == {"plain"}
    assert {each.compression for each in held} == {"none"}
    assert len({each.picture_look for each in free}) == 8
    assert len({each.compression for each in free}) == 6


@pytest.mark.parametrize("compression", ["jpeg-fine", "jpeg-coarse", "h264-fine", "h264-middle", "h264-coarse"])
def test_compression_keeps_the_picture_and_the_count(compression: str) -> None:
    """After a round trip there are as many frames, each near to what it was, and the coarser lose more."""
    made = asked(frames=5)
    plain = list(take_of(made, "none").frames())
    through = list(take_of(made, "none", compression=compression).frames())
    assert len(through) == 5
    lost = np.mean([np.abs(a.astype(int) - b).mean() for a, b in zip(plain, through, strict=True)])
    assert 0.3 < lost < 6.0


def test_a_take_begins_with_the_frame_that_it_is_given(tmp_path: Path) -> None:
    """With a first frame a take starts from just that picture, and keeps its grade where another take has its own."""
    warm = list(take_of(asked(frames=3), "none", picture_look="warm").frames())[-1]
    cv2.imwrite(str(tmp_path / "first.png"), cv2.cvtColor(warm, cv2.COLOR_RGB2BGR))
    free = asked(frames=12).model_copy(update={"seed": 5})
    given = free.model_copy(update={"first_frame": str(tmp_path / "first.png")})
    grown, own = (list(take_of(each, "none", picture_look="cool").frames()) for each in (given, free))
    assert np.array_equal(grown[0], warm)
    warmth = [float(np.mean(frame[..., 0].astype(float) - frame[..., 2])) for frame in (warm, grown[-1], own[-1])]
    assert abs(warmth[1] - warmth[0]) < 0.35 * abs(warmth[2] - warmth[0])


def test_the_same_seed_is_the_same_take() -> None:
    """Bytes are equal over two runs, codec and all; another seed is another take."""
    made = asked(frames=4).model_copy(update={"seed": 11})
    for compression in ("h264-middle", "jpeg-fine"):
        one, two = (list(take_of(made, "typical", compression=compression).frames()) for _ in range(2))
        assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    other = next(take_of(made.model_copy(update={"seed": 12}), "typical").frames())
    assert not np.array_equal(next(take_of(made, "typical").frames()), other)


# Every kind on order. Who, what and where.


def part_pixels(take: DriftingTake, index: int, part: int, entity: int = 1) -> np.ndarray:
    frame = traced(take, index)
    return (frame.ids == entity) & (frame.parts == part)


@pytest.mark.parametrize("severity", [0.1, 0.5, 0.9])
def test_a_colour_shifts_by_what_is_recorded(severity: float) -> None:
    """The coat's colour in the picture moves, by about the ΔE00 that the truth tells, light and curve apart."""
    take = seeded(asked(), Kind.COLOUR, severity, of="MARA", part="coat", begins=0.0)
    fault = fault_of(take, of="MARA", part="coat")
    recorded = float(str(fault.details["delta_e"]))
    right = take_of(take.request, "none")
    mask = part_pixels(take, 0, 1) & part_pixels(right, 0, 1)
    assert mask.sum() > 300
    inner = cv2.erode(mask.astype(np.uint8), np.ones((5, 5))) > 0
    one, other = (np.median(lab_of(linear(next(t.frames())[inner] / 255.0)), axis=0) for t in (right, take))
    measured = float(ciede2000(one, other))
    assert 0.35 * recorded < measured < 1.7 * recorded + 2
    assert next(f for f in told(take) if f["part"] == "coat")["seen"] > 0.02


def test_a_missing_part_vanishes() -> None:
    """From the frame on that is recorded no pixel shows the part, and before it some do."""
    take = seeded(asked(), Kind.MISSING, 0.4, of="MARA", part="coat")
    first = take.first(fault_of(take, of="MARA", part="coat"))
    assert 0 < first < 24
    assert part_pixels(take, first - 1, 1).sum() > 300
    assert part_pixels(take, first, 1).sum() == 0
    assert next(f for f in told(take) if f["part"] == "coat")["seen"] > 0.02


@pytest.mark.parametrize("kind", [Kind.NEVER, Kind.EXTRA])
def test_what_should_not_be_there_appears(kind: Kind) -> None:
    """From the recorded frame on some pixels show what nobody promised, more of them the graver it is."""
    shares = []
    for severity in (0.15, 0.95):
        take = seeded(asked(cast=(BALLOON,), text="Sonny waits."), kind, severity)
        faults = take.departure.of(kind)
        last = take.request.frames - 1
        assert (traced(take, last).parts >= TOO_MUCH).any()
        start = min(take.first(fault) for fault in faults)
        assert start == 0 or not (traced(take, start - 1).parts >= TOO_MUCH).any()
        shares.append(max(f["seen"] for f in told(take)))
    assert shares[0] < shares[1]


@pytest.mark.parametrize("what", ["head", "trunk"])
def test_proportions_change_by_what_is_recorded(what: str) -> None:
    """A head, or a trunk, is larger or smaller by the factor that the truth tells."""
    take = seeded(asked(), Kind.PROPORTIONS, 0.9, what=what)
    fault = take.departure.faults[0]
    bones, axis = (("head",), 2) if what == "head" else (TRUNK, 1)
    figure = build_figure(MARA, 1)  # type: ignore[arg-type]
    dressed = Dress((fault,), 1, (fault,)).figure(figure, MARA, 1)

    def size(parts: Any) -> float:
        points = np.concatenate([solid.vertices for at, solid in parts if at in bones])
        return float(np.ptp(points[:, axis]))

    assert size(dressed.parts) / size(figure.parts) == pytest.approx(float(str(fault.details["factor"])), rel=0.02)


def test_the_wrong_look_is_worn() -> None:
    """Who should wear the green coat wears the white one of the other look, from the recorded frame on."""
    take = seeded(asked(), Kind.LOOK, 0.5)
    fault = take.departure.faults[0]
    assert fault.details == {"promised": "default", "shown": "indoors", "attributes": ["coat"]}
    first = take.first(fault)
    before, after = (traced(take, index) for index in (first - 1, first))
    mask = (before.ids == 1) & (after.ids == 1)
    bright = [float(np.mean(frame.rgb[mask].max(axis=-1) > 200)) for frame in (before, after)]
    assert bright[1] > bright[0] + 0.15


def test_the_wrong_state_is_seen() -> None:
    """A lantern that should be lit is not."""
    made = asked(size=ShotSize.CU, cast=(), props=(LIT,), text="The lantern stands there.")
    take = seeded(made, Kind.STATE, 0.99)
    right = take_of(take.request, "none")
    last = take.request.frames - 1
    wrong, good = (traced(each, last) for each in (take, right))
    mask = (wrong.ids == 1) & (good.ids == 1)
    assert mask.sum() > 80
    assert good.rgb[mask].astype(int).mean() > wrong.rgb[mask].astype(int).mean() + 3


@pytest.mark.parametrize("severity", [0.05, 0.95])
def test_a_stranger_is_in_frame(severity: float) -> None:
    """There is one more person in the picture than was asked for, and some of them is seen."""
    take = seeded(asked(size=ShotSize.FS), Kind.STRANGER, severity)
    assert (traced(take, 0).ids == 2).sum() > 60
    assert told(take)[0]["seen"] > 0.002
    assert not (traced(take_of(take.request, "none"), 0).ids == 2).any()


# The camera.


@pytest.fixture(scope="module")
def panned() -> float:
    """How far the picture goes across in a pan that is made as asked."""
    return drift_across(list(take_of(asked(MoveKind.PAN_LEFT, size=ShotSize.FS), "none").frames()))


def test_an_ignored_move_is_not_made(panned: float) -> None:
    """Next to nothing of the pan is left."""
    take = seeded(asked(MoveKind.PAN_LEFT, size=ShotSize.FS), Kind.CAMERA_IGNORED, 0.95)
    assert abs(drift_across(list(take.frames()))) < 0.12 * abs(panned)


@pytest.mark.parametrize("severity", [0.2, 0.8])
def test_a_weak_move_is_made_by_the_recorded_share(panned: float, severity: float) -> None:
    """The picture goes across by the recorded share of what it should."""
    take = seeded(asked(MoveKind.PAN_LEFT, size=ShotSize.FS), Kind.CAMERA_WEAK, severity)
    amount = float(str(take.departure.faults[0].details["amount"]))
    assert drift_across(list(take.frames())) / panned == pytest.approx(amount, abs=0.13)


def test_a_reversed_move_goes_the_other_way(panned: float) -> None:
    """A pan to the left becomes one to the right."""
    take = seeded(asked(MoveKind.PAN_LEFT, size=ShotSize.FS), Kind.CAMERA_REVERSED, 0.95)
    assert take.departure.faults[0].details["move"] == "pan-right"
    assert drift_across(list(take.frames())) / panned < -0.5


def test_a_replaced_move_is_another_one(panned: float) -> None:
    """Instead of the pan the camera tilts: the picture goes up or down and not across."""
    take = seeded(asked(MoveKind.PAN_LEFT, size=ShotSize.FS), Kind.CAMERA_REPLACED, 0.9, move="tilt-up")
    frames = list(take.frames())
    down = sum(float(np.median(flow(a, b)[..., 1])) for a, b in itertools.pairwise(frames))
    assert down > 4
    assert abs(drift_across(frames)) < 0.2 * abs(panned)


def test_a_camera_that_should_stand_can_begin_to_move() -> None:
    """A static shot can only have its stillness replaced."""
    settings = settings_of({"drift": {kind.value: 0.25 for kind in CAMERA}})
    kinds = {f.kind for n in range(60) for f in draw(asked().model_copy(update={"seed": n}), settings).faults}
    assert kinds == {Kind.CAMERA_REPLACED}


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_wrong_size_is_so_many_steps_off(steps: int) -> None:
    """A size one step off shows the person by so much larger or smaller as the standard crops differ."""
    from render.previz.camera.sizes import frame_height

    take = seeded(asked(size=ShotSize.FS), Kind.SIZE, 0.2, steps=steps)
    shown = ShotSize(str(take.departure.faults[0].details["shown"]))
    assert list(ShotSize).index(shown) - list(ShotSize).index(ShotSize.FS) == steps
    right = take_of(take.request, "none")

    def width(each: DriftingTake) -> int:
        """Across the head and shoulders: a person's feet may be out of frame."""
        mask = traced(each, 12).ids == 1
        top = int(np.nonzero(mask.any(axis=1))[0][0])
        tall = 0.2 / frame_height(shown if each is take else ShotSize.FS) * PIXELS[1]
        columns = np.nonzero(mask[top : top + int(tall)].any(axis=0))[0]
        return int(columns[-1] - columns[0] + 1)

    expected = frame_height(ShotSize.FS) / frame_height(shown)
    assert width(take) / width(right) == pytest.approx(expected, rel=0.22)


# Time and picture.


@pytest.mark.parametrize("way", ["smooth", "repeated", "blended"])
def test_half_speed_goes_so_much_less_far(way: str) -> None:
    """In slow motion the picture moves on by the recorded share a frame; what is repeated is the same picture."""
    made = asked(MoveKind.TRUCK_RIGHT, size=ShotSize.FS)
    take = seeded(made, Kind.HALF_SPEED, 0.7, way=way)
    speed = float(str(take.departure.faults[0].details["speed"]))
    frames, right = list(take.frames()), list(take_of(take.request, "none").frames())
    # What the whole slow take shows, the right one has shown by this share of its frames.
    reached = round(speed * (len(frames) - 1))
    assert drift_across(frames) == pytest.approx(drift_across(right[: reached + 1]), rel=0.3, abs=2)
    same = sum(np.array_equal(a, b) for a, b in itertools.pairwise(frames))
    assert (same > 4) == (way == "repeated")


def test_a_frozen_tail_stands_still() -> None:
    """From the recorded frame on nothing changes, though the camera should move on."""
    take = seeded(asked(MoveKind.PAN_LEFT), Kind.FROZEN_TAIL, 0.5)
    first = take.first(take.departure.faults[0])
    frames = list(take.frames())
    steps = [np.abs(a.astype(int) - b).mean() for a, b in itertools.pairwise(frames)]
    assert max(steps[first:]) < 0.5
    assert min(steps[:first]) > 0.5


def test_flicker_is_seen_in_the_light() -> None:
    """The light goes up and down from frame to frame, far more than in a good take."""
    take = seeded(asked(), Kind.FLICKER, 0.5, begins=0.0)
    wrong, right = (
        np.abs(np.diff(luma(list(each.frames())), 2)).mean() for each in (take, take_of(take.request, "none"))
    )
    assert wrong > 10 * right
    assert wrong > 10


@pytest.mark.parametrize("severity", [0.3, 0.9])
def test_an_unplanned_cut_is_where_it_is_recorded(severity: float) -> None:
    """Between the recorded frame and the one before it the picture changes more than between any others."""
    take = seeded(asked(size=ShotSize.FS), Kind.CUT, severity)
    first = take.first(take.departure.faults[0])
    frames = list(take.frames())
    steps = [np.abs(a.astype(int) - b).mean() for a, b in itertools.pairwise(frames)]
    assert int(np.argmax(steps)) == first - 1
    assert steps[first - 1] > 3 * sorted(steps)[-2]


def test_black_frames_are_black_and_no_others() -> None:
    """Just the recorded frames are black."""
    for severity in (0.05, 0.9):
        take = seeded(asked(), Kind.BLACK, severity)
        told_of = told(take)[0]
        black = [index for index, frame in enumerate(take.frames()) if frame.max() == 0]
        assert black == list(range(told_of["first"], told_of["last"] + 1))


def test_all_troubles_at_once_make_a_take() -> None:
    """Everything on order at once still gives as many frames as were asked for, in segments too."""
    everything = {kind.value: 1.0 for kind in Kind if kind not in CAMERA} | {"camera-weak": 1.0}
    made = asked(MoveKind.DOLLY_IN, cast=(MARA, BALLOON), props=(LIT,), frames=6).model_copy(update={"seed": 3})
    take = take_of(made, everything)
    assert len(list(take.frames())) == 6
    assert {fault["kind"] for fault in told(take)} >= {"missing", "never", "stranger", "black", "camera-weak"}
    later = made.model_copy(update={"offset": 6, "whole": 12})
    assert len(list(take_of(later, everything).frames())) == 6


# How often.

DRAWS = 400


def drawn(made: Request, settings: Any) -> list[Departure]:
    return [draw(made.model_copy(update={"seed": 7919 * n + 5}), settings) for n in range(DRAWS)]


def agrees(hits: int, chances: int, rate: float) -> bool:
    """Whether so many hits are what a rate gives, to one in ten thousand."""
    return bool(binomtest(hits, chances, rate).pvalue > 1e-4)


_MARA_REFERENCE = Reference(path=Path("/mara.png"), of="MARA", sha256="0" * 64)
_PROMPT = " ".join(f"word{n}" for n in range(20))


@pytest.mark.parametrize(
    ("kind", "changes", "settings", "factor"),
    [
        (Kind.COLOUR, {"prompt": f"dark green oilskin coat {_PROMPT}"}, {}, 2.0**-1),
        (Kind.COLOUR, {"prompt": _PROMPT}, {}, 4.0),
        (Kind.COLOUR, {"prompt": _PROMPT, "references": (_MARA_REFERENCE,)}, {}, 4.0 * 0.4),
        (Kind.COLOUR, {"prompt": _PROMPT, "first_frame": "a.png"}, {}, 4.0 * 0.3),
        (Kind.MISSING, {"prompt": _PROMPT}, {}, 4.0),
        (Kind.STRANGER, {}, {"control": 1.0}, 0.3),
        (Kind.SIZE, {}, {"control": 0.5}, 0.1**0.5),
        (Kind.SIZE, {"first_frame": "a.png"}, {}, 0.2),
        (Kind.HALF_SPEED, {}, {"control": 1.0}, 0.3),
        (Kind.PROPORTIONS, {"references": (_MARA_REFERENCE,)}, {}, 0.6),
        (Kind.NEVER, {"negative": "a hat, glasses"}, {}, 0.6),
        (Kind.FLICKER, {}, {}, 1.0),
    ],
)
def test_rates_are_the_published_function_of_the_request(
    kind: Kind, changes: dict[str, Any], settings: dict[str, Any], factor: float
) -> None:
    """How often a kind befalls a chance is its rate with its odds times the published factor, over 400 draws."""
    rate = 0.25
    odds = rate / (1 - rate) * factor
    made = asked(cast=(MARA,)).model_copy(update=changes)
    ordered = settings_of({"drift": {kind.value: rate}, **settings})
    about = {Kind.COLOUR: "coat", Kind.MISSING: "coat", Kind.NEVER: "a hat"}.get(kind)
    hits = sum(any(about is None or f.part == about for f in d.of(kind)) for d in drawn(made, ordered))
    assert agrees(hits, DRAWS, odds / (1 + odds))


def test_a_place_in_the_prompt_counts_in_tokens() -> None:
    """The first token is at 0, the middle at a half, and what is not said is nowhere."""
    assert place_in("one two three four", "one two") == 0
    assert place_in("one two three four", "three") == 0.5
    assert place_in("one two three four", "five") is None


def test_never_and_always_are_never_and_always() -> None:
    """A rate of 0 or 1 is not moved by any help."""
    made = asked().model_copy(update={"references": (_MARA_REFERENCE,), "first_frame": "a.png"})
    settings = settings_of({"drift": {"colour": 1, "size": 0}, "control": 1})
    assert rate_of(Kind.COLOUR, made, settings, Chance(MARA, "grey braid")) == 1.0
    assert all(not d.of(Kind.SIZE) and len(d.of(Kind.COLOUR)) == 3 for d in drawn(made, settings)[:20])


def test_typical_is_what_was_met() -> None:
    """The camera is right six times in ten, and a balloon head is wrong more often than right."""
    made = asked(MoveKind.PAN_LEFT, cast=(BALLOON, MARA))
    takes = drawn(made, settings_of({"drift": "typical"}))
    right = sum(not d.of(*CAMERA) for d in takes)
    assert agrees(right, DRAWS, 0.6)
    of_head = ("head", "a face on the balloon", "a string")
    wrong = sum(any(f.of == "SONNY" and f.part in of_head for f in d.faults) for d in takes)
    assert wrong > 0.5 * DRAWS
    assert {kind: odds.typical for kind, odds in ODDS.items()} == TYPICAL
    clean = sum(not d.faults for d in takes)
    assert 0 < clean < 0.2 * DRAWS


def test_severities_spread_from_slight_to_gross() -> None:
    """Severities cover the whole scale evenly."""
    severities = [d.faults[0].severity for d in drawn(asked(), settings_of({"drift": {"flicker": 1}}))]
    counts, _ = np.histogram(severities, bins=5, range=(0, 1))
    assert all(agrees(int(count), DRAWS, 0.2) for count in counts)


def test_a_draft_drifts_as_its_take_four_times_in_five() -> None:
    """A draft of fewer pixels and frames has its take's faults and variation with probability 0.8, else its own."""
    made = asked(MoveKind.PAN_LEFT, cast=(MARA, BALLOON))
    settings = settings_of({"drift": "typical"})
    cheap = made.model_copy(update={"draft": True, "width": 128, "height": 72, "frames": 8})
    pairs = list(zip(drawn(made, settings), drawn(cheap, settings), strict=True))
    assert agrees(sum(draft.shared for _, draft in pairs), DRAWS, 0.8)
    assert all((draft.faults == take.faults and draft.honest == take.honest) == draft.shared for take, draft in pairs)


# What is true, and who knows it.


def test_truth_stands_in_the_sidecar_and_nowhere_else(tmp_path: Path) -> None:
    """A film shot with drift has the truth in each sidecar; index, plan and verdicts have none of it."""
    drifting = FILM.replace("generator: fake", "generator: {name: previz, drift: typical}")
    film = write_film(tmp_path, film=drifting)
    answer = run_direct(film)
    assert answer.returncode in (0, 1), answer.stderr
    sidecars = [json.loads(path.read_text()) for path in tmp_path.glob(".shotgraph/takes/*/*/take.json")]
    assert len(sidecars) >= 5
    for sidecar in sidecars:
        assert set(sidecar["truth"]) == {"faults", "honest", "shared"}
    assert any(sidecar["truth"]["faults"] for sidecar in sidecars)
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name != "take.json":
            content = path.read_bytes()
            assert b"picture_look" not in content, path
            assert b'"truth"' not in content, path


def test_a_generator_that_knows_no_truth_tells_none() -> None:
    """The protocol is optional: the fake generator has none of it, and its takes say nothing."""
    assert isinstance(Previz(), Truthful)
    assert not isinstance(Fake({}), Truthful)


def test_checks_cannot_reach_the_truth() -> None:
    """What a check is shown has no field for a take, key, seed, sidecar, setting, generator or truth."""
    shown = {field.name for field in fields(Showing)}
    forbidden = {
        "take",
        "key",
        "recipe",
        "seed",
        "sidecar",
        "folder",
        "path",
        "params",
        "settings",
        "generator",
        "truth",
    }
    assert not shown & forbidden
    told_types = " ".join(str(field.type) for field in fields(Showing))
    assert not any(word in told_types for word in ("Take", "Job", "Request", "Path", "Store"))


def planned(film: Path) -> Plan:
    return plan_film(open_project(film), Store(film.parent).cache)


LOOKS = """\
    looks:
      indoors: {locked: {coat: charcoal grey cardigan}}
  IVO:
"""


def test_only_who_reads_them_is_told_the_other_looks(tmp_path: Path) -> None:
    """A drifting previz is told how somebody looks otherwise; a plain one is not, and its recipes do not change."""
    bare = write_film(tmp_path / "bare", film=FILM.replace("fake", "previz"))
    plain = write_film(tmp_path / "plain", film=FILM.replace("fake", "previz"))
    edit(plain.parent / "bible.yaml", "  IVO:\n", LOOKS)
    drifts = write_film(tmp_path / "drifts", film=FILM.replace("fake", "{name: previz, drift: typical}"))
    edit(drifts.parent / "bible.yaml", "  IVO:\n", LOOKS)
    assert [p.recipe for p in planned(bare).shots] == [p.recipe for p in planned(plain).shots]
    assert all(p.request.alternatives == () for p in planned(plain).shots)
    for shot in planned(drifts).shots:
        others = [(seen.name, seen.look) for seen in shot.request.alternatives]
        assert others == ([("MARA", "indoors")] if "MARA" in shot.shot.cast else [])
        assert all(seen.kind is Entity.CHARACTER for seen in shot.request.alternatives)
