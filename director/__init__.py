"""Judgement: the loop that shoots, judges and cuts, the command line, and notebooks.

``from director import open_film`` opens a film; nothing heavy is imported before that.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from director.notebook import open_film

__all__ = ["open_film"]


def __getattr__(name: str) -> Any:
    if name == "open_film":
        from director.notebook import open_film

        return open_film
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
