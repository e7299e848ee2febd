"""One shot as a conversation: takes side by side, held against each other, circled."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from director.notebook import OpenFilm, open_film
from storyboard.errors import InputError
from tests.conftest import FILM, ROOT, write_film


@pytest.fixture
def black(tmp_path: Path) -> OpenFilm:
    """A film whose generator gives black takes for half of the seeds."""
    fake = "{name: fake, black: 0.5}"
    return open_film(write_film(tmp_path, film=FILM.replace("fake", fake) + "budget: {takes: 30}\n"))


def again(film: OpenFilm) -> str:
    """The first shot that needs more than one take."""
    film.make(workers=1)
    return next(shot.id for shot in film.shots if len(shot.takes) > 1)


def test_the_takes_of_a_shot_stand_in_order(black: OpenFilm) -> None:
    """``shot.takes`` are the attempts as they were made; the last one passes and is the one in the film."""
    shot = black.shot(again(black))
    takes = shot.takes
    assert [take.number for take in takes] == list(range(1, len(takes) + 1))
    assert [take.passing for take in takes] == [False] * (len(takes) - 1) + [True]
    assert [take.used for take in takes] == [take.passing for take in takes]
    html = takes._repr_html_()
    assert html.count("<video") == len(takes)
    assert html.count('class="chip"') == sum(len(take.verdicts) for take in takes)
    assert "✕ usable" in html
    assert html.count("◉ in the film") == 1


def test_a_shot_is_shot_until_a_take_passes(black: OpenFilm) -> None:
    """``shot.shoot()`` makes the takes that the film would make, and no more when it is asked again."""
    shot = black.shots[0]
    takes = shot.shoot()
    assert takes[-1].passing
    assert [take.key for take in shot.shoot()] == [take.key for take in takes]
    black.make(workers=1)
    assert [take.key for take in shot.takes] == [take.key for take in takes]


def test_what_was_rolled_by_hand_comes_last(black: OpenFilm) -> None:
    """A take with a seed of one's own stands behind the film's attempts, without a number."""
    shot = black.shots[0]
    count = len(shot.shoot())
    rolled = shot.roll(seed=12345)
    assert [take.key for take in shot.takes[count:]] == [rolled.key]
    assert shot.takes[-1].number is None


def test_two_takes_are_compared_in_step(black: OpenFilm) -> None:
    """One video shows both and their difference; of equal takes there is none."""
    shot = black.shots[0]
    one, other = shot.roll(seed=2**30 + 1), shot.roll(seed=2**30 + 2)
    assert np.array_equal(shot.compare(one, one).difference(), np.zeros(one.take.frames))
    assert shot.compare(one, other).difference().min() > 0
    assert shot.compare(one, other)._repr_html_().count("<video") == 1
    assert shot.compare(1, 2).one.key == shot.takes[0].key
    with pytest.raises(InputError, match="has no take 9"):
        shot.compare(1, 9)


def test_the_comparison_is_three_pictures_wide(black: OpenFilm, tmp_path: Path) -> None:
    """The video is as long as a take, and holds one take, the other, and three times how far they are apart."""
    from render.media import probe, read_frames

    shot = black.shots[0]
    one, other = shot.roll(seed=2**30 + 1), shot.roll(seed=2**30 + 2)
    path = tmp_path / "compared.mp4"
    path.write_bytes(shot.compare(one, other).mp4())
    assert (probe(path).width, probe(path).height) == (3 * 64, 36)
    shown = list(read_frames(path))
    assert len(shown) == one.take.frames
    apart = np.abs(one.frames()[5].astype(int) - other.frames()[5]).mean((0, 1))
    assert shown[5][:, 136:184].mean((0, 1)) == pytest.approx(np.minimum(3 * apart, 255), abs=12)


def test_a_circled_take_is_cut(black: OpenFilm) -> None:
    """``take.circle()`` fixes a take that the checks would reject; ``reject`` takes another back out."""
    shot = black.shot(again(black))
    first = shot.takes[0]
    assert not first.passing
    first.circle()
    assert [take.used for take in shot.takes][:1] == [True]
    assert "picked by a person" in repr(shot.why())
    first.reject("too dark")
    assert not shot.takes[0].used
    assert "too dark" in shot.takes._repr_html_()


def test_why_says_what_became_of_each_take(black: OpenFilm) -> None:
    """``shot.why()`` is what ``direct why`` prints."""
    name = again(black)
    why = black.shot(name).why()
    assert why.lines[0].startswith(f"shot {name}: made")
    assert "every frame is one flat colour" in repr(why)
    assert why._repr_html_().startswith("<pre")


def test_a_variant_is_rolled_but_not_shot(black: OpenFilm) -> None:
    """A shot that the film does not have has no attempts of its own: it says so, and what to do."""
    variant = black.shots[0].varied(move="pan left")
    assert len(variant.takes) == 0
    take = variant.roll(seed=3)
    assert [each.key for each in variant.takes] == [take.key]
    with pytest.raises(InputError, match="not in the film"):
        variant.shoot()


def test_the_notebook_of_a_drifting_shot_runs(tmp_path: Path) -> None:
    """examples/drift.ipynb runs from top to bottom: takes are rejected, what changed is said, one is circled."""
    import nbformat
    from nbclient import NotebookClient

    for name in ("drift.ipynb", "drift.yaml"):
        shutil.copy(ROOT / "examples" / name, tmp_path)
    notebook = nbformat.read(tmp_path / "drift.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    rolled, takes, why, compared, circled = shown
    assert rolled.count("<video") == compared.count("<video") == 1
    assert takes.count("<video") > 1
    assert "✕" in takes
    assert takes.count("◉ in the film") == 1
    assert "guide 0.4" in takes
    assert "rejected" in why or "→" in why
    assert "picked by a person" in circled
