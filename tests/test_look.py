"""The look of the previz, measured on its pixels: lines, edges, occlusion, shadows, colours, pencil."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import JsonValue

from render.generators.previz import Previz
from render.previz.colour_space import ciede2000, lab_of, linear
from render.previz.colours import Finish, Weave
from render.previz.frames import RehearsalFrame, Tracer, frames, part_words
from render.previz.look.developing import developed
from render.previz.look.edges import find_edges, refine
from render.previz.look.ink import Inker
from render.previz.look.layers import Layers
from render.previz.look.light import Light
from render.previz.look.occlusion import occlusion
from render.previz.look.pencil import PAPER
from render.previz.look.shading import lay_over, set_layers
from render.previz.look.split import split
from render.previz.look.style import Look, Medium, Quality
from render.previz.look.tracer import Faces, Scene, camera_rays
from render.previz.rehearsal import Rehearsal, rehearse
from render.previz.solid import Solid, ball, box, join, placed, tube
from storyboard.camera import MoveKind, ShotSize
from storyboard.errors import InputError
from tests.rehearsed import camera, person, request

WIDTH, HEIGHT, FOCAL = 240, 160, 35.0
FOOTPRINT = 36 / FOCAL / WIDTH
EYE = np.zeros(3)
AHEAD = np.array(((1, 0, 0), (0, 0, 1), (0, -1, 0)), np.float32)  # camera → world: x right, z up, looking along y
RAYS = np.ascontiguousarray(camera_rays(WIDTH, HEIGHT, FOCAL).reshape(-1, 3) @ AHEAD.T)
WHITE = Light(
    key_to=(0.0, -1.0, 0.0),
    key=(1.0, 1.0, 1.0),
    above=(0.4, 0.4, 0.4),
    below=(0.4, 0.4, 0.4),
    zenith=(0.2, 0.2, 0.2),
    horizon=(0.2, 0.2, 0.2),
    haze=0.0,
)
EVERYTHING_OFF = Look(occlusion=False, antialias=False, outlines=False, shadows=False)


def finish(words: str | tuple[float, float, float], **more: object) -> Finish:
    red, green, blue = linear(words)
    return Finish((float(red), float(green), float(blue)), **more)  # type: ignore[arg-type]


def wall(distance: float, colour: str = "#ffffff") -> Solid:
    return box((40, 0.1, 40), (0, distance + 0.05, 0), finish(colour), -2)


def shown(stage: Solid, people: Solid | None = None, light: Light = WHITE) -> tuple[Layers, Scene | None, Faces]:
    """What the camera at the origin sees of a stage, and of what is put on it."""
    faces = Faces(Scene(stage))
    layers = Layers.blank(WIDTH * HEIGHT)
    face = faces.seen(EYE, RAYS, WIDTH, HEIGHT)
    set_layers(layers, face, faces, stage, EYE, RAYS, light)
    scene = Scene(people) if people is not None else None
    if scene is not None and people is not None:
        seen = scene.people(EYE, RAYS, (0, 0, WIDTH, HEIGHT), WIDTH)
        lay_over(layers, seen, people, EYE, RAYS, light, FOOTPRINT)
    return layers, scene, faces


def flat(layers: Layers, light: Light = WHITE) -> np.ndarray:
    """The picture without the film's curve, uint8[H, W, 3]."""
    return developed(layers, RAYS, light, np.empty((HEIGHT, WIDTH, 3), np.uint8), tone=False)


def lab(picture: np.ndarray) -> np.ndarray:
    return lab_of(linear(picture / 255))


@pytest.fixture(scope="module")
def two() -> Rehearsal:
    """Two people in a room, seen from the knees up."""
    mara = person("MARA", 1.68, coat="dark green oilskin coat", hair="grey braid")
    ivo = person("IVO", 1.82, sweater="mustard knitted sweater", hair="short black hair")
    return rehearse(request(camera(ShotSize.MFS), (mara, ivo), text="Mara looks at Ivo.", pixels=(424, 240)))


@pytest.fixture(scope="module")
def drawn(two: Rehearsal) -> RehearsalFrame:
    return Tracer(two).frame(6)


def border(mask: np.ndarray) -> np.ndarray:
    """Pixels of a mask that have a neighbour outside it."""
    inside = np.pad(mask, 1, mode="edge")
    whole = inside[1:-1, 1:-1] & inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:]
    return mask & ~whole


