"""The passes of a rehearsal: aligned with its picture, true to its geometry, and written in step with it."""

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from subprocess import CompletedProcess

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from characters.seen import Figure, Kind, Seen
from render.media import probe, read_frames
from render.previz.figures.skeleton import joints
from render.previz.frames import Tracer
from render.previz.look.tracer import Scene
from render.previz.passes import PASS_NAMES, Passes, PassFrame, fitted, take_passes
from render.previz.passes.base import Moment
from render.previz.passes.flow import flow_picture
from render.previz.passes.openpose import COLOURS, DIMMED, LIMBS, POINTS, draw_bodies
from render.previz.passes.written import write_passes
from render.request import Request, Stage
from storyboard.camera import Camera, Framing, Move, MoveKind, ShotSize
from storyboard.errors import InputError
from storyboard.screenplay import Interior, TimeOfDay
from storyboard.shot import BeatKind, ShotBeat

WIDTH, HEIGHT, FRAMES = 320, 180, 8
MARA = Seen(name="MARA", kind=Kind.CHARACTER, locked=(("coat", "red coat"),), figure=Figure(height=1.68))
IVO = Seen(name="IVO", kind=Kind.CHARACTER, locked=(("sweater", "blue sweater"),), figure=Figure(height=1.82))
BALLOON = Seen(name="SONNY", kind=Kind.CHARACTER, locked=(("head", "glossy yellow balloon"),))
CUP = Seen(name="CUP", kind=Kind.PROP)


def request(
    *,
    size: ShotSize = ShotSize.MFS,
    move: MoveKind | None = None,
    cast: tuple[Seen, ...] = (MARA, IVO),
    props: tuple[Seen, ...] = (),
    interior: Interior = Interior.INT,
    words: str = "Mara listens.",
    frames: int = FRAMES,
    **camera: object,
) -> Request:
    """A short shot in a kitchen or on a cliff."""
    place = "KITCHEN" if interior is Interior.INT else "CLIFF PATH"
    both = len(cast) > 1 and size is ShotSize.MFS
    return Request(
        prompt="",
        negative="",
        camera=Camera(
            size=size,
            subject=tuple(seen.name for seen in cast[: 2 if both else 1]),
            framing=Framing.TWO_SHOT if both else None,
            moves=((Move(kind=move),),) if move else (),
            **camera,
        ),
        stage=Stage(
            place=Seen(name=place, kind=Kind.PLACE),
            interior=interior,
            time=TimeOfDay.DAY,
            weather="",
            cast=cast,
            props=props,
            marks=tuple(seen.name for seen in cast),
            side=1,
            beats=(ShotBeat(kind=BeatKind.ACTION, text=words, line=1, frames=frames),),
        ),
        width=WIDTH,
        height=HEIGHT,
        rate=Fraction(12),
        frames=frames,
        head=0,
        tail=0,
        seed=3,
    )


SHOTS = {
    "two people, still": request(props=(CUP,)),
    "one person, dolly": request(size=ShotSize.MS, move=MoveKind.DOLLY_IN, cast=(MARA,)),
    "outside, pan": request(interior=Interior.EXT, move=MoveKind.PAN_LEFT, words="Mara walks along the path."),
}


@pytest.fixture(params=list(SHOTS))
def clip(request: pytest.FixtureRequest) -> Passes:
    return take_passes(SHOTS[request.param])


def test_every_pass_says_which_arrays_it_has(clip: Passes) -> None:
    """Every frame has the arrays that were announced, of that shape and type; only the last lacks its flow."""
    for frame in clip:
        last = frame.index == len(clip) - 1
        expected = {key: v for key, v in clip.layouts.items() if not (last and key in ("flow", "occluded"))}
        assert frame.arrays.keys() == expected.keys()
        for key, layout in expected.items():
            assert frame[key].shape == layout.shape, key
            assert frame[key].dtype == layout.dtype, key


