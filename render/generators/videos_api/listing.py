"""The jobs that a server has: how one whose answer was lost is found again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from render.generators.servers.http import Refused, Server

JOBS = "/v1/videos"
_PAGE, _PAGES = 100, 20


def path_of(server: Server, job: str | None = None, part: str = "") -> str:
    """The path of all jobs, or of one; an address that ends in /v1 already is taken as it is."""
    jobs = JOBS.removeprefix("/v1") if server.url.endswith("/v1") else JOBS
    return jobs + (f"/{quote(job, safe='')}" if job is not None else "") + part


def listed(server: Server) -> list[Mapping[str, Any]] | None:
    """All jobs that the server has, newest first; None where it does not say."""
    found: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    after: str | None = None
    for _ in range(_PAGES):
        query: dict[str, str | int] = {"limit": _PAGE, "order": "desc", **({"after": after} if after else {})}
        try:
            answer = server.look(path_of(server), query)
        except Refused:
            return None
        jobs = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(jobs, list) or any(not isinstance(job, dict) or "id" not in job for job in jobs):
            return None
        fresh = [job for job in jobs if str(job["id"]) not in seen]
        found += fresh
        seen |= {str(job["id"]) for job in fresh}
        if not fresh or not answer.get("has_more", len(jobs) >= _PAGE):
            return found
        after = str(jobs[-1]["id"])
    return None  # more than anybody can look through


@dataclass(frozen=True)
class Sought:
    """A job whose answer was lost: what it must agree in with a listed one."""

    tag: str
    prompt: str
    size: str
    before: frozenset[str]  # jobs that were there before it was sent
    claimed: frozenset[str]  # jobs that other takes have


@dataclass(frozen=True)
class Found:
    """What a listing says: the job's id, or which jobs it may be."""

    id: str | None = None
    may_be: tuple[str, ...] = ()


def find(jobs: Sequence[Mapping[str, Any]], sought: Sought, *, exclusive: bool) -> Found:
    """Look for a job. It is certain by its tag, or where nobody else sends jobs and one alone agrees."""
    new = [job for job in jobs if str(job["id"]) not in sought.before | sought.claimed]
    tagged = [str(job["id"]) for job in new if _holds(job, sought.tag)]
    if tagged:
        return Found(id=tagged[-1])
    agree = tuple(
        str(job["id"])
        for job in new
        if job.get("prompt") in (None, "", sought.prompt) and job.get("size") in (None, "", sought.size)
    )
    if exclusive and len(agree) == 1:
        return Found(id=agree[0])
    return Found(may_be=agree)


def _holds(value: Any, tag: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(each, tag) for each in value.values())
    if isinstance(value, list):
        return any(_holds(each, tag) for each in value)
    return value == tag
