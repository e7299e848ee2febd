"""Fitting a shot to what a generator makes: its sizes, its frame rates, its lengths. Pure.

A shot is planned at the film's size and rate. What the model does not make is made near: the picture is conformed
in the cut, a longer shot is made of pieces of which each goes on from the last frame of the one before, and frames
that a clip must have beyond the shot are handles. What of it a person should know, ``conformed`` says in words.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from render.fitted import fitted
from render.generators.base import Capabilities
from render.request import Request

CROP = Fraction(1, 20)
"""How far two shapes may differ for the picture to be cropped to the film's; beyond it gets bars."""


def fit(request: Request, can: Capabilities, *, continued: bool, follows: bool) -> Request:
    """The request in the generator's terms: a size, a rate and a length that it makes.

    ``follows``: the shot goes on from another's last frame. ``continued``: another goes on from this one, so that
    it may have no frame beyond its end.
    """
    size = size_for(request.width, request.height, can)
    rate = rate_for(request.rate, can)
    same = size == (request.width, request.height) and rate == request.rate
    at_rate = request if same else fitted(request, size=size, rate=rate)
    if continued:
        return at_rate
    frames = sum(pieces(at_rate.frames, can, follows=follows))
    return at_rate if frames == at_rate.frames else fitted(at_rate, frames=frames)


def size_for(width: int, height: int, can: Capabilities) -> tuple[int, int]:
    """The size nearest to the film's that the generator makes: of its shape, and no smaller where one is there."""
    shape = Fraction(width, height)
    if can.sizes:
        return min(can.sizes, key=lambda size: (_apart(Fraction(*size), shape), _short(size, width, height), size))
    if width % can.multiple == 0 and height % can.multiple == 0 and not _too_large(width, height, can):
        return width, height
    area = min(width * height, can.max_pixels or width * height)
    scale = math.sqrt(area / (width * height))
    sides = (
        (wide, tall) for wide in _near(width * scale, can.multiple) for tall in _near(height * scale, can.multiple)
    )
    made = [size for size in sides if not _too_large(*size, can)]

    def off(size: tuple[int, int]) -> float:
        return _apart(Fraction(*size), shape) + abs(size[0] * size[1] / area - 1)

    return min(made, key=lambda size: (off(size), size), default=(can.multiple, can.multiple))


def _near(side: float, step: int) -> list[int]:
    below = math.floor(side / step) * step
    return [each for each in (below - step, below, below + step) if each >= step]


def _too_large(width: int, height: int, can: Capabilities) -> bool:
    return can.max_pixels is not None and width * height > can.max_pixels


def _apart(one: Fraction, other: Fraction) -> float:
    return abs(math.log(one / other))


def _short(size: tuple[int, int], width: int, height: int) -> float:
    """How a size of the right shape is ranked: the smallest that is large enough, else the largest."""
    area, wanted = size[0] * size[1], width * height
    return area / wanted if area >= wanted else 1e6 * wanted / area


def rate_for(rate: Fraction, can: Capabilities) -> Fraction:
    """The nearest frame rate that the generator makes."""
    if not can.rates or rate in can.rates:
        return rate
    return min(can.rates, key=lambda each: (_apart(each, rate), -each))


def clip_length(frames: int, can: Capabilities) -> int:
    """The shortest clip that the generator makes of at least so many frames."""
    wanted = max(frames, can.min_frames)
    return can.base + can.step * -(-(wanted - can.base) // can.step)


def longest_clip(can: Capabilities) -> int | None:
    """The longest clip that the generator makes, or None where there is no longest."""
    if can.max_frames is None:
        return None
    return can.base + can.step * ((can.max_frames - can.base) // can.step)


def pieces(frames: int, can: Capabilities, *, follows: bool = False) -> list[int]:
    """The lengths of the pieces that a take of at least so many frames is made of, as few and as equal as can be.

    What a piece shows twice (the frame that it goes on from, where the model ``repeats`` it) is not counted.
    """
    longest = longest_clip(can)
    count = 1
    while longest is not None and _most(count, longest, can, follows=follows) < frames:
        count += 1
    twice = [can.repeats and (follows or index > 0) for index in range(count)]
    own = [can.base - each for each in twice]  # what a piece of no step at all would show
    steps = -(-(frames - sum(own)) // can.step)
    least = max(0, -(-(can.min_frames - can.base) // can.step))
    steps = max(steps, count * least)
    dealt = [steps * (index + 1) // count - steps * index // count for index in range(count)]
    return [can.step * some + each for some, each in zip(dealt, own, strict=True)]


def _most(count: int, longest: int, can: Capabilities, *, follows: bool) -> int:
    return count * longest - can.repeats * (count - 1 + follows)


def asked_of(request: Request, can: Capabilities) -> int:
    """How many frames a model is asked for, that a request's can be taken from them: those after ``shown_twice``."""
    return clip_length(request.frames + shown_twice(request, can), can)


def shown_twice(request: Request, can: Capabilities) -> int:
    """How many frames at the beginning of the model's clip were seen already: none, or the one that it goes on from."""
    return int(can.repeats and request.continues and request.first_frame is not None)


def conformed(film: Request, made: Request, can: Capabilities) -> list[str]:
    """What a person should know of a shot's fit, in words: how it is made otherwise than the film asks."""
    said: list[str] = []
    if (made.width, made.height) != (film.width, film.height):
        size = f"{made.width}×{made.height}"
        said.append(f"is made at {size} and {_conform(film, made)} {film.width}×{film.height}")
    if made.rate != film.rate:
        said.append(f"is made at {_number(made.rate)} frames a second and shown at {_number(film.rate)}")
    longest = longest_clip(can)
    if longest is not None and made.frames > longest:
        count = len(pieces(made.frames, can, follows=made.continues))
        said.append(f"is made of {count} pieces, the model’s longest clip being {longest} frames")
    return said


def _conform(film: Request, made: Request) -> str:
    return "cropped and scaled to" if cropped((made.width, made.height), (film.width, film.height)) else "put in"


def cropped(size: tuple[int, int], into: Sequence[int]) -> bool:
    """Whether a picture is so near to the film's shape that it is cropped to it; else it gets bars."""
    return _apart(Fraction(*size), Fraction(into[0], into[1])) <= math.log(1 + CROP)


def _number(rate: Fraction) -> str:
    return str(rate.numerator) if rate.denominator == 1 else f"{float(rate):.3f}"
