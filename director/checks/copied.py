"""Copy-paste: how much of a reference picture, subject and background, stands in a frame as it is."""

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from characters.seen import Reference

if TYPE_CHECKING:
    from director.checks.sight import Sight

_LONG = 280  # pixels on the long side of a reference and of a frame, for key points
_SHORT = 160  # and for its blocks: a pixel or two of misfit is then nothing
_CELLS = 16  # blocks along the long side
_POINTS = 400
_FAINT = 0.02  # contrast that a key point must have
_RATIO = 0.8  # Lowe 2004
_MISFIT = 3.0  # pixels, for the similarity
_FEWEST = 8  # key points that agree
_TEXTURED = 6.0  # levels: spread of a block from which on its pattern is compared
_LIKE = 0.6  # correlation of two such blocks
_NEAR = 10.0  # ΔE of their means under the picture's own light
_LEAST = 0.08  # of the frame: what a reference must fill to be what the picture is
_VISIBLE = 0.5  # of the reference in the frame, for all of its share to count
_SUBJECT = 0.5  # of a block
_WORTH = 0.1  # a share below it needs no second look


@dataclass(frozen=True, eq=False)
class Pictured:
    """A reference picture, ready to be looked for.

    ``rgb`` uint8[h, w, 3], 280 long; ``points`` float32[N, 2] of its key points, ``details`` float32[N, 128] their
    descriptors (root SIFT); ``subject`` float32[h, w], 0 to 1.
    """

    rgb: np.ndarray
    points: np.ndarray
    details: np.ndarray
    subject: np.ndarray


@dataclass(frozen=True)
class Copied:
    """How much of a reference a take shows as it is, 0 to 1, at which of its frames, and of which file."""

    share: float
    frame: int
    file: str


