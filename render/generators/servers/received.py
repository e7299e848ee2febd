"""What came back from a server: whole, of the size and the length that were asked for, or refused."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from storyboard.errors import GeneratorError, MediaError


class Wrong(Exception):
    """What came is not what was asked for, in words."""


class Damaged(Wrong):
    """What came cannot be read."""


def check_video(path: Path, *, size: tuple[int, int], frames: int) -> None:
    """Raise Wrong or Damaged unless every frame of a video can be read and it is of this size and length."""
    from render.media import measured

    try:
        width, height, count = measured(path)
    except MediaError as error:
        raise Damaged(f"a video that cannot be read ({_cause(error, path)})") from None
    _check((width, height), count, size, frames)


def check_pictures(paths: Sequence[Path], *, size: tuple[int, int], frames: int) -> None:
    """Raise Wrong or Damaged unless these pictures can be read and are of this size and number."""
    if len(paths) != frames:
        _check(size, len(paths), size, frames)
    for number, path in enumerate(paths):
        height, width = _picture(path, number).shape[:2]
        _check((width, height), frames, size, frames)


def frames_of(paths: Sequence[Path], *, first: int, count: int) -> Iterator[np.ndarray]:
    """The frames of a video, or of a sequence of pictures, from ``first`` on: ``uint8[H, W, 3]`` sRGB."""
    from render.media import all_frames

    videos = len(paths) == 1 and paths[0].suffix in VIDEOS
    pictures = all_frames(paths[0]) if videos else (_picture(path, number) for number, path in enumerate(paths))
    for index, picture in enumerate(pictures):
        if first <= index < first + count:
            yield picture


VIDEOS = frozenset({".mp4", ".webm", ".mkv", ".mov", ".avi", ".gif"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"})


def not_conformed(wrong: Wrong, who: str, again: str) -> GeneratorError:
    """The error for what came and is still wrong after it was fetched again; ``again``: how it is made anew."""
    if isinstance(wrong, Damaged):
        return GeneratorError(f"{who} gave {wrong}, each time. To have it made again, {again} first.")
    return GeneratorError(
        f"{who} gave {wrong}. Nothing is cut or stretched to fit. Say in film.yaml what its model makes: `sizes` or "
        "`multiple`, `rates`, and `step`, `base`, `min_frames` and `max_frames` for the lengths of its clips. To have "
        f"it made again as it is, {again} first."
    )


def _check(size: tuple[int, int], count: int, asked: tuple[int, int], frames: int) -> None:
    if size != asked or count != frames:
        made = f"{count} frame{'s' * (count != 1)} of {size[0]}×{size[1]}"
        raise Wrong(f"{made} where {frames} of {asked[0]}×{asked[1]} were asked for")


def _picture(path: Path, number: int) -> np.ndarray:
    from PIL import Image

    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Damaged(f"a picture that cannot be read (number {number + 1}: {_cause(error, path)})") from None


def _cause(error: Exception, path: Path) -> str:
    return str(error).replace(f"cannot read {path}: ", "").replace(str(path), path.name).rstrip(".") or "damaged"
