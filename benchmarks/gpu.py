"""What a take of Wan VACE costs on this machine's GPU, and what offload, tiling, step caches and compilation change.

The model has the architecture of Wan 2.1 VACE 1.3B and random weights: what it makes is noise, what it costs is not.
Takes have 832×480 pixels and 81 frames, two references and the rehearsal's depth. Run it from the repository on a
machine with an NVIDIA GPU and 40 GB of disk: python benchmarks/gpu.py [--model FOLDER] [--quick]

``--tiny`` runs the same script with examples/tiny_vace on the processor: it shows that the script works, no more.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import common

TINY = Path(__file__).parents[1] / "examples" / "tiny_vace" / "model"
SCRIPT = """\
INT. KITCHEN - DAY

{shots}
"""
SHOT = "[[shot: {size} of MARA, {move}, {seconds}s]]\n\nMARA walks to the window.\n"
MOVES = ("slow dolly in", "pan left", "static", "truck right", "tilt up", "pan right", "arc left", "slow zoom out")


@dataclass(frozen=True)
class Size:
    """What is shot: pixels, frames, steps, and the settings that every take has."""

    width: int
    height: int
    frames: int
    steps: int
    settings: dict[str, Any] = field(default_factory=dict)


REAL = Size(832, 480, 81, 30)
QUICK = Size(832, 480, 81, 8)
SMALL = Size(64, 48, 17, 4, {"device": "cpu", "dtype": "float32"})


def make_model(folder: Path) -> None:
    """Wan 2.1 VACE 1.3B with random weights in bfloat16: transformer, VAE and the UMT5-XXL text encoder."""
    import torch
    from diffusers import AutoencoderKLWan, UniPCMultistepScheduler, WanVACETransformer3DModel
    from transformers import UMT5Config, UMT5EncoderModel

    sys.path.insert(0, str(TINY.parent))
    from make_model import tiny_tokenizer  # type: ignore[import-not-found]

    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("cuda"):
        transformer = WanVACETransformer3DModel(
            patch_size=(1, 2, 2),
            num_attention_heads=12,
            attention_head_dim=128,
            in_channels=16,
            out_channels=16,
            text_dim=4096,
            freq_dim=256,
            ffn_dim=8960,
            num_layers=30,
            cross_attn_norm=True,
            qk_norm="rms_norm_across_heads",
            vace_layers=list(range(0, 30, 2)),
            vace_in_channels=96,
        )
        vae = AutoencoderKLWan()
        text = UMT5EncoderModel(
            UMT5Config(vocab_size=256384, d_model=4096, d_kv=64, d_ff=10240, num_layers=24, num_heads=64)
        )
    torch.set_default_dtype(torch.float32)
    scheduler = UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0, num_train_timesteps=1000
    )
    parts = {"transformer": transformer, "vae": vae, "text_encoder": text, "scheduler": scheduler}
    index: dict[str, Any] = {"_class_name": "WanVACEPipeline", "_diffusers_version": "0.42.1"}
    for name, part in parts.items():
        part.save_pretrained(folder / name)
        index[name] = ["transformers" if name == "text_encoder" else "diffusers", type(part).__name__]
    tiny_tokenizer().save_pretrained(folder / "tokenizer")
    index |= {"tokenizer": ["transformers", "PreTrainedTokenizerFast"], "transformer_2": [None, None]}
    (folder / "model_index.json").write_text(json.dumps(index), encoding="utf-8")
    del transformer, vae, text, parts
    torch.cuda.empty_cache()


def request_of(size: Size, folder: Path, seed: int = 5) -> Any:
    """A shot of two people in a room, with a reference of each."""
    from PIL import Image

    from characters.seen import Kind, Reference, Seen
    from storyboard.camera import Camera
    from tests.rehearsed import request

    references = []
    for name, colour in (("MARA", "darkgreen"), ("IVO", "goldenrod")):
        path = folder / f"{name}.png"
        Image.new("RGB", (512, 768), colour).save(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        references.append(Reference(path=path, of=name, sha256=digest))
    cast = tuple(Seen(name=name, kind=Kind.CHARACTER) for name in ("MARA", "IVO"))
    plain = request(Camera(), cast, pixels=(size.width, size.height), frames=size.frames, rate=16)
    return plain.model_copy(update={"prompt": "two people in a kitchen", "seed": seed, "references": tuple(references)})


def generator_of(model: Path, size: Size, **settings: Any) -> Any:
    """The generator over the model with these settings beside the benchmark's own."""
    from render.generators.registry import open_generator

    told = {
        "model": model.name,
        "steps": size.steps,
        "memory": "resident",
        "tiling": "off",
        **size.settings,
        **settings,
    }
    return open_generator("wan-vace", told, model.parent)


