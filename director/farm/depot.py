"""The depot: storage that the film's machine and its workers both reach, where they share no folder.

What is put there is named by its content, so that nothing is put twice and nothing half there is ever found::

    URL/files/ab/ab12…        inputs and segments, by the SHA-256 of their bytes
    URL/takes/ab/ab12….json   the sidecar of a take: it is done when this stands, and its segments came before

fsspec reads and writes it: ``s3://bucket/film``, ``gs://…``, ``file:///mnt/film``, and whatever else is installed.
"""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from pydantic import ValidationError

from director.takes import SIDECAR, Take, standing_take, sync_folder, write_atomic
from storyboard.errors import DiskError, InputError, MachineError, MissingInstall, Problem

_PIECE = 1 << 20


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Depot:
    """Storage at a URL. Raises MissingInstall where it needs a package that is not there, InputError for no URL."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            import fsspec.core

            self._files, root = fsspec.core.url_to_fs(url)
        except ImportError as error:
            raise MissingInstall(Problem(what=f"the storage “{url}” needs a package: {error}.")) from None
        except ValueError as error:
            todo = "Use one such as s3://bucket/film or file:///mnt/film."
            raise InputError(Problem(what=f"“{url}” is no storage: {error}.", todo=todo)) from None
        self._root = str(root).rstrip("/")
        protocols = self._files.protocol
        self._local = "file" in (protocols if isinstance(protocols, tuple | list) else (protocols,))

    def put(self, path: Path, sha: str | None = None) -> str:
        """Put a file there, if it is not; returns the SHA-256 that it has there for a name. Raises DiskError."""
        try:
            sha = sha or sha256_of(path)
            place = self._file(sha)
            if not self._files.exists(place):
                self._write(place, path)
        except OSError as error:
            raise _disk(error, f"cannot put {path.name} into {self.url}") from error
        return sha

    def get(self, sha: str, path: Path) -> None:
        """Write the file of this content to ``path``, whole or not at all. Raises DiskError."""
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._files.get_file(self._file(sha), str(part))
            if sha256_of(part) != sha:
                raise DiskError(f"a file in {self.url} is damaged: {self._file(sha)}. Delete it, and run this again.")
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise _disk(error, f"cannot fetch {path.name} from {self.url}") from error
        finally:
            part.unlink(missing_ok=True)

    def take(self, key: str) -> Take | None:
        """The take of this key as its sidecar tells it, where it is done and all its segments are there."""
        try:
            text = self._files.cat_file(self._sidecar(key))
            take = Take.model_validate_json(text)
            return take if all(self._files.exists(self._file(one.sha256)) for one in take.segments) else None
        except (FileNotFoundError, ValidationError):
            return None
        except OSError as error:
            raise _disk(error, f"cannot read {self.url}") from error

    def offer(self, take: Take, folder: Path) -> None:
        """Put a take there that stands in ``folder``: its segments first, its sidecar last. Raises DiskError."""
        for segment in take.segments:
            self.put(folder / segment.file, segment.sha256)
        try:
            self._write(self._sidecar(take.key), folder / SIDECAR)
        except OSError as error:
            raise _disk(error, f"cannot put a take into {self.url}") from error

    def fetch(self, key: str, folder: Path) -> Take:
        """Bring a take from there into ``folder``, its sidecar last. Raises MachineError where it is not there."""
        if (standing := standing_take(folder)) is not None:
            return standing
        if (take := self.take(key)) is None:
            raise MachineError(f"take {key[:12]} was made and is not in {self.url}. Run this again.")
        for segment in take.segments:
            self.get(segment.sha256, folder / Path(segment.file).name)
        write_atomic(folder / SIDECAR, self._files.cat_file(self._sidecar(key)).decode())
        return take

    def _file(self, sha: str) -> str:
        return f"{self._root}/files/{sha[:2]}/{sha}"

    def _sidecar(self, key: str) -> str:
        return f"{self._root}/takes/{key[:2]}/{key}.json"

    def _write(self, place: str, path: Path) -> None:
        """Object stores show an object when it is whole; a file system gets it by a rename."""
        self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
        if not self._local:
            self._files.put_file(str(path), place)
            return
        part = f"{place}.{uuid4().hex}.part"
        self._files.put_file(str(path), part)
        Path(part).replace(place)


def _disk(error: OSError, doing: str) -> DiskError:
    return DiskError(f"{doing}: {error}. Mend that and run the same command again: it goes on.")
