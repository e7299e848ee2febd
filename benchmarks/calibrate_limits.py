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
MARGIN = 2.0  # how many times rarer than in these takes a false alarm is to be, by an exponential tail
BEGINS = 0.1  # share of the takes with trouble that lie below where it is said to begin
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
    columns = "".join(f"{name:>9}" for name in ("limit", "doubt", "above it", "takes", "median", "most", "trouble"))
    print(f"\n{'measure':20}{columns}  worst in")

    def _worst(name: str) -> str:
        row = max(range(len(rows)), key=lambda index: rows[index].get(name, -math.inf))
        return f"{jobs[row][0].name}, take {jobs[row][1]}"

    for name, one in found.items():
        scores = [row[name] for row in rows if name in row]
        cells = (one.fail, one.doubt, one.false_alarms, one.takes, np.median(scores), max(scores), begins.get(name))
        told = "".join(f"{'':9}" if each is None else f"{each:9.4g}" for each in cells)
        print(f"{name:20}{told}  {_worst(name)}")
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

    ``begins``: measure → the score at which trouble begins. The takes given up are chosen one by one: each time the one
    without which the limits come down most, as shares of themselves, over all measures.
    """
    names = sorted({name for row in rows for name in row})
    seen = {name: sum(name in row for row in rows) for name in names}
    names = [name for name in names if seen[name] >= min(FEWEST, len(rows))]
    known = {name: limit.fail for name, limit in shipped_limits().items()}
    table = np.array([[row.get(name, -math.inf) for name in names] for row in rows])
    level = np.array([_level(column, begins.get(name)) for name, column in zip(names, table.T, strict=True)])
    kept = np.ones(len(rows), bool)
    for _ in range(int(target * len(rows))):
        kept[_costliest(table, kept, level)] = False
    found: dict[str, Measured] = {}
    for name, column in zip(names, table.T, strict=True):
        fail, doubt = _limit(column[kept & np.isfinite(column)], begins.get(name), known.get(name))
        told = column[np.isfinite(column)]
        found[name] = Measured(fail, doubt, float((told > fail).mean()), len(told))
    return found, _rejected(rows, {name: one.fail for name, one in found.items()})


def _level(column: np.ndarray, begins: float | None) -> float:
    """Below this nothing is gained by a lower limit: where most good takes lie, or well before trouble begins."""
    told = column[np.isfinite(column)]
    return max(float(np.quantile(told, 0.9)), (begins or 0.0) / 3, 1e-4)


def _costliest(table: np.ndarray, kept: np.ndarray, level: np.ndarray) -> int:
    """The kept take that holds the limits up most."""
    gains = np.zeros(len(table))
    for column, least in zip(table.T, level, strict=True):
        order = np.argsort(np.where(kept, column, -np.inf))
        first, second = column[order[-1]], column[order[-2]]
        gains[order[-1]] += math.log(max(first, least) / max(second, least))
    return int(np.argmax(np.where(kept, gains, -1.0)))


def _limit(scores: np.ndarray, begins: float | None, known: float | None) -> tuple[float, float]:
    """The limits of failing and of doubt: above all these scores, by a share of how the highest of them fall.

    Half-way to where trouble ``begins``, if that is farther out. Where no trouble was there to tell, a lower limit than
    the ``known`` one would gain nothing that was seen, and could lose shots of a kind that these films lack.
    """
    most = float(scores.max())
    start = float(np.quantile(scores, 1 - TAIL))
    beyond = scores[scores > start]
    falls = float((beyond - start).mean()) if len(beyond) else 0.0
    doubt, fail = most + falls * math.log(MARGIN) / 2, most + falls * math.log(MARGIN)
    if begins is not None and begins > fail:
        return fail + (begins - fail) / 2, fail + (begins - fail) / 4
    if known is not None and known > fail and begins is None:
        return known, known
    return fail, doubt


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
