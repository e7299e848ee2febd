"""Places: sets by their words, the same in every scene, lit by hour and weather, measured on geometry and pixels."""

from dataclasses import replace

import numpy as np
import pytest

from characters.seen import Kind, Seen
from render.previz.acting.floor import marks_of
from render.previz.colours import finish
from render.previz.frames import RehearsalFrame, Tracer
from render.previz.look.falling import draw_falling, particles
from render.previz.look.light import DARK, light_for, sun_at
from render.previz.look.tracer import Scene
from render.previz.rehearsal import Rehearsal, rehearse
from render.previz.sets.build import build_set, unshown
from render.previz.sets.builder import Builder
from render.previz.sets.design import SetDesign, SpotKind
from render.previz.sets.shell import EAST
from render.previz.sets.table import TABLE, Build, builder_for, row_for
from render.previz.solid import Solid, join
from storyboard.camera import Angle, ShotSize
from storyboard.screenplay import Interior, TimeOfDay
from tests.rehearsed import camera, person, request

INT, EXT = Interior.INT, Interior.EXT
NAMED = [
    (row.words[0].upper(), inside) for row in TABLE for inside, made in ((INT, row.inside), (EXT, row.outside)) if made
]
IDS = [f"{inside.value} {name}" for name, inside in NAMED]
MOST_FACES = 25_000
NOBODY: tuple[Seen, ...] = ()


def place(name: str, descriptor: str = "", **locked: str) -> Seen:
    return Seen(name=name, kind=Kind.PLACE, descriptor=descriptor, locked=tuple(locked.items()))


def whole(design: SetDesign) -> Solid:
    solids = [design.floor, *(piece.solid for piece in design.pieces)]
    return join([*solids, design.ceiling] if design.ceiling is not None else solids)


def afresh(where: Seen, interior: Interior) -> SetDesign:
    """A set built without what is kept of earlier ones."""
    from storyboard.hashing import seed_from

    build: Build = builder_for(where, interior)[1]
    return build(Builder(where, np.random.default_rng(seed_from("set", where.name))))


def shot(
    name: str,
    interior: Interior,
    time: TimeOfDay = TimeOfDay.DAY,
    weather: str = "",
    *,
    size: ShotSize = ShotSize.WS,
    cast: tuple[Seen, ...] | None = None,
    angle: Angle = Angle.LEVEL,
) -> Rehearsal:
    people = (person("MARA"),) if cast is None else cast
    made = request(camera(size, angle=angle), people, place=name, interior=interior)
    return rehearse(made.model_copy(update={"stage": made.stage.model_copy(update={"time": time, "weather": weather})}))


def luma(rgb: np.ndarray) -> np.ndarray:
    return rgb.astype(float) @ (0.2126, 0.7152, 0.0722)


@pytest.mark.parametrize(("name", "interior"), NAMED, ids=IDS)
def test_every_set_of_the_table(name: str, interior: Interior) -> None:
    """Every set builds, within its budget of triangles, twice alike to the bit, with room for four people."""
    where = place(name)
    design = build_set(where, interior)
    assert design.kind == row_for(where).kind
    solid = whole(design)
    assert len(solid.faces) <= MOST_FACES
    assert np.isfinite(solid.vertices).all()
    assert (solid.colour >= 0).all()
    assert solid.glow.max() <= 2.0  # lamps, windows and clouds are settled for the hour
    first, again = whole(afresh(where, interior)), whole(afresh(where, interior))
    for field in ("vertices", "faces", "colour", "glow", "part"):
        np.testing.assert_array_equal(getattr(first, field), getattr(again, field))
    if not design.seated:
        assert all(design.room(*mark) >= 0.2 for mark in marks_of(4, where, interior))


