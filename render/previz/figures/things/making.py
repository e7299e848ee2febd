"""What every builder of props works with: the prop's words, its surfaces, and shapes that carry its entity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, finish, names_colour
from render.previz.figures.mesh import Point, rope
from render.previz.figures.things.known import chief_of, part_of
from render.previz.solid import Solid, box, lathe, tube

DARK = Finish((0.035, 0.033, 0.035))
RUBBER = Finish((0.022, 0.022, 0.024))
WHITE = Finish((0.80, 0.79, 0.76))
STEEL = Finish((0.36, 0.38, 0.40), 0.7)
BRASS = Finish((0.48, 0.31, 0.09), 0.7)
PANE = Finish((0.10, 0.15, 0.18), 0.8)
WOOD = Finish((0.19, 0.10, 0.045))
GREEN = Finish((0.09, 0.22, 0.05))
FLAME = Finish((0.98, 0.60, 0.16), 0.0, 1.0)


def prop_text(seen: Seen) -> str:
    """Everything that is said about how a prop looks, in lower case."""
    return " ".join([seen.name, seen.descriptor, *(words for _, words in seen.locked), seen.state or ""]).lower()


def is_lit(seen: Seen) -> bool:
    """Whether the prop gives light in its state."""
    text = prop_text(seen)
    glows = any(finish(words).glow > 0 for _, words in seen.locked)
    return (glows or seen.state in ("lit", "on", "burning")) and not re.search(r"\bunlit\b", text)


@dataclass(frozen=True)
class Making:
    """One prop being built: what its words say, and shapes of it. ``word`` is what the table knew it by."""

    seen: Seen
    entity: int
    word: str = ""

    @property
    def lit(self) -> bool:
        """Whether it gives light."""
        return is_lit(self.seen)

    def says(self, *words: str) -> bool:
        """Whether one of these words stands in what is said of it."""
        text = prop_text(self.seen)
        return any(re.search(rf"\b{re.escape(word)}s?\b", text) for word in words)

    def part(self, names: str, default: str | Finish) -> Finish:
        """A surface of its own: what the locked words of these parts say, else ``default``."""
        if number := part_of(self.seen.locked, names):
            usual = "#9a9a96" if isinstance(default, Finish) else default
            return replace(finish(self.seen.locked[number - 1][1], usual), part=number)
        return finish("", default) if isinstance(default, str) else default

    def main(self, default: str, names: str = "", apart: str = "") -> Finish:
        """Its chief surface: the locked words of its body, else the first locked colour that it may show.

        ``names``: what its body is called beside; ``apart``: parts that have surfaces of their own. Where no words are
        locked, its descriptor or its name gives the colour, else ``default``.
        """
        if number := chief_of(self.seen.locked, self.word, names, apart):
            return replace(finish(self.seen.locked[number - 1][1], default), part=number)
        for text in (self.seen.descriptor, self.seen.name):
            without = re.sub(rf"\b{re.escape(self.word)}s?\b", " ", text.lower()) if self.word else text
            if names_colour(without):
                return finish(without, default)
        return finish("", default)

    def box(self, size: Point, at: Point, look: Finish, turn: np.ndarray | None = None) -> Solid:
        """A box with these extents, its middle at ``at``."""
        return box(size, at, look, self.entity, turn)

    def ball(self, radii: Point | float, at: Point, look: Finish, detail: int = 10) -> Solid:
        """A ball or an ellipsoid."""
        sizes = (radii, radii, radii) if isinstance(radii, (int, float)) else radii
        tips = np.linspace(-np.pi / 2, np.pi / 2, max(round(0.5 * detail), 3) + 2)[1:-1]
        rows = [
            (sizes[2] * float(np.sin(t)), 0.0, sizes[0] * float(np.cos(t)), sizes[1] * float(np.cos(t))) for t in tips
        ]
        low, high = (-sizes[2], 0.0, 1e-5, 1e-5), (sizes[2], 0.0, 1e-5, 1e-5)
        matrix = np.eye(4)
        matrix[:3, 3] = at
        return lathe([low, *rows, high], look, self.entity, detail=max(detail, 6), ends=(False, False)).moved(matrix)

    def tube(
        self, start: Point, end: Point, radius: float, look: Finish, top: float | None = None, detail: int = 10
    ) -> Solid:
        """A tube; ``top`` is its radius at ``end``."""
        return tube(start, end, radius, look, self.entity, top=top, detail=detail)

    def turned(
        self, rows: Sequence[tuple[float, float]], look: Finish, at: tuple[float, float] = (0, 0), detail: int = 14
    ) -> Solid:
        """Turned on a lathe: ``rows`` are height and radius."""
        solid = lathe([(z, 0.0, r, r) for z, r in rows], look, self.entity, detail=detail)
        matrix = np.eye(4)
        matrix[:2, 3] = at
        return solid.moved(matrix)

    def rope(
        self, points: Sequence[Point] | np.ndarray, radius: float | Sequence[float], look: Finish, detail: int = 6
    ):
        """A round cord along points."""
        return rope(np.asarray(points, float), np.asarray(radius, float), look, self.entity, detail)

    def ring(
        self,
        at: Point,
        radius: float,
        thick: float,
        look: Finish,
        axis: str = "z",
        *,
        points: int = 16,
        detail: int = 6,
    ) -> Solid:
        """A ring round the axis through ``at``."""
        turns = np.linspace(0, 2 * np.pi, points + 1)
        flat = np.zeros_like(turns)
        c, s = radius * np.cos(turns), radius * np.sin(turns)
        line = np.stack({"z": (c, s, flat), "y": (c, flat, s), "x": (flat, c, s)}[axis], -1) + at
        return self.rope(line, thick, look, detail)

    def arc(
        self, at: Point, radii: tuple[float, float], thick: float, look: Finish, axis: str = "x", points: int = 9
    ) -> Solid:
        """A handle: half an ellipse up over ``at``, across the axis; ``radii`` are its half width and its height."""
        turns = np.linspace(0, np.pi, points)
        c, s, flat = radii[0] * np.cos(turns), radii[1] * np.sin(turns), 0 * turns
        return self.rope(np.stack((flat, c, s) if axis == "x" else (c, flat, s), -1) + at, thick, look, 5)

    def slab(
        self, outline: Sequence[tuple[float, float]], low: float, high: float, look: Finish, axis: str = "y"
    ) -> Solid:
        """A plate with this outline, from ``low`` to ``high`` along ``axis``.

        The outline is of (x, z) across y, (x, y) across z, (y, z) across x, and seen whole from its middle.
        """
        points = np.asarray(outline, float)
        order = {"y": (0, 2), "z": (0, 1), "x": (1, 2)}[axis]
        around = 3 - sum(order)
        area = np.sum(points[:, 0] * np.roll(points[:, 1], -1) - np.roll(points[:, 0], -1) * points[:, 1])
        if (area > 0) == (axis == "y"):
            points = points[::-1]
        rings = np.zeros((2, len(points), 3))
        rings[:, :, order] = points
        rings[0, :, around], rings[1, :, around] = low, high
        from render.previz.solid import skin

        return faceted(skin(rings, look, self.entity))

    def legs(self, x: float, y: float, high: float, radius: float, look: Finish) -> list[Solid]:
        """Four legs."""
        return [
            self.tube((i * x, j * y, 0), (i * x, j * y, high), radius, look, detail=6) for i in (-1, 1) for j in (-1, 1)
        ]

    def wheel(self, x: float, y: float, radius: float, wide: float, look: Finish | None = None) -> list[Solid]:
        """A wheel that rolls along x, with its hub."""
        tyre = self.tube((x, y - wide / 2, radius), (x, y + wide / 2, radius), radius, look or RUBBER, detail=18)
        hub = self.tube((x, y - 0.53 * wide, radius), (x, y + 0.53 * wide, radius), 0.5 * radius, STEEL, detail=10)
        return [tyre, hub]

    def spoked(
        self, x: float, radius: float, thick: float, rim: Finish, spokes: int = 8, y: float = 0.0
    ) -> list[Solid]:
        """A wheel with spokes that rolls along x."""
        ends = [
            (x + radius * float(np.cos(a)), y, radius + radius * float(np.sin(a)))
            for a in np.linspace(0, np.pi, spokes // 2, endpoint=False)
        ]
        bars = [self.tube(end, (2 * x - end[0], y, 2 * radius - end[2]), 0.25 * thick, STEEL, detail=4) for end in ends]
        return [self.ring((x, y, radius), radius - thick, thick, rim, "y", points=20, detail=5), *bars]


def faceted(solid: Solid) -> Solid:
    """The same solid with hard edges: every face has corners of its own."""
    corners = solid.vertices[solid.faces]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
    return replace(
        solid,
        vertices=corners.reshape(-1, 3).astype(np.float32),
        normals=np.repeat(across, 3, axis=0).astype(np.float32),
        faces=np.arange(3 * len(corners), dtype=np.int32).reshape(-1, 3),
        rest=solid.rest[solid.faces].reshape(-1, 3),
    )


def round_outline(
    rx: float, ry: float, at: tuple[float, float] = (0.0, 0.0), points: int = 16
) -> list[tuple[float, float]]:
    """An ellipse as an outline."""
    turns = 2 * np.pi * np.arange(points) / points
    return [(at[0] + rx * float(np.cos(a)), at[1] + ry * float(np.sin(a))) for a in turns]
