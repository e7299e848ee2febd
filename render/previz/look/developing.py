"""From light to a picture: occlusion, haze, sky, a film-like curve, sRGB."""

from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.halo import NONE
from render.previz.look.layers import BASE, DEPTH, KEY, SKY, Layers, packed
from render.previz.look.light import Light
from render.previz.look.occlusion import EVERYTHING, Around


def developed(
    layers: Layers,
    rays: np.ndarray,
    light: Light,
    picture: np.ndarray,
    around: Around = EVERYTHING,
    glow: np.ndarray = NONE,
    *,
    tone: bool = True,
) -> np.ndarray:
    """``picture``, uint8[H, W, 3] sRGB, showing the layers; with what ``occlusion`` and ``halo`` found on one grid.

    The curve is Hable's (2010) in Narkowicz's fit to ACES (2015), which keeps colours when they get bright. Without
    it the picture is linear, over what a white card at 45° to the key light gives.
    """
    numbers, _ = packed(light)
    card = np.ones(3, np.float32) if tone else _card(light)
    _develop(
        layers.light, layers.entity, layers.lit, rays, numbers, around.open, around.depth, around.step,
        glow, card, _GAMMA, tone, picture,
    )  # fmt: skip
    return picture


def _card(light: Light) -> np.ndarray:
    """What a white card gets that stands upright at 45° to the key light, linear RGB."""
    key, above, below = (np.asarray(colour) for colour in (light.key, light.above, light.below))
    return (key * np.sqrt(0.5) + (above + below) / 2 + 0.15 * above).astype(np.float32)


_ZERO, _ONE, _HALF = np.float32(0), np.float32(1), np.float32(0.5)
_EXPOSURE, _RISE, _SUN, _HAZED, _STEPS = (np.float32(x) for x in (0.72, 0.55, 0.22, 400.0, 4095.0))
_A, _B, _C, _D, _E = (np.float32(x) for x in (2.51, 0.03, 2.43, 0.59, 0.14))
_CHROMA = np.float32(0.80)  # the curve makes colours louder than paint and cloth are
_WEIGHT_R, _WEIGHT_G, _WEIGHT_B = (np.float32(x) for x in (0.2126, 0.7152, 0.0722))
_LIKE, _OPEN, _KEYED, _LEAST = np.float32(0.06), np.float32(0.995), np.float32(0.40), np.float32(0.002)


@compiled
def _reaching(around: np.ndarray, depths: np.ndarray, own: Any, i: int, j: int, u: Any, v: Any) -> Any:
    """The grid's occlusion ``u``, ``v`` into a cell: bilinear, over corners that lie as deep (Kopf et al. 2007)."""
    a, b, c, d = around[i, j], around[i, j + 1], around[i + 1, j], around[i + 1, j + 1]
    if min(a, b, c, d) >= _OPEN:
        return _ONE
    like = _ONE / (_LIKE * own)
    wa = max(_ONE - abs(depths[i, j] - own) * like, _ZERO) * ((_ONE - v) * (_ONE - u) + _LEAST)
    wb = max(_ONE - abs(depths[i, j + 1] - own) * like, _ZERO) * ((_ONE - v) * u + _LEAST)
    wc = max(_ONE - abs(depths[i + 1, j] - own) * like, _ZERO) * (v * (_ONE - u) + _LEAST)
    wd = max(_ONE - abs(depths[i + 1, j + 1] - own) * like, _ZERO) * (v * u + _LEAST)
    weight = wa + wb + wc + wd
    if weight <= _ZERO:
        return (a + b + c + d) * np.float32(0.25)
    return (a * wa + b * wb + c * wc + d * wd) / weight


