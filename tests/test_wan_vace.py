"""`wan-vace`: the true pipeline, with tiny random weights."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from characters.seen import Kind, Reference, Seen
from render.generators.models.memory import MODES, Need, next_mode
from render.generators.models.weights import content_revision
from render.generators.registry import open_generator
from render.request import Request
from storyboard.camera import Camera
from storyboard.errors import GeneratorError, InputError, MissingInstall
from tests.conftest import FILM, edit, write_film
from tests.rehearsed import request

Run = Callable[..., subprocess.CompletedProcess[str]]
TINY = Path(__file__).parents[1] / "examples" / "tiny_vace"
SETTINGS = {"model": "model", "dtype": "float32", "device": "cpu", "steps": 4, "memory": "resident"}


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two threads take fifty times as long for a model this small; it stands in the machine's folder of models."""
    monkeypatch.setenv("SHOTGRAPH_MODELS", str(TINY))
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def opened(folder: Path | None = None, **settings: object):
    return open_generator("wan-vace", {**SETTINGS, **settings}, folder)


def asked(frames: int = 9, pixels: tuple[int, int] = (64, 48), **changes: object) -> Request:
    plain = request(Camera(), (Seen(name="MARA", kind=Kind.CHARACTER),), pixels=pixels, frames=frames, rate=16)
    return plain.model_copy(update={"prompt": "a keeper on the pier", "seed": 5, **changes})


def clip(generator, told: Request) -> np.ndarray:
    return np.stack(list(generator.generate(told, lambda _done: None)))


def picture(path: Path, colour: str, size: tuple[int, int] = (90, 40), mode: str = "RGB") -> Reference:
    Image.new(mode, size, colour).save(path)
    return Reference(path=path, of="MARA", sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def test_the_same_request_gives_the_same_pixels_also_by_a_model_loaded_anew() -> None:
    """Bit for bit; another seed gives others."""
    model, told = opened(), asked()
    first = clip(model, told)
    assert first.shape == (9, 48, 64, 3)
    assert first.dtype == np.uint8
    assert np.array_equal(first, clip(model, told))
    assert np.array_equal(first, clip(opened(), told))
    assert not np.array_equal(first, clip(model, told.model_copy(update={"seed": 6})))


def test_a_take_depends_on_no_take_before_it() -> None:
    """A generator of random numbers is used up by one take."""
    model = opened()
    clip(model, asked(seed=9))
    assert np.array_equal(clip(model, asked()), clip(opened(), asked()))


def test_references_and_the_guide_change_the_take(tmp_path: Path) -> None:
    """What is shown to the model is seen by it: pictures, whatever their shape and mode, and the rehearsal."""
    model = opened()
    plain = clip(model, asked())
    red = clip(model, asked(references=(picture(tmp_path / "red.png", "red"),)))
    blue = clip(model, asked(references=(picture(tmp_path / "blue.png", "blue"),)))
    clear = clip(model, asked(references=(picture(tmp_path / "clear.png", "#0000", (7, 5), "RGBA"),)))
    weak = clip(model, asked(params={"control": 0.1}))
    pose = clip(opened(guide="pose"), asked())
    free = clip(opened(guide="none"), asked())
    different = [plain, red, blue, clear, weak, pose, free]
    assert len({each.tobytes() for each in different}) == len(different)


def test_a_first_frame_is_given_and_shown_once(tmp_path: Path) -> None:
    """A take that goes on from a frame leaves out the frame that was seen already; a keyframe is its first."""
    Image.new("RGB", (64, 48), "teal").save(tmp_path / "first.png")
    told = {"first_frame": str(tmp_path / "first.png")}
    model = opened()
    begun = clip(model, asked(frames=9, **told))
    goes_on = clip(model, asked(frames=8, continues=True, **told))
    assert not np.array_equal(begun, clip(model, asked(frames=9)))
    assert len(goes_on) == 8
    assert np.abs(begun[0].astype(int) - goes_on[0]).max() > 0


def test_a_keyframe_is_given_at_the_start_and_at_the_end() -> None:
    """The rehearsal's own picture; without a guide the frames between are the model's."""
    plain = clip(opened(guide="none"), asked())
    first = opened(guide="none", keyframe="rehearsal")
    both = opened(guide="none", keyframe={"kind": "rehearsal", "last": True})
    takes = [plain, clip(first, asked()), clip(both, asked())]
    assert len({take.tobytes() for take in takes}) == 3
    assert first.guided


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (asked(pixels=(60, 48)), "multiples of 16"),
        (asked(frames=85), "81 frames at most"),
        (asked(frames=1, pixels=(64, 40)), "multiples of 16"),
        (asked(prompt="a yellow balloon " * 300), "the model reads 512"),
        (asked(negative="a hat, " * 400), "the negative prompt has"),
    ],
)
def test_what_the_model_does_not_make_never_reaches_it(told: Request, words: str) -> None:
    """Pipelines would bend it, and say so in a log that nobody reads."""
    model = opened()
    with pytest.raises(GeneratorError, match=words):
        clip(model, told)
    assert model.pipeline is None


