"""What is measured on single pictures: colours, states, proportions, framing, and who and what is too much."""

import functools
import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from director.calibrate import limit_between
from director.checks.attributes import Attributes, off_by
from director.checks.base import Check, Limit, Ruling, Showing, Verdict
from director.checks.cast import Cast
from director.checks.framing import Framing
from director.checks.grade import grade_of
from director.checks.identity import Identity
from director.checks.never import Never
from director.checks.paint import colour_words
from director.checks.state import State
from director.judging import Judging, judge
from director.takes import Take, standing_take
from render.previz.colour_space import ciede2000, lab_of, linear
from render.previz.drift.draw import draw
from render.previz.drift.kinds import Kind
from render.previz.drift.settings import settings_of
from render.previz.drift.take import DriftingTake
from render.previz.expectation import Expectation, expect
from render.previz.expectation_file import load_expectation, save_expectation
from render.request import Request
from storyboard.camera import ShotSize
from storyboard.screenplay import Interior
from tests.conftest import FILM, run_direct, write_film
from tests.rehearsed import as_showing, camera, person, prop, request

MARA = person("MARA", coat="dark green oilskin coat", hair="grey braid", trousers="navy wool trousers").model_copy(
    update={"never": ("a hat",)}
)
INDOORS = MARA.model_copy(update={"look": "indoors", "locked": (("coat", "white cotton coat"), *MARA.locked[1:])})
LANTERN = prop("LANTERN", body="bright red body", glass="glowing amber glass").model_copy(update={"state": "lit"})
CHECKS: tuple[Check, ...] = (Attributes(), State(), Cast(), Never(), Identity(), Framing())
ASKED = request(
    camera(ShotSize.MFS), (MARA,), text="MARA waits.", props=(LANTERN,), pixels=(320, 180), frames=25, rate=12
).model_copy(update={"alternatives": (INDOORS,)})


@functools.cache
def expectation() -> Expectation:
    return expect(ASKED)


@functools.cache
def taken(kind: Kind | None = None, severity: float = 0.7, seed: int = 0, **wanted: object) -> np.ndarray:
    """A take with one trouble alone, about so severe, uint8[F, H, W, 3]."""
    settings = {"drift": {kind.value: 1.0} if kind else {}, "picture_look": "warm", "compression": "jpeg-fine"}
    best, away = ASKED.model_copy(update={"seed": seed}), 9.0
    for number in range(300 if kind else 0):
        tried = ASKED.model_copy(update={"seed": number})
        faults = draw(tried, settings_of(settings)).faults
        known = [{"of": fault.of, "part": fault.part, "begins": fault.begins, **fault.details} for fault in faults]
        off = abs(faults[0].severity - severity) if faults else 9.0
        if off < away and any(wanted.items() <= each.items() for each in known):
            best, away = tried, off
    return np.stack(list(DriftingTake(best, settings_of(settings)).frames()))


def showing(frames: np.ndarray, asked: Request = ASKED, **more: object) -> Showing:
    return as_showing(frames, asked, **{"expected": expectation(), **more})


def failing(frames: np.ndarray, *checks: Check) -> dict[str, Verdict]:
    """Measure → the verdict that fails."""
    shown = showing(frames)
    found = [verdict for check in checks or CHECKS for verdict in check.judge(shown)]
    return {verdict.measure: verdict for verdict in found if verdict.ruling is Ruling.FAIL}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_good_take_passes_though_its_colours_light_and_place_vary(seed: int) -> None:
    assert not failing(taken(seed=seed))


def test_a_wrong_colour_is_told_with_its_part_and_a_word_for_what_came() -> None:
    found = Attributes().judge(showing(taken(Kind.COLOUR, 0.6, of="MARA", part="coat", begins=0.0)))
    verdict = next(each for each in found if (each.subject, each.part) == ("MARA", "coat"))
    assert verdict.ruling is Ruling.FAIL
    assert verdict.score > 12
    assert verdict.box is not None
    assert "promised dark green oilskin coat" in verdict.words
    assert verdict.measured != verdict.expected


def test_a_colour_that_turns_within_the_take_is_found_where_it_turns() -> None:
    """The worst stretch counts, not the mean, and the span says where."""
    frames = np.concatenate([taken(seed=1)[:12], taken(Kind.COLOUR, 0.7, of="MARA", part="coat", begins=0.0)[12:]])
    verdict = failing(frames, Attributes())["attribute.colour"]
    assert verdict.span is not None
    assert 4 <= verdict.span[0] <= 15
    assert verdict.span[1] == len(frames) - 1


def test_another_look_than_the_shot_asks_for_fails() -> None:
    verdict = failing(taken(Kind.LOOK, 0.9), State())["state.other"]
    assert verdict.measured == "indoors"
    assert "promised" in verdict.words


