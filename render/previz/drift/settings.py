"""The settings of the previz that order trouble: what film.yaml gives under ``generator``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from render.previz.drift.compression import COMPRESSIONS
from render.previz.drift.kinds import CAMERA, TYPICAL, Kind
from render.previz.drift.picture_looks import PICTURE_LOOKS
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean

NAMES = ("drift", "control", "picture_look", "compression")
"""The settings that are about trouble."""


@dataclass(frozen=True)
class Settings:
    """Which trouble is ordered. ``picture_look`` and ``compression`` are None where each take draws its own."""

    rates: Mapping[Kind, float]
    control: float = 0.0  # 0 … 1, how strongly the rehearsal guides the take
    picture_look: str | None = None
    compression: str | None = None


def settings_of(params: Mapping[str, JsonValue]) -> Settings:
    """The trouble that ``params`` order; other settings of the previz may stand among them.

    Raises InputError with everything that is wrong.
    """
    problems = list(_faults(params))
    if problems:
        raise InputError(problems)
    control, look, compression = (params.get(name) for name in NAMES[1:])
    return Settings(
        rates=_rates(params["drift"]),
        control=0.0 if control is None else float(str(control)),
        picture_look=None if look is None else str(look),
        compression=None if compression is None else str(compression),
    )


def _rates(drift: JsonValue) -> dict[Kind, float]:
    if isinstance(drift, dict):
        return {Kind(name): float(str(rate)) for name, rate in drift.items()}
    return dict(TYPICAL) if drift == "typical" else {}


def _faults(params: Mapping[str, JsonValue]) -> Iterable[Problem]:
    if "drift" in params:
        yield from _faults_of_drift(params["drift"])
    else:
        for name in NAMES[1:]:
            if name in params:
                yield _wrong(f"reads “{name}” only where drift is ordered", "Add drift: none, or leave it out.")
    control = params.get("control")
    if control is not None and not _is_share(control):
        yield _wrong(f"has “control: {control}”", "It is a number from 0 to 1.")
    for name, known in (("picture_look", tuple(PICTURE_LOOKS)), ("compression", tuple(COMPRESSIONS))):
        given = params.get(name)
        if given is not None and given not in known:
            yield _wrong(f"knows no {name} “{given}”", did_you_mean(str(given), known))


def _faults_of_drift(drift: JsonValue) -> Iterable[Problem]:
    if not isinstance(drift, dict):
        if drift not in ("typical", "none"):
            shown = "nothing" if drift is None else f"“{drift}”"
            yield _wrong(f"cannot drift as {shown}", "Write typical, none, or kinds with their rates: colour: 0.2.")
        return
    kinds = [kind.value for kind in Kind]
    for name, rate in drift.items():
        if name not in kinds:
            yield _wrong(f"knows no kind of drift “{name}”", did_you_mean(str(name), kinds))
        if not _is_share(rate):
            yield _wrong(f"has “{name}: {rate}” under drift", "A rate is a number from 0 (never) to 1 (always).")
    camera = [float(str(drift[kind])) for kind in CAMERA if _is_share(drift.get(kind))]
    if sum(camera) > 1 + 1e-9:
        yield _wrong("has rates of camera trouble that add up to more than 1", "At most one of them befalls a take.")


def _is_share(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _wrong(what: str, todo: str) -> Problem:
    return Problem(what=f"the generator previz {what}.", todo=todo)
