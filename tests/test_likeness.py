"""Likeness: who is who in crops, by every embedder, and where the crops come from."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from characters.likeness.appearance import Appearance
from characters.likeness.base import Crop, Embedder, TextEmbedder, applicable
from characters.likeness.crops import Expected, Found, NotShown, crop_at, crops_of, find_near
from characters.likeness.detector import open_detector
from characters.likeness.face import SFACE, YUNET, main_face
from characters.likeness.foreground import foreground
from characters.likeness.matching import likeness_to, margins, match
from characters.likeness.registry import embedder_names, open_embedder
from storyboard.errors import InputError, MissingInstall
from tests import tiny_models
from tests.conftest import ROOT

PHOTOGRAPHS = ROOT.parent / "shared" / "identity"
LEARNED = ["dino", "clip", "siglip"]


def figure(coat: str, *, size: tuple[int, int] = (180, 120), stripes: bool = False, wall: str = "grey") -> Crop:
    """Somebody in a coat and a hat before a wall, with grain; the mask is exact."""
    paint = {"red": (190, 40, 35), "green": (40, 110, 60), "grey": (120, 122, 125), "brick": (150, 90, 70)}
    picture = np.full((180, 120, 3), paint[wall], np.uint8)
    mask = np.zeros((180, 120), np.uint8)
    for place, colour in (((60, 105, 32, 55), coat), ((60, 40, 20, 22), None)):
        x, y, across, down = place
        tone = paint[coat] if colour else (220, 180, 150)
        cv2.ellipse(picture, (x, y), (across, down), 0, 0, 360, tone, -1)
        cv2.ellipse(mask, (x, y), (across, down), 0, 0, 360, 1, -1)
    if stripes:
        for y in range(60, 150, 12):
            cv2.line(picture, (42, y), (78, y), (240, 240, 230), 4)
    cv2.circle(picture, (53, 36), 3, (20, 20, 20), -1)
    cv2.circle(picture, (67, 36), 3, (20, 20, 20), -1)
    grain = np.random.default_rng(1).normal(0, 4, picture.shape)
    picture = np.clip(picture + grain, 0, 255).astype(np.uint8)
    shape = (size[1], size[0])
    if size != (180, 120):
        picture, mask = cv2.resize(picture, shape, interpolation=cv2.INTER_AREA), cv2.resize(mask, shape)
    return Crop(picture, mask.astype(bool))


def relit(crop: Crop, gain: float) -> Crop:
    """The same under other light."""
    return Crop(np.clip(crop.pixels * gain, 0, 255).astype(np.uint8), crop.mask)


def mirrored(crop: Crop) -> Crop:
    """The same, left for right."""
    assert crop.mask is not None
    return Crop(np.ascontiguousarray(crop.pixels[:, ::-1]), np.ascontiguousarray(crop.mask[:, ::-1]))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny model of each kind."""
    folder = tmp_path_factory.mktemp("models")
    for kind in (*LEARNED, "owl", "grounding-dino"):
        tiny_models.build(kind, folder / kind)
    return folder


@pytest.fixture(scope="module")
def opened(models: Path) -> Callable[[str], Embedder]:
    """Every embedder that can be had without weights from elsewhere, by name."""
    made = {name: open_embedder(name, {"model": name, "device": "cpu"}, models) for name in LEARNED}
    made["appearance"] = open_embedder("appearance")
    return made.__getitem__


