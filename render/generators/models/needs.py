"""What a film's model needs of a machine, said before anything is downloaded or loaded."""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from characters.likeness.weights import COMMIT, HUB_ID, Weights
from render.generators.models.hub import Offer, fetch, offered
from render.generators.models.ip_adapter import find_adapter
from render.generators.models.loras import find_loras
from render.generators.models.memory import MODES, Need, working_bytes
from render.generators.models.settings import LoraSettings, listed_loras
from render.generators.models.weights import find_pipeline, weight_bytes
from storyboard.errors import InputError, MachineError, MissingInstall

PACKAGES = ("diffusers", "accelerate", "ftfy", "peft")


class Part(NamedTuple):
    """One thing that a film needs: its name, whether it is there, and what was found, in words."""

    name: str
    ok: bool
    found: str


def needs(
    name: str, params: dict[str, Any], folder: Path | None, clip: tuple[int, int, int], *, download: bool = False
) -> list[Part]:
    """What the generator ``name`` with these settings needs to make a clip of (width, height, frames).

    With ``download``, what is lacking of its models is fetched from the hub first.
    """
    told = [_packages()]
    weights: dict[str, int] = {}
    for part, settings in _models(params):
        row, sizes = _model(name, part, settings, folder, download=download)
        told.append(row)
        weights = weights or sizes
    told += _files(name, params, folder)
    told.append(_memory(weights, clip))
    return told


def _packages() -> Part:
    missing = [package for package in PACKAGES if importlib.util.find_spec(package) is None]
    if missing:
        return Part("model packages", False, f'{", ".join(missing)} not installed: pip install "shotgraph[gpu]"')
    return Part("model packages", True, ", ".join(f"{package} {version(package)}" for package in PACKAGES[:2]))


def _models(params: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The models that the settings name: the video model, and the one that draws keyframes."""
    keyframe = params.get("keyframe")
    drawn = [("keyframe model", keyframe)] if isinstance(keyframe, dict) and keyframe.get("model") else []
    return [("model", params), *drawn]


def _files(name: str, params: dict[str, Any], folder: Path | None) -> list[Part]:
    """The single files that the settings name: LoRAs, and the adapter of a keyframe's model."""
    told: list[Part] = []
    for index, each in enumerate(listed_loras(params.get("lora", ()))):
        part = "LoRA" if index == 0 else f"LoRA {index + 1}"
        told.append(_file(part, lambda each=each: find_loras(name, (LoraSettings(**each),), folder)[0].file))
    keyframe = params.get("keyframe")
    if isinstance(keyframe, dict) and (adapter := keyframe.get("adapter")):
        encoder = keyframe.get("image_encoder")
        told.append(_file("keyframe adapter", lambda: find_adapter(name, str(adapter), encoder, folder).file))
    return told


def _file(part: str, find: Callable[[], Weights]) -> Part:
    try:
        found = find()
    except (InputError, MissingInstall, ValueError) as error:
        return Part(part, False, str(error))
    return Part(part, True, f"{found.folder.name}: on this machine, {_size(found.folder.stat().st_size)}")


def _model(
    name: str, part: str, settings: dict[str, Any], folder: Path | None, *, download: bool
) -> tuple[Part, dict[str, int]]:
    model, revision = str(settings.get("model", "")), settings.get("revision")
    if not model:
        return Part(part, False, f"the generator {name} names none: model: …"), {}
    try:
        found = find_pipeline(name, model, revision, folder)
    except MissingInstall as error:
        if not HUB_ID.fullmatch(model):
            return Part(part, False, str(error)), {}
    except InputError as error:
        if revision is not None or not HUB_ID.fullmatch(model):
            return Part(part, False, str(error)), {}
    else:
        sizes = weight_bytes(found.folder)
        return Part(part, True, f"{model}: on this machine, {_size(sum(sizes.values()))}"), sizes
    return _missing(name, part, model, str(revision) if revision else None, folder, download=download)


def _missing(
    name: str, part: str, model: str, revision: str | None, folder: Path | None, *, download: bool
) -> tuple[Part, dict[str, int]]:
    try:
        offer = offered(model, revision)
    except MachineError as error:
        return Part(part, False, f"{model} is not on this machine, and {error}"), {}
    if revision is None or not COMMIT.fullmatch(revision):
        words = f"{model} must be pinned to a commit. Today’s is revision: {offer.commit} ({_size(offer.bytes)})"
        return Part(part, False, words), offer.weights
    free = shutil.disk_usage(Path.home()).free
    if download and offer.bytes < free:
        try:
            fetch(offer)
            find_pipeline(name, model, revision, folder)
        except (MachineError, InputError) as error:
            return Part(part, False, str(error)), offer.weights
        return Part(part, True, f"{model}: fetched, {_size(offer.bytes)}"), offer.weights
    return Part(part, False, _to_fetch(offer, free)), offer.weights


def _to_fetch(offer: Offer, free: int) -> str:
    words = f"{offer.model} must be downloaded: {_size(offer.bytes)} in {len(offer.files)} files"
    if offer.bytes >= free:
        return f"{words}, and the disk has {_size(free)} free"
    return f"{words}: direct doctor FILM --download"


def _memory(weights: dict[str, int], clip: tuple[int, int, int]) -> Part:
    width, height, frames = clip
    what = f"{width}×{height}, {frames} frames"
    if not weights:
        return Part("model memory", False, f"for {what}: not known without the model")
    need = Need.of(weights, working_bytes(*clip))
    amounts = zip(MODES, (need.resident, need.offloaded, need.grouped), strict=True)
    asked = ", ".join(f"{mode} {_size(amount)}" for mode, amount in amounts)
    words = f"for {what}: about {asked}"
    free = gpu_memory()
    if free is None:
        return Part("model memory", False, f"{words}; no GPU here: it would run on the processor, very slowly")
    mode = need.mode(free)
    if mode is None:
        return Part("model memory", False, f"{words}; the GPU has {_size(free)}: too small")
    return Part("model memory", True, f"{words}; the GPU has {_size(free)}: {mode}")


def gpu_memory() -> int | None:
    """Bytes of the largest NVIDIA GPU, by its own tool: torch would take seconds to load. None where there is none."""
    if (tool := shutil.which("nvidia-smi")) is None:
        return None
    query = [tool, "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    try:
        told = subprocess.run(query, capture_output=True, text=True, timeout=20, check=True).stdout
        return max(int(line) for line in told.split()) * 2**20
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.1f} MB"
