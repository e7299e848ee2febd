"""A dressed person out of a bible's words. Faces +x, stands on z = 0."""

from dataclasses import replace

import numpy as np

from characters.seen import Seen
from render.previz.colours import Finish, Weave, finish, shade
from render.previz.figures.carried import bags, extras, held
from render.previz.figures.face import EYE, Skull, bare_head, face
from render.previz.figures.hair import beard, hair
from render.previz.figures.headwear import CLOSED, HAIR_UNDER, glasses, hat, mask
from render.previz.figures.limbs import arms, feet, hands, legs, wrists
from render.previz.figures.odd_heads import odd_head
from render.previz.figures.rig import Figure, Part
from render.previz.figures.shape import Shape, shape_of
from render.previz.figures.skeleton import NECK
from render.previz.figures.trunk import (
    Trunk,
    cape,
    closing,
    collar,
    flesh_of,
    garment,
    hem_of,
    hips,
    throat,
    worn_on_chest,
)
from render.previz.figures.wardrobe import kind
from render.previz.figures.words import Wear, Wearing, wearing
from render.previz.solid import Solid, ball, join
from storyboard.hashing import seed_from

_SKINS = ("#e3b999", "#d3a07c", "#bd8861", "#94674a", "#75503a", "#eccbb0")
_HAIRS = ("#2a2320", "#4a3324", "#6b3e26", "#a98a54", "#57402f", "#1f1c1c")
_CUTS = ("short", "short", "slick", "messy", "curly", "bob", "long", "bun", "ponytail", "buzz")
_TOPS = (
    ("sweater", "#5f7f86"),
    ("shirt", "#b9b3a4"),
    ("hoodie", "#6b6f86"),
    ("shirt", "#8a7c6b"),
    ("sweater", "#7b5a55"),
    ("tshirt", "#7b8794"),
)
_BOTTOMS = ("#3c4250", "#4a4238", "#39424a", "#5a5a52")


def build_person(seen: Seen, entity: int) -> Figure:
    """The person that the words describe; what they leave open follows from the name."""
    chance = np.random.default_rng(seed_from("figure", seen.name))
    worn, shape = wearing(seen), shape_of(seen)  # type: ignore[arg-type]
    skin_words = worn.first("skin")
    flesh = finish(f"{skin_words.text} skin" if skin_words else "", _SKINS[int(chance.integers(len(_SKINS)))])
    flesh = replace(flesh, part=skin_words.part if skin_words else 0)
    if skin_words and skin_words.says("steel", "silver", "metal", "gold", "chrome"):
        flesh = replace(flesh, weave=Weave.METAL)
    chosen = _TOPS[int(chance.integers(len(_TOPS)))], _BOTTOMS[int(chance.integers(len(_BOTTOMS)))]
    lock, cut = _HAIRS[int(chance.integers(len(_HAIRS)))], _CUTS[int(chance.integers(len(_CUTS)))]
    parts = _dressed(Trunk(shape), worn, flesh, chosen, entity)
    head, eye = _head(seen, shape, worn, flesh, lock, cut, entity)
    return Figure(shape.h, tuple(_merged([*parts, *head])), eye)


def _wear(slot: str, name: str, text: str) -> Wear:
    return Wear(kind(slot, name), text)


def _dressed(
    trunk: Trunk, worn: Wearing, flesh: Finish, chosen: tuple[tuple[str, str], str], entity: int
) -> list[Part]:
    s = trunk.shape
    outer, top, suit, full, bottom = (worn.first(slot) for slot in ("outer", "top", "suit", "full", "bottom"))
    main = full or suit or top
    if main is None:
        main = _wear("top", "shirt" if outer is not None else chosen[0][0], "")
    bare = bool(main.kind.shape.get("bare"))
    look = replace(
        finish(main.text, "#d8d4c8" if outer is not None and not main.text else chosen[0][1]), part=main.part
    )
    if bare:
        look = replace(flesh, part=main.part)
    parts = flesh_of(trunk, flesh, entity)
    if outer is None or outer.kind.shape.get("cape") or _sleeves(outer) == "none" or main.kind.slot == "full":
        parts += garment(trunk, main, look, entity)
    thick = 0.004
    inner = look
    suited = main.kind.slot == "suit"
    if suited and main.kind.shape.get("shirt"):
        shirt = top if top is not None and top is not main else None
        inner = replace(finish(shirt.text if shirt else "white shirt", "#e8e6e0"), part=shirt.part if shirt else 0)
        parts.append(throat(trunk, inner, entity, 0.705, 0.0075))
        thick = 0.0075
    outermost, over = main, look
    if outer is not None:
        over = replace(finish(outer.text, "#6f6a60"), part=outer.part)
        if outer.kind.shape.get("metal"):
            over = replace(over, weave=Weave.METAL, shine=max(over.shine, 0.5))
        if outer.kind.shape.get("cape"):
            parts += cape(trunk, outer, over, entity)
        else:
            parts += garment(trunk, outer, over, entity, under=0.002, opened=True)
            deep = {"lapels": 0.705, "vee": 0.745, "wrap": 0.69, "stand": 0.800}.get(
                str(outer.kind.shape.get("collar"))
            )
            if deep is not None:
                parts.append(
                    throat(
                        trunk,
                        look if not outer.kind.shape.get("shirt") or top else replace(finish("white shirt"), part=0),
                        entity,
                        deep,
                        0.0095,
                    )
                )
            thick = 0.009 + float(outer.kind.shape.get("loose", 0.0))
            outermost = outer
    hooded = worn.first("hat") is not None and worn.first("hat").kind.name == "hood"  # type: ignore[union-attr]
    shown = outermost if outer is None or not outer.kind.shape.get("cape") else outer
    if not bare:
        parts += closing(trunk, outermost, over, entity, thick)
        parts += collar(trunk, shown, over, entity, thick, up=hooded)
        if (
            outer is not None
            and main.kind.shape.get("collar") in ("roll", "round", "shirt", "hood")
            and outer.kind.shape.get("collar") in ("lapels", "vee", "stand")
        ):
            parts += collar(trunk, main, look, entity, 0.002, up=hooded)
    parts += worn_on_chest(trunk, worn, entity, thick + 0.001)
    parts += _arms(s, outer, main, over, look, flesh, worn, entity)
    parts += _below(trunk, worn, bottom, main, look, flesh, chosen[1], entity)
    parts += bags(trunk, worn, entity, thick) + held(trunk, worn, entity) + extras(trunk, worn, entity, flesh)
    return parts


