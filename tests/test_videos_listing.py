"""A job whose answer was lost, among the jobs that a server lists: known for certain, or not at all."""

from pathlib import Path
from typing import Any

from render.generators.videos_api.listing import Found, Sought, find
from tests.servers import videos
from tests.servers.asked import FRAMES, made, videos_api, wanted
from tests.servers.videos import Job, VideosServer
from tests.servers.web import Part

SOUGHT = Sought(tag="ours-1", prompt="a room", size="64x48", before=frozenset({"old"}), claimed=frozenset({"other"}))


def listed(*ids: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": each, "prompt": "a room", "size": "64x48", **more} for each in ids]


def test_jobs_that_were_there_before_or_that_other_takes_have_are_not_ours() -> None:
    """What is left is the lost one only where nobody else sends jobs."""
    assert find(listed("old", "other"), SOUGHT, exclusive=True) == Found()
    assert find(listed("old", "other", "new"), SOUGHT, exclusive=True) == Found(id="new")
    assert find(listed("old", "other", "new"), SOUGHT, exclusive=False) == Found(may_be=("new",))


def test_of_two_new_jobs_neither_is_certain() -> None:
    """Both may be ours, so nothing is taken and nothing sent."""
    assert find(listed("one", "two"), SOUGHT, exclusive=True) == Found(may_be=("one", "two"))


def test_a_job_of_other_words_or_another_size_is_not_ours() -> None:
    """Where a server tells what a job was asked; a server that tells nothing rules nothing out."""
    assert find(listed("new", prompt="a ship"), SOUGHT, exclusive=True) == Found()
    assert find(listed("new", size="64x64"), SOUGHT, exclusive=True) == Found()
    assert find([{"id": "new"}], SOUGHT, exclusive=False) == Found(may_be=("new",))


def test_a_job_with_our_tag_is_ours_wherever_the_tag_stands() -> None:
    """Also beside others that agree in everything else."""
    jobs = [*listed("one"), *listed("two", metadata={"of": ["x", "ours-1"]})]
    assert find(jobs, SOUGHT, exclusive=False) == Found(id="two")
    assert find(listed("new", prompt="x ours-1"), SOUGHT, exclusive=False) == Found()


def test_a_long_list_is_read_to_its_end(tmp_path: Path) -> None:
    """Page by page: a job that was there before is not taken for the lost one."""
    form = [Part("prompt", b"a keeper in a room"), Part("size", b"64x48"), Part("num_frames", b"6")]
    with VideosServer() as server:
        server.jobs = {f"old-{number}": Job(f"old-{number}", form, 0, made=number) for number in range(250)}
        server.troubles["create"] = [videos.loses_the_answer]
        take = made(videos_api(server.url, tmp_path, exclusive=True), wanted())
        assert server.taken == 1
        assert server.count("list") >= 6
    assert len(take) == FRAMES
