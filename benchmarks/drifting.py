"""Takes that drift to order, for the benchmarks: shot once, kept on disk by key, and judged as a film's takes are."""

import functools
import hashlib
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import common  # noqa: F401  # it makes the packages of this repository known
import numpy as np
from pydantic import JsonValue, TypeAdapter

from director.checks.base import Ruling, Verdict
from director.judging import Judging, expected, judge
from director.plan import Plan, plan_film
from director.planned import PlannedShot
from director.project import open_project
from director.shoot import Job, shoot
from director.takes import Take, standing_take, take_key
from render.previz.drift.draw import Departure, draw
from render.previz.drift.kinds import Kind
from render.previz.drift.settings import settings_of
from render.request import Request
from storyboard.hashing import digest, seed_from

FILMS = Path(__file__).parent / "films"
DEVELOPMENT = "dev_"
"""How the names of films begin on which limits are calibrated; nothing is measured on them."""
HELD_LOOK, HELD_COMPRESSION = "silver", "h264-middle"
"""The picture look and the compression that are used in no development."""
LEAST_SEEN = 0.004
"""Share of a frame's pixels: what shows less of itself in the best of seven frames is seen by nobody."""
LEAST_ACTED = 0.01
"""Share of pixels that change from look to look of the rehearsal: where less does, time could run at any speed."""
LEAST_COLOUR, LEAST_MOVE = 12.0, 0.4
"""ΔE00 of a colour, and share of a move, from which on the aims ask for recall."""
BANDS = ((0.0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1.01))
"""Thirds of severity: slight, middle, gross."""
_CHANGED = 12  # 8-bit levels
_TRIES = 400  # seeds that are drawn to find one with the trouble that is asked for
_SEVERAL = frozenset({Kind.COLOUR, Kind.MISSING, Kind.EXTRA, Kind.NEVER, Kind.PROPORTIONS, Kind.LOOK, Kind.STATE})
MEASURES: dict[Kind, tuple[str, ...]] = {
    Kind.COLOUR: ("attribute.colour",),
    Kind.MISSING: ("attribute.colour", "cast.missing", "identity.shape", "never.extra", "state.other"),
    Kind.EXTRA: ("never.extra", "identity.shape"),
    Kind.NEVER: ("never.extra", "identity.shape"),
    Kind.PROPORTIONS: ("identity.shape", "never.extra", "framing.size"),
    Kind.LOOK: ("state.other", "attribute.colour"),
    Kind.STATE: ("state.other", "attribute.colour"),
    Kind.STRANGER: ("cast.stranger",),
    Kind.CAMERA_IGNORED: ("camera.amount", "camera.other"),
    Kind.CAMERA_WEAK: ("camera.amount", "camera.other"),
    Kind.CAMERA_REVERSED: ("camera.amount", "camera.other"),
    Kind.CAMERA_REPLACED: ("camera.other", "camera.amount", "camera.parallax", "camera.travels"),
    Kind.SIZE: ("framing.size", "framing.place"),
    Kind.HALF_SPEED: ("tempo.speed", "tempo.ramp", "tempo.repeats", "tempo.blends", "tempo.frozen"),
    Kind.FROZEN_TAIL: ("tempo.frozen", "tempo.speed", "tempo.repeats"),
    Kind.FLICKER: ("flicker.amount", "exposure.drift"),
    Kind.CUT: ("cuts.jump",),
    Kind.BLACK: ("black.frames",),
}
"""Which measures are about a kind of trouble; the first is the one that is there for it."""
_VERDICTS = TypeAdapter(list[Verdict])
Params = dict[str, JsonValue]


@dataclass(frozen=True, eq=False)
class Shot:
    """A shot of one of the films."""

    film: str
    plan: Plan
    planned: PlannedShot

    @property
    def name(self) -> str:
        return f"{self.film} {self.planned.shot.id}"

    def request(self, seed: int, params: Params) -> Request:
        """What the take of a seed is asked for."""
        return self.planned.request.model_copy(update={"seed": seed, "params": params})


