"""How well `appearance` tells photographed subjects apart, against two named baselines, and what a crop costs.

Run it from the repository: python benchmarks/likeness.py [--quick]
"""

import itertools
from collections.abc import Callable
from pathlib import Path

import common
import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from characters.likeness.appearance import SIDE, WEIGHTS, Appearance
from characters.likeness.base import Crop, unit
from characters.likeness.descriptors.colour import colour as soft_histogram
from characters.likeness.foreground import foreground

PHOTOGRAPHS = Path(__file__).parents[2] / "shared" / "identity"
LARGEST = 224  # pixels on the long side, to which the photographs are brought
RESAMPLED = 1000
HELD_OUT = 3  # subjects at a time
BASELINE = "Lab histogram of the centre"
TRIAL = "trial: GrabCut, soft Lab histogram, SIFT VLAD fitted here"
OURS = "appearance"

Likeness = np.ndarray
"""float[N, N], of every photograph to every other."""


def main() -> None:
    """Print accuracy with its intervals, what hangs on the weights, and the time."""
    quick = common.quick(__doc__)
    common.heading("opencv-python-headless", "numpy")
    if not PHOTOGRAPHS.is_dir():
        print("There is no ../shared/identity: its photographs are not part of the checkout. Nothing was measured.")
        return
    cv2.setNumThreads(1)
    with threadpool_limits(1):
        _measure(quick)


def _measure(quick: bool) -> None:
    pictures, names = _photographs()
    if quick:
        some = np.isin(names, np.unique(names)[::2])
        pictures, names = [picture for picture, kept in zip(pictures, some, strict=True) if kept], names[some]
    print(f"\n{len(names)} photographs of {len(set(names))} subjects, {LARGEST} pixels on the long side")
    parts = _parts([Crop(picture) for picture in pictures])
    alone = {f"appearance, by {name} alone": part for name, part in parts.items()}
    lit = [_relit(picture, seed) for seed, picture in enumerate(pictures)]
    found = {BASELINE: _centre_histogram(pictures), TRIAL: _trial(pictures), OURS: _together(parts, WEIGHTS), **alone}
    _print_accuracy("As they are", found, names)
    _print_lead(found, names)
    again = {BASELINE: _centre_histogram(lit), TRIAL: _trial(lit)}
    again[OURS] = _together(_parts([Crop(picture) for picture in lit]), WEIGHTS)
    title = "Each relit (gain ±25 %, white balance ±8 %, gamma ±8 %), half of them mirrored, JPEG at 40 to 90"
    _print_accuracy(title, again, names)
    _print_left_out(parts, found, names)
    _print_times(pictures)


def _photographs() -> tuple[list[np.ndarray], np.ndarray]:
    """Every photograph as uint8[H, W, 3], and whom it shows."""
    paths = sorted(PHOTOGRAPHS.glob("*/*.jpg"))
    pictures = []
    for path in paths:
        rgb = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)  # type: ignore[arg-type]
        scale = LARGEST / max(rgb.shape[:2])
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        pictures.append(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=way))
    return pictures, np.array([path.parent.name for path in paths])


def _relit(rgb: np.ndarray, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    gain = np.exp(random.normal() * 0.25) * np.exp(random.normal(size=3) * 0.08)
    light = np.clip((rgb / 255.0) ** 2.2 * gain, 0, 1) ** (np.exp(random.normal() * 0.08) / 2.2)
    changed = (light * 255).astype(np.uint8)
    if random.random() < 0.5:
        changed = np.ascontiguousarray(changed[:, ::-1])
    _, packed = cv2.imencode(".jpg", changed[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(40, 90))])
    return np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1])


def _parts(crops: list[Crop]) -> dict[str, Likeness]:
    """The likeness of all crops by each part of `appearance`."""
    embedder = Appearance()
    found = [embedder.parts(crop) for crop in crops]
    stacked = {name: np.stack([one[name] for one in found]) for name in WEIGHTS}
    return {name: rows @ rows.T for name, rows in stacked.items()}


def _together(parts: dict[str, Likeness], weights: dict[str, float]) -> Likeness:
    """What the dot product of the whole vectors is: the weighted mean of the parts."""
    total = sum(weights[name] * part for name, part in parts.items())
    lengths = np.sqrt(np.diag(total))
    return total / lengths[:, None] / lengths


def _lab(rgb: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)