def _sleeves(wear: Wear) -> str:
    if wear.says("sleeveless", "strapless", "halter", "spaghetti"):
        return "none"
    if wear.says("short-sleeved", "short-sleeve", "cap-sleeved"):
        return "short"
    if wear.says("long-sleeved", "long-sleeve", "full-sleeved"):
        return "long"
    return str(wear.kind.shape.get("sleeves", "long"))


def _arms(
    s: Shape, outer: Wear | None, main: Wear, over: Finish, look: Finish, flesh: Finish, worn: Wearing, entity: int
) -> list[Part]:
    outermost, cloth, cuff = main, look, None
    if outer is not None and _sleeves(outer) != "none":
        outermost, cloth = outer, over
        if _sleeves(main) == "long" and outer.kind.shape.get("collar") == "lapels":
            cuff = look
    out = (
        0.0025
        + 0.003 * (outermost.kind.slot in ("outer", "suit"))
        + float(outermost.kind.shape.get("loose", 0.0)) * 0.8
    )
    if outermost.says("loose", "baggy", "oversized"):
        out += 0.005
    sleeves = "none" if outermost.kind.shape.get("bare") else _sleeves(outermost)
    return [
        *arms(s, outermost, cloth, flesh, entity, out=out, sleeves=sleeves, cuff=cuff),
        *hands(s, flesh, worn.first("hands"), entity),
        *wrists(s, worn.every("wrist"), entity),
    ]


def _below(
    trunk: Trunk, worn: Wearing, bottom: Wear | None, main: Wear, look: Finish, flesh: Finish, default: str, entity: int
) -> list[Part]:
    """Legs and feet: trousers, shorts, a skirt, or what shows under a dress."""
    s = trunk.shape
    cloth, text = (
        replace(finish(bottom.text if bottom else "", default), part=bottom.part if bottom else 0),
        bottom.text if bottom else "",
    )
    hem, loose, parts = 0.045, 0.0025, list[Part]()
    if main.kind.slot == "suit":
        cloth, text = look, main.text
        loose += float(main.kind.shape.get("loose", 0.0))
    elif bottom is not None:
        loose += float(bottom.kind.shape.get("loose", 0.0)) + (
            0.009 if bottom.says("baggy", "loose", "wide") else -0.002 if bottom.says("skinny", "tight") else 0.0
        )
        if bottom.kind.shape.get("skirt"):
            cut = hem_of(bottom)
            skirt = Wear(replace_hem(bottom, cut), bottom.text, bottom.part)
            whole = garment(trunk, skirt, cloth, entity)
            parts.append(whole[0])
            hem = 1.0
        elif "hem" in bottom.kind.shape:
            hem = (
                0.29
                if bottom.says("long", "knee-length")
                else 0.42
                if bottom.says("short", "hot")
                else float(bottom.kind.shape["hem"])
            )
        elif bottom.says("cropped", "rolled", "three-quarter"):
            hem = 0.13
    elif main.kind.slot == "full":
        hem = 1.0
    seat = cloth if hem < 0.9 else look if main.kind.slot == "full" else cloth
    parts.append(hips(trunk, seat, text, entity))
    shod = worn.first("feet")
    tuck = float(shod.kind.shape.get("shaft", 0.0)) if shod else 0.0
    parts += legs(s, bottom or main if text else None, cloth, flesh, entity, hem=hem, loose=loose, tuck=tuck)
    shoe = replace(finish(shod.text if shod else "", "#2d2723"), part=shod.part if shod else 0)
    return parts + feet(s, shod, shoe, flesh, entity, over=loose if hem < 0.1 else 0.0)


