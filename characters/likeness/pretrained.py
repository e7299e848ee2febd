"""What the embedders with learned weights share: settings, device, and how a crop is laid before a model."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from characters.likeness.base import Crop
from storyboard.errors import InputError, MachineError, Problem
from storyboard.frozen import Frozen

GREY = 128  # what surrounds a crop: nobody's colour


class PretrainedSettings(Frozen):
    """How an embedder with learned weights is set in film.yaml."""

    model: Annotated[str, Field(min_length=1)]  # a folder, or a model of the hub: facebook/dinov2-small
    revision: str | None = None  # the commit, 40 digits, of a model of the hub
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    batch: Annotated[int, Field(ge=1, le=1024)] = 16
    background: Literal["keep", "grey"] = "grey"  # grey where a crop's mask says that it is not the subject


def device_for(wanted: str) -> str:
    """The device to run on; ``auto`` takes a GPU where there is one. Raises InputError for one that is not there."""
    import torch

    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wanted == "auto":
        return next(device for device in ("cuda", "mps", "cpu") if there[device])
    if not there[wanted]:
        todo = "Write `device: auto`, which takes a GPU where there is one."
        raise InputError(Problem(what=f"a model is set to run on {wanted}, which this machine lacks.", todo=todo))
    return wanted


def check_kind(name: str, folder: Path, kinds: tuple[str, ...]) -> None:
    """Raise InputError unless the model in ``folder`` says that it is of one of ``kinds``."""
    try:
        kind = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type")
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(Problem(what=f"`{name}`: {folder / 'config.json'} cannot be read ({error}).")) from None
    if kind not in kinds:
        todo = "Name a model of that kind, or set the embedder that goes with it."
        raise InputError(Problem(what=f"`{name}` takes a model of the kind {kinds[0]}, not {kind}.", todo=todo))


@contextlib.contextmanager
def loading(name: str, folder: Path) -> Iterator[None]:
    """Load a model quietly. Raises InputError, in words, for weights that cannot be loaded."""
    from safetensors import SafetensorError
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    except (OSError, ValueError, RuntimeError, KeyError, TypeError, SafetensorError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        what = f"`{name}`: the model in {folder} cannot be loaded ({reason})."
        raise InputError(Problem(what=what, todo="Fetch it again.")) from error
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def check_complete(model: Any, folder: Path) -> None:
    """Raise ValueError where the files hold fewer numbers than the model: the libraries would fill in random ones."""
    from safetensors import safe_open

    stored = 0
    for path in folder.glob("*.safetensors"):
        with safe_open(path, framework="numpy") as file:
            stored += sum(int(np.prod(file.get_slice(key).get_shape())) for key in file.keys())  # noqa: SIM118
    needed = sum(parameter.numel() for parameter in model.parameters())
    if stored < needed:
        raise ValueError(f"its files hold {stored:,} of {needed:,} weights")


@contextlib.contextmanager
def running(name: str) -> Iterator[None]:
    """Run a model. Raises MachineError, in words, when it fails: out of memory, most likely."""
    try:
        yield
    except RuntimeError as error:  # torch's own errors, out of memory among them
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        advice = " A smaller `batch:` takes less." if "memory" in reason else ""
        raise MachineError(f"`{name}` failed: {reason}.{advice}") from error


def squared(crop: Crop, background: str) -> Any:
    """The crop as a square PIL image with the subject whole: models cut a square out of the middle.

    The rim is grey; with ``grey`` so is what the crop's mask leaves out.
    """
    from PIL import Image

    pixels = crop.pixels
    if crop.mask is not None and background == "grey":
        mask = np.asarray(crop.mask, np.float32)[..., None]
        pixels = np.round(pixels * mask + GREY * (1 - mask)).astype(np.uint8)
    height, width = pixels.shape[:2]
    side = max(height, width)
    square = np.full((side, side, 3), GREY, np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = pixels
    return Image.fromarray(square)
