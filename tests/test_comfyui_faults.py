"""A ComfyUI in trouble: each take is good in the end or fails with words, and no job is queued twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyboard.errors import GeneratorError
from tests.conftest import ROOT
from tests.servers import comfy
from tests.servers.asked import FRAMES, made, notes, picture, reference, wanted
from tests.servers.comfy import ComfyServer
from tests.servers.web import Handler, hangs_up, says, waits_for
from tests.test_comfyui import unguided, untitled, workflow


@pytest.fixture
def server() -> Iterator[ComfyServer]:
    with ComfyServer() as running:
        yield running
        for prompt in running.prompts:
            prompt.go.set()


@pytest.fixture
def end() -> Iterator[threading.Event]:
    """Set when a test is over: who waits for it need wait no more."""
    event = threading.Event()
    yield event
    event.set()


def fails(server: ComfyServer, folder: Path, **settings: Any) -> str:
    """The words with which a take fails."""
    with pytest.raises(GeneratorError) as error:
        made(unguided(folder, url=server.url, **settings), wanted())
    return str(error.value)


OVER = {
    "busy": ("post_prompt", says(429, Retry_After="0")),
    "broken when it queues": ("post_prompt", says(500)),
    "hangs up when it queues": ("post_prompt", hangs_up),
    "queues and hangs up": ("post_prompt", comfy.loses_the_answer),
    "broken when uploaded to": ("post_upload", says(500)),
    "hangs up when uploaded to": ("post_upload", hangs_up),
    "broken history": ("get_history", says(502)),
    "broken queue": ("get_queue", hangs_up),
    "broken when fetched": ("get_view", says(500)),
    "half a file": ("get_view", says(200, b"\0\0\0\x18ftypisom")),
    "a line that is refused": ("get_ws", says(500)),
    "a line that breaks at once": ("get_ws", hangs_up),
}


@pytest.mark.parametrize("trouble", OVER)
def test_a_trouble_that_passes_leaves_a_good_take_of_one_job(trouble: str, server: ComfyServer, tmp_path: Path) -> None:
    """Whatever befalls one request, the job is queued once and its take is whole."""
    route, befalls = OVER[trouble]
    server.troubles[route] = [befalls]
    mara = reference(picture(tmp_path / "mara.png"))
    assert len(made(unguided(tmp_path, url=server.url), wanted(references=(mara,)))) == FRAMES
    assert server.troubles[route] == []
    assert server.taken == 1


def test_a_line_that_breaks_is_taken_up_again(server: ComfyServer, tmp_path: Path) -> None:
    """Nothing depends on a message that was missed: the history says what was done."""
    server.hold, server.drops_lines = True, 3

    def go() -> None:
        while server.opened < 4:
            time.sleep(0.005)
        server.prompts[0].go.set()

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES
    thread.join()
    assert server.taken == 1


def test_without_a_line_the_history_is_asked(server: ComfyServer, tmp_path: Path) -> None:
    """A proxy that lets no WebSocket through costs the progress, not the take."""
    server.refuses_lines = True
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES
    assert server.count("get_history") >= 2


def test_a_line_that_tells_of_other_things_only_does_not_keep_the_take_up(server: ComfyServer, tmp_path: Path) -> None:
    """Extensions chatter: the history is looked at all the same."""
    server.chatters = True
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES


def test_a_server_that_is_not_there_is_said_and_nothing_stays(tmp_path: Path) -> None:
    """Nothing was queued."""
    with ComfyServer() as server:
        pass
    assert "cannot be reached" in fails(server, tmp_path)
    assert notes(tmp_path) == {}


def test_an_answer_that_does_not_come_is_looked_for(server: ComfyServer, tmp_path: Path, end: threading.Event) -> None:
    """The server hangs and has queued nothing: its queue and history say so, and the job is sent again."""
    server.troubles["post_prompt"] = [waits_for(end)]
    assert len(made(unguided(tmp_path, url=server.url, wait={"answer": 0.5}), wanted())) == FRAMES
    assert server.taken == 1


def test_an_old_server_that_chooses_ids_itself_is_understood(server: ComfyServer, tmp_path: Path) -> None:
    """Its id is kept; where the answer was lost, the job is known by what was sent with it."""
    server.keeps_ids = False
    made(unguided(tmp_path, url=server.url), wanted(seed=1))
    server.troubles["post_prompt"] = [comfy.loses_the_answer]
    made(unguided(tmp_path, url=server.url), wanted(seed=2))
    assert server.taken == 2


NODE_ERRORS = {
    "8": {
        "class_type": "WanVaceToVideo",
        "errors": [{"type": "value_not_in_list", "message": "Value not in list", "details": "length: 6 not 4n+1"}],
        "dependent_outputs": ["9"],
    }
}


def test_nodes_that_are_refused_are_named_with_their_titles(server: ComfyServer, tmp_path: Path) -> None:
    """With status 400, and with 200, where the rest of the workflow was queued and is taken back."""
    error = {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation", "details": ""}
    server.troubles["post_prompt"] = [says(400, {"error": error, "node_errors": NODE_ERRORS})]
    words = fails(server, tmp_path)
    assert "“shotgraph: width, height, frames, strength” (WanVaceToVideo, node 8): Value not in list" in words
    assert "length: 6 not 4n+1" in words
    assert notes(tmp_path) == {}

    server.hold = True

    def half(handler: Handler) -> bool:
        handler.answer({**server.take(handler), "node_errors": NODE_ERRORS})
        return True

    server.troubles["post_prompt"] = [half]
    assert "Value not in list" in fails(server, tmp_path)
    assert server.interrupted == [f"deleted {server.prompts[0].id}"]
    assert notes(tmp_path) == {}


def test_a_workflow_that_is_refused_as_a_whole_is_told(server: ComfyServer, tmp_path: Path) -> None:
    """In the server's words."""
    error = {"type": "prompt_no_outputs", "message": "Prompt has no outputs", "details": ""}
    server.troubles["post_prompt"] = [says(400, {"error": error, "node_errors": {}})]
    assert "refuses workflow.json: Prompt has no outputs." in fails(server, tmp_path)


