"""A setup: everything that a framing is chosen by, and how good a framing is."""

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from render.previz.camera.clearance import NEAR, Crowd, surroundings, walls_out
from render.previz.camera.fit import on_film
from render.previz.camera.path import Framing, View
from render.previz.camera.subject import Body
from render.previz.camera.things import Thing
from render.previz.sets.design import SetDesign
from render.request import Stage
from storyboard.camera import LENSES, Camera, ShotSize

GOOD = 2.0  # trouble that is none: the first framing with less is taken
_WIDE = 16 / 9  # the aspect for which lenses are named
_SPARSE = 23  # of a figure's vertices, one in so many says where it is
_LEAST_SIDE = 0.15  # metres that the camera keeps from the line of action


Proposal = tuple[float, Callable[[], Framing]]
"""A framing, made when it is asked for, and what is held against it."""


@dataclass(frozen=True)
class Setup:
    """The shot at its key moment, before the camera has found its place."""

    camera: Camera
    stage: Stage
    design: SetDesign
    bodies: dict[str, Body]  # who is seen
    things: tuple[Thing, ...]
    marks: dict[str, np.ndarray]  # of everybody in the scene, float64[2]
    aspect: float
    path: Callable[[Framing], list[View]]  # the views that a framing's moves lead through
    passing: tuple[Thing, ...] = ()  # the props again, where they are at other times of the shot
    going: frozenset[str] = frozenset()  # who is on their way at the key moment

    @property
    def size(self) -> ShotSize:
        return self.camera.size or ShotSize.MS

    @property
    def said(self) -> bool:
        """Whether the lens is one that somebody asked for, and not the usual one of the size."""
        return self.camera.lens_mm not in (None, LENSES[self.size])

    @property
    def focal(self) -> float:
        """The focal length in mm that the shot begins with: narrow pictures are cut out of a wide one."""
        return (self.camera.lens_mm or LENSES[self.size]) * max(1.0, _WIDE / self.aspect)

    @property
    def aside(self) -> np.ndarray:
        """From the line of action to the camera's side of it, float64[2], unit length."""
        line = self.line
        if line is None:
            return np.array((0.0, -float(self.stage.side)))
        way = line[1] - line[0]
        across = np.array((way[1], -way[0])) / max(float(np.hypot(*way)), 1e-9)
        if across[1] > 1e-6:  # sets are built to be seen from −y
            across = -across
        return across * self.stage.side

    @property
    def line(self) -> np.ndarray | None:
        """Two points of the scene's line of action, float64[2, 2]: its first two people. None for one alone."""
        first = list(self.marks.values())[:2]
        return np.stack(first) if len(first) == 2 else None

    def keeps_side(self, view: View) -> bool:
        """Whether a view is from the camera's side of the line."""
        line = self.line
        return line is None or float((view.position[:2] - line[0]) @ self.aside) > _LEAST_SIDE

    @functools.cached_property
    def crowd(self) -> Crowd:
        """Everybody and everything that may stand in the way."""
        return Crowd([body for name, body in self.bodies.items() if name != self.camera.pov_of], self.things)


@dataclass(frozen=True)
class Wanted:
    """Somebody or something that a framing must show: points float64[N, 3]."""

    name: str

    must: np.ndarray
    may: np.ndarray
    lone: bool = False  # nobody else belongs before the subject


def trouble(setup: Setup, framing: Framing, wanted: Sequence[Wanted], *, any_side: bool = False) -> float:
    """How bad a framing is: 0 for one that shows all it must from where a camera can be."""
    views = setup.path(framing)
    place = surroundings(setup.design, walls_out(setup.design, views))
    eye = framing.view.position
    shown = [(each.name, each.must, 100.0) for each in wanted]
    shown += [(each.name, each.may[_in_frame(framing, each.may)], 30.0) for each in wanted]
    points = np.concatenate([points for _, points, _ in shown])
    counts = [len(points) for _, points, _ in shown]
    whose = np.repeat([name for name, _, _ in shown], counts)
    hidden = place.hidden(eye, points) | setup.crowd.hidden(eye, points, whose)
    parts = np.split(hidden, np.cumsum(counts)[:-1])
    cost = sum(weight * float(part.mean()) for (_, _, weight), part in zip(shown, parts, strict=True) if len(part))
    cost = cost / max(len(wanted), 1) + sum(15.0 * _intruders(setup, framing, each) for each in wanted if each.lone)
    cost += 40.0 * _void(setup.design, framing.view, framing.aspect)
    for view in views:
        away, inside = place.around(view.position)
        near = min(away, setup.crowd.nearest(view.position))
        cost += 80.0 * inside + 60.0 * max(0.0, NEAR - near) / NEAR
        if not any_side and not setup.keeps_side(view):
            cost += 40.0
    return cost


def _void(design: SetDesign, view: View, aspect: float) -> float:
    """How much of the frame's edge looks past a room from outside it."""
    if not design.walls:
        return 0.0
    half = 18.0 / view.focal
    edge = [(x, y) for x in (-1.0, 0.0, 1.0) for y in (-1.0, 0.0, 1.0) if x or y]
    rays = np.array([(x * half, y * half / aspect, 1.0) for x, y in edge]) @ view.rotation.T
    near, far = np.zeros(len(rays)), np.full(len(rays), np.inf)
    for wall in design.walls:
        out = -np.array(wall.normal)
        speed, gap = rays[:, :2] @ out, wall.distance - float(view.position[:2] @ out)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = gap / speed
        far = np.where(speed > 1e-9, np.minimum(far, at), far)
        near = np.where(speed < -1e-9, np.maximum(near, at), near)
        if gap < 0:
            far = np.where(np.abs(speed) <= 1e-9, -1.0, far)
    return float((near > far).mean())


def _in_frame(framing: Framing, points: np.ndarray) -> np.ndarray:
    if not len(points):
        return np.zeros(0, bool)
    x, y, depth = on_film(framing.view, points, framing.aspect).T
    return (np.abs(x) < framing.aspect / 2) & (np.abs(y) < 0.5) & (depth > 0.06)


def _intruders(setup: Setup, framing: Framing, wanted: Wanted) -> int:
    """How many others stand in the picture nearer to the lens than what it is about."""
    count = 0
    for name, body in setup.bodies.items():
        if name in (wanted.name, setup.camera.pov_of):
            continue
        points = body.solid.vertices[::_SPARSE]
        depth = (points - framing.view.position) @ framing.view.rotation[:, 2]
        count += bool((_in_frame(framing, points) & (depth < 0.94 * framing.distance)).any())
    return count


def best(
    setup: Setup,
    framings: Iterable[Proposal],
    wanted: Sequence[Wanted],
    *,
    any_side: bool = False,
    extra: Callable[[Framing], float] | None = None,
) -> Framing:
    """The first framing without trouble, else the one with least. Each comes with what is held against it."""
    found: tuple[float, Framing] | None = None
    for penalty, make in framings:
        if found is not None and penalty >= found[0]:
            continue
        framing = make()
        cost = trouble(setup, framing, wanted, any_side=any_side) + (extra(framing) if extra else 0.0)
        if found is None or cost + penalty < found[0]:
            found = (cost + penalty, framing)
        if cost < GOOD:
            break
    assert found is not None
    return found[1]
