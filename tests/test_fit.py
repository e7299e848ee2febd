"""Fitting a film to what a generator makes: sizes, rates, lengths, and what it cannot honour."""

import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from director.plan import Plan, plan_film
from director.project import open_project
from director.takes import Store
from render.cut.edit import MOTIONS
from render.fit import clip_length, pieces, rate_for, size_for
from render.generators.base import Capabilities
from tests.conftest import BIBLE, FILM, edit, run_direct, write_film

Run = Callable[..., subprocess.CompletedProcess[str]]
WAN = Capabilities(
    first_frame=True,
    repeats=True,
    max_frames=81,
    step=4,
    base=1,
    multiple=16,
    max_pixels=832 * 480,
    rates=(Fraction(16),),
)


@pytest.mark.parametrize(
    ("film", "made"),
    [
        ((832, 480), (832, 480)),
        ((848, 480), (832, 480)),  # a little too large, and near enough in shape
        ((1920, 1080), (832, 480)),
        ((1080, 1920), (480, 832)),
        ((64, 36), (64, 32)),
        ((480, 480), (480, 480)),
    ],
)
def test_a_size_that_a_model_makes_is_near_to_the_films(film: tuple[int, int], made: tuple[int, int]) -> None:
    """Of its shape first, and as large as the model can."""
    width, height = size_for(*film, WAN)
    assert width % 16 == height % 16 == 0
    assert width * height <= 832 * 480
    assert (width, height) == made


def test_of_given_sizes_the_one_of_the_films_shape_is_taken() -> None:
    """Then the smallest that is large enough, then the largest."""
    can = Capabilities(sizes=((1280, 720), (640, 360), (720, 1280), (1920, 1080)))
    assert size_for(1000, 562, can) == (1280, 720)
    assert size_for(4000, 2250, can) == (1920, 1080)
    assert size_for(300, 500, can) == (720, 1280)


@given(
    frames=st.integers(1, 700),
    step=st.integers(1, 8),
    base=st.integers(0, 3),
    longest=st.integers(12, 130),
    least=st.integers(1, 12),
    repeats=st.booleans(),
    follows=st.booleans(),
)
def test_pieces_are_clips_that_the_model_makes(
    frames: int, step: int, base: int, longest: int, least: int, repeats: bool, follows: bool
) -> None:
    """Together they are as long as the take and hardly longer, and none of them is longer than the longest clip."""
    can = Capabilities(max_frames=longest, min_frames=least, step=step, base=base, repeats=repeats)
    assume(clip_length(1, can) <= longest)
    found = pieces(frames, can, follows=follows)
    for index, length in enumerate(found):
        clip = length + (repeats and (follows or index > 0))
        assert (clip - base) % step == 0
        assert clip <= longest
        assert clip >= least
    assert sum(found) >= frames
    if len(found) > 1:  # one piece fewer would be too short
        assert sum(pieces(frames, can.model_copy(update={"max_frames": None}), follows=follows)) > longest - 1
        assert max(found) - min(found) <= step + 1


def test_the_nearest_rate_and_length_are_taken() -> None:
    """16 frames a second for a film of 24, and 4k + 1 frames."""
    assert rate_for(Fraction(24), WAN) == 16
    assert rate_for(Fraction(24000, 1001), Capabilities(rates=(Fraction(16), Fraction(24)))) == 24
    assert [clip_length(count, WAN) for count in (1, 2, 5, 6, 80, 81)] == [1, 5, 5, 9, 81, 81]


MODEL = """\
generator:
  name: fake
  handles: 2
  can: {step: 4, base: 1, multiple: 16, rates: [8], max_frames: 9, repeats: true}
"""


def a_film(folder: Path, generator: str = MODEL, **texts: str) -> Path:
    return write_film(folder / "film", film=FILM.replace("generator: fake\n", generator), **texts)


def planned(film: Path) -> Plan:
    return plan_film(open_project(film), Store(film.parent).cache)


def length(path: Path) -> int:
    with av.open(str(path)) as video:
        return sum(1 for _ in video.decode(video=0))


@pytest.mark.parametrize("motion", MOTIONS)
def test_a_film_of_another_rate_and_size_is_as_long_as_it_was_written(tmp_path: Path, motion: str) -> None:
    """Takes are kept as they were made; the cut has the film's size, rate and every frame."""
    film = a_film(tmp_path)
    film.write_text(film.read_text() + f"cut: {{motion: {motion}}}\n", encoding="utf-8")
    plan = planned(film)
    report = json.loads(run_direct(film, "--json").stdout)
    made = Path(report["film"])
    with av.open(str(made)) as video:
        stream = video.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (64, 36, 12)
    assert length(made) == plan.frames == report["frames"]
    for take in Store(film.parent).all_takes():
        assert (take.width, take.height, take.rate) == (64, 32, "8")
        assert all(segment.frames + (index > 0) in (1, 5, 9) for index, segment in enumerate(take.segments))


