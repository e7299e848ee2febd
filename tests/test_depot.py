"""Storage that workers and the film's machine both reach: whole or absent, named by content, and enough to shoot by."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from director.farm.carried import Carried, carry, done_away
from director.farm.depot import Depot
from director.judging import Judging
from director.queues import needed
from director.shoot import Job, shoot
from director.takes import SIDECAR, Take, standing_take
from storyboard.errors import DiskError, InputError, MachineError, MissingInstall
from tests.conftest import FILM, SCRIPT, write_film
from tests.test_farm import plan_of


@pytest.fixture(params=["memory", "file"])
def depot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Depot]:
    """Storage of each kind that needs no other machine."""
    made = Depot("memory://films/one" if request.param == "memory" else f"file://{tmp_path}/depot")
    yield made
    if request.param == "memory":
        import fsspec

        fsspec.filesystem("memory").store.clear()


@pytest.fixture
def made(tmp_path: Path) -> tuple[Job, Take]:
    """A job, and its take."""
    job = needed(plan_of(write_film(tmp_path / "film")))[0]
    return job, shoot(job)


def test_a_take_comes_back_as_it_went(depot: Depot, made: tuple[Job, Take], tmp_path: Path) -> None:
    """Offered and fetched: the same sidecar, the same bytes; a second time nothing is written."""
    job, take = made
    depot.offer(take, job.folder)
    assert depot.take(take.key) == take
    back = tmp_path / "back"
    assert depot.fetch(take.key, back) == take
    assert standing_take(back) == take
    for path in (SIDECAR, *(segment.file for segment in take.segments)):
        assert (back / path).read_bytes() == (job.folder / path).read_bytes()
    stamp = (back / SIDECAR).stat().st_mtime_ns
    depot.fetch(take.key, back)
    assert (back / SIDECAR).stat().st_mtime_ns == stamp


def test_a_take_without_its_sidecar_is_no_take(depot: Depot, made: tuple[Job, Take], tmp_path: Path) -> None:
    """Segments come first: until the sidecar stands there is nothing to fetch, and then there is all of it."""
    job, take = made
    for segment in take.segments:
        depot.put(job.folder / segment.file, segment.sha256)
    assert depot.take(take.key) is None
    with pytest.raises(MachineError, match="is not in"):
        depot.fetch(take.key, tmp_path / "back")
    assert not (tmp_path / "back" / SIDECAR).exists()


def test_what_is_damaged_is_not_taken(tmp_path: Path, made: tuple[Job, Take]) -> None:
    """A file whose bytes are not those of its name is refused, and nothing is left of it."""
    job, take = made
    depot = Depot(f"file://{tmp_path}/depot")
    depot.offer(take, job.folder)
    sha = take.segments[0].sha256
    (tmp_path / "depot" / "files" / sha[:2] / sha).write_bytes(b"else")
    with pytest.raises(DiskError, match="is damaged"):
        depot.fetch(take.key, tmp_path / "back")
    assert not list((tmp_path / "back").iterdir())


def test_storage_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    """A word that is no URL, and a kind that needs a package which is not there."""
    with pytest.raises(InputError, match="is no storage"):
        Depot("cellar://films")
    with pytest.raises(MissingInstall, match="needs a package"):
        Depot("wandb://films")
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="cannot put"):
        Depot(f"file://{tmp_path}/file").put(tmp_path / "file")


def test_a_job_is_shot_where_its_film_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """References, a parent's last frame and named files travel by content; the take is the one shot at home."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    script = SCRIPT.replace("full shot of MARA, pan left", "wide shot of MARA, static").replace(
        "close-up on IVO, 1s", "close-up on IVO, 1s, continues"
    )
    film = write_film(tmp_path / "film", film=FILM.replace("fake", "{name: fake, note: note.txt}"), script=script)
    Image.new("RGB", (256, 256), "green").save(film.parent / "ivo.png")
    (film.parent / "note.txt").write_text("slowly")
    bible = film.parent / "bible.yaml"
    bible.write_text(bible.read_text().replace("figure: {height: 1.82}", "references: [ivo.png]"))
    for job in needed(plan_of(film)):
        shoot(job)
    (job,) = needed(plan_of(film))
    assert job.parent
    depot = Depot(f"file://{tmp_path}/depot")
    carried = Carried.model_validate_json(carry(job, depot).model_dump_json())
    assert {Path(path).name for path in carried.files} == {"0.mkv", "ivo.png"}
    assert carried.named.keys() == {"note.txt"}
    away = film.parent.rename(tmp_path / "away")
    take = done_away(carried, lambda _: None)
    assert isinstance(take, Take)
    assert done_away(carried, lambda _: None) == take
    assert not film.parent.exists()
    away.rename(film.parent)
    here = shoot(job)
    assert here.segments == take.segments
    assert [path.name for path in (tmp_path / "scratch").rglob("*.mkv")] == []
    shutil.rmtree(job.folder)
    judging = Judging(take=take, files=(job.folder / "0.mkv",), rehearsed=None, rehearsals=tmp_path / "expected")
    depot.fetch(job.key, job.folder)
    sent = carry(judging, depot)
    shutil.rmtree(job.folder)
    assert {verdict.check for verdict in done_away(sent, lambda _: None)} == {"usable"}  # type: ignore[union-attr]
