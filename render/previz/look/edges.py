"""Where one thing ends and another begins, to an eighth of a pixel.

A link joins a pixel to its right or lower neighbour. Where the two show different things, or one surface that
bends or breaks between them, an edge crosses the link; rays between the two say where (after Persson 2011).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from render.previz.compiled import compiled
from render.previz.look.layers import DEPTH, NORMAL, SKY, Layers, paint_of
from render.previz.look.tracer import MISS, Faces, Scene

FINE = 2
"""Rays on each link: every one halves the stretch that the edge may lie in."""


@dataclass(frozen=True)
class Edges:
    """Links that an edge crosses.

    first int64[L]: the pixel; down bool[L]: whether the other pixel is the one below, else the one to the right;
    at float32[L]: where between the two the edge lies, 0 … 1; width float32[L]: half the line's width in pixels of
    a picture 480 high; dark float32[L]: how dark the line is, 0 … 1.
    """

    first: np.ndarray
    down: np.ndarray
    at: np.ndarray
    width: np.ndarray
    dark: np.ndarray


def find_edges(
    layers: Layers, rays: np.ndarray, width: int, height: int, footprint: float, weight_at: float
) -> tuple[Edges, np.ndarray]:
    """The edges of a picture, half-way where only rays can tell, and how they do: uint8[L], see ``_PERSON``.

    ``footprint``: how wide a pixel is a metre away; ``weight_at``: how far away lines begin to thin out, metres.
    """
    first, down, by, wide, dark, at = _links(
        layers.light, layers.entity, layers.group, layers.paint, rays, width, height,
        np.float32(footprint), np.float32(weight_at),
    )  # fmt: skip
    return Edges(first, down, at, wide, dark), by


def refine(
    edges: Edges, by: np.ndarray, layers: Layers, rays: np.ndarray, width: int, eye: np.ndarray,
    people: Scene | None, faces: Faces, known: np.ndarray | None = None,
) -> None:  # fmt: skip
    """Find out with rays where on each link the edge lies; writes ``edges.at``.

    ``known`` float32[2, H · W], right and down, is filled with what was found within the set, and read where it is
    not NaN: give it again while nothing but people moves.
    """
    of_people = np.flatnonzero(by < _SET)
    of_set = np.flatnonzero((by == _SET) | (by == _FIXED))
    down, fixed = edges.down.astype(np.int8), np.flatnonzero(by == _FIXED)
    if known is not None:
        edges.at[fixed] = np.nan_to_num(known[down[fixed], edges.first[fixed]], nan=0.5)
        of_set = of_set[(by[of_set] != _FIXED) | np.isnan(known[down[of_set], edges.first[of_set]])]
    eye = eye.astype(np.float32)
    if people is not None and len(of_people):
        solid = people.solid
        paints = paint_of(solid)

        def sides_of_people(links: np.ndarray, between: np.ndarray) -> np.ndarray:
            face, u, v = people.hits(eye, between)
            return _sides_of_people(
                edges.first[links], edges.down[links], by[links], face, u, v, width, eye, layers.light, layers.entity,
                layers.paint, solid.vertices, solid.normals, solid.faces, paints,
            )  # fmt: skip

        _halve(edges, of_people, rays, width, sides_of_people)
    if len(of_set):

        def sides_of_set(links: np.ndarray, between: np.ndarray) -> np.ndarray:
            face = faces.met(eye, between)
            return _sides_of_set(
                edges.first[links], edges.down[links], face, width, eye, between, layers.light, layers.entity,
                layers.group, faces.plane, faces.normal, faces.offset,
            )  # fmt: skip

        _halve(edges, of_set, rays, width, sides_of_set)
        if known is not None:
            known[down[fixed], edges.first[fixed]] = edges.at[fixed]


def _halve(
    edges: Edges, links: np.ndarray, rays: np.ndarray, width: int, sides: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> None:
    at = np.full(len(links), 0.5, np.float32)
    step = np.float32(0.25)
    for _ in range(FINE):
        between = _between(edges.first[links], edges.down[links], at, rays, width)
        at += step * sides(links, between)
        step = step / np.float32(2)
    edges.at[links] = at


# How a link is told apart, by what the ray between meets.
# Anybody at all; which surface of somebody; which plane of the set, at somebody's edge and within the set; or known
# already, since two planes meet there.
_PERSON, _SURFACE, _SET, _FIXED, _MET = 0, 1, 2, 3, 4

_ZERO, _ONE, _HALF = np.float32(0), np.float32(1), np.float32(0.5)
_JUMP_PIXELS, _JUMP_LEAST = np.float32(3.0), np.float32(0.014)
_CREASE = np.float32(0.80)
_HARD = np.float32(0.35)
_SAME_PLANE = np.float32(1e-4)
# Half the widths of lines and how dark they are: outlines first, then jumps, folds, borders of colour.
_OUTLINE, _OUTLINE_DARK, _SET_OUTLINE = np.float32(0.95), np.float32(0.86), np.float32(0.5)
_JUMP, _JUMP_MORE, _JUMP_SET, _QUARTER = np.float32(0.5), np.float32(0.15), np.float32(0.35), np.float32(0.25)
_FOLD, _FOLD_MORE, _FOLD_DARK, _FOLD_DARKER = (np.float32(x) for x in (0.32, 0.13, 0.15, 0.30))
_BORDER, _BORDER_DARK, _BORDER_SET = np.float32(0.35), np.float32(0.42), np.float32(0.22)


@compiled
def _inner(
    light: np.ndarray, rays: np.ndarray, p: int, q: int, people: bool, painted: bool, footprint: Any
) -> Any:  # fmt: skip
    """Half the width and the darkness of a line within one thing: where it jumps, bends, or is of another colour.

    It jumps where each pixel lies off the other's plane.
    """
    near, far = light[p, DEPTH], light[q, DEPTH]
    before, behind, bend = _ZERO, _ZERO, _ZERO
    for axis in range(3):
        way = rays[q, axis] * far - rays[p, axis] * near
        before += light[p, NORMAL + axis] * way
        behind += light[q, NORMAL + axis] * way
        bend += light[p, NORMAL + axis] * light[q, NORMAL + axis]
    off = min(abs(before), abs(behind))
    gap = max(_JUMP_PIXELS * footprint * min(near, far), _JUMP_LEAST)
    if off > gap:
        ramp = min(off / gap - _ONE, _ONE)
        if people:
            return _JUMP + _JUMP_MORE * ramp, _JUMP + _QUARTER * ramp
        return _JUMP, _JUMP_SET + _QUARTER * ramp
    if bend < _CREASE:
        sharp = min((_CREASE - bend) / (_CREASE - _HARD), _ONE)
        return _FOLD + _FOLD_MORE * sharp, _FOLD_DARK + _FOLD_DARKER * sharp
    if painted:
        return _BORDER, _BORDER_DARK if people else _BORDER_SET
    return _ZERO, _ZERO


@compiled
def _meeting(light: np.ndarray, rays: np.ndarray, p: int, q: int) -> Any:
    """Where between two pixels their planes meet, 0 … 1; −1 where they do not.

    Along a row of pixels a plane is linear in inverse depth.
    """
    own, own_there, other, other_here = _ZERO, _ZERO, _ZERO, _ZERO
    for axis in range(3):
        n, m = light[p, NORMAL + axis], light[q, NORMAL + axis]
        own += n * rays[p, axis]
        own_there += n * rays[q, axis]
        other += m * rays[q, axis]
        other_here += m * rays[p, axis]
    near, far = _ONE / light[p, DEPTH], _ONE / light[q, DEPTH]
    here = near - far * other_here / other  # of the first plane beyond the second, at the first pixel …
    there = near * own_there / own - far  # … and at the second
    if here * there >= _ZERO or abs(here) + abs(there) < _SAME_PLANE * near:
        return -_ONE
    return here / (here - there)


@compiled
def _links(
    light: np.ndarray, entity: np.ndarray, group: np.ndarray, paint: np.ndarray, rays: np.ndarray, width: int,
    height: int, footprint: Any, weight_at: Any,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    most = width * height // 2
    first, down = np.empty(most, np.int64), np.empty(most, np.bool_)
    by, at = np.empty(most, np.uint8), np.empty(most, np.float32)
    wide, dark = np.empty(most, np.float32), np.empty(most, np.float32)
    count = 0
    for y in range(height):
        for x in range(width):
            p = y * width + x
            own, mine = group[p], entity[p]
            for axis in range(2):
                if axis == 0:
                    if x == width - 1:
                        continue
                    q = p + 1
                else:
                    if y == height - 1:
                        continue
                    q = p + width
                if own == group[q] and own >= -1:  # one plane of the set, or the sky
                    continue
                if count >= most:
                    continue
                other = entity[q]
                near, far = light[p, DEPTH], light[q, DEPTH]
                closest = min(near, far)
                # Lines are thinner and paler in the distance.
                weight = min(math.sqrt(weight_at / closest), _ONE)
                people = mine > 0 or other > 0
                line, strength = _ZERO, _ZERO
                if mine != other and (people or SKY in (mine, other)):
                    line, strength = (_OUTLINE, _OUTLINE_DARK) if people else (_SET_OUTLINE, _HALF)
                else:
                    line, strength = _inner(light, rays, p, q, people, paint[p] != paint[q], footprint)
                    if line <= _ZERO:
                        continue
                first[count], down[count], at[count] = p, axis == 1, _HALF
                if mine > 0 and other > 0:
                    by[count] = _SURFACE
                elif people:
                    front = near < far if mine > 0 else far < near
                    by[count] = _PERSON if front else _SET
                else:
                    by[count] = _FIXED
                    if SKY not in (mine, other):
                        met = _meeting(light, rays, p, q)
                        if met >= _ZERO:
                            by[count], at[count] = _MET, met
                wide[count] = line * (np.float32(0.4) + np.float32(0.6) * weight)
                dark[count] = strength * (np.float32(0.35) + np.float32(0.65) * weight)
                count += 1
    return first[:count], down[:count], by[:count], wide[:count], dark[:count], at[:count]


@compiled
def _between(first: np.ndarray, down: np.ndarray, at: np.ndarray, rays: np.ndarray, width: int) -> np.ndarray:
    """Unit rays between the two pixels of each link, float32[L, 3]."""
    found = np.empty((len(first), 3), np.float32)
    for index in range(len(first)):
        p = first[index]
        q = p + width if down[index] else p + 1
        t = at[index]
        x = rays[p, 0] * (_ONE - t) + rays[q, 0] * t
        y = rays[p, 1] * (_ONE - t) + rays[q, 1] * t
        z = rays[p, 2] * (_ONE - t) + rays[q, 2] * t
        length = math.sqrt(x * x + y * y + z * z)
        found[index, 0], found[index, 1], found[index, 2] = x / length, y / length, z / length
    return found


@compiled
def _sides_of_people(
    first: np.ndarray, down: np.ndarray, by: np.ndarray, face: np.ndarray, us: np.ndarray, vs: np.ndarray, width: int,
    eye: np.ndarray, light: np.ndarray, entity: np.ndarray, paint: np.ndarray, vertices: np.ndarray,
    normals: np.ndarray, corners: np.ndarray, paints: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """float32[L]: 1 where the ray between met what the first pixel shows (the edge lies beyond it), else -1."""
    sides = np.empty(len(first), np.float32)
    for index in range(len(first)):
        p, f = first[index], face[index]
        q = p + width if down[index] else p + 1
        if by[index] == _PERSON:
            sides[index] = _ONE if (f != MISS) == (entity[p] > 0) else -_ONE
            continue
        if f == MISS:  # a gap between two people: neither
            sides[index] = _ZERO
            continue
        if paint[p] != paint[q]:
            if paints[f] == paint[p]:
                sides[index] = _ONE
                continue
            if paints[f] == paint[q]:
                sides[index] = -_ONE
                continue
        u, v = us[index], vs[index]
        w = _ONE - u - v
        a, b, c = corners[f, 0], corners[f, 1], corners[f, 2]
        near, far = light[p, DEPTH], light[q, DEPTH]
        if abs(near - far) > np.float32(0.01) * near:
            square = _ZERO
            for axis in range(3):
                place = vertices[a, axis] * w + vertices[b, axis] * u + vertices[c, axis] * v - eye[axis]
                square += place * place
            depth = math.sqrt(square)
            sides[index] = _ONE if abs(depth - near) < abs(depth - far) else -_ONE
            continue
        to_first, to_second = _ZERO, _ZERO
        for axis in range(3):
            normal = normals[a, axis] * w + normals[b, axis] * u + normals[c, axis] * v
            to_first += normal * light[p, NORMAL + axis]
            to_second += normal * light[q, NORMAL + axis]
        sides[index] = _ONE if to_first > to_second else -_ONE
    return sides


@compiled
def _sides_of_set(
    first: np.ndarray, down: np.ndarray, face: np.ndarray, width: int, eye: np.ndarray, between: np.ndarray,
    light: np.ndarray, entity: np.ndarray, group: np.ndarray, plane: np.ndarray, normals: np.ndarray,
    offsets: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """As ``_sides_of_people``, where the ray went through the set alone."""
    sides = np.empty(len(first), np.float32)
    for index in range(len(first)):
        p, f = first[index], face[index]
        q = p + width if down[index] else p + 1
        met = plane[f] if f != MISS else -1
        if met == group[p]:
            sides[index] = _ONE
        elif met == group[q]:
            sides[index] = -_ONE
        elif entity[p] > 0:
            sides[index] = _ONE
        elif entity[q] > 0:
            sides[index] = -_ONE
        elif f == MISS:
            sides[index] = _ZERO
        else:
            distance, facing = offsets[f], _ZERO
            for axis in range(3):
                distance -= normals[f, axis] * eye[axis]
                facing += normals[f, axis] * between[index, axis]
            depth = distance / facing
            sides[index] = _ONE if abs(depth - light[p, DEPTH]) < abs(depth - light[q, DEPTH]) else -_ONE
    return sides
