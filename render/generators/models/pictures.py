"""What is shown to a model: reference images, the frame to begin with, and the rehearsal as control video."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from characters.seen import Reference
from render.generators.guides import kept_guide
from render.request import Request
from storyboard.errors import GeneratorError

if TYPE_CHECKING:
    from PIL.Image import Image


def opened(path: Path | str) -> "Image":
    """A picture as RGB; what is transparent is white. Raises GeneratorError."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            upright: Any = ImageOps.exif_transpose(picture)
            if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                solid = upright.convert("RGBA")
                white = Image.new("RGBA", solid.size, "white")
                return Image.alpha_composite(white, solid).convert("RGB")
            return upright.convert("RGB")
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise GeneratorError(f"the picture {Path(path).name} cannot be read: {error}.") from error


def letterboxed(picture: "Image", width: int, height: int) -> "Image":
    """The whole picture on white, as large as it can be: models would stretch it, and refuse a tiny one."""
    from PIL import Image

    scale = min(width / picture.width, height / picture.height)
    wide, tall = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    laid = Image.new("RGB", (width, height), "white")
    small = picture.resize((wide, tall), Image.Resampling.LANCZOS)
    laid.paste(small, ((width - wide) // 2, (height - tall) // 2))
    return laid


def references_of(references: Sequence[Reference], width: int, height: int) -> list["Image"]:
    """The reference images at a take's size."""
    return [letterboxed(opened(reference.path), width, height) for reference in references]


def first_frame_of(request: Request) -> "Image | None":
    """The frame that a take begins with, exactly its size. Raises GeneratorError for another."""
    from PIL import Image

    if request.first_frame is None:
        return None
    picture = opened(request.first_frame)
    size = (request.width, request.height)
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def control_video(request: Request, kind: str, frames: int, ahead: int = 0, film: Path | None = None) -> list["Image"]:
    """The rehearsal's pass as ``frames`` pictures of the request's size, from ``ahead`` frames before its first.

    It is kept in the cache of the film in this folder, if one is given.
    """
    from PIL import Image

    whole = request.model_copy(update={"frames": frames, "offset": request.offset - ahead, "whole": request.total})
    return [Image.fromarray(picture) for picture in kept_guide(film, whole, kind)]


def rehearsed_frame(request: Request, at: int) -> "Image":
    """One frame of the rehearsal's own picture, ``at`` frames into the request."""
    from PIL import Image

    from render.previz.passes import take_passes

    one = {"frames": 1, "offset": request.offset + at, "whole": request.total, "seed": 0}  # as checks expect it
    one = request.model_copy(update=one)
    return Image.fromarray(_picture(next(iter(take_passes(one, ("picture",)))), "picture"))


def _picture(frame: Any, kind: str) -> Any:
    picture = frame.picture(kind)
    if picture is None:
        raise GeneratorError(f"the rehearsal has no {kind} to be guided by.")
    return picture
