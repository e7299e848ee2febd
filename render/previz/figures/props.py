"""Props by kind in simple solids, in the bible's colours. Each stands on z = 0 around the origin, facing +x."""

from characters.seen import Seen
from render.previz.figures.things.build import build
from render.previz.figures.things.making import is_lit, prop_text
from render.previz.solid import Solid

__all__ = ["build_prop", "is_lit", "prop_text"]


def build_prop(seen: Seen, entity: int) -> tuple[Solid, float]:
    """The prop as one solid, and its height in metres. The same words give the same solid."""
    return build(seen, entity)  # pyright: ignore[reportArgumentType]