def test_a_shot_longer_than_the_longest_clip_is_made_of_linked_pieces(tmp_path: Path) -> None:
    """Each goes on from the last frame of the one before, which is not shown twice."""
    film = a_film(tmp_path)
    assert run_direct(film, "--shots", "1A", "--quiet").returncode == 0
    (take,) = Store(film.parent).all_takes()
    assert len(take.segments) > 1
    assert sum(segment.frames for segment in take.segments) == take.frames
    bars = [frame[0, :].sum(axis=1).argmin() for path in Store(film.parent).files(take) for frame in frames_of(path)]
    steps = {(after - before) % 64 for before, after in pairwise(bars)}
    assert len(steps - {2}) <= 1  # the bar moves on evenly; where a piece begins it may be one step further


def frames_of(path: Path) -> list:
    with av.open(str(path)) as video:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in video.decode(video=0)]


def test_what_is_made_otherwise_is_said(tmp_path: Path, direct: Run) -> None:
    """Direct check names size, rate and pieces; nothing of it is wrong."""
    told = direct("check", a_film(tmp_path))
    assert told.returncode == 0
    said = told.stdout + told.stderr
    assert "64×32" in said
    assert "made at 8 frames a second and shown at 12" in said
    assert "the model’s longest clip being 9 frames" in said


SHEETED = BIBLE.replace("KITCHEN: {", "KITCHEN: {references: [kitchen.png], ")


@pytest.mark.parametrize(
    ("can", "word", "words"),
    [
        ("seed: false", "seed", "takes no seed"),
        ("max_references: 0", "references", "KITCHEN would be shot without any in shots 1A, 1B"),
        ("negative: false", "negative", "reads no negative prompt"),
        ("first_frame: false, max_frames: 9", "length", "clips of 9 frames at most"),
    ],
)
def test_what_a_generator_cannot_honour_is_refused_until_the_film_allows_it(
    tmp_path: Path, direct: Run, can: str, word: str, words: str
) -> None:
    """The error says what to write; then it is a warning, and stands in the dailies."""
    from PIL import Image

    film = a_film(tmp_path, f"generator:\n  name: fake\n  can: {{{can}}}\n", bible=SHEETED)
    Image.new("RGB", (64, 64), "teal").save(film.parent / "kitchen.png")
    refused = direct(film)
    assert refused.returncode == 2
    assert words in refused.stderr
    assert f"allow: [{word}]" in refused.stderr
    assert not (film.parent / ".shotgraph" / "takes").exists()
    edit(film, "  name: fake\n", f"  name: fake\n  allow: [{word}]\n")
    allowed = direct(film, "--shots", "1A")
    assert allowed.returncode == 0, allowed.stderr
    assert words in allowed.stderr
    page = (film.parent / "cut" / "selects" / "dailies.html").read_text(encoding="utf-8")
    assert words in page


def test_what_may_be_lost_is_spelt_right(tmp_path: Path, direct: Run) -> None:
    """A word that allows nothing is answered with the nearest that does."""
    refused = direct("check", a_film(tmp_path, "generator: {name: fake, allow: [reference]}\n"))
    assert refused.returncode == 2
    assert "references" in refused.stderr


def test_a_price_of_the_generator_pays_for_a_budget_of_money(tmp_path: Path, direct: Run) -> None:
    """Without any price, money in the budget is refused."""
    film = a_film(tmp_path, "generator: {name: fake, can: {price: 0.5}}\nbudget: {money: 100}\n")
    assert direct("check", film).returncode == 0
    edit(film, "money: 100", "money: 1")
    assert "budget" in direct(film).stderr
    edit(film, "can: {price: 0.5}", "can: {price: null}")
    refused = direct("check", film)
    assert refused.returncode == 2
    assert "price" in refused.stderr


def test_settings_that_change_no_pixel_are_in_no_recipe(tmp_path: Path) -> None:
    """Where and how long a generator waits may change; its takes stand."""
    one = planned(a_film(tmp_path / "one", "generator: {name: fake, patience: 3}\n"))
    other = planned(a_film(tmp_path / "other", "generator: {name: fake, patience: 4}\n"))
    changed = planned(a_film(tmp_path / "third", "generator: {name: fake, black: 0}\n"))
    assert [shot.recipe for shot in one.shots] == [shot.recipe for shot in other.shots]
    assert one.shots[0].recipe != changed.shots[0].recipe
