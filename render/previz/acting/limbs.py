"""Limbs that reach: two bones and a hinge, solved so that a hand or a foot is where it must be.

The triangle of the two bones gives the bend of the hinge by the law of cosines; what is left, a turn about the line
from the first joint to the goal, is settled by where the hinge should point.
"""

import numpy as np

from render.previz.figures.skeleton import REST, angles_of, turned


def _bones(height: float, joint: str, hinge: str, end: str, sign: float) -> tuple[np.ndarray, np.ndarray]:
    flip = np.array((1.0, sign, 1.0)) * height
    a, b, c = (np.array(REST[name]) * flip for name in (joint, hinge, end))
    return b - a, c - b


def _bend(first: np.ndarray, second: np.ndarray, distance: float) -> tuple[float, float]:
    """The hinge's angle at which the bones would lie on each other, and how far from it the end must open."""
    across, turn = float(np.hypot(second[0], second[2])), float(np.arctan2(second[0], second[2]))
    rest = distance**2 - float(first @ first) - float(second @ second) - 2 * first[1] * second[1]
    cosine = np.clip(rest / (2 * first[2] * across), -1.0, 1.0)
    return turn, float(np.arccos(cosine))


def _frame(along: np.ndarray, hinge: np.ndarray) -> np.ndarray:
    one = along / max(float(np.linalg.norm(along)), 1e-9)
    two = hinge - one * (hinge @ one)
    two /= max(float(np.linalg.norm(two)), 1e-9)
    return np.stack([one, two, np.cross(one, two)], axis=1)


def arm_angles(height: float, side: int, goal: np.ndarray, hinge: np.ndarray) -> tuple[float, float, float, float]:
    """Forward, spread, roll and elbow so that the palm is at ``goal``.

    ``goal`` float64[3] is seen from the shoulder and ``hinge`` is the axis that the elbow should turn about (to the
    left where the elbow points back), both in the torso's axes. Side 0 is the left arm. What is too far off is
    pointed at with the arm straight.
    """
    sign = 1.0 if side == 0 else -1.0
    upper, lower = _bones(height, "shoulder", "elbow", "palm", sign)
    distance = float(np.linalg.norm(goal))
    turn, half = _bend(upper, lower, distance)
    elbow = float(np.clip(turn - half, 0.0, 2.55))
    local = upper + turned(elbow, 0.0, 0.0) @ lower
    arm = _frame(goal / max(distance, 1e-9), hinge) @ _frame(local, np.array((0.0, 1.0, 0.0))).T
    fore, aside, about = angles_of(arm)
    return fore, sign * aside, -sign * about, elbow


def leg_angles(height: float, side: int, goal: np.ndarray, knee_to: np.ndarray) -> tuple[float, float, float, float]:
    """Forward, splay, spin and knee so that the ankle is at ``goal``, seen from the hip in the pelvis's axes."""
    sign = 1.0 if side == 0 else -1.0
    thigh, shin = _bones(height, "hip", "knee", "ankle", sign)
    distance = float(np.linalg.norm(goal))
    turn, half = _bend(thigh, shin, distance)
    knee = float(np.clip(2 * np.pi - turn % (2 * np.pi) - half, 0.0, 2.6))  # bends the other way than the elbow
    local = thigh + turned(-knee, 0.0, 0.0) @ shin
    away = goal / max(distance, 1e-9)
    hinge = np.cross(knee_to, away)
    if float(np.linalg.norm(hinge)) < 1e-6:
        hinge = np.array((0.0, 1.0, 0.0))
    leg = _frame(away, hinge) @ _frame(local, np.array((0.0, 1.0, 0.0))).T
    fore, aside, about = angles_of(leg)
    return fore, sign * aside, -sign * about, knee


def reach_of(height: float, joint: str = "shoulder", hinge: str = "elbow", end: str = "palm") -> float:
    """How far a limb reaches, metres."""
    return float(sum(np.linalg.norm(bone) for bone in _bones(height, joint, hinge, end, 1.0)))