def _centre_histogram(pictures: list[np.ndarray]) -> Likeness:
    """The middle half of each side; hard bins of 8 × 8 × 8 in Lab; the Bhattacharyya coefficient."""
    rows = []
    for rgb in pictures:
        height, width = rgb.shape[:2]
        middle = _lab(rgb)[height // 4 : height - height // 4, width // 4 : width - width // 4].reshape(-1, 3)
        counts, _ = np.histogramdd(middle, bins=8, range=((0, 100), (-110, 110), (-110, 110)))
        rows.append(unit(np.sqrt(counts)))
    return np.stack(rows) @ np.stack(rows).T


def _trial(pictures: list[np.ndarray]) -> Likeness:
    """Two scores standardised over these pairs and added; the 32 words are fitted to these photographs.

    A foreground by GrabCut from a rectangle, a soft Lab histogram weighted to the centre, and a VLAD of the RootSIFT
    within.
    """
    masks = [_rectangle_cut(rgb) for rgb in pictures]
    colour, found = [], []
    sift = cv2.SIFT_create()  # type: ignore[attr-defined]
    for rgb, mask in zip(pictures, masks, strict=True):
        y, x = np.mgrid[: rgb.shape[0], : rgb.shape[1]]
        far = ((x + 0.5) / rgb.shape[1] - 0.5) ** 2 + ((y + 0.5) / rgb.shape[0] - 0.5) ** 2
        weight = mask * np.exp(-far / (2 * 0.3**2))
        colour.append(unit(soft_histogram(_lab(rgb), weight.astype(np.float32)) ** 2))  # Bhattacharyya's
        descriptors = sift.detectAndCompute(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (mask > 0).astype(np.uint8))[1]
        found.append(np.zeros((0, 128), np.float32) if descriptors is None else _root(descriptors))
    cv2.setRNGSeed(0)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 40, 1e-3)
    words = cv2.kmeans(np.concatenate(found), 32, None, stop, 1, cv2.KMEANS_PP_CENTERS)[2]  # type: ignore[call-overload]
    details = np.stack([_vlad(one, words) for one in found])
    return sum(_standard(rows @ rows.T) for rows in (np.stack(colour), details))  # type: ignore[return-value]


def _rectangle_cut(rgb: np.ndarray) -> np.ndarray:
    height, width = rgb.shape[:2]
    labels = np.zeros((height, width), np.uint8)
    inside = (width // 20, height // 20, width - width // 10, height - height // 10)
    cv2.setRNGSeed(0)
    cv2.grabCut(rgb, labels, inside, np.zeros((1, 65)), np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT)
    mask = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float64)
    return mask if mask.mean() > 0.02 else np.ones_like(mask)


def _root(descriptors: np.ndarray) -> np.ndarray:
    return np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))


def _vlad(found: np.ndarray, words: np.ndarray) -> np.ndarray:
    rests = np.zeros(words.shape)
    if len(found):
        nearest = ((found[:, None] - words) ** 2).sum(axis=2).argmin(axis=1)
        np.add.at(rests, nearest, found - words[nearest])
    return unit(np.sign(rests) * np.sqrt(np.abs(rests)))


def _standard(likeness: Likeness) -> Likeness:
    pairs = likeness[np.triu_indices(len(likeness), 1)]
    return (likeness - pairs.mean()) / pairs.std()


def _auroc(likeness: Likeness, names: np.ndarray, times: np.ndarray | None = None) -> float:
    """Over all pairs: how often two pictures of one subject are more alike than two of different ones."""
    return _above(*_pairs(likeness, names, times))


def _recall(likeness: Likeness, names: np.ndarray, times: np.ndarray | None = None) -> float:
    """How many pairs of one subject are more alike than 95 % of the pairs of different ones."""
    own, own_times, other, other_times = _pairs(likeness, names, times)
    order = np.argsort(other)
    limit = other[order][np.searchsorted(np.cumsum(other_times[order]), 0.95 * other_times.sum())]
    return float(own_times[own > limit].sum() / own_times.sum())


def _nearest(likeness: Likeness, names: np.ndarray, times: np.ndarray | None = None) -> float:
    """How often the picture most like one, among all, shows the same subject."""
    others = likeness - 2 * np.abs(likeness).max() * np.eye(len(names))
    return float(np.average(names[others.argmax(axis=1)] == names, weights=times))