def test_an_intended_change_is_right() -> None:
    """The same frames pass where the shot asks for just that look."""
    frames = taken(Kind.LOOK, 0.95)
    stage = ASKED.stage.model_copy(update={"cast": (INDOORS,)})
    indoors = ASKED.model_copy(update={"stage": stage, "alternatives": (MARA,)})
    shown = showing(frames, indoors, expected=expect(indoors))
    assert all(verdict.ruling is not Ruling.FAIL for verdict in State().judge(shown))


@pytest.mark.parametrize("steps", [2, -2])
def test_another_shot_size_fails_with_its_direction(steps: int) -> None:
    found = failing(taken(Kind.SIZE, 0.5, steps=steps), Framing())
    assert found
    if "framing.size" in found:  # else it is another picture altogether
        assert ("closer" if steps > 0 else "wider") in found["framing.size"].words


def test_a_stranger_is_found() -> None:
    """Apart from everybody it is one person too many; who stands against somebody is something about them."""
    found = failing(taken(Kind.STRANGER, 0.9), Cast(), Never())
    assert found.keys() & {"cast.stranger", "never.extra"}
    assert all(verdict.box is not None for verdict in found.values())


def test_somebody_who_touches_whom_is_expected_is_another_and_no_part_of_them() -> None:
    """A body as tall as MARA's, pasted in beside her so that the two overlap a little."""
    looks = expectation().looks
    frames = taken(seed=1).copy()
    rows, columns = np.nonzero(looks[0].ids == 1)
    body = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    mask = (looks[0].ids == 1)[body]
    beside = (body[0], slice(columns.min() + 40, columns.max() + 41))
    frames[:, beside[0], beside[1]][:, mask] = (150, 30, 160)
    found = failing(frames, Cast(), Never())
    assert "cast.stranger" in found
    assert found["cast.stranger"].box is not None
    assert found["cast.stranger"].box[3] > 0.6 * len(mask)


def test_small_things_may_stand_elsewhere_and_houses_may_not() -> None:
    """Chairs and a table are loose, the wardrobe and the walls are not; in a square no house is."""
    ids = expectation().looks[0].ids
    assert 0.005 < (ids == -1).mean() < 0.12
    square = request(camera(ShotSize.WS), (MARA,), place="TOWN SQUARE", interior=Interior.EXT)
    ids, depth = expect(square).looks[0].ids, expect(square).looks[0].depth.astype(float)
    assert (ids[depth > 25] == 0).mean() > 0.9


def test_brown_and_grey_are_told_apart_at_night() -> None:
    """Trousers in so little light that ΔE00 calls both black; a tenth less light on the right ones is no fault."""
    brown, grey = np.array((21, 8, 4)) / 255, np.array((16, 14, 21)) / 255
    assert ciede2000(lab_of(linear(brown)), lab_of(linear(grey))) < 10
    assert off_by(brown, grey)[0] > 12
    assert off_by(brown, 0.95 * brown)[0] < 3


def test_proportions_that_are_off_by_a_fifth_are_found() -> None:
    verdict = failing(taken(Kind.PROPORTIONS, 0.4, of="MARA", what="head"), Identity())["identity.shape"]
    assert verdict.subject == "MARA"


def test_a_hat_that_nobody_promised_is_found_with_what_the_bible_rules_out() -> None:
    verdict = failing(taken(Kind.NEVER, 0.9, of="MARA"), Never())["never.extra"]
    assert "never: a hat" in verdict.words


@pytest.mark.parametrize("bad", ["flat", "noise", "other"])
def test_pictures_of_something_else_are_no_pass_and_no_crash(bad: str) -> None:
    """Where the rehearsal is not recognised, nothing is held to be as promised."""
    shape = taken(seed=1).shape
    chance = np.random.default_rng(4)
    frames = {
        "flat": np.full(shape, 90, np.uint8),
        "noise": chance.integers(0, 256, shape, np.uint8),
        "other": np.ascontiguousarray(taken(seed=1)[:, ::-1]),
    }[bad]
    shown = showing(frames)
    found = [verdict for check in (*CHECKS,) for verdict in check.judge(shown)]
    assert found
    assert not any(verdict.ruling is Ruling.PASS and verdict.check != "identity" for verdict in found)


def test_a_limit_of_the_film_wins_over_the_one_that_ships() -> None:
    frames = taken(Kind.COLOUR, 0.6, of="MARA", part="coat", begins=0.0)
    patient = {"attribute.colour/MARA": Limit(fail=90.0, doubt=90.0)}
    found = Attributes().judge(showing(frames, limits=patient))
    assert all(verdict.ruling is Ruling.PASS for verdict in found if verdict.subject == "MARA")


