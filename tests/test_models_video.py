"""`wan-i2v` and `ltx2`: the true pipelines, with tiny random weights."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from characters.seen import Kind, Reference, Seen
from render.fit import fit
from render.generators.registry import needs_of, open_generator
from render.request import Request
from storyboard.camera import Camera
from storyboard.errors import GeneratorError, InputError, MissingInstall
from tests.conftest import ROOT
from tests.rehearsed import request
from tests.tiny_video_models import make_lora, make_ltx2, make_wan

SETTINGS = {"dtype": "float32", "device": "cpu", "steps": 4, "memory": "resident"}
WAN = {"2.1": "wan-2.1", "flf": "wan-flf", "2.2": "wan-2.2", "ti2v": "wan-ti2v", "t2v": "wan-t2v"}


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
    for kind, name in WAN.items():
        make_wan(folder / name, kind)
    make_ltx2(folder / "ltx2")
    make_lora(folder / "wan-2.1", folder / "loras" / "coat.safetensors")
    make_lora(folder / "wan-2.1", folder / "loras" / "pier.safetensors", seed=9)
    make_lora(folder / "ltx2", folder / "ic" / "depth.safetensors", kind="LTX2VideoTransformer3DModel")
    torch.set_num_threads(threads)
    return folder


def opened(folder: Path, kind: str, **settings: Any) -> Any:
    """A generator: ``ltx2``, or ``wan-i2v`` with the Wan of a kind."""
    if kind == "ltx2":
        return open_generator("ltx2", {**SETTINGS, "model": "ltx2", "stg_blocks": [1], **settings}, folder)
    told = {**SETTINGS, "model": WAN[kind], "keyframe": {"last": True} if kind == "flf" else "rehearsal", **settings}
    return open_generator("wan-i2v", told, folder)


def asked(frames: int = 9, pixels: tuple[int, int] = (64, 64), **changes: Any) -> Request:
    plain = request(Camera(), (Seen(name="MARA", kind=Kind.CHARACTER),), pixels=pixels, frames=frames, rate=16)
    return plain.model_copy(update={"prompt": "a keeper on the pier", "seed": 5, **changes})


def clip(generator: Any, told: Request, progress: Callable[[int], None] = lambda _done: None) -> np.ndarray:
    return np.stack(list(generator.generate(told, progress)))


def still(path: Path, colour: str, size: tuple[int, int] = (64, 64)) -> str:
    Image.new("RGB", size, colour).save(path)
    return str(path)


def told_apart(clips: list[np.ndarray]) -> bool:
    return len({each.tobytes() for each in clips}) == len(clips)


ALL = ["2.1", "flf", "2.2", "ti2v", "ltx2"]


@pytest.mark.parametrize("kind", ALL)
def test_the_same_request_gives_the_same_pixels_also_by_a_model_loaded_anew(models: Path, kind: str) -> None:
    """Bit for bit, after takes of other seeds, and with the weights brought block by block."""
    model, told = opened(models, kind), asked()
    first = clip(model, told)
    assert first.shape == (9, 64, 64, 3)
    assert first.dtype == np.uint8
    assert first.std() > 1
    other = clip(model, asked(seed=6))
    assert not np.array_equal(first, other)
    assert np.array_equal(first, clip(model, told))
    assert np.array_equal(first, clip(opened(models, kind), told))
    assert np.array_equal(first, clip(opened(models, kind, memory="group-offload"), told))


@pytest.mark.parametrize("kind", ["2.1", "2.2", "ti2v", "ltx2"])
def test_a_given_first_frame_is_begun_with(models: Path, kind: str, tmp_path: Path) -> None:
    """The rehearsal's picture where none is given; a take that goes on from a frame leaves out what was seen."""
    model = opened(models, kind, **({"keyframe": "rehearsal"} if kind == "ltx2" else {}))
    red, blue = still(tmp_path / "red.png", "red"), still(tmp_path / "blue.png", "blue")
    takes = [clip(model, asked(first_frame=given)) for given in (None, red, blue)]
    assert told_apart(takes)
    goes_on = clip(model, asked(frames=8, first_frame=red, continues=True))
    assert np.array_equal(goes_on, takes[1][1:])


