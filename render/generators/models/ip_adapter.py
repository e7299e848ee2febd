"""An IP-Adapter: what lets SDXL see reference images, from safetensors on this machine."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from characters.likeness.weights import Weights, local_folder, models_home
from render.generators.models.load import failing, quiet
from render.generators.models.weights import content_revision, find_file
from storyboard.errors import InputError, Problem


@dataclass(frozen=True)
class Adapter:
    """The adapter's file, and the folder of the image encoder that it sees with."""

    file: Weights
    encoder: Weights

    @property
    def revision(self) -> str:
        return f"{self.file.revision} {self.encoder.revision}"


def find_adapter(name: str, adapter: str, encoder: str | None, film: Path | None) -> Adapter:
    """The adapter that film.yaml names. Raises InputError for what is no safetensors."""
    file = find_file(f"{name}: adapter", adapter, None, None, film)
    folder = file.folder.parent / "image_encoder" if encoder is None else local_folder(encoder, film or models_home())
    if folder is None or not (folder / "config.json").is_file() or not any(folder.glob("*.safetensors")):
        what = f"{name}: {folder or encoder} is no image encoder: a folder with config.json and *.safetensors."
        raise InputError(Problem(what=what, todo="Put it beside the adapter as image_encoder, or name it so."))
    return Adapter(file, Weights(folder, content_revision(folder)))


def add_adapter(name: str, pipeline: Any, adapter: Adapter) -> None:
    """Lay the adapter over a pipeline of SDXL that was just loaded. Raises InputError for one that does not fit."""
    from safetensors.torch import load
    from transformers import CLIPImageProcessorPil, CLIPVisionModelWithProjection

    parts: dict[str, dict[str, Any]] = {"image_proj": {}, "ip_adapter": {}}
    with quiet(), failing(name, adapter.file.folder):
        for key, weight in load(adapter.file.folder.read_bytes()).items():
            part, _, own = key.partition(".")
            if part in parts:
                parts[part][own] = weight
        encoder = CLIPVisionModelWithProjection.from_pretrained(
            adapter.encoder.folder, dtype=pipeline.dtype, local_files_only=True, use_safetensors=True
        )
        side: Any = encoder.config.image_size
        seer = CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
        pipeline.register_modules(image_encoder=encoder, feature_extractor=seer)
        pipeline.load_ip_adapter(parts, subfolder="", weight_name=adapter.file.folder.name, image_encoder_folder=None)
