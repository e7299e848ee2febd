"""Measure the limits that ship on good takes, and write director/checks/limits.toml.

The takes are of the development films in benchmarks/films, in every picture look and compression but those that are
held out. Of each measure the limit is set so far out in the tail of what good takes reach that a whole take, with all
its measures together, is rejected by mistake no oftener than the target. Where trouble that anybody can see begins only
farther out, in takes that drift, the limit stands half-way. What is not measured here keeps its limit.

Run it from the repository: python benchmarks/calibrate_limits.py [--takes N] [--target 0.03] [--cache DIR] [--dry]
"""

import argparse
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import drifting
import numpy as np
from drifting import Params

from director.checks.base import Ruling, Verdict
from director.checks.limits import shipped_limits
from render.previz.drift.compression import COMPRESSIONS
from render.previz.drift.kinds import Kind
from render.previz.drift.picture_looks import PICTURE_LOOKS
from storyboard.hashing import seed_from

LIMITS = Path(__file__).parents[1] / "director" / "checks" / "limits.toml"
TARGET = 0.03
TAIL = 0.2  # share of the takes that say how the tail of a measure falls
DOUBT = 3.0  # how many times as many good takes lie above the limit of doubt
FEW = 0.05  # share of the takes that must score at all for the tail to be told; else the limit is never lowered
BEGINS = 0.05  # share of the takes with trouble that lie below where it is said to begin
FEWEST = 20  # takes in which a measure must apply; of fewer no tail can be told
_LOOKS = [look for look in PICTURE_LOOKS if look != drifting.HELD_LOOK]
_COMPRESSIONS = [name for name in COMPRESSIONS if name != drifting.HELD_COMPRESSION]


@dataclass(frozen=True)
class Measured:
    """A limit with the error rate that it stands for."""

    fail: float
    doubt: float
    false_alarms: float
    takes: int