@pytest.mark.parametrize("kind", ["2.2", "ltx2"])
def test_a_take_ends_with_the_rehearsal_where_that_is_asked_for(models: Path, kind: str) -> None:
    """``keyframe: {last: true}`` changes the take, and where the last frame is another the take is another."""
    first, both = opened(models, kind, keyframe="rehearsal"), opened(models, kind, keyframe={"last": True})
    assert both.capabilities().last_frame
    told = asked()
    assert told_apart([clip(first, told), clip(both, told)])
    assert first.version != both.version


@pytest.mark.parametrize("kind", ["2.1", "ti2v"])
def test_a_model_that_cannot_end_with_a_frame_is_not_told_to(models: Path, kind: str) -> None:
    """Pipelines would leave the picture out, or be confused by it."""
    assert not opened(models, kind).capabilities().last_frame
    with pytest.raises(InputError, match="cannot end with a given frame"):
        opened(models, kind, keyframe={"last": True})


def test_text_alone_is_enough_for_ltx2(models: Path) -> None:
    """Without keyframe nothing of the rehearsal is read; words and frame rate are."""
    model = opened(models, "ltx2")
    assert "stage" not in model.reads
    takes = [clip(model, asked()), clip(model, asked(prompt="a yellow balloon, " * 60)), clip(model, asked(rate=25))]
    assert told_apart(takes)
    assert opened(models, "ltx2", cross_timestep=False).inputs(asked(), 9)["use_cross_timestep"] is False


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        ("2.1", asked(pixels=(60, 48)), "multiples of 16"),
        ("ti2v", asked(pixels=(64, 48)), "multiples of 32"),
        ("2.1", asked(frames=85), "81 frames at most"),
        ("ltx2", asked(pixels=(64, 48)), "multiples of 32"),
        ("ltx2", asked(frames=250), "241 frames at most"),
    ],
)
def test_what_the_model_does_not_make_never_reaches_it(models: Path, kind: str, told: Request, words: str) -> None:
    """Pipelines would bend it, and say so in a log that nobody reads."""
    model = opened(models, kind)
    with pytest.raises(GeneratorError, match=words):
        clip(model, told)
    assert model.pipeline is None


def test_a_clip_longer_than_the_shot_ends_with_the_rehearsal_gone_on(models: Path) -> None:
    """The last frame of the model's clip is rehearsed too, though it is cut off."""
    assert clip(opened(models, "flf"), asked(frames=7)).shape == (7, 64, 64, 3)


@pytest.mark.parametrize(("kind", "frames", "longer"), [("2.1", 7, 9), ("ltx2", 10, 17)])
def test_lengths_between_two_clips_are_cut_from_the_longer(
    models: Path, kind: str, frames: int, longer: int, tmp_path: Path
) -> None:
    """Wan makes 4k + 1 frames, LTX-2 8k + 1."""
    model, told = opened(models, kind), {"first_frame": still(tmp_path / "red.png", "red")}
    cut, whole = clip(model, asked(frames=frames, **told)), clip(model, asked(frames=longer, **told))
    assert np.array_equal(cut, whole[:frames])


def test_a_film_is_fitted_to_the_model(models: Path) -> None:
    """Wan is asked for its own rate; LTX-2 makes any, of sides of 32 pixels."""
    film = asked(frames=48, pixels=(1920, 1080), rate=24)
    wan = fit(film, opened(models, "2.1").capabilities(), continued=False, follows=False)
    ltx = fit(film, opened(models, "ltx2").capabilities(), continued=False, follows=False)
    assert (wan.rate, wan.width % 16, wan.height % 16, wan.frames % 4) == (16, 0, 0, 1)
    assert (ltx.rate, ltx.width % 32, ltx.height % 32, ltx.frames % 8) == (24, 0, 0, 1)
    assert wan.width * wan.height <= 832 * 480


