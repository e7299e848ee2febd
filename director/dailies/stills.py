"""The pictures in the page: frames of takes, small, each made once."""

import contextlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from director.dailies.page import Page, Still
from director.judging import expectation_key, expected
from director.plan import Plan
from director.takes import Store
from render.request import Request
from storyboard.errors import MachineError

MANY = 1200  # pictures: with more, smaller ones keep the page within what a phone opens
LARGE, WIDE, NARROW = 848, 360, 240  # pixels


def make_stills(page: Page, plan: Plan, store: Store, workers: int) -> dict[Still, bytes]:
    """Every picture that the page names, as WebP; without those whose take cannot be read. Raises DiskError."""
    wanted = page.stills
    wide = WIDE if len(wanted) <= MANY else NARROW
    folder = store.cache / "stills" / str(wide)
    found = {still: content for still in wanted if (content := _kept(folder / still.name)) is not None}
    missing = [still for still in wanted if still not in found]
    if missing:
        by_key: dict[tuple[bool, str], list[Still]] = {}
        for still in missing:
            by_key.setdefault((still.rehearsal, still.key), []).append(still)
        requests = _requests(plan) if any(still.rehearsal for still in missing) else {}

        def make(some: list[Still]) -> dict[Still, bytes]:
            if some[0].rehearsal:
                return _of_rehearsal(some, requests[some[0].key], store, wide)
            return _of_take(some, store, wide)

        with ThreadPoolExecutor(max_workers=workers) as pool:
            for made in pool.map(make, by_key.values()):
                for still, content in made.items():
                    found[still] = content
                    _keep(folder / still.name, content)
    return found


def _requests(plan: Plan) -> dict[str, Request]:
    requests: Iterable[Request] = (plan.expected(planned) for planned in plan.shots)
    return {expectation_key(request): request for request in requests}


def _of_take(stills: list[Still], store: Store, wide: int) -> dict[Still, bytes]:
    from render.media import read_at, small_picture

    take = store.find(stills[0].key)
    made: dict[Still, bytes] = {}
    start = 0
    for segment, path in zip(take.segments, store.files(take), strict=True) if take is not None else ():
        within = sorted(
            (still for still in stills if start <= still.frame < start + segment.frames), key=lambda still: still.frame
        )
        try:
            for still, frame in zip(within, read_at(path, [still.frame - start for still in within]), strict=False):
                made[still] = small_picture(frame, LARGE if still.large else wide)
        except MachineError:
            pass  # a take that nobody can read was rejected for it; the page says so
        start += segment.frames
    return made


def _of_rehearsal(stills: list[Still], request: Request, store: Store, wide: int) -> dict[Still, bytes]:
    from render.media import small_picture

    looks = expected(request, store.cache / "expected").looks
    nearest = {still: min(looks, key=lambda look: abs(look.frame - still.frame)) for still in stills}
    return {still: small_picture(look.rgb, wide) for still, look in nearest.items()}


def _kept(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _keep(path: Path, content: bytes) -> None:
    """Keep a picture for the next page. That it cannot be kept costs time and nothing else."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
