"""The camera in words: for prompts, in each dialect, and short for tables."""

import pytest
from hypothesis import given

from storyboard.camera import (
    Angle,
    Camera,
    Focus,
    FocusKind,
    Framing,
    Height,
    Move,
    MoveKind,
    Playback,
    ShotSize,
    Speed,
)
from storyboard.dialect import DIALECTS, describe, slate_words
from tests.test_camera_notes import cameras

SLOW_IN = Camera(
    size=ShotSize.CU,
    subject=("MARA",),
    angle=Angle.LOW,
    moves=((Move(kind=MoveKind.DOLLY_IN, speed=Speed.SLOW),), (Move(kind=MoveKind.TILT_UP),)),
    lens_mm=35,
    focus=Focus(kind=FocusKind.SHALLOW),
)


def test_each_family_is_asked_in_its_own_words() -> None:
    """One camera in four dialects."""
    assert describe(SLOW_IN) == (
        "close-up of MARA, low angle, camera looking up, the camera slowly dollies in, then tilts up, "
        "35mm lens, shallow depth of field"
    )
    assert describe(SLOW_IN, "wan") == (
        "Close-up shot of MARA, low angle shot. The camera slowly pushes in. Then the camera tilts up. "
        "35mm lens, shallow depth of field."
    )
    assert describe(SLOW_IN, "ltx") == (
        "Close-up of MARA, low angle, camera looking up. The camera slowly dollies in. "
        "Then the camera tilts up. 35mm lens, shallow depth of field."
    )
    assert describe(SLOW_IN, "sora") == (
        "Camera shot: close-up of MARA, low angle, camera looking up. "
        "Camera motion: the camera slowly dollies in, then the camera tilts up. "
        "Lens: 35mm lens, shallow depth of field."
    )


def test_an_unknown_dialect_speaks_generic() -> None:
    """A family without words of its own is still told everything."""
    assert describe(SLOW_IN, "a-model-of-next-year") == describe(SLOW_IN)


def test_names_can_be_put_into_other_words() -> None:
    """A model that knows no MARA is told of the lighthouse keeper."""
    camera = Camera(framing=Framing.OTS, over="IVO", subject=("MARA",))
    words = describe(camera, names={"MARA": "the lighthouse keeper", "IVO": "a young man"})
    assert words == "over-the-shoulder shot past the shoulder of a young man, on the lighthouse keeper"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_two_values_are_told_alike(dialect: str) -> None:
    """Every size, framing, angle, height, move, playback and focus has words of its own in every dialect."""
    said = [
        [describe(Camera(size=value), dialect) for value in ShotSize],
        [describe(Camera(framing=value), dialect) for value in Framing],
        [describe(Camera(angle=value), dialect) for value in Angle],
        [describe(Camera(height=value), dialect) for value in Height],
        [describe(Camera(moves=((Move(kind=value),),)), dialect) for value in MoveKind],
        [describe(Camera(moves=((Move(kind=MoveKind.PAN_LEFT, speed=value),),)), dialect) for value in Speed],
        [describe(Camera(focus=Focus(kind=value)), dialect) for value in FocusKind],
        [describe(Camera(playback=value), dialect) for value in Playback],
    ]
    for words in said:
        assert len(set(words)) == len(words)
    assert all(word for words in said[:-1] for word in words)


@given(cameras)
def test_everything_asked_for_is_told(camera: Camera) -> None:
    """Whatever the camera names stands in the words of every dialect, and nothing is said of nothing."""
    for dialect in DIALECTS:
        words = describe(camera, dialect)
        assert all(name in words for name in camera.subject)
        assert ("mm lens" in words or "mm fisheye" in words or "mm barrel" in words) is (camera.lens_mm is not None)
        assert bool(words) is (camera != Camera())
        assert "  " not in words
        assert ", ," not in words
        assert ".." not in words


def test_slate_words_are_short() -> None:
    """A row of the shot list."""
    assert slate_words(SLOW_IN) == "CU low · slow dolly-in then tilt-up · 35mm · shallow focus"
    assert slate_words(Camera()) == ""
