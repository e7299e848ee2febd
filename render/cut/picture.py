"""The film's picture: every piece encoded alike, each by itself, and joined by copying packets.

A piece is H.264 of the film's size and rate, square pixels, 4:2:0, BT.709 in limited range, and says so in all
four colour fields. One thread encodes it, since x264 gives other bytes with more; pieces are made side by side.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from fractions import Fraction
from pathlib import Path
from typing import Any

from render import media
from render.cut.pieces import BLENDS, Piece, Window
from render.cut.slate import Strips, kept_strips
from storyboard.errors import MediaError
from storyboard.screenplay import TransitionKind

_BLEND = {TransitionKind.DISSOLVE: "fade", TransitionKind.WIPE: "wiperight"}
_IRIS = {TransitionKind.IRIS_IN: "circleopen", TransitionKind.IRIS_OUT: "circleclose"}
_ENTERING = (TransitionKind.FADE_IN, TransitionKind.IRIS_IN)
_COLOURS = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709"}
_ENCODING = {
    "c:v": "libx264",
    "preset": "veryfast",
    "crf": "16",
    "threads": "1",
    # Some builds' macroblock tree reads memory that it has not written: other bytes for the same frames.
    "x264-params": "mbtree=0",
    "pix_fmt": "yuv420p",
    "fflags": "+bitexact",
    "flags:v": "+bitexact",
}


def encoder() -> str:
    """What encodes the pieces, and how: part of their keys."""
    return f"{media.ffmpeg_version()} x264 veryfast 16 mbtree=0"


def make_pieces(
    pieces: Sequence[Piece], folder: Path, workers: int, progress: Callable[[int, int], None]
) -> list[Path]:
    """Files of these pieces, in order: those that stand in ``folder``, the rest made, ``workers`` at a time.

    ``progress(done, all)`` counts pieces. Raises MediaError or DiskError; what was made until then is kept.
    """
    named = encoder()
    paths = {piece: folder / (key := piece.key(named))[:2] / f"{key}.mp4" for piece in pieces}
    missing = [piece for piece, path in paths.items() if not path.exists()]
    done = len(paths) - len(missing)
    progress(done, len(paths))
    if missing:
        with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
            makings = [pool.submit(make_piece, piece, paths[piece]) for piece in missing]
            try:
                for making in as_completed(makings):
                    making.result()
                    done += 1
                    progress(done, len(paths))
            finally:
                for making in makings:
                    making.cancel()
    return [paths[piece] for piece in pieces]


def make_piece(piece: Piece, path: Path) -> None:
    """Encode a piece into ``path``, whole or not at all. Raises MediaError or DiskError."""
    part = media.part_of(path)
    try:
        media.make_folder(path.parent)
        with kept_strips(path, piece.width, piece.height) as slates:
            _encode(piece, part, slates)
        if (made := media.probe(part).frames) != piece.frames:
            raise MediaError(f"a {piece.kind.value} came out with {made} frames, not {piece.frames}.")
        media.commit(part, path)
    finally:
        media.drop(part)


def _encode(piece: Piece, part: Path, slates: Strips) -> None:
    import ffmpeg

    out = ffmpeg.output(
        _picture(piece, slates),
        f"file:{part}",
        f="mp4",
        video_track_timescale=timescale(piece.rate),
        **{"frames:v": piece.frames, "g": max(1, round(piece.rate * 2)), **_ENCODING},
    )
    media.run_ffmpeg(["-filter_complex_threads", "1", *out.get_args()])


def timescale(rate: Fraction) -> int:
    """Ticks a second of the picture's track: a frame is a whole number of them."""
    return rate.numerator if rate.numerator >= 10_000 else rate.numerator * 1000


def _picture(piece: Piece, slates: Strips) -> Any:
    """The filter graph of a piece."""
    if piece.kind is TransitionKind.CUT and piece.out is not None:
        return _conformed(piece, piece.out, slates)
    if piece.kind in BLENDS and piece.out is not None and piece.into is not None:
        # Frame k of n shows k/(n+1) of the next shot: a window one frame longer, whose first frame is dropped.
        return _crossed(
            piece,
            _conformed(piece, _longer(piece.out), slates),
            _conformed(piece, _longer(piece.into), slates),
            _BLEND[piece.kind],
            piece.frames + 1,
        )
    if (into := piece.into) is not None:  # from nothing: the first frame is black
        black = _plain(piece, "black")
        return _crossed(piece, black, _conformed(piece, into, slates), _IRIS.get(piece.kind, "fade"), piece.frames)
    assert piece.out is not None
    if piece.kind is TransitionKind.CUT_TO_BLACK:
        return _sealed(_plain(piece, "black").filter("trim", end_frame=piece.frames))
    shot = _conformed(piece, _longer(piece.out), slates)  # into nothing: the last frame is black
    colour = "white" if piece.kind is TransitionKind.FADE_TO_WHITE else "black"
    return _crossed(piece, shot, _plain(piece, colour), _IRIS.get(piece.kind, "fade"), piece.frames)


def _longer(window: Window) -> Window:
    earlier = {"first": window.first - 1, "frame": window.frame - 1, "frames": window.frames + 1}
    return window.model_copy(update=earlier)


