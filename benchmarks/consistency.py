"""How much of what goes wrong in a take the checks find, kind by kind, against three baselines on the same takes.

Takes of the measured films in benchmarks/films drift to order, one trouble in a take, in three bands of severity; good
takes of the same shots say what is rejected by mistake. The limits are those that ship, measured on other films; the
picture look `silver` and the compression `h264-middle` were used in no development. A fault of which less than 0.4 % of
the frame shows anything, and slow time where nothing moves, are left out; a bad take that is ruled unsure is missed.

Run it from the repository: python benchmarks/consistency.py [--quick] [--takes N] [--good N] [--cache DIR]
"""

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import common
import drifting
import numpy as np
import photographs
from baselines import BASELINES, baselines
from drifting import BANDS, MEASURES, Shot

from director.checks.base import Ruling, Verdict
from render.previz.drift.compression import COMPRESSIONS
from render.previz.drift.kinds import Kind
from render.previz.drift.picture_looks import PICTURE_LOOKS
from storyboard.hashing import seed_from

AIMS: dict[str, tuple[Kind, ...]] = {
    "identity": (Kind.PROPORTIONS, Kind.EXTRA, Kind.NEVER),
    "attributes": (Kind.COLOUR, Kind.MISSING),
    "state": (Kind.LOOK, Kind.STATE),
    "camera": (Kind.CAMERA_IGNORED, Kind.CAMERA_WEAK, Kind.CAMERA_REVERSED, Kind.CAMERA_REPLACED),
    "framing": (Kind.SIZE,),
    "tempo": (Kind.HALF_SPEED, Kind.FROZEN_TAIL),
    "cuts": (Kind.CUT,),
}
Wanted = tuple[Shot, Kind | None, int, int, drifting.Params]
"""A take to be shot: shot, kind, band, seed and settings."""
RECALL, ALARMS = 0.95, 0.05
RESAMPLED = 1000
_SMALL = 1e-9


@dataclass(frozen=True)
class Row:
    """One take: what was done to it, what the checks said, and what the baselines make of it."""

    shot: str
    kind: Kind | None  # None of a good take
    band: int
    look: str
    compression: str
    plain: bool
    measures: Mapping[str, float]  # each measure's worst score, as a multiple of its limit
    failed: tuple[str, ...]  # the measures that reject it
    unsure: bool
    baselines: Mapping[str, float]  # the higher, the worse

    @property
    def rejected(self) -> bool:
        return bool(self.failed)

    @property
    def all(self) -> float:
        """What all the checks together make of it."""
        return max(self.measures.values(), default=0.0)

    def own(self, kind: Kind) -> float:
        """What the measures that are about a kind of trouble make of it."""
        return max((self.measures[name] for name in MEASURES[kind] if name in self.measures), default=0.0)

    @property
    def held_out(self) -> bool:
        return self.look == drifting.HELD_LOOK or self.compression == drifting.HELD_COMPRESSION


