"""``direct doctor FILM``: what a film's model needs, said before anything is downloaded."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import FILM, edit, write_film

TINY = Path(__file__).parents[1] / "examples" / "tiny_vace" / "model"
COMMIT = hashlib.sha1(b"tiny", usedforsecurity=False).hexdigest()
SETTINGS = f"generator: {{name: wan-vace, model: studio/tiny-vace, revision: '{COMMIT}'}}\n"


class Hub(BaseHTTPRequestHandler):
    """The two questions that the hub is asked: what a model holds, and one of its files."""

    asked: list[str]

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        self.asked.append(f"{self.command} {path}")
        if path.startswith("/api/models/studio/tiny-vace/tree"):
            files = [file for file in sorted(TINY.rglob("*")) if file.is_file()]
            told = [
                {
                    "type": "file",
                    "path": file.relative_to(TINY).as_posix(),
                    "size": file.stat().st_size,
                    "oid": "0" * 40,
                }
                for file in files
            ]
            self._send(json.dumps(told).encode(), body=body)
        elif path.startswith("/api/models/studio/tiny-vace"):
            listed = [
                {"rfilename": file.relative_to(TINY).as_posix(), "size": file.stat().st_size}
                for file in sorted(TINY.rglob("*"))
                if file.is_file()
            ]
            listed += [{"rfilename": "transformer/diffusion_pytorch_model.bin", "size": 10**12}]
            told = {"id": "studio/tiny-vace", "sha": COMMIT, "siblings": listed}
            self._send(json.dumps(told).encode(), body=body)
        elif path.startswith(f"/studio/tiny-vace/resolve/{COMMIT}/"):
            file = TINY / path.split(f"{COMMIT}/")[1]
            self._send(file.read_bytes(), body=body)
        else:
            self._send(b"{}", body=body, status=404)

    def _send(self, data: bytes, *, body: bool, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if body:
            self.wfile.write(data)


@contextmanager
def hub() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Handler", (Hub,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def doctor(film: Path, home: Path, *arguments: str, endpoint: str = "http://127.0.0.1:9") -> dict[str, dict]:
    told = os.environ | {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_OFFLINE": "0"}
    command = [sys.executable, "-m", "director", "doctor", str(film), "--json", *arguments]
    done = subprocess.run(command, env=told, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return {row["part"]: row for row in json.loads(done.stdout)}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return write_film(tmp_path / "film", film=FILM.replace("generator: fake\n", SETTINGS))


def test_a_model_that_is_not_here_is_named_with_its_size(film: Path, tmp_path: Path) -> None:
    """How much would be downloaded, and what it needs of a GPU; nothing is fetched, and no pickle is counted."""
    with hub() as (endpoint, asked):
        told = doctor(film, tmp_path / "hub", endpoint=endpoint)
    assert not told["model"]["ok"]
    size = sum(path.stat().st_size for path in TINY.rglob("*") if path.is_file())
    assert f"studio/tiny-vace must be downloaded: {size / 1e6:.1f} MB" in told["model"]["found"]
    assert "resident" in told["model memory"]["found"]
    assert all("/resolve/" not in request for request in asked)


def test_download_fetches_it_and_the_film_can_be_planned(film: Path, tmp_path: Path) -> None:
    """By the pinned commit; a second time nothing is fetched."""
    home = tmp_path / "hub"
    with hub() as (endpoint, asked):
        told = doctor(film, home, "--download", endpoint=endpoint)
        assert told["model"]["ok"], told["model"]
        fetched = len(asked)
        assert doctor(film, home, "--download", endpoint=endpoint)["model"]["found"].endswith("on this machine, 0.4 MB")
        assert len(asked) == fetched
    assert not list(home.rglob("*.bin"))
    environment = os.environ | {"HF_HOME": str(home), "HF_ENDPOINT": "http://127.0.0.1:9"}
    check = [sys.executable, "-m", "director", "check", str(film)]
    checked = subprocess.run(check, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert checked.returncode == 0, checked.stderr


def test_without_a_network_it_is_said(film: Path, tmp_path: Path) -> None:
    """The size cannot be known; the rest is answered."""
    told = doctor(film, tmp_path / "hub")
    assert "is not on this machine, and the hub does not answer" in told["model"]["found"]


def test_without_a_commit_todays_is_named(film: Path, tmp_path: Path) -> None:
    """To be written into the film."""
    edit(film, f", revision: '{COMMIT}'", "")
    with hub() as (endpoint, _):
        told = doctor(film, tmp_path / "hub", endpoint=endpoint)
    assert f"revision: {COMMIT}" in told["model"]["found"]


def test_a_film_of_the_previz_needs_nothing(tmp_path: Path) -> None:
    """Its generator is named."""
    told = doctor(write_film(tmp_path / "film", film=FILM.replace("fake", "previz")), tmp_path / "hub")
    assert told["generator"]["found"].startswith("previz")
    assert "model" not in told
