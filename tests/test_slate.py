"""The slate in the picture: what was shot, how, and which frame is seen."""

from pathlib import Path

import av
import numpy as np
import pytest

from director.film import CutSettings
from render.cut.assemble import assemble
from render.cut.edit import Clip, Edit
from render.cut.pieces import Window, pieces_of
from render.cut.slate import strip_height, strips
from render.media import write_take
from storyboard.screenplay import TransitionKind
from storyboard.shot import Joint

SIZE = (320, 180)


def take(path: Path, grey: int, frames: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = np.full((SIZE[1], SIZE[0], 3), grey, np.uint8)
    write_take(path, [picture] * frames, rate=24, size=SIZE, count=frames)  # type: ignore[arg-type]
    return path


def clip(path: Path, **more: object) -> Clip:
    """Twelve frames of a take of 24, after a handle of six."""
    given = {"shot": path.stem, "key": path.stem, "scene": "1", "heading": "INT. ROOM - DAY", "frames": 12, "head": 6}
    return Clip(segments=(path,), segment_frames=(24,), **{**given, **more})  # type: ignore[arg-type]


def edit(*clips: Clip) -> Edit:
    return Edit(title="A film", width=SIZE[0], height=SIZE[1], rate=24, clips=clips)  # type: ignore[arg-type]


def pictures(film: Path) -> list[np.ndarray]:
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_the_slate_stands_in_the_lower_edge_alone(tmp_path: Path) -> None:
    """Bright letters on a dark strip, and above it the picture as it was."""
    path = take(tmp_path / "takes" / "1A.mkv", 180, 24)
    plain = pictures(assemble(edit(clip(path)), tmp_path / "plain", tmp_path / "cache").film)
    slated = pictures(
        assemble(edit(clip(path, slate="1A   CU · dolly-in")), tmp_path / "slated", tmp_path / "cache").film
    )
    tall = strip_height(SIZE[1])
    assert len(plain) == len(slated) == 12
    for before, after in zip(plain, slated, strict=True):
        assert np.abs(before[: -tall - 2].astype(int) - after[: -tall - 2]).max() <= 2
        strip = after[-tall:].mean(axis=-1)
        assert np.median(strip) < 100
        assert strip.max() > 200


def test_every_frame_has_its_number() -> None:
    """Numbers count from 1 at the shot's first frame and differ from frame to frame; the words stay."""
    window = Window(segments=(), key="k", available=24, first=6, frames=3, slate="1A", frame=0)
    later = window.model_copy(update={"frame": 2, "frames": 1})
    first, second, third = strips(window, *SIZE)
    assert not np.array_equal(first, second)
    assert np.array_equal(third, next(strips(later, *SIZE)))
    assert np.array_equal(first[:, : SIZE[0] // 2], second[:, : SIZE[0] // 2])
    assert first.shape == (strip_height(SIZE[1]), SIZE[0], 4)


def test_in_a_dissolve_either_shot_brings_its_own_slate(tmp_path: Path) -> None:
    """The windows of a joint keep the words and the count of their shots; handles count below 1."""
    paths = [take(tmp_path / f"{name}.mkv", 90, 24) for name in ("1A", "1B")]
    over = Joint(kind=TransitionKind.DISSOLVE, frames=6)
    film = edit(clip(paths[0], slate="1A", joint_out=over), clip(paths[1], slate="1B"))
    [joint] = [piece for piece in pieces_of(film) if piece.kind is TransitionKind.DISSOLVE]
    assert joint.out is not None
    assert joint.into is not None
    assert (joint.out.slate, joint.out.frame) == ("1A", 9)
    assert (joint.into.slate, joint.into.frame) == ("1B", -3)
    assert len(pictures(assemble(film, tmp_path / "cut", tmp_path / "cache").film)) == 24


def test_without_a_slate_nothing_is_made_again(tmp_path: Path) -> None:
    """A film that has no slate keeps the pieces that it had; one that gets a slate makes others."""
    path = tmp_path / "1A.mkv"
    bare, slated = (pieces_of(edit(clip(path, **more)))[0] for more in ({}, {"slate": "1A"}))
    assert bare.out is not None
    assert bare.out.recipe == ["1A", 6, 12, 24]
    assert bare.key("x264") != slated.key("x264")


@pytest.mark.parametrize(("written", "meant"), [({}, False), ({"slate": True}, True)])
def test_the_slate_is_asked_for_in_the_film(written: dict[str, bool], meant: bool) -> None:
    """``cut: {slate: true}`` burns it in; without it there is none."""
    assert CutSettings.model_validate(written).slate is meant
