"""API keys: they come from the environment, go to their server, and stand in nothing that is kept or said."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from render.generators.registry import open_generator
from storyboard.errors import GeneratorError, InputError
from tests.conftest import FILM, run_direct, write_film
from tests.servers.asked import FRAMES, comfyui, made, videos_api, wanted
from tests.servers.comfy import WORKFLOW, ComfyServer
from tests.servers.videos import VideosServer
from tests.servers.web import Handler, says

KEY = "sk-live-4f9c2e7d11aa"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEO_KEY", KEY)


@pytest.fixture
def server() -> Iterator[VideosServer]:
    with VideosServer(key=KEY) as running:
        yield running


def everything_in(folder: Path) -> bytes:
    """All that stands in all files of a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_key_goes_with_every_request_and_into_no_file(server: VideosServer, tmp_path: Path) -> None:
    """As a bearer token, or alone in a header of another name."""
    assert len(made(videos_api(server.url, tmp_path, key_from="VIDEO_KEY"), wanted())) == FRAMES
    assert all(seen.headers["Authorization"] == f"Bearer {KEY}" for seen in server.seen)
    assert KEY.encode() not in everything_in(tmp_path)
    with VideosServer() as other:
        made(videos_api(other.url, tmp_path, key_from="VIDEO_KEY", key_header="X-API-Key"), wanted())
        assert {seen.headers["X-API-Key"] for seen in other.seen} == {KEY}


