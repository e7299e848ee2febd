"""Reference images as vectors, read once in a process."""

import functools

import numpy as np

from characters.seen import Reference


def reference_vectors(references: tuple[Reference, ...]) -> np.ndarray:
    """float32[N, D], one row for each reference image; a picture that does not read has none."""
    rows = [row for each in references if (row := _vector(str(each.path), each.sha256)) is not None]
    return np.stack(rows) if rows else np.empty((0, 0), np.float32)


@functools.lru_cache(maxsize=512)
def _vector(path: str, sha256: str) -> np.ndarray | None:
    """The vector of an image; ``sha256`` stands for its bytes, so that a picture that changed is read anew."""
    from PIL import Image

    from characters.likeness.appearance import Appearance
    from characters.likeness.base import Crop

    _ = sha256
    try:
        with Image.open(path) as image:
            pixels = np.ascontiguousarray(np.asarray(image.convert("RGB")))
    except (OSError, ValueError):
        return None
    vector = Appearance().embed([Crop(pixels)])[0]
    return None if np.isnan(vector).any() else vector
