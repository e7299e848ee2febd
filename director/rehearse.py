"""``direct rehearse``: the passes of one shot, for a video model to follow and for people to look at."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from director.plan import Plan, attempt_seed
from director.status import found
from storyboard.errors import InputError, Problem
from storyboard.frozen import Frozen

SMALLEST, LARGEST = 16, 4096  # pixels a side
MOST_FRAMES = 20_000


class Rehearsed(Frozen):
    """The passes of a shot, as they were written."""

    shot: str
    folder: Path
    files: tuple[Path, ...]
    passes: tuple[str, ...]
    width: int
    height: int
    frames: int
    rate: Fraction
    head: int  # frames before the shot begins
    tail: int  # frames after it has ended


def rehearse_shot(
    plan: Plan,
    shot_id: str,
    *,
    out: Path | None = None,
    size: tuple[int, int] | None = None,
    frames: int | None = None,
    rate: Fraction | None = None,
    passes: frozenset[str] = frozenset(),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Rehearsed:
    """Write passes of a shot into a folder, ``cut/rehearsal/SHOT`` if none is said; all of them if none is named.

    The shot is the one that its first take is shot as, handles included, at the film's size, length and rate where
    nothing else is asked for. Raises InputError for an unknown shot or pass, MediaError or DiskError.
    """
    planned = found(plan, shot_id)
    from render.previz.passes.registry import PASS_NAMES, known_passes

    names = known_passes(passes or PASS_NAMES)
    from render.fitted import fitted
    from render.previz.passes.take import take_passes
    from render.previz.passes.written import write_passes

    seed = attempt_seed(plan.project.film.seed, planned.shot.fingerprint, 0)
    request = fitted(planned.request.model_copy(update={"seed": seed}), size=size, frames=frames, rate=rate)
    folder = out or plan.project.folder / "cut" / "rehearsal" / _folder_name(planned.shot.id)
    files = write_passes(take_passes(request, names), folder, lambda done: progress(done, request.frames))
    return Rehearsed(
        shot=planned.shot.id,
        folder=folder,
        files=tuple(files),
        passes=names,
        width=request.width,
        height=request.height,
        frames=request.frames,
        rate=request.rate,
        head=min(request.head, request.frames),
        tail=max(request.frames - request.head - request.frames_of_shot, 0),
    )


def _folder_name(shot_id: str) -> str:
    """An id as a folder of its own: what a script writes never leads anywhere else."""
    return re.sub(r"[^\w-]+", "_", shot_id)


def read_size(written: str | None) -> tuple[int, int] | None:
    """``832x480`` as width and height. Raises InputError."""
    if written is None:
        return None
    match = re.fullmatch(r"\s*([0-9]{1,6})\s*[x×X*]\s*([0-9]{1,6})\s*", written)
    if match is None:
        what = f"--size “{written}” is not a size."
        raise InputError(Problem(what=what, todo="Write width x height in pixels: --size 832x480."))
    width, height = int(match[1]), int(match[2])
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        what, todo = f"--size {width}x{height} cannot be drawn.", f"Use {SMALLEST} to {LARGEST} pixels for each side."
        raise InputError(Problem(what=what, todo=todo))
    return width, height


def read_rate(written: str | None) -> Fraction | None:
    """``16`` or ``24000/1001`` as frames a second. Raises InputError."""
    if written is None:
        return None
    try:
        rate = Fraction(written.strip())
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not 1 <= rate <= 240:
        what = f"--rate “{written}” is not a frame rate."
        raise InputError(Problem(what=what, todo="Write frames a second, 1 to 240: --rate 16 or --rate 24000/1001."))
    return rate


def read_frames(written: int | None) -> int | None:
    """How many frames to make. Raises InputError."""
    if written is not None and not 1 <= written <= MOST_FRAMES:
        what = f"--frames {written} is not a length."
        raise InputError(Problem(what=what, todo=f"Use 1 to {MOST_FRAMES} frames."))
    return written
