"""A small film to start from."""

from importlib.resources import files
from pathlib import Path

from storyboard.errors import DiskError, InputError, Problem

_FILES = ("film.yaml", "script.fountain", "bible.yaml")


def write_starter(folder: Path) -> Path:
    """Write film.yaml, script.fountain and bible.yaml into ``folder``; returns the path of film.yaml.

    Raises InputError when the folder holds anything, so that nobody's film is overwritten.
    """
    folder = Path(folder).expanduser()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(Problem(what="is not empty.", todo="Name a new folder.", file=folder))
    source = files("director") / "starter_film"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            (folder / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise DiskError.from_os(error, "cannot write") from error
    return folder / "film.yaml"