def away_from(mask: np.ndarray, pixels: int) -> np.ndarray:
    """Pixels at least this far from a mask, along rows and columns."""
    import cv2

    return cv2.dilate(mask.astype(np.uint8), np.ones((2 * pixels + 1, 2 * pixels + 1), np.uint8)) == 0


def test_silhouettes_are_inked(two: Rehearsal) -> None:
    """Along the outlines of people the picture is much darker than the same picture without lines."""
    frame = Tracer(two).frame(6)
    plain = Tracer(two, Look(outlines=False)).frame(6)
    darker = plain.rgb.astype(int).mean(axis=-1) - frame.rgb.astype(int).mean(axis=-1)
    bright = border(frame.ids > 0) & (plain.rgb.mean(axis=-1) > 110)
    assert bright.sum() > 100
    assert np.median(darker[bright]) > 45
    assert darker.min() >= -1


def test_lines_lie_on_edges_alone(two: Rehearsal) -> None:
    """Flat walls and the insides of surfaces take no ink."""
    frame, plain = Tracer(two).frame(6), Tracer(two, Look(outlines=False)).frame(6)
    changed = np.any(frame.rgb != plain.rgb, axis=-1)
    assert 0.005 < changed.mean() < 0.25


def test_an_outline_is_thicker_than_a_fold() -> None:
    """The line round a thing covers more than the line along an edge within it, and thins out with distance."""

    def ink_of(distance: float) -> dict[str, float]:
        thing = box((1, 1, 1), (0, distance, -0.8), finish("#b0b0b0"), 1, turn=_turned(0.5))
        layers, _, _ = shown(wall(30.0), thing)
        edges, _ = find_edges(layers, RAYS, WIDTH, HEIGHT, FOOTPRINT, 3.0)
        entity = layers.entity
        other = np.where(edges.down, edges.first + WIDTH, edges.first + 1)
        outline = entity[edges.first] != entity[other]
        drawn = edges.width * edges.dark
        return {"outline": float(np.median(drawn[outline])), "fold": float(np.median(drawn[~outline]))}

    near, far = ink_of(2.5), ink_of(14.0)
    assert near["outline"] > 1.8 * near["fold"]
    assert near["outline"] > 1.4 * far["outline"]


def _turned(angle: float) -> np.ndarray:
    return placed(0, 0, 0, angle)[:3, :3]


def test_edges_are_smooth_because_they_are_found_within_the_pixel() -> None:
    """A white slab across a black wall: its edge pixels take values between, and it covers its true area."""
    slab = box((1.2, 0.02, 0.5), (0.05, 3.0, 0.02), Finish((1.0, 1.0, 1.0)), 1, turn=_rolled(0.23))
    dark = replace(WHITE, above=(0.0, 0.0, 0.0), below=(0.0, 0.0, 0.0))
    layers, scene, faces = shown(wall(9.0, "#000000"), slab, dark)
    linear_light = layers.light[:, 4:7] + layers.light[:, 7:10]
    assert linear_light.max() > 0.5

    edges, by = find_edges(layers, RAYS, WIDTH, HEIGHT, FOOTPRINT, 3.0)
    refine(edges, by, layers, RAYS, WIDTH, EYE, scene, faces)
    on = np.where(layers.entity.reshape(HEIGHT, WIDTH) == 1, 200, 0).astype(np.uint8)
    picture = np.repeat(on[..., None], 3, axis=-1)
    jagged = picture.copy()
    Inker(WIDTH, HEIGHT).smooth(picture, edges)
    between = np.unique(picture[(picture > 0) & (picture < 200)])
    assert len(between) >= 4
    assert not np.isin(jagged, between).any()

    front = (3.0 - 0.01) * FOOTPRINT
    true = 1.2 * 0.5 / front**2
    assert picture[..., 0].sum() / 200 == pytest.approx(true, rel=0.01)
    # Along a row, the smooth edge follows the straight line far closer than the jagged one.
    assert _roughness(picture) < 0.5 * _roughness(jagged)


