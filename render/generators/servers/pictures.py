"""Pictures that go to a server: their bytes as they are, with what kind they are of."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from characters.seen import Reference
from storyboard.errors import DiskError, GeneratorError

_KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A picture file."""

    content: bytes
    kind: str  # image/png

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def suffix(self) -> str:
        return {"image/jpeg": ".jpg"}.get(self.kind, f".{self.kind.split('/')[1]}")


def picture_of(path: Path) -> Picture:
    """The picture in a file. Raises DiskError, or GeneratorError for what is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DiskError.from_os(error, "cannot read") from error
    for begins, kind in _KINDS.items():
        if content.startswith(begins):
            return Picture(content, kind)
    raise GeneratorError(f"{path} is no PNG, JPEG or WebP picture. Save it as one of those.")


def reference_picture(reference: Reference) -> Picture:
    """The picture of a reference. Raises GeneratorError where the file is no longer the one that was planned with."""
    picture = picture_of(reference.path)
    if picture.sha256 != reference.sha256:
        raise GeneratorError(f"{reference.path} was changed while the film is shot. Run the same command again.")
    return picture
