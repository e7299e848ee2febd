"""What every command of the command line has: the application, its common parameters, and how it speaks."""

import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

Film = Annotated[Path, Parameter(help="film.yaml, a folder that holds one, or a .fountain script.")]
AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON on standard output.")]
Quiet = Annotated[bool, Parameter(name=["--quiet", "-q"], negative=(), help="Print nothing but faults.")]
GeneratorName = Annotated[str | None, Parameter(help="Shoot with this generator instead of the film's.")]
FarmName = Annotated[str | None, Parameter(help="Where takes are shot, instead of the film's: local, inline, ray.")]
Storage = Annotated[str | None, Parameter(help="Where a farm elsewhere leaves takes: s3://…, file://…")]
Seed = Annotated[int | None, Parameter(help="The film's seed, instead of the one in its file.")]

app = App(
    name="direct",
    help="Make a film from a screenplay, or go on making it: direct FILM.",
    help_format="plaintext",
    suppress_keyboard_interrupt=False,  # what is to be said then is said here
)


def _version() -> str:
    from importlib.metadata import version

    return version("shotgraph")


app.version = _version


def say(text: str) -> None:
    """Tell a person something beside the result."""
    print(text, file=sys.stderr)  # noqa: T201


def show(text: str) -> None:
    """Print a line of the result."""
    print(text)  # noqa: T201


def show_json(value: Any) -> None:
    """Print the result for another program."""
    import json

    show(json.dumps(value, indent=2, ensure_ascii=False))


def positive(name: str, value: int | None) -> None:
    """Refuse a number of processes below 1. Raises InputError."""
    from storyboard.errors import InputError, Problem

    if value is not None and value < 1:
        raise InputError(Problem(what=f"--{name} {value} is not a number of processes.", todo="Use 1 or more."))


def planned(film: Path, overrides: Any = None, *, all_problems: bool = False) -> Any:
    """The plan of a film file. Raises InputError for what is wrong in it."""
    from director.plan import plan_film
    from director.project import Overrides, open_project
    from director.takes import Store

    project = open_project(film, overrides or Overrides())
    return plan_film(project, Store(project.folder).cache, all_problems=all_problems)
