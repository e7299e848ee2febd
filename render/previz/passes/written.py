"""Passes as files: videos to watch and to feed to a model, arrays to measure with, and a page of stills."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from render.media import VideoWriter, write_bytes, write_image
from render.previz.passes.base import Pass
from render.previz.passes.camera import camera_json
from render.previz.passes.npz import NpzWriter
from render.previz.passes.sheet import STILLS, contact_sheet
from render.previz.passes.take import Passes, PassFrame

SHEET = "contact_sheet.png"
_NO_ARRAYS = ("picture",)  # its lossless video holds the very same bytes


def write_passes(passes: Passes, folder: Path, progress: Callable[[int], None] = lambda _: None) -> list[Path]:
    """Write every pass into ``folder``; returns the files.

    For each pass NAME: ``NAME.mp4`` for people and models, ``NAME.mkv`` without loss where each pixel's value
    matters, ``NAME.npz`` with its arrays, frames first; for masks and camera also ``.json``; and a contact sheet.
    One trace of the clip, one frame in memory. Raises MediaError and DiskError; what was there before stays whole.
    """
    written: list[Path] = []
    stills = sorted({round(place) for place in np.linspace(0, len(passes) - 1, min(STILLS, len(passes)))})
    kept: dict[str, list[np.ndarray]] = {one.name: [] for one in passes.passes}
    tracks: dict[str, list[np.ndarray]] = {"boxes": [], "extrinsics": [], "intrinsics": []}
    with contextlib.ExitStack() as stack:
        outlets = [_Outlet(one, passes, folder, stack) for one in passes.passes]
        for frame in passes:
            for outlet in outlets:
                picture = outlet.add(frame)
                if frame.index in stills and picture is not None:
                    kept[outlet.name].append(picture)
            for key, track in tracks.items():
                if key in frame.arrays:
                    track.append(frame[key])
            progress(frame.index + 1)
        for outlet in outlets:
            written += outlet.close()
    written += list(_plain(passes, folder, tracks))
    rows = {name: pictures for name, pictures in kept.items() if pictures}
    if rows:
        write_image(folder / SHEET, contact_sheet(rows, stills, passes.request.rate))
        written.append(folder / SHEET)
    return written


class _Outlet:
    """The files of one pass while they grow."""

    def __init__(self, one: Pass, passes: Passes, folder: Path, stack: contextlib.ExitStack) -> None:
        self.name, self._pass, self._passes = one.name, one, passes
        request = passes.request
        size, rate = (request.width, request.height), request.rate
        layouts = one.layout(*size)
        self._arrays: NpzWriter | None = None
        if one.name not in _NO_ARRAYS:
            writer = NpzWriter(folder / f"{one.name}.npz", layouts, passes.count(one.name))
            self._arrays = stack.enter_context(writer)
        self._videos: list[VideoWriter] = []
        if one.drawn:
            ends = (".mp4", ".mkv") if one.exact else (".mp4",)
            for end in ends:
                writer = VideoWriter(folder / f"{one.name}{end}", rate=rate, size=size, lossless=end == ".mkv")
                self._videos.append(stack.enter_context(writer))

    def add(self, frame: PassFrame) -> np.ndarray | None:
        """Write one frame; returns its picture."""
        arrays = frame.by_pass.get(self.name)
        if arrays is None:  # nothing follows the last frame
            picture = self._still() if not frame.index else None
        else:
            if self._arrays is not None:
                self._arrays.add(arrays)
            picture = frame.picture(self.name)
        if picture is not None:
            for video in self._videos:
                for _ in range(2 if self._pass.looks_ahead and arrays is not None and not frame.index else 1):
                    video.add(picture)
        return picture

    def _still(self) -> np.ndarray | None:
        """The picture of a clip of one frame, in which nothing moves."""
        layouts = self._pass.layout(self._passes.request.width, self._passes.request.height)
        return self._pass.picture({key: np.zeros(layout.shape, layout.dtype) for key, layout in layouts.items()})

    def close(self) -> list[Path]:
        """Finish the files."""
        for video in self._videos:
            video.close()
        if self._arrays is not None:
            self._arrays.close(self._pass.constants())
        return [video.path for video in self._videos] + ([self._arrays.path] if self._arrays is not None else [])


def _plain(passes: Passes, folder: Path, tracks: dict[str, list[np.ndarray]]) -> Iterator[Path]:
    """What is small enough to read, as JSON."""
    request = passes.request
    clip = {"width": request.width, "height": request.height, "rate": str(request.rate)}
    if tracks["extrinsics"]:
        outer, inner = np.stack(tracks["extrinsics"]), np.stack(tracks["intrinsics"])
        told = camera_json(outer, inner, (request.width, request.height), request.rate)
        yield _json(folder / "camera.json", told)
    if tracks["boxes"]:
        boxes = np.stack(tracks["boxes"]).tolist()
        entities = [
            {"id": entity, "name": name, "boxes": [each[row] if each[row][2] else None for each in boxes]}
            for row, (entity, name) in enumerate(sorted(passes.entities.items()))
        ]
        about = "boxes: x, y, width, height in pixels for each frame, null where out of frame"
        yield _json(folder / "masks.json", {"convention": about, **clip, "entities": entities})


def _json(path: Path, value: dict[str, object]) -> Path:
    write_bytes(path, (json.dumps(value, ensure_ascii=False) + "\n").encode())
    return path
