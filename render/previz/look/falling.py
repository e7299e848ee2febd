"""Rain and snow in the air: particles of the world as a function of time, drawn over a picture where they are nearer.

They fill a box around the camera that repeats itself, so that each one keeps its place in the world while the camera
moves, and the same moment always shows the same drops.
"""

import functools

import numpy as np

from render.previz.camera.path import SENSOR, View
from render.previz.compiled import compiled
from render.previz.look.light import Light

_REACH = 8.0  # metres on each side of the camera
_NEAREST = 0.55  # metres from the lens
# kind: how many, metres a second, share of a second that is smeared, radius in metres, how much they cover
_KINDS: dict[str, tuple[int, tuple[float, float, float], float, float, float]] = {
    "rain": (3600, (0.7, 0.25, -8.2), 0.03, 0.002, 0.62),
    "storm": (5200, (4.2, 0.8, -9.5), 0.032, 0.0022, 0.64),
    "snow": (5200, (0.35, 0.12, -0.95), 0.0, 0.016, 0.95),
}
Box = tuple[tuple[float, float, float], tuple[float, float, float]]


@functools.lru_cache(maxsize=4)
def _places(kind: str) -> np.ndarray:
    """Where the particles are at time 0 within the box, and each one's own rhythm: float32[N, 4]."""
    chance = np.random.default_rng(len(kind))
    return chance.uniform(0.0, 1.0, (_KINDS[kind][0], 4)).astype(np.float32)


def falls(weather: str) -> bool:
    """Whether something falls in this weather."""
    return weather in _KINDS


def particles(weather: str, view: View, time: float) -> tuple[np.ndarray, np.ndarray]:
    """Where the drops or flakes are at ``time`` seconds: their heads and their tails, float64[N, 3] metres."""
    count, speed, smear, _, _ = _KINDS[weather]
    places = _places(weather).astype(np.float64)
    velocity = np.array(speed) * (0.85 + 0.3 * places[:, 3:4])
    heads = places[:, :3] * 2 * _REACH + velocity * time
    heads = (heads - view.position + _REACH) % (2 * _REACH) - _REACH + view.position
    if weather == "snow":
        swing = 1.1 * time + 2 * np.pi * places[:, 3]
        heads[:, 0] += 0.16 * np.sin(swing)
        heads[:, 1] += 0.16 * np.cos(1.3 * swing)
    assert len(heads) == count
    return heads, heads - velocity * smear


def draw_falling(
    picture: np.ndarray,
    distance: np.ndarray,
    view: View,
    time: float,
    weather: str,
    light: Light,
    cover: Box | None = None,
) -> None:
    """Draw what falls over ``picture`` (uint8[H, W, 3], in place), where nothing stands nearer.

    ``distance``: metres along each pixel's ray, float32[H, W] or [H · W]. Nothing falls within ``cover``, a box.
    """
    if weather not in _KINDS:
        return
    height, width = picture.shape[:2]
    heads, tails = particles(weather, view, time)
    if cover is not None:
        within = ((heads > cover[0]) & (heads < cover[1])).all(axis=1)
        heads, tails = heads[~within], tails[~within]
    focal = view.focal / SENSOR * width
    ends = [(points - view.position) @ view.rotation for points in (heads, tails)]
    seen = (ends[0][:, 2] > _NEAREST) & (ends[1][:, 2] > _NEAREST)
    screen = [np.column_stack([e[seen, :2] / e[seen, 2:] * focal + (width / 2, height / 2), e[seen, 2]]) for e in ends]
    away = np.linalg.norm(ends[0][seen], axis=1)
    _, _, _, radius, cover_share = _KINDS[weather]
    reach = radius * focal / away
    share = cover_share * np.clip((_REACH - away) / 3.0, 0.0, 1.0) * np.clip(away / 1.6, 0.25, 1.0)
    bright = float(np.mean(light.horizon) * 0.6 + np.mean(light.above) * 0.5) * light.exposure
    level = np.clip(110 + 260 * bright, 0, 252) if weather == "snow" else np.clip(105 + 250 * bright, 0, 244)
    tint = np.array((level * 0.97, level * 0.985, level), np.float32)
    lines = np.column_stack([screen[0][:, :2], screen[1][:, :2], away, reach, share]).astype(np.float32)
    _draw(picture, distance.reshape(height, width), lines, tint)


@compiled
def _draw(picture: np.ndarray, distance: np.ndarray, lines: np.ndarray, tint: np.ndarray) -> None:
    """Capsules between two points of the screen, soft at the rim; the far ones are thin and pale rather than small."""
    height, width = distance.shape
    for index in range(len(lines)):
        x0, y0, x1, y1, away, radius, share = lines[index]
        thick = max(radius, np.float32(0.75))
        strength = share * min(max(radius / np.float32(0.75), np.float32(0.4)), np.float32(1.0))
        left, right = int(min(x0, x1) - thick - 1), int(max(x0, x1) + thick + 2)
        top, bottom = int(min(y0, y1) - thick - 1), int(max(y0, y1) + thick + 2)
        dx, dy = x1 - x0, y1 - y0
        square = dx * dx + dy * dy
        for y in range(max(top, 0), min(bottom, height)):
            for x in range(max(left, 0), min(right, width)):
                if distance[y, x] < away:
                    continue
                px, py = np.float32(x) + np.float32(0.5) - x0, np.float32(y) + np.float32(0.5) - y0
                along = np.float32(0.0)
                if square > np.float32(1e-6):
                    along = min(max((px * dx + py * dy) / square, np.float32(0.0)), np.float32(1.0))
                ox, oy = px - along * dx, py - along * dy
                gap = thick + np.float32(0.5) - np.sqrt(ox * ox + oy * oy)
                if gap <= 0:
                    continue
                mix = strength * min(gap, np.float32(1.0))
                for channel in range(3):
                    old = np.float32(picture[y, x, channel])
                    if tint[channel] > old:  # what falls before something brighter is not seen
                        picture[y, x, channel] = np.uint8(old + (tint[channel] - old) * mix)
