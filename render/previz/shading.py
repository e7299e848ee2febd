"""Light on what the rays met: soft key and fill, practical lamps, haze, ink outlines and a film-like curve."""

import numpy as np

from render.previz.light import Light
from render.previz.tracer import MISSES, Hits

INK = 0.30  # how dark an outline is, as a share of what it covers


def sky(rays: np.ndarray, light: Light) -> np.ndarray:
    """The sky in these directions, linear RGB float32[N, 3]."""
    up = np.clip(rays[:, 2:3], 0.0, 1.0) ** 0.55
    horizon, zenith = np.float32(light.horizon), np.float32(light.zenith)
    colour = horizon + (zenith - horizon) * up
    glow = np.clip(rays @ np.float32(light.key_to), 0.0, 1.0)[:, None] ** 24
    return colour + np.float32(light.key) * 0.22 * glow


def shade(hits: Hits, rays: np.ndarray, points: np.ndarray, light: Light) -> tuple[np.ndarray, np.ndarray]:
    """Light that needs no shadow ray, and the key's light where nothing shadows it; linear RGB float32[N, 3] each."""
    normal, albedo = hits.normal, hits.colour
    upness = 0.5 + 0.5 * normal[:, 2:3]
    ambient = np.float32(light.below) + (np.float32(light.above) - np.float32(light.below)) * upness
    # A broad fill from the viewer keeps faces readable in the dark.
    fill = 0.18 * np.clip(-np.einsum("ij,ij->i", normal, rays), 0.0, 1.0)[:, None] * np.float32(light.above)
    base = albedo * (ambient + fill)
    for lamp in light.lamps:
        way = np.float32(lamp.at) - points
        square = np.einsum("ij,ij->i", way, way)
        facing = np.einsum("ij,ij->i", normal, way) / np.sqrt(square + 1e-6)
        strength = (0.25 + 0.75 * np.clip(facing, 0.0, 1.0)) / (1.0 + square / np.float32(lamp.reach**2))
        base += albedo * np.float32(lamp.colour) * strength[:, None].astype(np.float32)
    toward = np.float32(light.key_to)
    incidence = normal @ toward
    wrapped = np.clip(incidence * 0.86 + 0.14, 0.0, 1.0)  # a soft source reaches a little round the edge
    half = toward - rays
    half /= np.maximum(np.linalg.norm(half, axis=1, keepdims=True), 1e-6)
    gloss = np.clip(np.einsum("ij,ij->i", normal, half), 0.0, 1.0) ** 40 * hits.shine
    key = (albedo * wrapped[:, None] + 0.9 * gloss[:, None]) * np.float32(light.key)
    glowing = hits.glow > 0
    if glowing.any():
        window = hits.glow > 1.5
        lit = np.where(window[:, None], np.float32(light.window), albedo * 2.6)
        base[glowing] = lit[glowing]
        key[glowing] = 0.0
    return base, key


def with_haze(colour: np.ndarray, hits: Hits, rays: np.ndarray, light: Light) -> np.ndarray:
    """Distance takes on the horizon's colour; rays that met nothing see the sky."""
    out = colour
    if light.haze:
        share = 1 - np.exp(-np.float32(light.haze) * np.minimum(hits.depth, 400.0))
        out = colour + (np.float32(light.horizon) - colour) * share[:, None].astype(np.float32)
    missed = hits.entity == MISSES
    if missed.any():
        out[missed] = sky(rays[missed], light)
    return out


def outlines(depth: np.ndarray, normal: np.ndarray, entity: np.ndarray) -> np.ndarray:
    """How much ink covers each pixel, float32[H, W] 0 … 1: from edges of entity, depth and normal."""
    height, width = depth.shape
    ink = np.zeros((height, width), np.float32)
    inverse = 1.0 / np.minimum(depth, 1e4)
    for axis in (0, 1):
        a = [slice(None), slice(None)]
        b = [slice(None), slice(None)]
        c = [slice(None), slice(None)]
        a[axis], b[axis], c[axis] = slice(0, -2), slice(1, -1), slice(2, None)
        before, middle, after = tuple(a), tuple(b), tuple(c)
        # A plane is linear in inverse depth: its second difference is nought.
        bend = np.abs(inverse[before] - 2 * inverse[middle] + inverse[after]) / inverse[middle]
        edge = np.clip((bend - 0.035) * 14.0, 0.0, 1.0)
        crease = 1.0 - np.einsum("ijk,ijk->ij", normal[before], normal[after])
        np.maximum(edge, np.clip((crease - 0.45) * 1.1, 0.0, 0.55), out=edge)
        np.maximum(edge, 0.85 * (entity[before] != entity[middle]), out=edge)
        np.maximum(ink[middle], edge, out=ink[middle])
    far = np.clip(inverse * 26.0, 0.25, 1.0)  # thin lines in the distance
    return ink * far


def developed(linear_rgb: np.ndarray, ink: np.ndarray, exposure: float) -> np.ndarray:
    """Linear light float32[H, W, 3] → sRGB uint8: outlines, a soft shoulder, gamma, edges smoothed.

    The curve is Hable's (2010) in Narkowicz's fit to ACES (2015), which keeps colours when they get bright.
    """
    import cv2

    x = linear_rgb * np.float32(0.72 * exposure)
    mapped = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)
    np.clip(mapped, 0.0, 1.0, out=mapped)
    table = _gamma_table()
    picture = table[(mapped * 4095).astype(np.uint16)]
    picture = (picture * (1.0 - (1.0 - INK) * ink)[..., None]).astype(np.uint8)
    soft = cv2.GaussianBlur(picture, (3, 3), 0.7)
    edges = cv2.dilate((ink > 0.15).astype(np.uint8), np.ones((2, 2), np.uint8)).astype(bool)
    picture[edges] = soft[edges]
    return picture


_TABLE: np.ndarray | None = None


def _gamma_table() -> np.ndarray:
    """Linear 0 … 4095 → sRGB 0 … 255 (IEC 61966-2-1)."""
    global _TABLE  # noqa: PLW0603
    if _TABLE is None:
        linear = np.arange(4096) / 4095
        srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
        _TABLE = (srgb * 255).astype(np.float32)
    return _TABLE
