"""Embedders that put pictures and words into one space, through sentence-transformers."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

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


class Worded:
    """What `clip` and `siglip` share.

    Raises InputError or MissingInstall when made, if the weights are not there; they are loaded at the first crop.
    """

    name: str
    version = "1"
    kinds: ClassVar[tuple[str, ...]]
    text: ClassVar[dict[str, Any]]  # how its tokenizer must be called

    def __init__(self, settings: PretrainedSettings, film: Path) -> None:
        self._settings = settings
        self._weights: Weights = find_weights(self.name, settings.model, settings.revision, film)
        check_kind(self.name, self._weights.folder, self.kinds)

    @property
    def revision(self) -> str:
        return f"{self._weights.revision} {self._settings.background}"

    @cached_property
    def _model(self) -> Any:
        folder, device = self._weights.folder, device_for(self._settings.device)
        with loading(self.name, folder):
            from sentence_transformers import SentenceTransformer
            from sentence_transformers.base.modules import Transformer

            local: dict[str, Any] = {"local_files_only": True}
            module = Transformer(
                str(folder),
                model_kwargs={**local, "use_safetensors": True},
                processor_kwargs=local,
                config_kwargs=local,
                processing_kwargs={"text": self.text},  # type: ignore[arg-type]
            )
            check_complete(module, folder)
            return SentenceTransformer(modules=[module], device=device).eval()

    def embed(self, crops: Sequence[Crop]) -> np.ndarray:
        """float32[N, D], rows of length 1; NaN where a crop is too small. Raises InputError or MachineError."""
        rows = [row for row, crop in enumerate(crops) if crop.readable]
        found = self._encode([squared(crops[row], self._settings.background) for row in rows])
        vectors = blank(len(crops), found.shape[1] if rows else 1)
        vectors[rows] = found
        return vectors

    def embed_text(self, texts: Sequence[str]) -> np.ndarray:
        """float32[N, D], rows of length 1. Raises InputError or MachineError.

        Such models are near chance on negation: compare affirmative pairs, “a balloon with a face drawn on it”
        against “a plain balloon”.
        """
        return self._encode(list(texts))

    def _encode(self, inputs: list[Any]) -> np.ndarray:
        model = self._model
        if not inputs:
            return np.zeros((0, 1), np.float32)
        with running(self.name):
            found = model.encode(inputs, batch_size=self._settings.batch, show_progress_bar=False)
        return unit_rows(np.asarray(found))