def _rolled(angle: float) -> np.ndarray:
    """A turn about the axis of view."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array(((c, 0, -s), (0, 1, 0), (s, 0, c)))


def _roughness(picture: np.ndarray) -> float:
    """How far the lower edge of what is white strays from a straight line, pixels."""
    columns = np.arange(90, 150)
    edge = picture[:, columns, 0].sum(axis=0) / 200
    return float(np.std(edge - np.polyval(np.polyfit(columns, edge, 1), columns)))


def test_corners_are_darker_than_open_walls() -> None:
    """Less ambience reaches the foot of a wall, and none is lost in the middle of it."""
    room = join([wall(4.0, "#808080"), box((40, 40, 0.1), (0, 0, -1.05), finish("#808080"), -1)])
    layers, _, _ = shown(room)
    around = occlusion(layers, RAYS, WIDTH, HEIGHT, FOOTPRINT)
    paper = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    lit = developed(layers, RAYS, WHITE, paper, around).astype(float)[..., 0]
    plain = developed(layers, RAYS, WHITE, np.empty_like(paper)).astype(float)[..., 0]
    normal = layers.light[:, 1:4].reshape(HEIGHT, WIDTH, 3)
    foot = int(np.flatnonzero(np.abs(normal[:, WIDTH // 2, 2]) > 0.5)[0])
    kept = (lit / plain)[:, 40:-40].mean(axis=1)
    assert kept[foot - 3 : foot + 3].max() < 0.95
    assert kept[10:40].min() > 0.985
    assert kept[-12:].min() > 0.96


def test_occlusion_keeps_to_the_thing_that_is_near() -> None:
    """Somebody in front of a far wall throws no dark halo on it."""
    layers, _, _ = shown(wall(9.0), box((0.5, 0.3, 3.0), (0, 2.5, 0), finish("#808080"), 1))
    around = occlusion(layers, RAYS, WIDTH, HEIGHT, FOOTPRINT)
    lit = developed(layers, RAYS, WHITE, np.empty((HEIGHT, WIDTH, 3), np.uint8), around)
    plain = developed(layers, RAYS, WHITE, np.empty((HEIGHT, WIDTH, 3), np.uint8))
    on_wall = layers.entity.reshape(HEIGHT, WIDTH) == -2
    assert np.abs(lit.astype(int) - plain.astype(int))[on_wall].max() <= 2


@pytest.mark.parametrize("colour", ["#c2332c", "#2c6e49", "#3355aa", "#ecc52f", "#8d9094", "#3a2a20", "#eceae4"])
def test_without_the_curve_a_surface_has_its_own_colour(colour: str) -> None:
    """In white light, tone off, a lit surface is within ΔE00 10 of its albedo, flat or round."""
    layers, _, _ = shown(wall(6.0, colour), ball((0.5, 0.5, 0.5), (0, 3, 0), finish(colour), 1, detail=24))
    off = ciede2000(lab(flat(layers)), lab(np.array([[[int(colour[i : i + 2], 16) for i in (1, 3, 5)]]])))
    thing = layers.entity.reshape(HEIGHT, WIDTH) == 1
    assert np.median(off[thing]) < 10
    assert np.median(off[~thing]) < 10


def test_the_curve_is_what_changes_colour() -> None:
    """With the film's curve the same surface comes out otherwise: the switch does something."""
    layers, _, _ = shown(wall(6.0, "#c2332c"))
    toned = developed(layers, RAYS, WHITE, np.empty((HEIGHT, WIDTH, 3), np.uint8))
    assert np.median(ciede2000(lab(toned), lab(flat(layers)))) > 2


def test_shadows_end_softly(two: Rehearsal) -> None:
    """Where a shadow ends, the key light comes back over pixels; elsewhere it arrives in full or not."""
    hard = Tracer(two, Look(antialias=False))._trace(6).layers.lit
    soft = Tracer(two)._trace(6).layers.lit
    assert len(np.unique(hard)) <= 4  # lamps, shadow, light, and light that no ray need ask for
    between = (soft > 0.13) & (soft < 0.99)
    assert 50 < between.sum() < 0.1 * len(soft)
    assert (hard != soft).sum() == pytest.approx(between.sum(), rel=0.2)


def test_metal_is_darker_with_a_sharper_light() -> None:
    """Metal has a darker body and a smaller, brighter highlight than paint of the same colour and shine."""
    light = replace(WHITE, key_to=(-0.577, -0.577, 0.577))

    def ball_of(weave: Weave) -> np.ndarray:
        look = finish("#8a8a8a", shine=0.6, weave=weave)
        layers, _, _ = shown(wall(9.0, "#202020"), ball((0.7, 0.7, 0.7), (0, 3, 0), look, 1, detail=48), light)
        return (layers.light[:, 4:7] + layers.light[:, 7:10])[layers.entity == 1].mean(axis=1)

    paint, metal = ball_of(Weave.PLAIN), ball_of(Weave.METAL)
    assert np.median(metal) < 0.9 * np.median(paint)
    assert metal.max() > 1.1 * paint.max()

    def share(light_of: np.ndarray) -> float:
        return float((light_of > 0.75 * light_of.max()).mean())

    assert share(metal) < 0.6 * share(paint)