def test_masks_end_where_the_picture_changes() -> None:
    """Along the edges of a mask the picture's own steps are many times those of elsewhere, at the very pixel."""
    (frame, *_) = take_passes(SHOTS["two people, still"], ("picture", "masks", "depth"))
    grey = frame["rgb"].astype(np.float64).mean(axis=2)
    steps = np.abs(np.diff(grey, axis=1))
    edge = np.diff(frame["ids"].astype(int), axis=1) != 0
    assert edge.sum() > 100
    assert np.median(steps[edge]) > 8 * np.median(steps[~edge])
    for shift in (-3, 3):  # a mask out of step with the picture by so little would show
        assert steps[edge].mean() > 1.3 * steps[np.roll(edge, shift, axis=1)].mean()


def test_depth_steps_where_the_masks_do(clip: Passes) -> None:
    """Between a person and the set behind them lies a step in depth, nearer on the person's side, at that pixel."""
    frame = max(clip, key=lambda each: np.count_nonzero(each["ids"]))
    ids, depth = frame["ids"].astype(int), np.minimum(frame["depth"], 1e3)
    inner, outer = ids[:, :-1], ids[:, 1:]
    edge = ((inner > 0) & (outer == 0)) | ((inner == 0) & (outer > 0))
    rows = slice(0, int(np.nonzero(ids)[0].max()) - 25)  # not where feet meet the floor
    person = np.where(inner > 0, depth[:, :-1], depth[:, 1:])[rows][edge[rows]]
    behind = np.where(inner > 0, depth[:, 1:], depth[:, :-1])[rows][edge[rows]]
    assert np.mean(behind > person + 0.1) > 0.85


def test_boxes_hold_just_what_is_seen(clip: Passes) -> None:
    """A box is the smallest that holds all pixels of its entity; what is out of frame has none."""
    for frame in clip:
        for row, entity in enumerate(sorted(clip.entities)):
            x, y, width, height = frame["boxes"][row]
            found = frame["ids"] == entity
            assert found.sum() == found[y : y + height, x : x + width].sum()
            if width:
                assert found[y].any()
                assert found[y + height - 1].any()
                assert found[:, x].any()
                assert found[:, x + width - 1].any()


def test_control_depth_is_inverse_depth_over_the_whole_clip() -> None:
    """Near is white and far is black, by one range for all frames: one depth has one grey in the whole clip."""
    clip = take_passes(SHOTS["one person, dolly"], ("depth",))
    depths, greys = [], []
    for frame in clip:
        depth, control = frame["depth"], frame["control_depth"].astype(np.float32)
        assert 0 <= control.min() <= control.max() <= 1
        assert np.corrcoef(1 / depth.ravel(), control.ravel())[0, 1] > 0.99
        depths.append(depth.ravel()[::7])
        greys.append(control.ravel()[::7])
    depth, grey = np.concatenate(depths), np.concatenate(greys)
    order = np.argsort(depth)
    assert (np.diff(grey[order]) <= 1e-3).all()
    assert grey.max() > 0.97
    assert grey.min() < 0.03


@pytest.mark.parametrize("shot", list(SHOTS))
def test_no_depth_is_nearer_than_white(shot: str) -> None:
    """White is the nearest pixel of the whole clip, to a hundredth, and nothing in any frame is nearer or cut off."""
    clip = take_passes(SHOTS[shot], ("depth",))
    constants = clip.passes[0].constants()
    nearest = min(float(frame["depth"].min()) for frame in clip)
    farthest = max(float(frame["depth"].max()) for frame in clip)
    assert constants["near"] <= nearest + 1 / 4096
    assert constants["near"] > 0.99 * nearest
    assert constants["far"] == pytest.approx(farthest, rel=0.03)


def test_all_parts_of_a_shot_have_one_range_of_depth() -> None:
    """However many frames are asked for at once, and wherever they begin, one depth has one grey."""
    shot = request(size=ShotSize.MS, move=MoveKind.DOLLY_IN, words="Mara walks along the path.", frames=12)
    whole = take_passes(shot, ("depth",))
    part = shot.model_copy(update={"frames": 3, "offset": 6, "whole": 12})
    for other in (fitted(shot, frames=1), fitted(shot, frames=5), part):
        assert take_passes(other, ("depth",)).passes[0].constants() == whole.passes[0].constants()
    mine = next(iter(take_passes(part, ("depth",))))
    theirs = list(whole)[6]
    alike = mine["depth"] == theirs["depth"]
    assert alike.mean() > 0.99
    assert (mine["control_depth"] == theirs["control_depth"])[alike].all()


