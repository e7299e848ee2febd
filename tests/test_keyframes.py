"""Keyframes: the frames that takes begin and end with, drawn by image models with references."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from characters.seen import Kind, Reference, Seen
from render.generators.models.keyframe_models import Shown, stitched
from render.generators.models.keyframes import mode_beside
from render.generators.models.memory import Need
from render.generators.registry import open_generator
from render.request import Request
from storyboard.camera import Camera
from storyboard.errors import GeneratorError, InputError, MissingInstall
from tests.conftest import ROOT
from tests.rehearsed import request
from tests.tiny_video_models import make_klein, make_kontext, make_ltx2, make_qwen, make_sdxl, make_wan

SETTINGS = {"dtype": "float32", "device": "cpu", "steps": 3, "memory": "resident", "model": "wan"}
KINDS = ["flux-kontext", "flux2-klein", "sdxl-ip"]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Two threads take fifty times as long for a model this small."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models, each saved once."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("models")
    make_wan(folder / "wan", "2.2")
    make_ltx2(folder / "ltx2")
    make_kontext(folder / "flux-kontext")
    make_klein(folder / "flux2-klein")
    make_sdxl(folder / "sdxl-ip", folder / "adapter")
    torch.set_num_threads(threads)
    return folder


def opened(folder: Path, kind: str, memory: str = "resident", **keyframe: Any) -> Any:
    chosen = {"kind": kind, "model": kind, "steps": 3, **({"adapter": "adapter"} if kind == "sdxl-ip" else {})}
    return open_generator("wan-i2v", {**SETTINGS, "memory": memory, "keyframe": chosen | keyframe}, folder)


def asked(**changes: Any) -> Request:
    seen = (Seen(name="MARA", kind=Kind.CHARACTER),)
    plain = request(Camera(), seen, pixels=changes.pop("pixels", (80, 64)), frames=5, rate=16)
    return plain.model_copy(update={"prompt": "a keeper on the pier", "seed": 5, **changes})


def clip(generator: Any, told: Request, progress: Callable[[int], None] = lambda _done: None) -> np.ndarray:
    return np.stack(list(generator.generate(told, progress)))


def drawn(generator: Any, told: Request, at: int = 0) -> np.ndarray:
    return np.asarray(generator.keyframes.drawn(told, at, lambda _done: None))


def picture(path: Path, colour: str, of: str = "MARA") -> Reference:
    Image.new("RGB", (90, 40), colour).save(path)
    return Reference(path=path, of=of, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def told_apart(pictures: list[np.ndarray]) -> bool:
    return len({each.tobytes() for each in pictures}) == len(pictures)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_request_gives_the_same_keyframe_also_by_a_model_loaded_anew(
    models: Path, kind: str, tmp_path: Path
) -> None:
    """Bit for bit, exactly of the take's size, and with the weights brought block by block; another seed differs."""
    model, told = opened(models, kind), asked(references=(picture(tmp_path / "red.png", "red"),))
    first = drawn(model, told)
    assert first.shape == (64, 80, 3)
    assert not np.array_equal(first, drawn(model, told.model_copy(update={"seed": 6})))
    assert np.array_equal(first, drawn(model, told))
    assert np.array_equal(first, drawn(opened(models, kind), told))
    blocks = opened(models, kind, memory="group-offload")
    assert np.array_equal(clip(model, told), clip(blocks, told))
    assert np.array_equal(first, drawn(blocks, told))


@pytest.mark.parametrize("kind", KINDS)
def test_references_words_and_the_layout_are_seen_by_the_image_model(models: Path, kind: str, tmp_path: Path) -> None:
    """Each gives another picture, and the order of the references counts no less."""
    red, blue = picture(tmp_path / "red.png", "red"), picture(tmp_path / "blue.png", "blue", of="IVO")
    model, free = opened(models, kind), opened(models, kind, layout=False)
    pictures = [
        drawn(model, asked()),
        drawn(model, asked(references=(red,))),
        drawn(model, asked(references=(blue,))),
        drawn(model, asked(references=(red, blue))),
        drawn(free, asked(references=(red, blue))),
        drawn(model, asked(prompt="a yellow balloon", references=(red,))),
        drawn(opened(models, kind, guidance=9.0), asked(references=(red,))),
    ]
    assert told_apart(pictures)


