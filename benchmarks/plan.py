"""How long a feature takes to plan, against fountain-py reading the same script, in the same run.

Run it from the repository: python benchmarks/plan.py [--quick]
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import common
from common import DIRECT, Seconds, seconds_of_command

from director.plan import plan_film
from director.project import open_project

READ = "import sys, pathlib, fountain; fountain.FountainParser().parse(pathlib.Path(sys.argv[1]).read_text('utf-8'))"
BASELINE = "fountain-py alone, a process that reads the script"


def write_film(folder: Path, pages: int, *, notes: bool = True, voice: str = "none") -> Path:
    """A film of the benchmark's script; returns its film.yaml."""
    folder.mkdir()
    (folder / "film.fountain").write_text(common.script(pages, notes=notes), encoding="utf-8")
    film = folder / "film.yaml"
    film.write_text(f"screenplay: film.fountain\nvoice: {voice}\n", encoding="utf-8")
    return film


def uncached(film: Path) -> Seconds:
    """A plan that has to speak every line first."""
    shutil.rmtree(film.parent / ".shotgraph", ignore_errors=True)
    return seconds_of_command(*DIRECT, "plan", film)


def shots_of(film: Path) -> int:
    """How many shots a film has; its spoken lengths are cached by asking."""
    return len(plan_film(open_project(film), film.parent / ".shotgraph" / "cache").shots)


def plan_of_one_shot(folder: Path, rounds: int) -> float:
    """Processor seconds of the smallest plan: what every plan pays for the start of the process."""
    film = write_film(folder, 1)
    film.with_suffix(".fountain").write_text("INT. HALL - DAY\n\n[[shot: wide]]\n\nDust.\n", encoding="utf-8")
    return common.least([seconds_of_command(*DIRECT, "plan", film) for _ in range(rounds)])


def main() -> None:
    """Print what each way of planning costs, and how it grows with the script."""
    quick = common.quick(__doc__)
    pages, rounds = (12, 2) if quick else (120, 5)
    common.heading("fountain-py", "pydantic", "rich")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        noted = write_film(folder / "noted", pages)
        covered = write_film(folder / "covered", pages, notes=False)
        shots, cover = shots_of(noted), shots_of(covered)
        runs: dict[str, Callable[[], Seconds]] = {
            BASELINE: partial(seconds_of_command, sys.executable, "-c", READ, noted.with_suffix(".fountain")),
            f"direct plan, {shots:,} shots as noted": partial(seconds_of_command, *DIRECT, "plan", noted),
            "direct plan --json, the same": partial(seconds_of_command, *DIRECT, "plan", noted, "--json"),
            "direct check, the same, with the grammar": partial(seconds_of_command, *DIRECT, "check", noted),
            f"direct plan, no notes: {cover:,} shots from coverage": partial(
                seconds_of_command, *DIRECT, "plan", covered
            ),
        }
        if find_spec("espeakng_loader") is not None:
            fresh, spoken = (write_film(folder / each, pages, voice="espeak") for each in ("fresh", "spoken"))
            shots_of(spoken)
            runs["direct plan, voice: espeak, lengths cached"] = partial(seconds_of_command, *DIRECT, "plan", spoken)
            runs["direct plan, voice: espeak, nothing cached"] = partial(uncached, fresh)
        common.table(
            f"Planning a script of {pages} pages, each run a process of its own",
            common.take_turns(runs, rounds),
            against=BASELINE,
        )
        start = plan_of_one_shot(folder / "one", rounds)
        costs: dict[int, float] = {}
        for size in (pages // 4, pages // 2, pages, pages * 2):
            film = write_film(folder / f"pages{size}", size)
            taken = [seconds_of_command(*DIRECT, "plan", film) for _ in range(rounds)]
            costs[shots_of(film)] = common.least(taken) - start
        common.growth("How direct plan grows, less a plan of one shot", costs, "shot")


if __name__ == "__main__":
    main()