def test_lengths_between_two_clips_are_cut_from_the_longer() -> None:
    """A request of 7 frames is the first 7 of a clip of 9."""
    model = opened(guide="none")
    assert np.array_equal(clip(model, asked(frames=7)), clip(model, asked(frames=9))[:7])


class _EnoughError(Exception):
    """What a farm raises to end a take."""


def test_an_abandoned_take_stops_within_a_step() -> None:
    """What progress raises ends it; the next take is as if it had never begun."""
    model = opened(steps=10)

    def enough(_done: int) -> None:
        if model.pipeline is not None:
            raise _EnoughError

    with pytest.raises(_EnoughError):
        list(model.generate(asked(), enough))
    assert model.taken == 1
    assert np.array_equal(clip(model, asked()), clip(opened(steps=10), asked()))


def test_a_draft_is_a_look_into_the_take_itself() -> None:
    """After so many steps it is decoded: the later, the nearer to the finished take."""
    model = opened(steps=6, draft={"look": 3})
    can = model.capabilities()
    assert (can.draft, can.draft_scale) == (0.5, 1.0)
    look = clip(model, asked(draft=True)).astype(int)
    assert model.taken == 3
    late = clip(opened(steps=6, draft={"look": 5}), asked(draft=True)).astype(int)
    full, other = clip(model, asked()).astype(int), clip(model, asked(seed=8)).astype(int)
    assert model.taken == 6
    assert np.abs(late - full).mean() < np.abs(look - full).mean() < np.abs(full - other).mean()


def test_a_draft_of_fewer_steps_and_pixels_costs_its_share() -> None:
    """Two of four steps at half the sides: an eighth."""
    model = opened(draft={"steps": 2, "scale": 0.5})
    can = model.capabilities()
    assert (can.draft, can.draft_scale) == (0.125, 0.5)
    clip(model, asked(pixels=(32, 32), draft=True))
    assert model.taken == 2


