"""Postures: how the body is held when it stands, sits, crouches, kneels or lies. Lengths are shares of the height."""

from dataclasses import dataclass, fields

from render.previz.figures.skeleton import HIP, NONE, Pair

_SOFT = 0.066  # from the hip joint down to what one sits on

Foot = tuple[float, float, float]  # forwards, outwards, pitch in radians (toes up positive)


@dataclass(frozen=True)
class Stance:
    """A posture in figures, so that two of them can be mixed."""

    hips: float = HIP - 0.004  # height of the hip joints; the knees are never quite straight
    back: float = 0.0  # how far the hips are behind the middle of the feet
    lean: float = 0.0  # radians, forwards
    flat: float = 0.0  # radians, the whole body tipped forwards
    free: float = 0.0  # 0: the feet stand where they are put; 1: the legs hang as the angles say
    thighs: Pair = NONE
    knees: Pair = NONE
    left: Foot = (0.018, 0.056, 0.0)
    right: Foot = (-0.014, 0.056, 0.0)
    arms: Pair = (0.03, 0.03)
    spread: Pair = (0.05, 0.05)
    elbows: Pair = (0.20, 0.20)
    nod: float = 0.0


def stance(posture: str, height: float, seat: float) -> Stance:
    """The stance of a posture; ``seat`` is how high what one sits or lies on is, metres; 0 is the ground."""
    if posture == "sit" and seat > 0.15:
        return Stance(
            hips=seat / height + _SOFT, back=0.235, lean=-0.05, arms=(0.30, 0.30), spread=(0.08, 0.08),
            elbows=(0.85, 0.85), left=(0.0, 0.062, 0.0), right=(0.015, 0.062, 0.0),
        )  # fmt: skip
    if posture == "sit":
        return Stance(
            hips=0.080 + seat / height, back=0.30, lean=0.22, arms=(0.80, 0.80), spread=(0.10, 0.10),
            elbows=(0.55, 0.55), left=(0.0, 0.060, 0.0), right=(0.03, 0.060, 0.0),
        )  # fmt: skip
    if posture == "kneel":
        return Stance(
            hips=0.295, back=0.0, lean=0.06, left=(0.225, 0.058, 0.0), right=(-0.30, 0.055, -1.1),
            arms=(0.35, 0.10), elbows=(0.9, 0.35), spread=(0.10, 0.06),
        )  # fmt: skip
    if posture == "crouch":
        return Stance(
            hips=0.235, back=0.085, lean=0.52, left=(0.03, 0.075, -0.30), right=(-0.03, 0.075, -0.45),
            arms=(0.75, 0.75), spread=(0.15, 0.15), elbows=(0.7, 0.7), nod=-0.35,
        )  # fmt: skip
    if posture == "lie":
        return Stance(
            hips=0.075 + seat / height, back=0.46, flat=-1.5708, free=1.0, thighs=(0.02, 0.10), knees=(0.03, 0.20),
            arms=(0.02, 0.02), spread=(0.22, 0.20), elbows=(0.18, 0.25), nod=0.12,
        )  # fmt: skip
    return Stance()


def mixed(one: Stance, two: Stance, share: float) -> Stance:
    """Between two stances."""

    def between(a: float | tuple[float, ...], b: float | tuple[float, ...]) -> float | tuple[float, ...]:
        if isinstance(a, tuple) and isinstance(b, tuple):
            return tuple(x + (y - x) * share for x, y in zip(a, b, strict=True))
        assert not isinstance(a, tuple)
        assert not isinstance(b, tuple)
        return a + (b - a) * share

    values = {f.name: between(getattr(one, f.name), getattr(two, f.name)) for f in fields(Stance)}
    if one.free != two.free:  # down on the seat first, then back, and the legs last; up again the other way round
        lying, other = (two, one) if two.free > one.free else (one, two)
        down = share if two.free > one.free else 1 - share
        values["flat"] = other.flat + (lying.flat - other.flat) * _late(down, 0.15, 0.85)
        values["free"] = _late(down, 0.55, 1.0)
    return Stance(**values)  # type: ignore[arg-type]


def _late(share: float, begins: float, ends: float) -> float:
    return min(max((share - begins) / (ends - begins), 0.0), 1.0)