@pytest.mark.parametrize("kind", ["2.1", "2.2", "ltx2"])
def test_an_abandoned_take_stops_within_a_step(models: Path, kind: str) -> None:
    """What the callback raises reaches the caller as it was raised, and the next take is as it would have been."""
    model, told = opened(models, kind, steps=6), asked()

    def enough(done: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        clip(model, told, enough)
    assert model.taken == 1
    assert np.array_equal(clip(model, told), clip(opened(models, kind, steps=6), told))


@pytest.mark.parametrize("kind", ALL)
def test_a_draft_is_made_by_fewer_steps_or_by_a_look(models: Path, kind: str) -> None:
    """A look decodes what the model expects after so many steps; both cost what they say."""
    full = clip(opened(models, kind, steps=6), asked())
    for draft, steps, cost in (({"look": 3}, 3, 0.5), ({"steps": 2, "scale": 1}, 2, 2 / 6)):
        model = opened(models, kind, steps=6, draft=draft)
        cheap = clip(model, asked(draft=True))
        assert model.taken == steps
        assert model.capabilities().draft == pytest.approx(cost)
        assert cheap.shape == full.shape
        assert not np.array_equal(cheap, full)
        assert np.array_equal(clip(model, asked()), full)
        assert model.taken == 6


@pytest.mark.parametrize(
    "cache", ["pyramid", {"kind": "first-block", "threshold": 5}, {"kind": "mag", "ratios": [1.0] * 6}]
)
def test_a_step_cache_is_faster_and_forgets_every_take(models: Path, cache: Any) -> None:
    """Other pixels than without, and the same after a take that was abandoned."""
    model, told = opened(models, "2.1", steps=6, cache=cache), asked()

    def enough(done: int) -> None:
        if done >= 5:
            raise InterruptedError

    first = clip(model, told)
    with pytest.raises(InterruptedError):
        clip(model, told, enough)
    assert model.taken == 4
    assert np.array_equal(first, clip(model, told))
    assert not np.array_equal(first, clip(opened(models, "2.1", steps=6), told))


def test_ltx2_follows_the_rehearsal_with_a_lora(models: Path) -> None:
    """Depth and pose are other takes, as is a weaker guide; without an IC-LoRA the pass would mean nothing."""
    lora = {"lora": "ic"}
    model = opened(models, "ltx2", guide="depth", **lora)
    assert model.capabilities().guided_by == "depth"
    assert "stage" in model.reads
    told = asked()
    takes = [clip(opened(models, "ltx2", **lora), told), clip(model, told)]
    takes += [clip(opened(models, "ltx2", guide="pose", **lora), told), clip(model, asked(params={"control": 0.3}))]
    assert told_apart(takes)
    assert np.array_equal(takes[1], clip(opened(models, "ltx2", guide="depth", **lora), told))
    with pytest.raises(InputError, match="needs an IC-LoRA"):
        opened(models, "ltx2", guide="depth")


def test_a_smaller_guide_needs_a_larger_multiple(models: Path) -> None:
    """A guide of half the sides must still be whole latents."""
    model = opened(models, "ltx2", guide="depth", lora="ic", guide_scale=2)
    assert model.capabilities().multiple == 64
    assert clip(model, asked()).shape == (9, 64, 64, 3)
    with pytest.raises(GeneratorError, match="multiples of 64"):
        clip(model, asked(pixels=(96, 64)))


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("2.2", {"guidance_2": 2.0}),
        ("2.1", {"guidance": 2.0}),
        ("ltx2", {"stg": 0.0}),
        ("ltx2", {"stg_blocks": [0], "stg": 20.0}),
        ("ltx2", {"modality": 1.0}),
        ("ltx2", {"rescale": 0.0}),
        ("ltx2", {"keyframe": "rehearsal", "crf": 0}),
    ],
)
def test_settings_reach_the_model(models: Path, kind: str, changed: dict[str, Any]) -> None:
    """Each of them gives another take."""
    usual = {name: value for name, value in changed.items() if name in {"keyframe", "stg"} and len(changed) > 1}
    assert told_apart([clip(opened(models, kind, **usual), asked()), clip(opened(models, kind, **changed), asked())])


