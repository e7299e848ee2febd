"""The commands about what was shot: how it stands, why, and what a person decides of it."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from director.command import AsJson, Film, Quiet, app, planned, positive, show, show_json


@app.command
def status(film: Film, *, json: AsJson = False) -> int:
    """Say what is made and what is open, without waiting for anybody."""
    from director.status import status_of

    rows = status_of(planned(film))
    if json:
        show_json(rows)
    else:
        from director.tables import print_status

        print_status(rows)
    return 0


@app.command
def why(film: Film, shot: str, *, json: AsJson = False) -> int:
    """Say why a shot would be shot again, or why it was."""
    from director.status import why_of

    answer = why_of(planned(film), shot)
    if json:
        show_json(answer)
    else:
        from director.tables import why_lines

        for line in why_lines(answer):
            show(line)
    return 0


@app.command
def takes(film: Film, shot: str | None = None, *, json: AsJson = False) -> int:
    """List the takes that were made, of the film or of one shot, with seeds, keys and verdicts."""
    from director.status import takes_of

    rows = takes_of(planned(film), shot)
    if json:
        show_json(rows)
    else:
        from director.tables import print_takes

        print_takes(rows)
    return 0


@app.command
def calibrate(film: Film, *, json: AsJson = False) -> int:
    """Work out the film's own limits, from its references and from the takes that were picked and rejected."""
    from director.calibrate import calibrate as calibrated
    from director.takes import Store

    plan = planned(film)
    found = calibrated(plan, Store(plan.project.folder))
    if json:
        show_json([each.model_dump(mode="json") for each in found])
    else:
        from director.tables import print_limits

        print_limits(found)
    return 0


Take = Annotated[str, Parameter(help="Its number, or at least six digits of its key.")]
ShotId = Annotated[str, Parameter(help="Id of the shot: 3A.")]


@app.command
def pick(film: Film, shot: ShotId, take: Take, *, json: AsJson = False) -> int:
    """Circle a take: the film is cut with it from now on, whatever the checks say."""
    from director.person import pick_take

    done = pick_take(planned(film), shot, take)
    if json:
        show_json(done)
    else:
        show(f"Shot {done['shot']}: take {done['take']} ({done['picked'][:12]}) is picked. Cut it: direct {film}")
    return 0


@app.command
def reject(
    film: Film,
    shot: ShotId,
    take: Take,
    *,
    why: Annotated[str, Parameter(help="What is wrong with it, in your words.")] = "",
    json: AsJson = False,
) -> int:
    """Reject a take: another is used, or shot within the budget. A pick of that take is taken back."""
    from director.person import reject_take

    done = reject_take(planned(film), shot, take, why)
    if json:
        show_json(done)
    else:
        show(f"Shot {done['shot']}: take {done['take']} ({done['rejected'][:12]}) is rejected. Go on: direct {film}")
    return 0


@app.command
def reroll(
    film: Film,
    shot: ShotId,
    *,
    seed: Annotated[int | None, Parameter(help="The seed of the take, instead of the next one.")] = None,
    say: Annotated[str, Parameter(help="Words of yours, put in front of its prompt.")] = "",
    workers: Annotated[int | None, Parameter(help="Processes that shoot; one per core if not said.")] = None,
    json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Shoot one more take of a shot, beyond what the budget allows, and cut with the best."""
    from director.direct import Options, direct_film
    from director.person import ask_reroll, used_after
    from director.progress import open_listener

    positive("workers", workers)
    plan = planned(film)
    shot = ask_reroll(plan, shot, seed=seed, say=say)
    with open_listener(quiet=quiet or json) as listener:
        report = direct_film(plan, Options(workers=workers, shots=frozenset({shot})), listener)
    newest = used_after(plan, shot)
    if json:
        show_json({**report.model_dump(mode="json"), "newest": newest})
    elif not quiet:
        from director.tables import report_lines

        for line in report_lines(report):
            show(line)
        state = "is used" if newest["used"] else f"is not used; direct pick {film} {shot} {newest['take']} uses it"
        show(f"Shot {shot}: take {newest['take']} ({(newest['key'] or '')[:12]}) {state}.")
    return report.exit_code


@app.command
def dailies(
    film: Film,
    *,
    out: Annotated[Path | None, Parameter(help="Folder of the cut; beside the film file: cut/.")] = None,
    inline: Annotated[bool, Parameter(negative=(), help="Put the film and the takes into the page too.")] = False,
    json: AsJson = False,
) -> int:
    """Write the page of the takes, with what was said of each. Shoots nothing."""
    from director.dailies.write import dailies_again

    page = dailies_again(planned(film), out=out, inline=inline)
    if json:
        show_json({"page": str(page), "bytes": page.stat().st_size})
    else:
        show(str(page))
    return 0


@app.command
def gc(
    film: Film,
    *,
    delete: Annotated[bool, Parameter(negative=(), help="Delete; without it, only say what would go.")] = False,
    json: AsJson = False,
) -> int:
    """Find takes that the film as it stands does not use, and the leavings of killed runs."""
    from director.status import collect_garbage

    found = collect_garbage(planned(film), delete=delete)
    if json:
        show_json(found)
    else:
        verb = "deleted" if delete else "would go (say --delete)"
        size = found["bytes"] / 1e6
        show(f"{found['takes']} takes and {found['leavings']} leavings, {size:.1f} MB: {verb}.")
    return 0
