"""A little ComfyUI: prompts, queue, history, uploads, files and a WebSocket, by its own protocol."""

import base64
import hashlib
import json
import queue
import select
import struct
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from render.media import all_frames
from tests.servers.web import Handler, WebServer, clip

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

WORKFLOW: dict[str, dict[str, Any]] = {
    "3": {
        "class_type": "KSampler",
        "_meta": {"title": "shotgraph: seed"},
        "inputs": {"seed": 1, "steps": 20, "cfg": 5.0, "positive": ["6", 0], "negative": ["7", 0], "latent": ["8", 0]},
    },
    "6": {
        "class_type": "CLIPTextEncode",
        "_meta": {"title": "shotgraph: prompt"},
        "inputs": {"text": "", "clip": ["4", 0]},
    },
    "7": {"class_type": "CLIPTextEncode", "_meta": {"title": "negative"}, "inputs": {"text": "bad", "clip": ["4", 0]}},
    "4": {"class_type": "CLIPLoader", "_meta": {"title": "Load CLIP"}, "inputs": {"clip_name": "umt5.safetensors"}},
    "8": {
        "class_type": "WanVaceToVideo",
        "_meta": {"title": "shotgraph: width, height, frames, strength"},
        "inputs": {
            "width": 832,
            "height": 480,
            "length": 81,
            "strength": 1.0,
            "reference_image": ["12", 0],
            "control_video": ["14", 0],
        },
    },
    "10": {"class_type": "LoadImage", "_meta": {"title": "shotgraph: reference 1"}, "inputs": {"image": "someone.png"}},
    "12": {"class_type": "ImageScale", "_meta": {"title": "Scale"}, "inputs": {"image": ["10", 0]}},
    "14": {"class_type": "LoadVideo", "_meta": {"title": "shotgraph: control"}, "inputs": {"file": "some.mp4"}},
    "9": {
        "class_type": "SaveVideo",
        "_meta": {"title": "shotgraph: output"},
        "inputs": {"video": ["3", 0], "filename_prefix": "x", "fps": 16},
    },
}  # fmt: skip
OBJECTS = {
    "ImageScale": {"input": {"required": {"image": ["IMAGE"]}}},
    "WanVaceToVideo": {
        "input": {"required": {}, "optional": {"reference_image": ["IMAGE"], "control_video": ["IMAGE"]}}
    },
    "SaveVideo": {"input": {"required": {"video": ["VIDEO"]}}},
}


@dataclass
class Prompt:
    """A job that was queued."""

    id: str
    graph: dict[str, dict[str, Any]] = field(repr=False)
    client: str
    extra: dict[str, Any]
    go: threading.Event = field(default_factory=threading.Event)
    stopped: bool = False


