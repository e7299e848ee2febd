"""Small films that tests make: real files in a folder of their own, shot by the generators that ship."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

SCRIPT = """\
Title: The Key

INT. KITCHEN - DAY #1#

[[shot: wide shot of MARA and IVO, static, 2s]]

MARA stands by the window. IVO comes in.

[[shot: close-up on MARA, slow dolly in]]

MARA
You are late.

[[shot: medium shot of IVO]]

IVO
The road was under water.

EXT. CLIFF PATH - DAY #2#

[[shot: full shot of MARA, pan left, 1s]]

MARA walks along the path.

[[shot: close-up on IVO, 1s]]

IVO watches her.
"""

BIBLE = """\
style: "35 mm film, soft grain"
characters:
  MARA:
    descriptor: a lighthouse keeper
    locked:
      coat: dark green oilskin coat
      hair: grey braid
    never: [a hat]
    figure: {height: 1.68, age: 60}
  IVO:
    descriptor: a young sailor
    locked:
      sweater: mustard knitted sweater
    figure: {height: 1.82}
places:
  KITCHEN: {descriptor: a low kitchen, locked: {walls: white plaster walls}}
  CLIFF PATH: {descriptor: a path along the cliff}
"""

FILM = """\
title: The Key
screenplay: script.fountain
bible: bible.yaml
format: {height: 36, width: 64, rate: 12}
generator: fake
seed: 7
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """The path of film.yaml of a small film: two scenes, five shots with notes, two characters."""
    return write_film(tmp_path / "film")


def write_film(folder: Path, *, film: str = FILM, script: str = SCRIPT, bible: str = BIBLE) -> Path:
    """Write the three files of a film; returns the path of film.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "film.yaml").write_text(film, encoding="utf-8")
    (folder / "script.fountain").write_text(script, encoding="utf-8")
    (folder / "bible.yaml").write_text(bible, encoding="utf-8")
    return folder / "film.yaml"


def edit(path: Path, old: str, new: str) -> None:
    """Replace a piece of text that stands in a file exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def direct() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a process of its own, as a person does."""
    return run_direct


def run_direct(*arguments: object, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """``direct ARGUMENTS``; standard output and error are kept."""
    return subprocess.run(
        [sys.executable, "-m", "director", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        check=False,
    )