@pytest.mark.parametrize("lines", [True, False])
def test_a_node_that_fails_is_named_and_the_next_run_queues_another(
    lines: bool, server: ComfyServer, tmp_path: Path
) -> None:
    """Told over the line, or found in the history; what failed stays there, and a job of another id follows."""
    server.refuses_lines = not lines
    server.fault = lambda _prompt: {"node_id": "3", "node_type": "KSampler", "exception_message": "CUDA out of memory"}
    words = fails(server, tmp_path)
    assert "failed at “shotgraph: seed” (KSampler, node 3): CUDA out of memory." in words
    assert server.taken == 1
    server.fault = lambda _prompt: None
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES
    assert server.taken == 2
    assert len({prompt.id for prompt in server.prompts}) == 2


def test_a_take_that_the_server_made_before_is_fetched(server: ComfyServer, tmp_path: Path) -> None:
    """The id of a job follows from what is asked: without any note it is found in the history."""
    first = made(unguided(tmp_path / "one", url=server.url), wanted())
    again = made(unguided(tmp_path / "two", url=server.url), wanted())
    assert server.taken == 1
    assert np.array_equal(first, again)


def test_a_server_that_forgot_a_job_gets_it_once_more(server: ComfyServer, tmp_path: Path) -> None:
    """History and queue are empty after a new start: ``{}`` for the id is not waited for for ever."""

    def forgets(_handler: Handler) -> bool:
        with server.lock:
            server.pending.clear()
            server.history.clear()
        server.hold = False
        return False

    server.hold = True
    server.troubles["get_queue"] = [lambda _handler: False, forgets]
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES
    assert server.taken == 2