@pytest.mark.parametrize("name", ["appearance", *LEARNED])
class TestEveryEmbedder:
    """What holds for all of them."""

    def test_gives_unit_vectors_in_the_order_of_the_crops(self, opened: Callable[[str], Any], name: str) -> None:
        """Rows have length 1, and a crop's vector does not depend on its neighbours in the batch."""
        embedder = opened(name)
        crops = [figure("red"), figure("green", size=(90, 140)), figure("grey", stripes=True)]
        vectors = embedder.embed(crops)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
        alone = np.concatenate([embedder.embed([crop]) for crop in crops])
        assert vectors == pytest.approx(alone, abs=2e-5)

    def test_says_nothing_of_what_is_too_small(self, opened: Callable[[str], Any], name: str) -> None:
        """A crop of a few pixels, or with next to no subject in it, is not applicable; the others are judged."""
        pixels = figure("red").pixels
        empty = np.zeros(pixels.shape[:2], bool)
        vectors = opened(name).embed([Crop(pixels[:4, :4].copy()), figure("red"), Crop(pixels, empty)])
        assert applicable(vectors).tolist() == [False, True, False]

    def test_names_itself_for_a_verdicts_key(self, opened: Callable[[str], Any], name: str) -> None:
        """Name, revision and version are there without a model being loaded, and nothing is embedded from nothing."""
        embedder = opened(name)
        assert isinstance(embedder, Embedder)
        assert embedder.name == name
        assert embedder.version
        assert embedder.revision
        assert len(embedder.embed([])) == 0

    def test_bears_flat_pictures(self, opened: Callable[[str], Any], name: str) -> None:
        """A crop of one colour, with a mask or without, has a vector of numbers like any other."""
        flat = np.full((40, 60, 3), 77, np.uint8)
        vectors = opened(name).embed([Crop(flat), Crop(flat, np.ones((40, 60), bool))])
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_appearance_knows_somebody_in_other_light_size_and_mirror() -> None:
    """Half the size, mirrored, darker or before another wall is more alike than another coat is."""
    red = figure("red", stripes=True)
    same = [
        figure("red", stripes=True, size=(108, 72)),
        mirrored(red),
        relit(red, 0.8),
        figure("red", stripes=True, wall="brick"),
    ]
    others = [figure("green", stripes=True), figure("red"), figure("grey")]
    vectors = open_embedder("appearance").embed([red, *same, *others])
    likeness = vectors[1:] @ vectors[0]
    assert likeness[: len(same)].min() > likeness[len(same) :].max() + 0.05


def test_appearance_of_a_mirrored_subject_is_nearly_the_same() -> None:
    """Left for right, colour and surface are the same, and most details: references face either way."""
    appearance = Appearance()
    first, second = (
        appearance.parts(crop) for crop in (figure("red", stripes=True), mirrored(figure("red", stripes=True)))
    )
    likeness = {name: float(first[name] @ second[name]) for name in first}
    assert likeness["colour"] > 0.999
    assert likeness["surface"] > 0.999
    assert likeness["details"] > 0.75


def test_appearance_is_the_same_twice() -> None:
    """The same crop gives the same bytes, the search for its foreground included."""
    crop = Crop(figure("red", stripes=True).pixels)
    first, second = (open_embedder("appearance").embed([crop]) for _ in range(2))
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize(("coat", "wall"), [("red", "grey"), ("grey", "brick"), ("green", "brick")])
def test_foreground_is_found_without_a_mask(coat: str, wall: str) -> None:
    """What stands in the middle before a plain wall is told apart from it, nearly to the pixel."""
    crop = figure(coat, wall=wall)
    assert crop.mask is not None
    found = foreground(crop.pixels) > 0.5
    assert (found & crop.mask).sum() / (found | crop.mask).sum() > 0.85


def test_appearance_tells_photographed_subjects_apart() -> None:
    """On photographs of 15 subjects it is well ahead of a trial with fitted words: AUROC 0.969, nearest right 0.875."""
    if not PHOTOGRAPHS.is_dir():
        pytest.skip("no ../shared/identity: its photographs are not part of the checkout")
    paths = sorted(PHOTOGRAPHS.glob("*/0[012].jpg"))  # three of each: enough to notice a loss
    names = np.array([path.parent.name for path in paths])
    crops = [Crop(np.ascontiguousarray(cv2.imread(str(path))[..., ::-1])) for path in paths]
    vectors = open_embedder("appearance").embed(crops)
    likeness = vectors @ vectors.T
    first, second = np.triu_indices(len(names), 1)
    same = names[first] == names[second]
    own, other = likeness[first, second][same], likeness[first, second][~same]
    np.fill_diagonal(likeness, -1)
    assert (own[:, None] > other[None]).mean() > 0.975
    assert (names[likeness.argmax(axis=1)] == names).mean() > 0.9


