"""Speculation: idle workers shoot what the policy may order next, and no outcome depends on it."""

import shutil
from pathlib import Path

import pytest

from director.direct import Options, Report, direct_film
from director.early import speculates
from director.status import collect_garbage, status_of, takes_of, why_of
from director.tables import report_lines
from director.takes import Store
from tests.conftest import FILM, edit, write_film
from tests.test_farm import film_of, make, plan_of
from tests.test_resume import finished

FAILING = FILM.replace("fake", "{name: fake, sleep: 0.004, black: 0.5, heals: 0.7}") + (
    "budget: {takes: 4}\nreroll: {ladder: {usable: [seed, guide]}}\n"
)
EARLY = "farm: {name: local, workers: 4, speculate: true}\n"


def early_of(film: Path) -> set[str]:
    """The takes that were shot and nobody asked for."""
    return {take.key for take in Store(film.parent).made_early()}


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of which takes fail, made by one process that guesses nothing."""
    film = write_film(tmp_path_factory.mktemp("calm"), film=FAILING)
    make(film, farm="inline")
    return film


@pytest.fixture(scope="module")
def eager(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """The same film, made by four workers with speculation, and what the run reported."""
    film = write_film(tmp_path_factory.mktemp("eager"), film=FAILING + EARLY)
    return film, direct_film(plan_of(film), Options())


def test_speculation_changes_no_byte(calm: Path, eager: tuple[Path, Report]) -> None:
    """The same takes are asked for, and the same film is cut; what nobody asked for stands beside them, unseen."""
    film, report = eager
    asked = finished(film.parent).keys() - early_of(film)
    assert asked == finished(calm.parent).keys()
    assert film_of(film) == film_of(calm)
    assert (report.made, report.reused) == (len(asked), 0)


@pytest.mark.parametrize("rerolls", ["{passing: 2}", "{drafts: true}"])
def test_two_that_pass_and_drafts_are_foreseen_too(tmp_path: Path, rerolls: str) -> None:
    """Where two takes must pass the second is shot early, where drafts are judged their take: to the same film."""
    settings = (
        FILM.replace("fake", "{name: fake, sleep: 0.005, black: 0.3}") + f"reroll: {rerolls}\nbudget: {{takes: 3}}\n"
    )
    calm, eager = write_film(tmp_path / "calm", film=settings), write_film(tmp_path / "eager", film=settings + EARLY)
    reports = make(calm, farm="inline"), make(eager)
    assert finished(eager.parent).keys() - early_of(eager) == finished(calm.parent).keys()
    assert film_of(eager) == film_of(calm)
    assert reports[0].made == reports[1].made


def test_what_was_never_asked_for_is_counted(eager: tuple[Path, Report]) -> None:
    """The waste stands in the report and in the dailies: takes, and seconds of picture."""
    film, report = eager
    wasted = early_of(film)
    assert report.early == len(wasted) > 0
    assert f"{len(wasted)} takes, {report.early_seconds:.1f} s of picture, shot early" in "".join(report_lines(report))
    page = (film.parent / "cut" / "dailies.html").read_text()
    assert "shot early" in page
    assert f"in {len(wasted)} take" in page


def test_nobody_sees_an_early_take(calm: Path, eager: tuple[Path, Report]) -> None:
    """Neither the list of takes, nor the status, nor the reasons know of it; a rebuilt index does not either."""
    film, _ = eager
    for _ in range(2):
        for tell in (lambda plan: takes_of(plan, None), status_of, lambda plan: why_of(plan, "1B")):
            assert _plain(tell(plan_of(film))) == _plain(tell(plan_of(calm)))
        for one in (film, calm):
            Store(one.parent).folder.joinpath("index.db").unlink()


def _plain(told: object) -> object:
    """Without when, where and for how long."""
    if isinstance(told, dict):
        left = {"made", "files", "seconds", "summary"}
        return {key: _plain(value) for key, value in told.items() if key not in left}
    return [_plain(value) for value in told] if isinstance(told, list) else told


def test_what_was_shot_early_is_there_when_it_is_asked_for(tmp_path: Path, eager: tuple[Path, Report]) -> None:
    """A larger budget orders takes that stand already: they are found, and are seen from then on."""
    film = write_film(tmp_path / "film", film=FAILING + EARLY)
    edit(film, "takes: 4", "takes: 1")
    edit(film, "speculate: true", "speculate: false")
    make(film)
    before = finished(film.parent).keys()
    shutil.copytree(eager[0].parent / ".shotgraph" / "takes", film.parent / ".shotgraph" / "takes", dirs_exist_ok=True)
    store = Store(film.parent)
    for key in finished(film.parent).keys() - before:
        store.mark_early(key)
    assert store.rebuild() == len(before)
    edit(film, "takes: 1", "takes: 4")
    assert make(film).made == 0
    assert early_of(film) == early_of(eager[0])


def test_takes_that_cost_money_are_never_shot_early(film: Path) -> None:
    """By itself on GPUs alone; where film.yaml says so; never where a take has a price."""
    assert not speculates(plan_of(film))
    edit(film, "generator: fake", "generator: {name: fake, device: gpu}")
    assert speculates(plan_of(film))
    edit(film, "seed: 7", "seed: 7\nfarm: {speculate: false}")
    assert not speculates(plan_of(film))
    edit(film, "{speculate: false}", "{speculate: true}\nbudget: {price: 0.05}")
    assert not speculates(plan_of(film))


def test_garbage_is_collected_of_early_takes_too(tmp_path: Path) -> None:
    """An early take of a recipe that the film has no more goes with the others."""
    film = write_film(tmp_path, film=FAILING + EARLY)
    make(film)
    assert early_of(film)
    edit(film, "height: 36", "height: 40")
    assert collect_garbage(plan_of(film), delete=True)["takes"] > 0
    assert not early_of(film)
    assert not finished(tmp_path)
    assert not list(Store(tmp_path).early.iterdir())
