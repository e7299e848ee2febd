"""The frames of a rehearsal: set, people and light, traced; what does not change is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from render.previz.acting.actor import Actor, hands_of
from render.previz.acting.furniture import furniture
from render.previz.acting.prop_places import PropPlace
from render.previz.boxes import boxes_of
from render.previz.camera.focus import through_lens
from render.previz.camera.path import SENSOR, View
from render.previz.colours import finish
from render.previz.figures.figure import Figure, build_figure
from render.previz.figures.props import build_prop, is_lit
from render.previz.look.developing import developed
from render.previz.look.edges import Edges, find_edges, refine
from render.previz.look.falling import draw_falling, falls
from render.previz.look.halo import NONE, halo
from render.previz.look.ink import Inker, draw
from render.previz.look.layers import SHADE, Layers, geometry
from render.previz.look.light import Lamp, Light
from render.previz.look.occlusion import EVERYTHING, occlusion
from render.previz.look.pencil import pencilled
from render.previz.look.shading import covered, lay_over, lit_points, set_layers
from render.previz.look.shadow import soften
from render.previz.look.style import INKED, Look, Medium
from render.previz.look.tracer import Faces, Scene, Seen, camera_rays, screen_box, shadowed
from render.previz.rehearsal import Rehearsal
from render.previz.sets.design import DRESSING
from render.previz.solid import Solid, box, join, placed, tube


@dataclass(frozen=True)
class RehearsalFrame:
    """One frame of a rehearsal.

    rgb uint8[H, W, 3] sRGB; depth float32[H, W] metres along the optical axis, inf for the sky;
    ids int32[H, W], see ``Rehearsal.names``, 0 for the set and the sky; parts int32[H, W], which of an entity's
    locked words is seen (``part_words``), 0 for none; normals float32[H, W, 3] in the camera's space (x right,
    y down, z forward), 0 for the sky; extrinsics float64[4, 4] world → camera; intrinsics float64[3, 3] pixels.
    moving: everyone and what they hold, as they stand in this frame, None where there is nobody; met: where each
    pixel's ray meets them, behind the set as well, None where they are out of frame.
    """

    rgb: np.ndarray
    depth: np.ndarray
    ids: np.ndarray
    parts: np.ndarray
    normals: np.ndarray
    extrinsics: np.ndarray
    intrinsics: np.ndarray
    moving: Solid | None = None
    met: Seen | None = None

    def boxes(self) -> dict[int, tuple[int, int, int, int]]:
        """Entity id → x, y, width, height in pixels, for everything that is in frame."""
        return boxes_of(self.ids)


def part_words(rehearsal: Rehearsal, entity: int, part: int) -> tuple[str, str] | None:
    """The locked words that a pixel of ``RehearsalFrame.parts`` shows: their name and the words; None for part 0.

    ``entity`` as in ``RehearsalFrame.ids``; 0 is the place.
    """
    stage = rehearsal.request.stage
    seen = stage.place if entity <= 0 else (*stage.cast, *stage.props)[entity - 1]
    return seen.locked[part - 1] if 0 < part <= len(seen.locked) else None


def frames(rehearsal: Rehearsal, look: Look = INKED) -> Iterator[RehearsalFrame]:
    """Every frame of the request in order, with all that is known of it."""
    tracer = Tracer(rehearsal, look)
    for index in range(rehearsal.request.frames):
        yield tracer.frame(index)


def pictures(rehearsal: Rehearsal, look: Look = INKED) -> Iterator[np.ndarray]:
    """The pictures alone, uint8[H, W, 3] sRGB."""
    tracer = Tracer(rehearsal, look)
    for index in range(rehearsal.request.frames):
        yield tracer.picture(index)


_MARGIN = 0.7  # metres outside the frame at which somebody may still throw a shadow into it, or step in


_SMALLEST = 2.5  # pixels across; what is smaller only flickers


class Tracer:
    """Traces a rehearsal; keeps what does not change from frame to frame."""

    def __init__(self, rehearsal: Rehearsal, look: Look = INKED) -> None:
        import cv2

        self.rehearsal = rehearsal
        self.look = look
        request = rehearsal.request
        self.width, self.height = request.width, request.height
        self.figures: list[tuple[Actor, Figure]] = []
        ids = {name: number for number, name in rehearsal.names.items()}
        hidden = request.camera.pov_of
        for actor in rehearsal.actors:
            if actor.seen.name != hidden:
                figure = self.figure_of(actor, ids[actor.seen.name])
                self.figures.append((actor, self._near_frame(actor, figure)))
        self.prop_solids = [(prop, self.prop_of(prop, ids[prop.seen.name])) for prop in rehearsal.props]
        self.set = Scene(self._set_solid(), large=True)
        self.faces = Faces(self.set)
        blockers = self._blockers()
        self.blockers = Scene(blockers) if blockers is not None else None
        self._pixels = np.arange(self.width * self.height)
        self._layers = Layers.blank(len(self._pixels))
        self._cover = np.empty(len(self._pixels), np.float32)
        self._inker = Inker(self.width, self.height)
        self._known: np.ndarray | None = None  # edges within the set, for a camera that stands still
        self._rays: tuple[float, np.ndarray] | None = None
        self._still: tuple[_Backdrop, tuple[Lamp, ...]] | None = None
        first, *others = self._views()
        self._holds = all(view.same(first) for view in others)  # a camera that stands still, for long enough
        if self._holds:
            self._known = np.full((2, len(self._pixels)), np.nan, np.float32)
        cv2.setNumThreads(1)

    def figure_of(self, actor: Actor, entity: int) -> Figure:
        """Somebody's figure; what changes what is seen of people overrides it."""
        return build_figure(actor.seen, entity)  # type: ignore[arg-type]

    def prop_of(self, prop: PropPlace, entity: int) -> Solid:
        """A prop as it is built; what changes what is seen of props overrides it."""
        return build_prop(prop.seen, entity)[0]

    def _standing(self) -> list[Solid]:
        """Props nobody holds, with the table under them."""
        solids: list[Solid] = []
        tables = [prop for prop, _ in self.prop_solids if prop.table]
        for prop, solid in self.prop_solids:
            if not prop.moves:
                solids.append(solid.moved(placed(*prop.at, 0.0)))
        solids += furniture(self.rehearsal.actors)
        if tables:
            wood = finish("dark wooden")
            xs = [prop.at[0] for prop in tables]
            middle, half, y = (min(xs) + max(xs)) / 2, (max(xs) - min(xs)) / 2 + 0.38, tables[0].at[1]
            solids.append(box((2 * half, 0.62, 0.05), (middle, y, 0.735), wood, DRESSING))
            legs = ((middle + dx, y + dy) for dx in (-half + 0.06, half - 0.06) for dy in (-0.25, 0.25))
            solids += [tube((*leg, 0), (*leg, 0.72), 0.03, wood, DRESSING) for leg in legs]
        return solids

    def _picked(self) -> list[int]:
        """Frames by which the whole shot is judged."""
        return sorted({round(i * (self.rehearsal.request.frames - 1) / 6) for i in range(7)})

    def _views(self) -> list[View]:
        return [self.rehearsal.view(index) for index in self._picked()]

    def _near_frame(self, actor: Actor, figure: Figure) -> Figure:
        """The figure without what is never seen: in a close-up, what is far out of frame; in a wide shot, eyes."""
        aspect, pixels = self.height / self.width, self.width / SENSOR
        looks = [
            (self.rehearsal.view(index), figure.spheres(actor.pose(self.rehearsal.action_time(index))))
            for index in self._picked()
        ]
        return figure.only(
            tuple(
                any(
                    view.sees(spheres[part], aspect, margin=_MARGIN) and view.size(spheres[part]) * pixels >= _SMALLEST
                    for view, spheres in looks
                )
                for part in range(len(figure.parts))
            )
        )

    def _kept(self) -> list[int]:
        """Pieces of the set that stand in this shot."""
        return [index for index in range(len(self.rehearsal.design.pieces)) if index not in self.rehearsal.struck]

    def _set_solid(self) -> Solid:
        design = self.rehearsal.design
        self._kept_pieces = self._kept()
        solids = [
            design.floor,
            *(design.pieces[index].solid for index in self._kept_pieces),
            *self._standing(),
        ]
        top = max(float(view.position[2]) for view in self._views())
        if design.ceiling is not None and top < float(design.ceiling.vertices[:, 2].min()) - 0.05:
            solids.append(design.ceiling)
        return join(solids)

    def _blockers(self) -> Solid | None:
        design = self.rehearsal.design
        solids = [design.pieces[i].solid for i in self._kept_pieces if design.pieces[i].blocks_light]
        solids += self._standing()
        return join(solids) if solids else None

    def people(self, time: float) -> tuple[Solid | None, tuple[Lamp, ...]]:
        """Everyone and what they hold at this time, and the light that lit props give."""
        solids: list[Solid] = []
        lamps: list[Lamp] = []
        hand = hands_of(self.rehearsal.actors, time)
        for actor, figure in self.figures:
            if figure.parts and not actor.is_off(time):
                solids.append(figure.posed(actor.pose(time)))
        for prop, solid in self.prop_solids:
            matrix = prop.matrix(time, hand)
            at = matrix[:3, 3]
            if prop.moves:
                solids.append(solid.moved(matrix))
            if is_lit(prop.seen):
                lamps.append(Lamp((float(at[0]), float(at[1]), float(at[2]) + 0.25), (1.15, 0.90, 0.66), 0.85))
        return (join(solids) if solids else None), tuple(lamps)

    def _rays_for(self, view: View) -> np.ndarray:
        import cv2

        if self._rays is None or self._rays[0] != view.focal:
            self._rays = (view.focal, camera_rays(self.width, self.height, view.focal))
        return cv2.transform(self._rays[1], view.rotation).reshape(-1, 3)

    def _trace(self, index: int) -> "_Traced":
        """What frame ``index`` shows. Its layers are good until the next frame is traced."""
        view, time = self.rehearsal.view(index), self.rehearsal.action_time(index)
        people, lamps = self.people(time)
        light = replace(self.rehearsal.light, lamps=(*self.rehearsal.light.lamps, *lamps))
        rays = self._still[0].rays if self._still is not None else self._rays_for(view)
        scene = Scene(people) if people is not None else None
        seen = self._seen(scene, view, rays)
        cover = None
        if scene is not None and seen is not None and not self._holds:
            cover = covered(self._cover, seen, scene.solid, view.position)
        back = self._backdrop(view, rays, light, cover)
        layers = back.layers.copy_to(self._layers) if self._holds else back.layers
        if scene is not None:
            self._lay_people(scene, seen, view, light, back, layers)
        if self.look.antialias:
            soften(layers, self.width, self.height, self._footprint(view))
        return _Traced(view, back.rays, layers, light, scene, seen)

    def _seen(self, scene: Scene | None, view: View, rays: np.ndarray) -> Seen | None:
        """What is seen of people, as if there were no set; None where nobody is in frame."""
        area = screen_box(scene.solid.vertices, view, self.width, self.height) if scene is not None else None
        return scene.people(view.position, rays, area, self.width) if scene is not None and area is not None else None

    def _lay_people(
        self, scene: Scene, seen: Seen | None, view: View, light: Light, back: "_Backdrop", layers: Layers
    ) -> None:
        """Put people over the set, and shadows on both."""
        towards = np.asarray(light.key_to, np.float32)
        if self.look.shadows:
            dark = shadowed(scene, back.lit, back.points, layers.group, towards, self.width)
            layers.lit[back.lit[dark]] = SHADE
        if seen is None:
            return
        taken = lay_over(layers, seen, scene.solid, view.position, back.rays, light, self._footprint(view))
        if not self.look.shadows:
            return
        pixels, points = lit_points(layers, taken, view.position, back.rays, towards)
        for solid in filter(None, (scene, self.blockers)):
            dark = shadowed(solid, pixels, points, layers.group, towards, self.width)
            layers.lit[pixels[dark]] = SHADE
            pixels, points = pixels[~dark], points[~dark]

    def _footprint(self, view: View) -> float:
        """How wide a pixel is a metre away, metres."""
        return SENSOR / view.focal / self.width

    def picture(self, index: int) -> np.ndarray:
        """Frame ``index``, uint8[H, W, 3] sRGB."""
        return self._through_lens(self._trace(index), index)

    def frame(self, index: int) -> RehearsalFrame:
        """Frame ``index`` with all that is known of it."""
        traced = self._trace(index)
        layers, view = traced.layers, traced.view
        shape = (self.height, self.width)
        depth, normals = geometry(layers, traced.rays, view.rotation)
        return RehearsalFrame(
            self._through_lens(traced, index),
            depth.reshape(shape),
            np.maximum(layers.entity, 0).reshape(shape),
            layers.part.reshape(shape).copy(),
            normals.reshape(*shape, 3),
            view.extrinsics,
            view.intrinsics(self.width, self.height),
            traced.people.solid if traced.people is not None else None,
            traced.seen,
        )

    def dressing(self) -> np.ndarray:
        """bool[H, W]: where the frame traced last shows dressing."""
        return (self._layers.entity == DRESSING).reshape(self.height, self.width)

    def _depth(self, traced: "_Traced") -> np.ndarray:
        """Metres along the optical axis, float32[H, W]; inf for the sky."""
        return geometry(traced.layers, traced.rays, traced.view.rotation)[0].reshape(self.height, self.width)

    def _through_lens(self, traced: "_Traced", index: int) -> np.ndarray:
        """The picture, out of focus where the shot asks for it."""
        picture = self._developed(traced)
        self._let_fall(picture, traced, index)
        sharp = self.rehearsal.sharp(index)
        if sharp is None or not self.look.tone:
            return picture
        return through_lens(picture, self._depth(traced), sharp, traced.view.focal)

    def _let_fall(self, picture: np.ndarray, traced: "_Traced", index: int) -> None:
        """Rain or snow before what stands farther off."""
        design, weather = self.rehearsal.design, self.rehearsal.request.stage.weather
        if self.look.tone and falls(weather) and not design.inside and not design.airless:
            time, away = self.rehearsal.action_time(index), traced.layers.light[:, 0]
            draw_falling(picture, away, traced.view, time, weather, traced.light, design.cover)

    def _developed(self, traced: "_Traced") -> np.ndarray:
        """The picture of what was traced: developed, smooth at its edges, inked or pencilled."""
        look, layers, view = self.look, traced.layers, traced.view
        around, glow = EVERYTHING, NONE
        if look.occlusion:
            around = occlusion(layers, traced.rays, self.width, self.height, self._footprint(view))
            if look.tone:
                glow = halo(layers, self.width, self.height, around.step, traced.light.exposure)
        picture = np.empty((self.height, self.width, 3), np.uint8)
        developed(layers, traced.rays, traced.light, picture, around, glow, tone=look.tone)
        if not (look.outlines or look.antialias):
            return picture
        edges = self._edges(traced)
        if look.antialias:
            self._inker.smooth(picture, edges)
        pixels, ink = self._inker.lines(edges)
        # Lines are lost in the air with what they bound.
        ink = ink * np.exp(-np.float32(traced.light.haze) * np.minimum(layers.light[pixels, 0], np.float32(400)))
        if look.medium is Medium.PENCIL:
            return pencilled(picture, layers.entity.reshape(self.height, self.width) <= 0, pixels, ink)
        if look.outlines:
            draw(picture, pixels, ink)
        return picture

    def _edges(self, traced: "_Traced") -> Edges:
        view = traced.view
        edges, by = find_edges(
            traced.layers, traced.rays, self.width, self.height, self._footprint(view), _WEIGHT_AT * view.focal / 35
        )
        if self.look.antialias:
            refine(
                edges, by, traced.layers, traced.rays, self.width, view.position, traced.people, self.faces, self._known
            )
        return edges

    def _backdrop(self, view: View, rays: np.ndarray, light: Light, cover: np.ndarray | None) -> "_Backdrop":
        """The set from this view: traced anew only when the camera has moved, lit anew only when a lamp has.

        With ``cover``, see ``set_layers``, it is good for one frame.
        """
        if self._holds and self._still is not None:
            back, lamps = self._still
            if lamps == light.lamps:
                return back
            shade = back.layers.lit.copy()
            set_layers(back.layers, back.face, self.faces, self.set.solid, view.position, back.rays, light)
            back.layers.lit[:] = shade
        else:
            layers = Layers.blank(len(rays)) if self._holds else self._layers
            face = self.faces.seen(view.position, rays, self.width, self.height)
            set_layers(layers, face, self.faces, self.set.solid, view.position, rays, light, cover)
            towards = np.asarray(light.key_to, np.float32)
            lit, points = lit_points(layers, self._pixels, view.position, rays, towards)
            if self.blockers is not None and self.look.shadows:
                dark = shadowed(self.blockers, lit, points, layers.group, towards, self.width)
                layers.lit[lit[dark]] = SHADE
                if self._holds:  # worth it only where they are asked for again
                    lit, points = lit[~dark], points[~dark]
            back = _Backdrop(rays, face, layers, lit, points)
        if self._holds:
            self._still = (back, light.lamps)
        return back


_WEIGHT_AT = 3.0
"""How far away lines begin to thin out, metres, through a lens of 35 mm."""


@dataclass(frozen=True)
class _Traced:
    """A frame before it is developed: its view, its rays float32[H · W, 3], what they met, in which light.

    ``seen``: what they meet of people alone, None where nobody is in frame.
    """

    view: View
    rays: np.ndarray
    layers: Layers
    light: Light
    people: Scene | None
    seen: Seen | None


@dataclass(frozen=True)
class _Backdrop:
    """The set as one view sees it; ``lit`` int64[M] are the pixels that the key light reaches, at ``points``."""

    rays: np.ndarray
    face: np.ndarray
    layers: Layers
    lit: np.ndarray
    points: np.ndarray
