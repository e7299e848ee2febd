"""When waiting ends."""

import time
from collections.abc import Callable

from storyboard.errors import GeneratorError

_SIGN = 10.0  # seconds between two signs of life at most


class Deadline:
    """A number of seconds, from now on, after which nothing is waited for.

    ``alive`` is called again and again while something is waited for: whoever is not heard of is taken for stuck.
    """

    def __init__(self, seconds: float, setting: str, alive: Callable[[], None] = lambda: None) -> None:
        self.seconds, self.setting, self.alive = seconds, setting, alive
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until it is over; 0 from then on."""
        return max(0.0, self._end - time.monotonic())

    def sleep(self, seconds: float) -> None:
        """Sleep, but not beyond the end."""
        until = time.monotonic() + min(seconds, self.left)
        while (left := until - time.monotonic()) > 0:
            self.alive()
            time.sleep(min(left, _SIGN))

    def check(self, doing: str) -> None:
        """Raise GeneratorError when it is over."""
        self.alive()
        if not self.left:
            raise self.over(doing)

    def over(self, doing: str) -> GeneratorError:
        return GeneratorError(
            f"{doing} took more than {self.seconds:g} s. Run the same command again: it goes on where it was. "
            f"To wait longer, set `wait: {{{self.setting}: …}}`."
        )