def test_memory_that_runs_out_is_answered_by_the_next_mode() -> None:
    """The take is made again, and is the same take; where there is no further mode it is said."""
    model = opened(memory="auto")
    plain = clip(model, asked())

    def runs_out(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    model.pipeline.transformer.register_forward_pre_hook(runs_out)
    model.mode = "model-offload"  # the next is by blocks, which a CPU can do as well
    assert np.array_equal(clip(model, asked()), plain)
    assert model.mode == "group-offload"
    model.pipeline.transformer.register_forward_pre_hook(runs_out)
    with pytest.raises(GeneratorError, match="not enough memory"):
        clip(model, asked())


def test_the_mode_is_chosen_by_what_is_free() -> None:
    """The fastest that fits, and none where none does."""
    need = Need.of({"transformer": 3_000, "text_encoder": 11_000, "vae": 500}, working=2_000)
    assert need.mode(20_000) == "resident"
    assert need.mode(15_000) == "model-offload"
    assert need.mode(4_000) == "group-offload"
    assert need.mode(1_000) is None
    assert [next_mode(mode) for mode in MODES] == ["model-offload", "group-offload", None]


@pytest.mark.parametrize("settings", [{"cache": "first-block"}, {"tiling": "on"}, {"attention": "native"}])
def test_what_makes_it_faster_runs(settings: dict[str, object]) -> None:
    """Step caches, tiles and attention backends are taken by the true model; they stand in the recipe."""
    model = opened(**settings)
    assert np.array_equal(clip(model, asked()), clip(model, asked()))
    assert settings.keys().isdisjoint(model.idle)


def test_where_it_runs_is_in_no_recipe() -> None:
    """Device and memory mode change no pixel."""
    assert {"device", "memory"} <= opened().idle
    assert opened(memory="group-offload").version == opened().version


def test_a_guide_can_be_made_stronger_than_the_films() -> None:
    """A reroll climbs from there."""
    assert opened(control=1.0).capabilities().control == (1.25, 1.5)
    assert opened(guide="none").capabilities().control == ()


def test_capabilities_are_read_from_the_models_configuration() -> None:
    """Multiples, lengths and sizes follow from the parts; film.yaml may say otherwise."""
    can = opened().capabilities()
    assert (can.multiple, can.step, can.base, can.max_frames, can.rates) == (16, 4, 1, 81, (Fraction(16),))
    assert opened(rate=24, max_frames=49).capabilities().rates == (Fraction(24),)
    assert opened().count_tokens("a yellow balloon walks") > 3


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"modle": "x"}, "no setting “modle”"),
        ({"steps": 0}, "“steps”"),
        ({"guide": "depht"}, "“guide”"),
        ({"model": "../model"}, "leaves the film"),
        ({"model": "Wan-AI/Wan2.1-VACE-1.3B-diffusers"}, "without a commit"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_in_words(settings: dict[str, object], words: str) -> None:
    """Before anything is loaded."""
    with pytest.raises(InputError, match=words):
        opened(**settings)


def test_a_model_that_is_not_here_is_refused_with_the_line_that_fetches_it() -> None:
    """A folder that is none, and a model of the hub that nobody downloaded."""
    with pytest.raises(MissingInstall, match="no folder here"):
        opened(model="nowhere")
    with pytest.raises(MissingInstall, match="hf download Wan-AI/Wan2"):
        opened(model="Wan-AI/Wan2.1-VACE-1.3B-diffusers", revision="0" * 40)


def test_weights_that_could_hold_code_are_refused(tmp_path: Path) -> None:
    """A part with a pickle and no safetensors; a folder without an index."""
    shutil.copytree(TINY / "model", tmp_path / "model")
    weights = tmp_path / "model" / "vae" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(InputError, match=r"no \*\.safetensors"):
        opened(tmp_path)
    (tmp_path / "model" / "model_index.json").unlink()
    with pytest.raises(InputError, match=r"no model_index\.json"):
        opened(tmp_path)


def test_other_weights_are_another_model(tmp_path: Path) -> None:
    """The revision is of the bytes, wherever they stand; a model of another seed is none of its takes."""
    shutil.copytree(TINY / "model", tmp_path / "elsewhere")
    assert content_revision(tmp_path / "elsewhere") == content_revision(TINY / "model")
    path = tmp_path / "elsewhere" / "transformer" / "diffusion_pytorch_model.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert opened(tmp_path, model="elsewhere").version != opened().version


def test_weights_of_another_shape_are_refused_in_words(tmp_path: Path) -> None:
    """A configuration that does not go with its weights."""
    shutil.copytree(TINY / "model", tmp_path / "model")
    edit(tmp_path / "model" / "transformer" / "config.json", '"ffn_dim": 32', '"ffn_dim": 48')
    with pytest.raises(InputError, match="cannot be loaded"):
        clip(opened(tmp_path), asked())


GENERATOR = """\
generator: {name: wan-vace, model: model, dtype: float32, device: cpu, steps: 3, max_frames: 17, handles: 2}
budget: {takes: 2}
"""


def test_a_film_is_shot_through_the_true_model(tmp_path: Path, direct: Run) -> None:
    """Plan, takes with references and control, checks, rerolls and cut; shot again, nothing is made."""
    text = FILM.replace("generator: fake\n", GENERATOR).replace(
        "height: 36, width: 64, rate: 12", "height: 48, width: 64"
    )
    film = write_film(tmp_path / "film", film=text)
    shutil.copytree(TINY / "model", film.parent / "model")
    first = direct(film, "--json", "--shots", "1A,2A")
    assert first.returncode == 1, first.stderr
    report = json.loads(first.stdout)
    assert report["made"] == 4
    again = json.loads(direct(film, "--json", "--shots", "1A,2A").stdout)
    assert (again["made"], again["reused"]) == (0, 4)
    takes = [json.loads(path.read_text()) for path in film.parent.glob(".shotgraph/takes/*/*/take.json")]
    assert {take["rate"] for take in takes} == {"16"}
    assert any(len(take["segments"]) > 1 for take in takes)
    assert all(take["provenance"]["memory"] == "resident" for take in takes)


@pytest.mark.slow
def test_the_example_makes_its_film(tmp_path: Path, direct: Run) -> None:
    """examples/tiny_vace as it stands: drafts, references, control, checks and rerolls."""
    shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns(".shotgraph", "cut"))
    made = direct(tmp_path / "tiny" / "film.yaml", "--json")
    assert made.returncode == 1, made.stderr
    assert json.loads(made.stdout)["frames"] == 80
    assert (tmp_path / "tiny" / "cut" / "film.mp4").is_file()


