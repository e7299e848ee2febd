"""A video server in trouble: each take is good in the end or fails with words, and none is paid for twice."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import numpy as np
import pytest

from render.generators.servers.http import retry_after
from storyboard.errors import GeneratorError
from tests.servers import videos
from tests.servers.asked import FRAMES, made, notes, videos_api, wanted
from tests.servers.videos import VideosServer
from tests.servers.web import Handler, hangs_up, says, waits_for


@pytest.fixture
def server() -> Iterator[VideosServer]:
    with VideosServer() as running:
        yield running


@pytest.fixture
def end() -> Iterator[threading.Event]:
    """Set when a test is over: who waits for it need wait no more."""
    event = threading.Event()
    yield event
    event.set()


def fails(server: VideosServer, folder: Path, **settings: object) -> str:
    """The words with which a take fails."""
    with pytest.raises(GeneratorError) as error:
        made(videos_api(server.url, folder, **settings), wanted())
    return str(error.value)


def test_a_server_that_is_not_there_is_said_and_nothing_stays(tmp_path: Path) -> None:
    """Nothing was sent, so nothing need be looked for the next time."""
    with VideosServer() as server:
        pass
    assert "cannot be reached" in fails(server, tmp_path)
    assert notes(tmp_path) == {}


LATER = format_datetime(datetime.now(UTC) + timedelta(hours=5), usegmt=True)
OVER = {
    "busy": ("create", says(429, Retry_After="0")),
    "busy for an hour": ("create", says(429, Retry_After="3600")),
    "busy until five": ("create", says(503, Retry_After=LATER)),
    "busy when asked": ("status", says(429, Retry_After="0")),
    "broken when asked": ("status", says(500)),
    "broken off when asked": ("status", hangs_up),
    "unknown for a moment": ("status", says(404)),
    "another job for a moment": ("status", says(200, {"id": "video_gen_99", "status": "completed"})),
    "broken when fetched": ("content", says(502)),
    "not there yet": ("content", says(404, {"detail": "Generation is still in-progress"})),
    "half a file": ("content", videos.cuts_short),
    "half of what was announced": ("content", videos.breaks_off),
    "broken when it takes": ("create", says(500)),
    "away when it takes": ("create", says(503)),
    "hangs up when it takes": ("create", hangs_up),
    "broken when it lists": ("list", says(500)),
}


@pytest.mark.parametrize("trouble", OVER)
def test_a_trouble_that_passes_leaves_a_good_take_of_one_job(
    trouble: str, server: VideosServer, tmp_path: Path
) -> None:
    """Asked again after a pause, the server's own where it names one (but never for long)."""
    route, befalls = OVER[trouble]
    server.troubles[route] = [befalls]
    take = made(videos_api(server.url, tmp_path), wanted())
    assert len(take) == FRAMES
    assert server.troubles[route] == []
    assert server.taken == 1


@pytest.mark.parametrize("route", ["create", "status", "content"])
def test_an_answer_that_does_not_come_is_waited_for_so_long_and_no_longer(
    route: str, server: VideosServer, tmp_path: Path, end: threading.Event
) -> None:
    """A server that hangs is asked again; a job that it did not take is sent again."""
    server.troubles[route] = [waits_for(end)]
    assert len(made(videos_api(server.url, tmp_path, exclusive=True, wait={"answer": 0.5}), wanted())) == FRAMES
    assert server.taken == 1


def test_a_job_that_is_never_done_is_left_and_found_again(server: VideosServer, tmp_path: Path) -> None:
    """The wait ends with words; the job goes on, and the next run waits for that very job."""
    server.looks = 10_000
    assert "took more than 0.1 s" in fails(server, tmp_path, wait={"job": 0.1})
    assert "took more than 0.1 s" in fails(server, tmp_path, wait={"whole": 0.1})
    assert server.deleted == []
    for job in server.jobs.values():
        job.looks = 0
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 1


def test_a_lost_answer_is_not_sent_again_blindly(server: VideosServer, tmp_path: Path) -> None:
    """The server has a job that may be it: it is named, with what to do; a person who says so has the take."""
    server.troubles["create"] = [videos.loses_the_answer]
    for _ in range(2):
        words = fails(server, tmp_path)
        assert "cannot be known" in words
        assert "It may be video_gen_1." in words
    assert server.taken == 1
    ((digest, state),) = notes(tmp_path).items()
    assert state == "sending"
    path = tmp_path / ".shotgraph/jobs" / f"{digest}.json"
    assert str(path) in words
    path.write_text(json.dumps({**json.loads(path.read_text()), "id": "video_gen_1", "state": "accepted"}))
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 1


def test_a_lost_answer_can_be_sent_again_by_a_person(server: VideosServer, tmp_path: Path) -> None:
    """Who deletes the note sends the job again, knowingly."""
    server.troubles["create"] = [videos.loses_the_answer]
    fails(server, tmp_path)
    for path in (tmp_path / ".shotgraph/jobs").glob("*.json"):
        path.unlink()
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 2


