"""What the command line prints: tables and lines, made from plain values."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from director.calibrate import Calibrated
    from director.direct import Report
    from director.plan import Plan


def clock(frames: int, rate: Fraction) -> str:
    """Frames as minutes, seconds and frames: ``1:04+12``."""
    whole, rest = divmod(frames, round(rate))
    return f"{whole // 60}:{whole % 60:02}+{rest:02}"


def _console() -> Console:
    return Console(soft_wrap=False, highlight=False, emoji=False, markup=False)


_NUMBERS = ("frames", "time", "seed", "takes")
_GAP = "  "


def _print_table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]], footer: str = "") -> None:
    """Print rows under their headers: each on a line of its own, but folded where a terminal is too narrow for that.

    Folding takes a millisecond a row; what goes into a pipe or a file is for programs, and is not folded.
    """
    console = _console()
    cells = [[str(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]
    console.print(Text(title, style="italic"))
    if console.is_terminal and sum(widths) + len(_GAP) * (len(widths) - 1) > console.width:
        _print_folded(console, columns, cells)
    else:
        console.print(Text(_line(columns, columns, widths), style="bold"), soft_wrap=True)
        console.print(Text("\n".join(_line(columns, row, widths) for row in cells)), soft_wrap=True)
    if footer:
        console.print(Text(footer), soft_wrap=True)


def _line(columns: Iterable[str], cells: Iterable[str], widths: Iterable[int]) -> str:
    parts: list[str] = []
    for column, cell, width in zip(columns, cells, widths, strict=True):
        room = " " * (width - cell_len(cell))
        parts.append(room + cell if column in _NUMBERS else cell + room)
    return _GAP.join(parts).rstrip()


def _print_folded(console: Console, columns: Iterable[str], rows: Iterable[list[str]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in _NUMBERS else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def element_lines(parsed: dict[str, Any]) -> Iterator[str]:
    """A parsed screenplay, an element a line."""
    for key, values in parsed["title_page"].items():
        yield f"{key}: {' / '.join(values)}"
    for element in parsed["elements"]:
        text = element["text"].replace("\n", " ⏎ ")
        yield f"{element['line']:>5}  {element['type']:<14} {text}"


def print_shot_list(plan: "Plan", rows: list[dict[str, Any]]) -> None:
    """The shot list as a table."""
    columns = ("shot", "line", "size", "angle", "move", "subject", "cast", "place", "time", "frames", "to")
    cells = [
        (
            row["id"],
            row["line"],
            row["size"],
            row["angle"],
            ", then ".join(row["moves"]) or "static",
            _joined(row["subject"]),
            _joined(row["cast"]),
            row["place"],
            row["time"],
            row["frames"],
            row["transition"],
        )
        for row in rows
    ]
    _print_table(plan.project.title, columns, cells, f"{len(rows)} shots, {clock(plan.frames, plan.rate)}")


def _joined(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


def print_status(status: dict[str, Any]) -> None:
    """Where each shot stands."""
    cells = [(row["id"], row["state"], row["takes"], row["why"]) for row in status["shots"]]
    _print_table(status["title"], ("shot", "state", "takes", "why"), cells, status["summary"])


def print_takes(rows: list[dict[str, Any]]) -> None:
    """Every take with its seed and key."""
    columns = ("shot", "take", "seed", "key", "frames", "made", "changes", "verdict", "file")
    cells = [
        (
            row["shot"],
            f"{'◉ ' if row['used'] else ''}{row['attempt']}{' picked' if row['picked'] else ''}",
            row["seed"],
            row["key"][:12],
            row["frames"],
            row["made"][:19],
            "; ".join(row["changes"]),
            row["verdict"],
            row["files"][0],
        )
        for row in rows
    ]
    _print_table("Takes", columns, cells)


def print_limits(found: "Sequence[Calibrated]") -> None:
    """The limits that are the film's own, and what they rest on."""
    cells = [
        (
            each.name,
            f"{each.limit.fail:.3g}",
            f"{each.limit.doubt:.3g}",
            f"{100 * each.limit.false_alarms:.0f} %" if each.limit.takes else "",
            each.rests_on,
        )
        for each in found
    ]
    said = "" if cells else "No limit of its own: give characters two references, or pick and reject takes."
    _print_table(
        "Limits of this film", ("measure", "fails above", "unsure above", "good ones lost", "from"), cells, said
    )


def why_lines(answer: dict[str, Any]) -> Iterator[str]:
    """The chain from what changed to the shot."""
    yield f"shot {answer['shot']}: {answer['state']}"
    for link in answer["because"]:
        yield f"  {link['reason']}: {link['words']}"
    for anchor in answer["anchors"]:
        x, y, width, height = anchor["box"]
        where = f"frame {anchor['frame']}, {width}×{height} pixels from {x},{y}"
        yield f"  anchor: {anchor['of']} is held to {anchor['words']} ({where})"
    if len(answer["takes"]) > 1 or any(row["changes"] or row["picked"] or row["because"] for row in answer["takes"]):
        for row in answer["takes"]:
            yield _take_words(row)


def _take_words(row: dict[str, Any]) -> str:
    """One attempt in a line: what it changed, and what became of it."""
    name = f"{'draft' if row['draft'] else 'take'} {row['take']} ({row['key'][:12]})"
    asked = ["asked for by a person"] if row["asked"] else []
    how = "; ".join([*asked, *row["changes"], *(f"skipped {each}" for each in row["skipped"])])
    became = "picked by a person" if row["picked"] else row["because"] or row["ruling"]
    return f"  {name}{f': {how}' if how else ''} → {became}{', used' if row['used'] else ''}"


def report_lines(report: "Report") -> Iterator[str]:
    """What a run says at its end."""
    length = clock(report.frames, Fraction(report.rate))
    yield f"{report.title}: {report.film}"
    yield (
        f"{length} long, {report.shots} shots; {report.made} takes made, {report.reused} reused, "
        f"in {report.seconds:.1f} s"
    )
    if report.early:
        yield f"{report.early} takes, {report.early_seconds:.1f} s of picture, shot early and never asked for"
    if report.failing:
        yield f"Fails its checks, kept as the best there is: {', '.join(report.failing)}"