def test_a_grade_is_told_apart_from_a_wrong_colour() -> None:
    """Warmer and darker as a whole is no fault of any surface; one of ten that is wrong stands out."""
    chance = np.random.default_rng(1)
    expected = chance.uniform(0.1, 0.85, (10, 3))
    graded = np.clip(expected * (1.05, 1.0, 0.93), 0, 1) ** 1.1
    graded[4] = graded[4][::-1]
    grade = grade_of(expected, graded, np.ones(10))
    away = ciede2000(lab_of(linear(grade.applied(expected))), lab_of(linear(graded)))
    assert np.delete(away, 4).max() < 3
    assert int(np.argmax(away)) == 4


def test_a_measured_colour_is_called_otherwise_than_the_promised_one() -> None:
    assert colour_words("red coat", np.array((0.0, -90.0, 0.0))) not in ("red", "dark red")
    assert "green" in colour_words("red coat", np.array((0.0, -110.0, 10.0)))


def test_what_is_expected_of_a_shot_survives_its_file(tmp_path: Path) -> None:
    """Kept and read again it is the same; a damaged file is none."""
    made = expectation()
    path = tmp_path / "kept.npz"
    save_expectation(path, made)
    read = load_expectation(path, made.seen, made.place, (INDOORS,))
    assert read is not None
    for one, other in zip(made.looks, read.looks, strict=True):
        for layer in fields(one):
            assert np.array_equal(getattr(one, layer.name), getattr(other, layer.name))
    assert [other.seen.look for other in read.others] == ["indoors"]
    path.write_bytes(path.read_bytes()[:500])
    assert load_expectation(path, made.seen, made.place, (INDOORS,)) is None


def test_verdicts_depend_on_the_frames_alone(tmp_path: Path) -> None:
    """A take with another key, seed, sidecar and truth, but the same frames, is judged the same."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: previz, drift: {size: 1}}"))
    text = film.read_text().replace("height: 36, width: 64", "height: 90, width: 160")
    film.write_text(text + "budget: {takes: 1}\n")
    assert run_direct(film, "--shots", "1A", "--no-dailies").returncode == 1
    folder = next(path.parent for path in tmp_path.glob(".shotgraph/takes/*/*/take.json"))
    take = standing_take(folder)
    assert take is not None
    from director.plan import plan_film
    from director.project import open_project
    from director.takes import Store

    plan = plan_film(open_project(film), Store(tmp_path).cache)
    planned = plan.find("1A")
    assert planned is not None
    told = json.loads(take.model_dump_json()) | {"key": "f" * 64, "seed": 1, "truth": None, "changes": ["other"]}
    disguised = Take.model_validate(told)
    files = tuple(folder / segment.file for segment in take.segments)
    rows = [
        judge(Judging(take=each, files=files, rehearsed=plan.expected(planned), rehearsals=tmp_path / "expected"))
        for each in (take, disguised)
    ]
    assert rows[0] == rows[1]
    assert any(verdict.ruling is Ruling.FAIL for verdict in rows[0])


def test_a_damaged_or_short_take_fails_and_nothing_crashes(tmp_path: Path) -> None:
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: previz, drift: none}"))
    film.write_text(film.read_text() + "budget: {takes: 1}\n")
    assert run_direct(film, "--shots", "1A", "--no-dailies").returncode in (0, 1)
    folder = next(path.parent for path in tmp_path.glob(".shotgraph/takes/*/*/take.json"))
    take = standing_take(folder)
    assert take is not None
    path = folder / take.segments[0].file
    whole = path.read_bytes()
    for data in (whole[: len(whole) // 3], b"\x00" * len(whole), b""):
        path.write_bytes(data)
        found = judge(Judging(take=take, files=(path,), rehearsed=None, rehearsals=tmp_path))
        assert [verdict.ruling for verdict in found] == [Ruling.FAIL]
    longer = take.model_copy(update={"frames": take.frames + 9})
    path.write_bytes(whole)
    found = judge(Judging(take=longer, files=(path,), rehearsed=None, rehearsals=tmp_path))
    assert found[0].ruling is Ruling.FAIL


def test_a_limit_lies_between_what_should_pass_and_what_should_fail() -> None:
    """With the fewest errors, and with the share of good ones that it loses."""
    limit = limit_between([0.2, 0.25, 0.3], [0.7, 0.8])
    assert 0.3 < limit.doubt < limit.fail < 0.7
    assert limit.false_alarms == 0
    mixed = limit_between([0.2, 0.3, 0.9], [0.5, 0.8])
    assert mixed.false_alarms == pytest.approx(1 / 3)
    alone = limit_between([0.2, 0.3], [])
    assert alone.fail > 0.3
