"""Shooting one take: from a job to segments and a sidecar on disk, in a worker or a notebook."""

import functools
import json
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue, ValidationError

from director.locks import held
from director.takes import SIDECAR, Segment, Take, standing_take, sync_folder, write_atomic
from render.fit import pieces
from render.generators.base import Capabilities, Generator, Preparing, Provenanced, Truthful
from render.generators.registry import open_generator
from render.request import Request
from storyboard.errors import DiskError, GeneratorError
from storyboard.frozen import Frozen
from storyboard.hashing import digest


class KeptPiece(Frozen):
    """A piece of an earlier take that a take begins with as it is."""

    path: Path
    segment: Segment


class Job(Frozen):
    """One take to be shot, complete: plain values, so that it can travel to a worker or into a file."""

    key: str
    recipe: str
    shot: str
    fingerprint: str
    attempt: int
    seed: int
    changes: tuple[str, ...] = ()
    resolved: dict[str, str] = {}
    generator: str
    version: str
    params: dict[str, JsonValue]
    request: Request  # with its seed
    inputs: dict[str, JsonValue]
    folder: Path  # where the take will stand
    lock: Path
    parent: tuple[Path, ...] = ()  # the segments of the take whose last frame is this one's first
    kept: tuple[KeptPiece, ...] = ()  # the first pieces, which need not be made
    home: Path | None = None  # the film's folder, where what its settings name stands
    keyframe: tuple[Path, int] | None = None  # a file of an earlier take, and the frame of it that is this one's first


@functools.lru_cache(maxsize=4)
def _generator(name: str, params: str, home: Path | None) -> Generator:
    return open_generator(name, json.loads(params), home)


def shoot(job: Job, progress: Callable[[int], None] = lambda _done: None) -> Take:
    """Make the take, or read it if it stands already. Safe to call twice, and by two processes at once.

    Raises GeneratorError, DiskError or MediaError.
    """
    with held(job.lock):
        return standing_take(job.folder) or _make(job, progress)


def _make(job: Job, progress: Callable[[int], None]) -> Take:
    generator = _generator(job.generator, json.dumps(job.params, sort_keys=True), job.home)
    started = time.monotonic()
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        for orphan in job.folder.glob("*.part"):
            orphan.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError.from_os(error, "cannot write") from error
    segments: list[Segment] = []
    truths: list[JsonValue] = []
    offset = 0
    last = job.parent
    can = generator.capabilities()
    for index, frames in enumerate(_lengths(job.request.frames, can, follows=bool(job.parent))):
        if index < len(job.kept):
            segments.append(_kept(job, index, frames))
            truths.append(None)
            offset += frames
            last = (job.folder / segments[-1].file,)
            continue
        continues = bool(last) and (index > 0 or job.keyframe is None)
        if not continues and job.keyframe is not None:
            first = _still(job.folder, *job.keyframe)
        else:
            first = _first_frame(job.folder, index, last) if last else None
        request = _piece(job, frames, offset, first, continues=continues)
        seen = digest("frame", first.read_bytes().hex()) if first else ""
        key = digest("segment", {"take": job.key, "index": index, "first_frame": seen})
        segments.append(_segment(generator, request, job.folder, index, key, _ahead(progress, offset)))
        truths.append(generator.truth(request) if isinstance(generator, Truthful) else None)
        offset += frames
        last = (job.folder / segments[-1].file,)
    request = job.request
    take = Take(
        key=job.key,
        recipe=job.recipe,
        shot=job.shot,
        fingerprint=job.fingerprint,
        attempt=job.attempt,
        seed=job.seed,
        changes=job.changes,
        generator=job.generator,
        version=job.version,
        inputs=job.inputs,
        resolved=job.resolved,
        width=request.width,
        height=request.height,
        rate=str(request.rate),
        frames=request.frames,
        head=request.head,
        tail=request.tail,
        segments=tuple(segments),
        provenance=generator.provenance() if isinstance(generator, Provenanced) else None,
        truth=truths[0] if len(truths) == 1 else None if not any(truths) else truths,
        seconds=round(time.monotonic() - started, 3),
        made=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )
    text = json.dumps(take.model_dump(mode="json"), indent=1, ensure_ascii=False, sort_keys=True)
    write_atomic(job.folder / SIDECAR, text + "\n")
    return take


