"""Open-vocabulary detectors: where in a frame something is that words describe."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, JsonValue

from characters.likeness.crops import Box
from characters.likeness.pretrained import check_complete, check_kind, device_for, loading, running
from characters.likeness.registry import read_settings
from characters.likeness.weights import Weights, find_weights
from storyboard.errors import InputError, Problem
from storyboard.frozen import Frozen
from storyboard.yaml_file import did_you_mean

KINDS = {"owl": ("owlv2",), "grounding-dino": ("grounding-dino", "mm-grounding-dino")}


class DetectorSettings(Frozen):
    """How a detector is set in film.yaml."""

    model: Annotated[str, Field(min_length=1)]  # a folder, or a model of the hub
    revision: str | None = None  # the commit, 40 digits, of a model of the hub
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    sure: Annotated[float, Field(ge=0, lt=1)] = 0.2  # score from which a find counts


@dataclass(frozen=True)
class Detection:
    """One thing that was found: what was asked for, where, and how sure the detector is (0 … 1)."""

    text: str
    box: Box
    score: float


class Detector:
    """OWLv2 (Minderer et al. 2023) or Grounding DINO (Liu et al. 2023), through transformers.

    Raises InputError or MissingInstall when made, if the weights are not there; they are loaded at the first frame.
    """

    version = "1"

    def __init__(self, name: str, settings: DetectorSettings, film: Path) -> None:
        self.name = name
        self._settings = settings
        self._weights: Weights = find_weights(name, settings.model, settings.revision, film)
        check_kind(name, self._weights.folder, KINDS[name])

    @property
    def revision(self) -> str:
        return f"{self._weights.revision} {self._settings.sure}"

    @cached_property
    def _loaded(self) -> tuple[Any, Any, str]:
        from transformers import AutoModelForZeroShotObjectDetection, AutoProcessor

        folder, device = self._weights.folder, device_for(self._settings.device)
        with loading(self.name, folder):
            processor = AutoProcessor.from_pretrained(folder, local_files_only=True)
            found = AutoModelForZeroShotObjectDetection.from_pretrained(
                folder, local_files_only=True, use_safetensors=True
            )
            check_complete(found, folder)
            return processor, found.eval().to(device), device

    def find(self, frame: np.ndarray, texts: Sequence[str]) -> list[Detection]:
        """Everything in ``frame`` (uint8[H, W, 3]) that one of ``texts`` describes, surest first.

        One text is asked for at a time, so that a find is never credited to two of them at once. Raises InputError
        or MachineError.
        """
        import torch
        from PIL import Image

        processor, model, device = self._loaded
        image, size = Image.fromarray(frame), [frame.shape[:2]]
        found: list[Detection] = []
        for text in texts:
            asked = text.lower().rstrip(".") + "." if self.name == "grounding-dino" else text
            with running(self.name), torch.inference_mode():
                inputs = processor(text=[[asked]] if self.name == "owl" else asked, images=image, return_tensors="pt")
                outputs = model(**inputs.to(device))
                read = processor.post_process_grounded_object_detection
                if self.name == "owl":
                    told = read(outputs, threshold=self._settings.sure, target_sizes=size)[0]
                else:
                    told = read(outputs, inputs["input_ids"], self._settings.sure, target_sizes=size)[0]
            for score, corners in zip(told["scores"].tolist(), told["boxes"].tolist(), strict=True):
                box = _box(corners, frame)
                if min(box[2:]) > 0:  # OWLv2 squares a frame, and may find something in the rim
                    found.append(Detection(text, box, score))
        return sorted(found, key=lambda one: -one.score)


def _box(corners: list[float], frame: np.ndarray) -> Box:
    """Corners x0, y0, x1, y1 → a box within the frame."""
    left, right = (min(max(0, round(value)), frame.shape[1]) for value in corners[0::2])
    top, bottom = (min(max(0, round(value)), frame.shape[0]) for value in corners[1::2])
    return left, top, right - left, bottom - top


def open_detector(name: str, settings: dict[str, JsonValue], film: Path) -> Detector:
    """The detector called ``name``. Raises InputError or MissingInstall, as for an embedder."""
    if name not in KINDS:
        raise InputError(Problem(what=f"there is no detector “{name}”.", todo=did_you_mean(name, list(KINDS))))
    return Detector(name, read_settings(name, DetectorSettings, settings), film)
