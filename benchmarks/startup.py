"""How long the command takes to start, and to find that there is nothing to do, against named baselines.

The start is held against a process that imports cyclopts, which reads the command line; a run with nothing to do
against the same film only planned. Run it from the repository: python benchmarks/startup.py [--quick]
"""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import common
from common import DIRECT, Seconds, seconds_of_command

IMPORT = 'python -c "import cyclopts"'
PLAN = "direct plan --json: planned, and nothing looked up"


def start(rounds: int) -> None:
    """What the command costs before it does anything."""
    runs: dict[str, Callable[[], Seconds]] = {
        'python -c "pass"': partial(seconds_of_command, sys.executable, "-c", "pass"),
        IMPORT: partial(seconds_of_command, sys.executable, "-c", "import cyclopts"),
        "direct --version": partial(seconds_of_command, *DIRECT, "--version"),
        "direct --help": partial(seconds_of_command, *DIRECT, "--help"),
    }
    common.table("Starting", common.take_turns(runs, rounds), against=IMPORT)


def nothing_to_do(folder: Path, shots: int, rounds: int) -> None:
    """What a run costs that finds every take standing and the film cut."""
    film = common.short_film(folder / "silent", shots)
    made = seconds_of_command(*DIRECT, film)
    runs: dict[str, Callable[[], Seconds]] = {
        PLAN: partial(seconds_of_command, *DIRECT, "plan", film, "--json"),
        "direct FILM, nothing to do": partial(seconds_of_command, *DIRECT, film),
        "direct status FILM": partial(seconds_of_command, *DIRECT, "status", film),
    }
    if find_spec("espeakng_loader") is not None:
        spoken = common.short_film(folder / "spoken", shots, voice="espeak")
        seconds_of_command(*DIRECT, spoken)
        runs["direct FILM, nothing to do, voice: espeak"] = partial(seconds_of_command, *DIRECT, spoken)
    staged = common.short_film(folder / "staged", shots, generator="previz")
    seconds_of_command(*DIRECT, staged)
    runs["direct FILM, nothing to do, generator: previz"] = partial(seconds_of_command, *DIRECT, staged)
    taken = common.take_turns(runs, rounds)
    taken["direct FILM, made for the first time (once)"] = [made]
    common.table(f"{shots} shots", taken, against=PLAN)


def main() -> None:
    """Print both, for a film of one scene's size and for a feature's reel."""
    quick = common.quick(__doc__)
    common.heading("cyclopts", "pydantic", "rich")
    start(5 if quick else 15)
    for shots in (20, 60) if quick else (20, 500):
        with tempfile.TemporaryDirectory() as name:
            nothing_to_do(Path(name), shots, 3 if quick else 7)


if __name__ == "__main__":
    main()