def prepare(job: Job) -> None:
    """Do what of a take needs no GPU, where its generator can: it is found when the take is made."""
    generator = _generator(job.generator, json.dumps(job.params, sort_keys=True), job.home)
    if not isinstance(generator, Preparing):
        return
    offset, begun = 0, bool(job.parent) and job.keyframe is None
    for index, frames in enumerate(_lengths(job.request.frames, generator.capabilities(), follows=bool(job.parent))):
        first = job.folder / f"{index}.first.png" if index or begun or job.keyframe else None  # it need not be there
        generator.prepare(_piece(job, frames, offset, first, continues=index > 0 or begun))
        offset += frames


def _piece(job: Job, frames: int, offset: int, first: Path | None, *, continues: bool) -> Request:
    """The request of one segment."""
    told = {"frames": frames, "offset": offset, "whole": job.request.frames, "continues": continues}
    return job.request.model_copy(update={**told, "first_frame": str(first) if first else None})


def _ahead(progress: Callable[[int], None], offset: int) -> Callable[[int], None]:
    return lambda done: progress(offset + done)


def _lengths(frames: int, can: Capabilities, *, follows: bool) -> list[int]:
    """Split a take into pieces that the generator makes; of the last, what is too much is not kept."""
    lengths = pieces(frames, can, follows=follows)
    lengths[-1] -= sum(lengths) - frames
    return lengths


def _segment(
    generator: Generator,
    request: Request,
    folder: Path,
    index: int,
    key: str,
    progress: Callable[[int], None],
) -> Segment:
    """One segment: the one that stands from an interrupted run, or a new one."""
    from render.media import write_take

    path, note = folder / f"{index}.mkv", folder / f"{index}.json"
    try:
        made = Segment.model_validate_json(note.read_text(encoding="utf-8"))
        if made.key == key and path.stat().st_size == made.bytes:
            return made
    except (OSError, ValidationError):
        pass
    written = write_take(
        path,
        generator.generate(request, progress),
        rate=request.rate,
        size=(request.width, request.height),
        count=request.frames,
    )
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DiskError.from_os(error, "cannot read back") from error
    segment = Segment(file=path.name, key=key, sha256=written.sha256, bytes=size, frames=request.frames)
    write_atomic(note, segment.model_dump_json() + "\n")
    return segment


def _kept(job: Job, index: int, frames: int) -> Segment:
    """A piece of an earlier take, in this take's folder too. Raises DiskError."""
    piece = job.kept[index]
    if piece.segment.frames != frames:
        raise GeneratorError(f"a piece of {piece.segment.frames} frames is kept where one of {frames} is wanted.")
    path = job.folder / f"{index}{piece.path.suffix}"
    part = path.with_name(f"{path.name}.part")
    try:
        if path.exists() and path.stat().st_size == piece.segment.bytes:
            path.unlink()  # of a run that was killed: whose bytes they are is not known
        try:
            part.hardlink_to(piece.path)  # a take's files are never written again
        except OSError:
            shutil.copyfile(piece.path, part)
        part.replace(path)
        sync_folder(job.folder)
    except OSError as error:
        raise DiskError.from_os(error, "cannot keep a piece of a take") from error
    key = digest("segment", {"take": job.key, "index": index, "kept": piece.segment.sha256})
    return piece.segment.model_copy(update={"file": path.name, "key": key})


def _still(folder: Path, file: Path, frame: int) -> Path:
    """Write a frame of another take as the PNG that the first segment begins with. Raises MediaError."""
    from render.media import read_at, write_image

    path = folder / "0.first.png"
    write_image(path, next(iter(read_at(file, [frame]))))
    return path


def _first_frame(folder: Path, index: int, files: tuple[Path, ...]) -> Path:
    """Write the last frame of ``files`` as the PNG that segment ``index`` continues from."""
    from render.media import last_frame, write_image

    path = folder / f"{index}.first.png"
    write_image(path, last_frame(files[-1]))
    return path