def test_the_sky_is_infinitely_far_and_black() -> None:
    """Outside, the sky is inf metres away, 0 in control depth, and faces the camera in the picture of normals."""
    (frame, *_) = take_passes(SHOTS["outside, pan"], ("depth", "normals"))
    sky = np.isinf(frame["depth"])
    assert sky.any()
    assert not frame["control_depth"][sky].any()
    assert not frame["normals"][sky].any()
    normals = frame.picture("normals")
    assert normals is not None
    assert (normals[sky] == (128, 128, 255)).all()


def test_normals_are_unit_vectors_that_face_the_camera(clip: Passes) -> None:
    """Every normal has length 1 and looks against its own ray."""
    (frame, *_) = clip
    seen = np.isfinite(frame["depth"])
    normals = frame["normals"].astype(np.float64)
    assert np.allclose(np.linalg.norm(normals[seen], axis=1), 1, atol=2e-3)
    rays = rays_of(frame["intrinsics"])
    assert ((normals * rays).sum(axis=2)[seen] <= 2e-3).all()


def test_the_floor_is_green_and_what_faces_left_is_red() -> None:
    """Normals are coloured as NormalBae's are: green is up, red is left, blue is towards the camera."""
    (frame, *_) = take_passes(SHOTS["two people, still"])
    picture = frame.picture("normals")
    assert picture is not None
    floor = np.median(picture[-3:][frame["ids"][-3:] == 0], axis=0)
    assert floor[1] > 220
    person = frame["ids"] == 1
    x, _, width, _ = frame["boxes"][0]
    columns = np.nonzero(person)[1]
    left, right = picture[person][columns < x + width * 0.2], picture[person][columns > x + width * 0.8]
    assert left[:, 0].mean() > 127.5 > right[:, 0].mean()
    assert np.median(picture[person][:, 2]) > 180


def test_normals_agree_with_depth() -> None:
    """The normal of a plain wall is the one that its depth gives: the passes share one space."""
    (frame, *_) = take_passes(SHOTS["one person, dolly"], ("depth", "normals", "camera", "masks"))
    depth = frame["depth"].astype(np.float64)
    points = rays_of(frame["intrinsics"], unit=False) * depth[..., None]
    across, down = points[1:-1, 2:] - points[1:-1, :-2], points[2:, 1:-1] - points[:-2, 1:-1]
    measured = np.cross(across, down)
    measured /= np.maximum(np.linalg.norm(measured, axis=2, keepdims=True), 1e-9)
    measured *= -np.sign(measured[..., 2:])
    cosine = (measured * frame["normals"][1:-1, 1:-1]).sum(axis=2)
    assert np.median(cosine[frame["ids"][1:-1, 1:-1] == 0]) > 0.999


def rays_of(lens: NDArray[np.float64], *, unit: bool = True) -> NDArray[np.float64]:
    """Rays through the pixel centres, float64[H, W, 3]."""
    height, width = round(2 * lens[1, 2]), round(2 * lens[0, 2])
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    rays = np.stack([(x - lens[0, 2]) / lens[0, 0], (y - lens[1, 2]) / lens[1, 1], np.ones_like(x)], axis=2)
    return rays / np.linalg.norm(rays, axis=2, keepdims=True) if unit else rays


def test_the_camera_reprojects_what_it_sees(clip: Passes) -> None:
    """A point of the set, found from one frame's depth and camera, is found again by the next frame's at its pixel."""
    frames = list(clip)
    first, last = frames[0], frames[2]
    rng = np.random.default_rng(1)
    still = np.argwhere((first["ids"] == 0) & np.isfinite(first["depth"]))
    points = still[rng.choice(len(still), 300)]
    found = 0
    for row, column in points:
        ray = np.linalg.inv(first["intrinsics"]) @ (column + 0.5, row + 0.5, 1.0)
        here = np.append(ray * first["depth"][row, column], 1.0)
        there = last["extrinsics"] @ np.linalg.inv(first["extrinsics"]) @ here
        u, v, _ = last["intrinsics"] @ there[:3] / there[2]
        if 0 <= u < WIDTH and 0 <= v < HEIGHT and last["ids"][int(v), int(u)] == 0:
            found += abs(last["depth"][int(v), int(u)] / there[2] - 1) < 0.03
    seen = sum(1 for row, column in points)
    assert found > 0.7 * seen


