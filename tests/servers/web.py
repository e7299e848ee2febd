"""What the little servers share: a thread that serves, requests that are kept, and troubles that are taken in turn."""

import json
import re
import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Self

import numpy as np

from render.media import VideoWriter

Trouble = Callable[["Handler"], bool]
"""Does something to one request; whether the request is dealt with."""


@dataclass
class Part:
    """A part of a form."""

    name: str
    content: bytes
    file: str | None = None
    kind: str = ""


@dataclass
class Seen:
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = field(repr=False, default=b"")


class Handler(BaseHTTPRequestHandler):
    """One request, handed to the server's own methods."""

    protocol_version = "HTTP/1.1"
    web: ClassVar["WebServer"]

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        web = self.web
        with web.lock:
            web.seen.append(Seen(self.command, self.path, dict(self.headers), self.body))
            route = web.route(self.command, self.path.partition("?")[0])
            trouble = web.troubles[route].pop(0) if web.troubles[route] else None
        try:
            if trouble is None or not trouble(self):
                web.serve(self, route)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.send_header("Content-Type", "application/octet-stream" if isinstance(value, bytes) else "application/json")
        if "Content-Length" not in (headers or {}):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def hang_up(self) -> None:
        """Close the connection without a word."""
        self.close_connection = True
        with self.connection as connection:
            connection.shutdown(socket.SHUT_RDWR)

    def form(self) -> list[Part]:
        """The parts of a multipart form, byte for byte."""
        found = re.search(r"boundary=([^;]+)", self.headers["Content-Type"])
        assert found is not None
        parts: list[Part] = []
        for piece in self.body.split(b"--" + found[1].encode())[1:-1]:
            head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            text = head.decode()
            name, file = re.search(r'; name="([^"]*)"', text), re.search(r'filename="([^"]*)"', text)
            kind = re.search(r"Content-Type: (\S+)", text)
            assert name is not None
            parts.append(
                Part(name[1], content.removesuffix(b"\r\n"), file[1] if file else None, kind[1] if kind else "")
            )
        return parts

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class WebServer:
    """A server on 127.0.0.1, from ``with`` to its end. ``troubles`` holds, by route, what befalls the next requests."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.lock = threading.RLock()
        self.troubles: defaultdict[str, list[Trouble]] = defaultdict(list)
        handler = type("TheHandler", (Handler,), {"web": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def route(self, method: str, path: str) -> str:
        raise NotImplementedError

    def serve(self, handler: Handler, route: str) -> None:
        raise NotImplementedError

    def count(self, route: str) -> int:
        return sum(self.route(one.method, one.path.partition("?")[0]) == route for one in self.seen)


def says(status: int, value: Any = None, **headers: str) -> Trouble:
    """Answer this instead."""

    def trouble(handler: Handler) -> bool:
        names = {name.replace("_", "-"): text for name, text in headers.items()}
        handler.answer({"detail": "in trouble"} if value is None else value, status, names)
        return True

    return trouble


def hangs_up(handler: Handler) -> bool:
    """Close the connection before anything is done."""
    handler.hang_up()
    return True


def waits_for(event: threading.Event) -> Trouble:
    """Answer only when the event is set, which tests do at their end."""

    def trouble(handler: Handler) -> bool:
        event.wait(30)
        handler.close_connection = True
        return True

    return trouble


@cache
def clip(width: int, height: int, frames: int, mark: int) -> bytes:
    """An MP4 of noise in a colour that follows from ``mark``."""
    noise = np.random.default_rng(mark)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        with VideoWriter(path, rate=Fraction(12), size=(width, height), lossless=False) as video:
            for _ in range(frames):
                small = noise.integers(40, 216, (height // 8, width // 8, 3), np.uint8)
                video.add(np.kron(small, np.ones((8, 8, 1), np.uint8)))
            video.close()
        return path.read_bytes()
