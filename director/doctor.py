"""What this machine has, for making films."""

import importlib.util
import os
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from storyboard.errors import ShotgraphError


def examine(folder: Path | None = None) -> list[dict[str, Any]]:
    """A row a part: its name, whether it is there, and what was found, in words."""
    folder = folder or Path.cwd()
    return [
        _ffmpeg(),
        _package("previz", "embreex", "ray caster of the embedded generator", 'pip install "shotgraph"'),
        _package("voice: espeak", "espeakng-loader", "scratch voices", 'pip install "shotgraph[voice]"'),
        _font(),
        _gpu(),
        _row(
            "cores",
            True,
            f"{len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()}",
        ),
        _disk(folder),
    ]


def examine_film(path: Path, *, download: bool = False) -> list[dict[str, Any]]:
    """A row a part that this film's generator needs. With ``download``, its models are fetched first.

    Raises InputError for a film that cannot be read.
    """
    from director.project import open_project
    from render.generators.registry import needs_of

    project = open_project(path)
    film = project.film
    width, height = film.format.size
    generator = film.generator
    rows = [_row("generator", True, f"{generator.name}, as {project.path.name} says")]
    try:
        told = needs_of(generator.name, generator.params, project.folder, (width, height), download=download)
    except ShotgraphError as error:
        return [_row("generator", False, str(error))]
    return rows + [_row(*part) for part in told]


def _row(part: str, ok: bool, found: str) -> dict[str, Any]:
    return {"part": part, "ok": ok, "found": found}


def _package(part: str, name: str, what: str, install: str) -> dict[str, Any]:
    try:
        return _row(part, True, f"{name} {version(name)}: {what}")
    except PackageNotFoundError:
        return _row(part, False, f"{what}: not installed ({install})")


def _ffmpeg() -> dict[str, Any]:
    from render.media import ffmpeg_version
    from storyboard.errors import MachineError

    try:
        return _row("ffmpeg", True, ffmpeg_version())
    except MachineError as error:
        return _row("ffmpeg", False, str(error))


def _font() -> dict[str, Any]:
    from render.cut.fonts import font_path

    path = font_path()
    return _row("font", path.is_file(), path.name)


def _gpu() -> dict[str, Any]:
    """NVIDIA's tool answers in a moment; torch would take seconds to load."""
    import subprocess

    if (tool := shutil.which("nvidia-smi")) is None:
        torch = "torch is installed" if importlib.util.find_spec("torch") else "torch is not installed"
        return _row("GPU", False, f"none found ({torch}); the previz needs none")
    query = [tool, "--query-gpu=name,memory.total", "--format=csv,noheader"]
    try:
        told = subprocess.run(query, capture_output=True, text=True, timeout=20, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return _row("GPU", False, "nvidia-smi is there but does not answer")
    return _row("GPU", bool(told), told.replace("\n", "; ") or "none found")


def _disk(folder: Path) -> dict[str, Any]:
    free = shutil.disk_usage(folder).free
    writable = os.access(folder, os.W_OK)
    state = "can be written" if writable else "cannot be written"
    return _row("disk", writable and free > 1e9, f"{free / 1e9:.1f} GB free; {folder} {state}")