def test_the_model_of_the_example_can_be_made_again(tmp_path: Path) -> None:
    """With the same bytes."""
    subprocess.run([sys.executable, TINY / "make_model.py", tmp_path / "model"], check=True, capture_output=True)
    names = sorted(path.relative_to(TINY / "model") for path in (TINY / "model").rglob("*.json"))
    assert names == sorted(path.relative_to(tmp_path / "model") for path in (tmp_path / "model").rglob("*.json"))
    weights = "transformer/diffusion_pytorch_model.safetensors"
    assert (tmp_path / "model" / weights).read_bytes() == (TINY / "model" / weights).read_bytes()


def test_the_guide_is_the_rehearsal_that_checks_expect_and_is_made_once(tmp_path: Path) -> None:
    """Whatever the seed of a take: the second take of a shot finds it in the film's cache, and is the same take."""
    shutil.copytree(TINY / "model", tmp_path / "model")
    first = clip(opened(tmp_path), asked())
    (kept,) = (tmp_path / ".shotgraph" / "cache" / "guides").iterdir()
    made = kept.stat().st_mtime_ns
    assert np.array_equal(first, clip(opened(tmp_path), asked()))
    clip(opened(tmp_path), asked(seed=9))
    assert [path.stat().st_mtime_ns for path in kept.parent.iterdir()] == [made]
    kept.write_bytes(b"damaged")
    assert np.array_equal(first, clip(opened(tmp_path), asked()))


HIDING = """\
import importlib.abc
import sys


class Hidden(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {hidden}:
            raise ModuleNotFoundError(f"No module named '{{name}}'", name=name)


sys.meta_path.insert(0, Hidden())
"""


def test_a_missing_extra_is_named_with_its_install_line(tmp_path: Path) -> None:
    """On a machine without diffusers; nothing is shot."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(HIDING.format(hidden={"diffusers"}), encoding="utf-8")
    film = write_film(tmp_path / "film", film=FILM.replace("generator: fake\n", GENERATOR))
    told = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-m", "director", str(film)]
    refused = subprocess.run(command, env=told, capture_output=True, text=True, timeout=120, check=False)
    assert refused.returncode == 2, refused.stderr
    assert 'pip install "shotgraph[gpu]"' in refused.stderr
    assert "film.yaml:5" in refused.stderr
    assert not (film.parent / ".shotgraph" / "takes").exists()
