"""Small requests, and generators that wait for milliseconds."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from characters.seen import Reference
from render.generators.base import Generator
from render.generators.registry import open_generator
from render.request import Request
from tests.rehearsed import camera, person, request

QUICK = {
    "connect": 2,
    "answer": 2,
    "poll": 0.01,
    "poll_longest": 0.02,
    "tries": 4,
    "backoff": 0.01,
    "backoff_longest": 0.05,
    "settle": 0.05,
    "job": 20,
    "whole": 40,
}
SIZE, FRAMES = (64, 48), 6


def videos_api(url: str, folder: Path | None, **settings: Any) -> Generator:
    """The generator of a server, with little patience."""
    wait = {**QUICK, **settings.pop("wait", {})}
    return open_generator("videos-api", {"url": url, "wait": wait, **settings}, folder)


def comfyui(url: str, folder: Path | None, **settings: Any) -> Generator:
    """The generator of a ComfyUI, with little patience."""
    wait = {**QUICK, **settings.pop("wait", {})}
    given = {"url": url, "workflow": "workflow.json", "wait": wait, **settings}
    return open_generator("comfyui", given, folder)


def wanted(**update: Any) -> Request:
    """A request for a short clip of somebody in a room."""
    asked = request(camera(), (person("MARA"),), pixels=SIZE, frames=FRAMES, rate=12, seed=11)
    return asked.model_copy(update={"prompt": "a keeper in a room", "negative": "blurred", **update})


def made(generator: Generator, asked: Request, progress: Callable[[int], None] = lambda _: None) -> np.ndarray:
    """The take of a request, uint8[T, H, W, 3]."""
    return np.stack(list(generator.generate(asked, progress)))


def picture(path: Path, colour: tuple[int, int, int] = (200, 180, 40)) -> Path:
    """A small picture file."""
    Image.new("RGB", SIZE, colour).save(path)
    return path


def reference(path: Path) -> Reference:
    """A reference that stands in a file."""
    return Reference(path=path, of="MARA", sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def notes(folder: Path) -> dict[str, str]:
    """The job notes of a film: state by digest."""
    from render.generators.servers.notes import JobNote

    found = [JobNote.model_validate_json(path.read_bytes()) for path in (folder / ".shotgraph/jobs").glob("*.json")]
    return {note.digest: note.state for note in found}
