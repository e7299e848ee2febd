"""Animals in a simple form, out of the numbers in beasts.toml. Lengths are shares of the height; they face +x.

The neck rises over the place where the animal stands, and the body lies behind it, so that a shot framed on whoever
stands there has the head in frame.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from characters.seen import Seen
from render.previz.colour_names import tokens_of
from render.previz.colours import Finish, Weave, finish, finishes, names_colour, shade
from render.previz.figures.beasts import Beast
from render.previz.figures.headwear import hat
from render.previz.figures.mesh import patch, rope
from render.previz.figures.rig import Figure, Part
from render.previz.figures.shape import shape_of
from render.previz.figures.skeleton import REST, Pose, turned
from render.previz.figures.words import stature, wearing
from render.previz.solid import Solid, ball, lathe

_DARK = Finish((0.014, 0.012, 0.012), 0.6)
_COATS = frozenset(
    [
        "coat",
        "fur",
        "feathers",
        "plumage",
        "skin",
        "scales",
        "hide",
        "body",
        "colour",
        "color",
        "pelt",
        "wool",
        "markings",
    ]
)


def build_animal(seen: Seen, beast: Beast, entity: int) -> Figure:
    """The animal that the words describe."""
    h = stature(seen)
    look, other = _coat(seen, beast)
    build = {"four": _four, "bird": _bird, "fish": _fish, "snake": _snake, "bug": _bug}[beast.form]
    parts, rig = build(seen, beast, h, look, other, entity)
    parts += _worn(seen, beast, h, entity)
    return Figure(h, tuple(parts), skeleton=rig)


def _coat(seen: Seen, beast: Beast) -> tuple[Finish, Finish]:
    """The colour of the coat, and that of its markings."""
    for number, (part, words) in enumerate(seen.locked, 1):
        if part.lower() in _COATS:
            looks = finishes(words, beast.colour)
            found, number_of = looks, number
            break
    else:
        text = seen.descriptor if names_colour(seen.descriptor) else seen.name if names_colour(seen.name) else ""
        found, number_of = finishes(text, beast.colour), 0
    look = replace(found[0], part=number_of, glow=0.0)
    if beast.shape.get("fur") or beast.form == "bird":
        look = replace(look, weave=Weave.FUR)
    other = (
        replace(found[1], part=number_of, weave=look.weave)
        if len(found) > 1
        else shade(look, 0.35 if sum(look.colour) > 0.25 else 3.0)
    )
    return look, other


def _about(turn: np.ndarray, at: np.ndarray) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = turn, at - turn @ at
    return matrix


def _root(h: float, pose: Pose) -> tuple[np.ndarray, float, bool]:
    """Where the animal stands, how far it has sat down (0 … 1), and whether it lies."""
    c, s = np.cos(pose.facing), np.sin(pose.facing)
    lies = abs(pose.flat) > 0.6
    down = 0.0 if lies else float(np.clip((-pose.z / h - 0.08) / 0.25, 0.0, 1.0))
    raised = max(pose.z, 0.0)
    return np.array(((c, -s, 0, pose.x), (s, c, 0, pose.y), (0, 0, 1, raised), (0, 0, 0, 1)), np.float64), down, lies


def _rig(
    neck: tuple[float, float, float],
    mouth: tuple[float, float, float],
    fore: float,
    hind: float,
    top: float,
    side: float,
) -> Callable[[float, Pose], dict[str, np.ndarray]]:
    """The bones of what stands on four legs at ``fore`` and ``hind`` (x), jointed at height ``top``."""

    def bones(h: float, pose: Pose) -> dict[str, np.ndarray]:
        root, down, lies = _root(h, pose)
        body = root
        if lies:
            body = root @ _shift(0.0, 0.0, -0.72 * top * h)
        elif down:
            body = root @ _about(turned(0.55 * down, 0.0, 0.0), np.array((fore, 0.0, top * 0.5)) * h)
        found = {"pelvis": body, "torso": body}
        look = turned(-pose.nod, -pose.tilt, 0.9 * pose.head_turn) @ turned(-0.5 * down, 0.0, 0.0)
        found["head"] = found["jaw"] = body @ _about(look, np.array(neck) * h)
        for index, (name, sign) in enumerate((("l", 1.0), ("r", -1.0))):
            for bone, x, swing, bend in (("fore", fore, 1 - index, -1.0), ("hind", hind, index, 1.0)):
                angle, knee = 0.8 * pose.thighs[swing], 0.55 * pose.knees[swing]
                if lies:
                    angle, knee = 1.45 if bone == "hind" else -1.0, 2.4 if bone == "hind" else -2.4
                elif down:
                    angle, knee = (1.25 * down, 1.7 * down) if bone == "hind" else (-0.5 * down, 0.0)
                upper = body @ _about(turned(angle, 0.0, 0.0), np.array((x, sign * side, top)) * h)
                found[f"{bone}-{name}"] = upper
                found[f"{bone}-low-{name}"] = upper @ _about(
                    turned(-bend * knee, 0.0, 0.0), np.array((x, sign * side, top * 0.48)) * h
                )
            palm = np.array(REST["palm"]) * (1, sign, 1)
            found[f"forearm-{name}"] = found["head"] @ _shift(*((np.array(mouth) - palm) * h))
        return found

    return bones


def _shift(x: float, y: float, z: float) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, 3] = (x, y, z)
    return matrix


def _dot(
    h: float,
    at: tuple[float, float, float] | np.ndarray,
    radii: tuple[float, float, float],
    look: Finish,
    entity: int,
    detail: int = 7,
) -> Solid:
    return ball(tuple(r * h for r in radii), tuple(float(a) * h for a in at), look, entity, detail)  # type: ignore[arg-type]


def _marked(solid: Solid, seen: Seen, beast: Beast, other: Finish, around: int) -> Solid:
    """Stripes, spots or patches where the words or the kind have them; the belly of fur is paler."""
    words = set(tokens_of(" ".join([seen.name, seen.descriptor, *(text for _, text in seen.locked)])))
    row, column = np.minimum(solid.faces[:, 0] // around, 99), solid.faces[:, 0] % around
    colour = solid.colour.copy()
    up = solid.normals[solid.faces].mean(axis=1)[:, 2]
    if beast.shape.get("fur"):
        colour[up < -0.55] = np.minimum(colour[up < -0.55] * 1.35, 0.9)
    if words & {"tiger", "tigress", "zebra", "striped", "tabby", "brindled", "badger"}:
        on = row % 2 == 0
    elif words & {
        "leopard",
        "cheetah",
        "jaguar",
        "spotted",
        "dalmatian",
        "giraffe",
        "dappled",
        "ladybird",
        "ladybug",
        "speckled",
    }:
        on = (row * 2 + column) % 3 == 0
    elif words & {"patched", "piebald", "pied", "panda", "collie", "guinea"} or (
        beast.name == "cow" and "and" in words
    ):
        on = ((row // 2) * 5 + (column // 2) * 3) % 4 == 0
    else:
        return replace(solid, colour=colour)
    colour[on] = other.colour
    return replace(solid, colour=colour)


def _four(
    seen: Seen, beast: Beast, h: float, look: Finish, other: Finish, entity: int
) -> tuple[list[Part], Callable[[float, Pose], dict[str, np.ndarray]]]:
    shape = beast.shape
    long, girth, legs = float(shape["long"]), float(shape["girth"]), float(shape["legs"])
    reach, snout, tail = float(shape.get("neck", 0.0)), float(shape["snout"]), float(shape["tail"])
    middle = legs + girth
    rump, chest = -long + girth * 0.4, -0.04
    head = min(0.30 * (1 - middle) + girth * 0.30, 0.16) if not reach else 0.075
    crown = 1.0 - head
    neck_at = (chest - girth * 0.2, 0.0, middle + girth * 0.55)
    head_at = np.array(
        (
            max(0.05 + 0.25 * reach, -0.04 + girth * 0.80 + head * 0.15),
            0.0,
            crown if reach or crown > middle else middle + 0.1,
        )
    )
    cloth = 14
    x = np.array(
        (
            rump - girth * 0.75,
            rump - girth * 0.4,
            rump,
            rump * 0.72 + chest * 0.28,
            (rump + chest) / 2,
            rump * 0.25 + chest * 0.75,
            chest,
            chest + girth * 0.5,
            chest + girth * 0.8,
        )
    )
    z = middle + girth * np.array((0.15, 0.08, 0.04, 0.0, -0.04, -0.02, 0.06, 0.12, 0.2))
    if shape.get("fur") and shape.get("hump") is None and beast.name in ("dog", "wolf", "cat", "fox", "lion", "tiger"):
        z[3:5] += girth * 0.18
    sizes = girth * np.array((0.45, 0.75, 0.92, 0.90, 0.98, 1.0, 0.98, 0.75, 0.40))
    if shape.get("shell"):
        sizes = sizes * 0.6
    line = np.stack([x, 0 * x, z], -1)
    parts: list[Part] = [("pelvis", _marked(rope(line * h, sizes * h, look, entity, cloth), seen, beast, other, cloth))]
    if shape.get("shell"):
        parts.append(
            (
                "pelvis",
                _dot(
                    h,
                    (-long * 0.48, 0, middle * 1.02),
                    (long * 0.50, girth * 1.25, girth * 1.05),
                    shade(look, 0.6),
                    entity,
                    14,
                ),
            )
        )
    if shape.get("hump"):
        parts.append(
            (
                "pelvis",
                _dot(h, (-long * 0.5, 0, middle + girth), (long * 0.20, girth * 0.6, girth * 0.9), look, entity, 10),
            )
        )
    thick = max(girth * 0.55, head * 0.55)
    neck = np.array(
        (neck_at, (np.array(neck_at) * 0.45 + head_at * 0.55) + (0.01, 0, 0.0), head_at - (head * 0.35, 0, 0))
    )
    parts.append(
        (
            "head",
            _marked(
                rope(neck * h, np.array((thick * 1.25, thick, head * 0.78)) * h, look, entity, cloth),
                seen,
                beast,
                other,
                cloth,
            ),
        )
    )
    parts += _beast_head(seen, beast, h, head, head_at, snout, look, entity)
    side = girth * 0.62
    fore, hind = chest - girth * 0.15, rump + girth * 0.05
    big = min(girth * 0.34, 0.075) if beast.name not in ("elephant", "rhino", "bear") else girth * 0.36
    hoof = (
        _DARK
        if beast.name in ("horse", "pony", "cow", "deer", "goat", "sheep", "pig", "camel", "giraffe")
        else shade(look, 0.7)
    )
    for name, sign in (("l", 1.0), ("r", -1.0)):
        for bone, at in (("fore", fore), ("hind", hind)):
            wide = 1.55 if bone == "hind" else 1.2
            back = -0.06 * legs if bone == "hind" else 0.0
            y = sign * side
            upper = np.array(
                ((at, y, middle + girth * 0.15), (at + 0.02, y, legs * 0.85), (at + back * 0.3, y, legs * 0.46))
            )
            lower = np.array(
                ((at + back * 0.3, y, legs * 0.50), (at + back, y, legs * 0.30), (at + back * 0.4, y, 0.045))
            )
            parts.append(
                (
                    f"{bone}-{name}",
                    rope(upper * h, np.array((big * wide * 1.15, big * wide, big * 0.78)) * h, look, entity, 8),
                )
            )
            parts.append(
                (
                    f"{bone}-low-{name}",
                    rope(lower * h, np.array((big * 0.78, big * 0.60, big * 0.55)) * h, look, entity, 7),
                )
            )
            parts.append(
                (
                    f"{bone}-low-{name}",
                    _dot(h, (at + back * 0.4 + big * 0.30, y, 0.026), (big * 0.95, big * 0.72, 0.028), hoof, entity, 7),
                )
            )
    if tail:
        hair = beast.name in ("horse", "pony")
        root = np.array((rump - girth * 0.7, 0, middle + girth * 0.35))
        way = {
            "cat": (-0.6, 0, 0.75),
            "dog": (-0.75, 0, 0.65),
            "crocodile": (-1.0, 0, -0.12),
            "dinosaur": (-1.0, 0, -0.35),
        }.get(beast.name, (-0.45, 0, -0.9))
        share = np.linspace(0, 1, 7)[:, None]
        curve = (
            root
            + share * tail * np.array(way)
            + (0, 0, 1) * (0.12 * tail * np.sin(share * np.pi)) * (1 if way[2] > 0 else -0.5)
        )
        curve[:, 2] = np.maximum(curve[:, 2], 0.04)
        size = {"crocodile": 0.75, "dinosaur": 0.75, "fox": 0.55, "wolf": 0.40}.get(
            beast.name, 0.22 if not hair else 0.40
        )
        taper = (
            np.array((0.8, 1.0, 1.0, 0.95, 0.8, 0.55, 0.12))
            if size < 0.7
            else np.array((1.0, 0.85, 0.7, 0.52, 0.36, 0.2, 0.04))
        )
        parts.append(
            ("pelvis", rope(curve * h, taper * girth * size * h, shade(look, 0.45) if hair else look, entity, 8))
        )
    mouth = (float(head_at[0] + head * 0.6 + snout), 0.0, float(head_at[2] - head * 0.45))
    return parts, _rig(neck_at, mouth, fore, hind, legs + girth * 0.4, side)


def _beast_head(
    seen: Seen, beast: Beast, h: float, size: float, at: np.ndarray, snout: float, look: Finish, entity: int
) -> list[Part]:
    shape, words = beast.shape, set(tokens_of(f"{seen.name} {seen.descriptor}"))
    flat = beast.name in ("horse", "pony", "cow", "deer", "camel", "giraffe", "sheep", "goat")
    drop = 0.55 * snout if flat else 0.28 * snout
    line = np.array(
        (
            at - (size * 0.55, 0, 0),
            at + (size * 0.1, 0, size * 0.06),
            at + (size * 0.62, 0, -size * 0.10),
            at + (size * 0.62 + snout * 0.55, 0, -size * 0.25 - drop * 0.5),
            at + (size * 0.62 + snout, 0, -size * 0.35 - drop),
        )
    )
    radii = size * np.array((0.72, 1.0, 0.80, 0.52 if not flat else 0.60, 0.42 if not flat else 0.50))
    face = replace(shade(look, 0.45 if sum(look.colour) > 0.9 and beast.name == "sheep" else 1.0))
    parts: list[Part] = [("head", rope(line * h, radii * h, face, entity, 12))]
    tip = line[-1]
    nose = shade(look, 0.75) if beast.name in ("pig", "elephant", "rhino", "crocodile", "frog", "turtle") else _DARK
    if not shape.get("trunk"):
        parts.append(
            (
                "head",
                _dot(
                    h,
                    tip + (size * 0.30, 0, size * 0.12),
                    (size * 0.20, size * (0.40 if beast.name == "pig" else 0.22), size * 0.18),
                    nose,
                    entity,
                    6,
                ),
            )
        )
    for sign in (1, -1):
        eye = at + (size * 0.50, sign * size * (0.62 if not flat else 0.78), size * 0.34)
        if beast.name in ("frog", "crocodile"):
            eye = at + (size * 0.2, sign * size * 0.6, size * 0.85)
        parts.append(("head", _dot(h, eye, (size * 0.13,) * 3, Finish((0.02, 0.014, 0.01), 0.7), entity, 7)))  # type: ignore[arg-type]
        parts += [("head", ear) for ear in _ears(str(shape["ears"]), at, size, sign, h, shade(look, 0.82), entity)]
        if horn := float(shape.get("horns", 0.0)):
            bone = replace(finish("bone"), weave=Weave.PLAIN)
            doe = words & {"doe", "fawn", "calf", "heifer"}
            if not doe:
                bow = at + np.array(
                    (
                        (0, 0.35, 0.8),
                        (-0.1, 0.35 + 2.2 * horn / 0.12 * 0.3, 1.0),
                        (0.15, 0.40 + 1.6 * horn / 0.12 * 0.3, 1.0 + horn / size),
                    )
                ) * size * (1, sign, 1)
                parts.append(("head", rope(bow * h, np.array((0.16, 0.13, 0.02)) * size * h, bone, entity, 6)))
                if horn > 0.25:
                    for spot in (1,):
                        parts.append(
                            (
                                "head",
                                rope(
                                    np.array((bow[spot], bow[spot] + (0.5 * size, sign * 0.25 * size, 1.2 * size))) * h,
                                    np.array((0.11, 0.02)) * size * h,
                                    bone,
                                    entity,
                                    5,
                                ),
                            )
                        )
    if float(shape.get("nose", 0.0)):
        parts.append(
            (
                "head",
                rope(
                    np.array((tip + (0, 0, size * 0.3), tip + (size * 0.25, 0, size * 0.3 + shape["nose"]))) * h,
                    np.array((0.22, 0.02)) * size * h,
                    finish("bone"),
                    entity,
                    7,
                ),
            )
        )
    if shape.get("trunk"):
        curve = np.array(
            (tip, tip + (size * 0.3, 0, -0.18), tip + (size * 0.2, 0, -0.42), tip + (size * 0.6, 0, -0.55))
        )
        parts.append(("head", rope(curve * h, np.array((0.46, 0.36, 0.26, 0.16)) * size * h, look, entity, 9)))
        for sign in (1, -1):
            tusk = np.array(
                (
                    at + (size * 0.6, sign * size * 0.4, -size * 0.6),
                    at + (size * 1.2, sign * size * 0.5, -size * 1.1),
                    at + (size * 1.7, sign * size * 0.4, -size * 0.9),
                )
            )
            parts.append(("head", rope(tusk * h, np.array((0.13, 0.10, 0.02)) * size * h, finish("ivory"), entity, 6)))
    if shape.get("mane"):
        dark = replace(shade(look, 0.45 if sum(look.colour) > 0.25 else 1.6), weave=Weave.FUR)
        if beast.name == "lion":
            if "lioness" not in words:
                parts.append(
                    (
                        "head",
                        rope(
                            np.array(
                                (
                                    at - (size * 1.3, 0, size * 0.5),
                                    at - (size * 0.7, 0, size * 0.25),
                                    at - (size * 0.1, 0, 0),
                                )
                            )
                            * h,
                            np.array((0.9, 1.5, 1.15)) * size * h,
                            dark,
                            entity,
                            12,
                        ),
                    )
                )
        else:
            crest = np.array(
                (
                    at + (size * 0.25, 0, size * 0.98),
                    at + (-size * 0.7, 0, size * 0.55),
                    at + (-size * 1.8, 0, -size * 1.1),
                    (-0.10, 0, at[2] - size * 2.6),
                )
            )
            parts.append(("head", rope(crest * h, np.array((0.16, 0.30, 0.34, 0.20)) * size * h, dark, entity, 6)))
    if "unicorn" in words:
        parts.append(
            (
                "head",
                rope(
                    np.array((at + (size * 0.5, 0, size * 0.7), at + (size * 1.4, 0, size * 2.6))) * h,
                    np.array((0.13, 0.01)) * size * h,
                    finish("gold"),
                    entity,
                    7,
                ),
            )
        )
    return parts


def _ears(kind: str, at: np.ndarray, size: float, sign: float, h: float, look: Finish, entity: int) -> list[Solid]:
    bows = {
        "up": (((-0.15, 0.42, 0.70), (-0.18, 0.55, 1.20), (-0.10, 0.58, 1.60)), (0.36, 0.28, 0.03)),
        "flop": (((-0.10, 0.62, 0.70), (-0.05, 1.02, 0.45), (0.05, 1.05, -0.35)), (0.20, 0.34, 0.14)),
        "round": (((-0.15, 0.62, 0.70), (-0.12, 0.75, 1.0), (-0.12, 0.76, 1.1)), (0.30, 0.32, 0.10)),
        "long": (((-0.15, 0.40, 0.70), (-0.22, 0.62, 1.55), (-0.12, 0.72, 2.1)), (0.24, 0.26, 0.04)),
        "tall": (((-0.15, 0.35, 0.70), (-0.30, 0.45, 1.7), (-0.38, 0.48, 2.6)), (0.22, 0.30, 0.06)),
        "huge": (((-0.30, 0.75, 0.4), (-0.55, 1.6, 0.2), (-0.55, 1.9, -0.6)), (0.40, 1.0, 0.30)),
    }
    if kind not in bows:
        return []
    line, radii = bows[kind]
    points = at + np.array(line) * size * (1, sign, 1)
    if kind == "huge":
        turns = np.linspace(0, 2 * np.pi, 13)
        disc = (
            np.stack([0 * turns - 0.4, sign * (1.3 + 0.75 * np.cos(turns)), -0.1 + 1.05 * np.sin(turns)], -1) * size
            + at
        )
        middle = np.tile(disc[:-1].mean(axis=0), (13, 1))
        return [patch(np.stack([disc, middle]) * h, look, entity)]
    return [rope(points * h, np.array(radii) * size * h, look, entity, 6)]


def _bird(
    seen: Seen, beast: Beast, h: float, look: Finish, other: Finish, entity: int
) -> tuple[list[Part], Callable[[float, Pose], dict[str, np.ndarray]]]:
    shape = beast.shape
    legs, beak, neck = float(shape["legs"]), float(shape["beak"]), float(shape.get("neck", 0.0))
    upright = bool(shape.get("upright"))
    head = 0.165 if not neck and not shape.get("bighead") else 0.21 if shape.get("bighead") else 0.075
    body_top = 1.0 - head * 1.6 - neck
    fat = (body_top - legs) * (0.50 if not upright else 0.34)
    middle = legs + (body_top - legs) * 0.52
    long = fat * (2.2 if not upright else 1.1)
    if upright:
        rows = [
            (z, x, r * 0.9, r)
            for z, x, r in ((0.05, -0.02, 0.10), (0.15, 0, 0.20), (0.40, 0.01, 0.23), (0.62, 0, 0.17), (0.76, 0, 0.11))
        ]
        parts: list[Part] = [("pelvis", lathe([tuple(v * h for v in row) for row in rows], look, entity, detail=16))]  # type: ignore[misc]
        parts.append(
            (
                "pelvis",
                _dot(h, (0.055, 0, 0.38), (0.185, 0.185, 0.30), replace(finish("white"), weave=Weave.FUR), entity, 12),
            )
        )
    else:
        line = np.array(
            (
                (-long, 0, middle - fat * 0.25),
                (-long * 0.6, 0, middle - fat * 0.10),
                (-long * 0.15, 0, middle - fat * 0.02),
                (long * 0.30, 0, middle + fat * 0.25),
                (long * 0.42, 0, middle + fat * 0.7),
            )
        )
        parts = [
            (
                "pelvis",
                _marked(
                    rope(line * h, fat * np.array((0.25, 0.72, 1.0, 0.85, 0.40)) * h, look, entity, 12),
                    seen,
                    beast,
                    other,
                    12,
                ),
            )
        ]
        tail = (2.4 if shape.get("longtail") else 1.1) * fat
        ends = [
            np.array(
                (
                    (-long * 0.8, y * 0.3, middle - fat * 0.15),
                    (-long - tail, y, middle - fat * (0.45 if tail < 2 * fat else 1.0)),
                )
            )
            for y in (-fat * 0.45, 0.0, fat * 0.45)
        ]
        parts.append(("pelvis", patch(np.stack(ends) * h, shade(look, 0.7), entity)))
    white = replace(finish("white"), weave=Weave.FUR)
    if beast.name == "gull":
        wing = replace(finish("grey"), weave=Weave.FUR)
    else:
        wing = shade(look, 0.72) if not upright else look
    for sign in (1, -1):
        y = fat * 0.92 if not upright else 0.225
        if upright:
            flap = np.array(((0.0, sign * 0.17, 0.66), (0.0, sign * 0.24, 0.45), (-0.02, sign * 0.245, 0.26)))
            parts.append(("pelvis", rope(flap * h, np.array((0.05, 0.055, 0.01)) * h, wing, entity, 7)))
        else:
            flap = np.array(
                (
                    (long * 0.25, sign * y * 0.9, middle + fat * 0.35),
                    (-long * 0.35, sign * y * 1.02, middle + fat * 0.10),
                    (-long * 1.15, sign * y * 0.45, middle - fat * 0.10),
                )
            )
            parts.append(("pelvis", rope(flap * h, fat * np.array((0.30, 0.52, 0.06)) * h, wing, entity, 7)))
    at = np.array((long * 0.42 + head * 0.15, 0, 1.0 - head)) if not upright else np.array((0.03, 0, 1.0 - head * 0.9))
    if neck:
        root = np.array((long * 0.40, 0, body_top - 0.02))
        curve = np.array((root, root + (0.09, 0, neck * 0.35), root + (0.02, 0, neck * 0.75), at))
        parts.append(("head", rope(curve * h, np.array((0.075, 0.052, 0.045, 0.055)) * h, look, entity, 9)))
    cap = white if beast.name == "eagle" and "bald" in seen.descriptor.lower() else look
    parts.append(("head", _dot(h, at, (head, head * 0.92, head * 0.95), cap, entity, 12)))
    bill = replace(
        finish("" if beast.name not in ("crow", "parrot", "bat") else "dark grey", "#d9982e"), weave=Weave.PLAIN
    )
    hook = 0.55 if beast.name in ("eagle", "parrot", "owl") else 0.15
    curve = np.array(
        (
            at + (head * 0.75, 0, -head * 0.05),
            at + (head * 0.9 + beak * 0.6, 0, -head * 0.1),
            at + (head * 0.9 + beak, 0, -head * 0.15 - beak * hook),
        )
    )
    broad = 0.42 if beast.name in ("duck", "goose") else 0.34
    parts.append(("head", rope(curve * h, head * np.array((broad, broad * 0.75, 0.05)) * h, bill, entity, 7)))
    for sign in (1, -1):
        if shape.get("bighead"):
            parts.append(
                (
                    "head",
                    _dot(
                        h,
                        at + (head * 0.70, sign * head * 0.40, head * 0.15),
                        (head * 0.22, head * 0.34, head * 0.34),
                        finish("golden yellow"),
                        entity,
                        9,
                    ),
                )
            )
            parts.append(
                (
                    "head",
                    _dot(
                        h,
                        at + (head * 0.88, sign * head * 0.40, head * 0.15),
                        (head * 0.08, head * 0.16, head * 0.16),
                        _DARK,
                        entity,
                        7,
                    ),
                )
            )
        else:
            parts.append(
                (
                    "head",
                    _dot(
                        h,
                        at + (head * 0.55, sign * head * 0.68, head * 0.25),
                        (head * 0.14,) * 3,  # type: ignore[arg-type]
                        _DARK if sum(look.colour) > 0.15 else finish("amber"),
                        entity,
                        6,
                    ),
                )
            )
        for bone, leg in ((f"hind-{'l' if sign > 0 else 'r'}", legs),):
            y = sign * fat * 0.42 if not upright else sign * 0.10
            if leg > 0.08:
                parts.append(
                    (
                        bone,
                        rope(
                            np.array(((-0.02, y, legs + fat * 0.2), (0.0, y, legs * 0.5), (-0.01, y, 0.02))) * h,
                            np.array((0.055, 0.020, 0.018)) * h * (1 if not neck else 0.6),
                            bill,
                            entity,
                            6,
                        ),
                    )
                )
            parts.append(
                (
                    bone,
                    _dot(
                        h,
                        (0.04, y, 0.014),
                        (0.075 if not neck else 0.05, 0.045 if not neck else 0.03, 0.014),
                        bill,
                        entity,
                        7,
                    ),
                )
            )
    if shape.get("comb"):
        red = finish("crimson")
        parts += [
            ("head", _dot(h, at + (head * dx, 0, head * 0.95), (head * 0.26, head * 0.10, head * 0.34), red, entity, 6))
            for dx in (0.35, -0.05, -0.45)
        ]
        parts.append(
            (
                "head",
                _dot(h, at + (head * 0.85, 0, -head * 0.75), (head * 0.14, head * 0.10, head * 0.30), red, entity, 6),
            )
        )
    mouth = (float(at[0] + head + beak * 0.8), 0.0, float(at[2] - head * 0.2))
    return parts, _rig(
        (float(at[0]) - head * 0.4, 0.0, float(at[2]) - head * 0.6), mouth, 0.0, 0.0, legs + 0.02, fat * 0.42
    )


def _fish(
    seen: Seen, beast: Beast, h: float, look: Finish, other: Finish, entity: int
) -> tuple[list[Part], Callable[[float, Pose], dict[str, np.ndarray]]]:
    long = float(beast.shape["long"])
    wet = replace(look, shine=max(look.shine, 0.4), weave=Weave.PLAIN)
    x = np.array((0.42, 0.36, 0.18, -0.12, -0.55, -0.80, -0.92)) * long * 0.62
    size = np.array((0.06, 0.20, 0.38, 0.45, 0.27, 0.12, 0.08))
    line = np.stack([x, 0 * x, 0.5 + 0 * x], -1)
    body = rope(line * h, size * h, wet, entity, 12)
    squeezed = replace(body, vertices=body.vertices * np.array((1, 0.55, 1), np.float32))
    parts: list[Part] = [("head", _marked(squeezed, seen, beast, other, 12))]
    end = float(x[-1])
    tail = [np.array(((end + 0.06, 0, 0.5 + z * 0.3), (end - 0.35, 0, 0.5 + z))) for z in (-0.40, 0.0, 0.40)]
    tail[1][1, 0] += 0.18
    fin = shade(wet, 0.75)
    parts.append(("pelvis", patch(np.stack(tail) * h, fin, entity)))
    parts.append(
        (
            "pelvis",
            patch(
                np.array((((0.10, 0, 0.90), (-0.5, 0, 0.78)), ((-0.25, 0, 1.15), (-0.55, 0, 0.95)))) * h, fin, entity
            ),
        )
    )
    for sign in (1, -1):
        parts.append(
            (
                "pelvis",
                patch(
                    np.array(
                        (
                            ((0.25, sign * 0.20, 0.42), (0.0, sign * 0.22, 0.34)),
                            ((0.05, sign * 0.42, 0.22), (-0.2, sign * 0.40, 0.20)),
                        )
                    )
                    * h,
                    fin,
                    entity,
                ),
            )
        )
        parts.append(
            ("head", _dot(h, (x[1] * 0.92, sign * 0.135, 0.57), (0.045, 0.03, 0.045), finish("white"), entity, 7))
        )
        parts.append(("head", _dot(h, (x[1] * 0.94, sign * 0.155, 0.57), (0.024, 0.02, 0.024), _DARK, entity, 6)))
    return parts, _rig((0.0, 0.0, 0.5), (float(x[0]), 0.0, 0.45), 0.0, 0.0, 0.3, 0.1)


def _snake(
    seen: Seen, beast: Beast, h: float, look: Finish, other: Finish, entity: int
) -> tuple[list[Part], Callable[[float, Pose], dict[str, np.ndarray]]]:
    share = np.linspace(0, 1, 40)
    turn = share * 4.4 * np.pi
    radius = 0.95 - 0.45 * share
    coil = np.stack([radius * np.cos(turn) - 0.75, radius * np.sin(turn), 0.16 + 0.10 * share], -1)
    rise = np.array(((-0.20, 0.05, 0.42), (-0.10, 0.0, 0.66), (0.02, 0, 0.80)))
    line = np.concatenate([coil, rise])
    size = 0.15 * np.concatenate([np.minimum(0.15 + share * 3.0, 1.0), (0.9, 0.8, 0.75)])
    parts: list[Part] = [("pelvis", _marked(rope(line * h, size * h, look, entity, 8), seen, beast, other, 8))]
    parts.append(("head", _dot(h, (0.10, 0, 0.86), (0.21, 0.14, 0.11), look, entity, 10)))
    eye = (0.028, 0.028, 0.028)
    parts += [("head", _dot(h, (0.20, sign * 0.095, 0.90), eye, finish("amber"), entity, 6)) for sign in (1, -1)]
    parts.append(
        (
            "head",
            rope(
                np.array(((0.30, 0, 0.84), (0.44, 0, 0.83))) * h,
                np.array((0.014, 0.006)) * h,
                finish("crimson"),
                entity,
                5,
            ),
        )
    )
    return parts, _rig((0.0, 0.0, 0.75), (0.3, 0.0, 0.84), 0.0, 0.0, 0.2, 0.1)


def _bug(
    seen: Seen, beast: Beast, h: float, look: Finish, other: Finish, entity: int
) -> tuple[list[Part], Callable[[float, Pose], dict[str, np.ndarray]]]:
    words = set(tokens_of(f"{seen.name} {seen.descriptor}"))
    parts: list[Part] = [
        ("pelvis", _dot(h, (-0.75, 0, 0.62), (0.62, 0.50, 0.36), look, entity, 12)),
        ("pelvis", _dot(h, (0.0, 0, 0.58), (0.36, 0.34, 0.28), shade(look, 0.8), entity, 10)),
    ]
    parts.append(("head", _dot(h, (0.34, 0, 0.62), (0.22, 0.22, 0.20), shade(look, 0.7), entity, 9)))
    count = int(beast.shape["legs"]) // 2
    for sign in (1, -1):
        for index in range(count):
            spread = (index - (count - 1) / 2) * 0.42
            leg = np.array(
                (
                    (spread * 0.4 - 0.05, sign * 0.25, 0.60),
                    (spread * 1.1, sign * 0.85, 1.0),
                    (spread * 1.9, sign * 1.35, 0.02),
                )
            )
            parts.append(("pelvis", rope(leg * h, np.array((0.07, 0.05, 0.02)) * h, shade(look, 0.8), entity, 5)))
        parts.append(("head", _dot(h, (0.48, sign * 0.11, 0.70), (0.06,) * 3, _DARK, entity, 6)))  # type: ignore[arg-type]
        if words & {"butterfly", "moth", "bee", "wasp", "fly", "dragonfly"}:
            wing = replace(other if words & {"butterfly", "moth"} else finish("pale grey"), weave=Weave.PLAIN)
            parts.append(
                (
                    "pelvis",
                    patch(
                        np.array(
                            (
                                ((0.15, sign * 0.2, 0.85), (-0.5, sign * 0.2, 0.85)),
                                ((0.6, sign * 1.7, 1.7), (-1.0, sign * 1.5, 1.5)),
                            )
                        )
                        * h,
                        wing,
                        entity,
                    ),
                )
            )
    return parts, _rig((0.15, 0.0, 0.6), (0.5, 0.0, 0.6), 0.0, 0.0, 0.5, 0.2)


def _worn(seen: Seen, beast: Beast, h: float, entity: int) -> list[Part]:
    """A collar or a hat, where the words put one on an animal."""
    parts: list[Part] = []
    for number, (part, words) in enumerate(seen.locked, 1):
        if part.lower() in ("collar", "scarf", "harness", "bandana", "ribbon") and beast.form == "four":
            look = replace(finish(words, "#a23b35"), part=number)
            size = max(float(beast.shape["girth"]) * 0.62, 0.06)
            turns = np.linspace(0, 2 * np.pi, 17)
            at = float(beast.shape["legs"]) + float(beast.shape["girth"]) * 1.55
            loop = np.stack(
                [0.0 + 0.5 * size * np.sin(turns), size * np.cos(turns), at + size * 0.8 * np.sin(turns)], -1
            )
            parts.append(("head", rope(loop * h, 0.16 * size * h, look, entity, 6)))
    cap = wearing(seen).first("hat")  # type: ignore[arg-type]
    if cap is not None and beast.form in ("four", "bird"):
        parts += [("head", _sat(solid, h)) for solid in hat(_small(seen), cap, entity)]
    return parts


def _small(seen: Seen):
    from render.previz.figures.face import Skull

    return Skull(replace(shape_of(seen), h=1.0))  # type: ignore[arg-type]


def _sat(solid: Solid, h: float) -> Solid:
    """A hat made for a person a metre tall, on the crown of an animal."""
    at = solid.vertices - np.array((0.0, 0.0, 0.985), np.float32)
    return replace(solid, vertices=(at * 1.3 * h + np.array((0.05 * h, 0, 0.985 * h), np.float32)).astype(np.float32))


__all__ = ["build_animal"]
