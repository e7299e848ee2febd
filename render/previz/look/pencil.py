"""Graphite on paper: the look of a storyboard artist's board."""

import functools

import numpy as np

PAPER = (246, 242, 232)  # sRGB
GRAPHITE = (58, 58, 64)
_LEVELS = (0.36, 0.56, 0.74)  # how dark it must be for the first, the second, the third layer of strokes
_ANGLES = (0.62, -0.48, 1.35)  # of each layer's strokes, radians
_LIGHTER = 0.68
_SPACING = 4.6  # pixels between strokes, in a picture 480 high


def pencilled(picture: np.ndarray, behind: np.ndarray, pixels: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """A developed picture, uint8[H, W, 3], drawn with a pencil; lines lie on ``pixels`` as heavily as ``ink`` says.

    What is ``behind`` people and props, bool[H, W], is drawn with a lighter hand, as artists do.
    The paper and the strokes stand still from frame to frame.
    """
    height, width, _ = picture.shape
    grain, strokes = _paper(width, height)
    luminance = picture.astype(np.float32) @ np.array((0.2126, 0.7152, 0.0722), np.float32) / np.float32(255)
    dark = np.clip(np.float32(0.92) - luminance, 0, 1)
    dark[behind] *= np.float32(_LIGHTER)
    graphite = np.float32(0.28) * dark
    for level, layer in zip(_LEVELS, strokes, strict=True):
        graphite += np.float32(0.5) * layer * np.clip((dark - np.float32(level)) * np.float32(5), 0, 1)
    graphite *= np.float32(0.55) + np.float32(0.9) * grain
    lines = graphite.reshape(-1)
    tooth = np.float32(0.70) + np.float32(0.5) * grain.reshape(-1)[pixels]
    pressed = np.minimum(ink * np.float32(1.4), np.float32(1)) * tooth
    lines[pixels] = np.maximum(lines[pixels], pressed)
    np.clip(graphite, 0, 1, out=graphite)
    paper, lead = np.array(PAPER, np.float32), np.array(GRAPHITE, np.float32)
    rough = np.float32(1) - np.float32(0.05) * (grain - np.float32(0.5))
    drawn = paper * rough[..., None] * (1 - graphite[..., None]) + lead * graphite[..., None]
    return np.clip(drawn + np.float32(0.5), 0, 255).astype(np.uint8)


@functools.lru_cache(maxsize=2)
def _paper(width: int, height: int) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """The tooth of the paper, float32[H, W] 0 … 1, and each layer of strokes, float32[H, W] 0 … 1."""
    import cv2

    chance = np.random.default_rng(1)
    scale = max(height / 480, 0.5)
    rough = chance.random((height, width), np.float32)
    grain = cv2.GaussianBlur(rough, (0, 0), 0.7 * scale)
    grain = np.clip((grain - grain.mean()) / (grain.std() * 4) + np.float32(0.5), 0, 1)
    drift = cv2.GaussianBlur(chance.random((height, width), np.float32), (0, 0), 14 * scale)
    drift = (drift - drift.mean()) / drift.std()
    y, x = np.mgrid[:height, :width].astype(np.float32)
    layers = []
    for angle in _ANGLES:
        across = (x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))) / np.float32(_SPACING * scale)
        off = np.abs(np.mod(across + np.float32(0.35) * drift, 1) - np.float32(0.5)) * np.float32(2)
        layers.append(np.clip((np.float32(0.62) - off) * np.float32(2.4), 0, 1))
    return grain.astype(np.float32), tuple(layers)
