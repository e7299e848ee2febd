"""The command line: ``direct FILM``, and what goes with it.

Nothing heavy is imported until a command needs it.
"""

import gc as garbage
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

from cyclopts import Parameter

import director.cli_queue
import director.cli_takes  # noqa: F401  # their commands
from director.command import (
    AsJson,
    FarmName,
    Film,
    GeneratorName,
    Quiet,
    Seed,
    Storage,
    app,
    planned,
    positive,
    say,
    show,
    show_json,
)


def main() -> NoReturn:
    """Run the command; exit with 0 made, 1 made but some shot fails, 2 input refused, 3 a machine failed."""
    # A plan is many small values that live to its end: looking for dead cycles among them at the usual pace takes
    # a fifth of the time of a long film, and a growing share.
    garbage.set_threshold(50_000, 20, 20)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The command with these arguments; returns the exit code. Nothing a person wrote gives a traceback."""
    from cyclopts import CycloptsError

    if wrong := _mistyped(arguments):
        say(wrong)
        return 2
    try:
        result = app(arguments, exit_on_error=False, print_error=True, result_action="return_value")
    except CycloptsError:
        return 2
    except KeyboardInterrupt:
        say("Stopped. What was made is kept; the same command goes on from here.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001  # every way out has its exit code
        return _refused(error)
    return result if isinstance(result, int) else 0


def _mistyped(arguments: list[str]) -> str:
    """What to say where the first word is neither a command nor a film, but nearly a command; else nothing."""
    if len(arguments) < 2 or arguments[0].startswith("-") or not arguments[0].isalpha():
        return ""
    commands = [name for name in app if not name.startswith("-")]
    if arguments[0] in commands or Path(arguments[0]).exists():
        return ""
    from storyboard.yaml_file import did_you_mean

    near = did_you_mean(arguments[0], commands)
    return f"error: there is no command “{arguments[0]}” and no film of that name. {near}"


def _refused(error: Exception) -> int:
    from storyboard.errors import DiskError, InputError, ShotgraphError

    if isinstance(error, InputError):
        for problem in error.problems:
            say(f"{problem.level.value}: {problem}")
        return error.exit_code
    if isinstance(error, OSError):
        error = DiskError.from_os(error, "cannot use")
    if isinstance(error, ShotgraphError):
        say(f"error: {error}")
        return error.exit_code
    import traceback

    traceback.print_exception(error)
    say("error: this is a fault of shotgraph, not of your film. What was made is kept.")
    return ShotgraphError.exit_code


def _words(value: str | None) -> frozenset[str]:
    return frozenset(word for word in (value or "").replace(",", " ").split() if word)


@app.default
def make(
    film: Film,
    *,
    shots: Annotated[str | None, Parameter(help="Only these shots: 3A,3B.")] = None,
    scenes: Annotated[str | None, Parameter(help="Only these scenes: 2,3.")] = None,
    generator: GeneratorName = None,
    seed: Seed = None,
    out: Annotated[Path | None, Parameter(help="Folder for the cut; beside the film file: cut/.")] = None,
    workers: Annotated[int | None, Parameter(help="Takes shot at once; one per core or GPU if not said.")] = None,
    farm: FarmName = None,
    storage: Storage = None,
    dailies: Annotated[bool, Parameter(help="Write the page of the takes, dailies.html, beside the film.")] = True,
    inline: Annotated[bool, Parameter(negative=(), help="Put the film and the takes into that page too.")] = False,
    json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Make the film, or go on making it."""
    from director.direct import Options, direct_film
    from director.progress import open_listener
    from director.project import Overrides

    positive("workers", workers)
    where = {"farm": farm, "storage": storage}
    options = Options(workers, out, _words(shots), _words(scenes), dailies=dailies, inline=inline, **where)
    with open_listener(quiet=quiet or json) as listener:
        plan = planned(film, Overrides(generator=generator, seed=seed))
        listener.doubtful(list(plan.problems))
        report = direct_film(plan, options, listener)
    if json:
        show_json(report.model_dump(mode="json"))
    elif not quiet:
        from director.tables import report_lines

        for line in report_lines(report):
            show(line)
        if dailies and report.film is not None:
            show(f"Dailies: {report.film.parent / 'dailies.html'}")
    return report.exit_code


@app.command
def parse(
    script: Annotated[Path, Parameter(help="A .fountain script, or a film.yaml.")], *, json: AsJson = False
) -> int:
    """Show a screenplay as it is understood: every element with its line."""
    from director.project import SCRIPTS, find_film, open_project
    from storyboard.reading import read_script
    from storyboard.script_json import script_json

    path = find_film(script)
    screenplay = read_script(path) if path.suffix.lower() in SCRIPTS else open_project(path).screenplay
    parsed = script_json(screenplay)
    if json:
        show_json(parsed)
    else:
        from director.tables import element_lines

        for line in element_lines(parsed):
            show(line)
    for problem in screenplay.problems:
        say(f"{problem.level.value}: {problem}")
    return 0


@app.command
def check(film: Film, *, generator: GeneratorName = None, json: AsJson = False) -> int:
    """Say all that is wrong or doubtful, at once. Renders nothing. Exits with 2 if anything is wrong."""
    from director.project import Overrides
    from storyboard.errors import InputError

    try:
        plan = planned(film, Overrides(generator=generator), all_problems=True)
    except InputError as error:
        if json:
            show_json([problem.model_dump(mode="json") for problem in error.problems])
            return error.exit_code
        raise
    if json:
        show_json([problem.model_dump(mode="json") for problem in plan.problems])
        return 0
    from director.tables import clock

    for problem in plan.problems:
        rule = f" [{problem.rule}]" if problem.rule else ""
        show(f"{problem.level.value}: {problem}{rule}")
    count = len(plan.shots)
    length = clock(plan.frames, plan.rate)
    show(f"{plan.project.title}: {count} shots, {length}; nothing wrong, {len(plan.problems)} remarks.")
    return 0


