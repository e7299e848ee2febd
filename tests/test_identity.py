"""Who is who: against references and anchors, whose places were changed, who is found, and what is a mere copy."""

import functools
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from characters.likeness.foreground import foreground
from characters.seen import Reference
from director.changes import Guide, Keyframe, Withhold, read, written
from director.checks.base import Limit, Ruling, Showing, Verdict
from director.checks.copied import pictured, shares_of
from director.checks.eyes import Eye, Finder
from director.checks.identity import Identity
from director.checks.recognised import sightings, standing
from director.checks.references import reference_vectors
from director.film import RerollSettings
from director.judging import Judging
from director.ladder import Means, climb
from director.plan import plan_film
from director.project import open_project
from director.reroll import changed_request, everybody
from director.takes import Segment, Take
from render.previz.drift.settings import settings_of
from render.previz.drift.take import DriftingTake
from render.previz.expectation import Expectation, expect
from render.previz.model_sheet import draw_views
from storyboard.camera import ShotSize
from storyboard.screenplay import Interior
from tests import tiny_models
from tests.conftest import FILM, SHARED, edit, run_direct, write_film
from tests.rehearsed import as_showing, camera, person, request

MARA = person("MARA", coat="dark green oilskin coat", hair="grey braid", trousers="navy wool trousers")
IVO = person("IVO", 1.82, sweater="mustard knitted sweater", hair="short black hair", trousers="white trousers")
BOTH = request(camera(ShotSize.MFS), (MARA, IVO), text="MARA and IVO wait.", pixels=(320, 180), frames=13, rate=12)
SWAPPED = BOTH.model_copy(update={"stage": BOTH.stage.model_copy(update={"marks": ("IVO", "MARA")})})
PHOTOGRAPHS = SHARED / "identity"


@functools.cache
def expectation() -> Expectation:
    return expect(BOTH)


@functools.cache
def taken(seed: int = 1, *, swapped: bool = False) -> np.ndarray:
    """A good take of a model that varies light and place, uint8[F, H, W, 3]; or one of both in each other's places."""
    asked = SWAPPED if swapped else BOTH
    settings = settings_of({"drift": {}, "picture_look": "warm", "compression": "jpeg-fine"})
    return np.stack(list(DriftingTake(asked.model_copy(update={"seed": seed}), settings).frames()))


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reference, ...]:
    """The model sheets of both, as ``direct cast`` draws them."""
    folder = tmp_path_factory.mktemp("cast")
    found: list[Reference] = []
    for seen in (MARA, IVO):
        for view in draw_views(seen, Interior.INT):
            path = folder / f"{seen.name}-{view.name}.png"
            Image.fromarray(view.pixels).save(path)
            found.append(reference(path, seen.name))
    return tuple(found)


