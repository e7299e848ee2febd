"""A character as solids that stand and move, shaped and coloured by the bible's words. Faces +x, stands on z = 0."""

import functools

from characters.seen import Seen
from render.previz.figures.beasts import beast_of
from render.previz.figures.rig import Figure

__all__ = ["Figure", "build_figure"]


@functools.lru_cache(maxsize=256)
def build_figure(seen: Seen, entity: int) -> Figure:
    """The figure that the locked words describe: a person, or an animal in a simple form."""
    if (beast := beast_of(seen)) is not None:  # type: ignore[arg-type]
        from render.previz.figures.animals import build_animal

        return build_animal(seen, beast, entity)
    from render.previz.figures.person import build_person

    return build_person(seen, entity)
