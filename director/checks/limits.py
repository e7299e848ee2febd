"""The limits that ship: measured on good takes of films that no benchmark uses, with the error rates they stand for."""

import functools
import tomllib
from importlib.resources import files

from director.checks.base import Limit
from storyboard.hashing import digest


@functools.cache
def shipped_limits() -> dict[str, Limit]:
    """Measure → limit, as ``limits.toml`` has them."""
    table = tomllib.loads(files("director.checks").joinpath("limits.toml").read_text(encoding="utf-8"))
    return {name: Limit.model_validate(values) for name, values in table.items()}


def shipped(measure: str) -> Limit:
    """The shipped limit of a measure. Raises KeyError for a measure that nobody has measured."""
    return shipped_limits()[measure]


@functools.cache
def limits_version() -> str:
    """Changes whenever a limit that ships does."""
    return digest("limits", {name: limit.model_dump() for name, limit in sorted(shipped_limits().items())})[:12]