class ComfyServer(WebServer):
    """Runs a prompt after another. ``makes`` overrides what is made; ``pictures`` gives PNGs instead of a video."""

    def __init__(
        self, *, makes: dict[str, int] | None = None, pictures: bool = False, folder: str = "images", hold: bool = False
    ) -> None:
        super().__init__()
        self.makes, self.pictures, self.folder, self.hold = makes or {}, pictures, folder, hold
        self.taken = 0
        self.prompts: list[Prompt] = []
        self.pending: list[Prompt] = []
        self.running: Prompt | None = None
        self.history: dict[str, dict[str, Any]] = {}
        self.inputs: dict[str, bytes] = {}
        self.outputs: dict[str, bytes] = {}
        self.interrupted: list[str] = []
        self.lines: dict[str, queue.SimpleQueue[str | None]] = {}
        self.opened = 0  # WebSockets
        self.fault: Callable[[Prompt], dict[str, Any] | None] = lambda _prompt: None  # an execution_error
        self.keeps_ids = True
        self.drops_lines = 0  # so many of the next lines break after their first message
        self.refuses_lines = False
        self.chatters = False  # tells of other things all the time, and nothing of jobs

    def route(self, method: str, path: str) -> str:
        return f"{method.lower()}_{path.strip('/').split('/')[0] or 'root'}"

    def serve(self, handler: Handler, route: str) -> None:
        serve = getattr(self, f"_{route}", None)
        if serve is None:
            handler.answer({}, 404)
        else:
            serve(handler)

    # Jobs

    def take(self, handler: Handler, *, skip: bool = False) -> dict[str, Any]:
        """Queue the job that a request brings, and begin with it."""
        told = json.loads(handler.body)
        with self.lock:
            self.taken += 1
            name = told["prompt_id"] if self.keeps_ids else f"old-{self.taken}"
            prompt = Prompt(name, told["prompt"], told["client_id"], told.get("extra_data", {}))
            if not self.hold:
                prompt.go.set()
            self.prompts.append(prompt)
            self.pending.append(prompt)
        if not skip:
            threading.Thread(target=self._run, args=(prompt,), daemon=True).start()
        return {"prompt_id": prompt.id, "number": self.taken, "node_errors": {}}

    def _run(self, prompt: Prompt) -> None:
        prompt.go.wait(30)
        with self.lock:
            if prompt not in self.pending:
                return
            self.pending.remove(prompt)
            self.running = prompt
        self._tell(prompt, "execution_start", {})
        self._tell(prompt, "execution_cached", {"nodes": ["4"]})
        for step in range(1, 5):
            state = {"value": step, "max": 4, "state": "running"}
            self._tell(prompt, "progress_state", {"nodes": {"3": state}})
            self._tell(prompt, "progress", {"value": step, "max": 4, "node": "3"})
        error = self.fault(prompt)
        event = ("execution_error", error) if error else ("execution_success", {})
        outputs = {} if error else {"9": self._made(prompt)}
        if prompt.stopped:
            event, outputs = ("execution_interrupted", {"node_id": "3"}), {}
        good = event[0] == "execution_success"
        data = {"prompt_id": prompt.id, **(event[1] or {})}
        with self.lock:
            self.running = None
            self.history[prompt.id] = {
                "prompt": [1, prompt.id, prompt.graph, prompt.extra, ["9"]],
                "outputs": outputs,
                "status": {
                    "status_str": "success" if good else "error",
                    "completed": good,
                    "messages": [[event[0], data]],
                },
            }
        self._tell(prompt, event[0], event[1] or {})
        self._tell(prompt, "executing", {"node": None})

    def _made(self, prompt: Prompt) -> dict[str, Any]:
        video = self.video(prompt)
        name = f"{prompt.id}.mp4"
        if not self.pictures:
            self.outputs[name] = video
            return {self.folder: [{"filename": name, "subfolder": "video", "type": "output"}], "animated": [True]}
        files = []
        with TemporaryDirectory() as folder:
            (path := Path(folder) / "clip.mp4").write_bytes(video)
            for index, frame in enumerate(all_frames(path)):
                still = Path(folder) / f"{prompt.id}_{index:05}_.png"
                Image.fromarray(frame).save(still)
                self.outputs[still.name] = still.read_bytes()
                files.append({"filename": still.name, "subfolder": "video", "type": "output"})
        return {"images": files}

    def video(self, prompt: Prompt) -> bytes:
        """The video of a job."""
        size = prompt.graph["8"]["inputs"]
        asked = {"width": size["width"], "height": size["height"], "frames": size["length"], **self.makes}
        mark = zlib.crc32(f"{prompt.graph['6']['inputs']['text']}{prompt.graph['3']['inputs']['seed']}".encode())
        return clip(asked["width"], asked["height"], asked["frames"], mark)

    def _tell(self, prompt: Prompt, kind: str, data: dict[str, Any]) -> None:
        line = self.lines.get(prompt.client)
        if line is not None and not self.chatters:
            line.put(json.dumps({"type": kind, "data": {"prompt_id": prompt.id, **data}}))

    # Routes

    def _post_prompt(self, handler: Handler) -> None:
        handler.answer(self.take(handler))

    def _get_queue(self, handler: Handler) -> None:
        with self.lock:
            running = [self.running] if self.running else []
            both = {"queue_running": running, "queue_pending": list(self.pending)}
        handler.answer({name: [[1, p.id, p.graph, p.extra, ["9"]] for p in held] for name, held in both.items()})

    def _post_queue(self, handler: Handler) -> None:
        with self.lock:
            for name in json.loads(handler.body)["delete"]:
                self.pending = [prompt for prompt in self.pending if prompt.id != name]
                self.interrupted.append(f"deleted {name}")
        handler.answer(b"")

    def _post_interrupt(self, handler: Handler) -> None:
        name = json.loads(handler.body)["prompt_id"]
        with self.lock:
            self.interrupted.append(name)
            if self.running is not None and self.running.id == name:
                self.running.stopped = True
        handler.answer(b"")

    def _get_history(self, handler: Handler) -> None:
        parts = urlsplit(handler.path).path.strip("/").split("/")
        with self.lock:
            history = dict(self.history)
        if len(parts) == 1:
            handler.answer(history)
        else:
            handler.answer({parts[1]: history[parts[1]]} if parts[1] in history else {})

    def _get_object_info(self, handler: Handler) -> None:
        kind = handler.path.rpartition("/")[2]
        handler.answer({kind: OBJECTS[kind]} if kind in OBJECTS else {})

    def _post_upload(self, handler: Handler) -> None:
        parts = {part.name: part for part in handler.form()}
        folder, file = parts["subfolder"].content.decode(), parts["image"]
        assert file.file is not None
        self.inputs[f"{folder}/{file.file}"] = file.content
        handler.answer({"name": file.file, "subfolder": folder, "type": "input"})

    def _get_view(self, handler: Handler) -> None:
        name = parse_qs(urlsplit(handler.path).query)["filename"][0]
        if name in self.outputs:
            handler.answer(self.outputs[name])
        else:
            handler.answer(b"", 404)

    def _get_ws(self, handler: Handler) -> None:
        if self.refuses_lines:
            handler.answer({}, 403)
            return
        client = parse_qs(urlsplit(handler.path).query)["clientId"][0]
        key = (handler.headers["Sec-WebSocket-Key"] + _GUID).encode()
        accept = base64.b64encode(hashlib.sha1(key, usedforsecurity=False).digest())
        handler.send_response(101)
        for name, value in (
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept.decode()),
        ):
            handler.send_header(name, value)
        handler.end_headers()
        handler.close_connection = True
        with self.lock:
            line = self.lines[client] = queue.SimpleQueue()
            self.opened += 1
            breaks = self.drops_lines > 0
            self.drops_lines -= breaks
        line.put(json.dumps({"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 1}}}}))
        while True:
            readable, _, _ = select.select([handler.connection], [], [], 0.005)
            if readable:  # a client says nothing but that it hangs up
                handler.connection.recv(4096)
                handler.wfile.write(b"\x88\x02\x03\xe8")
                return
            if self.chatters:
                line.put(json.dumps({"type": "crystools.monitor", "data": {"cpu_utilization": 12.5}}))
            while not line.empty():
                text = (line.get() or "").encode()
                size = (
                    struct.pack("!BB", 0x81, len(text))
                    if len(text) < 126
                    else struct.pack("!BBH", 0x81, 126, len(text))
                )
                handler.wfile.write(size + text)
                if breaks:
                    handler.hang_up()
                    return


def begun(server: ComfyServer, seconds: float = 30) -> None:
    """Wait until a job is queued."""
    until = time.monotonic() + seconds
    while not server.prompts and time.monotonic() < until:
        time.sleep(0.005)


def loses_the_answer(handler: Handler) -> bool:
    """Queue the job, and hang up before the answer."""
    assert isinstance(handler.web, ComfyServer)
    handler.web.take(handler)
    handler.hang_up()
    return True
