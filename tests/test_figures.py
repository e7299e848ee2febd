"""Figures by the bible's words, measured on their geometry and on the pixels that show them."""

from dataclasses import fields
from itertools import combinations, product

import numpy as np
import pytest

from characters.seen import Figure as Body
from characters.seen import Kind, Seen
from render.previz.colour_names import survey_hex
from render.previz.colour_space import ciede2000, lab_of, linear
from render.previz.figures.animals import build_animal
from render.previz.figures.beasts import beasts
from render.previz.figures.figure import build_figure
from render.previz.figures.person import build_person
from render.previz.figures.rig import Figure
from render.previz.figures.skeleton import Pose
from render.previz.figures.wardrobe import Kind as Wearable
from render.previz.figures.wardrobe import kinds
from render.previz.figures.words import wearing
from render.previz.frames import RehearsalFrame, Tracer
from render.previz.look.style import Look
from render.previz.rehearsal import Rehearsal, rehearse
from render.previz.solid import Solid
from storyboard.camera import ShotSize
from tests.rehearsed import camera, request

PLAIN = Look(tone=False, outlines=False, occlusion=False, antialias=False, shadows=False)
USUAL, MOST = 6_200, 7_500  # triangles: of half of all dressed people, and of the most lavish one
NEAR = 10.0  # CIEDE2000


def somebody(descriptor: str = "", name: str = "ANN", height: float | None = None, **locked: str) -> Seen:
    body = Body(height=height) if height else None
    parts = tuple((part.replace("_", " "), words) for part, words in locked.items())
    return Seen(name=name, kind=Kind.CHARACTER, descriptor=descriptor, locked=parts, figure=body)


def figure_of(seen: Seen) -> Figure:
    return build_figure(seen, 1)  # type: ignore[arg-type]


def standing(seen: Seen) -> Solid:
    return figure_of(seen).posed(Pose())


def silhouette(seen: Seen, *, side: bool = False) -> np.ndarray:
    """bool[240, 240], a pixel a centimetre: a standing figure from the front or the side, its feet below the middle."""
    import cv2

    solid = standing(seen)
    across = solid.vertices[:, 0 if side else 1]
    corners = np.stack([120 + 100 * across, 235 - 100 * solid.vertices[:, 2]], -1)
    canvas = np.zeros((240, 240), np.uint8)
    for triangle in np.round(corners[solid.faces] * 16).astype(np.int32):
        cv2.fillConvexPoly(canvas, triangle, 1, shift=4)
    return canvas > 0


def overlap(first: np.ndarray, second: np.ndarray) -> float:
    """Intersection over union."""
    return float((first & second).sum() / (first | second).sum())


def seen_in(shot: Rehearsal) -> RehearsalFrame:
    return Tracer(shot, PLAIN).frame(0)


def shot_of(seen: Seen, size: ShotSize) -> Rehearsal:
    return rehearse(request(camera(size), (seen,), pixels=(240, 240), frames=2))