@pytest.mark.parametrize(("name", "interior"), NAMED, ids=IDS)
def test_dressed_whichever_way_the_camera_looks(name: str, interior: Interior) -> None:
    """From the middle of a set, something stands in each of the four directions; outdoors at several distances."""
    design = build_set(place(name), interior)
    at = np.concatenate([p.solid.vertices[p.solid.faces].mean(axis=1) for p in design.pieces])
    away, quarter = np.hypot(at[:, 0], at[:, 1]), np.round(np.arctan2(at[:, 1], at[:, 0]) / (np.pi / 2)).astype(int) % 4
    assert set(quarter[away > 1.0]) == {0, 1, 2, 3}
    if not design.inside:
        land = design.floor.vertices
        far = np.concatenate([away, np.hypot(land[:, 0], land[:, 1])])
        assert (away < 9).sum() >= 60, "nothing near"
        assert ((away > 9) & (away < 45)).sum() >= 30 or design.airless or "sea" in design.kind, "nothing between"
        assert (far > 60).any(), "nothing far"
    else:
        assert len({piece.wall for piece in design.pieces if piece.wall is not None}) == len(design.walls)


@pytest.mark.parametrize(
    ("name", "descriptor", "interior", "kind"),
    [
        ("HOSPITAL CORRIDOR", "", INT, "corridor"),
        ("CORRIDOR OF THE HOSPITAL", "", INT, "corridor"),
        ("HOTEL ROOM", "", INT, "bedroom"),
        ("IVO'S KITCHEN", "", INT, "kitchen"),
        ("CLOCK SHOP", "", INT, "shop"),
        ("LAMP ROOM", "", INT, "lamp room"),
        ("HILL STREET", "", EXT, "street"),
        ("STATION CAR PARK", "", EXT, "car park"),
        ("CLIFF PATH", "a path above the sea", EXT, "cliff"),
        ("THE OLD PLACE", "a bar by the harbour", INT, "bar"),
        ("BUS STOP", "", EXT, "bus stop"),
        ("SOMEWHERE", "", INT, "plain"),
        ("SOMEWHERE", "", EXT, "plain"),
        ("LIVING ROOM", "", INT, "living room"),
        ("BACK ROOM", "", INT, "room"),
        ("ABOARD THE FERRY", "", EXT, "boat"),
    ],
)
def test_a_place_is_known_by_its_noun(name: str, descriptor: str, interior: Interior, kind: str) -> None:
    """The last word of a name says what a place is; what follows 'of' or 'with' and vague words give way."""
    assert build_set(place(name, descriptor), interior).kind == kind


@pytest.mark.parametrize(
    ("name", "interior", "spots"),
    [
        ("KITCHEN", INT, ("table", "chair", "door")),
        ("BEDROOM", INT, ("bed", "edge of the bed", "door")),
        ("LIVING ROOM", INT, ("sofa", "armchair", "door")),
        ("OFFICE", INT, ("desk", "desk chair")),
        ("BAR", INT, ("bar", "bar stool", "booth")),
        ("SHOP", INT, ("counter",)),
        ("HOSPITAL", INT, ("bed", "visitor's chair")),
        ("CLASSROOM", INT, ("teacher's desk", "pupil's chair")),
        ("CHURCH", INT, ("pew",)),
        ("STAGE", INT, ("seat in the house",)),
        ("STATION", INT, ("bench", "ticket window")),
        ("CAR", INT, ("driver's seat", "passenger seat", "back seat")),
        ("TRAIN", INT, ("seat",)),
        ("LAMP ROOM", INT, ("hatch", "stool")),
        ("PARK", EXT, ("bench",)),
        ("BUS STOP", EXT, ("bench of the shelter",)),
        ("GARDEN", EXT, ("bench", "table", "door")),
        ("FOREST", EXT, ("fallen trunk",)),
    ],
)
def test_a_set_says_where_one_can_sit_and_go(name: str, interior: Interior, spots: tuple[str, ...]) -> None:
    """Seats, beds, tables and doors are named, at heights that people can use, inside the set."""
    design = build_set(place(name), interior)
    assert set(spots) <= {spot.name for spot in design.spots}
    for spot in design.spots:
        low, high = {SpotKind.SEAT: (-0.6, 0.8), SpotKind.BED: (0.3, 0.7), SpotKind.TABLE: (0.7, 1.2)}.get(
            spot.kind, (-0.1, 0.1)
        )
        assert low <= spot.at[2] <= high
        assert all(wall.distance + np.dot(wall.normal, spot.at[:2]) > -0.01 for wall in design.walls)


