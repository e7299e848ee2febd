"""What every benchmark shares: the scripts and films that are timed, the timing, and how a table is printed.

A time is taken twice over: by the clock (what a person waits) and as processor seconds, children included (what the
work costs, whoever else uses the machine). Ratios are of processor seconds, quickest round against quickest round,
and the rounds of all that is compared take turns.
"""

import argparse
import contextlib
import io
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(_ROOT))

DIRECT = (sys.executable, "-m", "director")
SPEAKERS = ("MARA", "JO (V.O.)", "ÉMILIE", "THE KEEPER", "DR. O'BRIEN")
TIMES = ("DAY", "NIGHT", "CONTINUOUS", "DAWN", "MOMENTS LATER")
NOTES_A_PAGE = 25

_SIZES = ("close-up", "medium close-up", "medium shot", "cowboy shot", "full shot", "wide shot", "extreme close-up")
_ANGLES = ("low angle", "high angle", "eye level", "dutch angle")
_MOVES = ("slow dolly in", "truck left", "pan right", "handheld", "slow zoom out", "static", "crane up", "arc left")
_LENSES = ("24mm", "35mm", "50mm", "85mm")
_WORDS = [
    "lamp",
    "sea",
    "door",
    "keeper",
    "stair",
    "wind",
    "rope",
    "boat",
    "letter",
    "glass",
    "night",
    "storm",
    "light",
    "hand",
    "table",
    "coat",
    "key",
    "road",
]


@dataclass(frozen=True)
class Seconds:
    """One round: by the clock, and of the processor."""

    clock: float
    cpu: float


def page(number: int, *, notes: bool = True) -> str:
    """A page of some 55 lines with 25 shot notes: two scenes, action, dialogue, a transition now and then.

    Without ``notes`` the same page is left to coverage.
    """
    parts = [f"INT. ROOM {number % 9} - {TIMES[number % 5]}"]
    for beat in range(12):
        count = number * 12 + beat
        speaker = SPEAKERS[count % 5]
        one, two, three = (_WORDS[(count * step + step) % len(_WORDS)] for step in (5, 7, 11))
        if notes:
            parts.append(f"[[shot: {_camera(count)} on {speaker.split(' (')[0]}, {_LENSES[count % 4]}]]")
        if beat % 3 == 0:
            parts.append(f"She crosses to the {one} and holds the LANTERN up.\nNothing moves but the *{two}*.")
        else:
            parts.append(f"{speaker}\n(low)\nThe {one} is gone, and the {two} too.\nNot since {count}, by the {three}.")
        if notes:
            parts.append("[[shot: wide, static]]")
        parts.append("The lamp turns [[slower]] over her head.")
    if number % 4 == 0:
        parts.append("/* cut for time */")
        parts.append("DISSOLVE TO:")
    parts.append(f"EXT. SEA {number % 5} - {TIMES[(number + 1) % 5]}")
    if notes:
        parts.append(f"[[shot 9{number}: aerial]]")
    parts.append("Waves.")
    return "\n\n".join(parts)


def _camera(count: int) -> str:
    return f"{_ANGLES[count % 4]}, {_MOVES[count % 8]}, {_SIZES[count % 7]}"


def script(pages: int, *, notes: bool = True) -> str:
    """A script of that many pages with a title page."""
    parts = "\n\n".join(page(number, notes=notes) for number in range(pages))
    return f"Title: Long Light\nAuthor: Nobody\n\n{parts}\n"