def replace_hem(wear: Wear, hem: float):
    """A skirt as a garment of its own."""
    from render.previz.figures.wardrobe import Kind

    return Kind("bottom", wear.kind.name, {**wear.kind.shape, "hem": hem, "collar": "none"})


def _head(
    seen: Seen, s: Shape, worn: Wearing, flesh: Finish, lock: str, cut: str, entity: int
) -> tuple[list[Part], tuple[float, float, float]]:
    lean, h = float(s.bend(0.9)), s.h
    odd = worn.first("head")
    if odd is not None:
        parts: list[Part] = [("head", odd_head(h, odd, entity))]
        if (cap := worn.first("hat")) is not None:
            parts += [("head", solid) for solid in hat(Skull(s), cap, entity)]
        return [(bone, _shifted(solid, lean * h)) for bone, solid in parts], EYE
    face_kinds = {wear.kind.name for wear in worn.every("face")}
    skull = Skull(s, 1.35 if "nose" in face_kinds else 1.0)
    words, cap = worn.first("hair"), worn.first("hat")
    default = "#b4b2ae" if s.age >= 70 else "#8e8a86" if s.age >= 58 else lock
    if words is None:
        cut = (
            cut
            if s.sex == 0
            else {
                1.0: cut if cut in ("bob", "long", "bun", "ponytail", "curly") else "long",
                -1.0: cut if cut in ("short", "slick", "messy", "buzz") else "short",
            }.get(s.sex, cut)
        )
        if s.sex < 0 and s.age >= 55 and seed_from("receding", seen.name) % 2:
            cut = "receding"
    tone = replace(finish(words.text if words else "", default), part=words.part if words else 0, glow=0.0)
    tone = replace(tone, shine=max(min(tone.shine, 0.5), 0.12))
    parts = [("head", bare_head(skull, flesh, entity)), *face(skull, flesh, tone, worn, entity)]
    covered = worn.first("mask") is not None and worn.first("mask").kind.name == "balaclava"  # type: ignore[union-attr]
    if not covered and not (cap is not None and cap.kind.name in CLOSED):
        wear = words or Wear(kind("hair", cut), "")
        parts += [
            ("head", solid)
            for solid in hair(skull, wear, tone, entity, hatted=cap is not None and cap.kind.name not in HAIR_UNDER)
        ]
    if (chin := worn.first("beard")) is not None:
        parts += beard(skull, chin, entity)
    for slot, build in (("eyes", glasses), ("mask", mask), ("hat", hat)):
        if (wear := worn.first(slot)) is not None:
            parts += [("head", solid) for solid in build(skull, wear, entity)]
    for wear in worn.every("ear"):
        gold = replace(finish(wear.text, "#c9992b"), part=wear.part)
        low = 0.9000 if wear.says("hoops", "hoop", "dangling", "long") else 0.9085
        parts += [
            (
                "head",
                ball(
                    (0.0035 * h, 0.0035 * h, (0.9085 - low) * 0.7 * h + 0.004 * h),
                    (-0.003 * h, sign * 0.0540 * h, low * h),
                    gold,
                    entity,
                    7,
                ),
            )
            for sign in (1, -1)
        ]
    eye = np.array(EYE)
    if s.head != 1.0:
        about = np.array((0.0, 0.0, 0.995))
        eye = about + (eye - about) * s.head
        parts = [(bone, _grown(solid, s.head, about * h)) for bone, solid in parts]
    eye[0] += lean
    return [(bone, _shifted(solid, lean * h)) for bone, solid in parts], (float(eye[0]), float(eye[1]), float(eye[2]))


def _grown(solid: Solid, by: float, about: np.ndarray) -> Solid:
    return replace(solid, vertices=((solid.vertices - about) * by + about).astype(np.float32))


def _shifted(solid: Solid, x: float) -> Solid:
    return replace(solid, vertices=solid.vertices + np.array((x, 0, 0), np.float32)) if x else solid


def _merged(parts: list[Part]) -> list[Part]:
    """Large surfaces of one bone as one; small ones stay apart, so that they can be left out in the distance."""
    found: list[Part] = []
    large: dict[str, list[Solid]] = {}
    for bone, solid in parts:
        size = float(np.linalg.norm(solid.vertices.max(axis=0) - solid.vertices.min(axis=0)))
        if size > 0.12:
            large.setdefault(bone, []).append(solid)
        else:
            found.append((bone, solid))
    small: dict[str, list[Solid]] = {}
    rest: list[Part] = []
    for bone, solid in found:
        if bone.startswith(("fingers", "hand", "foot", "eye", "lid")):
            small.setdefault(bone, []).append(solid)
        else:
            rest.append((bone, solid))
    return [(bone, join(solids)) for bone, solids in (*large.items(), *small.items())] + rest


__all__ = ["NECK", "build_person", "shade"]
