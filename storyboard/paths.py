"""Paths that people write: relative to their file, and never out of its folder, also not by a link."""

from pathlib import Path, PurePosixPath


def inside(folder: Path, written: str) -> Path:
    """The absolute path of ``written`` within ``folder``.

    Raises ValueError, worded for a person, when the path is absolute, empty, or leaves the folder.
    """
    text = written.strip()
    if not text or "\0" in text:
        raise ValueError("is not a path")
    if PurePosixPath(text).is_absolute() or Path(text).is_absolute() or ":" in text.split("/")[0]:
        raise ValueError("must be a path relative to the film file's folder")
    root = folder.resolve()
    path = (root / text).resolve()
    if not path.is_relative_to(root):
        raise ValueError("leaves the film's folder; copy the file into it")
    return path
