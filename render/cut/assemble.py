"""Cut the film: pieces, sound and text out of an edit, into film.mp4 and what exporters write beside it."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from render.cut.edit import Edit
from render.cut.exporters.registry import open_exporters
from storyboard.frozen import Frozen
from storyboard.hashing import digest

_VERSION = "1"
NAMES = ("film.mp4", "film.srt", "film.otio", "film.json")


class CutResult(Frozen):
    """The files of the cut. ``fresh`` is False where they stood already and nothing had to be done."""

    film: Path
    srt: Path
    otio: Path
    json_file: Path
    frames: int
    fresh: bool


def assemble(
    edit: Edit,
    out: Path,
    cache: Path,
    *,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> CutResult:
    """Make the film of ``edit`` in the folder ``out``; pieces are kept in ``cache`` and made only once.

    The same edit gives the same bytes, whatever the number of ``workers``. ``progress(done, all)`` counts pieces.
    Raises MediaError or DiskError; what was made until then is kept.
    """
    made = _result(edit, out, fresh=False)
    memory = cache / "cuts" / f"{digest('cut place', str(out.absolute()))}.json"
    key = _key(edit)
    if _remembered(memory) == {"key": key, "files": _stamps(edit, out)}:
        return made
    _cut(edit, out, cache, workers, progress or _unseen)
    from render.media import write_bytes

    write_bytes(memory, json.dumps({"key": key, "files": _stamps(edit, out)}).encode())
    return made.model_copy(update={"fresh": True})


def _unseen(done: int, pieces: int) -> None:
    """Progress that nobody watches."""


def _result(edit: Edit, out: Path, *, fresh: bool) -> CutResult:
    film, srt, otio, json_file = (out / name for name in NAMES)
    return CutResult(film=film, srt=srt, otio=otio, json_file=json_file, frames=edit.frames, fresh=fresh)


def _key(edit: Edit) -> str:
    """What the cut was made of; sound files by size and time, so that nothing has to be read."""
    sounds = sorted({file.path for file in (*edit.music, *edit.effects)})
    stamps = [_stamp(path) for path in sounds]
    versions = [f"{exporter.name}-{exporter.version}" for exporter in open_exporters(edit.exports)]
    told = {"version": _VERSION, "edit": edit.model_dump(mode="json"), "sounds": stamps, "exporters": versions}
    return digest("cut", told)


def _stamp(path: Path) -> list[object] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return [path.name, status.st_size, status.st_mtime_ns]


def _stamps(edit: Edit, out: Path) -> list[object]:
    names = [*NAMES, *(f"film{each.suffix}" for each in open_exporters(edit.exports))]
    return [_stamp(out / name) for name in dict.fromkeys(names)]


def _remembered(memory: Path) -> object:
    try:
        return json.loads(memory.read_bytes())
    except (OSError, ValueError):
        return None


def _cut(edit: Edit, out: Path, cache: Path, workers: int, progress: Callable[[int, int], None]) -> None:
    from render import media
    from render.cut.mux import chapters, mux
    from render.cut.picture import join, make_pieces
    from render.cut.pieces import pieces_of
    from render.cut.sound import make_sound, sound_key
    from render.cut.subtitles import subtitles, to_srt

    media.make_folder(out)
    media.sweep(out)
    sound = cache / "sound" / f"{sound_key(edit)}.m4a"
    if not sound.exists():
        make_sound(edit, sound)
    files = make_pieces(pieces_of(edit), cache / "pieces", workers, progress)
    srt = to_srt(subtitles(edit), edit.rate).encode()
    scratch = [media.part_of(out / name) for name in ("picture.mp4", "film.mp4", "chapters.txt", "film.srt")]
    picture, film, about, text = scratch
    try:
        if (frames := join(files, edit.rate, picture)) != edit.frames:
            raise media.MediaError(f"the picture came out with {frames} frames, not {edit.frames}.")
        media.write_bytes(about, chapters(edit).encode())
        media.write_bytes(text, srt)
        mux(picture, sound, text, about, film)
        lengths = _lengths(edit)
        for exporter in open_exporters(edit.exports):
            media.write_bytes(out / f"film{exporter.suffix}", exporter.export(edit, lengths))
        media.commit(film, out / "film.mp4")
    finally:
        for part in scratch:
            media.drop(part)


def _lengths(edit: Edit) -> dict[Path, int]:
    """Frames of every sound file at the film's rate, as far as the container tells."""
    from render import media

    paths = {line.sound for line in edit.lines if line.sound}
    paths |= {file.path for file in (*edit.music, *edit.effects)}
    return {path: _frames(media.probe(path).seconds, edit.rate) for path in paths}


def _frames(seconds: Fraction, rate: Fraction) -> int:
    return int(seconds * rate)
