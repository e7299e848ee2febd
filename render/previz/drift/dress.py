"""What is changed on built figures, props and sets: colours, proportions, parts."""

from dataclasses import dataclass, field, replace

import numpy as np

from characters.seen import Seen
from render.previz.colour_space import ciede2000, lab_of, rgb_of
from render.previz.drift.draw import HONEST_COLOUR, Fault
from render.previz.drift.extras import TRUNK, on_figure, on_prop
from render.previz.drift.kinds import Kind
from render.previz.drift.parts import is_odd_head
from render.previz.figures.figure import Figure
from render.previz.sets.design import DRESSING, Piece, SetDesign
from render.previz.solid import Solid
from storyboard.hashing import seed_from

TOO_MUCH = 100  # from this part number on nobody promised what is seen
_NECK = 0.86  # of a person's height: a head grows and shrinks about it


@dataclass(frozen=True)
class Dress:
    """The faults of people, props and place that are to be seen, and the seed by which all colours vary a little."""

    faults: tuple[Fault, ...]
    seed: int
    order: tuple[Fault, ...] = ()  # all faults of the take: they number what is too much
    _offsets: dict[tuple[str, int, bytes], np.ndarray] = field(default_factory=dict, repr=False)

    def figure(self, figure: Figure, seen: Seen, entity: int) -> Figure:
        """Somebody's figure as this take shows it."""
        parts = [(bone, self._painted(solid, seen)) for bone, solid in figure.parts]
        dressed = replace(figure, parts=tuple(parts))
        for fault in self._of(seen):
            if fault.kind in (Kind.NEVER, Kind.EXTRA):
                words, size = fault.part or "", 0.45 + 0.9 * fault.severity
                odd = any(is_odd_head(part, said) for part, said in seen.locked)
                added = on_figure(figure, words, size, entity, self.number(fault), odd=odd)
                dressed = replace(dressed, parts=(*dressed.parts, *added))
            elif fault.kind is Kind.PROPORTIONS:
                dressed = _grown(dressed, str(fault.details["what"]), float(str(fault.details["factor"])))
        return dressed

    def prop(self, solid: Solid, seen: Seen, entity: int) -> Solid:
        """A prop as this take shows it."""
        dressed = self._painted(solid, seen)
        for fault in self._of(seen):
            if fault.kind in (Kind.NEVER, Kind.EXTRA):
                size = 0.45 + 0.9 * fault.severity
                dressed = on_prop(dressed, fault.part or "", size, entity, self.number(fault))
            elif fault.kind is Kind.PROPORTIONS:
                factor = float(str(fault.details["factor"]))
                dressed = _stretched(dressed, np.array((factor**-0.5, factor**-0.5, factor)), np.zeros(3))
            elif fault.kind is Kind.MISSING:
                dressed = _less(dressed, _number(seen, fault.part))
        return dressed

    def design(self, design: SetDesign, place: Seen) -> SetDesign:
        """A set as this take shows it: repainted, its dressing a little elsewhere."""
        pieces = tuple(
            replace(piece, solid=self._nudged(self._painted(piece.solid, place), piece, index))
            for index, piece in enumerate(design.pieces)
        )
        ceiling = self._painted(design.ceiling, place) if design.ceiling is not None else None
        return replace(design, floor=self._painted(design.floor, place), pieces=pieces, ceiling=ceiling)

    def left_out(self, design: SetDesign) -> frozenset[int]:
        """Pieces of dressing that this take does without, by index."""
        small = [index for index, piece in enumerate(design.pieces) if _is_dressing(piece)]
        return frozenset(index for index in small if seed_from("left out", self.seed, index) % 100 < 25)

    def _nudged(self, solid: Solid, piece: Piece, index: int) -> Solid:
        if not _is_dressing(piece):
            return solid
        across, along = ((seed_from(axis, self.seed, index) / 2**31 - 0.5) * 0.12 for axis in ("across", "along"))
        return replace(solid, vertices=solid.vertices + np.array((across, along, 0), np.float32))

    def number(self, fault: Fault) -> int:
        """The part number of what a fault puts there: none that a locked attribute has."""
        return TOO_MUCH + self.order.index(fault)

    def _of(self, seen: Seen) -> list[Fault]:
        return [fault for fault in self.faults if fault.of == seen.name]

    def _painted(self, solid: Solid, seen: Seen) -> Solid:
        """Every part in a colour of its own of this take: a little off, or wrong."""
        colour = solid.colour.copy()
        for part in np.unique(solid.part):
            mask = solid.part == part
            lab = lab_of(colour[mask])
            wrong = [f for f in self._of(seen) if f.kind is Kind.COLOUR and part and _number(seen, f.part) == part]
            if wrong:
                offset = np.array(wrong[0].details["lab"], float)
                colour[mask] = _paint(lab + offset)
                continue
            colour[mask] = _paint(lab + self._little(seen.name, int(part), lab))
        return replace(solid, colour=colour)

    def _little(self, name: str, part: int, lab: np.ndarray) -> np.ndarray:
        """An offset by which none of the colours float[F, 3] looks more than ``HONEST_COLOUR`` away."""
        chance = np.random.default_rng(seed_from("colour", self.seed, name, part))
        way = chance.normal(size=3) * (0.6, 1.0, 1.0)
        wanted = chance.uniform(0.5, 0.9 * HONEST_COLOUR)
        shades = np.unique(np.round(lab, 2), axis=0)
        key = (name, part, shades.tobytes())
        if key not in self._offsets:
            amount = wanted / max(float(np.linalg.norm(way)), 1e-6)
            for _ in range(12):
                away = float(ciede2000(shades, lab_of(_paint(shades + amount * way))).max())
                amount *= float(np.clip(wanted / max(away, 1e-6), 0.4, 1.6))
                if abs(away - wanted) < 0.15:
                    break
            while float(ciede2000(shades, lab_of(_paint(shades + amount * way))).max()) > HONEST_COLOUR - 0.1:
                amount *= 0.8
                if amount < 1e-3:
                    break
            self._offsets[key] = amount * way
        return self._offsets[key]


