"""``comfyui``: takes that a ComfyUI makes with a workflow of the film's."""

from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from render.generators.base import Capabilities, Frames
from render.generators.comfyui.bindings import bound
from render.generators.comfyui.fixed import able
from render.generators.comfyui.settings import IDLE_COMFY, ComfySettings
from render.generators.comfyui.workflow import read_workflow
from render.generators.guides import GUIDED
from render.generators.servers.notes import Notes
from render.generators.servers.settings import need, read_settings
from render.request import Request
from storyboard.hashing import digest


class ComfyUI:
    """Fills the inputs of a workflow with each request, and queues it at a ComfyUI."""

    name = "comfyui"
    device = "server"
    idle = IDLE_COMFY

    def __init__(self, params: dict[str, JsonValue], folder: Path | None = None) -> None:
        from render.generators.comfyui.order import ENCODING
        from render.previz import VERSION as PREVIZ

        settings = read_settings(self.name, ComfySettings, params)
        need("httpx", "tenacity", "websockets")
        settings.key.check()
        self.settings, self._notes = settings, Notes(folder)
        self._workflow = read_workflow(folder if folder is not None else Path(), settings.workflow)
        self._bindings = bound(self._workflow, settings.bind)
        self._able = able(settings, self._workflow, self._bindings)
        slots = {name: [[one.node, one.input] for one in found] for name, found in self._bindings.slots.items()}
        content = [self._workflow.sha256, slots, self._bindings.output]
        said = [ENCODING, digest("comfyui-workflow", content)[:16]]
        reads = {"prompt", "width", "height", "rate", "frames", "params"}
        reads |= {name for name in ("negative", "references") if name in self._bindings.slots}
        reads |= {"parent"} if self._able.first_frame else set()
        if settings.guided_by:
            reads |= GUIDED
            said += [settings.guided_by, PREVIZ]  # how the guide is drawn is part of every recipe
        self.reads, self.version = frozenset(reads), "-".join(said)
        self._job: str | None = None  # the last

    def capabilities(self) -> Capabilities:
        return self._able

    def count_tokens(self, text: str) -> int | None:  # noqa: ARG002
        """The server keeps its tokenizer to itself."""
        return None

    def provenance(self) -> JsonValue:
        """Which server made the last take, with which workflow, and as which job."""
        settings = self.settings
        return {"server": settings.url, "workflow": settings.workflow, "job": self._job}

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        from render.generators.comfyui.job import ComfyJob
        from render.generators.comfyui.order import ComfyOrder
        from render.generators.servers.job import shot

        order = ComfyOrder(request, self.settings, self._workflow, self._bindings, self._able)
        return shot(ComfyJob, order, self._notes, request, progress, self._named)

    def _named(self, job: str | None) -> None:
        self._job = job