def copied(sight: "Sight", references: Iterable[Reference]) -> dict[str, Copied]:
    """Of everybody with references: the one that is copied most. Who has none that could be told is left out.

    What the rehearsal shows of a reference too is no copy: a sheet and a shot may be drawn alike.
    """
    pictures = [(each, found) for each in references if (found := pictured(str(each.path), each.sha256)) is not None]
    best: dict[str, Copied] = {}
    for index in dict.fromkeys((0, len(sight.laid) // 2)) if pictures else ():
        laid = sight.laid[index]
        frame = sight.clip[laid.frame]
        places = places_of([picture for _, picture in pictures], frame)
        for (reference, picture), place in zip(pictures, places, strict=True):
            share = share_at(picture, frame, place)
            if share > _WORTH:
                rehearsed = shares_of([picture], sight.expected.looks[index].rgb)[0]
                share = max(share - max(rehearsed, share_at(picture, laid.rgb, place)), 0.0)
            if reference.of not in best or share > best[reference.of].share:
                best[reference.of] = Copied(share, laid.frame, reference.path.name)
    return best


@functools.lru_cache(maxsize=64)
def pictured(path: str, sha256: str) -> Pictured | None:
    """A reference as it is looked for; None for one that does not read, or has nothing in it or around it.

    ``sha256`` stands for its bytes, so that a picture that changed is read anew.
    """
    import cv2

    from characters.likeness.foreground import foreground
    from director.checks.references import picture_of

    _ = sha256
    crop = picture_of(path)
    if crop is None or min(crop.pixels.shape[:2]) < _CELLS:
        return None
    scale = min(_LONG / max(crop.pixels.shape[:2]), 1.0)
    size = max(round(crop.pixels.shape[1] * scale), 8), max(round(crop.pixels.shape[0] * scale), 8)
    rgb = cv2.resize(crop.pixels, size, interpolation=cv2.INTER_AREA)
    points, details = key_points(rgb)
    return Pictured(rgb, points, details, foreground(rgb)) if len(points) >= _FEWEST else None


def key_points(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """SIFT key points of a picture uint8[h, w, 3]: float32[N, 2], and root descriptors float32[N, 128]."""
    import cv2

    scale = min(_LONG / max(rgb.shape[:2]), 1.0)
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    sift = cv2.SIFT.create(nfeatures=_POINTS, contrastThreshold=_FAINT)
    found, details = sift.detectAndCompute(grey, None)  # type: ignore[call-overload]
    if details is None:
        return np.empty((0, 2), np.float32), np.empty((0, 128), np.float32)
    sums = np.maximum(details.sum(axis=1, keepdims=True), 1e-9)
    return np.array([each.pt for each in found], np.float32) / scale, np.sqrt(details / sums)


def shares_of(pictures: Sequence[Pictured], frame: np.ndarray) -> list[float]:
    """How much of each reference stands in a frame uint8[h, w, 3] as it is, 0 to 1."""
    return [
        share_at(picture, frame, place) for picture, place in zip(pictures, places_of(pictures, frame), strict=True)
    ]


def places_of(pictures: Sequence[Pictured], frame: np.ndarray) -> list[np.ndarray | None]:
    """Where each reference stands in a frame uint8[h, w, 3]: float64[2, 3], or None where nowhere."""
    where, details = key_points(frame)
    if len(where) < _FEWEST:
        return [None] * len(pictures)
    like = np.concatenate([each.details for each in pictures]) @ details.T
    ends = np.cumsum([len(each.details) for each in pictures])
    rows = np.split(like, ends[:-1])
    return [_placed(picture, where, mine) for picture, mine in zip(pictures, rows, strict=True)]


def share_at(picture: Pictured, frame: np.ndarray, matrix: np.ndarray | None) -> float:
    """How much of a reference is at this place, float64[2, 3], in a frame uint8[h, w, 3], 0 to 1.

    The lower of two shares: of the blocks that show its subject, and of those that show what is around it. So a
    subject in the same pose before something else is no copy.
    """
    import cv2

    if matrix is None:
        return 0.0
    scale = math.hypot(matrix[0, 0], matrix[1, 0])
    height, width = picture.rgb.shape[:2]
    if scale * scale * height * width < _LEAST * frame.shape[0] * frame.shape[1]:
        return 0.0
    # Both as small as the blocks are compared: the reference's own grid.
    shrink = _SHORT / max(height, width)
    size = max(round(width * shrink), 8), max(round(height * shrink), 8)
    own = cv2.resize(picture.rgb, size, interpolation=cv2.INTER_AREA)
    subject = cv2.resize(picture.subject, size, interpolation=cv2.INTER_AREA)
    back = np.diag((shrink, shrink)) @ cv2.invertAffineTransform(matrix)
    wide = scale / shrink  # pixels of the frame in one of the grid
    soft = cv2.GaussianBlur(frame, (0, 0), 0.4 * wide) if wide > 1 else frame
    taken = cv2.warpAffine(soft, back, size, flags=cv2.INTER_LINEAR)
    inside = cv2.warpAffine(np.ones(frame.shape[:2], np.uint8), back, size, flags=cv2.INTER_NEAREST)
    return _alike(own, taken, inside > 0, subject)


def _placed(picture: Pictured, where: np.ndarray, like: np.ndarray) -> np.ndarray | None:
    """Where the reference stands in a frame, float64[2, 3]; None where nowhere.

    ``where`` float32[M, 2]: the frame's key points; ``like`` float32[N, M]: how like them those of the reference are.
    """
    import cv2

    best = like.argmax(axis=1)
    nearest = like[np.arange(len(like)), best]
    like[np.arange(len(like)), best] = -1
    second = like.max(axis=1)
    # Unit vectors: squared distance is 2 − 2 × cosine.
    kept = (1 - nearest) < _RATIO * _RATIO * (1 - second)
    if kept.sum() < _FEWEST:
        return None
    matrix, agree = cv2.estimateAffinePartial2D(
        picture.points[kept], where[best[kept]], method=cv2.RANSAC, ransacReprojThreshold=_MISFIT
    )
    if matrix is None or int(agree.sum()) < _FEWEST:
        return None
    return matrix


def _alike(own: np.ndarray, taken: np.ndarray, inside: np.ndarray, subject: np.ndarray) -> float:
    """The lower of the shares of subject and surroundings that are the same in two pictures uint8[h, w, 3]."""
    import cv2

    height, width = inside.shape
    side = max(max(height, width) // _CELLS, 4)
    rows, columns = height // side, width // side

    def cells(layer: np.ndarray) -> np.ndarray:
        """float64[rows × columns, side × side(, 3)]."""
        cut = layer[: rows * side, : columns * side].astype(np.float64)
        rest = cut.shape[2:]
        cut = cut.reshape(rows, side, columns, side, *rest).swapaxes(1, 2)
        return cut.reshape(rows * columns, side * side, *rest)

    seen = cells(inside).mean(axis=1) > 0.99
    who = cells(subject).mean(axis=1) > _SUBJECT
    around = cells(subject).mean(axis=1) < 0.2
    if not (seen & who).sum() >= 4 or not (seen & around).sum() >= 6:
        return 0.0
    grey = [cells(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY)) for each in (own, taken)]
    spread = [each.std(axis=1) for each in grey]
    centred = [each - each.mean(axis=1, keepdims=True) for each in grey]
    like = (centred[0] * centred[1]).mean(axis=1) / (spread[0] * spread[1] + 2.0)
    textured = spread[0] > _TEXTURED
    colours = [cells(each).mean(axis=1) for each in (own, taken)]
    firm = seen & textured & (like > _LIKE)
    if firm.sum() < 4:
        return 0.0
    # How the take is lit against the reference: the middle ratio of what is surely the same.
    gain = np.median((colours[1][firm] + 4) / (colours[0][firm] + 4), axis=0)
    lit = np.clip(colours[0] * gain, 0, 255)
    away = np.linalg.norm(_lab(lit) - _lab(colours[1]), axis=1)
    same = (away < _NEAR) & np.where(textured, like > _LIKE, spread[1] < 2 * _TEXTURED)
    shares = [float(same[seen & part].mean()) for part in (who, around)]
    return min(shares) * min(float(seen.mean()) / _VISIBLE, 1.0)


def _lab(colours: np.ndarray) -> np.ndarray:
    """Levels of sRGB, float[N, 3] → CIELAB float[N, 3]."""
    import cv2

    return cv2.cvtColor((colours / 255).astype(np.float32)[None], cv2.COLOR_RGB2Lab)[0]