@pytest.mark.parametrize("told", [{"user": "user"}, {"metadata": "user"}])
def test_a_job_that_is_listed_with_its_tag_is_found(told: dict[str, str], server: VideosServer, tmp_path: Path) -> None:
    """Where a server gives back what it was sent, a lost answer is no loss."""
    server.troubles["create"] = [videos.loses_the_answer_and_tells(**told)]
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 1


def test_on_a_server_of_ones_own_the_only_new_job_is_the_lost_one(server: VideosServer, tmp_path: Path) -> None:
    """``exclusive``: jobs that were there before, and those of other takes, are not taken for it."""
    generator = videos_api(server.url, tmp_path, exclusive=True)
    made(generator, wanted(seed=1))
    server.troubles["create"] = [videos.loses_the_answer]
    take = made(generator, wanted(seed=2))
    assert server.taken == 2
    other = made(videos_api(server.url, None), wanted(seed=2))
    assert np.array_equal(take, other)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_after_the_job_was_taken_sends_no_other(status: int, server: VideosServer, tmp_path: Path) -> None:
    """A proxy that loses the server says 5xx whatever the server did: the list is looked at first."""

    def takes_and_fails(handler: Handler) -> bool:
        server.take(handler)
        return says(status)(handler)

    server.troubles["create"] = [takes_and_fails]
    assert len(made(videos_api(server.url, tmp_path, exclusive=True), wanted())) == FRAMES
    assert (server.taken, server.count("create")) == (1, 1)


def test_while_another_take_is_sent_the_only_new_job_is_not_certain(server: VideosServer, tmp_path: Path) -> None:
    """Two answers were lost: neither job is given to a take that may not be its own."""
    server.troubles["create"] = [videos.loses_the_answer]
    generator = videos_api(server.url, tmp_path)
    with pytest.raises(GeneratorError, match="cannot be known"):
        made(generator, wanted(seed=1))
    server.troubles["create"] = [videos.loses_the_answer]
    with pytest.raises(GeneratorError, match="cannot be known"):
        made(videos_api(server.url, tmp_path, exclusive=True), wanted(seed=2))
    assert server.taken == 2


def test_where_the_server_lists_nothing_a_lost_answer_is_unknown(server: VideosServer, tmp_path: Path) -> None:
    """A server without a list may have taken the job: it is not sent again."""
    server.troubles["list"] = [says(404)] * 9
    server.troubles["create"] = [hangs_up]
    assert "cannot be known" in fails(server, tmp_path)
    assert server.count("create") == 1


def test_where_the_server_knows_a_key_again_a_job_is_sent_again(server: VideosServer, tmp_path: Path) -> None:
    """``idempotent``: the same Idempotency-Key is the same job."""
    server.idempotent = True
    server.troubles["create"] = [videos.loses_the_answer, hangs_up, says(500)]
    assert len(made(videos_api(server.url, tmp_path, idempotent=True), wanted())) == FRAMES
    assert (server.taken, server.count("create")) == (1, 4)


def test_a_job_that_failed_is_not_the_next_one(server: VideosServer, tmp_path: Path) -> None:
    """Its key goes with it: a server that knows keys again would give the failed job for ever."""
    server.idempotent = True
    server.troubles["status"] = [says(200, {"id": "video_gen_1", "status": "failed"})]
    assert "it does not say why" in fails(server, tmp_path, idempotent=True)
    assert len(made(videos_api(server.url, tmp_path, idempotent=True), wanted())) == FRAMES
    assert server.taken == 2


def test_an_answer_without_a_job_is_no_answer(server: VideosServer, tmp_path: Path) -> None:
    """Neither JSON without an id nor a page of a proxy is believed; the list says that nothing was taken."""
    server.troubles["create"] = [says(200, {"object": "video"}), says(200, b"<html>hello</html>")]
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 1


def test_what_the_server_refuses_is_said_in_its_words(server: VideosServer, tmp_path: Path) -> None:
    """A form that it does not take leaves nothing to look for."""
    fault = {"detail": [{"loc": ["body", "size"], "msg": "must be a multiple of 16"}]}
    server.troubles["create"] = [says(422, fault)]
    assert "answers 422: size: must be a multiple of 16." in fails(server, tmp_path)
    assert notes(tmp_path) == {}
    assert server.taken == 0


def test_a_job_that_failed_is_told_and_the_next_run_may_send_another(server: VideosServer, tmp_path: Path) -> None:
    """What failed is dead: its note goes, and nothing is tried again by itself."""
    server.troubles["status"] = [
        says(200, {"id": "video_gen_1", "status": "failed", "error": {"message": "no memory"}})
    ]
    assert "job video_gen_1 failed: no memory." in fails(server, tmp_path)
    assert server.taken == 1
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 2