@pytest.mark.parametrize(
    ("name", "tall", "depth"),
    [
        ("FOREST", 40, (-1, 1)),
        ("STREET", 30, (-1, 1)),
        ("MOUNTAIN", 20, (-1, 1)),
        ("ROOFTOP", 20, (-30, -15)),
        ("CLIFF PATH", 3, (-30, -10)),
        ("BEACH", 2, (-3, -0.3)),
    ],
)
def test_what_a_landscape_is_known_by(name: str, tall: int, depth: tuple[float, float]) -> None:
    """Woods have trees, streets houses; a rooftop and a cliff look down, a beach hardly."""
    design = build_set(place(name), EXT)
    assert sum(float(piece.solid.vertices[:, 2].max()) > 4.0 for piece in design.pieces) >= tall
    assert depth[0] < float(design.floor.vertices[:, 2].min()) < depth[1]


def test_the_same_place_in_two_scenes() -> None:
    """At another hour, with other people, in another shot, every thing of a place stands where it stood."""
    one = shot("KITCHEN", INT, TimeOfDay.DAWN).design
    other = shot("KITCHEN", INT, TimeOfDay.NIGHT, size=ShotSize.CU, cast=(person("IVO"), person("MARA"))).design
    assert one.spots == other.spots
    for a, b in zip(one.pieces, other.pieces, strict=True):
        np.testing.assert_array_equal(a.solid.vertices, b.solid.vertices)


def test_two_places_of_a_kind_differ() -> None:
    """Two kitchens are two kitchens."""
    one, other = (build_set(place(name), INT) for name in ("MARA'S KITCHEN", "IVO'S KITCHEN"))
    assert whole(one).vertices.shape != whole(other).vertices.shape or one.half != other.half


@pytest.mark.parametrize(
    ("where", "interior"),
    [
        (place("KITCHEN", walls="pale blue wooden walls", floor="dark red floor", table="bright green table"), INT),
        (place("LAMP ROOM", walls="white plaster walls", floor="grey stone floor"), INT),
        (place("CLIFF PATH", ground="dull green grass", sea="dark blue sea"), EXT),
        (place("BEDROOM", bed="purple bedspread", door="yellow door", curtains="orange curtains"), INT),
        (place("BEACH", sand="black sand", sea="turquoise water", boat="red boat"), EXT),
        (place("BAR", counter="white marble counter", stool="green stools"), INT),
        (place("STREET", house="pink houses", road="black asphalt"), EXT),
        (place("FOREST", ground="brown ground", leaves="golden leaves"), EXT),
    ],
)
def test_locked_words_colour_their_parts(where: Seen, interior: Interior) -> None:
    """Each locked part of a place is on surfaces that carry its number and are of its colour, lighter or darker."""
    assert unshown(where, interior) == ()
    solid = whole(build_set(where, interior))
    for number, (_, words) in enumerate(where.locked, 1):
        said, found = np.array(finish(words).colour), solid.colour[solid.part == number]
        hue = found / found.sum(axis=1, keepdims=True)
        near = np.abs(hue - said / said.sum()).max(axis=1) < 0.12
        assert near.mean() > 0.7, words


def test_a_part_that_no_surface_shows_is_named() -> None:
    """What a set cannot show is said by name."""
    assert unshown(place("KITCHEN", walls="white walls", chandelier="crystal chandelier"), INT) == ("chandelier",)


def test_locked_walls_are_seen_in_the_picture() -> None:
    """The map of parts says which pixels show the locked walls and the locked floor."""
    made = request(camera(ShotSize.WS), (person("MARA"),), place="KITCHEN")
    where = place("KITCHEN", walls="pale blue walls", floor="dark red floor")
    made = made.model_copy(update={"stage": made.stage.model_copy(update={"place": where})})
    frame = Tracer(rehearse(made)).frame(0)
    seen = np.bincount(frame.parts[frame.ids == 0], minlength=3)
    assert seen[1] > 0.05 * frame.parts.size
    assert seen[2] > 0.05 * frame.parts.size


# --- light ---


