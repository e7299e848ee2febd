"""Takes through a render queue: requests are written, shot by whoever, and found by the film; none is trusted."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from director.queues import needed, read_request, shoot_request, write_requests
from storyboard.errors import InputError
from tests.conftest import FILM, ROOT, SCRIPT, edit, run_direct, write_film
from tests.test_farm import make, plan_of
from tests.test_resume import finished


def requested(film: Path, folder: Path) -> list[Path]:
    """What ``direct requests`` writes."""
    return write_requests(needed(plan_of(film)), folder)


def test_requests_then_takes_then_the_film(tmp_path: Path) -> None:
    """Every take of a round comes from its file; the film then makes none, and is the film made in one go."""
    film = write_film(tmp_path / "film")
    done = run_direct("requests", film, tmp_path / "queue")
    paths = sorted((tmp_path / "queue").iterdir())
    assert done.stdout == f"{len(paths)}\n"
    assert [path.name for path in paths] == ["0001.json", "0002.json", "0003.json", "0004.json", "0005.json"]
    lengths = [json.loads(path.read_text())["job"]["request"]["frames"] for path in paths]
    assert lengths == sorted(lengths, reverse=True)
    for path in paths:
        done = run_direct("take", path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == json.loads(path.read_text())["job"]["key"]
    assert requested(film, tmp_path / "queue") == []
    done = run_direct(film)
    assert "0 takes made, 5 reused" in done.stdout
    whole = write_film(tmp_path / "whole")
    make(whole)
    assert (film.parent / "cut" / "film.mp4").read_bytes() == (whole.parent / "cut" / "film.mp4").read_bytes()


def test_rounds_go_through_a_queue_until_nothing_is_needed(tmp_path: Path) -> None:
    """Where takes fail, what stands is judged, and the next round's takes are asked for, to the same film."""
    settings = FILM.replace("fake", "{name: fake, black: 0.5}") + "budget: {takes: 3}\n"
    film = write_film(tmp_path / "film", film=settings)
    rounds = 0
    while paths := requested(film, tmp_path / "queue"):
        rounds += 1
        for path in paths:
            shoot_request(path)
    assert rounds > 1
    report = make(film)
    assert report.made == 0
    whole = write_film(tmp_path / "whole", film=settings)
    assert make(whole).failing == report.failing
    assert finished(film.parent).keys() == finished(whole.parent).keys()
    assert (film.parent / "cut" / "film.mp4").read_bytes() == (whole.parent / "cut" / "film.mp4").read_bytes()


def test_a_request_is_shot_once_by_two_at_once(tmp_path: Path) -> None:
    """Two machines of a queue given the same file: one shoots, the other waits and finds; a third finds too."""
    film = write_film(tmp_path / "film", film=FILM.replace("fake", "{name: fake, sleep: 0.03}"))
    path = requested(film, tmp_path / "queue")[0]
    command = [sys.executable, "-m", "director", "take", str(path), "--json"]
    runs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in "ab"]
    told = [json.loads(run.communicate(timeout=60)[0]) for run in runs]
    again = json.loads(run_direct("take", path, "--json").stdout)
    assert told[0] == told[1] == again
    assert len(finished(film.parent)) == 1


def _changed(change: Callable[[dict[str, Any]], None]) -> Callable[[str], str]:
    def write(text: str) -> str:
        request = json.loads(text)
        change(request["job"])
        return json.dumps(request)

    return write


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text[:100], "is no request for a take"),
        (lambda text: text.replace("request 1", "request 9"), "this version reads"),
        (_changed(lambda job: job.update(seed=job["seed"] + 1)), "do not make the key"),
        (_changed(lambda job: job["inputs"].update(prompt="a hat")), "do not make the recipe"),
        (_changed(lambda job: job["request"].update(prompt="a hat")), "is not what its key says"),
        (_changed(lambda job: job["request"].update(frames=999)), "is not what its key says"),
        (_changed(lambda job: job.update(folder="/etc")), "would write to /etc"),
        (_changed(lambda job: job.update(lock="/tmp/lock")), "is not where take"),  # noqa: S108
        (_changed(lambda job: job.update(folder=job["folder"].replace("/takes/", "/../takes/"))), "would write to"),
        (_changed(lambda job: job["request"].update(first_frame="/etc/passwd")), "its key does not know"),
        (_changed(lambda job: job.update(parent=["/etc/passwd"])), "outside the film's folder"),
        (_changed(lambda job: job.update(home="/etc")), "as the film's folder"),
        (_changed(lambda job: job.update(secret=1)), "is no request for a take"),
    ],
)
def test_what_was_altered_is_refused(
    requests_of_a_film: tuple[Path, Path], tmp_path: Path, damage: Callable[[str], str], words: str
) -> None:
    """A request that does not follow from its own contents, or that would reach beyond its film, is not shot."""
    film, request = requests_of_a_film
    path = tmp_path / "0001.json"
    path.write_text(damage(request.read_text()))
    with pytest.raises(InputError, match=words):
        read_request(path)
    assert not finished(film.parent)