@pytest.mark.parametrize("kind", KINDS)
def test_a_take_begins_with_the_keyframe(models: Path, kind: str, tmp_path: Path) -> None:
    """What is drawn is what the video model is given; a frame that is given in its place is not drawn at all."""
    model, told = opened(models, kind), asked()
    take = clip(model, told)
    Image.fromarray(drawn(model, told)).save(tmp_path / "drawn.png")
    given = told.model_copy(update={"first_frame": str(tmp_path / "drawn.png")})
    other = opened(models, kind)
    assert np.array_equal(take, clip(other, given))
    assert other.keyframes.taken == 0
    assert not np.array_equal(
        take, clip(open_generator("wan-i2v", {**SETTINGS, "keyframe": "rehearsal"}, models), told)
    )


def test_a_video_model_that_made_room_makes_the_same_take(models: Path) -> None:
    """It leaves the device while the keyframe is drawn, and comes back."""
    model, told = opened(models, "flux2-klein"), asked()
    model.keyframes.mode = "group-offload"
    take = clip(model, told)
    assert not model.keyframes.beside
    assert np.array_equal(take, clip(model, told))
    assert np.array_equal(take, clip(opened(models, "flux2-klein"), told))


def test_the_last_frame_is_drawn_too(models: Path) -> None:
    """Of the same seed, over the rehearsal's last picture."""
    model, both, told = opened(models, "flux2-klein"), opened(models, "flux2-klein", last=True), asked()
    assert not np.array_equal(clip(model, told), clip(both, told))
    assert both.keyframes.taken == 3


def test_ltx2_begins_with_a_keyframe_that_was_drawn(models: Path, tmp_path: Path) -> None:
    """The same setting, for another video model."""
    told = asked(pixels=(64, 64), references=(picture(tmp_path / "red.png", "red"),))
    usual = {**SETTINGS, "model": "ltx2", "stg_blocks": [1]}
    takes = [
        clip(open_generator("ltx2", {**usual, **more}, models), told)
        for more in ({}, {"keyframe": "rehearsal"}, {"keyframe": {"kind": "flux2-klein", "model": "flux2-klein"}})
    ]
    assert told_apart(takes)