def _ground(rehearsal: Rehearsal, frame: RehearsalFrame) -> np.ndarray:
    """Where on the ground each pixel looks, float64[H, W, 2] metres."""
    height, width = frame.depth.shape
    y, x = np.mgrid[:height, :width] + 0.5
    f, cx, cy = frame.intrinsics[0, 0], frame.intrinsics[0, 2], frame.intrinsics[1, 2]
    local = np.stack([(x - cx) / f, (y - cy) / f, np.ones_like(x)], -1)
    local = local * np.where(np.isfinite(frame.depth), frame.depth, 1e4)[..., None]
    return (local @ frame.extrinsics[:3, :3])[..., :2] + rehearsal.view(0).position[:2]


def _shadow(time: TimeOfDay) -> np.ndarray:
    """From the feet of somebody alone on the sand to the end of their shadow, float64[2] metres."""
    rehearsal = shot("DESERT", EXT, time, size=ShotSize.FS)
    people, _ = Tracer(rehearsal).people(0.0)
    assert people is not None
    x, y = np.meshgrid(np.arange(-16, 16, 0.05), np.arange(-16, 16, 0.05))
    points = np.column_stack([x.ravel(), y.ravel(), np.full(x.size, 0.01)]).astype(np.float32)
    dark = Scene(people).blocks(points, np.asarray(rehearsal.light.key_to, np.float32))
    reach = points[dark, :2] - rehearsal.actors[0].place(0.0)
    return reach[np.argmax(np.hypot(*reach.T))]


def test_shadows_through_the_day() -> None:
    """A shadow is shorter at noon than at dawn; at dawn it falls to the west, at sunset to the east."""
    dawn, noon, sunset = (_shadow(time) for time in (TimeOfDay.DAWN, TimeOfDay.DAY, TimeOfDay.SUNSET))
    assert np.hypot(*noon) < 0.6 * np.hypot(*dawn)
    assert np.hypot(*noon) < 0.6 * np.hypot(*sunset)
    assert dawn[0] < -0.3 < 0.3 < sunset[0]
    for time, shadow in ((TimeOfDay.DAWN, dawn), (TimeOfDay.DAY, noon), (TimeOfDay.SUNSET, sunset)):
        away = -np.array(sun_at(time)[:2])
        assert shadow @ away / (np.hypot(*shadow) * np.hypot(*away)) > 0.9


@pytest.mark.parametrize("time", list(TimeOfDay))
def test_the_height_of_the_sun(time: TimeOfDay) -> None:
    """The sun is highest at day, low at dawn and at sunset, and always above the horizon as a unit vector."""
    assert np.linalg.norm(sun_at(time)) == pytest.approx(1.0)
    assert 0 < sun_at(time)[2] <= sun_at(TimeOfDay.DAY)[2]
    assert max(sun_at(TimeOfDay.DAWN)[2], sun_at(TimeOfDay.SUNSET)[2]) < 0.2


@pytest.mark.parametrize(
    ("name", "interior"),
    [
        ("STREET", EXT),
        ("SQUARE", EXT),
        ("PARK", EXT),
        ("ALLEY", EXT),
        ("KITCHEN", INT),
        ("BAR", INT),
        ("LAMP ROOM", INT),
    ],
)
def test_lamps_burn_after_dark(name: str, interior: Interior) -> None:
    """At night a set has lamps, each beside a thing that glows; by day out of doors there are none."""
    night = build_set(place(name), interior, TimeOfDay.NIGHT)
    assert night.lamps
    solid = whole(night)
    glowing = solid.vertices[solid.faces].mean(axis=1)[(solid.glow > 0) & (solid.glow < 1)]
    for lamp in night.lamps:
        assert np.linalg.norm(glowing - lamp.at, axis=1).min() < 1.6
    assert light_for(TimeOfDay.NIGHT, "", night).lamps == night.lamps
    if not night.always_lit:
        assert not build_set(place(name), interior, TimeOfDay.DAY).lamps


def test_a_lamp_lights_what_is_under_it() -> None:
    """At night a street lamp makes the ground under it brighter, and less so what lies farther off."""
    rehearsal = shot("STREET", EXT, TimeOfDay.NIGHT, size=ShotSize.EWS, cast=NOBODY)
    frame, dark = (
        Tracer(each).frame(0) for each in (rehearsal, replace(rehearsal, light=replace(rehearsal.light, lamps=())))
    )
    ground = _ground(rehearsal, frame)
    away = np.min([np.hypot(*np.moveaxis(ground - lamp.at[:2], -1, 0)) for lamp in rehearsal.light.lamps], axis=0)
    level = np.abs(frame.normals @ np.linalg.inv(frame.extrinsics[:3, :3]).T)[..., 2] > 0.99
    gain = luma(frame.rgb) - luma(dark.rgb)
    assert gain[level & (away < 1.6)].mean() > 10
    assert gain[level & (away < 1.6)].mean() > 2 * gain[level & (away > 7)].mean()