def test_a_job_that_ends_while_it_is_looked_for_is_not_lost(server: ComfyServer, tmp_path: Path) -> None:
    """It leaves the queue for the history just between the two questions of the next run."""
    server.hold = True

    def ends(_handler: Handler) -> bool:
        server.prompts[0].go.set()
        until = time.monotonic() + 20
        while not server.history and time.monotonic() < until:
            time.sleep(0.005)
        return False

    assert "took more than" in fails(server, tmp_path, wait={"job": 0.05})
    asked: list[str] = []

    def counts(handler: Handler) -> bool:
        asked.append(handler.path)
        return ends(handler) if len(asked) == 2 else False

    server.troubles["get_history"], server.troubles["get_queue"] = [counts] * 3, [counts] * 3
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES
    assert server.taken == 1


def test_a_job_that_was_lost_and_costs_money_is_not_queued_again(server: ComfyServer, tmp_path: Path) -> None:
    """With a price, a person decides."""

    def forgets(_handler: Handler) -> bool:
        server.pending.clear()
        return False

    server.hold = True
    server.troubles["get_queue"] = [lambda _handler: False, forgets]
    assert "no longer knows job" in fails(server, tmp_path, price=0.1)
    assert server.taken == 1


def test_files_that_the_server_has_deleted_are_made_again(server: ComfyServer, tmp_path: Path) -> None:
    """The history knows the take, the disk does not."""
    made(unguided(tmp_path, url=server.url), wanted())
    server.outputs.clear()
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES
    assert server.taken == 2


@pytest.mark.parametrize("makes", [{"width": 80}, {"frames": FRAMES - 1}])
@pytest.mark.parametrize("pictures", [False, True])
def test_another_size_or_length_than_was_asked_for_is_refused(
    makes: dict[str, int], pictures: bool, tmp_path: Path
) -> None:
    """Nothing is cut or stretched; asked again, the job is not queued a second time."""
    with ComfyServer(makes=makes, pictures=pictures) as server:
        for _ in range(2):
            words = fails(server, tmp_path)
            assert f"where {FRAMES} of 64×48 were asked for" in words
            assert "“shotgraph: output”" in words
        assert server.taken == 1


def test_an_output_without_a_take_is_told(server: ComfyServer, tmp_path: Path) -> None:
    """The node that was bound saves nothing that is a video or a picture."""
    server.folder = "text"

    def nothing(handler: Handler) -> bool:
        job = handler.path.rpartition("/")[2]
        if job in server.history:
            handler.answer({job: {"outputs": {}, "status": {"status_str": "success", "completed": True}}})
            return True
        return False

    server.troubles["get_history"] = [nothing] * 20
    assert "gave no videos and no pictures: bind the node" in fails(server, tmp_path)


def test_when_nobody_waits_any_more_the_job_is_interrupted_or_taken_from_the_queue(
    server: ComfyServer, tmp_path: Path
) -> None:
    """And it alone: what else runs there goes on."""

    def stop(done: int) -> None:
        if done:
            raise KeyboardInterrupt

    def stays(prompt: comfy.Prompt) -> None:
        while not prompt.stopped:
            time.sleep(0.005)

    server.fault = stays
    with pytest.raises(KeyboardInterrupt):
        made(unguided(tmp_path, url=server.url), wanted(), stop)
    assert server.interrupted == [server.prompts[0].id]
    assert notes(tmp_path) == {}


RUN = """
import sys
from pathlib import Path
from tests.servers.asked import comfyui, made, wanted
made(comfyui(sys.argv[1], Path(sys.argv[2]), wait={"answer": 60}), wanted())
"""


@pytest.mark.parametrize("route", ["get_ws", "post_prompt"])
def test_a_killed_run_goes_on_with_its_job(
    route: str, server: ComfyServer, tmp_path: Path, end: threading.Event
) -> None:
    """SIGKILL while the job runs, or before its answer came: the next run finds it in the queue or in the history."""
    workflow(tmp_path, untitled("14"))
    server.hold = True

    def queues_and_hangs(handler: Handler) -> bool:
        server.take(handler)
        return waits_for(end)(handler)

    if route == "post_prompt":
        server.troubles["post_prompt"] = [queues_and_hangs]
    process = subprocess.Popen([sys.executable, "-c", RUN, server.url, str(tmp_path)], cwd=ROOT)
    until = time.monotonic() + 60
    while not (server.count(route) and server.prompts) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    server.prompts[0].go.set()
    assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES
    assert server.taken == 1