def _pairs(
    likeness: Likeness, names: np.ndarray, times: np.ndarray | None, asked: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Likeness and weight of the pairs of one subject, then of different ones.

    ``times``: how often the subject of each photograph was drawn; a pair of one subject counts as often, a pair of
    two as often as both together. Only pairs with one of ``asked`` (bool[N]) are taken.
    """
    first, second = np.triu_indices(len(names), 1)
    if asked is not None:
        kept = asked[first] | asked[second]
        first, second = first[kept], second[kept]
    drawn = np.ones(len(names)) if times is None else times.astype(float)
    same, values = names[first] == names[second], likeness[first, second]
    weights = np.where(same, drawn[first], drawn[first] * drawn[second])
    return values[same], weights[same], values[~same], weights[~same]


def _above(own: np.ndarray, own_times: np.ndarray, other: np.ndarray, other_times: np.ndarray) -> float:
    order = np.argsort(other)
    total = np.concatenate([[0.0], np.cumsum(other_times[order])])
    low, high = (total[np.searchsorted(other[order], own, side)] for side in ("left", "right"))
    return float(np.average((low + high) / 2 / total[-1], weights=own_times))


def _interval(measure: Callable[..., float], likeness: Likeness, names: np.ndarray) -> str:
    """The measure and its 95 % interval, subjects resampled: other subjects are what it will meet."""
    random = np.random.default_rng(0)
    subjects, of = np.unique(names, return_inverse=True)
    draws = random.multinomial(len(subjects), np.full(len(subjects), 1 / len(subjects)), RESAMPLED)
    low, high = np.quantile([measure(likeness, names, drawn[of]) for drawn in draws], (0.025, 0.975))
    return f"{measure(likeness, names):.3f} ({low:.3f} to {high:.3f})"


def _print_accuracy(title: str, found: dict[str, Likeness], names: np.ndarray) -> None:
    print(f"\n{title}; 95 % intervals over subjects; baseline: {BASELINE}\n")
    print("| | AUROC, all pairs | nearest is the same | recall at 5 % false alarm |\n| --- | ---: | ---: | ---: |")
    for name, likeness in found.items():
        told = " | ".join(_interval(measure, likeness, names) for measure in (_auroc, _nearest, _recall))
        print(f"| {name} | {told} |", flush=True)


def _print_lead(found: dict[str, Likeness], names: np.ndarray) -> None:
    def lead(likeness: Likeness, names: np.ndarray, times: np.ndarray | None = None) -> float:
        return _auroc(likeness, names, times) - _auroc(found[TRIAL], names, times)

    print(f"\nAUROC of appearance above the trial, the same subjects drawn: {_interval(lead, found[OURS], names)}")


def _print_left_out(parts: dict[str, Likeness], found: dict[str, Likeness], names: np.ndarray) -> None:
    """What the weights would be worth if they had been chosen on some subjects and tried on the others."""
    grid = [
        dict(zip(WEIGHTS, (2.0, surface, details), strict=True))
        for surface, details in itertools.product((0.0, 0.5, 1.0, 2.0), (0.0, 1.0, 2.0, 4.0, 8.0))
    ]
    tried = [_together(parts, weights) for weights in grid]
    subjects = np.random.default_rng(0).permutation(np.unique(names))
    rows: dict[str, list[tuple[float, float]]] = {OURS: [], "weights chosen on the others": [], BASELINE: [], TRIAL: []}
    for start in range(0, len(subjects), HELD_OUT):
        held = np.isin(names, subjects[start : start + HELD_OUT])
        best = max(tried, key=lambda likeness: _auroc(likeness[np.ix_(~held, ~held)], names[~held]))
        for name, likeness in ((OURS, found[OURS]), ("weights chosen on the others", best)):
            rows[name].append(_held(likeness, names, held))
        for name in (BASELINE, TRIAL):
            rows[name].append(_held(found[name], names, held))
    print(f"\n{HELD_OUT} subjects left out at a time: pairs that hold one of them, mean over {len(rows[OURS])} folds\n")
    print("| | AUROC | nearest is the same |\n| --- | ---: | ---: |")
    for name, each in rows.items():
        area, nearest = np.mean(each, axis=0)
        print(f"| {name} | {area:.3f} | {nearest:.3f} |")
    areas = [
        _auroc(likeness, names) for likeness, weights in zip(tried, grid, strict=True) if min(weights.values()) > 0
    ]
    print(f"\nAUROC over all weights tried with every part in: {min(areas):.3f} to {max(areas):.3f}")


def _held(likeness: Likeness, names: np.ndarray, held: np.ndarray) -> tuple[float, float]:
    others = likeness - 2 * np.abs(likeness).max() * np.eye(len(names))
    nearest = names[others.argmax(axis=1)] == names
    return _above(*_pairs(likeness, names, None, held)), float(nearest[held].mean())


def _print_times(pictures: list[np.ndarray]) -> None:
    embedder, some = Appearance(), pictures[:: max(1, len(pictures) // 20)]
    masked = [Crop(rgb, foreground(rgb)) for rgb in some]
    runs = {
        BASELINE: lambda: common.seconds_of(lambda: _centre_histogram(some)),
        "appearance, mask given": lambda: common.seconds_of(lambda: embedder.embed(masked)),
        "appearance, mask found by GrabCut": lambda: common.seconds_of(lambda: embedder.embed([*map(Crop, some)])),
    }
    taken = common.take_turns(runs, 3)
    print(f"\nOne crop of {LARGEST} pixels on one core, worked on at {SIDE}; least of 3 rounds of {len(some)}\n")
    print("| | processor |\n| --- | ---: |")
    for name, rounds in taken.items():
        print(f"| {name} | {common.least(rounds) / len(some) * 1000:.1f} ms |")


if __name__ == "__main__":
    main()
