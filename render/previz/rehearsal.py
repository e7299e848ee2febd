"""The rehearsal: a shot in 3D, frame by frame, with what a take of it should show."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from render.previz.blocking import Actor, PropPlace, block, place_props
from render.previz.camera_path import Framing, View, played, view_at
from render.previz.colours import finish
from render.previz.figure import Figure, build_figure
from render.previz.framing import frame, held_at
from render.previz.light import Lamp, Light, light_for
from render.previz.props import build_prop, is_lit
from render.previz.sets import DRESSING, SetDesign, build_set
from render.previz.shading import developed, outlines, shade, with_haze
from render.previz.solid import Solid, box, join, placed, tube
from render.previz.tracer import MISSES, Hits, Scene, camera_rays, screen_box
from render.request import Request
from storyboard.hashing import seed_from

VERSION = "1"
"""Changes whenever the same request would give other pixels."""


@dataclass(frozen=True)
class RehearsalFrame:
    """One frame of a rehearsal.

    rgb uint8[H, W, 3] sRGB; depth float32[H, W] metres along the optical axis, inf for the sky;
    ids int32[H, W], see ``Rehearsal.names``, 0 for the set and the sky; extrinsics float64[4, 4] world → camera;
    intrinsics float64[3, 3] pixels.
    """

    rgb: np.ndarray
    depth: np.ndarray
    ids: np.ndarray
    extrinsics: np.ndarray
    intrinsics: np.ndarray

    def boxes(self) -> dict[int, tuple[int, int, int, int]]:
        """Entity id → x, y, width, height in pixels, for everything that is in frame."""
        found: dict[int, tuple[int, int, int, int]] = {}
        for entity in np.unique(self.ids[self.ids > 0]):
            rows, columns = np.nonzero(self.ids == entity)
            left, top = int(columns.min()), int(rows.min())
            found[int(entity)] = (left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1)
        return found


@dataclass(frozen=True)
class Rehearsal:
    """A blocked and framed shot; frames are traced when they are asked for."""

    request: Request
    actors: tuple[Actor, ...]
    props: tuple[PropPlace, ...]
    design: SetDesign
    light: Light
    framing: Framing
    names: dict[int, str]  # entity id → the bible's name

    @property
    def length(self) -> float:
        """Seconds of the shot, without handles."""
        request = self.request
        return float(max(request.frames_of_shot, 1) / request.rate)

    def time(self, index: int) -> float:
        """Seconds since the shot's first frame, of the take's frame ``index``; negative in the head."""
        request = self.request
        return float((index + request.offset - request.head) / request.rate)

    def view(self, index: int) -> View:
        """The camera at frame ``index`` of the request."""
        request = self.request
        followed = np.zeros(3)
        if self._lead is not None:
            seen = self._action_time(index)
            key = self._key
            followed[:2] = self._lead.place(seen) - self._lead.place(key)
        seed = seed_from("handheld", request.seed)
        return view_at(self.framing, request.camera, self.time(index), self.length, followed, seed)

    def _action_time(self, index: int) -> float:
        return played(self.time(index), self.length, self.request.camera.playback)

    @property
    def _key(self) -> float:
        return key_moment(self.length)

    @functools.cached_property
    def _lead(self) -> Actor | None:
        """Whom tracking moves follow."""
        moves = [move for phase in self.request.camera.moves for move in phase]
        wanted = [move.subject for move in moves if move.subject] + list(self.request.camera.subject)
        by_name = {actor.seen.name: actor for actor in self.actors}
        return next(
            (by_name[name] for name in wanted if name in by_name), self.actors[0] if self.actors else None
        )

    def frames(self) -> Iterator[RehearsalFrame]:
        """Every frame of the request in order."""
        yield from _Tracer(self).frames()

    def pictures(self) -> Iterator[np.ndarray]:
        """The pictures alone, uint8[H, W, 3] sRGB."""
        for frame_ in _Tracer(self).frames():
            yield frame_.rgb


def key_moment(length: float) -> float:
    """When the framing must be right: the middle of the shot."""
    return 0.5 * length


def rehearse(request: Request) -> Rehearsal:
    """Block and frame a shot. A function of the request alone; nothing is traced yet."""
    stage = request.stage
    design = build_set(stage.place, stage.interior)
    actors = tuple(block(request))
    props = tuple(place_props(stage))
    length = float(max(request.frames_of_shot, 1) / request.rate)
    aspect = request.width / request.height
    framing = frame(request.camera, list(actors), list(props), design, stage.side, aspect, key_moment(length))
    names = {index + 1: seen.name for index, seen in enumerate((*stage.cast, *stage.props))}
    light = light_for(stage.time, stage.weather, inside=design.inside)
    return Rehearsal(request, actors, props, design, light, framing, names)


class _Tracer:
    """Traces a rehearsal; keeps what does not change from frame to frame."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        request = rehearsal.request
        self.width, self.height = request.width, request.height
        self.figures: list[tuple[Actor, Figure]] = []
        ids = {name: number for number, name in rehearsal.names.items()}
        hidden = request.camera.pov_of
        for actor in rehearsal.actors:
            if actor.seen.name != hidden:
                self.figures.append((actor, build_figure(actor.seen, ids[actor.seen.name])))
        self.prop_solids = [(prop, build_prop(prop.seen, ids[prop.seen.name])[0]) for prop in rehearsal.props]
        self.set = Scene(self._set_solid(), smooth=False)
        blockers = self._blockers()
        self.blockers = Scene(blockers, smooth=False) if blockers is not None else None
        self._rays: tuple[float, np.ndarray] | None = None
        self._still: tuple[bytes, _Backdrop] | None = None

    def _standing(self) -> list[Solid]:
        """Props nobody holds, with the table under them."""
        solids: list[Solid] = []
        tables = [prop for prop, _ in self.prop_solids if prop.table]
        for prop, solid in self.prop_solids:
            if prop.holder is None:
                solids.append(solid.moved(placed(*prop.at, 0.0)))
        if tables:
            wood = finish("dark wooden")
            xs = [prop.at[0] for prop in tables]
            middle, half, y = (min(xs) + max(xs)) / 2, (max(xs) - min(xs)) / 2 + 0.38, tables[0].at[1]
            solids.append(box((2 * half, 0.62, 0.05), (middle, y, 0.735), wood, DRESSING))
            for dx in (-half + 0.06, half - 0.06):
                for dy in (-0.25, 0.25):
                    solids.append(
                        tube((middle + dx, y + dy, 0), (middle + dx, y + dy, 0.72), 0.03, wood, DRESSING)
                    )
        return solids

    def _views(self) -> list[View]:
        request = self.rehearsal.request
        picked = sorted({round(i * (request.frames - 1) / 6) for i in range(7)})
        return [self.rehearsal.view(index) for index in picked]

    def _kept(self) -> list[int]:
        """Pieces of the set that stand: not a wall the camera is behind, nor a thing between it and the subject."""
        design, views = self.rehearsal.design, self._views()
        out = {
            index
            for index, wall in enumerate(design.walls)
            if any(
                -(view.position[0] * wall.normal[0] + view.position[1] * wall.normal[1])
                > wall.distance - 0.15
                for view in views
            )
        }
        target = self.rehearsal.framing.target
        kept = []
        for index, piece in enumerate(design.pieces):
            if piece.wall in out:
                continue
            if piece.wall is None and any(
                _between(piece.at, piece.radius, view.position, target) for view in views
            ):
                continue
            if (
                piece.wall is not None
                and piece.blocks_light
                and any(_between(piece.at, min(piece.radius, 0.6), view.position, target) for view in views)
            ):
                continue
            kept.append(index)
        return kept

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

    def _people(self, time: float) -> tuple[Solid | None, tuple[Lamp, ...]]:
        """Everyone and what they hold at this time, and the light that lit props give."""
        solids: list[Solid] = []
        lamps: list[Lamp] = []
        hands: dict[str, tuple[np.ndarray, float]] = {}
        for actor, figure in self.figures:
            pose = actor.pose(time)
            solids.append(figure.posed(pose))
            hands[actor.seen.name] = (figure.hand(pose), pose.facing)
        for prop, solid in self.prop_solids:
            at = np.array(prop.at)
            if prop.holder is not None:
                by_name = {actor.seen.name: actor for actor in self.rehearsal.actors}
                if prop.holder in hands:
                    hand, facing = hands[prop.holder]
                else:
                    hand, facing = held_at(by_name[prop.holder], time), by_name[prop.holder].heading(time)
                tall = float(solid.vertices[:, 2].max())
                hangs = (
                    tall if tall < 0.5 else 0.1
                )  # a small thing hangs from the hand, a tall one stands in it
                at = hand - (0, 0, hangs - 0.02)
                solids.append(solid.moved(placed(*at, facing)))
            if is_lit(prop.seen):
                lamps.append(Lamp((float(at[0]), float(at[1]), float(at[2]) + 0.25), (1.5, 0.82, 0.36), 0.85))
        return (join(solids) if solids else None), tuple(lamps)

    def _rays_for(self, view: View) -> np.ndarray:
        if self._rays is None or self._rays[0] != view.focal:
            self._rays = (view.focal, camera_rays(self.width, self.height, view.focal).reshape(-1, 3))
        return self._rays[1] @ view.rotation.T.astype(np.float32)

    def frames(self) -> Iterator[RehearsalFrame]:
        import cv2

        cv2.setNumThreads(1)
        rehearsal = self.rehearsal
        for index in range(rehearsal.request.frames):
            yield self._frame(rehearsal.view(index), rehearsal._action_time(index))  # noqa: SLF001

    def _frame(self, view: View, time: float) -> RehearsalFrame:
        people, lamps = self._people(time)
        light = replace(self.rehearsal.light, lamps=(*self.rehearsal.light.lamps, *lamps))
        back = self._backdrop(view, light)
        hits, base, key = back.hits, back.base, back.key
        shadowed = back.key_reaches
        if people is not None:
            scene = Scene(people, smooth=True)
            reached = back.reached
            dark = scene.shadows(back.points[reached], np.float32(light.key_to))
            shadowed = back.key_reaches.copy()
            shadowed[reached] *= np.where(dark, np.float32(0.12), np.float32(1.0))
            hits, base, key, shadowed = self._over(scene, people, view, light, back, shadowed)
        colour = base + key * shadowed[:, None]
        colour = with_haze(colour, hits, back.rays, light)
        shape = (self.height, self.width)
        ink = outlines(hits.depth.reshape(shape), hits.normal.reshape(*shape, 3), hits.entity.reshape(shape))
        rgb = developed(colour.reshape(*shape, 3), ink, light.exposure)
        forward = view.rotation[:, 2].astype(np.float32)
        depth = np.where(hits.entity == MISSES, np.float32(np.inf), hits.depth * (back.rays @ forward))
        ids = np.maximum(hits.entity, 0)
        return RehearsalFrame(
            rgb,
            depth.reshape(shape).astype(np.float32),
            ids.reshape(shape),
            view.extrinsics,
            view.intrinsics(self.width, self.height),
        )

    def _backdrop(self, view: View, light: Light) -> "_Backdrop":
        """The set from this view: traced anew only when the camera or the light has moved."""
        same = repr(
            (view.position.tobytes(), view.yaw, view.pitch, view.roll, view.focal, light.lamps)
        ).encode()
        if self._still is not None and self._still[0] == same:
            return self._still[1]
        rays = self._rays_for(view)
        hits = self.set.trace(view.position, rays)
        points = view.position.astype(np.float32) + rays * np.minimum(hits.depth, 1e4)[:, None]
        base, key = shade(hits, rays, points, light)
        points = points + hits.normal * np.float32(0.004)
        reached = np.flatnonzero((key.max(axis=1) > 0.004) & (hits.entity != MISSES))
        reaches = np.ones(len(rays), np.float32)
        if self.blockers is not None:
            dark = self.blockers.shadows(points[reached], np.float32(light.key_to))
            reaches[reached] = np.where(dark, np.float32(0.12), np.float32(1.0))
        lit = reached[reaches[reached] > 0.5]
        backdrop = _Backdrop(rays, hits, points, base, key, reaches, lit)
        self._still = (same, backdrop)
        return backdrop

    def _over(
        self, scene: Scene, people: Solid, view: View, light: Light, back: "_Backdrop", shadowed: np.ndarray
    ) -> tuple[Hits, np.ndarray, np.ndarray, np.ndarray]:
        """Put the people in front of the backdrop, where they are nearer."""
        area = screen_box(people.vertices, view, self.width, self.height)
        if area is None:
            return back.hits, back.base, back.key, shadowed
        left, top, right, bottom = area
        grid = np.arange(self.width * self.height).reshape(self.height, self.width)
        pixels = grid[top:bottom, left:right].reshape(-1)
        found = scene.trace(view.position, back.rays[pixels])
        nearer = found.depth < back.hits.depth[pixels]
        pixels = pixels[nearer]
        found = Hits(*(getattr(found, name)[nearer] for name in Hits.__dataclass_fields__))
        rays = back.rays[pixels]
        points = view.position.astype(np.float32) + rays * found.depth[:, None]
        base, key = shade(found, rays, points, light)
        towards = np.float32(light.key_to)
        raised = points + found.normal * np.float32(0.006)
        dark = scene.shadows(raised, towards)
        if self.blockers is not None:
            dark |= self.blockers.shadows(raised, towards)
        hits = Hits(*(getattr(back.hits, name).copy() for name in Hits.__dataclass_fields__))
        for name in Hits.__dataclass_fields__:
            getattr(hits, name)[pixels] = getattr(found, name)
        all_base, all_key = back.base.copy(), back.key.copy()
        all_base[pixels], all_key[pixels] = base, key
        shadowed[pixels] = np.where(dark, np.float32(0.15), np.float32(1.0))
        return hits, all_base, all_key, shadowed


@dataclass(frozen=True)
class _Backdrop:
    """The set as one view sees it."""

    rays: np.ndarray
    hits: Hits
    points: np.ndarray
    base: np.ndarray
    key: np.ndarray
    key_reaches: np.ndarray
    reached: np.ndarray


def _between(at: tuple[float, float, float], radius: float, eye: np.ndarray, target: np.ndarray) -> bool:
    """Whether a thing stands in the way from the eye to the target."""
    way = (target - eye)[:2]
    length = float(np.linalg.norm(way))
    if length < 1e-6:
        return False
    offset = np.array(at[:2]) - eye[:2]
    along = float(offset @ way) / length
    aside = abs(float(way[0] * offset[1] - way[1] * offset[0])) / length
    return -radius < along < length - 0.6 and aside < radius + 0.25 * min(along, 3.0)
