"""When waiting ends."""

import time

from storyboard.errors import GeneratorError


class Deadline:
    """A number of seconds, from now on, after which nothing is waited for."""

    def __init__(self, seconds: float, setting: str) -> None:
        self.seconds, self.setting = seconds, setting
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until it is over; 0 from then on."""
        return max(0.0, self._end - time.monotonic())

    def sleep(self, seconds: float) -> None:
        """Sleep, but not beyond the end."""
        time.sleep(max(0.0, min(seconds, self.left)))

    def check(self, doing: str) -> None:
        """Raise GeneratorError when it is over."""
        if not self.left:
            raise self.over(doing)

    def over(self, doing: str) -> GeneratorError:
        return GeneratorError(
            f"{doing} took more than {self.seconds:g} s. Run the same command again: it goes on where it was. "
            f"To wait longer, set `wait: {{{self.setting}: …}}`."
        )
