"""Telling of progress: a server says which share is done, whoever waits counts frames."""

from collections.abc import Callable


class Told:
    """Tells how many frames are done, none left out and none backwards; the same again is a sign of life."""

    def __init__(self, progress: Callable[[int], None], frames: int) -> None:
        self._progress, self._frames = progress, frames
        self._done = self._given = 0

    def alive(self) -> None:
        """Nothing is new."""
        self._progress(self._done)

    def share(self, share: float) -> None:
        """The server has done this share of its work; the last frame counts when it is here."""
        self._count(min(int(share * self._frames), self._frames - 1))

    def frame(self) -> None:
        """A frame is here."""
        self._given += 1
        self._count(self._given)

    def _count(self, done: int) -> None:
        while self._done < done:
            self._done += 1
            self._progress(self._done)
