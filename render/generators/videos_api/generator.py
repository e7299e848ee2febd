"""``videos-api``: takes that a video server makes."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from render.generators.base import Capabilities, Frames
from render.generators.guides import GUIDED
from render.generators.servers.deadline import Deadline
from render.generators.servers.http import Server
from render.generators.servers.notes import Notes
from render.generators.servers.pace import Pace
from render.generators.servers.settings import need, read_settings
from render.generators.servers.told import Told
from render.generators.videos_api.settings import IDLE_VIDEOS, VideosSettings
from render.request import Request
from storyboard.errors import ShotgraphError


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
        from render.generators.servers.received import frames_of
        from render.generators.videos_api.job import VideoJob
        from render.generators.videos_api.order import Order

        settings, notes = self.settings, self._notes
        told = Told(progress, request.frames)
        deadline = Deadline(settings.wait.whole, "whole", told.alive)
        order = Order(request, settings, self.capabilities())
        pace = Pace(notes.folder, settings.url, per_second=settings.per_second, concurrent=settings.concurrent)
        notes.sweep()
        with notes.held(order.digest, deadline), Server(settings, pace, deadline) as server:
            job = VideoJob(order, server, notes)
            with pace.place(deadline):
                try:
                    path = job.video(told.share)
                except ShotgraphError:
                    raise
                except BaseException:  # nobody waits any more: an interrupt, or whoever is told of the progress
                    job.cancel()
                    raise
            self._job = job.id
            try:
                for frame in frames_of([path], first=order.skipped, count=request.frames):
                    told.frame()
                    yield frame
                job.delivered()
            finally:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
