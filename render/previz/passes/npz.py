"""Array files that grow frame by frame: NumPy's compressed ``.npz`` without the whole clip in memory."""

import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import IO, Self

import numpy as np

from render.media import commit, drop, part_of
from render.previz.passes.base import Arrays, Layout
from storyboard.errors import DiskError

_LEVEL = 1  # zlib: the quickest; a higher one saves a tenth and takes three times as long


class NpzWriter:
    """A ``.npz`` of clips: every array has ``count`` frames first. Whole or not at all; the same bytes every time.

    A zip takes one member after another: the largest array is written as it comes, the others wait compressed on
    disk until the end.
    """

    def __init__(self, path: Path, layouts: dict[str, Layout], count: int) -> None:
        self.path, self.layouts, self.count, self.given = path, layouts, count, 0
        self._part = part_of(path)
        self._first = max(layouts, key=lambda key: np.prod(layouts[key].shape) * np.dtype(layouts[key].dtype).itemsize)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
            self._member = self._open(self._first)
            self._waiting = {key: _Waiting() for key in layouts if key != self._first}
        except OSError as error:
            raise DiskError.from_os(error, "cannot write") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for waiting in self._waiting.values():
            waiting.file.close()
        if not self._member.closed:
            self._member.close()
        self._zip.close()
        drop(self._part)

    def add(self, arrays: Arrays) -> None:
        """The next frame's arrays, by key, of the shapes and types that were announced. Raises DiskError."""
        try:
            for key, layout in self.layouts.items():
                array = arrays[key]
                if array.shape != layout.shape or array.dtype != layout.dtype:
                    raise ValueError(f"{key} is {array.dtype}{list(array.shape)}, not {layout}.")
                content = np.ascontiguousarray(array).tobytes()
                if key == self._first:
                    self._member.write(content)
                else:
                    self._waiting[key].add(content)
        except OSError as error:
            raise DiskError.from_os(error, "cannot write") from error
        self.given += 1

    def close(self, constants: Arrays) -> None:
        """Finish the file, with arrays that hold for the whole clip. Raises DiskError."""
        if self.given != self.count:
            raise ValueError(f"{self.path.name} has {self.given} frames of {self.count}.")
        try:
            self._member.close()
            for key, waiting in self._waiting.items():
                with self._open(key) as member:
                    waiting.pour(member)
            for key, array in constants.items():
                with self._zip.open(_member(key), "w") as member:
                    np.lib.format.write_array(member, np.asarray(array), version=(1, 0), allow_pickle=False)
            self._zip.close()
        except OSError as error:
            raise DiskError.from_os(error, "cannot write") from error
        commit(self._part, self.path)

    def _open(self, key: str) -> IO[bytes]:
        member = self._zip.open(_member(key), "w", force_zip64=True)
        layout = self.layouts[key]
        described = np.lib.format.dtype_to_descr(np.dtype(layout.dtype))
        header = {"descr": described, "fortran_order": False, "shape": (self.count, *layout.shape)}
        np.lib.format.write_array_header_1_0(member, header)  # type: ignore[arg-type]
        return member


def _member(key: str) -> zipfile.ZipInfo:
    """A member of the zip, of the same date every time."""
    info = zipfile.ZipInfo(f"{key}.npy")
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  # ZipFile.open has no word for it
    return info


class _Waiting:
    """Bytes that wait on disk, compressed."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as its writer
        self._packer = zlib.compressobj(_LEVEL)

    def add(self, content: bytes) -> None:
        self.file.write(self._packer.compress(content))

    def pour(self, into: IO[bytes]) -> None:
        self.file.write(self._packer.flush())
        self.file.seek(0)
        unpacker = zlib.decompressobj()
        while piece := self.file.read(1 << 20):
            into.write(unpacker.decompress(piece))
        into.write(unpacker.flush())
