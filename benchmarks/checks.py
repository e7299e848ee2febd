"""What the checks cost: processor milliseconds a frame on one core, decoding and shared analysis told apart.

Takes of 848×480 are shot once and kept; the rehearsal's looks are there before the clock starts, as in a film.
Run it from the repository: python benchmarks/checks.py [--quick] [--dino FOLDER] [--cache DIR]
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import common
import cv2
import drifting
import numpy as np
from threadpoolctl import threadpool_limits

from characters.likeness.base import Crop
from characters.likeness.registry import open_embedder
from director.checks.base import Showing
from director.checks.registry import open_checks
from director.judging import judge, showing_of

SIZE = (848, 480)
AIM = 20.0  # milliseconds a frame, decoding left out
SHARED = {
    "bringing frames to 424 across": ("clip",),
    "luma": ("grey",),
    "registration": ("laid",),
    "surfaces and the take's grade": ("surfaces", "grade"),
    "difference in colour": ("difference",),
    "patches that are strange": ("strange",),
    "change from frame to frame": ("changes", "patches"),
    "motion": ("motion",),
    "pace": ("pace",),
}
"""What several checks look at, in the order in which it is worked out here: each without what stands above it."""
DECODING = "decoding every frame, and some twice"
_CROPS = 32


class _Timed:
    """Reads frames, and keeps what that took."""

    def __init__(self, read: Callable[[list[int]], Iterator[np.ndarray]]) -> None:
        self._read = read
        self.milliseconds = 0.0

    def __call__(self, places: list[int]) -> Iterator[np.ndarray]:
        frames = self._read(places)
        while True:
            begun = time.process_time()
            frame = next(frames, None)
            self.milliseconds += (time.process_time() - begun) * 1000
            if frame is None:
                return
            yield frame


def main() -> None:
    """Print what each step costs, shot by shot and together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="one shot and one round, to see that it runs")
    parser.add_argument("--rounds", type=int, default=3, help="the cheapest of so many counts")
    parser.add_argument("--dino", type=Path, help="a folder with a DINOv2 model, to time a model too")
    parser.add_argument("--cache", type=Path, default=drifting.default_cache(), help="where takes are kept")
    given = parser.parse_args()
    common.heading("numpy", "opencv-python-headless")
    cv2.setNumThreads(1)
    with threadpool_limits(1):
        shots = drifting.shots_of(development=False)
        takes = [_large(shot, given.cache) for shot in shots[2:3] + ([] if given.quick else shots[5:6] + shots[12:13])]
        _print_costs(takes, 1 if given.quick else given.rounds, given.cache)
        if given.dino is not None:
            _print_model(given.dino)


def _large(shot: drifting.Shot, cache: Path) -> drifting.Shown:
    """A good take of a shot at full size."""
    width, height = SIZE
    request = shot.planned.request.model_copy(update={"width": width, "height": height})
    planned = replace(shot.planned, request=request, recipe=f"{shot.planned.recipe} {width}×{height}")
    large = replace(shot, planned=planned)
    return drifting.shown(large, 1, drifting.ordered("none", "plain", "h264-fine"), cache)


def _print_costs(takes: list[drifting.Shown], rounds: int, cache: Path) -> None:
    jobs = [drifting.judging(take, cache) for take in takes]
    judge(jobs[0])  # what is compiled or loaded once is so now
    showings = [showing_of(job) for job in jobs]
    costs = [
        {name: min(each[name] for each in found) for name in found[0]}
        for found in ([_costs(showing) for _ in range(rounds)] for showing in showings)
    ]
    shots = [f"{take.shot.name}, {take.shot.planned.shot.camera.size}" for take in takes]
    print(f"\n{SIZE[0]}×{SIZE[1]}, {', '.join(shots)}; {showings[0].frames} frames each; cheapest of {rounds} rounds\n")
    print("| | ms a frame | frames a second |")
    print("| --- | ---: | ---: |")
    for name in costs[0]:
        each = float(np.mean([cost[name] for cost in costs]))
        print(f"| {name} | {each:.2f} | {1000 / each:,.0f} |" if each >= 0.005 else f"| {name} | 0.00 | |")
    total = [sum(cost.values()) for cost in costs]
    without = [sum(milliseconds for name, milliseconds in cost.items() if name != DECODING) for cost in costs]
    print(f"| **all checks, decoding left out** | **{np.mean(without):.2f}** | {1000 / np.mean(without):,.0f} |")
    print(f"| all checks, with decoding | {np.mean(total):.2f} | {1000 / np.mean(total):,.0f} |")
    met = "met" if max(without) <= AIM else "missed"
    print(f"\nAim: at most {AIM:.0f} ms a frame on one core, decoding left out, in every shot: {met}")
    print("(" + ", ".join(f"{take.shot.name} {each:.1f} ms" for take, each in zip(takes, without, strict=True)) + ").")


def _costs(showing: Showing) -> dict[str, float]:
    """Step → milliseconds a frame; each is asked once everything above it is there."""
    read = _Timed(showing.read)
    showing = replace(showing, read=read)
    costs: dict[str, float] = {DECODING: 0.0}
    for name, parts in SHARED.items():
        costs[name] = _milliseconds(read, lambda parts=parts: [getattr(showing.sight, part) for part in parts])
    for check in open_checks():
        costs[f"check: {check.name}"] = _milliseconds(read, lambda check=check: check.judge(showing))
    costs[DECODING] = read.milliseconds
    return {name: cost / showing.frames for name, cost in costs.items()}


def _milliseconds(read: _Timed, run: Callable[[], object]) -> float:
    """What a call costs, without the frames that it reads."""
    begun, decoding = time.process_time(), read.milliseconds
    run()
    return (time.process_time() - begun) * 1000 - (read.milliseconds - decoding)


def _print_model(folder: Path) -> None:
    """What a crop costs with an image model, on the processor and on the GPU that torch sees."""
    import torch

    random = np.random.default_rng(1)
    crops = [Crop(random.integers(0, 256, (224, 224, 3), np.uint8)) for _ in range(_CROPS)]
    print(f"\n`dino` from {folder.name}, {_CROPS} crops of 224 pixels at once, by the clock\n")
    for device in ("cpu", *(("cuda",) if torch.cuda.is_available() else ())):
        embedder = open_embedder("dino", {"model": str(folder), "device": device}, Path())
        embedder.embed(crops[:2])
        begun = time.perf_counter()
        embedder.embed(crops)
        print(f"{device}: {(time.perf_counter() - begun) * 1000 / _CROPS:.1f} ms a crop")
    if not torch.cuda.is_available():
        print("torch sees no GPU here.")


if __name__ == "__main__":
    main()