def test_dino_is_the_normalised_class_token(models: Path, opened: Callable[[str], Any]) -> None:
    """The vector is DINOv2's own pooled class token of the padded crop, not a mean over its patches."""
    import torch
    from PIL import Image
    from transformers import BitImageProcessorPil, Dinov2Model

    pixels = figure("red").pixels
    square = np.full((180, 180, 3), 128, np.uint8)
    square[:, 30:150] = pixels
    model = Dinov2Model.from_pretrained(models / "dino").eval()
    inputs = BitImageProcessorPil.from_pretrained(models / "dino")(Image.fromarray(square), return_tensors="pt")
    with torch.inference_mode():
        token = model(**inputs).last_hidden_state[0, 0].numpy()
    vector = opened("dino").embed([Crop(pixels)])[0]
    assert vector == pytest.approx(token / np.linalg.norm(token), abs=1e-5)


@pytest.mark.parametrize("name", ["clip", "siglip"])
def test_words_and_pictures_share_a_space(models: Path, opened: Callable[[str], Any], name: str) -> None:
    """Texts and crops give vectors of one length, and they are the model's own, SigLIP's padded to 64 tokens."""
    import torch
    from transformers import AutoModel

    embedder = opened(name)
    assert isinstance(embedder, TextEmbedder)
    texts = ["a balloon with a face drawn on it", "a plain balloon"]
    vectors = embedder.embed_text(texts)
    assert vectors.shape[1] == embedder.embed([figure("red")]).shape[1]
    words = tiny_models.tokenizer(64 if name == "siglip" else 16)
    padding = {"padding": "max_length", "max_length": 64} if name == "siglip" else {"padding": True}
    inputs = words(texts, return_tensors="pt", **padding)
    model = AutoModel.from_pretrained(models / name).eval()
    asked = {key: inputs[key] for key in ("input_ids", *(["attention_mask"] if name == "clip" else []))}
    with torch.inference_mode():
        expected = model.get_text_features(**asked).pooler_output.numpy()
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert vectors == pytest.approx(expected, abs=1e-4)


def test_a_mask_keeps_the_background_out_of_a_model(models: Path) -> None:
    """With `background: grey` two walls behind the same coat are one picture; with `keep` they are two."""
    there = [figure("red", wall=wall) for wall in ("grey", "brick")]
    same = np.where(there[0].mask[..., None], there[0].pixels, there[1].pixels)  # type: ignore[index]
    crops = [there[0], Crop(same, there[0].mask)]
    grey, keep = (
        open_embedder("dino", {"model": "dino", "background": background}, models).embed(crops)
        for background in ("grey", "keep")
    )
    assert grey[0] == pytest.approx(grey[1], abs=1e-6)
    assert keep[0] != pytest.approx(keep[1], abs=1e-6)


def test_a_folders_revision_is_its_content(models: Path, tmp_path: Path) -> None:
    """The same files in another folder are the same revision; one changed weight is another."""
    shutil.copytree(models / "dino", tmp_path / "elsewhere")
    first = open_embedder("dino", {"model": "dino"}, models).revision
    assert open_embedder("dino", {"model": "elsewhere"}, tmp_path).revision == first
    weights = tmp_path / "elsewhere" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert open_embedder("dino", {"model": "elsewhere"}, tmp_path).revision != first


def refused(name: str, settings: dict[str, Any] | None = None, film: Path | None = None) -> str:
    """The words with which an embedder, or its first crop, is refused."""
    with pytest.raises(InputError) as caught:
        open_embedder(name, settings, film).embed([figure("red")])
    return str(caught.value)


