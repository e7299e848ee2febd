"""Every move is a true move in 3D: measured on the pictures by optical flow that knows nothing of the camera."""

import functools
import itertools
from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from render.previz.frames import RehearsalFrame
from render.previz.rehearsal import Rehearsal, rehearse
from storyboard.camera import MoveKind, ShotSize, Speed, Steadiness
from storyboard.screenplay import Interior
from tests.rehearsed import box_of, camera, person, request, tracer_of

WIDTH, HEIGHT = 256, 144
FRAMES, RATE = 17, 8
ANNA = person("ANNA", 1.70, hair="long grey braid", coat="dark green oilskin coat")
K = MoveKind
QUICK = frozenset(kind for kind in K if "pan" in kind or "tilt" in kind or "arc" in kind)
TRACKING = tuple(kind for kind in K if kind.value.startswith("track"))


@dataclass(frozen=True)
class Measured:
    """What optical flow says of a shot: sums and products over its frames, and what the camera path predicts."""

    right: float  # the picture's shift to the right, frame widths
    down: float  # frame heights
    scale: float
    roll: float  # radians, clockwise positive
    parallax: float  # pixels that no homography explains, of the motion in pixels
    motion: float  # pixels that what stands still has gone, in the median
    fastest: float  # frame widths in one step
    amount: float  # pixels of motion measured, of those that depth and camera path predict
    off: float  # pixels between measured and predicted flow, of the predicted motion
    pixels: float  # the same, in a step
    steps: tuple[tuple[float, float, float], ...]  # right, down, scale of every step


