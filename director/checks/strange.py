"""What a take shows and its rehearsal does not: patches of other colours, and whom they belong to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from director.checks.sight import Sight

_WRONG = 12.0  # ΔE94 from which on a pixel shows something else
_LEAST = 12  # pixels at 424 across
_AROUND = 0.16  # of somebody's height: how far from them what they wear or hold may stand out
_SPECK = 1.5  # times the least patch: what an edge may be off by
_ANOTHER = 0.25  # of somebody's pixels: a patch beside them that is larger is somebody else
_BESIDE = 0.6  # of such a patch lies outside of them
_TALL = (1.2, 6.0)  # its height against its width
_PIECE = 0.35  # of a piece of dressing
_TOUCHES = 0.2  # of a patch
_NEIGHBOURHOOD = 0.08  # of the frame's width: how far a limb or a piece of dressing may have been moved
_SHADE = 10.0  # ΔE: how far the colour of what moved may be from where it stood
_SHIFT = 0.02  # of the frame's width: how far a piece of dressing is moved
_NEAR_PIECE = 0.25  # of a patch: from here on it may be dressing that moved
_NOVEL = 0.5  # of a patch: with so much of other colours than stand around it is more than that
_KNOWN = 0.3  # what a patch of colours that stand around counts, against one of others
_EDGE = 0.04  # of the frame: what comes in at its edge may have stood beside it
_WHOLE = 0.5  # of a part: a patch that covers so much of it is a part of another colour, and not one part more


@dataclass(frozen=True, eq=False)
class Blob:
    """A patch of a look that shows something else.

    ``entity``: who it belongs to, 0 for nobody; ``part``: which of their parts is under most of it; ``share``: of the
    pixels that the entity has at this look, or of the frame for nobody; ``recoloured``: how much of that part it
    covers, 0 … 1; ``middle``: where it is in its owner's box, across and down, 0 … 1; ``box`` in pixels of the small
    picture; ``novel``: how much of it, 0 … 1, has colours that the rehearsal has nowhere around.
    """

    look: int
    entity: int
    part: int
    share: float
    recoloured: float
    middle: tuple[float, float]
    box: tuple[int, int, int, int]
    strength: float
    novel: float = 1.0

    @property
    def weight(self) -> float:
        """Its share, less where it may be a limb that is early or late, or what a limb uncovers."""
        return self.share * (_KNOWN + (1 - _KNOWN) * self.novel)


def blobs_of(sight: "Sight", index: int) -> list[Blob]:
    """Every patch of one look."""
    import cv2

    laid, away = sight.laid[index], sight.difference[index]
    height, width = away.shape
    wrong = (away > _WRONG) & laid.known
    _, pieces = cv2.connectedComponents((laid.ids == -1).astype(np.uint8))
    extents = np.bincount(pieces.ravel())
    around = 2 * round(_SHIFT * width) + 1
    near_pieces = cv2.dilate((pieces > 0).astype(np.uint8), np.ones((around, around), np.uint8))
    rim_x, rim_y = int(_EDGE * width), int(_EDGE * height)
    inside = np.zeros_like(wrong)
    inside[rim_y : height - rim_y, rim_x : width - rim_x] = True
    wrong &= inside
    count, labels, stats, _ = cv2.connectedComponentsWithStats(wrong.astype(np.uint8), connectivity=8)
    owners = _owners(sight, index)
    sizes = np.bincount(np.maximum(laid.ids, 0).ravel().astype(np.int64), minlength=len(sight.expected.seen) + 1)
    label = laid.ids.astype(np.int32) * 256 + laid.parts
    least = _LEAST * (width / 424) ** 2
    found: list[Blob] = []
    for number in range(1, count):
        if stats[number, cv2.CC_STAT_AREA] < least:
            continue
        x, y, across, down = (int(each) for each in stats[number, :4])
        cut = slice(y, y + down), slice(x, x + across)
        own = labels[cut] == number
        whose = np.bincount(owners[cut][own], minlength=len(sizes))
        # A hat reaches beyond whom it sits on: who touches a good part of a patch owns it.
        entity = int(np.argmax(whose[1:])) + 1 if whose[1:].size and whose[1:].max() >= _TOUCHES * own.sum() else 0
        if _is_piece(pieces[cut][own], extents):
            continue
        if entity and sight.fits(index, entity) and _is_another(own, laid.ids[cut] == entity, int(sizes[entity])):
            entity = 0
        under = label[cut][own]
        which, covered = np.unique(under, return_counts=True)
        most = int(np.argmax(covered))
        whole = int(np.count_nonzero(label == which[most]))
        recoloured = float(covered[most] / max(whole, 1)) if which[most] & 255 else 0.0
        area = int(own.sum())
        share = max(area - _SPECK * least, 0) / max(int(sizes[entity]), 1) if entity else area / (width * height)
        novel = _novel(sight, index, labels == number, (x, y, across, down))
        if novel < _NOVEL and near_pieces[cut][own].mean() > _NEAR_PIECE:
            continue
        rows, columns = np.nonzero(own)
        found.append(
            Blob(
                look=index,
                entity=entity,
                part=int(which[most] & 255),
                share=float(share),
                recoloured=recoloured if covered[most] > 0.6 * area else 0.0,
                middle=_within(laid.ids, entity, float(columns.mean() + x), float(rows.mean() + y)),
                box=(x, y, across, down),
                strength=float(away[cut][own].mean()),
                novel=novel,
            )
        )
    return found


def _is_piece(under: np.ndarray, extents: np.ndarray) -> bool:
    """Whether a patch is where a piece of dressing is, or was: it may stand elsewhere, or be left out.

    ``under``: which piece each of its pixels shows, 0 for none. Somebody before a shelf covers some of it, no more.
    """
    counts = np.bincount(under, minlength=1)
    counts[0] = 0
    most = int(np.argmax(counts))
    return bool(counts[most] > 0.3 * len(under) and counts[most] > _PIECE * extents[most])


def _is_another(own: np.ndarray, somebody: np.ndarray, size: int) -> bool:
    """Whether a patch that touches somebody is too large, too tall and too far beside them to be theirs."""
    down, across = own.shape
    large = own.sum() >= _ANOTHER * size and _TALL[0] <= down / max(across, 1) <= _TALL[1]
    return bool(large and (own & ~somebody).sum() >= _BESIDE * own.sum())


def _novel(sight: "Sight", index: int, patch: np.ndarray, box: tuple[int, int, int, int]) -> float:
    """How much of a patch, bool[h, w], shows colours that the rehearsal has nowhere around it, 0 … 1."""
    import cv2

    from director.checks.difference import lab_of_picture

    laid = sight.laid[index]
    x, y, across, down = box
    reach = round(_NEIGHBOURHOOD * patch.shape[1])
    cut = slice(max(y - reach, 0), y + down + reach), slice(max(x - reach, 0), x + across + reach)
    shown, stood = (
        lab_of_picture(cv2.GaussianBlur(picture, (0, 0), 1.2))
        for picture in (np.ascontiguousarray(sight.clip[laid.frame][cut]), sight.grade.rendered(laid.rgb[cut]))
    )
    # Every second pixel and a few hundred of the patch say enough.
    palette = np.unique(np.round(stood[::2, ::2].reshape(-1, 3) / 4).astype(np.int32), axis=0) * 4.0
    own = shown[patch[cut]]
    own = own[:: max(len(own) // 300, 1)]
    squares = (own * own).sum(axis=1)[:, None] + (palette * palette).sum(axis=1) - 2 * own @ palette.T
    return float((squares.min(axis=1) > _SHADE**2).mean())


def _owners(sight: "Sight", index: int) -> np.ndarray:
    """int64[h, w]: to whom each pixel belongs, a margin around everybody included; 0 for nobody."""
    import cv2

    ids = sight.laid[index].ids
    owners = np.zeros(ids.shape, np.int64)
    nearest = np.full(ids.shape, np.inf, np.float32)
    for entity in range(1, len(sight.expected.seen) + 1):
        mine = ids == entity
        if not mine.any():
            continue
        rows = np.flatnonzero(mine.any(axis=1))
        reach = max(_AROUND * (rows[-1] - rows[0] + 1), 4.0)
        away = cv2.distanceTransform((~mine).astype(np.uint8), cv2.DIST_L2, 3)
        closer = (away <= reach) & (away < nearest)
        owners[closer] = entity
        nearest[closer] = away[closer]
    return owners


def _within(ids: np.ndarray, entity: int, x: float, y: float) -> tuple[float, float]:
    if not entity:
        return x / ids.shape[1], y / ids.shape[0]
    rows, columns = np.nonzero(ids == entity)
    return (
        float((x - columns.min()) / max(np.ptp(columns), 1)),
        float((y - rows.min()) / max(np.ptp(rows), 1)),
    )


def recolours(blob: Blob) -> bool:
    """Whether it is a part that has another colour: a matter of attributes, and of no part too many."""
    return blob.recoloured >= _WHOLE
