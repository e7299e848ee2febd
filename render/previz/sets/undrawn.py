"""Which of a place's words its sets do not show, told without building them. Light to import."""

from collections.abc import Iterable

from characters.seen import Seen
from render.previz.asked import asked
from render.previz.colour_names import tokens_of
from render.previz.sets.rows import PLAIN, builder_of, part_of
from render.previz.told import VAGUE, Left, set_of, surface, telling, without
from storyboard.screenplay import Interior

# How a set's surfaces are laid, in words that their builders need not ask for.
_LAID = set_of(
    "board boards boarded floorboards planks planking plank tiles tiled tile paving panelled paneled panelling painted "
    "papered wallpaper plastered paint room place set cloth fabric stone carpet carpeted lino linoleum asphalt tarmac "
    "gravel grass earth earthen dirt soil sand mud lawn moss mossy grassy snow snowy"
)


def undrawn_place(seen: Seen, interiors: Iterable[Interior]) -> tuple[Left, ...]:
    """What a place's words promise that no set shows in which the film has it; ``interiors`` are how it is shot."""
    shown: set[int] = set()
    known: set[str] = set(_LAID)
    kinds: list[str] = []
    found: list[Left] = []
    for interior in dict.fromkeys(interiors):
        row, name, inside = builder_of(seen, interior)
        asks = asked()[f"places.{name}"]
        shown |= {part_of(seen.locked, parts) for parts in asks.parts}
        known |= {token for each in (*row.words, *asks.words, *asks.parts) for token in tokens_of(each)}
        kinds.append(f"a plain {'room' if inside else 'stretch of land'}" if row is PLAIN else f"the {row.kind}")
        if row is PLAIN:
            found.append(Left("", seen.descriptor or seen.name.lower(), f"{kinds[-1]} is drawn"))
    drawn = kinds[0] if kinds else "the place"
    known |= set(tokens_of(f"{seen.name} {seen.descriptor}"))
    for number, (part, words) in enumerate(seen.locked, 1):
        told = telling(words)
        read = {*VAGUE, *known}
        if number in shown:
            read |= {*tokens_of(part), *surface(words, patterned=False)}
        names = {name for name in tokens_of(part) if number in shown and len(name) > 2}
        left = [word for word in without(told, read) if not any(name in word for name in names)]
        if number not in shown and left:
            found.append(Left(part, words, f"{drawn} is drawn as if they were not there"))
        elif left:
            rest = [each for each in told if each not in left]
            found.append(Left(part, " ".join(left), f"“{' '.join(rest)}” is drawn" if rest else f"{drawn} is drawn"))
    return tuple(found)
