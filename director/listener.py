"""What the loop tells while it works. Silent by default; the command line and tests listen."""

from pathlib import Path

from director.checks.base import Verdict
from storyboard.errors import Problem


class Listener:
    """Hears what happens; every method may be left as it is."""

    def doubtful(self, problems: list[Problem]) -> None:
        """Warnings about what a person wrote."""

    def waiting(self, words: str) -> None:
        """Somebody else holds a lock."""

    def begins(self, shots: int, frames: int) -> None:
        """The run has this many shots, and frames to make."""

    def changing(self, shot: str, attempt: int, changes: tuple[str, ...], skipped: tuple[str, ...]) -> None:
        """What a take that is shot next changes, and what its ladder wanted and could not, in words."""

    def shooting(self, shot: str, attempt: int, frames: int) -> None:
        """A take is handed to the farm."""

    def progress(self, shot: str, attempt: int, done: int, worker: int) -> None:
        """A worker has made this many frames of a take."""

    def taken(self, shot: str, attempt: int, reused: bool, seconds: float) -> None:
        """A take is there."""

    def judged(self, shot: str, attempt: int, verdicts: tuple[Verdict, ...]) -> None:
        """The checks have looked at a take."""

    def cutting(self, done: int, of: int) -> None:
        """Pieces of the cut that are ready."""

    def made(self, film: Path) -> None:
        """The film stands."""
