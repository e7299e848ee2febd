"""How a subject's surface looks as a whole: the Gaussian that its colours, edges and spots follow."""

import numpy as np

from characters.likeness.base import unit

SCALES = (1, 2, 4)  # pixels
FLOOR = 2.0  # variance below which a difference is noise, in squared Lab units
USUAL = 5.0  # variance of a middling surface: what is usual says nothing about who it is
MIDDLE = (50.0, 0.0, 0.0)
SPREAD = (10.0, 6.0, 6.0)
STEEP = 2.0  # a middling edge, and its spread

_CHANNELS = 3 + 9 * len(SCALES)
SIZE = _CHANNELS * (_CHANNELS + 1) // 2 + _CHANNELS


def surface(lab: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """float32[495], length 1, from Lab float32[H, W, 3] and weights float32[H, W].

    Mean and covariance over the subject of Lab and of the sizes of its derivatives at three scales. The covariance
    is taken through the matrix logarithm, where Euclidean distance is the geodesic one (Tuzel, Porikli and Meer 2006;
    Arsigny et al. 2006). Sizes have no direction, so that a mirrored subject is the same.
    """
    filtered = _filtered(lab).reshape(-1, _CHANNELS)
    share = weight.ravel() / weight.sum()
    mean = share @ filtered
    apart = filtered - mean
    covariance = (apart * share[:, None]).T @ apart + FLOOR * np.eye(_CHANNELS)
    values, vectors = np.linalg.eigh(covariance.astype(np.float64))
    logarithm = (vectors * np.log(values / USUAL)) @ vectors.T
    rows, columns = np.triu_indices(_CHANNELS)
    twice = np.where(rows == columns, 1.0, np.sqrt(2.0))
    usual = np.array([*MIDDLE, *[STEEP] * (_CHANNELS - 3)])
    spread = np.array([*SPREAD, *[STEEP] * (_CHANNELS - 3)])
    return unit(np.concatenate([twice * logarithm[rows, columns], (mean - usual) / spread]))


def _filtered(lab: np.ndarray) -> np.ndarray:
    """float32[H, W, 30]: Lab, and |∂x|, |∂y| and |∇²| of each at each scale, normalised for scale."""
    import cv2

    channels = [lab]
    for scale in SCALES:
        smooth = cv2.GaussianBlur(lab, (0, 0), scale)
        channels += [np.abs(cv2.Sobel(smooth, cv2.CV_32F, *axis, ksize=3)) * (scale / 8) for axis in ((1, 0), (0, 1))]
        channels.append(np.abs(cv2.Laplacian(smooth, cv2.CV_32F)) * scale**2)
    return np.concatenate(channels, axis=-1)
