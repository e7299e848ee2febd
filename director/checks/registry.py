"""Which checks a take goes through."""

from director.checks.base import Check
from director.checks.usable import Usable


def open_checks() -> tuple[Check, ...]:
    """Every check, in the order of their cost."""
    return (Usable(),)