def test_a_known_point_is_seen_where_the_camera_says() -> None:
    """The middle between MARA's eyes, from her blocking, falls on a pixel of MARA's, as near as her face is."""
    clip = take_passes(request(size=ShotSize.MCU, cast=(MARA,), move=MoveKind.ARC_CW), ("camera", "masks", "depth"))
    (actor,) = clip.rehearsal.actors
    for frame in clip:
        pose = actor.pose(clip.rehearsal.action_time(frame.index))
        points = joints(actor.height, pose)
        world = np.append((points["left_ear"] + points["right_ear"]) / 2, 1.0)
        local = frame["extrinsics"] @ world
        u, v, _ = frame["intrinsics"] @ local[:3] / local[2]
        assert frame["ids"][int(v), int(u)] == 1
        assert 0 < local[2] - frame["depth"][int(v), int(u)] < 0.2  # the middle of the head is behind its skin


def test_joints_lie_in_the_box_of_their_person(clip: Passes) -> None:
    """Every key point that is drawn lies within its own person's box, or at its edge."""
    entities = sorted(clip.entities)
    people = clip.passes[clip.names.index("pose")].constants()["entities"]
    count = 0
    for frame in clip:
        for person, entity in enumerate(people):
            x, y, width, height = frame["boxes"][entities.index(int(entity))]
            for u, v, _ in frame["keypoints"][person][frame["drawn"][person]]:
                count += 1
                assert x - 2 <= u <= x + width + 2
                assert y - 2 <= v <= y + height + 2
    assert count > 50


def test_a_hidden_joint_is_not_drawn() -> None:
    """With a board held before the upper half of MARA, her lower half is drawn; the rest is marked hidden."""
    clip = take_passes(request(size=ShotSize.FS, cast=(MARA,)), ("pose",))
    tracer = Tracer(clip.rehearsal)
    frame = tracer.frame(0)
    (poses,) = clip.passes
    free = poses.arrays(Moment(0, tracer, frame, None))
    _, top, _, height = frame.boxes()[1]
    middle = top + height // 2
    depth, ids = frame.depth.copy(), frame.ids.copy()
    depth[:middle], ids[:middle] = 0.4, 2
    covered = poses.arrays(Moment(0, tracer, replace(frame, depth=depth, ids=ids), None))
    above = free["keypoints"][0, :, 1] < middle
    assert free["drawn"][0].sum() > 12
    assert above[free["drawn"][0]].any()
    assert not covered["drawn"][0][above].any()
    assert (covered["keypoints"][0, above, 2] == 1).all()
    assert (covered["drawn"][0][~above] == free["drawn"][0][~above]).all()
    assert np.array_equal(covered["keypoints"][..., :2], free["keypoints"][..., :2])


def test_a_balloon_has_no_face_points() -> None:
    """Who has a balloon for a head gets no eyes, nose or ears, so that no model draws a face on it."""
    (frame, *_) = take_passes(request(size=ShotSize.FS, cast=(BALLOON,)), ("pose",))
    face = [POINTS.index(name) for name in ("nose", "right eye", "left eye", "right ear", "left ear")]
    assert not frame["drawn"][0][face].any()
    assert frame["drawn"][0][POINTS.index("neck")]


def test_an_animal_has_no_human_skeleton() -> None:
    """A dog beside Mara is in the masks and has no key points; alone, nothing is drawn."""
    dog = Seen(name="REX", kind=Kind.CHARACTER, descriptor="a big brown dog")
    clip = take_passes(request(size=ShotSize.FS, cast=(MARA, dog)), ("pose", "masks"))
    poses, masks = (clip.passes[clip.names.index(name)] for name in ("pose", "masks"))
    assert poses.constants()["people"].tolist() == ["MARA"]
    assert "REX" in masks.constants()["names"].tolist()
    assert next(iter(clip))["keypoints"].shape == (1, 18, 3)
    (frame, *_) = take_passes(request(size=ShotSize.FS, cast=(dog,)), ("pose",))
    assert frame["keypoints"].shape == (0, 18, 3)
    drawn = frame.picture("pose")
    assert drawn is not None
    assert not drawn.any()


