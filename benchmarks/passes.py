"""What each pass of a rehearsal costs, on one core: milliseconds a frame beyond the traced frame itself.

Run it from the repository: python benchmarks/passes.py
"""

import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from render.previz.frames import frames
from render.previz.passes import PASS_NAMES, take_passes
from render.previz.rehearsal import rehearse
from render.request import Request


def seconds_a_frame(request: Request, names: Sequence[str] = PASS_NAMES, rounds: int = 3) -> float:
    """Processor seconds of a frame with these passes as arrays, the frame itself included; the best of some rounds.

    No name: the traced frame alone. Every thread of this process counts.
    """
    costs = []
    for _ in range(rounds):
        clip = take_passes(request, names) if names else frames(rehearse(request))
        begun = time.process_time()
        deque(clip, maxlen=0)
        costs.append((time.process_time() - begun) / request.frames)
    return min(costs)


def main() -> None:
    """Print the cost of each pass, shot by shot, and frames a second with all of them."""
    import previz  # the shots of the benchmark beside this one

    deque(take_passes(next(iter(previz.SHOTS.values()))), maxlen=0)  # what is compiled once is compiled here
    wanted = [name for name in PASS_NAMES if name not in ("picture", "camera")]
    print(f"{previz.WIDTH}×{previz.HEIGHT}, ms a frame")
    print(f"{'':34}{'frame':>8}" + "".join(f"{name:>9}" for name in wanted) + f"{'all':>8}{'frames/s':>10}")
    for name, request in previz.SHOTS.items():
        bare = seconds_a_frame(request, ())
        each = [seconds_a_frame(request, (one,)) - bare for one in wanted]
        both = seconds_a_frame(request)
        told = "".join(f"{max(cost, 0) * 1000:9.1f}" for cost in each)
        print(f"{name:34}{bare * 1000:8.1f}{told}{both * 1000:8.1f}{1 / both:10.1f}")


if __name__ == "__main__":
    main()
