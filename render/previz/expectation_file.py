"""Expectations on disk: an npz that may be deleted at any time, and is never trusted further than it reads."""

import contextlib
import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from characters.seen import Seen
from render.previz.expectation import Expectation, Look, Other

_LAYERS = ("rgb", "depth", "ids", "parts")


def save_expectation(path: Path, made: Expectation) -> None:
    """Keep an expectation. That it cannot be kept costs time and nothing else."""
    arrays = {"extrinsics": made.extrinsics, "focal": made.focal, "facing": made.facing}
    arrays["size"] = np.array((made.width, made.height, made.frames))
    arrays |= _packed("looks", made.looks)
    for index, other in enumerate(made.others):
        arrays |= _packed(f"other{index}", other.looks)
        arrays[f"other{index}.of"] = np.array([other.seen.kind.value, other.seen.name, _state(other.seen)])
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
        Path(part).replace(path)


def load_expectation(
    path: Path, seen: tuple[Seen, ...], place: Seen, alternatives: tuple[Seen, ...]
) -> Expectation | None:
    """The expectation kept at ``path``, or None where there is none or it does not read."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            width, height, frames = (int(each) for each in kept["size"])
            others: list[Other] = []
            index = 0
            while f"other{index}.of" in kept:
                kind, name, state = (str(each) for each in kept[f"other{index}.of"])
                whom = [
                    each for each in alternatives if (each.kind.value, each.name, _state(each)) == (kind, name, state)
                ]
                others.append(Other(whom[0], _unpacked(kept, f"other{index}")))
                index += 1
            return Expectation(
                width, height, frames, _unpacked(kept, "looks"), kept["extrinsics"], kept["focal"], kept["facing"],
                seen, place, tuple(others),
            )  # fmt: skip
    except (OSError, KeyError, ValueError, IndexError, zipfile.BadZipFile):
        return None


def _state(seen: Seen) -> str:
    return seen.look or seen.state or ""


def _packed(name: str, looks: tuple[Look, ...]) -> dict[str, np.ndarray]:
    packed = {f"{name}.{layer}": np.stack([getattr(look, layer) for look in looks]) for layer in _LAYERS}
    packed[f"{name}.frame"] = np.array([look.frame for look in looks])
    return packed


def _unpacked(kept: "np.lib.npyio.NpzFile", name: str) -> tuple[Look, ...]:
    layers = [kept[f"{name}.{layer}"] for layer in _LAYERS]
    return tuple(Look(int(frame), *each) for frame, *each in zip(kept[f"{name}.frame"], *layers, strict=True))