@dataclass(frozen=True)
class Cost:
    """Seconds of a take, the first with loading apart; peak memory in bytes; the SHA-256 of its frames."""

    first: float
    take: float
    peak: int
    frames: str


def cost_of(generator: Any, told: Any, repeat: int) -> Cost:
    """Shoot the same take ``1 + repeat`` times; the quickest of the later ones counts."""
    import torch

    cuda = torch.cuda.is_available()
    times: list[float] = []
    sha = ""
    for _ in range(1 + repeat):
        if cuda:
            torch.cuda.reset_peak_memory_stats()
        start = time.perf_counter()
        frames = list(generator.generate(told, lambda _: None))
        times.append(time.perf_counter() - start)
        sha = hashlib.sha256(b"".join(frame.tobytes() for frame in frames)).hexdigest()
    peak = torch.cuda.max_memory_allocated() if cuda else 0
    return Cost(times[0], min(times[1:], default=times[0]), peak, sha)


SETTINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("as it is (baseline)", {}),
    ("first-block cache", {"cache": {"kind": "first-block", "threshold": 0.05}}),
    ("tiles", {"tiling": "on"}),
    ("model offload", {"memory": "model-offload"}),
    ("group offload", {"memory": "group-offload"}),
    ("compiled", {"compile": True}),
    ("without references and guide", {"guide": "none", "references": 0}),
)
_ON_A_PROCESSOR = ("as it is (baseline)", "first-block cache", "tiles", "without references and guide")