def test_an_unknown_embedder_is_answered_with_the_nearest_names() -> None:
    """A misspelt embedder, setting or value is named, with what there is."""
    assert embedder_names() == ["appearance", "clip", "dino", "face", "siglip"]
    assert "Did you mean siglip" in refused("siglipp")
    assert "Did you mean batch or" in refused("dino", {"model": "x", "bach": 3})
    assert "`dino` needs `model:`" in refused("dino")
    assert "`batch` cannot be 0" in refused("clip", {"model": "x", "batch": 0})
    assert "`appearance` has no settings" in refused("appearance", {"model": "x"})


def test_weights_that_are_not_there_are_answered_with_the_line_that_fetches_them(tmp_path: Path) -> None:
    """A model of the hub must be pinned to a commit, and is never downloaded unasked; a folder must be there."""
    commit = "0123456789" * 4
    assert "without a commit" in refused("dino", {"model": "nobody/no-such-model"}, tmp_path)
    assert "without a commit" in refused("dino", {"model": "nobody/no-such-model", "revision": "main"}, tmp_path)
    pinned: dict[str, Any] = {"model": "nobody/no-such-model", "revision": commit}
    with pytest.raises(MissingInstall, match=f"hf download nobody/no-such-model --revision {commit}"):
        open_embedder("dino", pinned, tmp_path)
    with pytest.raises(MissingInstall, match="no folder here"):
        open_embedder("clip", {"model": "weights"}, tmp_path)
    assert "leaves" in refused("clip", {"model": "../weights"}, tmp_path)
    (tmp_path / "face").mkdir()
    with pytest.raises(MissingInstall, match=f"{YUNET} and {SFACE}.*opencv_zoo.*{tmp_path.name}"):
        open_embedder("face", {}, tmp_path)


def test_models_that_cannot_be_trusted_or_read_are_refused(models: Path, tmp_path: Path) -> None:
    """Pickles, other kinds, incomplete and damaged files end in words; code beside a model is not run."""
    from safetensors.numpy import load_file, save_file

    made = {name: shutil.copytree(models / "dino", tmp_path / name) for name in ("pickle", "half", "torn", "code")}
    (made["pickle"] / "model.safetensors").rename(made["pickle"] / "pytorch_model.bin")
    assert "Only safetensors" in refused("dino", {"model": "pickle"}, tmp_path)
    assert "takes a model of the kind clip, not dinov2" in refused("clip", {"model": "half"}, tmp_path)
    weights = load_file(made["half"] / "model.safetensors")
    weights.pop(max(weights, key=lambda name: weights[name].size))
    save_file(weights, made["half"] / "model.safetensors")
    assert "weights" in refused("dino", {"model": "half"}, tmp_path)
    torn = made["torn"] / "model.safetensors"
    torn.write_bytes(torn.read_bytes()[:1000])
    assert "cannot be loaded" in refused("dino", {"model": "torn"}, tmp_path)
    config = json.loads((made["code"] / "config.json").read_text())
    config |= {"model_type": "ours", "auto_map": {"AutoModel": "ours.Ours", "AutoConfig": "ours.Ours"}}
    (made["code"] / "config.json").write_text(json.dumps(config))
    (made["code"] / "ours.py").write_text("raise SystemExit('ran')\n")
    assert "not ours" in refused("dino", {"model": "code"}, tmp_path)
    config["model_type"] = "dinov2"
    (made["code"] / "config.json").write_text(json.dumps(config))
    assert applicable(open_embedder("dino", {"model": "code"}, tmp_path).embed([figure("red")])).all()


def test_faces_that_cannot_be_loaded_are_refused(tmp_path: Path) -> None:
    """Files with the right names that hold no networks end in words that say where to fetch them."""
    for name in (YUNET, SFACE):
        (tmp_path / "face").mkdir(exist_ok=True)
        (tmp_path / "face" / name).write_bytes(b"no network")
    assert open_embedder("face", {}, tmp_path).revision.startswith("sha256:")
    assert "Fetch them again" in refused("face", {}, tmp_path)


def test_the_main_face_is_large_and_sure() -> None:
    """A large face beats a small one and a doubtful one; no face is none."""
    rows = np.zeros((3, 15), np.float32)
    rows[:, 2:4] = [[10, 10], [40, 50], [44, 50]]
    rows[:, 14] = [0.99, 0.9, 0.7]
    chosen = main_face(rows)
    assert chosen is not None
    assert chosen[2] == 40
    assert main_face(None) is None
    assert main_face(rows[:0]) is None


