"""LoRAs: a few weights that change a model, from safetensors on this machine."""

import importlib.util
import warnings
from dataclasses import dataclass
from logging import CRITICAL
from pathlib import Path
from typing import Any

from characters.likeness.weights import Weights
from render.generators.models.load import quiet
from render.generators.models.settings import LoraSettings
from render.generators.models.weights import find_file
from storyboard.errors import InputError, MissingInstall, Problem


@dataclass(frozen=True)
class Lora:
    """A file of weights, and how it is laid over a model."""

    file: Weights
    settings: LoraSettings

    @property
    def made_of(self) -> str:
        """What decides the pixels: the bytes, the strength, where it is laid."""
        return f"lora {self.file.revision} {self.settings.strength} {self.settings.noise}"


def find_loras(name: str, listed: tuple[LoraSettings, ...], film: Path | None) -> list[Lora]:
    """The LoRAs that the generator ``name`` is set to use.

    Raises InputError for what is no safetensors or not pinned; MissingInstall for what this machine lacks.
    """
    if listed and importlib.util.find_spec("peft") is None:
        what = f"{name} is set to use a LoRA, which needs peft, which this machine lacks."
        raise MissingInstall(Problem(what=what, todo='Install it: pip install "shotgraph[gpu]"'))
    return [Lora(find_file(f"{name}: lora", each.model, each.file, each.revision, film), each) for each in listed]


def add_loras(name: str, pipeline: Any, loras: list[Lora]) -> None:
    """Lay them over a pipeline that was just loaded. Raises InputError for one that does not fit."""
    if not loras:
        return
    second = getattr(pipeline, "transformer_2", None) is not None
    names: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # peft's advice on names of parts
        for index, lora in enumerate(loras):
            own = f"lora_{index}"
            wanted = lora.settings.noise
            if wanted == "low" and not second:
                what = f"{name}: the LoRA {lora.file.folder.name} is for low noise, and the model has one transformer."
                raise InputError(Problem(what=what, todo="Leave noise out."))
            if wanted in {"both", "high"}:
                _load(name, pipeline, lora, own, {})
            if wanted in {"both", "low"} and second:
                _load(name, pipeline, lora, own, {"load_into_transformer_2": True})
            names.append(own)
        with quiet():
            pipeline.set_adapters(names, adapter_weights=[lora.settings.strength for lora in loras])


def _load(name: str, pipeline: Any, lora: Lora, own: str, more: dict[str, Any]) -> None:
    from diffusers.utils import logging
    from safetensors import SafetensorError

    file, before = lora.file.folder, _laid(pipeline, own)
    misfit: Exception | None = None
    with quiet():
        logging.set_verbosity(CRITICAL)  # what is wrong with a LoRA is said below
        try:
            pipeline.load_lora_weights(
                str(file.parent),
                weight_name=file.name,
                adapter_name=own,
                local_files_only=True,
                use_safetensors=True,
                low_cpu_mem_usage=False,  # copied, not mapped: the same sums every time
                **more,
            )
        except (OSError, SafetensorError, ValueError, RuntimeError, KeyError, IndexError) as error:
            misfit = error
    if misfit is not None or _laid(pipeline, own) == before:
        what = f"{name}: the LoRA {file.name} cannot be laid over this model."
        raise InputError(Problem(what=what, todo="Name one that was made for it.")) from misfit


def _laid(pipeline: Any, own: str) -> int:
    """How many parts of a pipeline have a LoRA of this name."""
    return sum(own in names for names in pipeline.get_list_adapters().values())
