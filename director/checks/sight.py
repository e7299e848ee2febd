"""A take as it is looked at: decoded once, small, and laid over the rehearsal."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from director.checks.base import Showing


class Sight:
    """What several checks look at; each thing is worked out when it is first asked for."""

    def __init__(self, showing: "Showing") -> None:
        self.showing = showing
