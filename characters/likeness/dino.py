"""`dino`: likeness by DINOv2, which sees what a thing is and looks like, and knows no words."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from characters.likeness.base import Crop, blank, unit_rows
from characters.likeness.pretrained import (
    PretrainedSettings,
    check_complete,
    check_kind,
    device_for,
    loading,
    running,
    squared,
)
from characters.likeness.weights import Weights, find_weights


class Dino:
    """DINOv2 (Oquab et al. 2023) through transformers: its normalised class token.

    Raises InputError or MissingInstall when made, if the weights are not there; they are loaded at the first crop.
    """

    name = "dino"
    version = "1"

    def __init__(self, settings: PretrainedSettings, film: Path) -> None:
        self._settings = settings
        self._weights: Weights = find_weights(self.name, settings.model, settings.revision, film)
        check_kind(self.name, self._weights.folder, ("dinov2", "dinov2_with_registers"))

    @property
    def revision(self) -> str:
        return f"{self._weights.revision} {self._settings.background}"

    @cached_property
    def _loaded(self) -> tuple[Any, Any, str]:
        from transformers import AutoImageProcessor, AutoModel

        folder, device = self._weights.folder, device_for(self._settings.device)
        with loading(self.name, folder):
            processor = AutoImageProcessor.from_pretrained(folder, local_files_only=True)
            model = AutoModel.from_pretrained(folder, local_files_only=True, use_safetensors=True)
            check_complete(model, folder)
            return processor, model.eval().to(device), device

    def embed(self, crops: Sequence[Crop]) -> np.ndarray:
        """float32[N, D], rows of length 1; NaN where a crop is too small. Raises InputError or MachineError."""
        import torch

        processor, model, device = self._loaded
        vectors = blank(len(crops), model.config.hidden_size)
        rows = [row for row, crop in enumerate(crops) if crop.readable]
        for start in range(0, len(rows), self._settings.batch):
            some = rows[start : start + self._settings.batch]
            images = [squared(crops[row], self._settings.background) for row in some]
            with running(self.name), torch.inference_mode():
                inputs = processor(images=images, return_tensors="pt").to(device)
                vectors[some] = unit_rows(model(**inputs).pooler_output.float().cpu().numpy())
        return vectors