def test_night_is_darker_than_day_and_windows_of_houses_are_lit() -> None:
    """A street darkens at night, and its windows, dark by day, are the brightest things in it."""
    day, night = (
        Tracer(shot("STREET", EXT, time, size=ShotSize.EWS)).picture(0) for time in (TimeOfDay.DAY, TimeOfDay.NIGHT)
    )
    assert luma(night).mean() < 0.7 * luma(day).mean()
    bright = luma(night) > np.percentile(luma(night), 98)
    warm = night[bright].mean(axis=0)
    assert warm[0] > warm[2] + 30


def test_the_sun_falls_in_by_the_window_that_the_bible_names() -> None:
    """A kitchen with one window to the east has just that one, and the sun on its floor at dawn, not in the evening."""
    where = place("KITCHEN", "a small kitchen with one window to the east")
    dawn = build_set(where, INT, TimeOfDay.DAWN)
    assert [window.wall for window in dawn.windows] == [EAST]
    evening = build_set(where, INT, TimeOfDay.EVENING)
    assert len(dawn.floor.faces) > len(evening.floor.faces)
    added = dawn.floor.vertices[dawn.floor.faces][len(evening.floor.faces) :].mean(axis=1)
    brighter = dawn.floor.colour[len(evening.floor.faces) :].mean()
    assert brighter > 1.3 * evening.floor.colour.mean()
    assert light_for(TimeOfDay.DAWN, "", dawn).key_to[0] > 0.5
    assert dawn.half is not None
    assert np.abs(added[:, :2]).max() <= max(dawn.half)


# --- weather ---


def _contrast(frame: RehearsalFrame, near: float, far: float) -> float:
    within = (frame.depth > near) & (frame.depth < far)
    return float(luma(frame.rgb)[within].std())


def test_fog_takes_what_is_far() -> None:
    """In fog the contrast of what is far falls to a fraction, that of what is near far less."""
    clear, foggy = (Tracer(shot("PARK", EXT, weather=weather, size=ShotSize.EWS)).frame(0) for weather in ("", "fog"))
    far = _contrast(foggy, 35, 150) / _contrast(clear, 35, 150)
    near = _contrast(foggy, 2, 12) / _contrast(clear, 2, 12)
    assert far < 0.3
    assert near > 1.5 * far


def test_snow_lies_on_what_looks_up() -> None:
    """In snow the ground is white and shows no locked colour; an upright wall keeps its own."""
    where = place("STREET", ground="dark red cobbles")
    plain, snowy = (build_set(where, EXT, TimeOfDay.DAY, weather) for weather in ("", "snow"))
    up = _upness(plain.floor) > 0.99
    level = up & (np.abs(plain.floor.vertices[plain.floor.faces][..., 2]).max(axis=1) < 0.2)
    assert snowy.floor.colour[level].min() > 0.6
    assert (snowy.floor.part[level] == 0).all()
    assert (plain.floor.part[level] == 1).any()
    front = next(piece for piece in range(len(plain.pieces)) if plain.pieces[piece].solid.vertices[:, 2].max() > 6)
    before, after = plain.pieces[front].solid, snowy.pieces[front].solid
    upright = np.abs(_upness(before)) < 0.01
    np.testing.assert_array_equal(before.colour[upright], after.colour[upright])


def _upness(solid: Solid) -> np.ndarray:
    corners = solid.vertices[solid.faces]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return across[:, 2] / np.maximum(np.linalg.norm(across, axis=1), 1e-12)


