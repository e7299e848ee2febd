"""Loops over pixels, compiled once and kept: numba, on one thread, without the liberties that change results."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """``function`` as machine code; kept on disk where the machine lets us, else compiled in every process."""
    import numba

    try:
        return cast(F, numba.njit(cache=True, error_model="numpy")(function))
    except RuntimeError:  # neither beside the source nor in the user's cache may anything be written
        return cast(F, numba.njit(error_model="numpy")(function))