@pytest.mark.parametrize(
    ("kind", "settings", "words"),
    [
        ("2.1", {"keyframe": None}, "needs the setting “keyframe”.*keyframe: rehearsal"),
        ("2.1", {"keyframe": "flux2-klein"}, "needs a model"),
        ("2.1", {"keyframe": "oil-painting"}, "rehearsal.*flux2-klein"),
        ("2.1", {"keyframe": {"kind": "rehearsal", "model": "ltx2"}}, "needs no model"),
        ("2.1", {"keyframe": {"kind": "sdxl-ip", "model": "ltx2"}}, "needs an IP-Adapter"),
        ("2.1", {"keyframe": {"kind": "flux2-klein", "model": "x", "adapter": "y"}}, "takes no adapter"),
        ("2.1", {"guidance_2": 3.0}, "one transformer"),
        ("2.1", {"cache": "mag"}, "needs the ratios"),
        ("flf", {"keyframe": "rehearsal"}, "always shown a first and a last frame.*last: true"),
        ("2.1", {"model": "ltx2"}, "is a LTX2ConditionPipeline, not a Wan"),
        ("2.1", {"model": "wan-t2v"}, "makes video of text"),
        ("2.1", {"model": "loras"}, "holds no model_index.json"),
        ("2.1", {"model": "somebody/something"}, "without a commit"),
        ("2.1", {"model": "../elsewhere"}, "leaves the film"),
        ("ltx2", {"model": "wan-2.1"}, "is a WanImageToVideoPipeline, not a LTX2"),
        ("ltx2", {"stg_blocks": [28]}, "no block 28.*0 to 1"),
        ("ltx2", {"stg_blocks": []}, "0 to 1"),
        ("ltx2", {"cache": "pyramid"}, "no step cache"),
        ("ltx2", {"stng": 1}, "no setting “stng”.*stg"),
    ],
)
def test_what_is_written_wrong_is_answered_when_the_film_is_planned(
    models: Path, kind: str, settings: dict[str, Any], words: str
) -> None:
    """With what is wrong, and what to write."""
    with pytest.raises(InputError, match=words):
        opened(models, kind, **settings)


def test_a_model_of_the_hub_that_is_not_here_is_answered_with_how_to_fetch_it(models: Path) -> None:
    """Nothing is downloaded."""
    with pytest.raises(MissingInstall, match="hf download somebody/something --revision a"):
        opened(models, "2.1", model="somebody/something", revision="a" * 40)


def test_weights_that_can_hold_code_are_refused(models: Path, tmp_path: Path) -> None:
    """Also where other parts are safetensors."""
    shutil.copytree(models / "wan-2.1", tmp_path / "wan-2.1")
    held = tmp_path / "wan-2.1" / "text_encoder"
    next(held.glob("*.safetensors")).rename(held / "pytorch_model.bin")
    with pytest.raises(InputError, match=r"text_encoder holds no .*safetensors"):
        opened(tmp_path, "2.1")


def test_a_guidance_that_a_model_cannot_give_is_refused(models: Path, tmp_path: Path) -> None:
    """LTX-2.0 leaves out no block: the pass would cost its time and change no pixel."""
    shutil.copytree(models / "ltx2", tmp_path / "ltx2")
    path = tmp_path / "ltx2" / "transformer" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"perturbed_attn": False}))
    with pytest.raises(InputError, match=r"stg.*changes nothing"):
        opened(tmp_path, "ltx2")
    assert opened(tmp_path, "ltx2", stg=0, audio_stg=0).capabilities().tokens == 1024


def test_other_weights_are_another_version(models: Path, tmp_path: Path) -> None:
    """A change in a configuration is one too; where the folder stands is not."""
    shutil.copytree(models / "wan-2.1", tmp_path / "wan-2.1")
    assert opened(tmp_path, "2.1").version == opened(models, "2.1").version
    path = tmp_path / "wan-2.1" / "scheduler" / "scheduler_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"shift": 3.0}))
    assert opened(tmp_path, "2.1").version != opened(models, "2.1").version


# LoRAs.


@pytest.mark.parametrize("memory", ["resident", "group-offload"])
def test_a_lora_changes_the_take_by_its_strength(models: Path, memory: str) -> None:
    """One alone, one weaker, two together; and the same again with a model loaded anew."""
    coat, pier = "loras/coat.safetensors", {"model": "loras", "file": "pier.safetensors"}
    weak = {"model": "loras", "file": "coat.safetensors", "strength": 0.5}
    plain, told = clip(opened(models, "2.1"), asked()), asked()
    sets = [[coat], [weak], [coat, pier]]
    takes = [clip(opened(models, "2.1", lora=each, memory=memory), told) for each in sets]
    assert told_apart([plain, *takes])
    assert np.array_equal(takes[0], clip(opened(models, "2.1", lora=coat), told))
    none = {"model": "loras", "file": "coat.safetensors", "strength": 0}
    assert np.array_equal(plain, clip(opened(models, "2.1", lora=none), told))
    versions = {opened(models, "2.1", lora=each).version for each in [*sets, []]}
    assert len(versions) == 4