def test_a_job_that_the_server_forgot_is_made_anew_where_that_costs_nothing(
    server: VideosServer, tmp_path: Path
) -> None:
    """One's own server was started again: one more job, once."""
    server.troubles["status"] = [videos.forgets]
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 2
    server.looks = 10_000
    server.troubles["status"] = [videos.forgets] * 9
    assert "no longer knows job" in fails(server, tmp_path / "other")
    assert server.taken == 4


def test_a_job_that_the_server_forgot_and_that_costs_money_is_not_sent_again(
    server: VideosServer, tmp_path: Path
) -> None:
    """With a price, a person decides."""
    server.troubles["status"] = [videos.forgets]
    words = fails(server, tmp_path, price=0.1)
    assert "no longer knows job video_gen_1" in words
    assert "delete" in words
    assert server.taken == 1


def test_an_answer_for_another_job_is_not_believed(server: VideosServer, tmp_path: Path) -> None:
    """No take gets the video of another."""
    server.troubles["status"] = [says(200, {"id": "video_gen_7", "status": "completed"})] * 3
    assert "another job than video_gen_1" in fails(server, tmp_path)
    assert (server.taken, server.count("content")) == (1, 0)


def test_a_video_that_stays_damaged_is_said_and_the_job_is_kept(server: VideosServer, tmp_path: Path) -> None:
    """Fetched three times; the next run fetches again, and no job is sent."""
    server.troubles["content"] = [videos.cuts_short] * 3
    assert "cannot be read" in fails(server, tmp_path)
    assert server.count("content") == 3
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 1


@pytest.mark.parametrize("makes", [{"width": 80}, {"frames": FRAMES - 1}, {"frames": FRAMES + 3}])
def test_another_size_or_length_than_was_asked_for_is_refused(makes: dict[str, int], tmp_path: Path) -> None:
    """Nothing is cut or stretched; asked again, the server's job is not made a second time."""
    with VideosServer(makes=makes) as server:
        for _ in range(2):
            words = fails(server, tmp_path)
            assert f"where {FRAMES} of 64×48 were asked for" in words
            assert "Nothing is cut or stretched" in words
        assert server.taken == 1


@pytest.mark.parametrize("kind", [KeyboardInterrupt, RuntimeError])
def test_when_nobody_waits_any_more_the_job_is_cancelled(
    kind: type[BaseException], server: VideosServer, tmp_path: Path
) -> None:
    """An interrupt, or a listener that ends: the server is told, and nothing stays of the job."""
    server.looks = 10_000

    def stop(done: int) -> None:
        if done:
            raise kind

    def start(_handler: Handler) -> bool:
        for job in server.jobs.values():
            job.looked = 5_000
        return False

    server.troubles["status"] = [start]
    with pytest.raises(kind):
        made(videos_api(server.url, tmp_path), wanted(), stop)
    assert server.deleted == ["video_gen_1"]
    assert notes(tmp_path) == {}


def test_a_job_that_cannot_be_cancelled_in_time_keeps_its_note(
    server: VideosServer, tmp_path: Path, end: threading.Event
) -> None:
    """The next run waits for it instead of sending another."""
    server.looks = 10_000

    def stop(done: int) -> None:
        if done:
            raise KeyboardInterrupt

    def start(_handler: Handler) -> bool:
        for job in server.jobs.values():
            job.looked = 5_000
        return False

    server.troubles["status"], server.troubles["delete"] = [start], [waits_for(end)]
    with pytest.raises(KeyboardInterrupt):
        made(videos_api(server.url, tmp_path, wait={"cancel": 0.1}), wanted(), stop)
    for job in server.jobs.values():
        job.looks = 0
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert server.taken == 1


def test_a_take_that_is_not_read_to_its_end_is_fetched_again(server: VideosServer, tmp_path: Path) -> None:
    """Whoever stops while frames are handed over has paid already: the job stays."""
    frames = videos_api(server.url, tmp_path).generate(wanted(), lambda _: None)
    next(frames)
    frames.close()  # type: ignore[attr-defined]
    assert set(notes(tmp_path).values()) == {"accepted"}
    assert len(made(videos_api(server.url, tmp_path), wanted())) == FRAMES
    assert (server.taken, server.deleted) == (1, [])


def test_how_long_a_server_asks_to_wait() -> None:
    """Both forms of Retry-After; nonsense and the past are no wait."""
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert retry_after("17", now) == 17
    assert retry_after(" 0 ", now) == 0
    assert retry_after("Sun, 01 Mar 2026 12:01:30 GMT", now) == 90
    assert retry_after("Sun, 01 Mar 2026 11:00:00 GMT", now) == 0
    assert retry_after("soon", now) is None
    assert retry_after("-5", now) is None
    assert retry_after(None, now) is None
