"""Reference images as vectors, read once in a process."""

import functools
from typing import TYPE_CHECKING

import numpy as np

from characters.seen import Reference
from director.checks.eyes import Eye

if TYPE_CHECKING:
    from characters.likeness.base import Crop


def reference_vectors(references: tuple[Reference, ...], eye: Eye) -> np.ndarray:
    """float32[N, D], one row for each reference image; a picture that does not read has none."""
    rows = [row for each in references if (row := _vector(str(each.path), each.sha256, eye)) is not None]
    return np.stack(rows) if rows else np.empty((0, 0), np.float32)


@functools.lru_cache(maxsize=512)
def _vector(path: str, sha256: str, eye: Eye) -> np.ndarray | None:
    """The vector of an image; ``sha256`` stands for its bytes, so that a picture that changed is read anew."""
    _ = sha256
    crop = picture_of(path)
    if crop is None:
        return None
    vector = eye.open().embed([crop])[0]
    return None if np.isnan(vector).any() else vector


def picture_of(path: str) -> "Crop | None":
    """A reference image as a crop; None for one that does not read."""
    from PIL import Image

    from characters.likeness.base import Crop

    try:
        with Image.open(path) as image:
            return Crop(np.ascontiguousarray(np.asarray(image.convert("RGB"))))
    except (OSError, ValueError):
        return None
