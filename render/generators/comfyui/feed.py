"""What ComfyUI tells while it works, over its WebSocket; a line that breaks is taken up again."""

import contextlib
import json
import socket
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from render.generators.servers.deadline import Deadline
from render.generators.servers.keys import Key
from render.generators.servers.settings import Waits

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

_LARGEST = 64 * 2**20  # bytes of a message: previews are pictures


class Feed:
    """Messages for one client. Nothing of it is trusted to come: the history says what was done."""

    def __init__(self, url: str, key: Key, client: str, waits: Waits, deadline: Deadline) -> None:
        self._url, self._key, self._client = url, key, client
        self._waits, self._deadline = waits, deadline
        self._line: ClientConnection | None = None
        self._open_lines = contextlib.ExitStack()
        self._next_try, self._pause = 0.0, waits.backoff

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def next(self, seconds: float) -> Mapping[str, Any] | None:
        """The next message, within so many seconds; None where none came."""
        from websockets.exceptions import WebSocketException

        until = time.monotonic() + min(seconds, self._deadline.left)
        while (left := until - time.monotonic()) > 0:
            if self._line is None and not self.open():
                time.sleep(min(left, max(0.001, self._next_try - time.monotonic())))
                continue
            assert self._line is not None
            try:
                words = self._line.recv(timeout=left)
            except TimeoutError:
                return None
            except (WebSocketException, OSError):
                self.close()
                self._later()
                continue
            if isinstance(words, str):  # pictures are previews
                with contextlib.suppress(ValueError):
                    message = json.loads(words)
                    if isinstance(message, dict):
                        return message
        return None

    def close(self) -> None:
        """Hang up."""
        self._line = None
        with contextlib.suppress(Exception):
            self._open_lines.close()

    def open(self) -> bool:
        """Take up the line, if it is not and may be tried again; whether it stands."""
        from websockets.exceptions import WebSocketException
        from websockets.sync.client import connect

        if self._line is not None or time.monotonic() < self._next_try:
            return self._line is not None
        parts = urlsplit(self._url)
        secure = parts.scheme == "https"
        address = f"{'wss' if secure else 'ws'}://{parts.netloc}{parts.path}/ws?clientId={self._client}"
        try:
            # A connection of our own: a redirect would take the key to another host.
            host, port = str(parts.hostname), parts.port or (443 if secure else 80)
            plain = socket.create_connection((host, port), timeout=self._waits.connect)
            line = connect(
                address,
                sock=plain,
                additional_headers=self._key.headers(),
                open_timeout=self._waits.connect,
                close_timeout=1,
                max_size=_LARGEST,
            )
            self._line = self._open_lines.enter_context(line)
        except (WebSocketException, OSError, ValueError):
            self._later()
            return False
        self._pause = self._waits.backoff
        return True

    def _later(self) -> None:
        self._next_try = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, self._waits.backoff_longest)


class Work:
    """How much of a workflow is done, from what is told of its nodes."""

    def __init__(self, nodes: int) -> None:
        self._nodes = max(nodes, 1)
        self._done: set[str] = set()
        self._parts: dict[str, float] = {}

    def told(self, kind: str, data: Mapping[str, Any]) -> None:
        """Take note of a message."""
        if kind == "execution_cached":
            self._done |= {str(node) for node in data.get("nodes") or ()}
        elif kind == "executed":
            self._done.add(str(data.get("node")))
        elif kind == "progress":
            self._parts[str(data.get("node"))] = _part(data)
        elif kind == "progress_state":
            nodes = data.get("nodes")
            for name, state in nodes.items() if isinstance(nodes, dict) else ():
                if isinstance(state, dict):
                    self._parts[str(name)] = 1.0 if state.get("state") == "finished" else _part(state)

    @property
    def share(self) -> float:
        """0 … 1."""
        parts = {**self._parts, **dict.fromkeys(self._done, 1.0)}
        return min(1.0, sum(parts.values()) / self._nodes)


def _part(state: Mapping[str, Any]) -> float:
    value, most = state.get("value"), state.get("max")
    if not isinstance(value, int | float) or not isinstance(most, int | float) or most <= 0:
        return 0.0
    return min(max(value / most, 0.0), 1.0)
