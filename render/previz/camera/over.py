"""Framings from where somebody is: over a shoulder, and through somebody's eyes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from render.previz.camera.fit import Need, from_direction, from_position, on_film
from render.previz.camera.path import Framing, View
from render.previz.camera.setup import Proposal, Setup, Wanted, best
from render.previz.camera.sizes import HEIGHTS, LEAST_HEIGHT, PITCH
from render.previz.camera.subject import Body
from storyboard.camera import Angle

_SHOULDER_LINE = 0.42  # where the near head begins, in half frame widths from the middle
_HEAD_LINE = 0.84  # where the middle of the near head is at least, likewise
_FREE = 0.13  # how far to the free side the other one stands, in frame widths
_EYES = 1.60  # metres: of somebody whose eyes we look through, and of whom no more is known
_BACKS = (0.8, 0.65, 1.0, 0.5, 1.25)  # metres behind somebody's head
_RISES = (0.06, 0.16, -0.04, 0.28)  # metres over somebody's eyes


def over_shoulder(setup: Setup, over: Body, subject: Body, need: Need, wanted: list[Wanted]) -> Framing:
    """Over one person's shoulder on another: the near head stands at the edge of the frame, the face is free."""
    there, here = subject.eyes, over.eyes
    back = (here - there)[:2]
    back = back / max(float(np.hypot(*back)), 1e-6)
    aside = setup.aside - back * (back @ setup.aside)
    if float(np.hypot(*aside)) < 0.2:  # they stand along the camera's axis: any shoulder
        aside = np.array((back[1], -back[0]))
    aside /= np.hypot(*aside)

    def framings() -> Iterator[Proposal]:
        for up, rise in enumerate(_RISES):
            for far, behind in enumerate(_BACKS):
                yield 3.0 * up + 2.0 * far, partial(_past, setup, over, subject, need, back * behind, aside, rise)

    return best(setup, framings(), wanted)


def _past(
    setup: Setup, over: Body, subject: Body, need: Need, behind: np.ndarray, aside: np.ndarray, rise: float
) -> Framing:
    """Behind somebody, and as far beside them as brings the near head to the edge of the frame."""
    head = over.at(0.93)
    lens = max(float(over.eyes[2]) + rise, LEAST_HEIGHT)
    near, far = 0.0, 1.4
    view, target, height, free = _beside(setup, subject, need, head, behind, lens, aside, far)
    for _ in range(18):
        step = (near + far) / 2
        view, target, height, free = _beside(setup, subject, need, head, behind, lens, aside, step)
        x, _, depth = on_film(view, head, setup.aspect)[0]
        half = 0.075 * over.height / depth * view.focal * setup.aspect / 36.0
        inner = (-free * x - half) / (setup.aspect / 2)
        # A small head stands farther out, so that the frame cuts the shoulder.
        line = max(_SHOULDER_LINE, _HEAD_LINE - half / (setup.aspect / 2))
        near, far = (step, far) if inner < line else (near, step)
    rolled = View(view.position, view.yaw, view.pitch, np.radians(setup.camera.dutch), view.focal)
    tall = float(np.linalg.norm(subject.crown - subject.at(0.868))) / height
    reach = 0.16 * subject.height
    return Framing(rolled, target, height, subject.eyes, setup.aspect, reach, need.headroom, tall)


def _beside(
    setup: Setup,
    subject: Body,
    need: Need,
    head: np.ndarray,
    behind: np.ndarray,
    lens: float,
    aside: np.ndarray,
    step: float,
) -> tuple[View, np.ndarray, float, float]:
    """The view from ``step`` metres beside the head, and on which side of the frame the other one has room."""
    spot = head[:2] + behind + aside * step
    position = np.array((*spot, lens))
    way = (subject.eyes - position)[:2]
    free = float(np.sign(way[1] * aside[0] - way[0] * aside[1])) or 1.0
    placed = replace(need, aside=free * _FREE, margin=0.0)
    return *from_position(placed, position, setup.aspect, 16.0, 180.0), free


def point_of_view(setup: Setup, seen: list[Body], need: Need, wanted: list[Wanted]) -> Framing:
    """Through somebody's eyes.

    Where from there no lens shows as much as the size asks for, they stand as far off as it takes, in the same
    direction: who looks down from a lighthouse has their mark beside those that they look at.
    """
    camera = setup.camera
    name = camera.pov_of or ""
    eyes = setup.bodies[name].eyes if name in setup.bodies else np.array((*setup.marks[name], _EYES))
    anchor = np.mean([body.eyes for body in seen], axis=0)
    way = (eyes - anchor)[:2]
    azimuth = float(np.arctan2(way[1], way[0]))
    pitch = PITCH[camera.angle or Angle.LEVEL]
    view, target, height = from_position(need, eyes, setup.aspect, 18.0, 135.0)
    high = camera.height in HEIGHTS and camera.height is not None
    focal = setup.focal
    wanted_height = from_direction(need, azimuth, pitch, focal, setup.aspect)[2]
    stays = abs(height / wanted_height - 1) < 0.08 and not high and abs(pitch) < 0.1

    def framings() -> Iterator[Proposal]:
        if stays:
            yield 0.0, lambda: _seen(setup, (view, target, height), need, seen, anchor)
        lens = HEIGHTS[camera.height] if camera.height in HEIGHTS and camera.height is not None else None
        for far, scale in enumerate((1.0, 0.7, 0.5)):
            for turn, off in enumerate((0.0, 0.3, -0.3, 0.6, -0.6)):
                for up, raised in enumerate((0.0, 0.15)):
                    stood = from_direction(need, azimuth + off, pitch + raised, focal * scale, setup.aspect, lens)
                    yield 6.0 * far + turn + 3.0 * up + 1.0, partial(_seen, setup, stood, need, seen, anchor)

    return best(setup, framings(), wanted, any_side=True)


def _seen(
    setup: Setup, stood: tuple[View, np.ndarray, float], need: Need, seen: list[Body], anchor: np.ndarray
) -> Framing:
    view, target, height = stood
    rolled = View(view.position, view.yaw, view.pitch, np.radians(setup.camera.dutch), view.focal)
    tall = max(float(np.linalg.norm(body.crown - body.at(0.868))) for body in seen) / height
    return Framing(rolled, target, height, anchor, setup.aspect, 0.16 * seen[0].height, need.headroom, tall)
