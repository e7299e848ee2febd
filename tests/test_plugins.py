"""Generators, checks and exporters of other packages, found by entry points."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FILM, write_film

ROOT = Path(__file__).parents[1]
OTHERS = """
from director.checks.base import Ruling, Verdict

class Grain:
    name, version, needs_rehearsal = "grain", "1", False
    def __init__(self, settings, folder):
        self.most = settings.get("most", 0.5)
    def judge(self, showing):
        frame = next(iter(showing.read([0])))
        score = float(frame.std())
        ruling = Ruling.FAIL if score > self.most else Ruling.PASS
        words = f"grain of {score:.1f}"
        return (Verdict(check="grain", version="1", ruling=ruling, score=score, limit=self.most, words=words),)

class Names:
    name, version, suffix = "names", "1", ".names.txt"
    def __init__(self, settings):
        self.before = settings.get("before", "")
    def export(self, edit, sounds):
        return "".join(f"{self.before}{clip.shot}\\n" for clip in edit.clips).encode()
"""
ENTRIES = """\
[shotgraph.generators]
other = other_generator:Fake
[shotgraph.checks]
grain = others:Grain
[shotgraph.exporters]
names = others:Names
"""


def example() -> str:
    """The generator that the documentation shows."""
    page = (ROOT / "docs" / "generators.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return shown


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """An environment in which a package with all three stands on Python's path."""
    place = tmp_path / "site"
    about = place / "others-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(ENTRIES, encoding="utf-8")
    (place / "others.py").write_text(OTHERS, encoding="utf-8")
    (place / "other_generator.py").write_text(example().replace('"fake"', '"other"'), encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(place)}


def run(film: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "director", *arguments, str(film), "--json"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)


def test_the_example_is_the_fake_that_ships_and_has_less_than_sixty_lines() -> None:
    """What the documentation shows is what the tests use."""
    assert example() == (ROOT / "render" / "generators" / "fake.py").read_text(encoding="utf-8")
    assert len(example().splitlines()) < 60


def test_a_generator_of_another_package_shoots_a_film(tmp_path: Path, installed: dict[str, str]) -> None:
    """By its name in film.yaml, in the farm's processes too."""
    film = write_film(tmp_path / "film", film=FILM.replace("fake", "other"))
    made = run(film, installed)
    assert made.returncode == 0, made.stderr
    take = json.loads(next(film.parent.glob(".shotgraph/takes/*/*/take.json")).read_text())
    assert take["generator"] == "other"


def test_a_check_of_another_package_rejects(tmp_path: Path, installed: dict[str, str]) -> None:
    """Where a film names it; its settings and its steps are the film's."""
    text = FILM + "checks: {also: [{name: grain, most: -1}]}\nbudget: {takes: 2}\nreroll: {ladder: {grain: [seed]}}\n"
    film = write_film(tmp_path / "film", film=text)
    made = run(film, installed)
    assert made.returncode == 1, made.stderr
    assert json.loads(made.stdout)["made"] == 10
    film.write_text(text.replace("most: -1", "most: 255"), encoding="utf-8")
    again = run(film, installed)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["made"] == 0


def test_an_exporter_of_another_package_writes_beside_the_film(tmp_path: Path, installed: dict[str, str]) -> None:
    """And again only when something changed."""
    film = write_film(tmp_path / "film", film=FILM + "cut: {also: [{name: names, before: shot }]}\n")
    assert run(film, installed).returncode == 0
    written = film.parent / "cut" / "film.names.txt"
    assert written.read_text(encoding="utf-8").splitlines()[0] == "shot1A"
    assert (film.parent / "cut" / "film.otio").is_file()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("checks: {also: grian}\n", "there is no check “grian” here"),
        ("cut: {also: nmaes}\n", "there is no exporter “nmaes” here"),
        ("reroll: {ladder: {grian: [seed]}}\n", "names the check “grian”"),
    ],
)
def test_what_is_not_installed_is_refused_before_anything_is_shot(
    tmp_path: Path, installed: dict[str, str], more: str, words: str
) -> None:
    """With what to install, or the nearest name."""
    film = write_film(tmp_path / "film", film=FILM + more)
    refused = run(film, installed)
    assert refused.returncode == 2
    assert words in refused.stderr
    assert not (film.parent / ".shotgraph" / "takes").exists()


def test_an_installed_package_changes_no_film_that_does_not_name_it(tmp_path: Path, installed: dict[str, str]) -> None:
    """Neither its plan nor its verdicts."""
    film = write_film(tmp_path / "film")
    with_it = run(film, installed, "plan").stdout
    assert with_it == run(film, dict(os.environ), "plan").stdout
