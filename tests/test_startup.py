"""What the command loads before it does anything: nothing heavy, so that it answers at once."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FILM, ROOT, run_direct, write_film

HEAVY = {
    "av",
    "cv2",
    "embreex",
    "ffmpeg",
    "httpx",
    "fsspec",
    "numba",
    "numpy",
    "opentimelineio",
    "PIL",
    "pysubs2",
    "ray",
    "scipy",
    "sentence_transformers",
    "tenacity",
    "torch",
    "transformers",
    "trimesh",
    "websockets",
}
LOADED = """
import sys
from director.cli import run
code = run(sys.argv[1:])
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def loaded(*arguments: object, **environment: str) -> tuple[set[str], str]:
    """The top modules that a process has loaded when ``direct ARGUMENTS`` ends, and what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=240,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", **environment},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split()), done.stdout


def test_the_heavy_libraries_are_there_to_be_loaded() -> None:
    """Every name in the list is a module that this environment has: a misspelt one would never be found loaded."""
    assert [name for name in sorted(HEAVY) if importlib.util.find_spec(name) is None] == []


def test_help_loads_the_command_line_alone() -> None:
    """``direct --help`` needs neither the heavy libraries nor the models of a film."""
    modules, printed = loaded("--help")
    assert "plan" in printed
    assert modules & {*HEAVY, "pydantic", "ruamel", "jinja2", "networkx", "storyboard", "characters", "render"} == set()


@pytest.mark.parametrize("generator", ["fake", "previz", "{name: videos-api, url: http://127.0.0.1:1}"])
@pytest.mark.parametrize("command", ["plan", "check", "status"])
def test_answers_about_a_film_load_nothing_heavy(film: Path, command: str, generator: str) -> None:
    """A film is planned, checked and reported on without any library that makes or reads pixels."""
    film.write_text(FILM.replace("fake", generator), encoding="utf-8")
    modules, printed = loaded(command, film)
    assert "The Key" in printed
    assert "director" in modules
    assert modules & HEAVY == set()


@pytest.mark.parametrize("voice", ["none", "espeak"])
def test_a_run_with_nothing_to_do_loads_nothing_heavy(tmp_path: Path, voice: str) -> None:
    """Where every take stands and the film is cut, no model, codec or ffmpeg is touched, voices or not."""
    film = write_film(tmp_path / "film", film=f"{FILM}voice: {voice}\n")
    first = run_direct(film)
    assert first.returncode == 0, first.stderr
    modules, printed = loaded(film, IMAGEIO_FFMPEG_EXE=str(tmp_path / "no ffmpeg"))
    assert "0 takes made, 5 reused" in printed
    assert modules & {*HEAVY, "networkx", "imageio_ffmpeg", "espeakng_loader"} == set()


def test_a_shot_list_in_a_pipe_has_a_line_for_each_shot(film: Path) -> None:
    """What goes to another program is not folded to a width that nobody sees."""
    done = subprocess.run(
        [sys.executable, "-m", "director", "plan", str(film)],
        capture_output=True,
        text=True,
        timeout=240,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "40"},
        check=True,
    )
    title, header, *rows, footer = done.stdout.splitlines()
    assert title == "The Key"
    assert header.split()[:3] == ["shot", "line", "size"]
    assert [row.split()[0] for row in rows] == ["1A", "1B", "1C", "2A", "2B"]
    assert footer.startswith("5 shots, ")
