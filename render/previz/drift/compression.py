"""Compression: a take that has been through a codec, as everything that a service sends back has."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

COMPRESSIONS: dict[str, tuple[str, int]] = {
    "none": ("none", 0),
    "jpeg-fine": ("jpeg", 88),
    "jpeg-coarse": ("jpeg", 62),
    "h264-fine": ("h264", 20),
    "h264-middle": ("h264", 26),
    "h264-coarse": ("h264", 31),
}
"""Name → codec and its quality: of a JPEG per cent, of H.264 the rate factor."""


def compressed(frames: "Iterable[np.ndarray]", name: str, rate: Fraction) -> "Iterator[np.ndarray]":
    """The frames, each uint8[H, W, 3] sRGB, after a round trip; as many as came. One thread: the same every time."""
    codec, quality = COMPRESSIONS[name]
    if codec == "jpeg":
        return _through_jpeg(frames, quality)
    return _through_h264(frames, quality, rate) if codec == "h264" else iter(frames)


def _through_jpeg(frames: "Iterable[np.ndarray]", quality: int) -> "Iterator[np.ndarray]":
    import cv2

    for frame in frames:
        blue_first = cv2.cvtColor(frame, cv2.COLOR_RGB2BGR)
        _, packed = cv2.imencode(".jpg", blue_first, [cv2.IMWRITE_JPEG_QUALITY, quality])
        unpacked = cv2.imdecode(packed, cv2.IMREAD_COLOR)
        assert unpacked is not None
        yield cv2.cvtColor(unpacked, cv2.COLOR_BGR2RGB)


def _through_h264(frames: "Iterable[np.ndarray]", quality: int, rate: Fraction) -> "Iterator[np.ndarray]":
    import av

    encoder = decoder = None
    for frame in frames:
        if encoder is None or decoder is None:
            height, width = frame.shape[:2]
            encoder = av.CodecContext.create("libx264", "w")
            encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"  # type: ignore[attr-defined]
            encoder.time_base = 1 / rate  # type: ignore[attr-defined]
            encoder.thread_count = 1
            encoder.options = {"preset": "superfast", "tune": "zerolatency", "crf": str(quality), "threads": "1"}
            decoder = av.CodecContext.create("h264", "r")
            decoder.thread_count = 1
        packets = encoder.encode(av.VideoFrame.from_ndarray(frame, format="rgb24"))  # type: ignore[attr-defined]
        yield from _pictures(decoder, packets)
    if encoder is not None and decoder is not None:
        yield from _pictures(decoder, encoder.encode(None))  # type: ignore[attr-defined]
        yield from _pictures(decoder, [None])


def _pictures(decoder: object, packets: Iterable[object]) -> "Iterator[np.ndarray]":
    for packet in packets:
        for decoded in decoder.decode(packet):  # type: ignore[attr-defined]
            yield decoded.to_ndarray(format="rgb24")
