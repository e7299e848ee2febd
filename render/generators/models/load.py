"""Opening a pipeline: from safetensors on this machine, without code of its own, the same bytes every time."""

import contextlib
import importlib.util
import threading
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from storyboard.errors import GeneratorError, InputError, MissingInstall, Problem

_NEEDED = ("diffusers", "accelerate", "ftfy")


def need_diffusers(name: str) -> None:
    """Raise MissingInstall, with the install line, where the packages of the family are not there."""
    missing = [package for package in _NEEDED if not is_there(package)]
    if missing:
        what = f"the generator {name} needs {' and '.join(missing)}, which this machine lacks."
        raise MissingInstall(Problem(what=what, todo='Install it: pip install "shotgraph[gpu]"'))


def is_there(package: str) -> bool:
    """Whether a package is installed; it is not imported."""
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def load_pipeline(name: str, kind: str, folder: Path, dtype: str, precise: Iterable[str] = ()) -> Any:
    """The pipeline in ``folder`` as the diffusers class ``kind``, on the CPU; parts that are ``precise`` in float32.

    Raises InputError for weights that cannot be loaded.
    """
    import diffusers
    import torch
    from tqdm import tqdm

    tqdm.set_lock(threading.RLock())  # its own is the system's, and left behind by a worker that is ended
    with quiet(), failing(name, folder), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # files that are read whole are left to the collector
        # Memory-mapped weights give sums that differ in the last bit from run to run.
        return getattr(diffusers, kind).from_pretrained(
            folder,
            dtype={"default": getattr(torch, dtype)} | dict.fromkeys(precise, torch.float32),
            local_files_only=True,
            use_safetensors=True,
            trust_remote_code=False,
            disable_mmap=True,
        )


@contextlib.contextmanager
def failing(name: str, folder: Path) -> Iterator[None]:
    """Say in words why a pipeline cannot be loaded."""
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, SafetensorError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        what = f"{name}: the model in {folder} cannot be loaded ({reason})."
        raise InputError(Problem(what=what, todo="Fetch it again, or name the generator that goes with it.")) from error


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' bars and advice off a person's screen."""
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    logs = (diffusers_logging, transformers_logging)
    levels = [log.get_verbosity() for log in logs]
    for log in logs:
        log.set_verbosity_error()
        log.disable_progress_bar()
    try:
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.set_verbosity(level)


def device_for(wanted: str) -> str:
    """The device to run on; ``auto`` takes a GPU where there is one. Raises GeneratorError for one that is lacking."""
    import torch

    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if wanted == "auto":
        return next(device for device in ("cuda", "mps", "cpu") if there[device])
    if not there[wanted]:
        raise GeneratorError(f"the model is set to run on {wanted}, which this machine lacks. Write device: auto.")
    return wanted
