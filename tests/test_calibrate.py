"""A film's own limits: from references, from impostors, and from what a person decided; eyes that film.yaml names."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from characters.likeness.base import Crop
from director.checks.base import Showing
from director.checks.eyes import Eye
from director.checks.never import fits
from storyboard.errors import InputError
from tests.conftest import FILM, edit, run_direct, write_film
from tests.rehearsed import person
from tests.tiny_models import build

DRIFTS = FILM.replace("fake", "{name: previz, drift: {colour: 1}, picture_look: plain, compression: none}").replace(
    "height: 36, width: 64", "height: 90, width: 160"
)


def picture(path: Path, colour: tuple[int, int, int], seed: int) -> None:
    """A figure in one colour before grey, a little otherwise each time."""
    chance = np.random.default_rng(seed)
    pixels = np.full((96, 64, 3), 150, np.uint8)
    left = 18 + int(chance.integers(0, 4))
    pixels[14:90, left : left + 26] = colour
    pixels[14:40:4, left : left + 26] = np.array(colour) // 2
    noise = chance.integers(-6, 7, pixels.shape)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8)).save(path)


def with_references(folder: Path) -> Path:
    film = write_film(folder)
    for name, colour in (("mara", (20, 90, 40)), ("ivo", (200, 160, 40))):
        for number in range(3):
            picture(folder / "refs" / f"{name}{number}.png", colour, number)
    for name in ("mara", "ivo"):
        line = f"  {name.upper()}:\n"
        listed = ", ".join(f"refs/{name}{number}.png" for number in range(3))
        edit(folder / "bible.yaml", line, f"{line}    references: [{listed}]\n")
    return film


def test_references_give_limits_of_their_own(tmp_path: Path) -> None:
    """Each is left out in turn, and the other's are impostors: the limit tells them apart without an error."""
    film = with_references(tmp_path)
    answer = run_direct("calibrate", film, "--json")
    assert answer.returncode == 0, answer.stderr
    found = {each["name"]: each for each in json.loads(answer.stdout)}
    assert set(found) == {"identity.reference/MARA", "identity.reference/IVO"}
    for each in found.values():
        assert each["limit"]["false_alarms"] == 0
        assert each["rests_on"] == "3 references, 3 of others"
    kept = json.loads((tmp_path / ".shotgraph" / "limits.json").read_text())
    assert set(kept) == set(found)


def test_a_film_without_references_is_told_what_it_lacks(tmp_path: Path) -> None:
    answer = run_direct("calibrate", write_film(tmp_path))
    assert answer.returncode == 0
    assert "two references" in answer.stdout


def test_a_take_that_was_picked_passes_from_now_on_what_it_failed_by(tmp_path: Path) -> None:
    """The limits move by themselves, for the subject alone, and the film is then made without a failing shot."""
    film = write_film(tmp_path, film=DRIFTS.replace("colour: 1", "size: 1") + "budget: {takes: 1}\n")
    assert run_direct(film, "--shots", "1A", "--no-dailies").returncode == 1
    assert run_direct("pick", film, "1A", "1").returncode == 0
    kept = json.loads((tmp_path / ".shotgraph" / "limits.json").read_text())
    assert any(name.startswith("framing.") for name in kept)
    assert run_direct(film, "--shots", "1A", "--no-dailies").returncode == 0


def test_a_rejection_that_names_what_is_wrong_moves_that_limit(tmp_path: Path) -> None:
    """Where the words name nothing that was measured, no limit moves: a guess would make the film's limits wrong."""
    good = DRIFTS.replace("{colour: 1}", "none")
    film = write_film(tmp_path, film=good + "budget: {takes: 1}\n")
    assert run_direct(film, "--shots", "1A", "--no-dailies").returncode in (0, 1)
    assert run_direct("reject", film, "1A", "1", "--why", "I do not like it").returncode == 0
    assert not (tmp_path / ".shotgraph" / "limits.json").exists()
    assert run_direct("reject", film, "1A", "1", "--why", "the attributes: MARA's coat is too pale").returncode == 0
    path = tmp_path / ".shotgraph" / "limits.json"
    if path.exists():  # her coat was as far off as a limit could move to
        assert all(name.startswith("attribute.colour/") for name in json.loads(path.read_text()))


def test_an_eye_that_this_machine_lacks_is_refused_with_its_line(tmp_path: Path) -> None:
    film = write_film(tmp_path, film=FILM + "checks: {likeness: {name: dino, model: models/none}}\n")
    answer = run_direct("check", film)
    assert answer.returncode == 2
    assert "film.yaml" in answer.stderr + answer.stdout
    assert "Traceback" not in answer.stderr


def test_words_of_a_never_list_are_held_against_the_crop(tmp_path: Path) -> None:
    """Each by how much better it fits with the word than without; an eye without words is refused."""
    build("clip", tmp_path / "clip")
    words = ("a face", "a face drawn on it")
    seen = person("SONNY", head="balloon").model_copy(update={"descriptor": "a plain balloon", "never": words})
    crop = Crop(np.random.default_rng(0).integers(0, 255, (64, 48, 3), np.uint8))
    scores = fits(Eye("clip", json.dumps({"model": "clip"}), str(tmp_path)), crop, seen)
    assert tuple(scores) == words
    assert all(-2 <= score <= 2 for score in scores.values())
    assert scores[words[0]] != scores[words[1]]
    with pytest.raises(InputError, match="knows no words"):
        fits(Eye(), crop, seen)


def test_a_check_is_shown_the_limits_and_nothing_of_what_they_rest_on() -> None:
    showing = Showing(width=64, height=36, frames=1, read=lambda _: iter(()))
    assert showing.limit("attribute.colour", "MARA") == showing.limit("attribute.colour")