@compiled
def _develop(
    light: np.ndarray, entity: np.ndarray, lit: np.ndarray, rays: np.ndarray, numbers: np.ndarray,
    around: np.ndarray, depths: np.ndarray, step: int, halo: np.ndarray, card: np.ndarray, gamma: np.ndarray,
    tone: bool, picture: np.ndarray,
) -> None:  # fmt: skip
    height, width = picture.shape[0], picture.shape[1]
    rows, columns, half, size = around.shape[0], around.shape[1], step // 2, _ONE / np.float32(step)
    occluded, haloed = rows > 1 and columns > 1, halo.shape[0] > 1
    cell, within = np.empty(width, np.int64), np.empty(width, np.float32)
    for x in range(width):
        cell[x] = min(max(x - half, 0) // step, columns - 2)
        within[x] = min(max(np.float32(x - half - cell[x] * step) * size, _ZERO), _ONE)
    line = np.empty((3, width), np.float32)
    for y in range(height):
        i = min(max(y - half, 0) // step, rows - 2)
        v = min(max(np.float32(y - half - i * step) * size, _ZERO), _ONE)
        start = y * width
        for x in range(width):
            row = start + x
            if entity[row] == SKY:
                line[0, x], line[1, x], line[2, x] = _sky(rays[row, 0], rays[row, 1], rays[row, 2], numbers)
                continue
            ambient, key = _ONE, lit[row]
            if occluded and key >= _ZERO:
                ambient = _reaching(around, depths, light[row, DEPTH], i, cell[x], within[x], v)
                key *= _ONE - _KEYED * (_ONE - ambient)
            line[0, x] = light[row, BASE] * ambient + light[row, KEY] * key
            line[1, x] = light[row, BASE + 1] * ambient + light[row, KEY + 1] * key
            line[2, x] = light[row, BASE + 2] * ambient + light[row, KEY + 2] * key
        if numbers[21] > _ZERO:
            _haze(line, light, entity, start, numbers)
        if haloed:
            _glow(line, halo, i, v, cell, within)
        _print(line, _EXPOSURE * numbers[22], card, gamma, tone, picture[y])


@compiled
def _sky(x: Any, y: Any, z: Any, numbers: np.ndarray) -> Any:
    """The sky along a ray, red, green and blue: from horizon to zenith, brighter round the sun."""
    share = min(max(z, _ZERO), _ONE) ** _RISE
    toward = x * numbers[0] + y * numbers[1] + z * numbers[2]
    glow = _ZERO
    if toward > _ZERO:
        cube = toward * toward * toward
        cube *= cube
        cube *= cube
        glow = _SUN * cube * cube
    return (
        numbers[15] + (numbers[18] - numbers[15]) * share + numbers[3] * glow,
        numbers[16] + (numbers[19] - numbers[16]) * share + numbers[4] * glow,
        numbers[17] + (numbers[20] - numbers[17]) * share + numbers[5] * glow,
    )


@compiled
def _haze(line: np.ndarray, light: np.ndarray, entity: np.ndarray, start: int, numbers: np.ndarray) -> None:
    """Lay the horizon's colour over what is far away, in one row of the picture."""
    for x in range(line.shape[1]):
        if entity[start + x] == SKY:
            continue
        share = _ONE - np.exp(-numbers[21] * min(light[start + x, DEPTH], _HAZED))
        for channel in range(3):
            line[channel, x] += (numbers[15 + channel] - line[channel, x]) * share


@compiled
def _glow(line: np.ndarray, halo: np.ndarray, i: int, v: Any, cell: np.ndarray, within: np.ndarray) -> None:
    """Add the halo of lamps to one row of the picture."""
    for x in range(line.shape[1]):
        j, u = cell[x], within[x]
        for channel in range(3):
            above = halo[i, j, channel] * (_ONE - u) + halo[i, j + 1, channel] * u
            under = halo[i + 1, j, channel] * (_ONE - u) + halo[i + 1, j + 1, channel] * u
            line[channel, x] += above * (_ONE - v) + under * v


@compiled
def _print(
    line: np.ndarray, exposure: Any, card: np.ndarray, gamma: np.ndarray, tone: bool, out: np.ndarray
) -> None:  # fmt: skip
    """One row of light, float32[3, W] linear → one row of the picture, uint8[W, 3]."""
    width = line.shape[1]
    for channel in range(3):
        scale = exposure if tone else _ONE / card[channel]
        for x in range(width):
            bright = line[channel, x] * scale
            if tone:
                bright = bright * (_A * bright + _B) / (bright * (_C * bright + _D) + _E)
            line[channel, x] = _ONE if bright > _ONE else (max(_ZERO, bright))
    chroma = _CHROMA if tone else _ONE
    for x in range(width):
        red, green, blue = line[0, x], line[1, x], line[2, x]
        grey = _WEIGHT_R * red + _WEIGHT_G * green + _WEIGHT_B * blue
        out[x, 0] = gamma[int((grey + (red - grey) * chroma) * _STEPS + _HALF)]
        out[x, 1] = gamma[int((grey + (green - grey) * chroma) * _STEPS + _HALF)]
        out[x, 2] = gamma[int((grey + (blue - grey) * chroma) * _STEPS + _HALF)]


def _gamma() -> np.ndarray:
    """Linear 0 … 4095 → sRGB 0 … 255 (IEC 61966-2-1), uint8[4096]."""
    linear = np.arange(4096) / 4095
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(srgb * 255).astype(np.uint8)


_GAMMA = _gamma()