def tracked(before: np.ndarray, after: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Corners of one picture and where Lucas and Kanade find them in the next, there and back alike."""
    grey = [cv2.cvtColor(each, cv2.COLOR_RGB2GRAY) for each in (before, after)]
    corners = cv2.goodFeaturesToTrack(grey[0], 400, 0.005, 4, mask=mask.astype(np.uint8))
    if corners is None:
        return np.zeros((0, 2)), np.zeros((0, 2))
    one, two = grey
    there, found, _ = cv2.calcOpticalFlowPyrLK(one, two, corners, corners.copy(), winSize=(17, 17), maxLevel=4)
    back, again, _ = cv2.calcOpticalFlowPyrLK(two, one, there, there.copy(), winSize=(17, 17), maxLevel=4)
    good = np.logical_and(found, again).reshape(-1) & (np.linalg.norm((back - corners).reshape(-1, 2), axis=1) < 0.4)
    return corners.reshape(-1, 2)[good], there.reshape(-1, 2)[good]


def predicted(first: RehearsalFrame, second: RehearsalFrame, points: np.ndarray) -> np.ndarray:
    """Where still points of one frame are in the next, from depth, extrinsics and intrinsics; nan for the sky."""
    columns, rows = points.astype(int).T
    # A corner on the outline of a thing goes with the thing, not with what is behind it.
    depth = cv2.erode(first.depth, np.ones((3, 3), np.uint8))[rows, columns].astype(float)
    depth[~np.isfinite(depth)] = np.nan
    rays = np.column_stack([points + 0.5, np.ones(len(points))]) @ np.linalg.inv(first.intrinsics).T
    world = np.column_stack([rays * depth[:, None], np.ones(len(points))]) @ np.linalg.inv(first.extrinsics).T
    local = (world @ second.extrinsics.T)[:, :3] @ second.intrinsics.T
    return local[:, :2] / local[:, 2:] - 0.5


def similarity(one: np.ndarray, two: np.ndarray) -> tuple[float, float, float, float]:
    """Shift to the right and down in frames, scale, and turn in radians: medians, that a deep scene does not sway."""
    went = two - one
    shift = np.median(went, axis=0)
    arm = one - np.array((WIDTH / 2, HEIGHT / 2))
    far = np.hypot(*arm.T) > 0.15 * WIDTH
    arm, went = arm[far], (went - shift)[far]
    length = np.einsum("ij,ij->i", arm, arm)
    out = float(np.median(np.einsum("ij,ij->i", arm, went) / length)) if len(arm) else 0.0
    turn = float(np.median((arm[:, 0] * went[:, 1] - arm[:, 1] * went[:, 0]) / length)) if len(arm) else 0.0
    return (
        float(shift[0]) / WIDTH,
        float(shift[1]) / HEIGHT,
        float(np.hypot(1 + out, turn)),
        float(np.arctan2(turn, 1 + out)),
    )


def measure(rehearsal: Rehearsal, stride: int = 1) -> Measured:
    """Follow what stands still, from frame to frame or over several at once where it moves little."""
    tracer = tracer_of(rehearsal)
    frames = [tracer.frame(index) for index in range(0, rehearsal.request.frames, stride)]
    steps: list[tuple[float, float, float]] = []
    roll, travelled, residuals, motions, offs, sizes = 0.0, 0.0, [], [], [], []
    for before, after in itertools.pairwise(frames):
        one, two = tracked(before.rgb, after.rgb, before.ids == 0)
        if len(one) < 8:
            steps.append((np.nan, np.nan, np.nan))
            continue
        expected = predicted(before, after, one)
        known = np.isfinite(expected[:, 0])
        if known.sum() >= 8:
            travelled += float(np.median(np.linalg.norm(two - one, axis=1)))
            went, should = ((end - one)[known] for end in (two, expected))
            far = np.linalg.norm(should, axis=1)
            offs.append(float(np.median(np.linalg.norm(went - should, axis=1))))
            sizes.append(float(np.median(far)))
            along = np.einsum("ij,ij->i", went, should) / np.maximum(far, 0.1) ** 2
            motions.append(sizes[-1] * float(np.median(along[far > min(1.0, np.median(far))])))
        right, down, scale, turn = similarity(one, two)
        roll += turn
        steps.append((right, down, scale))
        plane, _ = cv2.findHomography(one, two, cv2.RANSAC, 1.0)
        if plane is not None:
            mapped = cv2.perspectiveTransform(one[:, None].astype(np.float64), plane)[:, 0]
            residuals.append(float(np.percentile(np.linalg.norm(mapped - two, axis=1), 80)))
    seen = [step for step in steps if np.isfinite(step[0])]
    return Measured(
        right=sum(step[0] for step in seen),
        down=sum(step[1] for step in seen),
        scale=float(np.prod([step[2] for step in seen])),
        roll=roll,
        parallax=sum(residuals) / max(sum(motions), 1e-6),
        motion=travelled,
        fastest=max((abs(step[0]) for step in seen), default=0.0),
        amount=sum(motions) / max(sum(sizes), 1e-6),
        off=sum(offs) / max(sum(sizes), 1e-6),
        pixels=float(np.mean(offs)) if offs else 0.0,
        steps=tuple(steps),
    )


def shot(*moves: MoveKind | tuple[MoveKind, ...], size: ShotSize = ShotSize.MS, **more: object) -> Rehearsal:
    """Two seconds of one person among trees: a place with depth."""
    where: dict[str, object] = {"place": "A FOREST", "interior": Interior.EXT, "frames": FRAMES}
    where |= {name: more.pop(name) for name in ("frames", "place") if name in more}
    seen = camera(size, *moves, subject=("ANNA",), **more)
    return rehearse(
        request(seen, (ANNA,), pixels=(WIDTH, HEIGHT), rate=RATE, **where)  # type: ignore[arg-type]
    )


@functools.cache
def measured(kind: MoveKind, speed: Speed = Speed.REGULAR) -> Measured:
    wide = kind in TRACKING or SIGNS.get(kind, ("", 0, True))[2]
    # From above, a path in the grass is what there is to follow.
    place = "A CLIFF PATH" if kind in (K.TRACK_AERIAL, K.TRACK_TILT) else "A FOREST"
    rehearsal = shot(kind, size=ShotSize.WS if wide else ShotSize.MS, speed=speed, place=place)
    return measure(rehearsal, 1 if kind in QUICK else 2 if "zoom" in kind else 4)


# Which way the picture goes, and how the move is told from its like: by parallax or by having none.
SIGNS: dict[MoveKind, tuple[str, int, bool]] = {
    K.PAN_LEFT: ("right", 1, False),
    K.PAN_RIGHT: ("right", -1, False),
    K.TRUCK_LEFT: ("right", 1, True),
    K.TRUCK_RIGHT: ("right", -1, True),
    K.TILT_UP: ("down", 1, False),
    K.TILT_DOWN: ("down", -1, False),
    K.PEDESTAL_UP: ("down", 1, True),
    K.PEDESTAL_DOWN: ("down", -1, True),
    K.ROLL_CW: ("roll", -1, False),
    K.ROLL_CCW: ("roll", 1, False),
    K.ZOOM_IN: ("scale", 1, False),
    K.ZOOM_OUT: ("scale", -1, False),
    K.DOLLY_IN: ("scale", 1, True),
    K.DOLLY_OUT: ("scale", -1, True),
    K.DOLLY_ZOOM_IN: ("scale", -1, True),  # what is behind the subject shrinks away
    K.DOLLY_ZOOM_OUT: ("scale", 1, True),
    K.ARC_CW: ("right", -1, True),  # seen from above; what is behind the subject goes the other way
    K.ARC_CCW: ("right", 1, True),
    K.TRACK_SIDE_LEFT: ("right", 1, True),
    K.TRACK_SIDE_RIGHT: ("right", -1, True),
    K.TRACK_TAIL: ("scale", 1, True),
    K.TRACK_LEAD: ("scale", -1, True),
}


def value(flow: Measured, field: str) -> float:
    """How far the picture went in one way; 0 is standing still."""
    return float(np.log(flow.scale)) if field == "scale" else float(getattr(flow, field))


@pytest.mark.parametrize("kind", SIGNS)
def test_a_move_goes_where_its_name_says(kind: MoveKind) -> None:
    """The picture moves as the move asks, with parallax where the camera travels and none where it turns or zooms."""
    field, sign, travels = SIGNS[kind]
    flow = measured(kind)
    assert sign * value(flow, field) > 0.07, flow
    others = {"right", "down", "roll", "scale"} - {field}
    assert all(abs(value(flow, other)) < abs(value(flow, field)) for other in others), flow
    assert (flow.parallax > 0.3) == travels, flow


@pytest.mark.parametrize("kind", [kind for kind in K if kind is not K.STATIC and "whip" not in kind])
def test_a_move_goes_as_far_as_the_camera_path(kind: MoveKind) -> None:
    """Measured flow is the flow that depth, extrinsics and intrinsics predict, within a tenth in all."""
    flow = measured(kind)
    assert flow.amount == pytest.approx(1.0, abs=0.1)
    assert flow.off < 0.2 or flow.pixels < 1.0


def test_a_static_camera_stands_still() -> None:
    """Nothing that stands moves in the picture."""
    flow = measured(K.STATIC)
    assert all(abs(right) < 0.002 and abs(down) < 0.002 and abs(scale - 1) < 0.002 for right, down, scale in flow.steps)


@pytest.mark.parametrize(("kind", "sign"), [(K.WHIP_PAN_LEFT, 1), (K.WHIP_PAN_RIGHT, -1)])
def test_a_whip_pan_is_fast(kind: MoveKind, sign: int) -> None:
    """A whip pan crosses more than a frame, at several times the speed of a pan, and then stands on its subject."""
    seen = camera(ShotSize.MS, kind, subject=("ANNA",))
    rate = 60
    rehearsal = rehearse(
        request(seen, (ANNA,), place="A FOREST", interior=Interior.EXT, frames=40, rate=rate, pixels=(WIDTH, HEIGHT))
    )
    flow = measure(rehearsal)
    assert sign * flow.right > 1.2
    assert flow.fastest * rate > 4 * measured(K.PAN_LEFT).fastest * RATE
    assert all(abs(right) < 0.002 for right, _, _ in flow.steps[-8:])
    x, _, width, _ = box_of(tracer_of(rehearsal).frame(39), rehearsal, "ANNA")
    assert abs((x + width / 2) / WIDTH - 0.5) < 0.2


_SPEEDS = [
    *(K.PAN_LEFT, K.TILT_UP, K.TILT_DOWN, K.ROLL_CW, K.ZOOM_IN),
    *(K.DOLLY_IN, K.TRUCK_RIGHT, K.PEDESTAL_UP, K.ARC_CW, K.DOLLY_ZOOM_IN),
]


@pytest.mark.parametrize("kind", _SPEEDS)
def test_slow_is_slower_than_regular_and_fast_is_faster(kind: MoveKind) -> None:
    """In the same time a slow move goes less far than a regular one, and a fast one farther."""
    slow, regular, fast = (measured(kind, speed).motion for speed in Speed)
    assert slow < 0.9 * regular
    assert regular < 0.9 * fast


def boxes(rehearsal: Rehearsal, every: int = 4) -> np.ndarray:
    """x, y, width, height of ANNA in every so many frames, float64[N, 4]."""
    tracer = tracer_of(rehearsal)
    indices = range(0, rehearsal.request.frames, every)
    return np.array([box_of(tracer.frame(index), rehearsal, "ANNA") for index in indices], float)


@pytest.mark.parametrize("kind", [K.DOLLY_ZOOM_IN, K.DOLLY_ZOOM_OUT])
def test_a_dolly_zoom_holds_its_subject(kind: MoveKind) -> None:
    """The subject keeps its height within 4 %, while the background changes its size by a quarter and more."""
    tall = boxes(shot(kind, size=ShotSize.FS))[:, 3]
    assert np.ptp(tall) < 0.04 * tall.mean()
    assert abs(np.log(measured(kind).scale)) > np.log(1.25)


@pytest.mark.parametrize("kind", [K.ARC_CW, K.ARC_CCW])
def test_an_arc_keeps_its_subject_where_it_is(kind: MoveKind) -> None:
    """The camera goes round by 40 degrees and more, and the subject stays in its place."""
    rehearsal = shot(kind, size=ShotSize.FS)
    seen = boxes(rehearsal)
    middles = seen[:, 0] + seen[:, 2] / 2
    assert np.ptp(middles) < 0.04 * WIDTH
    turned = rehearsal.view(FRAMES - 1).yaw - rehearsal.view(0).yaw
    assert abs(np.degrees(turned)) > 40


@pytest.mark.parametrize("kind", TRACKING)
def test_a_tracking_shot_keeps_its_subject(kind: MoveKind) -> None:
    """The subject walks and keeps its place in the frame; what is behind it moves."""
    rehearsal = shot(kind, size=ShotSize.WS)
    seen = boxes(rehearsal, every=2)
    middles = seen[:, :2] + seen[:, 2:] / 2
    assert np.ptp(middles[:, 0]) < 0.08 * WIDTH
    assert np.ptp(middles[:, 1]) < 0.08 * HEIGHT
    went = rehearsal.actors[0].place(2.0) - rehearsal.actors[0].place(0.0)
    assert np.hypot(*went) > 1.5
    flow = measured(kind)
    assert max(abs(flow.right), abs(flow.down), abs(np.log(flow.scale))) > 0.07
    moved = np.linalg.norm(rehearsal.view(FRAMES - 1).position - rehearsal.view(0).position)
    assert (moved < 0.01) == (kind in (K.TRACK_PAN, K.TRACK_TILT))


def test_an_aerial_tracking_shot_looks_down() -> None:
    """Tracking from the air sees its subject from above."""
    assert shot(K.TRACK_AERIAL, size=ShotSize.WS).view(0).pitch < np.radians(-25)


@pytest.mark.parametrize("kind", [K.CRANE_UP, K.CRANE_DOWN])
def test_a_crane_rises_or_sinks(kind: MoveKind) -> None:
    """A crane goes up or down by a metre and more, with parallax, and keeps its subject in frame."""
    rehearsal = shot(kind, size=ShotSize.WS)
    rise = rehearsal.view(FRAMES - 1).position[2] - rehearsal.view(0).position[2]
    assert (rise if kind is K.CRANE_UP else -rise) > 1.0
    assert measured(kind).parallax > 0.3
    assert len(boxes(rehearsal)) == 5


def test_moves_in_sequence_follow_each_other() -> None:
    """Pan, then tilt: the first half goes sideways alone, the second up alone."""
    flow = measure(shot(K.PAN_RIGHT, K.TILT_UP))
    half = FRAMES // 2
    steps = np.nan_to_num(np.abs(np.array(flow.steps)))
    assert steps[:half, 0].sum() > 0.2
    assert steps[:half, 1].sum() < 0.05 * steps[half:, 1].sum()
    assert steps[half:, 1].sum() > 0.2
    assert steps[half:, 0].sum() < 0.05 * steps[:half, 0].sum()


def test_moves_together_run_at_the_same_time() -> None:
    """A pan and a zoom in one phase: both are in the same frames."""
    flow = measure(shot((K.PAN_LEFT, K.ZOOM_IN)))
    assert flow.right > 0.1
    assert flow.scale > 1.2
    both = [right > 0.01 and scale > 1.01 for right, _, scale in flow.steps]
    assert sum(both) >= 5


def test_steadiness_is_ordered() -> None:
    """From locked off to very unsteady, each level moves the picture more than the one before."""
    shaken = []
    for steadiness in Steadiness:
        steps = np.array(measure(shot(K.STATIC, steadiness=steadiness, frames=9)).steps)
        shaken.append(float(np.nanmean(np.abs(steps[:, 0]) * WIDTH + np.abs(steps[:, 1]) * HEIGHT)))
    assert shaken[0] < 0.02
    assert all(2 * calm < wild for calm, wild in itertools.pairwise(shaken[1:])), shaken
    assert shaken[1] > 2 * shaken[0]


@pytest.mark.parametrize("size", [ShotSize.MS, ShotSize.MCU])
@pytest.mark.parametrize("kind", [K.DOLLY_IN, K.DOLLY_OUT, K.ARC_CW, K.TRUCK_LEFT, K.DOLLY_ZOOM_IN])
def test_nobody_loses_their_head_on_the_way(size: ShotSize, kind: MoveKind) -> None:
    """On the whole way the head is below the upper edge and the face within the sides."""
    seen = boxes(shot(kind, size=size))
    assert seen[:, 1].min() > 0
    middles = seen[:, 0] + seen[:, 2] / 2
    assert middles.min() > 0.15 * WIDTH
    assert middles.max() < 0.85 * WIDTH


@pytest.mark.parametrize("place", ["A KITCHEN", "A CORRIDOR"])
def test_the_camera_goes_through_nothing(place: str) -> None:
    """On the whole way of any move the lens is above the floor, and nothing is right before it."""
    for kind in K:
        seen = camera(ShotSize.MS, kind, subject=("ANNA",))
        rehearsal = rehearse(request(seen, (ANNA,), place=place, frames=FRAMES, rate=RATE, pixels=(96, 54)))
        assert min(rehearsal.view(index).position[2] for index in range(FRAMES)) > 0.05
        tracer = tracer_of(rehearsal)
        for index in (0, FRAMES - 1):
            assert tracer.frame(index).depth.min() > 0.1, kind


def test_the_same_request_moves_the_same() -> None:
    """A handheld path is a function of the request."""
    first, second = (
        [shot(K.DOLLY_IN, steadiness=Steadiness.UNSTEADY).view(index) for index in range(FRAMES)] for _ in range(2)
    )
    assert all(one.same(two) for one, two in zip(first, second, strict=True))