def test_comfyui_gets_it_too_also_over_its_line(tmp_path: Path) -> None:
    """Uploads, prompts, the WebSocket and the fetching of files."""
    (tmp_path / "workflow.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
    with ComfyServer() as server:
        made(comfyui(server.url, tmp_path, guided_by="depth", key_from="VIDEO_KEY"), wanted())
        assert {seen.headers["Authorization"] for seen in server.seen} == {f"Bearer {KEY}"}
        assert server.opened == 1
    assert KEY.encode() not in everything_in(tmp_path)


def test_a_server_that_repeats_the_key_is_not_repeated(server: VideosServer, tmp_path: Path) -> None:
    """What is wrong with it is said by the name of the variable."""
    server.key = "another"
    with pytest.raises(GeneratorError) as error:
        made(videos_api(server.url, tmp_path, key_from="VIDEO_KEY"), wanted())
    assert "Check the key in VIDEO_KEY." in str(error.value)
    assert "wrong key Bearer …" in str(error.value)
    assert KEY not in str(error.value)
    server.key = None
    server.troubles["status"] = [says(200, {"status": "failed", "error": {"message": f"{KEY} has no credit"}})]
    with pytest.raises(GeneratorError) as error:
        made(videos_api(server.url, tmp_path, key_from="VIDEO_KEY"), wanted())
    assert "… has no credit" in str(error.value)


def test_a_server_that_wants_a_key_says_how_to_name_it(server: VideosServer, tmp_path: Path) -> None:
    """Without ``key_from`` none is sent."""
    with pytest.raises(GeneratorError, match="key_from: MY_KEY"):
        made(videos_api(server.url, tmp_path), wanted())


def test_a_redirect_to_another_server_takes_no_key_along(server: VideosServer, tmp_path: Path) -> None:
    """A video may lie elsewhere; who keeps it there learns nothing."""
    with VideosServer() as elsewhere:

        def sends_on(handler: Handler) -> bool:
            job = server.jobs["video_gen_1"]
            elsewhere.jobs["stored"] = job
            handler.answer({}, 302, {"Location": f"{elsewhere.url}/v1/videos/stored/content"})
            return True

        def sends_home(handler: Handler) -> bool:
            handler.answer({}, 307, {"Location": "/v1/videos/video_gen_2"})
            return True

        server.troubles["content"] = [sends_on]
        generator = videos_api(server.url, tmp_path, key_from="VIDEO_KEY")
        assert len(made(generator, wanted())) == FRAMES
        server.troubles["status"] = [sends_home]
        assert len(made(generator, wanted(seed=5))) == FRAMES
        (fetched,) = elsewhere.seen
    assert "Authorization" not in fetched.headers
    assert all("Authorization" in seen.headers for seen in server.seen)


def test_a_video_that_is_stored_elsewhere_is_fetched_without_the_key(server: VideosServer, tmp_path: Path) -> None:
    """A server with cloud storage gives no content, but an address in the job."""
    with VideosServer() as elsewhere:

        def stores(handler: Handler) -> bool:
            job = server.take(handler)
            elsewhere.jobs["stored"] = job
            job.echo = {"url": f"{elsewhere.url}/v1/videos/stored/content"}
            handler.answer({"id": job.id, "status": "queued"})
            return True

        server.troubles["create"] = [stores]
        server.troubles["content"] = [says(400, {"detail": "Video has been uploaded to cloud storage."})]
        assert len(made(videos_api(server.url, tmp_path, key_from="VIDEO_KEY"), wanted())) == FRAMES
        (fetched,) = elsewhere.seen
    assert "Authorization" not in fetched.headers


def test_a_line_is_not_led_to_another_server(tmp_path: Path) -> None:
    """A WebSocket that is redirected would take the key along: the history is asked instead."""
    (tmp_path / "workflow.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
    with ComfyServer() as server, ComfyServer() as elsewhere:
        server.troubles["get_ws"] = [says(302, {}, Location=f"{elsewhere.url}/ws?clientId=x")] * 50
        assert len(made(comfyui(server.url, tmp_path, guided_by="depth", key_from="VIDEO_KEY"), wanted())) == FRAMES
        assert server.count("get_ws") >= 1
        assert elsewhere.seen == []


def test_a_job_is_never_sent_on_to_another_server(server: VideosServer, tmp_path: Path) -> None:
    """Where the server has moved, its new address is for a person to write."""
    server.troubles["create"] = [says(308, {}, Location="https://elsewhere.example/v1/videos?key=abc")]
    with pytest.raises(GeneratorError, match=r"has moved to https://elsewhere\.example\. Write that address"):
        made(videos_api(server.url, tmp_path, key_from="VIDEO_KEY"), wanted())
    assert server.taken == 0


WRITTEN = (
    {"key": KEY},
    {"api_key": KEY},
    {"token": KEY},
    {"Authorization": f"Bearer {KEY}"},
    {"extra": {"hf_token": KEY}},
    {"fields": {"secret": KEY}},
    {"key_from": KEY},
    {"url": f"https://me:{KEY}@videos.example"},
    {"url": f"https://videos.example/?api_key={KEY}"},
)


@pytest.mark.parametrize("name", ["videos-api", "comfyui"])
@pytest.mark.parametrize("settings", WRITTEN, ids=lambda settings: next(iter(settings)))
def test_a_key_in_film_yaml_is_refused_and_not_repeated(settings: dict, name: str, tmp_path: Path) -> None:
    """Wherever it is written; the message says where keys belong."""
    given = {"url": "http://127.0.0.1:1", "workflow": "workflow.json", **settings}
    if name == "videos-api":
        del given["workflow"]
    with pytest.raises(InputError) as error:
        open_generator(name, given, tmp_path)
    assert KEY not in str(error.value)
    assert "environment variable" in str(error.value)


def test_a_variable_that_is_not_set_is_named_before_anything_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``direct check`` refuses it, with exit code 2; so is a key that no header can carry."""
    generator = "{name: videos-api, url: 'http://127.0.0.1:1', key_from: UNSET_KEY}"
    film = write_film(tmp_path, film=FILM.replace("fake", generator))
    run = run_direct("check", film)
    assert run.returncode == 2
    assert "the environment variable UNSET_KEY, which `key_from` names, is not set." in run.stderr
    monkeypatch.setenv("UNSET_KEY", f"{KEY}\nand more")
    with pytest.raises(InputError, match="holds what no key has") as error:
        videos_api("http://127.0.0.1:1", tmp_path, key_from="UNSET_KEY")
    assert KEY not in str(error.value)