def reference(path: Path, of: str) -> Reference:
    return Reference(path=path, of=of, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def showing(frames: np.ndarray, references: tuple[Reference, ...] = (), **more: object) -> Showing:
    return as_showing(frames, BOTH, **{"expected": expectation(), "references": references, **more})


def told(shown: Showing, measure: str, detector: Finder | None = None) -> dict[str | None, Verdict]:
    """Subject → the verdict on a measure."""
    return {each.subject: each for each in Identity(finder=detector).judge(shown) if each.measure == measure}


# Anchors.


def test_who_has_no_reference_is_held_against_an_anchor(sheets: tuple[Reference, ...]) -> None:
    """It is measured the same way, and the words say which it was; references come first where there are some."""
    anchors = {name: tuple(each for each in sheets if each.of == name) for name in ("MARA", "IVO")}
    own = tuple(each for each in sheets if each.of == "IVO")
    found = told(showing(taken(), own, anchors=anchors), "identity.reference")
    assert "like its anchor" in found["MARA"].words
    assert "like the references" in found["IVO"].words
    assert all(each.advisory for each in found.values())
    both = told(showing(taken(), sheets), "identity.reference")
    assert {name: each.score for name, each in both.items()} == {name: each.score for name, each in found.items()}


def test_other_anchors_are_another_eye(sheets: tuple[Reference, ...], tmp_path: Path) -> None:
    """What a take was said to be is not said again where the anchors have changed; the same bytes are the same eye."""
    segment = Segment(file="take.mp4", key="a", frames=13, bytes=1, sha256="b" * 64)
    take = Take(
        key="a" * 64, recipe="r", shot="1A", fingerprint="f", attempt=0, seed=0, generator="fake", version="1",
        inputs={}, width=320, height=180, rate="12", frames=13, head=0, tail=0, segments=(segment,), seconds=0.0,
        made="",
    )  # fmt: skip
    bare = Judging(take=take, files=(), rehearsed=BOTH, rehearsals=tmp_path)
    moved = sheets[0].model_copy(update={"path": tmp_path / "elsewhere.png"})
    eyes = [bare.model_copy(update={"anchors": anchors}).context for anchors in ((), sheets[:1], sheets[1:2], (moved,))]
    assert len(set(eyes)) == 3
    assert eyes[1] == eyes[3]


# Changed places.


def test_two_who_have_changed_places_are_told(sheets: tuple[Reference, ...]) -> None:
    """A take in which each stands where the other should fails for both, with the place in words."""
    found = told(showing(taken(swapped=True), sheets), "identity.swapped")
    assert {name: each.ruling for name, each in found.items()} == {"MARA": Ruling.FAIL, "IVO": Ruling.FAIL}
    assert found["MARA"].words == "MARA stands where IVO should"
    assert not found["MARA"].advisory
    assert found["MARA"].box != found["IVO"].box


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_stands_where_they_should_passes(sheets: tuple[Reference, ...], seed: int) -> None:
    found = told(showing(taken(seed=seed), sheets), "identity.swapped")
    assert {each.ruling for each in found.values()} == {Ruling.PASS}


def test_a_learned_eye_rejects_nobody_for_their_place_without_a_limit_for_it(
    tmp_path: Path, sheets: tuple[Reference, ...]
) -> None:
    """The limit that ships was measured by another."""
    tiny_models.build("clip", tmp_path / "clip")
    eye = Eye("clip", json.dumps({"model": "clip", "device": "cpu"}), str(tmp_path))
    for limits, advisory in (({}, True), ({"identity.swapped": Limit(fail=0.2, doubt=0.1)}, False)):
        shown = showing(taken(), sheets, limits=limits)
        found = [each for each in Identity(eye).judge(shown) if each.measure == "identity.swapped"]
        assert [each.advisory for each in found] == [advisory, advisory]


def test_nobody_is_said_to_have_changed_places_alone(sheets: tuple[Reference, ...]) -> None:
    """With pictures of one of them there is nobody to take them for."""
    own = tuple(each for each in sheets if each.of == "MARA")
    assert not told(showing(taken(swapped=True), own), "identity.swapped")


def test_three_who_moved_on_by_one_place_are_all_told() -> None:
    """The score is the least margin in the ring; who stays has a score below nothing."""
    like = np.array([[0.2, 0.9, 0.1, 0.0], [0.1, 0.3, 0.8, 0.0], [0.7, 0.1, 0.2, 0.0], [0.0, 0.0, 0.0, 0.9]])
    found = standing(like)
    assert [place for _, place in found[:3]] == [1, 2, 0]
    assert [score for score, _ in found[:3]] == pytest.approx([0.5] * 3)
    assert found[3][0] < 0


# Detectors.


@pytest.fixture(scope="module")
def finds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny detector that proposes a box of a figure's size around each patch of a frame."""
    import torch
    from transformers import Owlv2ForObjectDetection

    folder = tiny_models.build("owl", tmp_path_factory.mktemp("detector") / "owl")
    model = Owlv2ForObjectDetection.from_pretrained(folder)
    with torch.no_grad():
        last = model.box_head.dense2
        last.weight.zero_()
        last.bias.copy_(torch.tensor([0.0, 0.0, -0.2, 0.9]))
    model.save_pretrained(folder)
    return folder.parent


def finder(folder: Path, sure: float = 0.0) -> Finder:
    return Finder("owl", json.dumps({"model": "owl", "sure": sure, "device": "cpu"}), str(folder))


def test_a_detector_mends_the_box_of_who_is_near(finds: Path, sheets: tuple[Reference, ...]) -> None:
    """The find that has most in common with the rehearsed box is theirs alone."""
    shown = showing(taken(), sheets)
    known = {name: reference_vectors(sheets, Eye()) for name in ("MARA", "IVO")}
    without = sightings(shown, known, Eye())
    found = sightings(shown, known, Eye(), finder(finds))
    boxes = {find.box for find in finder(finds).open().find(taken()[0], ["mara"])}
    assert set(found) == {"MARA", "IVO"}
    assert found["MARA"].box != found["IVO"].box
    for name, each in found.items():
        assert each.placed
        assert each.box in boxes
        assert each.box != without[name].box
    assert "like the references" in told(shown, "identity.reference", finder(finds))["MARA"].words


def test_who_is_not_found_is_not_applicable(finds: Path, sheets: tuple[Reference, ...]) -> None:
    found = told(showing(taken(), sheets), "identity.reference", finder(finds, 0.99))
    assert {each.ruling for each in found.values()} == {Ruling.NOT_APPLICABLE}
    assert found["MARA"].words == "MARA is not found"


def test_where_a_take_is_another_picture_people_are_looked_for_in_all_of_it(
    finds: Path, sheets: tuple[Reference, ...]
) -> None:
    """Each find shows one of them; nobody is said to have changed places."""
    shown = showing(np.ascontiguousarray(np.rot90(taken(), 2, (1, 2))), sheets)
    assert not shown.sight.follows
    assert not {each.ruling for each in told(shown, "identity.reference").values()} - {Ruling.NOT_APPLICABLE}
    found = told(shown, "identity.reference", finder(finds))
    boxes = [each.box for each in found.values() if each.box is not None]
    assert len(boxes) == 2
    assert boxes[0] != boxes[1]
    assert not told(shown, "identity.swapped", finder(finds))


@pytest.mark.parametrize(
    ("written", "said"), [("owlv3", "Did you mean owl?"), ("{name: owl, model: models/none}", "models/none")]
)
def test_a_detector_that_is_not_there_is_refused_with_its_line(tmp_path: Path, written: str, said: str) -> None:
    film = write_film(tmp_path, film=FILM + f"checks: {{detector: {written}}}\n")
    answer = run_direct("check", film)
    assert answer.returncode == 2
    assert "film.yaml" in answer.stderr + answer.stdout
    assert said in answer.stderr + answer.stdout
    assert "Traceback" not in answer.stderr


# Copies.


def pasted(picture: np.ndarray, plate: np.ndarray, share: float, mask: np.ndarray | None = None) -> np.ndarray:
    """A picture in a frame, so high, darker, warmer and compressed; with a mask, without its background."""
    size = round(picture.shape[1] * share * plate.shape[0] / picture.shape[0]), round(share * plate.shape[0])
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    small = np.clip((small / 255.0) ** 1.05 * (0.9, 0.85, 0.78) * 255, 0, 255)
    frame = plate.copy()
    x, y = (plate.shape[1] - size[0]) // 2, (plate.shape[0] - size[1]) // 2
    alpha = cv2.resize(mask, size)[..., None] if mask is not None else 1.0
    at = frame[y : y + size[1], x : x + size[0]]
    at[:] = alpha * small + (1 - alpha) * at
    buffer = cv2.imencode(".jpg", frame, (cv2.IMWRITE_JPEG_QUALITY, 60))[1]
    return np.asarray(cv2.imdecode(buffer, cv2.IMREAD_COLOR))


def test_a_take_that_is_the_reference_picture_itself_fails(sheets: tuple[Reference, ...]) -> None:
    """With the share of it that came, and its file; of somebody else there is nothing to say."""
    sheet = sheets[0]
    frame = pasted(np.asarray(Image.open(sheet.path).convert("RGB")), taken()[0], 0.95)
    found = told(showing(np.repeat(frame[None], 13, axis=0), sheets), "identity.copied")
    assert found["MARA"].ruling is Ruling.FAIL
    assert found["MARA"].words.startswith("MARA: the picture is the reference itself, background and all (")
    assert found["MARA"].measured == sheet.path.name
    assert found["IVO"].ruling is Ruling.PASS


def test_the_same_figure_before_something_else_is_no_copy(sheets: tuple[Reference, ...]) -> None:
    picture = np.asarray(Image.open(sheets[0].path).convert("RGB"))
    frame = pasted(picture, taken()[0], 0.95, foreground(picture))
    found = told(showing(np.repeat(frame[None], 13, axis=0), sheets), "identity.copied")
    assert found["MARA"].ruling is Ruling.PASS


def test_good_takes_are_no_copies_of_their_sheets(sheets: tuple[Reference, ...]) -> None:
    found = told(showing(taken(), sheets), "identity.copied")
    assert [each.score for each in found.values()] == [0.0, 0.0]


def test_a_reference_that_does_not_read_is_not_applicable(tmp_path: Path) -> None:
    path = tmp_path / "mara.png"
    path.write_bytes(b"no picture")
    found = told(showing(taken(), (reference(path, "MARA"),)), "identity.copied")
    assert found["MARA"].ruling is Ruling.NOT_APPLICABLE


@pytest.mark.skipif(not PHOTOGRAPHS.is_dir(), reason="no ../shared with photographs")
def test_photographs_are_found_with_their_background_and_not_without() -> None:
    """Of each subject one photograph, pasted into a frame whole, and cut out."""
    whole, cut_out = [], []
    for path in sorted(PHOTOGRAPHS.glob("*/00.jpg")):
        found = pictured(str(path), reference(path, "IT").sha256)
        assert found is not None
        picture = np.asarray(Image.open(path).convert("RGB"))
        picture = cv2.resize(picture, None, fx=400 / picture.shape[0], fy=400 / picture.shape[0])
        for kept, mask in ((whole, None), (cut_out, foreground(picture))):
            frame = pasted(picture, taken()[0], 0.85, mask)
            kept.append(shares_of([found], frame)[0])
    assert min(whole) > 0.5 > max(cut_out)


# What is changed.


def copied(file: str = "mara-front.png") -> list[Verdict]:
    words = "the picture is the reference itself"
    return [
        Verdict(
            check="identity", version="2", ruling=Ruling.FAIL, score=0.8, limit=0.5, words=words,
            measure="identity.copied", subject="MARA", measured=file,
        )
    ]  # fmt: skip


def test_a_reference_that_is_only_copied_is_left_out() -> None:
    """Then the next one that is; a keyframe is dropped, and the guide grows."""
    still = Keyframe(take="ab" * 32, frame=0)
    means = Means(references={"MARA": 2}, control=(0.4, 0.7), still=lambda _attempts: still)
    steps = RerollSettings().steps
    assert climb([copied()], steps, means).changes == (Withhold(of="MARA", file="mara-front.png"),)
    twice = climb([copied(), copied("mara-back.png")], steps, means).changes
    assert Withhold(of="MARA", file="mara-back.png") in twice
    assert Guide(control=0.4) in twice
    assert all(read(written(change)) == change for change in twice)
    colour = [copied()[0].model_copy(update={"check": "attributes", "measure": "attribute.colour", "measured": ""})]
    assert still in climb([colour] * 3, steps, means).changes
    assert still not in climb([colour] * 3 + [copied()], steps, means).changes


def test_steps_that_a_film_gives_for_identity_are_those_of_its_measures_too() -> None:
    steps = RerollSettings.model_validate({"ladder": {"identity": ["seed"]}}).steps
    assert climb([copied()], steps, Means(references={"MARA": 2})).changes == ()


def test_the_generator_is_not_given_what_was_left_out(tmp_path: Path) -> None:
    """The others of that name stay, and so does a picture of somebody else with the same file name."""
    film = write_film(tmp_path)
    for name in ("mara", "ivo"):
        (tmp_path / name).mkdir()
        for number in range(2):
            Image.new("RGB", (64, 64), (40 * number, 90, 40)).save(tmp_path / name / f"{number}.png")
        line = f"  {name.upper()}:\n"
        edit(tmp_path / "bible.yaml", line, f"{line}    references: [{name}/0.png, {name}/1.png]\n")
    plan = plan_film(open_project(film), tmp_path / "cache")
    planned = plan.find("1A")
    assert planned is not None
    request = changed_request(plan, planned, [Withhold(of="MARA", file="0.png")], everybody(planned))
    assert {(each.of, each.path.name) for each in planned.request.references} == {
        ("MARA", "0.png"), ("MARA", "1.png"), ("IVO", "0.png"), ("IVO", "1.png")
    }  # fmt: skip
    assert {(each.of, each.path.name) for each in request.references} == {
        ("MARA", "1.png"), ("IVO", "0.png"), ("IVO", "1.png")
    }  # fmt: skip
    assert request.changes == ("MARA’s reference 0.png left out",)
