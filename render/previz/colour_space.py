"""Colours as people see them: sRGB, linear light, CIE Lab (D65), and how different two colours look."""

import numpy as np

_TO_XYZ = np.array(
    ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
)
_WHITE = _TO_XYZ.sum(axis=1)


def linear(hex_or_srgb: str | tuple[float, float, float] | np.ndarray) -> np.ndarray:
    """SRGB (``#rrggbb`` or 0 … 1) → linear RGB (IEC 61966-2-1)."""
    if isinstance(hex_or_srgb, str):
        digits = hex_or_srgb.lstrip("#")
        hex_or_srgb = tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))  # type: ignore[assignment]
    srgb = np.asarray(hex_or_srgb, np.float64)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lab_of(rgb: np.ndarray) -> np.ndarray:
    """Linear RGB float[..., 3] → CIE Lab float64[..., 3] (CIE 15:2004)."""
    share = np.asarray(rgb, np.float64) @ _TO_XYZ.T / _WHITE
    f = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def rgb_of(lab: np.ndarray) -> np.ndarray:
    """CIE Lab float[..., 3] → linear RGB float64[..., 3], not clipped."""
    lab = np.asarray(lab, np.float64)
    y = (lab[..., 0] + 16) / 116
    f = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], -1)
    share = np.where(f**3 > 216 / 24389, f**3, (116 * f - 16) * 27 / 24389)
    return share * _WHITE @ np.linalg.inv(_TO_XYZ).T


def ciede2000(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """How different two colours look: ΔE00 of Lab float[..., 3] (Sharma, Wu and Dalal 2005). 2 is just noticed."""
    (l1, a1, b1), (l2, a2, b2) = (np.moveaxis(np.asarray(lab, np.float64), -1, 0) for lab in (first, second))
    seventh = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(seventh / (seventh + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    grey = c1 * c2 == 0
    turn = np.where(grey, 0.0, (h2 - h1 + 180) % 360 - 180)
    light, chroma = l2 - l1, c2 - c1
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    level, c = (l1 + l2) / 2, (c1 + c2) / 2
    h = np.where(grey, h1 + h2, (h1 + turn / 2) % 360)
    wave = np.radians
    t = 1 - 0.17 * np.cos(wave(h - 30)) + 0.24 * np.cos(wave(2 * h))
    t += 0.32 * np.cos(wave(3 * h + 6)) - 0.20 * np.cos(wave(4 * h - 63))
    by_l = 1 + 0.015 * (level - 50) ** 2 / np.sqrt(20 + (level - 50) ** 2)
    by_c, by_h = 1 + 0.045 * c, 1 + 0.015 * c * t
    tilt = -2 * np.sqrt(c**7 / (c**7 + 25.0**7)) * np.sin(wave(60 * np.exp(-(((h - 275) / 25) ** 2))))
    parts = light / by_l, chroma / by_c, hue / by_h
    return np.sqrt(parts[0] ** 2 + parts[1] ** 2 + parts[2] ** 2 + tilt * parts[1] * parts[2])
