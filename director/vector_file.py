"""Vectors on disk: what everybody in a take looks like, in a file of the cache."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np


def save_vectors(path: Path, vectors: Mapping[str, np.ndarray]) -> None:
    """Write name → float32[D]; half the digits are kept. Raises DiskError."""
    from render.media import write_bytes

    out = BytesIO()
    names = np.frombuffer(json.dumps(list(vectors)).encode(), np.uint8)
    rows = {f"v{index}": vector.astype(np.float16) for index, vector in enumerate(vectors.values())}
    np.savez_compressed(out, allow_pickle=False, names=names, **rows)
    write_bytes(path, out.getvalue())


def rounded(vectors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """As they will be read back."""
    return {name: vector.astype(np.float16).astype(np.float32) for name, vector in vectors.items()}


def load_vectors(path: Path) -> dict[str, np.ndarray] | None:
    """What ``save_vectors`` wrote, or None where there is no such file or it is damaged."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as kept:
            names = json.loads(kept["names"].tobytes())
            return {name: kept[f"v{index}"].astype(np.float32) for index, name in enumerate(names)}
    except (OSError, ValueError, KeyError, BadZipFile):
        return None
