"""What plays on the page: small H.264 files beside it, named by what they are of, made once."""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from director.dailies.gather import FOLDER
from director.dailies.page import Page
from director.judging import expectation_key, expected
from director.plan import Plan
from director.takes import Store
from render.request import Request
from storyboard.errors import MediaError

WIDE = 480  # pixels: two takes beside each other fill no more of a screen
_OURS = re.compile(r"(r-)?[0-9a-f]{24}\.mp4")


def make_proxies(page: Page, plan: Plan, store: Store, out: Path, workers: int) -> frozenset[str]:
    """Make the proxies that ``page`` names and the folder ``out`` lacks; returns those that cannot be made.

    What is there of other takes, from earlier runs, is taken away. Raises DiskError.
    """
    named = files_of(page)
    missing = [file for file in sorted(named) if not (out / file).exists()]
    unreadable: set[str] = set()
    if missing:
        makings = _makings(page, plan, store)
        with ThreadPoolExecutor(max_workers=workers) as pool:
            done = pool.map(lambda file: _made(makings[file], out / file), missing)
            unreadable |= {file for file, made in zip(missing, done, strict=True) if not made}
    for path in leftover(page, out):
        path.unlink(missing_ok=True)
    return frozenset(unreadable)


def files_of(page: Page) -> frozenset[str]:
    """The proxies that a page names, relative to it."""
    footage = [take.footage for shot in page.shots for take in shot.takes]
    footage += [shot.rehearsal.footage for shot in page.shots if shot.rehearsal]
    return frozenset(each.file for each in footage if each.file.startswith(f"{FOLDER}/"))


def leftover(page: Page, out: Path) -> list[Path]:
    """Proxies in the folder that the page does not name. What we did not name ourselves is not ours to remove."""
    named = files_of(page)
    found = sorted(path for path in (out / FOLDER).glob("*.mp4") if _OURS.fullmatch(path.name))
    return [path for path in found if f"{FOLDER}/{path.name}" not in named]


def _makings(page: Page, plan: Plan, store: Store) -> dict[str, Callable[[Path], bool]]:
    """Each proxy's file, and what makes it."""
    makings: dict[str, Callable[[Path], bool]] = {}
    requests = _requests(plan) if any(shot.rehearsal for shot in page.shots) else {}
    for shot in page.shots:
        if shot.rehearsal:
            request = requests[shot.rehearsal.key]
            makings[shot.rehearsal.footage.file] = lambda path, request=request: _of_rehearsal(request, store, path)
        for card in shot.takes:
            makings[card.footage.file] = lambda path, key=card.key: _of_take(key, store, path)
    return makings


def _made(make: Callable[[Path], bool], path: Path) -> bool:
    """Whether a proxy could be made. A take that nobody can read was rejected for it, and the page says so."""
    try:
        return make(path)
    except MediaError:
        return False


def _requests(plan: Plan) -> dict[str, Request]:
    requests: Iterable[Request] = (plan.expected(planned) for planned in plan.shots)
    return {expectation_key(request): request for request in requests}


def _of_take(key: str, store: Store, path: Path) -> bool:
    from render.media import write_proxy

    if (take := store.find(key)) is None:
        return False
    write_proxy(path, store.files(take), wide=WIDE)
    return True


def _of_rehearsal(request: Request, store: Store, path: Path) -> bool:
    """The very pictures that the checks hold takes against, each standing until the next."""
    from render.media import VideoWriter
    from render.previz.expectation import STEP

    expectation = expected(request, store.cache / "expected")
    looks = [look for look in expectation.looks if look.frame % STEP == 0]
    size = (expectation.width, expectation.height)
    with VideoWriter(path, rate=request.rate / STEP, size=size, lossless=False) as video:
        for look in looks:
            video.add(look.rgb)
        video.close()
    return True