@dataclass(frozen=True, eq=False)
class Shown:
    """A take, where it stands, and the shot that it is a take of."""

    shot: Shot
    take: Take
    folder: Path

    @property
    def faults(self) -> list[dict[str, Any]]:
        """What is wrong with it, as the truth tells."""
        truth: Any = self.take.truth
        return truth["faults"]

    @property
    def honest(self) -> dict[str, Any]:
        """How it varies without being wrong."""
        truth: Any = self.take.truth
        return truth["honest"]

    @property
    def held_out(self) -> bool:
        """Whether it has the look or the compression that no development used."""
        return self.honest["picture_look"] == HELD_LOOK or self.honest["compression"] == HELD_COMPRESSION


def film_files(*, development: bool) -> list[Path]:
    """The films that limits are calibrated on, or those that are measured."""
    return [path for path in sorted(FILMS.glob("*.yaml")) if path.name.startswith(DEVELOPMENT) == development]


def shots_of(*, development: bool, quick: bool = False) -> list[Shot]:
    """The shots of the films that limits are calibrated on, or of those that are measured; with ``quick`` a few."""
    found: list[Shot] = []
    for path in film_files(development=development)[: 2 if quick else None]:
        plan = plan_film(open_project(path), path.parent)
        found += [Shot(path.stem, plan, planned) for planned in plan.shots[: 2 if quick else None]]
    return found


def ordered(drift: JsonValue, look: str | None = None, compression: str | None = None) -> Params:
    """The settings of the previz for takes that drift so."""
    params: Params = {"drift": drift}
    if look is not None:
        params["picture_look"] = look
    if compression is not None:
        params["compression"] = compression
    return params


