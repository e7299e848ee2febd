"""How a model's weights come to the GPU: all at once, part by part, or block by block.

The mode changes how long a take lasts and how much memory it needs, and no pixel of it: it is chosen by what is free,
and where memory runs out the next mode is taken and the take made again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MODES = ("resident", "model-offload", "group-offload")
"""From the fastest to the one that needs least memory."""

_HEADROOM = 0.9  # of the free memory; the rest is the allocator's
_WORKING = 24  # bytes of working memory for a pixel of a latent video, times its channels; measured on Wan VACE


@dataclass(frozen=True)
class Need:
    """Bytes that a pipeline needs on a device, by mode."""

    resident: int
    offloaded: int  # with one part at a time
    grouped: int  # with one block at a time

    @classmethod
    def of(cls, weights: Mapping[str, int], working: int, blocks: int = 30) -> "Need":
        """``weights`` are bytes by part, ``working`` bytes that a take needs beside them."""
        largest = max(weights.values(), default=0)
        return cls(sum(weights.values()) + working, largest + working, largest // max(blocks, 1) * 2 + working)

    def mode(self, free: int) -> str | None:
        """The fastest mode that fits into so many free bytes; None where none does."""
        room = free * _HEADROOM
        for mode, needed in zip(MODES, (self.resident, self.offloaded, self.grouped), strict=True):
            if needed <= room:
                return mode
        return None


def working_bytes(width: int, height: int, frames: int) -> int:
    """Bytes that a take of this size is likely to need beside the weights: attention, conditions and decoding.

    A rule of thumb: 24 bytes for each of 16 channels of a latent pixel and frame of the picture.
    """
    return _WORKING * 16 * width * height * frames // 8


def next_mode(mode: str) -> str | None:
    """The mode that needs less memory, or None where there is none."""
    place = MODES.index(mode)
    return MODES[place + 1] if place + 1 < len(MODES) else None


def put(pipeline: Any, mode: str, device: str) -> None:
    """Bring a loaded pipeline to a device in a mode."""
    import torch

    if mode == "resident":
        pipeline.to(device)
    elif mode == "model-offload":
        pipeline.enable_model_cpu_offload(device=device)
    else:
        pipeline.enable_group_offload(
            onload_device=torch.device(device),
            offload_device=torch.device("cpu"),
            offload_type="leaf_level",
            use_stream=device.startswith("cuda"),
        )


def free_bytes(device: str) -> int | None:
    """Free memory of a GPU, or None where nobody counts it."""
    import torch

    return torch.cuda.mem_get_info(device)[0] if device.startswith("cuda") else None


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a model failed for want of memory."""
    import torch

    if isinstance(error, torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and "out of memory" in str(error).lower()


def empty_cache() -> None:
    """Give back the memory of a GPU that torch holds and does not use."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()
