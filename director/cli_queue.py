"""The commands for render queues: what the film needs next, a file a take, and one take from such a file."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from director.command import AsJson, Film, Quiet, app, planned, positive, show, show_json


@app.command
def requests(
    film: Film,
    folder: Annotated[Path, Parameter(help="Where the requests go; those of before are removed.")],
    *,
    workers: Annotated[int | None, Parameter(help="Processes that judge what stands; one per core.")] = None,
    json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Write 0001.json and so on into FOLDER: one for each take that the film needs next, for direct take."""
    from director.direct import Options
    from director.progress import open_listener
    from director.queues import needed, write_requests

    positive("workers", workers)
    with open_listener(quiet=quiet or json) as listener:
        written = write_requests(needed(planned(film), Options(workers=workers), listener), folder)
    if json:
        show_json({"count": len(written), "requests": [str(path) for path in written]})
    else:
        show(str(len(written)))
    return 0


@app.command
def take(
    request: Annotated[Path, Parameter(help="A file that direct requests wrote.")], *, json: AsJson = False
) -> int:
    """Shoot the take of a request, or find that it stands; for any render queue. Prints the take's key."""
    from director.queues import shoot_request

    made = shoot_request(request)
    if json:
        show_json({"key": made.key, "shot": made.shot, "take": made.attempt + 1, "made": made.made})
    else:
        show(made.key)
    return 0
