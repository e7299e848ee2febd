"""Words for a colour that was measured."""

import functools

import numpy as np

_GREYS = ("black", "white", "grey", "silver")
_WARM = (
    "red",
    "crimson",
    "scarlet",
    "maroon",
    "burgundy",
    "pink",
    "salmon",
    "orange",
    "rust",
    "gold",
    "mustard",
    "yellow",
)
_EARTH = ("brown", "tan", "beige", "cream", "ivory", "olive")
_COLD = ("lime", "green", "teal", "turquoise", "cyan", "blue", "navy", "indigo", "violet", "purple", "lilac", "magenta")
_NAMES = (*_GREYS, *_WARM, *_EARTH, *_COLD, "mauve")
_ENDS = ("black", "white")  # nobody says “light black”
_SHADES = ("", "dark ", "light ")


@functools.cache
def _table() -> tuple[tuple[str, ...], np.ndarray]:
    from render.previz.colour_space import lab_of
    from render.previz.colours import finish

    words = (*_ENDS, *(f"{shade}{name}" for name in _NAMES if name not in _ENDS for shade in _SHADES))
    return words, lab_of(np.array([finish(each).colour for each in words]))


def colour_words(promised: str, offset: np.ndarray) -> str:
    """What to call a surface that was promised in these words and looks ``offset``, float[3] Lab, away from them."""
    from render.previz.colour_space import ciede2000, lab_of
    from render.previz.colours import finish

    words, labs = _table()
    looks = lab_of(np.array(finish(promised.lower()).colour)) + offset
    away = ciede2000(labs, np.broadcast_to(looks, labs.shape))
    # “dark green, promised dark green” would tell nobody anything.
    said = np.array([each in promised.lower() for each in words])
    return words[int(np.argmin(np.where(said, np.inf, away)))]