def main() -> None:
    """Shoot, judge, fit and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--takes", type=int, default=12, help="good takes of each shot")
    parser.add_argument("--faults", type=int, default=2, help="takes with trouble of each kind and third of severity")
    parser.add_argument("--target", type=float, default=TARGET, help="share of good takes that may be rejected")
    parser.add_argument("--cache", type=Path, default=drifting.default_cache(), help="where takes are kept")
    parser.add_argument("--dry", action="store_true", help="print the limits and write nothing")
    parser.add_argument("--quick", action="store_true", help="a few takes, to see that it runs; writes nothing")
    given = parser.parse_args()
    shots = drifting.shots_of(development=True, quick=given.quick)
    takes = 2 if given.quick else given.takes
    jobs = [(shot, number) for number in range(takes) for shot in shots]
    rows = list(drifting.counted(jobs, "good takes judged", lambda job: _scores(job[0], job[1], given.cache)))
    films = [shot.film for shot, _ in jobs]
    begins = _begins(shots, 0 if given.quick else given.faults, given.cache)
    found, alarms = fitted(rows, begins, given.target)
    print(f"{len(rows)} good takes of {len(set(films))} films; rejected by mistake: {100 * alarms:.1f} %")
    for left, rate in _left_out(rows, begins, films, given.target):
        print(f"  limits from the other films, on {left}: {100 * rate:.1f} %")
    print(f"\n{'measure':20}{'limit':>9}{'doubt':>9}{'above it':>9}{'takes':>6}{'median':>9}{'most':>9}{'trouble':>9}")
    for name, one in found.items():
        scores = [row[name] for row in rows if name in row]
        told = f"{one.fail:9.4f}{one.doubt:9.4f}{one.false_alarms:9.3f}{one.takes:6d}"
        print(f"{name:20}{told}{np.median(scores):9.4f}{max(scores):9.4f}{begins.get(name, math.nan):9.4f}")
    if not given.dry and not given.quick:
        write(LIMITS, found)
        print(f"\nwritten to {LIMITS}")


def _scores(shot: drifting.Shot, number: int, cache: Path) -> dict[str, float]:
    """The worst score of each measure in a good take."""
    look = _LOOKS[number % len(_LOOKS)]
    # Each round goes through the looks with the next compression, so that all pairs come in time.
    compression = _COMPRESSIONS[(number + number // len(_LOOKS)) % len(_COMPRESSIONS)]
    seed = seed_from("calibrate", shot.name, number)
    take = drifting.shown(shot, seed, drifting.ordered("none", look, compression), cache)
    return worst(drifting.verdicts_of(take, cache))


def worst(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """Measure → its worst score in a take, of what was judged at all."""
    found: dict[str, float] = {}
    for each in verdicts:
        if each.measure and each.ruling is not Ruling.NOT_APPLICABLE and not _blind(each) and not each.advisory:
            found[each.measure] = max(found.get(each.measure, -math.inf), each.score)
    found.pop("usable", None)
    return found


def _blind(verdict: Verdict) -> bool:
    """Whether a check was unsure because it could not look, not because of a score."""
    return verdict.ruling is Ruling.UNSURE and verdict.score == 0.0


def _begins(shots: Sequence[drifting.Shot], takes: int, cache: Path) -> dict[str, float]:
    """Measure → the score from which on the trouble begins that it is there for."""
    jobs: list[tuple[drifting.Shot, Kind, int, Params]] = []
    for kind in Kind:
        for number, band in enumerate(drifting.BANDS * takes):
            ways = (shots[(number * 7 + step + len(kind)) % len(shots)] for step in range(len(shots)))
            seeds = ((shot, drifting.seed_with(shot, kind, band, number, _LOOKS, _COMPRESSIONS)) for shot in ways)
            jobs += next(([(shot, kind, *seed)] for shot, seed in seeds if seed is not None), [])
    scores: dict[str, list[float]] = {}
    for kind, score in drifting.counted(jobs, "takes with trouble judged", lambda job: _trouble(job, cache)):
        if score is not None:
            scores.setdefault(drifting.MEASURES[kind][0], []).append(score)
    return {name: float(np.quantile(found, BEGINS)) for name, found in scores.items() if len(found) >= 3}


def _trouble(job: tuple[drifting.Shot, Kind, int, Params], cache: Path) -> tuple[Kind, float | None]:
    """What the measure that is there for a kind makes of a take with it; None of what nobody can see."""
    shot, kind, seed, params = job
    take = drifting.shown(shot, seed, params, cache)
    seen = all(drifting.visible(take, fault, cache) and drifting.plain(fault) for fault in take.faults)
    if not seen:
        return kind, None
    if kind is Kind.HALF_SPEED and take.faults[0]["way"] == "repeated":  # it shows in another measure
        return kind, None
    return kind, worst(drifting.verdicts_of(take, cache)).get(drifting.MEASURES[kind][0])


def fitted(
    rows: Sequence[Mapping[str, float]], begins: Mapping[str, float], target: float
) -> tuple[dict[str, Measured], float]:
    """Limits by which at most ``target`` of the takes are rejected, and the share that is.

    ``begins``: measure → the score at which trouble begins. Every measure gets the same chance of a false alarm: the
    target over their number, by the tail's fall; where good takes are rejected oftener all the same, two thirds of
    that, and so on.
    """
    names = sorted({name for row in rows for name in row})
    columns = {name: np.array([row[name] for row in rows if name in row]) for name in names}
    columns = {name: scores for name, scores in columns.items() if len(scores) >= min(FEWEST, len(rows))}
    known = {name: limit.fail for name, limit in shipped_limits().items()}
    chance = target / max(len(columns), 1)
    while True:
        found = {name: _limit(scores, chance, begins.get(name), known.get(name)) for name, scores in columns.items()}
        alarms = _rejected(rows, {name: one.fail for name, one in found.items()})
        if alarms <= target or chance < 1e-6:
            return found, alarms
        chance /= 1.5


def _limit(scores: np.ndarray, chance: float, begins: float | None, known: float | None) -> Measured:
    """Where an exponential tail, fitted to the highest scores by their mean excess, leaves this chance.

    Half-way to where trouble ``begins``, if that is farther out; not below the limit ``known`` where hardly any good
    take scores at all.
    """
    fail, doubt = _tail(scores, chance), _tail(scores, DOUBT * chance)
    if begins is not None and begins > fail:
        doubt = fail + (begins - fail) / 4
        fail = fail + (begins - fail) / 2
    elif known is not None and known > fail and (scores > np.median(scores)).mean() < FEW:
        fail = doubt = known
    return Measured(fail, doubt, float((scores > fail).mean()), len(scores))


def _tail(scores: np.ndarray, chance: float) -> float:
    ordered = np.sort(scores)
    start = float(ordered[int((1 - TAIL) * (len(ordered) - 1))])
    beyond = ordered[ordered > start]
    if not len(beyond) or chance >= len(beyond) / len(ordered):
        return float(np.quantile(ordered, 1 - chance))
    return start + float((beyond - start).mean()) * math.log(len(beyond) / len(ordered) / chance)


def _rejected(rows: Sequence[Mapping[str, float]], limits: Mapping[str, float]) -> float:
    return float(np.mean([any(score > limits.get(name, math.inf) for name, score in row.items()) for row in rows]))


def _left_out(
    rows: Sequence[Mapping[str, float]], begins: Mapping[str, float], films: Sequence[str], target: float
) -> list[tuple[str, float]]:
    """Each film with the share of its good takes that limits from the others reject."""
    found: list[tuple[str, float]] = []
    for film in sorted(set(films)):
        others = [row for row, name in zip(rows, films, strict=True) if name != film]
        mine = [row for row, name in zip(rows, films, strict=True) if name == film]
        if others:
            limits, _ = fitted(others, begins, target)
            found.append((film, _rejected(mine, {name: one.fail for name, one in limits.items()})))
    return found


def write(path: Path, found: Mapping[str, Measured]) -> None:
    """Write the limits; a measure that was seen in no take, or always with the same score, keeps its entry."""
    kept = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    table: dict[str, dict[str, float]] = {name: dict(values) for name, values in kept.items()}
    for name, one in found.items():
        entry = table.setdefault(name, {"fail": one.fail, "doubt": one.doubt})
        if one.fail > one.doubt:  # else nothing is known of the tail
            entry |= {"fail": _rounded(one.fail), "doubt": _rounded(one.doubt)}
        entry |= {"false_alarms": round(one.false_alarms, 4), "takes": one.takes}
    lines = ["# Written by benchmarks/calibrate_limits.py; a limit that no takes stand behind is provisional."]
    for name, entry in table.items():
        lines += ["", f'["{name}"]', *(f"{key} = {value}" for key, value in entry.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rounded(value: float) -> float:
    """Three digits are all that takes can tell."""
    return float(f"{value:.3g}")


if __name__ == "__main__":
    main()