def _crossed(piece: Piece, out: Any, into: Any, kind: str, frames: int) -> Any:
    """``out`` becomes ``into`` over this many frames; the first of the window is not shown."""
    import ffmpeg

    seconds = f"{float(frames / piece.rate):.9f}"
    crossed = ffmpeg.filter([out, into], "xfade", transition=kind, duration=seconds, offset=0)
    first = 0 if piece.kind in _ENTERING else 1
    crossed = crossed.filter("trim", start_frame=first, end_frame=first + piece.frames)
    return _sealed(crossed.filter("setpts", "PTS-STARTPTS"))


def _plain(piece: Piece, colour: str) -> Any:
    import ffmpeg

    seconds = f"{float((piece.frames + 1) / piece.rate):.9f}"
    spec = f"color=c={colour}:s={piece.width}x{piece.height}:r={piece.rate}:d={seconds}"
    return _sealed(ffmpeg.input(spec, f="lavfi"), settb=piece.rate)


def _conformed(piece: Piece, window: Window, slates: Strips) -> Any:
    """A window of a take at the film's size and rate; another aspect gets bars, never a squeeze."""
    import ffmpeg

    sources = [ffmpeg.input(f"file:{path}", protocol_whitelist="file,pipe", threads=1) for path in window.segments]
    stream = sources[0].video if len(sources) == 1 else ffmpeg.concat(*sources, v=1, a=0)
    first = min(max(0, window.first), window.available - 1)
    last = max(first + 1, min(window.available, window.first + window.frames))
    stream = _at_rate(stream, piece, window).filter("trim", start_frame=first, end_frame=last)
    stream = stream.filter("setpts", "PTS-STARTPTS")
    if before := window.held_before:
        stream = stream.filter("tpad", start=min(before, window.frames - 1), start_mode="clone")
    if window.held_after:
        stream = stream.filter("tpad", stop=window.frames, stop_mode="clone")
    stream = stream.filter("trim", end_frame=window.frames)
    size = {"w": piece.width, "h": piece.height}
    stream = stream.filter(
        "scale",
        **size,
        force_original_aspect_ratio="increase" if window.crop else "decrease",
        force_divisible_by=2,
        flags="bicubic+accurate_rnd+full_chroma_int+bitexact",
        out_color_matrix="bt709",
        out_range="tv",
    )
    if window.crop:
        stream = stream.filter("crop", **size)
    else:
        stream = stream.filter("pad", **size, x="(ow-iw)/2", y="(oh-ih)/2")
    if window.slate:
        wide, tall = slates.size
        raw = {"f": "rawvideo", "pix_fmt": "rgba", "s": f"{wide}x{tall}", "r": str(piece.rate)}
        strip = ffmpeg.input(f"file:{slates.file(window)}", protocol_whitelist="file,pipe", **raw)
        stream = ffmpeg.overlay(stream, strip, x=0, y="H-h", eof_action="pass")
    return _sealed(stream, settb=piece.rate)


def _at_rate(stream: Any, piece: Piece, window: Window) -> Any:
    """A take at the film's frame rate: where it has another, its frames again, mixed, or new ones between them."""
    if window.motion in ("blend", "interpolate"):  # both look ahead, and would lose the last frames
        stream = stream.filter("tpad", stop=8, stop_mode="clone")
    if window.motion == "blend":
        return stream.filter("framerate", fps=str(piece.rate))
    if window.motion == "interpolate":
        return stream.filter("minterpolate", fps=str(piece.rate), mi_mode="mci", mc_mode="aobmc", vsbmc=1)
    return stream.filter("fps", fps=str(piece.rate))


def _sealed(stream: Any, settb: Fraction | None = None) -> Any:
    """The stream in the one format of all pieces, said in every field that a player looks at."""
    stream = stream.filter("format", "yuv420p").filter("setsar", "1")
    if settb is not None:  # a cross fade wants both sides in one time base
        stream = stream.filter("settb", str(1 / settb))
    return stream.filter("setparams", range="tv", **_COLOURS)


def join(pieces: Sequence[Path], rate: Fraction, path: Path) -> int:
    """Copy the pieces one after another into one MP4 without sound; returns its frames.

    Every frame gets the time that its count gives it, so nothing drifts. Raises MediaError or DiskError.
    """
    import av

    tick = timescale(rate)
    step = round(tick / rate)
    part = media.part_of(path)
    try:
        media.make_folder(path.parent)
        flags = {"fflags": "+bitexact", "video_track_timescale": str(tick)}
        with av.open(str(part), "w", format="mp4", options=flags) as out:
            stream: Any = None
            headers = b""
            done = 0
            for piece in pieces:
                with av.open(str(piece)) as source:
                    template = source.streams.video[0]
                    if stream is None:
                        stream = out.add_stream_from_template(template)
                        stream.time_base = Fraction(1, tick)
                        headers = template.codec_context.extradata or b""
                    elif (template.codec_context.extradata or b"") != headers:
                        raise MediaError(f"{piece.name} is encoded unlike the pieces before it.")
                    count = 0
                    for packet in source.demux(template):
                        if packet.dts is None or packet.pts is None:
                            continue
                        assert packet.time_base is not None
                        packet.pts = done * step + round(packet.pts * packet.time_base * tick)
                        packet.dts = done * step + round(packet.dts * packet.time_base * tick)
                        packet.duration, packet.time_base, packet.stream = step, Fraction(1, tick), stream
                        out.mux(packet)
                        count += 1
                    done += count
        part.replace(path)
    except OSError as error:
        raise media.disk_or_media_error(error, "cannot join the picture") from error
    finally:
        media.drop(part)
    return done