def seed_with(
    shot: Shot, kind: Kind, band: tuple[float, float], number: int, looks: Sequence[str], compressions: Sequence[str]
) -> tuple[int, Params] | None:
    """A seed whose take has one fault, of this kind and severity; None where the shot cannot have it.

    ``number`` counts through the looks of the picture and the compressions.
    """
    look, compression = looks[number % len(looks)], compressions[(number + number // len(looks)) % len(compressions)]
    params = ordered({kind.value: 0.2 if kind in _SEVERAL else 1.0}, look, compression)
    always = settings_of(ordered({kind.value: 1.0}))
    if not draw(shot.request(0, params), always).of(kind):
        return None
    settings = settings_of(params)
    for attempt in range(_TRIES):
        seed = seed_from("benchmark", shot.name, kind, band, number, attempt)
        departure: Departure = draw(shot.request(seed, params), settings)
        if len(departure.faults) == 1 and band[0] <= departure.faults[0].severity < band[1]:
            return seed, params
    return None


def shown(shot: Shot, seed: int, params: Params, cache: Path) -> Shown:
    """The take of a seed: as it stands in ``cache``, or shot now."""
    request = shot.request(seed, params)
    resolved = {"request": digest("request", params)}
    key = take_key(shot.planned.recipe, seed, (), resolved)
    folder = cache / "takes" / key[:2] / key
    take = standing_take(folder) or shoot(
        Job(
            key=key,
            recipe=shot.planned.recipe,
            shot=shot.planned.shot.id,
            fingerprint=shot.planned.shot.fingerprint,
            attempt=0,
            seed=seed,
            resolved=resolved,
            generator="previz",
            version=shot.plan.generator.version,
            params=params,
            request=request,
            inputs={},
            folder=folder,
            lock=cache / "locks" / f"{key}.lock",
        )
    )
    return Shown(shot, take, folder)


def judging(take: Shown, cache: Path) -> Judging:
    """A take as it is given to the checks."""
    return Judging(
        take=take.take,
        files=tuple(take.folder / segment.file for segment in take.take.segments),
        rehearsed=take.shot.plan.expected(take.shot.planned),
        rehearsals=cache / "expected",
    )


def verdicts_of(take: Shown, cache: Path) -> tuple[Verdict, ...]:
    """What the checks say of a take; kept in ``cache`` by the take and the checks' own source and limits."""
    path = cache / "verdicts" / eye() / f"{take.take.key}.json"
    if path.is_file():
        return tuple(_VERDICTS.validate_json(path.read_bytes()))
    found = judge(judging(take, cache))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_VERDICTS.dump_json(list(found)))
    return found


@functools.cache
def eye() -> str:
    """A digest of all that verdicts could hang on, so that a changed check is never mistaken for the old one."""
    root = Path(__file__).parents[1]
    files = [*root.glob("director/checks/*.*"), *root.glob("characters/likeness/**/*.py"), root / "director/judging.py"]
    files += root.glob("render/previz/expectation*.py")
    told = hashlib.sha256()
    for file in sorted(file for file in files if file.suffix in (".py", ".toml", ".npz")):
        told.update(file.read_bytes())
    return told.hexdigest()[:16]


def excess(verdict: Verdict) -> float:
    """A score as a multiple of its limit; 1 is the limit. Where the limit is 0, one more than the score."""
    return verdict.score / verdict.limit if verdict.limit > 0 else 1.0 + verdict.score - verdict.limit


def told(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts that may reject a take."""
    return [each for each in verdicts if not each.advisory and each.ruling is not Ruling.NOT_APPLICABLE]


def rejected(verdicts: Sequence[Verdict]) -> bool:
    """Whether a check rejects the take. Unsure is no rejection."""
    return any(each.ruling is Ruling.FAIL for each in told(verdicts))


def visible(take: Shown, fault: dict[str, Any], cache: Path) -> bool:
    """Whether anybody can see a fault of a take."""
    return visible_in(judging(take, cache), fault)


def visible_in(job: Judging, fault: dict[str, Any]) -> bool:
    """Whether anybody can see a fault: enough of the frame shows it, or enough happens for time to matter."""
    if "seen" in fault:
        return fault["seen"] >= LEAST_SEEN
    if fault["kind"] in (Kind.HALF_SPEED, Kind.FROZEN_TAIL):
        return acted(job) >= LEAST_ACTED
    return True


def plain(fault: dict[str, Any]) -> bool:
    """Whether a fault is as large as the aims ask for: ΔE00 12, two fifths of a move, one shot size."""
    kind = Kind(fault["kind"])
    if kind is Kind.COLOUR:
        return fault["delta_e"] >= LEAST_COLOUR
    if kind in (Kind.CAMERA_IGNORED, Kind.CAMERA_WEAK):
        return 1 - fault["amount"] >= LEAST_MOVE
    if kind in (Kind.CAMERA_REVERSED, Kind.CAMERA_REPLACED):
        return fault["amount"] >= LEAST_MOVE
    return True


def acted(job: Judging) -> float:
    """The share of pixels that change from one look of the rehearsal to the next, the mean over the take."""
    assert job.rehearsed is not None
    looks = expected(job.rehearsed, job.rehearsals).looks
    changes = [
        float((np.abs(one.rgb.astype(np.int16) - other.rgb).max(axis=2) >= _CHANGED).mean())
        for one, other in itertools.pairwise(looks)
    ]
    return float(np.mean(changes)) if changes else 0.0


def default_cache() -> Path:
    """Where takes are kept unless the command line says otherwise."""
    return Path(tempfile.gettempdir()) / "shotgraph-benchmarks"


def counted(items: Sequence[Any], what: str, done: Callable[[Any], Any]) -> Iterator[Any]:
    """Each result in turn, with a line on how far it is, since this takes long."""
    for number, item in enumerate(items, 1):
        yield done(item)
        if sys.stderr.isatty() or number % 25 == 0:
            print(f"{what}: {number} of {len(items)}", file=sys.stderr, flush=True)