CACHED = """
import sys
from pathlib import Path
from characters.likeness.registry import open_embedder
from storyboard.errors import InputError
commit = sys.argv[1]
try:
    open_embedder("dino", {"model": "someone/tiny"}, Path(sys.argv[2]))
except InputError as error:
    print(error)
print(open_embedder("dino", {"model": "someone/tiny", "revision": commit}, Path(sys.argv[2])).revision)
"""


def test_a_model_of_the_hub_is_taken_from_this_machines_copy(models: Path, tmp_path: Path) -> None:
    """A pinned model that was fetched before is used without a network; an unpinned one is told which copy is here."""
    commit = "abcdef0123" * 4
    place = tmp_path / "hub" / "models--someone--tiny"
    shutil.copytree(models / "dino", place / "snapshots" / commit)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text(commit)
    done = subprocess.run(
        [sys.executable, "-c", CACHED, commit, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=240,
        check=True,
        env={**os.environ, "HF_HUB_CACHE": str(tmp_path / "hub"), "HF_HUB_OFFLINE": "1"},
    )
    advice, revision = done.stdout.splitlines()
    assert f"The copy on this machine is {commit}." in advice
    assert revision == f"{commit} grey"


def placed(crop: Crop, at: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A frame of 320×240 with somebody at x, y, and the mask of the frame."""
    assert crop.mask is not None
    random = np.random.default_rng(3)
    frame = np.clip(random.normal(0, 3, (240, 320, 3)) + (96, 104, 112), 0, 255).astype(np.uint8)
    mask = np.zeros((240, 320), bool)
    x, y = at
    height, width = crop.pixels.shape[:2]
    frame[y : y + height, x : x + width][crop.mask] = crop.pixels[crop.mask]
    mask[y : y + height, x : x + width] = crop.mask
    return frame, mask


def box_of(mask: np.ndarray) -> tuple[int, int, int, int]:
    """x, y, width and height of what a mask holds."""
    rows, columns = np.nonzero(mask)
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


def overlap(first: tuple[int, int, int, int], second: tuple[int, int, int, int]) -> float:
    """Intersection over union of two boxes."""
    across = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    down = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    shared = max(0, across) * max(0, down)
    return shared / (first[2] * first[3] + second[2] * second[3] - shared)


@pytest.mark.parametrize("coat", ["red", "green"])
@pytest.mark.parametrize("shift", [(0, 0), (18, -8), (-20, 10)])
def test_a_subject_is_found_where_it_stands(coat: str, shift: tuple[int, int]) -> None:
    """The rehearsal expects a red coat; who stands a third of a figure aside, in whatever coat, is found there."""
    _, mask = placed(figure("red"), (100, 40))
    frame, shown = placed(figure(coat), (100 + shift[0], 40 + shift[1]))
    found = find_near(frame, Expected(box_of(mask), mask))
    assert isinstance(found, Found)
    assert overlap(found.box, box_of(shown)) > 0.8
    assert found.crop.mask is not None
    assert found.crop.pixels.shape[:2] == found.crop.mask.shape == (found.box[3], found.box[2])
    assert (found.moved > 0.1) == (shift != (0, 0))


def test_who_cannot_be_seen_is_not_applicable() -> None:
    """Out of frame, too small, and from behind where faces are asked for: nothing to judge, with the reason."""
    frame, mask = placed(figure("red"), (100, 40))
    box = box_of(mask)
    expected = {
        "here": Expected(box, mask),
        "gone": Expected((300, 40, 64, 140)),
        "far": Expected((10, 10, 5, 9)),
        "behind": Expected(box, mask, turned_away=True),
        "nowhere": Expected((0, 0, 0, 0)),
    }
    found = crops_of(frame, expected, face=True)
    assert isinstance(found["here"], Found)
    why = {name: each.why for name, each in found.items() if isinstance(each, NotShown)}
    nothing = "out of frame"
    assert why == {
        "gone": nothing,
        "far": "too small to be recognised",
        "behind": "seen from behind",
        "nowhere": nothing,
    }
    assert isinstance(crops_of(frame, expected)["behind"], Found)


def test_an_even_picture_is_cropped_as_expected() -> None:
    """Where nothing can be told apart, the crop is the expected box with the expected mask."""
    _, mask = placed(figure("red"), (100, 40))
    found = find_near(np.full((240, 320, 3), 90, np.uint8), Expected(box_of(mask), mask))
    assert isinstance(found, Found)
    assert found.box == box_of(mask)
    assert found.moved == 0


def test_a_crop_at_a_box_stays_in_the_frame() -> None:
    """A box that reaches out of the frame is cut at its edge; one outside of it gives nothing."""
    frame = np.zeros((100, 100, 3), np.uint8)
    inside = crop_at(frame, (-20, 60, 60, 60))
    assert isinstance(inside, Crop)
    assert inside.pixels.shape == (40, 40, 3)
    assert isinstance(crop_at(frame, (120, 0, 40, 40)), NotShown)


def test_characters_are_matched_together() -> None:
    """The best crop of one goes to the other where both gain; who is like none stays without, and so do NaN."""
    assert match(np.array([[0.9, 0.8], [0.85, 0.3]])) == {0: 1, 1: 0}
    assert match(np.array([[0.9, 0.8], [0.4, 0.3]]), 0.5) == {0: 0}
    assert match(np.array([[np.nan, 0.8], [0.9, np.nan], [0.7, 0.7]]), [0.5, 0.95, 0.5]) == {0: 1, 2: 0}
    assert match(np.zeros((2, 0))) == {}


def test_likeness_is_to_the_nearest_reference() -> None:
    """The best of the references counts; what says nothing stays NaN; a margin is over whoever else is nearest."""
    references = np.array([[1, 0], [0.6, 0.8], [np.nan, np.nan]], np.float32)
    crops = np.array([[0, 1], [1, 0], [np.nan, np.nan]], np.float32)
    assert likeness_to(references, crops) == pytest.approx([0.8, 1.0, np.nan], nan_ok=True)
    assert np.isnan(likeness_to(references[2:], crops)).all()
    assert margins({"MARA": 0.8, "IVO": 0.6, "JO": float("nan")}, "MARA") == pytest.approx(0.2)
    assert np.isnan(margins({"MARA": 0.8}, "MARA"))


@pytest.mark.parametrize("name", ["owl", "grounding-dino"])
def test_a_detector_finds_boxes_in_the_frame(models: Path, name: str) -> None:
    """Each find says what was asked for, lies in the frame, and counts from the score that is set."""
    detector = open_detector(name, {"model": name, "sure": 0.0, "device": "cpu"}, models)
    frame = figure("red", stripes=True).pixels
    found = detector.find(frame, ["A plain balloon", "a face"])
    assert {one.text for one in found} <= {"A plain balloon", "a face"}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found
    for one in found:
        x, y, width, height = one.box
        assert min(x, y) >= 0
        assert min(width, height) > 0
        assert x + width <= 120
        assert y + height <= 180
    middle = found[len(found) // 2].score
    surer = open_detector(name, {"model": name, "sure": middle, "device": "cpu"}, models)
    assert all(one.score >= middle for one in surer.find(frame, ["A plain balloon", "a face"]))
    assert surer.revision != detector.revision


def test_an_unknown_detector_is_refused() -> None:
    """There are two."""
    with pytest.raises(InputError, match="Did you mean owl"):
        open_detector("owl2", {}, Path())


def test_crops_of_other_shapes_are_refused() -> None:
    """A crop is uint8[H, W, 3] with a mask of its size."""
    with pytest.raises(ValueError, match="uint8"):
        Crop(np.zeros((4, 4, 3), np.float32))
    with pytest.raises(ValueError, match="mask"):
        Crop(np.zeros((4, 4, 3), np.uint8), np.zeros((4, 5), bool))