def _paint(lab: np.ndarray) -> np.ndarray:
    """Linear RGB of Lab float[..., 3], within what surfaces can be."""
    return np.clip(rgb_of(lab), 0.0, 0.95)


def _is_dressing(piece: Piece) -> bool:
    """Whether a piece is something small that stands about."""
    return piece.wall is None and piece.radius < 0.6 and bool((piece.solid.entity == DRESSING).all())


def _number(seen: Seen, part: str | None) -> int:
    """Which of the locked words a part is, from 1; 0 for none of them."""
    return next((index for index, (name, _) in enumerate(seen.locked, 1) if name == part), 0)


def _less(solid: Solid, part: int) -> Solid:
    """A solid without the faces of a part; whole where nothing would be left."""
    keep = solid.part != part
    if not keep.any():
        return solid
    chosen = {
        name: getattr(solid, name)[keep] for name in ("faces", "colour", "shine", "glow", "entity", "part", "weave")
    }
    return replace(solid, **chosen)


def _grown(figure: Figure, what: str, factor: float) -> Figure:
    """A figure with a head, or a trunk, that is too large or too small."""
    if what == "head":
        centre, scale = np.array((0.0, 0.0, _NECK * figure.height)), np.full(3, factor)
        bones = ("head", "jaw", "eye", "lid", "gape")
    else:
        centre, scale, bones = np.zeros(3), np.array((factor, factor, 1.0)), TRUNK
    grown = ((bone, _stretched(solid, scale, centre) if bone.split("-")[0] in bones else solid)
             for bone, solid in figure.parts)  # fmt: skip
    return replace(figure, parts=tuple(grown))


def _stretched(solid: Solid, scale: np.ndarray, centre: np.ndarray) -> Solid:
    vertices = (solid.vertices - centre) * scale + centre
    normals = solid.normals / scale
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return replace(solid, vertices=vertices.astype(np.float32), normals=normals.astype(np.float32))
