"""Which locked words of a character the previz cannot draw, so that nobody waits for them. Light to import.

Props and places are judged by ``things.undrawn`` and ``sets.undrawn``.
"""

from characters.seen import Kind, Seen
from render.previz.colour_names import tokens_of
from render.previz.figures.beasts import Beast, beast_of
from render.previz.figures.builds import BUILDS_SAID, STOOPED
from render.previz.figures.wardrobe import Match, matches
from render.previz.figures.words import Wearing, read_locked, wearing
from render.previz.told import surface, telling, without


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What the builders ask of a piece's words beside its kind, by slot: how long, how wide, how it closes.
_CUT = (
    "baggy loose oversized big tight fitted skinny floor-length full-length trailing ankle-length maxi knee- "
    "length midi mini cropped waist-length long longline short low-cut strapless off-shoulder full flared "
    "wide a-line billowing pencil straight double-breasted zip zipped zip-up turtleneck roll-neck polo-neck "
    "high-necked roll hooded hood high-collared high mandarin upturned v-neck v-necked sleeveless halter "
    "spaghetti short-sleeved short-sleeve cap-sleeved long-sleeved long-sleeve full-sleeved button buttons "
    "buttoned"
)
_BY_SLOT: dict[str, frozenset[str]] = {
    slot: _words(words)
    for slot, words in {
        **dict.fromkeys(("outer", "top", "full", "suit"), _CUT),
        "bottom": "baggy loose wide skinny tight long knee-length short hot cropped rolled three-quarter flared "
        "bell-bottom bell-bottoms wide-leg drainpipe full a-line billowing pencil straight mini midi maxi ankle-length "
        "floor-length full-length trailing",
        "feet": "heeled platform platforms knee-high knee tall high long ankle short low chelsea",
        "hands": "boxing mittens mitts oven fingerless",
        "hair": "fringe bangs waist-length very shoulder-length quiff pompadour long flowing wavy waves wild topknot "
        "top parted parting side-parted combed short",
        "beard": "long bushy flowing handlebar walrus drooping full thick big short",
        "hat": "brim wide wide-brimmed broad bobble pompom pom-pom flower garland laurel wreath band ribbon knight",
        "eyes": "dark tinted round small oval wire thin wire-rimmed rimless",
        "mask": "tragedy sad blindfold",
        "brow": "bushy thick heavy thin plucked",
        "lips": "thin",
        "neck": "silk satin feather beads pearl pearls chain",
        "belt": "tool utility holster gun",
        "bag": "big large huge heavy small little tank jetpack jet handbag purse shoulder guitar",
        "ear": "hoop hoops dangling long",
        "extra": "bat fairy metal fox bushy fluffy rabbit bunny pointed pointy elf antler antlers",
        "head": "paper chinese carved grinning eyeball snow planet dice die cardboard burlap flat monitor traffic",
    }.items()
}
# Slots of which a figure shows the first piece alone.
_SINGLE = _words("outer top suit full bottom feet hair beard eyes mask hat skin iris brow lips hands head")
_CLOTHES = frozenset(("outer", "top", "suit", "full", "bottom"))
_OF_A_FACE = frozenset(("hair", "beard", "eyes", "mask", "face", "iris", "brow", "lips", "ear"))
_STRIPED = frozenset(("outer", "top", "suit", "full", "bottom", "neck", "belt"))  # slots whose cloth shows a pattern
_COATS = _words("coat fur feathers plumage skin scales hide body colour color pelt wool markings")
_ROUND_A_NECK = _words("collar scarf harness bandana ribbon")


def undrawn(seen: Seen) -> tuple[tuple[str, str], ...]:
    """The parts of a character's locked attributes, each with those of its words that no figure shows.

    Where nothing of an attribute is shown, its words come whole, as they are written; props and places give nothing.
    """
    if seen.kind is not Kind.CHARACTER:
        return ()
    beast = beast_of(seen)  # type: ignore[arg-type]
    worn = wearing(seen)  # type: ignore[arg-type]
    found: list[tuple[str, str]] = []
    for number, (part, words) in enumerate(seen.locked, 1):
        left = _left_of_beast(part, words, beast) if beast else _left_of_person(part, words, number, worn)
        if left:
            found.append((part, words if left == telling(words) else " ".join(left)))
    return tuple(found)


def _left_of_person(part: str, words: str, number: int, worn: Wearing) -> list[str]:
    shown = {*BUILDS_SAID, *STOOPED}  # these shape the body, in whatever part they stand
    told = telling(words)
    for index, (match, phrase) in enumerate(read_locked(part, words)):
        slot = match.kind.slot
        if (slot in _OF_A_FACE and worn.first("head")) or (slot == "bottom" and worn.first("suit")):
            continue
        pieces = worn.every(slot)
        if number not in [wear.part for wear in (pieces[:1] if slot in _SINGLE else pieces)]:
            continue
        shown |= _shown(match, f"{words} {part}" if index == 0 else phrase)
        if slot in _CLOTHES:  # a uniform jacket is the jacket that a uniform has
            shown |= {word for other in matches(phrase) if other.kind.slot in _CLOTHES for word in other.words}
    left = without(told, shown)
    return left if left == told else without(left, tokens_of(part))  # its own name says nothing new


def _shown(match: Match, text: str) -> set[str]:
    """The words of ``text`` that a piece of this kind shows."""
    slot = match.kind.slot
    return {*match.words, *_BY_SLOT.get(slot, ()), *surface(text, patterned=slot in _STRIPED)}


def _left_of_beast(part: str, words: str, beast: Beast) -> list[str]:
    told, kinds = telling(words), {word for name in beast.shape["words"].split(",") for word in name.split()}
    name = part.lower()
    if name in ("species", "animal", "breed", "kind", "creature"):
        return without(told, kinds)
    if name in _COATS:
        return without(told, {*kinds, *surface(words, patterned=True), *tokens_of(part), *_MARKED})
    if name in _ROUND_A_NECK and beast.form == "four":
        return without(told, {*surface(words, patterned=False), *tokens_of(part)})
    shown: set[str] = set()
    for match, phrase in read_locked(part, words):
        if match.kind.slot == "hat" and beast.form in ("four", "bird"):
            shown |= _shown(match, f"{phrase} {part}") | set(tokens_of(part))
    return without(told, shown)


_MARKED = _words("striped tabby brindled spotted dappled speckled patched piebald pied")  # what lies on a coat
