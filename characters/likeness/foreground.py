"""Which pixels of a crop are its subject, where nobody has said so."""

import numpy as np

WORK = 96  # pixels on the long side: enough for a silhouette, and a GrabCut takes some 10 ms
STARTS = (0.55, 0.75)  # radii of discs around the middle, in half sides
SURE = 0.15  # a subject stands in the middle of its own crop
RIM = 0.03  # and not on its very edge


def foreground(rgb: np.ndarray, start: np.ndarray | None = None) -> np.ndarray:
    """uint8[H, W, 3] → float32[H, W], 0 … 1: how likely each pixel belongs to the subject.

    GrabCut (Rother, Kolmogorov and Blake 2004) from several starts, averaged: discs around the middle, and what
    differs from at least two of the four edges. One start alone fails on every sixth photograph or so. With
    ``start`` (bool[H, W], the likely subject) that is the only one, and the middle is not taken for granted.
    """
    import cv2

    height, width = rgb.shape[:2]
    scale = WORK / max(height, width)
    size = max(8, round(width * scale)), max(8, round(height * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    y, x = np.mgrid[: size[1], : size[0]]
    radius = np.hypot((y + 0.5) / size[1] * 2 - 1, (x + 0.5) / size[0] * 2 - 1)
    rim = np.ones(radius.shape, bool)
    edge = max(1, round(RIM * min(size)))
    rim[edge:-edge, edge:-edge] = False
    if start is None:
        starts = [*(radius < each for each in STARTS), _unlike_the_edges(small, radius)]
        sure = radius < SURE
    else:
        starts = [cv2.resize(start.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0]
        sure = np.zeros(radius.shape, bool)
    cuts = [_cut(small, each, rim, sure) for each in starts]
    useful = [cut for cut in cuts if cut is not None and 0.02 < cut.mean() < 0.85]
    fallback = starts[-1] if start is not None else radius < 0.7
    mask = np.mean(useful, axis=0) if useful else fallback
    return cv2.resize(np.asarray(mask, np.float32), (width, height), interpolation=cv2.INTER_LINEAR)


def _cut(rgb: np.ndarray, likely: np.ndarray, rim: np.ndarray, sure: np.ndarray) -> np.ndarray | None:
    import cv2

    labels = np.where(likely, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[rim], labels[sure] = cv2.GC_BGD, cv2.GC_FGD
    cv2.setRNGSeed(0)  # its colour clusters are seeded at random
    try:
        cv2.grabCut(rgb, labels, None, np.zeros((1, 65)), np.zeros((1, 65)), 1, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    except cv2.error:  # a crop of one colour has no two sides
        return None
    return (labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)


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
    contrast = np.sort(distances, axis=0)[1] * np.exp(-(radius**2) / (2 * 0.6**2))
    levels = np.clip(contrast / max(float(contrast.max()), 1e-6) * 255, 0, 255).astype(np.uint8)
    return cv2.threshold(levels, 0, 1, cv2.THRESH_OTSU)[1] > 0
