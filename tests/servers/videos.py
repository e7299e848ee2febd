"""A little server of ``/v1/videos``, as vLLM-Omni and SGLang-Diffusion are."""

import time
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.servers.web import Handler, Part, Trouble, WebServer, clip


@dataclass
class Job:
    """A job that was taken."""

    id: str
    parts: list[Part] = field(repr=False)
    looks: int  # at it until it is done
    made: float = field(default_factory=time.time)
    echo: dict[str, Any] = field(default_factory=dict)
    looked: int = 0

    @property
    def fields(self) -> dict[str, str]:
        return {part.name: part.content.decode() for part in self.parts if part.file is None}

    @property
    def files(self) -> list[Part]:
        return [part for part in self.parts if part.file is not None]


class VideosServer(WebServer):
    """Takes jobs, makes noise of them, and gives it. ``makes`` overrides what a job asks: width, height, frames."""

    def __init__(
        self, *, looks: int = 1, key: str | None = None, makes: dict[str, int] | None = None, echo_prompt: bool = True
    ) -> None:
        super().__init__()
        self.jobs: dict[str, Job] = {}
        self.taken = 0  # jobs that anybody would have to pay for
        self.looks, self.key, self.makes, self.echo_prompt = looks, key, makes or {}, echo_prompt
        self.deleted: list[str] = []
        self.idempotent = False  # knows a job again by its Idempotency-Key
        self._keys: dict[str | None, Job] = {}

    def route(self, method: str, path: str) -> str:
        if path == "/v1/videos":
            return "create" if method == "POST" else "list"
        if path.endswith("/content"):
            return "content"
        return "delete" if method == "DELETE" else "status" if path.startswith("/v1/videos/") else "other"

    def serve(self, handler: Handler, route: str) -> None:
        if self.key is not None and handler.headers.get("Authorization") != f"Bearer {self.key}":
            handler.answer({"error": {"message": f"wrong key {handler.headers.get('Authorization')}"}}, 401)
            return
        getattr(self, f"_{route}")(handler)

    def take(self, handler: Handler) -> Job:
        """Take the job that a request brings."""
        key = handler.headers.get("Idempotency-Key")
        with self.lock:
            if self.idempotent and key in self._keys:
                return self._keys[key]
            self.taken += 1
            job = Job(f"video_gen_{self.taken}", handler.form(), self.looks)
            self.jobs[job.id] = self._keys[key] = job
            return job

    def _state(self, job: Job) -> dict[str, Any]:
        done = job.looked >= job.looks
        state = {
            "id": job.id,
            "object": "video",
            "status": "completed" if done else "in_progress" if job.looked else "queued",
            "progress": 100 if done else 100 * job.looked // max(job.looks, 1),
            "size": job.fields["size"],
            "created_at": int(job.made),
            "error": None,
            **job.echo,
        }
        return {**state, "prompt": job.fields["prompt"]} if self.echo_prompt else state

    def _create(self, handler: Handler) -> None:
        handler.answer(self._state(self.take(handler)))

    def _list(self, handler: Handler) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        with self.lock:
            jobs = sorted(self.jobs.values(), key=lambda job: job.made, reverse=True)
        ids = [job.id for job in jobs]
        start = ids.index(asked["after"]) + 1 if asked.get("after") in ids else 0
        page = jobs[start : start + int(asked.get("limit", 20))]
        more = start + len(page) < len(jobs)
        handler.answer({"object": "list", "data": [self._state(job) for job in page], "has_more": more})

    def _job(self, handler: Handler) -> Job | None:
        job = self.jobs.get(unquote(handler.path.split("/")[3]))
        if job is None:
            handler.answer({"detail": "Video not found"}, 404)
        return job

    def _status(self, handler: Handler) -> None:
        if (job := self._job(handler)) is not None:
            handler.answer(self._state(job))
            job.looked += 1

    def video(self, job: Job) -> bytes:
        """The video of a job."""
        width, height = (int(side) for side in job.fields["size"].split("x"))
        asked = {"width": width, "height": height, "frames": int(job.fields["num_frames"]), **self.makes}
        mark = zlib.crc32(f"{job.fields['prompt']}{job.fields.get('seed')}".encode())
        return clip(asked["width"], asked["height"], asked["frames"], mark)

    def _content(self, handler: Handler) -> None:
        if (job := self._job(handler)) is not None:
            handler.answer(self.video(job))

    def _delete(self, handler: Handler) -> None:
        if (job := self._job(handler)) is not None:
            with self.lock:
                del self.jobs[job.id]
                self.deleted.append(job.id)
            handler.answer({"id": job.id, "object": "video.deleted", "deleted": True})

    def _other(self, handler: Handler) -> None:
        handler.answer({"detail": "Not Found"}, 404)


def loses_the_answer(handler: Handler) -> bool:
    """Take the job, and hang up before the answer."""
    assert isinstance(handler.web, VideosServer)
    handler.web.take(handler)
    handler.hang_up()
    return True


def loses_the_answer_and_tells(**echo: Any) -> Trouble:
    """As above; what is listed of the job tells some of its fields, under the names given."""

    def trouble(handler: Handler) -> bool:
        assert isinstance(handler.web, VideosServer)
        job = handler.web.take(handler)
        job.echo = {name: job.fields[of] for name, of in echo.items()}
        handler.hang_up()
        return True

    return trouble


def forgets(handler: Handler) -> bool:
    """Forget every job, as a server does that was started again, and go on."""
    assert isinstance(handler.web, VideosServer)
    handler.web.jobs.clear()
    return False


def cuts_short(handler: Handler) -> bool:
    """Give half of the video, and say so: what stands in the header is the half."""
    web = handler.web
    assert isinstance(web, VideosServer)
    whole = web.video(web.jobs[handler.path.split("/")[3]])
    handler.answer(whole[: len(whole) // 2])
    return True


def breaks_off(handler: Handler) -> bool:
    """Announce the whole video, give half of it, and hang up."""
    web = handler.web
    assert isinstance(web, VideosServer)
    whole = web.video(web.jobs[handler.path.split("/")[3]])
    handler.answer(whole[: len(whole) // 2], 200, {"Content-Length": str(len(whole))})
    handler.hang_up()
    return True
