"""What of a take needs no GPU is done by those who have none, while the GPU works."""

from pathlib import Path

from director.direct import Options, direct_film
from director.farm.floor import JUDGE, SHOOT
from director.farm.local import LocalFarm
from director.farm.registry import local_places
from director.plan import plan_film
from director.project import open_project
from director.queues import needed
from director.takes import Store
from tests.conftest import FILM, write_film

GPU = FILM.replace("fake", "{name: fake, device: gpu, prepares: true, sleep: 0.02}")


def test_takes_that_wait_for_the_gpu_are_prepared_by_the_cores(tmp_path: Path) -> None:
    """By another process than the one that shoots them; the film is the same without."""
    film = write_film(tmp_path / "film", film=GPU)
    project = open_project(film)
    plan = plan_film(project, Store(project.folder).cache)
    jobs = needed(plan)
    farm = LocalFarm(local_places(1, "gpu"), stuck=60.0)
    try:
        made = [take for _, take in farm.shoot_all(jobs, lambda *_: None)]
        (shooter,) = [place.hand.number for place in farm.places if place.hand and place.does == frozenset({SHOOT})]
    finally:
        farm.close()
    marks = list(film.parent.glob(".prepared-*"))
    assert marks
    assert all(int(mark.read_text()) != shooter for mark in marks)
    assert len(made) == len(jobs)


def test_without_cores_of_their_own_nothing_is_prepared(tmp_path: Path) -> None:
    """Where everybody shoots, it is done with the take."""
    film = write_film(tmp_path / "film", film=GPU.replace("device: gpu, ", ""))
    project = open_project(film)
    report = direct_film(plan_film(project, Store(project.folder).cache), Options(dailies=False, workers=2))
    assert report.made == 5
    assert not list(film.parent.glob(".prepared-*"))
    assert {place.does for place in local_places(2)} == {frozenset({SHOOT, JUDGE})}