@app.command(name="plan")
def plan_(film: Film, *, generator: GeneratorName = None, seed: Seed = None, json: AsJson = False) -> int:
    """Print the shot list. Renders nothing."""
    from director.plan import plan_rows
    from director.project import Overrides

    plan = planned(film, Overrides(generator=generator, seed=seed))
    rows = plan_rows(plan)
    if json:
        show_json(rows)
    else:
        from director.tables import print_shot_list

        print_shot_list(plan, rows)
    return 0


@app.command
def graph(film: Film, *, to: Literal["mermaid", "dot", "json"] = "mermaid") -> int:
    """Print the shot graph, for a page, for Graphviz, or as JSON."""
    from storyboard.graph_export import to_text

    show(to_text(planned(film).graph, to))
    return 0


@app.command
def board(
    film: Film,
    *,
    shots: Annotated[str | None, Parameter(help="Only these shots: 3A,3B.")] = None,
    scenes: Annotated[str | None, Parameter(help="Only these scenes: 2,3.")] = None,
    out: Annotated[Path | None, Parameter(help="Folder for the boards; beside the film file: cut/boards/.")] = None,
    pencil: Annotated[bool, Parameter(negative=(), help="Draw in graphite instead of colour.")] = False,
    workers: Annotated[int | None, Parameter(help="Processes that draw; one per core if not said.")] = None,
    json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Draw the storyboard (PDF and contact sheet) and the shot list (CSV). Shoots nothing."""
    from director.boards import make_boards
    from director.direct import Options, selected
    from director.progress import drawing

    positive("workers", workers)
    plan = planned(film)
    chosen = selected(plan, Options(shots=_words(shots), scenes=_words(scenes)))
    with drawing(quiet=quiet or json) as progress:
        folder = out or plan.project.folder / "cut" / "boards"
        made = make_boards(plan, chosen, folder, workers=workers, pencil=pencil, progress=progress)
    if json:
        show_json(made.model_dump(mode="json"))
    elif not quiet:
        show(f"{made.panels} panels on {made.pages} pages: {made.pdf}")
        for path in (*made.sheets, made.shot_list):
            show(str(path))
    return 0


@app.command
def cast(film: Film, *, json: AsJson = False, quiet: Quiet = False) -> int:
    """Draw a model sheet of every character, prop and place, in each look and state, into cast/."""
    from director.cast import draw_cast
    from director.progress import drawing

    plan = planned(film)
    with drawing(quiet=quiet or json, what="sheets") as progress:
        drawn = draw_cast(plan, progress)
    if json:
        show_json(drawn.model_dump(mode="json"))
    elif not quiet:
        show(f"{len(drawn.pages)} model sheets, {drawn.pictures} pictures: {drawn.folder}")
    return 0


@app.command
def rehearse(
    film: Film,
    shot: Annotated[str, Parameter(help="Id of the shot: 3A.")],
    *,
    out: Annotated[Path | None, Parameter(help="Folder; beside the film file: cut/rehearsal/SHOT/.")] = None,
    size: Annotated[str | None, Parameter(help="Width x height in pixels, 832x480, instead of the film's.")] = None,
    frames: Annotated[int | None, Parameter(help="How many frames, instead of the shot with its handles.")] = None,
    rate: Annotated[str | None, Parameter(help="Frames a second, 16, instead of the film's; lasts as long.")] = None,
    passes: Annotated[str | None, Parameter(help="Only these: picture,depth,masks,normals,pose,flow,camera.")] = None,
    json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Write a shot's passes: what a video model can be controlled by, as videos, arrays and a contact sheet."""
    from director.progress import drawing
    from director.rehearse import read_frames, read_rate, read_size, rehearse_shot

    wanted = {"size": read_size(size), "frames": read_frames(frames), "rate": read_rate(rate)}
    plan = planned(film)
    with drawing(quiet=quiet or json, what="frames") as progress:
        made = rehearse_shot(plan, shot, out=out, passes=_words(passes), progress=progress, **wanted)
    if json:
        show_json(made.model_dump(mode="json"))
    elif not quiet:
        clip = f"{made.frames} frames of {made.width}×{made.height} at {made.rate} a second"
        show(f"Shot {made.shot}: {clip} in {made.folder}")
        for path in made.files:
            show(path.name)
    return 0


@app.command
def new(folder: Annotated[Path, Parameter(help="A folder that is new or empty.")]) -> int:
    """Write a small film to start from."""
    from director.starter import write_starter

    path = write_starter(folder)
    show(f"Wrote {path.parent}. Make it with: direct {path}")
    return 0


@app.command
def doctor(
    film: Annotated[Path | None, Parameter(help="Say what this film's generator needs, too.")] = None,
    *,
    download: Annotated[bool, Parameter(negative=(), help="Fetch the film's models from the hub.")] = False,
    json: AsJson = False,
) -> int:
    """Say what this machine has; with a film, what its model needs, how large it is, and whether it fits."""
    from director.doctor import examine, examine_film

    rows = examine()
    if film is not None:
        rows += examine_film(film, download=download)
    if json:
        show_json(rows)
    else:
        for row in rows:
            mark = "ok  " if row["ok"] else "—   "
            show(f"{mark}{row['part']:<22}{row['found']}")
    return 0


@app.command
def schema() -> int:
    """Print the JSON Schema of film.yaml, for editors."""
    from director.schema import film_schema

    show_json(film_schema())
    return 0
