"""Which farms there are, and how one is opened: for how many workers, on what."""

import os
from importlib.util import find_spec

from director.farm.base import Farm
from director.farm.floor import JUDGE, SHOOT, Place
from director.farm.inline import InlineFarm
from director.farm.local import LocalFarm
from director.farm.machine import core_count, gpus
from director.film import FARMS, FarmSettings
from storyboard.errors import InputError, MissingInstall, Problem
from storyboard.yaml_file import did_you_mean

STORAGE = "SHOTGRAPH_STORAGE"
"""Environment: where takes go that workers elsewhere make, as fsspec names it."""
AT_ONCE = 4  # tasks that a service is given at once, if nobody says how many

_BOTH = frozenset({SHOOT, JUDGE})


def open_farm(
    workers: int | None = None,
    settings: FarmSettings | None = None,
    *,
    device: str = "cpu",
    eyes: bool = False,
    name: str | None = None,
    storage: str | None = None,
) -> Farm:
    """The farm that the film or ``name`` asks for; nothing is started yet.

    ``device`` is what the generator runs on: cpu, gpu, or server for a service that does the work elsewhere.
    ``eyes``: the checks' models are to run on a GPU too. ``workers`` and ``name`` win over the film's settings.
    Raises InputError for a name that is no farm's, MissingInstall for one that needs more than there is.
    """
    settings = settings or FarmSettings()
    name, count = name or settings.name, workers or settings.workers
    if name is not None and name not in FARMS:
        raise InputError(Problem(what=f"there is no farm “{name}”.", todo=did_you_mean(name, FARMS)))
    storage = storage or os.environ.get(STORAGE)
    if name == "ray":
        return _ray(count, settings, device, storage)
    if storage is not None and name != "inline":
        storage = None  # this machine's workers write where the takes stand
    if name == "inline" or (name is None and device == "cpu" and (count or core_count()) <= 1):
        return InlineFarm()
    return LocalFarm(local_places(count, device, eyes=eyes), settings.stuck)


def local_places(count: int | None = None, device: str = "cpu", *, eyes: bool = False) -> list[Place]:
    """Places for workers on this machine.

    A generator on the CPU has one a core, for takes and for verdicts. One on GPUs has a place for each, which sees no
    other, and the cores look at the takes: without a GPU, unless the ``eyes`` want it.
    """
    if device == "cpu":
        return [Place(_BOTH) for _ in range(count or core_count())]
    lookers = [Place(frozenset({JUDGE}), {} if eyes or device != "gpu" else _NO_GPU) for _ in range(core_count())]
    if device != "gpu":
        return [Place(frozenset({SHOOT})) for _ in range(count or AT_ONCE)] + lookers
    there = gpus()
    shooters = range(count or len(there) or 1)
    return [Place(frozenset({SHOOT}), _only(there, index)) for index in shooters] + lookers


_NO_GPU = {"CUDA_VISIBLE_DEVICES": ""}


def _only(there: tuple[str, ...], index: int) -> dict[str, str]:
    """Let a worker see one GPU; where there are more workers than GPUs they share."""
    return {"CUDA_VISIBLE_DEVICES": there[index % len(there)]} if there else {}


def _ray(count: int | None, settings: FarmSettings, device: str, storage: str | None) -> Farm:
    if not _is_there("ray"):
        raise MissingInstall(Problem(what="the farm “ray” is not installed.", todo='pip install "shotgraph[ray]"'))
    from director.farm.depot import Depot
    from director.farm.ray_farm import Needs, RayFarm

    depot = Depot(storage) if storage is not None else None
    needs = Needs(cores=settings.cores, gpus=settings.gpus if device == "gpu" else 0.0)
    return RayFarm(count or (AT_ONCE if device == "server" else None), needs, depot, settings.stuck)


def _is_there(package: str) -> bool:
    """Whether a package is installed; it is not imported."""
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
