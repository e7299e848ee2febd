"""One job of a ComfyUI: queued once, listened to, fetched; found again after any interruption."""

import contextlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from render.generators.comfyui.answers import INTERRUPTED, fault_of, kept_files, node_faults, run_fault
from render.generators.comfyui.feed import Feed, Work
from render.generators.comfyui.order import ComfyOrder
from render.generators.comfyui.without import without
from render.generators.servers.deadline import Deadline
from render.generators.servers.http import Refused, Server, Unsure
from render.generators.servers.job import Lost, ServerJob
from render.generators.servers.notes import JobNote, Notes
from render.generators.servers.received import (
    VIDEOS,
    check_pictures,
    check_video,
)
from storyboard.errors import GeneratorError

_SURE = 3  # looks that must agree before a job counts as lost
_SENDS = 3  # of one job whose answers are lost
_MOST = 10_000  # jobs for the same thing


class ComfyJob(ServerJob):
    """The job of one order."""

    def __init__(self, order: ComfyOrder, server: Server, notes: Notes) -> None:
        super().__init__(order, server, notes)
        self.workflow = order.workflow
        self._running: str | None = None  # the job that can be cancelled

    def cancel(self) -> None:
        """Take the job out of the queue, or interrupt it while it is this very job that runs; in short time."""
        job = self._running
        if job is None or not self.settings.cancel:
            return
        seconds = self.waits.cancel
        answer = self.server.now("GET", "/queue", seconds)
        queue: Any = None
        if answer is not None and answer.is_success:
            with contextlib.suppress(ValueError):
                queue = answer.json()
        if _stands(queue, "queue_running", job):
            # Only then: older servers interrupt whatever runs.
            answer = self.server.now("POST", "/interrupt", seconds, json={"prompt_id": job})
        elif queue is not None:
            answer = self.server.now("POST", "/queue", seconds, json={"delete": [job]})
        if queue is not None and answer is not None and answer.is_success:
            self.notes.remove(self.order.digest)

    def _made(self, number: int, progress: Callable[[float], None]) -> list[Path]:
        with Feed(self.server.url, self.server.key, self.order.client_id, self.waits, self.server.deadline) as feed:
            entry = self._known(number, feed)
            if entry is None:
                assert self._note is not None
                assert self._note.id is not None
                self._running = self._note.id
                entry = self._finished(self._note.id, feed, progress)
                self._running = None
        return self._fetched(entry)

    # Sending

    def _known(self, number: int, feed: Feed) -> Mapping[str, Any] | None:
        """The history of the job if it is done; else it is queued by now, and noted. Raises Lost or GeneratorError."""
        for each in range(number, number + _MOST):
            note = self._note if self._note is not None and self._note.number == each else None
            job = note.id if note is not None and note.id is not None else self.order.prompt_id(each)
            queued = self._queued(job)  # before the history: what leaves the queue in between stands there
            entry = self._history(job)
            if entry is not None and fault_of(self.workflow, entry) is not None:
                continue  # an earlier run told of it: it is dead
            if entry is not None or queued:
                self._accepted(each, job)
                return entry
            if note is not None and note.state != "sending":
                raise Lost
            if note is not None and (found := self._settled(job)) is not None:  # stopped while it was sent
                self._accepted(each, found)
            else:
                self._sent(each, feed)
            return None
        raise GeneratorError(f"{self.server.named} failed too often at the same job. Clear its history.")

    def _accepted(self, number: int, job: str) -> None:
        base = {"digest": self.order.digest, "server": self.server.url, "number": number, "id": job}
        self._keep(JobNote(state="accepted", **base))

    def _sent(self, number: int, feed: Feed) -> None:
        job = self.order.prompt_id(number)
        self._keep(JobNote(digest=self.order.digest, server=self.server.url, state="sending", number=number))
        try:
            graph = self._uploaded()
            content = {
                "prompt": graph,
                "prompt_id": job,
                "client_id": self.order.client_id,
                "extra_data": {"shotgraph": job},
            }
            feed.open()  # before the job is queued: what is told to nobody is told once
            taken = self._posted(job, content)
        except GeneratorError:
            self.notes.remove(self.order.digest)  # nothing was queued
            self._note = None
            raise
        self._accepted(number, taken)

    def _uploaded(self) -> dict[str, dict[str, Any]]:
        """The workflow that is sent, once the files that it loads are at the server."""
        graph, uploads, empty = self.order.filled(self.notes.folder)
        for file in uploads:
            fields = {"overwrite": "true", "type": "input", "subfolder": file.folder}
            self.server.put("/upload/image", data=fields, files={"image": (file.name, file.content, file.kind)})
        if empty:
            graph = without(graph, empty, self._needs)
            if self.order.bindings.output not in graph:
                raise GeneratorError(
                    f"{self.workflow.file.name} cannot do without a picture that this shot has not: a reference or a "
                    "first frame. Use a workflow in which that input is optional."
                )
        return graph

    def _needs(self, kind: str, given: str) -> bool:
        """Whether a class of nodes must have an input, as the server says."""
        told = self.server.look(f"/object_info/{quote(kind, safe='')}")
        inputs = told.get(kind, {}).get("input", {}) if isinstance(told, dict) else {}
        return given not in (inputs.get("optional") or {})

    def _posted(self, job: str, content: dict[str, Any]) -> str:
        """Queue the job; its id at the server."""
        why = ""
        for _ in range(_SENDS):
            try:
                answer = self.server.send("/prompt", json=content)
            except Unsure as error:
                why = str(error)
                if (found := self._settled(job)) is not None:
                    return found
                continue
            except Refused as error:
                if said := node_faults(self.workflow, error.told):
                    raise GeneratorError(f"{self.server.named} refuses {self.workflow.file.name}: {said}.") from None
                raise
            taken = answer.get("prompt_id") if isinstance(answer, dict) else None
            if not isinstance(taken, str) or not taken:
                raise GeneratorError(f"{self.server.named} is no ComfyUI: it queues nothing. Check `url`.")
            if said := node_faults(self.workflow, answer):
                self._running = taken  # the rest of it is queued
                self.cancel()
                self._running = None
                raise GeneratorError(f"{self.server.named} refuses {self.workflow.file.name}: {said}.")
            return taken
        raise GeneratorError(
            f"{self.server.named} takes no job: no answer came ({why}). Run the same command again: it goes on."
        )

    def _settled(self, job: str) -> str | None:
        """The job, if the server turns out to have it; None once its queue and history can be believed."""
        settle = Deadline(self.waits.settle, "settle")
        while True:
            if self._queued(job) or self._history(job) is not None:
                return job
            if (other := self._under_another(job)) is not None:
                return other
            if not settle.left:
                return None
            settle.sleep(self.waits.poll)

    def _under_another(self, job: str) -> str | None:
        """The id under which an old server, which chooses its own, has our job."""
        queue = self.server.look("/queue")
        history = self.server.look("/history", {"max_items": 64})
        entries = [entry for name in ("queue_running", "queue_pending") for entry in _entries(queue, name)]
        prompts = [each.get("prompt") for each in history.values()] if isinstance(history, dict) else []
        for entry in [*entries, *prompts]:
            if isinstance(entry, list) and any(isinstance(e, dict) and e.get("shotgraph") == job for e in entry):
                return str(entry[1])
        return None

    def _history(self, job: str) -> Mapping[str, Any] | None:
        told = self.server.look(f"/history/{job}")
        entry = told.get(job) if isinstance(told, dict) else None
        return entry if isinstance(entry, dict) else None

    def _queued(self, job: str) -> bool:
        queue = self.server.look("/queue")
        return any(_stands(queue, name, job) for name in ("queue_running", "queue_pending"))

    # Waiting

    def _finished(self, job: str, feed: Feed, progress: Callable[[float], None]) -> Mapping[str, Any]:
        """Wait until the job is done; its history. Raises Lost or GeneratorError."""
        deadline, work = Deadline(self.waits.job, "job"), Work(len(self.workflow.nodes))
        gone, looked = 0, time.monotonic()
        while True:
            message = feed.next(min(self.waits.poll, deadline.left))
            over = message is None or self._told(job, message, work)
            progress(work.share)
            if not over and time.monotonic() - looked < self.waits.poll_longest:  # much is told that is not ours
                deadline.check(f"job {job} of {self.server.named}")
                continue
            looked = time.monotonic()
            entry = self._history(job)
            if entry is not None:
                if (fault := fault_of(self.workflow, entry)) is not None:
                    raise self._failed(job, fault)
                return entry
            gone = 0 if self._queued(job) else gone + 1
            if gone >= _SURE:
                raise Lost
            if gone:
                self.server.deadline.sleep(self.waits.poll)
            deadline.check(f"job {job} of {self.server.named}")
            self.server.deadline.check(f"waiting for job {job} of {self.server.named}")

    def _told(self, job: str, message: Mapping[str, Any], work: Work) -> bool:
        """Take note of a message; whether it says that the job is over. Raises GeneratorError."""
        kind, data = str(message.get("type")), message.get("data")
        if not isinstance(data, dict) or data.get("prompt_id") not in (None, job):
            return False
        if kind == "execution_error" and data.get("prompt_id") == job:
            raise self._failed(job, run_fault(self.workflow, data))
        if kind == "execution_interrupted" and data.get("prompt_id") == job:
            raise self._failed(job, INTERRUPTED)
        work.told(kind, data)
        over = kind == "executing" and data.get("node") is None and data.get("prompt_id") == job
        return over or (kind == "execution_success" and data.get("prompt_id") == job)

    def _failed(self, job: str, fault: str) -> GeneratorError:
        self._running = None
        self.notes.remove(self.order.digest)  # it is dead: the next run may queue another
        return GeneratorError(
            f"{self.server.named}: job {job} failed at {self.server.key.hidden(fault)}. "
            "Run the same command again to queue another."
        )

    def _lost(self) -> GeneratorError:
        assert self._note is not None
        path = self.notes.path(self.order.digest)
        return GeneratorError(
            f"{self.server.named} no longer knows job {self._note.id}, or has lost its files. Look at the server; to "
            f"queue the job again, clear it from ComfyUI's history, delete {path} and run the same command again."
        )

    # Fetching

    def _fetched(self, entry: Mapping[str, Any]) -> list[Path]:
        """The files, whole; what is damaged or not what was asked for is fetched again first."""
        output = self.order.bindings.output
        kept = kept_files(entry, output)
        videos = [file for file in kept if file.suffix in VIDEOS]
        who, again = f"{self.workflow.titled(output)} of {self.server.named}", "clear the job from ComfyUI's history"
        if not kept or len(videos) > 1:
            raise GeneratorError(
                f"{who} gave {len(videos) or 'no'} videos{'' if videos else ' and no pictures'}: bind the node that "
                f"saves the take as `output`. To have it made again, {again} first."
            )

        def fetch() -> None:
            self._files = []
            for number, file in enumerate(kept):
                path = self.notes.folder / f"{self.order.digest}.{number:05}{file.suffix}"
                self._files.append(path)
                self._fetch(file.query, path)
            if videos:
                check_video(self._files[0], size=self.order.size, frames=self.order.frames)
            else:
                check_pictures(self._files, size=self.order.size, frames=self.order.frames)

        self._fetched_whole(fetch, who, again)
        return self._files

    def _fetch(self, query: Mapping[str, str | int], path: Path) -> None:
        try:
            self.server.fetch("/view", path, query)
        except Refused as error:
            self.drop()
            if error.status == 404:
                raise Lost from None
            raise


def _entries(queue: Any, name: str) -> list[Any]:
    entries = queue.get(name) if isinstance(queue, dict) else None
    return entries if isinstance(entries, list) else []


def _stands(queue: Any, name: str, job: str) -> bool:
    """Whether a job stands in a part of the queue; an entry is a list of number, id, workflow and more."""
    return any(isinstance(entry, list) and len(entry) > 1 and entry[1] == job for entry in _entries(queue, name))