def test_a_lora_is_for_one_of_two_transformers_or_both(models: Path) -> None:
    """Wan 2.2 has one for high noise and one for low."""
    takes = [
        clip(opened(models, "2.2", lora={"model": "loras/coat.safetensors", "noise": noise}), asked())
        for noise in ("both", "high", "low")
    ]
    assert told_apart([clip(opened(models, "2.2"), asked()), *takes])


def test_a_lora_is_laid_over_wan_vace_too(tmp_path: Path) -> None:
    """The setting is that of the whole family."""
    shutil.copytree(ROOT / "examples" / "tiny_vace" / "model", tmp_path / "vace")
    make_lora(tmp_path / "vace", tmp_path / "coat.safetensors", kind="WanVACETransformer3DModel")
    plain, laid = (
        open_generator("wan-vace", {**SETTINGS, "model": "vace", "guide": "none", **more}, tmp_path)
        for more in ({}, {"lora": "coat.safetensors"})
    )
    assert told_apart([clip(plain, asked()), clip(laid, asked())])
    assert plain.version != laid.version


@pytest.mark.parametrize(
    ("lora", "words"),
    [
        ("loras", "holds 2 .*coat.safetensors, pier.safetensors"),
        ({"model": "loras", "file": "hat.safetensors"}, "holds no “hat.safetensors”.*coat"),
        ({"model": "loras", "file": "coat.bin"}, "can hold code"),
        ({"model": "loras", "file": "../ic/depth.safetensors"}, "is no"),
        ({"model": "loras", "fiel": "coat.safetensors"}, "no setting “lora.0.fiel”"),
        ("somebody/something", "without a commit"),
        ("../loras", "leaves the film"),
    ],
)
def test_a_lora_that_is_not_there_or_not_safe_is_refused_when_the_film_is_planned(
    models: Path, lora: Any, words: str
) -> None:
    """With the files that are there."""
    with pytest.raises(InputError, match=words):
        opened(models, "2.1", lora=lora)


def test_a_doctor_looks_for_the_loras_too(models: Path) -> None:
    """Each has a row: there, with its size, or what to do."""
    told = {"model": WAN["2.1"], "keyframe": "rehearsal", "lora": ["loras/coat.safetensors", "loras"]}
    rows = {part: (ok, found) for part, ok, found in needs_of("wan-i2v", told, models, (64, 64))}
    assert rows["LoRA"][0]
    assert "coat.safetensors" in rows["LoRA"][1]
    assert not rows["LoRA 2"][0]
    assert "Write file:" in rows["LoRA 2"][1]


@pytest.mark.parametrize("kind", ["2.1", "ltx2"])
def test_a_lora_for_another_model_is_refused(models: Path, kind: str) -> None:
    """One that would be laid over nothing says nothing by itself."""
    other = {"2.1": "ic", "ltx2": "loras/coat.safetensors"}[kind]
    with pytest.raises(InputError, match="cannot be laid over this model"):
        clip(opened(models, kind, lora=other), asked())


def test_a_lora_for_low_noise_needs_a_second_transformer(models: Path) -> None:
    """Wan 2.1 has one."""
    with pytest.raises(InputError, match="one transformer"):
        clip(opened(models, "2.1", lora={"model": "loras/coat.safetensors", "noise": "low"}), asked())


def test_a_reference_is_no_secret_of_the_tests(models: Path, tmp_path: Path) -> None:
    """`wan-i2v` with the rehearsal's keyframe shows no reference to anybody, and says so."""
    path = Path(still(tmp_path / "red.png", "red"))
    shown = Reference(path=path, of="MARA", sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    model = opened(models, "2.1")
    assert model.capabilities().max_references == 0
    assert np.array_equal(clip(model, asked()), clip(model, asked(references=(shown,))))
