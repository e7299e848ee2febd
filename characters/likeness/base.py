"""The family of embedders: one file each, one protocol. Crops in, unit vectors out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

LEAST = 12  # pixels on the short side: in less than that nobody is recognised


@dataclass(frozen=True, eq=False)
class Crop:
    """A piece of a picture that shows one subject.

    ``pixels``: uint8[H, W, 3], sRGB. ``mask``: bool or float[H, W] from 0 to 1, 1 where the subject is; None where
    nobody knows, and an embedder that needs one finds its own. Raises ValueError for other shapes and types.
    """

    pixels: np.ndarray
    mask: np.ndarray | None = None

    def __post_init__(self) -> None:
        if self.pixels.dtype != np.uint8 or self.pixels.ndim != 3 or self.pixels.shape[2] != 3:
            raise ValueError(f"a crop is uint8[H, W, 3], not {self.pixels.dtype}{list(self.pixels.shape)}")
        if self.mask is not None and self.mask.shape != self.pixels.shape[:2]:
            raise ValueError(f"the mask is {self.mask.shape}, the crop {self.pixels.shape[:2]}")

    @property
    def readable(self) -> bool:
        """Whether there is enough of a subject to recognise anybody by."""
        if min(self.pixels.shape[:2]) < LEAST:
            return False
        return self.mask is None or float(self.mask.sum()) >= LEAST * LEAST


@runtime_checkable
class Embedder(Protocol):
    """Turns crops into unit vectors whose dot product says how alike two crops are.

    ``name``, ``revision`` (of the weights) and ``version`` (of this code) stand in the key of every verdict that
    leans on the vectors; one of them changes whenever the same crop could give another vector.
    """

    name: str
    version: str

    @property
    def revision(self) -> str: ...

    def embed(self, crops: Sequence[Crop]) -> np.ndarray:
        """float32[N, D], rows of length 1, in the order of the crops.

        A row of NaN where a crop does not show what the embedder looks at (too small; no face): that likeness is
        not applicable, and must not be read as unlike. Raises MachineError when the model fails.
        """
        ...


@runtime_checkable
class TextEmbedder(Embedder, Protocol):
    """An embedder that puts words into the same space as pictures."""

    def embed_text(self, texts: Sequence[str]) -> np.ndarray:
        """float32[N, D], rows of length 1. Ask for what can be seen: such models do not understand “no”."""
        ...


def unit(vector: np.ndarray) -> np.ndarray:
    """``vector`` flattened and scaled to length 1; zeros stay zeros. float32[D]."""
    flat = np.asarray(vector, np.float32).ravel()
    length = float(np.linalg.norm(flat))
    return flat / length if length > 0 else flat


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """float[N, D] → float32[N, D] with rows of length 1."""
    rows = np.asarray(rows, np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def applicable(vectors: np.ndarray) -> np.ndarray:
    """bool[N]: which rows say anything."""
    return np.asarray(~np.isnan(vectors).any(axis=1))


def blank(count: int, size: int) -> np.ndarray:
    """float32[N, D] of NaN, for the rows that have nothing to say."""
    return np.full((count, size), np.nan, np.float32)