@pytest.fixture(scope="module")
def requests_of_a_film(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A film, and the first of its requests."""
    film = write_film(tmp_path_factory.mktemp("asked") / "film")
    return film, requested(film, film.parent.parent / "queue")[0]


def test_a_request_of_a_moved_film_says_so(tmp_path: Path) -> None:
    """The film's folder is gone from where the request knows it: exit code 2, and what to do."""
    film = write_film(tmp_path / "film")
    path = requested(film, tmp_path / "queue")[0]
    film.parent.rename(tmp_path / "moved")
    done = run_direct("take", path)
    assert done.returncode == 2
    assert "no such folder here: was it moved?" in done.stderr
    assert "direct requests" in done.stderr


def test_only_requests_are_cleared_away(tmp_path: Path) -> None:
    """A second call removes the requests of the first, and no file of anybody else's."""
    film = write_film(tmp_path / "film")
    queue = tmp_path / "queue"
    requested(film, queue)
    (queue / "2024.json").write_text("{}")
    edit(film.parent / "script.fountain", "close-up on IVO, 1s", "close-up on IVO, 2s")
    make(film)
    assert requested(film, queue) == []
    assert [path.name for path in queue.iterdir()] == ["2024.json"]


def test_a_take_that_continues_another_is_asked_for_after_it(tmp_path: Path) -> None:
    """A shot that runs on from another is in the next round, with that take's file; without it, it is refused."""
    film = write_film(
        tmp_path / "film",
        script=SCRIPT.replace("full shot of MARA, pan left", "wide shot of MARA, static").replace(
            "close-up on IVO, 1s", "close-up on IVO, 1s, continues"
        ),
    )
    first = requested(film, tmp_path / "queue")
    assert len(first) == 4
    for path in first:
        shoot_request(path)
    (second,) = requested(film, tmp_path / "queue")
    (parent,) = read_request(second).parent
    kept = parent.read_bytes()
    parent.write_bytes(kept[:-1])
    with pytest.raises(InputError, match="not there any more"):
        read_request(second)
    parent.write_bytes(kept)
    shoot_request(second)
    assert (make(film).made, make(film).reused) == (0, 5)


SBATCH = """\
#!/bin/bash
# Slurm, as far as the example needs it: the tasks of the array, one after another.
set -euo pipefail
[ "$1" = --wait ]
count=${2#--array=1-}
for task in $(seq 1 "${count%%%*}"); do
  SLURM_ARRAY_TASK_ID=$task bash "$3" "$4" || failed=yes
done
[ -z "${failed:-}" ]
"""


def test_the_slurm_example_makes_the_film(tmp_path: Path) -> None:
    """examples/slurm goes round until nothing is needed, and stops where no take can be shot."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, text in (("sbatch", SBATCH), ("direct", f'#!/bin/bash\nexec "{sys.executable}" -m director "$@"\n')):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    def slurm(film: Path) -> subprocess.CompletedProcess[str]:
        command = ["bash", str(ROOT / "examples" / "slurm" / "film.sh"), str(film), "4"]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=200, check=False
        )

    short = SCRIPT[: SCRIPT.index("[[shot: medium")]
    settings = FILM.replace("fake", "{name: fake, black: 0.4}") + "budget: {takes: 2}\n"
    film = write_film(tmp_path / "film", film=settings, script=short)
    done = slurm(film)
    assert done.returncode in (0, 1), done.stderr
    assert "0 takes made" in done.stdout
    done = slurm(write_film(tmp_path / "bad", film=FILM.replace("fake", "{name: fake, fail: true}"), script=short))
    assert done.returncode == 3
    assert "No take could be shot" in done.stderr