def test_a_knit_moves_with_what_it_is_knitted_on() -> None:
    """The pattern on a sleeve is the same pattern when the sleeve is elsewhere and turned, and plain cloth has none."""
    ambient = replace(WHITE, key=(0.0, 0.0, 0.0))

    def sleeve(weave: Weave, shift: float) -> np.ndarray:
        solid = tube((0, 0, -0.3), (0, 0, 0.3), 0.12, finish("#c0a040", weave=weave), 1, detail=48)
        turn = -np.arctan2(shift, 1.2)  # it turns the same side to the camera
        layers, _, _ = shown(wall(9.0, "#202020"), solid.moved(placed(shift, 1.2, 0.0, turn)), ambient)
        return layers.light[:, 4].reshape(HEIGHT, WIDTH)

    step = 1.2 * FOOTPRINT
    knit, moved = sleeve(Weave.KNIT, 0.0), sleeve(Weave.KNIT, 20 * step)
    plain = sleeve(Weave.PLAIN, 0.0)
    inside = (slice(50, 110), slice(WIDTH // 2 - 15, WIDTH // 2 + 15))
    there = (slice(50, 110), slice(WIDTH // 2 + 5, WIDTH // 2 + 35))
    pattern = knit[inside] / plain[inside]
    assert pattern.std() > 0.08
    assert pattern.mean() == pytest.approx(1.0, abs=0.08)
    carried = moved[there] / sleeve(Weave.PLAIN, 20 * step)[there]
    assert np.corrcoef(pattern.ravel(), carried.ravel())[0, 1] > 0.8
    assert abs(np.corrcoef(pattern.ravel(), (moved[inside] / plain[inside]).ravel())[0, 1]) < 0.5


def test_a_pattern_too_fine_to_show_is_left_out() -> None:
    """Far away a knit is as smooth as plain cloth: it cannot flicker."""

    def sleeve(weave: Weave) -> np.ndarray:
        solid = tube((0, 12, -1), (0, 12, 1), 0.6, finish("#c0a040", weave=weave), 1, detail=48)
        return shown(wall(30.0), solid)[0].light

    assert np.array_equal(sleeve(Weave.KNIT), sleeve(Weave.PLAIN))


def test_pencil_is_grey_on_paper(two: Rehearsal) -> None:
    """A pencilled frame has no colour but the paper's, light ground and dark lines."""
    picture = Tracer(two, Look(medium=Medium.PENCIL)).picture(6)
    chroma = picture.astype(int).max(axis=-1) - picture.astype(int).min(axis=-1)
    assert chroma.max() <= max(PAPER) - min(PAPER) + 6
    grey = picture.mean(axis=-1)
    assert np.median(grey) > 150
    assert np.percentile(grey, 1) < 110


def test_passes_lie_on_the_picture(two: Rehearsal, drawn: RehearsalFrame) -> None:
    """The edge of the id pass is where the picture has its lines: any shift fits worse."""
    plain = Tracer(two, Look(outlines=False)).picture(6).astype(int).mean(axis=-1)
    ink = plain - drawn.rgb.astype(int).mean(axis=-1)
    rim = border(drawn.ids > 0) | border(drawn.ids == 0)

    def fit(across: int, down: int) -> float:
        return float(ink[np.roll(rim, (down, across), (0, 1))].mean())

    here = fit(0, 0)
    assert all(here > fit(x, y) for x in (-2, -1, 0, 1, 2) for y in (-2, -1, 0, 1, 2) if (x, y) != (0, 0))


def test_normals_face_the_camera(drawn: RehearsalFrame) -> None:
    """Normals are unit vectors in the camera's space that look back along their rays."""
    height, width = drawn.ids.shape
    focal = drawn.intrinsics[0, 0]
    length = np.linalg.norm(drawn.normals, axis=-1)
    assert np.allclose(length[np.isfinite(drawn.depth)], 1, atol=1e-3)
    x, y = np.meshgrid(np.arange(width) + 0.5 - width / 2, np.arange(height) + 0.5 - height / 2)
    rays = np.stack([x / focal, y / focal, np.ones_like(x)], -1)
    assert (np.einsum("ijk,ijk->ij", drawn.normals, rays)[np.isfinite(drawn.depth)] < 1e-3).all()


def test_parts_say_which_words_are_seen(two: Rehearsal, drawn: RehearsalFrame) -> None:
    """Each part's number leads to locked words, and is seen on its own entity only."""
    assert not drawn.parts[(drawn.ids == 0) & (drawn.depth == np.inf)].any()
    for entity in (1, 2):
        for part in np.unique(drawn.parts[drawn.ids == entity]):
            words = part_words(two, entity, int(part))
            assert (words is None) == (part == 0)
            if words is not None:
                assert words in two.request.stage.cast[entity - 1].locked
    assert part_words(two, 1, 99) is None


def test_the_same_frame_has_the_same_bytes_in_any_order() -> None:
    """Frames are pure: asked for again, backwards, or alone, with a camera that stands or moves."""
    for moves in ((), (MoveKind.DOLLY_IN,)):
        shot = request(camera(ShotSize.MS, *moves), (person("MARA"),), text="Mara walks in.", frames=5)
        first = [frame.rgb.tobytes() for frame in frames(rehearse(shot))]
        again = Tracer(rehearse(shot))
        assert [again.picture(index).tobytes() for index in (4, 3, 2, 1, 0)] == first[::-1]


def test_what_is_switched_off_costs_nothing_and_shows_nothing(two: Rehearsal) -> None:
    """Every switch changes the picture."""
    full = Tracer(two).picture(6)
    for name in ("occlusion", "antialias", "outlines", "shadows", "tone"):
        assert (Tracer(two, replace(Look(), **{name: False})).picture(6) != full).any(), name
    assert len(np.unique(Tracer(two, EVERYTHING_OFF).picture(6).reshape(-1, 3), axis=0)) > 50


def test_the_look_is_part_of_the_recipe() -> None:
    """Another look or quality is another version of the generator, so takes are shot again; the default is not."""
    drawn: list[dict[str, JsonValue]] = [
        {},
        {"look": "pencil"},
        {"quality": "draft"},
        {"look": "pencil", "quality": "draft"},
    ]
    versions = [Previz(params).version for params in drawn]
    assert len(set(versions)) == 4
    assert Previz({"look": "ink", "quality": "full"}).version == versions[0]
    assert Look.of(quality=Quality.DRAFT).outlines


def test_a_look_that_does_not_exist_is_refused() -> None:
    """The words that can be written are said."""
    with pytest.raises(InputError, match="ink or pencil"):
        Previz({"look": "oil"})


def test_what_is_cut_up_for_tracing_looks_the_same() -> None:
    """Large slanted faces are traced in parts: every ray meets the face that it met before, and none slips through."""
    slanted = join(
        [
            box((30, 0.1, 14), (0, 9, 0), finish("#808080"), -2, turn=placed(0, 0, 0, angle)[:3, :3])
            for angle in (0.2, 0.75, -0.7)
        ]
    )
    whole, parts = Scene(slanted), Scene(slanted, large=True)
    triangles, of = split(slanted.vertices[slanted.faces])
    assert len(triangles) > 2 * len(slanted.faces)
    assert np.array_equal(np.unique(of), np.arange(len(slanted.faces)))
    met, again = whole.faces(EYE, RAYS), parts.faces(EYE, RAYS)
    assert (met != again).mean() < 0.001  # rays along an edge may meet either side of it
    assert not ((again < 0) & (met >= 0)).any()


def test_the_rim_of_something_round_is_lit_from_its_own_side() -> None:
    """A ball lit from the left is dark along its whole right rim: no normal there is turned round."""
    light = replace(WHITE, key_to=(-1.0, 0.0, 0.0), above=(0.0, 0.0, 0.0), below=(0.0, 0.0, 0.0))
    for detail in (7, 10, 16):
        layers, _, _ = shown(wall(9.0), ball((0.8, 0.8, 0.8), (0, 3, 0), finish("#ffffff"), 1, detail=detail), light)
        key = layers.light[:, 7].reshape(HEIGHT, WIDTH)
        mask = layers.entity.reshape(HEIGHT, WIDTH) == 1
        columns = np.flatnonzero(mask.any(axis=0))
        far_side = mask & (np.arange(WIDTH) > columns[0] + 0.75 * (columns[-1] - columns[0]))
        assert key[far_side].max() < 0.05
        assert key[mask].max() > 0.7
