"""A take that continues from a given frame: it begins there, and keeps its light and grade."""

from pathlib import Path

import numpy as np

LASTS = 6  # frames in which a take leaves the frame that it was given


class Keyframe:
    """The first frame that was given, uint8[H, W, 3] sRGB, and how a take's own pictures are made to match it."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        import cv2
        from PIL import Image

        with Image.open(path) as image:
            given = np.asarray(image.convert("RGB"))
        if given.shape[:2] != (height, width):
            given = cv2.resize(given, (width, height), interpolation=cv2.INTER_AREA)
        self.picture = given
        self._table: np.ndarray | None = None

    def matched(self, picture: np.ndarray) -> np.ndarray:
        """A picture of the take in the grade of the frame; the first that comes is taken to show the same.

        Means and spreads of the channels are carried over (Reinhard et al. 2001).
        """
        import cv2

        if self._table is None:
            self._table = self._between(picture)
        return cv2.LUT(picture, self._table)

    def _between(self, picture: np.ndarray) -> np.ndarray:
        """A table of levels, uint8[1, 256, 3], that brings a picture to the grade of the frame."""
        own, given = (each.reshape(-1, 3).astype(np.float64) for each in (picture, self.picture))
        spread = np.clip(given.std(axis=0) / np.maximum(own.std(axis=0), 1.0), 0.6, 1.6)
        levels = (np.arange(256)[:, None] - own.mean(axis=0)) * spread + given.mean(axis=0)
        return np.clip(np.round(levels), 0, 255).astype(np.uint8)[None]

    def left(self, picture: np.ndarray, frame: int) -> np.ndarray:
        """The picture at a frame of the segment: the given one at first, then less and less of it."""
        import cv2

        if frame >= LASTS:
            return picture
        share = frame / LASTS
        return cv2.addWeighted(self.picture, 1 - share, picture, share, 0)