def main() -> None:
    """Shoot what is not there, judge it, and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="two films and a few takes, to see that it runs")
    parser.add_argument("--takes", type=int, default=6, help="takes of each kind of trouble and third of severity")
    parser.add_argument("--good", type=int, default=4, help="good takes of each shot")
    parser.add_argument("--cache", type=Path, default=drifting.default_cache(), help="where takes are kept")
    parser.add_argument("--photographs", type=Path, default=photographs.FOLDER, help="a folder of subjects each")
    given = parser.parse_args()
    common.heading("numpy", "opencv-python-headless")
    shots = drifting.shots_of(development=False, quick=given.quick)
    jobs = _jobs(shots, 1 if given.quick else given.takes, 1 if given.quick else given.good)[:: 4 if given.quick else 1]
    found = drifting.counted(jobs, "takes judged", lambda job: _row(job, given.cache))
    rows = [row for row in found if row is not None]
    films = sorted({shot.film for shot in shots})
    size = "×".join(str(side) for side in shots[0].plan.project.film.format.size)
    print(f"\n{len(rows)} takes of {len(shots)} shots of {len(films)} films ({', '.join(films)}), {size};")
    print(f"{len(jobs) - len(rows)} left out, whose fault nobody can see")
    _print_good(rows)
    _print_kinds(rows)
    _print_baselines(rows)
    _print_bands(rows)
    _print_held_out(rows)
    _print_aims(rows)
    photographs.measure(given.photographs, shots, given.cache, quick=given.quick)


# The takes.


def _jobs(shots: Sequence[Shot], takes: int, good: int) -> list[Wanted]:
    """Shot, kind, band, seed and settings of every take, over all shots in turn."""
    looks = _held(tuple(PICTURE_LOOKS), drifting.HELD_LOOK)
    compressions = _held(tuple(COMPRESSIONS), drifting.HELD_COMPRESSION)
    jobs: list[Wanted] = []
    for place, shot in enumerate(shots):
        for number in range(good):
            turn = place + number * 5
            drift = drifting.ordered("none", looks[turn % len(looks)], compressions[(turn // 3) % len(compressions)])
            jobs.append((shot, None, -1, seed_from("good", shot.name, number), drift))
    for which, kind in enumerate(Kind):
        for band in range(len(BANDS)):
            used: Counter[str] = Counter()
            for number in range(takes):
                turned = [shots[(which * 3 + band * 7 + number * 11 + step) % len(shots)] for step in range(len(shots))]
                for shot in sorted(turned, key=lambda each: used[each.name]):
                    found = drifting.seed_with(shot, kind, BANDS[band], number + which + band, looks, compressions)
                    if found is not None:
                        used[shot.name] += 1
                        jobs.append((shot, kind, band, *found))
                        break
    return jobs


def _held(names: Sequence[str], held: str) -> list[str]:
    """The names with the held-out one after every second: a third of the takes have it."""
    others = [name for name in names if name != held]
    return [name for start in range(0, len(others), 2) for name in (*others[start : start + 2], held)]


def _row(job: Wanted, cache: Path) -> Row | None:
    """One take measured; None where nobody can see what is wrong with it."""
    shot, kind, band, seed, params = job
    take = drifting.shown(shot, seed, params, cache)
    if any(not drifting.visible(take, fault, cache) for fault in take.faults):
        return None
    verdicts = drifting.told(drifting.verdicts_of(take, cache))
    return Row(
        shot=shot.name,
        kind=kind,
        band=band,
        look=take.honest["picture_look"],
        compression=take.honest["compression"],
        plain=all(drifting.plain(fault) for fault in take.faults),
        measures=_excesses(verdicts),
        failed=tuple(sorted({each.measure for each in verdicts if each.ruling is Ruling.FAIL})),
        unsure=any(each.ruling is Ruling.UNSURE for each in verdicts),
        baselines=baselines(take, cache),
    )


def _excesses(verdicts: Sequence[Verdict]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in verdicts:
        found[each.measure] = max(found.get(each.measure, 0.0), drifting.excess(each))
    return found


# The statistics.

Score = Callable[[Row], float]


def auroc(bad: Sequence[float], good: Sequence[float]) -> float:
    """How likely a bad take scores above a good one; ties count half."""
    if not len(bad) or not len(good):
        return float("nan")
    from scipy.stats import rankdata

    ranks = rankdata([*bad, *good])[: len(bad)]
    return float((ranks.sum() - len(bad) * (len(bad) + 1) / 2) / (len(bad) * len(good)))


def recall_at(bad: Sequence[float], good: Sequence[float], alarms: float = ALARMS) -> float:
    """Share of the bad above the level that this share of the good exceeds."""
    if not len(bad) or not len(good):
        return float("nan")
    level = float(np.quantile(good, 1 - alarms, method="higher"))
    return float(np.mean(np.asarray(bad) > level + _SMALL))


def interval(rows: Sequence[Row], statistic: Callable[[list[Row]], float]) -> str:
    """A statistic with its 95 % interval, shots drawn anew with all their takes."""
    shots = sorted({row.shot for row in rows})
    by_shot = {shot: [row for row in rows if row.shot == shot] for shot in shots}
    random = np.random.default_rng(7)
    drawn = [
        statistic([row for shot in random.choice(shots, len(shots)) for row in by_shot[shot]]) for _ in range(RESAMPLED)
    ]
    known = [each for each in drawn if not np.isnan(each)]
    value = statistic(list(rows))
    if np.isnan(value) or not known:
        return "–"
    low, high = np.quantile(known, (0.025, 0.975))
    return f"{value:.2f} ({low:.2f}–{high:.2f})"


def _split(rows: Sequence[Row], kinds: Sequence[Kind]) -> tuple[list[Row], list[Row]]:
    return [row for row in rows if row.kind in kinds], [row for row in rows if row.kind is None]


def _by(
    kinds: Sequence[Kind], score: Score, of: Callable[[list[float], list[float]], float]
) -> Callable[[list[Row]], float]:
    def statistic(rows: list[Row]) -> float:
        bad, good = _split(rows, kinds)
        return of([score(row) for row in bad], [score(row) for row in good])

    return statistic


def _rejected(rows: Sequence[Row]) -> float:
    return float(np.mean([row.rejected for row in rows])) if rows else float("nan")


# The tables.


def _print_good(rows: Sequence[Row]) -> None:
    good = [row for row in rows if row.kind is None]
    print("\nGood takes that are rejected, by any check; 95 % intervals over shots\n")
    print("| good takes | number | rejected | unsure |\n| --- | ---: | ---: | ---: |")
    for name, some in _groups(good).items():
        unsure = sum(row.unsure and not row.rejected for row in some)
        print(f"| {name} | {len(some)} | {interval(some, _rejected) if some else '–'} | {unsure} |")
    by = Counter(measure for row in good for measure in row.failed)
    print("\nby " + (", ".join(f"{measure} {count}" for measure, count in by.most_common()) or "nothing"))


def _groups(rows: Sequence[Row]) -> dict[str, list[Row]]:
    return {
        "all": list(rows),
        "looks and compressions as in development": [row for row in rows if not row.held_out],
        f"look `{drifting.HELD_LOOK}`, in no development": [row for row in rows if row.look == drifting.HELD_LOOK],
        f"compression `{drifting.HELD_COMPRESSION}`, in no development": [
            row for row in rows if row.compression == drifting.HELD_COMPRESSION
        ],
    }


def _print_kinds(rows: Sequence[Row]) -> None:
    print("\nThe checks, kind by kind; own measures: those that are about the kind; 95 % intervals over shots\n")
    columns = ("takes", "rejected at the shipped limits", "unsure", "by its own measures", "AUROC, all checks")
    columns += ("AUROC, own measures", "recall at 5 %, own measures")
    print("| kind | " + " | ".join(columns) + " |\n| --- | " + "---: | " * len(columns))
    for kind in Kind:
        bad, _ = _split(rows, (kind,))
        if not bad:
            continue
        some = [row for row in rows if row.kind in (None, kind)]
        unsure = sum(row.unsure and not row.rejected for row in bad)
        own = np.mean([bool({*row.failed} & {*MEASURES[kind]}) for row in bad])
        cells = [kind.value, len(bad), interval(bad, _rejected), unsure, f"{own:.2f}"]
        cells += [interval(some, _by((kind,), lambda row: row.all, auroc))]
        cells += [interval(some, _by((kind,), lambda row, kind=kind: row.own(kind), auroc))]
        cells += [interval(some, _by((kind,), lambda row, kind=kind: row.own(kind), recall_at))]
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def _print_baselines(rows: Sequence[Row]) -> None:
    print("\nBaselines on the same takes: AUROC / recall at 5 % false alarm. Frames are embedded by `appearance`,")
    print(
        "which needs no download: VBench takes DINO. " + "; ".join(f"*{k}*: {v}" for k, v in BASELINES.items()) + "\n"
    )
    print("| kind | all checks | " + " | ".join(BASELINES) + " |\n| --- | " + "---: | " * (len(BASELINES) + 1))
    for kinds in [*((kind,) for kind in Kind), tuple(Kind)]:
        if not _split(rows, kinds)[0]:
            continue
        scores: list[Score] = [lambda row: row.all]
        scores += [lambda row, name=name: row.baselines[name] for name in BASELINES]
        cells = [_both(rows, kinds, score) for score in scores]
        name = kinds[0].value if len(kinds) == 1 else "any kind"
        print(f"| {name} | " + " | ".join(cells) + " |")


def _both(rows: Sequence[Row], kinds: Sequence[Kind], score: Score) -> str:
    return f"{_by(kinds, score, auroc)(list(rows)):.2f} / {_by(kinds, score, recall_at)(list(rows)):.2f}"


def _print_bands(rows: Sequence[Row]) -> None:
    print("\nRejected at the shipped limits, by third of severity (takes)\n")
    print("| kind | slight | middle | gross |\n| --- | ---: | ---: | ---: |")
    for kind in Kind:
        some = [[row for row in rows if row.kind is kind and row.band == band] for band in range(len(BANDS))]
        if any(some):
            cells = [f"{_rejected(each):.2f} ({len(each)})" if each else "–" for each in some]
            print(f"| {kind.value} | " + " | ".join(cells) + " |")


def _print_held_out(rows: Sequence[Row]) -> None:
    print("\nBad takes that are rejected, as the aims have them (see below); 95 % intervals over shots\n")
    bad = [
        row for row in rows if row.kind is not None and row.plain and any(row.kind in each for each in AIMS.values())
    ]
    print("| bad takes | number | rejected |\n| --- | ---: | ---: |")
    for name, some in _groups(bad).items():
        print(f"| {name} | {len(some)} | {interval(some, _rejected) if some else '–'} |")


def _print_aims(rows: Sequence[Row]) -> None:
    good = [row for row in rows if row.kind is None]
    alarms = _rejected(good)
    print(f"\nAims: recall at least {RECALL} with at most {100 * ALARMS:.0f} % of good takes rejected; colours from")
    print("ΔE00 12, moves wrong by two fifths, one shot size on; unsure is missed\n")
    print("| | kinds | takes | recall | |\n| --- | --- | ---: | ---: | --- |")
    for name, kinds in AIMS.items():
        bad = [row for row in rows if row.kind in kinds and row.plain]
        if bad:
            told = ", ".join(kind.value for kind in kinds)
            met = "met" if _rejected(bad) >= RECALL else "missed"
            print(f"| {name} | {told} | {len(bad)} | {interval(bad, _rejected)} | {met} |")
    print(f"| false alarms | good takes | {len(good)} | {alarms:.3f} | {'met' if alarms <= ALARMS else 'missed'} |")


if __name__ == "__main__":
    main()
