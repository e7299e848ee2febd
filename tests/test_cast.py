"""Model sheets: drawn from the bible's words, and references where the bible gives none."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from characters.seen import Kind, Reference, Seen
from characters.sheets import INDEX, chosen
from director.plan import Plan, plan_film
from director.project import open_project
from director.takes import Store
from tests.conftest import BIBLE, edit, run_direct, write_film

VIEWS = {"front", "three-quarter", "profile", "back", "close-up"}
LOOKS = BIBLE.replace(
    "    figure: {height: 1.68, age: 60}",
    "    figure: {height: 1.68, age: 60}\n    looks: {indoors: {locked: {coat: bright red wool coat}}}",
)


def plan(film: Path) -> Plan:
    return plan_film(open_project(film), Store(film.parent).cache)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film whose sheets were drawn by the command; its film file."""
    film = write_film(tmp_path_factory.mktemp("cast"), bible=LOOKS)
    ran = run_direct("cast", film)
    assert ran.returncode == 0, ran.stderr
    return film


def pictures(film: Path) -> dict[str, dict[str, np.ndarray]]:
    """Folder → view → picture."""
    found: dict[str, dict[str, np.ndarray]] = {}
    for path in sorted((film.parent / "cast").glob("*/*.png")):
        with Image.open(path) as image:
            found.setdefault(path.parent.name, {})[path.stem] = np.asarray(image.convert("RGB"))
    return found


def test_everybody_has_a_sheet_in_every_look(drawn: Path) -> None:
    """Characters in each look, props in each state, and places; each with its page."""
    found = pictures(drawn)
    assert {"mara", "mara-indoors", "ivo", "kitchen", "cliff-path"} <= set(found)
    for name in ("mara", "mara-indoors", "ivo"):
        assert set(found[name]) == {*VIEWS, "sheet"}
    assert {"front", "right", "back", "left", "sheet"} == set(found["kitchen"])


def test_the_views_of_one_figure_are_of_one_figure(drawn: Path) -> None:
    """Front and back differ; the figure stands as high in both; the ground is neutral grey."""
    mara = pictures(drawn)["mara"]
    assert np.abs(mara["front"].astype(int) - mara["back"]).mean() > 1
    heights = []
    for name in ("front", "three-quarter", "profile", "back"):
        corner = mara[name][:40, :40].reshape(-1, 3).astype(int)
        assert np.ptp(corner.mean(axis=0)) < 12, "the ground is tinted"
        apart = np.abs(mara[name].astype(int) - corner.mean(axis=0)).max(axis=2) > 60
        rows = np.nonzero(apart.sum(axis=1) > 3)[0]
        heights.append(int(rows.max() - rows.min()))
    assert max(heights) - min(heights) < 0.06 * mara["front"].shape[0]


def test_a_look_shows_in_its_sheet(drawn: Path) -> None:
    """The red coat is red in its sheet, and green in the other."""
    found = pictures(drawn)

    def middle(name: str) -> np.ndarray:
        picture = found[name]["front"]
        height, width = picture.shape[:2]
        return np.median(picture[int(0.36 * height) : int(0.5 * height), int(0.45 * width) : int(0.55 * width)], (0, 1))

    red, green = middle("mara-indoors"), middle("mara")
    assert red[0] > red[1] + 40
    assert green[1] > green[0] + 15


def test_the_same_words_give_the_same_bytes(drawn: Path, tmp_path: Path) -> None:
    """Another run, in another folder, draws the same files."""
    again = write_film(tmp_path / "again", bible=LOOKS)
    assert run_direct("cast", again).returncode == 0
    mine = {path.name: path.read_bytes() for path in (drawn.parent / "cast" / "mara").iterdir()}
    theirs = {path.name: path.read_bytes() for path in (again.parent / "cast" / "mara").iterdir()}
    assert mine == theirs


def test_sheets_serve_as_references(drawn: Path, tmp_path: Path) -> None:
    """Without sheets a shot has no pictures; with them it has those of whom it shows, in the right look."""
    without = plan(write_film(tmp_path / "bare", bible=LOOKS))
    assert all(not planned.request.references for planned in without.shots)
    shots = {planned.shot.id: planned for planned in plan(drawn).shots}
    assert {reference.of for reference in shots["1A"].request.references} == {"MARA", "IVO", "KITCHEN"}
    assert shots["1B"].recipe != next(p for p in without.shots if p.shot.id == "1B").recipe


def test_the_bibles_own_pictures_come_first(drawn: Path, tmp_path: Path) -> None:
    """Where the bible names a picture, the sheet is not used."""
    film = write_film(
        tmp_path / "own", bible=LOOKS.replace("never: [a hat]", "never: [a hat]\n    references: [m.png]")
    )
    Image.new("RGB", (300, 300), "green").save(film.parent / "m.png")
    (film.parent / "cast").symlink_to(drawn.parent / "cast")  # a link out of the folder is refused
    assert run_direct("check", film).returncode == 2
    (film.parent / "cast").unlink()
    assert run_direct("cast", film).returncode == 0
    mara = next(p for p in plan(film).shots if p.shot.id == "1B").appearance.cast[0]
    assert [reference.path.name for reference in mara.references] == ["m.png"]


def test_a_sheet_of_other_words_is_doubtful(tmp_path: Path) -> None:
    """When the bible changes after the sheets were drawn, direct check says so; drawing again settles it."""
    film = write_film(tmp_path / "film")
    assert run_direct("cast", film).returncode == 0
    assert plan(film).problems == ()
    edit(film.parent / "bible.yaml", "dark green oilskin coat", "bright yellow raincoat")
    (doubt,) = plan(film).problems
    assert doubt.rule == "stale-sheet"
    assert "MARA" in doubt.what
    assert run_direct("cast", film).returncode == 0
    assert plan(film).problems == ()


def test_a_lost_picture_is_named(tmp_path: Path) -> None:
    """A sheet whose file is gone, or whose index is no index, is refused with what to do."""
    film = write_film(tmp_path / "film")
    assert run_direct("cast", film).returncode == 0
    (film.parent / "cast" / "mara" / "front.png").unlink()
    ran = run_direct("check", film)
    assert ran.returncode == 2
    assert "cast/mara/front.png" in ran.stderr
    assert "direct cast" in ran.stderr
    (film.parent / "cast" / INDEX).write_text("[1, 2")
    ran = run_direct("check", film)
    assert ran.returncode == 2
    assert "cast.json" in ran.stderr
    (film.parent / "cast" / INDEX).write_text(
        json.dumps({"sheets": [{"kind": "character", "name": "MARA", "key": "x", "files": ["../../secret.png"]}]})
    )
    assert "leaves the film's folder" in run_direct("check", film).stderr or "does not exist" in ran.stderr


def a_seen(name: str, count: int) -> Seen:
    pictures = tuple(Reference(path=Path(f"/{name}{i}.png"), of=name, sha256=f"{name}{i}") for i in range(count))
    return Seen(name=name, kind=Kind.CHARACTER, references=pictures)


def test_everybody_gets_a_picture_before_anybody_gets_two() -> None:
    """A model that takes few references is given one of each person, not five of the first."""
    dealt = chosen([a_seen("A", 5), a_seen("B", 1), a_seen("C", 2)], 4)
    assert [reference.sha256 for reference in dealt] == ["A0", "B0", "C0", "A1"]
    assert chosen([a_seen("A", 2)], 0) == ()
