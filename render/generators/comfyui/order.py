"""What is sent for one request: the filled workflow, the files that it loads, and the identity of the job."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from render.fit import asked_of, shown_twice
from render.generators.base import Capabilities
from render.generators.comfyui.bindings import Bindings, Slot
from render.generators.comfyui.settings import ComfySettings
from render.generators.comfyui.workflow import Workflow
from render.generators.guides import guide_frames, guide_identity
from render.generators.servers.guide import guide_request, guide_video
from render.generators.servers.pictures import Picture, picture_of, reference_picture
from render.request import Request
from storyboard.hashing import digest

ENCODING = "1"
"""Changes whenever the same request would be sent otherwise."""

FOLDER = "shotgraph"
"""Where uploads stand in the server's input folder."""


@dataclass(frozen=True)
class Upload:
    """A file for the server's input folder. Its name follows from its content: sent twice, it is the same."""

    folder: str
    name: str
    content: bytes
    kind: str


class ComfyOrder:
    """One request as a filled workflow. Nothing is rendered until it is asked for."""

    def __init__(
        self, request: Request, settings: ComfySettings, workflow: Workflow, bindings: Bindings, can: Capabilities
    ) -> None:
        self.request, self.settings, self.workflow, self.bindings = request, settings, workflow, bindings
        self.skipped = shown_twice(request, can)  # frames at the clip's beginning that were seen already
        self.frames = asked_of(request, can)  # of the clip
        self.size = (request.width, request.height)
        self._guide = guide_request(request, can) if settings.guided_by is not None else None

    @cached_property
    def digest(self) -> str:
        """The identity of the job: of everything that is sent, and where to."""
        guide = guide_identity(self._guide, str(self.settings.guided_by)) if self._guide is not None else None
        slots = {name: [[slot.node, slot.input] for slot in found] for name, found in self.bindings.slots.items()}
        sent: JsonValue = {
            "workflow": self.workflow.sha256,
            "slots": slots,  # type: ignore[dict-item]
            "output": self.bindings.output,
            "values": self._values,
            "references": [each.sha256 for each in self._references],
            "first_frame": self._first_frame.sha256 if self._first_frame is not None else None,
            "guide": guide,
            "frames": self.frames,
            "size": list(self.size),
        }
        return digest("comfyui-job", {"encoding": ENCODING, "server": self.settings.url, "sent": sent})

    @property
    def _values(self) -> dict[str, JsonValue]:
        """What is written into slots as it is, by name."""
        request = self.request
        rate = request.rate.numerator if request.rate.denominator == 1 else round(float(request.rate), 6)
        values: dict[str, JsonValue] = {
            "prompt": request.prompt,
            "negative": request.negative,
            "seed": request.seed,
            "width": request.width,
            "height": request.height,
            "frames": self.frames,
            "rate": rate,
            "strength": request.params.get("control", self.settings.control),
        }
        return {name: values[name] for name in values if name in self.bindings.slots and values[name] is not None}

    @cached_property
    def _references(self) -> tuple[Picture, ...]:
        most = len(self.bindings.slots.get("references", ()))
        return tuple(reference_picture(each) for each in self.request.references[:most])

    @cached_property
    def _first_frame(self) -> Picture | None:
        given = self.request.first_frame
        return picture_of(Path(given)) if given is not None and self.bindings.has("first_frame") else None

    def prompt_id(self, number: int) -> str:
        """The id of the job at the server; ``number``: of the jobs that were sent for the same thing."""
        return _uuid(f"{self.digest}:{number}")

    @property
    def client_id(self) -> str:
        """The name under which this order listens."""
        return _uuid(f"{self.digest}:client")

    def filled(self, folder: Path) -> tuple[dict[str, dict[str, Any]], list[Upload], tuple[Slot, ...]]:
        """The workflow with its slots filled, the files that must be at the server first, and slots without a file.

        The guide is rendered for it, in this folder.
        """
        graph = self.workflow.graph()
        for name, value in self._values.items():
            for slot in self.bindings.slots[name]:  # type: ignore[index]
                graph[slot.node]["inputs"][slot.input] = value
        uploads: list[Upload] = []
        for slot, file in self._pictured():
            uploads.append(file)
            graph[slot.node]["inputs"][slot.input] = f"{file.folder}/{file.name}"
        for name in ("control", "control_frames"):
            for slot in self.bindings.slots.get(name, ()):  # type: ignore[call-overload]
                files = self._guides(name, folder)
                uploads += files
                first = files[0]
                value = f"{first.folder}/{first.name}" if name == "control" else first.folder
                graph[slot.node]["inputs"][slot.input] = value
        return graph, uploads, self._empty()

    def _pictured(self) -> Iterator[tuple[Slot, Upload]]:
        for slot, each in zip(self.bindings.slots.get("references", ()), self._references, strict=False):
            yield slot, _upload(each)
        if self._first_frame is not None:
            for slot in self.bindings.slots["first_frame"]:
                yield slot, _upload(self._first_frame)

    def _empty(self) -> tuple[Slot, ...]:
        """Slots for pictures that this request has not: nothing must be loaded there."""
        empty = self.bindings.slots.get("references", ())[len(self._references) :]
        return empty + (self.bindings.slots.get("first_frame", ()) if self._first_frame is None else ())

    def _guides(self, name: str, folder: Path) -> list[Upload]:
        assert self._guide is not None
        kind = str(self.settings.guided_by)
        if name == "control":
            content = guide_video(folder / f"{self.digest}.guide.mp4", self._guide, kind)
            return [Upload(FOLDER, f"{hashlib.sha256(content).hexdigest()[:24]}.mp4", content, "video/mp4")]
        own = f"{FOLDER}/{self.digest[:24]}"
        pictures = (_png(folder / f"{self.digest}.guide.png", frame) for frame in guide_frames(self._guide, kind))
        return [Upload(own, f"{index:05}.png", content, "image/png") for index, content in enumerate(pictures)]


def _upload(picture: Picture) -> Upload:
    return Upload(FOLDER, f"{picture.sha256[:24]}{picture.suffix}", picture.content, picture.kind)


def _png(path: Path, frame: Any) -> bytes:
    from render.media import drop, write_image

    try:
        write_image(path, frame)
        return path.read_bytes()
    finally:
        drop(path)


def _uuid(text: str) -> str:
    return str(uuid.UUID(hashlib.sha256(text.encode()).hexdigest()[:32], version=5))