def test_rain_wets_the_ground() -> None:
    """In rain the ground is darker and shines, and puddles lie on it, always the same ones."""
    dry, wet, again = (build_set(place("STREET"), EXT, TimeOfDay.DAY, w) for w in ("", "rain", "rain"))
    count = len(dry.floor.faces)
    up = _upness(dry.floor) > 0.9
    assert (wet.floor.colour[:count][up] < dry.floor.colour[up]).all()
    assert wet.floor.shine[:count][up].min() >= 0.7
    assert len(wet.floor.faces) > count
    np.testing.assert_array_equal(wet.floor.vertices, again.floor.vertices)


@pytest.mark.parametrize("weather", ["rain", "storm", "snow"])
def test_what_falls_is_seen_and_is_the_same_every_time(weather: str) -> None:
    """Rain and snow move from frame to frame where a clear day stands still, and a frame drawn twice is one frame."""
    tracer = Tracer(shot("FIELD", EXT, weather=weather, cast=NOBODY))
    first, second, again = tracer.picture(0), tracer.picture(1), Tracer(tracer.rehearsal).picture(0)
    np.testing.assert_array_equal(first, again)
    assert (np.abs(first.astype(int) - second).max(axis=2) > 12).mean() > 0.004
    clear = Tracer(shot("FIELD", EXT, cast=NOBODY))
    np.testing.assert_array_equal(clear.picture(0), clear.picture(1))


@pytest.mark.parametrize("weather", ["rain", "storm", "snow"])
def test_what_falls_falls(weather: str) -> None:
    """Each drop and flake sinks, and keeps its place in the world as the camera moves."""
    rehearsal = shot("FIELD", EXT, weather=weather)
    view = rehearsal.view(0)
    early, tails = particles(weather, view, 1.0)
    late, _ = particles(weather, view, 1.01)
    stayed = np.abs(late - early).max(axis=1) < 1.0  # the others came in again on the other side
    assert stayed.mean() > 0.9
    assert (late[stayed, 2] < early[stayed, 2]).all()
    assert (tails[:, 2] >= early[:, 2] - 1e-9).all()
    moved = type(view)(view.position + (0.5, 0.2, 0.1), view.yaw, view.pitch, view.roll, view.focal)
    same = np.abs(particles(weather, moved, 1.0)[0] - early).max(axis=1) < 1e-6
    assert same.mean() > 0.85


def test_what_stands_nearer_hides_what_falls() -> None:
    """Nothing falls before a wall at arm's length, and nothing within a roof."""
    rehearsal = shot("FIELD", EXT, weather="storm")
    view, light = rehearsal.view(0), rehearsal.light
    blank = np.full((90, 160, 3), 40, np.uint8)
    near, open_, roofed = blank.copy(), blank.copy(), blank.copy()
    sky = np.full((90, 160), 1e30, np.float32)
    draw_falling(near, np.full((90, 160), 0.4, np.float32), view, 1.0, "storm", light)
    draw_falling(open_, sky, view, 1.0, "storm", light)
    x, y, z = (float(v) for v in view.position)
    draw_falling(roofed, sky, view, 1.0, "storm", light, ((x - 20, y - 20, z - 20), (x + 20, y + 20, z + 20)))
    assert (near == blank).all()
    assert (open_ > blank).any()
    assert (roofed == blank).all()


def test_no_rain_indoors() -> None:
    """A room in the rain is dry: nothing moves in it."""
    tracer = Tracer(shot("KITCHEN", INT, weather="rain", cast=NOBODY))
    np.testing.assert_array_equal(tracer.picture(0), tracer.picture(1))


def test_no_weather_in_space() -> None:
    """Space is black by day, whatever a heading says of the weather."""
    tracer = Tracer(shot("OUTER SPACE", EXT, weather="rain"))
    frame = tracer.frame(0)
    assert luma(frame.rgb)[~np.isfinite(frame.depth)].mean() < 12


@pytest.mark.parametrize("time", sorted(DARK))
def test_faces_are_read_after_dark(time: TimeOfDay) -> None:
    """After dark a person stands out from what is behind them, in a room and out of doors."""
    for name, interior in (("KITCHEN", INT), ("STREET", EXT), ("CLIFF PATH", EXT)):
        frame = Tracer(shot(name, interior, time, size=ShotSize.MS)).frame(0)
        body = frame.ids > 0
        assert luma(frame.rgb)[body].max() > 60
        assert luma(frame.rgb)[body].std() > 10