def short_film(folder: Path, shots: int, *, voice: str = "none", generator: str = "fake") -> Path:
    """Write a film of that many shots into ``folder``, ten to a scene, a second and a half each; returns its film.yaml.

    The `fake` generator shoots it quickly, and its recipes hold less than those of the previz.
    """
    parts: list[str] = []
    for count in range(shots):
        if count % 10 == 0:
            parts.append(f"INT. ROOM {count // 10} - {TIMES[count // 10 % 3]}")
        speaker, word = SPEAKERS[count % 5], _WORDS[count * 5 % len(_WORDS)]
        parts.append(f"[[shot: {_camera(count)} on {speaker.split(' (')[0]}, dur=1.5s]]")
        parts.append(f"She takes the {word} up." if count % 2 else f"{speaker}\nThe {word}.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "film.fountain").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    film = folder / "film.yaml"
    settings = f"format: {{height: 64, rate: 12}}\ngenerator: {generator}\nvoice: {voice}\n"
    film.write_text(f"title: Short\nscreenplay: film.fountain\n{settings}", encoding="utf-8")
    return film


def seconds_of(run: Callable[[], object]) -> Seconds:
    """One call in this process, with the processes that it starts and waits for."""
    begun, cpu = time.perf_counter(), time.process_time() + _children()
    run()
    return Seconds(time.perf_counter() - begun, time.process_time() + _children() - cpu)


_INSIDE = """
import sys, time
sys.path.insert(0, sys.argv[1])
{setup}
begun, cpu = time.perf_counter(), time.process_time()
{call}
print(time.perf_counter() - begun, time.process_time() - cpu)
"""


def seconds_inside(setup: str, call: str, *arguments: str | Path) -> Seconds:
    """One call in a process of its own, without that process's start and ``setup``: nothing is cached from before.

    Both are Python; what ``call`` needs of ``arguments`` stands in ``sys.argv[2:]``.
    """
    code = _INSIDE.format(setup=setup, call=call)
    words = [sys.executable, "-c", code, str(_ROOT), *(str(part) for part in arguments)]
    told = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout
    clock, cpu = told.split()[-2:]
    return Seconds(float(clock), float(cpu))


def seconds_of_command(*command: str | Path) -> Seconds:
    """One run of a command, start of the process and its children included. What it prints is thrown away.

    Raises CalledProcessError with its words if it fails.
    """
    words = [str(part) for part in command]
    begun, cpu = time.perf_counter(), _children()
    done = subprocess.run(words, capture_output=True, check=False)
    seconds = Seconds(time.perf_counter() - begun, _children() - cpu)
    if done.returncode:
        sys.stderr.buffer.write(done.stderr)
        done.check_returncode()
    return seconds


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def take_turns(runs: dict[str, Callable[[], Seconds]], rounds: int) -> dict[str, list[Seconds]]:
    """Every run once in each round, so that a busy moment of the machine touches all of them alike."""
    taken: dict[str, list[Seconds]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            taken[name].append(run())
    return taken


def least(rounds: list[Seconds]) -> float:
    """Processor seconds of the cheapest round."""
    return min(each.cpu for each in rounds)


def quick(about: str | None) -> bool:
    """Read the command line: whether a quick look is enough."""
    parser = argparse.ArgumentParser(description=(about or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="smaller inputs and fewer rounds, to see that it runs")
    return parser.parse_args().quick


def heading(*packages: str) -> None:
    """Print the date, the machine, and the versions of what is measured against."""
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, {system}")
    print(", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)]))
    with contextlib.suppress(OSError):
        print(f"load when this began: {os.getloadavg()[0]:.2f}")


def _processor() -> str:
    """The name that lscpu prints, where there is one."""
    with contextlib.suppress(OSError):
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        fields = {
            name: re.search(rf"^{name}\s*: (.+)$", told, re.MULTILINE) for name in ("model name", "cpu family", "model")
        }
        if (named := fields["model name"]) is not None:
            family, model = fields["cpu family"], fields["model"]
            place = f" (family {family[1]}, model {model[1]})" if family and model else ""
            return named[1].strip() + place
    return platform.processor() or platform.machine()


def table(title: str, taken: dict[str, list[Seconds]], *, against: str) -> None:
    """Print a Markdown table: the clock's median, the processor's least, and its ratio to the baseline ``against``."""
    out = io.StringIO()
    rounds = f"{len(taken[against])} round{'s' if len(taken[against]) > 1 else ''}"
    print(f"\n{title}; {rounds}; baseline: {against}\n", file=out)
    print("| | clock, median | processor, least | ratio |", file=out)
    print("| --- | ---: | ---: | ---: |", file=out)
    base = least(taken[against])
    for name, each in taken.items():
        clock, cpu = statistics.median(one.clock for one in each), least(each)
        print(f"| {name} | {_said(clock)} | {_said(cpu)} | {cpu / base:.2f} |", file=out)
    print(out.getvalue(), end="", flush=True)


def growth(title: str, costs: dict[int, float], unit: str) -> None:
    """Print what one ``unit`` costs at each size, against the smallest size: 1.00 all along is linear."""
    first_size, first = next(iter(costs.items()))
    print(f"\n{title}\n\n| {unit}s | processor | for one {unit} | against {first_size} |")
    print("| ---: | ---: | ---: | ---: |")
    for size, cost in costs.items():
        each = cost / size
        print(f"| {size} | {_said(cost)} | {each * 1000:.2f} ms | {each / (first / first_size):.2f} |")


def _said(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
