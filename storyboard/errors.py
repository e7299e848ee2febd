"""The tree of errors, and what a problem in a person's file looks like.

ShotgraphError
├── InputError            what a person wrote cannot be used            exit code 2
│   └── MissingInstall    the film names a part that is not installed   exit code 2
└── MachineError          a machine, disk or service failed             exit code 3
    ├── DiskError         a file could not be written or read back
    ├── MediaError        ffmpeg or a codec refused a file
    └── GeneratorError    a generator could not make a take

An ``InputError`` carries every problem found, so that a person mends them all at once. Warnings are
``Problem`` values too; they travel beside results and never raise.
"""

import errno
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from storyboard.frozen import Frozen


class Level(StrEnum):
    """How much a problem matters: an error is refused, a warning is doubtful, a note is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(Frozen):
    """One thing that is wrong or doubtful: where, what, and what to do."""

    what: str
    todo: str = ""
    file: Path | None = None
    line: int | None = None  # 1-based, in the person's own file
    shot: str | None = None
    level: Level = Level.ERROR
    rule: str = ""  # a stable name, by which film.yaml can silence a warning

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        shot = f"shot {self.shot}" if self.shot else ""
        head = ", ".join(part for part in (where, shot) if part)
        text = f"{head}: {self.what}" if head else self.what
        return f"{text} {self.todo}".rstrip()


class ShotgraphError(Exception):
    """The root of the tree."""

    exit_code = 3


class InputError(ShotgraphError):
    """What a person wrote cannot be used; ``problems`` says where and what to do."""

    exit_code = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MissingInstall(InputError):
    """The film names a part that this machine lacks; the message holds the install line."""


class MachineError(ShotgraphError):
    """A machine, a disk or a service failed; what was made so far is kept."""


class DiskError(MachineError):
    """A file could not be written, or came back damaged."""

    @classmethod
    def from_os(cls, error: OSError, doing: str) -> "DiskError":
        """Say what could not be done, and what a person can do about it."""
        path = f" {error.filename}" if error.filename else ""
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            advice = "The disk is full. Free some space and run the same command again: it goes on."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            advice = "The folder cannot be written. Change its permissions, or choose another place."
        else:
            advice = "Mend that and run the same command again: it goes on."
        return cls(f"{doing}{path}: {error.strerror or error}. {advice}")


class MediaError(MachineError):
    """ffmpeg or a codec refused a file."""


class GeneratorError(MachineError):
    """A generator could not make a take."""


def refuse_errors(problems: Iterable[Problem]) -> None:
    """Raise one InputError that holds every problem of level error, if there is any."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise InputError(errors)