@pytest.mark.parametrize("kind", KINDS)
def test_a_take_abandoned_while_its_keyframe_is_drawn_ends_within_a_step(models: Path, kind: str) -> None:
    """The video model is not even loaded."""
    model = opened(models, kind)

    def enough(_done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        clip(model, asked(), enough)
    assert model.keyframes.taken == 1
    assert model.pipeline is None
    assert np.array_equal(clip(model, asked()), clip(opened(models, kind), asked()))


def test_what_a_keyframe_is_made_of_is_said(models: Path, tmp_path: Path) -> None:
    """In the version, in what is read, in what can be taken, and in the take's provenance."""
    model, free = opened(models, "flux2-klein", references=2), opened(models, "flux2-klein", layout=False)
    assert model.capabilities().max_references == 2
    assert "stage" in model.reads
    assert "stage" not in free.reads
    variants = [{}, {"steps": 5}, {"guidance": 2.0}, {"references": 2}, {"layout": False}, {"last": True}]
    versions = [opened(models, "flux2-klein", **each).version for each in variants]
    versions += [opened(models, "flux-kontext").version, opened(models, "sdxl-ip").version]
    assert len(set(versions)) == len(versions)
    clip(model, asked())
    weights = opened(models, "flux2-klein").keyframes.provenance()["model"]
    said = model.provenance()["keyframe"]
    assert said == {"kind": "flux2-klein", "model": weights, "memory": "resident"}
    assert str(tmp_path.parent) not in str(said)


def test_a_film_is_planned_without_any_library_of_models(models: Path) -> None:
    """Opening a generator says what it can do; torch and what is built on it are loaded by the first take."""
    settings = json.dumps(
        [
            {"keyframe": {"kind": kind, "model": kind, **({"adapter": "adapter"} if kind == "sdxl-ip" else {})}}
            for kind in KINDS
        ]
    )
    told = f"""
import json, sys
from pathlib import Path
from render.generators.registry import open_generator
for each in json.loads({settings!r}):
    for name, more in (("wan-i2v", {{"model": "wan"}}), ("ltx2", {{"model": "ltx2", "stg_blocks": [1]}})):
        model = open_generator(name, {{**each, **more}}, Path({str(models)!r}))
        model.version, model.capabilities(), model.count_tokens("a keeper")
print(*sorted({{name.split(".")[0] for name in sys.modules}}))
"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    heavy = {"accelerate", "diffusers", "numpy", "peft", "PIL", "safetensors", "torch", "transformers"}
    assert set(done.stdout.split()) & heavy == set()


def test_no_more_references_are_shown_than_are_set(models: Path, tmp_path: Path) -> None:
    """The first ones are."""
    red, blue = picture(tmp_path / "red.png", "red"), picture(tmp_path / "blue.png", "blue")
    model = opened(models, "flux2-klein", references=1)
    assert np.array_equal(drawn(model, asked(references=(red, blue))), drawn(model, asked(references=(red,))))


def test_sdxl_reads_all_of_a_long_prompt(models: Path) -> None:
    """Its text encoders read 77 tokens at once: what stands behind them counts."""
    model, long = opened(models, "sdxl-ip"), "a keeper on the pier, 35 mm film, soft grain, " * 12
    assert not np.array_equal(drawn(model, asked(prompt=long)), drawn(model, asked(prompt=long + "a yellow balloon")))


@pytest.mark.parametrize("kind", ["flux-kontext", "flux2-klein"])
def test_a_prompt_that_would_be_cut_is_refused(models: Path, kind: str) -> None:
    """A pipeline would leave its end out and say so in a log."""
    with pytest.raises(GeneratorError, match="reads 512 tokens"):
        drawn(opened(models, kind), asked(prompt="a keeper on the pier " * 200))


def test_a_model_that_changes_pictures_is_shown_one(models: Path) -> None:
    """Where nobody has a reference and the layout is left out there is none."""
    with pytest.raises(GeneratorError, match=r"no reference of anybody.*layout: true"):
        drawn(opened(models, "flux-kontext", layout=False), asked())


@pytest.mark.parametrize(
    ("kind", "keyframe", "words"),
    [
        ("flux-kontext", {"layout": False, "references": 0}, "is shown none"),
        ("flux2-klein", {"model": "flux-kontext"}, "is a FluxKontextPipeline, not a Flux2KleinPipeline"),
        ("flux2-klein", {"model": "wan"}, "is a WanImageToVideoPipeline"),
        ("flux2-klein", {"model": "somebody/something"}, "without a commit"),
        ("flux2-klein", {"model": "adapter"}, "holds no model_index.json"),
        ("flux2-klein", {"references": 9}, "references"),
        ("sdxl-ip", {"adapter": "flux2-klein"}, "holds no .*safetensors"),
        ("sdxl-ip", {"adapter": "adapter/ip-adapter_sdxl.bin"}, "can hold code"),
        ("sdxl-ip", {"image_encoder": "flux2-klein"}, "is no image encoder"),
    ],
)
def test_what_is_written_wrong_is_answered_when_the_film_is_planned(
    models: Path, kind: str, keyframe: dict[str, Any], words: str
) -> None:
    """With what is wrong, and what to write."""
    with pytest.raises((InputError, MissingInstall), match=words):
        opened(models, kind, **keyframe)


def test_weights_that_can_hold_code_are_refused(models: Path, tmp_path: Path) -> None:
    """Those of the image encoder of an adapter too."""
    for name in ("wan", "sdxl-ip", "adapter"):
        shutil.copytree(models / name, tmp_path / name)
    held = tmp_path / "adapter" / "image_encoder"
    next(held.glob("*.safetensors")).rename(held / "pytorch_model.bin")
    with pytest.raises(InputError, match="is no image encoder"):
        opened(tmp_path, "sdxl-ip")


def test_an_adapter_for_another_model_is_refused(models: Path, tmp_path: Path) -> None:
    """In words, when it is laid over."""
    from safetensors.torch import save_file

    for name in ("wan", "sdxl-ip", "adapter"):
        shutil.copytree(models / name, tmp_path / name)
    save_file({"lora_A": torch.zeros(2, 2)}, tmp_path / "adapter" / "ip-adapter_sdxl.safetensors")
    with pytest.raises(InputError, match=r"ip-adapter_sdxl.safetensors cannot be loaded"):
        drawn(opened(tmp_path, "sdxl-ip"), asked())


@pytest.mark.parametrize(
    ("free", "mode"),
    [(None, "resident"), (100, "resident"), (60, "model-offload"), (20, "model-offload"), (4, "group-offload")],
)
def test_an_image_model_makes_room_for_the_video_model(free: int | None, mode: str) -> None:
    """It stays on the GPU only where both fit; where it fits alone it is there while it draws."""
    image, video = Need(resident=30, offloaded=10, grouped=2), Need(resident=50, offloaded=30, grouped=5)
    assert mode_beside(image, video, free) == mode


def test_each_picture_is_named_in_the_prompt() -> None:
    """Which is the layout, and who is seen in the others; the film's own words follow whole."""
    white = Image.new("RGB", (8, 8), "white")
    shown = Shown("a keeper.", "", 8, 8, layout=white, references=(white, white), names=("MARA", "IVO"))
    said = shown.told(lambda index: f"Picture {index + 1}")
    assert said.startswith("Picture 1 is the layout of the shot")
    assert said.endswith("Picture 2 shows MARA. Picture 3 shows IVO. a keeper.")


@pytest.mark.parametrize(("count", "most", "size"), [(1, 10**6, (40, 30)), (3, 10**6, (120, 30)), (3, 900, (60, 15))])
def test_pictures_are_stitched_side_by_side(count: int, most: int, size: tuple[int, int]) -> None:
    """In their order, no larger than the model knows."""
    pictures = [Image.new("RGB", (40, 30), colour) for colour in ("red", "lime", "blue")[:count]]
    laid = stitched(pictures, most)
    assert laid.size == size
    assert laid.getpixel((1, 1)) == (255, 0, 0)
    if count == 3:
        assert laid.getpixel((size[0] - 2, 1)) == (0, 0, 255)


if importlib.util.find_spec("torchvision") is None:

    def test_a_package_that_an_image_model_needs_is_asked_for_when_the_film_is_planned(models: Path) -> None:
        """With the line that installs it."""
        with pytest.raises(MissingInstall, match="pip install torchvision"):
            opened(models, "qwen-image-edit")

else:

    @pytest.mark.slow
    def test_qwen_edits_pictures(models: Path, tmp_path: Path) -> None:
        """With references, bit for bit, at the take's size."""
        make_qwen(tmp_path / "qwen-image-edit")
        shutil.copytree(models / "wan", tmp_path / "wan")
        model, red = opened(tmp_path, "qwen-image-edit", steps=1), picture(tmp_path / "red.png", "red")
        first = drawn(model, asked(references=(red,)))
        assert first.shape == (64, 80, 3)
        assert np.array_equal(first, drawn(model, asked(references=(red,))))
        assert not np.array_equal(first, drawn(model, asked()))
