"""What each pass of a rehearsal costs, on one core: milliseconds a frame beyond the traced frame itself.

The passes as arrays, and what it takes to write them as files: each told by itself, and all together.
Run it from the repository: python benchmarks/passes.py
"""

import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import common

from render.previz.passes import PASS_NAMES, take_passes
from render.previz.passes.written import write_passes
from render.request import Request


def cost(run: Callable[[], object], request: Request, rounds: int = 3) -> float:
    """Processor milliseconds of a frame, the best of some rounds. Every thread of this process counts."""
    costs = []
    for _ in range(rounds):
        begun = time.process_time()
        run()
        costs.append((time.process_time() - begun) / request.frames * 1000)
    return min(costs)


def taken(request: Request, names: Sequence[str] = PASS_NAMES) -> float:
    """Milliseconds of a frame with these passes as arrays: the rehearsal, the frame itself and all."""
    return cost(lambda: deque(take_passes(request, names), maxlen=0), request)


def written(request: Request, names: Sequence[str] = PASS_NAMES) -> float:
    """Milliseconds of a frame with these passes as files."""
    with tempfile.TemporaryDirectory() as folder:
        return cost(lambda: write_passes(take_passes(request, names), Path(folder)), request, 2)


def main() -> None:
    """Print the cost of each pass, shot by shot, and frames a second with all of them."""
    import previz  # the shots of the benchmark beside this one

    shots = dict(list(previz.SHOTS.items())[:2]) if common.quick(__doc__) else previz.SHOTS
    common.heading("numpy", "numba", "embreex")
    with tempfile.TemporaryDirectory() as folder:  # what is compiled once is compiled here
        write_passes(take_passes(next(iter(shots.values()))), Path(folder))
    wanted = [name for name in PASS_NAMES if name != "camera"]  # the camera costs nothing: it is the bare frame
    print(f"{previz.WIDTH}×{previz.HEIGHT}, {previz.FRAMES} frames a shot, ms a frame")
    print(f"\nas arrays{'':25}{'frame':>8}" + "".join(f"{name:>9}" for name in wanted) + f"{'all':>8}{'frames/s':>10}")
    bare, whole = {}, {}
    for name, request in shots.items():
        bare[name], whole[name] = taken(request, ("camera",)), taken(request)
        each = [taken(request, (one,)) - bare[name] for one in wanted]
        told = "".join(f"{max(more, 0):9.1f}" for more in each)
        print(f"{name:34}{bare[name]:8.1f}{told}{whole[name]:8.1f}{1000 / whole[name]:10.1f}")
    print(f"\nwriting them{'':22}{'':8}" + "".join(f"{name:>9}" for name in wanted) + f"{'all':>8}{'frames/s':>10}")
    for name, request in shots.items():
        each = [written(request, (one,)) - taken(request, (one,)) for one in wanted]
        files = written(request)
        told = "".join(f"{max(more, 0):9.1f}" for more in each)
        print(f"{name:34}{'':8}{told}{files - whole[name]:8.1f}{1000 / files:10.1f}")


if __name__ == "__main__":
    main()