def settings_table(model: Path, size: Size, repeat: int, *, tiny: bool) -> str:
    """Print what each setting changes; returns the hash of the baseline's frames."""
    import gc

    import torch

    print("| setting | first take | take | ratio | a step | peak GB | same pixels |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    base: Cost | None = None
    for name, settings in SETTINGS:
        if tiny and name not in _ON_A_PROCESSOR:
            continue
        generator = generator_of(model, size, **settings)
        told = request_of(size, model.parent)
        if settings.get("references") == 0:
            told = told.model_copy(update={"references": ()})
        cost = cost_of(generator, told, repeat)
        base = base or cost
        same = "yes" if cost.frames == base.frames else "no"
        ratio, step = cost.take / base.take, cost.take / size.steps
        row = f"{cost.first:.1f} s | {cost.take:.2f} s | {ratio:.2f} | {step:.2f} s | {cost.peak / 1e9:.1f} | {same} |"
        print(f"| {name} | {row}", flush=True)
        del generator
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
    assert base is not None
    return base.frames


def same_in_another_process(model: Path, size: Size, expected: str) -> bool:
    """Whether a process of its own makes the same bytes from the same seed."""
    code = (
        "import sys; from pathlib import Path; sys.path[:0] = sys.argv[1:3]; import gpu\n"
        "size = next(one for one in (gpu.REAL, gpu.QUICK, gpu.SMALL) if repr(one) == sys.argv[4])\n"
        "model = Path(sys.argv[3])\n"
        "print(gpu.cost_of(gpu.generator_of(model, size), gpu.request_of(size, model.parent), 0).frames)"
    )
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, str(here), str(here.parent), str(model), repr(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1] == expected


class Busy:
    """How busy the GPU is: NVIDIA's own share of time in which a kernel ran, read five times a second."""

    def __init__(self) -> None:
        self.shares: list[tuple[float, int]] = []
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        if (tool := shutil.which("nvidia-smi")) is not None:
            query = [tool, "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits", "-lms", "200", "-i", "0"]
            self._process = subprocess.Popen(query, stdout=subprocess.PIPE, text=True)
            threading.Thread(target=self._read, args=(self._process,), daemon=True).start()
        return self

    def _read(self, process: "subprocess.Popen[str]") -> None:
        for line in process.stdout or ():
            if line.strip().isdigit():
                self.shares.append((time.perf_counter(), int(line)))

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def share(self, since: float = 0.0) -> float | None:
        """The mean share from a moment on, 0 to 1."""
        found = [share for moment, share in self.shares if moment >= since]
        return sum(found) / len(found) / 100 if found else None


def film_of(folder: Path, model: Path, size: Size, takes: int) -> Path:
    """A film of so many shots, one take each."""
    seconds = max(1, (size.frames - 8) // 16)
    shots = "\n".join(
        SHOT.format(size="medium shot", move=MOVES[index % len(MOVES)], seconds=seconds) for index in range(takes)
    )
    (folder / "script.fountain").write_text(SCRIPT.format(shots=shots), encoding="utf-8")
    settings = {
        "name": "wan-vace",
        "model": model.name,
        "steps": size.steps,
        "max_frames": size.frames,
        **size.settings,
    }
    film = {
        "screenplay": "script.fountain",
        "format": {"width": size.width, "height": size.height, "rate": 16},
        "generator": settings | size.settings,
        "budget": {"takes": 1},
    }
    path = folder / "film.yaml"
    path.write_text(json.dumps(film), encoding="utf-8")
    return path


def shot_film(folder: Path, model: Path, size: Size, takes: int) -> None:
    """Print how busy the GPU is over a film, from its first step on."""
    film = film_of(folder, model, size, takes)
    start = time.perf_counter()
    with Busy() as busy:
        command = [*common.DIRECT, str(film), "--json", "--workers", "1"]
        told = os.environ | {"SHOTGRAPH_MODELS": str(model.parent)}
        done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    report = json.loads(done.stdout)
    whole = busy.share()
    first = next((moment for moment, share in busy.shares if share > 0), start)
    later = busy.share(first)
    print(
        f"A film of {takes} takes: {report['made']} made in {took:.1f} s, {took / takes:.1f} s a take, judged and cut."
    )
    if whole is None or later is None:
        print("How busy the GPU is is not known: nvidia-smi is not here.")
    else:
        print(f"GPU busy {later:.0%} from its first kernel on (aim 95 %), {whole:.0%} with loading and the cut.")


def main() -> None:
    """Print what a take costs; where there is no GPU, say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a folder that the random model is kept in")
    parser.add_argument("--quick", action="store_true", help="eight steps, each setting once")
    parser.add_argument("--tiny", action="store_true", help="the tiny model on the processor")
    told = parser.parse_args()
    import torch

    if not torch.cuda.is_available() and not told.tiny:
        print("There is no NVIDIA GPU here that torch can use: nothing is measured.")
        return
    size = SMALL if told.tiny else QUICK if told.quick else REAL
    if told.tiny:
        torch.set_num_threads(1)
    common.heading("torch", "diffusers", "transformers")
    print(f"GPU: {torch.cuda.get_device_name(0) if torch.cuda.is_available() else 'none'}. Random weights.")
    print(f"{size.width}×{size.height}, {size.frames} frames, {size.steps} steps, two references, depth as guide.\n")
    with tempfile.TemporaryDirectory(prefix="shotgraph-gpu-") as room:
        model = _model(told, Path(room))
        sha = settings_table(model, size, 1 if told.quick or told.tiny else 2, tiny=told.tiny)
        same = same_in_another_process(model, size, sha)
        print(f"\nThe same seed in another process: {'the same bytes' if same else 'OTHER BYTES'}.")
        (Path(room) / "film").mkdir()
        shot_film(Path(room) / "film", model, size, 8)


def _model(told: argparse.Namespace, room: Path) -> Path:
    if told.tiny:
        shutil.copytree(TINY, room / "model")
        return room / "model"
    folder = (told.model or room / "model").absolute()
    if not (folder / "model_index.json").is_file():
        _timed("making the random model", lambda: make_model(folder))
    return folder


def _timed(what: str, work: Callable[[], None]) -> None:
    start = time.perf_counter()
    work()
    print(f"{what}: {time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
