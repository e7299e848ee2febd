"""``videos-api``: takes that a video server makes."""

from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from render.generators.base import Capabilities, Frames
from render.generators.guides import GUIDED
from render.generators.servers.notes import Notes
from render.generators.servers.settings import need, read_settings
from render.generators.videos_api.settings import IDLE_VIDEOS, VideosSettings
from render.request import Request


class VideosApi:
    """Sends each request as a job to a server of ``/v1/videos``, and waits for its video."""

    name = "videos-api"
    device = "server"
    idle = IDLE_VIDEOS

    def __init__(self, params: dict[str, JsonValue], folder: Path | None = None) -> None:
        from render.generators.videos_api.order import ENCODING
        from render.previz import VERSION as PREVIZ

        settings = read_settings(self.name, VideosSettings, params)
        need("httpx", "tenacity")
        settings.key.check()
        self.settings, self._notes = settings, Notes(folder)
        said = [ENCODING, settings.dialect]
        reads = {"prompt", "width", "height", "rate", "frames", "params"}
        reads |= {"negative"} if settings.negative else set()
        reads |= {"references"} if settings.references else set()
        reads |= {"parent"} if settings.first_frame else set()
        if settings.guided_by:
            reads |= GUIDED
            said += [settings.guided_by, PREVIZ]  # how the guide is drawn is part of every recipe
        self.reads, self.version = frozenset(reads), "-".join(said)
        self._job: str | None = None  # the last

    def capabilities(self) -> Capabilities:
        settings = self.settings
        return settings.capabilities(
            seed=settings.spoken.seed,
            negative=settings.negative,
            max_references=settings.references,
            first_frame=settings.first_frame,
            guided_by=settings.guided_by,
            control=settings.strengths,
        )

    def count_tokens(self, text: str) -> int | None:  # noqa: ARG002
        """The server keeps its tokenizer to itself."""
        return None

    def provenance(self) -> JsonValue:
        """Which server made the last take, and as which job."""
        settings = self.settings
        return {"server": settings.url, "dialect": settings.dialect, "model": settings.model, "job": self._job}

    def generate(self, request: Request, progress: Callable[[int], None]) -> Frames:
        from render.generators.servers.job import shot
        from render.generators.videos_api.job import VideoJob
        from render.generators.videos_api.order import Order

        order = Order(request, self.settings, self.capabilities())
        return shot(VideoJob, order, self._notes, request, progress, self._named)

    def _named(self, job: str | None) -> None:
        self._job = job