def test_a_face_seen_from_behind_is_not_drawn() -> None:
    """Whom the camera follows from behind has a neck and elbows, and no nose."""
    behind = request(size=ShotSize.MFS, cast=(MARA,), move=MoveKind.TRACK_TAIL, words="Mara walks along the path.")
    frame = list(take_passes(behind, ("pose",)))[FRAMES // 2]
    assert frame["drawn"][0][POINTS.index("neck")]
    assert not frame["drawn"][0][POINTS.index("nose")]


def test_bodies_are_drawn_in_the_colours_of_openpose() -> None:
    """Each limb has its own colour at six tenths, each point its own in full; a limb without an end is left out."""
    rng = np.random.default_rng(5)
    points = rng.uniform(40, 470, (1, 18, 2))
    shown = np.ones((1, 18), bool)
    for index, (start, end) in enumerate(LIMBS):
        only = np.zeros((1, 18), bool)
        only[0, [start, end]] = True
        picture = draw_bodies((512, 512), points, only)
        u, v = points[0, [start, end]].mean(axis=0).astype(int)
        assert np.abs(picture[v, u].astype(int) - np.array(COLOURS[index]) * DIMMED).max() <= 1
        assert (picture[int(points[0, start, 1]), int(points[0, start, 0])] == COLOURS[start]).all()
        assert not draw_bodies((512, 512), points, shown & False).any()


MOTIONS = {
    "a person moves": request(words="Mara walks along the path.", interior=Interior.EXT),
    "the camera moves": request(size=ShotSize.MS, cast=(), props=(CUP,), move=MoveKind.TRUCK_LEFT, words="A cup."),
    "both move": request(move=MoveKind.ARC_CW, words="Mara walks along the path.", interior=Interior.EXT),
}


ENTRANCE = {"somebody comes in": request(words="Ivo comes in through the door.", frames=36)}


@pytest.mark.parametrize("motion", [*MOTIONS, *ENTRANCE])
def test_flow_carries_each_point_to_where_it_is_next(motion: str) -> None:
    """Every point that flow says is seen again is found there at its depth, of the same entity, nearly everywhere."""
    clip = take_passes({**MOTIONS, **ENTRANCE}[motion], ("flow", "depth", "masks", "camera"))
    frames = list(clip)
    agreeing, moving = [], 0.0
    for here, after in itertools.pairwise(frames):
        flow, seen = here["flow"], ~here["occluded"]
        moving = max(moving, float(np.abs(flow).max()))
        rows, columns = np.indices(seen.shape)
        u, v = columns + 0.5 + flow[..., 0], rows + 0.5 + flow[..., 1]
        at_u, at_v = u[seen].astype(int), v[seen].astype(int)
        agreeing.append((after["ids"][at_v, at_u] == here["ids"][seen]).mean())
    assert moving > 0.5
    assert min(agreeing) > 0.98


@pytest.mark.parametrize("motion", ["a person moves", "both move"])
def test_flow_of_people_is_the_motion_of_their_triangles(motion: str) -> None:
    """A pixel of a person moves as the triangle does that its ray meets, worked out anew in double precision."""
    clip = take_passes(MOTIONS[motion], ("flow", "masks", "camera"))
    here, after = itertools.islice(clip, 4, 6)
    times = [clip.rehearsal.action_time(frame.index) for frame in (here, after)]
    tracer = Tracer(clip.rehearsal)
    (now, _), (then, _) = (tracer.people(time) for time in times)
    assert now is not None
    assert then is not None
    rows, columns = (places[::23] for places in np.nonzero(here["ids"] > 0))
    view = clip.rehearsal.view(here.index)
    rays = rays_of(here["intrinsics"])[rows, columns] @ view.rotation.T
    face, u, v = Scene(now).hits(view.position, np.ascontiguousarray(rays, np.float32))
    shares = np.stack([1 - u - v, u, v], axis=1).astype(np.float64)
    there = np.einsum("nk,nkj->nj", shares, then.vertices[then.faces[face]].astype(np.float64))
    local = there @ after["extrinsics"][:3, :3].T + after["extrinsics"][:3, 3]
    seen = local @ after["intrinsics"].T
    expected = seen[:, :2] / seen[:, 2:] - np.stack([columns, rows], axis=1) - 0.5
    error = np.abs(here["flow"][rows, columns] - expected).max(axis=1)
    assert np.hypot(*expected.T).max() > 1
    assert len(error) > 50
    assert np.quantile(error, 0.98) < 2 / 1024


def test_who_leaves_the_stage_is_not_seen_again() -> None:
    """When the last person is gone in the next frame, all that is seen of them here is flagged."""
    clip = take_passes(request(words="Ivo leaves.", cast=(IVO,), size=ShotSize.WS, frames=48), ("flow", "masks"))
    last = next(here for here, after in itertools.pairwise(clip) if here["ids"].any() and not after["ids"].any())
    assert last["occluded"][last["ids"] > 0].all()


@pytest.mark.parametrize("motion", list(MOTIONS))
def test_flow_warps_a_frame_into_the_next(motion: str) -> None:
    """The next frame, fetched back along the flow, is this frame wherever a surface has not turned in the light."""
    clip = take_passes(fitted(MOTIONS[motion], rate=Fraction(24)), ("picture", "flow", "normals", "camera"))
    warped, unmoved = [], []
    for here, after in itertools.pairwise(clip):
        flow = here["flow"]
        rows, columns = np.indices(flow.shape[:2]).astype(np.float32)
        places = (columns + flow[..., 0], rows + flow[..., 1])
        now, then = facing(here), cv2.remap(facing(after), *places, cv2.INTER_NEAREST)
        alike = (now * then).sum(axis=2) > 0.9995
        moved = ~here["occluded"] & (np.hypot(flow[..., 0], flow[..., 1]) > 0.5) & alike
        picture = here["rgb"].astype(np.float64)
        back = cv2.remap(after["rgb"], *places, cv2.INTER_LINEAR)
        warped.append(np.abs(back - picture)[moved].mean(axis=1))
        unmoved.append(np.abs(after["rgb"] - picture)[moved].mean(axis=1))
    errors, before = np.concatenate(warped), np.concatenate(unmoved)
    assert len(errors) > 3000
    assert np.median(errors) < 2
    assert errors.mean() < 0.6 * before.mean()
    assert np.mean(errors > 12) < 0.08


def facing(frame: PassFrame) -> NDArray[np.float32]:
    """Normals in the world, float32[H, W, 3]."""
    return frame["normals"].astype(np.float32) @ frame["extrinsics"][:3, :3].astype(np.float32)


def test_flow_agrees_with_what_is_measured_in_the_picture() -> None:
    """Corners followed through the pictures alone (Lucas and Kanade) show the same motion of the set."""
    clip = take_passes(fitted(MOTIONS["the camera moves"], size=(640, 360)), ("picture", "flow"))
    frames = list(clip)
    here, after = frames[3], frames[4]
    grey = [cv2.cvtColor(one["rgb"], cv2.COLOR_RGB2GRAY) for one in (here, after)]
    corners = cv2.goodFeaturesToTrack(grey[0], 200, 0.02, 6)
    followed, found, _ = cv2.calcOpticalFlowPyrLK(grey[0], grey[1], corners, None, winSize=(15, 15))
    columns, rows = corners.reshape(-1, 2).astype(int).T
    wanted = (found.reshape(-1) == 1) & ~here["occluded"][rows, columns]
    expected = here["flow"][rows, columns][wanted]
    error = np.linalg.norm((followed - corners).reshape(-1, 2)[wanted] - expected, axis=1)
    assert len(error) > 40
    assert np.median(error) < 0.4
    assert (np.abs(np.median((followed - corners).reshape(-1, 2)[wanted] - expected, axis=0)) < 0.25).all()
    assert np.median(np.linalg.norm(expected, axis=1)) > 2


def test_occlusion_is_flagged_at_the_edges_of_what_moves() -> None:
    """Some of the set vanishes behind somebody who walks, and no point is flagged where nothing changes."""
    here = next(iter(take_passes(MOTIONS["a person moves"], ("flow", "masks"))))
    hidden = here["occluded"]
    assert hidden.any()
    near = cv2.dilate((here["ids"] > 0).astype(np.uint8), np.ones((71, 71)))
    assert not hidden[near == 0].any()


def test_still_pictures_have_a_white_wheel() -> None:
    """No motion is white, motion to the right is red, and a tenth of a pixel is not stretched to full colour."""
    assert (flow_picture(np.zeros((4, 4, 2), np.float32)) == 255).all()
    right = np.zeros((4, 4, 2), np.float32)
    right[..., 0] = 5
    red = flow_picture(right)[0, 0].astype(int)
    assert red[0] > 240
    assert max(red[1], red[2]) < 60
    assert flow_picture(right / 50).min() > 200


def test_a_film_size_is_not_a_model_size(tmp_path: Path) -> None:
    """At a video model's own size, length and rate the same shot is made, as long in seconds, and files fit it."""
    shot = request(props=(CUP,), frames=24, move=MoveKind.DOLLY_IN, words="Mara walks along the path.")
    other = fitted(shot, size=(96, 128), rate=Fraction(16))
    assert (other.frames, other.rate) == (32, 16)
    assert other.frames_of_shot / other.rate == shot.frames_of_shot / shot.rate
    half, same = take_passes(other, ("camera",)).rehearsal, take_passes(shot, ("camera",)).rehearsal
    assert np.allclose(half.actors[0].place(1.0), same.actors[0].place(1.0), atol=0.05)
    write_passes(take_passes(fitted(other, frames=5)), tmp_path)
    for name in PASS_NAMES:
        if name != "camera":
            told = probe(tmp_path / f"{name}.mp4")
            assert (told.width, told.height, told.frames, told.rate) == (96, 128, 5, 16)


def test_fewer_frames_are_the_beginning_of_the_shot() -> None:
    """With fewer frames than the shot has the first ones are made, just as they are in the whole; more run on."""
    shot = request(move=MoveKind.PAN_LEFT).model_copy(update={"head": 2, "tail": 2})
    whole = take_passes(shot, ("picture", "camera"))
    few = list(take_passes(fitted(shot, frames=3), ("picture", "camera")))
    assert len(few) == 3
    for mine, theirs in zip(few, whole, strict=False):
        assert (mine["extrinsics"] == theirs["extrinsics"]).all()
    more = take_passes(fitted(shot, frames=12), ("camera",))
    assert (more.whole("extrinsics")[: len(whole)] == whole.whole("extrinsics")).all()
    assert len(more) == 12


def test_odd_sizes_are_written(tmp_path: Path) -> None:
    """A size that 4:2:0 video cannot have is made all the same: the arrays and the lossless video are of that size."""
    write_passes(take_passes(fitted(request(), size=(65, 37), frames=2)), tmp_path)
    assert (probe(tmp_path / "depth.mkv").width, probe(tmp_path / "depth.mkv").height) == (65, 37)
    assert (probe(tmp_path / "depth.mp4").width, probe(tmp_path / "depth.mp4").height) == (66, 38)
    with np.load(tmp_path / "depth.npz") as arrays:
        assert arrays["depth"].shape == (2, 37, 65)


def test_one_frame_is_a_clip(tmp_path: Path) -> None:
    """A clip of one frame has no flow to tell, and a video of one frame that shows none."""
    write_passes(take_passes(fitted(request(), frames=1)), tmp_path)
    with np.load(tmp_path / "flow.npz") as arrays:
        assert arrays["flow"].shape == (0, HEIGHT, WIDTH, 2)
    assert probe(tmp_path / "flow.mp4").frames == 1


def test_files_hold_what_the_arrays_do(tmp_path: Path) -> None:
    """Every array and every lossless video that is written is the very one that checks are handed."""
    clip = take_passes(SHOTS["two people, still"])
    files = write_passes(clip, tmp_path)
    assert all(path.exists() for path in files)
    arrays = {name: np.load(tmp_path / f"{name}.npz") for name in PASS_NAMES if name != "picture"}
    videos = {name: list(read_frames(tmp_path / f"{name}.mkv")) for name in ("picture", "depth", "masks", "pose")}
    for frame in clip:
        for name, content in frame.by_pass.items():
            for key, array in content.items():
                if name != "picture":
                    assert np.array_equal(arrays[name][key][frame.index], array), key
        for name, pictures in videos.items():
            assert np.array_equal(pictures[frame.index], frame.picture(name)), name
    for name, content in arrays.items():
        for key in clip.layouts:
            if key in content:
                assert len(content[key]) == clip.count(name)
    assert set(arrays["masks"]["names"]) == {"MARA", "IVO", "CUP"}
    camera = json.loads((tmp_path / "camera.json").read_text(encoding="utf-8"))
    assert np.array_equal(camera["frames"][3]["extrinsics"], arrays["camera"]["extrinsics"][3])
    boxes = json.loads((tmp_path / "masks.json").read_text(encoding="utf-8"))
    assert [entity["name"] for entity in boxes["entities"]] == ["MARA", "IVO", "CUP"]
    assert boxes["entities"][0]["boxes"][0] == arrays["masks"]["boxes"][0][0].tolist()
    for content in arrays.values():
        content.close()


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    """The same request gives the same files, byte for byte."""
    for run in ("one", "two"):
        write_passes(take_passes(fitted(request(move=MoveKind.ARC_CW), size=(160, 96), frames=4)), tmp_path / run)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_passes_do_not_hang_together() -> None:
    """A pass is the same whether others are taken with it or not, and whether the picture is drawn or not."""
    both = take_passes(fitted(request(), frames=3), ("picture", "flow", "pose", "depth", "normals", "masks"))
    for key in ("flow", "keypoints", "depth", "normals", "ids"):
        name = next(one.name for one in both.passes if key in one.layout(WIDTH, HEIGHT))
        alone = take_passes(both.request, (name,)).whole(key)
        assert np.array_equal(both.whole(key), alone)


def test_an_unknown_pass_names_the_nearest() -> None:
    """A pass that nobody knows is refused, with the nearest that there is."""
    with pytest.raises(InputError, match=r"no pass “dept”.*depth"):
        take_passes(request(), ("dept",))


Direct = Callable[..., CompletedProcess[str]]


def test_rehearse_writes_a_shot_beside_its_film(film: Path, direct: Direct) -> None:
    """The command writes every pass into cut/rehearsal/SHOT, in step with the shot's own take."""
    done = direct("rehearse", film, "1b", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    folder = film.parent / "cut" / "rehearsal" / "1B"
    assert Path(told["folder"]) == folder
    assert (told["width"], told["height"], told["rate"]) == (64, 36, "12")
    assert told["frames"] > told["head"] + told["tail"]
    for name in PASS_NAMES:
        if name != "camera":
            assert probe(folder / f"{name}.mp4").frames == told["frames"]
        if name != "picture":
            with np.load(folder / f"{name}.npz") as arrays:
                key = next(iter(arrays))
                assert len(arrays[key]) == told["frames"] - (name == "flow")
    assert (folder / "contact_sheet.png").exists()


def test_rehearse_takes_a_models_own_size(film: Path, direct: Direct, tmp_path: Path) -> None:
    """Size, frames, rate and passes can be a model's own, and the folder anybody's."""
    options = ("--size", "112x64", "--frames", "5", "--rate", "16", "--passes", "depth,pose", "--out", tmp_path / "x")
    done = direct("rehearse", film, "1A", *options)
    assert done.returncode == 0, done.stderr
    told = probe(tmp_path / "x" / "depth.mp4")
    assert (told.width, told.height, told.frames, told.rate) == (112, 64, 5, 16)
    assert sorted(path.stem for path in (tmp_path / "x").glob("*.npz")) == ["depth", "pose"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("1Z",), ("no shot “1Z”", "1A")),
        (("1A", "--passes", "depht"), ("no pass “depht”", "depth")),
        (("1A", "--size", "big"), ("--size “big”", "832x480")),
        (("1A", "--size", "4x4"), ("4x4", "16 to 4096")),
        (("1A", "--rate", "0"), ("--rate “0”", "16")),
        (("1A", "--rate", "1/0"), ("--rate “1/0”", "16")),
        (("1A", "--frames", "0"), ("--frames 0", "1 to")),
        (("1A", "--frames", "some"), ("some", "frames")),
    ],
)
def test_what_cannot_be_rehearsed_is_said(
    film: Path, direct: Direct, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """An unknown shot or pass, a bad size, rate or length: exit code 2, what is wrong, and what to do."""
    done = direct("rehearse", film, *arguments)
    assert done.returncode == 2
    for part in words:
        assert part in done.stderr
    assert "Traceback" not in done.stderr
    assert not (film.parent / "cut").exists()
