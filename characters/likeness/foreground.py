"""Which pixels of a crop are its subject, where nobody has said so."""

import numpy as np

WORK = 96  # pixels on the long side: enough for a silhouette, and a GrabCut takes some 10 ms
STARTS = (0.55, 0.75)  # radii of discs around the middle, in half sides
SURE = 0.15  # a subject stands in the middle of its own crop
PLAIN = 8.0  # spreads of the surroundings: what differs so much is another thing, and more says no more
EVEN = 3.0  # of 255: a picture that varies less is grain
RIM = 0.03  # and not on its very edge


def foreground(rgb: np.ndarray) -> np.ndarray:
    """uint8[H, W, 3] → float32[H, W], 0 … 1: how likely each pixel belongs to the subject of a crop.

    GrabCut (Rother, Kolmogorov and Blake 2004) from several starts, averaged: discs around the middle, and what
    differs from at least two of the four edges. One start alone fails on every sixth photograph or so; where all do,
    it is the middle.
    """
    small, radius, rim = _prepared(rgb)
    starts = [*(radius < each for each in STARTS), _unlike_the_edges(small, radius)]
    cuts = [_cut(small, start, rim, radius < SURE) for start in starts]
    useful = [cut for cut in cuts if cut is not None]
    return _full_size(np.mean(useful, axis=0) if useful else radius < 0.7, rgb)


def foreground_near(rgb: np.ndarray, start: np.ndarray) -> np.ndarray | None:
    """The same where the subject is likely to be at ``start``, bool[H, W], and need not be in the middle.

    It starts from there and from what differs from the edges. None where nothing can be told apart.
    """
    import cv2

    small, radius, rim = _prepared(rgb)
    near = cv2.resize(start.astype(np.uint8), small.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0
    if small.reshape(-1, 3).std(axis=0).max() < EVEN:
        return None
    cut = _cut(small, near | _unlike_the_edges(small, radius), rim, np.zeros(near.shape, bool))
    return None if cut is None else _full_size(cut, rgb)


def _prepared(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The picture at working size, how far each pixel is from the middle in half sides, and which are on the rim."""
    import cv2

    scale = WORK / max(rgb.shape[:2])
    width, height = max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale))
    y, x = np.mgrid[:height, :width]
    rim = np.ones((height, width), bool)
    edge = max(1, round(RIM * min(width, height)))
    rim[edge:-edge, edge:-edge] = False
    radius = np.hypot((y + 0.5) / height * 2 - 1, (x + 0.5) / width * 2 - 1)
    return cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA), radius, rim


def _full_size(mask: np.ndarray, rgb: np.ndarray) -> np.ndarray:
    import cv2

    return cv2.resize(np.asarray(mask, np.float32), rgb.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def _cut(rgb: np.ndarray, likely: np.ndarray, rim: np.ndarray, sure: np.ndarray) -> np.ndarray | None:
    """bool[H, W], or None where nothing, or all, came out."""
    import cv2

    labels = np.where(likely, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[rim], labels[sure] = cv2.GC_BGD, cv2.GC_FGD
    cv2.setRNGSeed(0)  # its colour clusters are seeded at random
    try:
        cv2.grabCut(rgb, labels, None, np.zeros((1, 65)), np.zeros((1, 65)), 1, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    except cv2.error:  # a crop of one colour has no two sides
        return None
    cut = (labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)
    return cut if 0.02 < cut.mean() < 0.85 else None


def _unlike_the_edges(rgb: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """bool[H, W]: far in colour (Mahalanobis, in Lab) from all edges but one, and rather in the middle."""
    import cv2

    lab = cv2.GaussianBlur(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), (0, 0), 1.0)
    edge = max(2, round(0.05 * min(lab.shape[:2])))
    distances = []
    for side in (lab[:edge], lab[-edge:], lab[:, :edge], lab[:, -edge:]):
        flat = side.reshape(-1, 3)
        inverse = np.linalg.inv(np.cov(flat.T) + 25 * np.eye(3))  # 5 Lab units are noise and shading
        apart = lab - flat.mean(axis=0)
        distances.append(np.sqrt(np.einsum("...i,ij,...j", apart, inverse, apart)))
    contrast = np.minimum(np.sort(distances, axis=0)[1], PLAIN) * np.exp(-(radius**2) / (2 * 0.6**2))
    levels = np.clip(contrast / max(float(contrast.max()), 1e-6) * 255, 0, 255).astype(np.uint8)
    return cv2.threshold(levels, 0, 1, cv2.THRESH_OTSU)[1] > 0
