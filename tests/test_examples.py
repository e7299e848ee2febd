"""The examples, and what the README says, are true."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from director.cli import app
from director.notebook import OpenFilm, open_film
from storyboard.camera import FocusKind, Framing, MoveKind, Steadiness
from storyboard.screenplay import Interior, TimeOfDay, TransitionKind
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
Direct = Callable[..., subprocess.CompletedProcess[str]]

FAMILIES = {
    "dolly": {MoveKind.DOLLY_IN, MoveKind.DOLLY_OUT},
    "truck": {MoveKind.TRUCK_LEFT, MoveKind.TRUCK_RIGHT},
    "pedestal": {MoveKind.PEDESTAL_UP, MoveKind.PEDESTAL_DOWN},
    "pan": {MoveKind.PAN_LEFT, MoveKind.PAN_RIGHT},
    "whip pan": {MoveKind.WHIP_PAN_LEFT, MoveKind.WHIP_PAN_RIGHT},
    "tilt": {MoveKind.TILT_UP, MoveKind.TILT_DOWN},
    "roll": {MoveKind.ROLL_CW, MoveKind.ROLL_CCW},
    "zoom": {MoveKind.ZOOM_IN, MoveKind.ZOOM_OUT},
    "dolly zoom": {MoveKind.DOLLY_ZOOM_IN, MoveKind.DOLLY_ZOOM_OUT},
    "arc": {MoveKind.ARC_CW, MoveKind.ARC_CCW},
    "crane": {MoveKind.CRANE_UP, MoveKind.CRANE_DOWN},
    "tracking": {kind for kind in MoveKind if kind.value.startswith("track-")},
    "static": {MoveKind.STATIC},
}


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """The examples in a folder of their own, without what was made from them."""
    ignore = shutil.ignore_patterns(".shotgraph", "cut", ".ipynb_checkpoints")
    return Path(shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=ignore))


@pytest.fixture
def last_light(examples: Path) -> OpenFilm:
    """The example film, planned."""
    return open_film(examples / "last_light" / "film.yaml")


def test_last_light_is_a_short_film(last_light: OpenFilm) -> None:
    """Last Light is 60 to 90 seconds long, in 14 to 20 shots."""
    plan = last_light.plan
    assert 60 <= plan.frames / plan.rate <= 90
    assert 14 <= len(plan.shots) <= 20


@pytest.mark.parametrize("family", FAMILIES)
def test_last_light_has_every_family_of_move(last_light: OpenFilm, family: str) -> None:
    """Each family of camera move stands in Last Light."""
    shots = [planned.shot for planned in last_light.plan.shots]
    kinds = {move.kind for shot in shots for phase in shot.camera.moves for move in phase}
    assert kinds & FAMILIES[family]


def test_last_light_has_every_kind_of_framing(last_light: OpenFilm) -> None:
    """It has a POV, an insert, a two-shot, an OTS, a dutch angle, a rack of the focus and a handheld shot."""
    cameras = [planned.shot.camera for planned in last_light.plan.shots]
    framings = {camera.framing for camera in cameras}
    assert {Framing.POV, Framing.INSERT, Framing.TWO_SHOT, Framing.OTS} <= framings
    assert any(camera.dutch for camera in cameras)
    assert any(camera.focus and camera.focus.kind is FocusKind.RACK for camera in cameras)
    assert any(camera.steadiness is Steadiness.UNSTEADY for camera in cameras)


def test_last_light_goes_inside_and_outside_by_day_and_by_night(last_light: OpenFilm) -> None:
    """Three places, inside and outside, in the dark and the light, over two story days, with a dissolve."""
    shots = [planned.shot for planned in last_light.plan.shots]
    assert len({shot.place for shot in shots}) == 3
    assert {Interior.INT, Interior.EXT} <= {shot.interior for shot in shots}
    assert TimeOfDay.NIGHT in {shot.time for shot in shots}
    assert {TimeOfDay.DAWN, TimeOfDay.DAY, TimeOfDay.MORNING} & {shot.time for shot in shots}
    assert {shot.day for shot in shots} == {1, 2}
    assert TransitionKind.DISSOLVE in {shot.joint_out.kind for shot in shots}


def test_in_last_light_a_look_and_a_state_change(last_light: OpenFilm) -> None:
    """The lantern is lit in the middle of a scene, and Ivo wears Mara's coat from then on."""
    seen = {
        planned.shot.id: {each.name: each for each in (*planned.appearance.cast, *planned.appearance.props)}
        for planned in last_light.plan.shots
    }
    lantern = {found["LANTERN"].state for found in seen.values() if "LANTERN" in found}
    assert lantern == {"unlit", "lit"}
    looks = {found["IVO"].look for found in seen.values() if "IVO" in found}
    assert "keeper" in looks
    assert len(looks) == 2
    coats = dict(seen["5A"]["IVO"].locked)
    assert coats["coat"] == "dark green oilskin coat"
    assert coats["sweater"] == "mustard yellow knitted sweater"


@pytest.mark.parametrize("name", ["last_light/film.yaml", "one_file/film.yaml", "plain.fountain"])
def test_nothing_is_wrong_with_an_example(examples: Path, name: str, direct: Direct) -> None:
    """``direct check`` finds no error in an example, and no doubt in one that has a bible."""
    result = direct("check", examples / name, "--json")
    assert result.returncode == 0, result.stderr
    if name.endswith(".yaml"):
        assert json.loads(result.stdout) == []


def test_the_notebook_runs(examples: Path) -> None:
    """examples/one_shot.ipynb runs from top to bottom, and its take shows itself as video."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(examples / "one_shot.ipynb", as_version=4)
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(examples)}}).execute()
    shown = [
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert sum("<video" in html for html in shown) == 2


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_readme_has_two_commands() -> None:
    """The README's set-up is two commands: one makes the example film, one runs the tests."""
    make, test = _blocks("bash")
    assert make.count("\n") == test.count("\n") == 1
    assert "direct examples/last_light/film.yaml" in make
    assert test.rstrip().endswith("pytest -n auto")


def test_the_readme_film_can_be_made(tmp_path: Path) -> None:
    """The film in two pages that the README shows is a whole film, and its words are locked."""
    (tmp_path / "bus.fountain").write_text(_blocks("fountain")[0], encoding="utf-8")
    (tmp_path / "film.yaml").write_text(_blocks("yaml")[0], encoding="utf-8")
    film = open_film(tmp_path / "film.yaml")
    assert [shot.id for shot in film.shots] == ["1A", "1B"]
    assert all("long red raincoat" in shot.prompt for shot in film.shots)


def test_the_readme_names_every_command() -> None:
    """Every command of ``direct`` stands in the README's table, and the table names no other."""
    commands = {name for name in app if not name.startswith("-")}
    written = set(re.findall(r"^\| `direct ([a-z]+)", README, re.MULTILINE))
    assert written == commands
