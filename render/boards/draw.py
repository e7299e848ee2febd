"""Drawing panels: single frames of the previz at board size, on all cores."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from render.boards.panel import Panel, PanelPlan
from render.request import Request

HEIGHT = 288  # pixels of a panel's picture
_LONGEST = 16  # panels of one task: progress is told between tasks

Chunk = list[tuple[Request, int]]
"""Frames that one process draws, in order: what is asked, and which frame of it."""


def panel_size(width: int, height: int) -> tuple[int, int]:
    """The size at which panels of a film of this size are drawn: even, and never larger than the film."""
    tall = min(HEIGHT, height)
    scale = Fraction(tall, height)
    return max(2, 2 * round(width * scale / 2)), max(2, 2 * round(tall / 2))


def draw_panels(
    plans: Sequence[PanelPlan], workers: int, progress: Callable[[int, int], None], *, pencil: bool = False
) -> list[Panel]:
    """Every panel drawn, in order; ``progress(done, all)`` while it goes on. The same plans give the same pixels.

    ``pencil`` draws them in graphite instead of colour.
    """
    chunks = _chunks(plans, workers)
    pictures: list[list[np.ndarray]] = [[] for _ in chunks]
    done = 0
    for index, made in _made(chunks, workers, pencil):
        pictures[index] = made
        done += len(made)
        progress(done, len(plans))
    drawn = [picture for chunk in pictures for picture in chunk]
    return [Panel(plan, picture) for plan, picture in zip(plans, drawn, strict=True)]


def _chunks(plans: Sequence[PanelPlan], workers: int) -> list[Chunk]:
    jobs = [(plan.request, plan.frame) for plan in plans]
    size = max(1, min(_LONGEST, -(-len(jobs) // max(workers, 1))))
    return [jobs[start : start + size] for start in range(0, len(jobs), size)]


def _made(chunks: list[Chunk], workers: int, pencil: bool) -> Iterator[tuple[int, list[np.ndarray]]]:
    if workers <= 1 or len(chunks) <= 1:
        for index, chunk in enumerate(chunks):
            yield index, _draw(chunk, pencil)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        futures = {pool.submit(_draw, chunk, pencil): index for index, chunk in enumerate(chunks)}
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _draw(chunk: Chunk, pencil: bool) -> list[np.ndarray]:
    """The asked frames; the frames of one shot share what is built for it."""
    from render.previz.frames import Tracer
    from render.previz.look.style import INKED, Look, Medium
    from render.previz.rehearsal import rehearse

    look = Look(Medium.PENCIL) if pencil else INKED
    drawn: list[np.ndarray] = []
    tracer: Tracer | None = None
    last: Request | None = None
    for request, frame in chunk:
        if tracer is None or request != last:
            tracer, last = Tracer(rehearse(request), look), request
        drawn.append(tracer.picture(frame))
    return drawn
