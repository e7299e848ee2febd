"""Pictures of random leaves, and the visual words learned from them.

Leaves of all sizes that cover each other (Lee, Mumford and Huang 2001) have the edges, corners and spots of natural
pictures in natural numbers, and show nobody: words learned from them favour no subject.
Write the words again: python -m characters.likeness.descriptors.leaves
"""

import numpy as np

from characters.likeness.descriptors.details import MIRROR, WORDS, key_points

PICTURES = 60
SIDE = 256  # pixels
RADII = (2.0, 90.0)  # pixels; their number falls with the cube of the radius, as in natural pictures
SEED = 7


def leaves(random: np.random.Generator) -> np.ndarray:
    """One picture, uint8[256, 256], grey: plain, striped and chequered leaves, in light and slightly out of focus."""
    import cv2

    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    picture, bare = np.zeros((SIDE, SIDE), np.float32), np.ones((SIDE, SIDE), bool)
    while bare.mean() > 0.001:
        small, large = RADII[0] ** -2, RADII[1] ** -2
        radius = (small + (large - small) * random.random()) ** -0.5
        middle = random.uniform(-radius / 2, SIDE + radius / 2, 2)
        turn, stretch = random.uniform(0, np.pi), np.exp(0.4 * random.normal())
        reach = int(3 * radius) + 1
        rows = slice(max(0, int(middle[1]) - reach), max(0, int(middle[1]) + reach))
        columns = slice(max(0, int(middle[0]) - reach), max(0, int(middle[0]) + reach))
        right, down = x[rows, columns] - middle[0], y[rows, columns] - middle[1]
        along = (np.cos(turn) * right + np.sin(turn) * down) * stretch
        across = (np.cos(turn) * down - np.sin(turn) * right) / stretch
        inside = _shape(int(random.integers(3)), along / radius, across / radius) & bare[rows, columns]
        shade = random.uniform(5, 95) + 8 * (along * random.normal() + across * random.normal()) / radius
        picture[rows, columns][inside] = (shade + _pattern(random, along, across))[inside]
        bare[rows, columns] &= ~inside
    picture += 6 * cv2.GaussianBlur(random.normal(size=picture.shape).astype(np.float32), (0, 0), 1.0)
    picture = cv2.GaussianBlur(picture, (0, 0), random.uniform(0.4, 1.2))
    return (np.clip(picture, 0, 100) * 2.55).astype(np.uint8)


def _shape(kind: int, along: np.ndarray, across: np.ndarray) -> np.ndarray:
    """A disc, a square, or a square with a corner off."""
    if kind == 0:
        return along**2 + across**2 < 1
    square = np.maximum(np.abs(along), np.abs(across)) < 0.9
    return square if kind == 1 else square & (along + across < 0.5)


def _pattern(random: np.random.Generator, along: np.ndarray, across: np.ndarray) -> np.ndarray:
    if random.random() < 0.5:
        return np.zeros_like(along)
    wave = np.exp(random.uniform(np.log(0.08), np.log(1.2)))  # radians a pixel
    stripes = random.uniform(0, 20) * np.sin(wave * along + random.uniform(0, 6))
    return stripes * np.sin(wave * across) if random.random() < 0.3 else stripes


def learn_words() -> np.ndarray:
    """float64[128, 128]: k-means of the RootSIFT of the pictures and of their mirror images."""
    from scipy.cluster.vq import kmeans2

    random = np.random.default_rng(SEED)
    found = np.concatenate([key_points(leaves(random))[0] for _ in range(PICTURES)])
    found = np.concatenate([found, found[:, MIRROR]])
    some = found[random.permutation(len(found))[:20_000]]
    return kmeans2(some.astype(np.float64), 128, iter=60, minit="++", rng=random)[0]


if __name__ == "__main__":
    np.savez_compressed(WORDS, words=np.round(learn_words() * 255).astype(np.uint8))
