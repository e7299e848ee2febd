"""The family of exporters: an edit as a file for another program."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from render.cut.edit import Edit


class Exporter(Protocol):
    """Tells an edit to another program. ``suffix`` is its file's, behind ``film``: ``.otio``; no two are the same."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str:
        """Changes whenever the same edit would be told otherwise."""
        ...

    @property
    def suffix(self) -> str: ...

    def export(self, edit: Edit, sounds: Mapping[Path, int]) -> bytes:
        """The whole file. ``sounds`` gives the frames of each sound file at the film's rate.

        Raises MachineError for what it cannot tell.
        """
        ...