def lit(frame: RehearsalFrame, shot: Rehearsal, mask: np.ndarray) -> np.ndarray:
    """Those pixels of ``mask``, away from its rim, that face the key light."""
    import cv2

    inside = cv2.erode(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    key = frame.extrinsics[:3, :3] @ np.array(shot.light.key_to)
    return inside & (frame.normals @ key > 0.5)


def lab_in(frame: RehearsalFrame, mask: np.ndarray) -> np.ndarray:
    return lab_of(linear(frame.rgb[mask] / 255.0))


COLOURED = [
    ("coat", "dark green oilskin coat", "dark green", ShotSize.FS),
    ("coat", "a long crimson coat", "crimson", ShotSize.FS),
    ("coat", "mustard yellow coat", "mustard yellow", ShotSize.FS),
    ("trousers", "navy wool trousers", "navy", ShotSize.FS),
    ("trousers", "brown corduroy trousers", "brown", ShotSize.FS),
    ("trousers", "purple trousers", "purple", ShotSize.FS),
    ("hat", "red woolly hat", "red", ShotSize.CU),
    ("hat", "teal bowler hat", "teal", ShotSize.CU),
    ("head", "glossy yellow balloon", "yellow", ShotSize.CU),
    ("head", "an orange pumpkin", "orange", ShotSize.CU),
    ("sweater", "sky blue knitted sweater", "sky blue", ShotSize.MS),
]


@pytest.mark.parametrize(("part", "words", "name", "size"), COLOURED, ids=[words for _, words, _, _ in COLOURED])
def test_a_locked_colour_is_seen(part: str, words: str, name: str, size: ShotSize) -> None:
    """What faces the light is within CIEDE2000 10 of what people call by the colour's name."""
    shot = shot_of(replace_locked(somebody(), (part, words)), size)
    frame = seen_in(shot)
    mask = lit(frame, shot, frame.parts * (frame.ids > 0) == 1)
    assert mask.sum() > 60
    hex_code = survey_hex(name)
    assert hex_code
    found = np.median(lab_in(frame, mask), axis=0)
    assert float(ciede2000(found, lab_of(linear(hex_code)))) <= NEAR


def test_a_balloon_for_a_head() -> None:
    """A glossy yellow balloon is yellow all over, shines, and has no face: no eyes, lids, mouth or skin."""
    seen = somebody("a woman", head="glossy yellow balloon", coat="charcoal coat")
    figure = figure_of(seen)
    assert not {bone for bone, _ in figure.parts} & {"eye-l", "eye-r", "lid-l", "lid-r", "jaw", "gape"}
    above = [solid for bone, solid in figure.parts if bone == "head"]
    balloon = [solid for solid in above if (solid.part == 1).any()]
    assert max(float(solid.shine.max()) for solid in balloon) >= 0.5
    shot = shot_of(seen, ShotSize.CU)
    frame = seen_in(shot)
    labs = lab_in(frame, frame.parts * (frame.ids > 0) == 1)
    hue = np.degrees(np.arctan2(labs[:, 2], labs[:, 1]))
    gleam = labs[:, 0] > 96
    assert (((hue > 80) & (hue < 115)) | gleam).mean() > 0.95


CAST = {
    "keeper": somebody("an old woman", "MARA", 1.62, coat="dark green oilskin coat", hair="long grey braid"),
    "clerk": somebody("a thin young man", "IVO", 1.88, sweater="mustard yellow sweater", trousers="brown trousers"),
    "singer": somebody("a woman", "LOLA", 1.74, dress="red evening gown", hair="black afro"),
    "sheriff": somebody("a fat man", "BO", 1.80, hat="white cowboy hat", jacket="tan jacket", trousers="blue jeans"),
    "balloon": somebody("a man", "AIR", 1.78, head="glossy yellow balloon", suit="charcoal suit"),
    "child": somebody("a girl of seven", "PIP", raincoat="yellow raincoat", boots="red rubber boots"),
}


@pytest.mark.parametrize(("one", "other"), list(combinations(CAST, 2)))
def test_two_characters_differ_in_silhouette(one: str, other: str) -> None:
    """Blacked out, from the front, two characters whose words differ share under 85 % of their outlines."""
    assert overlap(silhouette(CAST[one]), silhouette(CAST[other])) < 0.85


def histogram(seen: Seen, size: ShotSize) -> np.ndarray:
    """How often each colour is seen of somebody: float[512], sums to one."""
    frame = seen_in(shot_of(seen, size))
    labs = lab_in(frame, frame.ids > 0)
    counts, _ = np.histogramdd(labs, bins=(8, 8, 8), range=((0, 100), (-80, 80), (-80, 80)))
    return (counts / counts.sum()).ravel()


def test_two_shots_of_one_are_closer_than_two_characters() -> None:
    """Colours seen of one character in two sizes share more than those of any two characters, by a clear margin."""
    sizes = (ShotSize.FS, ShotSize.MFS)
    seen = {(who, size): histogram(CAST[who], size) for who, size in product(CAST, sizes)}
    shared = {(a, b): float(np.minimum(seen[a, sizes[0]], seen[b, sizes[1]]).sum()) for a, b in product(CAST, repeat=2)}
    alike = min(share for (a, b), share in shared.items() if a == b)
    apart = max(share for (a, b), share in shared.items() if a != b)
    assert alike > apart + 0.15, (alike, apart)


@pytest.mark.parametrize("who", CAST)
def test_the_same_words_give_the_same_figure(who: str) -> None:
    """Built twice, a figure is the same to the bit."""
    first, again = (build_person(CAST[who], 1).posed(Pose()) for _ in range(2))
    for field in fields(Solid):
        np.testing.assert_array_equal(getattr(first, field.name), getattr(again, field.name))


@pytest.mark.parametrize("who", CAST)
def test_a_dressed_person_is_within_budget(who: str) -> None:
    """A whole costume takes no more triangles than the tracer is meant for."""
    assert len(standing(CAST[who]).faces) <= MOST


PART = {"head": "head", "hair": "hair", "beard": "facial hair", "face": "face", "skin": "skin", "eyes": "eyewear"}


def worn(slot: str, words: str) -> Seen:
    """Somebody who wears or has this."""
    return replace_locked(somebody(height=1.7), (PART.get(slot, words), words))


def replace_locked(seen: Seen, *locked: tuple[str, str]) -> Seen:
    return seen.model_copy(update={"locked": locked})


ROWS: dict[tuple[str, str], tuple[Wearable, str]] = {}
for key, found in kinds().items():
    for each in found:
        ROWS.setdefault((each.slot, each.name), (each, " ".join(key)))


@pytest.mark.parametrize("slot", sorted({slot for slot, _ in ROWS}))
def test_every_row_of_the_wardrobe(slot: str) -> None:
    """Each kind of thing that can be worn or had is read as itself, and fits round a person, within the budget."""
    for (of, name), (_, words) in ROWS.items():
        if of != slot:
            continue
        seen = worn(slot, words)
        assert name in [wear.kind.name for wear in wearing(seen).every(slot)], words  # type: ignore[arg-type]
        solid = standing(seen)
        assert len(solid.faces) <= MOST, (name, len(solid.faces))
        fits(solid, 1.7, name)


def test_a_dressed_person_takes_few_triangles() -> None:
    """Half of all that can be worn leaves a figure within the usual count."""
    figures = [figure_of(worn(slot, words)) for (slot, _), (_, words) in ROWS.items()]
    assert np.median([sum(len(solid.faces) for _, solid in figure.parts) for figure in figures]) <= USUAL


def fits(solid: Solid, height: float, name: str) -> None:
    assert np.isfinite(solid.vertices).all()
    assert np.isfinite(solid.normals).all()
    low, high = solid.vertices.min(axis=0) / height, solid.vertices.max(axis=0) / height
    assert low[2] > -0.03, (name, low)
    assert 0.9 < high[2] < 1.35, (name, high)
    assert (low[:2] > -0.55).all(), (name, low)
    assert (high[:2] < 0.55).all(), (name, high)


@pytest.mark.parametrize("name", sorted({beast.name for beast in beasts().values()}))
def test_every_animal(name: str) -> None:
    """Each animal is read as itself, stands on the ground, is as tall as it should be, and within the budget."""
    seen = somebody(f"a {name}")
    beast = beasts()[next(words for words, beast in beasts().items() if beast.name == name)]
    solid = build_animal(seen, beast, 1).posed(Pose())
    assert np.isfinite(solid.vertices).all()
    assert len(solid.faces) <= MOST
    low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
    assert -0.05 * beast.height <= low[2]
    assert 0.6 * beast.height < high[2] < 1.6 * beast.height
    reach = sum(float(beast.shape.get(name, 0.0)) for name in ("long", "tail", "neck", "snout"))
    assert max(high[:2] - low[:2]) < (3.0 + reach) * beast.height


def test_build_words_show() -> None:
    """Fat is broader than average, average than thin; from the side too."""
    for side in (False, True):
        fat, plain, thin = (silhouette(somebody(f"a {word} man"), side=side).sum() for word in ("fat", "grey", "thin"))
        assert fat > 1.08 * plain > 1.08 * 1.04 * thin


def test_height_words_show() -> None:
    """Tall stands above short by a head; the bible's metres are the figure's."""
    tall, short = (silhouette(somebody(f"a {word} man")).any(axis=1).sum() for word in ("tall", "short"))
    assert tall - short >= 15
    bald = somebody("a bald man", height=1.80)
    assert abs(standing(bald).vertices[:, 2].max() - 1.80) < 0.03


def head_share(seen: Seen) -> float:
    """How much of a bald figure's height is head, from the chin: the narrowest row of the neck is sought."""
    rows = silhouette(replace_hair(seen)).sum(axis=1)
    top = int(np.flatnonzero(rows)[0])
    tall = int(np.flatnonzero(rows)[-1]) - top + 1
    neck = top + int(tall * 0.10) + int(np.argmin(rows[top + int(tall * 0.10) : top + int(tall * 0.30)]))
    return (neck - top) / tall


def replace_hair(seen: Seen) -> Seen:
    return replace_locked(seen, ("hair", "bald"))


def test_age_words_show() -> None:
    """A child is small with a large head; the old stoop."""
    child, grown, old = (somebody(words) for words in ("a boy of six", "a man of thirty", "a man of eighty"))
    assert silhouette(child).any(axis=1).sum() < 0.75 * silhouette(grown).any(axis=1).sum()
    assert head_share(child) > 1.15 * head_share(grown)

    def leans(seen: Seen) -> float:
        solid = standing(replace_hair(seen))
        return float(solid.vertices[solid.vertices[:, 2] > 0.9 * solid.vertices[:, 2].max(), 0].mean())

    assert leans(old) > leans(grown) + 0.03
