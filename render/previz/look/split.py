"""Large slanted triangles cut up before they are traced: a tree of boxes is slow round what fills its box badly."""

import numpy as np

MOST = 2500
"""How many triangles more there may be."""
_WASTE = 0.5  # m² by which a triangle's box must be larger than it
_OVER = 2e-5  # by how much the halves reach over the cut edge, as a share of its length: no light comes through


def split(triangles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Triangles, float[F, 3, 3], with the worst of them halved at their longest edge until ``MOST`` more are there.

    Returns float32[G, 3, 3], and for each which one it is a part of, int32[G].
    """
    parts, of = triangles.astype(np.float64), np.arange(len(triangles), dtype=np.int32)
    left = MOST
    while left > 0:
        size = parts.max(axis=1) - parts.min(axis=1)
        sides = parts[:, (1, 2, 0)] - parts
        area = np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1) / 2
        waste = size[:, 0] * size[:, 1] + size[:, 1] * size[:, 2] + size[:, 2] * size[:, 0] - area
        worst = np.argsort(-waste, kind="stable")[: min(left, max(len(parts) // 8, 64))]
        worst = worst[waste[worst] > _WASTE]
        if not len(worst):
            break
        longest = np.einsum("fck,fck->fc", sides[worst], sides[worst]).argmax(axis=1)
        a, b, c = (parts[worst, (longest + corner) % 3] for corner in range(3))
        middle = (a + b) / 2
        out = middle - c
        out *= (_OVER * np.linalg.norm(b - a, axis=1) / np.maximum(np.linalg.norm(out, axis=1), 1e-12))[:, None]
        middle += out
        parts[worst] = np.stack([a, middle, c], axis=1)
        parts = np.concatenate([parts, np.stack([middle, b, c], axis=1)])
        of = np.concatenate([of, of[worst]])
        left -= len(worst)
    return parts.astype(np.float32), of
