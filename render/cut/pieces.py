"""An edit, taken apart into pieces that are made once and joined by copying: bodies, and the joints between them."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from render.cut.edit import Clip, Edit
from storyboard.frozen import Frozen
from storyboard.hashing import digest
from storyboard.screenplay import TransitionKind

BLENDS = (TransitionKind.DISSOLVE, TransitionKind.WIPE)
"""Joints that show both shots at once, centred on the cut, out of the takes' handles."""

_VERSION = "1"


class Window(Frozen):
    """A stretch of a take. ``first`` may lie before the take or beyond its end: the edge frame is then held."""

    segments: tuple[Path, ...]
    key: str  # take key
    available: int
    first: int
    frames: int
    rate: Fraction | None = None  # of its files; None: the film's
    motion: str = ""  # how they are shown at the film's; nothing where the rates are one
    crop: bool = False  # cropped to the film's shape
    slate: str = ""  # burnt into the picture, beside the number of each frame
    frame: int = 0  # the first of these frames, counted from the shot's own first

    @property
    def held_before(self) -> int:
        """How many times the take's first frame is shown before the take begins."""
        return min(self.frames, max(0, -self.first))

    @property
    def held_after(self) -> int:
        """How many times the take's last frame is shown after the take has ended."""
        return min(self.frames, max(0, self.first + self.frames - self.available))

    @property
    def recipe(self) -> list[str | int]:
        """What its pixels depend on."""
        slate: list[str | int] = [self.slate, self.frame] if self.slate else []
        if self.rate is not None:
            slate += [str(self.rate), self.motion]
        if self.crop:
            slate.append("crop")
        return [self.key, self.first, self.frames, self.available, *slate]


class Piece(Frozen):
    """A run of frames of the film that is encoded by itself: ``out`` leads into ``into``; a body has one of them.

    ``kind`` is CUT for a body. With a fade or an iris, what is not there is black (or white).
    """

    kind: TransitionKind
    frames: int
    width: int
    height: int
    rate: Fraction
    out: Window | None = None
    into: Window | None = None

    def key(self, encoder: str) -> str:
        """The content address of the encoded piece. ``encoder`` names the encoder and its version."""
        return digest(
            "piece",
            {
                "version": _VERSION,
                "encoder": encoder,
                "kind": self.kind.value,
                "frames": self.frames,
                "size": [self.width, self.height],
                "rate": str(self.rate),
                "windows": [None if window is None else window.recipe for window in (self.out, self.into)],
            },
        )


def blend_halves(frames: int) -> tuple[int, int]:
    """How a centred joint divides: frames before the cut, and frames after it."""
    return frames // 2, frames - frames // 2


def blends(clip: Clip) -> bool:
    """Whether the clip and the next are seen at once where they meet."""
    return clip.joint_out.kind in BLENDS and clip.joint_out.frames > 0


def pieces_of(edit: Edit) -> tuple[Piece, ...]:
    """The pieces of the whole film in order; their frames add up to the film's."""
    pieces: list[Piece] = []
    for index, clip in enumerate(edit.clips):
        before = edit.clips[index - 1] if index else None
        following = edit.clips[index + 1] if index + 1 < len(edit.clips) else None
        pieces += _pieces(edit, before, clip, following)
    return tuple(pieces)


def _pieces(edit: Edit, before: Clip | None, clip: Clip, following: Clip | None) -> list[Piece]:
    def window(first: int, frames: int, of: Clip = clip) -> Window:
        shown: dict[str, Any] = {"slate": of.slate, "frame": first} if of.slate else {}
        at = of.head + first
        if of.rate is not None:
            shown |= {"rate": of.rate, "motion": edit.motion}
        if of.crop:
            shown["crop"] = True
        return Window(segments=of.segments, key=of.key, available=of.available, first=at, frames=frames, **shown)

    def piece(kind: TransitionKind, frames: int, out: Window | None = None, into: Window | None = None) -> Piece:
        return Piece(kind=kind, frames=frames, width=edit.width, height=edit.height, rate=edit.rate, out=out, into=into)

    opening, head = opening_of(before, clip)
    head = min(head, clip.frames)
    kind, frames = clip.joint_out.kind, clip.joint_out.frames
    ahead, behind = blend_halves(frames)
    ending: list[Piece] = []
    if following is not None and blends(clip):
        tail = min(ahead, clip.frames - head)
        ending = [
            piece(
                kind,
                tail + behind,
                out=window(clip.frames - tail, tail + behind),
                into=window(-tail, tail + behind, following),
            )
        ]
    elif kind in BLENDS or kind is TransitionKind.CUT or not frames:
        tail = 0  # nothing follows to blend with
    else:
        tail = min(ahead if kind is TransitionKind.FADE else frames, clip.frames - head)
        ending = [piece(kind, tail, out=window(clip.frames - tail, tail))] if tail else []
    made: list[Piece] = []
    if opening is not None and head:
        made.append(piece(opening, head, into=window(0, head)))
    if (body := clip.frames - head - tail) > 0:
        made.append(piece(TransitionKind.CUT, body, out=window(head, body)))
    return made + ending


def opening_of(before: Clip | None, clip: Clip) -> tuple[TransitionKind | None, int]:
    """How a clip begins: the kind of its own opening joint, if it has one, and the frames that a joint takes of it."""
    if before is not None and blends(before):
        return None, blend_halves(before.joint_out.frames)[1]
    if before is not None and before.joint_out.kind is TransitionKind.FADE:
        return TransitionKind.FADE_IN, blend_halves(before.joint_out.frames)[1]
    if clip.joint_in.frames and clip.joint_in.kind in (TransitionKind.FADE_IN, TransitionKind.IRIS_IN):
        return clip.joint_in.kind, clip.joint_in.frames
    return None, 0
